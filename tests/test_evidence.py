"""From a fact back to the page: quotations found, raw lines shown, seed text escaped."""

import pytest

import chipnotes as cn
from chipnotes import paths
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


def test_cite_shows_passage_context_and_every_raw_line(corpus):
    quote = "截至11月底,已有近50家川渝地区汽车产业企业在该平台上发布供需信息"
    shown = repr(cn.cite(corpus, "004", *cn.span(corpus, "004", quote)))
    assert f"【{quote}】,进行了有效对接。" in shown
    assert all(f"raw line {number}:" in shown for number in (49, 53, 63)) and "raw line 51:" not in shown


def test_cite_shows_what_was_dropped_and_the_note_of_a_repair(corpus):
    shown = repr(cn.cite(corpus, "003", *cn.span(corpus, "003", "加强项目链式招引,围绕“规模领先")))
    assert "⟦(qiáng)⟧" in shown and "gives the seed's bytes exactly" in shown


def test_cite_shows_the_lacuna_after_a_passage(corpus):
    assert "lacuna 〔…〕" in repr(cn.cite(corpus, "004", *cn.span(corpus, "004", "迅速实现")))


def test_cite_gives_the_gloss_or_the_terms_of_the_glossary(corpus):
    start, end = cn.span(corpus, "002", "三大先导产业")
    assert "English: three pioneer industries" in repr(cn.cite(corpus, "002", start, end, gloss="three pioneer industries"))
    assert "先导产业" in repr(cn.cite(corpus, "002", start, end)).split("terms:")[1]


@pytest.mark.parametrize("span", [(0, 0), (-1, 4), (5, 4), (0, 10**6)])
def test_cite_refuses_a_span_outside_the_text(corpus, span):
    with pytest.raises(ValueError, match="no passage"):
        cn.cite(corpus, "002", *span)


def test_seed_text_is_escaped_as_html():
    page = clean('某市新政发布\n某市发布<script>alert("芯片")</script><b>集成电路</b>产业新政 & 支持企业研发“芯片”。\n', "evil")
    citation = cn.cite({"evil": page}, "evil", 0, len(page.text) - 1, gloss="<i>x</i>")
    shown = citation._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown and "&lt;b&gt;" in shown and "&amp;" in shown and "&lt;i&gt;" in shown
    assert "<script>" in repr(citation)


@pytest.mark.parametrize("path", sorted((DATA / "findings").glob("*.tsv")), ids=lambda path: path.stem)
def test_every_finding_quotes_a_page_and_has_its_english(corpus, path):
    table = cn.evidence(corpus, path.stem)
    assert len(table) == len(read_data(f"findings/{path.name}")) > 0
    for row in table.itertuples():
        assert corpus[row.seed].text[row.start : row.end] == row.quotation


@pytest.mark.parametrize(
    ("row", "words"), [("1\t002\t没有这句\tnothing", "finding 1: seed 002 does not say"), ("2\t002\t上海\t ", "needs its English")]
)
def test_a_finding_that_the_page_does_not_bear_is_an_error(corpus, monkeypatch, tmp_path, row, words):
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings" / "99.tsv").write_text(f"# test\nfinding\tseed\tquotation\tenglish\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(paths, "DATA", tmp_path)
    with pytest.raises(ValueError, match=words):
        cn.evidence(corpus, "99")
