"""From a claim back to the page: citations as text and HTML, markup escaped, passages of the notebooks."""

import html.parser
import re
import warnings

import pytest

from chipnotes.files import SEEDS, read_data, read_tsv
from chipnotes.pages.corpus import load
from chipnotes.pages.document import clean
from chipnotes.pages.words import sentences
from chipnotes.showing.evidence import cite, evidence, glosses

# ---------------------------------------------------------------- a citation


def test_a_page_is_called_by_its_name_and_the_line_of_its_file(corpus):
    span = corpus["000"].find("签订协同发展合作协议")
    line = (
        corpus["000"].raw.split("\n").index(next(x for x in corpus["000"].raw.split("\n") if "签订协同" in x))
        + 1
    )
    assert repr(cite(span)).startswith(f"Chip deal 2023, line {line}\n")
    assert f"<b>Chip deal 2023, line {line}</b>" in cite(span)._repr_html_()
    assert "seed" not in repr(cite(span)) and "000" not in repr(cite(span))


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x85", "\r\n"], ids=ascii)
def test_a_line_is_a_line_whatever_ends_it(end):
    lines = [
        "重庆与四川签署协议",
        "2024年11月4日,重庆与四川签署了一份合作协议。",
        "去年产值增长20.8%,达到3227亿元。",
    ]
    span = clean(end.join(lines)).find("3227")
    assert (span.line, span.column) == (3, lines[2].index("3227") + 1)
    assert f"raw line 3: …{lines[2]}"[-20:] in repr(cite(span))


def test_cite_shows_passage_context_and_every_raw_line(corpus):
    quote = "截至11月底,已有近50家川渝地区汽车产业企业在该平台上发布供需信息"
    shown = repr(cite(corpus["004"].find(quote)))
    assert f"【{quote}】,进行了有效对接。" in shown
    assert re.findall(r"raw line (\d+):", shown) == ["49", "53", "63"]


def test_a_passage_over_two_paragraphs_shows_both(corpus):
    document = corpus["002"]
    first = document.paragraphs.iloc[0]
    shown = repr(cite(document.span(int(first.end) - 3, int(first.end) + 4)))
    assert "招!\n迈入下" in shown and "raw line" in shown


def test_cite_shows_what_was_dropped_and_the_note_of_a_repair(corpus):
    shown = repr(cite(corpus["003"].find("加强项目链式招引,围绕“规模领先")))
    assert "⟦(qiáng)⟧" in shown and "gives the seed's bytes exactly" in shown
    assert "note:" not in repr(cite(corpus["003"].find("规模领先")))


def test_cite_marks_what_was_replaced_inside_the_passage(corpus):
    """Traditional forms and a repair at byte level (003), a sign that the scanner misread (004)."""
    citation = cite(corpus["003"].find("加强项目链式招引,围绕"))
    assert "加⟨強⟩⟦(qiáng)⟧⟨項⟩⟦(xiàng)⟧目⟨鏈?zhǔn)秸幸<U+E40C>瑖<U+E30F>@⟩" in repr(citation)
    assert repr(citation).count("⟦dropped⟧ ⟨replaced⟩") == 1
    marked = '<mark style="[^"]*border-bottom:2px dotted[^"]*">{}</mark>'
    assert re.search(f">加</mark>{marked.format('強')}", citation._repr_html_())
    assert re.search(marked.format("秸幸&lt;U.E40C&gt;瑖&lt;U.E30F&gt;"), citation._repr_html_())
    document = corpus["004"]
    at = next(i for i, o in enumerate(document.origin) if o >= 0 and document.text[i] != document.raw[o])
    assert "⟨'⟩" in repr(cite(document.span(at - 2, at + 1)))


def test_cite_says_nothing_of_signs_that_are_not_there(corpus):
    citation = cite(corpus["002"].find("集成电路增长20.8%"))
    for shown in (repr(citation), citation._repr_html_()):
        assert "⟨" not in shown and "dropped" not in shown and "replaced" not in shown


def test_cite_shows_the_lacuna_after_a_passage(corpus):
    assert "lacuna 〔…〕" in repr(cite(corpus["004"].find("迅速实现")))


def test_cite_gives_the_english_or_the_terms_of_the_glossary(corpus):
    span = corpus["002"].find("三大先导产业", occurrence=1)
    for shown in (
        repr(cite(span, "three pioneer industries")),
        cite(span, gloss="three pioneer industries")._repr_html_(),
    ):
        assert "three pioneer industries" in shown and "terms" not in shown
    assert "先导产业" in repr(cite(span)).split("terms:")[1]


def test_no_colour_of_a_citation_is_its_own(corpus):
    """A grey that is read on light is not on dark: text inherits its colour, the stroke says enough."""
    shown = cite(corpus["003"].find("加强项目链式招引,围绕"))._repr_html_()
    assert "<del>(qiáng)</del>" in shown
    assert set(re.findall(r"(?<![-\w])color:\s*([^;\"]+)", shown)) == {"inherit"}


def test_chinese_is_marked_as_chinese(corpus):
    shown = cite(corpus["003"].find("加强项目链式招引"))._repr_html_()
    outside = re.sub(r'<span lang="zh-Hans">(?:(?!<span lang).)*?</span>(?=<br>|</small>| \()', "", shown)
    assert shown.count('lang="zh-Hans"') >= 3 and not re.search("[\u4e00-\u9fff]", outside.split("note:")[0])


# ---------------------------------------------------------------- hostile pages

TAG = "<script>alert(1)</script><img src=x onerror=alert(2)>"


class Tags(html.parser.HTMLParser):
    """The tags and attributes of a page, as a browser finds them."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_a_citation_shows_markup_and_runs_none(tmp_path):
    body = f'某市今日发布产业新政,支持研发。其中{TAG}占20%,《{TAG}》"><svg/onload=alert(3)>出台于2024年。'
    id = "a&<svg onload=alert(4)>"
    (tmp_path / f"{id}.txt").write_text(f"芯片产业新政{TAG}发布\n{body}\n", encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        f"['{id}']\nname = \"{TAG}\"\npublished = 2024-05-06\n", encoding="utf-8"
    )
    (document,) = load(tmp_path)
    assert document.text.count(TAG) == 3, "the page must still hold what is to be escaped"
    for row in sentences(document).itertuples():
        for gloss in ("", TAG):
            citation = cite(document.span(row.start, row.end), gloss)
            page = Tags(citation._repr_html_())
            assert page.tags <= {"div", "b", "i", "br", "span", "mark", "del", "small"}
            assert page.attributes <= {"style", "lang"}
            assert "&lt;script&gt;" in citation._repr_html_() and "<script>" in repr(citation)


def test_what_no_font_draws_is_shown_by_a_sign():
    shown = repr(cite(clean("某市\xa0发布\u200b芯片\t产业新政,支持企业研发。\n").find("芯片")))
    assert "␣" in shown and "<U+200B>" in shown and "→" in shown


# ---------------------------------------------------------------- wrong arguments


@pytest.mark.parametrize("wrong", ["上海", None, ("002", 0, 4), 3], ids=repr)
def test_cite_takes_a_span(wrong):
    with pytest.raises(
        TypeError,
        match=r"cite takes a Span .*, not .*; doc.find\(quotation\) or doc.span\(row.start, row.end\)",
    ):
        cite(wrong)


def test_cite_takes_english_as_text(corpus):
    with pytest.raises(TypeError, match=", 3;"):
        cite(corpus["002"].find("集成电路增长20.8%"), 3)


@pytest.mark.parametrize("wrong", ["002", 3, [None]], ids=repr)
def test_evidence_takes_a_corpus(wrong):
    with pytest.raises(TypeError, match="takes a corpus"):
        evidence("06", wrong)


# ---------------------------------------------------------------- the passages of the notebooks

PASSAGES = read_tsv(SEEDS / "ledgers" / "passages.tsv")


@pytest.mark.parametrize("notebook", sorted(PASSAGES.notebook.unique()))
def test_every_finding_quotes_a_page_and_has_its_english(corpus, notebook):
    table = evidence(notebook)
    assert list(table.columns) == ["finding", "page", "line", "quotation", "english", "seed", "start", "end"]
    assert len(table) == (PASSAGES.notebook == notebook).sum() > 0
    assert table.finding.is_monotonic_increasing and set(table.finding) == set(
        range(1, table.finding.max() + 1)
    )
    for row in table.itertuples():
        document = corpus[row.seed]
        assert document.text[row.start : row.end] == row.quotation and row.page == document.name
        assert row.line == document.span(row.start, row.end).line and row.english.strip()


def test_a_notebook_is_named_by_its_number_in_any_form(corpus):
    number = PASSAGES.notebook.iloc[0]
    assert evidence(int(number)).equals(evidence(number)) and evidence(str(int(number)), corpus).equals(
        evidence(number)
    )
    with pytest.raises(
        ValueError, match=f"no passages of a notebook 77 in ledgers/passages.tsv; it has: .*{number}"
    ):
        evidence(77)


@pytest.fixture
def folder(tmp_path):
    """A folder of one page, and a function that writes its passages."""
    page = "芯片产业新政发布\n来源:某网 2024-05-06\n某市发布新政。产值增长5%。\n某县也称产值增长5%。\n"
    (tmp_path / "mine.txt").write_text(page, encoding="utf-8")
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "sources.toml").write_text("[mine]\nname = 'A policy'\n", encoding="utf-8")

    def write(*rows):
        head = "# test\nnotebook\tfinding\tseed\tquote\tcontext\tenglish\n"
        (tmp_path / "ledgers" / "passages.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        return load(tmp_path)

    return write


def test_her_folder_has_passages_of_its_own(folder):
    corpus = folder(
        "01\t2\tmine\t产值增长5%\t某县也称产值增长5%\tgrowth", "01\t1\tmine\t某市发布新政\t\ta policy"
    )
    table = evidence(1, corpus)
    assert table.finding.tolist() == [1, 2] and table.line.tolist() == [3, 4]
    assert table.page.unique().tolist() == ["A policy"]


def test_passages_show_themselves_as_a_list_by_finding(folder):
    more = "01\t1\tmine\t某市发布新政\t\ta <b> & policy"
    table = evidence(1, folder("01\t2\tmine\t产值增长5%\t某县也称产值增长5%\tgrowth", more))
    first, second = (
        "A policy, line 3: 某市发布新政\n   a <b> & policy",
        "A policy, line 4: 产值增长5%\n   growth",
    )
    assert repr(table) == f"1. {first}\n2. {second}"
    shown = table._repr_html_()
    assert shown.count("<li>") == 2 and "a &lt;b&gt; &amp; policy</li>" in shown
    assert shown.index("Finding 1") < shown.index("某市发布新政") < shown.index("Finding 2")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("01\t1\tmine\t没有这句\t\tnothing", r"passages.tsv: line 3: page mine: .*stands nowhere"),
        (
            "01\t1\tmine\t产值增长5%\t\tgrowth",
            r"passages.tsv: line 3: page mine: .*stands at 2 places: 1 in line 3, 2 in line 4",
        ),
        ("01\t1\tmine\t某市发布新政\t\t", "passages.tsv: line 3: english is empty"),
        (
            "01\tone\tmine\t某市发布新政\t\ta policy",
            "passages.tsv: line 3: finding is 'one', which is no integer like 12",
        ),
    ],
)
def test_a_passage_that_the_page_does_not_bear_is_an_error(folder, row, words):
    with pytest.raises(ValueError, match=words):
        evidence(1, folder(row))


def test_a_changed_page_has_no_passages(tmp_path, folder):
    """They were chosen for the page that its card describes."""
    folder("01\t1\tmine\t某市发布新政\t\ta policy")
    (tmp_path / "sources.toml").write_text("[mine]\nsha256 = 'abc'\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = load(tmp_path, verify=False)
    with pytest.raises(ValueError, match="no passages of a notebook 1"):
        evidence(1, corpus)


# ---------------------------------------------------------------- the glossary


def test_the_longest_term_is_taken_first_and_once():
    terms = read_data("glossary.tsv").zh.tolist()
    longer = [(long, short) for long in terms for short in terms if long.startswith(short) and long != short]
    assert longer
    for long, _ in longer:
        assert [zh for zh, _, _ in glosses(f"{long}。{long}")] == [long]
    assert glosses("nothing") == []
