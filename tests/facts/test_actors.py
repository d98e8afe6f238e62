"""Actors: every mention in the seeds as read by hand, rules on other lines, one English name for each."""

import importlib
import unicodedata
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chipnotes as cn

from chipnotes.actors import actors
from chipnotes.clean import simplify
from chipnotes.paths import read_data

module = importlib.import_module("chipnotes.actors")  # cn.actors is the function

FIXTURES = Path(__file__).parent / "fixtures"
READ = {"sep": "\t", "skiprows": 1, "dtype": "str", "keep_default_na": False, "quoting": 3}
SEEDS = pd.read_csv(FIXTURES / "actors_seeds.tsv", **READ)
LINES = pd.read_csv(FIXTURES / "actors_lines.tsv", **READ)
TYPES = "government association company university institute platform park fund media person place document".split()
REGIONS = "四川 重庆 川渝 上海 常州 国家 other".split()


def page(text):
    """A document whose clean text is the one given."""
    return SimpleNamespace(id="x", text=text)


def actors_of(text):
    return actors([page(text)])


@pytest.fixture(scope="module")
def corpus():
    return cn.load()


@pytest.fixture(scope="module")
def found(corpus):
    return actors(corpus)


# ---------------------------------------------------------------- the seeds


def test_mentions_of_the_seeds_are_those_read_by_hand(found):
    hand = Counter({(r.seed, r.quote, r.name, r.type): int(r.times) for r in SEEDS.itertuples()})
    assert hand.total() == 254 and len(hand) == len(SEEDS)
    assert Counter(zip(found.seed, found.surface, found.name, found.type)) == hand


def test_spans_lead_to_the_text_and_do_not_overlap(corpus, found):
    for doc in corpus:
        rows = found[found.seed == doc.id]
        assert rows.surface.tolist() == [doc.text[start:end] for start, end in zip(rows.start, rows.end)]
        assert (rows.start.iloc[1:].to_numpy() >= rows.end.iloc[:-1].to_numpy()).all()
    assert set(found.type) <= set(TYPES) and set(found.region) <= set(REGIONS) and (found.en != "").all()


def test_offices_as_the_page_states_them(found):
    stated = found[found.type == "person"].groupby("name").office.unique().map(sorted).to_dict()
    assert stated == {
        "苏平": ["四川省经济和信息化厅二级巡视员"],
        "刘成川": ["重庆市经济和信息化委员会二级巡视员"],
        "皮亦鸣": ["四川省经济和信息化厅副厅长"],
        "刘忠": ["重庆市经济信息委副主任"],
        "周剑宏": ["四川省智能终端产业联盟理事长、宜宾市智能制造行业协会会长、康佳集团移动互联事业部总经理"],
        "陈吉宁": ["中共上海市委书记"],
        "贺瑛": ["上海东海·南麟集成电路产业学院校长"],
        "恽淇丞": ["区委副书记、区长"],
        "王斐": ["副区长"],
        "邓敏军": ["重庆高新区创新服务中心主任"],
        "王磊": ["成都高新区科技和人才工作局副局长"],
        "陈钧": ["本报记者"],
        "夏元": ["本报记者", "记者"],
        "李星婷": ["本报记者"],
        "张亦筑": ["本报记者"],
        "白麟": ["记者"],
    }
    assert (found[found.type != "person"].office == "").all()


def test_one_body_for_all_its_names(found):
    names = found.groupby("name").surface.unique().map(set).to_dict()
    assert names["重庆市经济和信息化委员会"] == {"重庆市经信委", "重庆市经济信息委", "重庆市经济和信息化委员会"}
    assert names["上海市经济和信息化委员会"] == {"上海经信委"}
    assert names["成渝"] == {"成渝", "成渝两地"} and names["川渝"] == {"川渝", "川渝两地", "川渝地区"}


def test_a_pair_of_firms_and_their_sides(found):
    region = found.drop_duplicates("name").set_index("name").region
    assert (region["四川英创力电子科技股份有限公司"], region["重庆瀚鼎节能系统工程有限公司"]) == ("四川", "重庆")
    assert (region["大途电子(深圳)有限公司"], region["四川新翔智联科技有限公司"]) == ("other", "四川")


# ---------------------------------------------------------------- other pages


@pytest.mark.parametrize("row", list(LINES.itertuples(index=False)), ids=lambda row: row.what)
def test_lines_of_other_pages(row):
    table = actors_of(row.line)
    half_width = str.maketrans("\uff08\uff09", "()")
    got = [(r.surface.translate(half_width), r.name, f"{r.type}/{r.region}") for r in table.itertuples()]
    wanted = [actor.rsplit("=", 1) for actor in row.actors.split()]
    assert got == [(words.split(">")[0], words.split(">")[-1], kind) for words, kind in wanted]


def test_rules_alone_on_the_seeds(corpus, monkeypatch):
    """What the suffix rules find when nothing but places and persons is listed: a floor for pages with other bodies.

    The rules were written with the seeds in sight; on other pages expect less.
    """
    rows = read_data("gazetteer.tsv")
    listed = rows[rows.type.isin(["place", "person"])]
    monkeypatch.setattr(module, "read_data", lambda name: listed if name == "gazetteer.tsv" else read_data(name))
    module._gazetteer.cache_clear()
    try:
        table = actors(corpus)
    finally:
        module._gazetteer.cache_clear()
    ends = tuple(module._SUFFIXES)
    hand = {(r.seed, r.quote) for r in SEEDS.itertuples() if r.quote.endswith(ends) and not r.type == "document"}
    ruled = {(r.seed, r.surface) for r in table.itertuples() if r.source == "rule" and r.type not in ("document", "person")}
    assert len(ruled & hand) == 50
    assert sorted(ruled - hand) == [
        ("001", "新型材料产业园"),
        ("001", "智能终端高科技产业园"),
        ("004", "川渝国资委"),
        ("004", "微电子中心有限责任公司"),
    ]
    assert sorted(quote for _, quote in hand - ruled) == sorted(
        "两地协会 两地政府 两地高新区 临港浦江国际科技城 华东师大集成电路学院 宜宾的智能终端高科技产业园 展望十四五·成渝会客厅 工信部运行监测协调局 川渝两地协会 "
        "川渝两地政府 川渝两地的高新区 康佳集团 戴卡捷力轮毂制造公司 成都的新型材料产业园 联合微电子中心有限责任公司 西部(重庆)科学城 西部科学城 "
        "重庆的半导体产业园".split()
    )


def test_empty_and_hostile_texts():
    assert len(actors([])) == 0 and actors([]).dtypes.equals(actors_of("重庆").dtypes)
    for unit in ("公司", "重庆", "市", "局长王", "《", "(", "协会", "、", "记者 王磊 ", "经信委", "王"):
        assert len(actors_of(unit * (60_000 // len(unit)))) >= 0


@given(st.text(alphabet="重庆上海市经信委公司有限协会联盟与和(),。、《》“”记者王磊副主任表示 \nA1", max_size=80))
def test_any_text_gives_sound_rows(text):
    table = actors_of(text)
    assert table.surface.tolist() == [text[start:end] for start, end in zip(table.start, table.end)]
    assert (table.start.iloc[1:].to_numpy() >= table.end.iloc[:-1].to_numpy()).all() and (table.surface != "").all()


# ---------------------------------------------------------------- gazetteer and glossary


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("重庆市经济和信息化委员会", "重庆市经信委 重庆经信委 重庆市经济信息委 重庆经济信息委 重庆市经济信息委员会 重庆经济和信息化委员会"),
        ("四川省经济和信息化厅", "四川省经信厅 四川经信厅 四川经济和信息化厅"),
        ("上海市经济和信息化委员会", "上海市经信委 上海市经济信息化委 上海经济和信息化委员会"),
        ("四川省科学技术厅", "四川省科技厅 四川科技厅"),
        ("重庆市科学技术局", "重庆市科技局 重庆科技局"),
        ("上海市科学技术委员会", "上海市科委 上海科委"),
    ],
)
def test_a_department_is_known_by_its_short_names(name, forms):
    for form in forms.split():
        (row,) = actors_of(f"据{form}消息,项目开工。").itertuples()
        assert (row.surface, row.name) == (form, name)



def test_gazetteer_is_sound():
    rows = read_data("gazetteer.tsv")
    assert rows.name.is_unique
    assert set(rows.type) <= {*TYPES, "none"} and set(rows.region) <= set(REGIONS)
    owner = {}
    for row in rows[rows.type != "person"].itertuples():
        for form in [row.name, *filter(None, (row.aliases + "|" + row.short).split("|"))]:
            assert owner.setdefault(form, row.name) == row.name, f"{form} names both {owner[form]} and {row.name}"
            assert simplify(form) == form and form == form.strip()
    for form, sharing in rows[rows.bare != ""].assign(form=rows.bare.str.split("|")).explode("form").groupby("form"):
        assert form not in owner and sharing.region.is_unique, form


def test_glossary_has_one_english_name_for_every_actor():
    glossary = read_data("glossary.tsv")
    assert glossary.zh.is_unique and (glossary.en != "").all() and len(glossary) >= 250
    assert set(read_data("gazetteer.tsv").name) <= set(glossary.zh)


# Two words for one thing; any other two terms have different English.
SYNONYMS = ["重庆市经信委|重庆市经济信息委", "余|多", "产业生态圈|产业生态", "产业园|产业园区", "头部企业|龙头企业", "占比|比重", "签订|签署"]


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
        assert sum(c.isupper() for c in bare) == sum(c.isupper() for c in row.zh) and latin == sum(c.isupper() for c in bare), row


@pytest.mark.parametrize(
    "zh, pinyin",
    [
        ("恽淇丞", "yùn qí chéng"),
        ("重庆", "chóng qìng"),
        ("重点产业领域人才专项奖励实施办法", "zhòng diǎn chǎn yè lǐng yù rén cái zhuān xiàng jiǎng lì shí shī bàn fǎ"),
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
