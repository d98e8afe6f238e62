"""One number with its tail: scale, unit, words of bound, range; and whether it states a quantity."""

import re
from collections import namedtuple
from dataclasses import dataclass
from decimal import Decimal

from chipnotes.files import read_data
from chipnotes.rules.numerals import ends, scale, small
from chipnotes.rules.patterns import Book, decide, either


# A numeral that states no quantity, and why not.
Exclusion = namedtuple(
    "Exclusion", "start end reason", defaults=["no number: digits or numeral characters that give no value"]
)


@dataclass(slots=True)
class Found:
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

    def bounded(self, bound):
        """Takes a bound if it has none: a lower one leaves the high side open, an upper one the low side."""
        if self.bound == "exact":
            self.bound = bound
            if bound in ("above", "at_least"):
                self.high = None
            elif bound in ("below", "at_most"):
                self.low = None

    def times(self, factor):
        """Multiplies its sides; a factor below zero swaps them where both are there."""
        sides = [None if side is None else side * factor for side in (self.low, self.high)]
        self.low, self.high = sides[::-1] if factor < 0 and None not in sides else sides


_FILES = ("units.tsv", "bounds.tsv", "numeral_words.tsv", "quantity_cues.tsv")
_UNITS, _BOUNDS, _WORDS, _CUES = map(read_data, _FILES)
UNITS = dict(zip(_UNITS.unit, zip(_UNITS.canonical, _UNITS["class"])))  # surface -> (canonical unit, class)
BOUNDS = dict(zip(_BOUNDS.word, _BOUNDS.bound))  # word before or after a number -> bound
REASONS = dict(zip(_WORDS.word, _WORDS.reason))  # word that holds a numeral -> why it states no quantity
_SIGNS, _FIRST = _UNITS["class"] == "sign", _BOUNDS.side == "before"
BOOK = Book(
    "amounts.toml",
    UNIT=either(_UNITS.unit[~_SIGNS], not_before=_UNITS.not_before[~_SIGNS]),
    SIGN=either(_UNITS.unit[_SIGNS]),
    BEFORE=either(_BOUNDS.word[_FIRST], not_after=_BOUNDS.not_beside[_FIRST]),
    AFTER=either(_BOUNDS.word[~_FIRST], not_before=_BOUNDS.not_beside[~_FIRST]),
    WORD=either(REASONS),
    **{name: either(words) for name, words in _CUES.groupby("class").word},
)
BOUNDS |= BOOK.table["more_bounds"]
AROUND = BOOK.around
_LAST = {word[-1] for word in _BOUNDS.word[_FIRST]} | set("了为到是 ")  # what may stand right before a number
_VAGUE = re.compile("[多余几来+]")
_PEOPLE = "人户民客众者工员生"


# ------------------------------------------------------------ bounds


def with_bounds(found, match, floor, tail=""):
    """An amount with the words of bound on both sides; the one before it decides. `tail`: one inside it."""
    text, start, first = match.string, found.start, max(floor, found.start - 9)
    before = text[start - 1 : start] in _LAST and AROUND["before"].search(text, first, start)
    if before and (before["word"] != "上" or text[start] in "十百千万亿"):  # 上百家, not 上3家
        found.start, found.word = before.start(), before["word"]
        found.bounded(BOUNDS[found.word])
    after = AROUND["after"].match(text, found.end, match.endpos)
    if after or tail:
        found.end, found.tail = (after.end(), after[0]) if after else (found.end, tail)
        found.bounded(BOUNDS[found.tail])
    return found


# ------------------------------------------------------------ numbers


def _parse(text, start, stop):
    """The number that begins here without range and bounds, as (match, Found); low None: it says none."""
    if not (match := AROUND["number"].match(text, start, stop)):
        return None, None
    _, sign, num, behind, unit, per, tenths, half, _ = match.groups()
    low, high = ends(num)
    factor = scale(behind)
    found = Found(start, match.end(), low, high, "exact" if low == high else "range")
    found.arabic, found.factor, found.scaled = num[0].isdigit(), factor, factor > 1 or num[-1] in "万亿"
    found.unit, found.family = UNITS.get(unit, ("", ""))
    # 两千亿国家基金: only people are counted by 亿
    if found.family == "noun" and unit[-1] not in _PEOPLE and (num + behind).rstrip()[-1] == "亿":
        found.unit, found.family, found.end = "", "", match.start("unit")
    if low is None:
        return match, found
    more = Decimal(small(tenths)) / 10 if tenths else 0
    if "半" in behind or half and found.family in ("time", "tenth", "times", "physical"):
        more += Decimal("0.5")
    found.low, found.high = low * factor + more, high * factor + more
    if found.family == "tenth":
        found.times(10 if low <= 10 else 1)  # 八成, 9折; 85折
        found.family = "percent"
    elif tenths:
        found.unit, found.family = "元", "money"  # 七块五: 7.5 yuan
    found.unit += per or ""
    if sign == "+":
        found.family = found.family or "count"  # 再+1
    elif sign:
        found.times(-1 if sign[0] == "-" else 1)
        if currency := sign.strip(" -"):
            found.unit, found.family = found.unit or UNITS[currency][0], "money"
    return match, found


def _join_range(found, match):
    """Joins the number after 至, -, ~ to an amount: 3-5个, 3亿-5亿, 100万元至200万元.

    After 由, 从 it is a change, if no 不等 or 之间 ends it: 从1亿元到15亿元不等.
    """
    text, stop = match.string, match.endpos
    if not (dash := AROUND["to"].match(text, match.end(), stop)):
        return
    second, other = _parse(text, dash.end(), stop)
    fits = other and other.low is not None and (other.unit or other.scaled)
    if not fits or match["unit"] and other.unit not in ("", found.unit):
        return
    changes = text[found.start - 1 : found.start] in ("由", "从")
    if changes and not text.startswith(("不等", "之间"), other.end):
        return
    low, high = found.low, other.high
    if not (match["unit"] or found.scaled):  # 3-5亿, 三到五万, 九到八成; 8000至1.2万 has its own
        own = AROUND["own_scale"].search(second["num"])[0]
        factor = other.factor * scale(own if low < 10 else own.lstrip("百千"))  # 三至五百万, 三百至五百万
        carried = low * factor * (10 if second["unit"] == "成" else 1)
        low = low if carried > high and low * 100 >= factor > 1 else carried
    found.low, found.high = sorted((low, high))
    found.bound, found.end, found.scaled = "range", other.end, found.scaled or other.scaled
    found.unit, found.family = other.unit or found.unit, other.family or found.family


def _marks(match, found, last):
    """What holds for a numeral with its tail, as the table of reasons names it."""
    text, start = match.string, match.start()
    holds = {
        "unit": match["unit"] and found.family,
        "measured": found.family,
        "scaled": found.scaled,
        "bound": found.word,
        "more": found.tail or match["half"] or "半" in match["behind"],
        "again": last and found.unit == last.unit and start - last.end <= 30,
        "grade": match["grade"],
        "listed": not found.unit and AROUND["listed"].match(text, match.end(), match.endpos),
    }
    return {"digits" if found.arabic else "characters", found.bound, found.family, *filter(holds.get, holds)}


def read(fit, floor, last):
    """The amount that begins where a form fits, or the Exclusion of its numeral."""
    text, start = fit.string, fit.start()
    match, found = _parse(text, start, fit.endpos)
    if found.low is None:
        return Exclusion(start, match.end("num"))
    _join_range(found, match)
    before, after = text[max(0, start - 24) : start], text[found.end : found.end + 9]
    vague = _VAGUE.search(match["behind"])
    with_bounds(found, match, floor, vague[0] if vague else "")
    marks = _marks(match, found, last)
    # Of digits the table asks only whether they may be a year.
    numeral = match["num"] if len(match["num"]) == 4 or not found.arabic else "digits"
    cells = numeral, match["unit"] or ""
    reason = decide(BOOK, "numeral_reasons.tsv", frozenset(marks), cells, before, after)
    if reason != "-":
        return Exclusion(start, match.end("num"), reason)
    if match["grade"]:  # 百亿级: an order of magnitude
        found.bounded("about")
    return found
