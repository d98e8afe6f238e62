"""Which year an expression is of, and why: stated, carried on from a date before, or hung on publication."""

import datetime
import re
from collections import namedtuple
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from chipnotes.rules.numerals import year_number
from chipnotes.rules.patterns import Book

BOOK = Book("times.toml")
TABLE, AROUND = BOOK.table, BOOK.around


# The year of an expression (None: unknown) and why, in words. `carries`: the page names it here or shortly
# before, so that what follows may go on with it.
Year = namedtuple("Year", "number why carries", defaults=(None, "", False))
# What has been read so far; a resolver reads it, none changes it. `last`: the last date that rests on a day,
# month, quarter or year; `last_day`: 当天, 次日 hang on it; `topic`: the last whole year, 上年 in a report is
# the year before it; `period`: the last span of months within a year, 去年同期 is of it.
Context = namedtuple("Context", "published last last_day topic period", defaults=[None] * 4)


class Reading(NamedTuple):
    """What an expression means: days (None: open), how exact, how found, the year it took, where it ends."""

    first: datetime.date | None
    last: datetime.date | None
    precision: str
    how: str = ""
    year: Year = Year()
    is_period: bool = True  # may 去年同期 hang on it, if it is of months?
    end: int = 0

    @property
    def day(self):
        """A day that it names: the first, else the last."""
        return self.first or self.last


def before(match, size=24):
    """The text just before an expression."""
    return match.string[max(0, match.start() - size) : match.start()]


def year_of(match, context, month=1, day=1, through=False):
    """The `Year` of an expression of a month and day, or of the months of a year `through` one."""
    published, last = context.published, context.last
    if match["year"] or match["short"]:
        return Year(year_number(match["year"] or match["short"]), "year stated", carries=True)
    if match["word"]:
        return _year_of_word(match, context)
    of_month = "month" in match.groupdict()
    if carried := _carried(match, context, month if of_month else None, through):
        return Year(carried, "year of the date before it", carries=True)
    if not published:
        return Year(None, "no publication date")
    point = datetime.date(published.year, month, 1) + datetime.timedelta(days=day - 1)
    if of_month and last and last.first and last.first > published and match.start() - last.end <= 120:
        coming = point + relativedelta(year=last.first.year)
        if coming >= last.first and not re.search(r"[。!?\n]", match.string[last.end : match.start()]):
            return Year(coming.year, "year of the coming date before it")
    if point > published:
        soon = (point - published).days < 183 and AROUND["from_then"].match(match.string, match.end())
        future = soon or AROUND["future"].search(before(match))
        if not (future or AROUND["future_after"].match(match.string, match.end())):
            why = f"year before publication, because {published.year} would lie after it"
            return Year(published.year - 1, why)
    elif of_month and (published - point).days > 31 and AROUND["next"].search(before(match)):
        why = f"year after publication, because it is announced and {published.year} would lie before it"
        return Year(published.year + 1, why)
    return Year(published.year, f"year of publication {published.year}")


def _year_of_word(match, context):
    """今年 by the day of publication, 当年 by the date before it, 上年 by the year that is reported."""
    raw, published, topic = match["word"], context.published, context.topic
    word = raw.removesuffix("度")
    if (away := TABLE["words_of_the_date_before"].get(word)) is not None:
        if not context.last:
            return Year(None, f"{raw} without a year before it")
        return Year(context.last.day.year + away, f"{raw}: by the date before it", carries=True)
    if not published:
        return Year(None, f"{raw} no publication date")
    year = published.year + TABLE["words"][word]
    if word == "上年" and topic:
        # A year stated in this sentence, or last year in a report of its results.
        near = not re.search("[。;；!?\n]", match.string[topic.end : match.start()])
        if near or (topic.last.year == year and published.month <= 6):
            year = topic.last.year - 1
    return Year(year, f"{raw}: by the year of publication {published.year}", carries=True)


def _carried(match, context, month, through):
    """The year of a date shortly before, in the sentence or, of a day or month, in the paragraph; or None."""
    last, published = context.last, context.published
    if not last or not last.year.carries:
        return None
    between, year = match.string[last.end : match.start()], last.day.year
    if "\n" in between or len(between) > 120 or (published and year > published.year):
        return None
    if last.precision == "year" and re.search("[。;；!?今去]", between):
        return None
    if through and re.search("目前|当前|眼下|如今|今年", between):
        return None
    if month and published and year != published.year:
        # A day or month shortly before publication is the news; a story goes on in the order of its months.
        news = 0 <= published.month - month <= 1 and "。" in between
        if news or (last.precision in ("month", "day") and month < last.day.month):
            return None
    compared = match.string[max(0, last.end - 6) : last.end - 5] in tuple("比较与于")
    return None if compared else year


def reported(match, context, year):
    """全年, 年末 in a report of a year's first months are of the year before, unless said of a goal."""
    published, last, said = context.published, context.last, before(match)
    if not published or not year.number or year.carries:
        return year
    named_before = last and last.year.carries and last.day.year == year.number - 1
    over = said.endswith(("完成", "达成")) or (named_before and said.endswith("预计"))
    goal = AROUND["future"].search(said) or AROUND["goal_after"].match(match.string, match.end())
    if (over or not goal) and (named_before or published.month <= 3):
        return Year(year.number - 1, "year before publication, because it is reported as over")
    return year
