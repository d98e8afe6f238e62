"""Notebook 08: counts taken another way, the arithmetic of a contrast, whose page and year is whose."""

import re
from itertools import combinations

import pandas as pd
import pytest
from argument import findings, surviving, worlds
from argument.charts import places as charts
from argument.findings import places
from handtables import table

# By hand: pages of each place, and the number boxes of the newspaper page, which repeat its text.
SEEDS = {"Sichuan–Chongqing": ["000", "001", "004"], "Shanghai": ["002"], "Wujin": ["003"]}


@pytest.fixture(scope="module")
def world():
    return worlds.published()


def count(world, place, code, coder="agreed"):
    """Statements of a place with a code, from the ledger alone."""
    rows = table("codes")
    rows = rows[(rows.coder == coder) & rows.seed.isin(SEEDS[place]) & (rows.instrument == code)]
    return sum(~world.boxed(rows.astype({"start": int})))


def test_counts_from_the_ledger(world):
    counts = places.counts(world)
    names = {short: code for code, short in places.MEASURES.items()}
    for measure in ("cooperation", "talent", "goals", "research"):
        for place in SEEDS:
            assert counts[place][measure] == count(world, place, names[measure]), (measure, place)
    assert counts.sum().to_dict() == {"Sichuan–Chongqing": 103, "Shanghai": 45, "Wujin": 11}
    assert (
        count(world, "Sichuan–Chongqing", "cooperation_governance"),
        count(world, "Shanghai", "talent"),
    ) == (25, 16)
    assert (
        count(world, "Shanghai", "cooperation_governance"),
        count(world, "Sichuan–Chongqing", "talent"),
    ) == (1, 2)


@pytest.mark.parametrize(
    ("more", "whole", "less", "other"), [(16, 45, 2, 103), (25, 103, 1, 45), (3, 11, 1, 45)]
)
def test_when_a_contrast_ends(more, whole, less, other):
    """By trying one statement after the other."""
    taken = next(k for k in range(99) if (more - k) * other <= less * whole)
    given = next(k for k in range(99) if more * other <= (less + k) * whole)
    assert places.turns(more, whole, less, other) == min(taken, given)


def test_the_two_contrasts_and_the_rest_for_every_reader(world):
    for coder in ("agreed", "A", "B", "rule"):
        for unit in ("statement", "sentence"):
            rows = places.contrasts(world.read_by(coder, unit))
            first = {(row.measure, row.place, row.beside) for row in rows.head(2).itertuples()}
            assert first == {
                ("talent", "Shanghai", "Sichuan–Chongqing"),
                ("cooperation", "Sichuan–Chongqing", "Shanghai"),
            }
            assert rows["statements to change"].iloc[1] >= 8 and rows["statements to change"].iloc[2] <= 4


def test_the_first_finding_says_whose_is_whose(world):
    said, sure = findings.of_notebook("08")[0].say()
    assert said.startswith(
        "In 16 of 45 Shanghai statements the main measure is training or rewarding people."
    )
    assert "In 25 of 103 on Sichuan–Chongqing it is cooperation, agreed or called for." in said
    assert (
        "told once it is 9 of 38" in sure
        and "cooperation, is in 18 percent of Shanghai's statements and 25 of Sichuan–Chongqing's." in sure
        and "talent, is in 9 percent of Shanghai's statements and 9 of Sichuan–Chongqing's." in sure
    )
    pool = count(world, "Sichuan–Chongqing", "information_services") + count(
        world, "Sichuan–Chongqing", "talent"
    )
    table = places.otherwise(world)
    assert table["Sichuan–Chongqing"].tolist() == ["2 of 103", "2 of 103", f"{pool} of 103"] and pool == 8


def test_eight_statements_on_one_college(world):
    """By hand, from the heading (line 17) to the words of the head of the college (line 23)."""
    rows = places.coded(world).query("place == 'Shanghai' and measure == 'talent'")
    page = world.corpus["002"].text
    college = [994, 1123, 1160, 1242, 1265, 1297, 1406, 1489]
    assert [
        row.start for row in rows.itertuples() if re.search(places.SAID["college"], page[row.start : row.end])
    ] == college
    others = [page[start : start + 4] for start in rows.start if start not in college]
    assert others == [
        "今年以来",
        "复旦新设",
        "华东师大",
        "另外,1",
        "综合行业",
        "企业设立",
        "办法要求",
        "并且在奖",
    ]
    assert places.otherwise(world)["Shanghai"]["one college told once"] == f"{16 - 7} of {45 - 7}"


def test_words_by_plain_search(world):
    """In how many statements, from the ledger of codes alone."""
    codes = table("codes").query("coder == 'agreed'").astype({"start": int})
    said = places.words_said(world)
    for place, seeds in SEEDS.items():
        rows = [row for row in codes[~world.boxed(codes)].itertuples() if row.seed in seeds]
        for word in ("合作", "人才"):
            texts = [world.corpus[row.seed].text[int(row.start) : int(row.end)] for row in rows]
            assert said[place][word] == f"{sum(word in text for text in texts)} of {len(rows)}", (place, word)


def test_titles_by_page(world):
    titles = {page.name: page.card["title"] for page in world.dated}
    assert [bool(re.search("牵手|合作|同奏", title)) for title in titles.values()] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert titles["Chip deal 2023"].startswith("川渝牵手")


def test_terms_by_plain_search(world):
    text = {page.id: page.text for page in world.corpus}
    found = places.of_a_time(world)
    assert found["terms"] == ["新质生产力", "低空经济", "新赛道", "智能网联"]
    for term in found["terms"]:
        assert {seed for seed in text if term in text[seed]} == {"002", "003"}, term
    others = [term for term in table("terms").term if term not in found["terms"]]
    assert not any({seed for seed in text if term in text[seed]} == {"002", "003"} for term in others)
    order = places.pages(world)
    assert (
        list(order.page)[-2:] == ["Shanghai blog 2024", "Wujin visit 2025"]
        and order.published.is_monotonic_increasing
    )


def test_outside_dates_are_younger_than_the_older_pages(world):
    facts = table("external_facts").set_index("id")
    for term, key in (("新质生产力", "x51"), ("低空经济", "x52")):
        assert (
            places.FIRST[term].split(" in ")[1] in facts.statement[key]
            and term in facts.about[key]
            and facts.carries[key] == "yes"
        )
        assert (
            pd.Timestamp(places.FIRST[term].split(" in ")[1]).date() > world.corpus["000"].card["published"]
        )
        assert facts.source_date[key][:4] == "2024"
    said, sure = findings.of_notebook("08")[1].say()
    assert said.startswith(
        "Two slogans date these pages: new quality productive forces and low-altitude econ"
    )
    assert (
        "on those of 2024 and 2025 only" in said and f"Of {len(table('terms'))} listed terms two more" in sure
    )
    assert sure.index("first used in September 2023") < sure.index("taken up in December 2023")
    assert "Xi Jinping" in facts.statement["x51"]  # the prose names who used the word first
    dates = [world.corpus[seed].card["published"] for seed in ("002", "003")]
    assert 120 <= (dates[1] - dates[0]).days <= 125  # "four months apart"


def test_spoken_measures_by_hand(world):
    """Openings of the spoken measures of Shanghai and Wujin, read on the pages."""
    spoken = places.spoken(world)
    quotes = {
        place: [world.corpus[row.seed].text[row.start : row.end][:6] for row in rows.itertuples()]
        for place, rows in spoken.groupby("place")
    }
    assert quotes["Shanghai"] == [
        "要更加深刻认",
        "他表示,持续",
        "持续推进跨区",
        "据上海东海·",
        "期待通过持续",
    ]
    # neither slogan is spoken: the one above the text and the one that ends line 8
    assert len(quotes["Wujin"]) == 7 and not {"聚力“芯”赛", "以“芯”赛道"} & set(quotes["Wujin"])
    appeals = places.appeals(world)
    assert appeals.loc["Wujin"].tolist() == [9, 9, 7, 7] and appeals.loc["Shanghai"].tolist()[2:] == [5, 5]
    assert appeals.loc["Sichuan–Chongqing"].tolist()[2:] == [23, 14]
    said, sure = findings.of_notebook("08")[2].say()
    assert said == (
        "On policy Wujin's page only exhorts. But it reports what a leader said, and what Shanghai's page "
        "reports as speech exhorts too."
    )
    assert "Nine statements of policy in Wujin, two of them slogans; five told as speech in Shanghai" in sure
    rule = table("codes")  # what the rule says is computed, not stored; the two readers are frozen
    assert (
        set(rule.coder) == {"A", "B", "agreed"}
        and "By the rule (a program with a list of words) 7 of 9 are appeals in Wujin. In Shanghai 4 of"
        in sure
    )


def test_self_reliance_on_four_of_five_pages(world):
    words = re.compile("自主|自立自强|卡脖子|国产")
    assert [bool(words.search(page.text)) for page in world.corpus] == [True, False, True, True, True]
    assert "国家安全" in world.corpus["001"].text
    codes = places.coded(world).query("self_reliance == 'yes'")
    assert codes.groupby("seed").size().to_dict() == {"000": 1, "002": 6, "003": 1, "004": 2}


def test_no_test_can_get_below_a_tenth(world):
    """Every way to call so many of five pages one place's; the least p is one over their number."""
    for place, seeds in SEEDS.items():
        assert places.least_p(world)[place] == 1 / len(list(combinations(range(5), len(seeds))))
    assert min(places.least_p(world).values()) == 0.1


def test_the_figures_say_what_their_data_hold(world, drawn):
    draw, folder = drawn
    drawn = draw(charts.named_most, world)
    data = pd.read_csv(folder / "08-named-most.csv", encoding="utf-8-sig")
    assert (data.least <= data.most).all() and (
        (data.share - 100 * data.statements / data.of).abs() < 1e-9
    ).all()
    most = {place: set(rows[rows.share == rows.share.max()].measure) for place, rows in data.groupby("place")}
    assert set(data.place[data.of < charts.FEW]) == {"Wujin"}  # of which the title says so
    assert most == {
        "Sichuan–Chongqing": {"cooperation"},
        "Shanghai": {"talent"},
        "Wujin": {"goals", "research"},
    }
    assert (
        "Cooperation is the commonest measure on Sichuan–Chongqing's pages, talent on Shanghai's; Wujin's"
        in drawn.text
    )
    drawn = draw(charts.terms_by_date, world)
    data = pd.read_csv(folder / "08-terms-by-date.csv", encoding="utf-8-sig")
    for row in data.to_dict("records"):
        for page in world.corpus:
            assert row[page.name] == page.text.count(row["term"])
    title = "Two slogans that spread from late 2023 stand on the last two pages only"
    assert drawn.text.startswith(f"title: {title}\n")
    assert "have dots under Shanghai blog 2024 and Wujin visit 2025 only" in drawn.alt
    assert "国家安全" in set(data.term)  # the Yibin page's only word of this kind is shown, not left out


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_measures_slogans_and_speech(world):
    one, two, three = (found.say() for found in findings.of_notebook("08"))
    said, whole = places.words_said(world), places.counts(world).sum()
    shares = {
        word: [int(said[p][word].split()[0]) / whole[p] for p in ("Shanghai", "Sichuan–Chongqing")]
        for word in said.index
    }
    talent = [count(world, p, "talent") / whole[p] for p in ("Shanghai", "Sichuan–Chongqing")]
    # "the words tell less": in words the places differ by less than in codes
    assert (
        abs(shares["人才"][0] - shares["人才"][1]) < abs(talent[0] - talent[1])
        and "The words tell less: 合作" in one[1]
    )
    assert "a school with a firm counts as talent" in one[1]
    college = [
        row
        for row in table("codes").itertuples()
        if row.coder == "agreed" and row.seed == "002" and row.start == "1265"
    ]
    assert [row.instrument for row in college] == ["talent"]
    assert two[0].startswith("Two slogans date these pages:") and two[0].endswith(
        "stand on those of 2024 and 2025 only."
    )
    assert "two more stand on just these pages, undated" in two[1]
    wujin = [
        row
        for row in table("codes").itertuples()
        if row.coder == "agreed" and row.seed == "003" and row.instrument != "none"
    ]
    assert {row.firmness for row in wujin} == {"exhortation"} and three[0].startswith(
        "On policy Wujin's page only exhorts. But it reports"
    )
    assert three[0].endswith("what Shanghai's page reports as speech exhorts too.")
    assert "In part by definition: the codebook takes what a speaker announces for an appeal." in three[1]
    named = " ".join(charts.prose.TOLD["08-named-most"]["caption"].split())
    assert "by two readers' codes, decided where they differed. Thin lines: the least and most" in named


def test_the_terms_of_a_time_ask_for_dates_alone(world):
    """Counts of statements are none of its business: codes do not touch it."""
    (found,) = (found for found in findings.of_notebook("08") if found.number == 2)
    assert {what for what, _ in surviving.as_published(found)[1]} == {"corpus", "table"}
    changed, seeds = worlds.changed(), {page.id for page in worlds.published().corpus}
    for name in ("reader A", "reader B", "rule", "sentences", "boxes"):
        assert surviving.cell(found, changed[name], seeds)[0] == "", name


def test_red_are_the_slogans_that_outside_reports_date(world, drawn):
    draw, folder = drawn
    drawn = draw(charts.terms_by_date, world).text
    assert (
        "Red: slogans dated from outside. Grey, for comparison: two undated terms of the same pages" in drawn
    )
    dated = [row.about for row in table("external_facts").itertuples() if row.id in ("x51", "x52")]
    shown = pd.read_csv(folder / "08-terms-by-date.csv", encoding="utf-8-sig").term[:2]
    assert all(term in about for term, about in zip(shown, dated, strict=True))
