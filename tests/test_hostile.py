"""Hostile input: whatever a page holds, each table comes out whole or a clear error says why; no markup and no formula leaves unescaped.

A table function must give a table for every text; only reading a folder may refuse, and only with SeedError. How cost grows with
length is checked by benchmarks/fuzz.py, which also wrote the pages in fixtures/hostile/.
"""

import csv
import datetime
import html.parser
import io
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import mistune
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chipnotes as cn
from chipnotes import figures, ledger
from chipnotes.clean import Document, clean
from chipnotes.dates import dates
from chipnotes.events import events
from chipnotes.paths import SEEDS
from chipnotes.quantities import exclusions, quantities

FIXTURES = Path(__file__).parent / "fixtures" / "hostile"
TABLES = {
    "sentences": cn.sentences, "words": cn.words, "actors": cn.actors, "quantities": quantities, "exclusions": exclusions, "dates": dates,
    "events": events, "quasi_sentences": cn.quasi_sentences, "codes": cn.codes,
}  # fmt: skip
PUBLISHED = datetime.date(2024, 5, 6)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)  # what seeds.py takes for a day of publication
BODY = "某市今日发布集成电路产业新政,支持企业研发,去年产值达20.8亿元,同比增长5%,市经信局局长王明出席。"
TAG = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def document_of(text, published=PUBLISHED):
    """A document whose text is this, whatever the cleaner would make of it; each line is a paragraph."""
    text = text if text.endswith("\n") else text + "\n"
    paragraphs, start = [], 0
    for line in text.split("\n")[:-1]:
        if line:
            paragraphs.append((1, "body" if paragraphs else "title", start, start + len(line)))
        start += len(line) + 1
    card = {"published": published} if published else {}
    return Document("page", card, text, text, np.arange(len(text), dtype=np.int32), paragraphs, np.zeros(len(text), np.uint8), {})


def check(table, document):
    """What holds for each row of each table: it stands on the page, where it says."""
    assert list(table.columns[:4]) == ["seed", "start", "end", "surface"]
    for row in table.itertuples(index=False):
        assert row.seed == document.id
        assert 0 <= row.start < row.end <= len(document.text)
        assert document.text[row.start : row.end] == row.surface


def exercise(document, tables=TABLES):
    """Every table of a document, each checked; what joins to the text must be the whole text."""
    made = {name: table(document) for name, table in tables.items()}
    for table in made.values():
        check(table, document)
    if "words" in made:
        assert "".join(made["words"].surface) == document.text
    for name in {"sentences", "quasi_sentences"} & made.keys():
        whole = "".join(document.text[p.start : p.end] for p in document.paragraphs.itertuples())
        assert "".join("".join(made[name].surface).split()) == "".join(whole.split())
    if "quantities" in made:
        assert not (made["quantities"].low > made["quantities"].high).any()
        assert not (made["quantities"].period_start > made["quantities"].period_end).any()
    if "dates" in made:
        assert not (made["dates"].date_start > made["dates"].date_end).any()
    return made


# ---------------------------------------------------------------- whole pages

PAGES = {
    "nothing": "",
    "digits only": "1234567890" * 300,
    "Chinese numerals only": "一二三四五六七八九十百千万亿" * 200,
    "numbers of 400 digits": f"产值{'9' * 400}亿元,增长{'8' * 400}%,{'1' * 400}年{'3' * 400}月,第{'7' * 400}位。{BODY}",
    "numbers of 400 Chinese digits": f"产值{'九' * 400}亿元,{'万' * 400}家,百分之{'三' * 400},二〇{'二' * 400}年。{BODY}",
    "number with 400 decimals": f"增长0.{'3' * 400}%,{'1,000' * 100}元,{'1.2.3.' * 100}版",
    "half a numeral": BODY + "产值三千二百万零",
    "half a percentage": BODY + "百分之",
    "half a fraction": "三分之",
    "half a decimal": BODY + "增长20.",
    "half a date": BODY + "2024年1",
    "half a range": BODY + "3-",
    "half a bound": BODY + "超过",
    "half an ordinal": BODY + "位居第",
    "impossible dates": "2024年2月30日,2023年13月45日,0000年0月0日,9999年12月31日,2月29日,99月,32日,十三月,二十五时,第九季度",
    "dates without end": "2024年1月2日" * 100 + "1月2日至" * 100 + "2020-" * 200 + "去年今年明年" * 100,
    "lists without end": "3家、" * 200 + "1至" * 200 + "百分之一" * 100 + "分之" * 200 + "近超约" * 200,
    "open brackets": "(" * 2000 + BODY,
    "closing brackets": BODY + ")" * 2000,
    "nested brackets": "(" * 1000 + BODY + ")" * 1000 + "《〈【([（［" * 100 + BODY + "］）])】〉》" * 100,
    "nested quotes": "“‘" * 500 + BODY + "’”" * 500 + "『「" * 500 + '"' * 999 + "'" * 999,
    "open titles": "《" * 1000 + BODY + "“" * 1000,
    "semicolons": "(;" * 500 + "芯片;" * 500 + ";" * 500,
    "a year in digits of two scripts": "某市20٣٣年建成芯片产业园。",
    "marks only": "。…!?！？" * 300,
    "asterisks": "**" * 300 + BODY + "**芯**片" * 100 + "*" * 301,
    "ornaments": "■□◆" * 300 + BODY,
    "entities": "&nbsp;&amp;&#160;&#xa0;&" * 100 + BODY,
    "pinyin": "會(huì)" * 100 + "(huì)" * 100 + "會(hui " * 100 + "會(" + "a" * 500 + ")",
    "bars": "首页|" * 300 + "\n" + BODY,
    "only spaces": " \t\u3000\xa0" * 300,
    "only line ends": "\n" * 3000,
    "spaces in words": " ".join(BODY) + " " * 2000 + BODY,
    "lone lines": " 芯片 \n" * 300,
    "hard wraps": ("集成电路产业投资" * 4 + "\n") * 100 + ("支持芯片企业研发,\n" * 100),
    "zero width": "\u200b\u200d\ufeff\u2060" * 200 + "\u200b".join(BODY),
    "bidirectional marks": "\u202e\u2066\u202b\u200f" + BODY + "\u202c\u2069",
    "line separators": "\u2028".join([BODY] * 5) + "\u2029\x85\x0b\x0c\x1c\x1d\x1e" + BODY,
    "astral characters": "\U00020000\U0001f600\U000e0041\U0010ffff" * 200 + BODY,
    "combining marks": "".join(character + "\u0301" for character in BODY) + "a" + "\u0301" * 1000 + "\u20dd\ufe0f",
    "compatibility forms": "㈠①⑩Ⅷ½²％㎡㏎⼀豈ﾊﾝ" * 50 + "２０２４年１月２日增长２０．８％",
    "other digits": "٣٤٥%，१२३元，𝟙𝟚𝟛家，༡༢༣年" * 20 + BODY,
    "replacement characters": "\ufffd" * 500 + BODY,
    "addresses": f"http://{'a' * 1000} {'a' * 500}@{'b' * 500} www.{'.' * 500} {BODY}",
    "names without end": "公司" * 200 + "中国" * 200 + "市" * 500 + "书记" * 200 + "局长王明、李强、" * 100 + "有限公司(" * 100,
    "HTML and script": f"{TAG}芯片产业新政发布\n{BODY}<b>芯片</b>&lt;script&gt;《{TAG}》",
    "formulas": f"=cmd|' /C calc'!A0芯片\n+5%的增长,{BODY}\n-3℃,@SUM(1),＝1+1,＋5%\n再+1个百分点",
}


@pytest.mark.parametrize("name", PAGES)
def test_every_table_comes_out(name):
    exercise(document_of(PAGES[name]))
    exercise(clean(PAGES[name], "page", {}))


@pytest.mark.parametrize("text", ["集成电路产业投资" * 12500, "1" * 100_000], ids=["words", "digits"])
def test_a_hundred_thousand_characters_without_a_mark(text):
    exercise(document_of(text))


@pytest.mark.parametrize("text", ["(" * 1_000_000, "(" * 500_000 + ")" * 500_000], ids=["open", "nested"])
def test_a_million_brackets(text):
    document = clean("芯片产业新政发布\n" + BODY + text + "\n", "page", {})
    assert document.text.count("(") == text.count("(")
    exercise(document, {name: TABLES[name] for name in ("sentences", "quantities", "dates")})


@pytest.mark.parametrize("day", [EARLIEST, datetime.date(2000, 2, 29), LATEST], ids=str)
def test_relative_dates_at_the_ends_of_what_a_card_may_say(day):
    words = ("今年去年明年前年后年上年同年次年年初年末年底年内月初月末上月下月本月当月昨日今日明日近日次日上周下周本周五上季度一季度前三季度"
             "上半年过去五年未来三年近10年三年后1月2日2日今年2月全年以来十四五期间截至目前")  # fmt: skip
    for size in (2, 3, 4, 5):
        exercise(document_of("。".join(words[at : at + size] for at in range(len(words))), day))


def test_no_document_gives_tables_without_rows():
    for name, table in TABLES.items():
        assert list(table([]).columns[:4]) == ["seed", "start", "end", "surface"] and not len(table([])), name


# Pieces that rules look for, beside characters that no rule expects.
WORDS = (
    "芯片 产业 增长 2024年 1月2日 至 - — 、 , ， 。 ; ( ) （ ） 《 》 “ ” \" ' ** % ％ 个百分点 万 亿 元 家 近 超过 以上 不低于 第 位 前 百分之 三分之 三 十 "
    "百 千 两 半 翻番 一番 持平 今年 去年 近日 昨日 上周五 十四五 期间 市经信局 局长 王明 说 有限公司 联盟 大学 协会 记者 會(huì) 裡 &nbsp; http://a.b a@b.c = + "
    "@ | > ■ \u200b \u2028 \u3000 \xa0 \t \n 0 9 99999 1.5 1,000 ２ ． Ａ \u0301 \U0001f600 \U00020000 \ufffd <b> 相关阅读 来源: 责任编辑".split(
        " "
    )
)
PIECES = st.sampled_from(WORDS)
DAMAGED = st.lists(st.one_of(PIECES, st.characters(exclude_categories=["Cs"])), max_size=40).map("".join)


@settings(max_examples=60)
@given(DAMAGED, st.none() | st.dates(EARLIEST, LATEST))
def test_any_text_gives_every_table(text, published):
    exercise(document_of(text, published))


# ---------------------------------------------------------------- folders of files


def folder_with(folder, page, card="", edition=""):
    """A folder of one page, with a card and an edition for it."""
    (folder / "editions").mkdir(parents=True, exist_ok=True)
    (folder / "page.txt").write_bytes(page)
    (folder / "sources.toml").write_text(f"[page]\n{card}", encoding="utf-8")
    (folder / "editions" / "page.toml").write_text(edition, encoding="utf-8")
    return folder


def refused(folder, tables=TABLES, **options):
    """Loads a folder; its corpus, with every table made, or None if it was refused as it should be: SeedError and nothing else."""
    try:
        corpus = cn.load(folder, **options)
    except cn.SeedError as error:
        assert error.problems and all(": " in problem for problem in error.problems)
        return None
    for document in corpus:
        exercise(document, tables)
        if document.text:
            cn.cite(corpus, document.id, 0, len(document.text))._repr_html_()
    return corpus


PAGE = f"芯片产业新政发布\n{BODY}\n".encode()


def replay(path, folder):
    """Runs an input of fixtures/hostile/ as what its ending says that it is."""
    data = path.read_bytes()
    if path.suffix == ".txt":
        for published in (PUBLISHED, None, EARLIEST, LATEST):
            exercise(document_of(data.decode("utf-8", "surrogatepass"), published))
        return exercise(clean(data.decode("utf-8", "surrogatepass"), "page", {}))
    if path.suffix == ".bin":
        return refused(folder_with(folder, data))
    # Not verified, so that an edition need not know the page's sha256.
    return refused(folder_with(folder, PAGE, **{path.suffix[1:]: data.decode("utf-8")}), verify=False)


@pytest.mark.parametrize("path", sorted(p for p in FIXTURES.iterdir() if p.name != "README.md"), ids=lambda path: path.name)
def test_what_once_broke_something_does_so_no_more(path, tmp_path):
    replay(path, tmp_path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=150)
@given(
    st.one_of(st.binary(max_size=300), DAMAGED.map(lambda t: t.encode("utf-8")), DAMAGED.map(lambda t: t.encode("gb18030"))),
    st.integers(0, 9),
    st.integers(0, 255),
)
def test_any_bytes_are_read_or_refused(folder, data, at, byte):
    """Random bytes, and pages with one byte changed."""
    (folder / "page.txt").write_bytes(data[:at] + bytes([byte]) + data[at + 1 :])
    refused(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_a_page_cut_inside_a_character_is_read_or_refused(tmp_path, encoding):
    data = ("芯片产业新政发布\n" + BODY).encode(encoding)
    results = []
    for end in range(len(data) - 12, len(data) + 1):
        (tmp_path / "page.txt").write_bytes(data[:end])
        results.append(refused(tmp_path))
    assert results[-1] is not None
    assert None in results or encoding == "gb18030", "a page cut inside a character must be refused"


TOML = st.recursive(
    st.sampled_from(["1", "-1", "1.5", "nan", "true", '""', '"某"', "2024-05-06", "0001-01-01", "9999-12-31", "07:32:00", "10000000000000000000000"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    | st.dictionaries(st.sampled_from(["line", "from", "to", "note"]), inner, max_size=3).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"),
    max_leaves=6,
)  # fmt: skip
CARD = st.dictionaries(st.sampled_from(["title", "published", "sha256", "inferred", "region"]), TOML, max_size=4).map(
    lambda card: "".join(f"{key} = {value}\n" for key, value in card.items()))  # fmt: skip


@settings(max_examples=80)
@given(CARD)
def test_any_card_is_read_or_refused(folder, card):
    corpus = refused(folder_with(folder / "card", PAGE, card), {})
    if corpus:
        ledger.write_ledger(corpus, folder / "ledger")


ENTRY = st.dictionaries(
    st.sampled_from(["article", "role", "pieces", "line", "from", "to", "rule", "raw", "text", "places", "note"]),
    TOML | st.sampled_from(['"body"', '"repair"', '"tail"', '"芯"', "[{ line = 1 }, { line = 2 }]", "[0]", "[-1]", "2"]), max_size=5,
).map(lambda entry: "".join(f"{key} = {value}\n" for key, value in entry.items()))  # fmt: skip
KINDS = st.sampled_from(["repair", "lacuna", "space", "drop", "paragraph"])
EDITION = st.one_of(
    st.lists(st.tuples(KINDS, ENTRY).map(lambda entry: f"[[{entry[0]}]]\n{entry[1]}"), max_size=3).map("".join),
    st.tuples(KINDS, TOML).map(lambda entry: f"{entry[0]} = {entry[1]}\n"),
)


@settings(max_examples=300)
@given(EDITION)
def test_any_edition_is_read_or_refused(folder, edition):
    refused(folder_with(folder / "edition", PAGE, edition=edition), {}, verify=False)


@pytest.mark.parametrize("toml", [f"a = {'[' * 5000}", f"a = {'9' * 5000}", "a = '\ud800'", "[page]\n" * 2, "\0", "[page]\npublished = 2024-02-30\n"],
                         ids=["deep", "long number", "surrogate", "twice", "zero", "no such day"])  # fmt: skip
@pytest.mark.parametrize("name", ["sources.toml", "editions/page.toml"])
def test_a_broken_table_is_refused_by_its_name(tmp_path, toml, name):
    (tmp_path / "page.txt").write_text(BODY, encoding="utf-8")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(toml.encode("utf-8", "surrogatepass"))
    with pytest.raises(cn.SeedError, match=path.name):
        cn.load(tmp_path)


# ---------------------------------------------------------------- what leaves: markup and formulas


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


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A page whose title, body, card and id hold markup, loaded as a user would."""
    folder = tmp_path_factory.mktemp("marked")
    title, body = f"芯片产业新政{TAG}发布", f'{BODY}其中{TAG}占20%,《{TAG}》"><svg/onload=alert(3)>出台于2024年。'
    id = "a&<svg onload=alert(4)>"
    (folder / f"{id}.txt").write_text(f"{title}\n{body}\n", encoding="utf-8")
    own = f"{title} [a](javascript:alert(5)) ![b](http://c/d)\\n\\n# e | f `g`"
    (folder / "sources.toml").write_text(f"['{id}']\ntitle = \"{own}\"\npublished = 2024-05-06\n", encoding="utf-8")
    corpus = cn.load(folder)
    (document,) = corpus
    assert document.text.count(TAG) == 3, "the page must still hold what is to be escaped"
    return corpus


def test_a_citation_shows_markup_and_runs_none(marked):
    (document,) = marked
    for s in cn.sentences(marked).itertuples():
        for gloss in ("", TAG):
            page = Tags(cn.cite(marked, s.seed, s.start, s.end, gloss)._repr_html_())
            assert page.tags <= {"div", "b", "i", "br", "span", "mark", "del", "small"}
            assert page.attributes <= {"style", "lang"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_shows_markup_and_runs_none(marked, name):
    table = TABLES[name](marked)
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        page = Tags(table._repr_html_())
    assert page.tags <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.attributes <= {"scoped", "border", "class", "style"}


def test_the_ledger_shows_markup_and_runs_none(marked, tmp_path):
    ledger.write_ledger(marked, tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    page = Tags(mistune.html(text))
    assert not page.tags & {"script", "img", "svg", "a"} and not page.attributes & {"onerror", "onload", "href", "src"}
    assert text.count("\n# ") == 0, "a title of its own would begin a chapter"


@pytest.fixture
def figure():
    fig, axes = plt.subplots()
    axes.plot([1, 2], [1, 2])
    yield fig
    plt.close(fig)


def test_a_figure_and_the_gallery_show_markup_and_run_none(figure, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPNOTES_FIGURES", str(tmp_path))
    words = {"caption": f"a caption {TAG}", "alt": f'an alt text {TAG}" onload="alert(4)'}
    figures.save(figure, "99-hostile", data=pd.DataFrame({"a": [1]}), title=f"t {TAG}", **words)
    figures.write_gallery()
    svg = Tags((tmp_path / "99-hostile.svg").read_text(encoding="utf-8"))
    assert not svg.tags & {"script", "img"} and not svg.attributes & {"onerror", "onload"}
    page = mistune.create_markdown(escape=False)((tmp_path / "README.md").read_text(encoding="utf-8"))
    assert not Tags(page).tags & {"script", "svg"} and not Tags(page).attributes & {"onerror", "onload"}


# Full-width signs too: spreadsheets set to an East Asian language take them for the plain ones.
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def _cells(data):
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("sign", SIGNS, ids=repr)
def test_no_formula_leaves_in_the_ledger(tmp_path, sign):
    document = document_of(f"芯片产业\n{sign}cmd|' /C calc'!A0公司增长{sign}5%,{sign}1家,《{sign}SUM(1)》于2024年,《办法\r{sign}SUM(2)》。")
    ledger.write_ledger([document], tmp_path)
    cells = [cell for path in tmp_path.glob("*.csv") for cell in _cells(path.read_bytes())]
    assert [cell for cell in cells if cell.startswith(tuple(SIGNS)) and not _is_number(cell)] == []
    assert [cell for cell in cells if "SUM(1)" in cell], "the page's formula must be in the ledger"


@pytest.mark.parametrize("sign", SIGNS, ids=repr)
def test_no_formula_leaves_with_a_figure(figure, tmp_path, monkeypatch, sign):
    monkeypatch.setenv("CHIPNOTES_FIGURES", str(tmp_path))
    data = pd.DataFrame(
        {f"{sign}a": [f"{sign}cmd|' /C calc'!A0", f"b\r{sign}1"]}, index=pd.Index([f"{sign}1+1", "c"], name=f"{sign}i")
    )
    figures.save(figure, "99-hostile", data={f"{sign}p": data}, title="a title", caption="a caption", alt="an alt text")
    cells = _cells((tmp_path / "99-hostile.csv").read_bytes())
    assert len(cells) == 9 and [cell for cell in cells if cell.startswith(tuple(SIGNS))] == []


def test_damaged_seeds_are_read_or_refused(tmp_path):
    """Each seed with a tenth of its bytes gone, at ten places; editions lapse, for the bytes are no longer theirs."""
    for path in sorted(SEEDS.glob("*.txt")):
        data = path.read_bytes()
        for part in range(10):
            cut = len(data) * part // 10
            (tmp_path / path.name).write_bytes(data[:cut] + data[cut + len(data) // 10 :])
            refused(tmp_path)
        (tmp_path / path.name).unlink()
    shutil.rmtree(tmp_path)
