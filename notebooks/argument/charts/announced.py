"""Figures of notebook 01: announcements by how firm they are; what measures on chips are on."""

import numpy as np

from argument.charts import ACCENT, GREY, INK, prose, shapes
from argument.findings import announced


def how_firm(world):
    """One mark an announcement, page by page, from a word on the left to what is in place on the right."""
    data, meaning = announced.announcements(world), prose.TOLD["01-how-firm"]["meaning"]
    heads, y = list(meaning), np.arange(len(data)) + 1.5 * data.page.factorize()[0]
    fig, ax = shapes.sheet(1.66 + 0.225 * y[-1], data.what, heads, y, (1.4, 0.6))
    ax.bar(range(0, 5, 2), y[-1] + 2, 1, -1.4, color=shapes.FAINT)
    shapes.note(ax, [*meaning.values()], range(5), y[-1] + 0.6, 0, -4, GREY, "center", va="top", fontsize=8)
    shapes.note(ax, data.page.unique(), -0.5, y[~data.page.duplicated()] - 0.9, -3.5, fontweight="bold")
    x, inks = data["how firm"].map(heads.index), np.where(data.authority, ACCENT, INK)
    ax.scatter(x, y, 49, np.where(data.authority, ACCENT, "white"), edgecolors=inks, lw=1.4)
    shapes.note(ax, data.who, x, y, np.where(x > 1, -8, 8), 0, inks)
    ax.tick_params(length=0)
    parts = [f"{head[0].upper()}{head[1:]}: {'; '.join(data.what[x == k])}" for k, head in enumerate(heads)]
    found = announced.in_place(world)
    return prose.save(fig, "01-how-firm", data, found=found, columns=heads, parts=". ".join(parts[::-1]))


def subjects(world):
    """Measures on chips by the step, kind or use that they are on, with the range over readers."""
    data, found = announced.subjects(world), announced.whole_chain(world)
    counts = data.drop(columns="group")
    data.insert(1, "least", counts.min(axis=1))
    data.insert(2, "most", counts.max(axis=1))
    fig, ax = shapes.sheet(3.6, data.index, room=(0.6, 0.6), lines="x", xlim=(0, 38))
    colours = np.where(data.group == "all", ACCENT, shapes.MIDDLE)
    shapes.bars(ax, data.decided, colours, 0.62, data.decided, data.most)
    ax.plot([data.least, data.most], [range(len(data))] * 2, color=INK, lw=1.4)
    for group, words in prose.TOLD["01-subjects"]["groups"].items():
        (where,) = np.nonzero(data.group == group)
        ax.plot([6, 6], [where[0] - 0.3, where[-1] + 0.3], color=GREY, lw=0.8)
        shapes.note(ax, words, 6.6, where.mean(), 0, 0, GREY)
    kinds = [f"{one} {data.decided[one]}" for one in announced.KINDS.values()]
    return prose.save(fig, "01-subjects", data, found=found, kinds=kinds, totals=sorted(counts.sum()))
