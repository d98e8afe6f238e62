"""Numerals: what the digits of any script say, as exact numbers."""

import math
import re
from decimal import Decimal
from functools import lru_cache

import cn2an

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
LONGEST = 24  # digits; a longer run is a code, not a number that a page asserts

# Digits of cheques in a run that has a scale among its first two: 壹佰万, 叁拾; not 大陆, 队伍.
_FORMAL = re.compile(
    "[壹贰叁肆伍陆柒捌玖](?:[拾佰仟]|(?<![肆伍陆])(?=[万亿]))[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*"
)
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
# Two digits side by side are two ends: 三五 (家), 二十四五 (岁), 一千两三百, 七八百 (万).
_PAIR = re.compile(
    r"((?:[一二两三四五六七八九]?[十百千万])*)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)"
)


def formal(text):
    """A text with the digits of cheques as plain ones, one for one, so that offsets hold.

    >>> formal("壹佰万元,大陆")
    '一百万元,大陆'
    """
    return _FORMAL.sub(lambda match: match[0].translate(_PLAIN), text)


@lru_cache(maxsize=64)
def scale(word):
    """The factor that the scale characters of a word say.

    >>> scale("万亿"), scale("个多亿"), scale("")
    (1000000000000, 100000000, 1)
    """
    return math.prod(SCALES.get(character, 1) for character in word)


@lru_cache(maxsize=4096)
def chinese(word):
    """The number that a numeral in characters says, as a Decimal; None if it says none.

    One that opens with a scale counts one of it.

    >>> chinese("二十五"), chinese("百万"), chinese("两万五"), chinese("万十")
    (Decimal('25'), Decimal('1000000'), Decimal('25000'), None)
    """
    if len(word) > LONGEST:
        return None
    if word == "半":
        return Decimal("0.5")
    word = word.replace("〇", "零").replace("两", "二")
    if word[0] in "百千万亿":
        if set(word) <= set(SCALES):
            known = word in ("百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿")
            return Decimal(scale(word)) if known else None
        word = "一" + word
    try:
        return Decimal(str(cn2an.cn2an(word, "smart")))
    except (ValueError, LookupError):  # cn2an raises either for characters that say no number
        return None


def arabic(word):
    """The number that digits say, exactly, as a Decimal; None if they are too many.

    >>> arabic("1,234.5"), arabic("3亿5000万"), arabic("1万5千")
    (Decimal('1234.5'), Decimal('350000000'), Decimal('15000'))
    """
    if len(word) > LONGEST:
        return None
    parts = re.findall(r"([\d.]+)([兆亿万千]*)", word.replace(",", ""))
    return sum(Decimal(digits) * scale(own) for digits, own in parts)


def value(word):
    """The number that a numeral of either script says, as a Decimal, or None."""
    return arabic(word) if word[0].isdigit() else chinese(word)


@lru_cache(maxsize=4096)
def ends(word):
    """The two ends that a numeral says: equal but for two digits side by side; None, None if it says none.

    >>> ends("二十四五"), ends("12"), ends("五三")
    ((Decimal('24'), Decimal('25')), (Decimal('12'), Decimal('12')), (None, None))
    """
    pair = None if word[0].isdigit() else _PAIR.fullmatch(word)
    if not pair:
        return (value(word),) * 2
    one, two = chinese(pair[2]), chinese(pair[3])
    low, high = (chinese(pair[1] + pair[side] + pair[4]) for side in (2, 3))
    return (low, high) if one < two <= one + 2 and None not in (low, high) else (None, None)


def small(word):
    """A small whole number in either script, for days, months and counts of years; 0 if it says none.

    >>> small("12"), small("十二"), small("三四")
    (12, 12, 0)
    """
    if word.isascii():
        return int(word) if len(word) <= 4 else 0
    number = chinese(word) if len(word) == 1 or "十" in word else None
    return int(number) if number is not None else 0


def year_number(word):
    """A year in digits of any script, four or, from 1990 on, two.

    >>> year_number("2024"), year_number("二〇二四"), year_number("24"), year_number("98")
    (2024, 2024, 2024, 1998)
    """
    number = int(word) if word.isdecimal() else int(word.translate(_DIGITS))
    return number if number > 99 else number + (1900 if number >= 90 else 2000)
