"""The cleaner's rules, case by case from data: marks inside words, kinds of lines, furniture, spaces, whole
pages."""

import doctest
from pathlib import Path

import numpy as np
import pytest

from chipnotes.files import read_data, read_tsv
from chipnotes.pages import layout, lines, marks, pieces, sentence
from chipnotes.pages.document import clean

FIXTURES = Path(__file__).parent / "fixtures"
FURNITURE = read_data("furniture.tsv")


def rows(name):
    return read_tsv(FIXTURES / name).to_dict("records")


def unescape(text):
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


@pytest.mark.parametrize("module", [layout, lines, marks, pieces, sentence], ids=lambda m: m.__name__)
def test_examples_of_docstrings_run(module):
    result = doctest.testmod(module)
    assert result.failed == 0 < result.attempted


@pytest.mark.parametrize("case", rows("clean_characters.tsv"), ids=lambda c: f"{c['rule']}-{c['text']}")
def test_a_mark_inside_words(case):
    text = unescape(case["text"])
    if case["rule"] == "with_line_ends":
        assert marks.with_line_ends(text) == unescape(case["left"])
        return
    gone = np.zeros(len(text), bool)
    for start, end in getattr(marks, case["rule"])(text):
        gone[start:end] = True
    assert "".join(c for c, g in zip(text, gone, strict=True) if not g) == unescape(case["left"])


def test_every_character_rule_has_positive_and_negative_cases():
    cases = {(c["rule"], c["case"]) for c in rows("clean_characters.tsv")}
    for rule in (marks.with_line_ends, *marks.CHARACTER_RULES):
        assert {(rule.__name__, "positive"), (rule.__name__, "negative")} <= cases
        assert "ust not" in rule.__doc__ and ">>>" in rule.__doc__


@pytest.mark.parametrize("case", rows("clean_lines.tsv"), ids=lambda c: f"{c['case']}-{c['line'][:20]}")
def test_kind_of_line(case):
    assert lines.kind_of_line(case["line"]) == case["kind"]


@pytest.mark.parametrize("case", rows("clean_furniture.tsv"), ids=lambda c: f"{c['name']}-{c['line'][:12]}")
def test_a_line_is_furniture_by_its_own_row_alone(case, monkeypatch):
    """Without its row a positive line survives; a negative line survives with all rows."""
    assert lines.kind_of_line(case["line"]) == case["kind"]
    others = FURNITURE[FURNITURE.name != case["name"]]
    monkeypatch.setattr(lines, "read_data", {"furniture.tsv": others}.get)
    lines.furniture.cache_clear()
    try:
        assert lines.kind_of_line(case["line"]) == ""
    finally:
        lines.furniture.cache_clear()


def test_every_row_of_furniture_has_a_line_of_its_own_and_one_that_it_must_not_take():
    assert FURNITURE.name.is_unique
    positive = {(c["name"], c["kind"]) for c in rows("clean_furniture.tsv") if c["case"] == "positive"}
    negative = {c["name"] for c in rows("clean_furniture.tsv") if c["case"] == "negative"}
    kinds = FURNITURE.kind.replace(["notice", "opening"], "drop")
    assert positive == set(zip(FURNITURE.name, kinds, strict=True))
    assert negative == set(FURNITURE.name)


@pytest.mark.parametrize("case", rows("clean_spaces.tsv"), ids=lambda c: f"{c['role']}-{c['line'][:16]}")
def test_stray_spaces(case):
    line, gone = case["line"], set()
    for start, end in layout.stray_spaces(line, case["role"], case["wrapped"] == "yes"):
        gone |= set(range(start, end))
    assert "".join(c for k, c in enumerate(line) if k not in gone) == case["left"]


@pytest.mark.parametrize("path", sorted((FIXTURES / "pages").glob("*.txt")), ids=lambda p: p.stem)
def test_page_of_other_wording(path):
    """Whole pages in other wordings than the seeds'; the lines below ===== are what is left."""
    damaged, _, left = path.read_text(encoding="utf-8").split("\n", 1)[1].partition("\n=====\n")
    document = clean(damaged)
    found = [f"{p.role}\t{document.text[p.start : p.end]}" for p in document.paragraphs.itertuples()]
    assert found == left.splitlines()


def test_simplify_refuses_a_change_of_length(monkeypatch):
    class Phrases:
        def convert(self, text):
            return text.replace("軟體", "计算机软件")

    monkeypatch.setattr(marks, "_converter", lambda _: Phrases())
    with pytest.raises(ValueError, match="length"):
        marks.simplify("軟體園")


def test_names_survive_simplification():
    assert marks.simplify("惲淇丞 乾隆 瞭望 著名 于謙") == "恽淇丞 乾隆 瞭望 著名 于谦"


@pytest.mark.parametrize("name", ["nbsp", "ensp", "emsp", "thinsp", "#160", "#xa0", "#XA0", "NBSP"])
def test_every_entity_of_a_space_is_taken_out_and_no_other(name):
    text = f"研发&{name};投入"
    (span,) = marks.entities(text)
    assert text[slice(*span)] == f"&{name};"
    assert marks.entities("研发&amp;投入&lt;元&gt;&#165;") == []
