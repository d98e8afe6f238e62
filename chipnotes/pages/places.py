"""Places in a page: a Span of its text, and the one function that finds a quotation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from chipnotes.glyphs import narrow
from chipnotes.pages.marks import simplify
from chipnotes.pages.sentence import split_sentences


@dataclass(frozen=True)
class Span:
    """A stretch of a document's text; as a string it is that text.

    - doc: Document; start, end: int, offsets in `doc.text`
    """

    doc: object
    start: int
    end: int

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"Span({self.doc.id!r}, {self.start}, {self.end}: {self.text!r:.60})"

    @property
    def text(self):
        """str, the words."""
        return self.doc.text[self.start : self.end]

    @property
    def line(self):
        """int, the line of the raw file in which the words begin, from 1."""
        return int(self.doc.raw_lines.searchsorted(self._raw, "right"))

    @property
    def column(self):
        """int, where in that line they begin, from 1."""
        return self._raw - int(self.doc.raw_lines[self.line - 1]) + 1

    @property
    def _raw(self):
        """The raw offset of the first character that the page has."""
        return next((at for at in self.doc.origin[self.start :].tolist() if at >= 0), len(self.doc.raw))

    @property
    def sentence(self):
        """Span, the sentence that holds the words, or from the first to the last of those that do."""
        found = [(s, e) for s, e in _sentences(self.doc.text) if e > self.start and s < self.end]
        return Span(self.doc, found[0][0], found[-1][1]) if found else self


_sentences = lru_cache(maxsize=8)(split_sentences)


def find(doc, quote, occurrence=None, context=""):
    """The Span of a quotation: exact, else with Traditional forms, spaces, line ends and full width
    forgiven.

    - occurrence: int, which of several places, from 1
    - context: str, a longer quotation that stands once in the page and holds this one

    Raises TypeError for wrong types; ValueError if the words stand nowhere, or at several places and
    neither `occurrence` nor `context` says at which.
    """
    words = isinstance(quote, str) and isinstance(context, str)
    if not words or type(occurrence) not in (int, type(None)):
        given = f"not {quote!r:.60}, {occurrence!r:.60} and {context!r:.60}"
        raise TypeError(f"find: quote and context must be words, occurrence a whole number, {given}")
    room = find(doc, context) if context else Span(doc, 0, len(doc.text))
    places = [Span(doc, *place) for place in _places(doc.text, quote, room.start, room.end)]
    if len(places) == 1 and occurrence is None:
        return places[0]
    if occurrence is not None and 1 <= occurrence <= len(places):
        return places[occurrence - 1]
    listed = ", ".join(f"{n} in line {place.line}" for n, place in enumerate(places, 1))
    asked = "" if occurrence is None else f"has no occurrence {occurrence}: it "
    remedy = "Give the number as occurrence, or longer words as context."
    fault = f"{asked}stands at {len(places)} places: {listed}. {remedy}"
    nowhere = "stands nowhere in its text. Copy the words from doc.text, or shorten them."
    raise ValueError(f"page {doc.id}: {quote!r:.80} {fault if places else nowhere}")


def _places(text, quote, first, last):
    """All places of a quotation between two offsets: as it is written, else as it reads."""
    if quote not in text:
        quote = quote.replace("\\n", "\n")
    if not quote.strip():
        raise ValueError("find: the quotation is empty. Give the words to look for.")
    exact = [(m.start() + first, m.end() + first) for m in re.finditer(re.escape(quote), text[first:last])]
    if exact:
        return exact
    (folded, offsets), (words, _) = loose(text[first:last]), loose(quote)
    spans = [m.span() for m in re.finditer(re.escape(words), folded)]
    return [(offsets[start] + first, offsets[end - 1] + 1 + first) for start, end in spans]


@lru_cache(maxsize=8)
def loose(text):
    """A text Simplified, without full width and white space; and the offset of each character that is
    left."""
    kept = [(at, character) for at, character in enumerate(narrow(simplify(text))) if not character.isspace()]
    return "".join(character for _, character in kept), [at for at, _ in kept]
