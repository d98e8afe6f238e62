"""Every finding: true of the pages as published, in one plain sentence with the fields of its function."""

import re
from string import Formatter

import pytest

from argument import worlds
from argument.findings import MODULES, all_findings
from chipnotes.files import NOTEBOOKS

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
    given = finding(worlds.published())
    assert unknown(finding, given) == set() and unused(finding, given) == set()


def test_a_field_too_many_or_too_few_is_seen():
    finding, given = FINDINGS[0], FINDINGS[0](worlds.published())
    assert unknown(finding._replace(sentence="{in_place} of {al}", sure="{all}"), given) == {"al"}
    assert unused(finding, given | {"idle": 1}) == {"idle"}


def test_a_sentence_is_not_said_where_its_limit_does_not_hold():
    found = {finding.key: finding for finding in FINDINGS}
    with pytest.raises(ValueError, match="04.2 is not true here; its limit: no sum for chips alone"):
        found["04.2"].say(worlds.changed()["menus"])
