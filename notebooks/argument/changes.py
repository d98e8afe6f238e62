"""Changed pages: each change is one of the pieces that a page is made of."""

from dataclasses import replace

import numpy as np

from chipnotes.pages.pieces import DROPS, FATE, Piece, replay

# Menus, notices, lists of other articles.
LINE_RULES = ("metadata", "navigation", "furniture", "tail", "head")
SHARED = 15  # characters from which on a passage of two pages counts as one text


def _made(page, pieces):
    """The page with other pieces; lines that it did not have are body."""
    fates, origin = np.zeros(len(page.raw), np.uint8), []
    for start, end, text, rule, _ in pieces:
        fates[start:end] = FATE[rule]
        if text:
            origin += range(start, end) if start < end else [-1]
    notes = {piece.end: piece.note for piece in pieces if piece.note}
    read = {"text": replay(page.raw, pieces), "origin": np.array(origin, np.int32), "fates": fates}
    new = replace(page, **read, notes=notes, parts=(), card={**page.card, "sha256": ""})
    rows = zip(page.paragraphs.itertuples(), page.parts, strict=True)
    roles = {at: part for row, part in rows for at in page.origin[row.start : row.end].tolist()}
    start, part, parts = 0, (1, "body"), []
    for line in new.text.removesuffix("\n").split("\n"):
        part = roles.get(int(new.origin[start]), (1, "body")) if line else part
        parts.append(part)
        start += len(line) + 1
    return replace(new, parts=tuple(parts))


def as_raw(page):
    """The page as it lies in the file."""
    return _made(page, [Piece(0, len(page.raw), page.raw, "text")])


def with_dropped(page, rules=LINE_RULES):
    """The page with what these rules dropped left in at its place; itself if they dropped none."""
    if not any(piece.rule in rules for piece in page.pieces):
        return page
    left = [Piece(one.start, one.end, page.raw[one.start : one.end], "text") for one in page.pieces]
    pairs = zip(page.pieces, left, strict=True)
    return _made(page, [back if piece.rule in rules else piece for piece, back in pairs])


def in_file_order(page):
    """The page in the order of its file."""
    return _made(page, sorted(page.pieces, key=lambda piece: piece[:2]))


def without(page, spans):
    """The page without some stretches of its text."""
    gone, pieces = {int(at) for start, end in spans for at in page.origin[start:end]}, []
    for piece in page.pieces:
        inside = range(piece.start, piece.end) if piece.text else ()
        if gone.isdisjoint(inside):
            pieces.append(piece)
        else:
            cut = zip(inside, piece.text, strict=True)
            pieces += [
                Piece(at, at + 1, *(("", DROPS[0]) if at in gone else (c, piece.rule))) for at, c in cut
            ]
    return _made(page, pieces)


def unshared(page, pages):
    """The page without the passages that it shares with one of the others."""
    others = [other.text for other in pages if other is not page]
    spans = {span for other in others for span in shared(page.text, other)}
    return without(page, spans) if spans else page


def shared(one, other, least=SHARED):
    """The passages of at least so many characters that two texts share, as spans in the first."""
    spans, at = [], 0
    while at < len(one):
        end = at
        while end < len(one) and one[end] != "\n" and one[at : end + 1] in other:
            end += 1
        if end - at >= least:
            spans.append((at, end))
        at = end if end - at >= least else at + 1
    return spans
