"""Step 3, lines: what kind each line of a page is by its own look, and which of its sentences are notices."""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from chipnotes.files import read_data
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.sentence import split_sentences


def han_count(text):
    """How many Chinese characters a text has."""
    return len("".join(LOOKS.han.findall(text)))


def ends_sentence(line):
    """Does a line end as a sentence does, quotes and brackets aside?"""
    return line.rstrip("\"'”’)）」』").endswith(("。", "!", "?", ";", "…"))


_cells = LOOKS.cell.findall


def kinds_of_lines(lines):
    """The kind of each line of a page: that of `kind_of_line`, `edges` if it is blank."""
    kinds = [kind_of_line(line) if line else "edges" for line in lines]
    for k, (head, row) in enumerate(pairwise(lines)):
        # the head of a table looks like a menu, with as many cells as the row below it
        if kinds[k : k + 2] == ["nav", "row"] and len(_cells(head)) == len(_cells(row)):
            kinds[k] = "row"
    for k in _page_heads([(k, line) for k, line in enumerate(lines) if line]):
        kinds[k] = "page"
    return kinds


_FOLIO = "0123456789 -–—·|第页"  # 3, 3 · 云川规划, 云川规划 — 3 —, 云川规划 第3页


def _page_heads(filled):
    """The numbers of the lines that each printed page repeats: its title beside a number that counts on, or
    alone inside a sentence; `filled` gives (number, line) of those that are not blank.

    Must not fire on lines that stand less than five apart, as the cells of a table or the items of a list do,
    on short labels (附件 1), nor on the first of lines that are alike, the title.
    """
    alike = defaultdict(list)
    for at, (_, line) in enumerate(filled):
        if len(line) <= 50:
            alike[line.strip(_FOLIO)].append(at)
    for words, places in alike.items():
        if len(places) < 2 or ends_sentence(words):
            continue
        numbers = {at: LOOKS.folio.findall(filled[at][1].replace(words, "", 1)) for at in places}
        numbered = [(int(found[0]), at) for at, found in numbers.items() if len(found) == 1]
        steps = {(b - a, after - at >= 5) for (a, at), (b, after) in pairwise(numbered)}
        if steps in ({(1, True)}, {(2, True)}) and not 0 < han_count(words) < 6:
            yield from (filled[at][0] for _, at in numbered)
        elif han_count(words) >= 6:
            alone = [at for at in places[1:] if not numbers[at]]
            yield from (filled[at][0] for at in alone if _breaks_a_sentence(filled[at - 1 : at + 2]))


def _breaks_a_sentence(lines):
    """Does the second of three lines stand between long ones of which the first ends no sentence?"""
    (_, before), *_, (_, after) = lines
    return len(lines) == 3 and min(len(before), len(after)) >= 15 and not ends_sentence(before)


def kind_of_line(line):
    """What a line is by its own look: '' (may be article), row (of a table), byline, nav, meta,
    page, drop, label, button or tail.

    The line is Simplified and without outer spaces.
    """
    if (cut := notices(line)) and sum(end - start for start, end in cut) == len(line):
        return "drop"
    if len(line) > 160:  # no furniture is longer
        return ""
    if not _runs_on(line) and (match := furniture()["line"].fullmatch(line)):
        return match.lastgroup
    if furniture()["drop"].fullmatch(line) and not (LOOKS.amount.search(line) and han_count(line) >= 12):
        return "drop"
    return "nav" if _is_menu(line) else ""


def _runs_on(line):
    """Running text ends as a sentence does, or holds the end of one, or tells an amount after a comma; and
    it is long enough."""
    if len(line) < 15 or ends_sentence(line):
        return len(line) >= 15
    tells = "。" in line or "," in line and LOOKS.amount.search(line) and re.search(r",(?!\d{3})", line)
    return bool(tells) and han_count(line) >= 12


def _is_menu(line):
    """Short entries between bars, arrows, dots or wide gaps. Must not fire on running text."""
    chunks = [*map(len, filter(None, LOOKS.between_entries.split(line)))]
    if len(chunks) < 2 or max(chunks) > 12 or ends_sentence(line) or LOOKS.no_menu.search(line):
        return False
    barred = len(LOOKS.bar.findall(line))
    return len(chunks) <= 2 * barred + 1 or len(chunks) >= 4 and max(chunks) <= 8


# ---------------------------------------------------------------- furniture


@lru_cache(maxsize=1)
def furniture():
    """The patterns of data/furniture.tsv as four expressions: `line`, told by its look, with a group for each
    kind; `drop`, though it may run on; `notice`; `opening`, how the sentence of a notice begins.

    A notice is searched for: it is found quickly if each of its alternatives begins with a character of its
    own.
    """
    kinds = read_data("furniture.tsv").groupby("kind", sort=False).pattern.agg("|".join)
    found = {kind: kinds.pop(kind) for kind in ("drop", "notice", "opening")}
    found["line"] = "|".join(f"(?P<{kind}>{patterns})" for kind, patterns in kinds.items())
    found["opening"] = f"{LOOKS.before_notice.pattern}(?:{found['opening']})"
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in found.items()}


def notices(line):
    """The spans of a line that are notices (disclaimers, legal notices), cut at the ends of sentences.

    Must not fire on a sentence that holds the words of a notice but tells something: it has an amount, or
    its subject is another than the page and its contents.

    >>> notices("产值达20亿元。本文仅代表作者观点。"), notices("专家意见仅代表其个人观点。")
    ([(8, 18)], [])
    """
    notice = furniture()["notice"]
    if not notice.search(line):
        return []
    ends = [0, *(end for _, end in split_sentences(line))]  # the spaces before a sentence are part of it
    return [
        (start, end)
        for start, end in pairwise(ends)
        if furniture()["opening"].match(sentence := line[start:end].lstrip())
        and notice.search(sentence)
        and not LOOKS.amount.search(sentence)
    ]
