"""The calendar: days and months; what is not is None. It reads no text."""

from datetime import date

from dateutil.relativedelta import relativedelta


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
    begin, last = date(year, 1, 1), first if last is None else last
    return begin + relativedelta(months=first - 1), begin + relativedelta(months=last, days=-1)
