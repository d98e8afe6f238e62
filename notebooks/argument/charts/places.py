"""Figures of notebook 08: what each place's pages name most; terms by page in order of date."""

import numpy as np
import pandas as pd

from argument import say
from argument.charts import ACCENT, GREY, INK, prose, shapes
from argument.findings import places

FEW = 20  # statements below which a place's bars are not ranked
# The first for comparison, the others of self-reliance and security.
SHOWN = ["人工智能", "自主", "自立自强", "卡脖子", "国产", "国家安全"]


def named_most(world):
    """A panel a place: its statements on the measures that any place names most, range over readers."""
    table, (low, high) = places.counts(world), places.spread(world)
    names, whole, measures = list(places.PLACES.values()), table.sum(), table.drop("none")
    most = {place: list(measures.index[measures[place] == measures[place].max()]) for place in names}
    order = list(dict.fromkeys(measure for place in names for measure in most[place]))
    columns = {"statements": table, "of": 0 * table + whole, "share": 100 * table / whole}
    columns |= {"least": 100 * low, "most": 100 * high}
    data = pd.DataFrame({name: of.loc[order, names].unstack() for name, of in columns.items()})
    data = data.rename_axis(["place", "measure"]).reset_index()
    data.insert(2, "label", data.measure.replace(prose.TOLD["08-named-most"]["labels"]))
    look = {"room": (0.6, 0.6), "lines": "x", "xlim": (0, 50)}
    fig, axes = shapes.sheet(3.1, data.label[: len(order)], panels=len(names), **look)
    for ax, (place, part) in zip(axes, data.groupby("place", sort=False), strict=True):
        first = part.measure.isin(most[place]) & (whole[place] >= FEW)
        fills, ink = np.where(first, ACCENT, "#C9CED6"), np.where(first, ACCENT, INK)
        shapes.bars(ax, part.share, fills, 0.56, part.statements, ink=ink)
        ax.plot([part.least, part.most], [np.arange(len(order)) + 0.38] * 2, color=INK, lw=1.2)
        ax.set_title(f"{place}\n{whole[place]} statements", loc="left")
    fig.supxlabel("part of the statements of the place's pages, %", fontsize=9.5)
    listed = (data.measure + " " + data.statements.map(str)).groupby(data.place, sort=False).agg(say.listed)
    words = {"most": most, "whole": whole, "said": listed.index + ": " + listed}
    return prose.save(fig, "08-named-most", data, measures=order, places=names, **words)


def terms_by_date(world):
    """Dots: how often two dated slogans, and other terms for comparison, stand on each page, by date."""
    found = places.of_a_time(world)
    dated, vogue = found["dated"], found["terms"]
    data = places.terms(world, "year", "self_reliance", "both").set_index("term")
    data = data.loc[[*vogue, *SHOWN]].reset_index()
    data.insert(0, "label", data.english.str.removesuffix(" (held by the throat)") + " " + data.term)
    pages = list(data.columns[3:])
    fig, ax = shapes.sheet(4.1, data.label, [f"{page[:-5]}\n{page[-4:]}" for page in pages])
    counts = data.set_index("term")[pages]
    y, x = np.nonzero(counts)
    ax.hlines(data.index, -0.5, len(pages) - 0.5, shapes.PALE, lw=0.8, zorder=0)
    ax.scatter(x, y, 190, np.where(y < len(dated), ACCENT, GREY), zorder=3)
    shapes.note(ax, counts.to_numpy()[y, x], x, y, 0, 0, "white", "center", fontsize=8.5, zorder=4)
    dates, box = [places.FIRST[term] for term in dated], {"fc": "white", "ec": "none", "pad": 1}
    shapes.note(ax, dates, 1, range(len(dated)), 0, 0, ACCENT, "center", fontsize=8.5, bbox=box)
    ax.axhline(len(dated) - 0.5, color=GREY, lw=0.8, ls=(0, (4, 3)))
    new, have = counts.loc[vogue] > 0, counts.loc[SHOWN[1:]] > 0
    words = {"found": found, "new": counts.columns[new.all()], "have": counts.columns[have.any()]}
    return prose.save(fig, "08-terms-by-date", data, year=places.FIRST[dated[0]][-4:], **words)
