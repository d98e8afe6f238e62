"""Quantities and dates of a page: what hangs on the card of the page."""

import datetime
from collections import Counter

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.pages.document import clean


def test_a_past_year_is_no_goal_where_the_page_says_its_day():
    """What is a goal hangs on the day of publication, which the card has."""
    text = "云川市集成电路政策\n到2023年,全市产值达到300亿元。\n"
    kinds = {
        day: list(cn.quantities(clean(text, "page", {"published": datetime.date(day, 5, 6)})).kind)
        for day in (2020, 2024)
    }
    assert kinds == {2020: ["target"], 2024: ["level"]}


def test_a_second_page_is_not_taken_for_a_setting():
    with pytest.raises(TypeError):
        cn.quantities([], "002")
    with pytest.raises(TypeError):
        cn.dates([], "002")


def test_a_period_that_a_reader_gives_is_a_time_that_the_page_names(corpus):
    """In the number's own sentence, else in its paragraph; for a few, in a box or elsewhere, on the page."""
    table, dates, near = cn.quantities(corpus), cn.dates(corpus), Counter()
    for row in table[(table.source == "reader") & table.period_end.notna()].itertuples():
        sentence = corpus[row.seed].span(row.start, row.end).sentence
        lines = corpus[row.seed].paragraphs
        line = lines[(lines.start <= row.start) & (row.start < lines.end)].iloc[0]
        named = dates[(dates.seed == row.seed) & (dates.date_end == row.period_end)]
        start = row.period_start
        named = named[named.date_start.isna() if pd.isna(start) else named.date_start == start]
        where = {"sentence": (sentence.start, sentence.end), "paragraph": (line.start, line.end)}
        where["page"] = (0, len(corpus[row.seed].text))
        held = [name for name, (a, b) in where.items() if ((named.start >= a) & (named.end <= b)).any()]
        near[(held or ["nowhere"])[0]] += 1
    assert near == {"sentence": 44, "paragraph": 20, "page": 11}


def test_an_amount_and_its_growth_are_of_one_time_and_subject(corpus):
    table = cn.quantities(corpus).query("fact_id != ''").drop_duplicates("fact_id").set_index("fact_id")
    pairs = [(name, f"{name}-growth") for name in table.index if f"{name}-growth" in table.index]
    assert len(pairs) == 4
    for amount, growth in pairs:
        of = ["subject", "indicator", "period_start", "period_end"]
        assert table.loc[amount, of].equals(table.loc[growth, of]), amount
