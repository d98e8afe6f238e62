"""Notebook 10's worlds, rule and findings: each perturbation changes what it says, and each statement can be seen false."""

import math

import notebooks as nb
import numpy as np
import pytest

from chipnotes import headlines as hl
from chipnotes import survive, text
from chipnotes.paths import DATA

FINDINGS = hl.headlines()


@pytest.fixture(scope="module")
def worlds(corpus):
    return survive.worlds(corpus)


@pytest.fixture(scope="module")
def base(worlds):
    return {id: compute(worlds["base"]) for id, (compute, _) in hl.HEADLINES.items()}


@pytest.fixture(scope="module")
def table(worlds):
    return hl.computed(worlds)


def changed(worlds, name):
    """The pages whose text is another one, or which are left out."""
    there = {d.id: d.text for d in worlds[name].corpus}
    return [d.id for d in worlds["base"].corpus if there.get(d.id) != d.text]


def new_rules(document, base):
    """The rules by which the cleaner dropped what this text has and the base text has not."""
    origins = np.setdiff1d(document.origin[document.origin >= 0], base.origin)
    fates = np.empty(len(document.raw), dtype=object)
    for row in base.apparatus.itertuples():
        fates[row.start : row.end] = row.rule
    return {fates[at] for at in origins if document.raw[at] != "\n"}


# ---------------------------------------------------------------- perturbations


def test_every_perturbation_changes_something(worlds, corpus):
    def reading(world):
        texts = tuple(d.text for d in world.corpus)
        tables = [tuple(map(tuple, t[["seed", "start", "end"]].to_numpy())) for t in (world.facts, world.codes, world.tokens)]
        return texts, *tables, tuple(world.codes.instrument), tuple(world.facts.fact_id), world.prior

    readings = {name: reading(world) for name, world in worlds.items()}
    assert set(worlds) == {"base", *survive.PERTURBATIONS, *(f"\u2212{d.id}" for d in corpus)}
    for name, found in readings.items():
        assert [other for other in readings if readings[other] == found] == [name], f"{name} reads as another one does"


def test_an_edition_made_from_a_page_gives_the_page_again(corpus):
    for document in corpus:
        edition = survive._edition(document)
        again = survive._relaid(document, edition["paragraphs"], edition)
        assert again.text == document.text and (again.origin == document.origin).all()


def test_raw_is_the_file(worlds):
    for document in worlds["raw"].corpus:
        assert document.text == document.raw and (document.origin == np.arange(len(document.raw))).all()
        lines = [document.text[p.start : p.end] for p in document.paragraphs.itertuples()]
        assert lines == [line for line in document.raw.split("\n") if line.strip()]
    assert set(worlds["raw, rules"].codes.coder) == {"rule"}


@pytest.mark.parametrize(
    ("name", "pages", "rules"),
    [
        ("furniture", ["000", "001", "002", "003"], set(survive.FURNITURE)),
        ("teasers", ["000"], {"tail"}),
        ("captions", ["004"], {"debris"}),
    ],
)
def test_what_is_left_in_is_what_the_rules_dropped(worlds, corpus, name, pages, rules):
    assert changed(worlds, name) == pages
    found = set()
    for page in pages:
        there, here = worlds[name].corpus[page], corpus[page]
        found |= new_rules(there, here)
        assert set(here.origin[here.origin >= 0]) <= set(there.origin)
    assert found == rules


def test_file_order_moves_lines_and_loses_nothing(worlds, corpus):
    assert changed(worlds, "file order") == ["004"]
    there, here = worlds["file order"].corpus["004"], corpus["004"]
    origins = there.origin[there.origin >= 0]
    assert (np.diff(origins) > 0).all() and (np.diff(here.origin[here.origin >= 0]) < 0).any()
    assert sorted(there.text.replace("\n", "")) == sorted(here.text.replace("\n", ""))


def test_traditional_is_that_of_the_page(worlds, corpus):
    assert changed(worlds, "Traditional") == ["003"]
    there, here = worlds["Traditional"].corpus["003"], corpus["003"]
    differ = [k for k in range(len(here.text)) if there.text[k] != here.text[k]]
    assert len(there.text) == len(here.text) and len(differ) > 100
    assert all(there.text[k] == here.raw[here.origin[k]] for k in differ)


def test_no_passage_is_shared_any_more(worlds, corpus):
    assert changed(worlds, "passages") == ["001", "004"]
    assert survive.shared(corpus["001"].text, corpus["004"].text)
    one, other = (worlds["passages"].corpus[seed] for seed in ("001", "004"))
    assert survive.shared(one.text, other.text) == []
    for document in (one, other):
        for p in document.paragraphs.itertuples():
            assert "\n" not in document.text[p.start : p.end] and document.text[p.end] == "\n"


def test_choices_change_their_own_table(worlds):
    base = worlds["base"]
    assert len(worlds["boxes"].codes) > len(base.codes) and len(worlds["boxes"].facts) == len(base.quantities)
    assert len(worlds["sentence"].codes) < len(base.codes)
    words = {name: set(worlds[name].tokens.surface) for name in ("base", "no lexicon", "HMM", "bigrams")}
    assert "先导产业" in words["base"] - words["no lexicon"]
    assert words["HMM"] - words["base"] and all(len(word) == 2 for word in words["bigrams"])
    z = {name: hl.ranked_words(worlds[name], "上海", "川渝").z.iloc[0] for name in ("prior \u00d70.1", "base", "prior \u00d710")}
    assert len(set(z.values())) == 3


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_a_page_left_out_is_gone(worlds, seed):
    world = worlds[f"\u2212{seed}"]
    tables = (world.facts, world.dates, world.events, world.actors, world.codes, world.tokens, world.hand("commitments.tsv"))
    assert changed(worlds, f"\u2212{seed}") == [seed] and all(seed not in set(table.seed) for table in tables)


def test_options_of_words():
    line = "先导产业和硅光流片"
    cuts = {tuple(text.tokens(line, lexicon, hmm)) for lexicon in (True, False) for hmm in (True, False)}
    assert len(cuts) > 1 and all("".join(cut) == line for cut in cuts)
    assert list(text.tokens(line)) == list(text.tokens(line, True, False)) != list(text.tokens(line, False))


# ---------------------------------------------------------------- hand data in other texts


def test_hand_data_stand_where_their_words_stand(worlds):
    for name, world in worlds.items():
        for rows in (world.ledger, world.events):
            for row in rows.itertuples():
                assert world.corpus[row.seed].text[row.start : row.end] == row.surface, name
        for row in world.hand("ties.tsv").itertuples():
            assert world.corpus[row.seed].text[row.start : row.end] == row.quotation, name


def test_a_quotation_outside_the_article_is_not_found(worlds):
    page, hand = (worlds[name].corpus["000"] for name in ("teasers", "base"))
    assert "清溢光电" in page.text and survive.find(page, hand, "清溢光电") is None
    assert survive.find(page, hand, "万亿级") and survive.find(page, hand, "万亿级的") is None
    assert len(worlds["raw"].hand("ties.tsv")) < len(worlds["base"].hand("ties.tsv"))
    assert worlds["raw"].hand("hand_codes.tsv").query("seed == '003'").empty


@pytest.mark.parametrize("name", ["captions", "teasers", "furniture"])
def test_a_row_made_by_hand_keeps_its_raw_place_where_words_are_added(worlds, name):
    def places(world, table):
        return [(row.seed, world.corpus[row.seed].origin[row.start]) for row in table.itertuples()]

    there, base = worlds[name], worlds["base"]
    assert places(there, there.ledger) == places(base, base.ledger)
    assert places(there, there.events) == places(base, base.events)


# ---------------------------------------------------------------- the rule


@pytest.mark.parametrize(
    ("base", "numbers", "says", "expected"),
    [
        ({"n": 10, "(m)": 1}, {"n": 10, "(m)": 1}, True, ("same", 0)),
        ({"n": 10, "(m)": 1}, {"n": 10, "(m)": 9}, True, ("same", 0)),
        ({"n": 10}, {"n": 11}, True, ("holds", 0.1)),
        ({"n": -10}, {"n": -8}, True, ("weakens", 0.2)),
        ({"n": 0}, {"n": 1}, True, ("weakens", math.inf)),
        ({"n": 4, "k": 2}, {"n": 4}, True, ("weakens", math.inf)),
        ({"n": 10}, {"n": 10}, False, ("fails", 0)),
        ({"n": 10}, {"n": math.nan}, False, ("fails", math.inf)),
    ],
)
def test_the_rule(base, numbers, says, expected):
    assert survive.verdict(base, numbers, says) == pytest.approx(expected)


def test_the_tolerance_parts_holds_from_weakens():
    assert survive.verdict({"n": 10}, {"n": 11}, True, 0.05)[0] == "weakens"
    assert survive.verdict({"n": 10}, {"n": 12}, True, 0.2)[0] == "holds"


# ---------------------------------------------------------------- the findings

# For each finding numbers that its statement denies; those not given are the base's.
PLANTED = {
    "01-article": {"(most of 000 and 003, %)": 60},
    "01-sums": {"亿元 in the article": 6},
    "01-order": {"lines out of place": 3},
    "02-half": {"acts, %": 70},
    "02-days": {"acts of 002 with a day": 1},
    "02-results": {"signings with a result": 5},
    "03-plain": {"growth rates outside 002": 2},
    "03-alone": {"pairs of one indicator": 1},
    "03-yuan": {"paid": 1},
    "04-words": {"words only, %": 40},
    "04-frame": {"framework, %": 40},
    "04-001": {"framework on 001": 1},
    "04-drafts": {"resource from drafts": 2},
    "04-examined": {"commitments with examining": 1},
    "05-density": {"001 chips, per 1,000": 20},
    "05-none": {"units about chips": 1},
    "05-bounds": {"figures that are lower bounds": 3},
    "05-complete": {"statements without evidence": 1},
    "06-list": {"signatories in more than one": 1},
    "06-loose": {"actors in more than one": 20},
    "06-chips": {"signed, about chips": 2},
    "07-output": {"most share of output, %": 55},
    "07-growth": {"least share of growth, %": 45},
    "07-pieces": {"change of the city's share, %": 3},
    "08-talent": {"done, with people or yuan": 1},
    "08-racks": {"(lower bounds)": 1},
    "08-award": {"years asked in draft": 3},
    "09-top": {"talent in 上海, %": 1},
    "09-empty": {"apart from another place": 1},
    "09-numbers": {"(most elsewhere)": 20},
    "09-wujin": {"exhortations of Wujin": 8},
    "09-closest": {"rank of 川渝": 2},
    "09-pages": {"one-page words in Shanghai's first ten": 4},
    "09-topics": {"rank of 集成电路 in 上海": 2},
}


@pytest.mark.parametrize("id", FINDINGS.id)
def test_a_statement_is_true_of_the_pages_and_false_of_a_planted_number(base, id):
    says, numbers, planted = hl.HEADLINES[id][1], base[id], PLANTED[id]
    assert set(planted) <= set(numbers) and says(numbers) and not says(numbers | planted)


def test_findings_and_functions_are_the_same():
    assert FINDINGS.id.tolist() == list(hl.HEADLINES) == list(PLANTED)
    assert FINDINGS.statement.str.endswith(".").all() and FINDINGS.label.str.len().max() < 36 and FINDINGS.label.is_unique


@pytest.mark.parametrize("row", list(FINDINGS.itertuples()), ids=lambda row: row.id)
def test_a_row_names_a_finding_a_number_and_a_table_that_exist(base, row):
    (path,) = (path for path in nb.PATHS if path.name[:2] == row.notebook)
    assert row.finding in ("", *nb.findings(nb.load(path))) and row.number in base[row.id]
    assert row.hand == "" or (DATA / row.hand).is_file()


@pytest.mark.parametrize("row", list(FINDINGS.itertuples()), ids=lambda row: row.id)
def test_the_base_is_what_the_notebook_prints(base, row):
    """Counts of five and more, but the units of two sections together (05-none), which 05 prints apart."""
    (path,) = (path for path in nb.PATHS if path.name[:2] == row.notebook)
    printed = set().union(*(output.numbers for output in nb.printed(path)))
    counts = {value for name, value in base[row.id].items() if float(value).is_integer() and value >= 5 and name[0] != "("}
    assert counts - printed <= ({56} if row.id == "05-none" else set())


def test_nothing_is_excused_without_a_reason(table):
    cells = hl.grid(table)
    excused = cells[cells.verdict == "does not apply"]
    assert set(cells.verdict) == set(survive.VERDICTS) and (excused.why != "").all()
    assert len(cells) == len(FINDINGS) * (table.world.nunique() - 1)
    for cell in excused.itertuples():
        (finding,) = FINDINGS[FINDINGS.id == cell.id].itertuples()
        assert cell.world[1:] in finding.pages.split() or (finding.rule == "" and cell.world in ("rule coder", "raw, rules"))
    assert (cells[cells.verdict == "same"].moved == 0).all()


def test_without_the_lexicon_names_end_elsewhere(worlds):
    surfaces = [list(worlds[name].actors.surface) for name in ("base", "no lexicon")]
    assert surfaces[0] != surfaces[1]


def test_the_raw_file_by_rules_reads_the_rates_of_shanghai(worlds):
    """What no choice moves, down to the raw file without any hand data."""
    for id in ("07-output", "07-growth", "07-pieces", "08-racks"):
        compute = hl.HEADLINES[id][0]
        assert compute(worlds["raw, rules"]) == pytest.approx(compute(worlds["base"]))
