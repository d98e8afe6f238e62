"""Load and clean Chinese news pages on chip policy, and read facts from them with the place where each stands."""

from chipnotes.corpus import Corpus, documents, load
from chipnotes.evidence import cite, evidence, glosses, raw_place, span
from chipnotes.seeds import SeedError
from chipnotes.text import sentences, words

__version__ = "0.1.0"
__all__ = ["Corpus", "SeedError", "cite", "documents", "evidence", "glosses", "load", "raw_place", "sentences", "span", "words"]
