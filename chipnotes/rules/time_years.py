"""Which year an expression is of, and why: stated, carried on from a date before it, or hung on the day of publication."""

import datetime
import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from chipnotes.rules import calendar
from chipnotes.rules.numerals import small, year_number

# A year: 2024年, 2024年度, 二〇二四年, 2024Q3; in two digits where no amount can be meant: 24年底, 02年毕业; a word: 今年, 上一年度.
# Not 1990年代; 达产后年产, 历史上年均, 成本年降, 聪明年轻, 过去年均 only look like words of years.
YEAR = r"""(?:
      (?:(?P<year>(?<![\d.])(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{3})(?:财?年度?(?!代)|(?=[QH][1-4])))
    | (?:(?<![\d.])(?P<short>0\d(?=年[^\W\d_])
        |[129]\d(?=年(?:底|初|末|\d{1,2}月|[一二三四]季度|[上下]半年|前三季度|Q|全年|同期)))年)
    | (?P<word>(?<!当)今年(?!轻)|(?<![过失逝])去年|(?<![说证透声聪文表发提])明年
        |(?:(?<!\w)|(?<=[到至在比于较]))[前后]年|(?<![成资基版日])本年度?|(?<![以历史])上年(?![均轻龄产])度?|上一年度?
        |(?<![相正])当年(?![轻龄])|(?<!相)同年(?![级龄])|(?<![\d一二首每多两几本])次年|翌年|(?<![\d一])这一年(?![多来间以]))
)"""
# Said of what is to come, before an expression (将于12月26日举行), or after it (10月底前, 12月10日截止).
FUTURE = re.compile(
    r"(?:将|拟|计划|预计|力争|争取|定于|有望|确保|截止|排[到至]|原定|时间[为:]|报名|申报|受理)[^,，。;；!?\n]{0,12}$"
)
_FUTURE_AFTER = re.compile(r"(?:前|之前|以前)(?!往)|[^,，。;；!?\n]{0,3}(?:将|拟|计划|力争|有望|截止)")
# Directly before a month that is over this year: the next one is meant (计划3月开工).
_NEXT = re.compile(r"(?:将|拟|定|计划|预计)(?:于|在)$|(?:计划|预计|力争|争取|有望|最快|最早)(?:到|至)?$")
_FROM_THEN = re.compile("起(?!至?今)")  # 10月起施行
_GOAL_AFTER = re.compile(r"[^,，。;；!?\n]{0,8}(?:目标|计划|预期|任务|预计|力争|将)")  # 全年目标
_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "后年": 2}
_OF_THE_DATE_BEFORE = {"当年": 0, "同年": 0, "这一年": 0, "次年": 1, "翌年": 1}


class Why(Enum):
    """Why an expression took its year; the value is how it is told."""

    STATED = "year stated"
    SHORT = "year stated in two digits"
    WORD = "{word}: by the year of publication {now}"
    REPORTED = "{word}: the year before {next}, which is reported"
    DATE = "{word}: by the date before it"
    BEFORE = "year of the date before it"
    COMING = "year of the coming date before it"
    PUBLISHED = "year of publication {now}"
    EARLIER = "year before publication, because {now} would lie after it"
    LATER = "year after publication, because it is announced and {now} would lie before it"
    OVER = "year before publication, because it is reported as over"
    NO_DATE = "{word} without a year before it"
    UNPUBLISHED = "{word} no publication date"


class Year(NamedTuple):
    """The year of an expression (None: not known), why it is that one, and the word that says so."""

    number: int | None
    why: Why
    word: str = ""

    @property
    def carried(self):
        """Does the page name the year here or shortly before, so that what follows may go on with it?"""
        return bool(self.word) or self.why in (Why.STATED, Why.SHORT, Why.BEFORE)


class Named(NamedTuple):
    """The last date read: its span of days, precision, year, and where it ends in the text."""

    first: datetime.date | None
    last: datetime.date | None
    precision: str
    year: Year | None
    end: int

    @property
    def day(self):
        return self.first or self.last


class Reading(NamedTuple):
    """What a resolver makes of an expression: its days, how exact, a note how, the year if it took one."""

    first: datetime.date | None
    last: datetime.date | None
    precision: str
    note: str = ""
    year: Year | None = None
    is_period: bool = True  # may 去年同期 hang on it, if it is a span of months?


class Context(NamedTuple):
    """What has been read so far; a resolver reads it, none changes it."""

    published: datetime.date | None
    last: Named | None = None  # the last date that rests on a day, month, quarter or year
    last_day: datetime.date | None = None  # the last day: 当天, 次日 hang on it
    topic: Named | None = None  # the last whole year: 上年 in a report is the year before it
    period: Reading | None = None  # the last span of months within a year: 去年同期


def year_of(match, context, month=1, day=1, through=None):
    """The `Year` of an expression that is of a month and day, or of the first months of a year `through` one."""
    said = match.groupdict()
    if said.get("year"):
        return Year(year_number(said["year"]), Why.STATED)
    if said.get("short"):
        return Year((1900 if said["short"][0] == "9" else 2000) + int(said["short"]), Why.SHORT)
    if said.get("word"):
        return _year_of_word(match, context)
    text, start, published, last = match.string, match.start(), context.published, context.last
    if carried := _carried(match, context, through):
        return Year(carried, Why.BEFORE)
    if not published:
        return Year(None, Why.UNPUBLISHED)
    now = published.year
    point = datetime.date(now, through or month, 1)
    point = point if through else calendar.in_month(point, day)
    of_day_or_month = bool(said.get("month"))
    if of_day_or_month and last and last.first and last.first > published and start - last.end <= 120:
        coming = calendar.in_year(point, last.first.year)
        if coming >= last.first and not re.search(r"[。!?\n]", text[last.end : start]):
            return Year(coming.year, Why.COMING)
    if point > published and not _is_ahead(match, (point - published).days):
        return Year(now - 1, Why.EARLIER)
    if of_day_or_month and (published - point).days > 31 and _NEXT.search(text, max(0, start - 24), start):
        return Year(now + 1, Why.LATER)
    return Year(now, Why.PUBLISHED)


def _is_ahead(match, days):
    """Is an expression that lies some days after publication said of what is to come?"""
    text, start, end = match.string, match.start(), match.end()
    return bool(
        FUTURE.search(text, max(0, start - 24), start)
        or _FUTURE_AFTER.match(text, end - match[0].endswith("前"))
        or (days < 183 and _FROM_THEN.match(text, end))
    )


def _year_of_word(match, context):
    """今年 by the day of publication, 当年 by the date before it, 上年 by the year that is reported."""
    raw, published, topic = match["word"], context.published, context.topic
    word = raw.removesuffix("度")
    if word in _OF_THE_DATE_BEFORE:
        if not context.last:
            return Year(None, Why.NO_DATE, raw)
        return Year(context.last.day.year + _OF_THE_DATE_BEFORE[word], Why.DATE, raw)
    if not published:
        return Year(None, Why.UNPUBLISHED, raw)
    year = published.year + _WORDS[word]
    if word == "上年" and topic:
        # A year stated in this sentence, or last year in a report of its results.
        between = match.string[topic.end : match.start()]
        stated = topic.year and topic.year.why is Why.STATED and topic.last.year < published.year
        here = stated and len(between) <= 120 and not re.search("[。;；!?\n]", between)
        if here or (topic.last.year == year and published.month <= 6):
            return Year(topic.last.year - 1, Why.REPORTED, raw)
    return Year(year, Why.WORD, raw)


def _carried(match, context, through=None):
    """The year that a date shortly before names: in the same sentence, or for a day or month in the same paragraph. None if none."""
    last, published = context.last, context.published
    if not last or not last.year or not last.year.carried:
        return None
    between = match.string[last.end : match.start()]
    near = len(between) <= (120 if last.precision in ("month", "day") else 40)
    if not near or "\n" in between:
        return None
    if last.precision == "year" and re.search("[。;；!?今去]", between):
        return None
    if through and re.search("目前|当前|眼下|如今|今年", between):
        return None
    year, month = last.day.year, small(match.groupdict().get("month") or "0")
    if month and published and year != published.year:
        # A day or month shortly before publication is the news; a story goes on in the order of its months.
        recent = 0 <= published.month - month <= 1
        if (recent and "。" in between) or (last.precision in ("month", "day") and month < last.day.month):
            return None
    compared = match.string[max(0, last.end - 6) : last.end - 5] in tuple("比较与于")
    return None if compared or (published and year > published.year) else year


def reported(match, context, year):
    """全年 and 年末 in a report of the first months of a year are of the year before it, unless they are said of a goal."""
    published, last, text, start = context.published, context.last, match.string, match.start()
    if not published or year.carried or year.number != published.year or published.month > 6:
        return year
    named_before = bool(last and last.year and last.year.carried and last.day.year == year.number - 1)
    over = text.endswith(("完成", "达成"), 0, start) or (named_before and text.endswith("预计", 0, start))
    future = FUTURE.search(text, max(0, start - 24), start) or _GOAL_AFTER.match(text, match.end())
    if (over or not future) and (named_before or published.month <= 3):
        return Year(year.number - 1, Why.OVER)
    return year


class Form(NamedTuple):
    """One way to write a time: a name, a pattern, and what it means: `resolve(match, context)` gives a Reading, or None for no date."""

    name: str
    pattern: str
    compiled: re.Pattern
    resolve: Callable


# Around any form: 截至11月底, 早在2020年; 2021年以来, 10月起至今.
UNTIL = r"(?:(?P<until>截[至止]到?)?(?:早在)?)"
SINCE = r"(?P<since>年?以来|起?至今(?![年天日晨早晚春夏秋冬])|到现在)?"


def form(forms, pattern):
    """Adds a resolver to a list of forms, with its pattern; the form is called as the resolver is."""

    def add(resolve):
        compiled = re.compile(rf"{UNTIL}(?:{pattern}){SINCE}", re.VERBOSE)
        forms.append(Form(resolve.__name__, pattern, compiled, resolve))
        return resolve

    return add
