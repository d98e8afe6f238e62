"""What a reader of a drawn figure could not read, or would misread: found here, refused by `figures.save`."""

import re
from itertools import combinations
from unittest.mock import patch

import numpy as np
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.category import StrCategoryFormatter
from matplotlib.cbook import is_math_text
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedFormatter, FuncFormatter
from matplotlib.transforms import Bbox

SMALLEST = 7.5  # points; a figure is shown at its own width, see WIDEST
WIDEST = 7.2  # inches: what a notebook of 800 px leaves for an output
HAN = re.compile("[\u3400-\u9fff]")


def faults(fig, fonts, data):
    """Yields, in words, what is wrong with a figure that has its canvas.

    - fonts: the files of the allowed fonts
    - data: what is plotted, in which the words of the tick labels are looked up
    """
    if fig.get_figwidth() > WIDEST + 1e-6:
        yield f"it is {fig.get_figwidth():g} inches wide; a notebook shows {WIDEST} at most"
    boxes = [(text, _box(text)) for text in _drawn(fig)]
    for text, box in boxes:
        yield from _of_text(fig, text, box, fonts)
    for (one, box), (other, other_box) in combinations(boxes, 2):
        # The boxes of slanted texts are larger than these: two of them may share a corner.
        if box.overlaps(other_box) and not (one.get_rotation() % 90 or other.get_rotation() % 90):
            yield f"{one.get_text()!r} and {other.get_text()!r} overlap; move one of them"
    words, known = [text for text, _ in boxes], {_plain(cell) for cell in [*data.to_numpy().flat, *data]}
    for ax in fig.axes:
        yield from _of_marks(ax)
        for axis in (ax.xaxis, ax.yaxis):
            yield from _of_ticks(axis, words, known)


def _of_text(fig, text, box, fonts):
    words = text.get_text()
    if text.get_fontsize() < SMALLEST:
        yield f"{words!r} has {text.get_fontsize():g} points; a notebook needs {SMALLEST} at least"
    if str(font_manager.findfont(text.get_fontproperties())) not in fonts:
        yield f"{words!r} is not in the bundled font; do not set its font family"
    if HAN.search(words) and not re.search("[A-Za-z]{2}", words):
        yield f"{words!r} is Chinese alone; write its English beside it, in the same text"
    if text.get_parse_math() and is_math_text(words):
        yield rf"{words!r} would be set as a formula; write \$ for a dollar, plain numbers on log axes"
    room = fig.bbox
    if text.get_clip_on() and text.get_clip_box() is not None:
        room = Bbox.intersection(room, text.get_clip_box()) or Bbox.null()
    if not (room.contains(*box.min) and room.contains(*box.max)):
        yield f"{words!r} is cut off at the edge; make room for it"


def _of_marks(ax):
    """Marks beyond the limits of their axes: cut off, or standing where the axis does not reach."""
    for what, artist, transform, points in _marks(ax):
        points = np.ma.filled(np.ma.asarray(points, dtype=float).reshape(-1, 2), np.nan)
        free = not isinstance(artist, Text) and not artist.get_clip_on()
        room = (ax.get_figure(root=True) if free else ax).bbox
        for k, in_data in enumerate(transform.contains_branch_seperately(ax.transData)):
            places = transform.transform(points)[:, k]
            outside = (places < room.min[k] - 0.5) | (places > room.max[k] + 0.5)  # half a pixel
            if in_data and outside.any():
                place = points[outside][0].tolist()
                yield f"{what} at {place} lies outside the limits of the {'xy'[k]} axis; widen the limits"


def _marks(ax):
    """Yields (what it is, the artist, its transform, its points) of every visible mark."""
    for what, marks in (("a point of a line", ax.lines), ("a bar", ax.patches)):
        for mark in filter(Artist.get_visible, marks):
            yield what, mark, mark.get_transform(), mark.get_path().vertices
    for group in filter(Artist.get_visible, ax.collections):
        if any(group.get_offset_transform().contains_branch_seperately(ax.transData)):
            yield "a point", group, group.get_offset_transform(), group.get_offsets()
        else:
            for path in group.get_paths():
                yield "a line or an area", group, group.get_transform(), path.vertices
    for text in filter(Artist.get_visible, ax.texts):
        what = f"the text {text.get_text()!r}"
        yield what, text, text.get_transform(), text.get_unitless_position()
        if isinstance(text, Annotation) and text.xycoords == "data":
            yield what, text, ax.transData, (ax.convert_xunits(text.xy[0]), ax.convert_yunits(text.xy[1]))


def _of_ticks(axis, drawn, known):
    """Tick labels written by hand must be cells of the data, or the value at their tick."""
    for ticker, ticks in ((axis.major, axis.get_major_ticks()), (axis.minor, axis.get_minor_ticks())):
        by_hand = isinstance(ticker.formatter, FuncFormatter | FixedFormatter | StrCategoryFormatter)
        for tick in ticks if by_hand else ():
            for label in (text.get_text() for text in (tick.label1, tick.label2) if text in drawn):
                if not {*map(_plain, [label, *label.split("\n")])} & {*known, _plain(tick.get_loc())}:
                    yield f"the tick label {label!r} is neither in the data nor the value at its tick; add it"


def _plain(cell):
    """A cell or label as it is compared: `market_development` is Market development, 3.0 is 3."""
    return " ".join(str(cell).removesuffix(".0").casefold().replace("_", " ").split())


def _drawn(fig):
    """Draws the figure on its canvas and returns the texts that were really drawn.

    The figure's own list will not do: it holds tick labels beyond the limits and what is hidden.
    """
    with patch.object(Text, "draw", autospec=True, side_effect=Text.draw) as draw:
        fig.canvas.draw()
    return [text for (text, *_), _ in draw.call_args_list if text.get_visible() and text.get_text().strip()]


def _box(text):
    """The box, in pixels, of a drawn text: a tenth of the font size smaller on each side than Text's own,
    since letters do not fill it. (That of an Annotation would take the arrow in.)"""
    renderer = text.get_figure(root=True).canvas.get_renderer()
    margin = renderer.points_to_pixels(text.get_fontsize()) / 10
    return Text.get_window_extent(text, renderer).padded(-margin)
