"""The laws of a Document, for the seeds and for any text: every character traced, pieces replayed, clean
text left as it is."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ANY

from chipnotes.glyphs import SPACE
from chipnotes.pages.document import clean
from chipnotes.pages.marks import lines_of, simplify
from chipnotes.pages.pieces import Piece, replay

FIXTURES = Path(__file__).parent / "fixtures"
READING = Path(__file__).parent / "reading"
SEEDS = ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("seed", SEEDS)
def test_seed_reads_as_an_independent_reader_reads_it(corpus, seed):
    expected = (READING / f"{seed}.txt").read_text(encoding="utf-8").splitlines()[1:]
    document = corpus[seed]
    assert [
        f"{p.role}\t{document.text[p.start : p.end]}" for p in document.paragraphs.itertuples()
    ] == expected


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_general_rules_alone_read_the_unscrambled_seeds(corpus, seed):
    """Without its edition 003 differs from its text only in the broken spot; the others not at all."""
    document = corpus[seed]
    plain = clean(document.raw)
    if seed == "003":
        assert plain.text.count("\n") == document.text.count("\n")
        before, after = document.text.split("式招引,围绕")
        assert plain.text.startswith(before) and plain.text.endswith(after)
    else:
        assert plain.text == document.text


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_clean_text_is_left_as_it_is(corpus, seed):
    text = corpus[seed].text
    again = clean(text)
    assert again.text == text
    assert set(again.apparatus.action) == {"keep"}


# ---------------------------------------------------------------- laws


def assert_lawful(document):
    """Each raw character has one fate, each character of the text comes from where it says, and the pieces
    replay."""
    raw, text, origin, apparatus = document.raw, document.text, document.origin, document.apparatus
    assert replay(raw, document.pieces) == text
    assert origin.dtype == np.int32 and len(origin) == len(text)
    if raw:
        assert apparatus.start.iloc[0] == 0 and apparatus.end.iloc[-1] == len(raw)
        assert (apparatus.start.to_numpy()[1:] == apparatus.end.to_numpy()[:-1]).all()
        assert (apparatus.start < apparatus.end).all()
    sizes = (apparatus.end - apparatus.start).to_numpy()
    fate, rule = (np.repeat(apparatus[name].to_numpy(), sizes) for name in ("action", "rule"))
    real = origin[origin >= 0].tolist()
    assert len(set(real)) == len(real), "a raw character is used twice"
    assert all(text[i] == "\n" for i in np.flatnonzero(origin < 0))
    for character, at in zip(text, origin.tolist(), strict=True):
        if at >= 0 and fate[at] == "keep":
            assert character == raw[at]
        elif at >= 0:
            assert fate[at] == "replace" and _may_replace(character, raw[at], rule[at])
    kept = set(real)
    assert all((at in kept) == (fate[at] == "keep") for at in range(len(raw)) if fate[at] != "replace")
    assert [i for i, c in enumerate(text) if c == "\n"] == document.paragraphs.end.tolist()
    assert not text or text.endswith("\n")


def _may_replace(new, old, rule):
    if rule in ("repair", "emendation"):
        return True
    if rule == "line_ends":
        return new == "\n" and old in "\r\x0b\x85\u2028\u2029" + SPACE
    if rule == "wrapped_words":
        return new == " " and old in "\n\r\x0b\x85\u2028\u2029" + SPACE
    # OpenCC may choose among several Simplified forms by the word; each is Simplified itself.
    return new != old and (simplify(old) == new or simplify(new) == new and simplify(old) != old)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_laws_hold_for_the_seeds(corpus, seed):
    assert_lawful(corpus[seed])


WORDS = (
    "首页 > 新闻|相关推荐|會(huì)議|**138**|来源:某网|2024-11-04 09:42|(常州)|锂(Li)|分享到:|举报电话:12345"
    "|上一篇|\u3000\u3000| |\xa0|\n|\n\n|川渝两地将在集成电路等六个领域开展合作。|產業發展|乾隆|Open"
    "|成都 120 35|發展(fāzhǎn)|會[hui4]|\ufeff|\u200b|\r\n|\r|\u2028|&nbsp;|■ 目标|产值3227亿元;"
    "|交(jiao)(jiao)|<script>|=1+1|(|)|((((|“|”|a|中|文|,|。"
    "|\U00020000|本文仅代表作者观点。|未经授权不得转载|1. 总投资20亿元|2024年5月6日|阅读更多…|— 3 —|联系人:"
)
DAMAGED = st.one_of(
    st.text(ANY, max_size=120), st.lists(st.sampled_from(WORDS.split("|")), max_size=40).map("".join)
)


@settings(max_examples=200, deadline=None)
@given(DAMAGED)
def test_the_laws_hold_for_any_text(text):
    assert_lawful(clean(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split("|")), min_size=1, max_size=30).map("".join), st.data())
def test_the_laws_hold_for_any_order_that_an_edition_gives(raw, data):
    spans = [(start, end) for start, end in lines_of(raw) if raw[start:end].strip()]
    order = data.draw(st.permutations(spans))
    edition = {"order": [(1, "body", [span]) for span in order], "spaces": []}
    assert_lawful(clean(raw, edition=edition | {"notes": {spans[0][1]: "a note"}} if spans else None))


SENTENCE = st.text("集成电路产业合作发展成都重庆上海政策人才平台企业创新应用技术", min_size=20, max_size=80)
HEADLINE = st.text("芯片产业高质量发展协同创新", min_size=6, max_size=20)


@settings(max_examples=100, deadline=None)
@given(HEADLINE, st.lists(SENTENCE, min_size=1, max_size=6))
def test_a_clean_page_is_left_as_it_is(title, sentences):
    page = "。\n".join([title[:-1], *sentences]).replace("。", "", 1) + "。\n"
    document = clean(page)
    assert document.text == page
    assert set(document.apparatus.action) == {"keep"}


@settings(max_examples=100, deadline=None)
@given(HEADLINE, st.lists(SENTENCE, min_size=1, max_size=4), st.data())
def test_furniture_does_not_change_the_article(title, sentences, data):
    head = data.draw(
        st.lists(st.sampled_from(["首页 > 新闻 > 产业", "要闻|财经|科技|汽车", "登录 注册"]), max_size=3)
    )
    inner = data.draw(
        st.lists(st.sampled_from(["分享到: 微信", "扫码关注我们", "【打印】【关闭】"]), max_size=2)
    )
    tail = ["相关推荐", "上一篇:某地签约", "版权所有 某某网", "发表评论"]
    tail = data.draw(st.lists(st.sampled_from(tail), max_size=4))
    body = [sentence + "。" for sentence in sentences]
    page = "\n".join([*head, title, "来源:某网 2024-05-06", body[0], *inner, *body[1:], *tail])
    assert clean(page).text == "\n".join([title, *body]) + "\n"


@settings(max_examples=100, deadline=None)
@given(DAMAGED)
def test_cleaning_again_changes_nothing_in_a_page_of_sentences(noise):
    page = f"云川芯片产业发展\n云川市昨日发布集成电路政策,支持企业研发。\n{noise}\n云川市将于明年评估政策。\n"
    once = clean(page).text
    assert "云川市昨日发布集成电路政策" in "".join(once.split())
    twice = clean(once).text
    assert clean(twice).text == twice


@pytest.mark.parametrize("path", sorted((FIXTURES / "pages").glob("*.txt")), ids=lambda p: p.stem)
@pytest.mark.parametrize("end", ["\r", "\r\n", "\r\r\n", "\x0b", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_whatever_ends_the_lines_the_text_is_the_same(path, end):
    """Every line end of the text comes from the page's own, and the apparatus says that it was another."""
    page = path.read_text(encoding="utf-8").split("\n", 1)[1].partition("\n=====\n")[0] + "\n"
    plain, other = clean(page), clean(page.replace("\n", end))
    assert other.text == plain.text and list(other.paragraphs.role) == list(plain.paragraphs.role)
    assert_lawful(other)
    ends = other.origin[[at for at, character in enumerate(other.text) if character == "\n"]]
    assert {other.raw[at] for at in ends} == {end[-1]}
    if "\n" not in end:
        rules = np.repeat(
            other.apparatus.rule.to_numpy(), (other.apparatus.end - other.apparatus.start).to_numpy()
        )
        assert set(rules[ends]) == {"line_ends"} and "controls" not in set(rules)


# ---------------------------------------------------------------- what a reader holds


def test_dated_teasers_behind_an_article_are_none_of_it():
    article = (
        "云川市发布行动计划\n"
        + "云川市工信局发布集成电路产业三年行动计划,提出到2026年产值突破300亿元。\n" * 2
    )
    for teaser in ("云川市新增30家企业 2024-05-01", "2024-05-01 云川市投资46亿元建园"):
        assert clean(article + f"{teaser}\n" * 3).text == article
    item = "(一)2024年6月30日前完成30家企业申报\n"
    assert clean(article + item).text == article + item


def test_pieces_that_do_not_fit_a_page_are_refused(corpus):
    document = corpus["002"]
    for raw, pieces in (
        (document.raw.replace("20.8%", "28.0%"), document.pieces),
        (document.raw, document.pieces[:5] + document.pieces[6:]),
        (document.raw, document.pieces + document.pieces[5:6]),
        (document.raw + "。", document.pieces),
    ):
        with pytest.raises(ValueError, match="do not hold each character of the page once"):
            replay(raw, pieces)
    assert (
        replay("甲 乙", [Piece(0, 1, "甲", "text"), Piece(1, 2, "", "spaces"), Piece(2, 3, "乙", "text")])
        == "甲乙"
    )


def test_a_reader_cannot_change_what_a_document_says(corpus):
    document = corpus["002"]
    for name in ("paragraphs", "apparatus"):
        before = getattr(document, name).copy()
        table = getattr(document, name)
        table["start"] = 0
        table.loc[len(table)] = table.loc[0]
        assert getattr(document, name).equals(before)
    with pytest.raises(ValueError, match="read-only"):
        document.origin[0] = 5
    with pytest.raises(AttributeError):
        document.text = ""


def test_tables_have_the_documented_columns_also_for_an_empty_page():
    for document in (clean(""), clean("云川芯片产业发展\n来源:某网\n")):
        assert list(document.paragraphs) == ["article", "para", "role", "start", "end"]
        assert list(document.apparatus) == ["start", "end", "action", "reason", "rule", "note"]
        assert list(document.inside_drops) == ["start", "end", "rule", "chinese"]
        assert document.paragraphs.start.dtype == document.inside_drops.chinese.dtype == int
        assert [*map(str, document.apparatus.dtypes)] == ["int64"] * 2 + ["str"] * 4
        assert document.paragraphs.role.dtype == document.inside_drops.rule.dtype == "str"
    assert clean("").text == "" and len(clean("").pieces) == 0


def test_what_a_rule_takes_from_inside_an_article_is_counted():
    page = (
        "云川芯片\n云川市昨日发布集成电路政策,支持企业研发。\n编辑:小王小李\n云川市明年评估政策效果如何。\n"
    )
    drops = clean(page).inside_drops
    assert drops[["rule", "chinese"]].to_numpy().tolist() == [["furniture", 6]]
    assert page[drops.start[0] : drops.end[0]].strip() == "编辑:小王小李"


# ---------------------------------------------------------------- hostile pages

HOSTILE = {
    "brackets": "(" * 100_000,
    "closing brackets": "中)" * 10_000,
    "one line": "云川市发布集成电路政策,支持企业研发。" * 5_000,
    "one line of gaps": "云川市 发布 政策。 " * 800,
    "quotes": "“" * 20_000 + "。" + "”" * 20_000,
    "titles": "《" * 20_000 + " 半 " + "》" * 20_000,
    "spaces": "中 " * 5_000,
    "asterisks": "**" * 10_000,
    "pinyin": "会(huì)" * 3_000,
    "notices": "本文仅代表作者观点。" * 1_000,
    "markers": "相关推荐\n" * 1_500,
    "markers in an article": "云川市发布集成电路政策,支持企业研发。\n相关推荐\n" * 500,
    "pages of a PDF": "— 1 —\n" * 1_500,
    "signatures": "云川省工信厅\n2024年5月6日\n" * 800,
    "bars": "要闻|财经|" * 5_000,
    "blank lines": "\n" * 10_000,
    "nothing but ends": "\r" * 6_000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_whole(page):
    """How cost grows with length is measured by benchmarks/fuzz.py."""
    assert replay(page, clean(page).pieces) == clean(page).text


def test_lines_that_share_a_margin_are_joined_and_only_the_deeper_one_begins_a_paragraph():
    """`pdftotext -layout` sets a whole page off from the edge."""
    lines = [
        "          云川市集成电路产业发展情况",
        "",
        "        今年以来,云川市加快推进集成电路产业发展,全市集成电路产业实现产值",
        "    120亿元,同比增长15.3%。全市现有集成电路企业86家,其中设计企业52",
        "    家、封装测试企业9家。市经信局负责人表示,下一步将继续支持企业研发,",
        "    推动产业链上下游协同。",
        "        云川大学今年新设集成电路学院,首批招收学生120人。市里还出台了奖励",
        "    办法,对引进的高层次人才最高奖励200万元。",
    ]
    page = clean("\n".join(lines) + "\n")
    assert page.text == clean("\n".join(line[4:] for line in lines) + "\n").text
    assert page.text.split("\n")[0] == "云川市集成电路产业发展情况"
    assert len(page.paragraphs) == 3 and "企业52家、封装" in page.text and "奖励办法" in page.text


def test_wide_gaps_between_letters_or_figures_end_no_line():
    title, body = "某市园区引入设计平台", "园区引入 EDA  IP 平台和 NOR  Flash 产线,总投资20亿元。"
    page = f"{title}  2024-05-06  某市今日发布新政,支持企业研发。  {body}  产值分别为 2000  2500  3000 亿元。"
    text = clean(page).text
    assert [text.replace(" ", "").count(words) for words in (body.replace(" ", ""), "200025003000亿元")] == [
        1,
        1,
    ]


def test_entities_and_notices_inside_an_article_are_dropped_by_name():
    page = clean("某市发布芯片新政\n某市今日发布&nbsp;芯片新政,支持企业研发。本文仅代表作者观点。\n")
    assert page.text == "某市发布芯片新政\n某市今日发布芯片新政,支持企业研发。\n"
    dropped = page.apparatus.query("action == 'drop'")
    assert {(page.raw[row.start : row.end], row.rule) for row in dropped.itertuples()} >= {
        ("&nbsp;", "entities"),
        ("本文仅代表作者观点。", "furniture"),
    }
