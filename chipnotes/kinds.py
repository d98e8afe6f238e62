"""Read quantities off a text: classify each amount by the words around it (kind, indicator, period, status), by tables of cues."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from chipnotes.amounts import read_amounts
from chipnotes.amountwords import LIST
from chipnotes.numerals import fold
from chipnotes.paths import read_data


@lru_cache(maxsize=1)
def _cues():
    """The classes of data/quantity_cues.tsv, each as an alternation, longest word first."""
    table = read_data("quantity_cues.tsv")
    groups = {}
    for kind, word in table.itertuples(index=False):
        groups.setdefault(kind, []).append(word)
    return {kind: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for kind, words in groups.items()}


@lru_cache(maxsize=1)
def _patterns():
    cue = _cues()
    trend = rf"(?P<up>{cue['up']})|(?P<down>{cue['down']})"
    return {
        "trend": re.compile(rf"(?:{trend})(?:了|率|幅度|平均)?[ ]?$"),
        "noun": re.compile(r"(?:增速|增幅|涨幅|增长率|(?P<down>降幅|跌幅|减幅))[^,，。;；到至]{0,6}$"),
        "points_down": re.compile(rf"(?:{cue['points_down']})(?:了|约)?$"),
        "goal": re.compile(cue["goal"]),
        "aim": re.compile("力争|争取|目标(?:是|为|:)"),
        "achieve": re.compile(cue["achieve"]),
        "award": re.compile(cue["award"]),
        "eligible": re.compile(cue["eligible"]),
        "indicator": re.compile(f"{cue['indicator_money']}|{cue['indicator']}"),
        "money": re.compile(cue["indicator_money"]),
        **{status: re.compile(cue[status]) for status in ("draft", "signed", "realised", "planned", "forecast")},
    }


_MARK_CHARACTERS = "\n。!?！？,，;；:："
_MARKS = re.compile(f"[{_MARK_CHARACTERS}]")
_LEVELS = ("\n", "\n。!?！？", _MARK_CHARACTERS)  # what parts lines, sentences, clauses
_GOAL_HERE = re.compile(r"目标[^,，。;；]{0,8}$|力争[^,，。;；]{0,24}$")
_FALL = re.compile("降幅|跌幅|减幅")
_TRADED = re.compile(r"产量|生产|销量|出口|进口|年产|产能|出货量|产销|下线")
_SENTENCE_END = re.compile(r"[。!?！？\n]")
_MADE = ("辆", "台", "部", "块", "片", "颗", "只", "套", "枚", "支")
_BEFORE_SUBJECT = re.compile(r"[,，、()“”\"]|其中|为|将在|将|已建成|已|实现|建成|形成|拥有|且|(?:计划|预计)总?")
_INDIRECT = re.compile(r"(不低于|不少于|不超过|不高于|超过|高于|低于|不足)[^,，。;；\n]{1,14}的$")
_EXTREME = re.compile(r"(?:(最高|最多|最长|至多)|最低|最少)可?(?:获|享|补贴|奖励|给予|支持|资助|补助|达|为)*[^\w]?$")
_CONDITION = re.compile(r"(?<![面绝相])对(?![接应比外照策话])[^按,，。;；\n]*$")
_COMPARED = ("比", "较", "与", "同", "于")
_DELIMITED = re.compile(r"的(?:[,、]|企业|项目|单位|机构|团队|人才)")
_QUALIFIED = re.compile(r"的?[^\W\d_]")
_PLACED = ("goal", "aim", "eligible", "draft", "forecast", "achieve", "award", "realised", "signed", "planned")
_NOW = ("目前", "当前", "当下", "眼下", "如今", "迄今", "至今")
_INDIRECT_BOUNDS = {"不低于": "at_least", "不少于": "at_least", "不超过": "at_most", "不高于": "at_most", "超过": "above", "高于": "above",
                    "低于": "below", "不足": "below"}  # fmt: skip


def find_quantities(text, dates=(), published=None):
    """Quantities of a text by rule: a list of dicts with the keys of COLUMNS but seed.

    `dates`: its time expressions, as `find_dates` gives them; they are no quantities, and say the period of what follows.
    """
    amounts, _ = read_amounts(text, [(date[0], date[1]) for date in dates])
    reader = _Reader(text, dates, published)
    _share_lists(text, amounts)
    rows = []
    for amount in amounts:
        rows.append(reader.row(amount, rows[-1] if rows else None))
    _boxes(text, rows)
    for number, row in enumerate(rows, 1):
        row["fact_id"] = f"q{number:03d}"
        row["surface"] = text[row["start"] : row["end"]]
    return rows


def _share_lists(text, amounts):
    """Members of a list (22.7%、15.0%和10.0%; 3.1个和1.8个百分点; 突破1亿元、5亿元) share unit, sign and bound as a reader shares them."""
    for before, amount in zip(amounts, amounts[1:], strict=False):
        if LIST.fullmatch(text[before.end : amount.start]):
            amount.member = True
            amount.head = before.head if before.member else before.start
    for i in range(len(amounts) - 2, -1, -1):
        amount, after = amounts[i], amounts[i + 1]
        if after.member and (not amount.unit or amount.unit == "个" and after.unit_class == "points"):
            amount.unit, amount.unit_class = after.unit, after.unit_class
    for before, amount in zip(amounts, amounts[1:], strict=False):
        same = amount.member and amount.unit == before.unit and amount.bound == "exact"
        if (
            same
            and (before.shares or before.word and not before.tail)
            and before.bound in ("above", "at_least", "below", "at_most")
        ):
            amount.bound, amount.shares = before.bound, True
            _open(amount)


def _open(amount):
    if amount.bound in ("above", "at_least"):
        amount.high = None
    elif amount.bound in ("below", "at_most"):
        amount.low = None


class _Reader:
    """Classifies the amounts of one text, in order, by the words around them."""

    def __init__(self, text, dates, published):
        self.text, self.folded, self.dates, self.published = text, fold(text), dates, published
        self.at = 0  # dates before this index stand before the amount being read
        self.goal_ends = -9  # where the last sentence that sets a goal ends
        self.cue = _patterns()
        at = {mark: [] for mark in _MARK_CHARACTERS}
        for m in _MARKS.finditer(self.folded):
            at[m[0]].append(m.start())
        self.marks = [sorted(i for mark in some for i in at[mark]) for some in _LEVELS]
        self.stops = sorted(i for mark in "。;；\n" for i in at[mark])
        # Where the cues stand is looked up once, so that long sentences and many numbers cost no more.
        self.places = {name: [m.start() for m in self.cue[name].finditer(self.folded)] for name in _PLACED}
        self.indicators = [
            (m.start(), m.end(), m[0], bool(self.cue["money"].fullmatch(m[0])))
            for m in self.cue["indicator"].finditer(self.folded)
        ]
        self.indicator_ends = [end for _, end, _, _ in self.indicators]

    def _stands(self, name, first, last):
        """Does a cue of this class stand between two places?"""
        places = self.places[name]
        at = bisect_left(places, first)
        return at < len(places) and places[at] < last

    def row(self, amount, previous):
        start = amount.head if amount.member else amount.start
        line, first, begin = (
            self._after_last(marks, start, reach) for marks, reach in zip(self.marks, (400, 400, 60), strict=True)
        )
        clause, stop = self.folded[begin:start], self._stop(amount.end)
        where = (first, begin, start, stop)
        kind = self._kind(amount, where, clause)
        indicator, subject = self._indicator(amount, where, previous)
        if (
            not amount.unit
            and kind in ("level", "target")
            and amount.scaled
            and amount.bound != "about"
            and self._named(begin, start)[3]
        ):
            amount.unit = "元"
        period = (None, None) if kind == "threshold" else self._period(amount.start, line, first)
        return {
            "start": amount.start, "end": amount.end, "low": _plain(amount.low), "high": _plain(amount.high), "bound": amount.bound,
            "unit": amount.unit, "kind": kind, "subject": subject, "indicator": indicator, "period_start": period[0],
            "period_end": period[1], "status": self._status(kind, begin, line, start), "place": start,
            "alone": first == start and stop == amount.end and self.folded[stop : stop + 1] in ("", "\n"),
        }  # fmt: skip

    def _after_last(self, marks, place, reach):
        """The place after the last of some marks before a place, at most `reach` characters back."""
        at = bisect_left(marks, place)
        return max(marks[at - 1] + 1 if at else 0, place - reach)

    def _stop(self, end):
        """Where the part of the sentence ends that goes on after a place."""
        at = bisect_left(self.stops, end)
        return min(self.stops[at] if at < len(self.stops) else len(self.folded), end + 80)

    # ------------------------------------------------------------ kind

    def _kind(self, amount, where, clause):
        """The kind of an amount; `where`: the places at which its sentence, its clause, it and what comes before it begin and end."""
        first, begin, start, _ = where
        kind = self._plain_kind(amount, clause)
        goal = self._in_goal(amount, where)
        indirect = _INDIRECT.search(clause) if amount.bound == "exact" and kind in ("level", "share") else None
        if indirect:
            amount.bound = _INDIRECT_BOUNDS[indirect[1]]
            amount.word = indirect[1]
            _open(amount)
        eligible = not goal and self._stands("eligible", max(first, start - 110), start)
        most = _EXTREME.search(clause) if amount.bound == "exact" and kind in ("level", "share") else None
        if most:
            amount.bound = "at_most" if most[1] else "at_least"
            _open(amount)
        if self._is_threshold(amount, kind, eligible, goal, where, clause):
            if amount.bound == "exact":
                amount.bound, amount.high = "at_least", None
            return "threshold"
        if self._is_target(amount, kind, goal, where, clause):
            if amount.bound == "exact":
                amount.bound = "target"
            return "target"
        return kind

    def _plain_kind(self, amount, clause):
        if amount.unit_class in ("growth", "rank"):
            return amount.unit_class
        if amount.unit_class == "points":
            shrinks = self.cue["points_down"].search(clause[-8:])
            fall = _FALL.search(clause)
            if bool(shrinks) != bool(fall) and (shrinks or "扩大" in clause):
                _negate(amount)
            return "difference_pp"
        if amount.unit_class in ("percent", "times"):
            trend = (
                self.cue["trend"].search(clause[-10:]) or amount.unit_class == "percent" and self.cue["noun"].search(clause[-14:])
            )
            if trend:
                if amount.unit_class == "times":
                    amount.unit, amount.unit_class = "%", "percent"
                    amount.low, amount.high = (None if v is None else v * 100 for v in (amount.low, amount.high))
                if trend["down"]:
                    _negate(amount)
                return "growth"
            return "share" if amount.unit_class == "percent" else "level"
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
        if bounded and _DELIMITED.match(self.folded, amount.end):
            return True
        loose = amount.tail in ("以上", "以下", "及以上", "及以下")
        if loose and amount.unit_class in ("money", "time", "physical") and _QUALIFIED.match(self.folded, amount.end):
            return True
        if awarded or kind == "growth" and amount.word not in ("达", "达到"):
            return False
        if eligible:
            quoted = (
                amount.word in ("达", "达到")
                or "门槛" in clause
                or self.folded.count("“", first, start) > self.folded.count("”", first, start)
            )
            strict = (
                amount.bound in ("at_least", "at_most", "above", "below")
                and amount.word != "近"
                and amount.tail not in ("多", "余")
            )
            if strict or quoted and kind != "count":
                return True
        return amount.word in ("不低于", "不少于", "不超过", "不高于", "不短于") and not goal

    def _in_goal(self, amount, where):
        """Is a goal set before it in its sentence, or in the sentence before, if this one has no date and nothing done of its own?"""
        first, begin, start, _ = where
        if self._stands("forecast", max(first, start - 40), start):
            return False
        goal = self._stands("goal", first, start) or self._by_goal_year(amount, first)
        if goal:
            self.goal_ends = self._sentence_end(start)
            return True
        before = self._dates_before(amount.start)
        dated = before and self.dates[before - 1][0] >= first
        follows = not dated and first - 2 <= self.goal_ends <= first
        return bool(follows and self._stands("achieve", begin, start) and not self._stands("realised", begin, start))

    def _sentence_end(self, place):
        """Where the sentence of a place ends; before the line end, so that no goal reaches into the next paragraph."""
        end = _SENTENCE_END.search(self.folded, place, place + 200)
        return end.end() if end and end[0] != "\n" else -9

    def _by_goal_year(self, amount, first):
        """Does 到2027年 (a year after publication) stand before it in the sentence?"""
        if not self.published:
            return False
        for at in range(self._dates_before(amount.start) - 1, -1, -1):
            date = self.dates[at]
            if date[1] <= first:
                return False
            if (
                date[4] in ("year", "month", "range")
                and date[3]
                and date[3] > self.published
                and self.text[date[0] - 1 : date[0]] in ("到", "至")
            ):
                return True
        return False

    def _dates_before(self, place):
        while self.at < len(self.dates) and self.dates[self.at][1] <= place:
            self.at += 1
        return self.at

    def _is_target(self, amount, kind, goal, where, clause):
        first, begin, start, _ = where
        if (
            kind in ("rank", "difference_pp")
            or clause.endswith(("由", "从", "比", "较"))
            or amount.script == "chinese"
            and kind == "count"
        ):
            return False
        if _GOAL_HERE.search(clause):
            return True
        if not goal:
            return False
        if kind == "growth" or self._stands("aim", first, start):
            return True
        if amount.unit_class == "growth" or amount.word in ("达", "达到", "可达"):
            return True
        return (
            self._stands("achieve", begin, start)
            or amount.word in ("突破", "超过", "超", "不低于", "不少于")
            or self.folded.startswith("可达", amount.end)
        )

    # ------------------------------------------------------------ what it is of, when, how firm

    def _named(self, begin, start):
        """The last indicator named between two places: (start, end, word, is it money?), or four times nothing."""
        at = bisect_right(self.indicator_ends, start) - 1
        return self.indicators[at] if at >= 0 and self.indicators[at][0] >= begin else (None, None, "", False)

    def _indicator(self, amount, where, previous):
        first, begin, start, stop = where
        place, _, word, _ = self._named(begin, start)
        if word:
            dated = self._dates_before(amount.start)
            opens = max(begin, self.dates[dated - 1][1]) if dated else begin
            subject = _BEFORE_SUBJECT.split(self.folded[min(opens, place) : place])[-1]
            return word, subject.removesuffix("的")[-16:]
        if amount.unit_class in ("count", "noun"):
            at = bisect_left(self.indicator_ends, amount.end)
            if (
                at < len(self.indicators)
                and amount.end <= self.indicators[at][0]
                and self.indicators[at][1] <= min(stop, amount.end + 12)
            ):
                return self.indicators[at][2], ""
        same = previous and previous["place"] >= first and amount.unit_class in ("percent", "growth", "points")
        return (previous["indicator"], previous["subject"]) if same else ("", "")

    def _period(self, place, line, sentence):
        """The last date before it in its sentence, else in its paragraph, that it is not compared with; 目前 only in its sentence."""
        for at in range(self._dates_before(place) - 1, -1, -1):
            date = self.dates[at]
            if date[0] < line or place - date[1] > 200:
                break
            here = date[4] != "vague" or date[0] >= sentence and self.text.endswith(_NOW, date[0], date[1])
            if here and self.folded[date[0] - 1 : date[0]] not in _COMPARED:
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
    """A fall: the value below zero, and an upper bound of the fall a lower bound of the value."""
    amount.low, amount.high = (None if v is None else -v for v in (amount.high, amount.low))
    turned = {"above": "below", "below": "above", "at_least": "at_most", "at_most": "at_least"}
    amount.bound = turned.get(amount.bound, amount.bound)


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
            if re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.])", surface):
                for key in ("unit", "kind", "subject", "indicator", "period_start", "period_end", "status"):
                    row[key] = other[key]
                if other["kind"] == "growth" and other["low"] is not None and other["bound"] == "exact":
                    row["low"], row["high"] = other["low"], other["high"]
                break
