"""Hostile input: whatever a page holds, each table comes out whole, and no markup leaves unescaped.

How cost grows with length is checked by benchmarks/fuzz.py. Folders that are wrong: tests/pages.
"""

import datetime
import html.parser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ANY

import chipnotes as cn
from chipnotes.pages.document import Document, clean

NAMES = "sentences words actors quantities exclusions dates events quasi_sentences codes".split()
TABLES = {name: getattr(cn, name) for name in NAMES}
PUBLISHED = datetime.date(2024, 5, 6)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)  # what a card may say
BODY = "某市今日发布集成电路产业新政,支持企业研发,去年产值达20.8亿元,同比增长5%,市经信局局长王明出席。"
TAG = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def document_of(text, published=PUBLISHED):
    """A document whose text is this, whatever the cleaner would make of it; each line is a paragraph."""
    lines = [line for line in text.split("\n") if line]
    text = "".join(f"{line}\n" for line in lines)
    parts = tuple((1, "body" if number else "title") for number in range(len(lines)))
    card = {"published": published} if published else {}
    return Document("page", card, text, text, np.arange(len(text)), np.zeros(len(text), np.uint8), parts)


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
    "numbers of 400 digits": f"产值{'9' * 400}亿元,增长{'8' * 400}%,{'1' * 400}年{'3' * 400}月。{BODY}",
    "numbers of 400 Chinese digits": f"产值{'九' * 400}亿,百分之{'三' * 400},二〇{'二' * 400}年。{BODY}",
    "number with 400 decimals": f"增长0.{'3' * 400}%,{'1,000' * 100}元,{'1.2.3.' * 100}版",
    "half a numeral": BODY + "产值三千二百万零",
    "half a percentage": BODY + "百分之",
    "half a fraction": "三分之",
    "half a decimal": BODY + "增长20.",
    "half a date": BODY + "2024年1",
    "half a range": BODY + "3-",
    "half a bound": BODY + "超过",
    "half an ordinal": BODY + "位居第",
    "impossible dates": "2024年2月30日,2023年13月45日,0000年0月0日,9999年12月31日,2月29日,99月,32日,十三月",
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
    "combining marks": "".join(character + "\u0301" for character in BODY)
    + "a"
    + "\u0301" * 1000
    + "\u20dd\ufe0f",
    "compatibility forms": "㈠①⑩Ⅷ½²％㎡㏎⼀豈ﾊﾝ" * 50 + "２０２４年１月２日增长２０．８％",
    "other digits": "٣٤٥%，१२३元，𝟙𝟚𝟛家，༡༢༣年" * 20 + BODY,
    "replacement characters": "\ufffd" * 500 + BODY,
    "addresses": f"http://{'a' * 1000} {'a' * 500}@{'b' * 500} www.{'.' * 500} {BODY}",
    "names without end": "公司" * 200
    + "中国" * 200
    + "市" * 500
    + "书记" * 200
    + "局长王明、李强、" * 100
    + "有限公司(" * 100,
    "HTML and script": f"{TAG}芯片产业新政发布\n{BODY}<b>芯片</b>&lt;script&gt;《{TAG}》",
    "formulas": f"=cmd|' /C calc'!A0芯片\n+5%的增长,{BODY}\n-3℃,@SUM(1),＝1+1,＋5%\n再+1个百分点",
}


@pytest.mark.parametrize("name", PAGES)
def test_every_table_comes_out(name):
    exercise(document_of(PAGES[name]))
    exercise(clean(PAGES[name], "page", {}))


@pytest.mark.parametrize("text", ["集成电路产业投资" * 2500, "1" * 20_000], ids=["words", "digits"])
def test_twenty_thousand_characters_without_a_mark(text):
    exercise(document_of(text))


@pytest.mark.parametrize("text", ["(" * 100_000, "(" * 50_000 + ")" * 50_000], ids=["open", "nested"])
def test_a_hundred_thousand_brackets(text):
    document = clean("芯片产业新政发布\n" + BODY + text + "\n", "page", {})
    assert document.text.count("(") == text.count("(")
    exercise(document, {name: TABLES[name] for name in ("sentences", "quantities", "dates")})


@pytest.mark.parametrize("day", [EARLIEST, datetime.date(2000, 2, 29), LATEST], ids=str)
def test_relative_dates_at_the_ends_of_what_a_card_may_say(day):
    words = (
        "今年去年明年前年后年上年同年次年年初年末年底年内月初月末上月下月本月当月昨日今日"
        "明日近日次日上周下周本周五上季度一季度前三季度上半年过去五年未来三年近10年三年"
        "后1月2日2日今年2月全年以来十四五期间截至目前"
    )
    for size in (2, 3, 4, 5):
        exercise(document_of("。".join(words[at : at + size] for at in range(len(words))), day))


# Pieces that rules look for, beside characters that no rule expects.
WORDS = (
    "芯片 产业 增长 2024年 1月2日 至 - — 、 , ， 。 ; ( ) （ ） 《 》 “ ” \" ' ** % ％ 个百分点 万 亿 元 家 "
    "近 超过 以上 不低于 第 位 前 百分之 三分之 三 十 百 千 两 半 翻番 一番 持平 今年 去年 近日 昨日 上周五 "
    "十四五 期间 市经信局 局长 王明 说 有限公司 联盟 大学 协会 记者 會(huì) 裡 &nbsp; http://a.b = + @ | > "
    "■ \u200b \u2028 \u3000 \xa0 \t \n 0 9 99999 1.5 1,000 ２ ． Ａ \u0301 \U0001f600 \U00020000 \ufffd <b>"
).split(" ")
PIECES = st.sampled_from(WORDS)
DAMAGED = st.lists(st.one_of(PIECES, ANY), max_size=40).map("".join)


@settings(max_examples=60)
@given(DAMAGED, st.none() | st.dates(EARLIEST, LATEST))
def test_any_text_gives_every_table(text, published):
    exercise(document_of(text, published))


# ---------------------------------------------------------------- what leaves: markup


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
    title, body = (
        f"芯片产业新政{TAG}发布",
        f'{BODY}其中{TAG}占20%,《{TAG}》"><svg/onload=alert(3)>出台于2024年。',
    )
    id = "a&<svg onload=alert(4)>"
    (folder / f"{id}.txt").write_text(f"{title}\n{body}\n", encoding="utf-8")
    own = f"{title} [a](javascript:alert(5)) ![b](http://c/d)\\n\\n# e | f `g`"
    (folder / "sources.toml").write_text(
        f"['{id}']\ntitle = \"{own}\"\npublished = 2024-05-06\n", encoding="utf-8"
    )
    corpus = cn.load(folder)
    (document,) = corpus
    assert document.text.count(TAG) == 3, "the page must still hold what is to be escaped"
    return corpus


@pytest.mark.parametrize("name", TABLES)
def test_a_table_shows_markup_and_runs_none(marked, name):
    table = TABLES[name](marked)
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        page = Tags(table._repr_html_())
    assert page.tags <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.attributes <= {"scoped", "border", "class", "style"}
