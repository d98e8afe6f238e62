"""The benchmark of quantities and dates: it scores as it says, and the pages to tune on are read."""

import sys

import pytest

from chipnotes.files import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import facts  # noqa: E402

MARK = [0, 4, 5.0, 5.0, "exact", "家", "count"]
OTHER = [10, 12, None, 3.0, "below", "", "level"]


def _scored(*rows):
    return facts.score([{"quantities": [MARK, OTHER]}], "quantities", [list(rows)])


def test_span_value_unit_and_kind_are_scored_apart():
    scored = _scored([1, 3, 5.0, 5.0, "exact", "个", "count"], [11, 14, 3.0, 3.0, "exact", "", "share"])
    assert {aspect: f1 for aspect, (_, _, f1) in scored.items()} == {
        "span": 1,
        "value": 0.5,
        "unit": 0.5,
        "kind": 0.5,
    }


def test_a_mark_is_matched_once_and_what_overlaps_nothing_counts_against():
    scored = _scored([0, 2, *MARK[2:]], [2, 4, *MARK[2:]], [20, 22, *MARK[2:]])
    assert scored["span"] == (1 / 3, 1 / 2, 2 / 5)


def test_nothing_found_scores_nought():
    assert set(_scored().values()) == {(0.0, 0.0, 0.0)}


@pytest.mark.parametrize(("kind", "index"), [("quantities", 0), ("dates", 1)])
def test_the_pages_that_rules_may_be_tuned_on_are_read(kind, index):
    pages = facts.read_pages("dev")
    scored = facts.score(pages, kind, [facts.ours(page)[index] for page in pages])
    least = {"span": 0.99, "value": 0.98, "unit": 0.98, "kind": 0.93}
    assert len(pages) == 36 and all(f1 >= least[aspect] for aspect, (_, _, f1) in scored.items())
