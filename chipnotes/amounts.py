"""Amounts: every number of a text with its bound and unit, and every numeral that is none with the reason; rules from data tables."""

import re
from dataclasses import dataclass
from decimal import Decimal

from chipnotes.amountwords import LIST, TO, bounds, expressions, units
from chipnotes.numerals import ARABIC, CHINESE, NUMERALS, SCALES, arabic, chinese, fold, scale


@dataclass
class Amount:
    """A number in a text: its span, the span of the bare numeral, plain values (Decimal or None), bound, unit and class of unit."""

    start: int
    end: int
    number: int  # where the numeral begins, after its words of bound
    low: object
    high: object
    bound: str
    unit: str
    unit_class: str
    word: str = ""  # the word of bound before it
    tail: str = ""  # the word of bound after it
    scaled: bool = False
    script: str = "arabic"
    member: bool = False  # a later member of a list: 22.7%、15.0%和10.0%
    head: int = -1  # where the first member of its list begins
    shares: bool = False  # it has its bound from the first member of its list


_LABEL_BEFORE = re.compile(r"(?:[A-Za-z][-_/.]?|双|[+#@=*/\\]|[〔\[]|\d[-:.])$")
_LABEL_AFTER = re.compile(r"[-+]?[A-Za-z]|[时点](?!间)|[+:/](?=\d)|[〕\]]|号|级|代|期|型|线|强|版|届|纪|大会|\.\d|-\d")
_CODE = re.compile(r"(?:电话|热线|传真|邮编|邮政编码|QQ|微信|代码|编号|ISBN|ISSN|许可证|备案|股票)[^,，。;；\n]{0,16}$")
_RANKED = re.compile(
    r"(?:居|列|排名?|名次|位次|位于|升至|升到|跃|稳居|蝉联|进入|跻身|保持|列入|占)[^,，。;；\n]{0,12}$|(?:全国|全省|全市|全球|世界|国内|西部|行业|同类园区)$"
)
_RANK_END = re.compile(r"[位名大强]?(?=[,，。;；、!?\n)”\"的和]|$)|[位名]|大")
_ONE_COUNTS = re.compile(r"(?:再添|新添|又添|增添|再增|新增|增加|增加了|仅|只有|仅有|唯一|共有?|减少|减少了)$")
_PROGRAMME = re.compile(r"(?:行动|计划|规划|方案|攻坚)")
_SESSIONS_COUNTED = re.compile(r"(?:连续|共|已|举办|举行)了?$")
_RUN = re.compile(rf"{ARABIC}|{CHINESE}")
_GRADE = re.compile("量?级")
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_CLOCK_BEFORE, _CLOCK_AFTER = re.compile(r"\d:$"), re.compile(r":\d")
_WORD = re.compile(r"[^\W\d_]")
_VAGUE = re.compile(r"[几数好若]$")
_STATES = re.compile(r"(?:[为达至到是:：]|规模|总数|得分|指数|系数|排名|数量|PUE)$")
_HALVES = {"过": "above", "超": "above", "半": "exact", "一": "exact", "约": "about", "近": "below", "将": "below", "不": "below"}


def read_amounts(text, skip=()):
    """The amounts of a text and what is none.

    `skip`: spans (start, end), in order, that belong to something else (dates). Returns (amounts, exclusions): a list of Amount,
    and a list of (start, end, reason) for each numeral character that is neither in an amount nor in `skip`.
    """
    return _Scan(text, skip).read()


class _Scan:
    """One pass from left to right; no character is looked at more than a few times."""

    def __init__(self, text, skip):
        self.text = fold(text)
        self.skip = list(skip)
        self.known = units()[0]
        self.begin, self.number, self.bound, self.reasons = expressions()
        self.bounds = bounds()[0]
        self.amounts, self.excluded = [], []
        self.looked = (-1, None)  # where words of bound were last looked for, and what was found

    def read(self):
        at = 0
        for first, last in [*self.skip, (len(self.text), len(self.text))]:
            self._between(at, first)
            at = last
        return self.amounts, self.excluded

    def _between(self, at, stop):
        self.floor = at
        while match := self.begin.search(self.text, at, stop):
            at = self._one(match, stop)
            self.floor = at

    def _one(self, match, stop):
        """Read what begins here; returns where to go on."""
        start, group = match.start(), match.lastgroup
        if match["lexical"]:
            longer = self._number(start, stop) if match[0][0] in NUMERALS else None
            if longer is None or isinstance(longer, str) or longer.end <= match.end():
                return self._exclude(start, match.end(), self.reasons[match[0]])
            return self._take(longer)
        if match["flat"]:
            return self._take(Amount(start, match.end(), start, 0, 0, "exact", "%", "growth"))
        if match["fold"]:
            folds = chinese(match["folds"]) if match["folds"] and not match["folds"].isascii() else int(match["folds"] or 1)
            value = 2 ** int(folds or 1) * 100 - 100 if folds is not None and folds < 9 else None
            amount = Amount(start, match.end(), start, value, value, "exact", "%", "growth")
            return self._take(
                _sided(amount, self.bounds.get((match["foldbound"], "before"), "above"))
                if match["foldbound"]
                else self._bounded(amount)
            )
        if match["half"]:
            word = match["half"]
            bound = {"以上": "at_least", "左右": "about"}.get(word[-2:]) or _HALVES[word[0]]
            return self._take(_sided(Amount(start, match.end(), start, 50, 50, "exact", "%", "percent", script="chinese"), bound))
        if match["topone"]:
            if _RANKED.search(self.text, max(self.floor, start - 16), start) or match[0] == "居首":
                return self._take(Amount(start, match.end(), start, 1, 1, "exact", "位", "rank"))
            return match.end()
        if match["percent"]:
            return self._hundredth(match, stop)
        if match["below"]:
            return self._fraction(match)
        if group == "ordinal":
            return self._ordinal(match, stop)
        return self._take_or_exclude(start, stop)

    # ------------------------------------------------------------ numbers

    def _parse(self, start, stop):
        """The number that begins here, with unit and words after it, as (match, low, high); values None if it says none."""
        match = self.number.match(self.text, start, stop)
        if not match:
            return None
        word, factor = match["num"], match["scale"] or ""
        if word[0].isdigit():
            value = arabic(word, factor)
            return match, value, value
        pair = _PAIR.fullmatch(word)
        if pair:
            low, high = chinese(pair[1]), chinese(pair[2])
            if low < high <= low + 2:
                times = scale(pair[3] + factor.removeprefix("个"))
                return match, low * times, high * times
            return match, None, None
        value = chinese(word)
        value = None if value is None else value * scale(factor.removeprefix("个"))
        return match, value, value

    def _number(self, start, stop):
        """An Amount, or the reason (str) why the numeral here is none."""
        parsed = self._parse(start, stop)
        if parsed is None:
            return "part of a number that breaks off"
        match, low, high = parsed
        unit, unit_class = self.known.get(match["unit"], ("", ""))
        if low is None:
            return "no number: digits or numeral characters that give no value"
        is_arabic = match["num"][0].isdigit()
        low += _halved(match)
        high += _halved(match)
        amount = Amount(start, match.end(), start, low, high, "exact" if low == high else "range", unit, unit_class,
                        scaled=bool(match["scale"]) or match["num"][-1] in "万亿", script="arabic" if is_arabic else "chinese")  # fmt: skip
        if unit_class == "tenth":
            amount.low, amount.high, amount.unit_class = low * 10, high * 10, "percent"
        after, more = match["after"], match["inner"] or match["more"]
        if after == "内" and unit_class != "time":
            amount.end, after = match.start("after"), None
        self._range(amount, match, stop)
        fault = self._fault(amount, match, is_arabic)
        if fault:
            return fault
        self._bounded(amount)
        if amount.bound == "exact" and more:
            amount.tail = more
            if more == "几":
                amount.high = amount.low + (9 if not amount.low % 10 else 0)
                amount.low, amount.bound = amount.low + 1, "range"
            else:
                _sided(amount, "about" if more == "来" else "at_least")
        if amount.bound == "exact" and after:
            amount.tail = after
            _sided(amount, self.bounds[after, "after"])
        level = _GRADE.match(self.text, amount.end)
        if amount.bound == "exact" and level and (amount.scaled or not is_arabic):
            amount.end, amount.bound = level.end(), "about"
        return amount

    def _fault(self, amount, match, is_arabic):
        """Why the numeral is no quantity, or ''."""
        start, end, unit = amount.start, match.end(), match["unit"]
        before, after = self.text[max(0, start - 8) : start], self.text[end : end + 8]
        bounded = self._bound_before(start)
        has_more = match["inner"] or match["more"] or match["after"] or match["half"] or match["and_half"]
        if _VAGUE.search(before) and not (is_arabic and len(match["num"]) > 2):
            return "vague number (几, 数)"
        if unit == "届" and not _SESSIONS_COUNTED.search(before):
            return "ordinal that names"
        if is_arabic:
            if before.endswith("再+"):
                amount.start, amount.unit_class = amount.start - 1, "count"
                return ""
            if before.endswith("+") and amount.unit_class in ("percent", "points"):
                amount.start -= 1
                return ""
            if _CLOCK_AFTER.match(after) or _CLOCK_BEFORE.search(before):
                return "clock time or ratio"
            if _LABEL_BEFORE.search(before) and not TO.fullmatch(before[-1:] or "x"):
                return "label: digits joined to letters or signs"
            if not unit and amount.bound != "range" and _LABEL_AFTER.match(after):
                return "label: digits joined to letters, signs or a word of naming"
            if unit in ("款", "届", "期") and re.fullmatch(r"(?:19|20)\d\d", match["num"]):
                return "label: a year or number that names"
            if _CODE.search(self.text[max(0, start - 24) : start]):
                return "telephone, postal or other code"
            if unit == "年" and _PROGRAMME.match(after):
                return "name of a programme"
            alone = before[-1:] in ("\n", "") and after[:1] in ("\n", "")
            if amount.unit or amount.scaled or bounded or has_more or alone or _STATES.search(before) and not _WORD.match(after):
                return ""
            listed = LIST.match(self.text, end)
            following = self.number.match(self.text, listed.end()) if listed else None
            if following and following["unit"]:
                return ""
            return "number without a unit or a word that measures: label"
        return "" if amount.bound == "range" and amount.unit else self._chinese_fault(match, before, after, bounded, has_more)

    def _chinese_fault(self, match, before, after, bounded, has_more):
        word, unit = match["num"], match["unit"]
        strong = bounded and self.bounds[bounded["word"], "before"] != "exact"
        if word in ("一", "1") and unit:
            kind = self.known[unit][1]
            if kind in ("times", "tenth", "points") or strong or has_more and kind != "tenth" or _ONE_COUNTS.search(before):
                return ""
            return "一 with a measure word: indefinite article"
        if unit == "年" and _PROGRAMME.match(after):
            return "name of a programme"
        if unit and self.known[unit][1] == "noun" and not has_more and not strong:
            return "pronoun or name: numeral joined to a noun"
        if all(c in SCALES for c in word) and word != "十":
            level = _GRADE.match(after)
            money = unit and self.known[unit][1] == "money"
            if strong or has_more or level or money and len(word) > 1 or before[-1:] == "上" and unit:
                return "" if unit or level or strong and len(word) > 1 else "numeral character in a word"
            return "round figure as a name, or numeral character in a word"
        if word == "二" and unit and self.known[unit][1] == "count":
            return "二 with a measure word: ordinal or grade"
        if unit:
            return ""
        if len(word) > 1 and _GRADE.match(after) and word[-1] in "万亿":
            return ""
        if word[-1] in "万亿" and strong:
            return ""
        if re.match(r"[是要、.]", after) and len(word) <= 2:
            return "number of a list item"
        return "numeral character in a word"

    def _range(self, amount, match, stop):
        """Join the number after 至, -, ~ to this one: 3-5个, 10%至15%, 100万元至200万元. Not after 由, 从: that is a change."""
        joined = TO.match(self.text, match.end(), stop)
        if not joined or self.text[amount.start - 1 : amount.start] in ("由", "从") or amount.bound == "range":
            return
        parsed = self._parse(joined.end(), stop)
        if not parsed or parsed[1] is None:
            return
        second, low, _ = parsed
        unit, unit_class = self.known.get(second["unit"], ("", ""))
        if match["unit"] and unit != amount.unit or not unit:
            return
        if unit_class == "tenth":
            low, unit_class = low * 10, "percent"
            amount.low = amount.low * 10 if not match["unit"] else amount.low
        if not amount.unit and not match["scale"]:
            amount.low *= scale(second["scale"] or "")
        if amount.low >= low:
            return
        amount.high, amount.end, amount.bound = low, second.end(), "range"
        amount.unit, amount.unit_class = unit, unit_class

    def _bound_before(self, start):
        if self.looked[0] != start:
            self.looked = start, self.bound.search(self.text, max(self.floor, start - 9), start)
        return self.looked[1]

    def _bounded(self, amount):
        """Take in the words of bound that stand before the number."""
        found = self._bound_before(amount.start)
        if found and not (found["word"] == "上" and self.text[amount.start] not in "十百千万亿"):
            amount.start, amount.word = found.start(), found["word"]
            if amount.bound == "exact":
                _sided(amount, self.bounds[found["word"], "before"])
        elif self.text[amount.start - 1 : amount.start] == "-" and not re.search(
            r"[\w)%]-$", self.text[max(0, amount.start - 2) : amount.start], re.ASCII
        ):
            amount.low, amount.high, amount.start = -amount.high, -amount.low, amount.start - 1
        return amount

    # ------------------------------------------------------------ the other forms

    def _hundredth(self, match, stop):
        word = match["hundredth"]
        value = arabic(word) if word[0].isdigit() else chinese(word)
        if value is None:
            return self._exclude(match.start(), match.end(), "no number: digits or numeral characters that give no value")
        amount = self._bounded(Amount(match.start(), match.end(), match.start(), value, value, "exact", "%", "percent"))
        after = re.compile(bounds()[2]).match(self.text, match.end(), stop)
        if after and amount.bound == "exact":
            amount.end, amount.tail = after.end(), after[0]
            _sided(amount, self.bounds[after[0], "after"])
        return self._take(amount)

    def _fraction(self, match):
        below, above = chinese(match["below"]), chinese(match["above"])
        if not below or above is None or above >= below:
            return self._exclude(match.start(), match.end(), "no number: digits or numeral characters that give no value")
        value = above * 100 / below
        amount = self._bounded(Amount(match.start(), match.end(), match.start(), value, value, "exact", "%", "percent"))
        if match["part_after"] and amount.bound == "exact":
            amount.tail = match["part_after"]
            _sided(amount, self.bounds[match["part_after"], "after"])
        return self._take(amount)

    def _ordinal(self, match, stop):
        """第2 as a rank, 前三 as a rank within; else it names."""
        start = match.start()
        number = _RUN.match(self.text, match.end(), stop)
        end = _RANK_END.match(self.text, number.end(), stop)
        moved = re.compile("位[升跃上降提]").match(self.text, number.end(), stop)
        if end and (moved or _RANKED.search(self.text, max(0, start - 20), start)):
            word = number[0]
            value = arabic(word) if word[0].isdigit() else chinese(word)
            if value is not None:
                amount = Amount(start, end.end(), number.start(), value, value, "exact", "位", "rank")
                return self._take(amount if match[0] == "第" else _sided(amount, "at_most"))
        if match[0] == "前":
            return match.end()
        return self._exclude(start, number.end(), "ordinal that names")

    def _take_or_exclude(self, start, stop):
        found = self._number(start, stop)
        if isinstance(found, str):
            run = _RUN.match(self.text, start, stop)
            return self._exclude(start, run.end() if run else start + 1, found)
        return self._take(found)

    def _take(self, amount):
        self.amounts.append(amount)
        return amount.end

    def _exclude(self, start, end, reason):
        if any(c in NUMERALS for c in self.text[start:end]):
            self.excluded.append((start, end, reason))
        return end


def _halved(match):
    return Decimal("0.5") if match["half"] or match["and_half"] and match["unit"] == "年" else 0


def _sided(amount, bound):
    """Give an amount its bound: a lower bound leaves the high side open, an upper bound the low side."""
    amount.bound = bound
    if bound in ("above", "at_least"):
        amount.high = None
    elif bound in ("below", "at_most"):
        amount.low = None
    return amount
