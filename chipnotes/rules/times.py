"""Times: every expression of a text that can be hung on the calendar, what it stands for, and how that was found."""

import datetime
import re
from typing import NamedTuple

from chipnotes.glyphs import fold, tight
from chipnotes.rules import calendar, time_forms, time_words
from chipnotes.rules.time_years import SINCE, UNTIL, Context, Named, Reading, Why

PRECISIONS = ("day", "month", "quarter", "year", "range", "vague")
FORMS = (*time_forms.FORMS, *time_words.FORMS)
_POINTS = ("day", "month", "quarter", "year")


def _joined(forms):
    """One expression of all forms in their order, a named group each; the groups inside a form are called by it."""
    branches = []
    for form in forms:
        own = re.sub(r"(?<=\(\?P[<=])(?=\w)", f"{form.name}__", form.pattern)
        branches.append(f"(?P<{form.name}>{own})")
    return re.compile(rf"{UNTIL}(?:{'|'.join(branches)}){SINCE}", re.VERBOSE)


_ANY = _joined(FORMS)
_JOIN = re.compile(rf"(?:起|开始)?{time_forms.TO}")
_SINCE_AFTER = re.compile(r"[^,，。;；!?\n]{0,40}?以来")
# 每年3月, 每月5日、15日, 每周五: what comes again is no date.
_EACH = re.compile(r"每(?:个?月|年|季度?|周)的?(?:\d{1,2}[月日]?[、和及])?$")


class Time(NamedTuple):
    """One time expression: offsets into the text, its days (None: open or not known), how exact, how it was found."""

    start: int
    end: int
    date_start: datetime.date | None
    date_end: datetime.date | None
    precision: str
    how: str


def find_times(text, published=None):
    """The time expressions of a text in order, as a list of `Time`.

    `published`: the day that 今年, 昨日, 近日 hang on (datetime.date); without one they are open at both ends, and `how` says so.
    A month or day without a year takes the year of a date shortly before it, else that of publication, one back if it would lie
    after publication and is no plan.

    >>> find_times("截至11月底", datetime.date(2024, 11, 29))[0][:5]
    (0, 6, None, datetime.date(2024, 11, 30), 'month')
    """
    text, offsets = tight(text)
    return [
        Time(offsets[one.start], offsets[one.end - 1] + 1, *one[2:]) for one in _read(fold(text), published)
    ]


def _read(text, published):
    """Folds over the expressions of a text: each is read in the context that those before it have made."""
    found, context, previous, at = [], Context(published), None, 0
    while scanned := _ANY.search(text, at):
        form = next(form for form in FORMS if scanned[form.name] is not None)
        match, at = form.compiled.match(text, scanned.start()), scanned.end()
        again = _EACH.search(text, max(0, match.start() - 9), match.start())
        reading = None if again else form.resolve(match, context)
        if not reading or (published and not reading.first and not reading.last):
            continue
        start, reading, tail = _framed(match, reading, published)
        context = _after(context, match, reading)
        one = Time(start, match.end(), *reading[:3], _how(reading, published) + tail)
        if both := previous and _from_to(text, found[-1], previous, one, reading, match):
            found[-1], context = both, _with_period(context, both.date_start, both.date_end, "range")
        else:
            found.append(one)
        previous = None if both else reading
    return found


def _framed(match, reading, published):
    """Start, reading and a word on it, with 截至 before the expression, and 以来 or 至今 behind it or later in its clause."""
    start, text = match.start(), match.string
    if reading.precision == "vague":
        return start, reading, ""
    if match["since"] and not (reading.first and published and reading.first > published):
        return start, reading._replace(last=published, precision="range"), "; from then to publication"
    from_it = text[start - 1 : start] in ("自", "从") and _SINCE_AFTER.match(text, match.end())
    if from_it and reading.precision in ("year", "month", "day"):
        reading = reading._replace(last=published, precision="range")
        return start - 1, reading, "; 自 … 以来: from then to publication"
    if match["until"]:
        return start, reading._replace(first=None), "; open before"
    return start, reading, ""


def _after(context, match, reading):
    """The context for what follows an expression."""
    first, last, precision, _, year, is_period = reading
    word = year.word if year else ""
    before = match.string[match.start() - 1 : match.start()]
    if is_period and word not in ("去年", "上年") and before not in ("比", "较", "与"):
        context = _with_period(context, first, last, precision)
    if precision not in _POINTS or match["until"] or not (first or last):
        return context
    named = Named(first, last, precision, year, match.end())
    context = context._replace(last=named)
    if precision == "day":
        context = context._replace(last_day=first)
    if precision == "year" and word != "上年":
        context = context._replace(topic=named)
    return context


def _with_period(context, first, last, precision):
    """The context with a span as the one that 去年同期 hangs on, if it is one of months within a year."""
    if first and last and first.year == last.year and (last - first).days > 26:
        return context._replace(period=Reading(first, last, precision))
    return context


def _from_to(text, one, one_reading, two, reading, match):
    """One time for two with 至 or a dash between them (10月底至11月初, 28日至30日, 即日起至12月31日), or None."""
    if one.precision not in _POINTS or two.precision not in _POINTS or match["until"]:
        return None
    first, last = one.date_start, two.date_end
    if not first or not last or not _JOIN.fullmatch(text, one.end, two.start):
        return None
    stated = [bool(r.year) and r.year.why in (Why.STATED, Why.SHORT) for r in (one_reading, reading)]
    if first > last and not stated[1]:
        last = calendar.in_year(last, last.year + 1)
    elif stated[1] and not stated[0] and one.precision != "year" and (last - first).days > 366:
        first = calendar.in_year(first, last.year - ((first.month, first.day) > (last.month, last.day)))
    if first >= last:
        return None
    return Time(one.start, two.end, first, last, "range", f"from {one.how}, to {two.how}")


def _how(reading, published):
    """How a reading was found, in words; nothing is decided by them."""
    year, told = reading.year, ""
    if year:
        following = year.number + 1 if year.number else None
        told = year.why.value.format(
            word=year.word, next=following, now=published.year if published else None
        ).strip()
    return "; ".join(filter(None, (reading.note, told)))


def shown(text, published="2024-11-20"):
    """What is read in a text in one line, to look at: surface, first and last day (- open), precision, parted by ;.

    >>> shown("近日,2025年底")
    '近日 - 2024-11-20 vague; 2025年底 2025-12-01 2025-12-31 month'
    """
    day = datetime.date.fromisoformat(published) if published else None
    return "; ".join(
        f"{text[t.start : t.end]} {t.date_start or '-'} {t.date_end or '-'} {t.precision}"
        for t in find_times(text, day)
    )
