"""Notebook 01: the announcements and the coded measures, counted again and read against the pages."""

import csv
import re

import pytest
from argument import charts, worlds
from argument.findings import announced, of_notebook

from chipnotes.files import SEEDS

STEPS = "design eda_ip materials equipment fabrication packaging_test".split()


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


def rows(name):
    """A ledger as dicts, read without the package."""
    with (SEEDS / "ledgers" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def coded(coder, **wanted):
    kept = [row for row in rows("codes") if row["coder"] == coder]
    return [row for row in kept if all(row[key] in value for key, value in wanted.items())]


def test_what_is_in_place_and_whose_it_is(pages):
    """By hand: two acts of schools, one of a park, two of CUMEC; Sichuan's own; two titles of Shanghai."""
    told = {row["id"]: row for row in rows("announcements")}
    placed = {key for key, row in told.items() if row["legal_status"] == "in_place"}
    others = {"002-schools", "002-college", "002-park", "004-pdk", "004-aichip"}
    assert placed == others | {"000-lab", "002-title", "002-course"} and len(told) == 19
    assert told["000-lab"]["level"] == "province" and told["002-title"]["level"] == "city"
    found = announced.in_place(pages)
    assert found["by_others"] == 5 == len(others)
    assert (len(found["in_place"]), len(found["all"])) == (8, 19) and found["by_others"] > 8 / 2
    assert found["authorities"] == ["titles", "a plan", "a signed fund", "a draft", "intentions"]
    assert found["owners"] == ["schools", "a park", "a state-founded centre"]


def test_who_the_authorities_are_by_the_words_of_the_page(pages):
    told = {row["id"]: row["who"] for row in rows("announcements")}
    assert told["002-plan"] == "上海市市场监督管理局" and told["002-award"] == "上海市经济和信息化委员会"
    assert {told[one] for one in ("003-compound", "003-choke", "003-cars")} == {told["003-cars"]}
    assert "恽淇丞" in told["003-cars"] and "陈吉宁" in told["002-speech"] and "刘成川" in told["000-speech"]
    table = announced.of_authorities(pages)
    assert len(table) == 11 and set(table.page[table.status == "speech"]) == {
        "Yibin summit 2020",
        "Chip deal 2023",
        "Shanghai blog 2024",
        "Wujin visit 2025",
    }


def test_the_state_stands_near_what_is_in_place(pages):
    """What the prose says of the centre, the laboratory, the titles and the award stands on the pages."""
    daily, deal, blog = (pages.corpus[one].text for one in ("004", "000", "002"))
    assert "中国电子科技集团有限公司与我市合作建设的联合微电子中心" in daily and "获得资助的项目之" in daily
    assert "国家重点实验室和国家示范性微电子学院" in deal.split("苏平表示")[1].split("\n")[0]
    assert "2021年临港浦江国际科技城获批上海市" in blog and "获批上海市“集成电路技术高水平专业群”" in blog
    assert "相比即将到期的上一版实施办法" in blog


def test_each_status_is_a_word_of_its_page(pages):
    """Exchanged statuses or pages fail here: the word that decides stands on the page."""
    table = announced.announcements(pages)
    for row in table.itertuples():
        (page,) = [page for page in pages.corpus if page.name == row.page]
        assert row[4].startswith("其中") or all(part in page.text for part in row[4].split("…")), row
    told = dict(zip(table["the page's word"], table["how firm"], strict=True))
    firm = {"建成": "in place", "获批": "in place", "搭建": "in place", "印发": "issued", "签订": "signed"}
    assert {word: told[word] for word in firm} == firm and told["公开征求意见"] == "draft"
    assert told["勉励"] == told["表示"] == "said"


def test_the_process_was_released_before_the_call_and_the_rivals_are_the_pages(pages):
    text = pages.corpus["004"].text
    order = [
        "2020年5月30日",
        "开始向全球提供硅光芯片流片服务",
        "格芯半导体",
        '借"东风"',
        "2020年8月",
        "共同出资2000万元",
    ]
    places = [text.index(words) for words in [*order, "完成了光电混合AI芯片设计与封测展示"]]
    assert places == sorted(places)


def test_no_single_step_counted_again(pages):
    body = [row for row in coded("agreed", chips=["yes"]) if row["instrument"] != "none"]
    chain = [row["value_chain"] for row in body]
    found = announced.whole_chain(pages)
    assert (found["whole"], found["all"]) == (chain.count("whole_chain"), len(chain)) == (31, 37)
    assert not set(chain) & set(STEPS) and found["single"] == 0
    for coder in ("A", "B"):  # nor to a reader alone, nor to the rule
        own = [row for row in coded(coder, chips=["yes"]) if row["instrument"] != "none"]
        assert not {row["value_chain"] for row in own} & set(STEPS)
    assert announced.subjects(pages).query("group == 'step'")["the rule"].sum() == 0
    assert [row["seed"] for row in body if row["value_chain"] == "photonics"] == ["004"] * 4
    assert found["again"] == 3 and sum(row["same_as"] != "" for row in body) == 3
    spread = found["spread"]()
    assert spread["low"] <= 100 * found["whole"] / found["all"] <= spread["high"]


def test_eight_of_them_are_on_one_college(pages):
    """By hand: the statements from the heading of the college to the wish of its head."""
    body = [row for row in coded("agreed", chips=["yes"], seed=["002"]) if row["instrument"] != "none"]
    college = [row for row in body if int(row["start"]) in (994, 1123, 1160, 1242, 1265, 1297, 1406, 1489)]
    assert len(college) == 8 and {row["value_chain"] for row in college} == {"whole_chain"}
    (park,) = [row for row in body if "芯片测试" in row["quotation"]]
    assert "集成电路设计" in park["quotation"] and park["value_chain"] == "whole_chain"


def test_the_range_over_readers_is_that_of_their_codes(pages):
    table = announced.subjects(pages)
    totals = []
    for name, coder in (("decided", "agreed"), ("reader A", "A"), ("reader B", "B")):
        own = [row for row in coded(coder, chips=["yes"]) if row["instrument"] != "none"]
        chain = [row["value_chain"] for row in own]
        assert table[name]["silicon photonics"] == chain.count("photonics")
        totals.append(table[name].sum())
    assert totals == [37, 39, 37] and table["the rule"].sum() == 40


def test_self_reliance_on_every_page_but_the_summits(pages):
    for coder in ("agreed", "A", "B"):
        own = coded(coder, self_reliance=["yes"])
        assert len(own) == 10 and {row["seed"] for row in own} == {"000", "002", "003", "004"}
    firms = [row for row in coded("agreed", self_reliance=["yes"]) if row["seed"] == "004"]
    firms += [row for row in coded("agreed", self_reliance=["yes"]) if "全自研" in row["quotation"]]
    assert len(firms) == 3
    assert not any(word in pages.corpus["001"].text for word in ("自主", "自立", "国产", "卡脖子"))
    assert not any("国家安全" in row["quotation"] for row in coded("agreed", self_reliance=["yes"]))
    assert pages.corpus["002"].text.count("自主") == pages.corpus["002"].text.count("自主可控") == 1
    found = announced.self_reliance(pages)
    assert found["most"] == "Shanghai blog 2024" and found["absent"] == ["Yibin summit 2020"]


def test_the_findings_hold_and_fail_where_they_should(pages):
    for found in of_notebook("01"):
        assert found.margin(found.compute(pages)) > 0, found.name
    one, two, three = of_notebook("01")
    assert one.margin({"in_place": range(8), "by_others": 4}) == 0 < one.margin(one.compute(pages))
    assert (
        two.margin({"whole": 9, "all": 10, "single": 1})
        < 0
        < two.margin({"whole": 9, "all": 10, "single": 0})
    )
    assert three.margin({"summit": 1, "page_share": 1.0}) < 0


def test_the_figures_say_what_the_data_say(pages, drawn):
    draw, folder = drawn
    assert (
        "Eight of 19 announcements on chips are in place, most by schools"
        in draw(charts.announced.how_firm, pages).text
    )
    with (folder / "01-how-firm.csv").open(encoding="utf-8-sig", newline="") as file:
        drawn = list(csv.DictReader(file))
    assert [row["how firm"] for row in drawn].count("in place") == 8
    order = list(dict.fromkeys(row["page"] for row in drawn))
    assert order[0].startswith("Yibin") and order[-1].startswith("Wujin") and len(order) == 5
    coloured = {row["who"] for row in drawn if row["authority"] == "True"}
    assert "Wujin's district head" in coloured and not any("CUMEC" in who for who in coloured)
    assert "silicon photonics" in draw(charts.announced.subjects, pages).text.lower()
    assert "chips as a whole,31," in (folder / "01-subjects.csv").read_text(encoding="utf-8-sig")


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_what_is_in_place(pages):
    """ "From authorities come", "the titles are among those in place", "two science departments helped"."""
    said, sure = of_notebook("01")[0].say()
    told = {row["id"]: row for row in rows("announcements")}
    office = [row for row in told.values() if row["level"] in ("city", "city department", "state assets")]
    assert {row["legal_status"] for row in office} == {"in_place", "issued", "draft", "signed"}
    assert "From authorities come titles, a plan, a signed fund, a draft" in said
    assert said.startswith(
        "Eight of 19 announcements on chips are in place, most by schools, a park and a state"
    )
    titles = [row for row in told.values() if "获批" in row["quote"]]
    assert [row["legal_status"] for row in titles] == ["in_place", "in_place"]
    assert "The titles are among those in place; so is a laboratory" in sure
    assert told["000-lab"]["legal_status"] == "in_place" and "an official counts as Sichuan's" in sure
    daily = pages.corpus["004"].text
    call = re.search("2020年8月,(重庆市科技局)与(四川省科技厅)启动.*?共同出资", daily)
    project = re.search("联合微电子中心的.*成为了获得资助的项目之", daily)
    assert call.end() < project.start() and "人工智能芯片" in project[0]
    assert "Two science departments helped to fund the centre's project for AI chips." in sure


def test_the_plain_words_on_steps_and_self_reliance(pages):
    one, two = (found.say() for found in of_notebook("01")[1:])
    photonics = coded("agreed", value_chain=["photonics"], chips=["yes"])
    photonics = [row for row in photonics if row["instrument"] != "none"]
    assert len(photonics) == 4 and {row["seed"] for row in photonics} == {"004"}
    assert one[0].startswith(
        "Outside a Chongqing centre for silicon photonics, chips that use light, no measure on"
    )
    assert all("联合微电子中心" in row["quotation"] for row in photonics)
    assert (
        "31 of 37 statements speak of chips as a whole" in one[0]
        and "shares its statement with design" in one[1]
    )
    assert two[0].endswith("None stands in the Yibin summit 2020.")
    same = [{row["start"] for row in coded(coder, self_reliance=["yes"])} for coder in "AB"]
    assert same[0] == same[1] and "Reader A and reader B found the same statements." in two[1]
    assert "Three of them are on firms' own technology." in two[1]
    caption = charts.prose.TOLD["01-how-firm"]["caption"].replace("\n", " ")
    assert (
        "In colour: government and Party offices, their heads and officials, and the state-asset" in caption
    )


def test_the_range_and_the_lines_are_over_readers_and_rule(pages, drawn):
    draw, _ = drawn
    read = [
        pages.read_by(coder, unit)
        for coder in ("agreed", "A", "B", "rule")
        for unit in ("statement", "sentence")
    ]
    shares = sorted(round(announced.whole_share(one)) for one in read)
    assert (shares[0], shares[-1]) == (80, 89)
    assert (
        of_notebook("01")[1]
        .say()[1]
        .startswith("By either reader, a program's rule or whole sentences 80 to 89 percent speak of")
    )
    drawn = draw(charts.announced.subjects, pages).text
    assert drawn.startswith("title: Silicon photonics apart, no measure on chips is for one step alone\n")
    counts = announced.subjects(pages).drop(columns="group")
    assert (counts.min(axis=1) <= counts.decided).all() and (counts.decided <= counts.max(axis=1)).all()
    assert "Lines: from least to most of the decided count, readers A, B and the rule" in drawn


def test_a_step_of_the_value_chain_is_one_that_the_quotation_names():
    words = {
        "光": "photonics",
        "化合物": "compound_semiconductors",
        "舱驾": "automotive",
        "智算": "ai_compute",
    }
    for row in rows("announcements"):
        named = [step for word, step in words.items() if word in row["quote"]] or ["whole_chain"]
        assert [row["value_chain"]] == named, row["id"]
