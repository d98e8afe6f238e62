"""Figures of notebook 01: announcements by how firm they are; what measures on chips are on."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

from argument import say
from argument.findings import announced

MEANING = [
    "a wish\nor plan told",
    "out for\ncomment",
    "between\nparties",
    "put out by\nan office",
    "set up,\nshown, given",
]


def how_firm(world):
    """One mark an announcement, page by page, from a word on the left to what is in place on the right."""
    data, found = announced.announcements(world), announced.in_place(world)
    heads, y, rows = list(announced.STATUSES.values()), -1.0, []
    fig, ax = plt.subplots(figsize=(7.2, 1.1 + 0.225 * (len(data) + 1.5 * data.page.nunique())))
    for x in range(0, len(heads), 2):
        ax.axvspan(x - 0.5, x + 0.5, color="#F3F4F6", lw=0)
    for name, told in data.groupby("page", sort=False):
        y += 1.5
        at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
        ax.annotate(name, (0, y - 0.9), (-8, 0), ha="right", va="center", fontweight="bold", **at)
        for row in told.itertuples():
            x, colour = heads.index(row[3]), figures.ACCENT if row.authority else figures.INK
            ax.plot(x, y, "o", ms=7, color=colour)
            to = ((-8, 0), "right") if x > 1 else ((8, 0), "left")
            ax.annotate(
                row.who, (x, y), to[0], textcoords="offset points", color=colour, ha=to[1], va="center"
            )
            rows.append(y)
            y += 1
    ax.set(xlim=(-0.5, 4.5), ylim=(y - 0.4, -0.9), xticks=range(5), xticklabels=heads)
    ax.set(yticks=rows, yticklabels=data.what)
    for x, meaning in enumerate(MEANING):
        at = {"textcoords": "offset points", "ha": "center", "va": "top", "fontsize": 8}
        ax.annotate(meaning, (x, y - 0.4), (0, -4), color=figures.GREY, **at)
    ax.xaxis.tick_top()
    ax.tick_params(axis="both", length=0)
    for label in ax.get_xticklabels():
        label.set_va("baseline")
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    parts = [f"{head}: {'; '.join(data.what[data['how firm'] == head])}" for head in heads[::-1]]
    return figures.save(
        fig,
        "01-how-firm",
        f"{found['in_place']} of {found['all']} announcements on chips are in place, {found['most']} by "
        f"{found['owners']}",
        "Announcements on chips, one mark each, by how firm the page shows it. Beside the mark: who acts or "
        "speaks. In colour: government and Party offices and their heads.",
        f"Marks in five columns, page by page. {'. '.join(part[0].upper() + part[1:] for part in parts)}.",
        data,
    )


def subjects(world):
    """Measures on chips by the step, kind or use that they are on, with the range over readers."""
    data, found = announced.subjects(world), announced.whole_chain(world)
    counts = data.drop(columns="group")
    data.insert(1, "least", counts.min(axis=1))
    data.insert(2, "most", counts.max(axis=1))
    fig, ax = plt.subplots(figsize=(7.2, 3.6))
    for y, (name, row) in enumerate(data.iterrows()):
        ax.barh(y, row.decided, color=figures.ACCENT if row.group == "all" else "#9CA3AF", height=0.62)
        ax.plot([row.least, row.most], [y, y], color=figures.INK, lw=1.4)
        ax.annotate(f"{row.decided}", (row.most, y), (5, 0), textcoords="offset points", va="center")
    ax.set(ylim=(len(data) - 0.4, -0.6), xlim=(0, 38), yticks=range(len(data)), yticklabels=data.index)
    for group, words in (
        ("step", "one step of making chips"),
        ("kind or use", "one kind of chip, or one use"),
    ):
        where = [y for y, one in enumerate(data.group) if one == group]
        ax.plot([6, 6], [where[0] - 0.3, where[-1] + 0.3], color=figures.GREY, lw=0.8)
        ax.annotate(words, (6.6, sum(where) / len(where)), va="center", color=figures.GREY)
    ax.set_xlabel("statements with a measure on chips (number)")
    ax.grid(visible=False, axis="y")
    totals = counts.sum()
    none = "no" if not found["single"] else "hardly any"
    return figures.save(
        fig,
        "01-subjects",
        f"Silicon photonics apart, {none} measure on chips is for one step alone",
        f"{found['all']} statements with a measure on chips, by what they are on. Lines: from least to most "
        f"of the decided count, readers A, B and the rule, out of {totals.min()} to {totals.max()}.",
        f"One long bar, chips as a whole, {found['whole']}. Steps: {found['single']}. Kinds or uses: "
        + say.listed([f"{one} {data.decided[one]}" for one in announced.KINDS.values()])
        + ".",
        data,
    )
