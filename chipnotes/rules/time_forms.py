"""What the forms of data/times.toml mean: from a match and the context to a Reading, None for no date.

What no calendar has raises the ValueError of `datetime.date`: it is no date either.
"""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from chipnotes.rules.numerals import small
from chipnotes.rules.time_years import AROUND, TABLE, Reading, before, reported, year_of


def _span(year, first, last=None):
    """The first day of a month and the last of another (or the same); None, None without a year.

    Months count on over the year's turn.

    >>> _span(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> _span(2024, 0)  # the month before January
    (datetime.date(2023, 12, 1), datetime.date(2023, 12, 31))
    """
    if not year:
        return None, None
    begin, last = date(year, 1, 1), first if last is None else last
    return begin + relativedelta(months=first - 1), begin + relativedelta(months=last, days=-1)


def _months(year, first, last, precision, is_period=True):
    """Months of a `Year`; open at both ends if the year is not known."""
    note = f"months {first} to {last}" if first < last else f"month {last}"
    return Reading(*_span(year.number, first, last), precision, note, year, is_period)


def _part_of_month(year, month, part):
    """The days of a part of a month; open at both ends if the year is not known."""
    first, last = _span(year, month)
    start, end = TABLE["parts_of_a_month"][part or ""]
    return first and first.replace(day=start), last and last.replace(day=min(end, last.day))


def _years(first, last, note, precision="range"):
    return Reading(*_span(first, 1, 12 * (last - first + 1)), precision, note)


def _days(first, last, note, *year):
    return Reading(first, last, "day" if first == last else "range", note, *year)


# ------------------------------------------------------------ the calendar


def full_date(match, context):
    """2024-11-04, 2024/7/10—8/10"""
    year, month, number, *end = map(int, re.findall(r"\d+", match["date"]))
    first = date(year, month, number)
    last = date(year + (end < [month, number]), *end) if end else first
    return _days(first, last, "full date")


def years(match, context):
    """2024—2026年, 2022、2023两年"""
    first, last = int(match["from"]), int(match["to"])
    fits = first + 1 == last if match[0].endswith("两年") else first < last
    return _years(first, last, "years") if fits else None


def day(match, context):
    """11月4日, 5月3-5日"""
    month, start = small(match["month"]), small(match["day"] or match["from"])
    year = year_of(match, context, month, start)
    ends = (start, small(match["to"]) if match["to"] else start)
    first, last = (year.number and date(year.number, month, one) for one in ends)
    return _days(first, last, "month and day", year)


def month(match, context):
    """9月份, 去年9月底前"""
    number, part = small(match["month"]), match["part"]
    year = year_of(match, context, number, TABLE["parts_of_a_month"][part or ""][0])
    note = f"month; its {part}" if part else "month"
    return Reading(*_part_of_month(year.number, number, part), "month", note, year)


def months(match, context):
    """1-9月, 11-2月 over the year's turn; 前8个月, 一至三季度 from the first on"""
    first = small(match.groupdict().get("from") or "1")
    last = small(match["to"]) * (3 if "季" in match[0] else 1)
    return _months(year_of(match, context, last, through=True), first - 12 * (first > last), last, "range")


def part_of_year(match, context):
    """三季度, 今年Q3, 四季度末, 上半年, 2024H2"""
    size = 6 if re.search("半年|H", match[0]) else 3
    last = size * ({"首": 1, "上": 1, "下": 2}.get(match["number"]) or small(match["number"]))
    first = last if match["end"] else last - size + 1
    precision = "month" if match["end"] else "quarter" if size == 3 else "range"
    return _months(year_of(match, context, first), first, last, precision)


def year(match, context):
    """2024年, 明年初, 年底, 全年; 年内 is what is left of the year, or the year so far (年内第三次)"""
    found, part, published = year_of(match, context), (match["part"] or "")[:1], context.published
    if part in ("末", "全"):
        found = reported(match, context, found)
    if part in ("", "全"):
        return _months(found, 1, 12, "year")
    if part != "内":
        month = {"初": 1, "中": 6}.get(part, 12)
        return _months(found, month, month, "month", is_period=False)
    first, last = _span(found.number, 1, 12)
    if published and published.year == found.number:
        so_far = AROUND["so_far"].match(match.string, match.end())
        first, last = (first, published) if so_far else (published, last)
    return Reading(first, last, "range", "within the year", found, is_period=False)


def same_period(match, context):
    """去年同期"""
    year, period = year_of(match, context), context.period
    if not year.number or not period:
        return _months(year, 1, 12, "year")
    if period.first.year == year.number and match["word"]:
        year = year._replace(number=year.number - 1)
    away, one = relativedelta(years=year.number - period.first.year), timedelta(days=1)
    last = period.last + one + away - one  # to the end of February, also in a leap year
    return Reading(period.first + away, last, period.precision, "the period named before it", year)


def feast(match, context):
    """春节, 国庆假期"""
    name, holiday = match["feast"], match["holiday"]
    month, number, days = TABLE["feasts"][name]
    year = year_of(match, context, month, number)
    first = year.number and date(year.number, month, number)
    if name == "春节":
        first = TABLE["spring"].get(str(year.number))
    last = first and first + timedelta(days=days - 1 if holiday else 0)
    return Reading(first, last, "range" if holiday else "day", name, year)


def _anchor(match, context, precision):
    """The day of publication; in a comparison (比上月, 较上季) the month or quarter that is reported."""
    period = context.period
    reported = period and period.precision == precision and before(match, 1) in tuple("比较")
    return period.first if reported else context.published


def relative_month(match, context):
    """本月15日, 上月底, 月底前; 当月 by the date before it, 比上月 by the month that is reported"""
    which, anchor = match["which"] or "本月", _anchor(match, context, "month")
    if which in ("当月", "同月", "次月"):
        anchor = context.last and context.last.day
    if not anchor:
        return Reading(None, None, "month", f"{which}; no date to hang it on")
    first, last = _part_of_month(anchor.year, anchor.month + TABLE["away"].get(which[0], 0), match["part"])
    if match["day"]:
        first = last = first.replace(day=small(match["day"]))
    return Reading(first, last, "day" if match["day"] else "month", f"{which}: by {anchor}")


def relative_quarter(match, context):
    """上季度, 本季度末; 较上季 by the quarter that is reported"""
    anchor = _anchor(match, context, "quarter")
    last = 3 * ((anchor.month + 2) // 3 + TABLE["away"].get(match["which"], 0))
    first, precision = (last, "month") if match["end"] else (last - 2, "quarter")
    return Reading(*_span(anchor.year, first, last), precision, f"by {anchor}")


# ------------------------------------------------------------ spans of years


def five_year_plan(match, context):
    """“十四五”期间, 十四五末"""
    first = TABLE["plans"][match["quoted"] or match["plain"]]
    if match["end"]:
        first += 4 * (match["end"] == "末")
        return _years(first, first, "a year of a five-year plan", "year")
    return _years(first, first + 4, "five-year plan")


def decade(match, context):
    """九十年代, 1990年代, 2010年代"""
    first = (2000 if match["new"] else 1900) + 10 * small(match["tens"])
    return _years(first, first + 9, "decade")


def span_back(match, context):
    """近三年, 半年来, 过去两周"""
    count = match["back"] or match["years"]
    number = 0.5 if count == "半" else small(count)
    unit, size = TABLE["units"][match["unit"] or "年"]
    first = context.published - relativedelta(**{unit: int(size * number)})
    return Reading(first, context.published, "range", f"back from {context.published}") if number else None


def years_ago(match, context):
    """三年前"""
    count, year = small(match["count"]), context.published.year
    return _years(year - count, year - count, f"before {year}", "year") if count else None


def coming_years(match, context):
    """今明两年"""
    first = context.published.year - (match["which"] == "去今")
    return _years(first, first + 1, f"by {context.published}")


def year_in_a_name(match, context):
    """2023成渝峰会, 数说2024"""
    number = int(match["event"] or match["title"])
    return _years(number, number, "year in a name", "year")


# ------------------------------------------------------------ by publication, or what was named before


def vague(match, context):
    """近日, 目前, 截至发稿"""
    return Reading(None, context.published, "vague", "not after publication")


def day_word(match, context):
    """今天上午, 昨日; 当天, 次日 by the day named before"""
    word = match["word"]
    anchor = context.published if word[0] in "今即昨前明后" else context.last_day
    if not anchor:
        return Reading(None, None, "day", f"{word}; no day before it")
    found = anchor + timedelta(days=TABLE["away"].get(word[0], 0))
    return _days(found, found, f"{word}: by {anchor}")


def week(match, context):
    """下周, 上星期五; 周三 alone is the last one, unless it is announced"""
    said, published = match.groupdict(""), context.published
    which, note = said.get("which", "")[:1], f"by {published}"
    monday = published + timedelta(days=7 * TABLE["away"].get(which, 0) - published.weekday())
    if not said.get("day"):
        return _days(monday, monday + timedelta(days=6), note)
    found = monday + timedelta(days=min("一二三四五六日天".index(said["day"]), 6))
    if not which and found > published and not AROUND["future"].search(before(match)):
        found -= timedelta(days=7)
    return _days(found, found, note)


def bare_day(match, context):
    """22日, 3-5日"""
    number, last, published = int(match["day"]), context.last, context.published
    near = last and last.precision in ("day", "month") and "\n" not in match.string[last.end : match.start()]
    if near and (last.precision == "day" or last.day.day <= number <= last.last.day):
        month, note = last.day, "day of the month named before it"
    elif published:
        month = _span(published.year, published.month - (number > published.day))[0]
        note = f"last such day before {published}"
    else:
        return Reading(None, None, "day", "day without a month; no publication date")
    return _days(month.replace(day=int(match["from"] or number)), month.replace(day=number), note)
