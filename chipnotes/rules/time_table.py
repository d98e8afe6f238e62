"""The book of times (data/times.toml) made ready: forms in their order, the first that fits a text."""

import re
from typing import NamedTuple

from chipnotes.rules.patterns import Book, by_first

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
_OF_A_YEAR = [form for form in FORMS.values() if form.year]
_ALONE = by_first(
    (TABLE["form"][name]["begins"], form) for name, form in FORMS.items() if form.year != "must"
)
_OPENING = BOOK.compiled("(?&UNTIL)(?&YEAR)?")
# A place where an expression may begin; within a number none does.
_HEAD = re.compile(rf"(?<!\d)\d|[{''.join({*TABLE['opens'], *_ALONE} - {*'0123456789'})}]")


def first_match(text, at):
    """The first form that fits at the first place from an offset on, and its match; None if none does."""
    while head := _HEAD.search(text, at):
        start, at = head.span()
        opening, forms = _OPENING.match(text, start), _OF_A_YEAR
        if opening.lastgroup in (None, "until"):  # no year
            forms = _ALONE.get(text[opening.end() : opening.end() + 1], ())
        for form in forms:
            if form.pattern.match(text, opening.end()):
                return form, form.whole.match(text, start)
    return None
