"""Places in a page: a Span of its text, and the one function that finds a quotation."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chipnotes.glyphs import narrow
from chipnotes.pages.marks import plain_line_ends, simplify
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


def raw_lines(raw):
    """The offset at which each line of a raw text begins, by whatever ends its lines."""
    return np.array([0, *(m.end() for m in re.finditer("\n", plain_line_ends(raw)))])


def find(doc, quote, occurrence, context):
    """See Document.find."""
    for name, value, kind in (
        ("quote", quote, str),
        ("occurrence", occurrence, int),
        ("context", context, str),
    ):
        if not isinstance(value, kind) and not (name == "occurrence" and value is None) or value is True:
            raise TypeError(
                f"find: {name} must be {kind.__name__}, not {type(value).__name__}: {value!r:.60}"
            )
    first, last = 0, len(doc.text)
    if context:
        first, last = _one(doc, context, _places(doc.text, context, first, last), None)
    return Span(doc, *_one(doc, quote, _places(doc.text, quote, first, last), occurrence))


def _one(doc, quote, places, occurrence):
    """The one place that is meant; ValueError if there is none, or several and no word which."""
    where = f"page {doc.id}: {quote!r:.80}"
    if not places:
        raise ValueError(
            f"{where} stands nowhere in its text. Copy the words from doc.text, or shorten them."
        )
    if occurrence is None and len(places) > 1:
        listed = ", ".join(f"{n} in line {Span(doc, *place).line}" for n, place in enumerate(places, 1))
        raise ValueError(
            f"{where} stands at {len(places)} places: {listed}. "
            "Give the number as occurrence, or longer words as context."
        )
    if occurrence is not None and not 1 <= occurrence <= len(places):
        raise ValueError(
            f"{where} has no occurrence {occurrence}: it stands at {len(places)} place(s), from 1."
        )
    return places[(occurrence or 1) - 1]


def _places(text, quote, first, last):
    """All places of a quotation between two offsets: as it is written, else as it reads."""
    quote = quote.replace("\\n", "\n")
    if not quote.strip():
        raise ValueError("find: the quotation is empty. Give the words to look for.")
    found = [m.span() for m in re.compile(re.escape(quote)).finditer(text, first, last)]
    if found:
        return found
    loose, offsets = _loose(text)
    words, _ = _loose(quote)
    spans = [m.span() for m in re.finditer(re.escape(words), loose)]
    found = [(int(offsets[start]), int(offsets[end - 1]) + 1) for start, end in spans]
    return [(start, end) for start, end in found if first <= start and end <= last]


@lru_cache(maxsize=8)
def _loose(text):
    """A text Simplified, without full width and white space; and the offset of each character that is
    left."""
    kept = [(at, character) for at, character in enumerate(narrow(simplify(text))) if not character.isspace()]
    return "".join(character for _, character in kept), [at for at, _ in kept]
