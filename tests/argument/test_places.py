"""Notebook 08: counts taken another way, the arithmetic of a contrast, whose page and year is whose."""

import re
from itertools import combinations

import pandas as pd
import pytest
from argument import findings, worlds
from argument.charts import places as charts
from argument.findings import places
from handtables import table

from chipnotes.files import FIGURES

# By hand: pages of each place, and the number boxes of the newspaper page, which repeat its text.
SEEDS = {"Sichuan–Chongqing": ["000", "001", "004"], "Shanghai": ["002"], "Wujin": ["003"]}


@pytest.fixture(scope="module")
def world():
    return worlds.published()


def count(world, place, code, coder="agreed"):
    """Statements of a place with a code, from the ledger alone."""
    rows = table("codes")
    rows = rows[(rows.coder == coder) & rows.seed.isin(SEEDS[place]) & (rows.instrument == code)]
    return sum(not world.in_box(row.seed, int(row.start)) for row in rows.itertuples())


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
            assert rows["ends after"].iloc[1] >= 8 and rows["ends after"].iloc[2] <= 4


def test_the_first_finding_says_whose_is_whose(world):
    said, sure = findings.of_notebook("08")[0].say()
    assert said.startswith(
        "Shanghai's page writes of talent in 16 of 45 statements, the Sichuan–Chongqing pages of"
    )
    assert (
        "cooperation in 25 of 103, each hardly" in said
        and "but those pages announce cooperation in their titles" in said
    )
    shares = []
    for coder in ("A", "B", "rule"):
        for unit in ("statement", "sentence"):
            counts = places.counts(world.read_by(coder, unit))
            shares.append(100 * counts["Shanghai"]["talent"] / counts["Shanghai"].sum())
    assert f"talent is {min(shares):.0f} to {max(shares):.0f} percent in Shanghai" in sure
    pool = count(world, "Sichuan–Chongqing", "information_services") + count(
        world, "Sichuan–Chongqing", "talent"
    )
    assert f"give Sichuan–Chongqing {pool} of 103" in sure and pool == 8
    titles = {page.id: page.card["title"] for page in world.corpus}
    assert [titles[seed] for seed in SEEDS["Sichuan–Chongqing"]] == [
        next(text for text in titles.values() if word in text) for word in ("牵手", "合作", "同奏")
    ]


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
            places.FIRST[term] in facts.statement[key]
            and term in facts.about[key]
            and facts.carries[key] == "yes"
        )
        assert pd.Timestamp(places.FIRST[term]).date() > world.corpus["000"].card["published"]
        assert facts.source_date[key][:4] == "2024"
    said, sure = findings.of_notebook("08")[1].say()
    assert "Shanghai blog 2024 and Wujin visit 2025 share four terms" in said and "before 2024" in said
    assert sure.index("dated to September 2023") < sure.index("taken up in December 2023")


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
    assert (
        len(quotes["Wujin"]) == 8 and "聚力“芯”赛" not in quotes["Wujin"]
    )  # the slogan above the text is not spoken
    appeals = places.appeals(world)
    assert appeals.loc["Wujin"].tolist() == [9, 9, 8, 8] and appeals.loc["Shanghai"].tolist()[2:] == [5, 5]
    assert appeals.loc["Sichuan–Chongqing"].tolist()[2:] == [23, 14]
    said, sure = findings.of_notebook("08")[2].say()
    assert (
        "All measures on Wujin's page are appeals, eight of nine" in said
        and "of five told as speech on Sh" in said
    )
    rule = table("codes")  # what the rule says is computed, not stored; the two readers are frozen
    assert set(rule.coder) == {"A", "B", "agreed"} and "7 of 9 in Wujin, 4 of 5 in Shanghai" in sure


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


def test_the_figures_say_what_their_data_hold(world, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPNOTES_FIGURES", str(tmp_path))
    drawn = charts.named_most(world)
    data = pd.read_csv(tmp_path / "08-named-most.csv", encoding="utf-8-sig")
    assert (tmp_path / "08-named-most.csv").read_bytes() == (FIGURES / "08-named-most.csv").read_bytes()
    assert (data.least <= data.most).all() and (
        (data.share - 100 * data.statements / data.of).abs() < 1e-9
    ).all()
    most = {place: set(rows[rows.share == rows.share.max()].measure) for place, rows in data.groupby("place")}
    assert most == {
        "Sichuan–Chongqing": {"cooperation"},
        "Shanghai": {"talent"},
        "Wujin": {"goals", "research"},
    }
    assert (
        "Sichuan–Chongqing's pages name cooperation most, Shanghai's talent, Wujin's goals and research"
        in drawn.text
    )
    drawn = charts.terms_by_date(world)
    data = pd.read_csv(tmp_path / "08-terms-by-date.csv", encoding="utf-8-sig")
    for row in data.to_dict("records"):
        for page in world.corpus:
            assert row[page.name] == page.text.count(row["term"])
    assert "Four terms come with the year; words of self-reliance stand on four of five pages" in drawn.text
    assert drawn.alt.endswith(
        "Chongqing Daily 2020, Chip deal 2023, Shanghai blog 2024 and Wujin visit 2025."
    )
