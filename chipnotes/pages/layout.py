"""Step 5, the layout of an article: line wraps, stray spaces, and the order of its text.

A layout is a list of (article, role, [(start, end), …]): a paragraph with what is left of its lines, or,
with a rule in the place of its role, lines that are dropped. `fates` is the array in which the number of the
rule that takes a character is written: at first all are edges, what a paragraph keeps is 0.
"""

from itertools import islice, pairwise

import numpy as np

from chipnotes.glyphs import SPACE, narrow
from chipnotes.pages.lines import kinds_of_lines, notices
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.marks import lines_of
from chipnotes.pages.pieces import FATE
from chipnotes.pages.roles import ROLES, roles
from chipnotes.pages.wraps import wrapped_lines

# ---------------------------------------------------------------- paragraphs


def general_layout(simple, fates, said, titles=()):
    """The layout by the general rules, in the order of the file; marks the lines that are no paragraph.

    `said`: what the card says of title, first and last line; `titles`: what the head of its source does."""
    spans, padded = lines_of(simple), narrow(simple).split("\n")
    bare = [line.strip(SPACE) for line in padded]
    kinds = kinds_of_lines(bare)
    wrapped = is_wrapped(simple)
    runs_on = wrapped_lines(padded, kinds)
    for k, (one, two) in enumerate(pairwise(bare)):
        if "关于" in one and not (kinds[k] or kinds[k + 1]) and LOOKS.broken_title.fullmatch(f"{one}\n{two}"):
            runs_on[k] = k + 1
    groups = {k: [k] for k in range(len(bare))}  # by their first lines
    for k, after in sorted(runs_on.items(), reverse=True):
        groups[k] += groups.pop(after)
    whole = ["".join([bare[k] for k in group]) for group in groups.values()]
    found = roles(whole, [kinds[k] for k in groups], said, titles)
    layout = []
    for role, (k, group) in zip(found, groups.items(), strict=True):
        if role == "edges":
            continue
        how = kinds[k] if (kinds[k], role) == ("row", "body") else role
        layout.append((1, role, _placed(simple, [spans[k] for k in group], fates, how, wrapped)))
        for line in group if role in ROLES else ():
            for first, last in notices(bare[line]):
                start = spans[line][0] + padded[line].index(bare[line])
                fates[start + first : start + last] = FATE["furniture"]
    return layout


def edited_layout(simple, index, edition, fates):
    """The layout that an edition gives; `index` holds the raw offset of each character of `simple`."""
    wrapped, spaces = is_wrapped(simple), np.searchsorted(index, edition["spaces"]).tolist()
    layout = []
    for article, role, raw_pieces in edition["order"]:
        pieces = np.searchsorted(index, raw_pieces).tolist()
        layout.append((article, role, _placed(simple, pieces, fates, role, wrapped, spaces)))
    return layout


def _placed(simple, pieces, fates, role, wrapped, spaces=()):
    """What is left of the lines of one paragraph, or of those that a rule drops; marks spaces and wraps.

    A space that the edition names is kept inside a line, or after it if another line of the paragraph
    follows. A line end between two Latin words stands for a space and goes to the line before it.
    """
    joined = []
    if role in FATE:
        for start, end in pieces:
            fates[start:end] = FATE[role]
        return pieces
    for k, (start, end) in enumerate(pieces):
        first, last = _trim(simple, start, end, fates, role, wrapped)
        for space in spaces:
            if first <= space < (end if k + 1 < len(pieces) else last):
                fates[space] = 0
                last = max(last, space + 1)
        gap = simple[pieces[k - 1][1] : start] if k else ""
        if gap.isspace():
            fates[start - len(gap) : start] = FATE["line_wraps"]
            before, until = joined[-1]
            if before < until and first < last and LOOKS.latin_pair.search(simple[until - 1] + simple[first]):
                joined[-1] = (before, start)
                fates[start - 1] = FATE["wrapped_words"]
        joined.append((first, last))
    return joined


def _trim(simple, start, end, fates, role, wrapped):
    """Keep one line but for outer spaces, the ornament at its head, stray spaces; what is left, as a span."""
    line = simple[start:end]
    head, tail = len(line) - len(line.lstrip(SPACE)), len(line.rstrip(SPACE))
    fates[start + head : start + tail] = 0
    mark = LOOKS.ornament.match(line, head, tail)
    if mark and mark.end() < tail:
        fates[start + head : start + mark.end()] = FATE["list_marks"]
        head = mark.end()
    for first, last in stray_spaces(line[head:tail], role, wrapped):
        fates[start + head + first : start + head + last] = FATE["spaces"]
    return start + head, start + tail


def assemble(simple, layout, fates):
    """The text of a layout as offsets in `simple`, -1 for a line end put in, and (article, role) of each
    paragraph.

    A paragraph ends in the page's own line end where one follows it.
    """
    found, parts, used = [], [], set()
    paragraphs = [entry for entry in layout if entry[1] in ROLES]
    kept = np.flatnonzero((fates == 0) | (fates == FATE["wrapped_words"]))
    bounds = iter(kept.searchsorted([span for *_, pieces in paragraphs for span in pieces]).tolist())
    for article, role, pieces in paragraphs:
        lines = [kept[start:end] for start, end in islice(bounds, len(pieces)) if start < end]
        if lines:
            after = LOOKS.paragraph_end.match(simple, pieces[-1][1])
            end = after.end() - 1 if after and after.end() - 1 not in used else -1
            used.add(end)
            found += [*lines, [end]]
            parts.append((article, role))
    fates[list(used - {-1})] = FATE["paragraph_end"]
    return np.concatenate(found or [[]]).astype(np.int64), tuple(parts)


# ---------------------------------------------------------------- spaces

_MARK_SIGNS = ",.:;!?()\"'%"  # ASCII marks take the script of their neighbour


def is_wrapped(text):
    """Was the page set in hard-wrapped lines that a scanner joined with spaces?

    It was if more than one lone space stands between Chinese characters in 200 characters.
    """
    return len(LOOKS.lone_space.findall(text)) * 200 > max(len(text), 200)


def stray_spaces(line, role, wrapped):
    """Spaces beside a Chinese character or mark.

    Must not fire between two Latin words, between the two halves of a headline, the names of a byline, or
    the two halves of what stands in 《》 or “” on a page that is not hard-wrapped; the cells of a row (role
    `row`) stay apart.

    >>> stray_spaces("投资 20 亿元", "body", False), stray_spaces("本报讯 6月17日", "body", False)
    ([(2, 3), (5, 6)], [])
    """
    spans = []
    for m in LOOKS.gap.finditer(line):
        start, end = m.span()
        beside = _is_chinese(line, start - 1, -1) or _is_chinese(line, end, 1)
        start += not beside or _parts(line, start, end, role, wrapped)
        if start < end:
            spans.append((start, end))
    return spans


def _is_chinese(line, at, step):
    """Is the character at this place Chinese? ASCII marks take the script of the character beyond them."""
    while line[at] in _MARK_SIGNS and 0 <= at + step < len(line):
        at += step
    return line[at] > "\u2e7f" or line[at] in "—‘’“”…"


def _parts(line, start, end, role, wrapped):
    """Is this space the author's: after 本报讯, between the halves of a headline, in a title or a slogan?"""
    if role == "row" or line[start - 1] in "讯电" and LOOKS.dateline.fullmatch(line, 0, start):
        return True
    if role not in ("title", "heading", "byline", "caption"):
        around = () if wrapped else LOOKS.quoted.finditer(line, max(0, start - 100), end + 100)
        if not any(m.start() < start < m.end() for m in around):
            return False
    least, phrases = (2, LOOKS.names) if role == "byline" else (4, LOOKS.phrases)
    return bool(phrases.fullmatch(line[max(0, start - least) : start] + "\n" + line[end : end + least]))
