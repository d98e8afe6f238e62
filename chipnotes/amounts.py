"""Amounts: every number of a text with its bound and unit, and every numeral that is none with the reason; rules from data tables."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import cn2an

from chipnotes.paths import read_data

# Every character of this set in a text is accounted for: in a quantity, a date or an exclusion. 半 双 首 几 数 成 are not in it.
NUMERALS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿"

_WIDE = dict(zip("０１２３４５６７８９．％﹪＋－−：∶／（）～＞＜　\xa0", "0123456789.%%+--::/()~><  ", strict=True))

_BLANK = re.compile(r"[ \u3000\xa0](?:(?<=[一-鿿].)(?=[\d+-])|(?<=[\d%％+].)(?=[一-鿿]))")

ARABIC = r"(?:\d{1,4}亿\d{1,4}千?万|\d{1,4}万(?:\d千|\d{4}(?![\d.]))|(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?)"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,24}(?:点[零〇一二三四五六七八九]{1,12}(?![十百千]))?"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PER = "(?:人|亩|年|月|日|天|吨|平方米|㎡|立方米|千瓦时|度|瓦时?|公斤|片|台|辆|户|股|小时|家|套|次|颗|k?Wh?)"
LONGEST = 24  # digits; a longer run is a code, not a number that a page asserts
LIST = re.compile(r"[ ]?(?:、|和|与|及|以及)[ ]?")
TO = re.compile(r"(?:\(不?含\))?[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?")


@lru_cache(maxsize=8)
def fold(text):
    """A text with full-width digits, marks and signs as ASCII, one character for one, so that offsets hold.

    A full-width comma stays one, unless it stands between full-width digits.
    """
    text = re.sub("(?<=[０-９])，(?=[０-９])", ",", text)
    for wide, narrow in _WIDE.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def tight(text):
    """A text without the blanks between a Chinese character and a number, and the offset in `text` of each of its characters.

    Some pages write 增长 12.8% 和 300 余家; the rules read them as 增长12.8%和300余家.
    """
    gone = {m.start() for m in _BLANK.finditer(text)}
    if not gone:
        return text, range(len(text) + 1)
    offsets = [i for i in range(len(text) + 1) if i not in gone]
    return "".join(text[i] for i in offsets[:-1]), offsets


@lru_cache(maxsize=64)
def scale(word):
    """The factor that scale characters say: 万亿 -> 10**12, 百万 -> 10**6, '' -> 1."""
    factor = 1
    for character in word:
        factor *= SCALES[character]
    return factor


@lru_cache(maxsize=4096)
def chinese(word):
    """The number that a purely Chinese numeral says, as a Decimal: 二十五 -> 25, 百万 -> 1000000, 二〇二五 -> 2025.

    A numeral that opens with a scale counts one of it. None if it says no number (万十, 十十, half a numeral).
    """
    if len(word) > LONGEST:
        return None
    word = word.replace("〇", "零").replace("两", "二")
    if word[0] in "百千万亿":
        if all(c in SCALES for c in word):
            return Decimal(scale(word)) if word in ("百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿") else None
        word = "一" + word
    try:
        return Decimal(str(cn2an.cn2an(word, "smart")))
    except (ValueError, LookupError):  # cn2an raises either for characters that say no number
        return None


def arabic(word, factor=""):
    """The number that Arabic digits and a scale say, exactly, as a Decimal: 4.15 and 万 -> 41500. None if they are too many."""
    if len(word) > LONGEST:
        return None
    if word[-1].isdigit() and not ("亿" in word or "万" in word):
        return Decimal(word.replace(",", "")) * scale(factor)
    parts = re.findall(r"([\d.]+)([亿万千]*)", word.replace(",", ""))
    return sum(Decimal(digits) * scale(own) for digits, own in parts) * scale(factor)


def small(word):
    """A small whole number in either script, for days, months and counts of years: 十二 -> 12; 0 if it says none."""
    if word.isascii():
        return int(word) if len(word) <= 4 else 0
    number = chinese(word) if len(word) == 1 or "十" in word else None  # 三四 is three or four
    return int(number) if number is not None else 0


def year_number(word):
    """A year in four digits of any script: 2024, 二〇二四, 二零二四."""
    if word.isdecimal():
        return int(word)
    return int("".join(str("零一二三四五六七八九".index(c.replace("〇", "零"))) for c in word))


# ------------------------------------------------------------ the words around a number


def either(words):
    """One expression for many words, the longest first; one branch a first character, so that few are tried.

    `words`: tuples (word, characters before which, characters after which it is part of another word).
    """
    branches = {}
    for word, not_before, not_after in sorted(words, key=lambda row: (-len(row[0]), row[0])):
        behind = f"(?<![{not_after}]{re.escape(word[0])})" if not_after else ""
        ahead = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalpha() else ""
        branches.setdefault(word[0], []).append(
            behind + re.escape(word[1:]) + ahead + (f"(?![{not_before}])" if not_before else "")
        )
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(branches.items()))


@lru_cache(maxsize=1)
def units():
    """Units by their surface, as (canonical unit, class), and one expression of all."""
    table = read_data("units.tsv")
    known = {unit: (canonical, kind) for unit, canonical, kind, _ in table.itertuples(index=False)}
    return known, either((unit, not_before, "") for unit, _, _, not_before in table.itertuples(index=False))


@lru_cache(maxsize=1)
def bounds():
    """Bounds by (word, side), and the expressions of the words before a number and of those after it."""
    rows = list(read_data("bounds.tsv").itertuples(index=False))
    before = either((word, "", beside) for word, side, _, beside in rows if side == "before")
    after = either((word, beside, "") for word, side, _, beside in rows if side == "after")
    return {(word, side): bound for word, side, bound, _ in rows}, before, after


@lru_cache(maxsize=1)
def _expressions():
    """The compiled expressions: where anything begins, a number with its tail, words of bound before and after; and why words are none."""
    unit = units()[1]
    _, before, after = bounds()
    words = read_data("numeral_words.tsv")
    lexical = either((word, "", "") for word in words.word)
    # A look at the first character keeps the many words from being tried at each place of the text.
    first = "".join(sorted({word[0] for word in words.word} | set("持零翻过超半一约近将不首榜居百第前" + NUMERALS)))
    few = "(?!百分)[二两三四五六七八九十百千万]{1,3}"
    begin = re.compile(
        rf"(?=[{first}])(?:(?P<below>{few})分之(?P<above>[一二两三四五六七八九十百千]{{1,3}})|(?P<tiers>(?<=[省市区县乡镇村])[两三四五]级)|(?P<lexical>{lexical})|(?P<flat>持平|零增长)"
        rf"|(?P<fold>翻(?:了)?(?P<foldbound>将近|接近|近|约|超过|超|不止)?(?P<folds>{CHINESE}|\d)?番)"
        rf"|(?P<half>过半数?|超半数|超过半数|超过一半|半数以上|一半以上|一半左右|半数左右|(?<!节)约一半|近半数?|将近一半|近一半|不到一半|不足一半|半数|一半)(?![年天月个小导])"
        rf"|(?P<halfone>半)(?=个?(?:工作日|小时|月|天|学期)|年(?![度报会度]))(?<![上下大多过近前后]半)"
        rf"|(?P<nil>(?<=[为是])零(?=[,，。;；、\n]))|(?P<topone>首位|榜首|居首(?=[,，。;；、]))|(?P<percent>百分之)(?P<hundredth>{ARABIC}|{CHINESE})"
        rf"|(?<![\w.:/—–~-])(?<!\d,)(?P<slash>[1-9]/(?:10|[2-9]))(?=的|以上|以下|左右|多|强|[,，。;；、]|\Z)"
        rf"|(?<![\d.:])(?P<ratio>\d{{1,2}}:\d{{1,2}})(?![\d:])(?:(?=的?比例|分担|共担|配套|配比|出资|分成)|(?<=比.:.)|(?<=比[例为].:.)|(?<=比例为.:.))"
        rf"|(?P<ordinal>[第前])(?=[\d一二两三四五六七八九十百])|(?P<numeral>[{NUMERALS[:10]}{NUMERALS[20:]}]))"
    )
    number = re.compile(
        rf"(?P<num>{ARABIC}|{CHINESE})(?:(?P<inner>[多余几来])(?=[十百千万亿]))?"
        rf"(?P<scale>个多?亿|[十百千]?(?:万亿|亿|万)|[十百千]万|千(?![瓦米克伏卡赫帕兆])|百(?!分))?"
        rf"(?:(?P<more>[多余几来+])(?=[ ]?(?:个半|{unit})))?[ ]?(?P<half>个[半多](?=月|小时|星期|百分点))?"
        rf"(?P<unit>{unit})?(?P<per>(?:/{_PER}|(?<=/.)·{_PER})+)?(?:(?<=[成块])(?P<hundredths>[一二三四五六七八九])(?![十百千万亿家个条项块]))?(?P<and_half>半(?![导年]))?(?P<after>{after})?"
    )
    bound = re.compile(rf"(?P<word>{before})(?:了|为|到|是)?[ ]?\Z")
    return begin, number, bound, re.compile(after), dict(zip(words.word, words.reason, strict=True))


# ------------------------------------------------------------ the amounts of a text


@dataclass
class Amount:
    """A number in a text: its span, the span of the bare numeral, plain values (Decimal or None), bound, unit and class of unit."""

    start: int
    end: int
    low: object
    high: object
    bound: str
    unit: str
    unit_class: str
    word: str = ""  # the word of bound before it
    tail: str = ""  # the word of bound after it
    factor: int = 1  # of the scale characters that stand apart: 万 in 3.5万
    scaled: bool = False
    script: str = "arabic"
    member: bool = False  # a later member of a list: 22.7%、15.0%和10.0%
    head: int = -1  # where the first member of its list begins
    shares: bool = False  # it has its bound from the first member of its list

    def sided(self, bound):
        """Give it its bound: a lower bound leaves the high side open, an upper bound the low side."""
        self.bound = bound
        if bound in ("above", "at_least"):
            self.high = None
        elif bound in ("below", "at_most"):
            self.low = None
        return self


_LABEL_BEFORE = re.compile(r"(?:[A-Za-z][-_/.]?|双|[+#@=*×/\\]|[〔\[]|\d[-:.])\Z")
_LABEL_AFTER = re.compile(r"[-+]?[A-Za-z]|[时点](?!间)|[+:/×](?=\d)|[〕\]]|号|级|代|期|型|线|强|版|届|纪|大会|对\d|\.\d|-\d")
_CODE = re.compile(r"(?:电话|热线|传真|邮编|邮政编码|QQ|微信|代码|编号|ISBN|ISSN|许可证|备案|股票)[^,，。;；\n]{0,16}\Z")
_RANKED = re.compile(
    r"(?:居|列|排名?|名次|位次|位于|升至|升到|跃|稳居|蝉联|进入|跻身|保持|列入|占|由|从|连续\d+年|总量|增速)[^,，。;；\n]{0,12}\Z"
    r"|(?:全[国省市区县球]|世界|国内|[中东西]部|沿海|行业|同类)[^,，。;；\n]{0,6}\Z"
)
_RANK_END = re.compile(r"[位名大强]?(?=[,，。;；、!?\n)”\"的和]|\Z)|[位名]|大")
_MOVED = re.compile(r"[位名]?(?:[升跃上降提跌退滑]|前移)")
_WITHIN = re.compile(r"[位名强](?![单义称下])")
_ONE_COUNTS = re.compile(r"(?:再添|新添|又添|增添|再增|新增|增加|增加了|仅|只有|仅有|唯一|共有?|减少|减少了)\Z")
_LATER = re.compile("后(?![期续端备缀])")
_AHEAD = re.compile(r"(?:未来|今后|接下来|此后|其后|随后|再过)的?\Z")
_RATE = re.compile(r"[率比][^,，。;；\n]{0,6}\Z")
_ENDS = re.compile(r"[,，。;；、\n]|\Z")
_POINTS_AT = re.compile(r"[的这那每同某任另哪第]\Z|(?:其中|之中)\Z")
_PROGRAMME = re.compile(r"(?:行动|计划|规划|方案|攻坚)")
_SESSIONS_COUNTED = re.compile(r"(?:连续|共|已|举办|举行)了?\Z")
_MEETING = re.compile(r"(?:届|人大|政协|党代会|全会|委员会)[^,，。;；\n]{0,6}\Z")
_RUN = re.compile(rf"{ARABIC}|{CHINESE}")
_GRADE = re.compile("量?级")
_PAIR = re.compile(r"((?:[一二两三四五六七八九]?[十百千万])*)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)")
_NAMES = re.compile(r"[^\W\d_]|[.、](?=[^\W\d_])")  # after a bare number: 3号, 1.成立
_EACH = re.compile(r"每[月年]的?(?:\d{1,2}[月日]?[、和及])?\Z")
_STATES = re.compile(r"(?:[为达至到是:：]|规模|总数|得分|指数|系数|排名|数量|PUE|PMI)值?\Z")
_ITEM = re.compile(r"^[ ]*(\d{1,2})([.．、])", re.MULTILINE)
_HALVES = {"过": "above", "超": "above", "半": "exact", "一": "exact", "约": "about", "近": "below", "将": "below", "不": "below"}
_NO_VALUE = "no number: digits or numeral characters that give no value"


def _half(match, unit_class):
    """What 个半, 年半 or the digit after 块 and 成 adds to a number: 三个半, 两年半, 九成二."""
    half = match["half"] == "个半" or match["and_half"] and unit_class in ("time", "tenth", "times", "physical")
    return Decimal("0.5") * bool(half) + (Decimal(small(match["hundredths"])) / 10 if match["hundredths"] else 0)


def read_amounts(text, skip=()):
    """The amounts of a text and what is none.

    `skip`: spans (start, end), in order, that belong to something else (dates). Returns (amounts, exclusions): a list of Amount,
    and a list of (start, end, reason) for each numeral character that is neither in an amount nor in `skip`.
    """
    short, offsets = tight(text)
    amounts, excluded = _Scan(short, [(bisect_left(offsets, start), bisect_left(offsets, end)) for start, end in skip]).read()
    for amount in amounts:
        amount.start, amount.end = offsets[amount.start], offsets[amount.end - 1] + 1
    return amounts, [(offsets[start], offsets[end - 1] + 1, reason) for start, end, reason in excluded]


class _Scan:
    """One pass from left to right; no character is looked at more than a few times."""

    def __init__(self, text, skip):
        self.text = fold(text)
        self.skip = list(skip)
        self.known = units()[0]
        self.begin, self.number, self.bound, self.after, self.reasons = _expressions()
        self.bounds = bounds()[0]
        self.amounts, self.excluded = [], []
        self.looked = (-1, None)  # where words of bound were last looked for, and what was found
        # 4．110千伏 opens with the number of an item, if its stop is wide and its digits are not, or if other items are numbered so.
        items = [(m, text[m.end() : m.end() + 1].isdecimal()) for m in _ITEM.finditer(text)]
        clear = {int(m[1]) for m, digit in items if not digit}
        self.items = {
            m.start(1): m.end(1)
            for m, digit in items
            if not digit or m[1].isascii() and (m[2] == "．" or {int(m[1]) - 1, int(m[1]) + 1} & clear)
        }
        stops = set(self.items.values())
        self.text = "".join(" " if i in stops else c for i, c in enumerate(self.text)) if stops else self.text

    def read(self):
        at = 0
        for first, last in [*self.skip, (len(self.text), len(self.text))]:
            self.floor = at
            while match := self.begin.search(self.text, at, first):
                at = self.floor = self._one(match, first)
            at = last
        return self.amounts, self.excluded

    def _one(self, match, stop):
        """Read what begins here; returns where to go on."""
        start, end = match.span()
        if start in self.items:
            return self._exclude(start, self.items[start], "number of a list item")
        if match.lastgroup == "numeral":
            return self._take_or_exclude(start, stop)
        if match["below"]:
            return self._part(match, stop)
        if match["lexical"]:
            longer = self._number(start, stop) if match[0][0] in NUMERALS else None
            if longer is None or isinstance(longer, str) or longer.end <= end:
                return self._exclude(start, end, self.reasons[match[0]])
            return self._take(longer)
        if match["ordinal"]:
            return self._ordinal(match, stop)
        if match["tiers"]:
            value = chinese(match["tiers"][0])
            return self._take(Amount(start, end, value, value, "exact", "级", "count", script="chinese"))
        if match["flat"]:
            return self._take(Amount(start, end, 0, 0, "exact", "%", "growth"))
        if match["fold"]:
            word = match["folds"] or "一"
            folds = int(word) if word.isascii() else chinese(word)
            if folds is None or folds > 30:
                return self._exclude(start, end, _NO_VALUE)
            value = 2 ** int(folds) * 100 - 100
            amount = self._tailed(Amount(start, end, value, value, "exact", "%", "growth"), stop)
            inner = self.bounds.get((match["foldbound"], "before"), "above")
            return self._take(amount.sided(inner) if match["foldbound"] else self._bounded(amount))
        if match["nil"]:
            if not _RATE.search(self.text, max(0, start - 16), start):
                return self._exclude(start, end, "numeral character in a word")
            return self._take(Amount(start, end, 0, 0, "exact", "%", "percent"))
        if match["ratio"]:
            one, other = map(Decimal, match["ratio"].split(":"))
            if not other:
                return self._exclude(start, end, _NO_VALUE)
            return self._take(Amount(start, end, one / other, one / other, "exact", "", ""))
        if match["half"]:
            word = match["half"]
            bound = {"以上": "at_least", "左右": "about"}.get(word[-2:]) or _HALVES[word[0]]
            return self._take(Amount(start, end, 50, 50, "exact", "%", "percent", script="chinese").sided(bound))
        if match["halfone"]:
            unit = re.compile(units()[1]).match(self.text, end, stop)
            if not unit:
                return end
            canonical, unit_class = self.known[unit[0]]
            half = Decimal("0.5")
            amount = Amount(start, unit.end(), half, half, "exact", canonical, unit_class, script="chinese")
            return self._take(self._bounded(self._tailed(amount, stop)))
        if match["topone"]:
            if _RANKED.search(self.text, max(self.floor, start - 16), start) or match[0] == "居首":
                return self._take(Amount(start, end, 1, 1, "exact", "位", "rank"))
            return end
        return self._part(match, stop)

    # ------------------------------------------------------------ numbers

    def _parse(self, start, stop):
        """The number that begins here, with unit and words after it, as (match, low, high); values None if it says none."""
        match = self.number.match(self.text, start, stop)
        if not match:
            return None
        word, factor = match["num"], (match["scale"] or "").lstrip("个多")
        if word[0].isdigit():
            value = arabic(word, factor)
            return match, value, value
        pair = _PAIR.fullmatch(word)
        if pair:
            digits = [chinese(pair[side]) for side in (2, 3)]
            low, high = (chinese(pair[1] + pair[side] + pair[4]) for side in (2, 3))
            if low is None or high is None or not digits[0] < digits[1] <= digits[0] + 2:
                return match, None, None
            return match, low * scale(factor), high * scale(factor)
        value = chinese(word)
        value = None if value is None else value * scale(factor)
        return match, value, value

    def _number(self, start, stop):
        """An Amount, or the reason (str) why the numeral here is none."""
        parsed = self._parse(start, stop)
        if parsed is None:
            return "part of a number that breaks off"
        match, low, high = parsed
        unit, unit_class = self.known.get(match["unit"], ("", ""))
        if low is None:
            return _NO_VALUE
        is_arabic = match["num"][0].isdigit()
        half = _half(match, unit_class)
        amount = Amount(start, match.end(), low + half, high + half, "exact" if low == high else "range", unit, unit_class,
                        factor=scale((match["scale"] or "").lstrip("个多")), scaled=bool(match["scale"]) or match["num"][-1] in "万亿",
                        script="arabic" if is_arabic else "chinese")  # fmt: skip
        if match["per"]:
            amount.unit += match["per"]
        if match["hundredths"] and match["unit"] == "块":  # 七块五: 7.5 yuan
            amount.unit, amount.unit_class = "元", "money"
        if unit_class == "tenth":
            amount.low, amount.high, amount.unit_class = amount.low * 10, amount.high * 10, "percent"
        after, more = match["after"], match["inner"] or match["more"] or "多" in (match["half"] or match["scale"] or "") and "多"
        if after == "内" and unit_class not in ("time", "physical"):
            amount.end, after = match.start("after"), None
        self._range(amount, match, stop)
        fault = self._fault(amount, match, is_arabic)
        if fault:
            return fault
        self._bounded(amount)
        if amount.bound == "exact" and more:
            amount.tail = more
            amount.sided("about" if more == "来" else "at_least")
        if amount.bound == "exact" and after:
            amount.tail = after
            amount.sided(self.bounds[after, "after"])
        level = _GRADE.match(self.text, amount.end)
        if amount.bound == "exact" and level and (amount.scaled or not is_arabic):
            amount.end = level.end()
            amount.bound = self._tailed(amount, stop).bound.replace("exact", "about")
        return amount

    def _fault(self, amount, match, is_arabic):
        """Why the numeral is no quantity, or ''."""
        start, end, unit = amount.start, match.end(), match["unit"]
        before, after = self.text[max(0, start - 8) : start], self.text[end : end + 8]
        bounded = self._bound_before(start)
        has_more = match["inner"] or match["more"] or match["after"] or match["half"] or match["and_half"]
        if before.endswith(("几", "数")) and not (is_arabic and len(match["num"]) > 2):
            return "vague number (几, 数)"
        if (
            unit == "届"
            and not _SESSIONS_COUNTED.search(before)
            or unit == "次"
            and _MEETING.search(before)
            and after[:2] in ("会议", "全会", "全体")
        ):
            return "ordinal that names"
        if unit in ("月", "日") and _EACH.search(before):
            return "day or month that recurs"
        named = before.endswith(("“", '"', "“新", "双")) and after.startswith(("”", '"')) and len(match["num"]) < 3
        if named and unit and self.known[unit][1] == "count":
            return "name of a policy in quotation marks"
        if unit == "年" and _PROGRAMME.match(after):
            return "name of a programme"
        if unit in ("年", "个月") and not bounded and not has_more and (_LATER.match(after) or _AHEAD.search(before)):
            return "time counted on from another"
        if not is_arabic:
            return "" if amount.bound == "range" and amount.unit else self._chinese_fault(match, before, after, bounded, has_more)
        if before.endswith("再+"):
            amount.start, amount.unit_class = amount.start - 1, "count"
            return ""
        if before.endswith("+") and amount.unit_class in ("percent", "points"):
            amount.start -= 1
            return ""
        if after[:1] == ":" and after[1:2].isdecimal() or before[-1:] == ":" and before[-2:-1].isdecimal():
            return "clock time or ratio"
        # MCU1.1万片, 2毫米×3毫米
        measured = amount.unit and (
            amount.scaled and before[-1:].isalpha() or amount.unit_class == "physical" and before.endswith("×")
        )
        if not measured and _LABEL_BEFORE.search(before) and not TO.fullmatch(before[-1:] or "x"):
            return "label: digits joined to letters or signs"
        graded = amount.scaled and _GRADE.match(after)
        if (not unit or unit == "对") and amount.bound != "range" and not graded and _LABEL_AFTER.match((unit or "") + after):
            return "label: digits joined to letters, signs or a word of naming"
        if unit in ("款", "届", "期") and re.fullmatch(r"(?:19|20)\d\d", match["num"]):
            return "label: a year or number that names"
        if _CODE.search(self.text[max(0, start - 24) : start]):
            return "telephone, postal or other code"
        alone = before[-1:] in ("\n", "") and after[:1] in ("\n", "")
        if amount.unit or amount.scaled or bounded or has_more or alone or _STATES.search(before) and not _NAMES.match(after):
            return ""
        for _ in range(8):  # 100、200、500万元: the unit is the last one's
            listed = LIST.match(self.text, end)
            following = self.number.match(self.text, listed.end()) if listed else None
            if not following or following["unit"]:
                return "" if following else "number without a unit or a word that measures: label"
            end = following.end()
        return "number without a unit or a word that measures: label"

    def _chinese_fault(self, match, before, after, bounded, has_more):
        word, unit = match["num"], match["unit"]
        unit_class = self.known[unit][1] if unit else ""
        strong = bounded and self.bounds[bounded["word"], "before"] != "exact"
        if word == "一" and unit:
            if (
                unit_class in ("times", "tenth", "points")
                or strong
                or has_more
                and unit_class != "tenth"
                or _ONE_COUNTS.search(before)
                or self._counts_on(match, before, after)
            ):
                return ""
            return "一 with a measure word: indefinite article"
        if unit_class == "noun" and not has_more and not strong:
            return "pronoun or name: numeral joined to a noun"
        if unit_class == "score" and not has_more:
            return "numeral character in a word"
        if all(c in SCALES for c in word) and word != "十":
            level = _GRADE.match(after)
            large = len(word) > 1
            if strong or has_more or level or large and (bounded or unit_class == "money") or before[-1:] == "上" and unit:
                counted = unit or level or match["after"] in ("多", "余") or bounded and large
                return "" if counted else "numeral character in a word"
            return "round figure as a name, or numeral character in a word"
        if word == "二" and unit_class == "count":
            return "二 with a measure word: ordinal or grade"
        if unit or match["after"] in ("余", "出头") and word[-1] in SCALES or (match["scale"] or "").startswith("个"):
            return ""
        if len(word) > 1 and _GRADE.match(after) and word[-1] in "万亿" or word[-1] in "万亿" and strong:
            return ""
        if re.match(r"[是要、.]", after) and len(word) <= 2:
            return "number of a list item"
        return "numeral character in a word"

    def _counts_on(self, match, before, after):
        """Does 一家 end a clause shortly after a count of the same unit: 瞪羚企业两家,上市一家?"""
        last = self.amounts[-1] if self.amounts and match["num"] == "一" else None
        if not last or last.unit != match["unit"] or match.start() - last.end > 30:
            return False
        return _ENDS.match(after) and not _POINTS_AT.search(before)

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
        low += _half(second, unit_class)
        if match["unit"] and unit != amount.unit or not unit:
            return
        if unit_class == "tenth":
            low, unit_class = low * 10, "percent"
            amount.low = amount.low * 10 if not match["unit"] else amount.low
        if not amount.unit and not match["scale"]:
            amount.low *= scale((second["scale"] or "").lstrip("个多"))
        if amount.low > low and joined[0].strip() not in ("至", "到"):
            amount.low, low = low, amount.low  # 90-28纳米
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
                amount.sided(self.bounds[found["word"], "before"])
        elif (
            amount.bound in ("exact", "range")
            and self.text[amount.start - 1 : amount.start] == "-"
            and not re.search(r"[\w)%]-\Z", self.text[max(0, amount.start - 2) : amount.start], re.ASCII)
        ):
            amount.low, amount.start = -amount.low, amount.start - 1
            amount.high = amount.low if amount.bound == "exact" else amount.high  # -40℃至150℃
        return amount

    def _tailed(self, amount, stop):
        """Take in the word of bound that stands after the number."""
        after = self.after.match(self.text, amount.end, stop)
        if after and amount.bound == "exact":
            amount.end, amount.tail = after.end(), after[0]
            amount.sided(self.bounds[after[0], "after"])
        return amount

    # ------------------------------------------------------------ the other forms

    def _part(self, match, stop):
        """百分之三十, 三分之一, 2/3: a part as percent."""
        if match["percent"]:
            word = match["hundredth"]
            value = arabic(word) if word[0].isdigit() else chinese(word)
        else:
            below, above = (chinese(match[name] or "零") for name in ("below", "above"))
            if match["slash"]:
                above, below = map(Decimal, match["slash"].split("/"))
            value = above * 100 / below if below and above is not None and above < below else None
        if value is None:
            return self._exclude(match.start(), match.end(), _NO_VALUE)
        amount = Amount(match.start(), match.end(), value, value, "exact", "%", "percent")
        bounded = self._bounded(amount)
        return self._take(self._tailed(bounded, stop))

    def _ordinal(self, match, stop):
        """第2 as a rank, 前三 as a rank within; else it names."""
        start, within = match.start(), match[0] == "前"
        number = _RUN.match(self.text, match.end(), stop)
        end = _RANK_END.match(self.text, number.end(), stop)
        moved = not within and _MOVED.match(self.text, number.end(), stop)
        ranked = _RANKED.search(self.text, max(0, start - 20), start)
        if ranked and end or moved or within and _WITHIN.match(self.text, number.end(), stop):
            word = number[0]
            value = arabic(word) if word[0].isdigit() else chinese(word)
            if value is not None:
                last = number.end() + self.text.startswith(("位", "名", "强"), number.end())
                amount = Amount(start, max(last, end.end() if end else 0), value, value, "exact", "位", "rank")
                return self._take(amount.sided("at_most") if within else amount)
        joined = TO.match(self.text, number.end(), stop)  # 第11至20名
        last = joined and _RUN.match(self.text, joined.end(), stop) or number
        return match.end() if within else self._exclude(start, last.end(), "ordinal that names")

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
