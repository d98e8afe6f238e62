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
    "not chips": ("#D1D5DB", "#D1D5DB"),
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
            x = columns.index(firm) + 0.17 * (k - (len(ordered) - 1) / 2)
            face, edge = LOOKS[chips]
            ax.plot(x, rows.index(who), "o", ms=9, color=face, mec=edge, mew=1.4)
    for act in data[data.act.isin(LABELS)].itertuples():
        at = columns.index(act.how_firm), rows.index(act.who)
        ax.annotate(LABELS[act.act], at, (0, 8), textcoords="offset points", ha="center", fontsize=8.5)
    for x, (chips, (face, edge)) in zip((0, 1.4, 3.4), LOOKS.items(), strict=True):
        ax.plot(x, -1.1, "o", ms=9, color=face, mec=edge, mew=1.4)
        ax.annotate(_words(chips), (x, -1.1), (9, 0), textcoords="offset points", va="center")
    ax.set(xticks=range(len(columns)), xticklabels=columns, xlim=(-0.6, len(columns) - 0.4))
    ax.set(yticks=range(len(rows)), yticklabels=rows, ylim=(len(rows) - 0.5, -1.6))
    found = content.for_chips_alone(world)
    owners = (
        "none of them the city's" if found["city"] == 0 else f"{say.count(found['city'])} of them the city's"
    )
    titles = content.headline(world)["titles"]
    counts = data.chips.value_counts()
    alone = data[data.chips == "alone"].who.value_counts()
    return figures.save(
        fig,
        "07-who-acts",
        f"For chips alone: {found['acts']} acts, {owners}",
        f"The {len(data)} acts that the Shanghai blog 2024 reports, a dot each: who acts and how firm it is. "
        f"{titles.capitalize()} of the dots in place are titles that the city granted.",
        f"Dots in a grid. In colour, chips alone: {say.listed(f'{who} {n}' for who, n in alone.items())}. "
        f"Chips among others: {counts['among others']}, not chips: {counts['not chips']}. "
        f"In the row of the city offices: {_row(data, 'city offices')}.",
        data[["who", "how_firm", "chips", "what"]],
    )


def _row(data, who):
    row = data[data.who == who]
    return say.listed(
        f"{act.what} ({STATUS[act.legal_status]}, {_words(act.chips)})" for act in row.itertuples()
    )


def _words(chips):
    return chips if "chips" in chips else f"chips {chips}"
