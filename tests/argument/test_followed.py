"""Notebook 03: who signed when, what followed, what became of the fund; each again from file or page."""

import re
from datetime import date

import pandas as pd
import pytest
from argument import findings, worlds
from argument.charts import followed as charts
from argument.findings import followed
from handtables import records
from matplotlib.colors import to_rgba

from chipnotes.showing import figures

SICHUAN, CHONGQING = "四川省经济和信息化厅", "重庆市经济和信息化委员会"


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


@pytest.fixture(scope="module")
def table(pages):
    return followed.crosswalk(pages).set_index("agreement")


@pytest.fixture(scope="module")
def facts():
    return {row["id"]: row for row in records("external_facts")}


def changed(of, key, column, value, by="id"):
    """The readers' table `of` with one cell changed."""
    real = worlds.World.table

    def table(self, name):
        rows = real(self, name)
        return rows.assign(**{column: rows[column].where(rows[by] != key, value)}) if name == of else rows

    return table


def test_seven_agreements_in_order_of_time_each_from_its_page(table):
    """By hand: the words of the pages for signing, reaching, opening and the dates beside them."""
    daily, deal = worlds.published().corpus["004"].text, worlds.published().corpus["000"].text
    assert (
        re.search(r"2020年4月29日,.{0,40}两地签约了", daily)
        and "2020年4月,重庆市科技局与四川省科技厅签订了" in daily
    )
    assert "源于今年6月两地经信部门达成" in daily and re.search("2020年8月,.{0,14}启动", daily)
    assert re.search("10月29日,200多名.{0,40}签署了一揽子合作协议", daily) and "3月30日" in deal
    assert dict(table.date) == {
        "experts": "2020-04",
        "state assets": "2020-04-29",
        "manufacturing": "2020-04-30",
        "cars": "2020-06",
        "joint research": "2020-08",
        "electronics": "2020-10-29",
        "chips alone": "2023-03-30",
    }
    assert list(table.date.sort_values(kind="stable")) == list(table.date)
    # the page names no day for manufacturing, and only there an outside fact does
    assert list(table.index[table["dated by"] != "page"]) == ["manufacturing"]
    # whole signings of the two sides: Shanghai's alliance and the parts of packages stand outside
    assert set(table.index[table.act == "signing"]) == set(table.index) - {"cars", "joint research"}


def test_days_are_those_between_agreement_and_page(table):
    assert table.days["electronics"] == (date(2020, 12, 14) - date(2020, 10, 29)).days == 46
    assert table.days["chips alone"] == (date(2023, 4, 3) - date(2023, 3, 30)).days == 4
    assert table.days["state assets"] == 229 and table.days["manufacturing"] == 228
    # a month alone: counted from its last day, so that the true number is no smaller
    assert (
        table.days["experts"] == 228 and table.days["cars"] == (date(2020, 12, 14) - date(2020, 6, 30)).days
    )


def test_results_are_told_for_cars_and_science_and_for_no_other(pages, table):
    assert set(table.index[table.result != ""]) == {"experts", "cars", "joint research"}
    found = followed.results(pages)
    assert (len(found["first"]), found["when"]) == (6, date(2020, 12, 14))
    assert list(found["told"]) == ["experts", "cars", "joint research"]
    assert list(found["untold"]) == ["state assets", "manufacturing", "electronics"]
    assert "nearly 50 firms" in table.result["cars"] and "15 projects" in table.result["joint research"]
    # nothing that is in place belongs to one of the three without results
    rows = [row for row in records("commitments") if row["legal_status"] == "in_place"]
    assert {row["agreement"] for row in rows} == {"", "cars", "call", "experts"}  # "": a leading group


def test_the_pair_signs_three_times_and_speaks_on_chips(pages, facts):
    table = followed.by_the_pair(pages)
    assert list(table.itertuples(index=False, name=None)) == [
        ("manufacturing", "sign", "2020-04-30", "on", "another report"),
        ("cars", "sign", "2020-07-22", "by", "another report, in part"),
        ("electronics", "sign", "2020-10-29", "on", "page"),
        ("chips", "speak", "2023-04-03", "by", "page"),
    ]
    assert "two economy departments" in facts["x37"]["statement"] and facts["x37"]["carries"] == "yes"
    assert "30 April 2020" in facts["x37"]["statement"] and facts["x37"]["source_date"] == "2020-04-30"
    assert "signed" in facts["x38"]["statement"] and facts["x38"]["carries"] == "yes"
    assert "22 July 2020" in facts["x38"]["statement"] and facts["x38"]["source_date"] == "2020-07-22"
    assert followed.PAIR == {SICHUAN, CHONGQING}
    deal = worlds.published().corpus["000"].text
    for body, speaker in ((SICHUAN, "苏平"), (CHONGQING, "刘成川")):
        assert re.search(f"{body}二级巡视员{speaker}表示", deal)
    # the science pair signed too, and is not this pair
    assert "science" not in set(table.subject)


def test_the_fund_is_thirty_then_ten_then_three(pages, facts):
    sizes = followed.fund(pages)
    assert list(sizes["billion yuan"]) == [30, 10, 3.112]
    assert list(sizes.fund) == ["named, 2020", "founded, 2021", "first tranche, 2021"]
    assert "基金总规模300亿元" in worlds.published().corpus["004"].text  # 300 times 亿 (100 million)
    assert float(facts["x26"]["value"]) == 3.112e9 and facts["x26"]["source_date"].startswith("2021-12-23")
    assert float(facts["x31"]["value"]) == 3e10 and "sub-funds" in facts["x31"]["statement"]
    assert (facts["x26"]["carries"], facts["x31"]["carries"]) == ("yes", "no")
    found = followed.fund_told(pages)
    assert list(found["yuan"]) == [30e9, 10e9, 3.112e9] and found["other"] == "2022"


def test_naming_is_the_page_and_its_bound(pages):
    named = {(row.page, row.parties): row.named for row in followed.naming(pages).itertuples()}
    assert named["Shanghai blog 2024", "firms that signed for the computing alliance"] == "5 of 5"
    assert named["Wujin visit 2025", "firms visited"] == "3 of 3"
    assert named["Yibin summit 2020", "firms with a first intention to cooperate"] == "0 of more than 20"
    assert named["Chongqing Daily 2020", "firms on the car platform"] == "0 of nearly 50"
    where = "institutes and firms that cooperate in research"
    assert named["Chongqing Daily 2020", where] == "4 of more than 60"
    texts = {page.id: page.text for page in worlds.published().corpus}
    assert (
        "今天台上20多家企业" in texts["001"]
        and "已有近50家" in texts["004"]
        and "等60余家单位" in texts["004"]
    )


def test_kinds_do_not_mix_among_the_named(pages):
    """By the names themselves: 厅 委 局 are offices, 联盟 协会 associations, 公司 firms."""
    assert not followed.kinds(pages)["kind of signatories"].str.contains(" and ").any()
    ends = {"厅": "office", "会": "office", "局": "office", "盟": "association", "司": "firm"}
    kinds = {}
    for row in records("ties"):
        if row["strength"] == "named signatory":
            kind = "association" if row["actor"].endswith("协会") else ends[row["actor"][-1]]
            kinds.setdefault(row["agreement"], set()).add(kind)
    assert all(len(kind) == 1 for kind in kinds.values()) and len(kinds) == 6


def test_outside_facts_of_this_notebook_may_carry_a_finding(facts):
    """A mirror never carries one: neither the one on the six car items nor that on the formula."""
    rows = [row for row in records("agreements") if row["sides"] == "四川–重庆"]
    used = {fact for row in rows for fact in re.findall(r"x\d\d", row["status_outside"])}
    assert used == {"x05", "x26", "x31", "x32", "x37", "x38", "x39"}
    assert [fact for fact in used if facts[fact]["carries"] == "no"] == [
        "x31"
    ]  # it softens, it carries nothing


def test_a_changed_cell_changes_the_finding(pages, monkeypatch):
    one, two, three = findings.of_notebook("03")
    assert all(found.margin(found.compute(pages)) > 0 for found in (one, two, three))
    for found, change in (
        (one, changed("agreements", "yibin", "result_told", "commitments c4")),
        (two, changed("ties", "speaks at it", "strength", "named signatory", by="strength")),
        (three, changed("external_facts", "x26", "statement", "at 40 billion, first close 3.112 billion")),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(worlds.World, "table", change)
            assert found.margin(found.compute(pages)) < 0, found.name
    with monkeypatch.context() as patch:  # the reports on manufacturing and cars exchanged
        patch.setattr(worlds.World, "table", changed("external_facts", "x37", "source_date", "2020-07-22"))
        assert "manufacturing by July" in two.say(pages)[0]
    with monkeypatch.context() as patch:  # a mirror is not believed
        patch.setattr(worlds.World, "table", changed("external_facts", "x38", "carries", "no"))
        assert "on cars by September" in two.say(pages)[0]  # the own page of x39 is left


def test_the_figures_show_what_the_tables_hold(pages, table, monkeypatch):
    kept = {}
    monkeypatch.setattr(figures, "save", lambda fig, name, *words: kept.update({name: (fig, *words)}))
    charts.from_signature(pages)
    charts.fund(pages)
    fig, title, _, alt, data = kept["03-from-signature-to-result"]
    bars = fig.axes[0].patches
    assert [round(bar.get_width()) for bar in bars] == list(table.days)
    accent = [bar.get_facecolor() == to_rgba(figures.ACCENT) for bar in bars]
    assert accent == list(table.result != "")
    assert data.set_index("agreement").shown["chips alone"] == "too early to tell"
    assert (
        data.set_index("agreement").shown["electronics"] == "no result told" and "chips alone (4 days)" in alt
    )
    assert title == "Experts, cars and joint research had results by December 2020"
    fig, title, _, _, data = kept["03-fund"]
    assert [bar.get_width() for bar in fig.axes[0].patches] == [30, 10, 3.112]
    assert (
        title
        == "The fund was named with 30 billion yuan and, by a later report, founded with 10 billion yuan"
    )
    assert isinstance(data, pd.DataFrame) and list(data["told by"]).count("a later report") == 2


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_results_signatures_and_the_fund(pages, table, facts):
    one, two, three = (found.say() for found in findings.of_notebook("03"))
    assert "For state assets, manufacturing and electronics none is told by then." in one[0]
    assert "with the agreement or after it, whatever the cause. The state-" in one[1]
    daily = worlds.published().corpus["004"].text
    event, platform = (daily.index(words) for words in ("6月29日,成渝地区", "平台也正式上线"))
    assert event < platform < daily.index("截至11月底")  # it goes online with the event of June
    assert "领导小组第二次会议上,两地签约了" in daily  # it signed at its second meeting
    assert (
        "将汽车与电子信息作为川渝两地制造业协同发展的支撑点" in daily
        and "Car results may count for manufacturing, as the page calls cars and electronics its supports"
        in one[1]
    )
    deal = worlds.published().corpus["000"].text
    assert re.search("苏平表示.*刘成川表示", deal, re.S) and not re.search("(苏平|刘成川)[^。]*签", deal)
    assert two[0].startswith("The same two economy departments signed in 2020, probably three times: on")
    assert "On chips their officials are quoted in 2023, when associations signed." in two[0]
    signed = [row["level"] for row in records("agreements") if row["id"] == "chips"]
    assert signed == ["associations"]
    named, founded = 300e8, float(re.search(r"at ([\d.]+) billion", facts["x26"]["statement"])[1]) * 1e9
    assert founded < named and facts["x26"]["source_date"] > str(worlds.published().day("004"))
    assert (
        "named in 2020 with 30 billion yuan in total, was, by a later report, founded with 10 b" in three[0]
    )
    assert (
        "Signed on 2021" in facts["x26"]["statement"] and "The founding, signed in 2021, is from" in three[1]
    )
    assert "sub-funds" in facts["x31"]["statement"]
    assert "its sub-funds are to make a cluster of 30 billion yuan" in three[1]


def test_the_plain_words_of_the_figures(pages):
    told = {
        name: " ".join(charts.prose.TOLD[name]["caption"].split())
        for name in ("03-fund", "03-from-signature-to-result")
    }
    assert told["03-fund"].endswith(
        "The first sum may be the cluster that the fund and its sub-funds are to form."
    )
    assert (
        "from the date of each to the day of the page that tells of it, the later one of two"
        in told["03-from-signature-to-result"]
    )
    assert "where only the month is named, from its end" in told["03-from-signature-to-result"]
    drawn = charts.fund(pages)
    assert drawn.text.startswith(
        "title: The fund was named with 30 billion yuan and, by a later report, founded with 10 billion yuan"
    )
    assert drawn.alt.startswith("Three bars, each shorter than the one above.")


def test_the_reports_are_of_april_and_july(facts):
    months = [date.fromisoformat(facts[fact]["source_date"]).strftime("%B %Y") for fact in ("x37", "x38")]
    assert months == ["April 2020", "July 2020"]
    assert "is from [reports of April and July 2020]" in findings.of_notebook("03")[1].say()[1]
