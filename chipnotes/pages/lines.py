"""Stage 2 of cleaning, whole lines: what kind each is, which are rows of a table, which role each has in
the article."""

import re
from itertools import pairwise

from chipnotes.glyphs import HAN, SPACE
from chipnotes.pages.furniture import AMOUNT, furniture, notices

ROLES = ("title", "byline", "heading", "body", "box", "caption")


FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_ENDS = tuple("。!?;…！？；")
_HANS = re.compile(rf"[{HAN}]")
_SENTENCE = re.compile(r"[。;]|[!?…][\"”’)]*$")
_BYLINE = re.compile(
    r"□?\s*(?:本报|本刊|本网|本台)?(?:首席|见习|全媒体)?(?:记者|通讯员|实习生).{1,40}"  # 本报记者 张三
    r"|\(\s*(?:本报)?(?:记者|通讯员|作者|文).{1,40}\)"  # (记者 张三)
    r"|(?:文|图|撰文|摄影|文/图|文字)\s*[/|:\uff1a].{1,30}"  # 文/张三
)
_CAPTION = re.compile(
    r"(?:图为|图\s?[\d一二三四五六七八九十]+[:\uff1a\s]|图片?[:\uff1a]|资料图|[▲△▼]).{0,120}"  # 图1: 展台
    r"|.{2,120}(?:摄|供图|资料图片?|/图)[)\uff09]?"  # 展台 (张三 摄)
)
_LONGEST_FURNITURE = 160


def han_count(text):
    """How many Chinese characters a text has."""
    return len(_HANS.findall(text))


def ends_sentence(line):
    """Does a line end as a sentence does, quotes and brackets aside?"""
    return line.rstrip("\"'”’)）」』")[-1:] in _ENDS


def kinds_of_lines(lines):
    """The kind of each line of a page: that of `kind_of_line`, `edges` if it is blank."""
    kinds = [kind_of_line(line) if line else "edges" for line in lines]
    for k in range(len(kinds) - 1):
        # the head of a table looks like a menu
        if kinds[k] == "nav" and kinds[k + 1] == "row" and len(_cells(lines[k])) == len(_cells(lines[k + 1])):
            kinds[k] = "row"
    return kinds


def kind_of_line(line):
    """What a line is by its own look: '' (may be article), row (of a table), nav, meta, drop or tail.

    The line is Simplified and without outer spaces.
    """
    patterns = furniture()
    if (cut := notices(line)) and sum(end - start for start, end in cut) == len(line):
        return "drop"
    if len(line) > _LONGEST_FURNITURE:
        return ""
    if not _runs_on(line):
        if match := patterns["line"].fullmatch(line):
            return match.lastgroup
        if _is_metadata(line) or patterns["meta"].fullmatch(line):
            return "meta"
    if patterns["drop"].fullmatch(line) and not (AMOUNT.search(line) and han_count(line) >= 12):
        return "drop"
    return "row" if _is_row(line) else "nav" if _is_menu(line) else ""


_CLAUSE = re.compile(r"[,\uff0c]")


def _runs_on(line):
    """Running text ends as a sentence does, or holds the end of one, or tells an amount after a comma; and
    it is long enough."""
    if len(line) < 15:
        return False
    if ends_sentence(line):
        return True
    if "。" in line or AMOUNT.search(line) and _CLAUSE.search(line):
        return han_count(line) >= 12
    return False


_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_LABEL = re.compile(
    r"来源|阅读|浏览|字号|(?:作者|时间|日期|点击|编辑|发布(?:单位|机构|者|人)?)(?:[\s:于]|$)|星期|第.{1,3}版|[|【]|https?:"
)


def _is_metadata(line):
    """A short line built round a full date, with counters or a source. Must not fire on a sentence that
    opens with a date."""
    if "。" in line or not FULL_DATE.search(line):
        return False
    dateless = FULL_DATE.sub("", line)
    rest = _CLOCK.sub("", dateless)
    label = rest != dateless or _LABEL.search(rest)
    return bool(label) and not re.search(r"[,\uff0c]", rest) or han_count(rest) <= 4


_LIST_GAP = re.compile(rf"[|丨>»›·/{SPACE}]+")
_WITH_UNIT_OR_TAG = re.compile(
    r"\d\s*(?:%|[万亿]|元|家|个|人|吨|辆)|<[/a-zA-Z]"
)  # a tag that the page has left


def _is_menu(line):
    """Short entries between bars, arrows, dots or wide gaps. Must not fire on running text or on two names
    after a byline."""
    if not _LIST_GAP.search(line) or re.search("[,。]", line) or ends_sentence(line):
        return False
    if _WITH_UNIT_OR_TAG.search(line):
        return False
    chunks = [len(c) for c in _LIST_GAP.split(line) if c]
    barred = sum(map(line.count, "|丨>»›"))
    if barred >= 1 and len(chunks) >= 2 and max(chunks) <= 12 and barred * 2 >= len(chunks) - 1:
        return True
    return len(chunks) >= 4 and max(chunks) <= 8


# ---------------------------------------------------------------- rows of tables

_CELL_GAP = re.compile(rf"[|丨{SPACE}]+")
_FIGURE = re.compile(r"[+\-]?(?:[1-9]\d*(?:,\d{3})*|0)(?:\.\d+)?%?|[-—]+")
_COUNTER = re.compile(
    r"(?:阅读|浏览|点击|访问|评论|回复|点赞|收藏|转发|分享|关注|粉丝)(?:次?数|量|度)?|人气|热度|联系|咨询|第|共|页"
    r"|.*(?:电话|热线|手机|传真|邮编|QQ)"
)


def _cells(line):
    return [cell for cell in _CELL_GAP.split(line) if cell]


def _is_row(line):
    """A row of a table: one or two short labels, then nothing but two figures or more.

    Must not fire on counters (阅读 12 3), telephone numbers, or the numbers of a list's pages (首页 1 2 3).
    """
    if not line or len(line) > 120 or line[-1] not in "0123456789%-—|":
        return False
    cells = _cells(line)
    labels = next((k for k, cell in enumerate(cells) if _FIGURE.fullmatch(cell)), 0)
    figures = [cell for cell in cells[labels:] if cell[-1] not in "-—"]
    if labels not in (1, 2) or len(figures) < 2 or not all(map(_FIGURE.fullmatch, cells[labels:])):
        return False
    if any(_COUNTER.fullmatch(label) or len(label) > 12 for label in cells[:labels]) or not han_count(line):
        return False
    return not all(a.isdigit() and b.isdigit() and int(a) + 1 == int(b) < 1000 for a, b in pairwise(figures))


# ---------------------------------------------------------------- roles

_DROPPED = {"meta": "metadata", "nav": "navigation", "tail": "tail"} | dict.fromkeys(
    ("drop", "label", "button"), "furniture"
)


def roles(lines, kinds):
    """The role of each line of a page, or the rule that drops it; `lines` as for `kind_of_line`.

    The article runs from its title, a plain line above the first line of running text, to the last such
    line before its tail, or the last row of a table that follows at once. A page without running text keeps
    all its plain lines and rows. Must not be asked for the order of lines: that is the edition's.
    """
    text = [not kind and _is_body(line) for kind, line in zip(kinds, lines, strict=True)]
    first = next((i for i, is_text in enumerate(text) if is_text), None)
    if first is None:
        return [{"": "body", "row": "body", "edges": "edges"}.get(k) or _DROPPED[k] for k in kinds]
    tail = _tail(lines, kinds, text, first)
    last = _last(lines, kinds, max(i for i, is_text in enumerate(text) if is_text and i < tail), tail)
    title = _title(lines, kinds, first)
    result, listed = [], False
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        # a list of other articles inside this one goes up to the next running text
        listed = first < i < tail and (kind == "tail" or listed and not text[i])
        if kind == "edges":
            result.append("edges")
        elif i >= tail or i > last and kind == "button":
            result.append("tail")
        elif listed or kind == "tail":
            result.append("furniture")
        elif kind == "meta" and first < i <= last and FULL_DATE.fullmatch(line):
            result.append("heading")  # of a chronicle, or the date under a signature
        elif kind and kind != "row":
            result.append(_DROPPED[kind])
        elif i < (first if title is None else title):
            result.append("head")
        elif i == title:
            result.append("title")
        elif kind == "row":
            result.append("body" if i <= last else "tail")
        elif _is_byline(line):
            result.append("byline")
        elif _CAPTION.fullmatch(line) and not ends_sentence(line):
            result.append("caption")
        elif i > last and not line.endswith("。"):
            result.append("tail")
        else:
            result.append("body" if text[i] or len(line) > 45 or re.search(r"[,;:。]$", line) else "heading")
    return result


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
    sentences = [
        is_text and _SENTENCE.search(line) and not _cut_off(line)
        for is_text, line in zip(text, lines, strict=True)
    ]
    told = [len(line) if is_told else 0 for is_told, line in zip(sentences, lines, strict=True)]
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


def _last(lines, kinds, last, tail):
    """The last line of the article: rows of a table, items of a closing list, a last sentence without a
    full stop, a signature and its date belong to it if they follow its last running text at once."""
    for k in range(last + 1, tail):
        line, kind = lines[k], kinds[k]
        told = not kind and not _cut_off(line) and not FULL_DATE.search(line) and han_count(line) >= 4
        passed = {"label", "button"} & set(kinds[last:k])  # amounts behind them may be other articles'
        item = _ITEM.match(line) or AMOUNT.search(line) and not passed
        # 主要标准如下: above the items of a closing list
        opens = line.endswith(":") and any(map(_ITEM.match, filter(None, lines[k + 1 : k + 3])))
        clause = k == last + 1 and _CLAUSE.search(line) and han_count(line) >= 15
        signature = any(
            _SIGNATURE.fullmatch(one) and FULL_DATE.fullmatch(other)
            for one, other in pairwise(lines[k - 1 : k + 2])
        )
        if kind == "row" or told and (item or clause or opens) or signature:
            last = k
        elif kind not in ("edges", "label", "button"):
            break
    return last


def _is_body(line):
    long = len(line) >= 60 or len(line) >= 15 and _SENTENCE.search(line) and han_count(line) >= 8
    return bool(long) and not _is_byline(line)


def _is_byline(line):
    """Names of reporters. Must not fire on a sentence such as 记者从…获悉,…。"""
    return "。" not in line and bool(_BYLINE.fullmatch(line))


def _title(lines, kinds, first):
    """Of the plain lines above the running text the one with most Chinese, at least four characters.

    Names of sites and headings are shorter. A subtitle (——…), a byline and a form of address (…:) are no
    titles.
    """
    plain = [
        (han_count(line), i)
        for i, line in enumerate(lines[:first])
        if not kinds[i] and not _is_byline(line) and line[0] != "—" and line[-1] != ":"
    ]
    most, title = max(plain, default=(0, None))
    return title if most >= 4 else None
