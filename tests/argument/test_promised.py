"""Notebook 02 counts what stands on the pages: each number again from file or page; who is who."""

import re
from datetime import date

import pytest
from argument import findings, say, worlds
from argument.charts import promised as charts
from argument.findings import promised
from handtables import records
from matplotlib.colors import to_hex

from chipnotes.showing import figures


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


@pytest.fixture(scope="module")
def table(pages):
    return promised.commitments(pages)


def own_rows():
    """Commitments counted again from the file, without pandas: the rows of each measure itself."""
    measures = {}
    for row in records("commitments"):
        if row["kind"] == "measure":
            measures.setdefault(row["measure"], []).append(row)
    return measures


def test_each_commitment_counts_once_under_the_firmest_word(table):
    order = ["in_place", "signed", "draft", "reported", "speech"]
    firmest = {
        measure: min((row["legal_status"] for row in rows), key=order.index)
        for measure, rows in own_rows().items()
    }
    assert dict(zip(table.measure, table.status, strict=True)) == {
        measure: status.replace("_", " ") for measure, status in firmest.items()
    }
    assert table.measure.is_unique and len(table) == len(own_rows())
    # told as coming on the Yibin page, as agreed (双方的约定) in the newspaper: counted as signed
    told_twice = table[table.measure.isin(["el-supply", "el-talent", "el-technology", "el-fields-7"])]
    assert set(told_twice.status) == {"signed"} and set(told_twice.page) == {"Yibin summit 2020"}


def test_five_are_in_place_and_each_stands_so_on_the_newspaper_page(pages):
    """By hand: lines 37, 55, 91, 111 and 123 of Chongqing Daily 2020, with the page's own verbs."""
    text = worlds.published().corpus["004"].text
    for verb in (
        "对接平台也正式上线",
        "还成立了汽车产业合作工作专班",
        "建设领导小组第二次会议",
        "启动2020年度川渝联合实施",
        "实现了两地3万余名",
    ):
        assert text.count(verb) == 1
    found = promised.in_place(pages)
    named = ["car platform", "car task force", "state-asset leading group", "research call", "expert pool"]
    assert list(found["which"]) == named
    subjects = promised.commitments(pages).query("status == 'in place'").subject
    assert found["when"] == ["December 2020"] and set(subjects) == {"cars", "state assets", "science"}
    assert found["inside"] == 0 and found["outside"] == 5


def test_the_sums_are_those_of_the_fund_and_of_the_call(pages, table):
    sums = {row.measure: row.sum for row in promised.money(pages).itertuples()}
    text = worlds.published().corpus["004"].text
    fund = re.search(r"发展基金,基金总规模(\d+)亿元", text)
    call = re.search(r"共同出资(\d+)万元对项目", text)
    assert sums == {"fund": say.yuan(int(fund[1]) * 1e8), "joint-call": say.yuan(int(call[1]) * 1e4)}
    assert list(promised.money_and_deadlines(pages)["sums"]) == (
        ["30 billion yuan for a fund", "20 million yuan for a research call"]
    )
    status = table.set_index("measure").status
    assert (status["fund"], status["joint-call"]) == ("signed", "in place")


def test_deadlines_are_eight_clauses_of_one_sentence_and_name_no_owner(pages, table):
    dated = table[table["by when"] != ""]
    assert set(dated["by when"]) == {"2025"} and set(dated.status) == {"draft"} and len(dated) == 8
    assert set(dated["who acts"]) == {""} and set(table[table.target != ""].measure) < set(dated.measure)
    page = worlds.published().corpus["004"]
    sentence = page.find("提出到2025年").sentence.text
    assert sentence.count("送审稿") == 2 and sentence.startswith("重庆高新区不但联合成都高新区")
    # the only years to come on the three pages: none but 2025
    later = {
        year
        for seed in ("000", "001", "004")
        for year in re.findall(r"20(?:2[4-9]|3\d)", worlds.published().corpus[seed].text)
    }
    assert later == {"2025"}


def test_on_chips_alone_no_department_signs_and_departments_sign_elsewhere(pages, table):
    found = promised.on_chips(pages)
    assert found["kinds"] == ["associations"] and found["number"] == 2 and found["year"] == ["2023"]
    assert found["departments"] == ["manufacturing", "science", "electronics"]
    text = worlds.published().corpus["000"].text
    # what follows 根据合作协议 (by the agreement), in its order
    clauses = text[text.index("根据合作协议") :]
    words = ["互访机制", "专业技术培训", "创新大赛", "产业峰会", "联合开发", "政策研究"]
    assert [clauses.index(word) for word in words] == sorted(clauses.index(word) for word in words)
    assert (
        say.listed(found["what"]) == "visits, courses, contests, summits, joint projects and policy research"
    )
    chips = table[table.subject == "chips alone"]
    assert set(chips[chips.status == "speech"]["page"]) == {"Chip deal 2023"} and (chips.results == "").all()
    assert not re.search("元|年内|到20", clauses)


def test_a_body_that_acts_is_one_that_could_be_asked(table):
    """Both places, a place, or a class of firms are nobody: the words by hand, none with an office in it."""
    assert not any(
        re.search("厅|委|局|协会|联盟", who)
        for who in set(promised.WORDS["nameless"].split()) - {"川渝两地国资国企"}
    )
    named = table[table["who acts"] != ""]
    assert named["who acts"].str.contains("厅|局|协会|部门|高新区|委").all()


def test_a_changed_ledger_changes_the_finding(pages, monkeypatch):
    """A chip measure in place, a deadline outside the drafts, a department that signs on chips."""
    real = worlds.World.table

    def changed(column, value, column_of, key, of):
        def table(self, name):
            rows = real(self, name)
            return (
                rows.assign(**{column: rows[column].where(rows[column_of] != key, value)})
                if name == of
                else rows
            )

        return table

    one, two, three = findings.of_notebook("02")
    for found, change in (
        (one, changed("legal_status", "in_place", "measure", "ic-visits", "commitments")),
        (two, changed("date", "到2024年", "measure", "ic-visits", "commitments")),
        (three, changed("level", "departments", "id", "chips", "agreements")),
    ):
        assert found.margin(found.compute(pages)) > 0
        with monkeypatch.context() as patch:
            patch.setattr(worlds.World, "table", change)
            promised.commitments.cache_clear()
            assert found.margin(found.compute(pages)) < 0, found.name
        promised.commitments.cache_clear()


def test_the_grid_shows_what_the_table_counts(pages, table, monkeypatch):
    kept = {}
    monkeypatch.setattr(figures, "save", lambda fig, name, *words: kept.update({name: (fig, *words)}))
    charts.contents(pages)
    charts.subjects(pages)
    fig, title, _, alt, data = kept["02-what-commitments-name"]
    shown = [text.get_text() for text in fig.axes[0].texts]
    # places of the tiles: columns money and by when, rows in place, signed, draft
    where = {text.xy: text.get_text() for text in fig.axes[0].texts}
    assert where[(2, 0)] == "1 of 5\n20 million yuan" and where[(2, 1)] == "1 of 13\n30 billion yuan"
    assert where[(3, 2)] == "8 of 10\nby 2025" and len(shown) == int(
        (data[list(promised.CONTENT)] > 0).sum().sum()
    )
    assert title == "Five commitments are in place, money is named twice, deadlines only in drafts"
    assert data.commitments.sum() == len(table) and "In place: 5." in alt
    fig, title, _, _, data = kept["02-subjects"]
    (dots,) = fig.axes[0].collections
    accent = [to_hex(colour) == figures.ACCENT.lower() for colour in dots.get_facecolor()]
    assert len(accent) == len(table) and sum(accent) == 11
    assert data.loc["chips alone", "in place"] == 0
    assert title == "On chips alone associations sign; four days later nothing joint is told as in place"
    deal = worlds.published().corpus["000"]  # signed on 30 March, told on 3 April
    assert (deal.card["published"] - date(2023, 3, 30)).days == 4 and "3月30日" in deal.text
    assert data.loc["electronics", "who signs"] == "signed by departments, associations and firms"


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_measures_money_and_signatures(pages, table):
    one, two, three = (found.say() for found in findings.of_notebook("02"))
    held = {
        row["topic"]
        for row in records("commitments")
        if row["legal_status"] == "in_place" and row["kind"] == "measure"
    }
    assert not held & {"chips", "electronics"} and one[0].endswith(
        "none is for electronics or for chips alone."
    )
    text = worlds.published().corpus["004"].text
    assert (
        text.count("服务平台关键技术研究与应用") == 2
        and "The one project of the research call that is named is for a service" in one[1]
    )
    assert text.count("获得资助") == 1 and not re.search("支付|拨付|到账|已投入", text)
    assert two[1].startswith("One project is called funded and 15 supported; no sum is told as paid out.")
    drafts = text[: text.index("送审稿")].rpartition("。")[0]
    assert drafts.endswith("推动两地高新区深入合作") and "重庆高新区创新服务中心主任邓敏军" in text
    assert "are retold by an official of Chongqing's zone; whether both or one set the aims" in two[1]
    assert "细化年度具体工作任务" in text and "breaks its work down by the year, without a day" in two[1]
    assert "Deadlines and target numbers stand only in drafts" in two[0]
    signed = [
        row for row in records("agreements") if row["topic"] == "chips" and row["signed_on_page"] == "yes"
    ]
    assert [row["level"] for row in signed] == ["associations"]
    assert three[0].startswith("On chips alone two associations sign, in 2023, and promise visits")
    assert "without sum, deadline or target. Departments sign on manufacturing" in three[0]


def test_columns_run_from_firm_to_soft(pages):
    """The figure has them the other way round: test_subjects_of_commitments."""
    assert list(promised.by_subject(pages).columns) == ["in place", "signed", "draft", "reported", "speech"]
    caption = " ".join(charts.prose.TOLD["02-subjects"]["caption"].split())
    assert caption.endswith(
        "Columns: how firm it is, the firmest on the right; “signed” includes agreed (约定): on electronics "
        "all {data.signed[electronics]!n} are only that."
    )
    told = [
        row for row in records("commitments") if row["kind"] == "measure" and row["topic"] == "electronics"
    ]
    signed = [row["status_reason"] for row in told if row["legal_status"] == "signed"]
    assert signed == ["根据双方的约定"] * 4
    assert (
        "each counted once, by how firm they are" in charts.prose.TOLD["02-what-commitments-name"]["caption"]
    )


def test_the_page_s_words_for_in_place_and_for_signing(pages):
    one, _, three = (found.say() for found in findings.of_notebook("02"))
    held = [
        row
        for row in records("commitments")
        if row["legal_status"] == "in_place" and row["kind"] == "measure"
    ]
    words = {re.search("上线|成立|启动|实现|第二次会议", row["quote"])[0] for row in held}
    assert words == {"上线", "成立", "启动", "实现", "第二次会议"}
    assert one[1].startswith(
        "What counts as in place is the page's word: online, set up, opened, realised, met."
    )
    # the sentence of each signing has the word
    signed = [
        row
        for row in records("agreements")
        if row["act"] == "signing" and row["seed"] in ("000", "001", "004")
    ]
    texts = {page.id: page.text for page in pages.corpus}
    signed = [
        next(part for part in re.split("[。\\n]", texts[row["seed"]]) if row["quote"] in part)
        for row in signed
    ]
    assert (
        len(signed) >= 8
        and all("签" in quote for quote in signed)
        and three[1].startswith("By the pages' own 签 (sign), from news reports, not the papers.")
    )
    assert not any(row["who_checks"] for row in records("commitments"))
    assert charts.contents(pages).alt.endswith("only in drafts; no one is named to check.")
