"""What the forms of data/times.toml mean: from a match and the context to a Reading, None for no date."""

import re
from datetime import timedelta

from chipnotes.rules import calendar
from chipnotes.rules.numerals import small
from chipnotes.rules.time_table import AROUND
from chipnotes.rules.time_years import Reading, before, reported, year_of

# ------------------------------------------------------------ the calendar


def full_date(match, context):
    """2024-11-04, 2024/7/10—8/10"""
    year, *start = map(int, re.split(r"[-/.]", match["one"]))
    first = calendar.day(year, *start)
    if not first or not match["two"]:
        return first and Reading(first, first, "day", "full date")
    end = [int(part) for part in re.split(r"[-/.]", match["two"])]
    last = calendar.day(year + (end < start), *end)
    return Reading(first, last if last and last > first else None, "range", "full date")


def years(match, context):
    """2024—2026年, 2022、2023两年"""
    first, last = int(match["from"]), int(match["to"])
    fits = first + 1 == last if match[0].endswith("两年") else first < last
    return Reading(*calendar.years(first, last), "range", "years") if fits else None


def day(match, context):
    """11月4日, 5月3-5日"""
    month, number = small(match["month"]), small(match["day"] or match["from"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    year = year_of(match, context, month, number)
    first = calendar.day(year.number, month, number)
    if not match["to"] or not first:
        return Reading(first, first, "day", "month and day", year) if first or not year.number else None
    last = calendar.day(year.number, month, small(match["to"]))
    return Reading(first, last if last and last > first else None, "range", "days of a month", year)


def month(match, context):
    """9月份, 去年9月底前"""
    number, part = small(match["month"]), match["part"]
    if not 1 <= number <= 12:
        return None
    year = year_of(match, context, number, calendar.days_of(part)[0])
    note = f"month; its {part}" if part else "month"
    return Reading(*calendar.part_of_month(year.number, number, part), "month", note, year)


def months(match, context):
    """1-9月, 11-2月 over the year's turn; 前8个月, 一至三季度 from the first on"""
    first = small(match.groupdict().get("from") or "1")
    last = small(match["to"]) * (3 if "季" in match[0] else 1)
    if first == last or not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return _months(year_of(match, context, through=last), first - 12 * (first > last), last, "range")


def part_of_year(match, context):
    """三季度, 今年Q3, 四季度末, 上半年, 2024H2"""
    size = 6 if re.search("半年|H", match[0]) else 3
    last = size * ({"首": 1, "上": 1, "下": 2}.get(match["number"]) or small(match["number"]))
    if match["end"]:
        return _months(year_of(match, context, last), last, last, "month")
    year = year_of(match, context, last - size + 1)
    return _months(year, last - size + 1, last, "quarter" if size == 3 else "range")


def _months(year, first, last, precision, is_period=True):
    """Months of a year; open at both ends if the year is not known."""
    note = f"months {first} to {last}" if first < last else f"month {last}"
    return Reading(*calendar.months(year.number, first, last), precision, note, year, is_period)


def whole_year(match, context):
    """全年"""
    return _months(reported(match, context, year_of(match, context)), 1, 12, "year")


def same_period(match, context):
    """去年同期"""
    year, period = year_of(match, context), context.period
    if not year.number or not period:
        return _months(year, 1, 12, "year")
    if period.first.year == year.number and match["word"]:
        year = year._replace(number=year.number - 1)
    first, last = (calendar.in_year(point, year.number) for point in (period.first, period.last))
    if period.last == calendar.months(period.last.year, period.last.month)[1]:
        last = calendar.months(year.number, last.month)[1]
    return Reading(first, last, period.precision, "the period named before it", year)


def feast(match, context):
    """春节, 国庆假期"""
    name, holiday = match["feast"], match["holiday"]
    usual = calendar.feast(name, 2024)[0]
    year = year_of(match, context, usual.month, usual.day)
    first, last = calendar.feast(name, year.number)
    return Reading(first, last if holiday else first, "range" if holiday else "day", name, year)


def relative_month(match, context):
    """本月15日, 上月底; 当月 by the date before it, 比上月 by the month that is reported"""
    which, anchor, period = match["which"], context.published, context.period
    if which in ("当月", "同月", "次月"):
        anchor = context.last and context.last.day
    elif which[0] == "上" and period and period.precision == "month" and before(match, 1) in tuple("比较"):
        anchor = period.first
    year = year_of(match, context) if match["word"] or match["year"] else None
    if not anchor or (year and not year.number):
        return Reading(None, None, "month", f"{which}; no date to hang it on")
    number = anchor.month + {"上": -1, "下": 1, "次": 1}.get(which[0], 0)
    of = year.number if year else anchor.year
    found = Reading(*calendar.part_of_month(of, number, match["part"]), "month")
    if match["day"]:
        one = calendar.day(found.first.year, found.first.month, small(match["day"]))
        found = one and Reading(one, one, "day")
    return found and found._replace(note=f"{which}: by {anchor}", year=year or found.year)


def year(match, context):
    """2024年, 明年初, 年底; 年内 is what is left of the year, or the year so far (年内第三次)"""
    found, part, published = year_of(match, context), (match["part"] or "")[:1], context.published
    if part == "末" or match["until"]:
        found = reported(match, context, found)
    if part != "内":
        month = {"初": 1, "中": 6}.get(part, 12)
        return _months(found, month if part else 1, month, "month" if part else "year", is_period=not part)
    first, last = calendar.months(found.number, 1, 12)
    if published and published.year == found.number:
        so_far = AROUND["so_far"].match(match.string, match.end())
        first, last = (first, published) if so_far else (published, last)
    return Reading(first, last, "range", "within the year", found, is_period=False)


# ------------------------------------------------------------ spans of years


def five_year_plan(match, context):
    """“十四五”期间, 十四五末"""
    first = calendar.PLANS[match["quoted"] or match["plain"]]
    if match["end"]:
        first += 4 * (match["end"] == "末")
        return Reading(*calendar.years(first, first), "year", "a year of a five-year plan")
    return Reading(*calendar.years(first, first + 4), "range", "five-year plan")


def decade(match, context):
    """九十年代, 1990年代"""
    first = 1900 + 10 * small(match["tens"])
    return Reading(*calendar.years(first, first + 9), "range", "decade")


def span_back(match, context):
    """近三年, 半年来, 过去两周"""
    count, unit = match["back"] or match["years"], match["months"] or match["unit"] or "年"
    number = small(count) if count != "半" else 0.5
    size = {"季度": 3, "月": 1, "周": 7, "天": 1}.get(unit, 12)  # in months, of weeks and days in days
    days, months = (size * number, 0) if unit in "周天" else (0, int(size * number))
    first = calendar.back(context.published, months, days)
    return Reading(first, context.published, "range", f"back from {context.published}") if number else None


def years_ago(match, context):
    """三年前"""
    count, year = small(match["count"]), context.published.year
    return Reading(*calendar.years(year - count, year - count), "year", f"before {year}") if count else None


def coming_years(match, context):
    """今明两年"""
    first = context.published.year - (match["which"] == "去今")
    return Reading(*calendar.years(first, first + 1), "range", f"by {context.published}")


# ------------------------------------------------------------ by publication, or what was named before


def vague(match, context):
    """近日, 目前, 截至发稿"""
    return Reading(None, context.published, "vague", "not after publication")


def edge_of_month(match, context):
    """月底前"""
    published = context.published
    days = calendar.part_of_month(published.year, published.month, match["part"])
    return Reading(*days, "month", f"the month of {published}")


def day_word(match, context):
    """今天上午, 昨日; 当天, 次日 by the day named before"""
    word = match["word"]
    anchor = context.published if word[0] in "今即昨前明后" else context.last_day
    if not anchor:
        return Reading(None, None, "day", f"{word}; no day before it")
    away = {"昨": -1, "前": -2, "明": 1, "后": 2, "次": 1, "翌": 1, "隔": 1}.get(word[0], 0)
    found = anchor + timedelta(days=away)
    return Reading(found, found, "day", f"{word}: by {anchor}")


def week(match, context):
    """下周, 上星期五; 周三 alone is the last one, unless it is announced"""
    said, published = match.groupdict(""), context.published
    which, note = said.get("which", "")[:1], f"by {published}"
    monday, sunday = calendar.week_of(published, {"上": -1, "下": 1}.get(which, 0))
    if not said.get("day"):
        return Reading(monday, sunday, "range", note)
    found = monday + timedelta(days=min("一二三四五六日天".index(said["day"]), 6))
    if not which and found > published and not AROUND["future"].search(before(match)):
        found -= timedelta(days=7)
    return Reading(found, found, "day", note)


def relative_quarter(match, context):
    """上季度, 本季度末; 较上季 by the quarter that is reported"""
    anchor, period = context.published, context.period
    if period and period.precision == "quarter" and before(match, 1) in tuple("比较"):
        anchor = period.first
    last = 3 * (calendar.quarter_of(anchor) + {"上": -1, "下": 1}.get(match["which"], 0))
    if match["end"]:
        return Reading(*calendar.months(anchor.year, last), "month", f"by {anchor}")
    return Reading(*calendar.months(anchor.year, last - 2, last), "quarter", f"by {anchor}")


def bare_day(match, context):
    """22日, 3-5日"""
    number, last, published = int(match["day"]), context.last, context.published
    near = last and last.precision in ("day", "month") and "\n" not in match.string[last.end : match.start()]
    if near and (last.precision == "day" or last.day.day <= number <= last.last.day):
        found, note = calendar.day(last.day.year, last.day.month, number), "day of the month named before it"
    elif published:
        month = calendar.months(published.year, published.month - (number > published.day))[0]
        found, note = calendar.day(month.year, month.month, number), f"last such day before {published}"
    else:
        return Reading(None, None, "day", "day without a month; no publication date")
    if found and match["from"] and 0 < int(match["from"]) < number:
        return Reading(found.replace(day=int(match["from"])), found, "range", note)
    return found and Reading(found, found, "day", note)


def year_in_a_name(match, context):
    """2023成渝峰会, 数说2024"""
    number = int(match["event"] or match["title"])
    return Reading(*calendar.years(number, number), "year", "year in a name")
