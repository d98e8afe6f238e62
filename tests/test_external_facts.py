"""Facts from other publications: each has its form, and its value is a number that its own statement says."""

import math
import re

import pytest

from chipnotes.paths import read_data

TABLE = read_data("external_facts.tsv")
SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
NUMBER = re.compile(r"(?<![\d-])(\d+(?:,\d{3})*(?:\.\d+)?)(?: ?(million|billion|trillion|万亿|万|亿))?(?!-?\d)")


def said(statement):
    """The numbers that a statement says, scale words multiplied out."""
    return [float(number.replace(",", "")) * SCALES.get(scale, 1) for number, scale in NUMBER.findall(statement)]


@pytest.mark.parametrize("row", list(TABLE.itertuples()), ids=lambda row: row.id)
def test_a_value_is_said_by_its_statement(row):
    assert bool(row.value) == bool(row.unit)
    if row.value:
        assert any(math.isclose(float(row.value), number) for number in said(row.statement)), (row.value, said(row.statement))


@pytest.mark.parametrize("row", list(TABLE.itertuples()), ids=lambda row: row.id)
def test_a_fact_has_its_form(row, corpus):
    assert all(corpus[seed] for seed in row.seed.split(",")) and row.about and row.statement
    assert row.relation in ("annotates", "confirms", "contradicts", "supplies")
    assert re.fullmatch(r"|\d{4}(-\d\d){0,2}", row.source_date) and re.match(r"https?://\w", row.address)


def test_facts_are_numbered_without_a_gap():
    assert list(TABLE.id) == [f"x{number:02d}" for number in range(1, len(TABLE) + 1)]


def test_the_reader_of_statements():
    assert said("caps of 300,000 and 1.5 million; 2.49亿台, +2.9 %, 1.03万亿元; on 2024-11-04") == pytest.approx(
        [3e5, 1.5e6, 2.49e8, 2.9, 1.03e12]
    )
