"""Notebook 04: its numbers taken another way, from the text and the ledgers, and whose number is whose."""

import re

import pandas as pd
import pytest
from argument import findings, worlds
from argument.charts import trillion as charts
from argument.findings import numbers, trillion
from handtables import records, table

# By hand from lines 13 (summit) and 75 (newspaper): whose, called what, where, and the clause that says so.
CLAUSES = {
    ("Sichuan", "Yibin summit 2020"): ("revenue", "001", "全省电子信息产业营业收入突破万亿元大关"),
    ("Sichuan", "Chongqing Daily 2020"): ("output value", "004", "四川电子信息产业产值突破1万亿元"),
    ("Chongqing", "Yibin summit 2020"): (
        "main-business revenue",
        "001",
        "重庆市着力补链、建链、强链,加快构建“芯屏器核网”产业生态圈,电子信息产业主营业务收入突破7000亿",
    ),
    ("Chongqing", "Chongqing Daily 2020"): ("output value", "004", "产值突破1万亿元,重庆超过7000亿元"),
}


@pytest.fixture(scope="module")
def world():
    return worlds.published()


def test_whose_figure_is_called_what_on_which_page(world):
    sizes = trillion.sizes(world)
    assert {(row.place, row.page): row["name"] for _, row in sizes.iterrows() for row in [row]} == {
        key: name for key, (name, _, _) in CLAUSES.items()
    }
    for _, row in sizes.iterrows():
        _, seed, clause = CLAUSES[row["place"], row.page]
        assert clause in world.corpus[seed].text and row.Chinese in clause
        assert row.low == (1e12 if row["place"] == "Sichuan" else 7e11) and row.bound == "above"
        assert row.amount.startswith("more than ")


def test_the_first_sentence(world):
    said, sure = findings.of_notebook("04")[0].say()
    assert said.index("Sichuan's electronics, more than 1 trillion yuan") < said.index(
        "Chongqing's, more than 700"
    )
    assert (
        "are revenue on the page of the Yibin summit and output value in the Chongqing Daily: probably one"
        in said
    )
    assert "several names" in said and trillion.names(world)["names"] == 3
    x06 = next(row for row in records("external_facts") if row["id"] == "x06")
    assert (
        "main-business revenue of 1.03 trillion yuan for 2019" in sure
        and "1.03万亿元 in 2019" in x06["statement"]
    )
    assert x06["source_date"][:4] in sure and "主营业务收入" in x06["statement"] and x06["carries"] == "yes"


def test_two_pages_share_more_than_the_sums(world):
    """The inference to one statistic rests on shared wording: one run of at least 70 characters."""
    one, other = (world.corpus[seed].text for seed in ("001", "004"))
    runs = (one[at : at + 70] for at in range(len(one) - 69))
    assert any(run in other and "\n" not in run for run in runs)


def test_every_sum_of_money_by_a_plain_search(world):
    """Sums in 元 or, once, in 亿 without it (line 13 of the summit), in the text without boxes."""
    found = 0
    for page in world.corpus:
        for row in page.paragraphs.query("role != 'box'").itertuples():
            text = page.text[row.start : row.end]
            found += len(re.findall(r"(?:\d[\d.]*)?[万亿]+元|收入突破7000亿(?!元)", text))
    sums = trillion.money(world)
    assert len(sums) == found == 10 and not sums["chips alone"].any()
    assert (sums.of.str.startswith("electronics")).sum() == 4 and (sums.of.str.startswith("cars")).sum() == 2
    # who owns which: the lower car sum is Sichuan's ("nearly"), the exact one Chongqing's
    assert dict(zip(sums.words, sums.of, strict=True))["近3000亿元"] == "cars of Sichuan"
    # a sum is said as loosely as its words: 近 nearly, 突破 and 超过 more than, bare ones bare
    bounds = {"近": "nearly ", "突": "more than ", "超": "more than "}
    assert all(row.yuan.startswith(bounds.get(row.words[0], row.yuan[0])) for row in sums.itertuples())
    said = findings.of_notebook("04")[1].say()[0]
    assert "ten sums of money in the articles none is for chips alone; all three trillions are of e" in said


def test_a_sum_for_chips_would_be_seen(world):
    """The teasers of the chip-deal page have two of a mask-maker; with menus left in the finding fails."""
    menus = worlds.changed()["menus"]
    numbers = trillion.no_sum(menus)
    assert numbers["for_chips"] == 2 and findings.of_notebook("04")[1].margin(numbers) < 0


def test_each_trillion_is_of_electronics(world):
    large = trillion.trillions(world)
    assert list(large.page) == ["Chip deal 2023", "Yibin summit 2020", "Chongqing Daily 2020"]
    text = "".join(page.text for page in world.corpus)
    assert len(re.findall("万亿", text)) == 4  # the fourth stands in a number box
    assert large["of electronics"].all()


def test_who_asserts_and_who_repeats(world):
    rows = [row for row in records("complementarity") if row["word"]]
    claims = pd.Series([row["claim"] for row in rows]).value_counts()
    assert (len(rows), claims["asserted"], claims["echoed"], claims["called_for"]) == (13, 1, 1, 8)
    one, other = (next(row for row in rows if row["claim"] == claim) for claim in ("asserted", "echoed"))
    page = world.corpus["004"].text
    assert (
        f'"{one["quote"]}' in page and "皮亦鸣说" in page[page.find(one["quote"]) :][:80]
    )  # quoted, then named
    assert page.count(other["quote"]) == 1 and f'"{other["quote"]}' not in page  # the paper's own voice
    said, sure = findings.of_notebook("04")[2].say()
    assert said.startswith("One official of Sichuan, quoted in a newspaper, says that")
    assert (one["seed"], other["seed"]) == ("004", "004") and "and the newspaper repeats it" in said
    assert "13 passages" in sure and "eight call for complementing or for supplying each other" in sure


def test_size_is_no_fact_of_fit(world):
    """By hand: p17, p20 and p21 have the two sums beside them and nothing else."""
    rows = {row["id"]: row for row in records("complementarity") if row["word"]}
    mere = [key for key, row in rows.items() if row["evidence_article"].endswith("亿元")]
    assert mere == ["p17", "p20", "p21"]
    assert all("亿" not in row["evidence_article"] for key, row in rows.items() if key not in mere)
    near = [key for key, row in rows.items() if row["evidence_paragraph"] and key not in mere]
    assert near == ["p2", "p11", "p12", "p13"] and len(rows) - len(mere) == 10
    total = trillion.complement(world).sum()
    assert total.tolist() == [13, 4, 10]
    said, sure = findings.of_notebook("04")[2].say()
    assert "; beside the repetition stands one fact, the size of both industries." in said
    assert rows["p21"]["claim"] == "echoed" and rows["p21"]["evidence_paragraph"]
    assert rows["p17"]["claim"] == "asserted" and not rows["p17"]["evidence_paragraph"]
    assert sure.endswith(
        "Without mere size four have a fact for it in their paragraph, ten in their article."
    )
    assert {rows[key]["claim"] for key in ("p17", "p21")} == {"asserted", "echoed"}


def test_later_totals_and_what_they_may_carry(world):
    later, facts = trillion.later(world), table("external_facts").set_index("id")
    printed = {"end of 2020": "2万亿元", "2022": "2.2万亿元", "not told": "1.6万亿元"}
    for row in later.itertuples():
        key, when = row.fact, row.of
        assert printed[when] in facts.statement[key]
        assert when == "not told" or when[-4:] in facts.statement[key]
        assert row.value / 1e12 == float(printed[when].removesuffix("万亿元"))
        assert row.by.startswith("own page") == (facts.carries[key] == "yes")
        assert (row.name == "output value") == ("output value" in facts.statement[key].lower())
        assert (row.bound == "above") == bool(re.search("exceeded|over", facts.statement[key]))
    assert list(later.name) == ["not told", "output value", "output value"]
    # no total is of the year in which the copy of October 2024 was printed: the year was not over
    assert facts.source_date["x43"] == "2024-10-24" and facts.source_date["x41"].startswith("2022-11")
    assert list(later.bound) == ["above", "exact", "above"]
    assert not set(later.fact) & set(
        re.findall(r"x\d\d", " ".join(f.sure for f in findings.of_notebook("04")))
    )


def test_cars_by_hand(world):
    found = numbers.cars(world)
    assert found["claim"] == 10
    assert round(found["share"], 1) == round((111.7 + 138) / 2572.1 * 100, 1) == 9.7


def test_the_figures_say_what_their_data_hold(world, drawn):
    draw, folder = drawn
    drawn = draw(charts.sizes, world)
    data = pd.read_csv(folder / "04-one-size-three-names.csv", encoding="utf-8-sig")
    assert list(data["trillion yuan"]) == [1.0, 1.0, 1.03, 0.7, 0.7]
    assert list(data.of) == ["Sichuan"] * 3 + ["Chongqing"] * 2
    assert list(data.bound == "exact") == [where == "outside" for where in data["where"]]
    named = {(row["of"], row["by"]): row["name"] for row in data.to_dict("records")}
    assert named.pop(("Sichuan", "a later report, 2024")) == "main-business revenue"
    assert named == {key: name for key, (name, _, _) in CLAUSES.items()}
    assert drawn.text.startswith("title: Two sizes of electronics stand under three names\n")
    assert drawn.svg.count("more than") >= 4
    # no picture rests on a copy that carries nothing
    assert table("external_facts").set_index("id").carries["x06"] == "yes"
    drawn = draw(charts.about_chips, world)
    data = pd.read_csv(folder / "04-about-chips.csv", encoding="utf-8-sig").set_index("page")
    codes = table("codes").query("coder == 'agreed'")
    for seed, name in ((page.id, page.name) for page in world.corpus if page.id != "004"):  # 004 has boxes
        assert (codes[codes.seed == seed].chips == "yes").sum() == data["on chips"][name]
        assert (codes.seed == seed).sum() == data.statements[name]
    assert data["names a trillion"].to_dict() == {page.name: "万亿" in page.text for page in world.corpus}
    assert "Yibin summit 2020 0 of 20" in drawn.alt and drawn.text.startswith("title: On two of five pages")


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_sums_and_on_fit(world):
    one, two, three = (found.say() for found in findings.of_notebook("04"))
    assert (
        "probably one statistic under several names" in one[0] and "one year, equal sums and shared" in one[1]
    )
    text = {page.id: page.text for page in world.corpus}
    assert all(
        "2019年," in text[seed].split(words)[0][-40:]
        for seed, words in (("001", "营业收入突破"), ("004", "产值突破1万亿元"))
    )
    body = [
        text[p.id][r.start : r.end]
        for p in world.corpus
        for r in p.paragraphs.query("role != 'box'").itertuples()
    ]
    large = [re.split("[。;]", part) for part in body]
    large = [sentence for part in large for sentence in part if "万亿" in sentence]
    assert len(large) == 3 and all("电子信息" in sentence for sentence in large)
    assert "none is for chips alone; all three trillions are of electronics as a whole." in two[0]
    assert (
        not re.search(r"(芯片|集成电路)[^。]{0,12}占[^。]*电子信息", "".join(text.values()))
        and "no page says" in two[1]
    )
    assert "boxes that repeat them are left out, and lists of other articles" in two[1]
    assert "where 万亿级 (trillion-class) is a word and no sum" in two[1]
    assert not (trillion.money(world).page == "Chip deal 2023").any() and "万亿级" in text["000"]
    assert world.corpus["004"].paragraphs.role.eq("box").any() and "清溢光电" in world.corpus["000"].raw
    assert three[0].startswith(
        "One official of Sichuan, quoted in a newspaper, says that the two places complement each other in "
    )
    assert "and the newspaper repeats it; beside the repetition stands one fact, the size of both" in three[0]
    paper = text[
        "004"
    ]  # quoted first, then in its own voice, and the sums stand in the second paragraph alone
    said, again = (
        next(line for line in paper.split("\n") if words in line)
        for words in ("皮亦鸣说", "产业集群关联程度")
    )
    assert paper.index(said) < paper.index(again) and "亿元" in again and "亿元" not in said


def test_on_two_pages_most_statements_are_about_chips_alone(world, drawn):
    """Counted from the ledger: more than half of a page's statements outside boxes."""
    codes, most = table("codes").query("coder == 'agreed'").astype({"start": int}), []
    codes = codes[~world.boxed(codes)]
    for page in world.corpus:
        own = codes.chips[codes.seed == page.id].tolist()
        most += [page.name] if own.count("yes") > len(own) / 2 else []
    draw, _ = drawn
    drawn = draw(charts.about_chips, world)
    assert most == ["Chip deal 2023", "Wujin visit 2025"]
    assert drawn.text.startswith("title: On two of five pages most statements are on chips\n")
    caption = " ".join(charts.prose.TOLD["04-one-size-three-names"]["caption"].split())
    assert caption.endswith("by name. Grey: one from outside. An arrow is open to the right: more than that.")
