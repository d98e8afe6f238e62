"""Events: what the pages tell as agreed, launched, planned, drafted, visited, held, measured or aimed at, with its date."""

from chipnotes import handmade
from chipnotes.corpus import documents
from chipnotes.dates import resolved_dates
from chipnotes.text import frame

LEDGER = "events.tsv"
STATUSES = ("exhortation", "target", "draft", "signed", "launched", "realised", "reported")
KINDS = (
    "agreement application approval cooperation draft founding fund intention launch meeting plan release report target visit"
).split()
PLACES = ("川渝", "上海", "常州", "national")
LEVELS = ("national", "government", "association", "university", "institute", "firm", "park", "mixed")
DATED_BY = ("stated", "context", "opening", "none")
FIXED = {"status": STATUSES, "kind": KINDS, "place": PLACES, "level": LEVELS, "date_by": DATED_BY}

_TAKEN = (
    "event_id", "part_of", "outcome_of", "title", "parties", "place", "kind", "status", "level", "sides", "left_open", "english",
    "reason", "date_by",
)  # fmt: skip
_TYPES = {
    "seed": "str", "start": "int64", "end": "int64", "surface": "str", "date_start": "datetime64[s]", "date_end": "datetime64[s]",
    "precision": "str", "title": "str", "parties": "str", "place": "str", "kind": "str", "status": "str", "level": "str",
    "sides": "str", "left_open": "str", "english": "str", "event_id": "str", "part_of": "str", "outcome_of": "str",
    "date_by": "str", "expression": "str", "expression_start": "int64", "expression_end": "int64", "reason": "str",
}  # fmt: skip


def events(corpus):
    """One row a passage that tells an event, a report or a target; made by a reader for the five seeds, empty for other pages.

    Columns: seed, start, end (offsets in `doc.text`), surface; date_start, date_end (datetime64; NaT open or unknown) and
    precision (as in `dates`; 'none' without a date), title (English), parties (canonical names as in `actors`, joined by '; '),
    place (川渝 上海 常州 national: where it belongs), kind (agreement application approval cooperation draft founding fund
    intention launch meeting plan release report target visit), status (exhortation: a wish or 将 without a goal to check; target:
    a goal with a year or a number; draft: out for comment or approval; signed; launched: begun or issued, outcome open; realised:
    done, of a meeting: held; reported: told as a figure, a state or a claim, no act), level (who acts: national government
    association university institute firm park mixed), sides (regions of the parties, 四川–重庆 if both; '' where it does not
    matter), left_open (what the page does not name), english (gloss), event_id (the same for passages that tell one event, also
    in another seed), part_of (event_id of the signing or call that it is an item of), outcome_of (event_id of the act that the
    page presents it as a result of), date_by (stated: by a time expression in its sentence; context: by one that governs another
    clause or sentence; opening: in the year in which 自…以来 begins; none), expression, expression_start, expression_end (the row
    of `dates` that the date is taken from; '' and -1 without one), reason.
    Raises ValueError, with the row of data/events.tsv, if its quotation or its time expression is not on the page.
    """
    return frame([row for document in documents(corpus) for row in _of_one(document)], _TYPES)


def _of_one(document):
    hands = handmade.rows_for(document, LEDGER)
    times = {(start, end): rest for start, end, *rest in resolved_dates(document)} if hands else {}
    for hand in hands:
        place = f"{LEDGER}: line {hand['line']}: {hand['quote']!r} in seed {document.id}"
        for column, allowed in FIXED.items():
            if hand[column] not in allowed:
                raise ValueError(f"{place}: {column} is {hand[column]!r}, not one of {', '.join(allowed)}")
        row = {"seed": document.id, "start": hand["start"], "end": hand["end"], "surface": hand["quote"]}
        yield row | {column: hand[column] for column in _TAKEN} | _date(document, hand, times, place)


def _date(document, hand, times, place):
    """The date of an event from its time expression, which must be a row of `dates`."""
    quote, context = hand["date_quote"], hand["date_context"].replace("\\n", "\n")
    if (hand["date_by"] == "none") != (quote == ""):
        raise ValueError(f"{place}: date_by is {hand['date_by']!r} and date_quote {quote!r}; give both or none and no quotation")
    if not quote:
        nothing = {"date_start": None, "date_end": None, "precision": "none", "expression": ""}
        return nothing | {"expression_start": -1, "expression_end": -1}
    if document.text.count(context) != 1 or context.count(quote) != 1:
        raise ValueError(f"{place}: its date {quote!r} in {context!r} does not stand just once on the page. Mend date_context.")
    start = document.text.index(context) + context.index(quote)
    end = start + len(quote)
    if (start, end) not in times:
        raise ValueError(f"{place}: its date {quote!r} is no row of dates; quote the whole time expression")
    first, last, precision, _ = times[start, end]
    if hand["date_by"] == "opening":
        last, precision = first.replace(month=12, day=31), "year"
    found = {"date_start": first, "date_end": last, "precision": precision, "expression": quote}
    return found | {"expression_start": start, "expression_end": end}
