"""Kinds: what sort of statement an amount makes (level growth share difference_pp rank count threshold target), by the words around it."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from chipnotes.files import read_data
from chipnotes.rules.number import OPEN, sided
from chipnotes.rules.numerals import either
from chipnotes.rules.reasons import LIST, decide

# A bound that does not touch its number: 约占全国25%, 不低于每平方公里80亿元, 超过全省的30%.
_APART = re.compile(
    r"(不低于|不少于|不超过|不高于|超过|高于|低于|不足|不到|接近|约为|约占|占到?近)(?:了|到)?[^,，。;；\n\d]{1,14}的(?:比例|比重)?(?:为|是)?\Z"
    r"|(不低于|不少于|不超过|不高于|约占|占到?近)[^,，。;；\n\d]{1,10}\Z"
)
_APART_BOUNDS = dict(
    不低于="at_least", 不少于="at_least", 不超过="at_most", 不高于="at_most", 超过="above", 高于="above",
    约占="about", 约为="about", 低于="below", 不足="below", 不到="below", 接近="below", 占近="below", 占到近="below",
)  # fmt: skip
# A word of an extreme, with a verb between: 最高可获2000万元, 最少须有3家.
_EXTREME = re.compile(
    r"(?<![日史周])(?:(最高|最多|最长|至多)|最低|最少|至少)"
    r"(?:可|应|须|需|要|能|获|得|有|享|补贴|奖励|给予|支持|资助|补助|达|为)*[^\w]?\Z"
)
_REACHED = re.compile("(?:之?内)?(?:可达|直达|通达|互达|到达|送达|抵达)")  # 2小时可达: within 2 hours
_GROWTH = re.compile(r"(?:增速|增幅|涨幅|增长率|(?P<down>降幅|跌幅|减幅))[^,，。;；到至]{0,6}\Z")  # 增速为5%
_BETWEEN = r"(?:了|率|幅度|平均|约)?[ ]?\Z"  # between a verb and its number: 增长了约20%
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")  # 111.7万辆 is an output, 3辆 a count
_TRADED = re.compile("产量|生产|销量|出口|进口|年产|产能|出货量|产销|下线")
_ITEMS = re.compile(r"(?:条件|满足|符合|资格|要求)[^,，。;；:：\n]{0,6}[:：]")  # 申报条件:
_CONDITIONS = re.compile(
    r"(?:条件|要求|资格|符合)[^\n:]{0,12}:(?:\n[ ]*\(?(?:\d|[一二三四五六七八九十]{1,3})[)、.][^\n]*)+"
)
# A word of a goal that sets none: 争取到专项债券, 目标客户, 完成目标.
_NO_GOAL = re.compile(
    r"争取(?:到|了)?[^,，。;；\n]{0,8}(?:资金|国债|债券|补助|贷款|专项)"
    r"|[^,，。;；\n]{2,4}?(?:客户|用户|市场|人群|还差|瞄准|价|高出|高于|低于|超出|相差)"
)
_GOAL_MET = re.compile(r"(?:完成|达成|兑现|超过|好于|高于|超额|距离?)[^,，。;；\n]{0,8}\Z")
# 到2027年, 到今年底, 2025年底前, 到“十四五”末, 2027年; not 截至2024年, 2015年到2020年, 2024年前三季度.
_GOAL_YEAR = re.compile(
    r"(?=[到至2“十明今年本下\d])(?P<by>(?<![截年月日])[到至])?"
    r"(?:(?P<year>20\d\d)年|“?十[三四五六]五”?末|明年|今年(?=[底末\d])|年(?=[底末])|[本下]月(?=[底末前])|(?=\d{1,2}月[底末]?前))"
    r"(?P<month>\d{1,2}(?=月))?(?P<before>[月底末中]{0,2}之?前(?![\d一二两三四往后半]))?(?!\d{0,2}月\d{1,2}日)"
)
_HEADING = re.compile(r"(?<=\n)(?:[一二三四五六七八九十]+、)?(?P<sub>[(（\d])?[^\n。!?！？;；]{2,30}(?=\n)")
_TASKS = re.compile(
    "(?:重点|主要|目标|工作)任务|(?:主要|发展|预期|工作|总体|年度)目标|工作(?:安排|打算|重点)|重点工作|下一步"
)
_DONE = re.compile("已|累计|目前|现有|拥有|去年|上年")
_ENDS = re.compile(r"[,，。;；、!?\n)”]|\Z|左右|以上|以内|以下")


@lru_cache(maxsize=1)
def cues():
    """The classes of quantity_cues.tsv as expressions; of some classes, what stands right before a number."""
    found = {}
    for name, some in read_data("quantity_cues.tsv").groupby("class").word:
        right = _BETWEEN if name in ("up", "down", "points_down", "newly") else ""
        found[name] = re.compile(f"(?:{either((word, '', '') for word in some)}){right}")
    return found


class Page(NamedTuple):
    """What the rules of kinds look up in a text, found once."""

    text: str
    taken: list  # spans of dates
    published: object  # datetime.date or None
    sentences: list  # where marks stand that part sentences
    clauses: list
    years: list  # matches of _GOAL_YEAR
    goals: list  # of words that set a goal
    headings: list  # (place, do tasks or goals stand below it?)
    items: list  # where the items of a list of conditions begin and end, by turns

    def begins(self, marks, place, reach):
        """Where the part begins that holds a place: after the last mark before it, at most `reach` characters back."""
        at = bisect_left(marks, place)
        return max(marks[at - 1] + 1 if at else 0, place - reach, 0)


def _page(text, taken, published):
    clauses = [mark.start() for mark in re.finditer("[\n。!?！？,，;；:：]", text)]
    headings = [(m.start(), bool(_TASKS.search(m[0])), m["sub"]) for m in _HEADING.finditer(text)]
    return Page(
        text, taken, published, [at for at in clauses if text[at] in "\n。!?！？"], clauses,
        list(_GOAL_YEAR.finditer(text)), list(cues()["goal"].finditer(text)),
        [(at, sets) for at, sets, sub in headings if sets or not sub],
        [at for match in _CONDITIONS.finditer(text) for at in match.span()],
    )  # fmt: skip


# ------------------------------------------------------------ goals


def _between(matches, first, last):
    return matches[
        bisect_left(matches, first, key=re.Match.start) : bisect_left(matches, last, key=re.Match.start)
    ]


def _names_goal(page, first, last):
    """How a goal is set between two places: by its 'year' or 'named' by a word; or ''."""
    text, today = page.text, page.published
    for year in _between(page.years, first, last):
        planned = cues()["planned"].search(text, first, last)
        this = re.search("今|(?<!明)年(?=[底末])|月", year[0]) and not year["year"]  # 到今年底, 9月底前
        until = (int(year["year"] or (today.year if this and today else 9999)), int(year["month"] or 12))
        if until > (today.year, today.month) if today else not this:
            if year["by"] or year["before"] and not planned:
                return "year"
            if today and 9999 > until[0] > today.year and not year["month"] and not planned:
                return "named"
    for goal in _between(page.goals, first, last):
        met = _GOAL_MET.search(text, max(0, goal.start() - 12), goal.start())
        # A time with a plan of its own ends a goal: 四季度将启动.
        dates = page.taken[bisect_left(page.taken, (goal.start(),)) : bisect_left(page.taken, (last,))]
        anew = any(text.startswith(("将", "拟", "计划"), end) for _, end in dates)
        if not (met or anew or _NO_GOAL.match(text, goal.start())):
            return "named"
    return ""


def _goal(page, first, begin, start):
    """How a goal is set for a place: 'year' or 'named' in its sentence or the one before, 'tasks' by a heading, or ''."""
    text, cue = page.text, cues()
    if cue["forecast"].search(text, max(first, start - 40), start):
        return ""
    if goal := _names_goal(page, first, start):
        return goal
    at = bisect_left(page.headings, (start, False)) - 1
    if at >= 0 and page.headings[at][1] and not _DONE.search(text, begin, start):
        return "tasks"
    # A goal goes on in the next sentence of its paragraph, if that has no date and nothing done of its own.
    dated = bisect_left(page.taken, (first,)) < bisect_left(page.taken, (start,))
    if dated or text[first - 1 : first] in ("", "\n"):
        return ""
    if not _names_goal(page, page.begins(page.sentences, first - 1, 200), first):
        return ""
    if text.startswith("其中", first):
        return "year"
    done = cue["realised"].search(text, begin, start) or not cue["achieve"].search(text, begin, start)
    return "" if done else "named"


# ------------------------------------------------------------ kinds


def _fallen(amount):
    """A fall: the value below zero; the bound stays what its word says of the size of the fall (下降逾两成: above, -20)."""
    low, high = (None if side is None else -side for side in (amount.low, amount.high))
    return amount._replace(low=low, high=high) if None in (low, high) else amount._replace(low=high, high=low)


def _plain(amount, clause, after):
    """An amount with its kind by its unit and the verb right before it, with the sign of a fall."""
    cue, family = cues(), amount.family
    if family in ("growth", "rank"):
        return amount._replace(kind=family)
    if family == "points":
        shrinks = cue["points_down"].search(clause[-12:]) or re.search(
            r"(?:低于|慢于|落后于?)[^,，。;；\n]{1,12}\Z", clause
        )
        fall = re.search("降幅|跌幅|减幅", clause)
        delimits = amount.tail and re.match("的(?:[,，、]|企业|项目|单位|机构|团队|人才)", after)
        falls = bool(shrinks) != bool(fall) and (shrinks or "扩大" in clause) and not delimits
        return (_fallen(amount) if falls else amount)._replace(kind="difference_pp")
    if family in ("percent", "times"):
        named = _GROWTH.search(clause[-14:]) if family == "percent" else None
        falls = cue["down"].search(clause[-12:]) or named and named["down"]
        if not falls and not named and not cue["up"].search(clause[-12:]):
            return amount._replace(kind="share" if family == "percent" else "level")
        if family == "times":
            low, high = (None if side is None else side * 100 for side in (amount.low, amount.high))
            amount = amount._replace(unit="%", family="percent", low=low, high=high)
        return (_fallen(amount) if falls else amount)._replace(kind="growth")
    large = amount.unit in _MADE and max(side or 0 for side in (amount.low, amount.high)) >= 10_000
    made = large or _TRADED.search(clause) and "项目" not in clause
    return amount._replace(kind="count" if family in ("count", "noun") and not made else "level")


def _apart(amount, clause, after):
    """An amount with the bound of a word that does not touch it."""
    if amount.bound != "exact" or amount.kind not in ("level", "share", "count"):
        return amount
    if amount.family == "time" and _REACHED.match(after) and not clause.endswith(("最快", "最短")):
        return sided(amount, "at_most")
    if amount.kind != "count" and (far := _APART.search(clause[-28:])):
        word = far[1] or far[2]
        return sided(amount, _APART_BOUNDS[word])._replace(word=word)
    extreme = _EXTREME.search(clause[-16:])
    return sided(amount, "at_most" if extreme[1] else "at_least") if extreme else amount


def _decided(page, amount, first, begin, start):
    """An amount as a threshold or a target, where the table of kinds says so."""
    text, cue, goal = page.text, cues(), _goal(page, first, begin, start)
    clause, after = text[begin:start], text[amount.end : amount.end + 80]
    near = max(first, start - 110)
    holds = {
        "measure": amount.kind not in ("rank", "difference_pp") and amount.unit not in ("章", "条"),
        "dozen": amount.unit == "大",
        "open": amount.bound in OPEN,
        "bounded": amount.bound != "exact",
        "award": cue["award"].search(clause),
        "award_after": "对" in clause and cue["award"].search(re.match(r"[^。;；\n]*", after)[0]),
    }
    if goal:
        holds["achieve"] = cue["achieve"].search(clause)
        holds["aim"] = goal == "named" and cue["aim"].search(text, first, start)
        holds["newly"] = cue["newly"].search(clause[-9:])
        holds["ends"] = _ENDS.match(after)
    else:
        holds["eligible"] = bisect_left(page.items, start + 1) % 2 or cue["eligible"].search(
            text, near, start
        )
        holds["items"] = holds["eligible"] and _ITEMS.search(text, near, start)
        holds["quoted"] = holds["eligible"] and text.count("“", first, start) > text.count("”", first, start)
    marks = {mark for mark in holds if holds[mark]} | {
        amount.kind,
        "digits" if amount.arabic else "characters",
    }
    marks |= {"goal", goal} if goal else set()
    cells = {"family": amount.family, "word": amount.word, "tail": amount.tail, "before": clause}
    kind = decide("amount_kinds.tsv", marks, after=after, **cells)
    if kind == "threshold":
        return (sided(amount, "at_least") if amount.bound == "exact" else amount)._replace(kind=kind)
    if kind == "target":
        return amount._replace(kind=kind, bound="target" if amount.bound == "exact" else amount.bound)
    return amount


def classify(text, taken, found, published=None):
    """The amounts of a text with kind and sign, and the bounds and units that words further off give them."""
    found, heads = _shared(text, found)
    page = _page(text, taken, published)
    for i, (amount, start) in enumerate(zip(found, heads, strict=True)):
        first, begin = page.begins(page.sentences, start, 200), page.begins(page.clauses, start, 60)
        clause, after = text[begin:start], text[amount.end : amount.end + 9]
        amount = _apart(_plain(amount, clause, after), clause, after)
        amount = _decided(page, amount, first, begin, start)
        if (
            not amount.unit
            and amount.scaled
            and amount.kind in ("level", "target")
            and amount.bound != "about"
        ):
            measures = cues()["measure"].findall(clause)
            amount = (
                amount._replace(unit="元") if measures and cues()["money"].fullmatch(measures[-1]) else amount
            )
        found[i] = amount
    return _boxes(text, found, heads)


# ------------------------------------------------------------ lists and boxes


def _shared(text, found):
    """The amounts, members of a list sharing unit, scale and bound as a reader shares them; and where the list of each begins.

    22.7%、15.0%和10.0%; 3.1个和1.8个百分点; 突破1亿元、5亿元.
    """
    found, heads = list(found), [amount.start for amount in found]
    for i in range(1, len(found)):
        between = text[found[i - 1].end : found[i].start]
        if (
            LIST.fullmatch(between)
            or between in (",", "，")
            and "分别" in text[max(0, heads[i - 1] - 8) : heads[i - 1]]
        ):
            heads[i] = heads[i - 1]
    for i in range(len(found) - 2, -1, -1):
        amount, after = found[i], found[i + 1]
        if heads[i] != heads[i + 1] or amount.unit and not (amount.unit == "个" and after.family == "points"):
            continue
        found[i] = amount = amount._replace(unit=after.unit, family=after.family)
        if not amount.scaled and after.factor > 1 and amount.bound != "range":
            low, high = (None if side is None else side * after.factor for side in (amount.low, amount.high))
            found[i] = amount._replace(low=low, high=high, scaled=True, factor=after.factor)
    for i in range(1, len(found)):
        before, amount = found[i - 1], found[i]
        if heads[i] == heads[i - 1] and amount.unit == before.unit and amount.bound == "exact":
            if before.word and not before.tail and before.bound in OPEN:
                found[i] = sided(amount, before.bound)._replace(word=before.word)
    return found, heads


def _boxes(text, found, heads):
    """A number alone in its line (a number box) takes kind and unit from the same number in the lines below it."""
    alone = [
        text[at - 1 : at] in ("", "\n") and text[amount.end : amount.end + 1] in ("", "\n")
        for amount, at in zip(found, heads, strict=True)
    ]
    for i in (i for i, box in enumerate(alone) if box):
        box, digits = found[i], re.sub(r"[^\d.]", "", text[found[i].start : found[i].end])
        same = re.compile(rf"(?<![\d.]){re.escape(digits)}(?![\d.])" if digits else r"(?!)")
        for j in range(i + 1, min(i + 6, len(found))):
            other = found[j]
            if (
                alone[j]
                or text.count("\n", box.end, other.start) > 2
                or not same.search(text, other.start, other.end)
            ):
                continue
            found[i] = box._replace(unit=other.unit, kind=other.kind)
            if other.kind == "growth" and other.low is not None and other.bound == "exact":
                found[i] = found[i]._replace(low=other.low, high=other.high)
            break
    return found
