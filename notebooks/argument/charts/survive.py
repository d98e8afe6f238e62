"""Figure of notebook 10: in how many changed worlds each finding fails, weakens, stands."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from matplotlib import pyplot as plt

from argument import say
from argument.findings import survive

COLOURS = (figures.ACCENT, "#F0A87E", "#9CA3AF", "#E5E7EB")


def worlds_survived():
    """Bars: one cell a changed world that touches what the finding reads; beside them where it fails."""
    data = survive.summary()
    kinds = list(data.columns[1:5])
    fig, ax = plt.subplots(figsize=(7.2, 0.6 + 0.235 * len(data)))
    left = 0 * data[kinds[0]]
    for kind, colour in zip(kinds, COLOURS, strict=True):
        ax.barh(data.index, data[kind], left=left, color=colour, height=0.72, ec="white", lw=0.5)
        left = left + data[kind]
    for y, row in enumerate(data.itertuples()):
        if row.where != "stands":
            words = row.where.partition("; weaker")[0]
            ax.annotate(words, (left[y], y), (4, 0), textcoords="offset points", va="center", fontsize=7.5)
    for k, (kind, colour) in enumerate(zip(kinds, COLOURS, strict=True)):
        y = len(data) - 5 + k
        ax.add_patch(plt.Rectangle((14, y - 0.3), 0.8, 0.6, color=colour))
        ax.text(15.2, y, kind, va="center", fontsize=8)
    ax.set(ylim=(len(data) - 0.4, -0.6), xlim=(0, 33), xticks=[0, 5, 10, 15], yticks=data.index)
    ax.set_yticklabels(data.finding, fontsize=7.5)
    ax.set_xlabel("changed worlds that touch what the finding reads", loc="left")
    ax.grid(visible=False)
    failing = int((data[kinds[0]] > 0).sum())
    never = int(((data[kinds[0]] + data[kinds[1]] + data[kinds[2]]) == 0).sum())
    pages, dirt = (survive.by_world(kind).fails.sum() for kind in ("page", "unclean"))
    cause = "a page left out" if pages > dirt else "menus and pinyin left in"
    either = data[data[kinds[0]] + data[kinds[1]] > 0]
    return figures.save(
        fig,
        "10-worlds-survived",
        f"With all pages, cleaned, {say.count(failing) if failing else 'none'} of {len(data)} findings "
        f"{'fails' if failing < 2 else 'fail'}; most failures come with {cause}",
        "Each cell is one changed world that touches what the finding reads, one change at a time: another "
        "reader, the rule, sentences, numbers by rule, boxes, file order, shared passages taken out, menus "
        "left in (part of raw, the file as it is, and counted with it where both say the same), each page "
        "left out. A finding is not asked where its only page is left out.",
        f"{len(data)} bars, sorted by how often the finding fails. {say.count(len(either)).capitalize()} "
        f"fail somewhere, {say.count(never)} neither fail nor weaken anywhere, or are touched by nothing. "
        "Beside each bar stand the worlds in which it fails, or only weakens.",
        data,
    )
