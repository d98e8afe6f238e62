"""The calendar: days, months, quarters, five-year plans, feasts; what is not is None. It reads no text."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

# The first year of a five-year plan: 六五 1981, 十四五 2021.
_PLANS = "六五 七五 八五 九五 十五 十一五 十二五 十三五 十四五 十五五 十六五".split()
PLANS = {name: 1981 + 5 * number for number, name in enumerate(_PLANS)}
# Month, day and days of holiday of a feast; the spring feast goes by the moon, from 2018 on as here.
_FEASTS = {
    "元旦": (1, 1, 3),
    "五一": (5, 1, 5),
    "劳动节": (5, 1, 5),
    "国庆": (10, 1, 7),
    "国庆节": (10, 1, 7),
}
_SPRING = "02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03".split()


def day(year, month, number):
    """A day, or None if there is none such.

    >>> day(2024, 2, 29), day(2023, 2, 29)
    (datetime.date(2024, 2, 29), None)
    """
    try:
        return date(year, month, number)
    except (ValueError, TypeError):  # no such day, or no year
        return None


def months(year, first, last=None):
    """The first day of a month and the last of another (or the same); None, None without a year.

    Months count on over the year's turn.

    >>> months(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> months(2024, 0)  # the month before January
    (datetime.date(2023, 12, 1), datetime.date(2023, 12, 31))
    """
    if not year:
        return None, None
    (start, one), (end, two) = (
        divmod(year * 12 + n - 1, 12) for n in (first, first if last is None else last)
    )
    if not MINYEAR <= start <= end <= MAXYEAR:
        return None, None
    return date(start, one + 1, 1), date(end, two + 1, monthrange(end, two + 1)[1])


def years(first, last):
    """The first day of one year and the last of another."""
    return months(first, 1, (last - first + 1) * 12)


def days_of(part):
    """The first and the last day that a part of a month may have; 1 and 31 for none.

    >>> days_of("上旬"), days_of("中"), days_of("中下旬"), days_of("底")
    ((1, 10), (11, 20), (11, 31), (21, 31))
    """
    first = {"初": 1, "上": 1, "中": 11}.get((part or "初")[0], 21)
    return first, 31 if not part or part[-2:] == "下旬" or part in "底末" else first + 9


def part_of_month(year, month, part=None):
    """The days that a part of a month stands for, the whole month if there is no part.

    >>> part_of_month(2024, 2, "底")
    (datetime.date(2024, 2, 21), datetime.date(2024, 2, 29))
    """
    first, last = months(year, month)
    start, end = days_of(part)
    return first and in_month(first, start), last and in_month(last, end)


def quarter_of(point):
    """The quarter that a day lies in, 1 to 4."""
    return (point.month + 2) // 3


def in_year(point, year):
    """The same day of another year; 29 February is 28 where there is none."""
    return point.replace(year=year, day=min(point.day, monthrange(year, point.month)[1]))


def in_month(point, number):
    """A numbered day of the month that a day lies in; its last day where the number is larger."""
    return point.replace(day=min(number, monthrange(point.year, point.month)[1]))


def back(point, months_back=0, days_back=0):
    """A day counted back in months and days; at the end of a shorter month its last day."""
    first, last = months(point.year, point.month - months_back)
    return first.replace(day=min(point.day, last.day)) - timedelta(days=days_back)


def week_of(point, away=0):
    """Monday and Sunday of the week that a day lies in, or of one some weeks away."""
    monday = point + timedelta(days=7 * away - point.weekday())
    return monday, monday + timedelta(days=6)


def feast(name, year):
    """The first and the last day of a feast's holiday; None, None if it is not known."""
    month, number, days = _FEASTS.get(name) or (0, 0, 7)
    if name == "春节" and year and 0 <= year - 2018 < len(_SPRING):
        month, number = map(int, _SPRING[year - 2018].split("-"))
    first = day(year, month, number)
    return first, first and first + timedelta(days=days - 1)
