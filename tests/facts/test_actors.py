"""Actors: every mention in the seeds as read by hand, and what rules alone would find of them."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.files import read_data
from chipnotes.rules import names

SEEDS = pd.read_csv(
    Path(__file__).parent / "fixtures" / "actors_seeds.tsv",
    sep="\t",
    skiprows=1,
    dtype="str",
    keep_default_na=False,
    quoting=3,
)
REGIONS = "四川 重庆 川渝 上海 常州 国家 other".split()


@pytest.fixture(scope="module")
def found(corpus):
    return cn.actors(corpus)


def test_mentions_of_the_seeds_are_those_read_by_hand(found):
    hand = Counter({(r.seed, r.quote, r.name, r.type): int(r.times) for r in SEEDS.itertuples()})
    assert len(hand) == len(SEEDS)
    assert Counter(zip(found.seed, found.surface, found.name, found.type)) == hand


def test_spans_lead_to_the_text_and_do_not_overlap(corpus, found):
    for doc in corpus:
        rows = found[found.seed == doc.id]
        assert rows.surface.tolist() == [doc.text[start:end] for start, end in zip(rows.start, rows.end)]
        assert (rows.start.iloc[1:].to_numpy() >= rows.end.iloc[:-1].to_numpy()).all()
    assert set(found.region) <= set(REGIONS) and (found.en != "").all()


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
    assert names["重庆市经济和信息化委员会"] == {
        "重庆市经信委",
        "重庆市经济信息委",
        "重庆市经济和信息化委员会",
    }
    assert names["上海市经济和信息化委员会"] == {"上海经信委"}
    assert names["成渝"] == {"成渝", "成渝两地"} and names["川渝"] == {"川渝", "川渝两地", "川渝地区"}


def test_a_pair_of_firms_and_their_sides(found):
    region = found.drop_duplicates("name").set_index("name").region
    assert (region["四川英创力电子科技股份有限公司"], region["重庆瀚鼎节能系统工程有限公司"]) == (
        "四川",
        "重庆",
    )
    assert (region["大途电子(深圳)有限公司"], region["四川新翔智联科技有限公司"]) == ("other", "四川")


def test_a_firm_that_is_only_present_in_a_place_has_no_seat_there(found):
    region = found.drop_duplicates("name").set_index("name").region
    assert set(
        region[["微松自动化", "鸿钧瑞华", "览翌航空", "航眺智能", "大道志远", "星宸科技", "元创云端"]]
    ) == {"other"}


def test_rules_alone_on_the_seeds(corpus, monkeypatch):
    """What the rules find when nothing but places and persons is listed: a floor for pages with other bodies.

    The rules were written with the seeds in sight; on other pages expect less.
    """
    rows = read_data("gazetteer.tsv")
    listed = rows[rows.type.isin(["place", "person"])]
    monkeypatch.setattr(
        names, "read_data", lambda name: listed if name == "gazetteer.tsv" else read_data(name)
    )
    names._gazetteer.cache_clear()
    try:
        table = cn.actors(corpus)
    finally:
        names._gazetteer.cache_clear()
    table = table[(table.source == "rule") & ~table.type.isin(["document", "person"])]
    hand = {(r.seed, r.quote) for r in SEEDS.itertuples() if r.type not in ("document", "person", "place")}
    ruled = {(r.seed, r.surface) for r in table.itertuples()}
    assert len(ruled & hand) >= 50
    assert sorted(ruled - hand) == [
        ("001", "新型材料产业园"),
        ("001", "智能终端高科技产业园"),
        ("004", "川渝国资委"),
        ("004", "微电子中心有限责任公司"),
    ]


def test_a_folder_has_names_of_its_own(tmp_path):
    (tmp_path / "900.txt").write_text(
        "云芯投产\n来源:某网 2024-05-07 10:00\n云芯今天在重庆投产,市经信委到场。\n", encoding="utf-8"
    )
    bare = cn.actors(cn.load(tmp_path))
    assert "云芯" not in set(bare.surface)
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "gazetteer.tsv").write_text(
        "# mine\nname\ttype\tregion\taliases\tenglish\n云芯科技\tcompany\t无锡\t云芯\tYunxin\n",
        encoding="utf-8",
    )
    own = cn.actors(cn.load(tmp_path)).query("name == '云芯科技'")
    assert len(own) == 2 and set(own.en) == {"Yunxin"} and set(own.region) == {"无锡"}


def test_no_page_no_mention(corpus):
    assert cn.actors([]).empty and cn.actors([]).dtypes.equals(cn.actors(corpus["003"]).dtypes)
