"""A page, cleaned: `clean` makes a Document of a raw text, in which every character can be followed back to
the page.

A page passes three stages, each on what the last one left: marks inside words (marks.py), lines (lines.py),
spaces and line wraps (layout.py). An edition, where a page has one, then replaces the order and the roles
of lines. Nothing is deleted: each raw character gets a fate, the rule that kept, replaced or dropped it,
and from these the pieces are cut.
"""

import operator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from chipnotes.files import frame
from chipnotes.pages.layout import assemble, edited_layout, general_layout
from chipnotes.pages.lines import ROLES, han_count
from chipnotes.pages.marks import CHARACTER_RULES, codes, line_ends, simplify, string
from chipnotes.pages.pieces import DROPS, FATE, LINE_RULES, RULES, Piece, cut, replay
from chipnotes.pages.places import Span, find, raw_lines
from chipnotes.pages.wraps import lost_line_ends

__all__ = ["DROPS", "ROLES", "RULES", "Document", "Piece", "Span", "clean", "replay"]


@dataclass(frozen=True, eq=False, repr=False)
class Document:
    """One page, cleaned.

    - id: str; card: dict, the page's card; raw: str, as decoded; sha256: str, of the file's bytes, "" if
      there is none
    - folder: Path, where its ledgers and editions lie, None if it was not loaded from a folder
    - pieces: tuple of Piece, in reading order, each raw character in one; `replay(raw, pieces)` is the text
    - parts: tuple of (article, role), one a paragraph
    - text: str, clean, Simplified, in reading order, each paragraph ends in a line end
    - origin: int32 array that cannot be written to, the raw index of each character of text, -1 for a line
      end put in
    """

    id: str
    card: dict
    raw: str
    pieces: tuple
    parts: tuple
    folder: Path | None = None
    sha256: str = ""
    text: str = field(init=False)
    origin: np.ndarray = field(init=False)

    def __post_init__(self):
        kept = [piece for piece in self.pieces if piece.text]
        object.__setattr__(self, "text", "".join([piece.text for piece in kept]))
        sizes = np.array([len(piece.text) for piece in kept], np.int64)
        first = np.array([piece.start if piece.start < piece.end else -1 for piece in kept], np.int64)
        origin = np.repeat(first - sizes.cumsum() + sizes, sizes) + np.arange(len(self.text))
        object.__setattr__(self, "origin", origin.astype(np.int32))
        self.origin.flags.writeable = False

    def __repr__(self):
        return f"Document {self.id}: {self.name!r}, {len(self.text):,} of {len(self.raw):,} characters"

    @property
    def name(self):
        """What a human calls the page: `name` of its card, else its title, else its id."""
        return self.card.get("name") or self.card.get("title") or self.id

    @property
    def paragraphs(self):
        """A fresh table, one row a paragraph.

        - article: int, from 1; para: int, from 1 in the page
        - role: str, one of title, byline, heading, body, box, caption
        - start, end: int, offsets in `text`, without the line end
        """
        rows, start = [], 0
        for number, ((article, role), line) in enumerate(
            zip(self.parts, self.text.split("\n"), strict=False), 1
        ):
            rows.append((article, number, role, start, start + len(line)))
            start += len(line) + 1
        return frame(rows, {"article": int, "para": int, "role": object, "start": int, "end": int})

    @property
    def apparatus(self):
        """A fresh table, one row a run of raw characters with one fate, in the order of the page; it covers
        the page once.

        - start, end: int, offsets in `raw`
        - action: str, keep, drop or replace; reason: str, why; rule: str, by which rule
        - note: str, "" if there is none; a lacuna is a note on the run before it
        """
        rows = []
        for start, end, _, rule, note in sorted(self.pieces):
            if rows and start < end and rows[-1][4] == rule and not rows[-1][5]:
                rows[-1] = (rows[-1][0], end, *rows[-1][2:5], note)
            elif start < end:
                rows.append((start, end, *RULES[FATE[rule]][1:], rule, note))
        return frame(rows, dict(start=int, end=int, action=object, reason=object, rule=object, note=object))

    @property
    def inside_drops(self):
        """A fresh table of what line rules took from between the first and the last kept character of the
        page.

        - start, end: int, offsets in `raw`; rule: str
        - chinese: int, Chinese characters among them, at least one
        """
        real = self.origin[self.origin >= 0]
        first, last = (int(real.min()), int(real.max())) if len(real) else (0, 0)
        rows = []
        for piece in self.pieces:
            if not piece.text and piece.rule in LINE_RULES and first < piece.start < last:
                chinese = han_count(self.raw[piece.start : piece.end])
                rows += [(piece.start, piece.end, piece.rule, chinese)] if chinese else []
        return frame(sorted(rows), {"start": int, "end": int, "rule": object, "chinese": int})

    def span(self, start, end):
        """The Span from `start` to `end`, offsets in `text`. Raises TypeError, ValueError if they are
        none."""
        start, end = operator.index(start), operator.index(end)
        if not 0 <= start < end <= len(self.text):
            raise ValueError(
                f"{start} to {end} is no span of page {self.id}, whose text has {len(self.text)} characters"
            )
        return Span(self, start, end)

    def find(self, quote, occurrence=None, context=""):
        """The Span of a quotation: exact, else with Traditional forms, spaces, line ends and full width
        forgiven.

        - occurrence: int, which of several places, from 1
        - context: str, a longer quotation that stands once in the page and holds this one

        Raises TypeError for wrong types; ValueError if the words stand nowhere, or at several places and
        neither `occurrence` nor `context` says at which.
        """
        return find(self, quote, occurrence, context)

    @cached_property
    def raw_lines(self):
        """Array, the raw offset at which each line of the page begins, by whatever ends its lines."""
        return raw_lines(self.raw)


def clean(raw, id="", card=None, edition=None, folder=None, sha256=""):
    """A Document from raw text by the general rules; `edition` (see editions.py) replaces what they say of
    order and roles."""
    edition = edition or {}
    fates = np.zeros(len(raw), np.uint8)
    notes = dict(edition.get("notes", ()))
    work = _repaired(raw, fates, edition.get("repairs", ()), notes)
    ends = [start for start, _ in line_ends(work) or lost_line_ends(work)]
    if ends:
        numbers = codes(work).copy()
        numbers[ends] = ord("\n")
        work = string(numbers)
    index = _unmarked(work, fates)
    view = work if len(index) == len(work) else string(codes(work)[index])
    simple = simplify(view)
    if simple != view:
        changed = index[codes(simple) != codes(view)]
        fates[changed[fates[changed] == 0]] = FATE["simplify"]
    lines = np.zeros(len(simple), np.uint8)  # the fates that lines and layout give
    if edition.get("paragraphs"):
        layout = edited_layout(simple, index, edition, lines)
    else:
        layout = general_layout(simple, lines)
    order, parts = assemble(simple, layout, lines)
    fates[index[lines > 0]] = lines[lines > 0]
    glyphs = codes(work).copy()
    glyphs[index] = codes(simple)
    glyphs[fates == FATE["wrapped_words"]] = ord(" ")
    order = np.where(order < 0, -1, index[order]) if len(index) else order
    if len(index) < len(raw):
        _widen(fates, work)
    for at in ends:
        if fates[at] == FATE["paragraph_end"]:
            fates[at] = FATE["line_ends"]
    return Document(id, card or {}, raw, cut(fates, glyphs, order, notes), parts, folder, sha256)


def _repaired(raw, fates, repairs, notes):
    """The raw text with the readings of an edition's repairs in their places, and NUL for what they
    replace."""
    if not repairs:
        return raw
    numbers = codes(raw).copy()
    for start, end, places, rule, note in repairs:
        numbers[start:end] = 0
        for place, character in places:
            numbers[place] = ord(character)
        fates[start:end] = FATE[rule]
        notes[end] = note
    return string(numbers)


def _unmarked(work, fates):
    """Run the rules for marks inside words; the raw index of each character that they leave."""
    for rule in CHARACTER_RULES:
        spans = rule(work)
        if spans:
            edges = np.zeros(len(work) + 1, np.int8)
            np.add.at(edges, [start for start, _ in spans], 1)
            np.add.at(edges, [end for _, end in spans], -1)
            fates[(np.cumsum(edges[:-1], dtype=np.int8) > 0) & (fates == 0)] = FATE[rule.__name__]
    left = fates == 0
    repaired = (fates == FATE["repair"]) | (fates == FATE["emendation"])
    if repaired.any():
        left |= repaired & (codes(work) > 0)
    return np.flatnonzero(left).astype(np.int32)


_WHOLE_LINE = {FATE[rule] for rule in ("metadata", "navigation", "furniture", "tail", "head")}
_INSIDE_LINE = {FATE[rule.__name__] for rule in CHARACTER_RULES} | {FATE["simplify"]}
_KIND = np.array([1 if k in _INSIDE_LINE else 2 if k in _WHOLE_LINE else 3 for k in range(len(RULES))])


def _widen(fates, work):
    """In a line that is dropped whole, what a mark's rule took before is part of the line."""
    kind = _KIND[fates]
    breaks = np.flatnonzero(codes(work) == 10)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(work))
    inside, whole, other = (np.append(0, np.cumsum(kind == k)) for k in (1, 2, 3))
    dropped = (inside[ends] > inside[starts]) & (whole[ends] > whole[starts]) & (other[ends] == other[starts])
    for start, end in zip(starts[dropped].tolist(), ends[dropped].tolist(), strict=True):
        fates[start:end] = max(set(fates[start:end].tolist()) & _WHOLE_LINE)
