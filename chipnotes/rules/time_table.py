"""The table of times (data/times.toml) made ready: forms in their order, the first that fits a text."""

import re
import tomllib
from re import _constants, _parser
from typing import NamedTuple

from chipnotes.files import DATA

TABLE = tomllib.loads((DATA / "times.toml").read_text(encoding="utf-8"))


def _compiled(pattern):
    """A pattern with each (?&NAME) replaced by the part of that name."""
    while (whole := re.sub(r"\(\?&(\w+)\)", lambda name: TABLE["parts"][name[1]], pattern)) != pattern:
        pattern = whole
    return re.compile(pattern, re.VERBOSE)


class Form(NamedTuple):
    """One way to write a time."""

    pattern: re.Pattern
    whole: re.Pattern  # with its year, and with 截至 before and 以来 behind it
    means: str  # the function that reads it
    year: str  # "may" or "must" stand behind a year, "" if it takes none
    unpublished: (
        str  # its precision where the page lacks the day of publication that it hangs on, "" if on none
    )


def _form(name, row):
    """A form from its row of the table."""
    year, pattern = row.get("year", ""), row["pattern"]
    prefix = {"may": "(?&YEAR)?", "must": "(?&YEAR)", "": ""}[year]
    whole = _compiled(f"(?&UNTIL){prefix}(?:{pattern})(?&SINCE)")
    return Form(_compiled(pattern), whole, row.get("means", name), year, row.get("unpublished", ""))


FORMS = {name: _form(name, row) for name, row in TABLE["form"].items()}
AROUND = {name: _compiled(pattern) for name, pattern in TABLE["around"].items()}


def _heads(parsed):
    """The characters that a match of a parsed pattern can begin with, and whether it can be empty."""
    found = set()
    for kind, value in parsed:
        empty, parts = str(kind) in ("ASSERT", "ASSERT_NOT", "AT"), []
        if kind is _constants.LITERAL:
            found.add(chr(value))
        elif kind is _constants.IN:
            for name, code in value:
                codes = {"LITERAL": [code], "CATEGORY": b"0123456789"}.get(str(name)) or range(
                    code[0], code[1] + 1
                )
                found.update(map(chr, codes))
        elif kind is _constants.MAX_REPEAT:
            empty, parts = value[0] == 0, [value[2]]
        elif not empty:
            parts = value[1] if kind is _constants.BRANCH else [value[-1]]
        for more, none in map(_heads, parts):
            found, empty = found | more, empty or none
        if not empty:
            return found, False
    return found, True


def _beginning(pattern):
    return _heads(_parser.parse(pattern.pattern, re.VERBOSE))[0]


_OPENING = _compiled("(?&UNTIL)(?&YEAR)?")
_OPENING_HEADS = _beginning(_OPENING)
_OF_A_YEAR = [form for form in FORMS.values() if form.year]
_ALONE = {}  # the forms that can begin with a character, without a year before them
for _one in FORMS.values():
    for _head in _beginning(_one.pattern) if _one.year != "must" else ():
        _ALONE.setdefault(_head, []).append(_one)
# A place where an expression may begin; within a number none does.
_HEAD = re.compile(
    rf"(?<!\d)\d|[{re.escape(''.join(sorted((_OPENING_HEADS | set(_ALONE)) - set('0123456789'))))}]"
)


def first_match(text, at):
    """The first form that fits at the first place from an offset on, and its match; None if none does."""
    while head := _HEAD.search(text, at):
        start, at = head.span()
        inner, forms = start, _ALONE.get(head[0], ())
        if head[0] in _OPENING_HEADS and (inner := (opening := _OPENING.match(text, start)).end()) > start:
            forms = (
                _ALONE.get(text[inner : inner + 1], ())
                if opening.lastgroup in (None, "until")
                else _OF_A_YEAR
            )
        for form in forms:
            if form.pattern.match(text, inner):
                return form, form.whole.match(text, start)
    return None
