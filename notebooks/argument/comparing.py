"""Readers compared: how far A, B and the rule agree, and how a count moves with coder and unit."""

from itertools import combinations, product

import krippendorff
import numpy as np
import pandas as pd

from chipnotes.files import DATA
from chipnotes.rules.coding import DIMENSIONS


def alpha(one, other):
    """Krippendorff's alpha (2011), nominal, of two coders' values for the same units; NaN without variety."""
    if len({*one, *other}) < 2:
        return float("nan")
    return float(krippendorff.alpha([list(one), list(other)], level_of_measurement="nominal"))


def agreement(codes, dimensions=DIMENSIONS, without=()):
    """How far each two coders agree: one row a dimension, one column a pair of coders.

    codes    table of `cn.codes`; only the blind coders A and B and the rule are compared
    without  (seed, start) of units to leave out, such as those that are examples in the codebook
    """
    kept = codes[[key not in set(without) for key in zip(codes.seed, codes.start, strict=True)]]
    table = {}
    for dimension in dimensions:
        wide = kept.pivot(index=["seed", "start"], columns="coder", values=dimension).replace("", None)
        pairs = combinations([coder for coder in ("A", "B", "rule") if coder in wide], 2)
        alphas = {pair: alpha(*wide[[*pair]].dropna().to_numpy().T) for pair in pairs}
        table[dimension] = {"–".join(pair): round(found, 2) for pair, found in alphas.items()}
    return pd.DataFrame(table).T.rename_axis("dimension").reset_index()


def examples(codes):
    """(seed, start) of the units that are examples in the codebook, where A and B could read the answer."""
    book = (DATA / "codebook.toml").read_text(encoding="utf-8")
    quoted = codes[[f'"{surface}"' in book for surface in codes.surface]]
    return set(zip(quoted.seed, quoted.start, strict=True))


def decided(codes):
    """One row a unit and dimension on which A and B differ: what each says, what was decided, with whom."""
    units = codes.query("coder != 'rule'").melt(["seed", "start", "coder"], DIMENSIONS, "dimension")
    table = units.pivot(index=["seed", "start", "dimension"], columns="coder", values="value")
    table = table.query("A != B").rename(columns={"agreed": "decided"}).rename_axis(columns=None)
    side = np.select([table.decided == table.A, table.decided == table.B], ["A", "B"], "neither")
    return table.assign(**{"with": side}).reset_index()


def spread(world, count, coders=("A", "B", "rule")):
    """The least and most that a count takes over readers A, B and the rule, by statements and by sentences.

    count    a function: a world → a number
    Returns a dict: by (coder, unit) the count, and `low`, `high`.
    """
    choices = product(coders, ("statement", "sentence"))
    found = {choice: count(world.read_by(*choice)) for choice in choices}
    return found | {"low": min(found.values()), "high": max(found.values())}
