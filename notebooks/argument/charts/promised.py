"""Figures of notebook 02: what commitments of each status name; on which subject, by whom, how firm."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

from argument import say
from argument.findings import promised

MEANING = {
    "in place": "set up, online or opened",
    "signed": "in a signed agreement, or agreed",
    "draft": "put in for approval",
    "reported": "told, no paper named",
    "speech": "a speaker's word",
}


def contents(world):
    """A grid: commitments by legal status, and how many of each name each part of a content."""
    data, table = promised.content(world), promised.commitments(world)
    data.insert(0, "meaning", data.index.map(MEANING))
    sums = promised.money(world).merge(table[["measure", "status"]], on="measure")
    notes = {(row.status, "money"): row.sum for row in sums.itertuples()}
    dated = table[table["by when"] != ""].groupby("status")["by when"].agg(lambda years: sorted(set(years)))
    notes |= {(status, "by when"): f"by {say.listed(years)}" for status, years in dated.items()}
    fig, ax = plt.subplots(figsize=(7.2, 4))
    for y, (status, row) in enumerate(data.iterrows()):
        for x, part in enumerate(promised.CONTENT):
            share = row[part] / max(row.commitments, 1)
            ax.add_patch(
                _tile(x, y, figures.ACCENT if share else "#F3F4F6", 0.15 + 0.5 * share if share else 1)
            )
            if share:
                text = f"{row[part]} of {row.commitments}\n{notes.get((status, part), '')}".strip()
                ax.text(x, y, text, ha="center", va="center", fontsize=8.5)
    labels = [f"{status}: {row.commitments}\n{row.meaning}" for status, row in data.iterrows()]
    ax.set(xlim=(-0.5, 5.5), ylim=(4.5, -0.5), xticks=range(6), xticklabels=promised.CONTENT)
    ax.set(yticks=range(5), yticklabels=labels)
    _heads(ax)
    ax.spines[:].set_visible(False)
    found, whole = promised.money_and_deadlines(world), data.sum(numeric_only=True)
    placed = say.count(int(data.commitments["in place"]))
    unchecked = "no one" if not whole["who checks"] else say.count(int(whole["who checks"]))
    return figures.save(
        fig,
        "02-what-commitments-name",
        f"{placed.capitalize()} commitments are in place, money is named {found['times']}, "
        f"deadlines {found['where']}",
        f"{whole.commitments} commitments of Sichuan and Chongqing on three pages, each counted once, by "
        "legal status. Coloured: how many name a body that acts, a body or platform made for it, a sum, a "
        "deadline, a target number, someone who checks. Signings themselves stand in the next notebook.",
        f"A grid of five rows and six columns. In place: {data.commitments['in place']}. Money stands in "
        f"{whole.money} commitments, a deadline in {whole['by when']}, {found['where']}; {unchecked} is "
        "named to check.",
        data,
    )


def _heads(ax):
    """The names of the columns on top, on one line; no grid."""
    ax.xaxis.tick_top()
    ax.grid(visible=False)
    for label in ax.get_xticklabels():
        label.set_va("baseline")


def _tile(x, y, colour, alpha):
    return plt.Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, color=colour, alpha=alpha, lw=0)


def subjects(world):
    """One dot a commitment: on which subject, by whom signed, how firm."""
    data, kinds = promised.by_subject(world), promised.signers(world)
    names = {name: topic for topic, name in promised.TOPICS.items()}
    who = [kinds.get(names[subject]) for subject in data.index]
    data.insert(
        0, "who signs", [f"signed by {say.listed(kind)}" if kind else "no signature told" for kind in who]
    )
    fig, ax = plt.subplots(figsize=(7.2, 4))
    chips = promised.TOPICS["chips"]
    for y, (subject, row) in enumerate(data.iterrows()):
        for x, status in enumerate(promised.STATUSES.values()):
            colour = figures.ACCENT if subject == chips else figures.GREY
            places = [(x - 0.36 + 0.18 * (k % 5), y - 0.14 + 0.28 * (k // 5)) for k in range(row[status])]
            if places:
                ax.scatter(*zip(*places, strict=True), s=34, color=colour)
    labels = [f"{subject}\n{row['who signs']}" for subject, row in data.iterrows()]
    ax.set(xlim=(-0.5, 4.5), ylim=(7.5, -0.5), xticks=range(5), xticklabels=promised.STATUSES.values())
    ax.set(yticks=range(8), yticklabels=labels)
    ax.tick_params(axis="y", labelsize=8)
    _heads(ax)
    ax.spines[:].set_visible(False)
    found = promised.on_chips(world)
    placed = data.loc[chips, "in place"]
    held = [f"{count} on {subject}" for subject, count in data["in place"].items() if count]
    state = "nothing is in place" if not placed else f"{say.count(placed)} are in place"
    return figures.save(
        fig,
        "02-subjects",
        f"On chips alone {found['who']} sign, and {state}",
        "One dot a commitment. Rows: its subject, and below it who signs on that subject, by the pages' own "
        "word. Columns: how firm it is, the firmest on the left.",
        f"Eight rows of dots. Chips alone: {data.loc[chips, 'in place']} in place, "
        f"{data.loc[chips, 'signed']} signed, {data.loc[chips, 'reported']} reported, "
        f"{data.loc[chips, 'speech']} in speeches. In place are {say.listed(held)}.",
        data,
    )
