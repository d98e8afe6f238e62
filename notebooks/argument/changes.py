"""Changed pages: each change is one of the pieces that a page is made of."""

from dataclasses import replace

from chipnotes.pages.document import DROPS, Piece

# Menus, notices, lists of other articles.
LINE_RULES = ("metadata", "navigation", "furniture", "tail", "head")
SHARED = 15  # characters from which on a passage of two pages counts as one text


def _made(page, pieces):
    """The page with other pieces; lines that it did not have are body."""
    roles = {}
    at = 0
    for (article, role), line in zip(page.parts, page.text.split("\n"), strict=False):
        roles.update(dict.fromkeys(page.origin[at : at + len(line)].tolist(), (article, role)))
        at += len(line) + 1
    parts, raw_at = [], -1
    new = replace(page.with_pieces(pieces, ()), card={**page.card, "sha256": ""})
    start = 0
    for line in new.text.split("\n")[: new.text.count("\n") + (not new.text.endswith("\n"))]:
        raw_at = int(new.origin[start]) if line else raw_at
        parts.append(roles.get(raw_at, (1, "body")))
        start += len(line) + 1
    return replace(new, parts=tuple(parts))


def as_raw(page):
    """The page as it lies in the file."""
    return _made(page, [Piece(0, len(page.raw), page.raw, "text")])


def with_dropped(page, rules=LINE_RULES):
    """The page with what these rules dropped left in, where it stands in the file."""
    kept = [
        piece._replace(text=page.raw[piece.start : piece.end], rule="text") if piece.rule in rules else piece
        for piece in page.pieces
    ]
    return _made(page, kept)


def in_file_order(page):
    """The page in the order of its file."""
    return _made(page, sorted(page.pieces, key=lambda piece: piece[:2]))


def without(page, spans):
    """The page without some stretches of its text."""
    gone = {int(at) for start, end in spans for at in page.origin[start:end]}
    pieces = []
    for piece in page.pieces:
        if not piece.text or piece.start == piece.end or not gone & set(range(piece.start, piece.end)):
            pieces.append(piece)
            continue
        for at, character in zip(range(piece.start, piece.end), piece.text, strict=True):
            pieces.append(
                Piece(at, at + 1, "" if at in gone else character, DROPS[0] if at in gone else piece.rule)
            )
    return _made(page, pieces)


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
