"""A page, cleaned: `clean` makes a Document of a raw text, in which every character can be followed back to
the page.

Step 6. `clean` runs the steps before it, each on what the last one left: marks inside words, kinds and
roles of lines, layout. An edition, where a page has one, replaces the order and the roles of lines.
Nothing is deleted: each raw character gets a fate, the rule that kept, replaced or dropped it.
"""

import operator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from chipnotes.files import frame
from chipnotes.pages.html import head, markup, settle
from chipnotes.pages.layout import assemble, edited_layout, general_layout
from chipnotes.pages.lines import han_count
from chipnotes.pages.marks import CHARACTER_RULES, codes, lines_of, simplify, string, with_line_ends
from chipnotes.pages.pieces import FATE, LINE_RULES, RULES, WHOLE_LINE, pieces_of, runs
from chipnotes.pages.places import Span, find
from chipnotes.pages.wraps import lost_line_ends


@dataclass(frozen=True, eq=False, repr=False)
class Document:
    """One page, cleaned.

    - id: str; card: dict, the page's card; raw: str, as decoded; sha256: str, of the file's bytes, "" if
      there is none
    - folder: Path, where its ledgers and editions lie, None if it was not loaded from a folder
    - text: str, clean, Simplified, in reading order, each paragraph ends in a line end
    - origin: int32 array, the raw index of each character of text, -1 for a line end put in
    - fates: array, for each character of raw the number in RULES of what kept, replaced or dropped it
    - parts: tuple of (article, role), one a paragraph
    - notes: dict, what an edition says of a run, by the raw offset at which the run ends

    The arrays cannot be written to.
    """

    id: str
    card: dict
    raw: str
    text: str
    origin: np.ndarray
    fates: np.ndarray
    parts: tuple
    notes: dict = field(default_factory=dict)
    folder: Path | None = None
    sha256: str = ""

    def __post_init__(self):
        self.origin.flags.writeable = self.fates.flags.writeable = False

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
        for (article, role), line in zip(self.parts, self.text.split("\n"), strict=False):
            rows.append((article, len(rows) + 1, role, start, start + len(line)))
            start += len(line) + 1
        return frame(rows, {"article": int, "para": int, "role": "str", "start": int, "end": int})

    @property
    def apparatus(self):
        """A fresh table, one row a run of raw characters with one fate, in the order of the page; it covers
        the page once.

        - start, end: int, offsets in `raw`
        - action: str, keep, drop or replace; reason: str, why; rule: str, by which rule
        - note: str, "" if there is none; a lacuna is a note on the run before it
        """
        rows = ((*at, *RULES[FATE[r]][1:], r, note) for *at, r, note in runs(self.fates, self.notes))
        return frame(rows, dict(start=int, end=int, action="str", reason="str", rule="str", note="str"))

    @property
    def inside_drops(self):
        """A fresh table of what line rules took from between the first and the last kept character of the
        page.

        - start, end: int, offsets in `raw`; rule: str
        - chinese: int, Chinese characters among them, at least one
        """
        real = self.origin[self.origin >= 0]
        inside = runs(self.fates[: real.max(initial=0)], self.notes)
        rows = [(s, e, rule, han_count(self.raw[s:e])) for s, e, rule, _ in inside if rule in LINE_RULES]
        rows = (row for row in rows if row[0] > real.min() and row[3])
        return frame(rows, {"start": int, "end": int, "rule": "str", "chinese": int})

    @cached_property
    def pieces(self):
        """Tuple of Piece, in reading order, each raw character in one; `replay(raw, pieces)` is the text."""
        return pieces_of(self.text, self.origin, self.fates, self.notes)

    def span(self, start, end):
        """The Span from `start` to `end`, offsets in `text`. Raises TypeError, ValueError if they are
        none."""
        start, end = operator.index(start), operator.index(end)
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start} to {end} is no span of page {self.id}, of {len(self.text)} characters")
        return Span(self, start, end)

    find = find

    @cached_property
    def raw_lines(self):
        """Array, the raw offset at which each line of the page begins, by whatever ends its lines."""
        return np.array([start for start, _ in lines_of(self.raw)])


def clean(raw, id="", card=None, edition=None, folder=None, sha256="", html=False):
    """A Document from raw text by the general rules; `edition` (see editions.py) replaces what they say of
    order and roles. `html`: the text is the source of a web page."""
    edition = {"repairs": [], "order": [], "spaces": [], "notes": {}} | (edition or {})
    work, marks = markup(raw) if html else (raw, None)
    shown = work
    for start, end, reading, _ in edition["repairs"]:
        work = work[:start] + reading + work[end:]
    ended = with_line_ends(work)
    if ended == work and not edition["order"]:
        ended = lost_line_ends(work)
    work, ends = ended, np.flatnonzero(codes(ended) != codes(work))

    fates = np.zeros(len(raw), np.uint8)
    for rule in reversed(CHARACTER_RULES):
        fate = FATE[rule.__name__]
        for start, end in rule(work):
            fates[start:end] = fate
    index = np.flatnonzero(fates == 0)  # of what the marks leave
    for start, end, _, rule in edition["repairs"]:
        fates[start:end] = FATE[rule]
    view = string(codes(work)[index])
    simple = simplify(view)
    changed = index[codes(simple) != codes(view)]
    fates[changed[fates[changed] == 0]] = FATE["simplify"]

    lines = np.full(len(simple), FATE["edges"], np.uint8)  # what lines and layout say of each character
    if edition["order"]:
        layout = edited_layout(simple, index, edition, lines)
    else:
        titles = [title for title in head(raw)[0] if han_count(title) >= 6] if html else []
        layout = general_layout(simple, lines, card or {}, titles)
    order, parts = assemble(simple, layout, lines)
    fates[index[lines > 0]] = lines[lines > 0]
    around = np.concatenate(([-1], index, [len(raw)]))
    for _, rule, spans in layout:
        if rule in WHOLE_LINE:  # what a mark's rule took in a line that is dropped whole is part of the line
            fates[around[spans[0][0]] + 1 : around[spans[-1][1] + 1]] = FATE[rule]
    fates[ends[fates[ends] == FATE["paragraph_end"]]] = FATE["line_ends"]
    if html:
        settle(fates, shown, marks)

    glyphs = np.append(codes(simple), ord("\n"))  # the last for a line end put in
    glyphs[:-1][lines == FATE["wrapped_words"]] = ord(" ")
    origin = np.append(index, -1)[order].astype(np.int32)
    text, card = string(glyphs[order]), card or {}
    return Document(id, card, raw, text, origin, fates, parts, edition["notes"], folder, sha256)
