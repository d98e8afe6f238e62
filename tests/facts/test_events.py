"""Every event stands on its page, its date is a row of dates, no sentence that tells one is left out."""

import re
from pathlib import Path

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.files import read_data, schemas

FIXTURES = Path(__file__).parent / "fixtures"
TELLS = re.compile("签约|签订|签署|揭牌|启动|印发|征求意见|上线|成立|发布")
# Words that join the evidence of a status to the passage or the reader's reason for it.
SIGNS = re.compile("签约|签订|签署|其中")
NAMED = {row.name: row for row in read_data("gazetteer.tsv").itertuples(index=False)}


@pytest.fixture(scope="module")
def table(corpus):
    return cn.events(corpus)


def parties(row):
    return [name for name in row.parties.split("; ") if name]


def test_spans_lead_to_the_page(corpus, table):
    for row in table.itertuples():
        assert corpus[row.seed].text[row.start : row.end] == row.surface
        assert row.title.strip() and row.english.strip() and row.reason.strip() and row.event_id.strip()
    assert list(table.sort_values(["seed", "start", "end"], kind="stable").index) == list(table.index)
    assert not table.duplicated(["seed", "start", "end"]).any() and not table.duplicated("title").any()


def test_every_date_is_a_row_of_dates(corpus, table):
    found = {(row.seed, row.start, row.end): row for row in cn.dates(corpus).itertuples()}
    for row in table.itertuples():
        if row.date_by == "none":
            assert (row.precision, row.expression, row.expression_start, row.expression_end) == (
                "none",
                "",
                -1,
                -1,
            )
            assert pd.isna(row.date_start) and pd.isna(row.date_end)
            continue
        time = found[row.seed, row.expression_start, row.expression_end]
        assert (
            time.surface == row.expression == corpus[row.seed].text[row.expression_start : row.expression_end]
        )
        assert time.date_start == row.date_start or pd.isna(time.date_start) and pd.isna(row.date_start)
        if row.date_by == "opening":
            assert (
                time.surface.startswith("自")
                and row.precision == "year"
                and row.date_end.year == row.date_start.year
            )
        else:
            assert (time.date_end, time.precision) == (row.date_end, row.precision)


def test_a_stated_date_stands_in_the_sentence_of_the_event(corpus, table):
    where = cn.sentences(corpus)
    for row in table[table.date_by == "stated"].itertuples():
        here = where[(where.seed == row.seed) & (where.start < row.end) & (where.end > row.start)]
        assert here.start.min() <= row.expression_start and row.expression_end <= here.end.max(), row.title


def test_every_named_value_is_used(table):
    """What data/schemas.toml allows, no more (the ledger is checked against it) and no less."""
    for column in ("status", "kind", "level", "date_by"):
        assert set(table[column]) == set(schemas()["ledger"]["events"]["columns"][column]["allowed"])
    assert set(table.place) == {"川渝", "上海", "常州", "national"}


def test_parties_are_actors_that_the_page_names(corpus, table):
    mentioned = cn.actors(corpus).groupby("seed").name.agg(set)
    for row in table.itertuples():
        for name in parties(row):
            assert name in NAMED and name in mentioned[row.seed], f"{row.title}: {name}"
        if row.kind == "agreement":
            assert parties(row) or row.left_open, (
                f"{row.title}: name the parties or say what the page leaves open"
            )


def test_sides_are_the_regions_of_the_parties(table):
    """Where the page leaves a side open the reader says so."""
    for row in table[(table.place == "川渝") & table.kind.isin(["agreement", "cooperation"])].itertuples():
        bodies = [
            NAMED[name] for name in parties(row) if NAMED[name].type not in ("document", "platform", "fund")
        ]
        regions = {"深圳" if body.region == "other" else body.region for body in bodies}
        if "川渝" not in regions and len(regions) > 1 and "open" not in row.sides:
            assert regions == set(row.sides.split("–")), row.title


def test_a_firm_pair_is_of_both_sides_only_if_its_firms_are(table):
    pairs = table[
        (table.kind == "agreement")
        & (table.level == "firm")
        & (table.place == "川渝")
        & (table.parties != "")
    ]
    assert dict(zip(pairs.event_id, pairs.sides, strict=True)) == {
        "yibin-pair-1": "四川–重庆",
        "yibin-pair-2": "深圳–四川",
    }


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
        assert (
            len(named)
            and set(named[column]) <= set(table.event_id)
            and (named[column] != named.event_id).all()
        )


def test_every_sentence_that_tells_an_event_is_in_the_table(corpus, table):
    silent = pd.read_csv(FIXTURES / "no_event.tsv", sep="\t", skiprows=1, dtype="str", quoting=3)
    left = []
    for row in cn.sentences(corpus).itertuples():
        covered = ((table.seed == row.seed) & (table.start < row.end) & (table.end > row.start)).any()
        if TELLS.search(row.surface) and not covered:
            left.append((row.seed, row.surface.strip()))
    assert (
        left == list(zip(silent.seed, silent.sentence, strict=True)) and (silent.reason.str.len() > 10).all()
    )


# ---------------------------------------------------------------- events of other pages

PAGE = (
    "某市集成电路峰会\n来源:某网 2024-05-07 10:00\n"
    "5月6日,两地签约。昨日,两地签约仪式举行,自2021年以来合作。\n"
)
COLUMNS = "seed quote context date_quote date_context date_by event_id title place kind status level".split()
COLUMNS += ["english", "reason"]
SIGNED = [
    "900",
    "两地签约",
    "6日,两地签约",
    "5月6日",
    "",
    "stated",
    "deal",
    "Deal",
    "川渝",
    "agreement",
    "signed",
]
SIGNED += ["firm", "the two sides sign", "签约"]


def told(folder, **changes):
    """The events of a folder with a page and one row on it."""
    (folder / "900.txt").write_text(PAGE, encoding="utf-8")
    (folder / "ledgers").mkdir(exist_ok=True)
    cells = dict(zip(COLUMNS, SIGNED, strict=True)) | changes
    text = "# mine\n" + "\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n"
    (folder / "ledgers" / "events.tsv").write_text(text, encoding="utf-8")
    return cn.events(cn.load(folder))


def test_a_page_of_hers_has_the_events_of_her_ledger(tmp_path, table):
    (row,) = told(tmp_path).itertuples()
    assert (row.surface, row.expression, row.precision) == ("两地签约", "5月6日", "day")
    assert (str(row.date_start.date()), row.parties, row.part_of) == ("2024-05-06", "", "")
    (tmp_path / "ledgers" / "events.tsv").unlink()
    empty = cn.events(cn.load(tmp_path))
    assert empty.empty and (empty.dtypes == table.dtypes).all()


def test_an_event_of_the_opening_year_and_one_without_a_date(tmp_path):
    (row,) = told(tmp_path, date_quote="2021年以来", date_by="opening").itertuples()
    assert (str(row.date_start.date()), str(row.date_end.date()), row.precision) == (
        "2021-01-01",
        "2021-12-31",
        "year",
    )
    (row,) = told(tmp_path, date_quote="", date_by="none").itertuples()
    assert (row.precision, row.expression, row.expression_start) == ("none", "", -1) and pd.isna(
        row.date_start
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quote": "没有这句", "context": ""}, "page 900: .*没有这句.*nowhere"),
        ({"context": ""}, "page 900: .*两地签约.*2 places.*Mend quote or context"),
        ({"date_quote": "前天上午"}, "page 900: .*前天上午.*nowhere.*Mend date_quote or date_context"),
        ({"date_quote": "两地"}, "page 900: .*两地.*places"),
        ({"date_quote": "月6"}, "its date '月6' is no row of dates; quote the whole"),
        ({"status": "done"}, "status is 'done', not one of exhortation"),
        ({"date_by": "none"}, "give both, or none and ''"),
        ({"date_quote": ""}, "give both, or none and ''"),
        ({"reason": ""}, "reason is empty"),
    ],
)
def test_a_row_that_the_page_does_not_bear_is_an_error_that_names_it(tmp_path, change, words):
    with pytest.raises(ValueError, match=f"events.tsv: line 3: .*{words}"):
        told(tmp_path, **change)


def test_an_event_is_of_the_place_of_its_page_unless_all_its_parties_are_of_the_nation(corpus, table):
    region, alone = cn.actors(corpus).drop_duplicates("name").set_index("name").region, []
    for row in table.itertuples():
        regions = {region[party] for party in parties(row)}
        if not regions and row.place == "national":
            alone.append(row.surface)
        else:
            own = corpus[row.seed].card["region"]
            assert row.place == ("national" if regions == {"国家"} else own), row.title
    assert len(alone) == 1 and "两会" in alone[0]  # the nation's sessions, which a district is to follow
