"""What figures are drawn from: a sheet with named rows and columns, bars, boxes, words at a mark."""

import numpy as np
from matplotlib import pyplot as plt

from argument.charts import INK

MIDDLE, LIGHT, PALE, FAINT = "#9CA3AF", "#C3C8D0", "#E5E7EB", "#F3F4F6"  # greys for areas, none for text


def sheet(height, labels, heads=(), at=None, room=(0.5, 0.5), lines="", size=9, panels=1, **limits):
    """A figure as wide as a notebook, of so many inches, and its axes: rows from the top down, columns.

    - labels: the names of the rows; with `heads`, those of the columns, there is no frame
    - at: the places of the rows, if they are not evenly spaced; room: above the first and below the last
    - lines: of which axes they are drawn, "x", "y" or "xy"; size: of the names of the rows
    """
    fig, every = plt.subplots(1, panels, figsize=(7.2, height), sharey=panels > 1)
    at = np.arange(len(labels)) if at is None else at
    for ax in np.atleast_1d(every):
        ax.set(yticks=at, yticklabels=labels, ylim=(at[-1] + room[1], -room[0]), **limits)
        ax.xaxis.grid("x" in lines)
        ax.yaxis.grid("y" in lines)
        ax.tick_params(axis="y", labelsize=size)
        if len(heads):
            ax.set(xticks=range(len(heads)), xticklabels=heads, xlim=(-0.5, len(heads) - 0.5))
            ax.xaxis.tick_top()
            plt.setp(ax.get_xticklabels(), va="baseline")
            ax.spines[:].set_visible(False)
    return fig, every


def blank(height):
    """A figure without axes to be seen: the places on it are inches from the top left."""
    fig, ax = plt.subplots(figsize=(7.2, height + 0.5))
    ax.set(xlim=(0, 7.12), ylim=(height, 0))
    ax.set_axis_off()
    return fig, ax


def note(ax, words, x, y, right=5, up=0, ink=INK, ha=None, **style):
    """Words beside a mark, or beside each of several: so many points to its right and above it.

    A shift below 0 is to the left, and the words then end there; `ha` says otherwise.
    """
    for text, *place, shift, colour in zip(*np.broadcast_arrays(np.atleast_1d(words), x, y, right, ink)):
        style |= {"ha": ha or ("right" if shift < 0 else "left"), "color": colour, "annotation_clip": False}
        if str(text):
            ax.annotate(text, place, (shift, up), textcoords="offset points", **{"va": "center"} | style)


def bars(ax, lengths, colours, height=0.6, words="", ends=None, up=0, right=5, ink=INK, **style):
    """A bar a row, in one colour or one each, with words beside its end, or beside what `ends` says."""
    places = np.arange(len(lengths)) - up
    ax.barh(places, lengths, color=colours, height=height, **style)
    note(ax, words, lengths if ends is None else ends, places, right, 0, ink)


def parts(ax, table, looks, height, words, size=None, **style):
    """A bar a row in parts: (fill, ink) by column in `looks`, what stands in them by column in `words`."""
    left = 0 * table.iloc[:, 0]
    for column, (fill, ink) in looks.items():
        bars(ax, table[column], fill, height, left=left, **style)
        middle, left = left + table[column] / 2, left + table[column]
        note(ax, words.get(column, ""), middle, range(len(table)), 0, 0, ink, "center", fontsize=size)


def box(ax, x, y, width, height, words="", left=False, ink=INK, size=8.5, **style):
    """A box from its top left corner, with words in its middle or at its left."""
    ax.add_patch(plt.Rectangle((x, y), width, height, **style))
    place, side = (x + 0.08, "left") if left else (x + width / 2, "center")
    note(ax, words, place, y + height / 2, 0, 0, ink, side, fontsize=size)
