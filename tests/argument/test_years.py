"""Notebook 05: two years and a retold sentence, compared again on the texts themselves."""

import csv
import re
from datetime import date

import pytest
from argument import charts, worlds
from argument.findings import of_notebook, years

from chipnotes.files import SEEDS


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


@pytest.fixture(scope="module")
def texts(pages):
    return {page.name: page.text for page in pages.corpus}


def rows(name):
    """A ledger as dicts, read without the package."""
    with (SEEDS / "ledgers" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_departments_sign_in_2020_and_associations_in_2023(pages, texts):
    summit, deal = texts["Yibin summit 2020"], texts["Chip deal 2023"]
    assert "四川省经信厅和重庆市经信委就" in summit and "除川渝两地政府签约之外" in summit
    assert deal.count("签订") == 1 and "联盟重庆市半导体行业协会签订" in deal and "签约" not in deal
    found = years.level(pages)
    assert found["before"] == ["departments", "associations", "firms"] and found["after"] == ["associations"]
    assert (found["electronics"], found["chips"]) == (["electronics"], ["chips alone"])


def test_each_speaker_has_the_rank_of_his_page(pages, texts):
    """By hand: a deputy of each department in 2020, an inspector of each in 2023."""
    summit, deal = texts["Yibin summit 2020"], texts["Chip deal 2023"]
    assert "厅副厅长皮亦鸣" in summit and "委副主任刘忠" in summit and "巡视员" not in summit
    assert "厅二级巡视员苏平" in deal and "委员会二级巡视员刘成川" in deal
    assert not any(post in deal for post in ("厅长", "主任"))
    ranks = {row["year"]: row["value"] for row in rows("chip_years") if row["aspect"] == "officials quoted"}
    assert "deputy" in ranks["2020"] and "inspector" in ranks["2023"]
    assert "by rank and without a post" in of_notebook("05")[0].say()[1]


def test_the_chip_deal_has_no_word_on_the_summit(pages, texts):
    deal = texts["Chip deal 2023"]
    assert not any(word in deal for word in ("2020", "宜宾", "皮亦鸣", "刘忠", "峰会上签约"))
    assert years.level(pages)["absent"] == 7
    assert "has no word on the Yibin summit" in of_notebook("05")[0].say()[0]


def test_neither_page_names_a_sum_or_a_deadline_for_the_cooperation(pages, texts):
    named = years.named(pages)
    assert list(named.index) == ["Yibin summit 2020", "Chip deal 2023"]
    assert named[["money", "by when", "who checks"]].to_numpy().sum() == 0
    assert "亿元" not in texts["Chip deal 2023"] and "到20" not in texts["Chip deal 2023"]
    # the two sums of the summit page are sizes of the industry, one of them without 元 (yuan)
    assert (
        texts["Yibin summit 2020"].count("突破万亿元") == 1 and texts["Yibin summit 2020"].count("亿元") == 1
    )


def test_the_sentence_part_by_part(pages, texts):
    """The two texts without their voice: what is cut from the summit's gives the newspaper's."""
    summit, paper = texts["Yibin summit 2020"], texts["Chongqing Daily 2020"]
    one = summit[summit.index("以成渝地区双城经济圈建设为契机") :].split("。")[0]
    other = paper[paper.index("以成渝地区双城经济圈建设为契机") :].split("。")[0]
    gone = "强化在电子信息产业方面的配套协作,进一步优化、稳定、补齐产业链供应链,"
    assert gone in one and one.replace(gone, "") == other
    assert summit[: summit.index(one)].endswith("皮亦鸣表示,")
    assert paper[: paper.index(other)].endswith("川渝双方均认为")
    found = years.sentence(pages)
    assert (found["kept"], len(found["parts"]), found["both"]) == (4, 6, True)
    parts = [row for row in rows("wording") if row["chain"] == "ecosystem" and "表示" not in row["quote"]]
    assert [row["quote"] in paper for row in parts].count(True) == 4 and len(parts) == 6
    assert (
        "Compared character by character: four of six parts are unchanged." in of_notebook("05")[1].say()[1]
    )
    assert found["weeks"] == 6 and (date(2020, 12, 14) - date(2020, 10, 30)).days == 45
    assert len(found["gone"]) == 2 and "配套" in found["gone"].iloc[0] and "补齐" in "".join(found["gone"])
    # supply stands elsewhere in the article, of electronics; a gap in a chain nowhere
    assert "完善产业配套" in paper.replace(other, "")
    assert not any(word in paper for word in ("补齐", "补链", "缺失", "强链"))


def test_the_measures_lose_their_word(pages, texts):
    listed = texts["Yibin summit 2020"].split("以提升产业配套")[1].split(",加快推动川渝")[0]
    assert (
        "提升产业配套" + listed.split("为重点")[0]
        == "提升产业配套合作、推动技术协作攻关、共建特色产业集群、搭建合作交流平台、加强人才培养合作"
    )
    assert listed.endswith("建立长效合作机制")
    later = texts["Chongqing Daily 2020"].split("通过完善产业配套")[1].split("等,共同推动")[0]
    assert later == "、推动技术攻关、加强人才培养" and not re.search(years.SAID["together"], later)
    found = years.measures(pages)
    assert (len(found["all"]), len(found["repeated"]), found["kept"], found["lost"]) == (6, 3, 0, 3)
    assert found["before"] and "人才培养等,共同推动" in texts["Chongqing Daily 2020"]
    # one sentence: deep cooperation, the three, and others (等), together
    sentence = texts["Chongqing Daily 2020"].split("根据双方的约定")[1].split("。")[0]
    order = ["深度合作", "完善产业配套", "技术攻关", "加强人才培养等", "共同推动"]
    assert [sentence.index(word) for word in order] == sorted(sentence.index(word) for word in order)
    # on the summit page deep cooperation is of the fields, in the paragraph before the measures
    fields, measures = summit_paragraphs(texts)
    assert "据了解" in fields and "深度合作" in fields and "集成电路" in fields
    assert "据了解" not in measures and "深度合作" not in measures and "提升产业配套合作" in measures


def summit_paragraphs(texts):
    lines = texts["Yibin summit 2020"].split("\n")
    (at,) = [k for k, line in enumerate(lines) if "以提升产业配套合作" in line]
    return lines[at - 1], lines[at]


def test_the_later_list_has_business_too(pages, texts):
    """The deal's joint projects and markets stand in the table and on the page."""
    deal = texts["Chip deal 2023"]
    assert (
        "拓展市场长效合作,联合开发集成电路项目及相关业务市场" in deal and "人才、技术、市场等六个领域" in deal
    )
    instruments = {row["year"]: row["value"] for row in rows("chip_years") if row["aspect"] == "instruments"}
    assert (
        "joint chip projects and markets" in instruments["2023"] and "policy research" in instruments["2023"]
    )
    assert "lasting mechanism" in instruments["2020"] and "建立长效合作机制" in texts["Yibin summit 2020"]


def test_older_words_are_older_than_the_summit(pages):
    told = years.earlier(pages)
    assert len(told) == 5 and (told.date < "2020-10-29").all() and (told.date >= "2020-04-30").all()


def test_who_admits_what(pages, texts):
    lacks = years.lacks(pages)
    by = dict(zip(lacks["voice of"], lacks.index, strict=True))
    assert by["Chongqing"] == "Chip deal 2023" and by["Sichuan"] == "Yibin summit 2020"
    assert "补齐产业链关键缺失环节" in texts["Chip deal 2023"].split("刘成川表示")[1].split("\n")[0]
    assert "岷山功率半导体技术研究院" in texts["Chip deal 2023"].split("苏平表示")[1].split("\n")[0]


def test_the_findings_hold_and_fail_where_they_should(pages):
    one, two, three = of_notebook("05")
    assert all(found.margin(found.compute(pages)) > 0 for found in (one, two, three))
    assert one.margin({"fell": False, "absent": 7}) < 0 and one.margin({"fell": True, "absent": 0}) < 0
    assert two.margin({"both": False, "dropped": 2}) < 0
    assert (
        three.margin({"kept": 1, "lost": 2}) < 0 and three.margin({"kept": 0, "lost": 3, "before": False}) < 0
    )


def test_the_figures_say_what_the_texts_say(pages, texts, drawn):
    draw, folder = drawn
    for chart in (charts.years.two_years, charts.years.sentence, charts.years.measures):
        assert draw(chart, pages).alt
    for name in ("05-sentence", "05-measures"):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            drawn = list(csv.DictReader(file))
        for row in drawn:
            assert row["Chinese"] in texts["Yibin summit 2020"]
            assert row["later Chinese"] in texts["Chongqing Daily 2020"]
            assert (row["newspaper"] == "") == (row["change"] == "dropped")


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_years_voices_and_measures(pages, texts):
    one, two, three = (found.say() for found in of_notebook("05"))
    days = {page.name: page.card["published"].year for page in pages.corpus}
    assert (days["Yibin summit 2020"], days["Chip deal 2023"]) == (2020, 2023)
    assert one[0].startswith(
        "In 2020 departments, associations and firms signed on electronics. In 2023 only associations"
    )
    assert one[0].endswith("signed, on chips alone, and their page has no word on the Yibin summit.")
    order = sorted(pages.day(seed) for seed in ("001", "004"))
    assert order == [pages.day("001"), pages.day("004")]
    assert two[0].startswith(
        "What one official says on the summit page is, six weeks later in a newspaper, the view"
    )
    gone = "the view of both sides, shorter by two clauses: on supplying each other and on gaps in the chain."
    assert two[0].endswith(gone)
    assert "Supply stands elsewhere in the article, gaps in the chain nowhere." in two[1]
    assert three[0].endswith(
        "From each that it names its word for cooperating is gone; one “deep cooperation” stands before them."
    )
    sentence = texts["Chongqing Daily 2020"].split("根据双方的约定")[1].split("。")[0]
    before, after = sentence.split("通过")
    listed = after.split("等,")[0]
    assert before.count("合作") == before.count("深度合作") == 1 and listed.count("、") == 2
    assert not any(word in listed for word in ("合作", "协作", "共建"))
    assert "An open list shows nothing dropped; the summit page has “deep cooperation” too" in three[1]
    assert "深度合作" in texts["Yibin summit 2020"] and "等,共同" in sentence
    assert three[1].endswith("“Together” (共同) stands after the newspaper's list.")
    told = {row["id"]: row["value"] for row in rows("chip_years")}
    assert "electronics cluster" in told["cluster-2023"]  # 电子信息, though the deal is on chips
    assert "电子信息先进制造集群入选" in pages.corpus["000"].text


def test_the_plain_words_of_the_figures(pages, drawn):
    draw, _ = drawn
    drawn = [
        draw(chart, pages).text
        for chart in (charts.years.two_years, charts.years.sentence, charts.years.measures)
    ]
    assert drawn[0].startswith(
        "title: In 2020 departments, associations and firms signed; in 2023 only associations\n"
    )
    assert drawn[1].startswith(
        "title: One official's sentence is both sides' in the newspaper, shorter by two clauses\n"
    )
    assert drawn[2].startswith(
        "title: Of six measures the newspaper names three, each without its word for cooperating\n"
    )
    assert "Grey, across both columns: the same words. Tinted: other words. Dashed: gone" in drawn[1]
    (told,) = [row["value"] for row in rows("chip_years") if row["id"] == "instruments-2020"]
    summit = pages.corpus["001"].text
    assert (
        told == "supply, technologies, a corridor, bases, clusters, platforms, training, a lasting mechanism"
    )
    assert all(
        word in summit
        for word in (
            "产业配套合作",
            "技术协作攻关",
            "经济走廊",
            "制造基地",
            "产业集群",
            "交流平台",
            "人才培养合作",
            "长效合作机制",
        )
    )
