"""Figures of notebook 04: the size of electronics by name and page; statements about chips by page."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import say
from argument.findings import trillion

SHADES = {"chips alone": figures.ACCENT, "wider field": "#F2B08A", "neither": "#E5E7EB"}
LETTERS = {"chips alone": "white", "wider field": figures.INK, "neither": figures.INK}


def sizes(world):
    """What pages, and one later report, call the electronics of the two places, and its size."""
    printed, facts = trillion.sizes(world), world.table("external_facts").set_index("id")
    rows = [
        (row["place"], row["name"], row.Chinese, row.page, row.low / 1e12, row.bound, "page")
        for _, row in printed.iterrows()
    ]
    later = (float(facts.value["x06"]) / 1e12, "exact", "outside")
    rows.append(
        ("Sichuan", trillion.INDICATORS["主营业务收入"], "主营业务收入", "a later report, 2024", *later)
    )
    rows.sort(key=lambda row: row[0], reverse=True)
    columns = ["of", "name", "Chinese", "by", "trillion yuan", "bound", "where"]
    data = pd.DataFrame(rows, columns=columns)
    data.insert(0, "label", data["name"] + " " + data.Chinese + "\n" + data["by"])
    places = [y + 0.7 * (of != data["of"][0]) for y, of in enumerate(data["of"])]
    fig, ax = plt.subplots(figsize=(7.2, 4.0))
    for y, row in zip(places, data.to_dict("records"), strict=True):
        value, bound = row["trillion yuan"], row["bound"]
        colour = figures.ACCENT if row["where"] == "page" else figures.GREY
        ax.plot([value, value], [y - 0.27, y + 0.27], color=colour, lw=3, solid_capstyle="butt")
        if bound == "above":
            arrow = {"arrowstyle": "->", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (value + 0.1, y), (value, y), arrowprops=arrow)
        text, shift = say.yuan(value * 1e12, bound, 2).removesuffix(" yuan"), 8 if bound == "exact" else 0
        at = (value + (0.11 if bound == "above" else 0), y)
        ax.annotate(text, at, (shift, 0), textcoords="offset points", va="center", color=colour)
    for y, of in zip(places, data["of"].where(~data["of"].duplicated()), strict=True):
        if isinstance(of, str):
            ax.text(0.01, y - 0.62, f"{of}, {printed.year[0]}", va="center", fontweight="bold")
    ax.set(yticks=places, yticklabels=data.label, ylim=(places[-1] + 0.6, -0.9), xlim=(0, 1.5))
    ax.set_xlabel("trillion yuan 万亿元")
    ax.grid(visible=False, axis="y")
    count = trillion.names(world)["count"]
    listed = [
        f"{row['of']}, {row['name']} {row['Chinese']}, {row['by']}: "
        f"{say.yuan(1e12 * row['trillion yuan'], row['bound'], 2)}"
        for row in data.to_dict("records")
    ]
    return figures.save(
        fig,
        "04-one-size-three-names",
        f"{say.count(printed.place.nunique()).capitalize()} sizes of electronics stand under {count} names",
        f"Red: the {say.count(len(printed))} figures of the pages, by name. Grey: one from outside. "
        "An arrow is open to the right: more than that.",
        f"Marks at sums in trillion yuan, with an arrow for more than that. {'; '.join(listed)}.",
        data,
    )


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
