"""Read Chinese news pages on chip policy: clean texts, and facts with the place where each stands."""

from chipnotes.facts.codes import codes, quasi_sentences
from chipnotes.facts.draft import draft
from chipnotes.facts.tables import actors, dates, events, exclusions, quantities
from chipnotes.pages.corpus import Corpus, load
from chipnotes.pages.document import Document, Span
from chipnotes.pages.seeds import SeedError
from chipnotes.pages.words import sentences, words
from chipnotes.showing.evidence import cite, evidence
from chipnotes.showing.export import tables
from chipnotes.showing.kwic import kwic
from chipnotes.showing.report import report

__version__ = "0.2.0"
__all__ = ["Corpus", "Document", "SeedError", "Span", "actors", "cite", "codes", "dates", "draft", "events"]
__all__ += ["evidence", "exclusions", "kwic", "load", "quantities", "quasi_sentences", "report"]
__all__ += ["sentences", "tables", "words"]
