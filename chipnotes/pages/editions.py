"""Read an edition: what only a reader of one page can decide (order, repairs, lacunae), as raw offsets."""

from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from chipnotes.glyphs import SPACE
from chipnotes.pages.marks import lines_of
from chipnotes.pages.pieces import DROPS
from chipnotes.pages.roles import ROLES
from chipnotes.pages.seeds import TOML_TYPES, SeedError, read_toml


class Piece(Struct, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}):
    """A line of the page (from 1), or what stands in it from the words `from` to the words `to`."""

    line: int
    first: str = ""
    last: str = ""


class Lacuna(Piece, kw_only=True):
    note: str


class Space(Piece, kw_only=True):
    note: str = ""


class Drop(Piece, kw_only=True):
    rule: Literal[tuple(DROPS)]
    note: str = ""


class Repair(Struct, forbid_unknown_fields=True):
    """Damaged characters, `raw`, and what they read, `text`, whose characters come from `places` in raw."""

    raw: str
    text: str
    places: list[int]
    rule: Literal["repair", "emendation"]
    note: str
    reading: str = ""


class Paragraph(Struct, forbid_unknown_fields=True):
    article: Annotated[int, Meta(ge=1, le=9999)]
    role: Literal[tuple(ROLES)]
    pieces: list[Piece]
    why: str = ""


_ENTRIES = {"repair": Repair, "lacuna": Lacuna, "space": Space, "paragraph": Paragraph, "drop": Drop}


def read_edition(path, raw, sha256, verify=True):
    """The edition in a TOML file for the page of this raw text and sha256; None for another if not `verify`.

    Returns a dict of raw offsets: order [(article, role, [(start, end)])], paragraphs, then what is dropped,
    by article 0 with the rule for its role; spaces [place] to keep; notes {end: note}; repairs [(start, end,
    reading, rule)], a reading being as long as what it replaces, with NUL where nothing is left. Raises
    SeedError that lists the entries that do not fit the form or the page.
    """
    table, name = read_toml(path), f"{path.parent.name}/{path.name}"
    if table.get("sha256") != sha256:
        if not verify:
            return None
        remedy = "Restore the page, or revise the edition and its sha256"
        raise SeedError(f"{name}: it is for sha256 {table.get('sha256')}, not {sha256}. {remedy}.")
    edition = {"repairs": [], "notes": {}, "order": [], "spaces": []}
    known, lines = (*_ENTRIES, "sha256", "witness"), lines_of(raw)
    problems = [f"{key}: no such entry. Write {', '.join(known)}" for key in table if key not in known]
    for kind, struct in _ENTRIES.items():
        entries = table.get(kind, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            try:
                _resolve(msgspec.convert(entry, struct, builtin_types=TOML_TYPES), raw, lines, edition)
            except ValueError as error:  # msgspec's errors are of its kind
                problems.append(f"{kind} {number}: {error}. Mend this [[{kind}]]")
    if not problems and (edition["order"] or edition["spaces"]):
        problems = _not_used_once(edition["order"], raw, lines)
    if problems:
        raise SeedError(*[f"{name}: {problem}." for problem in problems])
    return edition


def _resolve(entry, raw, lines, edition):
    """Put an entry into the edition as raw offsets; ValueError if it does not fit the page."""
    if isinstance(entry, Paragraph):
        edition["order"].append((entry.article, entry.role, [_place(p, raw, lines) for p in entry.pieces]))
        return
    start, end = _repaired(entry, raw) if isinstance(entry, Repair) else _place(entry, raw, lines)
    if isinstance(entry, Repair):
        reading = dict(zip(entry.places, entry.text, strict=True))
        reading = "".join(reading.get(place, "\0") for place in range(end - start))
        edition["repairs"].append((start, end, reading, entry.rule))
    elif isinstance(entry, Drop):
        edition["order"].append((0, entry.rule, [(start, end)]))
    elif isinstance(entry, Space):
        if not raw[start:end].endswith(tuple(SPACE)):
            raise ValueError("its words `to` do not end in a space of the page")
        edition["spaces"].append(end - 1)
    if entry.note and not isinstance(entry, Space):
        lacuna = f"lacuna 〔…〕 after {raw[start:end]}: " if isinstance(entry, Lacuna) else ""
        edition["notes"][end] = lacuna + entry.note


def _place(piece, raw, lines):
    """Raw span of a piece; ValueError if the page has no such line or not these words once in it."""
    if not 1 <= piece.line <= len(lines):
        raise ValueError(f"the page has no line {piece.line}; it has {len(lines)}")
    start, end = lines[piece.line - 1]
    for words in (piece.first, piece.last):
        if words and raw.count(words, start, end) != 1:
            raise ValueError(f"line {piece.line} does not hold {words!r} just once")
    first = raw.index(piece.first, start)
    last = raw.index(piece.last, start) + len(piece.last) if piece.last else end
    if first > last:
        raise ValueError(f"in line {piece.line} the words `to` stand before the words `from`")
    return first, last


def _repaired(entry, raw):
    """Raw span of a repair; ValueError if its words do not stand once in the page, or its places are none."""
    places, start = entry.places, raw.find(entry.raw)
    if raw.count(entry.raw) != 1:
        raise ValueError(f"{entry.raw!r} does not stand just once in the page")
    if not len(entry.text) == len(places) > 0 or places != sorted(set(places) & set(range(len(entry.raw)))):
        raise ValueError("places must give, in order, one offset in raw for each character of text")
    return start, start + len(entry.raw)


def _not_used_once(order, raw, lines):
    """Every character that is no space belongs to one piece of one paragraph, or to one dropped span."""
    uses = np.zeros(len(raw), int)
    for start, end in (span for _, _, spans in order for span in spans):
        uses[start:end] += 1
    for at in np.flatnonzero(uses != 1):
        if uses[at] > 1 or not raw[at].isspace():
            line = next(number for number, (_, end) in enumerate(lines, 1) if at <= end)
            what = "is used twice" if uses[at] else "has no place"
            remedy = "Give each piece of the page one place, in a [[paragraph]] or a [[drop]]"
            return [f"{raw[at]!r} in line {line} of the page {what}. {remedy}"]
    return []
