"""Lay a reader's ledger over what the rules found: every row must fit its page, and every contradiction must be owned."""

import datetime
import math
from functools import lru_cache

from chipnotes.paths import SEEDS, read_data
from chipnotes.seeds import CARDS, read_toml

# Cells of a ledger: empty leaves the rule's word, OPEN says that this side is open or unknown.
OPEN = "-"
NUMBERS, DATES = ("low", "high"), ("period_start", "period_end", "date_start", "date_end")


@lru_cache(maxsize=1)
def _pages():
    """The sha256 of each page that the ledgers were made for, by its id."""
    path = SEEDS / CARDS
    return {key: card["sha256"] for key, card in read_toml(path).items()} if path.is_file() else {}


@lru_cache(maxsize=8)
def _ledger(name):
    rows = {}
    for number, row in enumerate(read_data(name).to_dict("records"), 3):
        rows.setdefault(row["seed"], []).append(row | {"line": number})
    return rows


def rows_for(document, name):
    """The ledger's rows for a document, each with its span (start, end); none for a page that it was not made for.

    Raises ValueError for a row whose context does not stand just once in the text.
    """
    if document.card.get("sha256", "") != _pages().get(document.id):
        return []
    located = []
    for row in _ledger(name).get(document.id, []):
        context = row["context"].replace("\\n", "\n")
        if document.text.count(context) != 1 or context.count(row["quote"]) != 1:
            raise ValueError(
                f"{name}: line {row['line']}: {row['quote']!r} in {context!r} does not stand just once in seed {document.id}. "
                "Mend the quotation and its context, or remove the row."
            )
        start = document.text.index(context) + context.index(row["quote"])
        located.append(row | {"start": start, "end": start + len(row["quote"])})
    return located


def conflicts(document, name, columns, found):
    """What ledger and rules say differently: tuples seed, start, end, surface, column, rule, ledger, reason.

    `found`: dicts with start, end and `columns`. Raises ValueError for a ledger row that fits no row of the rules, or whose
    cell `overrides` names other columns than those that differ.
    """
    return [difference for _, _, differences in _compared(document, name, columns, found) for difference in differences]


def overlay(document, name, columns, found):
    """The rows that the rules found with the ledger's cells in their place; raises ValueError as `conflicts` does."""
    for hand, row, _ in _compared(document, name, columns, found):
        row["start"], row["end"], row["surface"] = hand["start"], hand["end"], hand["quote"]
        for column in columns:
            if hand.get(column):
                row[column] = _value(column, hand[column], name, hand["line"])
    return found


def _compared(document, name, columns, found):
    result, taken = [], {}
    for hand in rows_for(document, name):
        place = f"{name}: line {hand['line']}: {hand['quote']!r} in seed {document.id}"
        hits = [row for row in found if row["start"] < hand["end"] and row["end"] > hand["start"]]
        if len(hits) != 1:
            raise ValueError(f"{place} overlaps {len(hits)} rows that the rules found. Mend the rules or the ledger.")
        row = hits[0]
        if id(row) in taken:
            raise ValueError(f"{place} is the second row on a span that line {taken[id(row)]} has. Remove one of them.")
        taken[id(row)] = hand["line"]
        differences = []
        if (hand["start"], hand["end"]) != (row["start"], row["end"]):
            differences.append(("span", row["surface"], hand["quote"]))
        for column in columns:
            if hand.get(column):
                value = _value(column, hand[column], name, hand["line"])
                # Where the rule is silent the ledger contradicts nothing.
                if (
                    not _same(value, row[column])
                    and not (column not in NUMBERS and row[column] in ("", None))
                    and column != "fact_id"
                ):
                    differences.append((column, _shown(row[column]), _shown(value)))
        differing = {column for column, _, _ in differences}
        owned = set(hand["overrides"].split())
        if differing != owned:
            raise ValueError(
                f"{place}: rules and ledger differ in {sorted(differing) or 'nothing'}, its cell overrides says {sorted(owned) or 'nothing'}. "
                "Check the row against the page, then make overrides name just the columns that differ."
            )
        result.append(
            (hand, row, [(document.id, hand["start"], hand["end"], hand["quote"], *d, hand["reason"]) for d in differences])
        )
    return result


def _value(column, cell, name, line):
    if cell == OPEN:
        return None if column in NUMBERS or column in DATES else ""
    try:
        if column in NUMBERS:
            return float(cell)
        return datetime.date.fromisoformat(cell) if column in DATES else cell
    except ValueError:
        raise ValueError(
            f"{name}: line {line}: {cell!r} is no value for {column}. Write a plain number, YYYY-MM-DD, or - for open."
        ) from None


def _same(one, two):
    if isinstance(one, float) and isinstance(two, float):
        return math.isclose(one, two, rel_tol=1e-12)
    return one == two


def _shown(value):
    return OPEN if value in (None, "") else str(value)
