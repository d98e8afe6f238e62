"""Step 3, lines: what kind each line of a page is by its own look, and which of its sentences are notices."""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from chipnotes.files import read_data
from chipnotes.glyphs import HAN, SPACE
from chipnotes.pages.sentence import split_sentences

FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_ENDS = tuple("。!?;…！？；")
_HANS = re.compile(rf"[{HAN}]")
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
    for k in _page_heads(lines):
        kinds[k] = "page"
    return kinds


# 3, 3 · 云川规划, 云川规划 — 3 —, 云川规划 第3页
_PAGE_HEAD = re.compile(
    r"(?:\W*(?P<before>\d{1,3})(?:\W+|$))?(?P<words>.{0,40}?)(?:(?:^|\W+)第?\s*(?P<behind>\d{1,3})(?:\s*页)?\W*)?"
)
_PAGE = 5  # lines of a printed page, at least


def _page_heads(lines):
    """The numbers of the lines that each printed page repeats: its title beside a number that counts on, or
    alone inside a sentence.

    Must not fire on lines that stand close to each other, as the cells of a table or the items of a list do,
    on short labels (附件 1), nor on the first of lines that are alike, the title.
    """
    alike = defaultdict(list)
    for k, line in enumerate(lines):
        if 0 < len(line) <= 50:
            words_alone = line[0].isalpha() and line[-1].isalpha() and line[-1] != "页"
            match = None if words_alone or line[-1] in _ENDS else _PAGE_HEAD.fullmatch(line)
            number = match and (match["before"] or match["behind"])
            alike[match["words"] if number else line].append((int(number or 0), k))
    for words, found in alike.items():
        if len(found) < 2 or ends_sentence(words):
            continue
        numbered = [(number, k) for number, k in found if number]
        steps = {(b - a, at - k >= _PAGE) for (a, k), (b, at) in pairwise(numbered)}
        if steps in ({(1, True)}, {(2, True)}) and not 0 < han_count(words) < 6:
            yield from (k for _, k in numbered)
        elif han_count(words) >= 6:
            yield from (k for number, k in found[1:] if not number and _breaks_a_sentence(lines, k))


def _breaks_a_sentence(lines, k):
    """Does a line stand between long ones of which the first ends no sentence?"""
    before = next((lines[i] for i in range(k - 1, -1, -1) if lines[i]), "")
    after = next((lines[i] for i in range(k + 1, len(lines)) if lines[i]), "")
    return min(len(before), len(after)) >= 15 and not ends_sentence(before)


def kind_of_line(line):
    """What a line is by its own look: '' (may be article), row (of a table), byline, nav, meta,
    page, drop, label, button or tail.

    The line is Simplified and without outer spaces.
    """
    if (cut := notices(line)) and sum(end - start for start, end in cut) == len(line):
        return "drop"
    if len(line) > _LONGEST_FURNITURE:
        return ""
    of_no_text, dropped, _ = furniture()
    if not _runs_on(line):
        if match := of_no_text.fullmatch(line):
            return match.lastgroup
        if _is_metadata(line):
            return "meta"
    if dropped.fullmatch(line) and not (AMOUNT.search(line) and han_count(line) >= 12):
        return "drop"
    kinds = {"row": _is_row, "nav": _is_menu, "byline": _is_byline}
    return next((kind for kind, holds in kinds.items() if holds(line)), "")


CLAUSE = re.compile(r"[,\uff0c]")


def _runs_on(line):
    """Running text ends as a sentence does, or holds the end of one, or tells an amount after a comma; and
    it is long enough."""
    if len(line) < 15 or ends_sentence(line):
        return len(line) >= 15
    return ("。" in line or bool(AMOUNT.search(line) and CLAUSE.search(line))) and han_count(line) >= 12


_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_LABEL = re.compile(
    r"来源|阅读|浏览|字号|(?:作者|时间|日期|点击|编辑|发布(?:单位|机构|者|人)?)(?:[\s:于]|$)|星期|第.{1,3}版|[|【]|https?:"
    r"|(?:秘书处|办公室|宣传部|编辑部|新闻中心|融媒体中心|[日晚]报|新闻网)$"
)


def _is_metadata(line):
    """A short line built round a full date, with counters or a source. Must not fire on a sentence that
    opens with a date."""
    if "。" in line or not FULL_DATE.search(line):
        return False
    dateless = FULL_DATE.sub("", line)
    rest = _CLOCK.sub("", dateless)
    label = rest != dateless or _LABEL.search(rest)
    return bool(label and not CLAUSE.search(rest)) or han_count(rest) <= 4


_LIST_GAP = re.compile(rf"[|丨>»›·/{SPACE}]+")
# A clause, an amount, a tag that the page has left, names of reporters
_NO_MENU = re.compile(
    r"[,。]|\d\s*(?:%|[万亿]|元|家|个|人|吨|辆)|<[/a-zA-Z]|^\W*(?:本[报刊网台])?(?:记者|通讯员)"
)


def _is_menu(line):
    """Short entries between bars, arrows, dots or wide gaps. Must not fire on running text or on two names
    after a byline."""
    if not _LIST_GAP.search(line) or ends_sentence(line) or _NO_MENU.search(line):
        return False
    chunks = [len(c) for c in _LIST_GAP.split(line) if c]
    barred = sum(map(line.count, "|丨>»›"))
    return 2 <= len(chunks) <= 2 * barred + 1 and max(chunks) <= 12 or len(chunks) >= 4 and max(chunks) <= 8


_BYLINE = re.compile(
    r"□?\s*(?:本报|本刊|本网|本台)?(?:首席|见习|全媒体)?(?:记者|通讯员|实习生)"  # 本报记者 张三
    r"(?!从|获悉|了解).{1,40}"
    r"|\(\s*(?:本报)?(?:记者|通讯员|作者|文).{1,40}\)"  # (记者 张三)
    r"|(?:文|图|撰文|摄影|文/图|文字)\s*[/|:\uff1a].{1,30}"  # 文/张三
)


def _is_byline(line):
    """Names of reporters. Must not fire on a sentence such as 记者从…获悉,…。"""
    return bool(_BYLINE.fullmatch(line)) and not re.search("[,\uff0c。]", line)


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


# ---------------------------------------------------------------- furniture


@lru_cache(maxsize=1)
def furniture():
    """The patterns of data/furniture.tsv, three expressions: lines that no running text is, with a group for
    each kind; lines that are dropped though they may run on; notices.

    A notice is searched for: it is found quickly if each of its alternatives begins with a character of its
    own.
    """
    kinds = read_data("furniture.tsv").groupby("kind", sort=False).pattern.agg("|".join)
    drop, notice = kinds.pop("drop"), kinds.pop("notice")
    line = "|".join(f"(?P<{kind}>{patterns})" for kind, patterns in kinds.items())
    return [re.compile(pattern, re.IGNORECASE) for pattern in (line, drop, notice)]


# A number with its unit: what tells something new, as no notice does.
AMOUNT = re.compile(r"\d\s*[余多]?(?:[百千万亿]*[元件家个项人名条台套款吨亩倍块片次种位所]|[百千万亿]|%)")

# How a notice begins. Not 本次调查仅代表…, 该意见仅代表…, 被告未经授权…: those tell of somebody.
_NOTICE_HEAD = re.compile(
    r"[\W_]*(?:(?:免责|版权|特别|郑重|重要|本[站网])?(?:声明|提示|说明|注)\s*[:,]?\W*)?"
    r"(?:(?:以上|上述|所有|部分|相关|任何)(?:内容|文章|信息|图文|图片|观点|资讯|稿件|单位|媒体|机构|个人)"
    r"|本(?:文|[站网报刊号]|平台|公众号|账号|栏目|内容|作品|页|资讯|稿)|[此该]文|文[章中]|图[文片]|内容|原?作者|观点|网友|评论"
    r"|.{0,4}内容(?:为|由|系|均|仅|来|是)|仅代表|不代表|不得|未经|严禁|禁止|如|若|凡|转载|版权|侵|违法|网上有害|举报|投稿|投诉|其(?:原创|真实)|来源|稿件|著作权)"
)


def notices(line):
    """The spans of a line that are notices (disclaimers, legal notices), cut at the ends of sentences.

    Must not fire on a sentence that holds the words of a notice but tells something: it has an amount, or
    its subject is another than the page and its contents.

    >>> notices("产值达20亿元。本文仅代表作者观点。"), notices("专家意见仅代表其个人观点。")
    ([(8, 18)], [])
    """
    notice = furniture()[2]
    if not notice.search(line):
        return []
    ends = [0, *(end for _, end in split_sentences(line))]  # the spaces before a sentence are part of it
    return [
        (start, end)
        for start, end in pairwise(ends)
        if _NOTICE_HEAD.match(sentence := line[start:end].lstrip())
        and notice.search(sentence)
        and not AMOUNT.search(sentence)
    ]
