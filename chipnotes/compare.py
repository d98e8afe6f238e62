"""Compare coders, groups and documents with methods that five documents can bear.

Intervals here are of two kinds, and neither speaks of a population of documents: a bootstrap over the units of one document
(coding noise), and the exact binomial interval. Whoever wants a test between documents is told the smallest p it could reach.
"""

import math
from collections.abc import Mapping

import krippendorff
import numpy as np
import pandas as pd
from scipy.special import betaincinv

from chipnotes.codebook import DIMENSIONS, code_list, codes
from chipnotes.text import frame

# ---------------------------------------------------------------- agreement between the two coders


def _coded(table):
    """The table itself, or the codes of a corpus."""
    table = table if isinstance(table, pd.DataFrame) else codes(table)
    missing = {"seed", "unit", "coder", *DIMENSIONS} - set(table.columns)
    if missing:
        raise ValueError(f"not a table of codes: {', '.join(sorted(missing))} missing. Give the result of codes(corpus)")
    return table


def _pairs(table, dimension):
    """The units that both coders coded: columns hand and rule, index seed and unit."""
    table = _coded(table)
    double = table.duplicated(["seed", "unit", "coder"])
    if double.any():
        row = table[double].iloc[0]
        raise ValueError(f"two rows of coder {row.coder!r} for unit {row.unit} of seed {row.seed}; keep one")
    both = table.pivot(index=["seed", "unit"], columns="coder", values=dimension)
    if not {"hand", "rule"} <= set(both.columns):
        raise ValueError(f"agreement needs the coders hand and rule; the table has {', '.join(both.columns) or 'none'}")
    both = both[["hand", "rule"]].dropna()
    if both.empty:
        raise ValueError("no unit was coded by both coders. Hand codes exist for the project's own five pages only")
    return both


def krippendorff_alpha(values, level="nominal", order=None, draws=2000, seed=0):
    """Krippendorff's alpha of two or more coders with its bootstrap interval over units (Krippendorff 2011).

    `values`: a table with one row a unit and one column a coder, None or NaN where a coder did not code. `level` is nominal
    or ordinal; for ordinal give all values in `order`, lowest first. Returns a dict: alpha; low and high, the 2.5 and 97.5
    percentiles of alpha over `draws` resamples of the units (fixed `seed`); undefined, the number of resamples in which all
    values were the same, so that alpha does not exist (they are left out). Alpha is NaN if all values are the same.
    Raises ValueError for fewer than two units, fewer than two coders, or values that are not in `order`.
    """
    values = pd.DataFrame(values)
    if values.shape[0] < 2 or values.shape[1] < 2:
        raise ValueError(f"alpha needs two units and two coders at least; got {values.shape[0]} and {values.shape[1]}")
    if level not in ("nominal", "ordinal"):
        raise ValueError(f"level is nominal or ordinal, not {level!r}")
    present = sorted(set(values.stack().dropna()), key=str)
    if order is None:
        if level == "ordinal":
            raise ValueError("an ordinal alpha needs the order of its values, lowest first")
        order = present
    strange = [v for v in present if v not in order]
    if strange:
        raise ValueError(f"values that are not in the order given: {', '.join(map(str, strange))}")
    counts = np.stack([(values == v).sum(axis=1).to_numpy() for v in order], axis=1)
    drawn = _resampled_alphas(counts, level, draws, np.random.default_rng(seed))
    defined = drawn[~np.isnan(drawn)]
    low, high = np.quantile(defined, [0.025, 0.975]) if len(defined) else (math.nan, math.nan)
    return {"alpha": _alpha(counts, level), "low": float(low), "high": float(high), "undefined": draws - len(defined)}


def _alpha(counts, level):
    pairable = counts[counts.sum(axis=1) >= 2]
    if (pairable.sum(axis=0) > 0).sum() < 2:
        return math.nan
    # ranks of the ordinal distance are the values' places in the order
    return float(krippendorff.alpha(value_counts=pairable, level_of_measurement=level))


def _resampled_alphas(counts, level, draws, rng):
    """`_alpha` of each of `draws` resamples of the units at once; NaN where all values of a resample are the same.

    A resample's coincidence matrix is that of each unit, weighted by how often the unit was drawn.
    """
    n, values = counts.shape
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * (counts[:, None, :] - np.eye(values))
    # a unit that only one coder coded makes no pair
    pairs = (pairs * np.where(coders >= 2, 1 / np.maximum(coders - 1, 1), 0)[:, None, None]).reshape(n, -1)
    drawn = rng.integers(0, n, (draws, n)) + n * np.arange(draws)[:, None]
    weights = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
    observed = (weights @ pairs).reshape(draws, values, values)
    totals = observed.sum(axis=2)
    distance = 1 - np.eye(values)
    if level == "ordinal":
        ranks = totals.cumsum(axis=1) - totals / 2  # the middle of each value among all pairable ones
        distance = (ranks[:, :, None] - ranks[:, None, :]) ** 2
    expected = totals[:, :, None] * totals[:, None, :]
    disagreement, chance = ((matrix * distance).sum(axis=(1, 2)) for matrix in (observed, expected))
    alphas = np.full(draws, math.nan)
    exists = (totals > 0).sum(axis=1) >= 2
    alphas[exists] = 1 - (totals.sum(axis=1)[exists] - 1) * disagreement[exists] / chance[exists]
    return alphas


def agreement(table, draws=2000, seed=0):
    """How far the hand and the rule agree, per dimension: Krippendorff's alpha with its bootstrap interval over units.

    `table`: the result of `codes`, possibly filtered, or a corpus. Columns: dimension, level (nominal; firmness also
    ordinal), units (coded by both), agree (number of equal codes), share (agree / units), alpha, low, high (95 % bootstrap
    interval, see `krippendorff_alpha`), undefined (resamples without alpha). The second coder is a rule, not a person: a
    high alpha says that the codebook can be written down as patterns, not that two readers would agree.
    """
    table = _coded(table)
    rows = []
    for dimension, level in [(d, "nominal") for d in DIMENSIONS] + [("firmness", "ordinal")]:
        both = _pairs(table, dimension)
        same = int((both["hand"] == both["rule"]).sum())
        alpha = krippendorff_alpha(both, level, code_list(dimension), draws, seed)
        rows.append((dimension, level, len(both), same, same / len(both), *alpha.values()))
    types = dict(dimension="str", level="str", units="int64", agree="int64", share=float, alpha=float, low=float, high=float)
    return frame(rows, types | {"undefined": "int64"})


def disagreements(table):
    """Every unit and dimension on which hand and rule differ; nothing is changed by listing it.

    `table`: the result of `codes`, or a corpus. Columns: seed, start, end, surface, unit, role, dimension, hand, rule,
    reason (of the hand code), pattern (what made the rule fire), decided (after the comparison; "" if not revisited).
    """
    table = _coded(table)
    hand = table[table["coder"] == "hand"].set_index(["seed", "unit"])
    rule = table[table["coder"] == "rule"].set_index(["seed", "unit"])
    rows = []
    for dimension in DIMENSIONS:
        both = _pairs(table, dimension)
        for key, pair in both[both["hand"] != both["rule"]].iterrows():
            h = hand.loc[key]
            place = (key[0], h["start"], h["end"], h["surface"], key[1], h["role"])
            rows.append((*place, dimension, pair["hand"], pair["rule"], h["reason"], rule.loc[key]["pattern"], h["decided"]))
    types = dict(seed="str", start="int64", end="int64", surface="str", unit="int64", role="str")
    types |= {c: "str" for c in ("dimension", "hand", "rule", "reason", "pattern", "decided")}
    number = {d: n for n, d in enumerate(DIMENSIONS)}
    found = frame(rows, types)
    return found.assign(n=found["dimension"].map(number)).sort_values(["seed", "unit", "n"], ignore_index=True).drop(columns="n")


# ---------------------------------------------------------------- shares of coded units


def clopper_pearson(k, n, level=0.95):
    """The exact interval of a share of k in n (Clopper & Pearson 1934): a tuple (low, high).

    For a zero cell low is 0 and high is 1 - (a/2)^(1/n) with a = 1 - level: what the share may be although nothing was found.
    Raises ValueError unless 0 <= k <= n, n >= 1 and 0 < level < 1.
    """
    if not (n >= 1 and 0 <= k <= n and int(k) == k and int(n) == n):
        raise ValueError(f"k of n must be whole numbers with 0 <= k <= n and n >= 1; got {k} of {n}")
    if not 0 < level < 1:
        raise ValueError(f"level lies between 0 and 1, not {level}")
    tail = (1 - level) / 2
    low = betaincinv(k, n - k + 1, tail) if k else 0
    high = betaincinv(k + 1, n - k, 1 - tail) if k < n else 1
    return float(low), float(high)


def bootstrap_shares(table, column, by="seed", values=None, draws=2000, seed=0):
    """The share of each code among the units of each group, with the spread that recoding other units of it would give.

    `table`: codes of one coder (filter by `coder`), `column` the dimension, `by` the column that makes groups, `values` the
    codes to show (default: all of the codebook, so that zeros are seen). Columns: the name of `by`, value, count, units (of
    the group), share, low and high (2.5 and 97.5 percentiles over `draws` bootstrap resamples of the group's units),
    exact_low and exact_high (Clopper-Pearson; use these for zero cells, where the bootstrap cannot move). This is coding noise
    within a document, never the sampling error of a population of documents.
    Raises ValueError if the table holds more than one coder or lacks a column.
    """
    for name in (column, by):
        if name not in table.columns:
            raise ValueError(f"no column {name!r} in the table; it has {', '.join(table.columns)}")
    if "coder" in table.columns and table["coder"].nunique() > 1:
        raise ValueError("shares of one coder only: filter the table, for instance codes[codes.coder == 'hand']")
    if values is None:
        values = code_list(column) if column in DIMENSIONS else sorted(table[column].unique())
    strange = sorted(set(table[column]) - set(values))
    if strange:
        raise ValueError(f"{column} holds codes that are not among the values: {', '.join(map(str, strange))}")
    rows = []
    for group, part in table.groupby(by, sort=True):
        counts = part[column].value_counts().reindex(values, fill_value=0).to_numpy()
        n = int(counts.sum())
        # drawing n units with replacement is a multinomial draw; each group has a stream of its own
        drawn = np.random.default_rng([seed, len(rows)]).multinomial(n, counts / n, size=draws) / n
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        for i, value in enumerate(values):
            k = int(counts[i])
            rows.append((group, value, k, n, k / n, low[i], high[i], *clopper_pearson(k, n)))
    types = {by: "str", "value": "str", "count": "int64", "units": "int64", "share": float}
    return frame(rows, types | dict(low=float, high=float, exact_low=float, exact_high=float))


# ---------------------------------------------------------------- words


def _counts(counts, name):
    series = pd.Series(dict(counts) if isinstance(counts, Mapping) else counts, dtype=float)
    if not series.index.is_unique:
        raise ValueError(f"{name}: a word stands twice; add its counts up first")
    if not (np.isfinite(series) & (series >= 0)).all():
        raise ValueError(f"{name}: counts must be numbers of 0 or more")
    return series


def log_odds(counts_a, counts_b, prior=None, size=None):
    """Order words by how much group a prefers them to group b: log-odds with informative Dirichlet prior (Monroe et al. 2008).

    `counts_a`, `counts_b`: word -> count (dict or Series). `prior`: word -> count in a background text (default: a and b
    together); it is scaled so that it sums up to `size` (default: its own sum): the larger, the more rare words shrink.
    Returns one row a word of a or b, highest z first: word, count_a, count_b, prior (after scaling), delta (difference of
    log-odds, natural logarithm), variance (of delta, approximate: their equation 20), z (delta / its standard deviation).
    With few documents z orders words and tests nothing. Monroe, Colaresi & Quinn, Political Analysis 16 (2008), 372-403.
    Raises ValueError for negative counts, an empty group, a size that is not positive, or words that the prior lacks.
    """
    a, b = _counts(counts_a, "counts_a"), _counts(counts_b, "counts_b")
    a, b = a[a > 0], b[b > 0]
    if a.empty or b.empty:
        raise ValueError("each group needs one word at least")
    background = a.add(b, fill_value=0) if prior is None else _counts(prior, "prior")
    background = background[background > 0]
    words = a.index.union(b.index)
    lacking = words[~words.isin(background.index)]
    if len(lacking):
        raise ValueError(f"the prior lacks {len(lacking)} words, for instance {lacking[0]!r}; it must hold every word of a and b")
    if len(background) < 2:
        raise ValueError("log-odds need two different words at least")
    size = float(background.sum()) if size is None else float(size)
    if not (math.isfinite(size) and size > 0):
        raise ValueError(f"the size of the prior is a positive number, not {size}")
    alpha = (background * (size / background.sum())).reindex(words)
    y_a, y_b = a.reindex(words, fill_value=0), b.reindex(words, fill_value=0)
    odds_a = (y_a + alpha) / (y_a.sum() + size - y_a - alpha)
    odds_b = (y_b + alpha) / (y_b.sum() + size - y_b - alpha)
    delta = np.log(odds_a) - np.log(odds_b)
    variance = 1 / (y_a + alpha) + 1 / (y_b + alpha)
    table = pd.DataFrame({"count_a": y_a.astype("int64"), "count_b": y_b.astype("int64"), "prior": alpha, "delta": delta})
    table = table.assign(variance=variance, z=delta / np.sqrt(variance)).rename_axis("word").reset_index()
    return table.sort_values(["z", "word"], ascending=[False, True], ignore_index=True)


# ---------------------------------------------------------------- what documents can bear

_MOST = 100_000  # assignments that are worth writing out


def _groups(labels):
    labels = list(labels)
    if len(labels) < 2 or len(set(labels)) < 2:
        raise ValueError(f"permutation needs two documents in two groups at least; got {labels}")
    sizes = {label: labels.count(label) for label in labels}
    number = math.factorial(len(labels))
    for size in sizes.values():
        number //= math.factorial(size)
    return labels, sizes, number


def enumerate_permutations(labels):
    """Every way to deal the group labels out to the documents: one row an assignment, one column a document (0, 1, ...).

    `labels`: the group of each document, in order; the first row is the assignment as observed. An exact document-level test
    compares the observed row's statistic with that of all rows. Raises ValueError for fewer than two documents or groups, or
    more than 100,000 assignments.
    """
    labels, _, number = _groups(labels)
    if number > _MOST:
        raise ValueError(f"{number} assignments are too many to write out; smallest_p gives their number without listing them")
    ranks = {label: n for n, label in enumerate(dict.fromkeys(labels))}
    rows = [tuple(labels)] + [deal for deal in _deals([ranks[x] for x in labels], list(ranks)) if deal != tuple(labels)]
    return pd.DataFrame(rows, columns=range(len(labels)), dtype="object")


def _deals(pool, names):
    """All distinct orders of the pool, as names, in lexical order of their ranks."""
    if not pool:
        yield ()
        return
    for rank in sorted(set(pool)):
        rest = list(pool)
        rest.remove(rank)
        for tail in _deals(rest, names):
            yield (names[rank], *tail)


def smallest_p(labels):
    """The smallest p that any exact permutation test between the groups could reach with these documents: a one-row table.

    Columns: documents, groups, assignments (distinct ways to deal out the labels), smallest_p (1 / assignments: reached if
    the observed assignment is the single most extreme one), smallest_p_symmetric (for a statistic that does not change when
    groups of equal size change names, for instance an F or a two-sided difference between two groups of equal size).
    """
    _, sizes, number = _groups(labels)
    same = list(sizes.values())
    twins = math.prod(math.factorial(same.count(size)) for size in set(same))
    row = (sum(same), len(same), number, 1 / number, twins / number)
    types = dict(documents="int64", groups="int64", assignments="int64", smallest_p=float, smallest_p_symmetric=float)
    return frame([row], types)


def leave_one_out(corpus, function):
    """What a figure becomes without each document in turn.

    `function` takes a list of documents and returns a number, or a dict or Series of numbers by name. Columns: left_out (the
    id of the document left out, "" for all documents), then value or one column a name. Raises ValueError for fewer than two
    documents.
    """
    documents = list(corpus)
    if len(documents) < 2:
        raise ValueError("leave_one_out needs two documents at least")
    rows = []
    for left in [None, *documents]:
        result = function([d for d in documents if d is not left])
        named = dict(result) if isinstance(result, Mapping | pd.Series) else {"value": result}
        rows.append({"left_out": "" if left is None else left.id, **named})
    return pd.DataFrame(rows)
