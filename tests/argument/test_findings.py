"""Every finding: true of the pages as published, in one plain sentence with the fields of its function."""

import re
from string import Formatter

import pandas as pd
import pytest

from argument import charts, comparing, surviving, worlds
from argument.findings import MODULES, all_findings, of_notebook, survive
from chipnotes.facts.codes import codes
from chipnotes.files import NOTEBOOKS

FINDINGS = all_findings()
EACH = pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.key)


@EACH
def test_it_holds_as_published(finding):
    assert finding.margin(finding.compute(worlds.published())) > 0


@EACH
def test_its_sentence_is_whole_and_short(finding):
    sentence, sure = finding.say()
    assert len(sentence.split()) <= 35 and not re.search(r"[()\[\]{}]|\bcannot\b", sentence)
    assert (
        not sentence[0].islower()
        and sentence.endswith((".", ".”"))
        and "{" not in sure
        and "  " not in sentence
    )
    assert finding.limit and finding.name == finding.name.strip()


@EACH
def test_its_numbers_are_filled_in_and_not_typed(finding):
    assert not re.search(
        r"(?<!20)\b\d+(\.\d+)?\b(?! percent of the nation)", re.sub(r"\b(19|20)\d\d\b", "", _typed(finding))
    )


def _typed(finding):
    return re.sub(r"\{[^}]*\}|where 1 is full|share of 10 percent", " ", finding.sentence)


def test_each_notebook_has_one_to_three_findings_and_names_are_told_apart():
    counts = {number: sum(found.notebook == number for found in FINDINGS) for number in MODULES}
    assert all(1 <= count <= 3 for count in counts.values())
    assert len({found.name for found in FINDINGS}) == len(FINDINGS)


# ---------------------------------------------------------------- sentences and functions


class Recorded(dict):
    """The numbers of a finding, which remember what its margin looked at."""

    def __init__(self, numbers):
        super().__init__(numbers)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)


def said(finding):
    """The fields of a finding's sentence and of the line on its certainty."""
    fields = [
        name for _, name, _, _ in Formatter().parse(finding.sentence + finding.sure) if name is not None
    ]
    return {re.split(r"[.\[]", name)[0] for name in fields}


def unknown(finding, given):
    """The fields that the text has and the function does not give."""
    return said(finding) - set(given)


def unused(finding, given):
    """What the function gives and neither text, margin, chart, notebook nor another function uses."""
    numbers = Recorded(given)
    finding.margin(numbers)
    module = MODULES[finding.notebook]
    charts = (NOTEBOOKS / "argument" / "charts" / f"{module}.py").read_text(encoding="utf-8")
    (notebook,) = NOTEBOOKS.glob(f"{finding.notebook}_*.ipynb")
    code = charts + notebook.read_text(encoding="utf-8").replace('\\"', '"')
    name = finding.compute.__name__
    for other in (NOTEBOOKS / "argument" / "findings").glob("*.py"):
        # a function that calls this one may use what it gives
        for function in re.split(r"(?m)^(?=def |@)", other.read_text(encoding="utf-8")):
            code += function if re.search(rf"(?<!def )\b{name}\(world\)", function) else ""
    return {
        one for one in set(given) - said(finding) - numbers.read if not re.search(f"[\"']{one}[\"']", code)
    }


@EACH
def test_text_and_function_have_the_same_fields(finding):
    given = finding.compute(worlds.published())
    assert unknown(finding, given) == set() and unused(finding, given) == set()


def test_a_field_too_many_or_too_few_is_seen():
    finding, given = FINDINGS[0], FINDINGS[0].compute(worlds.published())
    assert unknown(finding._replace(sentence="{in_place} of {al}", sure="{all}"), given) == {"al"}
    assert unused(finding, given | {"idle": 1}) == {"idle"}


def test_a_sentence_is_not_said_where_its_limit_does_not_hold():
    found = {finding.key: finding for finding in FINDINGS}
    with pytest.raises(ValueError, match="04.2 is not true here; its limit: no sum for chips alone"):
        found["04.2"].say(worlds.changed()["menus"])


# ---------------------------------------------------------------- in every changed world (notebook 10)


def test_the_grid_has_each_finding_in_each_world_and_no_verdict_without_a_number():
    cells = surviving.grid()
    assert len(cells) == cells.key.nunique() * len(worlds.changed()) and "10" not in set(cells.key.str[:2])
    assert set(cells.verdict) <= {"fails", "weaker", "unchanged", "stronger", "", "not asked"}
    live = cells[~cells.verdict.isin(["", "not asked"])]
    for row in live.itertuples():
        assert surviving.verdict(row.margin, row.published) == row.verdict
    assert (cells[cells.verdict == ""].margin == cells[cells.verdict == ""].published).all()


def test_a_blank_cell_computed_all_the_same_is_unchanged():
    """What is skipped is skipped rightly: each tenth blank cell, computed."""
    found = {one.key: one for one in all_findings()}
    cells, changed = surviving.grid(), worlds.changed()
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
        row["where"] == "fails: menus and raw; needs Chip deal"
        and row["fails with text not cleaned or a page left out"] == 1
    )
    total = table.iloc[:, :4].sum().sum()
    cells = surviving.grid()
    live = cells[~cells.verdict.isin(["", "not asked"])]
    wide = live.pivot(index="key", columns="world", values="verdict")
    assert total == len(live) - int((wide.menus == wide.raw).sum())


def test_the_summary_names_the_page_that_a_finding_needs():
    """The one without which nothing is left that the finding cites; the others are told in each world."""
    cells, pages = surviving.grid(), worlds.published().table("passages")
    cited = pages.groupby(pages.notebook + "." + pages.finding).seed.agg(set)
    named = {page.id: f"needs {page.name[:-5]}" for page in worlds.published().corpus}
    assert cells[cells.verdict == "not asked"].key.nunique() == 13
    for row in survive.summary().itertuples():
        alone = cited[row.finding[:4]] if len(cited[row.finding[:4]]) == 1 else set()
        assert [part for part in row.where.split("; ") if "needs" in part] == [named[one] for one in alone]
        assert ("untouched" in row.where) == (not sum(row[2:6])), row.finding


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
        and "choice of text touches 22 of 27 findings: none fails" in one[0]
    )
    assert clean[clean.verdict == "weaker"].key.nunique() == 4 and one[0].endswith(
        "none fails, four grow weaker."
    )
    assert len(clean) == 56 and "56 cases in which it touches" in one[1]
    assert clean[clean.world == "reader B"].key.nunique() == 4 and "codes touch four findings" in one[1]
    assert "most hand tables have one reader" in one[1]
    fails = {
        kind: live[live.world.isin(kind) & (live.verdict == "fails")]
        for kind in (("menus", "raw"), tuple(worlds_left))
    }
    dirt, pages = (part.key.nunique() for part in fails.values())
    assert (dirt, pages) == (3, 11)
    assert two[0].startswith(
        "Menus and pinyin left in the text would make three findings fail. 24 of 27 hang"
    )
    assert two[0].endswith("on one page or another, most often on Chongqing Daily 2020.")
    assert "Eleven findings fail without a page" in two[1] and "13 more cite one page only" in two[1]
    assert two[1].endswith("Ten hang on Chongqing Daily 2020, nine on Shanghai blog 2024.")
    hit = cells[cells.world.isin(worlds_left) & cells.verdict.isin(["fails", "not asked"])]
    assert hit.key.nunique() == 24 and clean.key.nunique() == 22
    hit = hit.world.value_counts()
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
        "title: On all pages, cleaned, none of the 22 findings touched fails; "
        "24 of 27 hang on one page or another\n"
    )
    hang = surviving.grid().query("kind == 'page' and verdict in ('fails', 'not asked')")
    assert hang.key.nunique() == 24


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
    assert "Eleven findings fail without a page that they compare or count; 13" in two[1]
    whole, bare = (survive.agreement(worlds.published(), shown).iloc[:, 1:] for shown in (True, False))
    assert (whole - bare).abs().to_numpy().max() <= 0.021 and three[1].endswith(
        "nothing moves by more than 0.02."
    )
    alt = draw(charts.survive.worlds_survived).alt
    drawn = pd.read_csv(folder / "10-worlds-survived.csv", encoding="utf-8-sig").iloc[:, 1:3].sum(axis=1)
    assert drawn.is_monotonic_decreasing and (drawn > 0).sum() == 13
    assert alt.startswith(
        "27 rows, sorted by how often the finding fails. 13 fail somewhere, twelve neither fail nor weaken "
        "anywhere; of these, twelve cite one page alone, and need it."
    )
