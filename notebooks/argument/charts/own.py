"""Figure of notebook 90, for any folder: quantities of one unit on a line, with the bounds of their pages."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

import chipnotes as cn

ROWS = 20  # as many as a reader compares


def bounds(corpus, unit="元"):
    """The quantities of a unit, the largest first: a dot exact, a line a range, an arrow an open side."""
    pages = {doc.id: doc.name for doc in corpus}
    data = cn.quantities(corpus).query("unit == @unit").copy()
    data["label"] = [f"{pages[row.seed]}: {row.surface.replace(chr(10), '')}" for row in data.itertuples()]
    data["middle"] = data[["low", "high"]].mean(axis=1)
    data = data.drop_duplicates("label").sort_values("middle").tail(ROWS)[["label", "low", "high", "bound"]]
    if not len(data):
        raise ValueError(f"no quantity in {unit!r}; cn.quantities(corpus).unit.unique() lists the units")
    many = 1e6 if data[["low", "high"]].max(axis=None) >= 1e8 else 1
    data[["low", "high"]] /= many
    fig, ax = plt.subplots(figsize=(7, 0.9 + 0.27 * len(data)))
    for y, row in enumerate(data.itertuples()):
        ends = [side for side in (row.low, row.high) if side == side]
        ax.plot(ends, [y] * len(ends), color=figures.ACCENT, lw=3, marker="o", ms=5)
        if len(ends) == 1:  # open above or below
            step = ends[0] * 1.9 if row.low == row.low else ends[0] / 1.9
            ax.annotate("", (step, y), (ends[0], y), arrowprops={"arrowstyle": "->", "color": figures.ACCENT})
    if data.low.min() > 0 and data[["low", "high"]].max(axis=None) > 50 * data[["low", "high"]].min(
        axis=None
    ):
        ax.set_xscale("log")
    ax.margins(x=0.12)
    ax.set_yticks(range(len(data)), data.label)
    ax.xaxis.set_major_formatter("{x:,.6g}")
    words = {"元": "yuan (元)", "%": "percent"}.get(unit, f"in the unit {unit}")
    ax.set_xlabel("million " * (many > 1) + words)
    return figures.save(
        fig,
        "90-bounds",
        "What the pages give as a bound stays a bound",
        "Each quantity of one unit by rule: a dot is a value or a limit, a line a range, an arrow an "
        "open side.",
        f"{len(data)} quantities, one a row, each with its page and its words; "
        f"{data.bound.eq('range').sum()} with two ends, "
        f"{data[['low', 'high']].isna().any(axis=1).sum()} open on one side.",
        data,
    )
