"""Spans and the one function that finds a quotation: exact first, then forgiving, and clear when it cannot
tell."""

import numpy as np
import pytest

from chipnotes.pages.document import clean

PAGE = (
    "首頁 > 新聞\n雲川芯片產業\n雲川市昨日發布集成電路政策,支持企業研發,總投資20 亿元。产值增长5%。\n"
    "云川市还将支持\nOpen EDA 平台。产值增长5%,出口增长８%。“为什么?”的问题没有答案。\n相关推荐\n别的新闻\n"
)


@pytest.fixture(scope="module")
def page():
    return clean(PAGE, id="p1", card={"title": "雲川"})


def test_an_exact_quotation_has_its_place_on_the_page(page):
    span = page.find("支持企业研发")
    assert str(span) == span.text == "支持企业研发"
    assert page.text[span.start : span.end] == "支持企业研发"
    assert (span.line, span.column) == (3, 15)
    assert span.sentence.text == "云川市昨日发布集成电路政策,支持企业研发,总投资20亿元。"
    assert page.find("“为什么?”的问题").sentence.text == "“为什么?”的问题没有答案。"
    assert span.doc is page and page.span(span.start, span.end) == span
    assert repr(span).startswith("Span('p1', ")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("支持企業研發", "支持企业研发"),
        ("总投资 20 亿元", "总投资20亿元"),
        ("總投資２０亿元", "总投资20亿元"),
        ("支持企业\n研发", "支持企业研发"),
        ("支持企业\\n研发", "支持企业研发"),
        ("出口增长8%", "出口增长８%"),
        ("OpenEDA", "Open EDA"),
        ("政策，支持", "政策,支持"),
    ],
)
def test_a_quotation_is_forgiven_its_script_spaces_and_width(page, quote, found):
    assert page.find(quote).text == found


def test_of_several_places_one_is_asked_for(page):
    with pytest.raises(ValueError, match=r"p1: '产值增长5%' stands at 2 places: 1 in line 3, 2 in line 5"):
        page.find("产值增长5%")
    assert page.find("产值增长5%", occurrence=1).line == 3
    assert page.find("产值增长5%", 2).line == 5
    assert page.find("产值增长5%", context="产值增长5%,出口").line == 5
    assert page.find("产值 增长5%", context="產值增长5%,出口").line == 5
    with pytest.raises(ValueError, match="has no occurrence 3: it stands at 2 places: 1 in line 3"):
        page.find("产值增长5%", 3)
    with pytest.raises(ValueError, match="stands at 2 places"):
        page.find("增长", context="产值增长5%")


def test_an_exact_place_goes_before_a_forgiven_one():
    page = clean("云川市发布EDA平台政策,又发布E DA平台工具,支持企业研发。\n")
    assert page.find("EDA").start == 5 and page.find("E DA").text == "E DA"


def test_words_that_stand_nowhere_get_a_remedy(page):
    with pytest.raises(ValueError, match="stands nowhere.*doc.text"):
        page.find("没有这句话")
    with pytest.raises(ValueError, match="stands nowhere"):
        page.find("产值", context="没有这句话")
    for nothing in ("", " \n"):
        with pytest.raises(ValueError, match="empty"):
            page.find(nothing)


@pytest.mark.parametrize(
    "arguments", [(5,), (None,), ("产值", "1"), ("产值", 1.0), ("产值", True), ("产值", 1, None)]
)
def test_wrong_types_are_refused(page, arguments):
    with pytest.raises(TypeError, match="find: .* must be"):
        page.find(*arguments)


def test_a_span_must_lie_in_the_text(page):
    assert page.span(np.int64(0), 2).text == "云川"
    for start, end in ((0, 0), (3, 2), (-1, 4), (0, 10_000)):
        with pytest.raises(ValueError, match="p1"):
            page.span(start, end)
    for start in ("0", 0.2):
        with pytest.raises(TypeError):
            page.span(start, 2)


def test_a_line_is_counted_by_whatever_ends_the_lines():
    for end in ("\r", "\r\n", "\u2028"):
        page = clean(PAGE.replace("\n", end))
        assert page.find("支持企业研发").line == 3
        assert page.find("出口增长8%").line == 5


def test_a_line_end_that_an_edition_put_in_stands_where_the_next_word_does():
    edition = {"order": [(1, "body", [(0, 2)]), (1, "body", [(2, 5)])], "spaces": []}
    page = clean("甲。乙丙。\n", edition=edition)
    assert page.text == "甲。\n乙丙。\n" and -1 in page.origin
    assert page.span(2, 4).column == 3


def test_names_of_a_page(page):
    assert page.name == "雲川" and clean("甲", id="007").name == "007"
    assert clean("甲", card={"name": "A page", "title": "甲"}).name == "A page"
    assert repr(page).startswith("Document p1: '雲川', ")


def test_a_backslash_that_stands_in_the_text_is_found_as_it_is():
    doc = clean("某市集成电路\\n产业新政发布。\n")
    assert doc.find("电路\\n产业").text == "电路\\n产业"
