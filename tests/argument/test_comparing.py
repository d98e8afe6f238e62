"""Agreement of readers against published examples, and how a count moves with reader and unit."""

import math

import chipnotes as cn
import pandas as pd
import pytest
from argument import comparing, worlds

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A and B
MEG_OWEN = ("0100000010", "1110010000", 0.095)
BEN_GERRY = ("aabbdcccedda", "babbbccceddd", 0.692)


@pytest.mark.parametrize(("one", "other", "alpha"), [MEG_OWEN, BEN_GERRY])
def test_alpha_of_the_published_examples(one, other, alpha):
    assert round(comparing.alpha(one, other), 3) == alpha == round(comparing.alpha(other, one), 3)


def test_alpha_does_not_exist_without_variety():
    assert math.isnan(comparing.alpha("aaa", "aaa"))
    assert comparing.alpha("aab", "aab") == 1


def codes(**coders):
    """A table of codes of one dimension: one letter a unit and coder; "." where a coder has no row."""
    return pd.DataFrame(
        [
            {"seed": "x", "start": at, "coder": coder, "side": value}
            for coder, values in coders.items()
            for at, value in enumerate(values)
            if value != "."
        ]
    )


def test_agreement_is_alpha_of_each_two_coders():
    (row,) = comparing.agreement(codes(A=BEN_GERRY[0], B=BEN_GERRY[1], rule=BEN_GERRY[0]), ["side"]).to_dict(
        "records"
    )
    assert row == {"dimension": "side", "A–B": 0.69, "A–rule": 1.0, "B–rule": 0.69}


def test_what_was_agreed_afterwards_is_not_compared():
    table = comparing.agreement(codes(A="aab", B="abb", agreed="aab"), ["side"])
    assert list(table) == ["dimension", "A–B"]


def test_only_units_that_both_coded_count():
    whole = comparing.agreement(codes(A=BEN_GERRY[0], B=BEN_GERRY[1]), ["side"])
    more = comparing.agreement(codes(A=BEN_GERRY[0] + "ab.", B=BEN_GERRY[1] + "..e"), ["side"])
    assert whole.equals(more)


def test_examples_of_the_codebook_can_be_left_out():
    table = codes(A=BEN_GERRY[0] + "ab", B=BEN_GERRY[1] + "ba")
    without = comparing.agreement(table, ["side"], without=[("x", 12), ("x", 13)])
    assert without["A–B"][0] == 0.69 > comparing.agreement(table, ["side"])["A–B"][0]


def test_the_readers_of_the_pages_agree_above_chance(corpus):
    """Nominal alpha is never above the share of units on which two readers agree."""
    table = cn.codes(corpus)
    found = comparing.agreement(table).set_index("dimension")
    assert list(found.index) == list(comparing.DIMENSIONS)
    a, b = (table[table.coder == coder].set_index(["seed", "start"]) for coder in "AB")
    for dimension, row in found.iterrows():
        same = (a[dimension] == b[dimension].reindex(a.index)).mean()
        assert 0 < row["A–B"] <= same + 0.005


def test_a_count_moves_with_reader_and_unit():
    world = worlds.published()
    found = comparing.spread(world, lambda other: len(other.codes))
    readers = {(coder, unit) for coder in ("A", "B", "rule") for unit in ("statement", "sentence")}
    assert found.keys() == readers | {"low", "high"}
    assert found["A", "sentence"] == len(world.read_by("A", "sentence").codes) < found["A", "statement"]
    assert (found["low"], found["high"]) == (min(found[key] for key in readers), found["A", "statement"])
