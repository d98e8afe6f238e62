"""Figures of notebook 04: the size of electronics by name and page; statements about chips by page."""

from argument import say
from argument.charts import ACCENT, GREY, INK, prose, shapes
from argument.findings import trillion

LOOKS = {"on chips": (ACCENT, "white"), "wider field": ("#F2B08A", INK), "neither": (shapes.PALE, INK)}
LATER = "主营业务收入"


def sizes(world):
    """What pages, and one later report, call the electronics of the two places, and its size."""
    printed, name, size = trillion.sizes(world), trillion.INDICATORS[LATER], float(world.facts.value["x06"])
    data = printed[["place", "name", "Chinese", "page", "low", "bound"]].assign(where="page")
    data.columns = ["of", "name", "Chinese", "by", "trillion yuan", "bound", "where"]
    data.loc[len(data)] = ["Sichuan", name, LATER, "a later report, 2024", size, "exact", "outside"]
    data = data.sort_values("of", ascending=False, kind="stable", ignore_index=True)
    told = [say.yuan(*row, 2) for row in zip(data["trillion yuan"], data.bound, strict=True)]
    data["trillion yuan"] /= 1e12
    data.insert(0, "label", data["name"] + " " + data.Chinese + "\n" + data.by)
    x, y = data["trillion yuan"], data.index + 0.7 * data.of.factorize()[0]
    fig, ax = shapes.sheet(4, data.label, at=y, room=(0.9, 0.6), lines="x", xlim=(0, 1.5))
    colours = [ACCENT if where == "page" else GREY for where in data["where"]]
    ax.vlines(x, y - 0.27, y + 0.27, colours, lw=3)
    more = data.bound == "above"
    for k in data.index[more]:
        arrow = {"arrowstyle": "->", "color": colours[k], "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (x[k] + 0.1, y[k]), (x[k], y[k]), arrowprops=arrow)
    words = [text.removesuffix(" yuan") for text in told]
    shapes.note(ax, words, x + 0.11 * more, y, 8 * ~more, 0, colours)
    heads = data.of.drop_duplicates() + f", {printed.year[0]}"
    shapes.note(ax, heads, 0.01, y[heads.index] - 0.62, 0, fontweight="bold")
    listed = data.of + ", " + data["label"].str.replace("\n", ", ") + ": " + told
    words = {"printed": printed, "found": trillion.names(world), "listed": listed}
    return prose.save(fig, "04-one-size-three-names", data, places=printed.place.unique(), **words)


def about_chips(world):
    """Statements of each page on chips, on a wider field with chips, and on neither."""
    data = trillion.about_chips(world)
    data.insert(1, "statements", data[list(LOOKS)].sum(axis=1))
    data["names a trillion"] = data.page.isin(trillion.trillions(world).page)
    share = data["on chips"] / data.statements
    data = data.loc[share.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
    wide = data[list(LOOKS)].min(axis=1).idxmax()  # the bar with room for the names of its parts
    words = data[list(LOOKS)].astype(str).replace("0", "")
    words.loc[wide] += " " + words.columns
    fig, ax = shapes.sheet(2.9, data.page, xlim=(0, 84), xticks=[])
    shapes.parts(ax, data[list(LOOKS)], LOOKS, 0.64, words)
    named = data[data["names a trillion"]]
    shapes.note(ax, "names a trillion", named.statements, named.index)
    ax.spines["bottom"].set_visible(False)
    listed = data.page + " " + data["on chips"].astype(str) + " of " + data.statements.astype(str)
    return prose.save(fig, "04-about-chips", data, most=(share > 0.5).sum(), listed=listed, named=named.page)
