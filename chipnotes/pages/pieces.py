"""The fates of raw characters: the table of rules, and the ordered pieces from which text, origin,
apparatus are read."""

from functools import partial
from itertools import repeat
from typing import NamedTuple

import numpy as np

from chipnotes.pages.marks import string

# name, action, reason; a fate is the place of its rule in this table
RULES = (
    ("text", "keep", "article text"),
    ("paragraph_end", "keep", "line end that ends a paragraph"),
    ("simplify", "replace", "Traditional form; the text has its Simplified form"),
    ("repair", "replace", "damaged at byte level; the reading is proved"),
    ("emendation", "replace", "misread by the scanner; the reading follows from the page"),
    ("line_ends", "replace", "line end of another system; the text has its own"),
    ("wrapped_words", "replace", "line end between two Latin words of a paragraph; the text has a space"),
    ("controls", "drop", "invisible control character"),
    ("entities", "drop", "space written as an HTML entity"),
    ("pinyin", "drop", "pinyin injected after the character that it reads"),
    ("bold_marks", "drop", "asterisks of bold type"),
    ("list_marks", "drop", "ornament at the head of a line"),
    ("edges", "drop", "space at the edge of a line, blank line"),
    ("spaces", "drop", "stray space in Chinese text"),
    ("line_wraps", "drop", "line end in the middle of a paragraph"),
    ("metadata", "drop", "line of dates, sources, counters"),
    ("navigation", "drop", "navigation, breadcrumb, buttons"),
    ("furniture", "drop", "disclaimer, legal notice, widget, contact or staff line"),
    ("tail", "drop", "what follows the article: lists of other articles, comment box, footer"),
    ("head", "drop", "line above the title"),
    ("debris", "drop", "fragment that no longer reads as Chinese"),
    ("ornament", "drop", "typographic pointer of a box"),
)
FATE = {name: number for number, (name, _, _) in enumerate(RULES)}
DROPS = [name for name, action, _ in RULES if action == "drop"]
LINE_RULES = ("metadata", "navigation", "furniture", "tail", "head", "debris")  # those that take words


_NAMES = [name for name, _, _ in RULES]


class Piece(NamedTuple):
    """A run of raw characters with one fate.

    start, end: int, offsets in the raw text; equal only for a line end that an edition put in.
    text: str, what the run gives to the text: "" if dropped, else one character for each of its own.
    rule: str, a name in RULES. note: str, "" if there is none; a lacuna is a note on the run before it.
    """

    start: int
    end: int
    text: str
    rule: str
    note: str = ""


_piece = partial(tuple.__new__, Piece)  # half the time of Piece(…), which counts on a page of many pieces


def replay(raw, pieces):
    """The text that pieces make of a raw text. Raises ValueError where they do not fit it.

    >>> replay("會 議", [Piece(0, 1, "会", "simplify"), Piece(1, 3, "", "spaces")])
    '会'
    """
    at = 0
    for start, end, text, rule, _ in sorted(pieces, key=lambda piece: piece[:2]):
        if start != at:
            raise ValueError(f"no piece begins at {at}, where the piece before it ends")
        if text and start < end and RULES[FATE[rule]][1] == "keep" and text != raw[start:end]:
            raise ValueError(f"the piece at {start} keeps {text!r:.40}, the page has {raw[start:end]!r:.40}")
        at = end
    if at != len(raw):
        raise ValueError(f"the pieces end at {at}, the page at {len(raw)}")
    return "".join([piece.text for piece in pieces])


def cut(fates, glyphs, order, notes):
    """The pieces of a page, in reading order; what is dropped follows the kept run before which it stands
    in the page.

    fates: array, for each raw character the number of its rule.
    glyphs: array, the code point that it gives to the
    text if it is kept. order: array, the raw indices of the text in reading order, -1 for a line end put in.
    notes: dict, a note by the raw offset at which its run ends.
    """
    size = len(fates)
    real = np.flatnonzero(order >= 0)
    place = np.full(size, -1)
    place[order[real]] = real
    new = np.ones(size, bool)
    new[1:] = (fates[1:] != fates[:-1]) | (place[1:] - place[:-1] != (place[:-1] >= 0))
    new[[at for at in notes if at < size]] = True
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], size)[: len(starts)]
    at = place[starts]
    last_kept = np.maximum.accumulate(np.where(at >= 0, np.arange(len(at)), 0))
    put_in = np.flatnonzero(order < 0)
    keys = np.concatenate((at[last_kept], put_in))
    turn = np.argsort(keys, kind="stable")
    behind = order[put_in - 1] + 1
    starts, ends, at = (np.concatenate(two)[turn] for two in ((starts, behind), (ends, behind), (at, put_in)))
    text = string(np.where(order >= 0, glyphs[order], 10)) if len(order) else ""
    rules = (
        np.where(starts < ends, fates[np.minimum(starts, size - 1)], FATE["paragraph_end"])
        if size
        else starts
    )
    sizes = np.where(at < 0, 0, np.maximum(ends - starts, 1))
    words = [text[one : one + length] for one, length in zip(at.tolist(), sizes.tolist(), strict=True)]
    ends = ends.tolist()
    noted = map(notes.get, ends, repeat("")) if notes else repeat("")
    columns = starts.tolist(), ends, words, map(_NAMES.__getitem__, rules.tolist()), noted
    return tuple(map(_piece, zip(*columns)))
