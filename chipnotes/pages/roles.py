"""Step 4, roles: which line is title, heading, body of the article, and which stands before or behind it."""

import re
from itertools import pairwise

from chipnotes.glyphs import HAN
from chipnotes.pages.lines import AMOUNT, FULL_DATE, ends_sentence, han_count
from chipnotes.pages.places import loose

ROLES = ("title", "byline", "heading", "body", "box", "caption")
# The rule that drops a line of a kind; `above` and `behind` the article stands what its card leaves out.
_DROPPED = {"meta": "metadata", "nav": "navigation", "tail": "tail", "edges": "edges", "page": "page_head"}
_DROPPED |= {"above": "head", "behind": "tail"} | dict.fromkeys(("drop", "label", "button"), "furniture")
# no headline, 早报:甲市涨价;乙厂收尾. The first character apart: so it is found faster.
_SENTENCE = re.compile(r"[。!?…;,](?:(?<=。)|(?<=,)[^,;]*+;|(?<=;)[^,;]*+,|(?<=[!?…;])[\"”’)]*$)")
_CAPTION = re.compile(r"图为|图\s?[\d一二三四五六七八九十]+[:\s]|图片?:|资料图|[▲△▼]")  # 图1: 展台
_CREDITS = ("摄", "供图", "资料图", "资料图片", "/图")  # 展台 (张三 摄)


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
    outside = dict.fromkeys(range(begin), "above") | dict.fromkeys(range(end + 1, len(lines)), "behind")
    kinds = [kind if kind == "edges" else outside.get(k, kind) for k, kind in enumerate(kinds)]
    for k, key in ((begin, "first_line"), (end, "last_line")):
        kinds[k : k + 1] = [""] if key in said else kinds[k : k + 1]
    text = [not kind and _is_body(line) for kind, line in zip(kinds, lines, strict=True)]
    if True not in text:
        return [_DROPPED.get(kind, "body") for kind in kinds]
    # a headline may end as a sentence does: 某市产业报告正式发布!
    told = (i for i, is_text in enumerate(text) if is_text and any(map(lines[i].count, ",。;")))
    first, closed = text.index(True), "last_line" in said
    below = next(told, first)
    if "meta" in kinds[first:below] or _title(lines, kinds, first) in (None, first):
        first = below
    tail = end + 1 if closed else _tail(lines, kinds, text, first)
    last = end if closed else _last(lines, kinds, max(i for i in range(tail) if text[i]), tail)
    words = [loose(title)[0] for title in ([said["title"]] if "title" in said else titles)]
    above = [i for i in range(begin, first) if words and lines[i] and not _NO_TITLE.fullmatch(lines[i])]
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
            or (kind == "meta" and first < i <= last and FULL_DATE.fullmatch(line) and "heading")
            or _DROPPED.get(kind)
            or (i < opens and "head")
            or (kind == "row" and ("body" if i <= last else "tail"))
            or (kind == "byline" and "byline")
            or (_is_caption(line) and "caption")
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


def _cut_off(line):
    """A teaser of another article, 手机厂商的寒冬来了…, or an address."""
    return line.rstrip('"”').endswith(("…", "..")) or "http" in line


def _tail(lines, kinds, text, first):
    """The number of the line with which the article is over: its first marker of a tail behind which it
    does not go on.

    It goes on if as much of the running text behind the marker follows other running text as follows short
    lines, as the teasers of other articles do, or if more of it stands behind the marker than before. Where
    the names of editors stand above it, it is over.
    """
    # a heap of titles can be as long as running text, but ends no sentence
    told = [
        len(line) if is_text and _SENTENCE.search(line) and not _cut_off(line) else 0
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


# 1. …, (一)…, 第三…, ①…, 注:…
_ITEM = re.compile(
    r"(?:[(]?[一二三四五六七八九十\d]{1,3}[)、]|\d{1,2}\.(?!\d)|第[一二三四五六七八九十]|[①-⑳•●■◆★·]|[注附]\s*[:件]|数据来源)"
)
_SIGNATURE = re.compile(rf"[{HAN}\s]{{2,30}}(?:[厅局部委会院府所]|办公室|中心|公司)")
_CALLS = ("!", "?")


def _last(lines, kinds, last, tail):
    """The last line of the article: rows of a table, items of a closing list, a last sentence that is short
    or has no full stop, a signature and its date belong to it if they follow its running text at once."""
    passed = False  # a label or button: amounts behind it may be other articles'
    for k in range(last + 1, tail):
        line, kind = lines[k], kinds[k]
        below = next((lines[n] for n in range(k + 1, tail) if lines[n]), "") if line else ""
        told = not kind and not _cut_off(line) and not FULL_DATE.search(line) and han_count(line) >= 2
        # one call may end an article, several are teasers
        ends = line.endswith("。") or line.endswith(_CALLS) and not below.endswith(_CALLS)
        item = _ITEM.match(line) or not passed and (ends or AMOUNT.search(line))
        # 主要标准如下: above the items of a closing list
        opens = line.endswith(":") and any(map(_ITEM.match, filter(None, lines[k + 1 : k + 3])))
        clause = k == last + 1 and {*line} & {",", ";"} and han_count(line) >= 15
        pairs = pairwise(lines[k - 1 : k + 2])
        signature = any(_SIGNATURE.fullmatch(one) and FULL_DATE.fullmatch(other) for one, other in pairs)
        if kind == "row" or told and (item or clause or opens) or signature:
            last, passed = k, False
        elif kind not in ("edges", "label", "button", "page"):
            break
        passed = passed or kind in ("label", "button")
    return last


def _is_body(line):
    return len(line) >= 60 or len(line) >= 15 and bool(_SENTENCE.search(line)) and han_count(line) >= 8


def _is_caption(line):
    told = _CAPTION.match(line) or line.rstrip(")").endswith(_CREDITS)
    return told and len(line) <= 130 and not ends_sentence(line)


_NO_TITLE = re.compile(r"—.*|.*[:,;]|\(.*\)|.{2,20}\d日[电讯]")


def _title(lines, kinds, first):
    """Of the plain lines above the running text the one with most Chinese, at least four characters.

    Names of sites and headings are shorter. A subtitle (——…), a form of address (…:), what goes on after a
    comma, a line in brackets and a dateline (新华社某市3月1日电) are no titles. If there is none, the first
    line of running text is it that has no full stop (某市发布新政,最高补贴千万!).
    """
    plain = [
        (han_count(line), i)
        for i, line in enumerate(lines[:first])
        if not kinds[i] and not _NO_TITLE.fullmatch(line)
    ]
    most, title = max(plain, default=(0, None))
    for count, i in plain:
        # the name of the browser's tab, 某市发布新政_某网, where the title stands for itself, too
        if count >= 6 and re.match(re.escape(lines[i]) + r"(?:\s*[_|]| - )", lines[title]):
            return i
    return title if most >= 4 else None if "。" in lines[first] else first
