"""Notebook 09: its numbers counted another way, and what would be wrong if a name, a side or a year were."""

import re

import pandas as pd
import pytest
from argument import changes, charts, damage, worlds
from argument.findings import numbers, of_notebook

from chipnotes.files import SEEDS, read_tsv


@pytest.fixture(scope="module")
def world():
    return worlds.published()


# ---------------------------------------------------------------- sums


def test_the_sums_of_the_chip_deal_counted_in_the_file(corpus, world):
    """By a plain search, line by line: all stand after 相关推荐 (related articles), in one teaser."""
    lines = corpus["000"].raw.split("\n")
    hits = [(n, hit) for n, line in enumerate(lines, 1) for hit in re.findall(r"\d+亿元", line)]
    assert [n for n, _ in hits] == [46, 48, 48, 48, 48, 48] and lines.index("相关推荐") + 1 < 46
    assert lines[45].lstrip(" •").startswith("清溢光电") and "元" not in corpus["000"].text
    found = numbers.no_sum(world)
    assert (len(found["around"]), found["inside"]) == (len(hits), 0) and list(found["lines"]) == ["46", "48"]
    assert set(found["sums"]) == {hit for _, hit in hits} and len(found["sums"]) == 5


def test_with_the_teasers_left_in_the_finding_is_false(world):
    (finding,) = (found for found in of_notebook("09") if found.number == 1)
    changed = worlds.changed()
    for name, holds in {"menus": False, "raw": False, "file order": True}.items():
        assert (finding.margin(finding.compute(changed[name])) > 0) == holds, name
    assert finding.margin(finding.compute(changed["without Chip deal 2023"])) <= 0


# ---------------------------------------------------------------- characters


def test_the_fates_are_those_of_the_apparatus(corpus, world):
    table = damage.fates(world)
    assert list(table.file) == [len(page.raw) for page in corpus]
    assert (table.loc["Wujin visit 2025", "pinyin put in"], table["pinyin put in"].astype(bool).sum()) == (
        928,
        1,
    )
    assert list(table.index[table.article < table.file / 2]) == ["Chip deal 2023", "Wujin visit 2025"]
    rules = set().union(*(page.apparatus.rule for page in corpus))
    assert rules <= set(" ".join(damage.GROUPS.values()).split())


# ---------------------------------------------------------------- the broken spot


def test_the_machine_makes_the_damage_of_the_reading_only(corpus):
    raw = corpus["003"].raw
    assert raw.count(damage.shown(damage.READING)) == 1
    assert damage.shown(damage.READING).startswith("鏈?zhǔn)")
    for wrong in ("鏈式招商\uff0c圍繞", "鏈式招引、圍繞", "鏈式招引圍繞", "鏈式引招\uff0c圍繞"):
        assert damage.shown(wrong) not in raw
    assert damage.shown(damage.READING.replace("式", "條")) == damage.READING.replace("式", "條")


# ---------------------------------------------------------------- order


def test_least_moves_by_trying_all(corpus):
    from itertools import combinations

    for order in ([2, 1], [3, 1, 2], [1, 5, 2, 4, 3], [5, 4, 3, 2, 1], [1, 2, 3]):
        rising = max(
            n
            for n in range(1, len(order) + 1)
            for part in combinations(order, n)
            if list(part) == sorted(part)
        )
        assert damage.least_moves(order) == len(order) - rising
    order = damage.file_lines(corpus["004"])
    assert len(order) == len(set(order)) == 38 and damage.least_moves(order) == 15
    assert damage.least_moves(damage.file_lines(changes.in_file_order(corpus["004"]))) == 0


# ---------------------------------------------------------------- numbers


def test_the_share_of_cars_from_the_page_and_the_outside_fact(corpus, world):
    """Sichuan 111.7, Chongqing 138, in 万 (ten thousand); the nation by x25, a report of 2020 on 2019."""
    text = corpus["004"].text
    sichuan, chongqing = re.search(
        r"2019年,四川全省生产汽车([\d.]+)万辆\(含.*?\),.*?重庆生产汽车([\d.]+)万辆", text
    ).groups()
    nation = read_tsv(SEEDS / "ledgers" / "external_facts.tsv").set_index("id").loc["x25"]
    share = 100 * (float(sichuan) + float(chongqing)) * 10_000 / float(nation.value)
    assert "2019" in nation.about and "CAAM" in nation.statement
    found = numbers.cars(world)
    assert found["share"] == pytest.approx(share) and round(found["share"], 1) == 9.7
    assert found["low"] < share < found["high"] < found["claim"] == 10 and found["year"] == 2019
    assert "汽车产量占全国比重超过10%" in text and world.number("004-car-share").bound == "above"
    assert "at over 10 percent" in of_notebook("09")[2].say()[0]


def test_six_checks(world):
    table = numbers.checks(world).set_index("number")
    assert list(table.agree) == ["yes", "yes", "no", "no", "no", "no"]
    assert table.loc["racks, Shanghai", "beside it"] == "text: Lingang New Area"
    assert "Pujiang" in table.loc["racks, Shanghai", "the page says"]
    fund = table.loc["fund of the two"]
    assert fund["the page says"] == "30 billion yuan" and "10 billion" in fund["beside it"]
    zone = table.loc["research platforms"]
    assert "169 in the science city" == zone["the page says"] and zone["beside it"].startswith(
        "285 in the zone"
    )
    clauses = re.search("根据合作协议,(.*?)。", world.corpus["000"].text)[1].split(";")
    assert len(clauses) == 6 and table.loc["six fields, the deal", "beside it"].endswith("6 clauses")


def test_boxes_drop_the_bound(world):
    table = numbers.looser(world).set_index("of")
    assert list(table.surface) == ["3万", "60", "14"] and set(table.bound) == {"exact"}
    assert list(table["bound in the text"]) == ["at_least", "at_least", "exact"]


# ---------------------------------------------------------------- figures


def test_figures_say_what_their_data_say(world, drawn):
    draw, folder = drawn
    kept = draw(charts.numbers.kept, world)
    data = pd.read_csv(folder / "09-kept-and-dropped.csv").set_index("page")
    assert data.article.tolist() == damage.fates(world).article.tolist()
    assert "31 percent of Wujin visit 2025" in kept.alt and "36 percent of Chip deal 2023" in kept.alt
    assert "In two files" in kept.text and "pinyin put in (Wujin visit 2025)" in kept.alt
    spot = draw(charts.numbers.broken_spot)
    data = pd.read_csv(folder / "09-broken-spot.csv")
    bytes_ = data.groupby("row", sort=False)["bytes"].agg(" ".join)
    assert bytes_["pinyin put in"] == bytes_["as shown"] != bytes_["as written"]
    assert bytes.fromhex(bytes_["as written"]).decode("gbk") == damage.READING and "twelve signs" in spot.alt


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_sums_the_spot_and_the_cars(corpus, world):
    one, two, three = (found.say() for found in of_notebook("09"))
    deal = corpus["000"]
    assert (
        not re.search(r"\d[亿万]*元", deal.text)
        and deal.raw.count("清溢光电")
        and "清溢光电" not in deal.text
    )
    assert one[0].startswith("In the file of the chip deal every sum in yuan") and one[0].endswith(
        "the article itself names none."
    )
    teasers = deal.raw[deal.raw.index("相关推荐") :]
    sums = re.findall(r"\d[亿万]+元", deal.raw)
    assert (
        sums == re.findall(r"\d[亿万]+元", teasers) and "stands in a teaser about another company" in one[0]
    )
    assert "万亿级" in deal.text and "is a size without yuan" in one[1]
    assert two[0].startswith("The one unreadable spot of the Wujin page") and two[0].endswith(
        "gives the damage byte for byte."
    )
    assert "then no other words fit" in two[1]
    share = 100 * (111.7 + 138) / 2572.1
    assert (
        share < 10
        and "at over 10 percent of China's; by the carmakers' association's count for 2019 they" in three[0]
    )
    assert three[0].endswith("they come to 9.7.") and three[1].startswith(
        "If the share is of 2019, as the outputs"
    )


def test_in_two_files_most_is_something_else(world, drawn):
    draw, _ = drawn
    kept = draw(charts.numbers.kept, world).text
    less = [page.name for page in world.corpus if len(page.text.replace("\n", "")) < len(page.raw) / 2]
    assert less == ["Chip deal 2023", "Wujin visit 2025"]
    assert kept.startswith("title: In two files most characters are something other than the article\n")
    spot = draw(charts.numbers.broken_spot).text
    assert spot.startswith("title: Pinyin put inside one character broke it and those after it\n")
    meant, shown = (
        damage.READING,
        "".join(sign for _, sign in damage.in_pairs(damage.injected(damage.READING))),
    )
    start = next(k for k, (one, other) in enumerate(zip(meant, shown)) if one != other)
    assert start <= 1 and shown[-1] not in meant  # what stands after is another text to the end


def test_the_pinyin_supplies_the_byte_that_the_file_hides(corpus):
    one, other = (sign.encode("gbk") for sign in damage.READING[:2])
    assert one[1:] + other[:1] == damage.MET.encode("gbk") and damage.PINYIN == "zhǔn"
    assert (
        of_notebook("09")[1].say()[1].startswith("The pinyin zhǔn supplies the one byte that the file hides;")
    )
