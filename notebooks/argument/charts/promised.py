"""Figures of notebook 02: what commitments of each status name; on which subject, by whom, how firm."""

from argument import say
from argument.charts import ACCENT, GREY, prose, shapes
from argument.findings import followed, promised


def contents(world):
    """A grid: commitments by how firm they are, and how many of each name each part of a content."""
    data = promised.named(world, "status", promised.STATUSES.values(), promised.CONTENT)
    table = promised.commitments(world).set_index("measure")
    data.insert(0, "meaning", data.index.map(prose.TOLD["02-what-commitments-name"]["meaning"]))
    money = promised.money(world).set_index("measure")["sum"]
    notes = {(table.status[measure], "money"): text for measure, text in money.items()}
    for status, told in table[table["by when"] != ""].groupby("status"):
        notes[status, "by when"] = f"by {say.listed(sorted(set(told['by when'])))}"
    labels = [f"{row.Index}: {row.commitments}\n{row.meaning}" for row in data.itertuples()]
    fig, ax = shapes.sheet(4, labels, promised.CONTENT, size=8.5)
    for y, (status, row) in enumerate(data.iterrows()):
        for x, part in enumerate(promised.CONTENT):
            share = row[part] / max(row.commitments, 1)
            words = f"{row[part]} of {row.commitments}\n{notes.get((status, part), '')}".strip()
            look = {"color": ACCENT, "alpha": 0.15 + 0.5 * share} if share else {"color": shapes.FAINT}
            shapes.box(ax, x - 0.47, y - 0.45, 0.94, 0.9, words if share else "", size=7.5, lw=0, **look)
    words = {"found": promised.money_and_deadlines(world), "columns": promised.CONTENT}
    return prose.save(fig, "02-what-commitments-name", data, whole=data.sum(numeric_only=True), **words)


def subjects(world):
    """One dot a commitment: on which subject, by whom signed, how firm."""
    data, kinds, found = promised.by_subject(world), promised.signers(world), promised.on_chips(world)
    who = ("signed by " + kinds.map(say.listed)).reindex([*promised.TOPICS], fill_value="no signature told")
    data.insert(0, "who signs", who.to_numpy())
    heads, chips = [*reversed(promised.STATUSES.values())], data.loc[promised.TOPICS["chips"]]
    fig, ax = shapes.sheet(4, data.index + "\n" + data["who signs"], heads, size=8)
    dots = data[heads].stack().to_frame("count").reset_index(names=["subject", "status"])
    dots = dots.loc[dots.index.repeat(dots["count"])]
    k = dots.groupby(level=0).cumcount()
    x, y = dots.status.map(heads.index), dots.subject.map(data.index.get_loc)
    colours = [ACCENT if subject == chips.name else GREY for subject in dots.subject]
    ax.scatter(x - 0.36 + 0.18 * (k % 5), y - 0.14 + 0.28 * (k // 5), 34, colours)
    held = [f"{count} on {subject}" for subject, count in data["in place"].items() if count]
    days = followed.crosswalk(world).set_index("agreement").days[chips.name]
    return prose.save(fig, "02-subjects", data, found=found, chips=chips, held=held, days=days)
