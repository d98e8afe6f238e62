"""Numerals, Arabic and Chinese: which characters they are made of, and the plain number that they say."""

import re
from decimal import Decimal
from functools import lru_cache

import cn2an

# Every character of this set in a text is accounted for: in a quantity, a date or an exclusion. 半 双 首 几 数 成 are not in it.
NUMERALS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿"

_WIDE = dict(zip("０１２３４５６７８９．％﹪＋－−，：／（）～＞＜　\xa0", "0123456789.%%+--,:/()~><  ", strict=True))

ARABIC = r"(?:\d{1,4}亿\d{1,4}万|\d{1,4}万\d千|(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?)"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,24}(?:点[零〇一二三四五六七八九]{1,12}(?![十百千]))?"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
LONGEST = 24  # digits; a longer run is a code, not a number that a page asserts


def fold(text):
    """A text with full-width digits, marks and signs as ASCII, one character for one, so that offsets hold."""
    for wide, narrow in _WIDE.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def scale(word):
    """The factor that scale characters say: 万亿 -> 10**12, 百万 -> 10**6, '' -> 1."""
    factor = 1
    for character in word:
        factor *= SCALES[character]
    return factor


@lru_cache(maxsize=4096)
def chinese(word):
    """The number that a purely Chinese numeral says, as a Decimal: 二十五 -> 25, 百万 -> 1000000, 二〇二五 -> 2025.

    A numeral that opens with a scale counts one of it. None if it says no number (万十, 十十, half a numeral).
    """
    if len(word) > LONGEST:
        return None
    word = word.replace("〇", "零").replace("两", "二")
    if word[0] in "百千万亿":
        if all(c in SCALES for c in word):
            return Decimal(scale(word)) if word in ("百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿") else None
        word = "一" + word
    try:
        return Decimal(str(cn2an.cn2an(word, "smart")))
    except (ValueError, LookupError):  # cn2an raises either for characters that say no number
        return None


def arabic(word, factor=""):
    """The number that Arabic digits and a scale say, exactly, as a Decimal: 4.15 and 万 -> 41500. None if they are too many."""
    if len(word) > LONGEST:
        return None
    if word.isdigit():
        return Decimal(word) * scale(factor.removeprefix("个"))
    parts = re.findall(r"([\d.]+)([亿万千]*)", word.replace(",", ""))
    return sum(Decimal(digits) * scale(own) for digits, own in parts) * scale(factor.removeprefix("个"))


def small(word):
    """A small whole number in either script, for days, months and counts of years: 十二 -> 12; 0 if it says none."""
    if word.isascii():
        return int(word) if len(word) <= 4 else 0
    number = chinese(word)
    return int(number) if number is not None else 0


def year_number(word):
    """A year in four digits of either script: 2024, 二〇二四, 二零二四."""
    if word.isascii():
        return int(word)
    return int("".join(str("零一二三四五六七八九".index(c.replace("〇", "零"))) for c in word))
