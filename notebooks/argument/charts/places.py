"""Figures of notebook 08: what each place's pages name most; terms by page in order of date."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import say
from argument.findings import places


def named_most(world):
    """A panel a place: its statements on the measures that any place names most, range over readers."""
    table, most, (low, high) = places.counts(world), places.most_named(world), places.spread(world)
    order = list(
        dict.fromkeys(measure for place in places.PLACES.values() for measure in most.get(place, []))
    )
    rows = [
        {
            "place": place,
            "measure": measure,
            "statements": table[place][measure],
            "of": table[place].sum(),
            "share": 100 * table[place][measure] / table[place].sum(),
            "least": 100 * low[place][measure],
            "most": 100 * high[place][measure],
        }
        for place in places.PLACES.values()
        if place in table
        for measure in order
    ]
    data = pd.DataFrame(rows)
    fig, axes = plt.subplots(1, data.place.nunique(), sharey=True, figsize=(7.2, 3.1))
    for ax, (place, part) in zip(axes, data.groupby("place", sort=False), strict=True):
        for y, row in enumerate(part.itertuples()):
            first = row.measure in most[place]
            colour = figures.ACCENT if first else "#C9CED6"
            ax.barh(y, row.share, color=colour, height=0.56)
            ax.plot([row.least, row.most], [y + 0.38, y + 0.38], color=figures.INK, lw=1.2)
            text = {"color": figures.ACCENT if first else figures.INK, "va": "center"}
            at = (max(row.share, 0), y)
            ax.annotate(row.statements, at, (5, 0), textcoords="offset points", **text)
        ax.set(xlim=(0, 50), ylim=(len(order) - 0.4, -0.6), yticks=range(len(order)), yticklabels=order)
        ax.set_title(f"{place}\n{part.of.iloc[0]} statements", loc="left")
        ax.grid(visible=False, axis="y")
    fig.supxlabel("part of the statements of the place's pages, %", fontsize=9.5)
    heads = [f"{place}'s {say.listed(most[place])}" for place in data.place.unique()]
    heads[0] = heads[0].replace("'s ", "'s pages name ", 1) + " most"
    listed = [f"{row.measure} {row.statements}" for row in data.itertuples()]
    said = [
        f"{place}: {say.listed(listed[k * len(order) : (k + 1) * len(order)])}"
        for k, place in enumerate(data.place.unique())
    ]
    return figures.save(
        fig,
        "08-named-most",
        ", ".join(heads),
        "Statements on four measures, in red those that a place's pages name most; numbers are statements, "
        "codes agreed by two readers. Thin lines: the least and most part over readers A, B and the rule, by "
        "statement and by sentence.",
        f"Three panels of four bars. {'; '.join(said)}.",
        data,
    )


def terms_by_date(world):
    """Dots: how often terms in vogue and words of self-reliance stand on each page, in order of date."""
    vogue = places.of_a_time(world)["terms"]
    data = places.terms(world, "year", "self_reliance", "both").set_index("term")
    data = data.loc[[*vogue, *SHOWN]].reset_index()
    data.insert(0, "label", data.english.str.removesuffix(" (held by the throat)") + " " + data.term)
    pages = list(data.columns[3:])
    fig, ax = plt.subplots(figsize=(7.2, 3.9))
    for y, row in data.iterrows():
        colour = figures.ACCENT if row.term in vogue else figures.GREY
        ax.axhline(y, color="#E5E7EB", lw=0.8, zorder=0)
        for x, page in enumerate(pages):
            if row[page]:
                ax.scatter(x, y, s=190, color=colour, zorder=3)
                ax.text(x, y, row[page], color="white", ha="center", va="center", zorder=4, fontsize=8.5)
    ax.axhline(len(vogue) - 0.5, color=figures.GREY, lw=0.8, ls=(0, (4, 3)))
    ax.set(xlim=(-0.5, len(pages) - 0.5), ylim=(len(data) - 0.5, -0.5), yticks=data.index)
    ax.set_yticklabels(data.label)
    ax.set_xticks(range(len(pages)), [f"{page[:-5]}\n{page[-4:]}" for page in pages])
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.grid(visible=False)
    new = [page for page in pages if data.set_index("term").loc[vogue, page].gt(0).all()]
    rely = data[data.term.isin(SHOWN[1:])]
    have = [page for page in pages if rely[page].sum()]
    return figures.save(
        fig,
        "08-terms-by-date",
        f"{say.count(len(vogue)).capitalize()} terms come with the year; words of self-reliance stand on "
        f"{say.count(len(have))} of {say.count(len(pages))} pages",
        "How often a term stands in the text of each page, pages in order of date. Above the dashed line: "
        "the terms that the last two pages share and no earlier one has. Below: artificial intelligence, for "
        "comparison, and words of self-reliance.",
        f"A grid of dots. {say.listed(data.english[: len(vogue)])} have dots under {say.listed(new)} only. "
        f"Words of self-reliance have dots under {say.listed(have)}.",
        data,
    )


SHOWN = [
    "人工智能",
    "自主",
    "自立自强",
    "卡脖子",
    "国产",
]  # the first for comparison, the others of self-reliance
