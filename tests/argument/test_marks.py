"""Marks of figures against the rows that they stand for: place, label, colour, as drawn."""

import pytest
from argument import charts, worlds
from matplotlib import colors
from matplotlib import pyplot as plt

from chipnotes.showing import figures


@pytest.fixture
def drawn(monkeypatch):
    """Draws a figure without writing it: its axes and its data."""
    kept = {}

    def save(fig, name, title, caption, alt, data):
        kept.update(ax=fig.axes[0], data=data)

    monkeypatch.setattr(figures, "save", save)

    def draw(chart):
        chart(worlds.published())
        return kept["ax"], kept["data"]

    yield draw
    plt.close("all")


def same(one, other):
    return colors.to_hex(one) == colors.to_hex(other)


def test_announcements_stand_in_the_column_of_their_status_in_the_colour_of_who_acts(drawn):
    ax, data = drawn(charts.announced.how_firm)
    heads = [label.get_text() for label in ax.get_xticklabels()]
    rows = dict(zip(ax.get_yticks(), (label.get_text() for label in ax.get_yticklabels()), strict=True))
    marks = {rows[line.get_ydata()[0]]: line for line in ax.lines if line.get_marker() == "o"}
    assert len(marks) == len(data)
    for row in data.to_dict("records"):
        mark = marks[row["what"]]
        assert heads[int(mark.get_xdata()[0])] == row["how firm"]
        assert same(mark.get_color(), figures.ACCENT) == bool(row["authority"])
