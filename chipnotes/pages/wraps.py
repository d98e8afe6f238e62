"""Line ends that a page has lost, and those that are only wraps of its lines."""

from itertools import pairwise

from chipnotes.glyphs import SPACE, narrow
from chipnotes.pages.lines import ends_sentence, kind_of_line
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.marks import simplify


def lost_line_ends(text):
    """The text of a page saved as one line, with "\\n" for the spaces that stand for its line ends.

    A line ends at a wide gap, after a sentence, beside furniture, and at a space before or after a phrase
    without a comma. Must not fire if the page has line ends of its own or none of these gaps, nor between
    letters or figures.
    """
    if "\n" in text.strip() or "。" not in text:
        return text
    folded = narrow(simplify(text.rstrip()))
    gaps = [m.span() for m in LOOKS.gap.finditer(folded) if m.start()]
    chunks = LOOKS.gap.split(folded.lstrip(SPACE))
    # a space behind words with a comma, twice or more: that is how a scanner parts lines, or an author words
    scanned = sum("," in chunk and not ends_sentence(chunk) for chunk in chunks[:-1]) >= 2
    kinds = [kind_of_line(chunk) for chunk in chunks]
    broken, since, sure = list(text), 0, False
    for k, (start, end) in enumerate(gaps):
        before, after = chunks[k : k + 2]
        ascii = before[-1].isascii() or after[0].isascii()
        latin = before[-1] < "\u0250" and after[0] < "\u0250"
        wide = not latin and (end - start > 1 or text[start] == "\u3000")
        hard = bool(wide or ends_sentence(before) or kinds[k] or kinds[k + 1])
        if hard or not (scanned or ascii or "," in folded[max(since, start - 60) : start]):
            broken[start] = "\n"
            since, sure = end, sure or hard
    return "".join(broken) if sure else text


def wrapped_lines(lines, kinds):
    """Which lines (with their outer spaces) run on into which, by a wrap: a dict of their numbers.

    A page is hard-wrapped if two of its plain lines or more break off where no line of an article ends
    (after a comma, before a closing mark), or if most of its lines end no sentence and stand in blocks or
    are equally wide. If its paragraphs stand apart by blank lines, each block is a paragraph; else a line
    of about the full width that ends no sentence runs on. On any page a long line that ends no sentence runs
    on over the head of a printed page. Must not fire on headings, lists or ordinary one-line paragraphs, nor
    across a blank line or one indented beyond the margin that all lines share.
    """
    plain = [k for k, kind in enumerate(kinds) if not kind]
    bare = {k: lines[k].strip(SPACE) for k in plain}
    indents = {k: lines[k].index(bare[k]) for k in plain}
    margin = min(indents.values(), default=0)
    # columns, two for a Chinese character; more than 120 are too many
    widths = {k: len(bare[k].encode("gb18030", "replace")) if len(bare[k]) <= 120 else 121 for k in plain}
    pairs = {
        k: after
        for k, after in pairwise(plain)
        if {*kinds[k + 1 : after]} in (set(), {"page"}, {"page", "edges"})
        if indents[after] == margin
        and widths[k] >= 24
        and not (bare[k].startswith(bare[after]) or LOOKS.begins.match(bare[after]))
        if after == k + 1 and widths[k] <= 120 or after > k + 1 and not ends_sentence(bare[k])
    }
    open_ended = {k: after for k, after in pairs.items() if not ends_sentence(bare[k])}
    measure = max((widths[k] for k in open_ended if widths[k] <= 120), default=0)
    full = [k for k in open_ended if widths[k] >= measure - 4]
    # a line ends in a comma, or its next one opens with a mark that only closes or carries on
    broken = sum(bare[k][-1] in ",、(《“" or bare[at][0] in ",、。;)》”%" for k, at in open_ended.items())
    blocks = sum(not kind and above == "edges" for above, kind in pairwise(["edges", *kinds]))
    in_blocks = kinds.count("") > 1.5 * blocks and len(open_ended) >= 3 and len(open_ended) * 2 > len(pairs)
    if blocks >= 3 and (broken >= 2 or in_blocks):
        return pairs
    if broken >= 2 or len(full) >= 3 and len(full) * 2 > len(pairs):
        return {k: after for k, after in open_ended.items() if widths[k] >= 0.75 * measure}
    return {k: after for k, after in open_ended.items() if after > k + 1 and widths[k] > 60}
