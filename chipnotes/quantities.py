"""Quantities: one row a number that means something, with bound, unit, kind, what it is of, when, and how firm."""

import re

import pandas as pd

from chipnotes import handmade
from chipnotes.amounts import read_amounts
from chipnotes.corpus import documents
from chipnotes.dates import resolved_dates
from chipnotes.kinds import find_quantities
from chipnotes.numerals import NUMERALS

COLUMNS = {
    "seed": "str", "start": "int64", "end": "int64", "surface": "str", "low": "float64", "high": "float64", "bound": "str", "unit": "str",
    "kind": "str", "subject": "str", "indicator": "str", "period_start": "datetime64[s]", "period_end": "datetime64[s]", "status": "str",
    "fact_id": "str",
}  # fmt: skip
BOUNDS = ("exact", "above", "at_least", "below", "at_most", "about", "range", "target")
KINDS = ("level", "growth", "share", "difference_pp", "rank", "count", "threshold", "target")
STATUSES = ("stated", "target", "draft", "signed", "realised")
LEDGER = "quantity_ledger.tsv"
JUDGED = ("low", "high", "bound", "unit", "kind", "subject", "indicator", "period_start", "period_end", "status", "fact_id")


def quantities(corpus, ledger=True):
    """One row a number that means something.

    Columns: seed, start, end (offsets in `doc.text`), surface (the number with the words of bound and the unit that touch it),
    low, high (plain numbers, 万 and 亿 multiplied out, percent as percent; NaN on an open side), bound (exact above at_least below
    at_most about range target), unit (元, %, 个百分点, 家 …; '' where the page gives none), kind (level growth share difference_pp rank
    count threshold target), subject and indicator (what is measured, of what; '' unknown), period_start, period_end (NaT open or
    unknown), status (stated target draft signed realised), fact_id (rows of one fact, restated in a box or heading, share it).

    Values, bounds, units and kinds are found by rules (`amounts`, data/units.tsv, bounds.tsv, numeral_words.tsv,
    quantity_cues.tsv) on any page. For the five seeds a reader's ledger (data/quantity_ledger.tsv) adds what only a reader can
    tell; where it contradicts a rule it says so, see `conflicts`. `ledger=False` gives the rules alone.
    Raises ValueError for a ledger row that no longer fits its page, or that contradicts a rule without saying so.
    """
    return _table([row for document in documents(corpus) for row in _rows(document, ledger)])


def conflicts(corpus):
    """Where ledger and rules differ: seed, start, end, surface, column, rule, ledger, reason. Each is acknowledged in the ledger."""
    found = []
    for document in documents(corpus):
        found += handmade.conflicts(document, LEDGER, JUDGED, _found(document))
    columns = ["seed", "start", "end", "surface", "column", "rule", "ledger", "reason"]
    return pd.DataFrame(found, columns=columns).astype({"start": "int64", "end": "int64"})


def exclusions(corpus):
    """Digits and numeral characters that are in no quantity and no date: seed, start, end, surface, reason.

    Every character of `numerals.NUMERALS` in a document is in exactly one of a quantity, a date and a row of this table.
    """
    rows = []
    for document in documents(corpus):
        text = document.text
        _, excluded = read_amounts(text, _spans(document))
        for start, end, reason in excluded:
            for run in re.finditer(f"[{NUMERALS}]+(?:[.,][{NUMERALS}]+)*", text[start:end]):
                rows.append((document.id, start + run.start(), start + run.end(), run[0], reason))
    table = pd.DataFrame(rows, columns=["seed", "start", "end", "surface", "reason"])
    return table.astype({"start": "int64", "end": "int64"})


def _table(rows):
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("period_start", "period_end"):
        table[column] = pd.to_datetime(table[column])
    return table.astype(COLUMNS)


def _spans(document):
    return [(date[0], date[1]) for date in resolved_dates(document)]


def _found(document):
    """What the rules find in a document, as a list of dicts with the keys of COLUMNS."""
    dates = resolved_dates(document)
    rows = find_quantities(document.text, dates, document.card.get("published"))
    _join_restatements(document, rows)
    return rows


def _rows(document, ledger):
    rows = _found(document)
    if ledger:
        rows = handmade.overlay(document, LEDGER, JUDGED, rows)
    return [(document.id, *(row[column] for column in list(COLUMNS)[1:])) for row in rows]


def _join_restatements(document, rows):
    """Rows in a box, heading or title take the fact_id of the row of the body that says the same number of the same unit."""
    for row in rows:
        row["fact_id"] = f"{document.id}-{row['fact_id']}"
    roles = document.paragraphs
    loose = [
        (start, end)
        for start, end, role in zip(roles.start, roles.end, roles.role, strict=True)
        if role in ("box", "heading", "title")
    ]
    if not loose:
        return
    body = {}
    outside = [any(a <= row["start"] < b for a, b in loose) for row in rows]
    for row, is_loose in zip(rows, outside, strict=True):
        if not is_loose:
            body.setdefault((row["low"], row["high"], row["unit"], row["kind"]), row["fact_id"])
    for row, is_loose in zip(rows, outside, strict=True):
        if is_loose:
            row["fact_id"] = body.get((row["low"], row["high"], row["unit"], row["kind"]), row["fact_id"])
