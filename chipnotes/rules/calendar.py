"""The calendar: days, months and parts of months, weeks; what is not is None. It reads no text."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta


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
    start, one = divmod(year * 12 + first - 1, 12)
    end, two = (start, one) if last is None else divmod(year * 12 + last - 1, 12)
    if not MINYEAR <= start <= end <= MAXYEAR:
        return None, None
    return date(start, one + 1, 1), date(end, two + 1, monthrange(end, two + 1)[1])


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
