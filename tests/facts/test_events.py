"""Every event stands on its page, its date leads to a time expression, and no sentence that tells an event is left out."""

import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes import handmade
from chipnotes.actors import actors
from chipnotes.dates import dates
from chipnotes.events import DATED_BY, KINDS, LEVELS, PLACES, STATUSES, events
from chipnotes.paths import read_data

FIXTURES = Path(__file__).parent / "fixtures"
TELLS = re.compile("签约|签订|签署|揭牌|启动|印发|征求意见|上线|成立|发布")
# Words that join the evidence of a status to the passage or the reader's reason for it.
SIGNS = re.compile("签约|签订|签署|其中")
NAMED = {row.name: row for row in read_data("gazetteer.tsv").itertuples(index=False)}


@pytest.fixture(scope="module")
def table(corpus):
    return events(corpus)


def parties(row):
    return [name for name in row.parties.split("; ") if name]


def test_spans_lead_to_the_page(corpus, table):
    assert len(table) == len(read_data("events.tsv"))
    for row in table.itertuples():
        assert corpus[row.seed].text[row.start : row.end] == row.surface
        assert row.title.strip() and row.english.strip() and row.reason.strip() and row.event_id.strip()
    assert list(table.sort_values(["seed", "start", "end"], kind="stable").index) == list(table.index)
    assert not table.duplicated(["seed", "start", "end"]).any() and not table.duplicated("title").any()


def test_every_date_is_a_row_of_dates(corpus, table):
    found = {(row.seed, row.start, row.end): row for row in dates(corpus).itertuples()}
    for row in table.itertuples():
        if row.date_by == "none":
            assert (row.precision, row.expression, row.expression_start, row.expression_end) == ("none", "", -1, -1)
            assert pd.isna(row.date_start) and pd.isna(row.date_end)
            continue
        time = found[row.seed, row.expression_start, row.expression_end]
        assert time.surface == row.expression == corpus[row.seed].text[row.expression_start : row.expression_end]
        assert time.date_start == row.date_start or pd.isna(time.date_start) and pd.isna(row.date_start)
        if row.date_by == "opening":
            assert time.surface.startswith("自") and row.precision == "year" and row.date_end.year == row.date_start.year
        else:
            assert (time.date_end, time.precision) == (row.date_end, row.precision)


def test_a_stated_date_stands_in_the_sentence_of_the_event(corpus, table):
    where = cn.sentences(corpus)
    for row in table[table.date_by == "stated"].itertuples():
        here = where[(where.seed == row.seed) & (where.start < row.end) & (where.end > row.start)]
        assert here.start.min() <= row.expression_start and row.expression_end <= here.end.max(), row.title


def test_only_the_named_values_are_used(table):
    for column, allowed in (("status", STATUSES), ("kind", KINDS), ("place", PLACES), ("level", LEVELS), ("date_by", DATED_BY)):
        assert set(table[column]) == set(allowed)


def test_parties_are_actors_that_the_page_names(corpus, table):
    mentioned = actors(corpus).groupby("seed").name.agg(set)
    for row in table.itertuples():
        for name in parties(row):
            assert name in NAMED and name in mentioned[row.seed], f"{row.title}: {name}"
        if row.kind == "agreement":
            assert parties(row) or row.left_open, f"{row.title}: name the parties or say what the page leaves open"


def test_sides_are_the_regions_of_the_parties(table):
    for row in table[(table.place == "川渝") & table.kind.isin(["agreement", "cooperation"])].itertuples():
        regions = {NAMED[name].region for name in parties(row) if NAMED[name].type not in ("document", "platform", "fund")}
        if "川渝" not in regions and len(regions) > 1:
            assert {"深圳" if region == "other" else region for region in regions} == set(row.sides.split("–")), row.title


def test_a_firm_pair_is_of_both_sides_only_if_its_firms_are(table):
    pairs = table[(table.kind == "agreement") & (table.level == "firm") & (table.place == "川渝") & (table.parties != "")]
    assert dict(zip(pairs.event_id, pairs.sides, strict=True)) == {"yibin-pair-1": "四川–重庆", "yibin-pair-2": "深圳–四川"}


def test_signed_means_that_the_page_says_so(table):
    for row in table[table.status == "signed"].itertuples():
        assert SIGNS.search(row.surface + row.reason), row.title
    for row in table[table.status == "draft"].itertuples():
        assert re.search("送审稿|征求意见", row.surface), row.title


def test_launched_means_that_the_page_says_so(table):
    for row in table[table.status == "launched"].itertuples():
        assert re.search("启动|上线|印发|推出|申报|出资", row.surface), row.title


def test_what_is_done_is_not_later_than_its_page(corpus, table):
    for row in table[~table.status.isin(["target"])].itertuples():
        start = row.date_end if pd.isna(row.date_start) else row.date_start
        assert pd.isna(start) or start <= pd.Timestamp(corpus[row.seed].card["published"]), row.title


def test_one_event_has_one_place_and_status_and_no_two_days(table):
    for name, rows in table.groupby("event_id"):
        assert rows.place.nunique() == rows.status.nunique() == rows.kind.nunique() == 1, name
        assert rows[rows.precision == "day"].date_start.nunique() <= 1, name


def test_parts_and_outcomes_belong_to_an_event_of_the_table(table):
    for column in ("part_of", "outcome_of"):
        named = table[table[column] != ""]
        assert len(named) and set(named[column]) <= set(table.event_id) and (named[column] != named.event_id).all()


def test_every_sentence_that_tells_an_event_is_in_the_table(corpus, table):
    silent = pd.read_csv(FIXTURES / "no_event.tsv", sep="\t", skiprows=1, dtype="str", quoting=3)
    left = []
    for row in cn.sentences(corpus).itertuples():
        covered = ((table.seed == row.seed) & (table.start < row.end) & (table.end > row.start)).any()
        if TELLS.search(row.surface) and not covered:
            left.append((row.seed, row.surface.strip()))
    assert left == list(zip(silent.seed, silent.sentence, strict=True)) and (silent.reason.str.len() > 10).all()


def test_other_pages_have_an_empty_table_of_the_same_columns(table):
    page = SimpleNamespace(id="999", text="3月1日,两地签约。\n", card={}, paragraphs=pd.DataFrame())
    empty = events([page])
    assert empty.empty and list(empty.columns) == list(table.columns) and (empty.dtypes == table.dtypes).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quote": "没有这句"}, "没有这句.*does not stand just once in seed 003"),
        ({"date_quote": "昨天上午"}, "its date '昨天上午'.*does not stand just once"),
        ({"date_quote": "今天"}, "its date '今天' is no row of dates"),
        ({"status": "done"}, "status is 'done', not one of exhortation"),
        ({"date_by": "none"}, "give both or none"),
    ],
)
def test_a_row_that_the_page_does_not_bear_is_an_error_that_names_it(corpus, monkeypatch, change, words):
    rows = {"003": [row | {"line": 3} for row in read_data("events.tsv").to_dict("records") if row["event_id"] == "wujin-visit"]}
    rows["003"][0] |= change
    others = handmade._ledger
    monkeypatch.setattr(handmade, "_ledger", lambda name: rows if name == "events.tsv" else others(name))
    with pytest.raises(ValueError, match=f"events.tsv: line 3: .*{words}"):
        events(corpus["003"])
