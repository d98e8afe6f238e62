"""Numerals: what the digits of any script say, as exact numbers."""

import math
import re
from decimal import Decimal
from functools import lru_cache

import cn2an

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
LONGEST = 24  # digits; a longer run is a code, not a number that a page asserts

# Two digits side by side are two ends: 三五 (家), 二十四五 (岁), 一千两三百, 七八百 (万).
_PAIR = re.compile(
    r"((?:[一二两三四五六七八九]?[十百千万])*)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)"
)


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
    if word == "半":
        return Decimal("0.5")
    word = word.replace("〇", "零").replace("两", "二")
    if word[0] in "百千万亿":
        word = "一" + word
    try:
        return Decimal(str(cn2an.cn2an(word, "smart")))
    except (ValueError, LookupError):  # cn2an raises either for characters that say no number
        return None


def value(word):
    """The number that a numeral of either script says, exactly, as a Decimal; None if none or too long.

    >>> value("1,234.5"), value("3亿5000万"), value("1万5千"), value("二十五")
    (Decimal('1234.5'), Decimal('350000000'), Decimal('15000'), Decimal('25'))
    """
    if not word[0].isdigit():
        return chinese(word)
    if len(word) > LONGEST:
        return None
    parts = re.findall(r"([\d.]+)([兆亿万千]*)", word.replace(",", ""))
    return sum(Decimal(digits) * scale(own) for digits, own in parts)


@lru_cache(maxsize=4096)
def ends(word):
    """The two ends that a numeral says: equal but for two digits side by side; None, None if it says none.

    >>> ends("二十四五"), ends("12"), ends("五三")
    ((Decimal('24'), Decimal('25')), (Decimal('12'), Decimal('12')), (None, None))
    """
    if not (pair := _PAIR.fullmatch(word)):
        return (value(word),) * 2
    one, two = chinese(pair[2]), chinese(pair[3])
    low, high = (chinese(pair[1] + pair[side] + pair[4]) for side in (2, 3))
    return (low, high) if one < two <= one + 2 and None not in (low, high) else (None, None)


def small(word):
    """A small whole number in either script, for days, months and counts of years; 0 if it says none.

    >>> small("12"), small("十二"), small("三四")
    (12, 12, 0)
    """
    return int(value(word) or 0) if word.isascii() or len(word) == 1 or "十" in word else 0


def year_number(word):
    """A year in digits of any script, four or, from 1990 on, two.

    >>> year_number("2024"), year_number("二〇二四"), year_number("24"), year_number("98")
    (2024, 2024, 2024, 1998)
    """
    number = int(value(word) or 0)
    return number if number > 99 else number + (1900 if number >= 90 else 2000)
