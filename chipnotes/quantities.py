"""Quantities: one row a number that means something, with bound, unit, kind, what it is of, when, and how firm."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from chipnotes import handmade
from chipnotes.amounts import LIST, NUMERALS, fold, read_amounts, tight
from chipnotes.corpus import documents
from chipnotes.dates import resolved_dates
from chipnotes.paths import read_data
from chipnotes.text import frame

COLUMNS = {
    "seed": "str", "start": "int64", "end": "int64", "surface": "str", "low": "float64", "high": "float64", "bound": "str", "unit": "str",
    "kind": "str", "subject": "str", "indicator": "str", "period_start": "datetime64[s]", "period_end": "datetime64[s]", "status": "str",
    "fact_id": "str",
}  # fmt: skip
BOUNDS = ("exact", "above", "at_least", "below", "at_most", "about", "range", "target")
KINDS = ("level", "growth", "share", "difference_pp", "rank", "count", "threshold", "target")
STATUSES = ("stated", "target", "draft", "signed", "realised")
LEDGER = "quantity_ledger.tsv"
JUDGED = ("low", "high", "bound", "unit", "kind", "subject", "indicator", "period_start", "period_end", "status", "fact_id")


def quantities(corpus, ledger=True):
    """One row a number that means something.

    Columns: seed, start, end (offsets in `doc.text`), surface (the number with the words of bound and the unit that touch it),
    low, high (plain numbers, 万 and 亿 multiplied out, percent as percent; a rate that falls is negative and keeps its word's bound,
    下降逾两成: above -20; NaN on an open side), bound (exact above at_least below
    at_most about range target), unit (元, %, 个百分点, 家 …; '' where the page gives none), kind (level growth share difference_pp rank
    count threshold target), subject and indicator (what is measured, of what; '' unknown), period_start, period_end (NaT open or
    unknown), status (stated target draft signed realised), fact_id (rows of one fact, restated in a box or heading, share it).

    Values, bounds, units and kinds are found by rules (`amounts`, data/units.tsv, bounds.tsv, numeral_words.tsv,
    quantity_cues.tsv) on any page. For the five seeds a reader's ledger (data/quantity_ledger.tsv) adds what only a reader can
    tell; where it contradicts a rule it says so, see `conflicts`. `ledger=False` gives the rules alone.
    Raises ValueError for a ledger row that no longer fits its page, or that contradicts a rule without saying so.
    """
    rows = []
    for document in documents(corpus):
        found = _found(document)
        found = handmade.overlay(document, LEDGER, JUDGED, found) if ledger else found
        rows += [(document.id, *(row[column] for column in list(COLUMNS)[1:])) for row in found]
    return frame(rows, COLUMNS)


def conflicts(corpus):
    """Where ledger and rules differ: seed, start, end, surface, column, rule, ledger, reason. Each is acknowledged in the ledger."""
    found = []
    for document in documents(corpus):
        found += handmade.conflicts(document, LEDGER, JUDGED, _found(document))
    columns = dict.fromkeys(["seed", "start", "end", "surface", "column", "rule", "ledger", "reason"], "str")
    return frame(found, columns | {"start": "int64", "end": "int64"})


def exclusions(corpus):
    """Digits and numeral characters that are in no quantity and no date: seed, start, end, surface, reason.

    Every character of `amounts.NUMERALS` in a document is in exactly one of a quantity, a date and a row of this table.
    """
    rows = []
    for document in documents(corpus):
        text = document.text
        _, excluded = read_amounts(text, [(date[0], date[1]) for date in resolved_dates(document)])
        for start, end, reason in excluded:
            for run in re.finditer(f"[{NUMERALS}]+(?:[.,][{NUMERALS}]+)*", text[start:end]):
                rows.append((document.id, start + run.start(), start + run.end(), run[0], reason))
    return frame(rows, {"seed": "str", "start": "int64", "end": "int64", "surface": "str", "reason": "str"})


def _found(document):
    """What the rules find in a document, as a list of dicts with the keys of COLUMNS."""
    rows = find_quantities(document.text, resolved_dates(document), document.card.get("published"))
    _join_restatements(document, rows)
    return rows


def _join_restatements(document, rows):
    """Rows in a box, heading or title take the fact_id of the row of the body that says the same number of the same unit."""
    roles = document.paragraphs
    loose = [
        (start, end)
        for start, end, role in zip(roles.start, roles.end, roles.role, strict=True)
        if role in ("box", "heading", "title")
    ]
    body = {}
    for row in rows:
        row["fact_id"] = f"{document.id}-{row['fact_id']}"
        if not any(start <= row["start"] < end for start, end in loose):
            body.setdefault((row["low"], row["high"], row["unit"], row["kind"]), row["fact_id"])
    for row in rows:
        if any(start <= row["start"] < end for start, end in loose):
            row["fact_id"] = body.get((row["low"], row["high"], row["unit"], row["kind"]), row["fact_id"])


# ------------------------------------------------------------ the words that decide what a number is

_MARKS = "\n。!?！？,，;；:："
_LEVELS = ("\n", "\n。!?！？", _MARKS)  # what parts lines, sentences, clauses
_SENTENCE_END = re.compile(r"[。!?！？\n]")
_NO_GOAL = "客户|用户|市场|人群|还差|瞄准|价|高出|高于|低于|超出|相差"
_FUNDS = r"(?:到|了)?[^,，。;；\n]{0,8}(?:资金|国债|债券|补助|贷款|专项)"
_GOAL_HERE = re.compile(
    rf"(?<!完成)目标(?!{_NO_GOAL})[^,，。;；]{{0,8}}\Z|(?:力争|争取(?!{_FUNDS})|确保)[^,，。;；]{{0,24}}\Z|要[把将][^,，。;；]{{0,16}}[到至]\Z"
)
_GOAL_MET = re.compile(r"(?:完成|达成|兑现|超过|好于|高于|超额|距离?)[^,，。;；\n]{0,8}\Z")
_OBTAINED = re.compile(rf"争取{_FUNDS}")
_OF_GOAL = re.compile(r"(?:目标|任务|计划|预算)[^,，。;；\n]{0,4}的\Z")
_LISTED_CONDITION = re.compile(r"(?:条件|满足|符合|资格|要求)[^,，。;；:：\n]{0,6}[:：]")
_CONDITIONS = re.compile(r"(?:条件|要求|资格|符合)[^\n:]{0,12}:(?:\n[ ]*\(?(?:\d|[一二三四五六七八九十]{1,3})[)、.][^\n]*)+")
_TASK_AFTER = re.compile(r"[^,，。;；、\n]{0,8}的[^,，。;；、\n的]{0,4}(?:任务|目标)")
_NEWLY = re.compile(r"(?:再添|新添|新增|增设|建成|新建|建设|培育|引进|打造|形成|创建|设立|布局)\Z")
_DONE = re.compile("已|累计|目前|现有|拥有|去年|上年")
_HEADING = re.compile(r"(?<=\n)(?P<number>[一二三四五六七八九十]+、)?(?P<sub>[(（\d])?[^\n。!?！？;；]{2,30}(?=\n)")
_TASKS = re.compile(r"(?:重点|主要|目标|工作)任务|(?:主要|发展|预期|工作|总体|年度)目标|工作(?:安排|打算|重点)|重点工作|下一步")
_FALL = re.compile("降幅|跌幅|减幅")
_BEHIND = re.compile(r"(?:低于|慢于|落后于?)[^,，。;；\n]{1,12}\Z")
_TRADED = re.compile(r"产量|生产|销量|出口|进口|年产|产能|出货量|产销|下线")
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")
_BEFORE_SUBJECT = re.compile(r"[,，、()“”\"]|其中|为|将在|将|已建成|已|实现|建成|形成|拥有|且|(?:计划|预计)总?")
_INDIRECT = re.compile(
    r"(不低于|不少于|不超过|不高于|超过|高于|低于|不足|不到|接近|约占|约为|占到?近)(?:了|到)?[^,，。;；\n\d]{1,14}的(?:比例|比重)?(?:为|是)?\Z"
    r"|(不低于|不少于|不超过|不高于)[^,，。;；\n\d]{1,10}\Z"
)
_INDIRECT_BOUNDS = {"不低于": "at_least", "不少于": "at_least", "不超过": "at_most", "不高于": "at_most", "超过": "above", "高于": "above",
                    "低于": "below", "不足": "below", "不到": "below", "接近": "below", "约占": "about", "约为": "about"}  # fmt: skip
_EXTREME = re.compile(
    r"(?<![日史周])(?:(最高|最多|最长|至多)|最低|最少|至少)(?:可|应|须|需|要|能|获|得|有|享|补贴|奖励|给予|支持|资助|补助|达|为)*[^\w]?\Z"
)
_THRESHOLD = re.compile(r"门槛(?!收益)|放宽[至到]\Z")
_CONDITION = re.compile(r"(?<![面绝相])对(?![接应比外照策话])[^按,，。;；\n]*\Z")
_DELIMITED = re.compile(r"的(?:[,，、]|企业|项目|单位|机构|团队|人才)")
_QUALIFIED = re.compile(r"的?[^\W\d_]")
_CLAUSE_ENDS = re.compile(r"[,，。;；、!?\n)”]|\Z|左右|以上|以内|以下")
_GROWTH = re.compile(r"(?:增速|增幅|涨幅|增长率|(?P<down>降幅|跌幅|减幅))[^,，。;；到至]{0,6}\Z")
_BETWEEN = ("", "了", "率", "幅度", "平均", "约")
_COMPARED = ("比", "较", "与", "同", "于")
_PLACED = ("aim", "eligible", "draft", "forecast", "achieve", "award", "realised", "signed", "planned")
_NOW = ("目前", "当前", "当下", "眼下", "如今", "迄今", "至今", "现在", "现时")


@lru_cache(maxsize=1)
def _patterns():
    """The classes of data/quantity_cues.tsv as expressions."""
    words = {}
    for name, word in read_data("quantity_cues.tsv").itertuples(index=False):
        words.setdefault(name, []).append(word)
    words["indicator"] += words["indicator_money"]
    cue = {name: re.compile("|".join(map(re.escape, sorted(some, key=len, reverse=True)))) for name, some in words.items()}
    # What stands directly before a number, with the words that may come between.
    ends = {name: {word + more for word in words[name] for more in _BETWEEN} for name in ("up", "down", "points_down")}
    return cue | ends


def find_quantities(text, dates=(), published=None):
    """Quantities of a text by rule: a list of dicts with the keys of COLUMNS but seed.

    `dates`: its time expressions, as `find_dates` gives them; they are no quantities, and say the period of what follows.
    `published`: the day of publication (datetime.date) or None; a year after it is a goal's.
    """
    page, (text, offsets) = text, tight(text)
    dates = [(bisect_left(offsets, start), bisect_left(offsets, end), *rest) for start, end, *rest in dates]
    amounts, _ = read_amounts(text, [(date[0], date[1]) for date in dates])
    _share_lists(text, amounts)
    reader, rows = _Reader(text, dates, published), []
    for amount in amounts:
        rows.append(reader.row(amount, rows[-1] if rows else None))
    _boxes(text, rows)
    for number, row in enumerate(rows, 1):
        row["fact_id"] = f"q{number:03d}"
        row["start"], row["end"] = offsets[row["start"]], offsets[row["end"] - 1] + 1
        row["surface"] = page[row["start"] : row["end"]]
    return rows


def _share_lists(text, amounts):
    """Members of a list (22.7%、15.0%和10.0%; 3.1个和1.8个百分点; 突破1亿元、5亿元) share unit, sign and bound as a reader shares them."""
    for before, amount in zip(amounts, amounts[1:], strict=False):
        between, head = text[before.end : amount.start], before.head if before.member else before.start
        if LIST.fullmatch(between) or between in (",", "，") and "分别" in text[max(0, head - 8) : head]:
            amount.member, amount.head = True, head
    for i in range(len(amounts) - 2, -1, -1):
        amount, after = amounts[i], amounts[i + 1]
        if after.member and (not amount.unit or amount.unit == "个" and after.unit_class == "points"):
            amount.unit, amount.unit_class = after.unit, after.unit_class
            if not amount.scaled and after.factor > 1 and amount.bound != "range":
                amount.low, amount.high = (None if v is None else v * after.factor for v in (amount.low, amount.high))
                amount.scaled, amount.factor = True, after.factor
    for before, amount in zip(amounts, amounts[1:], strict=False):
        open_side = (before.shares or before.word and not before.tail) and before.bound in (
            "above",
            "at_least",
            "below",
            "at_most",
        )
        if amount.member and amount.unit == before.unit and amount.bound == "exact" and open_side:
            amount.sided(before.bound).shares = True


class _Reader:
    """Classifies the amounts of one text, in order, by the words around them."""

    def __init__(self, text, dates, published):
        self.text, self.dates, self.published = fold(text), dates, published
        self.at = 0  # dates before this index stand before the amount being read
        self.goal_ends = -9  # where the last sentence that sets a goal ends
        self.cue = _patterns()
        # Where lines, sentences and clauses begin after a mark, and where a part that goes on may stop.
        marks = [(m.start(), m[0]) for m in re.finditer(f"[{_MARKS}]", self.text)]
        self.marks = [[i for i, mark in marks if mark in some] for some in _LEVELS]
        self.stops = [i for i, mark in marks if mark in "。;；\n"]
        # Where the cues stand is looked up once, so that long sentences and many numbers cost no more.
        self.places = {name: [m.start() for m in self.cue[name].finditer(self.text)] for name in _PLACED}
        self.places["goal"] = [
            m.start()
            for m in self.cue["goal"].finditer(self.text)
            if not _OBTAINED.match(self.text, m.start())
            and not _GOAL_MET.search(self.text, max(0, m.start() - 12), m.start())
            and not self.text.startswith(tuple(_NO_GOAL.split("|")), m.end())
        ]
        self.indicators = [
            (m.start(), m.end(), m[0], bool(self.cue["indicator_money"].fullmatch(m[0])))
            for m in self.cue["indicator"].finditer(self.text)
        ]
        self.indicator_ends = [end for _, end, _, _ in self.indicators]
        # Where the items of a list of conditions begin and end, by turns.
        self.conditions = [place for m in _CONDITIONS.finditer(self.text) for place in m.span()]
        # Headings, each with whether tasks or goals stand below it; a heading of a lower rank changes nothing.
        self.headings = [
            (m.start(), bool(_TASKS.search(m[0]))) for m in _HEADING.finditer(self.text) if not m["sub"] or _TASKS.search(m[0])
        ]

    def _stands(self, name, first, last):
        """Does a cue of this class stand between two places?"""
        places = self.places[name]
        at = bisect_left(places, first)
        return at < len(places) and places[at] < last

    def _ends(self, clause, name):
        """Does a clause end in a cue of this class?"""
        return any(clause[-size:] in self.cue[name] for size in range(1, 8))

    def row(self, amount, previous):
        start = amount.head if amount.member else amount.start
        line, first, begin = map(self._after_last, self.marks, (start, start, start), (400, 400, 60))
        at = bisect_left(self.stops, amount.end)
        stop = min(self.stops[at] if at < len(self.stops) else len(self.text), amount.end + 80)
        where = (first, begin, start, stop)
        kind = self._kind(amount, where, self.text[begin:start])
        indicator, subject, is_money = self._indicator(amount, where, previous)
        if is_money and not amount.unit and kind in ("level", "target") and amount.scaled and amount.bound != "about":
            amount.unit = "元"
        period = (None, None) if kind == "threshold" else self._period(amount.start, line, first)
        return {
            "start": amount.start, "end": amount.end, "low": _plain(amount.low), "high": _plain(amount.high), "bound": amount.bound,
            "unit": amount.unit, "kind": kind, "subject": subject, "indicator": indicator, "period_start": period[0],
            "period_end": period[1], "status": self._status(kind, begin, line, start), "place": start,
            "alone": first == start and stop == amount.end and self.text[stop : stop + 1] in ("", "\n"),
        }  # fmt: skip

    def _after_last(self, marks, place, reach):
        """The place after the last of some marks before a place, at most `reach` characters back."""
        at = bisect_left(marks, place)
        return max(marks[at - 1] + 1 if at else 0, place - reach)

    # ------------------------------------------------------------ kind

    def _kind(self, amount, where, clause):
        """The kind of an amount; `where`: the places at which its sentence, its clause, it and what comes before it begin and end."""
        first, _, start, _ = where
        kind = self._plain_kind(amount, clause)
        goal = self._goal(amount, where)
        if amount.bound == "exact" and kind in ("level", "share", "count"):
            indirect = _INDIRECT.search(clause) if kind != "count" and ("的" in clause[-5:] or "不" in clause[-16:]) else None
            extreme = _EXTREME.search(clause) if "最" in clause or "至" in clause else None
            if indirect:
                amount.word = indirect[1] or indirect[2]
                amount.sided(_INDIRECT_BOUNDS[amount.word])
            elif extreme:
                amount.sided("at_most" if extreme[1] else "at_least")
        listed = bisect_right(self.conditions, start) % 2 == 1
        eligible = not goal and (listed or self._stands("eligible", max(first, start - 110), start))
        if self._is_threshold(amount, kind, eligible, goal, where, clause):
            if amount.bound == "exact":
                amount.sided("at_least")
            return "threshold"
        if self._is_target(amount, kind, goal, where, clause):
            if amount.bound == "exact":
                amount.bound = "target"
            return "target"
        return kind

    def _plain_kind(self, amount, clause):
        if amount.unit_class in ("growth", "rank"):
            return amount.unit_class
        before = clause.removesuffix(" ")
        if amount.unit_class == "points":
            shrinks = self._ends(before, "points_down") or _BEHIND.search(clause)
            fall = _FALL.search(clause)
            delimits = amount.tail and _DELIMITED.match(self.text, amount.end)
            if bool(shrinks) != bool(fall) and (shrinks or "扩大" in clause) and not delimits:
                _negate(amount)
            return "difference_pp"
        if amount.unit_class in ("percent", "times"):
            named = _GROWTH.search(clause[-14:]) if amount.unit_class == "percent" else None
            falls = self._ends(before, "down")
            if not falls and not named and not self._ends(before, "up"):
                return "share" if amount.unit_class == "percent" else "level"
            if amount.unit_class == "times":
                amount.unit, amount.unit_class = "%", "percent"
                amount.low, amount.high = (None if v is None else v * 100 for v in (amount.low, amount.high))
            if falls or named and named["down"]:
                _negate(amount)
            return "growth"
        if amount.unit_class in ("count", "noun"):
            made = amount.scaled and amount.unit in _MADE or _TRADED.search(clause) and "项目" not in clause
            return "level" if made else "count"
        return "level"

    def _is_threshold(self, amount, kind, eligible, goal, where, clause):
        first, begin, start, stop = where
        if kind in ("rank", "difference_pp") or amount.unit in ("章", "条"):
            return False
        if amount.word == "满" and amount.unit_class == "time":
            return True
        awarded = self._stands("award", begin, start)
        if not awarded and kind != "growth" and self._stands("award", amount.end, stop) and _CONDITION.search(clause):
            return True
        bounded = amount.bound != "exact" or amount.word in ("达", "达到")
        if bounded and _DELIMITED.match(self.text, amount.end):
            return True
        loose = amount.tail in ("以上", "以下", "及以上", "及以下")
        if loose and amount.unit_class in ("money", "time", "physical", "score") and _QUALIFIED.match(self.text, amount.end):
            return True
        if awarded or kind == "growth" and amount.word not in ("达", "达到"):
            return False
        if eligible:
            quoted = (
                amount.word in ("达", "达到")
                or _THRESHOLD.search(clause)
                or self.text.count("“", first, start) > self.text.count("”", first, start)
            )
            if _LISTED_CONDITION.search(self.text, max(first, start - 110), start) and amount.script == "arabic":
                return True
            strict = (
                amount.bound in ("at_least", "at_most", "above", "below")
                and amount.word != "近"
                and amount.tail not in ("多", "余")
            )
            if strict or quoted and kind != "count":
                return True
        return amount.word in ("不低于", "不少于", "不超过", "不高于", "不短于") and not goal

    def _goal(self, amount, where):
        """How a goal is set for a place: 'named' in its sentence or the one before, 'year' by 到2027年, 'tasks' by a heading, or ''.

        The sentence before counts if this one has no date and nothing done of its own, and stands in the same paragraph.
        """
        first, begin, start, _ = where
        if self._stands("forecast", max(first, start - 40), start):
            return ""
        goals = self.places["goal"]
        at = bisect_left(goals, start) - 1
        named = at >= 0 and goals[at] >= first and not self._planned_anew(goals[at], amount)
        year = self._by_goal_year(amount, first)
        if named or year:
            end = _SENTENCE_END.search(self.text, start, start + 200)
            self.goal_ends = end.end() if end and self.text[end.start() : end.end() + 1].find("\n") < 0 else -9
            return year or "named"
        heading = bisect_left(self.headings, (start, False)) - 1
        if heading >= 0 and self.headings[heading][1] and not _DONE.search(self.text, begin, start):
            return "tasks"
        before = self._dates_before(amount.start)
        dated = before and self.dates[before - 1][0] >= first
        follows = not dated and first - 1 <= self.goal_ends <= first
        if follows and self.text.startswith("其中", first):
            return "year"
        done = self._stands("realised", begin, start) or not self._stands("achieve", begin, start)
        return "named" if follows and not done else ""

    def _planned_anew(self, place, amount):
        """Does a time with a plan of its own (四季度将启动) stand between a goal and the amount?"""
        dates = (self.dates[at] for at in range(self._dates_before(amount.start) - 1, -1, -1))
        for date in dates:
            if date[0] < place:
                return False
            if self.text.startswith(("将", "拟", "计划"), date[1]):
                return True
        return False

    def _by_goal_year(self, amount, first):
        """'year' if 到2027年 or 2027年底前 stands before it in the sentence, 'named' if a later year does that nothing plans; or ''."""
        if not self.published:
            return ""
        for at in range(self._dates_before(amount.start) - 1, -1, -1):
            start, end, begins, last, precision, _ = self.dates[at]
            if end <= first:
                break
            if precision not in ("year", "month", "range") or not last or last <= self.published:
                continue
            if self.text[start - 1 : start] in ("到", "至"):
                return "year"
            if precision != "range" and not self._stands("planned", first, amount.start):
                if "前" in self.text[end - 1 : end + 1]:
                    return "year"
                if precision == "year" and begins and begins > self.published:
                    return "named"
        return ""

    def _dates_before(self, place):
        while self.at < len(self.dates) and self.dates[self.at][1] <= place:
            self.at += 1
        return self.at

    def _is_target(self, amount, kind, goal, where, clause):
        first, begin, start, _ = where
        if _TASK_AFTER.match(self.text, amount.end):
            return True
        if (
            kind == "rank"
            or clause.endswith(("由", "从", "比", "较"))
            or amount.unit == "大"
            or clause.endswith("的")
            and _OF_GOAL.search(clause)
        ):
            return False
        ends = _CLAUSE_ENDS.match(self.text, amount.end)
        goal_word = any(word in clause for word in ("目标", "力争", "争取", "确保", "要"))
        if amount.script == "chinese" and kind == "count" and not (goal and (_NEWLY.search(clause) or goal != "named" and ends)):
            return False
        if goal_word and _GOAL_HERE.search(clause):
            return True
        if not goal:
            return False
        counted = goal == "year" and kind == "count" and amount.script == "arabic"
        if counted or kind == "growth" or goal == "named" and self._stands("aim", first, start) or goal != "named" and ends:
            return True
        return (
            self._stands("achieve", begin, start)
            or amount.word in ("突破", "超过", "超", "不低于", "不少于", "达", "达到", "可达")
            or self.text.startswith("可达", amount.end)
        )

    # ------------------------------------------------------------ what it is of, when, how firm

    def _indicator(self, amount, where, previous):
        """(indicator, subject, is the indicator one of money?); what comes before the amount in its clause outranks what follows."""
        first, begin, start, stop = where
        at = bisect_right(self.indicator_ends, start) - 1
        if at >= 0 and self.indicators[at][0] >= begin:
            place, _, word, is_money = self.indicators[at]
            dated = self._dates_before(amount.start)
            opens = max(begin, self.dates[dated - 1][1]) if dated else begin
            subject = _BEFORE_SUBJECT.split(self.text[min(opens, place) : place])[-1]
            return word, subject.removesuffix("的")[-16:], is_money
        if amount.unit_class in ("count", "noun"):
            at = bisect_left(self.indicator_ends, amount.end)
            after = self.indicators[at] if at < len(self.indicators) else (-1, -1, "", False)
            if amount.end <= after[0] and after[1] <= min(stop, amount.end + 12):
                return after[2], "", False
        same = previous and previous["place"] >= first and amount.unit_class in ("percent", "growth", "points")
        return (previous["indicator"], previous["subject"], False) if same else ("", "", False)

    def _period(self, place, line, sentence):
        """The last date before it in its sentence, else in its paragraph, that it is not compared with; 目前 only in its sentence."""
        for at in range(self._dates_before(place) - 1, -1, -1):
            date = self.dates[at]
            if date[0] < line or place - date[1] > 200:
                break
            here = date[4] != "vague" or date[0] >= sentence and self.text.endswith(_NOW, date[0], date[1])
            if here and self.text[date[0] - 1 : date[0]] not in _COMPARED:
                return date[2], date[3]
        return None, None

    def _status(self, kind, begin, line, start):
        if self._stands("draft", line, start):
            return "draft"
        if kind == "target":
            return "target"
        if kind in ("growth", "share", "difference_pp", "rank"):
            return "stated"
        for cue, status in (("signed", "signed"), ("planned", "target"), ("realised", "realised")):
            if self._stands(cue, begin, start):
                return status
        return "stated"


def _plain(value):
    return None if value is None else float(value)


def _negate(amount):
    """A fall: the value below zero; the bound stays what its word says of the size of the fall (下降逾两成: above, -20)."""
    ends = [None if v is None else -v for v in (amount.low, amount.high)]
    amount.low, amount.high = sorted(ends) if None not in ends else ends


def _boxes(text, rows):
    """A number alone in its line (a number box) takes kind and unit from the same number in the lines below it."""
    for i, row in enumerate(rows):
        if not row["alone"]:
            continue
        digits = re.sub(r"[^\d.]", "", fold(text[row["start"] : row["end"]]))
        for other in rows[i + 1 : i + 6]:
            if other["alone"] or text.count("\n", row["end"], other["start"]) > 2:
                continue
            surface = fold(text[other["start"] : other["end"]])
            if digits and re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.])", surface):
                for key in ("unit", "kind", "subject", "indicator", "period_start", "period_end", "status"):
                    row[key] = other[key]
                if other["kind"] == "growth" and other["low"] is not None and other["bound"] == "exact":
                    row["low"], row["high"] = other["low"], other["high"]
                break
