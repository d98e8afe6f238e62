"""Figure of notebook 07: the acts on the Shanghai page by who acts, how firm, how far for chips."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

from argument import say
from argument.findings import content

ROWS = {
    "city body": "city offices",
    "city Party secretary": "city Party secretary",
    "ministry": "a ministry",
    "university": "universities",
    "university and firms": "universities",
    "college and firm": "a college with a firm",
    "park": "a park",
    "firms": "firms",
    "New Area": "Lingang New Area",
}
STATUS = {
    "speech": "speech",
    "reported": "reported",
    "draft": "draft",
    "signed": "signed",
    "issued": "issued",
    "in_place": "in place",
}
LABELS = {"quality-plan": "quality plan", "talent-draft": "talent award", "city-figures": "statistics"}
LOOKS = {
    "alone": (figures.ACCENT, figures.ACCENT),
    "among others": ("white", figures.INK),
    "not named": ("#D1D5DB", "#D1D5DB"),
}


def who_acts(world):
    """Each act as a dot: row who acts, column how firm, colour how far it is for chips."""
    data = content.acts(world)[["act", "actor", "legal_status", "chips", "what"]].copy()
    data["who"], data["how_firm"] = data.actor.map(ROWS), data.legal_status.map(STATUS)
    rows, columns = list(dict.fromkeys(ROWS.values())), list(STATUS.values())
    fig, ax = plt.subplots(figsize=(7.2, 4.4))
    for (who, firm), group in data.groupby(["who", "how_firm"], sort=False):
        ordered = sorted(group.chips, key=list(LOOKS).index)
        for k, chips in enumerate(ordered):
            x = columns.index(firm) + 0.14 * (k - (len(ordered) - 1) / 2)
            face, edge = LOOKS[chips]
            ax.plot(x, rows.index(who), "o", ms=7.5, color=face, mec=edge, mew=1.4)
    for act in data[data.act.isin(LABELS)].itertuples():
        at = columns.index(act.how_firm), rows.index(act.who)
        ax.annotate(LABELS[act.act], at, (0, 8), textcoords="offset points", ha="center", fontsize=8.5)
    for x, (chips, (face, edge)) in zip((-0.4, 1.4, 3.6), LOOKS.items(), strict=True):
        ax.plot(x, -1.1, "o", ms=7.5, color=face, mec=edge, mew=1.4)
        ax.annotate(f"chips {chips}", (x, -1.1), (9, 0), textcoords="offset points", va="center")
    ax.grid(visible=False, axis="x")  # the legend stands above the columns, off their lines
    ax.vlines(range(len(columns)), -0.5, len(rows) - 0.5, color="#E5E7EB", lw=0.8, zorder=0)
    ax.set(xticks=range(len(columns)), xticklabels=columns, xlim=(-0.6, len(columns) - 0.4))
    ax.set(yticks=range(len(rows)), yticklabels=rows, ylim=(len(rows) - 0.5, -1.6))
    found = content.for_chips_alone(world)
    did = (
        f"gave {found['titles'].lower()} titles"
        if found["city"] == 0
        else f"acted {say.count(found['city'])} times"
    )
    alone = data[data.chips == "alone"].who.value_counts(sort=False)
    city = data[data.act.isin(LABELS)]
    where = "among the acts of the city offices" if found["city"] else "none of the city offices"
    row = [f"{LABELS[act.act]} {act.how_firm}, chips {act.chips}" for act in city.itertuples()]
    return figures.save(
        fig,
        "07-who-acts",
        f"For chips alone the city {did}; schools and a park did the rest",
        f"The {len(data)} acts that the Shanghai blog 2024 reports, a dot each: who acts and how firm it is. "
        f"{found['titles']} of the dots in colour are titles from the city, with those who got "
        "them. What an act is about is read from its own words.",
        f"Dots in a grid. For chips alone: {say.listed(f'{who} {n}' for who, n in alone.items())}, {where}. "
        f"These have: {'; '.join(row)}.",
        data[["who", "how_firm", "chips", "what"]],
    )
