"""Decisions by tables: rules tried in order, each with marks that must hold and expressions that must fit; patterns that several share."""

import re
from functools import lru_cache
from typing import NamedTuple

from chipnotes.files import read_data

LIST = re.compile(r"[ ]?(?:、|和|与|及|以及)[ ]?")  # 100、200和500万元
TO = re.compile(r"(?:\(不?含\))?[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?")  # 3-5个, 10%至15%
GRADE = re.compile("量?级")  # 百亿级: an order of magnitude
NO_VALUE = "no number: digits or numeral characters that give no value"


class Rule(NamedTuple):
    """A row of a table of rules."""

    verdict: str
    needs: frozenset
    bars: frozenset
    tests: list  # (column, does it fit a text?)


@lru_cache(maxsize=4)
def rules(name):
    """The rules of a table: its first column is the verdict, `needs` the marks, the rest expressions.

    `before` must end where the amount begins, `after` begin where it ends; the others must fit the whole cell.
    """
    table, found = read_data(name), []
    for row in table.to_dict("records"):
        tests = [(column, _test(column, row[column])) for column in table.columns[2:-1] if row[column]]
        needs = set(row["needs"].split())
        bars = {mark for mark in needs if mark[0] == "!"}
        found.append(
            Rule(row[table.columns[0]], frozenset(needs - bars), frozenset(mark[1:] for mark in bars), tests)
        )
    return found


def _test(column, expression):
    if column not in ("before", "after") and re.fullmatch(r"[\w|]+", expression):
        return frozenset(expression.split("|")).__contains__  # plain words
    pattern = re.compile(f"(?:{expression})" + ("" if column == "after" else r"\Z"))
    return pattern.search if column == "before" else pattern.match


def decide(name, marks, **cells):
    """The verdict of the first rule of a table that holds for some marks and cells, or None.

    >>> cells = {"numeral": "三", "unit": "年", "before": "推进", "after": "行动"}
    >>> decide("numeral_reasons.tsv", {"characters", "unit", "measured", "time"}, **cells)
    'name of a programme'
    """
    for verdict, tests in _open_rules(name, frozenset(marks)):
        for column, fits in tests:
            if not fits(cells[column]):
                break
        else:
            return verdict
    return None


@lru_cache(maxsize=4096)
def _open_rules(name, marks):
    """The rules of a table that some marks leave open, up to the first that asks nothing more: few sets of marks are met."""
    found = []
    for rule in rules(name):
        if rule.needs <= marks and rule.bars.isdisjoint(marks):
            found.append((rule.verdict, rule.tests))
            if not rule.tests:
                break
    return found
