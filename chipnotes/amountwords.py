"""The expressions that numbers are read with, built from data/units.tsv, bounds.tsv and numeral_words.tsv."""

import re
from functools import lru_cache

from chipnotes.numerals import ARABIC, CHINESE, NUMERALS
from chipnotes.paths import read_data


@lru_cache(maxsize=1)
def units():
    """Units by their surface, as (canonical unit, class), and one expression of all, longest first."""
    table = read_data("units.tsv").sort_values("unit", key=lambda s: s.str.len(), ascending=False, kind="stable")
    known, branches = {}, {}
    for unit, canonical, kind, not_before in table.itertuples(index=False):
        known[unit] = (canonical, kind)
        ahead = "(?![A-Za-z0-9])" if unit[-1].isascii() and unit[-1].isalpha() else f"(?![{not_before}])" if not_before else ""
        branches.setdefault(unit[0], []).append(re.escape(unit[1:]) + ahead)
    # One branch a first character: fewer are tried.
    return known, "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items())


@lru_cache(maxsize=1)
def bounds():
    """Bounds by (word, side), and the expressions of the words before a number and of those after it."""
    table = read_data("bounds.tsv").sort_values("word", key=lambda s: s.str.len(), ascending=False, kind="stable")
    before, after, known = [], [], {}
    for word, side, bound, not_beside in table.itertuples(index=False):
        known[word, side] = bound
        guard = f"[{not_beside}]" if not_beside else ""
        if side == "before":
            before.append((f"(?<!{guard})" if guard else "") + re.escape(word))
        else:
            after.append(re.escape(word) + (f"(?!{guard})" if guard else ""))
    return known, "|".join(before), "|".join(after)


SCALE = r"个亿|[十百千]?(?:万亿|亿|万)|[十百千]万|千(?![瓦米克伏卡赫帕兆])|百(?!分)"
LIST = re.compile(r"[ ]?(?:、|和|与|及|以及)[ ]?")
TO = re.compile(r"[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?")


@lru_cache(maxsize=1)
def expressions():
    """The compiled expressions: where anything begins, a number with its tail, words of bound before a number."""
    unit = units()[1]
    _, before, after = bounds()
    words = read_data("numeral_words.tsv")
    reasons = dict(zip(words.word, words.reason, strict=True))
    lexical = "|".join(map(re.escape, sorted(words.word, key=len, reverse=True)))
    # A look at the first character keeps the many words from being tried at each place of the text.
    first = "".join(sorted({word[0] for word in words.word} | set("持零翻过超半一约近将不首榜居百第前" + NUMERALS)))
    begin = re.compile(
        rf"(?=[{first}])(?:(?P<lexical>{lexical})|(?P<flat>持平|零增长)|(?P<fold>翻(?:了)?(?P<foldbound>将近|接近|近|约|超过|超|不止)?(?P<folds>{CHINESE}|\d)?番)"
        rf"|(?P<half>过半数?|超半数|超过半数|超过一半|半数以上|一半以上|一半左右|半数左右|(?<!节)约一半|近半数?|将近一半|近一半|不到一半|不足一半|半数|一半)(?![年天月个小导])"
        rf"|(?P<topone>首位|榜首|居首(?=[,，。;；、]))|(?P<percent>百分之)(?P<hundredth>{ARABIC}|{CHINESE})"
        rf"|(?P<below>[二两三四五六七八九十]{{1,3}})分之(?P<above>[一二两三四五六七八九十]{{1,3}})(?P<part_after>以上|以下|左右)?"
        rf"|(?P<ordinal>[第前])(?=[\d一二两三四五六七八九十百])|(?P<numeral>[{NUMERALS[:10]}{NUMERALS[20:]}]))"
    )
    number = re.compile(
        rf"(?P<num>{ARABIC}|{CHINESE})(?:(?P<inner>[多余几来])(?=[十百千万亿]))?(?P<scale>{SCALE})?"
        rf"(?:(?P<more>[多余几来+])(?=[ ]?(?:个半|{unit})))?[ ]?(?P<half>个半(?=月|小时))?"
        rf"(?P<unit>{unit})?(?P<and_half>半(?![导年]))?(?P<after>{after})?"
    )
    bound = re.compile(rf"(?P<word>{before})(?:了|为|到)?[ ]?$")
    return begin, number, bound, reasons
