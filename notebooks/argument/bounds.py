"""Bounds: what printed growth rates of a whole and of its parts say of the shares of the parts.

A table of rates has one row a rate, the whole first, then the parts; columns low and high, in percent.
"""

from itertools import product

import numpy as np
from scipy.optimize import linprog


def base_share(total, first, rest):
    """Percent of the base that the first part made; it grew by `first`, the rest by `rest`, all by `total`.

    >>> base_share(total=4, first=10, rest=0)
    40.0
    """
    return 100 * (total - rest) / (first - rest)


def closed_form(rates):
    """Least and most percent that the first part made of the base ("output") and of the growth ("growth")."""
    whole, first, *others = rates[["low", "high"]].to_numpy().tolist()
    rest = [min(low for low, _ in others), max(high for _, high in others)]
    corners = [(base_share(*corner), corner) for corner in product(whole, first, rest)]
    output = [share for share, _ in corners]
    growth = [share * grown / total for share, (total, grown, _) in corners]
    return {"output": (min(output), max(output)), "growth": (min(growth), max(growth))}


def programme(years, of, overlap=0.0, twice_grows=None):
    """The same by a linear programme, for three parts and one year or several years that follow each other.

    years    tables of rates, one a year
    of       output, growth: the first part in the base, in the first year's growth; last: the whole's growth
             in the last year; last growth: the first part in the last year's growth
    overlap  part of the base that may count both under the first and the second part, and once in the whole
    twice_grows  least and most percent by which that part grows; None: as the two parts it counts under
    """
    stages, one = range(len(years) + 1), np.eye(4)
    whole = np.array([1, 1, 1, -1])  # the fourth is counted twice

    def at(stage, what):
        return np.kron(np.eye(len(stages))[stage], what)

    rows = [at(0, one[3] - overlap * whole)] + [at(k, one[3] - one[part]) for k in stages for part in (0, 1)]
    for k, rates in enumerate(years):
        limits = rates[["low", "high"]].to_numpy().tolist()
        between = (min(low for low, _ in limits[1:3]), max(high for _, high in limits[1:3]))
        limits.append(twice_grows or between)
        for what, (least, most) in zip([whole, *one], limits, strict=True):
            rows += [at(k, (1 + least / 100) * what) - at(k + 1, what)]
            rows += [at(k + 1, what) - at(k, (1 + most / 100) * what)]
    asked, of_what = {
        "output": (at(0, one[0]), at(0, whole)),
        "growth": (at(1, one[0]) - at(0, one[0]), at(1, whole) - at(0, whole)),
        "last": (at(-1, whole) - at(-2, whole), at(-2, whole)),
        "last growth": (at(-1, one[0]) - at(-2, one[0]), at(-1, whole) - at(-2, whole)),
    }[of]
    ask = {"A_ub": rows, "b_ub": np.zeros(len(rows)), "A_eq": [of_what], "b_eq": [1]}
    found = [linprog(sign * asked, **ask) for sign in (1, -1)]
    if any(result.status for result in found):
        raise ValueError(f"no three parts grow like this: {found[0].message}")
    return 100 * found[0].fun, -100 * found[1].fun


def shares(years, of="output"):
    """Least and most percent that each part made of the base, or of what `of` asks, by name."""
    names = years[0].index
    order = {part: [names[0], part, *names[1:].drop(part)] for part in names[1:]}
    return {part: programme([rates.loc[rows] for rates in years], of) for part, rows in order.items()}


def free(rates):
    """The rates with that of the whole left open, to ask what the parts allow."""
    return rates.assign(low=[-100, *rates.low[1:]], high=[1000, *rates.high[1:]])
