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

from chipnotes.pages.looks import LOOKS


def codes(text):
    """The code points of a text, an array that cannot be written to."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def string(numbers):
    """The text of an array of code points."""
    return numbers.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


_converter = lru_cache(opencc.OpenCC)


def simplify(text):
    """Traditional Chinese to Simplified, character for character (OpenCC, t2s).

    Must not change a length: a conversion that does raises ValueError, because offsets would no longer hold.

    >>> simplify("產業發展, 乾隆")
    '产业发展, 乾隆'
    """
    simple = _converter("t2s").convert(text)
    if len(simple) != len(text):
        raise ValueError(f"conversion to Simplified changed a length from {len(text)} to {len(simple)}")
    return simple


# ---------------------------------------------------------------- line ends and invisible characters


def with_line_ends(text):
    r"""The text, of the same length, with "\n" for line ends of other systems: a carriage return alone, line
    tabulation, next line, line and paragraph separator; also one between two Chinese characters, since word
    processors put them there. Must not fire on what stands before a line feed.

    >>> with_line_ends("甲\r\r乙"), with_line_ends("甲\r\n乙")
    ('甲\n\n乙', '甲\r\n乙')
    """
    return LOOKS.other_ends.sub(lambda ends: "\n" * len(ends[0]), text)


def lines_of(text):
    """Start and end of each line of a text, by whatever ends its lines, without its line end."""
    return [m.span() for m in re.finditer("^.*$", with_line_ends(text), re.MULTILINE)]


def controls(text):
    r"""Byte-order marks, zero-width and other control characters. Must not fire on line feeds and tabs.

    >>> controls("\ufeff甲\t乙\n")
    [(0, 1)]
    """
    return [m.span() for m in LOOKS.control.finditer(text)]


def entities(text):
    """Spaces that were left as HTML entities. Must not fire on other entities: &amp; may be text.

    >>> entities("研发&nbsp;R&amp;D")
    [(2, 8)]
    """
    return [m.span() for m in LOOKS.space_entity.finditer(text)] if "&" in text else []


def bold_marks(text):
    """Pairs of double asterisks round a word or number. Must not fire on a power (2**3) or a lone pair.

    >>> bold_marks("共**138**家"), bold_marks("2**3**4")
    ([(1, 3), (6, 8)], [])
    """
    found = LOOKS.bold.finditer(text) if "**" in text else ()
    return [span for m in found for span in ((m.start(), m.start() + 2), (m.end() - 2, m.end()))]


# ---------------------------------------------------------------- pinyin

_TONES = str.maketrans("\u0304\u0301\u030c\u03000\u0251\u0261", "12345ag")
_STYLES = (pypinyin.Style.NORMAL, pypinyin.Style.TONE2, pypinyin.Style.TONE3)


def pinyin(text):
    """Pinyin after the characters that it reads, judged by pypinyin's readings.

    It takes 會(huì), 會[hui4], 造(zao), 成交(cheng)(jiao), 發展(fāzhǎn), 国guó家. Must not fire on brackets
    that read otherwise, (常州), 锂(Li), (AI), 一(a)类, PDK(process design kit), nor on what an author may
    have put there: without a tone a capital or a run of syllables is a gloss, 重庆(Chongqing), 淘宝(taobao).

    >>> pinyin("會(huì)議"), pinyin("锂(Li)"), pinyin("淘宝(taobao)")
    ([(1, 6)], [], [])
    """
    spans = []
    for match in (*LOOKS.pinyin.finditer(text), *LOOKS.bare_pinyin.finditer(text)):
        before = LOOKS.before_pinyin.search(text, max(0, match.start() - 12), match.start())
        if before and _injected(before["han"], before["head"] + match[0]):
            spans.append((match.start() - len(before[0]) + len(before["han"]), match.end()))
    return spans


@lru_cache(maxsize=65536)
def _injected(before, run):
    """Do the brackets of a run read the last of the characters before them, together or each for itself?"""
    letters = unicodedata.normalize("NFKD", run)
    words = letters.replace("u\u0308", "v").replace("u:", "v").translate(_TONES)
    brackets = [found for part in re.split(r"[)\]/、]", words) if (found := re.findall("[a-zA-Z1-5]+", part))]
    syllables = [syllable for bracket in brackets for syllable in bracket]
    if letters.isascii() and not all(map(LOOKS.likely_pinyin.fullmatch, syllables)):
        return False
    return bool(syllables) and (_read(before, syllables) or all(_read(before, one) for one in brackets))


def _read(before, syllables):
    """Do syllables read the last of the characters, one each, or run together if there is a tone?"""
    if "".join(syllables).isalpha():
        last = before[-len(syllables) :]
        return len(last) == len(syllables) and all(s in _readings(c) for c, s in zip(last, syllables))
    return _spells(before, "".join(syllables).lower())


def _spells(before, word):
    """Do the letters spell the last of the characters, to the first letter?"""
    return not word or any(
        word.endswith(one) and _spells(before[:-1], word[: -len(one)]) for one in _readings(before[-1:])
    )


@lru_cache(maxsize=8192)
def _readings(character):
    """All readings of a character and of its Simplified form: zhan, zhan3 and, as an accent stands, zha3n."""
    options = {"heteronym": True, "errors": "ignore", "neutral_tone_with_five": True}
    forms = [*(character + simplify(character))]
    found = [of for style in _STYLES for of in pypinyin.pinyin(forms, style, **options)]
    return {one for of in found for one in of}


# in this order; the first that takes a character is named
CHARACTER_RULES = (controls, entities, pinyin, bold_marks)
