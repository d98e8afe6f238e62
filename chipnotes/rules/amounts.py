"""Amounts: each number of a text that states a quantity, with bound, unit and kind; each numeral that states none, and why not."""

import re
from bisect import bisect_left
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from chipnotes.glyphs import NUMERALS, fold, tight
from chipnotes.rules.kinds import classify
from chipnotes.rules.number import Context, Exclusion, Found, bounded, read, sided, with_tail, words
from chipnotes.rules.numerals import ARABIC, CHINESE, chinese, formal, value
from chipnotes.rules.reasons import NO_VALUE, TO


class Amount(NamedTuple):
    """A number that states a quantity, in plain numbers, percent as percent; None is an open side."""

    start: int
    end: int
    low: float | None
    high: float | None
    bound: str
    unit: str
    kind: str


def find_amounts(text, taken=(), published=None):
    """The amounts of a text, and the numerals in it that state none.

    `taken`: spans (start, end, …), in order, that belong to something else: dates. `published`: a datetime.date; a year after it is
    one that goals are set for. Returns two lists:

    - Amount(start, end, low, high, bound, unit, kind): the number with the words of bound and the unit that touch it; plain values,
      万 and 亿 multiplied out, percent as percent, None on an open side; bound exact above at_least below at_most about range target;
      unit "" where the page gives none; kind level growth share difference_pp rank count threshold target
    - Exclusion(start, end, reason): numeral characters that are in no amount and not taken

    >>> amounts, none = find_amounts("四川产值超3亿-5亿元,员工人数80人")
    >>> [(a.start, a.end, a.low, a.high, a.bound, a.unit, a.kind) for a in amounts]
    [(4, 11, 300000000.0, 500000000.0, 'range', '元', 'level'), (16, 19, 80.0, 80.0, 'exact', '人', 'count')]
    >>> none
    [Exclusion(start=0, end=1, reason='place name')]
    """
    short, offsets = tight(text)
    spans = [(bisect_left(offsets, start), bisect_left(offsets, end)) for start, end, *_ in taken]
    page, items = _items(short, formal(fold(short)))
    found, none = _scan(page, spans, items)
    amounts = [
        Amount(
            offsets[a.start],
            offsets[a.end - 1] + 1,
            *(None if v is None else float(v) for v in (a.low, a.high)),
            a.bound,
            a.unit,
            a.kind,
        )
        for a in classify(page, spans, found, published)
    ]
    excluded = [
        Exclusion(offsets[none_.start + run.start()], offsets[none_.start + run.end() - 1] + 1, none_.reason)
        for none_ in none
        for run in _NUMERALS.finditer(short[none_.start : none_.end])
    ]
    return amounts, excluded


_NUMERALS = re.compile(f"[{NUMERALS}]+(?:[.,][{NUMERALS}]+)*")
_ITEM = re.compile(r"^[ ]*(\d{1,2})([.．、])", re.MULTILINE)


def _items(text, folded):
    """The folded text with the stops of item numbers blanked, and where these numbers begin and end.

    4．110千伏 opens with the number of an item, if its stop is wide and its digits are not, or if other items are numbered so.
    """
    found = [(m, text[m.end() : m.end() + 1].isdecimal()) for m in _ITEM.finditer(text)]
    clear = {int(m[1]) for m, digit in found if not digit}
    items = {
        m.start(1): m.end(1)
        for m, digit in found
        if not digit or m[1].isascii() and (m[2] == "．" or {int(m[1]) - 1, int(m[1]) + 1} & clear)
    }
    stops = set(items.values())
    return "".join(" " if i in stops else c for i, c in enumerate(folded)) if stops else folded, items


def _scan(text, taken, items):
    """One pass from left to right over what is not taken: the amounts, and the exclusions."""
    found, none, at = [], [], 0
    for first, last in [*taken, (len(text), len(text))]:
        floor = at
        while match := begin().search(text, at, first):
            context = Context(text, floor, first, found[-1] if found else None)
            item = items.get(match.start())
            read_ = (
                Exclusion(match.start(), item, "number of a list item")
                if item
                else RESOLVERS[match.lastgroup](match, context)
            )
            if isinstance(read_, Found):
                found.append(read_)
            elif read_:
                none.append(read_)
            at = floor = read_.end if read_ else match.end()
        at = max(at, last)
    return found, none


@lru_cache(maxsize=1)
def begin():
    """Where a form begins: all patterns in their order, one named group a form; a look at the first character keeps most places out."""
    parts = {"<fixed>": words().fixed, "<sign>": words().sign}
    first = {word[0] for word in words().reasons} | set(_FIRST + NUMERALS)
    forms = "|".join(f"(?P<{name}>{parts.get(pattern, pattern)})" for name, pattern, _ in FORMS)
    return re.compile(f"(?=[{''.join(sorted(first))}])(?:{forms.replace('<sign>', words().sign)})")


# ------------------------------------------------------------ the other forms


def _percent(low, match, context, family="percent"):
    return bounded(Found(match.start(), match.end(), low, low, "exact", "%", family), context)


def _none(match, reason):
    return Exclusion(match.start(), match.end(), reason)


def _fixed(match, context):
    """Words that hold a numeral, unless a longer number begins there: 四川, 一体化; 百分百."""
    longer = read(match.start(), context) if match[0][0] in NUMERALS else None
    return (
        longer
        if isinstance(longer, Found) and longer.end > match.end()
        else _none(match, words().reasons[match[0]])
    )


def _part(match, context):
    """A part of a whole, as percent."""
    if match.lastgroup == "hundredth":
        share = value(match["hundredths"])
    else:
        above, below = (
            (match["above"], match["below"])
            if match["above"]
            else (match["slash"] or match["slash_"]).split("/")
        )
        above, below = value(above), value(below)
        share = above * 100 / below if below and above is not None and above < below else None
    return _none(match, NO_VALUE) if share is None else _percent(share, match, context)


def _folds(match, context):
    """翻番 is +100 %, 翻两番 +300 %."""
    folds = value(match["folds"] or "一")
    if folds is None or folds > 30:
        return _none(match, NO_VALUE)
    growth = Decimal(2 ** int(folds) * 100 - 100)
    if not match["foldbound"]:
        return _percent(growth, match, context, "growth")
    found = with_tail(Found(match.start(), match.end(), growth, growth, "exact", "%", "growth"), context)
    bound = words().bounds.get((match["foldbound"], "before"), "above")
    return sided(found._replace(low=growth, high=growth), bound)


_HALVES = {"过": "above", "超": "above", "约": "about", "近": "below", "将": "below", "不": "below"}


def _half(match, context):
    bound = {"以上": "at_least", "左右": "about"}.get(match[0][-2:]) or _HALVES.get(match[0][0], "exact")
    return sided(Found(match.start(), match.end(), Decimal(50), Decimal(50), "exact", "%", "percent"), bound)


def _half_unit(match, context):
    unit = words().unit.match(context.text, match.end(), context.stop)
    if not unit:
        return None
    half = Decimal("0.5")
    return bounded(Found(match.start(), unit.end(), half, half, "exact", *words().units[unit[0]]), context)


def _nil(match, context):
    rate = re.search(r"[率比][^,，。;；\n]{0,6}\Z", context.text[max(0, match.start() - 16) : match.start()])
    return (
        Found(*match.span(), Decimal(0), Decimal(0), "exact", "%", "percent")
        if rate
        else _none(match, "numeral character in a word")
    )


def _ratio(match, context):
    one, other = map(Decimal, match[0].split(":"))
    return Found(*match.span(), one / other, one / other) if other else _none(match, NO_VALUE)


def _currency(match, context):
    found = read(match.end(), context, match.start())
    unit = found.unit or words().units[match[0].strip()][0] if isinstance(found, Found) else None
    return found._replace(unit=unit, family="money") if unit else found


def _top(match, context):
    ranked = RANKED.search(context.text, max(context.floor, match.start() - 16), match.start())
    return (
        Found(*match.span(), Decimal(1), Decimal(1), "exact", "位", "rank")
        if ranked or match[0] == "居首"
        else None
    )


# What stands before a rank (居全国第2, 排名前三) and after it.
RANKED = re.compile(
    r"(?:居|列|排名?|名次|位次|位于|升至|升到|跃|稳居|蝉联|进入|跻身|保持|列入|占|由|从|连续\d+年|总量|增速)[^,，。;；\n]{0,12}\Z"
    r"|(?:全[国省市区县球]|世界|国内|[中东西]部|沿海|行业|同类)[^,，。;；\n]{0,6}\Z"
)
RANK_END = re.compile(r"[位名大强]?(?=[,，。;；、!?\n)”\"的和]|\Z)|[位名]|大")
_RUN = re.compile(rf"{ARABIC}|{CHINESE}")
_MOVED = re.compile(r"[位名]?(?:[升跃上降提跌退滑]|前移)")
_WITHIN = re.compile(r"[位名强](?![单义称下])")


def _ordinal(match, context):
    """第2 and 前三 as ranks, where something is ranked; else it names."""
    (text, _, stop, _), within = context, match[0] == "前"
    number = _RUN.match(text, match.end(), stop)
    end = RANK_END.match(text, number.end(), stop)
    moved = not within and _MOVED.match(text, number.end(), stop)
    ranked = RANKED.search(text, max(0, match.start() - 20), match.start())
    rank = value(number[0])
    if rank is not None and (ranked and end or moved or within and _WITHIN.match(text, number.end(), stop)):
        last = number.end() + text.startswith(("位", "名", "强"), number.end())
        found = Found(match.start(), max(last, end.end() if end else 0), rank, rank, "exact", "位", "rank")
        return sided(found, "at_most") if within else found
    dash = TO.match(text, number.end(), stop)  # 第11至20名
    last = dash and _RUN.match(text, dash.end(), stop) or number
    return None if within else Exclusion(match.start(), last.end(), "ordinal that names")


def _same(low, unit, family):
    return lambda match, context: Found(*match.span(), Decimal(low), Decimal(low), "exact", unit, family)


_FEW = "(?!百分)[二两三四五六七八九十百千万]{1,3}"
_FIRST = "持零翻过超半一约近将不首榜居百第前$€£¥￥UHNASCR"  # with which a form may begin, beside numerals
# (name, pattern, resolver), tried in this order wherever one may begin.
FORMS = [
    # 三分之一, 千分之五
    ("fraction", rf"(?P<below>{_FEW})分之(?P<above>[一二两三四五六七八九十百千]{{1,3}})", _part),
    # 市县两级
    (
        "tiers",
        "(?<=[省市区县乡镇村])[两三四五]级",
        lambda m, c: _same(int(chinese(m[0][0])), "级", "count")(m, c),
    ),
    # 四川, 一体化
    ("fixed", "<fixed>", _fixed),
    # 持平, 零增长
    ("flat", "持平|零增长", _same(0, "%", "growth")),
    # 翻番, 翻了近两番
    ("fold", rf"翻了?(?P<foldbound>将近|接近|近|约|超过|超|不止)?(?P<folds>{CHINESE}|\d)?番", _folds),
    # 过半, 近一半, 半数以上
    (
        "half_share",
        "(?:过半数?|超半数|超过半数|超过一半|半数以上|一半以上|一半左右|半数左右|(?<!节)约一半|近半数?|将近一半|近一半"
        "|不到一半|不足一半|半数|一半)(?![年天月个小导])",
        _half,
    ),
    # 半年, 半个工作日
    ("half_unit", "半(?!小时.{0,4}圈)(?=个?(?:工作日|小时|月|天|学期)|年(?![度报会]))(?<![上下大多过近前后]半)", _half_unit),
    # 返贫率为零
    ("nil", r"(?<=[为是])零(?=[,，。;；、\n])", _nil),
    # 居首位
    ("top", "首位|榜首|居首(?=[,，。;；、])", _top),
    # 百分之三十
    ("hundredth", f"百分之(?P<hundredths>{ARABIC}|{CHINESE})", _part),
    # 1/5的企业, 近1/6
    (
        "slashed",
        r"(?<![A-Za-z0-9_.:/—–~-])(?<!\d,)(?P<slash>[1-9]/(?:10|[2-9]))(?=的|以上|以下|左右|多|强|[,，。;；、]|\Z)"
        r"|(?<=[占近约超过到足逾])(?P<slash_>[1-9]/(?:[1-9]0|[2-9]))(?![\d/日月号])",
        _part,
    ),
    # 按3:7的比例
    (
        "ratio",
        r"(?<![\d.:])\d{1,2}:\d{1,2}(?![\d:])(?:(?=的?比例|分担|共担|配套|配比|出资|分成)"
        r"|(?<=比.:.)|(?<=比[例为].:.)|(?<=比例为.:.))",
        _ratio,
    ),
    # $3亿, US$3亿
    ("currency", r"(?<![A-Za-z])<sign>[ ]?(?=\d)", _currency),
    # 第2, 前三
    ("ordinal", "[第前](?=[\\d一二两三四五六七八九十百])", _ordinal),
    # any other numeral: 20.8亿元
    ("numeral", f"[{NUMERALS[:10]}{NUMERALS[20:]}]", lambda match, context: read(match.start(), context)),
]
RESOLVERS = {name: resolver for name, _, resolver in FORMS}
