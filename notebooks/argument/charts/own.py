"""Figure of notebook 90, for any folder: quantities of one unit on a line, with the bounds of their pages."""

import chipnotes as cn
from argument.charts import ACCENT, prose, shapes


def bounds(corpus, unit="元"):
    """The quantities of a unit, the largest first: a dot exact, a line a range, an arrow an open side."""
    data, pages = cn.quantities(corpus).query("unit == @unit"), {doc.id: doc.name for doc in corpus}
    data["label"] = data.seed.map(pages) + ": " + data.surface.str.replace("\n", "")
    data["middle"] = data[["low", "high"]].mean(axis=1)
    # as many as a reader compares
    data = data.drop_duplicates("label").sort_values("middle").tail(20)[["label", "low", "high", "bound"]]
    if not len(data):
        raise ValueError(f"no quantity in {unit!r}; cn.quantities(corpus).unit.unique() lists the units")
    many = 1e6 if data[["low", "high"]].max(axis=None) >= 1e8 else 1
    data[["low", "high"]] /= many
    shown = data[::-1].reset_index()
    low, high = shown.low.fillna(shown.high), shown.high.fillna(shown.low)
    fig, ax = shapes.sheet(0.9 + 0.27 * len(data), shown.label, lines="xy")
    ax.plot([low, high], [shown.index, shown.index], color=ACCENT, lw=3, marker="o", ms=5)
    for ends, lacking, step in ((low, shown.high, 1.9), (high, shown.low, 1 / 1.9)):
        for y, end in ends[lacking.isna()].items():
            ax.annotate("", (end * step, y), (end, y), arrowprops={"arrowstyle": "->", "color": ACCENT})
    ax.set_xscale("log" if 0 < low.min() < high.max() / 50 else "linear")
    ax.margins(x=0.12)
    ax.xaxis.set_major_formatter("{x:,.6g}")
    words = "million " * (many > 1) + prose.TOLD["90-bounds"]["units"].get(unit, f"in the unit {unit}")
    ranges, half = data[data.bound == "range"], data[data.low.isna() | data.high.isna()]
    return prose.save(fig, "90-bounds", data, unit=words, ranges=ranges, half=half)
