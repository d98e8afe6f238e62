"""Figures of notebook 05: two years side by side; a wording, part by part, on two pages."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import textwrap

from matplotlib import pyplot as plt

from argument.findings import years

TINT = "#FBE9E0"  # of the accent colour, under text
SIZE, LINE = 8.5, 0.155  # points of the text, inches of a line


def two_years(world):
    """Who signs, who is quoted, on what, with what: 2020 and 2023 beside each other."""
    aspects = ["who signs", "officials quoted", "object", "instruments", "horizon"]
    data, found = years.side_by_side(world, *aspects), years.level(world)
    fig, ax = _sheet(0.3 + 0.4 * len(data))
    names = [f"{world.name(seed)}, {what}" for seed, what in (("001", "electronics"), ("000", "chips"))]
    for x, name, colour in zip((1.35, 4.3), names, (figures.INK, figures.ACCENT), strict=True):
        ax.text(x, 0.12, name, color=colour, fontweight="bold", va="center")
    for k, (aspect, row) in enumerate(data.iterrows()):
        y = 0.3 + 0.4 * k
        ax.plot([0, 7.1], [y, y], color="#D1D5DB", lw=0.8)
        ax.text(0, y + 0.2, aspect, color=figures.GREY, va="center", fontsize=SIZE)
        for x, year, colour in ((1.35, "2020", figures.INK), (4.3, "2023", figures.ACCENT)):
            lines = textwrap.wrap(row[year], 44)
            ax.text(x, y + 0.2, "\n".join(lines), color=colour, va="center", fontsize=SIZE)
    return figures.save(
        fig,
        "05-two-years",
        f"In 2020 {found['before'].split(',')[0]} signed, with others; in 2023 only {found['after']}",
        "Two pages aspect by aspect, in a reader's words: the Yibin summit of October 2020 and the chip deal "
        "of March 2023, both of Sichuan and Chongqing.",
        f"A table of two columns. 2020: {'; '.join(data['2020'])}. 2023: {'; '.join(data['2023'])}.",
        data,
    )


def parts(world, chains, name, title, about, gone):
    """A wording on the summit page and in the newspaper, part by part: kept, changed or dropped."""
    data = years.aligned(world, *chains)
    heights = [LINE * max(len(_lines(*cell)) for cell in _cells(row)) + 0.13 for row in data.itertuples()]
    fig, ax = _sheet(0.32 + sum(heights) + 0.05 * len(heights))
    for x, seed in ((0, years.SUMMIT), (3.6, years.PAPER)):
        head = f"{world.name(seed)}, {world.base[seed].card['published']:%-d %B}"
        ax.text(x + 0.08, 0.12, head, fontweight="bold", va="center")
    y = 0.28
    for row, height in zip(data.itertuples(), heights, strict=True):
        cells = _cells(row)
        for k, cell in enumerate(cells):
            x, width = (3.6 * k, 3.5) if len(cells) == 2 else (0, 7.1)
            empty = not cell[0]
            fill = "#F3F4F6" if len(cells) == 1 else "white" if empty else TINT
            edge = {"ec": figures.ACCENT, "ls": (0, (3, 2)), "lw": 0.9} if empty else {"lw": 0}
            ax.add_patch(plt.Rectangle((x, y), width, height, fc=fill, **edge))
            words = gone if empty else "\n".join(_lines(*cell))
            colour = figures.ACCENT if row.change == "dropped" else figures.INK
            place = (x + (width / 2 if empty else 0.08), y + height / 2)
            ax.text(*place, words, va="center", ha="center" if empty else "left", color=colour, fontsize=SIZE)
        y += height + 0.05
    told = {"kept": "Same: {0}", "changed": "Instead of “{0}”: “{1}”", "dropped": f"“{{0}}”: {gone}"}
    spoken = [told[row.change].format(row.summit, row.newspaper) for row in data.itertuples()]
    return figures.save(
        fig,
        name,
        title,
        f"{about} Grey, across both columns: the same words. Tinted: other words. Dashed: {gone}.",
        f"Part by part, summit page and newspaper. {'. '.join(spoken)}.",
        data,
    )


def _cells(row):
    """The texts of a row as (English, Chinese, letters a line): one if kept, else one of each page."""
    if row.change == "kept":
        return [(row.summit, row.Chinese, 126)]
    return [(row.summit, row.Chinese, 56), (row.newspaper, row[5], 56)]


def _lines(english, chinese, width):
    """English lines, then Chinese ones; a Chinese character is as wide as two letters."""
    step = width // 2 - 2  # a little room at the right
    return [*textwrap.wrap(english, width), *(chinese[at : at + step] for at in range(0, len(chinese), step))]


def _sheet(height):
    """An empty sheet in inches, from the top down."""
    fig, ax = plt.subplots(figsize=(7.2, height + 0.5))
    ax.set(xlim=(0, 7.12), ylim=(height, 0))
    ax.set_axis_off()
    return fig, ax


def sentence(world):
    """An official's sentence on the summit page and what the newspaper made of it."""
    found = years.sentence(world)
    title = f"One official's sentence becomes the view of {found['voice']}, {found['gone'].split(':')[0]}"
    about = "A sentence of a deputy head of Sichuan's department, as told on two pages."
    return parts(world, ["ecosystem"], "05-sentence", title, about, "gone from the sentence")


def measures(world):
    """The summit's fields and measures of cooperation and the newspaper's."""
    found = years.measures(world)
    title = f"Of {found['all']} measures the newspaper names {found['repeated']}, under one deep cooperation"
    about = "Two sentences of the summit page (fields, then measures) and the one that the newspaper has."
    gone = "not named; the list ends in 等 (and others)"
    return parts(world, ["fields", "cooperation"], "05-measures", title, about, gone)
