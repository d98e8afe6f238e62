"""Names by rule: invented lines of other pages, names that no word may lose, gazetteer and glossary sound."""

import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipnotes.files import read_data, schemas
from chipnotes.pages.marks import simplify
from chipnotes.pages.words import tokens
from chipnotes.rules.names import find_names

LINES = pd.read_csv(
    Path(__file__).parent / "fixtures" / "actors_lines.tsv",
    sep="\t",
    skiprows=1,
    dtype="str",
    keep_default_na=False,
    quoting=3,
)
TYPES = schemas()["table"]["actors"]["columns"]["type"]["allowed"]


def names(text, extra=()):
    """The mentions of a text at the edges of its words."""
    starts, at = [], 0
    for token in tokens(text):
        starts.append(at)
        at += len(token)
    return find_names(text, starts, extra)


def surfaces(text, extra=()):
    return [text[m.start : m.end] for m in names(text, extra)]


@pytest.mark.parametrize("row", list(LINES.itertuples(index=False)), ids=lambda row: row.what)
def test_lines_of_other_pages(row):
    half_width = str.maketrans("\uff08\uff09", "()")
    got = [
        (row.line[m.start : m.end].translate(half_width), m.name, f"{m.type}/{m.region}")
        for m in names(row.line)
    ]
    wanted = [actor.rsplit("=", 1) for actor in row.actors.split()]
    assert got == [(words.split(">")[0], words.split(">")[-1], kind) for words, kind in wanted]


# ---------------------------------------------------------------- no name is cut out of a word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("局长高明说,质量提高明显。", ["高明"]),
        ("局长高明介绍,到2025年提高明年产量。", ["高明"]),
        ("主任王平出席。国王平日参观,王平说。", ["王平", "王平"]),
        ("书记方正在会上讲话。方正说,立方正多边形。", ["方正", "方正"]),
        ("区长成立说,公司成立大会召开。", []),
    ],
)
def test_a_person_is_not_cut_out_of_a_word(text, found):
    assert surfaces(text) == found


def test_a_person_is_found_again_where_the_name_stands_by_itself():
    assert surfaces("董事长欧阳青云介绍,欧阳青云将赴渝,随后欧阳青云参观。") == ["欧阳青云"] * 3


def test_a_short_name_is_not_cut_out_of_a_word():
    assert surfaces("中华为何崛起,教育部门表示,自然资源部门回应。") == []
    assert surfaces("华为表示合作,教育部、自然资源部发文。") == ["华为", "教育部", "自然资源部"]


# ---------------------------------------------------------------- who is meant


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "重庆市经济和信息化委员会",
            "重庆市经信委 重庆经信委 重庆市经济信息委 重庆市经济信息委员会 重庆经济和信息化委员会",
        ),
        ("四川省经济和信息化厅", "四川省经信厅 四川经信厅 四川经济和信息化厅"),
        ("上海市经济和信息化委员会", "上海市经信委 上海市经济信息化委 上海经济和信息化委员会"),
        ("四川省科学技术厅", "四川省科技厅 四川科技厅"),
        ("重庆市科学技术局", "重庆市科技局 重庆科技局"),
        ("上海市科学技术委员会", "上海市科委 上海科委"),
        ("国务院国有资产监督管理委员会", "国务院国资委"),
        ("国家市场监督管理总局", "市场监管总局 国家市场监管总局"),
        ("全国两会", "全国两会 全国“两会”"),
    ],
)
def test_a_body_is_known_by_its_short_names(name, forms):
    for form in forms.split():
        (row,) = names(f"据{form}消息,项目开工。")
        assert (f"据{form}消息,项目开工。"[row.start : row.end], row.name) == (form, name)


def test_the_region_of_a_body_is_that_of_its_place_also_inside_one_word():
    assert [(m.name, m.region) for m in names("成都市政府印发方案。")] == [("成都市政府", "四川")]


def test_a_readers_own_names_go_before_the_projects():
    extra = [
        {"name": "云芯科技", "type": "company", "region": "无锡", "aliases": "云芯", "english": "Yunxin"},
        {"name": "重庆", "type": "place", "region": "西部"},
    ]
    found = names("云芯在重庆投产。", extra)
    assert [(m.name, m.region, m.english, m.source) for m in found] == [
        ("云芯科技", "无锡", "Yunxin", "gazetteer"),
        ("重庆", "西部", "Chongqing", "gazetteer"),
    ]
    assert [m.region for m in names("重庆投产。")] == ["重庆"]
    # also where a name of the project's has the form as an alias
    mine = {"name": "成渝公司", "type": "company", "region": "other", "aliases": "重庆市经信委"}
    assert [m.name for m in names("重庆市经信委表示。", [mine])] == ["成渝公司"]


@given(
    st.text(alphabet="重庆上海市经信委公司有限协会联盟与和(),。、《》“”记者王磊副主任表示 \nA1", max_size=80)
)
def test_any_text_gives_sound_rows(text):
    found = names(text)
    assert all(0 <= m.start < m.end <= len(text) and m.type in TYPES for m in found)
    assert all(one.end <= two.start for one, two in zip(found, found[1:]))


@pytest.mark.parametrize(
    "unit", ["公司", "重庆", "市", "局长王", "《", "(", "协会", "、", "记者 王磊 ", "经信委", "王"]
)
def test_a_long_text_of_one_word_is_read(unit):
    found = names(unit * (10_000 // len(unit)))
    assert all(one.end <= two.start for one, two in zip(found, found[1:]))


# ---------------------------------------------------------------- gazetteer and glossary


def test_gazetteer_is_sound():
    rows = read_data("gazetteer.tsv")
    owner = {}
    for row in rows[rows.type != "person"].itertuples():
        for form in [row.name, *filter(None, (row.aliases + "|" + row.short).split("|"))]:
            assert owner.setdefault(form, row.name) == row.name, (
                f"{form} names both {owner[form]} and {row.name}"
            )
            assert simplify(form) == form and form == form.strip()
    for form, sharing in (
        rows[rows.bare != ""].assign(form=rows.bare.str.split("|")).explode("form").groupby("form")
    ):
        assert form not in owner and sharing.region.is_unique, form


def test_glossary_has_one_english_name_for_every_actor():
    glossary, names = read_data("glossary.tsv"), read_data("gazetteer.tsv")
    assert set(names.name[names.note != "no English"]) <= set(glossary.zh)
    assert set(names.name[names.note == "no English"]).isdisjoint(glossary.zh)


# Two words for one thing; any other two terms have different English.
SYNONYMS = [
    "重庆市经信委|重庆市经济信息委",
    "余|多",
    "产业生态圈|产业生态",
    "产业园|产业园区",
    "头部企业|龙头企业",
    "占比|比重",
    "签订|签署",
]


def test_two_terms_share_their_english_only_if_they_are_synonyms():
    shared = read_data("glossary.tsv").groupby("en", sort=False).zh.apply("|".join)
    assert sorted(shared[shared.str.contains("|", regex=False)]) == sorted(SYNONYMS)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("产值", "output value"),
        ("营业收入", "operating revenue"),
        ("主营业务收入", "main-business revenue"),
        ("规模", "scale"),
        ("增加值", "value added"),
    ],
)
def test_the_five_indicators_keep_apart_in_english(zh, en):
    assert read_data("glossary.tsv").set_index("zh").en[zh].startswith(en)


def test_pinyin_has_one_syllable_for_every_character():
    for row in read_data("glossary.tsv").itertuples():
        han = sum("\u4e00" <= c <= "\u9fff" for c in row.zh)
        bare = "".join(c for c in unicodedata.normalize("NFD", row.pinyin) if not unicodedata.combining(c))
        latin = sum(c.isascii() and c.isalpha() for c in row.zh)
        syllables = [s for s in bare.split() if s.islower() and s.isalpha()]
        assert len(syllables) == han, row
        assert sum(c.isupper() for c in bare) == sum(c.isupper() for c in row.zh) and latin == sum(
            c.isupper() for c in bare
        ), row


@pytest.mark.parametrize(
    "zh, pinyin",
    [
        ("恽淇丞", "yùn qí chéng"),
        ("重庆", "chóng qìng"),
        (
            "重点产业领域人才专项奖励实施办法",
            "zhòng diǎn chǎn yè lǐng yù rén cái zhuān xiàng jiǎng lì shí shī bàn fǎ",
        ),
        ("长三角", "cháng sān jiǎo"),
        ("长效合作机制", "cháng xiào hé zuò jī zhì"),
        ("副厅长", "fù tīng zhǎng"),
        ("同比增长", "tóng bǐ zēng zhǎng"),
        ("电子信息", "diàn zǐ xìn xī"),
        ("卡脖子", "qiǎ bó zi"),
        ("供应链", "gōng yìng liàn"),
        ("调研", "diào yán"),
        ("成都", "chéng dū"),
        ("重庆市半导体行业协会", "chóng qìng shì bàn dǎo tǐ háng yè xié huì"),
        ("覆盖率", "fù gài lǜ"),
        ("万国数据", "wàn guó shù jù"),
        ("闵行区", "mǐn háng qū"),
    ],
)
def test_pinyin_of_characters_with_several_readings(zh, pinyin):
    assert read_data("glossary.tsv").set_index("zh").pinyin[zh] == pinyin


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("财政部、工信部联合印发通知。", ["财政部", "工业和信息化部"]),
        ("台积电与长江存储、长鑫扩产。", ["台积电", "长江存储", "长鑫存储"]),
        ("中芯国际投产,中芯另有新厂。", ["中芯国际", "中芯国际"]),
        ("重庆市副市长沐华平表示支持。", ["沐华平"]),
        ("教育部门与通用机械、小米和玉米。", []),
    ],
)
def test_short_names_of_firms_and_ministries_and_holders_of_offices(text, found):
    assert [m.name for m in names(text) if m.type != "place"] == found


# Seats that no form of the name tells, from outside.
SEATS = {"中芯国际": "上海", "华虹集团": "上海"}


def test_a_body_has_the_region_of_the_place_in_its_name():
    """A place that begins a name or alias says its region; without one no firm beyond the pages has one."""
    table = read_data("gazetteer.tsv")
    regions = ("四川", "重庆", "上海", "常州")
    places = {row.name: row.region for row in table[table.type == "place"].itertuples(index=False)}
    places |= {region: region for region in regions}
    for row in table[table.type.isin(["company", "university", "association", "government"])].itertuples():
        forms = [row.name, *filter(None, row.aliases.split("|"))]
        told = {of for form in forms for place, of in places.items() if form.startswith(place)}
        told |= {of for form in forms for place, of in places.items() if f"({place})" in form}
        if row.region in regions and "not in the five pages" in row.note:
            assert told == {row.region} or SEATS.get(row.name) == row.region, row.name
        if len(told) == 1 and told <= set(regions) and row.region in regions:
            assert told == {row.region}, row.name
