"""Kinds: what sort of statement an amount makes, by the words around it and further off."""

import re
from bisect import bisect_left

from chipnotes.rules.number import AROUND, BOOK, BOUNDS
from chipnotes.rules.patterns import decide

# Up to the last mark that parts one from the next; nothing if there is none.
_SENTENCE, _CLAUSE = (re.compile(f"(?s:.*)[\n。!?！？{more}]|") for more in ("", ",，;；:："))
# Words that tell of a goal, and times that set one.
_SIGNS = ("goal", "planned", "forecast", "achieve", "eligible", "award", "aim", "goal_year")
# 111.7万辆 is an output, 3辆 a count
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")


def _between(places, first, last):
    """Those of some tuples in order that begin between two places."""
    return places[bisect_left(places, (first,)) : bisect_left(places, (last,))]


def classify(text, taken, found, published=None):
    """The amounts of a text with kind and sign, and the bounds and units that words further off give them."""
    heads = _share(text, found)
    # Not known: any year is to come, no month is.
    today = (published.year, published.month) if published else (0, 99)
    signs = [(match.start(), sign, match) for sign in _SIGNS for match in AROUND[sign].finditer(text)]
    signs = sorted([*signs, *((start, "date", end) for start, end in taken)])
    for amount, start in zip(found, heads, strict=True):
        first = _SENTENCE.match(text, max(0, start - 200), start).end()
        begin = _CLAUSE.match(text, max(0, start - 60), start).end()
        clause, after = text[begin:start], text[amount.end : amount.end + 80]
        _by_unit(amount, clause, after)
        if amount.bound == "exact":
            _far_bound(amount, clause, after)
        _threshold_or_target(amount, text, today, signs, first, begin, start)
        # 产值3227亿: the last word that measures decides
        for measure in AROUND["measure"].finditer(clause) if amount.scaled and not amount.unit else ():
            amount.unit = "元" if measure["money"] else ""
    _fill_boxes(text, found, heads)
    return found


# ------------------------------------------------------------ one amount


def _by_unit(amount, clause, after):
    """The kind by the unit and the verb right before it, with the sign of a fall."""
    family, near = amount.family, clause[-14:]
    if family in ("growth", "rank"):
        amount.kind = family
    elif family == "points":
        amount.kind = "difference_pp"
        shrinks, fall = AROUND["points_down"].search(clause), AROUND["falling"].search(clause)
        falls = bool(shrinks) != bool(fall) and (shrinks or "扩大" in clause)  # 降幅收窄 is a rise
        if falls and not AROUND["delimits"].match(after):
            amount.times(-1)
    elif family in ("percent", "times"):
        named = AROUND["rate_named"].search(near)
        falls = AROUND["down"].search(near) or named and named["down"]
        if not falls and not named and not AROUND["up"].search(near):
            amount.kind = "share" if family == "percent" else "level"
            return
        if family == "times":
            amount.unit, amount.family = "%", "percent"
            amount.times(100)
        amount.kind = "growth"
        if falls:  # the bound stays what its word says of the size of the fall: 下降逾两成 is above, -20
            amount.times(-1)
    else:
        large = amount.unit in _MADE and max(amount.low or 0, amount.high or 0) >= 10_000
        made = large or ("项目" not in clause and AROUND["traded"].search(clause))
        amount.kind = "count" if family in ("count", "noun") and not made else "level"


def _far_bound(amount, clause, after):
    """The bound of a word that does not touch the amount."""
    near = clause[-28:]
    if amount.family == "time" and AROUND["reached"].match(after) and not clause.endswith(("最快", "最短")):
        amount.bounded("at_most")
    elif found := AROUND["apart"].search(near) or AROUND["extreme"].search(near):
        amount.word = found["word"]
        amount.bounded(BOUNDS[amount.word])


def _set_goal(text, today, signs):
    """How a goal is set by the signs of a sentence: by its 'year' or 'named' by a word; or ''."""
    cues = {sign: place for place, sign, _ in signs}  # where the last of each begins
    for when in (match for _, sign, match in signs if sign == "goal_year"):
        year = int(when["year"] or (today[0] if when["this"] else 9999))
        if (year, int(when["month"] or 12)) <= today:
            continue
        if when["by"] or when["before"] and "planned" not in cues:
            return "year"
        if today[0] and today[0] < year < 9999 and "planned" not in cues:
            return "named"
    # A time with a plan of its own ends a goal: 四季度将启动.
    ended = (end for place, sign, end in signs if sign == "date" and place >= cues.get("goal", 0))
    if "goal" not in cues or any(text.startswith(("将", "拟", "计划"), end) for end in ended):
        return ""
    return "named"


def _goal(text, today, signs, first, begin, start):
    """How a goal is set for a place: 'year' or 'named' in its sentence or the one before it; or ''."""
    here = _between(signs, first, start)
    cues = {sign: place for place, sign, _ in here}
    if "forecast" in cues:
        return ""
    if goal := _set_goal(text, today, here):
        return goal
    # A goal goes on in the next sentence of its paragraph, if that has no date of its own.
    goes_on = text.startswith("其中", first) or cues.get("achieve", -1) >= begin
    if "date" in cues or text[first - 1 : first] in ("", "\n") or not goes_on:
        return ""
    before = _SENTENCE.match(text, max(0, first - 201), first - 1).end()
    return _set_goal(text, today, _between(signs, before, first))


def _threshold_or_target(amount, text, today, signs, first, begin, start):
    """An amount becomes a threshold or a target where the table of kinds says so."""
    clause, goal = text[begin:start], _goal(text, today, signs, first, begin, start)
    marks = {amount.kind, amount.bound, amount.unit, "digits" if amount.arabic else "characters", goal}
    in_sentence = _between(signs, first, start)
    marks |= {sign for place, sign, _ in in_sentence if place >= begin or sign in ("aim", "eligible")}
    cells, after = (amount.family, amount.word, amount.tail), text[amount.end : amount.end + 80]
    kind = decide(BOOK, "amount_kinds.tsv", frozenset(marks), cells, clause, after)
    if kind in ("threshold", "target"):
        amount.kind = kind
        amount.bounded("at_least" if kind == "threshold" else "target")


# ------------------------------------------------------------ lists and boxes


def _share(text, found):
    """Lets members of a list share unit, scale and bound; returns where the list of each amount begins.

    22.7%、15.0%和10.0%; 3.1个和1.8个百分点; 突破1亿元、5亿元.
    """
    heads = [amount.start for amount in found]
    for i, (one, two) in enumerate(zip(found, found[1:]), 1):
        between = text[one.end : two.start]
        respective = between in (",", "，") and "分别" in text[max(0, heads[i - 1] - 8) : heads[i - 1]]
        if respective or AROUND["list"].fullmatch(between):
            heads[i] = heads[i - 1]
    pairs = [(found[i - 1], found[i]) for i in range(1, len(found)) if heads[i] == heads[i - 1]]
    for one, two in reversed(pairs):
        if not one.unit or one.unit == "个" and two.family == "points":
            one.unit, one.family = two.unit, two.family
            if not one.scaled:
                one.times(two.factor)
                one.scaled, one.factor = two.scaled, two.factor
    for one, two in pairs:
        if one.word and one.bound != "range" and (two.unit, two.bound) == (one.unit, "exact"):
            two.bounded(one.bound)
            two.word = one.word
    return heads


def _fill_boxes(text, found, heads):
    """A number alone in its line (a number box) takes kind and unit from the same number in lines below."""

    def digits(amount):
        return re.sub(r"[^\d.]", "", text[amount.start : amount.end])

    for i, (box, at) in enumerate(zip(found, heads), 1):
        if text[at - 1 : at] in ("", "\n") and text[box.end : box.end + 1] in ("", "\n"):
            below = (one for one in found[i : i + 5] if text.count("\n", box.end, one.start) <= 2)
            same = next((one for one in below if digits(one) == digits(box) != ""), box)
            box.unit, box.kind = same.unit, same.kind
            if same.kind == "growth" and same.bound == "exact":
                box.low, box.high = same.low, same.high
