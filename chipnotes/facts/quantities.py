"""Quantities: each number that states a quantity, by rule, with what only a reader can say of it."""

from chipnotes.facts.dates import dates_of
from chipnotes.facts.ledger import overlay, placed, table
from chipnotes.rules.amounts import find_amounts

VALUES = ("low", "high", "bound", "unit", "kind")
MEANING = ("subject", "indicator", "period_start", "period_end", "status", "fact_id")


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
        found = [row | dict.fromkeys(MEANING, "") for row in placed(doc, _amounts(doc)[0])]
        return overlay(doc, "quantities", found, VALUES + MEANING, ledger)

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
    taken = [(row["start"], row["end"]) for row in dates_of(doc)]
    return find_amounts(doc.text, taken, doc.card.get("published"))
