"""Readers compared: how far A, B and the rule agree, and how a count moves with coder and unit."""

from functools import lru_cache
from itertools import combinations, product

import krippendorff
import pandas as pd

from chipnotes.files import DATA

DIMENSIONS = ("side", "instrument", "value_chain", "firmness", "chips", "self_reliance")


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
    rows = []
    for dimension in dimensions:
        wide = kept.pivot(index=["seed", "start"], columns="coder", values=dimension).replace("", None)
        row = {"dimension": dimension}
        for one, other in combinations([coder for coder in ("A", "B", "rule") if coder in wide], 2):
            row[f"{one}–{other}"] = round(alpha(*wide[[one, other]].dropna().to_numpy().T), 2)
        rows.append(row)
    return pd.DataFrame(rows)


def examples(codes):
    """(seed, start) of the units that are examples in the codebook, where A and B could read the answer."""
    book = (DATA / "codebook.toml").read_text(encoding="utf-8")
    quoted = codes[[f'"{surface}"' in book for surface in codes.surface]]
    return set(zip(quoted.seed, quoted.start, strict=True))


def decided(codes):
    """One row a unit and dimension on which A and B differ: what each says, what was decided, and why."""
    rows = []
    for (seed, start), unit in codes[codes.coder != "rule"].groupby(["seed", "start"], sort=False):
        by = unit.set_index("coder")
        for dimension in DIMENSIONS:
            one, other, both = (by[dimension][coder] for coder in ("A", "B", "agreed"))
            if one != other:
                side = "A" if both == one else "B" if both == other else "neither"
                rows.append((seed, start, dimension, one, other, both, side, by.reason["agreed"]))
    return pd.DataFrame(rows, columns=["seed", "start", "dimension", "A", "B", "decided", "with", "reason"])


def spread(world, count, coders=("A", "B", "rule")):
    """The least and most that a count takes over readers A, B and the rule, by statements and by sentences.

    count    a function: a world → a number
    Returns a dict: by (coder, unit) the count, and `low`, `high`.
    """
    choices = product(coders, ("statement", "sentence"))
    found = {choice: _counted(count, world.read_by(*choice)) for choice in choices}
    return found | {"low": min(found.values()), "high": max(found.values())}


@lru_cache(maxsize=1024)
def _counted(count, world):
    """Worlds that differ in their coder alone are compared over the same readers."""
    return count(world)
