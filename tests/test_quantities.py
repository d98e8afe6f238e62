"""Quantities: one fixture a rule, the readers' gold, the account of every numeral, the ledger, and texts that break things."""

import dataclasses
import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipnotes import handmade
from chipnotes.amounts import NUMERALS, chinese, read_amounts, scale
from chipnotes.dates import dates, find_dates
from chipnotes.quantities import (
    BOUNDS,
    COLUMNS,
    JUDGED,
    KINDS,
    LEDGER,
    STATUSES,
    conflicts,
    exclusions,
    find_quantities,
    quantities,
)
from gold import GOLD, both_left_out, both_marked, read_tsv

CASES = read_tsv(Path(__file__).parent / "fixtures" / "quantities.tsv")
DAY = datetime.date(2024, 11, 20)


def _find(text):
    return find_quantities(text, find_dates(text, DAY), DAY)


def _show(rows):
    def plain(value):
        return "-" if value is None else str(int(value)) if value == int(value) else repr(value)

    return "; ".join(
        f"{r['surface']} {plain(r['low'])} {plain(r['high'])} {r['bound']} {r['unit'] or '/'} {r['kind']}" for r in rows
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['rule']}" for n, case in enumerate(CASES, 3)])
def test_a_rule(case):
    assert _show(_find(case["text"].replace("\\n", "\n"))) == case["expected"]


# ---------------------------------------------------------------- the readers


def _adjudicated():
    return {(row["seed"], row["quote"], row["column"]): row for row in read_tsv(GOLD / "adjudication.tsv")}


def test_every_quantity_that_both_readers_marked_is_found(corpus):
    table = quantities(corpus)
    marked = both_marked(corpus, "quantities", ("low", "high", "bound", "unit", "kind"))
    assert len(marked) == 89 and sum(len(cells) for *_, cells in marked) == 439, "what the readers agree on has changed"
    excused, wrong, used = _adjudicated(), [], set()
    for seed, start, end, cells in marked:
        rows = table[(table.seed == seed) & (table.start < end) & (table.end > start)]
        quote = corpus[seed].text[start:end]
        if len(rows) != 1:
            wrong.append((seed, quote, f"{len(rows)} rows"))
            continue
        row = rows.iloc[0]
        for column, value in cells.items():
            got = row[column]
            got = "" if pd.isna(got) else got
            same = float(got) == float(value) if column in ("low", "high") and value and got != "" else got == value
            exception = excused.get((seed, quote, column))
            if not same and exception and (exception["readers"], exception["package"]) == (value, got):
                used.add((seed, quote, column))
            elif not same:
                wrong.append((seed, quote, column, got, value))
    assert wrong == []
    assert used == set(excused), "an exception in adjudication.tsv that excuses nothing"


def test_nothing_that_both_readers_left_out_is_a_quantity(corpus):
    table = quantities(corpus)
    hits = [
        (seed, corpus[seed].text[start:end], row.surface)
        for seed, start, end in both_left_out(corpus)
        for row in table[table.seed == seed].itertuples()
        if row.start < end and row.end > start
    ]
    assert hits == []


def test_no_quantity_is_found_that_a_reader_did_not_mark(corpus):
    marked = both_marked(corpus, "quantities", ())
    table = quantities(corpus)
    extra = [r.surface for r in table.itertuples() if not any(s == r.seed and a < r.end and b > r.start for s, a, b, _ in marked)]
    assert extra == []


# ---------------------------------------------------------------- the account of every numeral


def _uses(text, day=DAY):
    """How often each numeral character is in a quantity, a date or an exclusion."""
    found = find_dates(text, day)
    amounts, excluded = read_amounts(text, [(a, b) for a, b, *_ in found])
    uses = [0] * len(text)
    for start, end in [(a, b) for a, b, *_ in found] + [(x.start, x.end) for x in amounts] + [(a, b) for a, b, _ in excluded]:
        for i in range(start, end):
            uses[i] += 1
    return [(i, c, uses[i]) for i, c in enumerate(text) if c in NUMERALS and uses[i] != 1]


def test_every_numeral_of_the_seeds_is_in_one_quantity_or_date_or_exclusion(corpus):
    for document in corpus:
        spans = [table(document)[["start", "end"]] for table in (quantities, dates, exclusions)]
        uses = [0] * len(document.text)
        for start, end in pd.concat(spans).itertuples(index=False):
            for i in range(start, end):
                uses[i] += 1
        wrong = [(i, c) for i, c in enumerate(document.text) if c in NUMERALS and uses[i] != 1]
        assert wrong == [], document.id


def test_each_exclusion_is_numerals_only_and_has_a_reason(corpus):
    table = exclusions(corpus)
    assert list(table.columns) == ["seed", "start", "end", "surface", "reason"]
    assert (table.reason.str.len() > 5).all() and table.surface.map(lambda s: set(s) <= set(NUMERALS + ".,")).all()
    assert {"place name", "ordinal that names", "一 with a measure word: indefinite article"} <= set(table.reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("四川", "place name"),
        ("两地", "pronoun: what was named before"),
        ("万国数据", "name of a firm, body or brand"),
        ("二级巡视员", "grade, phase or class"),
        ("第三代", "ordinal that names"),
        ("一批", "一 with a measure word: indefinite article"),
        ("数十家", "vague number (几, 数)"),
        ("5G", "label: digits joined to letters, signs or a word of naming"),
        ("电话:0990-5550166", "telephone, postal or other code"),
        ("9" * 400, "no number: digits or numeral characters that give no value"),
    ],
)
def test_an_exclusion_says_why(text, reason):
    amounts, excluded = read_amounts(text)
    assert amounts == [] and reason in {why for _, _, why in excluded}


PIECES = st.sampled_from(
    [
        *"0123456789０９零〇一二两三五十百千万亿.,，、-—~至到和%％个家元年月日亿第前近约超多余半成倍番点分之级\n。 A+",
        "百分之",
        "以上",
        "同比下降",
        "力争",
        "持平",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_numeral_of_any_text_is_accounted_for_once(text):
    assert _uses(text) == []


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_gives_rows_in_order_with_known_words(text):
    at = 0
    for row in _find(text):
        assert at <= row["start"] < row["end"] <= len(text)
        assert row["bound"] in BOUNDS and row["kind"] in KINDS and row["status"] in STATUSES
        assert row["low"] is not None or row["high"] is not None
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"]
        at = row["end"]


# ---------------------------------------------------------------- the table


def test_the_table_has_its_columns_and_words(corpus):
    table = quantities(corpus)
    assert list(table.columns) == list(COLUMNS)
    assert set(table.bound) <= set(BOUNDS) and set(table.kind) <= set(KINDS) and set(table.status) <= set(STATUSES)
    assert all(corpus[row.seed].text[row.start : row.end] == row.surface for row in table.itertuples())
    assert quantities([]).dtypes.equals(table.dtypes)
    assert quantities(corpus["003"]).equals(table.query("seed == '003'").reset_index(drop=True))


def test_an_open_side_is_nan_and_a_point_has_two_equal_sides(corpus):
    table = quantities(corpus)
    assert table[table.bound.isin(["above", "at_least"])].high.isna().all()
    assert table[table.bound.isin(["below", "at_most"])].low.isna().all()
    points = table[table.bound.isin(["exact", "about", "target"])]
    assert (points.low == points.high).all()
    assert (table[table.bound == "range"].low < table[table.bound == "range"].high).all()


def test_values_are_exact(corpus):
    low = dict(zip(quantities(corpus).surface, quantities(corpus).low, strict=True))
    assert low["1.37平方公里"] == 1.37 and low["超4.15万个"] == 41500.0 and low["11.84亿部"] == 1184000000.0


def test_restatements_share_one_fact_and_likenesses_do_not(corpus):
    table = quantities(corpus)
    facts = {fact: rows.surface.tolist() for fact, rows in table.groupby("fact_id")}
    assert facts["004-experts"] == ["3万余名", "3万余名", "3万", "3万余名"]
    assert facts["002-sh-ic-output"] == ["20.8%", "20.8%"] and facts["002-college"] == ["+1", "一所"]
    assert len(table) == 89 and table.fact_id.nunique() == 89 - sum(len(v) - 1 for v in facts.values() if len(v) > 1) == 73
    for one, other in (("001-cq-revenue", "004-cq-value"), ("001-sc-revenue", "004-sc-value")):
        assert facts[one] and facts[other]


def test_a_page_of_ones_own_is_read_by_the_rules_alone(corpus):
    page = corpus["002"]
    own = dataclasses.replace(page, card={"published": page.card["published"]})
    table = quantities(own)
    assert len(table) == len(quantities(page)) and table.fact_id.str.match(r"002-q\d{3}").all()


# ---------------------------------------------------------------- the ledger


def test_every_quantity_of_the_seeds_is_in_the_ledger_with_a_gloss_and_a_fact(corpus):
    for document in corpus:
        rows = handmade.rows_for(document, LEDGER)
        assert sorted(row["start"] for row in rows) == quantities(document).start.tolist()
        assert all(row["english"] and row["fact_id"] and row["subject"] and row["coder"] for row in rows)
        assert all(row["reason"] for row in rows if row["overrides"])


def test_conflicts_lists_each_difference_of_ledger_and_rules(corpus):
    table, ruled, read = conflicts(corpus), quantities(corpus, ledger=False), quantities(corpus)
    assert len(table) and (table.reason != "").all()
    assert not set(table.column) & {"low", "high", "bound", "kind", "unit"}, "value, bound, unit and kind are the rules'"
    listed = {(row.seed, row.start, row.column) for row in table.itertuples()}
    for column in set(JUDGED) - {"fact_id"}:
        for (_, one), (_, two) in zip(ruled.iterrows(), read.iterrows(), strict=True):
            silent = one[column] == "" or pd.isna(one[column])
            same = one[column] == two[column] or pd.isna(one[column]) and pd.isna(two[column])
            assert same or silent or (one.seed, one.start, column) in listed


def _with_ledger(monkeypatch, change):
    rows = {seed: [dict(row) for row in some] for seed, some in handmade._ledger(LEDGER).items()}
    change(rows["003"])
    read = handmade._ledger
    monkeypatch.setattr(handmade, "_ledger", lambda name: rows if name == LEDGER else read(name))


def test_an_unowned_difference_is_an_error(corpus, monkeypatch):
    _with_ledger(monkeypatch, lambda rows: rows[0].update(low="3"))
    with pytest.raises(ValueError, match=r"line \d+: '两个' in seed 003: rules and ledger differ in \['indicator', 'low'\]"):
        quantities(corpus["003"])


def test_a_ledger_cell_that_says_what_the_rule_says_is_no_conflict(corpus, monkeypatch):
    _with_ledger(monkeypatch, lambda rows: rows[0].update(low="2", high="2.0", bound="exact"))
    assert quantities(corpus["003"]).low.tolist() == [2.0]


def test_an_override_without_a_difference_is_an_error(corpus, monkeypatch):
    _with_ledger(monkeypatch, lambda rows: rows[0].update(overrides="indicator kind"))
    with pytest.raises(ValueError, match=r"overrides says \['indicator', 'kind'\]"):
        quantities(corpus["003"])


def test_a_ledger_row_that_no_longer_matches_is_an_error(corpus):
    document = corpus["003"]
    changed = dataclasses.replace(document, text=document.text.replace("两个维度", "两大维度"))
    with pytest.raises(ValueError, match=r"quantity_ledger.tsv: line \d+: '两个' .* does not stand just once in seed 003"):
        quantities(changed)
    assert quantities(changed, ledger=False).surface.tolist() == ["两大"]


def test_a_ledger_row_where_the_rules_find_nothing_is_an_error(corpus, monkeypatch):
    _with_ledger(monkeypatch, lambda rows: rows[0].update(quote="维度", context="两个维度"))
    with pytest.raises(ValueError, match="overlaps 0 rows that the rules found"):
        quantities(corpus["003"])


def test_a_ledger_cell_that_is_no_value_is_an_error(corpus, monkeypatch):
    _with_ledger(monkeypatch, lambda rows: rows[0].update(period_start="2025"))
    with pytest.raises(ValueError, match="'2025' is no value for period_start"):
        quantities(corpus["003"])


# ---------------------------------------------------------------- numerals, and bad input


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("二十五", 25),
        ("两百", 200),
        ("百万", 10**6),
        ("十", 10),
        ("三千五百", 3500),
        ("万亿", 10**12),
        ("一点五", 1.5),
        ("万十", None),
        ("一" * 400, None),
    ],
)
def test_chinese_numerals(word, value):
    assert chinese(word) == value


def test_scales():
    assert scale("") == 1 and scale("万亿") == 10**12 and scale("百万") == 10**6


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("1234567890" * 10_000, 0),
        ("12 " * 30_000, 0),
        ("产值" + "9" * 400 + "亿元", 0),
        ("集成电路产业增长20亿元" * 5000, 5000),
        ("1.2%、" * 5000, 5000),
        ("一" * 100_000, 0),
        ("万" * 100_000, 0),
        ("1," * 50_000, 0),
        ("1,234" + ",234" * 30_000, 0),
        ("产值达到3", 1),
        ("产值3亿", 1),
        ("第", 0),
        ("第1", 0),
        ("1", 1),
        ("1.", 0),
        ("半月季", 0),
        ("位居前10", 1),
        ("3几家", 1),
        ("全市共-半年内", 1),
    ],
)
def test_bad_input_gives_a_result(text, count):
    assert len(_find(text)) == count and _uses(text) == []
