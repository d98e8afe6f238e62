"""Dates: every time expression that can be hung on the calendar, what it stands for, and how that was found."""

import pandas as pd

from chipnotes import handmade
from chipnotes.corpus import documents
from chipnotes.timerules import find_dates

COLUMNS = ["seed", "start", "end", "surface", "date_start", "date_end", "precision", "how"]
LEDGER = "date_ledger.tsv"
PRECISIONS = ("day", "month", "quarter", "year", "range", "vague")


def dates(corpus, ledger=True):
    """One row a time expression that can be hung on the calendar.

    Columns: seed, start, end (offsets in `doc.text`), surface, date_start, date_end (datetime64; NaT open or unknown), precision
    (day month quarter year range vague), how (how it was resolved, in words). Relative expressions hang on the publication date
    (`doc.card["published"]`); a page without one leaves them NaT, and `how` says so. A month or day without a year takes the year
    of an explicit date shortly before it, else the year of publication, one back if that would lie after publication.
    For the five seeds data/date_ledger.tsv overrides what only a reader can tell; `ledger=False` gives the rules alone.
    Raises ValueError for a ledger row that no longer fits its page.
    """
    table = pd.DataFrame(
        [
            (document.id, start, end, document.text[start:end], *rest)
            for document in documents(corpus)
            for start, end, *rest in resolved_dates(document, ledger)
        ],
        columns=COLUMNS,
    )
    for column in ("date_start", "date_end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    return table.astype({"seed": "str", "start": "int64", "end": "int64", "surface": "str", "precision": "str", "how": "str"})


def resolved_dates(document, ledger=True):
    """The dates of a document as `find_dates` gives them, with the ledger's words in place of the rules'."""
    found = find_dates(document.text, document.card.get("published"))
    if not ledger:
        return found
    keys = ("start", "end", "date_start", "date_end", "precision", "how")
    rows = [dict(zip(keys, date, strict=True)) | {"surface": document.text[date[0] : date[1]]} for date in found]
    rows = handmade.overlay(document, LEDGER, ("date_start", "date_end", "precision", "how"), rows)
    return [tuple(row[key] for key in keys) for row in rows]
