"""Times: the expressions of a text that can be hung on the calendar, what each stands for, found how."""

import re
from collections import namedtuple

from dateutil.relativedelta import relativedelta

from chipnotes.glyphs import fold, tight
from chipnotes.rules import time_forms
from chipnotes.rules.time_years import AROUND, BOOK, Context, Reading, before

PRECISIONS = ("day", "month", "quarter", "year", "range", "vague")
Time = namedtuple("Time", "start end date_start date_end precision how")


def find_times(text, published=None):
    """The time expressions of a text in order, as a list.

    Time(start, end, date_start, date_end, precision, how): offsets, days (None: open or unknown), how exact,
    found how. `published`: the day that 今年, 昨日, 近日 hang on (datetime.date); without one they are open,
    and `how` says so. A month or day without a year takes the year of a date shortly before it, else that of
    publication, one back if it would lie after publication and is no plan.

    >>> from datetime import date
    >>> find_times("截至11月底", date(2024, 11, 29))[0][:5]
    (0, 6, None, datetime.date(2024, 11, 30), 'month')
    """
    text, offsets = tight(text)
    text, context, found, at = fold(text), Context(published), [], 0
    # Each expression is read in the context that those before it have made.
    while fit := next(BOOK.fits(text, at, len(text)), None):
        match, form = fit
        at = match.end()
        reading = _reading(match, form, context)
        if not reading or (published and not reading.day):
            continue
        start, reading = _framed(match, reading, published)
        context = _after(context, match, reading)
        one = Time(start, at, *reading[:4])
        if both := found and _from_to(found[-1], one, text):
            found[-1] = both
        else:
            found.append(one)
    return [Time(offsets[one.start], offsets[one.end - 1] + 1, *one[2:]) for one in found]


def _reading(match, form, context):
    """What an expression means; None if it is no date, which one that comes again (每年3月) is not."""
    if AROUND["each"].search(before(match, 9)):
        return None
    if "unpublished" in form and not context.published:
        return Reading(None, None, form["unpublished"], f"{match[0]}; no publication date")
    try:
        reading = getattr(time_forms, form["means"])(match, context)
    except (ValueError, OverflowError):  # no such day
        return None
    if not reading or (reading.first and reading.last and reading.first > reading.last):
        return None
    how = "; ".join(filter(None, (reading.how, reading.year.why)))
    return reading._replace(how=how, end=match.end())


def _framed(match, reading, published):
    """Start and reading, with 截至 before it, 以来 or 至今 behind it or later in its clause."""
    start, (first, *_, how) = match.start(), reading[:4]
    opened = before(match, 1) in ("自", "从") and AROUND["since_after"].match(match.string, match.end())
    if first and (match["since"] or opened) and not (published and first > published):
        start, word = (start, "") if match["since"] else (start - 1, "自 … 以来: ")
        how += f"; {word}from then to publication"
        return start, reading._replace(last=published, precision="range", how=how)
    if match["until"] and reading.precision != "vague":
        return start, reading._replace(first=None, how=how + "; open before")
    return start, reading


def _after(context, match, reading):
    """The context for what follows an expression."""
    first, through, precision = reading[:3]
    if reading.is_period and first and through and first.year == through.year and (through - first).days > 26:
        context = context._replace(period=reading)
    if precision in PRECISIONS[:4] and reading.day and not match["until"]:
        context = context._replace(last=reading)
        if precision == "day":
            return context._replace(last_day=first)
        if precision == "year" and match.groupdict().get("word") != "上年":
            return context._replace(topic=reading)
    return context


def _from_to(one, two, text):
    """One time for two with 至 or a dash between them (28日至30日, 即日起至12月31日), or None."""
    first, last = one.date_start, two.date_end
    if not (first and last and AROUND["join"].fullmatch(text, one.end, two.start)):
        return None
    begins, ends = (text[time.start : time.end] for time in (one, two))
    if re.search(r"\d{4}", ends) and "月" in begins and "年" not in begins:  # 12月30日至2025年1月5日
        first += relativedelta(year=last.year)
        first -= relativedelta(years=first > last)
    elif first > last:
        last += relativedelta(years=1)
    how = f"from {one.how}, to {two.how}"
    return Time(one.start, two.end, first, last, "range", how) if first < last else None
