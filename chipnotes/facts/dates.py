"""Dates: each time expression of a page on the calendar, by rule, with a reader's word where she has one."""

import weakref

from chipnotes.facts.ledger import overlay, placed, table
from chipnotes.rules.times import find_times

JUDGED = ("date_start", "date_end", "precision", "how")
_KNOWN = weakref.WeakKeyDictionary()


def dates(corpus, *, ledger=True):
    """One row a time expression that can be hung on the calendar.

    - seed (text): id of the page
    - start, end (whole numbers): offsets in `doc.text`
    - surface (text): the expression
    - date_start, date_end (datetime64): first and last day; NaT open or unknown
    - precision (text): day month quarter year range vague
    - how (text): how it was resolved, in words
    - source (text): rule, or reader where her ledger `dates.tsv` says more than its English

    Relative expressions hang on the publication date (`doc.card["published"]`); on a page without one they
    are NaT, and `how` says so. `ledger=False` gives the rules alone. Raises ValueError for a ledger's row
    that does not fit its page, TypeError for what is no corpus, document or list of documents.
    """
    return table(corpus, "dates", lambda doc: dates_of(doc, ledger))


def dates_of(doc, ledger=True):
    """The rows of `dates` for one document, as dicts; the rules read it once."""
    if doc not in _KNOWN:
        _KNOWN[doc] = find_times(doc.text, doc.card.get("published"))
    return overlay(doc, "dates", placed(doc, _KNOWN[doc]), JUDGED, ledger)
