"""Each method of compare.py against a published example, a closed form or a calculation by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from chipnotes import codebook as cb
from chipnotes import compare as cp


@pytest.fixture(scope="module")
def coded(corpus):
    return cb.codes(corpus)


@pytest.fixture(scope="module")
def hand(coded):
    return coded[coded.coder == "hand"]


# ---------------------------------------------------------------- alpha

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A to C; . is a missing value
MEG_OWEN = ["0100000010", "1110010000"]
BEN_GERRY = ["aabbdcccedda", "babbbccceddd"]
FOUR = ["123321412...", "1233224125..", ".33323422513", "12332441251."]


def table(coders):
    return pd.DataFrame({n: [None if v == "." else v for v in values] for n, values in enumerate(coders)})


@pytest.mark.parametrize(
    ("coders", "level", "order", "alpha"),
    [
        (MEG_OWEN, "nominal", None, 0.095),
        (BEN_GERRY, "nominal", None, 0.692),
        (FOUR, "nominal", None, 0.743),
        (FOUR, "ordinal", list("12345"), 0.815),
    ],
)
def test_alpha_of_the_published_examples(coders, level, order, alpha):
    assert round(cp.krippendorff_alpha(table(coders), level, order, draws=10)["alpha"], 3) == alpha


def test_alpha_and_its_interval_are_the_same_every_time():
    first = cp.krippendorff_alpha(table(BEN_GERRY), draws=200)
    assert first == cp.krippendorff_alpha(table(BEN_GERRY), draws=200)
    assert first["low"] < first["alpha"] < first["high"]
    assert first != cp.krippendorff_alpha(table(BEN_GERRY), draws=200, seed=1)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_the_interval_is_that_of_alpha_on_each_resample(level):
    """Against the library, resample by resample; units that one coder or none coded are among them."""
    counts = np.array([[2, 0, 0], [1, 1, 0], [0, 3, 0], [0, 1, 2], [1, 0, 0], [0, 0, 0], [1, 0, 1], [0, 0, 2]])
    at_once = cp._resampled_alphas(counts, level, 300, np.random.default_rng(3))
    rng = np.random.default_rng(3)
    one_by_one = [cp._alpha(counts[rng.integers(0, 8, 8)], level) for _ in range(300)]
    assert np.allclose(at_once, one_by_one, rtol=0, atol=1e-12, equal_nan=True)


def test_alpha_does_not_exist_without_variation():
    alpha = cp.krippendorff_alpha(table(["aaa", "aaa"]), draws=20)
    assert math.isnan(alpha["alpha"]) and alpha["undefined"] == 20
    # perfect agreement on two values: resamples with one value only are counted and left out
    alpha = cp.krippendorff_alpha(table(["aab", "aab"]), draws=200)
    assert alpha["alpha"] == alpha["low"] == 1 and 0 < alpha["undefined"] < 200


@pytest.mark.parametrize(
    ("values", "arguments", "message"),
    [
        (["a", "a"], {}, "two units"),
        (["ab"], {}, "two coders"),
        (["ab", "ab"], {"level": "ratio"}, "nominal or ordinal"),
        (["ab", "ab"], {"level": "ordinal"}, "needs the order"),
        (["ab", "ac"], {"order": ["a", "b"]}, "not in the order given: c"),
    ],
)
def test_alpha_refuses(values, arguments, message):
    with pytest.raises(ValueError, match=message):
        cp.krippendorff_alpha(table(values), **arguments)


def test_agreement_counts_what_the_tables_show(coded):
    agreement = cp.agreement(coded, draws=50)
    assert list(agreement.dimension) == [*cb.DIMENSIONS, "firmness"]
    disputed = cp.disagreements(coded)
    for row in agreement[agreement.level == "nominal"].itertuples():
        assert row.units == coded.coder.eq("hand").sum()
        assert row.agree == row.units - (disputed.dimension == row.dimension).sum()
        assert row.low <= row.alpha <= row.high


def test_disagreements_show_both_sides(coded, corpus):
    found = cp.disagreements(coded)
    assert (found.hand != found.rule).all() and (found.pattern != "").all() and (found.reason != "").all()
    assert all(corpus[r.seed].text[r.start : r.end] == r.surface for r in found.itertuples())
    pd.testing.assert_frame_equal(found, cp.disagreements(corpus))


def test_agreement_refuses(coded):
    with pytest.raises(ValueError, match="coders hand and rule; the table has rule"):
        cp.agreement(coded[coded.coder == "rule"])
    with pytest.raises(ValueError, match="two rows of coder 'hand' for unit 1 of seed 000"):
        cp.agreement(pd.concat([coded, coded.head(1)]))
    with pytest.raises(ValueError, match="not a table of codes: chips"):
        cp.agreement(coded.drop(columns="chips"))
    with pytest.raises(ValueError, match="no unit was coded by both"):
        cp.agreement(coded[(coded.coder == "hand") ^ (coded.seed == "000")])


# ---------------------------------------------------------------- shares


@pytest.mark.parametrize("n", [1, 11, 45, 81])
def test_zero_cells_against_the_closed_form(n):
    low, high = cp.clopper_pearson(0, n)
    assert low == 0 and math.isclose(high, 1 - 0.025 ** (1 / n))
    low, high = cp.clopper_pearson(n, n, level=0.9)
    assert high == 1 and math.isclose(low, 0.05 ** (1 / n))


def test_clopper_pearson_against_binomial_tails():
    low, high = cp.clopper_pearson(4, 15)
    tail = lambda p, ks: sum(math.comb(15, k) * p**k * (1 - p) ** (15 - k) for k in ks)  # noqa: E731
    assert math.isclose(tail(low, range(4, 16)), 0.025, rel_tol=1e-6)
    assert math.isclose(tail(high, range(0, 5)), 0.025, rel_tol=1e-6)


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 5), (0, 0), (1.5, 3)])
def test_clopper_pearson_refuses(k, n):
    with pytest.raises(ValueError, match="k of n"):
        cp.clopper_pearson(k, n)


def test_clopper_pearson_refuses_a_level():
    with pytest.raises(ValueError, match="between 0 and 1"):
        cp.clopper_pearson(1, 2, level=95)


def test_shares_show_every_code_and_add_up(hand):
    shares = cp.bootstrap_shares(hand, "instrument", draws=300)
    assert len(shares) == 5 * len(cb.code_list("instrument"))
    assert np.allclose(shares.groupby("seed").share.sum(), 1)
    assert list(shares.groupby("seed")["count"].sum()) == list(hand.groupby("seed").size())
    zero = shares[shares["count"] == 0]
    assert len(zero) and (zero.high == 0).all() and (zero.exact_high > 0).all()
    pd.testing.assert_frame_equal(shares, cp.bootstrap_shares(hand, "instrument", draws=300))


def test_the_bootstrap_of_a_share_has_the_binomial_spread():
    table = pd.DataFrame({"seed": ["x"] * 400, "code": ["a"] * 100 + ["b"] * 300})
    row = cp.bootstrap_shares(table, "code", draws=20_000).iloc[0]
    spread = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert abs(row.low - (0.25 - spread)) < 0.004 and abs(row.high - (0.25 + spread)) < 0.004


def test_shares_of_a_group_do_not_depend_on_the_groups_after_it(hand):
    first = hand[hand.seed == "000"]
    together = cp.bootstrap_shares(hand, "side", draws=100)
    alone = cp.bootstrap_shares(first, "side", draws=100)
    pd.testing.assert_frame_equal(together[together.seed == "000"], alone)


def test_shares_refuse(coded, hand):
    with pytest.raises(ValueError, match="one coder only"):
        cp.bootstrap_shares(coded, "side")
    with pytest.raises(ValueError, match="no column 'colour'"):
        cp.bootstrap_shares(hand, "colour")
    with pytest.raises(ValueError, match="not among the values: .*supply"):
        cp.bootstrap_shares(hand, "side", values=["none", "demand", "environment"])


# ---------------------------------------------------------------- words


def test_log_odds_against_a_calculation_by_hand():
    # a: 芯片 3, 人才 1; b: 芯片 1, 汽车 4; prior 芯片 5, 人才 2, 汽车 3, scaled from 10 to 20
    prior = {"芯片": 5, "人才": 2, "汽车": 3}
    found = cp.log_odds({"芯片": 3, "人才": 1}, {"芯片": 1, "汽车": 4}, prior, size=20).set_index("word")
    delta = math.log((3 + 10) / (4 + 20 - 3 - 10)) - math.log((1 + 10) / (5 + 20 - 1 - 10))
    variance = 1 / 13 + 1 / 11
    row = found.loc["芯片"]
    assert math.isclose(row.delta, delta) and math.isclose(row.variance, variance)
    assert math.isclose(row.z, delta / math.sqrt(variance)) and row.prior == 10
    cars = math.log((0 + 6) / (4 + 20 - 0 - 6)) - math.log((4 + 6) / (5 + 20 - 4 - 6))
    assert math.isclose(found.loc["汽车"].delta, cars) and found.loc["汽车"].z < 0
    assert list(found.z) == sorted(found.z, reverse=True)


def test_log_odds_turn_their_sign_with_the_groups():
    a, b = {"芯片": 8, "合作": 5, "人才": 1}, {"芯片": 2, "合作": 6, "汽车": 9}
    ab, ba = cp.log_odds(a, b).set_index("word"), cp.log_odds(b, a).set_index("word")
    assert np.allclose(ab.z, -ba.z.reindex(ab.index))


def test_a_larger_prior_draws_words_towards_zero():
    a, b = {"芯片": 8, "合作": 5}, {"芯片": 2, "合作": 6}
    small, large = (cp.log_odds(a, b, size=s).set_index("word").delta.abs() for s in (1, 1000))
    assert (large < small).all()


def test_the_prior_may_hold_words_of_neither_group():
    found = cp.log_odds({"芯片": 1}, {"合作": 1}, {"芯片": 1, "合作": 1, "其他": 8})
    assert list(found.word) == ["芯片", "合作"]
    assert math.isclose(found.delta[0], math.log(2 / (1 + 10 - 2)) - math.log(1 / (1 + 10 - 1)))


@pytest.mark.parametrize(
    ("a", "b", "prior", "size", "message"),
    [
        ({}, {"芯": 1}, None, None, "one word at least"),
        ({"芯": -1}, {"芯": 1}, None, None, "counts_a.*0 or more"),
        ({"芯": 1}, {"片": 1}, {"芯": 1, "其": 1}, None, "prior lacks 1 words, for instance '片'"),
        ({"芯": 1}, {"片": 1}, None, 0, "positive number"),
        ({"芯": 1}, {"芯": 1}, None, None, "two different words"),
    ],
)
def test_log_odds_refuse(a, b, prior, size, message):
    with pytest.raises(ValueError, match=message):
        cp.log_odds(a, b, prior, size)


def test_a_word_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="stands twice"):
        cp.log_odds(pd.Series([1, 2], index=["芯", "芯"]), {"芯": 1})


# ---------------------------------------------------------------- documents


def test_five_pages_of_three_places_can_be_dealt_in_twenty_ways():
    places = ["川渝", "川渝", "上海", "武进", "川渝"]
    deals = cp.enumerate_permutations(places)
    assert len(deals) == 20 and not deals.duplicated().any()
    assert list(deals.iloc[0]) == places
    assert all(sorted(row) == sorted(places) for row in deals.to_numpy().tolist())
    least = cp.smallest_p(places).iloc[0]
    # the two single places may change names without changing a symmetric statistic
    assert (least.assignments, least.smallest_p, least.smallest_p_symmetric) == (20, 1 / 20, 2 / 20)


@pytest.mark.parametrize(("labels", "number", "symmetric"), [("aabb", 6, 2 / 6), ("aaaab", 5, 1 / 5), ("abc", 6, 1)])
def test_smallest_p_against_the_list(labels, number, symmetric):
    assert len(cp.enumerate_permutations(labels)) == number
    least = cp.smallest_p(labels).iloc[0]
    assert math.isclose(least.smallest_p, 1 / number) and math.isclose(least.smallest_p_symmetric, symmetric)


def test_the_smallest_p_is_reached():
    # the two highest values are the group a, as far apart from b as a deal can set them
    labels, values = list("aabbb"), [9, 8, 1, 2, 3]
    deals = cp.enumerate_permutations(labels).to_numpy().tolist()
    sums = [sum(v for v, g in zip(values, deal, strict=True) if g == "a") for deal in deals]
    p = np.mean([s >= sums[0] for s in sums])
    assert math.isclose(p, cp.smallest_p(labels).smallest_p[0])


def test_permutations_refuse():
    with pytest.raises(ValueError, match="two groups"):
        cp.enumerate_permutations("aaa")
    with pytest.raises(ValueError, match="too many to write out"):
        cp.enumerate_permutations("ab" * 15)
    assert cp.smallest_p("ab" * 15).assignments[0] == math.comb(30, 15)


def test_leave_one_out(corpus):
    found = cp.leave_one_out(corpus, lambda docs: sum(len(d.text) for d in docs))
    assert list(found.left_out) == ["", "000", "001", "002", "003", "004"]
    assert found.value[0] - found.value[3] == len(corpus["002"].text)
    named = cp.leave_one_out(corpus, lambda docs: {"pages": len(docs), "units": len(cb.quasi_sentences(docs))})
    assert list(named.columns) == ["left_out", "pages", "units"] and set(named.pages[1:]) == {4}
    with pytest.raises(ValueError, match="two documents"):
        cp.leave_one_out([corpus["000"]], len)
