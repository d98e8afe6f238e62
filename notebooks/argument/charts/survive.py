"""Figure of notebook 10: in how many changed worlds each finding fails, weakens, stands."""

from argument import say
from argument.charts import ACCENT, INK, prose, shapes
from argument.findings import survive

FILLS = ("#431407", ACCENT, "#F0A87E", shapes.PALE)  # the worse the darker


def worlds_survived():
    """Bars: one cell a changed world that touches what the finding reads; beside them where it fails."""
    data = survive.summary()
    kinds = list(data.columns[1:5])
    looks = {kind: (fill, INK) for kind, fill in zip(kinds, FILLS, strict=True)}
    height, look = 0.6 + 0.235 * len(data), {"room": (0.6, 0.6), "xlim": (0, 33), "xticks": [0, 5, 10, 15]}
    fig, ax = shapes.sheet(height, data.finding, size=7.5, **look)
    shapes.parts(ax, data[kinds], looks, 0.72, {}, ec="white", lw=0.5)
    words = data["where"].str.replace("; weaker[^;]*|^stands(; )?", "", regex=True)
    shapes.note(ax, words, data[kinds].sum(axis=1), range(len(data)), 4, fontsize=7.5)
    legend = range(len(data) - 5, len(data) - 1)
    shapes.note(ax, kinds, 15.2, legend, 0, fontsize=8)
    ax.barh(legend, 0.8, 0.6, 14, color=FILLS, ec=FILLS)
    ax.set_xlabel("changed worlds that touch what the finding reads", loc="left")
    bad, failing = data[kinds[:3]] > 0, int((data[kinds[0]] > 0).sum())
    words = {"failing": say.count(failing) if failing else "none", "fail": "fail" if failing > 1 else "fails"}
    safe = ~bad.any(axis=1)
    words |= {"never": safe.sum(), "single": (safe & data["where"].str.contains("needs")).sum()}
    words |= {"either": bad.T[:2].any().sum(), "found": survive.stand(None) | survive.carried(None)}
    return prose.save(fig, "10-worlds-survived", data, **words)
