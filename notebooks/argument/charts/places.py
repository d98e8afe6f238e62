"""Figures of notebook 08: what each place's pages name most; terms by page in order of date."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import say
from argument.findings import places


FEW = 20  # statements below which a place's bars are not ranked
LABELS = {
    "cooperation": "cooperation of authorities\nor associations",
    "talent": "training or\nrewarding people",
    "goals": "goals and plans",
    "research": "research",
}


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
            "label": LABELS.get(measure, measure),
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
            first = row.measure in most[place] and row.of >= FEW
            colour = figures.ACCENT if first else "#C9CED6"
            ax.barh(y, row.share, color=colour, height=0.56)
            ax.plot([row.least, row.most], [y + 0.38, y + 0.38], color=figures.INK, lw=1.2)
            text = {"color": figures.ACCENT if first else figures.INK, "va": "center"}
            at = (max(row.share, 0), y)
            ax.annotate(row.statements, at, (5, 0), textcoords="offset points", **text)
        ax.set(xlim=(0, 50), ylim=(len(order) - 0.4, -0.6), yticks=range(len(order)), yticklabels=part.label)
        ax.set_title(f"{place}\n{part.of.iloc[0]} statements", loc="left")
        ax.grid(visible=False, axis="y")
    fig.supxlabel("part of the statements of the place's pages, %", fontsize=9.5)
    whole = data.drop_duplicates("place").set_index("place").of
    heads = [f"{place}'s {say.listed(most[place])}" for place in whole.index if whole[place] >= FEW]
    heads[0] = heads[0].replace("'s ", "'s pages name ", 1) + " most"
    few = "".join(
        f"; {place}'s {say.count(n)} statements are too few to say" for place, n in whole.items() if n < FEW
    )
    listed = [f"{row.measure} {row.statements}" for row in data.itertuples()]
    said = [
        f"{place}: {say.listed(listed[k * len(order) : (k + 1) * len(order)])}"
        for k, place in enumerate(data.place.unique())
    ]
    return figures.save(
        fig,
        "08-named-most",
        ", ".join(heads) + few,
        "Statements by their main measure, the four that any place names most; numbers are statements, codes "
        "agreed by two readers. Thin lines: the least and most part over readers A, B and the automatic "
        "coder, by statement and by sentence.",
        f"Three panels of four bars. {'; '.join(said)}.",
        data,
    )


def terms_by_date(world):
    """Dots: how often two dated slogans, and other terms for comparison, stand on each page, by date."""
    found = places.of_a_time(world)
    dated, vogue = found["dated"], found["terms"]
    data = places.terms(world, "year", "self_reliance", "both").set_index("term")
    data = data.loc[[*vogue, *SHOWN]].reset_index()
    data.insert(0, "label", data.english.str.removesuffix(" (held by the throat)") + " " + data.term)
    pages = list(data.columns[3:])
    fig, ax = plt.subplots(figsize=(7.2, 4.1))
    for y, row in data.iterrows():
        colour = figures.ACCENT if row.term in dated else figures.GREY
        ax.axhline(y, color="#E5E7EB", lw=0.8, zorder=0)
        for x, page in enumerate(pages):
            if row[page]:
                ax.scatter(x, y, s=190, color=colour, zorder=3)
                ax.text(x, y, row[page], color="white", ha="center", va="center", zorder=4, fontsize=8.5)
        if row.term in dated:
            text = f"{places.HOW_FIRST[row.term]} {places.FIRST[row.term]}"
            style = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            ax.text(1, y, text, color=colour, ha="center", va="center", fontsize=8.5, bbox=style)
    ax.axhline(len(dated) - 0.5, color=figures.GREY, lw=0.8, ls=(0, (4, 3)))
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
        f"{say.count(len(dated)).capitalize()} slogans that spread from late "
        f"{places.FIRST[dated[0]][-4:]} stand on the "
        f"last {say.count(len(new))} pages only",
        "How often a term stands in the text of each page, pages in order of date. Red: slogans dated from "
        f"outside. Grey, for comparison: {say.count(len(vogue) - len(dated))} undated terms of the same "
        "pages, artificial intelligence, and words of self-reliance and security.",
        f"A grid of dots. {say.listed(data.english[: len(dated)])} have dots under {say.listed(new)} only. "
        f"Words of self-reliance and security have dots under {say.listed(have)}.",
        data,
    )


# The first for comparison, the others of self-reliance and security.
SHOWN = ["人工智能", "自主", "自立自强", "卡脖子", "国产", "国家安全"]
