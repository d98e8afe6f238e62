"""The benchmark of quantities and dates: it scores as it says, and the pages that the rules may be tuned on are read."""

import sys

import pytest

from chipnotes.paths import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import facts  # noqa: E402

MARK = [0, 4, 5.0, 5.0, "exact"]


def _scored(*rows):
    return facts.score([{"quantities": [MARK, [10, 12, None, 3.0, "below"]]}], "quantities", [list(rows)])


def test_span_and_value_are_scored_apart():
    span, value = _scored([1, 3, 5.0, 5.0, "exact"], [11, 14, 3.0, 3.0, "exact"])
    assert span == (1.0, 1.0, 1.0) and value == (0.5, 0.5, 0.5)


def test_a_mark_is_matched_once_and_what_overlaps_nothing_counts_against():
    span, _ = _scored([0, 2, 5.0, 5.0, "exact"], [2, 4, 5.0, 5.0, "exact"], [20, 22, 1.0, 1.0, "exact"])
    assert span == (1 / 3, 1 / 2, 2 / 5)


def test_nothing_found_scores_nought():
    assert _scored() == [(0.0, 0.0, 0.0)] * 2


def test_a_baseline_that_cannot_run_is_reported():
    broken = facts.baselines(sys.executable, [{"text": "3家", "published": "2024-01-01"}])
    assert broken["JioNLP 1.5.29"].startswith("ModuleNotFoundError")
    assert facts.baselines(None, []) == dict.fromkeys(facts.TOOLS, "not run: no --baselines interpreter given")


@pytest.mark.parametrize(("kind", "index"), [("quantities", 0), ("dates", 1)])
def test_the_pages_that_rules_may_be_tuned_on_are_read(kind, index):
    pages = facts.read_pages("dev")
    span, value = facts.score(pages, kind, [facts.ours(page)[index] for page in pages])
    assert len(pages) == 36 and span[2] >= 0.99 and value[2] >= 0.98
