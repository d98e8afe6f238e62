"""One number with its tail: scale, unit, words of bound, range; and whether it states a quantity."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from chipnotes.files import read_data
from chipnotes.rules.numerals import ends, scale, small
from chipnotes.rules.patterns import Book, decide, either

NO_VALUE = "no number: digits or numeral characters that give no value"
OPEN = ("above", "at_least", "below", "at_most")


class Exclusion(NamedTuple):
    """A numeral that states no quantity, and why not."""

    start: int
    end: int
    reason: str


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
        """Takes a bound: a lower one leaves the high side open, an upper one the low side."""
        self.bound = bound
        if bound in ("above", "at_least"):
            self.high = None
        elif bound in ("below", "at_most"):
            self.low = None

    def times(self, factor):
        """Multiplies its sides; a factor below zero swaps them where both are there."""
        self.low = None if self.low is None else self.low * factor
        self.high = None if self.high is None else self.high * factor
        if factor < 0 and None not in (self.low, self.high):
            self.low, self.high = self.high, self.low


class Context(NamedTuple):
    """Where a form is read: text, the places between which words may belong to it, the amount before."""

    text: str
    floor: int
    stop: int
    last: Found | None


_UNITS, _BOUNDS, _WORDS, _CUES = map(
    read_data, ("units.tsv", "bounds.tsv", "numeral_words.tsv", "quantity_cues.tsv")
)
UNITS = dict(zip(_UNITS.unit, zip(_UNITS.canonical, _UNITS["class"])))  # surface -> (canonical unit, class)
BOUNDS = dict(zip(zip(_BOUNDS.word, _BOUNDS.side), _BOUNDS.bound))  # (word, before or after) -> bound
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
AROUND = BOOK.around


# ------------------------------------------------------------ bounds


def _word_before(start, context):
    """The word of bound that ends where a number begins, as (where it begins, word, bound), or None."""
    found = AROUND["before"].search(context.text, max(context.floor, start - 9), start)
    if not found or (found["word"] == "上" and context.text[start] not in "十百千万亿"):  # 上百家, not 上3家
        return None
    return found.start(), found["word"], BOUNDS[found["word"], "before"]


def _with_word(found, word, context):
    """Lays the word of bound before an amount on it, or its minus sign."""
    if word:
        found.start, found.word, bound = word
        if found.bound == "exact":
            found.bounded(bound)
        return
    dash = found.start - 1
    after_amount = context.last and context.last.end == dash
    if found.bound in ("exact", "range") and not after_amount:
        if AROUND["minus"].search(context.text, max(0, dash - 1), found.start):
            found.start, found.low = dash, -found.low
            found.high = found.low if found.bound == "exact" else found.high


def with_bounds(found, context):
    """An amount with the words of bound on both sides; the one before it decides."""
    word = _word_before(found.start, context)
    after = AROUND["after"].match(context.text, found.end, context.stop)
    _with_word(found, word, context)
    if after:
        found.end, found.tail = after.end(), after[0]
        if found.bound == "exact":
            found.bounded(BOUNDS[after[0], "after"])
    return found


# ------------------------------------------------------------ numbers


def _parse(start, context):
    """The number that begins here without range and bounds, as (match, Found); low None: it says none."""
    match = AROUND["number"].match(context.text, start, context.stop)
    if not match:
        return None, None
    num, own_scale, unit = match["num"], match["scale"] or "", match["unit"]
    low, high = ends(num)
    bound = "exact" if low == high else "range"
    found = Found(start, match.end(), low, high, bound, scaled=bool(own_scale) or num[-1] in "万亿")
    found.unit, found.family = UNITS.get(unit, ("", ""))
    found.arabic, found.factor = num[0].isdigit(), scale(own_scale.lstrip("个多"))
    if found.family == "noun" and found.scaled and unit[-1] not in "人户民客众者工员生":
        counted = match.start("unit")
        if context.text[start:counted].rstrip()[-1] == "亿":  # 两千亿国家基金: only people are counted by 亿
            found.unit, found.family, found.end = "", "", counted
    if low is None:
        return match, found
    found.times(found.factor)
    more = Decimal(small(match["tenths"])) / 10 if match["tenths"] else 0
    halved = match["and_half"] and found.family in ("time", "tenth", "times", "physical")
    more += Decimal("0.5") if halved or match["half"] == "个半" else 0
    found.low, found.high = found.low + more, found.high + more
    if found.family == "tenth":
        found.times(10)
        found.family = "percent"
    elif match["tenths"] and unit == "块":  # 七块五: 7.5 yuan
        found.unit, found.family = "元", "money"
    found.unit += match["per"] or ""
    return match, found


def _carried(low, match, second, high):
    """The first number of a range with the scale and tenths of the second: 3-5亿, 三到五万, 九到八成.

    8000至1.2万 has its own.
    """
    own = None if second["num"][0].isdigit() else AROUND["own_scale"].search(second["num"])
    factor = scale((second["scale"] or "").lstrip("个多")) * scale(own[0] if own else "")
    if match["scale"] or match["unit"] or match["num"][-1] in "万亿":
        factor = 1
    carried = low * factor * (10 if second["unit"] == "成" and not match["unit"] else 1)
    return low if carried > high and low * 100 >= factor > 1 else carried


def _join_range(found, match, context):
    """Joins the number after 至, -, ~ to an amount: 3-5个, 3亿-5亿, 100万元至200万元. Not after 由, 从."""
    dash = AROUND["to"].match(context.text, match.end(), context.stop)
    if not dash or found.bound == "range" or context.text[found.start - 1 : found.start] in ("由", "从"):
        return
    second, other = _parse(dash.end(), context)
    if not other or other.low is None or other.bound == "range":
        return
    if not (other.unit or other.scaled and (found.scaled or not match["unit"])):
        return
    if match["unit"] and other.unit not in ("", found.unit):
        return
    low, high = sorted((_carried(found.low, match, second, other.low), other.low))
    if low < high:
        found.low, found.high, found.bound, found.end = low, high, "range", other.end
        found.scaled |= other.scaled
        if other.unit:
            found.unit, found.family = other.unit, other.family


def _marks(match, found, bound, context):
    """What holds for a numeral with its tail, as the table of reasons names it."""
    text, last = context.text, context.last
    holds = {
        "measured": found.unit,
        "scaled": found.scaled,
        "scale": match["scale"],
        "bound": bound,
        "strong": bound not in ("", "exact"),
        "more": match["inner"] or match["more"] or match["after"] or match["half"] or match["and_half"],
        "surplus": match["after"] in ("多", "余", "出头"),
        "again": last and found.unit == last.unit and found.start - last.end <= 30,
    }
    if not found.unit:
        sides = {text[found.start - 1 : found.start], text[found.end : found.end + 1]}
        holds["alone"] = sides <= {"", "\n"}
        holds["listed"] = AROUND["listed"].match(text, match.end(), context.stop)
    marks = {"digits" if found.arabic else "characters", found.bound, *filter(holds.get, holds)}
    return marks | {"unit", found.family} if match["unit"] and found.end > match.start("unit") else marks


def read(start, context, head=None):
    """The amount that begins here, or the Exclusion of its numeral. `head`: where a sign before it begins."""
    match, found = _parse(start, context)
    if not match:
        return Exclusion(start, start + 1, "part of a number that breaks off")
    if found.low is None:
        return Exclusion(start, start + len(match["num"]), NO_VALUE)
    text = context.text
    after = match["after"] if found.end == match.end() else None
    if after == "内" and found.family not in ("time", "physical"):
        found.end, after = match.start("after"), None
    _join_range(found, match, context)
    word = _word_before(start if head is None else head, context)
    marks = _marks(match, found, word[2] if word else "", context)
    if head is not None:
        found.start = head
        marks.add("measured")
    before = text[max(0, start - 24) : start]
    # Of digits the table asks only whether they may be a year.
    numeral = match["num"] if len(match["num"]) == 4 or not found.arabic else "digits"
    cells = numeral, match["unit"] or ""
    reason = decide(
        BOOK, "numeral_reasons.tsv", frozenset(marks), cells, before, text[found.end : found.end + 9]
    )
    if reason != "-":
        return Exclusion(start, start + len(match["num"]), reason)
    if before.endswith("再+") or before.endswith("+") and found.family in ("percent", "points"):
        found.start, found.family = start - 1, found.family or "count"
    _with_word(found, word, context)
    vague = match["inner"] or match["more"] or ("多" in (match["half"] or match["scale"] or "") and "多")
    if found.bound == "exact" and (vague or after):
        found.tail = vague or after
        bound = "about" if vague == "来" else "at_least" if vague else BOUNDS[after, "after"]
        found.bounded(bound)
    grade = AROUND["grade"].match(text, found.end, context.stop)
    if found.bound == "exact" and grade and (found.scaled or not found.arabic):  # 百亿级, 百亿级以上
        found.end = grade.end()
        with_bounds(found, context._replace(floor=found.start))
        found.bound = "about" if found.bound == "exact" else found.bound
    return found
