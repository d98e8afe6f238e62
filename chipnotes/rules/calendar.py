"""The calendar: days, months, quarters, five-year plans and feasts as dates; what is no date there is None. No text is read here."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

# Days of a month that a part of it stands for.
PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "中下旬": (11, 31),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}
# The first year of a five-year plan: 六五 1981, 十四五 2021.
_NAMES = "六五 七五 八五 九五 十五 十一五 十二五 十三五 十四五 十五五 十六五".split()
PLANS = {name: 1981 + 5 * number for number, name in enumerate(_NAMES)}
# Month and day of a feast, and days of holiday; the spring feast goes by the moon.
_FEASTS = {
    "元旦": (1, 1, 3),
    "五一": (5, 1, 5),
    "劳动节": (5, 1, 5),
    "国庆": (10, 1, 7),
    "国庆节": (10, 1, 7),
}
_SPRING = {
    2018: (2, 16),
    2019: (2, 5),
    2020: (1, 25),
    2021: (2, 12),
    2022: (2, 1),
    2023: (1, 22),
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
}


def day(year, month, number):
    """A day, or None if there is none such.

    >>> day(2024, 2, 29), day(2023, 2, 29)
    (datetime.date(2024, 2, 29), None)
    """
    try:
        return date(year, month, number)
    except ValueError:
        return None


def months(year, first, last=None):
    """The first day of one month and the last of another (the same if not given); months count on over the year's turn.

    >>> months(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> months(2024, 0)  # the month before January
    (datetime.date(2023, 12, 1), datetime.date(2023, 12, 31))
    """
    (start_year, start), (end_year, end) = (
        divmod(year * 12 + n - 1, 12) for n in (first, first if last is None else last)
    )
    if not MINYEAR <= start_year <= end_year <= MAXYEAR:
        return None, None
    return date(start_year, start + 1, 1), date(end_year, end + 1, monthrange(end_year, end + 1)[1])


def years(first, last):
    """The first day of one year and the last of another."""
    return months(first, 1, (last - first + 1) * 12)


def part_of_month(year, month, part):
    """The days that a part of a month stands for, the whole month if there is no part.

    >>> part_of_month(2024, 2, "底")
    (datetime.date(2024, 2, 21), datetime.date(2024, 2, 29))
    """
    first, last = months(year, month)
    if not first or not part:
        return first, last
    return first.replace(day=PARTS[part][0]), last.replace(day=min(PARTS[part][1], last.day))


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
    """The first and the last day of a feast's holiday, or (None, None) for a spring feast outside the table."""
    month, number, days = (*_SPRING.get(year, (0, 0)), 7) if name == "春节" else _FEASTS[name]
    first = day(year, month, number)
    return first, first and first + timedelta(days=days - 1)
