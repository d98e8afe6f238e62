"""Figure of notebook 07: the acts on the Shanghai page by who acts, how firm, how far for chips."""

from argument.charts import ACCENT, INK, prose, shapes
from argument.findings import content

# Fill and edge of a dot, by how far an act is for chips.
LOOKS = {"alone": (ACCENT, ACCENT), "among others": ("white", INK), "not named": ("#D1D5DB", "#D1D5DB")}


def who_acts(world):
    """Each act as a dot: row who acts, column how firm, colour how far it is for chips."""
    data, told = world.table("shanghai_acts"), prose.TOLD["07-who-acts"]
    data = data.assign(who=data.actor.map(told["rows"]), how_firm=data.legal_status.map(told["columns"]))
    rows, columns = list(dict.fromkeys(told["rows"].values())), list(told["columns"].values())
    fig, ax = shapes.sheet(4.4, rows, room=(1.6, 0.5), lines="y", xlim=(-0.6, len(columns) - 0.4))
    ax.set_xticks(range(len(columns)), columns)

    def dot(x, y, chips):
        ax.plot(x, y, "o", ms=7.5, color=LOOKS[chips][0], mec=LOOKS[chips][1], mew=1.4)

    for (who, firm), group in data.groupby(["who", "how_firm"], sort=False):
        for k, chips in enumerate(sorted(group.chips, key=list(LOOKS).index)):
            dot(columns.index(firm) + 0.14 * (k - (len(group) - 1) / 2), rows.index(who), chips)
    city = data.assign(name=data.act.map(told["named"])).dropna(subset="name")
    x, y = city.how_firm.map(columns.index), city.who.map(rows.index)
    shapes.note(ax, city.name, x, y, 0, 8, ha="center", va="baseline", fontsize=8.5)
    for x, chips in zip((-0.4, 1.4, 3.6), LOOKS, strict=True):
        dot(x, -1.1, chips)
        shapes.note(ax, f"chips {chips}", x, -1.1, 9)
    # The legend stands above the columns, off their lines.
    ax.vlines(range(len(columns)), -0.5, len(rows) - 0.5, color="#E5E7EB", lw=0.8, zorder=0)
    found, alone = content.for_chips_alone(world), data[data.chips == "alone"].who.value_counts(sort=False)
    words = {"found": found, "alone": alone.index + " " + alone.astype(str)}
    words["city"] = city.name + " " + city.how_firm + ", chips " + city.chips
    return prose.save(fig, "07-who-acts", data[["who", "how_firm", "chips", "what"]], **words)
