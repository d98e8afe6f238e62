"""Amounts: each number that states a quantity, with bound, unit and kind; why other numerals state none."""

import re
from bisect import bisect_left
from collections import namedtuple
from decimal import Decimal

from chipnotes.glyphs import NUMERALS, fold, tight
from chipnotes.rules.kinds import classify
from chipnotes.rules.number import AROUND, BOOK, BOUNDS, REASONS, Exclusion, Found, read, with_bounds
from chipnotes.rules.numerals import value


Amount = namedtuple("Amount", "start end low high bound unit kind")


def find_amounts(text, taken=(), published=None):
    """The amounts of a text, and the numerals in it that state none.

    `taken`: spans (start, end, …), in order, that belong to something else: dates. `published`: a
    datetime.date; a year after it is one that goals are set for. Returns two lists:

    - Amount(start, end, low, high, bound, unit, kind): the number with the words of bound and the unit that
      touch it; plain values, 万 and 亿 multiplied out, percent as percent, None on an open side; bound exact
      above at_least below at_most about range target; unit "" where the page gives none; kind level growth
      share difference_pp rank count threshold target
    - Exclusion(start, end, reason): numeral characters that are in no amount and not taken

    >>> amounts, none = find_amounts("四川产值超3亿-5亿元,员工人数80人")
    >>> [(a.start, a.end, a.low, a.high, a.bound, a.unit, a.kind) for a in amounts]
    [(4, 11, 300000000.0, 500000000.0, 'range', '元', 'level'), (16, 19, 80.0, 80.0, 'exact', '人', 'count')]
    >>> none
    [Exclusion(start=0, end=1, reason='place name')]
    """
    short, at = tight(text)
    spans = [(bisect_left(at, start), bisect_left(at, end)) for start, end, *_ in taken]
    # 4．110千伏 opens with the number of an item
    page = fold(_WIDE_STOP.sub("\t", short))
    found, none = _scan(page, spans)
    amounts = []
    for a in classify(page, spans, found, published):
        low, high = (None if side is None else float(side) for side in (a.low, a.high))
        amounts.append(Amount(at[a.start], at[a.end - 1] + 1, low, high, a.bound, a.unit, a.kind))
    runs = ((one, run) for one in none for run in _NUMERALS.finditer(short, one.start, one.end))
    return amounts, [Exclusion(at[run.start()], at[run.end() - 1] + 1, one.reason) for one, run in runs]


_WIDE_STOP = re.compile(r"(?<=^\d)．|(?<=^\d\d)．", re.ASCII | re.MULTILINE)
_NUMERALS = re.compile(f"[{NUMERALS}]+(?:[.,][{NUMERALS}]+)*")


def _scan(text, taken):
    """One pass from left to right over what is not taken: the amounts, and the exclusions."""
    found, none, at = [], [], 0
    for first, last in [*taken, (len(text), len(text))]:
        while one := _first(text, at, first, found[-1] if found else None):
            (found if isinstance(one, Found) else none).append(one)
            at = one.end
        at = max(at, last)
    return found, none


def _first(text, floor, stop, last):
    """The first amount or exclusion between two places; `last`: the amount before it."""
    for match, form in BOOK.fits(text, floor, stop):
        if one := globals()["_" + form["means"]](match, form, floor, last):
            return one
    return None


# ------------------------------------------------------------ the functions that data/amounts.toml names


def _number(match, form, floor, last):
    if match[0][0] == "-" and last and last.end == match.start():
        return None  # the dash of a range
    return read(match, floor, last)


def _none(match, form, floor, last):
    """The number of an item; a word that holds a numeral (四川), unless a longer number begins there."""
    longer = read(match, floor, last) if match[0][0] in NUMERALS else None
    if isinstance(longer, Found) and longer.end > match.end():
        return longer
    return Exclusion(*match.span(), form.get("reason") or REASONS[match[0]])


def _plain(match, form, floor, last):
    """What says one value: 持平, 半数以上, 市县两级, 三分之一, 翻两番, 3:7; 第2, whose one bound is 前."""
    behind, start, ordinal = form.get("behind"), match.start(), match[0][0] in "第前"
    # 全国第7、首位度: the word belongs to the number before; ranks in a row share theirs (排名第2、第3).
    first = max(0 if ordinal else floor, start - 20)
    if behind and not AROUND[behind].search(match.string, first, start):
        return None
    number = Decimal(form["value"]) if "value" in form else _reckoned(match)
    if number is None:
        return None if ordinal else Exclusion(*match.span())
    found = Found(*match.span(), number, number, "exact", form["unit"], form["family"])
    if bound := match.groupdict().get("bound"):  # 翻了近两番, 前三
        found.bounded(BOUNDS[bound])
    return found if ordinal else with_bounds(found, match, floor)


def _reckoned(match):
    """The value that the groups of a match say, None if none: parts as percent, 翻番 is +100 %."""
    said = {name: value(text or "一") for name, text in match.groupdict().items() if name != "bound"}
    if None in said.values():
        return None
    match said:
        case {"above": above, "below": below}:
            return above * 100 / below if above < below else None
        case {"one": one, "other": other}:
            return one / other if other else None
        case {"folds": folds}:
            return Decimal(2 ** int(folds) * 100 - 100) if folds <= 30 else None
        case {"num": number} | {"above": number}:
            return number


BOOK.forms["word"]["begins"] = " ".join(REASONS)
