"""Figures of notebook 01: ten announcements by how firm they are; measures on chips by step of the chain."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

from argument import say
from argument.findings import announced

MEANING = [
    "a speaker's\nword",
    "out for\ncomment",
    "between\nparties",
    "put out by\nan office",
    "opened, set\nup, shown",
]


def how_firm(world):
    """One mark an announcement, from a speaker's word on the left to what is in place on the right."""
    data, found = announced.announcements(world), announced.in_place(world)
    data.insert(0, "governed", data.level.isin(announced.GOVERNMENT))
    heads = list(announced.STATUSES.values())
    fig, ax = plt.subplots(figsize=(7.2, 4.9))
    for x in range(0, len(heads), 2):
        ax.axvspan(x - 0.5, x + 0.5, color="#F3F4F6", lw=0)
    for y, row in enumerate(data.itertuples()):
        x, colour = heads.index(row[4]), figures.ACCENT if row.governed else figures.INK
        ax.plot([-0.5, x], [y, y], color=colour, lw=1.2, alpha=0.45)
        ax.plot(x, y, "o", ms=9, color=colour)
        left = x > 1
        at = {"ha": "right" if left else "left", "va": "bottom" if left else "center"}
        ax.annotate(
            row.who, (x, y), (-8, 3) if left else (9, 0), textcoords="offset points", color=colour, **at
        )
    ax.set(xlim=(-0.5, 4.5), ylim=(len(data) - 0.4, -0.6), xticks=range(5), xticklabels=heads)
    ax.set(yticks=range(len(data)), yticklabels=[f"{row.what}\n{row.page}" for row in data.itertuples()])
    for x, meaning in enumerate(MEANING):
        ax.annotate(
            meaning,
            (x, len(data) - 0.4),
            (0, -4),
            textcoords="offset points",
            ha="center",
            va="top",
            color=figures.GREY,
            fontsize=8,
        )
    ax.xaxis.tick_top()
    ax.tick_params(axis="both", length=0)
    for label in ax.get_xticklabels():
        label.set_va("baseline")
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    placed, said = data.status == "in_place", data.status == "speech"
    coloured = dict.fromkeys(data["how firm"][data.governed][::-1])
    own = "none" if not found["by_government"] else say.count(found["by_government"])
    return figures.save(
        fig,
        "01-how-firm",
        f"{found['in_place']} of {found['all']} chip announcements are in place, {own} by a government body",
        "Announcements on chips, one mark each, by how firm the page shows it. Beside the mark: who acts. In "
        "colour: government bodies.",
        f"Ten marks in five columns. In place, on the right: {say.listed(data.what[placed])}. Speeches, on "
        f"the left: {say.listed(data.what[said])}. Colour in the columns {say.listed(coloured)}.",
        data,
    )


def chain(world):
    """Measures on chips by the step of the chain that they address, with the range over readers."""
    data, found = announced.steps(world), announced.whole_chain(world)
    data.insert(1, "least", data.min(axis=1))
    data.insert(2, "most", data.drop(columns="least").max(axis=1))
    fig, ax = plt.subplots(figsize=(7.2, 3.6))
    for y, (step, row) in enumerate(data.iterrows()):
        colour = figures.ACCENT if step == found["step"] else "#9CA3AF"
        ax.barh(y, row.decided, color=colour, height=0.62)
        ax.plot([row.least, row.most], [y, y], color=figures.INK, lw=1.4)
        ax.annotate(f"{row.decided}", (row.most, y), (5, 0), textcoords="offset points", va="center")
    ax.set(ylim=(len(data) - 0.4, -0.6), xlim=(0, 38), yticks=range(len(data)), yticklabels=data.index)
    ax.set_xlabel("measures on chips (number)")
    ax.grid(visible=False, axis="y")
    empty = data.index[data.most == 0]
    return figures.save(
        fig,
        "01-chain",
        f"Most measures on chips name no single step of the chain; the main exception is {found['step']}",
        f"{found['all']} coded statements that hold a measure on chips, by the step of the value chain that "
        "they address. Bars: as decided after two readers. Lines: the range over readers A, B and the rule.",
        f"One long bar, no single step, {found['whole']}. {found['step'].capitalize()} has "
        f"{data.decided[found['step']]}. {say.listed(empty).capitalize()} have none.",
        data,
    )
