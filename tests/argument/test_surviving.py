"""The grid: verdicts by a signed margin, blank cells, pages not asked; on invented findings."""

import pytest

from argument import comparing, surviving, worlds
from argument.findings import Finding


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
