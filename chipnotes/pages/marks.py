"""Step 2, marks inside words: line ends, control characters, entities, injected pinyin,
asterisks of bold type.

Each rule takes a text and returns the spans (start, end) that it would take out of it.
"""

import re
import unicodedata
from functools import lru_cache

import numpy as np
import opencc
import pypinyin

from chipnotes.glyphs import HAN, SPACE


def codes(text):
    """The code points of a text, an array that cannot be written to."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def string(numbers):
    """The text of an array of code points."""
    return numbers.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1)
def _converter():
    return opencc.OpenCC("t2s")


def simplify(text):
    """Traditional Chinese to Simplified, character for character (OpenCC, t2s).

    Must not change a length: a conversion that does raises ValueError, because offsets would no longer hold.

    >>> simplify("產業發展, 乾隆")
    '产业发展, 乾隆'
    """
    simple = _converter().convert(text)
    if len(simple) != len(text):
        raise ValueError(f"conversion to Simplified changed a length from {len(text)} to {len(simple)}")
    return simple


# ---------------------------------------------------------------- line ends and invisible characters

_OTHER_ENDS = "\r\x0b\x85\u2028\u2029"
_END_RUN = re.compile(rf"\r+\n?|[{_OTHER_ENDS}]")
_STRAY_END = re.compile(rf"[{HAN}][{_OTHER_ENDS}][{HAN}]")


def line_ends(text):
    r"""Line ends of other systems: a carriage return alone, line tabulation, next line, line and paragraph
    separator.

    Must not fire on a carriage return before a line feed, nor, on a page that has more line feeds than these,
    between two Chinese characters: there it is a stray control character.

    >>> line_ends("甲\r乙"), line_ends("甲\r\n乙")
    ([(1, 2)], [])
    """
    if not any(end in text for end in _OTHER_ENDS):
        return []
    runs = [m.span() for m in _END_RUN.finditer(text) if m[0][-1] != "\n"]
    spans = [(at, at + 1) for run in runs for at in range(*run)]
    if len(spans) > text.count("\n"):
        return spans
    return [span for span in spans if not _STRAY_END.match(text, max(0, span[0] - 1))]


def broken_at(text, spans):
    r"""The text, of the same length, with "\n" for the character with which each span begins."""
    if not spans:
        return text
    numbers = codes(text).copy()
    numbers[[start for start, _ in spans]] = ord("\n")
    return string(numbers)


def lines_of(text):
    """Start and end of each line of a text, by whatever ends its lines, without its line end."""
    return [m.span() for m in re.finditer("^.*$", broken_at(text, line_ends(text)), re.MULTILINE)]


_CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f\x85\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def controls(text):
    r"""Byte-order marks, zero-width and other control characters. Must not fire on line feeds and tabs.

    >>> controls("\ufeff甲\t乙\n")
    [(0, 1)]
    """
    return [m.span() for m in _CONTROL.finditer(text)]


_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.IGNORECASE)


def entities(text):
    """Spaces that were left as HTML entities. Must not fire on other entities: &amp; may be text.

    >>> entities("研发&nbsp;R&amp;D")
    [(2, 8)]
    """
    return [m.span() for m in _ENTITY.finditer(text)] if "&" in text else []


# A pair of double asterisks round a word or number: **138**. Not after a digit or letter (2**3), not round
# spaces.
_BOLD = re.compile(r"\*\*(?<![0-9A-Za-z*]\*\*)(?=[^\s*])([^*\n]{1,80}?)(?<=[^\s*])\*\*(?!\*)")


def bold_marks(text):
    """Pairs of double asterisks round a word or number. Must not fire on a power (2**3) or a lone pair.

    >>> bold_marks("共**138**家"), bold_marks("2**3**4")
    ([(1, 3), (6, 8)], [])
    """
    found = _BOLD.finditer(text) if "**" in text else ()
    return [span for m in found for span in ((m.start(), m.start() + 2), (m.end() - 2, m.end()))]


# ---------------------------------------------------------------- pinyin

_LATIN = r"a-zA-Z\u00c0-\u024f\u0251\u0261"
# 1 to 40 letters, tone digits, accents, marks between syllables, full-width forms of all of them
_LETTERS = rf"[{_LATIN}0-5\u0300-\u036f\uff10-\uff15\uff21-\uff5a'’:/,、\uff0c\uff0f\uff1a\-{SPACE}]{{1,40}}"
# (huì), [hui4], （huì）
_BRACKET = re.compile(rf"[(\uff08]{_LETTERS}[)\uff09]|[\[\uff3b]{_LETTERS}[\]\uff3d]")
_BRACKETS = re.compile(rf"(?:{_BRACKET.pattern})(?:[{SPACE}]{{0,2}}(?:{_BRACKET.pattern}))*")  # (cheng)(jiao)
# 国guó家: from its first accent on, and what stands before that
_BARE = re.compile(rf"[\u00e0-\u01dc][a-zà-ǜ]{{0,20}}(?=[{HAN}])")
_BARE_HEAD = re.compile(rf"([{HAN}]+)([a-z]{{0,3}})$")
_HAN_BEFORE = re.compile(rf"([{HAN}]+)[{SPACE}]{{0,2}}$")
_TYPOGRAPHIC = str.maketrans({"\u0251": "a", "\u0261": "g", "’": " ", "'": " ", "-": None})
_TONES = str.maketrans("\u0304\u0301\u030c\u03000", "12345")
# hui, Hui; of a capital three letters, since He2 and Li3 may be chemistry
_NUMBERED = re.compile("[a-z]{2,}|[A-Z][a-z]{2,}")


def pinyin(text):
    """Pinyin in brackets after the characters that it reads, judged by pypinyin's readings.

    It takes 會(huì), 會[hui4], 造(zao), 成交(cheng)(jiao), 發展(fāzhǎn), 會(huì/kuài), 国guó家. Must not fire
    on brackets that read otherwise, (常州), 锂(Li), (AI), 一(a)类, PDK(process design kit), nor on what an
    author may have put there: without a tone a capital or a run of syllables is a gloss, 重庆(Chongqing),
    淘宝(taobao).

    >>> pinyin("會(huì)議"), pinyin("锂(Li)"), pinyin("淘宝(taobao)")
    ([(1, 6)], [], [])
    """
    spans = []
    for match in _BRACKETS.finditer(text):
        before = _HAN_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        length = _injected(before[1], match[0]) if before else 0
        if length:
            spans.append((match.start() - len(before[0]) + len(before[1]), match.start() + length))
    for match in _BARE.finditer(text):
        before = _BARE_HEAD.search(text[max(0, match.start() - 12) : match.start()])
        if before and _run_reads(before[1], [before[2] + match[0]]):
            spans.append((match.start() - len(before[2]), match.end()))
    return sorted(spans)


@lru_cache(maxsize=65536)
def _injected(before, run):
    """How much of a run of brackets is pinyin of the characters before it: all, its first bracket, none."""
    found = [(m.end(), m[0][1:-1]) for m in _BRACKET.finditer(run)]
    whole = _syllables(" ".join(part for _, part in found))
    if _run_reads(before, whole) or all(_bracket_reads(before, part) for _, part in found):
        return len(run)
    return found[0][0] if _bracket_reads(before, found[0][1]) else 0


def _syllables(letters):
    """The syllables of a bracket, in the letters that the readings have; a hyphen joins."""
    letters = unicodedata.normalize("NFKC", letters).translate(_TYPOGRAPHIC)
    return unicodedata.normalize("NFC", letters.replace("u:", "\u00fc").replace("U:", "\u00dc")).split()


def _bracket_reads(before, part):
    """Does one bracket read the characters before it, each of its alternatives (huì/kuài) for itself?"""
    return all(_run_reads(before, _syllables(one)) for one in re.split("[/,、\uff0c\uff0f]", part))


def _run_reads(before, syllables):
    """Do the syllables read the last of the characters, one each, or spell them, run together with a tone?"""
    count, word = len(syllables), "".join(syllables)
    if 0 < count <= len(before) and all(map(_reads, before[-count:], syllables)):
        return True
    return _parted(word)[1] != "" and _spells(before, word)


def _spells(before, word):
    """Do the letters, run together, spell the last of the characters, to the first letter?"""
    if not word or not before:
        return not word
    lengths = range(1, min(len(word), 7) + 1)
    return any(_reads(before[-1], word[-k:]) and _spells(before[:-1], word[:-k]) for k in lengths)


@lru_cache(maxsize=65536)
def _reads(character, syllable):
    """Does the syllable read the character? Toneless it must be lower-case and of two letters or more."""
    letters, tone = _parted(syllable)
    if not tone:
        return len(letters) >= 2 and letters in {one[:-1] for one in _readings(character)}
    likely = bool(_NUMBERED.fullmatch(letters)) or not syllable.isascii()
    return likely and letters.lower() + tone in _readings(character)


def _parted(syllable):
    """The letters of a syllable, ü as v, and the digit of its tone: huì and hui4 are hui and 4."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("U\u0308", "V")
    bare = bare.translate(_TONES)
    return re.sub("[1-5]", "", bare), re.sub("[^1-5]", "", bare)[-1:]


@lru_cache(maxsize=8192)
def _readings(character):
    """All readings of a character and of its Simplified form, with tone digits, 5 for none."""
    options = {"style": pypinyin.Style.TONE3, "heteronym": True, "errors": "ignore"}
    forms = character + simplify(character)
    return {one for of in pypinyin.pinyin([*forms], neutral_tone_with_five=True, **options) for one in of}


# in this order; the first that takes a character is named
CHARACTER_RULES = (controls, entities, pinyin, bold_marks)
