"""Load and clean Chinese news pages on chip policy, and read facts from them with the place where each stands."""

from chipnotes.actors import actors
from chipnotes.codebook import codes, quasi_sentences
from chipnotes.corpus import Corpus, documents, load
from chipnotes.dates import dates
from chipnotes.events import events
from chipnotes.evidence import cite, evidence, glosses, raw_place, span
from chipnotes.quantities import quantities
from chipnotes.seeds import SeedError
from chipnotes.text import sentences, words

__version__ = "0.1.0"
__all__ = [
    "Corpus",
    "SeedError",
    "actors",
    "cite",
    "codes",
    "dates",
    "documents",
    "events",
    "evidence",
    "glosses",
    "load",
    "quantities",
    "quasi_sentences",
    "raw_place",
    "sentences",
    "span",
    "words",
]
