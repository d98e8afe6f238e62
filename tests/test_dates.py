"""Dates: one fixture a rule, the readers' gold, the ledger, and texts that break things."""

import dataclasses
import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipnotes import handmade
from chipnotes.dates import LEDGER, PRECISIONS, dates, find_dates
from gold import both_left_out, both_marked, read_tsv

FIXTURES = Path(__file__).parent / "fixtures"
CASES = read_tsv(FIXTURES / "dates.tsv")


def _show(found, text):
    return "; ".join(f"{text[a:b]} {first or '-'} {last or '-'} {precision}" for a, b, first, last, precision, _ in found)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['rule']}" for n, case in enumerate(CASES, 3)])
def test_a_rule(case):
    published = datetime.date.fromisoformat(case["published"]) if case["published"] else None
    text = case["text"].replace("\\n", "\n")
    assert _show(find_dates(text, published), text) == case["expected"]


def test_every_date_that_both_readers_marked_is_found(corpus):
    found = {(row.seed, row.start, row.end): row for row in dates(corpus).itertuples()}
    marked = both_marked(corpus, "dates", ("date_start", "date_end", "precision"))
    assert len(marked) == 53 and sum(len(cells) for *_, cells in marked) == 159, "what the readers agree on has changed"
    wrong = []
    for seed, start, end, cells in marked:
        row = next((row for (s, a, b), row in found.items() if s == seed and a < end and b > start), None)
        got = row and {
            "date_start": "" if pd.isna(row.date_start) else str(row.date_start.date()),
            "date_end": "" if pd.isna(row.date_end) else str(row.date_end.date()),
            "precision": row.precision,
        }
        if got is None or any(got[key] != value for key, value in cells.items()):
            wrong.append((seed, corpus[seed].text[start:end], got, cells))
    assert wrong == []


def test_nothing_that_both_readers_left_out_is_a_date(corpus):
    left = both_left_out(corpus)
    assert len(left) >= 100
    hits = [
        (seed, corpus[seed].text[start:end], row.surface)
        for seed, start, end in left
        for row in dates(corpus).itertuples()
        if row.seed == seed and row.start < end and row.end > start
    ]
    assert hits == []


def test_the_table_has_its_columns_and_types(corpus):
    table = dates(corpus)
    assert list(table.columns) == ["seed", "start", "end", "surface", "date_start", "date_end", "precision", "how"]
    assert str(table.date_start.dtype).startswith("datetime64") and str(dates([]).date_end.dtype).startswith("datetime64")
    assert set(table.precision) <= set(PRECISIONS)
    assert (table.how != "").all()
    assert all(corpus[row.seed].text[row.start : row.end] == row.surface for row in table.itertuples())
    assert (table.date_start.isna() | table.date_end.isna() | (table.date_start <= table.date_end)).all()


def test_one_document_is_a_corpus(corpus):
    assert dates(corpus["003"]).equals(dates(corpus).query("seed == '003'").reset_index(drop=True))


def test_every_date_of_the_seeds_has_an_english_gloss(corpus):
    glossed = {
        (document.id, row["start"]) for document in corpus for row in handmade.rows_for(document, LEDGER) if row["english"]
    }
    assert glossed == {(row.seed, row.start) for row in dates(corpus).itertuples()}


def test_the_ledger_outranks_the_publication_date(corpus):
    today = dates(corpus["001"]).query("surface == '今天'").iloc[0]
    assert str(today.date_start.date()) == "2020-10-29"
    assert str(dates(corpus["001"], ledger=False).query("surface == '今天'").date_start.iloc[0].date()) == "2020-10-30"


def test_a_ledger_row_that_no_longer_matches_is_an_error(corpus):
    document = corpus["001"]
    changed = dataclasses.replace(document, text=document.text.replace("今天台上", "明天台上"))
    with pytest.raises(ValueError, match=r"date_ledger.tsv: line \d+: '今天' .* does not stand just once in seed 001"):
        dates(changed)
    assert len(dates(changed, ledger=False)) == len(dates(document))


def test_a_page_without_publication_date_says_so(corpus):
    card = {key: value for key, value in corpus["003"].card.items() if key not in ("published", "sha256")}
    row = dates(dataclasses.replace(corpus["003"], card=card)).iloc[0]
    assert pd.isna(row.date_start) and "no publication date" in row.how


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1" * 400,
        "2024年" * 2000,
        "一" * 100_000,
        "的" * 100_000,
        "1-2-" * 5000,
        "20" * 50_000,
        "年" * 100_000,
        "2024年1",
        "截至",
        "明年以来",
    ],
)
def test_bad_input_gives_a_result(text):
    found = find_dates(text, datetime.date(2024, 11, 20))
    assert all(0 <= a < b <= len(text) for a, b, *_ in found)
    assert all(first is None or last is None or first <= last for _, _, first, last, *_ in found)
    assert all(x[1] <= y[0] for x, y in zip(found, found[1:], strict=False))


@given(st.text("0123456789年月日年初底末以来近前三季度上下半截至到今去明自—-~ ,。十四五Q“”天", max_size=30))
def test_any_text_gives_ordered_spans_and_dates(text):
    at = 0
    for start, end, first, last, precision, how in find_dates(text, datetime.date(2024, 2, 29)):
        assert at <= start < end <= len(text) and precision in PRECISIONS and how
        assert first is None or last is None or first <= last
        at = end
