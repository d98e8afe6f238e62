"""Notebook 01: the ten announcements and the coded measures, counted again and read against the pages."""

import csv

import pytest
from argument import charts, worlds
from argument.findings import announced, of_notebook

from chipnotes.files import SEEDS


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


def test_four_of_ten_are_in_place_and_no_government_body_did_them(pages):
    ten = [row for row in rows("announcements") if row["main"] == "yes"]
    placed = {row["id"] for row in ten if row["legal_status"] == "in_place"}
    assert len(ten) == 10 and placed == {"002-schools", "002-park", "004-pdk", "004-aichip"}
    found = announced.in_place(pages)
    assert (found["in_place"], found["all"], found["by_government"]) == ("Four", "ten", 0)
    # one issued plan, one draft, two appeals: who they are of, by the words of the page
    texts = {row["id"]: row["who"] for row in ten}
    assert texts["002-plan"] == "上海市市场监督管理局" and texts["002-award"] == "上海市经济和信息化委员会"
    assert texts["003-compound"] == texts["003-choke"] and "恽淇丞" in texts["003-choke"]
    assert found["governments"] == "a plan, a draft and two appeals"


def test_each_status_is_a_word_of_its_page(pages):
    """Exchanged statuses or pages fail here: the word that decides stands in or beside the quotation."""
    table = announced.announcements(pages)
    words = {"成立", "搭建", "开始…提供", "完成了", "印发", "签订", "签约", "公开征求意见", "强调要", "勉励"}
    assert set(table["the page's word"]) == words
    for row in table.itertuples():
        (page,) = [page for page in pages.corpus if page.name == row.page]
        assert all(part in page.text for part in row[4].replace("强调要", "强调…要").split("…")), row
    firm = {"成立": "in place", "印发": "issued", "签订": "signed", "公开征求意见": "draft", "勉励": "speech"}
    told = dict(zip(table["the page's word"], table["how firm"], strict=True))
    assert {word: told[word] for word in firm} == firm


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
    chips = coded("agreed", chips=["yes"])
    body = [row for row in chips if row["instrument"] != "none"]
    chain = [row["value_chain"] for row in body]
    found = announced.whole_chain(pages)
    assert (found["whole"], found["all"]) == (chain.count("whole_chain"), len(chain)) == (31, 37)
    # photonics: four measures, all on the page of the newspaper, each in the article on CUMEC
    assert [row["seed"] for row in body if row["value_chain"] == "photonics"] == ["004"] * 4
    assert {row["seed"] for row in body if row["value_chain"] == "compound_semiconductors"} == {"003"}
    assert found["low"] <= 100 * found["share"] <= found["high"]


def test_the_range_over_readers_is_that_of_their_codes(pages):
    steps = announced.steps(pages)
    for name, coder in (("decided", "agreed"), ("reader A", "A"), ("reader B", "B")):
        own = [row for row in coded(coder, chips=["yes"]) if row["instrument"] != "none"]
        assert steps[name].sum() == len(own)
        assert steps[name]["silicon photonics"] == [row["value_chain"] for row in own].count("photonics")


def test_to_the_rule_ai_computing_is_named_as_often(pages):
    rule = announced.steps(pages)["the rule"]
    assert rule["AI computing"] == rule["silicon photonics"] == rule.drop("no single step").max() == 2
    found = announced.whole_chain(pages.read_by("rule"))
    assert found["step"] == "silicon photonics" and found["share"] > 0.5


def test_self_reliance_on_every_page_but_the_summits(pages):
    for coder in ("agreed", "A", "B"):
        own = coded(coder, self_reliance=["yes"])
        assert len(own) == 10 and {row["seed"] for row in own} == {"000", "002", "003", "004"}
    assert not any(word in pages.corpus["001"].text for word in ("自主", "自立", "国产", "卡脖子"))
    assert "卡脖子" in pages.corpus["003"].text
    found = announced.self_reliance(pages)
    assert found["most"] == "Shanghai blog 2024" and found["absent"] == "None stands in the Yibin summit 2020"


def test_the_findings_hold_and_fail_where_they_should(pages):
    for found in of_notebook("01"):
        assert found.margin(found(pages)) > 0, found.name
    one, two, three = of_notebook("01")
    assert one.margin({"by_government": 1, "by_others": 3}) < 0
    assert (
        two.margin({"share": 0.9, "step": "devices"})
        < 0
        < two.margin({"share": 0.9, "step": "silicon photonics"})
    )
    assert three.margin({"summit": 1, "page_share": 1.0}) < 0


def test_the_figures_say_what_the_data_say(pages, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPNOTES_FIGURES", str(tmp_path))
    assert "Four of ten" in charts.announced.how_firm(pages).text
    with (tmp_path / "01-how-firm.csv").open(encoding="utf-8-sig", newline="") as file:
        drawn = list(csv.DictReader(file))
    order = ["in place"] * 4 + ["issued"] + ["signed"] * 2 + ["draft"] + ["speech"] * 2
    assert [row["how firm"] for row in drawn] == order
    governed = [row["who"] for row in drawn if row["governed"] == "True"]
    assert governed[0].startswith("Shanghai") and governed[2:] == ["Wujin's district head"] * 2
    assert "silicon photonics" in charts.announced.chain(pages).text
    assert "no single step,31," in (tmp_path / "01-chain.csv").read_text(encoding="utf-8-sig")
