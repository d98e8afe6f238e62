"""Notebook 06: its numbers found another way, and that each rate is that of the industry it is said of."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from argument import bounds, charts, findings, worlds
from argument.findings import growth
from handtables import records
from scipy.optimize import linprog

from chipnotes.files import FIGURES

# Copied by hand from the page and from a release of October 2025: total, chips, AI, biomedicine.
FIRST, SECOND = np.array([8.6, 20.8, 3.2, 0.0]), np.array([8.5, 11.3, 12.8, 3.6])


@pytest.fixture(scope="module")
def pages():
    return worlds.published()


def table(rates, off=0.05):
    rates = np.array(rates, dtype=float)
    return pd.DataFrame({"low": rates - off, "high": rates + off}, index=list(growth.RATES))


def solved(first, second):
    """Shares of chips, AI, biomedicine in the base that eight rates leave, by three equations."""
    grown = 1 + first[1:] / 100
    left = [np.ones(3), first[1:], grown * second[1:]]
    return np.linalg.solve(left, [1, first[0], (1 + first[0] / 100) * second[0]])


def next_growth(first, second):
    """Percent of the second year's growth that chips made, by the sizes that the three equations leave."""
    size = solved(first, second)[0] * (1 + first[1] / 100) / (1 + first[0] / 100)
    return 100 * size * second[1] / second[0]


def test_each_rate_is_of_the_industry_before_it(pages):
    text = pages.corpus["002"].text
    words = re.search(
        r"三大先导产业制造业总产值同比增长([\d.]+)%,其中,集成电路增长([\d.]+)%,人工智能增长([\d.]+)%,生物医药(持平)",
        text,
    ).groups()
    rates = growth.rates(pages)
    assert list(rates.index) == ["pioneers", "chips", "AI", "biomedicine"]
    assert list(rates.printed) == [float(word.replace("持平", "0")) for word in words] == list(FIRST)
    assert np.allclose(rates.high - rates.low, 0.1)
    assert growth.rates(pages, unchanged=0.5).loc["biomedicine", "high"] == 0.5


def test_pieces_are_those_of_the_second_of_four_products_and_of_the_nation(pages):
    text = pages.corpus["002"].text
    names, rates = re.search(r"全市(.+?)的产量同比分别增长(.+?)。", text).groups()
    place = re.split("[、和]", names).index("集成电路")
    assert (
        growth.rate(pages, growth.CITY)["printed"]
        == float(re.split("[、和]", rates)[place].rstrip("%"))
        == 15
    )
    assert growth.rate(pages, growth.NATION)["printed"] == float(re.search(r"亿块,同比增长(\d+)%", text)[1])
    assert growth.rate(pages, growth.EXPORTS)["printed"] == float(re.search(r"亿个,同比增长(\d+)%", text)[1])
    # printed without a decimal, it may be half a point off
    assert (
        growth.rate(pages, growth.NATION)["high"] == 26.5 and growth.rate(pages, growth.CITY)["high"] == 15.05
    )


def test_later_rates_are_those_of_two_copies_and_on_no_page(pages):
    facts = {row["id"]: row for row in records("external_facts")}
    for fact in ("x34", "x35"):
        said = re.findall(r"(industries|AI|chips|biomedicine) \+([\d.]+) %", facts[fact]["statement"])
        assert {name: float(rate) for name, rate in said} == dict(
            zip(["industries", "chips", "AI", "biomedicine"], SECOND, strict=True)
        )
        assert facts[fact]["source_date"] > str(pages.corpus["002"].card["published"])
    later, year = growth.later(pages)
    assert (list(later.printed), year) == (list(SECOND), 2025)


def test_first_range_by_trying_every_size(pages):
    """All sizes in steps of a thousandth whose growth can be printed as 8.6."""
    chips, ai = np.meshgrid(*[np.linspace(0, 1, 1001)] * 2, indexing="ij")
    sizes = np.stack([chips, ai, 1 - chips - ai])
    least, most = (np.tensordot(FIRST[1:] + off, sizes, 1) for off in (-0.05, 0.05))
    fits = (sizes >= -1e-12).all(axis=0) & (least <= 8.65) & (most >= 8.55)
    found = growth.share(pages)
    assert abs(100 * chips[fits].min() - found["low"]) < 0.1 > abs(100 * chips[fits].max() - found["high"])
    assert found["output"] == "30 to 42 percent" and found["high"] < 50
    # the least growth: no biomedicine, 17.6 of chips and AI apart, by hand with the far ends of the rates
    assert found["growth_low"] == pytest.approx(100 * (8.55 - 3.25) / (20.85 - 3.25) * 20.85 / 8.55)
    assert found["growth"] == 73 and (found["base"], found["year"]) == (2023, 2024)


def test_second_year_by_three_equations_at_every_corner(pages):
    found, point = growth.second_year(pages), solved(FIRST, SECOND)
    assert found["output"] == f"{100 * point[0]:.1f}" == "38.5"
    assert found["growth"] == f"{100 * point[0] * 20.8 / 8.6:.0f}" == "93"
    assert found["next"] == f"{next_growth(FIRST, SECOND):.0f}" == "57"
    offs = np.array(list(itertools.product((-0.05, 0.05), repeat=8)))
    corners = [(FIRST + off[:4], SECOND + off[4:]) for off in offs]
    shares = np.array([solved(*corner)[0] for corner in corners]) * 100
    grown = np.array([share * first[1] / first[0] for share, (first, _) in zip(shares, corners, strict=True)])
    later = np.array([next_growth(*corner) for corner in corners])
    for of, row in (("growth", grown), ("next", later)):
        assert found[f"{of}_range"] == f"{row.min():.1f} to {row.max():.1f} percent"
    first = growth.share(pages)
    first_range = bounds.programme([table(FIRST)], "output")
    assert found["inside"] == pytest.approx((shares.min() - first["low"], first["high"] - shares.max()))
    assert [found["growth_low"], found["next_high"]] == pytest.approx([grown.min(), later.max()])
    said, sure = findings.of_notebook("06")[1].say()
    assert "93 percent of the growth to 2024, and 57 percent of the next year's" in said
    assert "Of the growth to 2024 rounding leaves 92.1" in sure and "growth to 2025 it leaves 55.3" in sure
    # "fit and narrow": some sizes fit, and their range lies inside that of the first year alone
    assert "fit and narrow this" in said and "If the bureau counts in both years alike" in sure
    assert (shares > 0).all() and first_range[0] < shares.min() < shares.max() < first_range[1]


def test_a_second_year_can_fail():
    """Totals outside 7.1 to 12.3 would have put chips outside the first range, or have had no solution."""
    assert np.allclose(
        bounds.programme([table(FIRST), bounds.free(table(SECOND))], "last"), (7.05, 12.35), atol=0.01
    )
    for total in (5.0, 12.7):
        with pytest.raises(ValueError, match="no three parts"):
            bounds.programme([table(FIRST), table([total, *SECOND[1:]])], "output")


def test_the_programme_finds_the_ends_of_the_closed_form():
    random = np.random.default_rng(3)
    for _ in range(30):
        others = random.uniform(-5, 5, 2)
        first = random.uniform(6, 30)
        rates = table([random.uniform(max(others) + 0.2, first - 0.2), first, *others])
        for of, ends in bounds.closed_form(rates).items():
            assert bounds.programme([rates], of) == pytest.approx(ends)


def test_what_survives_double_counting():
    """Upper ends as a second hand had them from the printed rates; the lower ends stay."""
    for part, most in {0.02: 43.0, 0.05: 45.4, 0.10: 49.5, 0.15: 53.6}.items():
        low, high = bounds.programme([table(FIRST, 0)], "output", part)
        assert (round(low, 1), round(high, 1)) == (30.7, most)
        assert round(bounds.programme([table(FIRST, 0)], "growth", part)[0], 1) == 74.2


def test_what_the_prose_says_of_sizes_and_of_double_counting(pages):
    """Biomedicine is the largest; less than half holds with a twentieth counted twice, fails with a tenth."""
    assert np.argsort(solved(FIRST, SECOND)).tolist() == [1, 0, 2]
    most = [bounds.programme([growth.rates(pages)], "output", part)[1] for part in (0.05, 0.10)]
    assert most[0] < 50 < most[1]
    # the lower end has no biomedicine, the upper end no AI: the rest grows as the other one does
    found = growth.share(pages)
    assert found["low"] == pytest.approx(100 * (8.55 - 3.25) / (20.85 - 3.25))
    assert found["high"] == pytest.approx(100 * (8.65 + 0.05) / (20.75 + 0.05))


def four_groups(of, part, least, most):
    """The same question to four groups apart: chips only, AI only, both, biomedicine; printed 2024 rates."""
    low, high = 1 + (FIRST - 0.05) / 100, 1 + (FIRST + 0.05) / 100
    heads = np.array([[1, 1, 1, 1], [1, 0, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1]])
    rows = [np.concatenate([low[k] * head, -head]) for k, head in enumerate(heads)]
    rows += [np.concatenate([-high[k] * head, head]) for k, head in enumerate(heads)]
    both = np.array([0, 0, 1, 0])
    rows += [
        np.concatenate([(1 + least / 100) * both, -both]),
        np.concatenate([-(1 + most / 100) * both, both]),
    ]
    rows.append(np.concatenate([both - part, np.zeros(4)]))
    zero, one = np.zeros(4), np.ones(4)
    if of == "output":
        asked, base = np.concatenate([-heads[1], zero]), np.concatenate([one, zero])
    else:
        asked, base = np.concatenate([-heads[1], heads[1]]), np.concatenate([-one, one])
    return 100 * abs(linprog(asked, A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=[base], b_eq=[1]).fun)


def test_double_counting_hangs_on_how_fast_that_part_grows(pages):
    """Of four disjoint groups: as AI or chips, up to half, down by a fifth; the last undoes the growth."""
    rates = growth.rates(pages)
    for ends, part in itertools.product(((3.15, 20.85), (0, 50), (-20, 50)), (0.02, 0.05, 0.10, 0.15)):
        of, growing = (four_groups(what, part, *ends) for what in ("output", "growth"))
        assert bounds.programme([rates], "output", part, ends)[1] == pytest.approx(of)
        assert bounds.programme([rates], "growth", part, ends)[0] == pytest.approx(growing)
    assert bounds.programme([rates], "output", 0.05) == pytest.approx(
        bounds.programme([rates], "output", 0.05, (3.15, 20.85))
    )
    assert round(four_groups("output", 0.05, 0, 50), 1) == 52.7
    assert round(four_groups("growth", 0.05, 0, 50), 1) == 71.2
    assert four_groups("growth", 0.10, -20, 50) < 50 < four_groups("growth", 0.15, 3.15, 20.85)


def test_the_whole_city_is_another_thing():
    fact = next(row for row in records("external_facts") if row["id"] == "x09")
    assert "industrial value added +1.3 %" in fact["statement"] and fact["value"] == "1.3"


def test_a_toy_of_three():
    """Parts of 40, 35 and 25 that grow by 10, 2 and 0 percent: the range holds 40."""
    low, high = bounds.closed_form(table([4.7, 10, 2, 0], 0))["output"]
    assert low < 40 < high and bounds.base_share(4, 10, 0) == 40


def test_pieces_by_one_division(pages):
    found = growth.pieces(pages)
    assert f"{found['change']:.0f}" == f"{100 - 100 * 1.15 / 1.26:.0f}" == "9"
    least, most = 100 - 100 * 1.1505 / 1.255, 100 - 100 * 1.1495 / 1.265
    assert found["range"] == f"{least:.1f} to {most:.1f} percent" == "8.3 to 9.1 percent"
    assert found["high"] == pytest.approx(-least)
    said = findings.of_notebook("06")[2].say()[0]
    assert "lost ground to China" in said and "fell by about 9 percent" in said
    exports = growth.ratio(growth.rate(pages, growth.EXPORTS), growth.rate(pages, growth.NATION))
    assert round(exports[1], 1) == -11.9
    # the page gives the nation's pieces a unit, the city's none
    assert "集成电路产量3156亿块" in pages.corpus["002"].text


def test_a_finding_fails_with_the_rates(pages, monkeypatch):
    """Exchange city and nation, or let the later rates stand outside: what is said is false."""
    monkeypatch.setattr(growth, "CITY", growth.NATION)
    monkeypatch.setattr(growth, "NATION", "002-sh-ic-volume")
    found = findings.of_notebook("06")[2]
    assert found.margin(found.compute(pages)) < 0
    monkeypatch.setattr(growth, "share", lambda world: {"low": 38, "high": 50, "base": 2023, "year": 2024})
    found = findings.of_notebook("06")[1]
    assert found.margin(found.compute(pages)) < 0


def test_findings_keep_a_margin(pages):
    for found in findings.of_notebook("06"):
        assert found.margin(found.compute(pages)) > 0.5


def test_without_the_shanghai_page_there_is_no_finding():
    world = worlds.changed()["without Shanghai blog 2024"]
    for found in findings.of_notebook("06"):
        with pytest.raises(LookupError):
            found.compute(world)


def test_the_figures_draw_what_the_findings_say(pages, drawn):
    draw, _ = drawn
    shown, first, second = (
        draw(charts.growth.shares_and_growth, pages),
        growth.share(pages),
        growth.second_year(pages),
    )
    drawn = pd.read_csv(FIGURES / "06-shares-and-growth.csv", encoding="utf-8-sig")
    assert drawn.least.tolist()[:2] == pytest.approx([first["low"], first["growth_low"]])
    assert drawn.least.isna().tolist() == [False, False, True]  # the page's rates alone say nothing of 2025
    assert drawn["later rates"].tolist() == [38.5, 93, 57]
    assert drawn.of.tolist() == ["output, 2023", "growth, 2023 to 2024", "growth, 2024 to 2025"]
    assert "less than half of the output, at least 73 percent of the growth to 2024" in shown.text
    assert "all left of the mark" in shown.alt and "all right of it" in shown.alt
    shown = draw(charts.growth.in_pieces, pages)
    drawn = (
        pd.read_csv(FIGURES / "06-in-pieces.csv", encoding="utf-8-sig").set_index("chips in pieces").growth
    )
    assert drawn.to_dict() == {"output of Shanghai": 15, "output of China": 26, "exports of China": 11}
    assert "more slowly in Shanghai than in China" in shown.text and second["later"] == 2025


# ---------------------------------------------------------------- words that the templates fix


def test_the_plain_words_on_output_growth_and_ground(pages, drawn):
    draw, _ = drawn
    one, two, three = (found.say() for found in findings.of_notebook("06"))
    # with half of the output chips alone would have grown the whole by more than is printed
    assert 0.5 * 20.75 + 0.5 * -0.05 > 8.65
    assert one[0].startswith("From January to September 2023 chips made less than half of the manufactur")
    assert one[0].endswith("and at least 73 percent of its growth to the same months of 2024.")
    assert one[1].startswith("They made 30 to 42 percent of the output, by arithmetic on four printed rates")
    assert "fit and narrow this" in two[0] and "of the next year's" in two[0]
    assert 1.15 / 1.26 < 1 and three[0].startswith(
        "Counted in pieces, Shanghai lost ground to China: whatever"
    )
    assert "it fell by about 9 percent of itself" in three[0] and three[1].startswith(
        "Growth of 15 against 26 per"
    )
    caption = " ".join(charts.prose.TOLD["06-shares-and-growth"]["caption"].split())
    assert caption.endswith(
        "a dot adds the rates of a later release, {second[later]}, if both years count alike."
    )
    shown = draw(charts.growth.in_pieces, pages)
    title = "The number of chips made grew more slowly in Shanghai than in China"
    assert shown.text.startswith(f"title: {title}\n")
    assert "The bar of Shanghai is in colour." in shown.alt


def test_the_plain_words_on_what_is_taken_for_granted(pages):
    rates = growth.rates(pages)
    once, twice = (bounds.programme([rates], "output", part, (0, 50))[1] for part in (0, 0.05))
    assert once < 50 < twice and findings.of_notebook("06")[0].say()[1].endswith(
        "the bounds hold if the total is the three industries added up; "
        "5 percent of the output counted twice could break them."
    )
    city, nation = re.findall(r"[^。]*集成电路[^。]*产量[^。]*", pages.corpus["002"].text)[::-1][:2]
    assert "全市" in city and "块" not in city and "亿块" in nation
    sure = findings.of_notebook("06")[2].say()[1]
    assert sure.endswith(
        "The city's unit is not printed; we take it for pieces, made by the same kinds of firms "
        "as the nation's."
    )
