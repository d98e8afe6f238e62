"""The faults that benchmarks/mutations.py plants: each can still be planted, changes one thing, and is known by its own name."""

import sys

import pytest

from chipnotes.paths import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import mutations  # noqa: E402


@pytest.mark.parametrize("name", mutations.FAULTS)
def test_a_fault_can_be_planted(name):
    assert mutations.edits(name)


def test_no_fault_is_for_the_linter_to_catch():
    assert mutations.caught_by_the_linter(list(mutations.FAULTS)) == []


def test_there_are_as_many_as_were_asked_for():
    assert len(mutations.FAULTS) >= 176


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A project of two files, and what a fault registered here changes in it."""
    monkeypatch.setattr(mutations, "FAULTS", {})
    tmp_path.joinpath("a.tsv").write_text("# note\nid\tn\nx1\t3\nx2\t4\n", encoding="utf-8")
    tmp_path.joinpath("b.md").write_text("In 2020 page 004 has 13,339 words.\n", encoding="utf-8")

    def plant(way, *arguments, **cells):
        way("fault", *arguments, **cells)
        ((_, data),) = mutations.edits("fault", tmp_path).items()
        return data.decode()

    return plant


def test_a_cell_a_row_and_a_number_are_what_is_changed(planted):
    assert planted(mutations.cell, "a.tsv", "x2\t", n="5") == "# note\nid\tn\nx1\t3\nx2\t5\n"


def test_a_wording_is_changed_and_the_rest_kept(planted):
    assert planted(mutations.rewrite, "*.md", r"^(In) \d+ (.+)$", r"\1 \2") == "In page 004 has 13,339 words.\n"


def test_only_the_row_goes(planted):
    assert planted(mutations.without_row, "a.tsv", "x1\t") == "# note\nid\tn\nx2\t4\n"


def test_no_year_and_no_page_is_taken_for_a_number(planted):
    assert planted(mutations.number, "*.md", "In ") == "In 2020 page 004 has 13,330 words.\n"


@pytest.mark.parametrize(
    ("way", "arguments", "cells"),
    [
        (mutations.replace, ("b.md", "words", "words"), {}),
        (mutations.replace, ("b.md", "0", "1"), {}),
        (mutations.replace, ("*", "gone", "1"), {}),
        (mutations.rewrite, ("b.md", r"\d+", "1"), {}),
        (mutations.number, ("b.md", "words"), {}),
        (mutations.cell, ("a.tsv", "x3"), {"n": "5"}),
        (mutations.cell, ("a.tsv", "x"), {"n": "5"}),
        (mutations.cell, ("a.tsv", "x1"), {"n": "3"}),
        (mutations.cell, ("a.tsv", "x1"), {"m": "3"}),
        (mutations.without_row, ("a.tsv", "x3"), {}),
    ],
    ids=[
        "no change",
        "twice",
        "nowhere",
        "many places",
        "no number",
        "no row",
        "two rows",
        "the same cell",
        "no column",
        "no row to lose",
    ],
)
def test_a_fault_that_no_longer_fits_is_named(planted, way, arguments, cells):
    with pytest.raises(mutations.Stale, match="^fault: .*bring the fault up to date"):
        planted(way, *arguments, **cells)
