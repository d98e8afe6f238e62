"""Step 4, roles: which line is title, heading, body of the article, and which stands before or behind it."""

import re
from itertools import pairwise

from chipnotes.pages.lines import han_count
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.places import loose

ROLES = ("title", "byline", "heading", "body", "box", "caption")
# The rule that drops a line of a kind; `above` and `behind` the article stands what its card leaves out.
_DROPPED = {"meta": "metadata", "nav": "navigation", "tail": "tail", "edges": "edges", "page": "page_head"}
_DROPPED |= {"above": "head", "behind": "tail"} | dict.fromkeys(("drop", "label", "button"), "furniture")


def roles(lines, kinds, said, titles=()):
    """The role of each line of a page, or the rule that drops it; `lines` as for `kind_of_line`.

    The article runs from its title, a plain line above the first line of running text, to the last such
    line before its tail, or the last row of a table that follows at once. A page without running text keeps
    all its plain lines and rows. Must not be asked for the order of lines: that is the edition's.

    said: dict, what the card says. `first_line`, `last_line`: words of the lines with which the article
    begins and ends; between them no line is above the title or behind the article, whatever the rules think.
    `title`: the line that reads so is the title, if there is one; without it the likeliest of `titles`, what
    the source of a web page says. ValueError for a first or last line that the page does not have.
    """
    begin, end = _named(lines, said, "first_line", 0), _named(lines, said, "last_line", len(lines) - 1)
    if begin > end:
        raise ValueError(f"first_line = {said['first_line']!r:.80} stands below the last line. Exchange them")
    kinds = ["above"] * begin + kinds[begin : end + 1] + ["behind"] * (len(lines) - 1 - end)
    for k, key in ((begin, "first_line"), (end, "last_line")):
        kinds[k : k + 1] = [""] if key in said else kinds[k : k + 1]
    text = [not kind and _is_body(line) for kind, line in zip(kinds, lines, strict=True)]
    if True not in text:
        return [_DROPPED.get(kind, "body") for kind in kinds]
    first, closed = text.index(True), "last_line" in said
    # a headline may end as a sentence does above its date and source: 某市产业报告正式发布!
    told = next((i for i in range(first, len(lines)) if text[i] and any(map(lines[i].count, ",。;"))), first)
    first = told if "meta" in kinds[first:told] else first
    tail = end + 1 if closed else _tail(lines, kinds, text, first)
    last = end if closed else _last(lines, kinds, max(i for i in range(tail) if text[i]), tail)
    words = [loose(title)[0] for title in ([said["title"]] if said.get("title") else titles)]
    above = range(begin, first) if words else ()
    named = [(words.index(line), i) for i in above if (line := loose(lines[i])[0]) in words]
    title = min(named)[1] if named else _title(lines, kinds, first)
    opens = begin if "first_line" in said else first if title is None else title
    result, listed = [], False
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        # a list of other articles inside this one goes up to the next running text
        listed = not closed and first < i < tail and (kind == "tail" or listed and not text[i])
        result.append(
            (kind in ("edges", "above", "behind") and _DROPPED[kind])
            or (i == title and "title")
            or (i >= tail and "tail")
            or ((listed or kind in ("tail", "button")) and "furniture")
            # of a chronicle, or the date under a signature
            or (kind == "meta" and first < i <= last and LOOKS.full_date.fullmatch(line) and "heading")
            or _DROPPED.get(kind)
            or (i < opens and "head")
            or (kind == "row" and ("body" if i <= last else "tail"))
            or (kind == "byline" and "byline")
            or (len(line) <= 130 and LOOKS.caption.fullmatch(line) and "caption")
            or (i > last and not line.endswith("。") and "tail")
            or ((text[i] or len(line) > 45 or line.endswith((",", ";", ":", "。"))) and "body")
            or "heading"
        )
    return result


def _named(lines, said, key, otherwise):
    """The number of the line that a card names: the first that reads so, of a last line the last."""
    if key not in said:
        return otherwise
    words = loose(said[key])[0]
    found = [k for k, line in enumerate(lines) if words and loose(line)[0].startswith(words)]
    if not found:
        raise ValueError(f"{key} = {said[key]!r:.80} begins no line of the page. Copy the line's first words")
    return found[-1 if key == "last_line" else 0]


def _tail(lines, kinds, text, first):
    """The number of the line with which the article is over: its first marker of a tail behind which it
    does not go on.

    It goes on if as much of the running text behind the marker follows other running text as follows short
    lines, as the teasers of other articles do, or if more of it stands behind the marker than before. Where
    the names of editors stand above it, it is over.
    """
    # a heap of titles can be as long as running text, but ends no sentence
    told = [
        len(line) if is_text and LOOKS.sentence.search(line) and not LOOKS.cut_off.search(line) else 0
        for is_text, line in zip(text, lines, strict=True)
    ]
    filled = [k for k in range(len(lines)) if kinds[k] != "edges"]
    tail, joined, teased, behind, whole = len(lines), 0, 0, 0, sum(told)
    for above, k in reversed(list(pairwise(filled))):
        goes_on = 0 < joined >= teased or 2 * behind > whole
        if k > first and kinds[k] == "tail" and (not goes_on or kinds[above] == "label"):
            tail = k
        if told[k]:
            joined, teased, behind = joined + bool(told[above]), teased + (not told[above]), behind + told[k]
    return tail


def _last(lines, kinds, last, tail):
    """The last line of the article: rows of a table, items of a closing list, a last sentence that is short
    or has no full stop, a signature and its date belong to it if they follow its running text at once."""
    passed = False  # a label or button: amounts behind it may be other articles'
    for k in range(last + 1, tail):
        line, kind = lines[k], kinds[k]
        below = next((lines[n] for n in range(k + 1, tail) if lines[n]), "") if line else ""
        told = not kind and not LOOKS.teaser.search(line) and han_count(line) >= 2
        # one call may end an article, several are teasers
        ends = line.endswith("。") or line[-1:] in ("!", "?") and below[-1:] not in ("!", "?")
        item = LOOKS.item.match(line) or not passed and (ends or LOOKS.amount.search(line))
        # 主要标准如下: above the items of a closing list
        opens = line.endswith(":") and any(map(LOOKS.item.match, filter(None, lines[k + 1 : k + 3])))
        clause = k == last + 1 and {*line} & {",", ";"} and han_count(line) >= 15
        pairs = pairwise(lines[k - 1 : k + 2])
        signature = any(LOOKS.signature.fullmatch(a) and LOOKS.full_date.fullmatch(b) for a, b in pairs)
        if kind == "row" or told and (item or clause or opens) or signature:
            last, passed = k, False
        elif kind not in ("edges", "label", "button", "page"):
            break
        passed = passed or kind in ("label", "button")
    return last


def _is_body(line):
    return len(line) >= 60 or len(line) >= 15 and bool(LOOKS.sentence.search(line)) and han_count(line) >= 8


def _title(lines, kinds, first):
    """Of the plain lines above the running text the one with most Chinese, at least four characters.

    Names of sites and headings are shorter. A subtitle (——…), a form of address (…:), what goes on after a
    comma, a line in brackets and a dateline (新华社某市3月1日电) are no titles. If there is none, the first
    line of running text is it that has no full stop (某市发布新政,最高补贴千万!).
    """
    plain = [
        (han_count(line), i)
        for i, line in enumerate(lines[:first])
        if not kinds[i] and not LOOKS.no_title.fullmatch(line)
    ]
    most, title = max(plain, default=(0, None))
    for count, i in plain:
        # the name of the browser's tab, 某市发布新政_某网, where the title stands for itself, too
        if count >= 6 and re.match(re.escape(lines[i]) + r"(?:\s*[_|]| - )", lines[title]):
            return i
    return title if most >= 4 else None if "。" in lines[first] else first
