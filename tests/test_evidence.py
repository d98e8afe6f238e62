"""From a fact back to the page: quotations found, raw lines shown, seed text escaped; and what the package says to wrong arguments."""

import importlib
import inspect
import re
import subprocess
import sys

import pytest

import chipnotes as cn
from chipnotes import events, paths
from chipnotes.clean import clean
from chipnotes.paths import DATA, read_data


def test_span_finds_a_quotation_and_says_when_it_is_not_there(corpus):
    start, end = cn.span(corpus, "002", "集成电路增长20.8%")
    assert corpus["002"].text[start:end] == "集成电路增长20.8%"
    assert cn.span(corpus, "002", "集成电路", 2)[0] > cn.span(corpus, "002", "集成电路")[0]
    with pytest.raises(ValueError, match="does not say '集成电路增长28.0%'"):
        cn.span(corpus, "002", "集成电路增长28.0%")
    with pytest.raises(ValueError, match="1 times, not 2"):
        cn.span(corpus, "002", "集成电路增长20.8%", 2)


def test_raw_place_leads_to_the_character_on_the_page(corpus):
    for document in corpus:
        for offset in range(0, len(document.text), 97):
            if document.text[offset] != "\n":
                line, column = cn.raw_place(document, offset)
                assert document.raw.split("\n")[line - 1][column - 1] == document.raw[document.origin[offset]]


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x85", "\r\n"], ids=ascii)
def test_a_line_is_a_line_whatever_ends_it(tmp_path, end):
    lines = ["重庆与四川签署协议", "2024年11月4日,重庆与四川签署了一份合作协议。", "去年产值增长20.8%,达到3227亿元。"]
    (tmp_path / "a.txt").write_bytes(end.join(lines).encode())
    corpus = cn.load(tmp_path)
    document = corpus["a"]
    assert cn.raw_place(document, document.text.index("3227")) == (3, lines[2].index("3227") + 1)
    assert "raw line 3: " in repr(cn.cite(corpus, "a", *cn.span(corpus, "a", "3227")))


def test_cite_shows_passage_context_and_every_raw_line(corpus):
    quote = "截至11月底,已有近50家川渝地区汽车产业企业在该平台上发布供需信息"
    shown = repr(cn.cite(corpus, "004", *cn.span(corpus, "004", quote)))
    assert f"【{quote}】,进行了有效对接。" in shown
    assert all(f"raw line {number}:" in shown for number in (49, 53, 63)) and "raw line 51:" not in shown


def test_cite_shows_what_was_dropped_and_the_note_of_a_repair(corpus):
    shown = repr(cn.cite(corpus, "003", *cn.span(corpus, "003", "加强项目链式招引,围绕“规模领先")))
    assert "⟦(qiáng)⟧" in shown and "gives the seed's bytes exactly" in shown


def test_cite_marks_what_was_replaced_inside_the_passage(corpus):
    """Traditional forms (003), a repair at byte level (003) and a sign that the scanner misread (004) are read otherwise than they stand."""
    citation = cn.cite(corpus, "003", *cn.span(corpus, "003", "加强项目链式招引,围绕"))
    assert (
        "加⟨強⟩⟦(qiáng)⟧⟨項⟩⟦(xiàng)⟧目⟨鏈?zhǔn)秸幸<U+E40C>瑖<U+E30F>@⟩" in repr(citation)
        and repr(citation).count("⟦dropped⟧ ⟨replaced⟩") == 1
    )
    marked = '<mark style="[^"]*border-bottom:2px dotted[^"]*">{}</mark>'
    assert re.search(f">加</mark>{marked.format('強')}", citation._repr_html_())
    assert re.search(marked.format("秸幸&lt;U.E40C&gt;瑖&lt;U.E30F&gt;"), citation._repr_html_())
    assert re.search('<del style="[^"]*">dropped</del> <span style="[^"]*">replaced</span>', citation._repr_html_())
    document = corpus["004"]
    at = next(i for i, o in enumerate(document.origin) if o >= 0 and document.text[i] != document.raw[o])
    assert "⟨'⟩" in repr(cn.cite(corpus, "004", at - 2, at + 1))


def test_cite_says_nothing_of_signs_that_are_not_there(corpus):
    citation = cn.cite(corpus, "002", *cn.span(corpus, "002", "集成电路增长20.8%"))
    assert "⟨" not in repr(citation) and "dropped" not in citation._repr_html_() and "replaced" not in citation._repr_html_()


def test_cite_shows_the_lacuna_after_a_passage(corpus):
    assert "lacuna 〔…〕" in repr(cn.cite(corpus, "004", *cn.span(corpus, "004", "迅速实现")))


def test_cite_gives_the_gloss_or_the_terms_of_the_glossary(corpus):
    start, end = cn.span(corpus, "002", "三大先导产业")
    assert "English: three pioneer industries" in repr(cn.cite(corpus, "002", start, end, gloss="three pioneer industries"))
    assert "先导产业" in repr(cn.cite(corpus, "002", start, end)).split("terms:")[1]


@pytest.mark.parametrize(
    ("span", "why"), [((0, 0), "is empty"), ((-1, 4), "outside"), ((5, 4), "ends before it begins"), ((0, 10**6), "outside")]
)
def test_cite_refuses_a_span_that_is_no_passage(corpus, span, why):
    with pytest.raises(ValueError, match=f"no passage .* in 002: it .*{why}.* has 2507 characters"):
        cn.cite(corpus, "002", *span)


def test_seed_text_is_escaped_as_html():
    page = clean('某市新政发布\n某市发布<script>alert("芯片")</script><b>集成电路</b>产业新政 & 支持企业研发“芯片”。\n', "evil")
    citation = cn.cite({"evil": page}, "evil", 0, len(page.text) - 1, gloss="<i>x</i>")
    shown = citation._repr_html_()
    assert (
        "<script" not in shown
        and "&lt;script&gt;" in shown
        and "&lt;b&gt;" in shown
        and "&amp;" in shown
        and "&lt;i&gt;" in shown
    )
    assert "<script>" in repr(citation)


@pytest.mark.parametrize("path", sorted((DATA / "findings").glob("*.tsv")), ids=lambda path: path.stem)
def test_every_finding_quotes_a_page_and_has_its_english(corpus, path):
    table = cn.evidence(corpus, path.stem)
    assert len(table) == len(read_data(f"findings/{path.name}")) > 0
    for row in table.itertuples():
        assert corpus[row.seed].text[row.start : row.end] == row.quotation


@pytest.fixture
def findings(monkeypatch, tmp_path):
    """Writes the findings of a notebook 99."""

    def write(row, header="finding\tseed\tquotation\tenglish"):
        (tmp_path / "findings").mkdir()
        (tmp_path / "findings" / "99.tsv").write_text(f"# test\n{header}\n{row}\n", encoding="utf-8")
        monkeypatch.setattr(paths, "DATA", tmp_path)

    return write


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1\t002\t没有这句\tnothing", "findings/99.tsv: finding 1: seed 002 does not say"),
        ("2\t002\t上海集成电路\t ", "needs its English"),
        ("3\t004\t四川电子信息产业产值突破1万亿元\tx", r"stands 2 times in seed 004 \(1: raw line 75; 2: raw line 83\)"),
    ],
)
def test_a_finding_that_the_page_does_not_bear_is_an_error(corpus, findings, row, words):
    findings(row)
    with pytest.raises(ValueError, match=words):
        cn.evidence(corpus, "99")


@pytest.mark.parametrize(("cell", "line"), [("1", 75), ("2", 83)])
def test_a_finding_may_say_which_of_several_places_it_means(corpus, findings, cell, line):
    findings(f"3\t004\t四川电子信息产业产值突破1万亿元\tx\t{cell}", "finding\tseed\tquotation\tenglish\toccurrence")
    assert cn.evidence(corpus, "99").line.tolist() == [line]


@pytest.mark.parametrize(("cell", "words"), [("3", "2 times, not 3"), ("0", "whole number from 1"), ("x", "whole number from 1")])
def test_a_place_that_is_not_there_is_an_error(corpus, findings, cell, words):
    findings(f"3\t004\t四川电子信息产业产值突破1万亿元\tx\t{cell}", "finding\tseed\tquotation\tenglish\toccurrence")
    with pytest.raises(ValueError, match=words):
        cn.evidence(corpus, "99")


# ---------------------------------------------------------------- wrong arguments


def test_a_notebook_is_named_by_its_number_in_any_form(corpus):
    assert cn.evidence(corpus, 7).equals(cn.evidence(corpus, "07")) and cn.evidence(corpus, "7").equals(cn.evidence(corpus, "07"))
    with pytest.raises(ValueError, match="no findings of a notebook 77 in data/findings; there are: 01, 02"):
        cn.evidence(corpus, 77)


TABLES = [name for name in cn.__all__ if next(iter(inspect.signature(getattr(cn, name)).parameters), "") == "corpus"]


@pytest.mark.parametrize("name", sorted({*TABLES} - {"cite", "documents", "evidence", "span"}))
@pytest.mark.parametrize("wrong", ["002", None, 2, ["002"], {"002": 1}], ids=repr)
def test_a_table_function_says_what_it_takes(name, wrong):
    with pytest.raises(TypeError, match=r'takes a corpus, .* not .*; for one page: corpus\["002"\]'):
        getattr(cn, name)(wrong)


def test_every_table_function_is_checked():
    assert {"actors", "codes", "conflicts", "dates", "events", "exclusions", "quantities", "sentences", "words"} < set(TABLES)


def test_a_corpus_a_page_and_a_list_of_pages_are_taken(corpus):
    assert cn.dates(corpus["002"]).equals(cn.dates([corpus["002"]]))
    assert len(cn.dates(corpus)) > len(cn.dates(corpus["002"]))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda c: cn.raw_place("002", 904), TypeError, r'not a str; give corpus\["002"\]'),
        (lambda c: cn.raw_place(c["002"], -1), ValueError, "no character -1 in 002, whose text has 2507 characters"),
        (lambda c: cn.raw_place(c["002"], 2507), ValueError, "no character 2507"),
        (lambda c: cn.cite(c, "777", 0, 4), KeyError, "no document '777'; the corpus has 000, 001"),
        (lambda c: cn.cite(c["002"], "002", 0, 4), TypeError, "is a Document, not a corpus; give"),
        (lambda c: cn.span("002", "002", "上海"), TypeError, "is a str, not a corpus; give"),
        (lambda c: cn.evidence("002", "07"), TypeError, "is a str, not a corpus; give"),
        (lambda c: cn.cite(c, "002", 0.0, 4), TypeError, "float"),
        (lambda c: paths.read_data("nothing.tsv"), FileNotFoundError, "^nothing.tsv: no such file in chipnotes/data"),
    ],
)
def test_a_wrong_argument_is_named_with_its_remedy(corpus, call, error, words):
    with pytest.raises(error, match=words):
        call(corpus)


def test_a_missing_package_is_named_with_the_command_that_sets_it_up():
    run = subprocess.run(
        [sys.executable, "-c", "import sys; sys.modules['ahocorasick'] = None; import chipnotes"], capture_output=True, text=True
    )
    last = run.stderr.strip().splitlines()[-1]
    assert run.returncode and "needs the package ahocorasick" in last and "Run `make figures`" in last


# ---------------------------------------------------------------- what help() says


@pytest.mark.parametrize("name", cn.__all__)
def test_what_a_docstring_points_to_can_be_reached(name):
    text = inspect.getdoc(getattr(cn, name))
    for module, word in re.findall(r"(?:(\w+)\.)?\b(?!ASCII)([A-Z]{5,})\b", text):
        assert hasattr(importlib.import_module(f"chipnotes.{module}") if module else cn, word), f"{word} cannot be reached"
    assert [word for word in re.findall(r"(?:see|as in) `(\w+)`", text) if not callable(getattr(cn, word, None))] == []


def test_the_docstring_of_events_lists_its_words():
    module = sys.modules["chipnotes.events"]
    text = " ".join(inspect.getdoc(events).split())
    assert f"kind ({' '.join(module.KINDS)})" in text and f"level (who acts: {' '.join(module.LEVELS)})" in text
    assert [word for word in (*module.STATUSES, *module.DATED_BY, *module.PLACES) if word not in text] == []
