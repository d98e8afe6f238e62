"""Changed pages: each is made of other pieces, or of less text, than the page as it was read."""

from dataclasses import replace

import numpy as np

from chipnotes.pages.pieces import DROPS, FATE, WHOLE_LINE, Piece, replay

SHARED = 15  # characters from which on a passage of two pages counts as one text


def _read(page, text, origin, fates):
    """The page with another text; lines that it did not have are body."""
    rows = zip(page.paragraphs.itertuples(), page.parts, strict=True)
    roles = {at: part for row, part in rows for at in page.origin[row.start : row.end].tolist()}
    start, part, parts = 0, (1, "body"), []
    for line in text.removesuffix("\n").split("\n"):
        part = roles.get(int(origin[start]), (1, "body")) if line else part
        parts.append(part)
        start += len(line) + 1
    read = {"text": text, "origin": np.array(origin, np.int32), "fates": fates, "parts": tuple(parts)}
    return replace(page, **read, card={**page.card, "sha256": ""})


def _made(page, pieces):
    """The page with other pieces."""
    fates, origin = np.zeros(len(page.raw), np.uint8), []
    for start, end, text, rule, _ in pieces:
        fates[start:end] = FATE[rule]
        if text:
            origin += range(start, end) if start < end else [-1]
    return _read(page, replay(page.raw, pieces), origin, fates)


def as_raw(page):
    """The page as it lies in the file."""
    return _made(page, [Piece(0, len(page.raw), page.raw, "text")])


def with_dropped(page):
    """The page with the lines that were dropped whole, such as menus and notices, where they stand in the
    file; itself if it lost none."""
    dropped = [one for one in page.pieces if one.rule in WHOLE_LINE]
    back = {one: one._replace(text=page.raw[one.start : one.end], rule="text") for one in dropped}
    return _made(page, [back.get(one, one) for one in page.pieces]) if back else page


def in_file_order(page):
    """The page in the order of its file."""
    return _made(page, sorted(page.pieces, key=lambda piece: piece[:2]))


def without(page, spans):
    """The page without some stretches of its text."""
    gone, fates = np.zeros(len(page.text), bool), page.fates.copy()
    for start, end in spans:
        gone[start:end] = True
    fates[page.origin[gone & (page.origin >= 0)]] = FATE[DROPS[0]]
    return _read(page, "".join(np.array([*page.text])[~gone]), page.origin[~gone], fates)


def unshared(page, pages):
    """The page without the passages that it shares with one of the others."""
    spans = {span for other in pages if other is not page for span in shared(page.text, other.text)}
    return without(page, spans) if spans else page


def shared(one, other):
    """Every SHARED characters in a row that two texts share, as spans in the first; a longer passage is many
    of them."""
    spans = ((at, at + SHARED) for at in range(len(one) - SHARED + 1))
    return [(start, end) for start, end in spans if "\n" not in one[start:end] and one[start:end] in other]
