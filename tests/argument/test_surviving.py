"""The grid: verdicts by a signed margin, blank cells, pages not asked; on invented findings and real ones."""

import pandas as pd
import pytest

from argument import charts, comparing, surviving, worlds
from argument.findings import Finding, all_findings, of_notebook, survive
from chipnotes.facts.codes import codes


def invented(compute, text=False):
    return Finding("99", 1, "invented", "", "", "", lambda found: found["margin"], compute, text)


@pytest.fixture(scope="module")
def changed():
    return worlds.changed()


def cell(finding, world, rests_on=("000", "001", "002", "003", "004")):
    return surviving.cell(finding, world, set(rests_on))[0]


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("margin", "published", "word"),
    [(-1, 2, "fails"), (0, 2, "fails"), (1.9, 2, "weaker"), (2, 2, "unchanged"), (2.1, 2, "stronger")],
)
def test_only_a_margin_that_shrinks_counts_against_a_finding(margin, published, word):
    assert surviving.verdict(margin, published) == word


def test_more_evidence_is_stronger_and_less_is_weaker(changed):
    """Counted: the statements that are coded; boxes add some, sentences and a page left out take some."""
    count = invented(lambda world: {"margin": len(world.codes)})
    assert cell(count, changed["boxes"]) == "stronger"
    assert cell(count, changed["sentences"]) == "weaker" == cell(count, changed["without Wujin visit 2025"])
    short = invented(lambda world: {"margin": len(world.codes) - 150})
    assert cell(short, changed["without Chongqing Daily 2020"]) == "fails"


# ---------------------------------------------------------------- blank, not asked


def test_a_cell_is_blank_where_nothing_that_is_asked_for_is_another_thing(changed):
    def chips(world):
        return {"margin": world.number("002-sh-ic-output").low}

    rate = invented(chips)
    for name in ("reader A", "rule", "boxes", "file order", "menus", "without Wujin visit 2025"):
        assert cell(rate, changed[name]) == ""
    assert cell(rate, changed["numbers by rule"]) == "unchanged"  # read again, by rule
    assert cell(rate, changed["without Shanghai blog 2024"]) == "not asked"


def test_texts_count_only_for_a_finding_that_reads_them(changed):
    def pages(world):
        return {"margin": len(world.corpus)}

    def dated(world):
        return {"margin": len(world.dated)}

    assert cell(invented(pages), changed["menus"]) == cell(invented(dated), changed["menus"]) == ""
    for reads in (pages, dated):
        assert cell(invented(reads, text=True), changed["menus"]) == "unchanged"
        assert cell(invented(reads, text=True), changed["reader A"]) == ""


def test_a_finding_is_not_asked_without_its_only_page_or_without_numbers(changed):
    count = invented(lambda world: {"margin": len(world.codes)})
    assert cell(count, changed["without Wujin visit 2025"], rests_on=("003",)) == "not asked"
    assert cell(count, changed["without Wujin visit 2025"], rests_on=("003", "002")) != "not asked"
    none = invented(lambda world: {"margin": len(world.codes) + len(world.corpus["000"].text)})
    assert cell(none, changed["without Chip deal 2023"]) == "not asked"


def test_another_reader_is_noticed_through_read_by(changed):
    spread = invented(lambda world: comparing.spread(world, lambda told: 1) and {"margin": 1})
    assert cell(spread, changed["reader B"]) == "unchanged"


# ---------------------------------------------------------------- the real grid


def test_the_grid_has_each_finding_in_each_world_and_no_verdict_without_a_number():
    cells = surviving.grid()
    assert len(cells) == cells.key.nunique() * len(worlds.changed()) and "10" not in set(cells.key.str[:2])
    assert set(cells.verdict) <= {"fails", "weaker", "unchanged", "stronger", "", "not asked"}
    live = cells[~cells.verdict.isin(["", "not asked"])]
    for row in live.itertuples():
        assert surviving.verdict(row.margin, row.published) == row.verdict
    assert (cells[cells.verdict == ""].margin == cells[cells.verdict == ""].published).all()


def test_a_blank_cell_computed_all_the_same_is_unchanged(changed):
    """What is skipped is skipped rightly: each tenth blank cell, computed."""
    found = {one.key: one for one in all_findings()}
    cells = surviving.grid()
    for row in cells[cells.verdict == ""].iloc[::10].itertuples():
        assert surviving.margin_in(found[row.key], changed[row.world]) == pytest.approx(row.published)


def test_what_fails_where_menus_stay_is_what_the_teasers_bring():
    fails = surviving.grid().query("verdict == 'fails'")
    assert {"04.2", "09.1"} <= set(fails[fails.world == "menus"].key)
    assert set(fails[fails.world == "menus"].key) <= set(fails[fails.world == "raw"].key)  # nested


def test_printed_rates_are_touched_by_their_reading_alone():
    cells = surviving.grid()
    rates = cells[cells.key.str.startswith("06.") & ~cells.verdict.isin(["", "not asked"])]
    assert set(rates.world) == {"numbers by rule"}


def test_the_summary_counts_menus_and_raw_once():
    table = survive.summary().set_index("finding")
    row = table[table.index.str.startswith("09.1")].iloc[0]
    assert (
        row["where"] == "fails: menus and raw" and row["fails with text not cleaned or a page left out"] == 1
    )
    total = table.iloc[:, :4].sum().sum()
    cells = surviving.grid()
    live = cells[~cells.verdict.isin(["", "not asked"])]
    wide = live.pivot(index="key", columns="world", values="verdict")
    assert total == len(live) - int((wide.menus == wide.raw).sum())


def test_what_was_decided_is_decided_where_readers_differ(corpus):
    table = codes(corpus)
    decided = comparing.decided(table)
    assert decided["with"].isin(["A", "B"]).all() and (decided.A != decided.B).all()
    wide = table[table.coder.isin(["A", "B"])].pivot(
        index=["seed", "start"], columns="coder", values="firmness"
    )
    assert (decided.dimension == "firmness").sum() == (wide.A != wide.B).sum()
    assert len(comparing.examples(table)) == 8


def test_readers_agree_more_than_the_rule_on_each_question():
    table = survive.agreement(worlds.published()).set_index("dimension")
    assert (table["A–B"] > table[["A–rule", "B–rule"]].max(axis=1)).all()
    assert isinstance(table, pd.DataFrame) and table.loc["side", "A–B"] == 0.95


def test_notebook_10_says_which_findings_hang_on_a_page():
    """Six compare pages (05, 08); five count over several and lean on one; on clean pages none fails."""
    fails = surviving.grid().query("verdict == 'fails'")
    keys = set(fails[fails.kind == "page"].key)
    assert {key for key in keys if key[:2] in ("05", "08")} == {
        f"{n}.{k}" for n in ("05", "08") for k in (1, 2, 3)
    }
    assert {key for key in keys if key[:2] not in ("05", "08")} == {"01.1", "02.3", "03.2", "04.1", "04.3"}
    assert (
        set(fails[fails.kind == "unclean"].key) == {"04.2", "08.2", "09.1"}
        and not (fails.kind == "choice").any()
    )


def test_the_plain_words_of_notebook_10():
    one, two, three = (found.say() for found in of_notebook("10"))
    cells, worlds_left = surviving.grid(), [name for name in worlds.changed() if name.startswith("without ")]
    live = cells[~cells.verdict.isin(["", "not asked"])]
    clean = live[~live.world.isin(["menus", "raw", *worlds_left])]
    assert (
        not (clean.verdict == "fails").any()
        and "With all pages, cleaned, none of 27 findings fails" in one[0]
    )
    assert clean[clean.verdict == "weaker"].key.nunique() == 4 and one[0].endswith(
        "or what text is read change. Four grow weaker."
    )
    assert len(clean) == 67 and "67 cases in which it touches" in one[1]
    assert clean[clean.world == "reader B"].key.nunique() == 6 and "codes touch six findings" in one[1]
    assert "most hand tables have one reader" in one[1]
    fails = {
        kind: live[live.world.isin(kind) & (live.verdict == "fails")]
        for kind in (("menus", "raw"), tuple(worlds_left))
    }
    dirt, pages = (part.key.nunique() for part in fails.values())
    assert (dirt, pages) == (3, 11)
    assert two[0].startswith(
        "Menus and pinyin left in the text would make three findings fail, and leaving out one page"
    )
    assert two[0].endswith("eleven fail; more findings need Chongqing Daily 2020 than any other page.")
    assert two[1].endswith("Ten need Chongqing Daily 2020, nine Shanghai blog 2024.")
    hit = cells[
        cells.world.isin(worlds_left) & cells.verdict.isin(["fails", "not asked"])
    ].world.value_counts()
    assert hit.idxmax() == "without Chongqing Daily 2020" and list(hit.iloc[:2]) == [10, 9]
    assert three[0].endswith(
        "the readers agree more with each other than the rule agrees with either of them."
    )
    assert "is 0.85 to 1 between the readers. Between rule and reader it is 0.71 to 0.94." in three[1]
    assert "The readers coded blind to each other; reader A wrote the codebook and the rule." in three[1]


def test_where_nothing_fails_there_are_no_cases():
    assert list(survive.cases("no such kind")) == ["key", "finding", "fails"]


def test_the_title_of_the_figure_is_that_of_the_grid(drawn):
    draw, _ = drawn
    assert draw(charts.survive.worlds_survived).text.startswith(
        "title: On all pages, cleaned, none of 27 findings fails; most failures are for want of a page\n"
    )
    fails = surviving.grid().query("verdict == 'fails'").world
    assert fails.str.startswith("without ").mean() > 0.5


def test_the_plain_words_on_comparisons_examples_and_bars(drawn):
    draw, folder = drawn
    _, two, three = (found.say() for found in of_notebook("10"))
    cells = surviving.grid()
    for key, page in (
        ("05.1", "Yibin summit 2020"),
        ("05.1", "Chip deal 2023"),
        ("08.2", "Wujin visit 2025"),
    ):
        assert set(cells[(cells.key == key) & (cells.world == f"without {page}")].verdict) == {"fails"}
    assert "A finding that compares two pages falls by construction when one is gone;" in two[1]
    whole, bare = (survive.agreement(worlds.published(), shown).iloc[:, 1:] for shown in (True, False))
    assert (whole - bare).abs().to_numpy().max() <= 0.021 and three[1].endswith(
        "nothing moves by more than 0.02."
    )
    alt = draw(charts.survive.worlds_survived).alt
    drawn = pd.read_csv(folder / "10-worlds-survived.csv", encoding="utf-8-sig").iloc[:, 1:3].sum(axis=1)
    assert drawn.is_monotonic_decreasing and (drawn > 0).sum() == 13
    assert alt.startswith(
        "27 bars, sorted by how often the finding fails. 13 fail somewhere, twelve neither fail nor"
    )
