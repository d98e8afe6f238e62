"""Every finding: true of the pages as published, said in one plain sentence, open about what it reads."""

import re

import pytest

from argument import worlds
from argument.findings import MODULES, all_findings

FINDINGS = all_findings()
EACH = pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.key)


@EACH
def test_it_holds_as_published(finding):
    assert finding.margin(finding(worlds.published())) > 0


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
    return re.sub(r"\{\w+\}|where 1 is full|share of 10 percent", " ", finding.sentence)


def test_each_notebook_has_one_to_three_findings_and_names_are_told_apart():
    counts = {number: sum(found.notebook == number for found in FINDINGS) for number in MODULES}
    assert all(1 <= count <= 3 for count in counts.values())
    assert len({found.name for found in FINDINGS}) == len(FINDINGS)
