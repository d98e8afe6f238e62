"""Figures of notebook 05: two years side by side; a wording, part by part, on two pages."""

import textwrap

from argument.charts import ACCENT, GREY, INK, prose, shapes
from argument.findings import years

SIZE, LINE, ROW = 8.5, 0.155, 0.46  # points of the text, inches of a line and of a row of three
TOLD = {"kept": "Same: {0}", "changed": "Instead of “{0}”: “{1}”", "dropped": "“{0}”: {2}"}


def two_years(world):
    """Who signs, who is quoted, on what, with what: 2020 and 2023 beside each other."""
    aspects = ["who signs", "officials quoted", "object", "instruments", "cluster"]
    data, found = years.side_by_side(world, *aspects), years.level(world)
    fig, ax = shapes.blank(0.3 + ROW * len(data))
    heads = [f"{world.name('001')}, electronics", f"{world.name('000')}, chips"]
    shapes.note(ax, heads, [1.35, 4.3], 0.12, 0, 0, [INK, ACCENT], fontweight="bold")
    for y, (aspect, *told) in enumerate(data.itertuples()):
        ax.plot([0, 7.1], [0.3 + ROW * y, 0.3 + ROW * y], color="#D1D5DB", lw=0.8)
        words, middle = [aspect, *(textwrap.fill(text, 50) for text in told)], 0.3 + ROW * (y + 0.5)
        shapes.note(ax, words, [0, 1.35, 4.3], middle, 0, 0, [GREY, INK, ACCENT], fontsize=SIZE)
    return prose.save(fig, "05-two-years", data, found=found, earlier=data["2020"], later=data["2023"])


def parts(world, chains, name, **words):
    """A wording on the summit page and in the newspaper, part by part: kept, changed or dropped."""
    data, gone = years.aligned(world, *chains), prose.TOLD[name]["dropped"]
    cells = [_cells(row) for row in data.itertuples()]
    heights = [LINE * max(text.count("\n") + 1 for text in row) + 0.13 for row in cells]
    fig, ax = shapes.blank(0.32 + sum(heights) + 0.05 * len(heights))
    heads = [f"{world.name(seed)}, {world.day(seed):%-d %B}" for seed in (years.SUMMIT, years.PAPER)]
    shapes.note(ax, heads, [0.08, 3.68], 0.12, 0, fontweight="bold")
    y = 0.28
    for texts, change, height in zip(cells, data.change, heights, strict=True):
        ink, wide = ACCENT if change == "dropped" else INK, 7.1 if len(texts) == 1 else 3.5
        for x, text in zip((0, 3.6), texts, strict=False):
            look = {"fc": shapes.FAINT if len(texts) == 1 else "#FBE9E0", "lw": 0}
            if not text:
                look = {"fc": "white", "ec": ACCENT, "ls": (0, (3, 2)), "lw": 0.9}
            shapes.box(ax, x, y, wide, height, text or gone, bool(text), ink, SIZE, **look)
        y += height + 0.05
    spoken = [TOLD[row.change].format(row.summit, row.newspaper, gone) for row in data.itertuples()]
    return prose.save(fig, name, data, spoken=". ".join(spoken), **words)


def _cells(row):
    """The texts of a row: one if kept, else one of each page, "" for none."""
    if row.change == "kept":
        return [_lines(row.summit, row.Chinese, 126)]
    return [_lines(row.summit, row.Chinese, 56), _lines(row.newspaper, row[5], 56)]


def _lines(english, chinese, width):
    """English lines, then Chinese ones; a Chinese character is as wide as two letters."""
    # a little room at the right
    return "\n".join([*textwrap.wrap(english, width), *textwrap.wrap(chinese, width // 2 - 2)])


def sentence(world):
    """An official's sentence on the summit page and what the newspaper made of it."""
    return parts(world, ["ecosystem"], "05-sentence", found=years.sentence(world))


def measures(world):
    """The summit's fields and measures of cooperation and the newspaper's."""
    return parts(world, ["fields", "cooperation"], "05-measures", found=years.measures(world))
