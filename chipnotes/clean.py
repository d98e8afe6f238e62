"""Clean a damaged page: small named rules mark what is no article, every mark keeps its reason, and the text keeps its origin.

A page passes three stages, each on what the last one left: marks inside words (CHARACTER_RULES), whole lines
(`furniture`, `roles`), spaces and line wraps. An edition, where a page has one, then replaces the order and roles of lines.
Nothing is deleted: each raw character carries the number of the rule that took it, 0 for kept, and text and apparatus are
both read off these numbers.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import opencc
import pandas as pd
import pypinyin

from chipnotes.paths import read_data

ROLES = ("title", "byline", "heading", "body", "box", "caption")

# ---------------------------------------------------------------- rules: number, name, action, reason
_RULES = (
    ("text", "keep", "article text"),
    ("paragraph_end", "keep", "line end that ends a paragraph"),
    ("simplify", "replace", "Traditional form; the text has its Simplified form"),
    ("repair", "replace", "damaged at byte level; the reading is proved"),
    ("emendation", "replace", "misread by the scanner; the reading follows from the page"),
    ("line_ends", "replace", "line end of another system; the text has its own"),
    ("wrapped_words", "replace", "line end between two Latin words of a paragraph; the text has a space"),
    ("controls", "drop", "invisible control character"),
    ("entities", "drop", "space written as an HTML entity"),
    ("pinyin", "drop", "pinyin injected after the character that it reads"),
    ("bold_marks", "drop", "asterisks of bold type"),
    ("list_marks", "drop", "ornament at the head of a line"),
    ("edges", "drop", "space at the edge of a line, blank line"),
    ("spaces", "drop", "stray space in Chinese text"),
    ("line_wraps", "drop", "line end in the middle of a paragraph"),
    ("metadata", "drop", "line of dates, sources, counters"),
    ("navigation", "drop", "navigation, breadcrumb, buttons"),
    ("furniture", "drop", "disclaimer, legal notice, widget, contact or staff line"),
    ("tail", "drop", "what follows the article: lists of other articles, comment box, footer"),
    ("head", "drop", "line above the title"),
    ("debris", "drop", "fragment that no longer reads as Chinese"),
    ("ornament", "drop", "typographic pointer of a box"),
)
DROPS = [name for name, action, _ in _RULES if action == "drop"]
NUMBER = {name: number for number, (name, _, _) in enumerate(_RULES)}

_SPACE = " \t\xa0\u3000\u2002\u2003\u2009\u1680\u2000\u2001\u2004\u2005\u2006\u2007\u2008\u200a\u202f\u205f"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@lru_cache(maxsize=1)
def _converter():
    return opencc.OpenCC("t2s")


def simplify(text):
    """Traditional Chinese to Simplified, character for character (OpenCC, t2s).

    Must not change a length: a conversion that does raises ValueError, because offsets would no longer hold.
    """
    simple = _converter().convert(text)
    if len(simple) != len(text):
        raise ValueError(f"conversion to Simplified changed the length of a text from {len(text)} to {len(simple)} characters")
    return simple


# ---------------------------------------------------------------- stage 1: marks inside words


def line_ends(text):
    """Line ends of other systems: a carriage return alone, line tabulation, next line, line and paragraph separator.

    Must not fire on a carriage return before a line feed, nor, on a page that has more line feeds than these, between two
    Chinese characters: there it is a stray control character.
    """
    if not any(end in text for end in _OTHER_ENDS):
        return []
    runs = [m for m in re.finditer(rf"\r+\n?|[{_OTHER_ENDS}]", text) if m[0][-1] != "\n"]
    spans = [(at, at + 1) for m in runs for at in range(*m.span())]
    if len(spans) > text.count("\n"):
        return spans
    return [span for span in spans if not _BETWEEN_HAN.match(text, max(0, span[0] - 1))]


def plain_line_ends(text, ends=None):
    """The text, of the same length, with "\\n" for each line end of another system (`ends`, if they are known)."""
    ends = line_ends(text) if ends is None else ends
    if not ends:
        return text
    codes = _codes(text).copy()
    codes[[start for start, _ in ends]] = 10
    return _string(codes)


_OTHER_ENDS = "\r\x0b\x85\u2028\u2029"
_BETWEEN_HAN = re.compile(rf"[{_HAN}][{_OTHER_ENDS}][{_HAN}]")


def controls(text):
    """Byte-order marks, zero-width and other control characters. Must not fire on line ends and tabs."""
    return [
        m.span()
        for m in re.finditer(
            r"[\0-\x08\x0b-\x0d\x0e-\x1f\x7f\u00ad\u200b-\u200f\u0085\u061c\u2028-\u202e\u2060-\u2069\ufeff]", text
        )
    ]


def entities(text):
    """Spaces that were left as HTML entities. Must not fire on other entities: &amp; may be text."""
    if "&" not in text:
        return []
    return [m.span() for m in re.finditer(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", text, re.IGNORECASE)]


_LETTERS = (
    rf"[a-zA-Z0-5\u00c0-\u024f\u0251\u0261\u0300-\u036f\uff10-\uff15\uff21-\uff5a'’:/,、\uff0c\uff0f\uff1a\-{_SPACE}]{{1,40}}"
)
_BRACKET = (
    rf"[(\[\uff08\uff3b]{_LETTERS}[)\]\uff09\uff3d]"  # whether both ends are of one kind is looked at later: this is quicker
)
_BRACKETED = re.compile(rf"{_BRACKET}(?:[{_SPACE}]{{0,2}}{_BRACKET})*")
_HANS = re.compile(rf"[{_HAN}]")
_HAN_BEFORE = re.compile(rf"([{_HAN}]+)[{_SPACE}]{{0,2}}$")
_LATIN_BRACKET = re.compile(rf"[(\[\uff08\uff3b][{_SPACE}]*[a-zA-Z\u00c0-\u024f\u0251\u0261\uff21-\uff5a]")
_READING = re.compile(r"([(\[\uff08\uff3b])([^)\]\uff09\uff3d]*)([)\]\uff09\uff3d])")
_SQUARE = "[]\uff3b\uff3d"
_TYPOGRAPHIC = str.maketrans({"\u0251": "a", "\u0261": "g", "’": " ", "'": " ", "-": None})
_TONE = re.compile("[\u0300\u0301\u0304\u030c1-4]")


def _plain(syllable):
    """A syllable without its tone, ü as v: lü, lǘ, lv are one."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def _readings(character):
    """All readings of a character and of its Simplified form: with tone marks, with tone digits, and without tones."""
    found = {style: set() for style in (pypinyin.Style.TONE, pypinyin.Style.TONE3)}
    for style, readings in found.items():
        for form in {character, simplify(character)}:
            for reading in pypinyin.pinyin(form, style=style, heteronym=True, errors="ignore", neutral_tone_with_five=True):
                readings.update(unicodedata.normalize("NFC", r) for r in reading)
    toned, numbered = (frozenset(readings) for readings in found.values())
    return toned, numbered, frozenset(map(_plain, toned))


@lru_cache(maxsize=65536)
def _reads(character, syllable):
    """Does the syllable read the character? Toneless it must be lower-case and of two letters or more: Li, AI, a are no pinyin;
    with a tone digit a capital needs three letters, since He2 and Li3 may be chemistry."""
    toned, numbered, plain = _readings(character)
    if syllable[-1] in "012345":
        letters = syllable[:-1]
        likely = len(letters) >= 2 and letters[1:].islower() and (letters[0].islower() or len(letters) >= 3)
        return likely and _plain(letters.lower()) + syllable[-1].replace("0", "5") in numbered
    if syllable != _plain(syllable) and "v" not in syllable:
        return syllable.lower() in toned or _plain(syllable.lower()) in plain and "\u00fc" in syllable
    return len(syllable) >= 2 and syllable.islower() and syllable in plain


def pinyin(text):
    """Pinyin in brackets after the characters it reads: 會(huì), 會[hui4], 造(zao), 成交(cheng)(jiao), 發展(fāzhǎn), 會(huì/kuài).

    Judged by pypinyin's readings. Must not fire on brackets that read otherwise: (常州), 锂(Li), (AI), 一(a)类, PDK(process design kit);
    nor on what an author may have put there: without a tone a capital or a run of syllables is a gloss, 重庆(Chongqing), 淘宝(taobao).
    """
    spans = []
    if not _LATIN_BRACKET.search(text):
        return spans
    for match in _BRACKETED.finditer(text):
        before = _HAN_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        length = _injected(before[1], match[0]) if before else 0
        if length:
            spans.append((match.start() - len(before[0]) + len(before[1]), match.start() + length))
    return spans


@lru_cache(maxsize=65536)
def _injected(before, run):
    """How much of a run of brackets is pinyin of the characters before it: all, up to its first bracket, or nothing."""
    brackets = [(m.end(), m[2] if (m[1] in _SQUARE) == (m[3] in _SQUARE) else "") for m in _READING.finditer(run)]
    if not all(part for _, part in brackets):
        return 0
    if _run_reads(before, _syllables(" ".join(part for _, part in brackets))):
        return len(run)
    if all(_bracket_reads(before, part) for _, part in brackets):
        return len(run)
    return brackets[0][0] if _bracket_reads(before, brackets[0][1]) else 0


def _syllables(letters):
    """The syllables of a bracket, in the letters that the readings have; a hyphen joins."""
    letters = unicodedata.normalize("NFKC", letters).translate(_TYPOGRAPHIC)
    return unicodedata.normalize("NFC", letters.replace("u:", "\u00fc").replace("U:", "\u00dc")).split()


def _bracket_reads(before, part):
    """Does one bracket read the characters before it, each of its alternatives (huì/kuài) for itself?"""
    return all(_run_reads(before, _syllables(one)) for one in re.split("[/,、\uff0c\uff0f]", part))


def _run_reads(before, syllables):
    count = len(syllables)
    if 0 < count <= len(before) and all(map(_reads, before[-count:], syllables)):
        return True
    word = "".join(syllables)
    return bool(_TONE.search(unicodedata.normalize("NFD", word))) and _spells(before, word)


def _spells(before, word):
    """Do the letters, run together, spell the last of the characters, to the first letter?"""
    if not word:
        return True
    return bool(before) and any(
        _reads(before[-1], word[-k:]) and _spells(before[:-1], word[:-k]) for k in range(1, min(len(word), 7) + 1)
    )


def bold_marks(text):
    """Pairs of double asterisks round a word or number. Must not fire on a power (2**3) or a lone pair."""
    spans = []
    if "**" not in text:
        return spans
    for m in re.finditer(r"\*\*(?<![0-9A-Za-z*]\*\*)(?=[^\s*])([^*\n]{1,80}?)(?<=[^\s*])\*\*(?!\*)", text):
        spans += [(m.start(), m.start() + 2), (m.end() - 2, m.end())]
    return spans


CHARACTER_RULES = (controls, entities, pinyin, bold_marks)

# ---------------------------------------------------------------- stage 2: lines


@lru_cache(maxsize=1)
def _furniture():
    """The patterns of data/furniture.tsv, one compiled expression a kind. (A notice is searched for: it is found quickly if each of its
    alternatives begins with a character of its own, outside any group.)"""
    kinds = {}
    for row in read_data("furniture.tsv").itertuples():
        kinds.setdefault(row.kind, []).append(row.pattern)
    return {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in kinds.items()}


FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_ENDS = tuple("。!?;…！？；")
_BYLINE = re.compile(
    r"□?\s*(?:本报|本刊|本网|本台)?(?:首席|见习|全媒体)?(?:记者|通讯员|实习生).{1,40}|\(\s*(?:本报)?(?:记者|通讯员|作者|文).{1,40}\)"
    r"|(?:文|图|撰文|摄影|文/图|文字)\s*[/|:\uff1a].{1,30}"
)
_CAPTION = re.compile(
    r"(?:图为|图\s?[\d一二三四五六七八九十]+[:\uff1a\s]|图片?[:\uff1a]|资料图|[▲△▼]).{0,120}|.{2,120}(?:摄|供图|资料图片?|/图)[)\uff09]?"
)
_ORNAMENTS = "■□◆◇●○▲△★☆▶►▎▌•"
_MARKS = re.compile(rf"[{_ORNAMENTS}][{_SPACE}]*")
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_LIST_CHUNK = re.compile(rf"[|丨>»›·/{_SPACE}]+")


def kind_of_line(line):
    """What a line is by its own look: '' (may be article), nav, meta, drop or tail; on the simplified line without outer spaces."""
    patterns = _furniture()
    if len(line) > _LONGEST_FURNITURE:
        return "drop" if patterns["notice"].search(line) else ""
    running = _is_running_text(line)
    if not running and (match := patterns["nav"].fullmatch(line) or patterns["tail"].fullmatch(line)):
        return "nav" if match.re is patterns["nav"] else "tail"
    if not running and (_is_metadata(line) or patterns["meta"].fullmatch(line)):
        return "meta"
    if patterns["drop"].fullmatch(line) or patterns["notice"].search(line):
        return "drop"
    return "" if running or not _is_menu(line) else "nav"


_LONGEST_FURNITURE = 160


def _is_running_text(line):
    """Running text ends as a sentence does and is long enough to be one."""
    return len(line) >= 15 and _ends_sentence(line)


def _ends_sentence(line):
    return line.rstrip("\"'”’)）」』")[-1:] in _ENDS


def _is_metadata(line):
    """A short line built round a full date, with counters or a source. Must not fire on a sentence that opens with a date."""
    if "。" in line:
        return False
    date = FULL_DATE.search(line)
    if not date:
        return False
    rest = FULL_DATE.sub("", line)
    rest = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", "", rest)
    label = rest != FULL_DATE.sub("", line) or re.search(
        r"来源|阅读|浏览|字号|(?:作者|时间|日期|点击|编辑|发布(?:单位|机构|者|人)?)(?:[\s:于]|$)|星期|第.{1,3}版|[|【]|https?:",
        rest,
    )
    return bool(label) and not re.search(r"[,\uff0c]", rest) or _han_count(rest) <= 4


_WITH_UNIT_OR_TAG = re.compile(r"\d\s*(?:%|[万亿]|元|家|个|人|吨|辆)|<[/a-zA-Z]")  # a tag that the page has left


def _is_menu(line):
    """Short entries between bars, arrows, dots or wide gaps. Must not fire on running text or on two names after a byline."""
    if "," in line or "。" in line or not _LIST_CHUNK.search(line) or _ends_sentence(line) or _WITH_UNIT_OR_TAG.search(line):
        return False
    chunks = [c for c in _LIST_CHUNK.split(line) if c]
    barred = sum(map(line.count, "|丨>»›"))
    if barred >= 1 and len(chunks) >= 2 and max(map(len, chunks)) <= 12 and barred * 2 >= len(chunks) - 1:
        return not _is_row(line)
    return len(chunks) >= 4 and max(map(len, chunks)) <= 8 and sum(map(len, chunks)) <= len(chunks) * 6 and not _is_row(line)


_CELL_GAP = re.compile(rf"[|丨{_SPACE}]+")
_FIGURE = re.compile(r"[+\-]?(?:[1-9]\d*(?:,\d{3})*|0)(?:\.\d+)?%?|[-—]+")
_COUNTER = re.compile(
    "(?:阅读|浏览|点击|访问|评论|回复|点赞|收藏|转发|分享|关注|粉丝)(?:次?数|量|度)?|人气|热度|联系|咨询|第|共|页|.*(?:电话|热线|手机|传真|邮编|QQ)"
)


def _cells(line):
    return [cell for cell in _CELL_GAP.split(line) if cell]


def _is_row(line):
    """A row of a table: one or two short labels, then nothing but two figures or more. Must not fire on counters (阅读 12 3), telephone
    numbers, or the numbers of a list's pages (首页 1 2 3)."""
    if not line or len(line) > 120 or line[-1] not in "0123456789%-—|":
        return False
    cells = _cells(line)
    labels = next((k for k, cell in enumerate(cells) if _FIGURE.fullmatch(cell)), 0)
    figures = [cell for cell in cells[labels:] if cell[-1] not in "-—"]
    if labels not in (1, 2) or len(figures) < 2 or not all(map(_FIGURE.fullmatch, cells[labels:])):
        return False
    if any(_COUNTER.fullmatch(label) or len(label) > 12 for label in cells[:labels]) or not _han_count(line):
        return False
    return not all(
        a.isdigit() and b.isdigit() and int(a) + 1 == int(b) < 1000 for a, b in zip(figures, figures[1:], strict=False)
    )


def table_rows(lines, kinds):
    """The kinds of lines with `row` for the rows of tables, and for the line of as many cells above them that looks like a menu."""
    kinds = ["row" if not kind and _is_row(line) else kind for line, kind in zip(lines, kinds, strict=True)]
    for k in range(len(kinds) - 1):
        if kinds[k] == "nav" and kinds[k + 1] == "row" and len(_cells(lines[k])) == len(_cells(lines[k + 1])):
            kinds[k] = "row"
    return kinds


def roles(lines, kinds):
    """The role of each line of a page, or the rule that drops it; `lines` simplified and without outer spaces, `kinds` of them.

    The article runs from its title, a plain line above the first line of running text, to the last such line before its tail, or the
    last row of a table that follows at once. A page without running text keeps all its plain lines and rows. Must not be asked for the order of lines: that is
    the edition's.
    """
    text = [not kind and _is_body(line) for kind, line in zip(kinds, lines, strict=True)]
    first = next((i for i, is_text in enumerate(text) if is_text), None)
    if first is None:
        return [{"": "body", "row": "body", "edges": "edges"}.get(k) or _DROPPED[k] for k in kinds]
    tail = next((i for i, kind in enumerate(kinds) if i > first and kind == "tail"), len(lines))
    last = max(i for i, is_text in enumerate(text) if is_text and i < tail)
    while last + 1 < tail and kinds[last + 1] in ("row", "edges"):
        last += 1
    title = _title(lines, kinds, first)
    result = []
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind == "edges":
            result.append("edges")
        elif i >= tail:
            result.append("tail")
        elif kind == "meta" and first < i < last and FULL_DATE.fullmatch(line):
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
        elif _CAPTION.fullmatch(line) and not _ends_sentence(line):
            result.append("caption")
        elif i > last and not line.endswith("。"):
            result.append("tail")
        else:
            result.append("body" if text[i] or len(line) > 45 or re.search(r"[,;:。]$", line) else "heading")
    return result


_DROPPED = {"meta": "metadata", "nav": "navigation", "drop": "furniture", "tail": "tail"}


_SENTENCE = re.compile(r"[。;]|[!?…][\"”’)]*$")


def _is_body(line):
    if _is_byline(line):
        return False
    return len(line) >= 60 or len(line) >= 15 and bool(_SENTENCE.search(line)) and _han_count(line) >= 8


def _is_byline(line):
    """Names of reporters. Must not fire on a sentence such as 记者从…获悉,…。"""
    return bool(_BYLINE.fullmatch(line)) and "。" not in line


def _han_count(line):
    return len(_HANS.findall(line))


def _title(lines, kinds, first):
    """Of the plain lines above the running text the one with most Chinese, at least four characters: names of sites and headings
    are shorter. A subtitle (——…), a byline and a form of address (…:) are no titles."""
    plain = [
        i
        for i in range(first)
        if kinds[i] == ""
        and _han_count(lines[i]) >= 4
        and not _is_byline(lines[i])
        and lines[i][0] != "—"
        and lines[i][-1] != ":"
    ]
    return max(plain, key=lambda i: (_han_count(lines[i]), i), default=None)


# ---------------------------------------------------------------- stage 3: spaces and line wraps

_GAP = re.compile(rf"[{_SPACE}]+")
_DATELINE = re.compile(r"^.{1,10}讯$|^.{2,12}(?:日|月)[电讯]$")
_MARK_SIGNS = ",.:;!?()\"'%"  # ASCII marks take the script of their neighbour
_PHRASE_ROLES = ("title", "heading", "byline", "caption")


def is_wrapped(text):
    """Was the page set in hard-wrapped lines that a scanner joined with spaces? (More than one lone space between Chinese
    characters in 200.)"""
    return len(re.findall(rf"[ ](?<=[{_HAN}][ ])(?=[{_HAN}])", text)) * 200 > max(len(text), 200)


def stray_spaces(line, role, wrapped):
    """Spaces beside a Chinese character or mark. Must not fire between two Latin words, between the two halves of a headline,
    the names of a byline, or the two halves of what stands in 《》 or “” on a page that is not hard-wrapped; the cells of a row
    (role `row`) stay apart."""
    spans = []
    for m in _GAP.finditer(line):
        start, end = m.span()
        if not (_is_chinese(line, start - 1, -1) or _is_chinese(line, end, 1)) or _parts(line, start, end, role, wrapped):
            start += 1
        if start < end:
            spans.append((start, end))
    return spans


def _is_chinese(line, at, step):
    """Is the character at this place Chinese? ASCII marks take the script of the character beyond them."""
    while line[at] in _MARK_SIGNS and 0 <= at + step < len(line):
        at += step
    return line[at] > "\u2e7f" or line[at] in "—‘’“”…"


def _parts(line, start, end, role, wrapped):
    """Is this space the author's: after 本报讯, between the halves of a headline, in the title of a document or a slogan?"""
    if role == "row":
        return True
    if start <= 14 and _DATELINE.search(line[:start]):
        return True
    since, until = max(0, start - _QUOTED), end + _QUOTED
    quoted = not wrapped and any(
        line.rfind(a, since, start) > line.rfind(b, since, start) and line.find(b, end, until) >= 0 for a, b in ("《》", "“”")
    )
    return (role in _PHRASE_ROLES or quoted) and _parts_phrases(line, start, end, role)


_PHRASE_END = re.compile(rf"[{_HAN}\"”》)]")
_PHRASE_START = re.compile(rf"[{_HAN}\"“《(0-9A-Za-z]")
_QUOTED = 100  # what stands in 《》 or “” is no longer


def _parts_phrases(line, start, end, role):
    """A space parts phrases if both sides run on for four characters (two in a byline) and neither is a mark or figure."""
    least = 2 if role == "byline" else 4
    left, right = line[max(0, start - least) : start], line[end : end + least]
    return (
        len(left) == len(right) == least
        and not _GAP.search(left + right)
        and bool(_PHRASE_END.match(left[-1]))
        and bool(_PHRASE_START.match(right[0]))
    )


def wrapped_lines(lines, kinds):
    """Which lines (with their outer spaces) run on into the next: True where the line end is only a wrap.

    A page is hard-wrapped if two of its plain lines or more break off where no line of an article ends (after a comma, before a
    closing mark), or if most of its lines end no sentence and stand in blocks or are equally wide. If its paragraphs stand apart
    by blank lines, each block is a paragraph; else a line of about the full width that ends no sentence runs on. Must not fire on headings, lists or
    ordinary one-line paragraphs, nor across a blank or indented line.
    """
    runs_on = [False] * len(lines)
    bare = [line.strip(_SPACE) for line in lines]
    pairs = [k for k in range(len(lines) - 1) if not kinds[k] and not kinds[k + 1] and lines[k + 1][:1] not in _INDENT]
    pairs = [k for k in pairs if 24 <= _width(bare[k]) <= 120]
    open_ended = [k for k in pairs if not _ends_sentence(bare[k])]
    measure = max((_width(bare[k]) for k in open_ended), default=0)
    full = [k for k in open_ended if _width(bare[k]) >= measure - 4]
    broken = sum(_breaks_off(bare[k], bare[k + 1]) for k in open_ended)
    plain = sum(not kind for kind in kinds)
    blocks = sum(not kinds[k] and (k == 0 or kinds[k - 1] == "edges") for k in range(len(lines)))
    if blocks >= 3 and (broken >= 2 or len(open_ended) >= 3 and len(open_ended) * 2 > len(pairs) and plain > 1.5 * blocks):
        joined = pairs
    elif broken >= 2 or len(full) >= 3 and len(full) * 2 > len(pairs):
        joined = [k for k in open_ended if _width(bare[k]) >= 0.75 * measure]
    else:
        joined = []
    for k in joined:
        runs_on[k] = True
    return runs_on


_INDENT = ("", *_SPACE)


def _breaks_off(line, following):
    """A line that ends in a comma, or whose next line opens with a mark that only closes or carries on."""
    return bool(re.search(r"[,\uff0c、(《“]$", line) or re.match(r"[,\uff0c、。;\uff1b)》”%]", following))


def _width(line):
    """Columns of a line: two for a Chinese character, one for another."""
    return len(line.encode("gb18030", "replace")) if len(line) <= 120 else 2 * len(line)


# ---------------------------------------------------------------- the page


@dataclass(frozen=True, eq=False, repr=False)
class Document:
    """One page, cleaned.

    id: str. card: dict, the page's card. raw: str, as decoded. text: str, clean, Simplified, in reading order, paragraphs end
    in a line end. origin: int32 array, len(text), the raw index of each character of text, -1 for a line end put in.
    """

    id: str
    card: dict
    raw: str
    text: str
    origin: np.ndarray
    _paragraphs: list
    _marks: np.ndarray
    _notes: dict

    def __repr__(self):
        return f"Document {self.id}: {self.card.get('title', '')!r}, {len(self.text):,} of {len(self.raw):,} characters"

    @cached_property
    def paragraphs(self):
        """DataFrame, one row a paragraph: article (int, from 1), para (int, from 1 in the page), role (one of ROLES), start, end
        (offsets in text, without the line end)."""
        rows = [(article, k + 1, role, start, end) for k, (article, role, start, end) in enumerate(self._paragraphs)]
        table = pd.DataFrame(rows, columns=["article", "para", "role", "start", "end"])
        return table.astype({"article": int, "para": int, "start": int, "end": int})

    @cached_property
    def apparatus(self):
        """DataFrame, one row a run of raw characters with one fate, covering the page once: start, end (offsets in raw), action
        (keep drop replace), reason, rule, note ('' if there is none; a lacuna is a note on the run before it)."""
        cuts = np.flatnonzero(np.diff(self._marks)) + 1
        edges = sorted({0, len(self.raw), *cuts.tolist(), *self._notes})
        rows = []
        for start, end in zip(edges, edges[1:], strict=False):
            rule, action, reason = _RULES[self._marks[start]]
            rows.append((start, end, action, reason, rule, self._notes.get(end, "")))
        table = pd.DataFrame(rows, columns=["start", "end", "action", "reason", "rule", "note"])
        return table.astype({"start": int, "end": int})


def clean(raw, id="", card=None, edition=None):
    """A Document from raw text by the general rules; `edition` (see editions.py) replaces what they say of order and roles."""
    marks = np.zeros(len(raw), np.uint8)
    work, notes = _repair(raw, marks, edition or {})
    ends = line_ends(work)
    work = plain_line_ends(work, ends)
    view, index = _strip_marks(work, marks)
    simple = simplify(view)
    if simple != view:
        changed = index[_codes(simple) != _codes(view)]
        marks[changed[marks[changed] == 0]] = NUMBER["simplify"]
    fates = np.zeros(len(simple), np.uint8)
    ordered = edition and edition["paragraphs"]
    layout = _edited_layout(simple, index, edition, fates) if ordered else _general_layout(simple, fates)
    text, origin, spans = _assemble(simple, index, layout, fates)
    marks[index[fates > 0]] = fates[fates > 0]
    if len(index) < len(raw):
        _widen(marks, work)
    for at, _ in ends:
        if marks[at] == NUMBER["paragraph_end"]:
            marks[at] = NUMBER["line_ends"]
    return Document(id, card or {}, raw, text, origin, spans, marks, notes)


def _widen(marks, work):
    """In a line that is dropped whole, what a character rule took before is part of the line."""
    kind = _KIND_OF_FATE[marks]
    starts, ends = map(np.array, zip(*_lines(work), strict=True))
    inside, whole, other = (np.concatenate(([0], np.cumsum(kind == k))) for k in (1, 2, 3))
    dropped = (inside[ends] > inside[starts]) & (whole[ends] > whole[starts]) & (other[ends] == other[starts])
    for start, end in zip(starts[dropped].tolist(), ends[dropped].tolist(), strict=True):
        marks[start:end] = max(set(marks[start:end].tolist()) & _WHOLE_LINE)


_WHOLE_LINE = {NUMBER[rule] for rule in ("metadata", "navigation", "furniture", "tail", "head")}
_INSIDE_LINE = {NUMBER[rule.__name__] for rule in CHARACTER_RULES} | {NUMBER["simplify"]}
_KIND_OF_FATE = np.array([1 if k in _INSIDE_LINE else 2 if k in _WHOLE_LINE else 3 for k in range(len(_RULES))])


def _codes(text):
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _string(codes):
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _repair(raw, marks, edition):
    """Put the readings of an edition's repairs in their places; notes by the raw offset where the noted run ends."""
    notes = {end: note for end, note in edition.get("notes", ())}
    repairs = edition.get("repairs", ())
    if not repairs:
        return raw, notes
    codes = _codes(raw).copy()
    for start, end, places, rule, note in repairs:
        codes[start:end] = 0
        for place, character in places:
            codes[place] = ord(character)
        marks[start:end] = NUMBER[rule]
        notes[end] = note
    return _string(codes), notes


def _strip_marks(work, marks):
    """Run the character rules; returns what they leave and the raw index of each character left."""
    for rule in CHARACTER_RULES:
        spans = rule(work)
        if spans:
            edges = np.zeros(len(work) + 1, np.int8)
            starts, ends = zip(*spans, strict=True)
            edges[list(starts)] += 1
            edges[list(ends)] -= 1
            marks[(np.cumsum(edges[:-1], dtype=np.int8) > 0) & (marks == 0)] = NUMBER[rule.__name__]
    left = marks == 0
    repaired = (marks == NUMBER["repair"]) | (marks == NUMBER["emendation"])
    if repaired.any():
        left |= repaired & (_codes(work) > 0)
    index = np.flatnonzero(left).astype(np.int32)
    return (work if len(index) == len(work) else _string(_codes(work)[index])), index


def _lines(text):
    """Start and end of each line of a text, without its line end."""
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    return list(zip(starts, [s - 1 for s in starts[1:]] + [len(text)], strict=True))


def _general_layout(simple, fates):
    """Paragraphs as (article, role, pieces) in file order, by the line rules; marks the fates of what is no paragraph."""
    spans = _lines(simple)
    folded = simple.translate(_FOLD) if _FULL_WIDTH.search(simple) else simple
    padded = [folded[s:e] for s, e in spans]
    bare = [line.strip(_SPACE) for line in padded]
    kinds = [kind_of_line(line) if line else "edges" for line in bare]
    kinds = table_rows(bare, kinds)
    wrapped = is_wrapped(simple)
    groups = [[]]
    for k, more in enumerate(wrapped_lines(padded, kinds)):
        groups[-1].append(k)
        if not more:
            groups.append([])
    groups = [group for group in groups if group]
    lines = ["".join(bare[k] for k in group) for group in groups]
    kinds = [kinds[group[0]] for group in groups]
    layout = []
    for role, kind, pieces in zip(roles(lines, kinds), kinds, groups, strict=True):
        pieces = [spans[k] for k in pieces]
        if role in ROLES:
            trimmed = [_trim(simple, s, e, fates, "row" if kind == "row" else role, wrapped) for s, e in pieces]
            layout.append((1, role, _joined(simple, pieces, trimmed, fates)))
        else:
            fates[pieces[0][0] : pieces[-1][1]] = NUMBER[role]
    return layout


def _edited_layout(simple, index, edition, fates):
    """Paragraphs as (article, role, pieces) in the edition's order."""
    wrapped = is_wrapped(simple)
    spaces = np.searchsorted(index, edition["spaces"]).tolist()
    fates[:] = NUMBER["edges"]
    layout = []
    for article, role, raw_pieces in edition["paragraphs"]:
        pieces = [tuple(np.searchsorted(index, piece).tolist()) for piece in raw_pieces]
        for start, end in pieces:
            fates[start:end] = 0
        trimmed = [_trim(simple, s, e, fates, role, wrapped) for s, e in pieces]
        trimmed = _with_spaces(pieces, trimmed, spaces, fates)
        layout.append((article, role, _joined(simple, pieces, trimmed, fates)))
    for start, end, rule in edition["dropped"]:
        first, last = np.searchsorted(index, (start, end))
        fates[first:last] = NUMBER[rule]
    return layout


def _with_spaces(pieces, trimmed, spaces, fates):
    """Keep the spaces that the edition names: inside a trimmed piece, or after it if another piece of the paragraph follows."""
    kept = []
    for k, ((first, last), (_, end)) in enumerate(zip(trimmed, pieces, strict=True)):
        for space in spaces:
            if first <= space < (end if k + 1 < len(pieces) else last):
                fates[space] = 0
                last = max(last, space + 1)
        kept.append((first, last))
    return kept


def _joined(simple, pieces, trimmed, fates):
    """Mark what parts the pieces of a paragraph as a wrap; returns the trimmed pieces. A line end between two Latin words stands for a
    space and goes to the piece before it."""
    joined = trimmed[:1]
    for (_, end), (start, _), piece in zip(pieces, pieces[1:], trimmed[1:], strict=False):
        if simple[end:start].isspace():
            fates[end:start] = NUMBER["line_wraps"]
            first, last = joined[-1]
            if first < last < start and piece[0] < piece[1] and _is_latin(simple[last - 1]) and _is_latin(simple[piece[0]]):
                joined[-1] = (first, start)
                fates[start - 1] = NUMBER["wrapped_words"]
        joined.append(piece)
    return joined


def _is_latin(character):
    return character.isalpha() and character < "\u0250"


def _trim(simple, start, end, fates, role, wrapped):
    """Mark the outer spaces, the ornament at the head and the stray spaces of one line; returns what is left as a span."""
    line = simple[start:end]
    if line.split(None, 1) == [line] and line[0] not in _ORNAMENTS:
        return start, end
    head = len(line) - len(line.lstrip(_SPACE))
    tail = len(line.rstrip(_SPACE))
    fates[start : start + head] = fates[start + tail : end] = NUMBER["edges"]
    mark = _MARKS.match(line, head)
    if mark and mark.end() < tail:
        fates[start + head : start + mark.end()] = NUMBER["list_marks"]
        head = mark.end()
    for first, last in stray_spaces(line[head:tail], role, wrapped):
        fates[start + head + first : start + head + last] = NUMBER["spaces"]
    return start + head, start + tail


_PARAGRAPH_END = re.compile(rf"[{_SPACE}]*\n")


def _assemble(simple, index, layout, fates):
    """Text, origin and paragraph spans of a layout; a paragraph ends in the page's own line end where one follows it."""
    places, spans, length = [], [], 0
    used = {-1}  # line ends of the page that end a paragraph, and -1 for those put in
    spaced = fates == NUMBER["wrapped_words"]
    kept = np.flatnonzero((fates == 0) | spaced)
    bounds = iter(kept.searchsorted([at for _, _, pieces in layout for piece in pieces for at in piece]).tolist())
    for article, role, pieces in layout:
        runs = [kept[next(bounds) : next(bounds)] for _ in pieces]
        size = sum(map(len, runs))
        if not size:
            continue
        after = _PARAGRAPH_END.match(simple, pieces[-1][1])
        end = after.end() - 1 if after and after.end() - 1 not in used else -1
        used.add(end)
        places += [*runs, [end]]
        spans.append((article, role, length, length + size))
        length += size + 1
    newlines = np.flatnonzero(_codes(simple) == 10)
    fates[newlines[fates[newlines] == 0]] = NUMBER["edges"]
    fates[list(used - {-1})] = NUMBER["paragraph_end"]
    if not places:
        return "", np.zeros(0, np.int32), spans
    place = np.concatenate(places).astype(np.int64)
    put_in = place < 0
    codes = np.where(put_in, 10, np.where(spaced, 32, _codes(simple))[place])
    return _string(codes), np.where(put_in, -1, index[place]).astype(np.int32), spans
