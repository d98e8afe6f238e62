"""The tables of facts: what the rules find on a page, with a reader's word where she has one."""

from itertools import accumulate
from weakref import WeakKeyDictionary

from chipnotes.facts.ledger import overlay, place, placed, read, rows, table
from chipnotes.pages.words import tokens
from chipnotes.rules.amounts import find_amounts
from chipnotes.rules.names import find_names
from chipnotes.rules.times import find_times

_TIMES = WeakKeyDictionary()  # of each document, since several tables need them


def quantities(corpus, *, ledger=True):
    """One row a number that states a quantity.

    - seed (text): id of the page
    - start, end (whole numbers): offsets in `doc.text`
    - surface (text): the number with the words of bound and the unit that touch it
    - low, high (numbers): 万 and 亿 multiplied out, percent as percent; a rate that falls is negative and
      keeps its word's bound (下降逾两成: above -20); NaN on an open side
    - bound (text): exact above at_least below at_most about range target
    - unit (text): 元, %, 个百分点, 家 …; "" where the page gives none
    - kind (text): level growth share difference_pp rank count threshold target
    - subject, indicator (text): what is measured, of what; "" until a reader says it
    - period_start, period_end (datetime64): the time it is of; NaT open, or until a reader says it
    - status (text): stated target draft signed realised; "" until a reader says it
    - fact_id (text): rows of one fact, restated in a box or heading, share it; "" until a reader says it
    - source (text): rule, or reader where her ledger `quantities.tsv` has a word

    Values, bounds, units and kinds are by rule on any page; `ledger=False` gives the rules alone. Raises
    ValueError for a ledger's row that does not fit its page, TypeError for what is no corpus, document or
    list of documents.
    """

    def rows_of(doc):
        return overlay(doc, "quantities", placed(doc, _amounts(doc)[0]), ledger)

    return table(corpus, "quantities", rows_of)


def exclusions(corpus):
    """The digits and numeral characters that are in no quantity and no date.

    - seed (text), start, end (whole numbers), surface (text): the place
    - reason (text): why it states no quantity

    Every character of `glyphs.NUMERALS` in a document is in exactly one of a quantity, a date and a row of
    this table.
    """
    return table(corpus, "exclusions", lambda doc: placed(doc, _amounts(doc)[1]))


def _amounts(doc):
    taken = [(row["start"], row["end"]) for row in _dates(doc)]
    return find_amounts(doc.text, taken, doc.card.get("published"))


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
    return table(corpus, "dates", lambda doc: _dates(doc, ledger))


def _dates(doc, ledger=True):
    if doc not in _TIMES:
        _TIMES[doc] = find_times(doc.text, doc.card.get("published"))
    return overlay(doc, "dates", placed(doc, _TIMES[doc]), ledger)


def actors(corpus):
    """One row a mention of an actor; mentions do not overlap, the longest name wins.

    - seed (text): id of the page
    - start, end (whole numbers): offsets in `doc.text`
    - surface (text): the mention
    - name (text): canonical name, Chinese
    - en (text): its English in the glossary; "" if it has none
    - type (text): government association company university institute platform park fund media person place
      document
    - office (text): of a person, as the page states it; "" if it does not
    - region (text): 四川 重庆 川渝 上海 常州 国家 other: by name, office or seat on the page; 川渝 also for
      成渝
    - source (text): gazetteer (listed) or rule (found by its last word, its brackets 《》 or its office)

    A bare name that several regions share (经信委) is the body of the region named last before it. 两地,
    双方, 我市, 该平台 are no mentions. A firm's presence in a place is no seat: its region is then `other`.
    A folder's own `ledgers/gazetteer.tsv` (columns of the project's, and `english`) goes before the
    project's, and its `ledgers/glossary.tsv` gives English names. Names begin and end at the edges of
    words, as `words` has them.
    """

    def rows_of(doc):
        hers = {row["zh"]: row["en"] for row in read(doc.folder, "glossary")}
        starts = [0, *accumulate(map(len, tokens(doc.text)))][:-1]
        for row in placed(doc, find_names(doc.text, starts, read(doc.folder, "gazetteer"))):
            yield row | {"en": hers.get(row["name"]) or row["english"]}

    return table(corpus, "actors", rows_of)


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
    return table(corpus, "events", _told)


def _told(doc):
    """The rows of `events` for one document; each date must be a row of `dates`."""
    hands = rows(doc, "events")
    times = {(row["start"], row["end"]): row for row in _dates(doc)} if hands else {}
    for hand in hands:
        quote, at = hand["date_quote"], f"{hand['at']}: page {doc.id}"
        if (hand["date_by"] == "none") != (quote == ""):
            given = f"date_by is {hand['date_by']!r}, date_quote {quote!r}"
            raise ValueError(f"{at}: {given}; give both, or none and ''.")
        event = hand | {"surface": doc.text[hand["start"] : hand["end"]], "expression": quote}
        event |= {"precision": "none", "expression_start": -1, "expression_end": -1}
        if quote:
            span = place(doc, hand, "date_quote", "date_context")
            if span not in times:
                remedy = "quote the whole time expression"
                raise ValueError(f"{at}: its date {quote!r} is no row of dates; {remedy}.")
            event |= dict(zip(("expression_start", "expression_end"), span))
            event |= {key: times[span][key] for key in ("date_start", "date_end", "precision")}
            if hand["date_by"] == "opening":
                event |= {"date_end": event["date_start"].replace(month=12, day=31), "precision": "year"}
        yield event
