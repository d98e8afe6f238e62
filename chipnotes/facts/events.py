"""Events: what a reader found told as agreed, launched, planned, visited, measured or aimed at."""

from chipnotes.facts import ledger
from chipnotes.facts.dates import dates_of


def events(corpus):
    """One row a passage that tells an event, a report or a target; from the ledger `events.tsv`, empty
    without one.

    - seed (text), start, end (whole numbers), surface (text): the passage
    - date_start, date_end (datetime64): its days, from the time expression that the reader names; NaT open
      or unknown
    - precision (text): day month quarter year range vague; none without a date
    - title (text): what happened, in English
    - parties (text): canonical names as in `actors`, joined by "; "
    - place (text): 川渝 上海 常州 national, where it belongs
    - kind, status, level (text): what it is, how far it is, who acts; the words allowed are in
      data/schemas.toml
    - sides (text): regions of the parties, 四川–重庆 if both; "" where it does not matter
    - left_open (text): what the page does not name
    - english (text): gloss of the passage
    - event_id (text): the same for passages that tell one event, also on another page
    - part_of, outcome_of (text): event_id of the signing that it is an item of, of the act that it is a
      result of
    - date_by (text): stated (in its sentence), context (in another), opening (the year with which 自…以来
      begins), none
    - expression (text), expression_start, expression_end (whole numbers): the row of `dates`; "" and -1
      without one
    - reason (text): why the reader coded it so

    Raises ValueError, with the ledger's line, if its quotation or its time expression is not on the page.
    """
    return ledger.table(corpus, "events", _told)


def _told(doc):
    hands = ledger.rows(doc, "events")
    times = {(row["start"], row["end"]): row for row in dates_of(doc)} if hands else {}
    for hand in hands:
        yield hand | {"surface": doc.text[hand["start"] : hand["end"]]} | _date(doc, hand, times)


def _date(doc, hand, times):
    """The date of an event from its time expression, which must be a row of `dates`."""
    quote, at = hand["date_quote"], f"events.tsv: line {hand['line']}: page {doc.id}"
    if (hand["date_by"] == "none") != (quote == ""):
        given = f"date_by is {hand['date_by']!r}, date_quote {quote!r}"
        raise ValueError(f"{at}: {given}; give both, or none and ''.")
    if not quote:
        return {"precision": "none", "expression": "", "expression_start": -1, "expression_end": -1}
    span = ledger.place(doc, hand, "events.tsv", "date_quote", "date_context")
    if span not in times:
        raise ValueError(f"{at}: its date {quote!r} is no row of dates; quote the whole time expression.")
    date = {key: times[span][key] for key in ("date_start", "date_end", "precision")}
    if hand["date_by"] == "opening":
        date |= {"date_end": date["date_start"].replace(month=12, day=31), "precision": "year"}
    return date | {"expression": quote, "expression_start": span[0], "expression_end": span[1]}
