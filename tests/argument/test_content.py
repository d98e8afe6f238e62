"""Notebook 07: its counts found another way, and that each act, rack and telling is that of its body."""

import re

import pandas as pd
import pytest
from argument import charts, comparing, findings, surviving, worlds
from argument.findings import content
from handtables import find, records, table

from chipnotes.files import FIGURES


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


@pytest.fixture(scope="module")
def text(pages):
    return pages.corpus["002"].text


def test_the_page_has_one_verb_of_issuing_beside_its_headline(text):
    """印发 is issued, 颁布 the headline's promise, 征求意见 out for comment; nothing else is promulgated."""
    verbs = re.findall("印发|颁布|出台|发布|施行|征求意见", text)
    assert verbs == ["颁布", "印发", "征求意见"]
    assert text.index("接连颁布新政策") < text.index("上海市市场监督管理局印发了")
    # the body before each verb is the city's own
    assert re.search(r"上海市市场监督管理局印发了《高水平构建质量基础设施", text)
    assert re.search(r"上海经信委就“重点产业领域人才专项奖励实施办法”公开征求意见", text)


def test_the_first_line_announces_talent_and_platforms_too(text):
    """The headline says a big move; policies, talent and platforms are of the first line."""
    lines = [line for line in text.split("\n") if line]
    headline = next(line for line in lines if "再放大招" in line)
    first = next(line for line in lines if "颁布" in line)
    assert "政策" not in headline and lines.index(headline) < lines.index(first)
    assert all(word in first for word in ("集成电路", "新政策", "人才引进", "平台建设"))


def test_the_plan_names_chips_once_in_a_list_of_testing(text):
    plan = text[text.index("上海市市场监督管理局印发了") :].split("\n")[0]
    assert plan.count("芯片") == 1 and "集成电路" not in plan
    assert re.search("芯片[^。]*检测技术突破", plan)


def test_the_finding_on_the_headline_is_that_of_the_ledger(pages):
    rows = [row for row in records("shanghai_acts") if row["new_policy"] in ("yes", "draft")]
    assert [row["act"] for row in rows] == ["quality-plan", "talent-draft"]
    assert [row["who"] for row in rows] == ["上海市市场监督管理局", "上海市经济和信息化委员会"]
    found = content.headline(pages)
    assert found["count"] == sum(row["chips"] == "alone" for row in rows) == 0 and len(rows) == 2
    assert "neither is for chips alone" in findings.of_notebook("07")[0].say()[0]
    assert found["texts"] == [
        "an action plan on quality infrastructure",
        "a draft award for talent in eight fields",
    ]
    assert pages.number("002-talent-industries").low == 8
    assert [row["new_policy"] for row in rows] == ["yes", "draft"]
    assert found["titles"] == 2


@pytest.mark.parametrize("coder", ["A", "B", "agreed", "rule"])
def test_no_coder_has_a_measure_of_the_city_for_chips_alone(pages, text, coder):
    """By words instead of places: units about chips that name one of the city's offices or its secretary."""
    units = pages.read_by(coder).codes.query("seed == '002' and instrument != 'none' and chips == 'yes'")
    words = [text[unit.start : unit.end] for unit in units.itertuples()]
    assert len(words) > 8 and not any(
        re.search("市场监督|陈吉宁|他表示|经信委|统计局", unit) for unit in words
    )
    assert content.coded(pages.read_by(coder)) == 0
    assert comparing.spread(pages, content.coded)["high"] == 0


def test_a_measure_of_the_city_for_chips_alone_would_be_seen(pages, monkeypatch):
    whole = pages.table("shanghai_acts")
    changed = whole.assign(chips=whole.chips.where(whole.act != "talent-draft", "alone"))
    changed["actor"] = changed.actor.where(changed.act != "donghai-college", "city body")
    read = worlds.World.table
    told = {"shanghai_acts": changed}
    monkeypatch.setattr(
        worlds.World, "table", lambda world, name: told[name] if name in told else read(world, name)
    )
    for found in findings.of_notebook("07")[:2]:
        assert found.margin(found.compute(pages)) <= 0
    assert content.headline(pages)["count"] == 1 and content.for_chips_alone(pages)["city"] == 2
    assert content.coded(pages) > 0


def test_acts_for_chips_alone_are_those_whose_words_are_of_chips(pages, text):
    alone = [row for row in records("shanghai_acts") if row["chips"] == "alone"]
    found = content.for_chips_alone(pages)
    assert (len(alone), len(found["acts"]), found["city"], found["titles"]) == (7, 7, 0, 2)
    assert found["who"] == ["universities", "a park", "a vocational college with a firm"]
    by = pd.Series([row["actor"] for row in alone]).value_counts().to_dict()
    assert by == {"college and firm": 3, "park": 1, "university": 3}
    # all are in place, none has a sum or a number of students
    assert {row["legal_status"] for row in alone} == {"in_place"}
    assert not any(re.search(r"元|名|人(?!才|工)", row["number"]) for row in alone)
    other = "人工智能|生物医药|软件|航空|低空|未来健康|信息通信|心理|机器人"
    for row in alone:
        assert "集成电路" in row["quote"] and not re.search(other, row["quote"])
    # the titles are those that the city approved
    approved = [row["act"] for row in alone if re.search("获批上海市.*集成电路", row["quote"])]
    assert approved == ["donghai-cluster", "park-title"]
    years = [re.search("20..", row["when"]) for row in alone if row["when"][:2] == "20"]
    assert sorted({year[0] for year in years}) == ["2021", "2024"]


def test_acts_near_chips_stay_out_by_their_words(pages, text):
    acts = {row["act"]: row for row in records("shanghai_acts")}
    for act in ("donghai-application", "dean-hope", "compute-platform", "compute-alliance"):
        assert acts[act]["chips"] == "not named" and not re.search("集成电路|芯", acts[act]["quote"])
    assert re.search("期待通过[^。]*人才培养与产业发展", text)
    assert acts["park-platforms"]["chips"] == "among others"
    assert (
        "为集成电路、人工智能、低空经济、未来健康等"
        in find(pages.corpus, acts["park-platforms"]).sentence.text
    )
    # a chip school counts by itself, here as in the table of measures for people
    schools = {row["who"] for row in records("shanghai_pipeline") if row["measure"] == "new chip school"}
    assert schools == {row["who"] for act, row in acts.items() if act.endswith("chip-school")}
    assert len(schools) == 2


def test_one_college_is_told_three_times_and_is_the_colleges_own(pages, text):
    tellings = ["集成电路学院,再+1", "我国集成电路高校再添一所", "同时建立上海东海·南麟集成电路产业学院"]
    assert all(text.count(telling) == 1 for telling in tellings)
    found = content.for_chips_alone(pages)
    assert len(found["told"]) == 3 and "a vocational college with a firm" in found["who"]
    assert re.search("上海东海职业技术学院自2021年.*双方.*同时建立上海东海·南麟集成电路产业学院", text)
    shown = [row["quote"] for row in records("passages") if (row["notebook"], row["finding"]) == ("07", "2")]
    assert shown[:3] == tellings


def test_the_racks_stand_in_a_sentence_of_the_new_area(pages, text):
    sentence = pages.corpus["002"].find("批复的机架数超4.15万个").sentence.text
    assert "临港新片区" in sentence and "临港浦江" not in sentence
    assert text.index("临港浦江打造未来先导产业创新生态,算力是重点") < text.index(sentence)
    assert not re.search("临港浦江[^。]*机架|机架[^。]*临港浦江", text)
    found = content.racks(pages)
    assert (found["approved"], found["built"]) == ("more than 41,500", "more than 23,500")
    assert found["place"] == "Lingang New Area" and found["own"].empty
    assert found["other"] and found["rate"] == round(100 * 2.35 / 4.15) == 57
    facts = {row["id"]: row for row in records("external_facts")}
    assert "Minhang" in facts["x45"]["statement"] and "two entries" in facts["x46"]["statement"]
    assert facts["x46"]["source_date"][:4] == "2022" and facts["x45"]["source_date"][:4] == "2023"


def test_the_award_before_stands_before_the_draft(pages, text):
    table = content.award(pages).set_index("term")
    assert re.search("由“满2年”变成“满1年”", text)
    assert table.loc["age of the firm, at least", ["rule of 2022", "draft of 2024"]].tolist() == [
        "two years",
        "one year",
    ]
    research = table.loc["research spending, at least"]
    assert "5 %" in research["rule of 2022"]
    assert research["draft of 2024"] == "or 30 million yuan a year, intensity 3 %"
    # the caps are of copies, the rest of the blog
    assert table["told by"].tolist() == ["blog", "blog", "copies"]
    assert not re.search("30万|50万|奖励上限", text)
    assert re.search("增长达5%”,如今新增“年度研发资金投入3000万元,且强度不低于3%”", text)
    caps = table.loc["caps a person"]
    assert caps["rule of 2022"] == caps["draft of 2024"] == "300,000 and 500,000 yuan"
    draft = next(row for row in records("external_facts") if row["id"] == "x11")["statement"]
    assert "500,000 for the three pioneer industries" in draft


def test_all_five_signatories_are_named(pages):
    row = pages.table("naming").query("what == 'firms that signed for the computing alliance'").iloc[0]
    assert int(row.named) == int(row.counted) == len(row.quote.split("等")[0].split("、")) == 5


def test_without_the_shanghai_page_its_findings_are_not_asked():
    world = worlds.changed()["without Shanghai blog 2024"]
    passages = table("passages").query("notebook == '07'")
    for found in findings.of_notebook("07"):
        rests_on = set(passages.seed[passages.finding == str(found.number)])
        assert rests_on and surviving.cell(found, world, rests_on)[0] == "not asked", found.key


def test_the_figure_has_each_act_in_the_row_of_its_body(pages):
    shown = charts.content.who_acts(pages)
    drawn = pd.read_csv(FIGURES / "07-who-acts.csv", encoding="utf-8-sig")
    acts = pd.DataFrame(records("shanghai_acts"))
    assert len(drawn) == len(acts) == 26 and (drawn.what == acts.what).all()
    city = drawn[acts.actor.isin(["city body", "city Party secretary"])]
    assert set(city.who) == {"city offices", "city Party secretary"} and "alone" not in set(city.chips)
    assert dict(zip(drawn.what, drawn.how_firm))["draft award for talent in eight fields"] == "draft"
    title = "Seven acts are for chips alone, of universities, a park and a vocational college with a firm; "
    title += "none of the city's offices"
    assert shown.text.startswith(f"title: {title}\n")
    assert "universities 3, a college with a firm 3 and a park 1, none of the city offices" in shown.alt
    alone = acts[acts.chips == "alone"]
    assert all("学院" in who or "大学" in who or "国际科技城" in who for who in alone.who), set(alone.who)
    assert "quality plan issued, chips among others" in shown.alt


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_the_city_its_titles_and_the_racks(pages, text):
    one, two, three = (found.say() for found in findings.of_notebook("07"))
    first = text.split("\n")[1]
    assert "接连颁布新政策" in first and one[0].startswith("A blog's opening announces new chip policies")
    acts = records("shanghai_acts")
    texts = [row for row in acts if row["new_policy"] != "no"]
    assert (
        len(texts) == 2
        and "alone" not in {row["chips"] for row in texts}
        and one[0].endswith("neither is for chips alone.")
    )
    assert "Inside the city's acts readers A, B and the rule code no measure for chips alone." in one[1]
    assert "The two titles in the city's name count as acts of those who got them." in one[1]
    titles = [row for row in acts if "获批上海市" in row["quote"] and row["chips"] == "alone"]
    assert {row["actor"] for row in titles} == {"college and firm", "park"}
    assert (
        "; the city's part is titles in its name." in two[0] and "which body gave them is left open" in two[1]
    )
    assert not any(
        re.search("(委|局|厅|政府)[^。,]*获批|获[^。,]*(委|局|厅)批", row["quote"]) for row in titles
    )
    assert two[1].endswith("None of the seven names a sum or a number of students.")
    # told as the state of the park, and in no row
    assert "该园区已汇聚全自研GPU设计独角兽企业" in text and not any("已汇聚" in row["quote"] for row in acts)
    assert "stays out, and so do chip firms that are in the park" in two[1]
    assert three[0].startswith(
        "The park in the heading has no figures of computing capacity; the racks, more than"
    )
    assert "are those of another place, the Lingang New Area" in three[0] and "keep the two apart" in three[1]
    assert (
        "批复的机架数超4.15万个,已建成的机架数超2.35万个" in text
        and "approved and more than 23,500 built" in three[0]
    )
    assert "are titles in the city's name, in the rows of those who got them" in " ".join(
        charts.prose.TOLD["07-who-acts"]["caption"].split()
    )


def test_one_opening_and_two_numbers_that_say_over(text):
    two, three = (found.say() for found in findings.of_notebook("07")[1:])
    assert text.count("揭牌成立") == 1 and two[0].endswith(
        "The “one more college” is one opening, told three times."
    )
    racks = re.findall(r"机架数(超?)[\d.]+万个", text)
    assert (
        racks == ["超", "超"]
        and "Both numbers say 超, “over”; taken at face value 57 percent are built." in three[1]
    )
