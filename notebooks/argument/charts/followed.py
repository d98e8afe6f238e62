"""Figures of notebook 03: from signature to result; the fund as named, as founded, as first filled."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
from datetime import date

from matplotlib import pyplot as plt

from argument import say
from argument.findings import followed

GREY = "#C3C8D0"


def from_signature(world):
    """One bar an agreement: the days from its date to the page that tells of it, and the results told."""
    data, found = followed.crosswalk(world), followed.results(world)
    data = data.assign(when=data.date.map(_when), shown=data.result)
    soon = (data.result == "") & (data.days < 30)
    data.loc[data.result == "", "shown"] = "no result told"
    data.loc[soon, "shown"] = "too early to tell"
    data.loc[data["dated by"] != "page", "shown"] += "; the day is from another report"
    data["after"] = [
        f"{'at least ' if len(row.date) < 8 else ''}{row.days} days" for row in data.itertuples()
    ]
    fig, ax = plt.subplots(figsize=(7.2, 4.6))
    for y, row in enumerate(data.itertuples()):
        ink = figures.ACCENT if row.result else figures.GREY
        ax.barh(y - 0.16, row.days, color=figures.ACCENT if row.result else GREY, height=0.3)
        beside = {"textcoords": "offset points", "va": "center"}
        ax.annotate(row.after, (row.days, y - 0.16), (4, 0), fontsize=8, color=figures.GREY, **beside)
        ax.annotate(row.shown, (0, y + 0.2), (3, 0), fontsize=8.5, color=ink, **beside)
    ax.set(ylim=(len(data) - 0.4, -0.6), xlim=(0, 275), yticks=range(len(data)))
    ax.set_yticklabels(f"{row.agreement}\n{row.when}" for row in data.itertuples())
    ax.set_xlabel("days from the agreement to the page that tells of it")
    ax.grid(visible=False)
    bars = [
        say.listed(f"{row.agreement} ({row.after})" for row in rows.itertuples())
        for rows in (data[data.result != ""], data[data.result == ""])
    ]
    return figures.save(
        fig,
        "03-from-signature-to-result",
        f"{found['told'].capitalize()} had results by {found['when']}",
        "Agreements of Sichuan and Chongqing in order of time. A bar runs from the date of the agreement to "
        "the day of the page that tells of it; where only the month is named, from its end. Below: the "
        "results that the page tells.",
        f"Bars in colour, with results: {bars[0]}. Grey bars, without: {bars[1]}.",
        data,
    )


def _when(text):
    """A date as written, in words: the day, or the month alone."""
    day = date.fromisoformat((text + "-01")[:10])
    return f"{day:%-d %B %Y}" if len(text) > 7 else f"{day:%B %Y}"


def fund(world):
    """Three bars: the fund as named on the page, as founded and its first tranche, by a later report."""
    data, found = followed.fund(world), followed.fund_told(world)
    fig, ax = plt.subplots(figsize=(7.2, 2.4))
    for y, (_, size, told) in enumerate(data.itertuples(index=False)):
        outside = told != data["told by"][0]
        ax.barh(y, size, color="white" if outside else figures.ACCENT, edgecolor=figures.ACCENT, height=0.6)
        text = f"{say.yuan(size * 1e9)} ({told})"
        place, colour, side = ((6, 0), figures.INK, "left") if outside else ((-6, 0), "white", "right")
        ax.annotate(text, (size, y), place, textcoords="offset points", va="center", ha=side, color=colour)
    ax.set(yticks=range(len(data)), yticklabels=data.fund, ylim=(len(data) - 0.5, -0.5), xlim=(0, 31))
    ax.set_xlabel("billion yuan")
    ax.grid(visible=False)
    sizes = say.listed(f"{row[0]}: {say.yuan(row[1] * 1e9)}" for row in data.itertuples(index=False))
    return figures.save(
        fig,
        "03-fund",
        f"The fund was named with {found['named']} and founded with {found['founded']}",
        f"The development fund of the twin-city economic circle. Filled: {data['told by'][0]}. Open: later "
        "reports, outside the pages. The first sum may be what sub-funds are to bring.",
        f"Three bars, each shorter than the one above. {sizes}.",
        data,
    )
