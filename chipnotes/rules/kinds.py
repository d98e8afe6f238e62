"""Kinds: what sort of statement an amount makes (level growth share difference_pp rank count threshold target), by the words around it."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Any, NamedTuple

from chipnotes.files import read_data
from chipnotes.rules.numerals import either
from chipnotes.rules.reasons import LIST

_LINE, _SENTENCE, _CLAUSE = "\n", "\n。!?！？", "\n。!?！？,，;；:："
_OPEN = ("above", "at_least", "below", "at_most")
# Bounds that do not touch the number: 约占全国25%, 不低于每平方公里80亿元, 超过全省的30%.
_APART = re.compile(
    r"(不低于|不少于|不超过|不高于|超过|高于|低于|不足|不到|接近|约为|约占|占到?近)(?:了|到)?[^,，。;；\n\d]{1,14}的(?:比例|比重)?(?:为|是)?\Z"
    r"|(不低于|不少于|不超过|不高于|约占|占到?近)[^,，。;；\n\d]{1,10}\Z"
)
_APART_BOUNDS = {
    "不低于": "at_least",
    "不少于": "at_least",
    "不超过": "at_most",
    "不高于": "at_most",
    "超过": "above",
}
_APART_BOUNDS |= {"高于": "above", "约占": "about", "约为": "about"}  # the others: below
# 最高可获2000万元, 最少须有3家: the word of an extreme, with a verb between.
_EXTREME = re.compile(
    r"(?<![日史周])(?:(最高|最多|最长|至多)|最低|最少|至少)"
    r"(?:可|应|须|需|要|能|获|得|有|享|补贴|奖励|给予|支持|资助|补助|达|为)*[^\w]?\Z"
)
_REACH = re.compile(
    "(?:之?内)?(?:可达|直达|通达|互达|到达|送达|抵达|[交生经][通活济]圈)"
)  # 2小时可达: within
_GROWTH = re.compile(r"(?:增速|增幅|涨幅|增长率|(?P<down>降幅|跌幅|减幅))[^,，。;；到至]{0,6}\Z")  # 增速为5%
_BETWEEN = "(?:了|率|幅度|平均|约)?[ ]?"
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")  # 111.7万辆 is an output, 3辆 a count
_TRADED = re.compile("产量|生产|销量|出口|进口|年产|产能|出货量|产销|下线")
_CONDITION = re.compile(
    r"(?<![面绝相])对(?![接应比外照策话])[^按,，。;；\n]*\Z"
)  # 对首次突破1亿元的企业,给予…
_DELIMITED = re.compile(r"的(?:[,，、]|企业|项目|单位|机构|团队|人才)")
_QUALIFIED = re.compile(r"的?[^\W\d_]")
_LISTED = re.compile(r"(?:条件|满足|符合|资格|要求)[^,，。;；:：\n]{0,6}[:：]")
_CONDITIONS = re.compile(
    r"(?:条件|要求|资格|符合)[^\n:]{0,12}:(?:\n[ ]*\(?(?:\d|[一二三四五六七八九十]{1,3})[)、.][^\n]*)+"
)
_FUNDS = r"(?:到|了)?[^,，。;；\n]{0,8}(?:资金|国债|债券|补助|贷款|专项)"  # 争取到专项债券: got, no goal
_NO_GOAL = "客户|用户|市场|人群|还差|瞄准|价|高出|高于|低于|超出|相差"
_GOAL_HERE = re.compile(
    rf"(?<!完成)目标(?!{_NO_GOAL})[^,，。;；]{{0,8}}\Z|(?:力争|争取(?!{_FUNDS})|确保)[^,，。;；]{{0,24}}\Z"
    r"|要[把将][^,，。;；]{0,16}[到至]\Z"
)
_GOAL_MET = re.compile(r"(?:完成|达成|兑现|超过|好于|高于|超额|距离?)[^,，。;；\n]{0,8}\Z")
# 到2027年, 2025年底前, 到“十四五”末; not 截至, not 2015年到2020年.
_GOAL_YEAR = re.compile(
    r"(?<![截年月])[到至](?:20\d\d年|“?十[三四五六]五)|20\d\d年[底末中]?(?:\d+月底?)?之?前"
)
_OF_GOAL = re.compile(r"(?:目标|任务|计划|预算)[^,，。;；\n]{0,4}的\Z")  # 完成目标任务的76.5%
_TASK_AFTER = re.compile(r"[^,，。;；、\n]{0,8}的[^,，。;；、\n的]{0,4}(?:任务|目标)")  # 比30亿元的募资目标高
_NEWLY = re.compile("(?:再添|新添|新增|增设|建成|新建|建设|培育|引进|打造|形成|创建|设立|布局)\\Z")
_DONE = re.compile("已|累计|目前|现有|拥有|去年|上年")
_HEADING = re.compile(
    r"(?<=\n)(?P<number>[一二三四五六七八九十]+、)?(?P<sub>[(（\d])?[^\n。!?！？;；]{2,30}(?=\n)"
)
_TASKS = re.compile(
    "(?:重点|主要|目标|工作)任务|(?:主要|发展|预期|工作|总体|年度)目标|工作(?:安排|打算|重点)|重点工作|下一步"
)
_CLAUSE_ENDS = re.compile(r"[,，。;；、!?\n)”]|\Z|左右|以上|以内|以下")


@lru_cache(maxsize=1)
def cues():
    """The classes of quantity_cues.tsv as expressions; of `up`, `down`, `points_down` what stands right before a number."""
    classes = {}
    for name, word in read_data("quantity_cues.tsv").itertuples(index=False):
        classes.setdefault(name, []).append((word, "", ""))
    found = {name: re.compile(either(some)) for name, some in classes.items()}
    right = {
        name: re.compile(f"(?:{either(classes[name])}){_BETWEEN}\\Z")
        for name in ("up", "down", "points_down")
    }
    return found | right


class Page(NamedTuple):
    """A text as the tests of kinds see it."""

    text: str
    taken: list  # spans of dates, in order
    conditions: list  # where the items of a list of conditions begin and end, by turns
    headings: list  # (place, do tasks or goals stand below it?)


class Place(NamedTuple):
    """An amount in its text."""

    page: Page
    amount: Any
    first: int  # where its sentence begins, at most 200 characters back
    begin: int  # where its clause begins, at most 60 characters back
    start: int  # where it begins, or the list of which it is a member
    stop: int  # where its sentence ends, at most 80 characters on
    clause: str  # of its clause what stands before it
    goal: str  # how a goal is set for it: named, year, tasks, or ""

    def stands(self, name, first, last):
        return cues()[name].search(self.page.text, first, last)

    def ahead(self, pattern):
        return pattern.match(self.page.text, self.amount.end)


def _after_last(marks, text, place, reach):
    """The place after the last of some marks before a place, at most `reach` characters back."""
    least = max(0, place - reach)
    return max([least, *(text.rfind(mark, least, place) + 1 for mark in marks)])


# ------------------------------------------------------------ goals


def _goal_named(page, first, last):
    """The end of a word that sets a goal between two places: 力争, 目标; or -1. None if it is met, or a plan of its own follows."""
    text = page.text
    for goal in cues()["goal"].finditer(text, first, last):
        got = re.compile(f"争取{_FUNDS}").match(text, goal.start())
        met = _GOAL_MET.search(text, max(0, goal.start() - 12), goal.start())
        if got or met or re.compile(_NO_GOAL).match(text, goal.end()):
            continue
        dates = page.taken[bisect_left(page.taken, (goal.start(),)) : bisect_left(page.taken, (last,))]
        if not any(text.startswith(("将", "拟", "计划"), date[1]) for date in dates):
            return True
    return False


def _goal(page, amount, first, begin, start):
    """How a goal is set for a place: 'named' or by 'year' in its sentence or the one before, by 'tasks' of a heading, or ''."""
    text, cue = page.text, cues()
    if cue["forecast"].search(text, max(first, start - 40), start):
        return ""
    year = _GOAL_YEAR.search(text, first, start)
    if year and not (year[0][-1] == "前" and cue["planned"].search(text, first, start)):
        return "year"
    if _goal_named(page, first, start):
        return "named"
    heading = bisect_left(page.headings, (start, False)) - 1
    if heading >= 0 and page.headings[heading][1] and not _DONE.search(text, begin, start):
        return "tasks"
    if first < 2 or text[first - 1] == "\n":
        return ""
    before = _after_last(_SENTENCE, text, first - 1, 200)
    dated = bisect_left(page.taken, (first,)) < bisect_left(page.taken, (start,))
    if dated or not (_GOAL_YEAR.search(text, before, first) or _goal_named(page, before, first)):
        return ""
    if text.startswith("其中", first):
        return "year"
    return (
        "named"
        if cue["achieve"].search(text, begin, start) and not cue["realised"].search(text, begin, start)
        else ""
    )


# ------------------------------------------------------------ kinds


def _fallen(amount):
    """A fall: the value below zero; the bound stays what its word says of the size of the fall (下降逾两成: above, -20)."""
    low, high = (None if side is None else -side for side in (amount.low, amount.high))
    return (
        amount._replace(low=high, high=low)
        if None not in (low, high)
        else amount._replace(low=low, high=high)
    )


def _plain(place):
    """The amount with its kind by its unit and the verb right before it, with the sign of a fall."""
    amount, clause, cue = place.amount, place.clause, cues()
    if amount.family in ("growth", "rank"):
        return amount._replace(kind=amount.family)
    if amount.family == "points":
        shrinks = cue["points_down"].search(clause) or re.search(
            r"(?:低于|慢于|落后于?)[^,，。;；\n]{1,12}\Z", clause
        )
        fall = re.search("降幅|跌幅|减幅", clause)
        delimits = amount.tail and place.ahead(_DELIMITED)
        falls = bool(shrinks) != bool(fall) and (shrinks or "扩大" in clause) and not delimits
        return (_fallen(amount) if falls else amount)._replace(kind="difference_pp")
    if amount.family in ("percent", "times"):
        named = _GROWTH.search(clause[-14:]) if amount.family == "percent" else None
        falls = cue["down"].search(clause)
        if not falls and not named and not cue["up"].search(clause):
            return amount._replace(kind="share" if amount.family == "percent" else "level")
        if amount.family == "times":
            low, high = (None if side is None else side * 100 for side in (amount.low, amount.high))
            amount = amount._replace(unit="%", family="percent", low=low, high=high)
        falls = falls or named and named["down"]
        return (_fallen(amount) if falls else amount)._replace(kind="growth")
    counted = amount.family in ("count", "noun")
    made = amount.scaled and amount.unit in _MADE or _TRADED.search(clause) and "项目" not in clause
    return amount._replace(kind="count" if counted and not made else "level")


def _apart(place, sided):
    """The amount with a bound that does not touch it."""
    amount, clause = place.amount, place.clause
    if amount.bound != "exact" or amount.kind not in ("level", "share", "count"):
        return amount
    if amount.family == "time" and place.ahead(_REACH):
        return sided(amount, "at_most")
    far = _APART.search(clause) if amount.kind != "count" else None
    if far:
        word = far[1] or far[2]
        return sided(amount, _APART_BOUNDS.get(word, "below"))._replace(word=word)
    extreme = _EXTREME.search(clause)
    return sided(amount, "at_most" if extreme[1] else "at_least") if extreme else amount


def _is_threshold(place):
    amount, page, start = place.amount, place.page, place.start
    reached = amount.word in ("达", "达到")
    if amount.kind in ("rank", "difference_pp") or amount.unit in ("章", "条"):
        return False
    if amount.word == "满" and amount.family == "time":  # 设立满1年
        return True
    awarded = place.stands("award", place.begin, start)
    if not awarded and amount.kind != "growth" and _CONDITION.search(place.clause):
        if place.stands("award", amount.end, place.stop):
            return True
    if (amount.bound != "exact" or reached) and place.ahead(_DELIMITED):  # 5亿元以上的项目
        return True
    classes = amount.tail in ("以上", "以下", "及以上", "及以下")
    if classes and amount.family in ("money", "time", "physical", "score") and place.ahead(_QUALIFIED):
        return True
    if awarded or amount.kind == "growth" and not reached:
        return False
    listed = bisect_left(page.conditions, start + 1) % 2 == 1
    if not place.goal and (listed or place.stands("eligible", max(place.first, start - 110), start)):
        if _LISTED.search(page.text, max(place.first, start - 110), start) and amount.arabic:
            return True
        if amount.bound in _OPEN and amount.word != "近" and amount.tail not in ("多", "余"):
            return True
        quoted = page.text.count("“", place.first, start) > page.text.count("”", place.first, start)
        if (
            reached or quoted or re.search(r"门槛(?!收益)|放宽[至到]\Z", place.clause)
        ) and amount.kind != "count":
            return True
    return amount.word in ("不低于", "不少于", "不超过", "不高于", "不短于") and not place.goal


def _is_target(place):
    amount, clause, goal = place.amount, place.clause, place.goal
    if place.ahead(_TASK_AFTER):
        return True
    if (
        amount.kind == "rank"
        or amount.unit == "大"
        or clause.endswith(("由", "从", "比", "较"))
        or _OF_GOAL.search(clause)
    ):
        return False
    ends, counted = place.ahead(_CLAUSE_ENDS), amount.kind == "count"
    if counted and not amount.arabic and not (goal and (_NEWLY.search(clause) or goal != "named" and ends)):
        return False
    if _GOAL_HERE.search(clause):
        return True
    if not goal:
        return False
    if goal == "year" and counted and amount.arabic or amount.kind == "growth" or goal != "named" and ends:
        return True
    if goal == "named" and place.stands("aim", place.first, place.start):
        return True
    reached = amount.word in ("突破", "超过", "超", "不低于", "不少于", "达", "达到", "可达") or place.ahead(
        _REACH
    )
    return bool(reached or place.stands("achieve", place.begin, place.start))


def _in_money(place):
    """Is a bare sum one of money: is the last word before it that says what is measured one of money?"""
    measures = list(cues()["measure"].finditer(place.clause))
    return bool(measures) and bool(cues()["money"].fullmatch(measures[-1][0]))


def classify(text, taken, found, sided):
    """The amounts of a text with kind, sign and the bounds and units that words further off give them."""
    found, heads = _shared(text, found, sided)
    headings = [
        (m.start(), bool(_TASKS.search(m[0])))
        for m in _HEADING.finditer(text)
        if not m["sub"] or _TASKS.search(m[0])
    ]
    page = Page(text, taken, [at for m in _CONDITIONS.finditer(text) for at in m.span()], headings)
    done, alone = [], []
    for amount, start in zip(found, heads, strict=True):
        first, begin = _after_last(_SENTENCE, text, start, 200), _after_last(_CLAUSE, text, start, 60)
        stop = re.compile(r"[^。;；\n]{0,80}").match(text, amount.end).end()
        place = Place(
            page,
            amount,
            first,
            begin,
            start,
            stop,
            text[begin:start],
            _goal(page, amount, first, begin, start),
        )
        place = place._replace(amount=_plain(place))
        amount = _apart(place, sided)
        place = place._replace(amount=amount)
        if _is_threshold(place):
            amount = (sided(amount, "at_least") if amount.bound == "exact" else amount)._replace(
                kind="threshold"
            )
        elif _is_target(place):
            amount = amount._replace(
                kind="target", bound="target" if amount.bound == "exact" else amount.bound
            )
        if (
            not amount.unit
            and amount.scaled
            and amount.kind in ("level", "target")
            and amount.bound != "about"
        ):
            amount = amount._replace(unit="元") if _in_money(place) else amount
        done.append(amount)
        alone.append(
            text[start - 1 : start] in ("", "\n") and text[amount.end : amount.end + 1] in ("", "\n")
        )
    return _boxes(text, done, alone)


# ------------------------------------------------------------ lists and boxes


def _shared(text, found, sided):
    """The amounts, members of a list sharing unit, scale and bound as a reader shares them; and where the list of each begins.

    22.7%、15.0%和10.0%; 3.1个和1.8个百分点; 突破1亿元、5亿元.
    """
    heads = [amount.start for amount in found]
    for i, (before, amount) in enumerate(zip(found, found[1:]), 1):
        between = text[before.end : amount.start]
        if (
            LIST.fullmatch(between)
            or between in (",", "，")
            and "分别" in text[max(0, heads[i - 1] - 8) : heads[i - 1]]
        ):
            heads[i] = heads[i - 1]
    found = list(found)
    for i in range(len(found) - 2, -1, -1):
        amount, after = found[i], found[i + 1]
        if heads[i] == heads[i + 1] and (not amount.unit or amount.unit == "个" and after.family == "points"):
            amount = amount._replace(unit=after.unit, family=after.family)
            if not amount.scaled and after.factor > 1 and amount.bound != "range":
                low, high = (
                    None if side is None else side * after.factor for side in (amount.low, amount.high)
                )
                amount = amount._replace(low=low, high=high, scaled=True, factor=after.factor)
            found[i] = amount
    for i in range(1, len(found)):
        before, amount = found[i - 1], found[i]
        if heads[i] == heads[i - 1] and amount.unit == before.unit and amount.bound == "exact":
            if before.word and not before.tail and before.bound in _OPEN:
                found[i] = sided(amount, before.bound)._replace(word=before.word)
    return found, heads


def _boxes(text, found, alone):
    """A number alone in its line (a number box) takes kind and unit from the same number in the lines below it."""
    for i, box in enumerate(found):
        digits = re.sub(r"[^\d.]", "", text[box.start : box.end]) if alone[i] else ""
        same = re.compile(rf"(?<![\d.]){re.escape(digits)}(?![\d.])")
        for j in range(i + 1, min(i + 6, len(found)) if digits else 0):
            other = found[j]
            if (
                alone[j]
                or text.count("\n", box.end, other.start) > 2
                or not same.search(text[other.start : other.end])
            ):
                continue
            found[i] = box._replace(unit=other.unit, kind=other.kind)
            if other.kind == "growth" and other.low is not None and other.bound == "exact":
                found[i] = found[i]._replace(low=other.low, high=other.high)
            break
    return found
