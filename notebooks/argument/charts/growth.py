"""Figures of notebook 06: chips in output and growth; growth in pieces, city and nation."""

import pandas as pd

from argument.charts import ACCENT, INK, prose, shapes
from argument.findings import growth


def shares_and_growth(world):
    """Chips' part of output and growth: the range of the page's rates, the point of the later rates."""
    first, second = growth.share(world), growth.second_year(world)
    base, year = first["base"], first["year"]
    names = [f"output, {base}", f"growth, {base} to {year}", f"growth, {year} to {second['later']}"]
    data = pd.DataFrame({"of": names})
    data["least"] = first["low"], first["growth_low"], None  # the page's own rates end with its year
    data["most"] = first["high"], min(first["growth_high"], 100), None  # rounding alone reaches beyond 100
    data["later rates"] = [float(second[of]) for of in growth.ASKED]
    data["range"] = first["output"], f"at least {first['growth']} percent", ""
    fig, ax = shapes.sheet(4.1, data["of"], room=(0.75, 0.6), xlim=(0, 103))
    for y, (_, least, most, later, words) in enumerate(data.itertuples(index=False)):
        ax.barh(y, 100, color=shapes.PALE, height=0.5)
        ax.plot(later, y, "o", color="white", mec=INK, ms=8, zorder=5)
        place = (most, y, 0, -25, INK, "right") if words else (later, y, 9)
        if words:
            ax.barh(y, most - least, left=least, color=ACCENT, height=0.5)
            shapes.note(ax, words, most, y, 0, 25, ACCENT, "right", fontweight="bold")
        shapes.note(ax, f"{later:g} with the later rates", *place)
    ax.plot([50, 50], [-0.45, 2.5], color=INK, lw=1, ls=(0, (4, 3)))
    shapes.note(ax, "half", 50, -0.45, 0, 2, ha="center", va="bottom")
    return prose.save(fig, "06-shares-and-growth", data, first=first, second=second, dots=data["later rates"])


def in_pieces(world):
    """Growth in pieces: Shanghai's output, the nation's, the nation's exports."""
    rates, found = [growth.rate(world, fact)["printed"] for fact in growth.PIECES], growth.pieces(world)
    data = pd.DataFrame({"chips in pieces": growth.PIECES.values(), "growth": rates})
    told, names = data.growth.map("{:g}".format), data["chips in pieces"]
    fig, ax = shapes.sheet(2.5, names, lines="x", xlim=(0, 30))
    colours = [ACCENT if fact == growth.CITY else shapes.MIDDLE for fact in growth.PIECES]
    shapes.bars(ax, rates, colours, words="+" + told + " %")
    return prose.save(fig, "06-in-pieces", data, found=found, listed=names + " " + told + " percent")
