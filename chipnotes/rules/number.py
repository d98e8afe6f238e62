"""One number with its tail: scale, unit, words of bound, range; and whether it states a quantity."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from chipnotes.files import read_data
from chipnotes.rules.numerals import ARABIC, CHINESE, either, ends, scale, small
from chipnotes.rules.numerals import SCALES
from chipnotes.rules.reasons import GRADE, LIST, NO_VALUE, TO, decide


class Exclusion(NamedTuple):
    """A numeral that states no quantity, and why not."""

    start: int
    end: int
    reason: str


class Found(NamedTuple):
    """An amount while it is read: what an `Amount` has, and what its kind is told by."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    bound: str = "exact"
    unit: str = ""
    family: str = ""  # class of the unit in units.tsv
    word: str = ""  # word of bound before it
    tail: str = ""  # word of bound after it
    factor: int = 1  # of scale characters that stand apart from the digits: 10,000 in 3.5万
    scaled: bool = False
    arabic: bool = False
    kind: str = ""


class Context(NamedTuple):
    """Where a form is read: the text, the places between which words may belong to it, the amount before it."""

    text: str
    floor: int
    stop: int
    last: Found | None


class Words(NamedTuple):
    """The vocabulary of the TSV files, and the patterns that are made from it."""

    units: dict  # surface -> (canonical unit, class)
    bounds: dict  # (word, side) -> bound
    reasons: dict  # word that holds a numeral -> why it states no quantity
    number: re.Pattern
    unit: re.Pattern
    before: re.Pattern
    after: re.Pattern
    sign: str  # of a currency before its number, as alternatives
    fixed: str


@lru_cache(maxsize=1)
def words():
    """The vocabulary, read once."""
    units, bounds, fixed = map(read_data, ("units.tsv", "bounds.tsv", "numeral_words.tsv"))
    sign = units["class"] == "sign"
    unit = either((word, but, "") for word, but in zip(units.unit[~sign], units.not_before[~sign]))
    rows = list(bounds.itertuples(index=False))
    before = either((word, "", beside) for word, side, _, beside in rows if side == "before")
    after = either((word, beside, "") for word, side, _, beside in rows if side == "after")
    return Words(
        dict(zip(units.unit, zip(units.canonical, units["class"]))),
        {(word, side): bound for word, side, bound, _ in rows},
        dict(zip(fixed.word, fixed.reason)),
        re.compile(_NUMBER.replace("<<unit>>", unit).replace("<<after>>", after), re.VERBOSE),
        re.compile(unit),
        re.compile(rf"(?P<word>{before})(?:了|为|到|是)?[ ]?\Z"),
        re.compile(after),
        either((word, "", "") for word in units.unit[sign]),
        either((word, "", "") for word in fixed.word),
    )


_PER = "(?:人|亩|年|月|日|天|吨|平方米|㎡|立方米|千瓦时|度|瓦时?|公斤|片|台|辆|户|股|小时|家|套|次|颗|k?Wh?)"
# A number with its tail: 3000多亿元, 两年半, 个半月, 2.5万元/亩以上, 七块五; 1500⏎万元, the unit in the next line.
_NUMBER = rf"""
    (?P<num>{ARABIC}|{CHINESE})
    (?:(?P<inner>[多余几来])(?=[十百千万亿]))?
    (?:(?<=\d)\n(?=(?:万亿|[亿万])[元美欧港日英平吨千立人个台辆片颗家户]|%|个百分点))?
    (?P<scale>个多?亿|[十百千]?(?:万亿|亿|万)|[十百千]万|千(?![瓦米克伏卡赫帕兆])|百(?!分))?
    (?:(?P<more>[多余几来+])(?=[ ]?(?:个半|<<unit>>)))?[ ]?
    (?P<half>个[半多](?=月|小时|星期|百分点))?
    (?P<unit><<unit>>)?
    (?P<per>(?:/{_PER}|(?<=/.)·{_PER})+)?
    (?:(?<=[成块])(?P<tenths>[一二三四五六七八九])(?![十百千万亿家个条项块]))?
    (?P<and_half>半(?![导年]))?
    (?P<after><<after>>)?
"""


# ------------------------------------------------------------ bounds


OPEN = ("above", "at_least", "below", "at_most")


def sided(found, bound):
    """An amount with its bound: a lower bound leaves the high side open, an upper bound the low side."""
    low = None if bound in ("below", "at_most") else found.low
    high = None if bound in ("above", "at_least") else found.high
    return found._replace(bound=bound, low=low, high=high)


def _word_before(start, context):
    """The word of bound that ends where a number begins; 上 only before a scale: 上百家."""
    found = words().before.search(context.text, max(context.floor, start - 9), start)
    return None if found and found["word"] == "上" and context.text[start] not in "十百千万亿" else found


def _with_word(found, word, context):
    """An amount with the word of bound before it, or its minus sign."""
    if word:
        bound = words().bounds[word["word"], "before"]
        found = sided(found, bound) if found.bound == "exact" else found
        return found._replace(start=word.start(), word=word["word"])
    dash = found.start - 1
    if found.bound not in ("exact", "range") or context.text[max(0, dash) : found.start] != "-":
        return found
    if (
        re.search(r"[A-Za-z0-9_)%十百千万亿]\Z", context.text[:dash][-1:])
        or context.last
        and context.last.end == dash
    ):
        return found
    low = -found.low
    return found._replace(start=dash, low=low, high=low if found.bound == "exact" else found.high)


def with_tail(found, context):
    """An amount with the word of bound after it."""
    after = words().after.match(context.text, found.end, context.stop)
    if not after or found.bound != "exact":
        return found
    return sided(found, words().bounds[after[0], "after"])._replace(end=after.end(), tail=after[0])


def bounded(found, context):
    """An amount with the words of bound on both sides; the one before it decides."""
    word = _word_before(found.start, context)
    tail = with_tail(found, context)
    if not word or words().bounds[word["word"], "before"] == "exact":
        return _with_word(tail, word, context)
    return _with_word(found._replace(end=tail.end, tail=tail.tail), word, context)


# ------------------------------------------------------------ numbers


def _parse(start, context):
    """The number that begins here without range and bounds, as (match, Found); its low is None if it says no number."""
    match = words().number.match(context.text, start, context.stop)
    if not match:
        return None, None
    (low, high), end = ends(match["num"]), match.end()
    unit, family = words().units.get(match["unit"], ("", ""))
    scaled = bool(match["scale"]) or match["num"][-1] in "万亿"
    if family == "noun" and scaled and match[0][: match.start("unit") - start].rstrip()[-1] == "亿":
        if match["unit"][-1] not in "人户民客众者工员生":  # 两千亿国家基金: none but people are counted by 亿
            unit, family, end = "", "", match.start("unit")
    factor = scale((match["scale"] or "").lstrip("个多"))
    if low is not None:
        half = Decimal(small(match["tenths"])) / 10 if match["tenths"] else Decimal(0)
        if match["half"] == "个半" or match["and_half"] and family in ("time", "tenth", "times", "physical"):
            half += Decimal("0.5")
        tenfold = 10 if family == "tenth" else 1
        low, high = ((side * factor + half) * tenfold for side in (low, high))
    if match["tenths"] and match["unit"] == "块":  # 七块五: 7.5 yuan
        unit, family = "元", "money"
    family = "percent" if family == "tenth" else family
    digits = match["num"][0].isdigit()
    bound = "exact" if low == high else "range"
    unit += match["per"] or ""
    return match, Found(
        start, end, low, high, bound, unit, family, factor=factor, scaled=scaled, arabic=digits
    )


def _carried(low, match, second, high):
    """The first number of a range with the scale and tenths of the second: 3-5亿, 三到五万, 九到八成; 8000至1.2万 has its own."""
    own = re.search("(?:(?<=^.)[百千])?[万亿]+$", second["num"]) if not second["num"][0].isdigit() else None
    factor = scale((second["scale"] or "").lstrip("个多")) * scale(own[0] if own else "")
    if match["scale"] or match["unit"] or re.search("[万亿]", match["num"]):
        factor = 1
    carried = low * factor * (10 if second["unit"] == "成" and not match["unit"] else 1)
    return low if carried > high and low * 100 >= factor > 1 else carried


def _ranged(found, match, context):
    """A number joined to the one after 至, -, ~: 3-5个, 3亿-5亿, 100万元至200万元. Not after 由, 从: that is a change."""
    dash = TO.match(context.text, match.end(), context.stop)
    if not dash or context.text[found.start - 1 : found.start] in ("由", "从") or found.bound == "range":
        return found
    second, other = _parse(dash.end(), context)
    if (
        not other
        or other.low is None
        or other.bound == "range"
        or match["unit"]
        and other.unit not in ("", found.unit)
    ):
        return found
    if not (other.unit or other.scaled and (found.scaled or not match["unit"])):
        return found
    low, high = sorted((_carried(found.low, match, second, other.low), other.low))
    unit, family = (other.unit, other.family) if other.unit else (found.unit, found.family)
    joined = found._replace(end=other.end, unit=unit, family=family, scaled=found.scaled or other.scaled)
    return joined._replace(low=low, high=high, bound="range") if low < high else found


def _listed(match, context):
    """Does a list go on from a bare number to one with a unit: 100、200、500万元?"""
    for _ in range(8):
        comma = LIST.match(context.text, match.end(), context.stop)
        match = comma and words().number.match(context.text, comma.end(), context.stop)
        if not match or match["unit"]:
            return bool(match)
    return False


def _marks(match, found, bound, context):
    """What holds for a numeral with its tail, as the table of reasons names it."""
    word, text, last = match["num"], context.text, context.last
    holds = {
        "measured": found.unit,
        "range": found.bound == "range",
        "scaled": found.scaled,
        "bound": bound,
        "strong": bound not in ("", "exact"),
        "more": match["inner"] or match["more"] or match["after"] or match["half"] or match["and_half"],
        "again": last and found.unit == last.unit and found.start - last.end <= 30,
    }
    if not found.unit:
        sides = text[found.start - 1 : found.start], text[found.end : found.end + 1]
        holds["alone"] = sides[0] in ("", "\n") and sides[1] in ("", "\n")
        holds["listed"] = _listed(match, context)
    if not found.arabic:
        holds["scale"] = match["scale"]
        holds["round"] = word != "十" and set(word) <= set(SCALES)
        holds["large"] = len(word) > 1
        holds["surplus"] = match["after"] in ("多", "余", "出头")
    marks = {mark for mark in holds if holds[mark]} | {"digits" if found.arabic else "characters"}
    return marks | {"unit", found.family} if match["unit"] and found.end > match.start("unit") else marks


def read(start, context, head=None):
    """The amount that begins here, or the Exclusion of its numeral. `head`: where the sign of a currency before it begins."""
    match, found = _parse(start, context)
    if not match:
        return Exclusion(start, start + 1, "part of a number that breaks off")
    if found.low is None:
        return Exclusion(start, start + len(match["num"]), NO_VALUE)
    text = context.text
    after = match["after"] if found.end == match.end() else None
    if after == "内" and found.family not in ("time", "physical"):
        found, after = found._replace(end=match.start("after")), None
    found = _ranged(found, match, context)
    word = _word_before(start if head is None else head, context)
    marks = _marks(match, found, words().bounds[word["word"], "before"] if word else "", context)
    marks |= {"measured"} if head is not None else set()
    before = text[max(0, start - 24) : start]
    cells = {
        "numeral": match["num"],
        "unit": match["unit"] or "",
        "before": before,
        "after": text[found.end : found.end + 9],
    }
    reason = decide("numeral_reasons.tsv", marks, **cells)
    if reason != "-":
        return Exclusion(start, start + len(match["num"]), reason)
    if before.endswith("再+") or before.endswith("+") and found.family in ("percent", "points"):
        found = found._replace(start=start - 1, family=found.family or "count")
    found = _with_word(found if head is None else found._replace(start=head), word, context)
    vague = match["inner"] or match["more"] or "多" in (match["half"] or match["scale"] or "") and "多"
    if found.bound == "exact" and vague:
        found = sided(found, "about" if vague == "来" else "at_least")._replace(tail=vague)
    if found.bound == "exact" and after:
        found = sided(found, words().bounds[after, "after"])._replace(tail=after)
    grade = GRADE.match(text, found.end, context.stop)
    if found.bound == "exact" and grade and (found.scaled or not found.arabic):
        found = with_tail(found._replace(end=grade.end()), context)
        found = found._replace(bound="about") if found.bound == "exact" else found
    return found
