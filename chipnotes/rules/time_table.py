"""The book of times (data/times.toml) made ready: forms in their order, the first that fits a text."""

from chipnotes.rules.patterns import Book

BOOK = Book("times.toml")
TABLE, AROUND, FORMS = BOOK.table, BOOK.around, BOOK.forms
for name, form in FORMS.items():
    form.setdefault("means", name)
    # with its year, and with 截至 before and 以来 behind it
    prefix = {"may": "(?&YEAR)?", "must": "(?&YEAR)"}.get(form.get("year"), "")
    form["whole"] = BOOK.compiled(f"(?&UNTIL){prefix}(?:{form['pattern']})(?&SINCE)")
_HEAD, _FIRSTS = BOOK.heads(*TABLE["opens"].split())
_OPENING = BOOK.compiled("(?&UNTIL)(?&YEAR)?")
# Forms that may, or must, stand behind a year; each says itself with which character it begins.
_OF_A_YEAR = [form for form in FORMS.values() if "year" in form]


def first_match(text, at):
    """The first form that fits at the first place from an offset on, and its match; None if none does."""
    while head := _HEAD.search(text, at):
        start, at = head.start(), head.start() + 1
        opening = _OPENING.match(text, start)
        place, of_a_year = opening.end(), opening.lastgroup not in (None, "until")
        for form in _OF_A_YEAR if of_a_year else _FIRSTS.get(text[place : place + 1], ()):
            if form["fits"].match(text, place):
                return form, form["whole"].match(text, start)
    return None
