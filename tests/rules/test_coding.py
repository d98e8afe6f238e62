"""Coding by rule: the codebook is whole, and the rule coder does what the book says."""

from pathlib import Path

import pandas as pd
import pytest

from chipnotes.rules import coding

OWN = pd.read_csv(
    Path(__file__).parent / "fixtures" / "rule_codes.tsv",
    sep="\t",
    skiprows=1,
    dtype="str",
    keep_default_na=False,
    quoting=3,
)
JUDGED = ["instrument", "value_chain", "firmness", "chips"]
SHOWN = "label zh definition pattern examples counter_examples side stip_family level".split()
BOOK = pd.DataFrame(
    {"dimension": dimension, "code": code} | {key: entry.get(key, "") for key in SHOWN}
    for dimension in coding.DIMENSIONS
    for code, entry in coding.book()[dimension].items()
)

FRAME = {
    "side": "supply environment demand none",
    "instrument": "talent rd_support infrastructure_platforms information_services public_funds land compute "
    "goals_planning regulation_standards tax_finance cooperation_governance clusters_ecosystem "
    "ip_innovation_climate procurement market_development demonstration trade_exchange "
    "supply_demand_matching none",
    "value_chain": "design eda_ip materials equipment fabrication packaging_test compound_semiconductors "
    "photonics display terminals_systems automotive ai_compute whole_chain none",
    "firmness": "none exhortation framework mechanism resource done",
    "chips": "yes general no",
    "self_reliance": "yes no",
}
FAMILIES = {
    "Governance",
    "Direct financial support",
    "Indirect financial support",
    "Collaborative infrastructures (soft and physical)",
    "Guidance, regulation and incentives",
    "none",
}


def units_of(text, role="body"):
    """The sentences of a text as a table of units, each a unit of one paragraph."""
    sentences = [s + "。" for s in text.rstrip("。").split("。")]
    rows = [("x", 0, 0, unit, n, n, 1, 1, role) for n, unit in enumerate(sentences, 1)]
    return pd.DataFrame(rows, columns="seed start end surface unit sent article para role".split())


def judge(text, role="body"):
    return coding.code_units(units_of(text, role))


# ---------------------------------------------------------------- the codebook


@pytest.mark.parametrize("dimension", coding.DIMENSIONS)
def test_the_frame_is_whole(dimension):
    assert list(coding.book()[dimension]) == FRAME[dimension].split()


def test_every_code_is_explained():
    for column in ("label", "zh", "definition"):
        assert (BOOK[column].str.len() > 0).all(), column
    shown = BOOK[BOOK.dimension != "side"]
    assert shown.examples.str.len().all() and shown.counter_examples.str.len().all()
    # what is left over when nothing fires has no pattern
    assert set(shown[shown.pattern == ""].code) == {"none", "no"}
    assert len(coding.book()["principles"]) >= 8


def test_every_instrument_has_a_side_and_a_family():
    instruments = BOOK[BOOK.dimension == "instrument"]
    assert set(instruments.side) == set(coding.book()["side"])
    assert set(instruments.stip_family) <= FAMILIES
    assert list(BOOK[BOOK.dimension == "firmness"].level) == [0, 1, 2, 3, 4, 5]


def examples(column):
    book = BOOK[BOOK.dimension.isin([*JUDGED, "self_reliance"])]
    return [(r.dimension, r.code, s) for r in book.itertuples() for s in getattr(r, column)]


@pytest.mark.parametrize(("dimension", "code", "sentence"), examples("examples"))
def test_the_rule_codes_the_examples(dimension, code, sentence):
    assert set(judge(sentence)[dimension]) == {code}


@pytest.mark.parametrize(("dimension", "code", "sentence"), examples("counter_examples"))
def test_the_rule_spares_the_counter_examples(dimension, code, sentence):
    assert code not in set(judge(sentence)[dimension])


# ---------------------------------------------------------------- rule coder


@pytest.mark.parametrize("row", list(OWN.itertuples(index=False)), ids=lambda row: row.sentence[:12])
def test_the_rule_on_sentences_of_no_page(row):
    coded = judge(row.sentence).iloc[0]
    wrong = [d for d in JUDGED if coded[d] != getattr(row, d)]
    # a known failure that now succeeds must be taken out of the list
    assert " ".join(wrong) == row.rule


def test_the_pattern_column_says_what_fired():
    coded = judge("两地签订协议,共建芯片测试平台。市长表示,要攻克“卡脖子”技术。2019年产值增长8%。")
    for row in coded.itertuples():
        notes = dict(note.split("=", 1) for note in row.pattern.split("; "))
        assert {d: notes[d].split(":")[0] for d in [*JUDGED, "self_reliance"]} == {
            d: getattr(row, d) for d in [*JUDGED, "self_reliance"]
        }
        for note in notes.values():
            surface = note.split(":", 1)[1]
            assert surface in ("context", "default") or all(
                part in row.surface for part in surface.split("+")
            )


@pytest.mark.parametrize("row", list(OWN.itertuples(index=False)), ids=lambda row: row.sentence[:12])
def test_width_of_punctuation_changes_no_code(row):
    wide = row.sentence.translate(str.maketrans(",;()%!?:", "，；（）％！？："))
    columns = ["instrument", "second", *JUDGED[1:], "self_reliance"]
    assert judge(wide)[columns].values.tolist() == judge(row.sentence)[columns].values.tolist()


def test_a_byline_and_a_figure_have_no_instrument():
    assert set(judge("本报记者 陈钧 签订合作协议。", "byline").instrument) == {"none"}
    assert set(judge("2019年,全省电子信息产业营业收入突破万亿元大关。").instrument) == {"none"}


def test_a_measure_takes_its_field_from_its_paragraph_and_a_scene_does_not():
    first, second, third = judge("推动集成电路产业发展。鼓励企业研发。天气很好。").itertuples()
    assert (second.chips, second.value_chain) == ("yes", "whole_chain")
    assert "chips=yes:context" in second.pattern
    assert (third.chips, third.value_chain) == ("no", "none")


def test_an_unless_bars_only_what_it_overlaps():
    assert set(judge("自然科学基金资助的会议在渝举行。").instrument) == {"none"}
    assert set(judge("自然科学基金之外,市里设立产业基金。").instrument) == {"public_funds"}


def test_a_speech_is_an_exhortation_in_every_part_of_its_sentence():
    def spoken():
        units = units_of("市长表示,将推动核心技术攻关;。加快产业链水平提升。").assign(sent=1)
        return list(coding.code_units(units).firmness)

    assert spoken() == ["exhortation", "exhortation"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("研制一批自主可控的技术标准。", "yes"),
        ("破解“卡脖子”难题。", "yes"),
        ("实现高水平科技自立自强。", "yes"),
        ("国产化率达到30%。", "yes"),
        ("加快国产替代。", "yes"),
        ("国产品牌占比提升。", "yes"),
        ("中国产业规模扩大,全国产量增长,我国产能居前。", "no"),
        ("两国产品互认。", "no"),
        ("高校自主招生,毕业生自主择业。", "no"),
        ("保障产业链供应链安全。", "no"),
    ],
)
def test_self_reliance_is_what_the_unit_itself_says(sentence, code):
    assert judge("国产算力产业联盟成立。" + sentence).self_reliance.tolist() == ["yes", code]
