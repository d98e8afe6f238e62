"""The book of times (data/times.toml) made ready: forms in their order, the first that fits a text."""

import re
from functools import cache
from typing import NamedTuple

from chipnotes.rules.patterns import Book

BOOK = Book("times.toml")
TABLE, AROUND = BOOK.table, BOOK.around


class Form(NamedTuple):
    """One way to write a time."""

    pattern: re.Pattern
    whole: re.Pattern  # with its year, and with 截至 before and 以来 behind it
    means: str  # the function that reads it
    year: str  # "may" or "must" stand behind a year, "" if it takes none
    unpublished: str  # its precision where the page lacks the day of publication that it hangs on


def _form(name, row):
    """A form from its entry in the book."""
    year = row.get("year", "")
    prefix = {"may": "(?&YEAR)?", "must": "(?&YEAR)", "": ""}[year]
    whole = BOOK.compiled(f"(?&UNTIL){prefix}(?:{row['pattern']})(?&SINCE)")
    return Form(
        BOOK.compiled(row["pattern"]), whole, row.get("means", name), year, row.get("unpublished", "")
    )


FORMS = {name: _form(name, row) for name, row in TABLE["form"].items()}
_HEAD, _FIRSTS = BOOK.heads(*TABLE["opens"].split())
_OPENING = BOOK.compiled("(?&UNTIL)(?&YEAR)?")


@cache
def _forms(character, of_a_year):
    """The forms that can begin with a character, in their order, alone or behind a year."""
    begun = _FIRSTS.get(character, ())
    if of_a_year:
        return [form for name, form in FORMS.items() if form.year == "must" or form.year and name in begun]
    return [FORMS[name] for name in begun]


def first_match(text, at):
    """The first form that fits at the first place from an offset on, and its match; None if none does."""
    while head := _HEAD.search(text, at):
        start, at = head.start(), head.start() + 1
        opening = _OPENING.match(text, start)
        place = opening.end()
        for form in _forms(text[place : place + 1], opening.lastgroup not in (None, "until")):
            if form.pattern.match(text, place):
                return form, form.whole.match(text, start)
    return None
