"""Line ends that a page has lost, and those that are only wraps of its lines."""

import re

from chipnotes.glyphs import SPACE, narrow
from chipnotes.pages.lines import ends_sentence, kind_of_line
from chipnotes.pages.marks import simplify

_GAP = re.compile(rf"[{SPACE}]+")


def lost_line_ends(text):
    """The spaces that stand for the line ends of a page saved as one line.

    A line ends at a wide gap, after a sentence, beside furniture, and at a space before or after a phrase
    without a comma. Must not fire if the page has line ends of its own or none of these gaps, nor between
    letters or figures.
    """
    if "\n" in text.strip() or "。" not in text:
        return []
    text = narrow(simplify(text.rstrip()))
    gaps = [m.span() for m in _GAP.finditer(text) if m.start()]
    edges = [0, *(at for gap in gaps for at in gap), len(text)]
    chunks = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    # a space behind words with a comma, twice or more: that is how a scanner parts lines, or an author words
    scanned = sum("," in chunk and not ends_sentence(chunk) for chunk in chunks[:-1]) >= 2
    kinds = [kind_of_line(chunk) for chunk in chunks]
    spans, since, sure = [], 0, False
    for k, (start, end) in enumerate(gaps):
        before, after = chunks[k : k + 2]
        latin = before[-1] < "\u0250" and after[0] < "\u0250"
        hard = not latin and (end - start > 1 or text[start] == "\u3000") or ends_sentence(before)
        hard = hard or kinds[k] or kinds[k + 1]
        phrase = not (
            before[-1].isascii() or after[0].isascii() or "," in text[max(since, start - 60) : start]
        )
        if hard or phrase and not scanned:
            spans.append((start, start + 1))
            since, sure = end, bool(sure or hard)
    return spans if sure else []


_INDENT = ("", *SPACE)
_OPEN_END = re.compile(r"[,\uff0c、(《“]$")
_CARRIES_ON = re.compile(r"[,\uff0c、。;\uff1b)》”%]")


def wrapped_lines(lines, kinds):
    """The numbers of the lines (with their outer spaces) that run on into the next: a line end that is a wrap.

    A page is hard-wrapped if two of its plain lines or more break off where no line of an article ends
    (after a comma, before a closing mark), or if most of its lines end no sentence and stand in blocks or
    are equally wide. If its paragraphs stand apart by blank lines, each block is a paragraph; else a line
    of about the full width that ends no sentence runs on. Must not fire on headings, lists or ordinary
    one-line paragraphs, nor across a blank or indented line.
    """
    bare = [line.strip(SPACE) for line in lines]
    pairs = [
        k
        for k in range(len(lines) - 1)
        if not kinds[k]
        and not kinds[k + 1]
        and lines[k + 1][:1] not in _INDENT
        and 24 <= _width(bare[k]) <= 120
    ]
    open_ended = [k for k in pairs if not ends_sentence(bare[k])]
    measure = max((_width(bare[k]) for k in open_ended), default=0)
    full = [k for k in open_ended if _width(bare[k]) >= measure - 4]
    broken = sum(_breaks_off(bare[k], bare[k + 1]) for k in open_ended)
    plain = sum(not kind for kind in kinds)
    blocks = sum(not kinds[k] and (k == 0 or kinds[k - 1] == "edges") for k in range(len(lines)))
    mostly_open = len(open_ended) >= 3 and len(open_ended) * 2 > len(pairs)
    if blocks >= 3 and (broken >= 2 or mostly_open and plain > 1.5 * blocks):
        joined = pairs
    elif broken >= 2 or len(full) >= 3 and len(full) * 2 > len(pairs):
        joined = [k for k in open_ended if _width(bare[k]) >= 0.75 * measure]
    else:
        joined = []
    return set(joined)


def _breaks_off(line, following):
    """Does a line end in a comma, or its next line open with a mark that only closes or carries on?"""
    return bool(_OPEN_END.search(line) or _CARRIES_ON.match(following))


def _width(line):
    """Columns of a line: two for a Chinese character, one for another."""
    return len(line.encode("gb18030", "replace")) if len(line) <= 120 else 2 * len(line)
