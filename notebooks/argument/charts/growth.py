"""Figures of notebook 06: chips in output and growth; growth in pieces, city and nation."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import say
from argument.findings import growth


def shares_and_growth(world):
    """Chips' part of output and growth: the range of the page's rates, the point of the later rates."""
    first, second = growth.share(world), growth.second_year(world)
    data = pd.DataFrame(
        {
            "of": [
                f"output, {first['base']}",
                f"growth, {first['base']} to {first['year']}",
                f"growth, {first['year']} to {second['later']}",
            ],
            "least": [first["low"], first["growth_low"], None],
            "most": [
                first["high"],
                min(first["growth_high"], 100),
                None,
            ],  # rounding alone reaches beyond 100
            "later rates": [float(second[key]) for key in ("output", "growth", "next")],
            "range": [first["output"], f"at least {first['growth']} percent", ""],
        }
    )
    fig, ax = plt.subplots(figsize=(7.2, 4.1))
    for y, row in enumerate(data.itertuples()):
        ax.barh(y, 100, color="#E5E7EB", height=0.5)
        if row.range:  # the page's own rates end with the first year
            ax.barh(y, row.most - row.least, left=row.least, color=figures.ACCENT, height=0.5)
        ax.plot(data["later rates"][y], y, "o", color="white", mec=figures.INK, ms=8, zorder=5)
        later = f"{say.plain(data['later rates'][y])} with the later rates"
        at = {"textcoords": "offset points", "ha": "right" if row.range else "left", "va": "center"}
        if not row.range:
            ax.annotate(later, (data["later rates"][y], y), (9, 0), **at)
            continue
        ax.annotate(row.range, (row.most, y), (0, 25), color=figures.ACCENT, fontweight="bold", **at)
        ax.annotate(later, (row.most, y), (0, -25), **at)
    ax.plot([50, 50], [-0.45, 2.5], color=figures.INK, lw=1, ls=(0, (4, 3)))
    ax.annotate("half", (50, -0.45), (0, 2), textcoords="offset points", ha="center", va="bottom")
    ax.set(yticks=range(3), yticklabels=data["of"], ylim=(2.6, -0.75), xlim=(0, 103))
    ax.set_xlabel("chips' part of Shanghai's pioneer industries, % (January to September)")
    ax.grid(visible=False)
    left, right = (_beside(first[f"{what}low"], first[f"{what}high"]) for what in ("", "growth_"))
    return figures.save(
        fig,
        "06-shares-and-growth",
        f"Chips: {first['side']} of the output, at least {first['growth']} percent of the growth to "
        f"{first['year']}",
        "Part of chips 集成电路 (integrated circuits) in the manufacturing output of Shanghai's pioneer "
        f"industries and in its growth. Bars: what the rates of the Shanghai blog {first['year']} allow, "
        f"with rounding. Dots: with the rates of a later release, {second['later']}, as well.",
        f"Three rows, from 0 to 100 percent. Output: {first['output']}, {left} the mark of one half. "
        f"Growth to {first['year']}: at least {first['growth']} percent, {right} it. Dots: "
        f"{second['output']} and {second['growth']} percent; growth to {second['later']}, {second['next']}.",
        data,
    )


def _beside(low, high):
    return "all left of" if high < 50 else "all right of" if low > 50 else "on both sides of"


def in_pieces(world):
    """Growth in pieces: Shanghai's output, the nation's, the nation's exports."""
    names = {
        growth.CITY: "output, Shanghai",
        growth.NATION: "output, China",
        growth.EXPORTS: "exports, China",
    }
    data = pd.DataFrame(
        [(name, growth.rate(world, fact)["printed"]) for fact, name in names.items()],
        columns=["chips in pieces", "growth"],
    )
    found = growth.pieces(world)
    fig, ax = plt.subplots(figsize=(7.2, 2.5))
    colours = [figures.ACCENT if fact == growth.CITY else "#9CA3AF" for fact in names]
    ax.barh(data.index, data.growth, color=colours, height=0.6)
    for y, value in enumerate(data.growth):
        ax.annotate(
            f"+{say.plain(value)} %", (value, y), xytext=(5, 0), textcoords="offset points", va="center"
        )
    ax.set(yticks=data.index, yticklabels=data["chips in pieces"], ylim=(2.5, -0.5), xlim=(0, 30))
    ax.set_xlabel(f"growth from {found['base']} to {found['year']}, % (January to September)")
    ax.grid(axis="y", visible=False)
    listed = say.listed(f"{row[1]} {say.plain(row.growth)} percent" for row in data.itertuples())
    pace = say.more_or_less(data.growth[0], data.growth[1], ("faster than", "more slowly than", "as fast as"))
    return figures.save(
        fig,
        "06-in-pieces",
        f"In pieces Shanghai's chip output grew {pace} China's",
        f"Growth of the number of chips, as the Shanghai blog {found['year']} prints it: output 产量 (chips "
        "made; the city's unit is not printed), exports 出口 (chips exported).",
        f"Three bars: {listed}. The bar of Shanghai is in colour.",
        data,
    )
