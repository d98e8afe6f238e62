"""Figures of notebook 04: the size of electronics by name and page; statements about chips by page."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import say
from argument.findings import trillion

COPIES = {"own page": "a later notice", "mirror": "copy of a report"}
SHADES = {"chips alone": figures.ACCENT, "wider field": "#F2B08A", "neither": "#E5E7EB"}
LETTERS = {"chips alone": "white", "wider field": figures.INK, "neither": figures.INK}


def sizes(world):
    """What pages print of electronics, and later totals from outside; "more than" is open to the right."""
    printed, later = trillion.sizes(world), trillion.later(world)
    rows = [
        (
            f"{row['place']} {row.year}, {row.page}\n{row['name']} {row.Chinese}",
            row.low / 1e12,
            row.bound,
            "page",
        )
        for _, row in printed.iterrows()
    ]
    for row in later.itertuples():
        copy, year = row.by.split(", ")
        rows.append((f"both, {row.of}\n{COPIES[copy]}, {year}", row.value / 1e12, row.bound, "outside"))
    data = pd.DataFrame(rows, columns=["of", "trillion yuan", "bound", "where"])
    places = [y + 0.5 * (where == "outside") for y, where in enumerate(data["where"])]
    fig, ax = plt.subplots(figsize=(7.2, 4.6))
    for y, row in zip(places, data.itertuples(index=False), strict=True):
        _, value, bound, where = row
        colour = figures.ACCENT if where == "page" else figures.GREY
        ax.plot([value, value], [y - 0.27, y + 0.27], color=colour, lw=3, solid_capstyle="butt")
        if bound == "above":
            arrow = {"arrowstyle": "->", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (value + 0.32, y), (value, y), arrowprops=arrow)
        text, shift = say.yuan(value * 1e12, bound).removesuffix(" yuan"), 8 if bound == "exact" else 0
        at = (value + (0.35 if bound == "above" else 0), y)
        ax.annotate(text, at, (shift, 0), textcoords="offset points", va="center", color=colour)
    ax.set(yticks=places, yticklabels=data["of"], ylim=(places[-1] + 0.6, -0.6), xlim=(0, 3.4))
    ax.set_xlabel("trillion yuan 万亿元")
    ax.grid(visible=False, axis="y")
    found = trillion.names(world)
    moves = say.listed(_moves(later.value))
    listed = [f"{row[0]}: {say.yuan(row[1] * 1e12, row[2])}" for row in data.itertuples(index=False)]
    listed = "; ".join(listed).replace("\n", ", ")
    return figures.save(
        fig,
        "04-one-size-three-names",
        f"{say.count(printed.place.nunique()).capitalize()} sums of electronics bear {found['count']} names, "
        f"and later totals {moves}",
        f"Electronics of Sichuan and Chongqing. Red: the {say.count(len(printed))} figures of the pages, by "
        "name. Grey, from outside the pages: totals of both. An arrow is open to the right: more than that.",
        f"Marks on a scale in trillion yuan, those of more than a sum with an arrow to the right. {listed}.",
        data,
    )


def _moves(values):
    """Whether a series rises or falls from each value to the next, once for each turn."""
    steps = [
        say.more_or_less(*pair, ("fall", "rise", "stay")) for pair in zip(values, values[1:], strict=False)
    ]
    return [step for k, step in enumerate(steps) if not k or step != steps[k - 1]]


def about_chips(world):
    """Statements of each page about chips alone, a wider field with chips, and neither."""
    data = trillion.about_chips(world)
    data.insert(1, "statements", data[list(SHADES)].sum(axis=1))
    data["names a trillion"] = data.page.isin(trillion.trillions(world).page)
    order = (data["chips alone"] / data.statements).sort_values(ascending=False, kind="stable").index
    data = data.loc[order].reset_index(drop=True)
    named = data[list(SHADES)].min(axis=1).idxmax()  # the bar with room for the names of its parts
    fig, ax = plt.subplots(figsize=(7.2, 2.9))
    for y, row in data.iterrows():
        left = 0
        for name, shade in SHADES.items():
            ax.barh(y, row[name], left=left, color=shade, height=0.64)
            if row[name] > 1:
                text = f"{row[name]} {name}" if y == named else row[name]
                ax.text(left + row[name] / 2, y, text, ha="center", va="center", color=LETTERS[name])
            left += row[name]
        if row["names a trillion"]:
            ax.annotate("names a trillion", (left, y), (5, 0), textcoords="offset points", va="center")
    ax.set(yticks=data.index, yticklabels=data.page, ylim=(4.5, -0.5), xlim=(0, 84), xticks=[])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel("statements")
    most, bars = data[data["chips alone"] > data.statements / 2].page, data.itertuples(index=False, name=None)
    listed = "; ".join(f"{row[0]} {row[data.columns.get_loc('chips alone')]} of {row[1]}" for row in bars)
    return figures.save(
        fig,
        "04-about-chips",
        f"On {say.count(len(most))} of {say.count(len(data))} pages most statements are about chips alone",
        "Statements of each page, number boxes left out: about chips alone; about a wider field that has "
        "chips in it, such as electronics; about neither. Codes agreed by two readers.",
        f"Five bars, divided in three. Statements about chips alone: {listed}. A trillion is named on "
        f"{say.listed(data[data['names a trillion']].page)}.",
        data,
    )
