"""The ledger of commitments says what the pages say, and no joint measure of the three pages is missing from it."""

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.codebook import code_list, codes
from chipnotes.paths import read_data

LEDGER = read_data("commitments.tsv")
LEFT_OUT = read_data("commitments_left_out.tsv")
COLUMNS = "id seed agreement label quotation english level firmness below restates signed draft".split()
CHECKLIST = ["body", "date", "budget", "indicator", "evaluation"]
LEVELS = {"provincial departments", "state capital", "high-tech zones", "associations", "firms"}
ROWS = pytest.mark.parametrize("row", list(LEDGER.itertuples()), ids=lambda row: row.id)


@pytest.fixture(scope="module")
def hand(corpus):
    table = codes(corpus)
    return table[table.coder == "hand"]


def unit_of(hand, corpus, seed, quotation):
    start, end = cn.span(corpus, seed, quotation)
    units = hand[(hand.seed == seed) & (hand.start <= start) & (hand.end >= end)]
    assert len(units) == 1, f"{quotation} is not inside one quasi-sentence of {seed}"
    return units.iloc[0]


def test_the_form_of_the_ledger():
    assert list(LEDGER.columns) == COLUMNS + CHECKLIST
    assert LEDGER.id.is_unique and set(LEDGER.seed) == {"000", "001", "004"} and set(LEDGER.level) <= LEVELS
    for column in ("agreement", "label", "english"):
        assert (LEDGER[column].str.strip() != "").all()


@ROWS
def test_firmness_is_the_hand_code_of_the_unit_or_below_it_with_a_reason(row, hand, corpus):
    unit, rungs = unit_of(hand, corpus, row.seed, row.quotation).firmness, code_list("firmness")
    assert rungs.index(row.firmness) <= rungs.index(unit)
    assert (row.firmness == unit) == (row.below == "")


def test_the_firmest_row_of_a_unit_has_the_rung_of_the_unit(hand, corpus):
    """A unit is as firm as its firmest part, so a row below its unit stands beside one that is not."""
    units = [unit_of(hand, corpus, row.seed, row.quotation) for row in LEDGER.itertuples()]
    held = {(unit.seed, unit.unit) for unit, row in zip(units, LEDGER.itertuples(), strict=True) if row.firmness == unit.firmness}
    assert held == {(unit.seed, unit.unit) for unit in units}


@ROWS
def test_a_signing_is_no_date_of_the_measure(row):
    """What is signed on a day is not thereby to be done by it."""
    assert row.date == "" or row.date != row.signed


@ROWS
def test_a_row_without_sum_number_or_date_is_no_resource(row):
    if row.firmness == "resource":
        assert row.budget or row.indicator or row.date


@ROWS
def test_every_cell_quotes_the_page(row, corpus):
    """Cells of the checklist stand in the paragraph of the commitment; the day of signing stands in its article."""
    paragraphs = corpus[row.seed].paragraphs
    start, end = cn.span(corpus, row.seed, row.quotation)
    (own,) = paragraphs[(paragraphs.start <= start) & (paragraphs.end >= end)].itertuples()
    article = paragraphs[paragraphs.article == own.article]
    text = corpus[row.seed].text
    for column in ("draft", *CHECKLIST):
        assert getattr(row, column) in text[own.start : own.end], column
    assert row.signed in text[article.start.min() : article.end.max()]


def test_what_is_restated_is_an_earlier_row_of_another_page():
    known = LEDGER.set_index("id")
    for row in LEDGER[LEDGER.restates != ""].itertuples():
        first = known.loc[row.restates]
        assert first.seed != row.seed and first.restates == "" and first.agreement == row.agreement


def test_a_speech_is_no_agreement():
    """An exhortation binds nobody; the ledger files it under speech and nothing else there."""
    assert ((LEDGER.firmness == "exhortation") == (LEDGER.agreement == "speech")).all()


def test_no_joint_measure_of_the_pages_is_missing(hand, corpus):
    """Each unit with an instrument is in the ledger or left out with a reason, titles and headings apart."""
    pages = hand[hand.seed.isin(["000", "001", "004"]) & (hand.instrument != "none") & ~hand.role.isin(["title", "heading"])]
    told = [(u.seed, u.unit) for u in (unit_of(hand, corpus, r.seed, r.quotation) for r in LEDGER.itertuples())]
    left = [(u.seed, u.unit) for u in (unit_of(hand, corpus, r.seed, r.quotation) for r in LEFT_OUT.itertuples())]
    assert not set(told) & set(left) and (LEFT_OUT.reason.str.strip() != "").all()
    assert set(told) | set(left) == set(pd.MultiIndex.from_frame(pages[["seed", "unit"]]))
