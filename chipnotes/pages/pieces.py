"""The fates of raw characters: the table of rules, the runs of one fate, and the pieces in reading order."""

from typing import NamedTuple

import numpy as np

from chipnotes.files import read_data

# name, action, reason; a fate is the place of its rule in this table
RULES = [tuple(row) for row in read_data("fates.tsv").itertuples(index=False)]
NAMES = [name for name, _, _ in RULES]
FATE = {name: number for number, name in enumerate(NAMES)}
DROPS = [name for name, action, _ in RULES if action == "drop"]
WHOLE_LINE = ("metadata", "navigation", "furniture", "tail", "head", "page_head")
LINE_RULES = (*WHOLE_LINE, "debris", "hidden")  # those that take words


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


def runs(fates, notes, *parting):
    """The runs of raw characters with one fate, a list of (start, end, rule, note).

    fates: array, for each raw character the number of its rule. notes: dict, a note by the raw offset at
    which its run ends. parting: arrays, a run ends also where one of them changes.
    """
    begins = np.zeros(len(fates), bool)
    begins[:1] = True
    for array in (fates, *parting):
        begins[1:] |= array[1:] != array[:-1]
    begins[[at for at in notes if at < len(fates)]] = True
    starts = np.flatnonzero(begins).tolist()
    rules = fates[starts].tolist()
    ends = [*starts[1:], len(fates)]
    return [(s, e, NAMES[k], notes.get(e, "")) for s, e, k in zip(starts, ends, rules, strict=False)]


def pieces_of(text, origin, fates, notes):
    """The pieces of a page in reading order; what is dropped follows what is kept before it in the page."""
    place = np.full(len(fates), -1)  # where each raw character stands in the text
    place[origin[origin >= 0]] = np.flatnonzero(origin >= 0)
    ahead = np.where(place < 0, -len(fates), place - np.arange(len(fates)))
    found, at = [], 0
    for start, end, rule, note in runs(fates, notes, ahead):
        kept = place[start] >= 0
        at = int(place[start]) if kept else at
        found.append((at, Piece(start, end, text[at : at + end - start] if kept else "", rule, note)))
    for at in np.flatnonzero(origin < 0).tolist():
        behind = int(origin[at - 1]) + 1
        found.append((at, Piece(behind, behind, "\n", "paragraph_end", notes.get(behind, ""))))
    return tuple(piece for _, piece in sorted(found, key=lambda one: one[0]))


def replay(raw, pieces):
    """The text that pieces make of a raw text. ValueError unless each of its characters is in one piece.

    >>> replay("會 議", [Piece(0, 1, "会", "simplify"), Piece(1, 2, "", "spaces"), Piece(2, 3, "議", "text")])
    '会議'
    """
    placed = sorted(pieces, key=lambda piece: piece[:2])
    kept = all(text == raw[start:end] for start, end, text, rule, _ in pieces if rule == "text")
    if not kept or [0, *(piece.end for piece in placed)] != [*(piece.start for piece in placed), len(raw)]:
        raise ValueError("the pieces do not hold each character of the page once, as it is")
    return "".join([piece.text for piece in pieces])
