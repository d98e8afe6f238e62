"""Kinds: what sort of statement an amount makes, by the words around it and further off."""

import re
from bisect import bisect_left
from typing import NamedTuple

from chipnotes.rules.number import AROUND, BOUNDS, OPEN
from chipnotes.rules.patterns import decide

# 111.7万辆 is an output, 3辆 a count
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")


class Page(NamedTuple):
    """What the rules of kinds look up in a text, found once."""

    text: str
    taken: list  # spans of dates
    today: tuple  # year and month of publication; (0, 99) if not known: any year is to come, no month is
    clauses: list  # where marks stand that part clauses
    sentences: list
    years: list  # matches of goal_year
    goals: list  # of words that set a goal

    def begins(self, marks, place, reach):
        """Where the part begins that holds a place: after the last mark before it, at most `reach` back."""
        at = bisect_left(marks, place)
        return max(marks[at - 1] + 1 if at else 0, place - reach, 0)


def _page(text, taken, published):
    clauses = [mark.start() for mark in re.finditer("[\n。!?！？,，;；:：]", text)]
    sentences = [at for at in clauses if text[at] in "\n。!?！？"]
    today = (published.year, published.month) if published else (0, 99)
    years, goals = (list(AROUND[name].finditer(text)) for name in ("goal_year", "goal"))
    return Page(text, taken, today, clauses, sentences, years, goals)


def classify(text, taken, found, published=None):
    """The amounts of a text with kind and sign, and the bounds and units that words further off give them."""
    heads = _share(text, found)
    page = _page(text, taken, published)
    for amount, start in zip(found, heads, strict=True):
        first, begin = page.begins(page.sentences, start, 200), page.begins(page.clauses, start, 60)
        clause, after = text[begin:start], text[amount.end : amount.end + 80]
        _by_unit(amount, clause, after)
        _far_bound(amount, clause, after)
        _threshold_or_target(amount, page, first, begin, start, after)
        if (
            not amount.unit
            and amount.scaled
            and amount.kind in ("level", "target")
            and amount.bound != "about"
        ):
            *_, measure = [None, *AROUND["measure"].finditer(clause)]
            amount.unit = "元" if measure and measure["money"] else ""
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
        if falls and not (amount.tail and AROUND["delimits"].match(after)):
            amount.times(-1)
    elif family in ("percent", "times"):
        named = AROUND["rate_named"].search(near) if family == "percent" else None
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
    if amount.bound != "exact" or amount.kind not in ("level", "share", "count"):
        return
    if amount.family == "time" and AROUND["reached"].match(after) and not clause.endswith(("最快", "最短")):
        amount.bounded("at_most")
        return
    apart = amount.kind != "count" and AROUND["apart"].search(clause[-28:])
    extreme = AROUND["extreme"].search(clause[-16:])
    if apart or extreme:
        amount.word = (apart or extreme)["word"]
        amount.bounded(BOUNDS[amount.word, "before"])


def _between(matches, first, last):
    start = re.Match.start
    return matches[bisect_left(matches, first, key=start) : bisect_left(matches, last, key=start)]


def _set_goal(page, first, last):
    """How a goal is set between two places: by its 'year' or 'named' by a word; or ''."""
    planned = AROUND["planned"].search(page.text, first, last)
    for when in _between(page.years, first, last):
        other = page.today[0] if when["this"] else 9999
        if (int(when["year"] or other), int(when["month"] or 12)) <= page.today:
            continue
        if when["by"] or when["before"] and not planned:
            return "year"
        if page.today[0] and int(when["year"] or 0) > page.today[0] and not when["month"] and not planned:
            return "named"
    for goal in _between(page.goals, first, last):
        # A time with a plan of its own ends a goal: 四季度将启动.
        dates = page.taken[bisect_left(page.taken, (goal.start(),)) : bisect_left(page.taken, (last,))]
        if not any(page.text.startswith(("将", "拟", "计划"), end) for _, end in dates):
            return "named"
    return ""


def _goal(page, first, begin, start):
    """How a goal is set for a place: 'year' or 'named' in its sentence or the one before it; or ''."""
    text = page.text
    if AROUND["forecast"].search(text, max(first, start - 40), start):
        return ""
    if goal := _set_goal(page, first, start):
        return goal
    # A goal goes on in the next sentence of its paragraph, if that has no date of its own.
    dated = bisect_left(page.taken, (first,)) < bisect_left(page.taken, (start,))
    if dated or text[first - 1 : first] in ("", "\n"):
        return ""
    among = text.startswith("其中", first)
    if not (among or AROUND["achieve"].search(text, begin, start)):
        return ""
    before = _set_goal(page, page.begins(page.sentences, first - 1, 200), first)
    return "year" if before and among else before and "named"


def _threshold_or_target(amount, page, first, begin, start, after):
    """An amount becomes a threshold or a target where the table of kinds says so."""
    text, goal = page.text, _goal(page, first, begin, start)
    clause = text[begin:start]
    holds = [
        ("measure", amount.kind not in ("rank", "difference_pp") and amount.unit not in ("章", "条")),
        ("dozen", amount.unit == "大"),
        ("open", amount.bound in OPEN),
        ("bounded", amount.bound != "exact"),
        ("award", AROUND["award"].search(clause)),
        ("award_after", "对" in clause and AROUND["award"].search(re.match(r"[^。;；\n]*", after)[0])),
    ]
    if goal:
        holds += [
            ("achieve", AROUND["achieve"].search(clause)),
            ("aim", goal == "named" and AROUND["aim"].search(text, first, start)),
            ("newly", AROUND["newly"].search(clause[-9:])),
            ("ends", AROUND["ends"].match(after)),
        ]
    else:
        holds += [
            ("eligible", AROUND["eligible"].search(text, max(first, start - 110), start)),
            ("quoted", text.count("“", first, start) > text.count("”", first, start)),
        ]
    marks = {amount.kind, "digits" if amount.arabic else "characters"} | {
        mark for mark, held in holds if held
    }
    marks |= {"goal", goal} if goal else set()
    cells = amount.family, amount.word, amount.tail
    kind = decide("amount_kinds.tsv", frozenset(marks), cells, clause, after)
    if kind in ("threshold", "target"):
        amount.kind = kind
        if amount.bound == "exact":
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
        if not one.unit or (one.unit == "个" and two.family == "points"):
            one.unit, one.family = two.unit, two.family
            if not one.scaled and two.factor > 1 and one.bound != "range":
                one.times(two.factor)
                one.scaled, one.factor = True, two.factor
    for one, two in pairs:
        if one.word and not one.tail and one.bound in OPEN and (two.unit, two.bound) == (one.unit, "exact"):
            two.bounded(one.bound)
            two.word = one.word
    return heads


def _fill_boxes(text, found, heads):
    """A number alone in its line (a number box) takes kind and unit from the same number in lines below."""
    alone = [
        text[at - 1 : at] in ("", "\n") and text[one.end : one.end + 1] in ("", "\n")
        for one, at in zip(found, heads, strict=True)
    ]
    for i in (i for i, box in enumerate(alone) if box):
        box, digits = found[i], re.sub(r"[^\d.]", "", text[found[i].start : found[i].end])
        same = re.compile(rf"(?<![\d.]){re.escape(digits)}(?![\d.])" if digits else r"(?!)")
        for j in range(i + 1, min(i + 6, len(found))):
            other = found[j]
            if alone[j] or text.count("\n", box.end, other.start) > 2:
                continue
            if same.search(text, other.start, other.end):
                box.unit, box.kind = other.unit, other.kind
                if other.kind == "growth" and other.low is not None and other.bound == "exact":
                    box.low, box.high = other.low, other.high
                break
