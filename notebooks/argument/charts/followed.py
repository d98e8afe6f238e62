"""Figures of notebook 03: from signature to result; the fund as named, as founded, as first filled."""

import numpy as np
import pandas as pd

from argument import say
from argument.charts import ACCENT, GREY, INK, prose, shapes
from argument.findings import followed


def from_signature(world):
    """One bar an agreement: the days from its date to the page that tells of it, and the results told."""
    data = followed.crosswalk(world)
    told, month = data.result != "", data.date.str.len() < 8  # the month alone
    dates = pd.to_datetime(data.date, format="ISO8601").dt
    data["when"] = np.where(month, dates.strftime("%B %Y"), dates.strftime("%-d %B %Y"))
    data["shown"] = data.result.where(told, np.where(data.days < 30, "too early to tell", "no result told"))
    data.loc[data["dated by"] != "page", "shown"] += "; the day is from another report"
    data["after"] = np.where(month, "at least ", "") + data.days.astype(str) + " days"
    fig, ax = shapes.sheet(4.6, data.agreement + "\n" + data.when, room=(0.6, 0.6), xlim=(0, 275))
    shapes.bars(ax, data.days, np.where(told, ACCENT, shapes.LIGHT), 0.3, up=0.16)
    for y, row in enumerate(data.itertuples()):
        shapes.note(ax, row.after, row.days, y - 0.16, 4, ink=GREY, fontsize=8)
        shapes.note(ax, row.shown, 0, y + 0.2, 3, 0, ACCENT if row.result else GREY, fontsize=8.5)
    bars, found = data.agreement + " (" + data.after + ")", followed.results(world)
    return prose.save(fig, "03-from-signature-to-result", data, found=found, had=bars[told], lack=bars[~told])


def fund(world):
    """Three bars: the fund as named on the page, as founded and its first tranche, by a later report."""
    data, found = followed.fund(world), followed.fund_told(world)
    size, told = data["billion yuan"], data["told by"]
    fig, ax = shapes.sheet(2.4, data.fund, xlim=(0, 31))
    words, page = (size * 1e9).map(say.yuan), told == told[0]
    look = {"right": np.where(page, -6, 6), "ink": np.where(page, "white", INK), "edgecolor": ACCENT}
    shapes.bars(ax, size, np.where(page, ACCENT, "white"), words=words + " (" + told + ")", **look)
    return prose.save(fig, "03-fund", data, found=found, sizes=data.fund + ": " + words)
