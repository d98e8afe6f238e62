"""Figures: one style, the bundled Chinese font, and `save`, which refuses what a reader could not read.

Importing this module sets the style, whatever the user's own matplotlibrc says; import it before matplotlib. Colours: INK for
text and lines, GREY for what stands back, ACCENT for the one thing the figure is about (these three are dark enough for text),
PALETTE for the areas and marks of categories, in this order: with ACCENT they are told apart by colour-blind readers
(Okabe & Ito 2008).
"""

# ruff: noqa: E402
import base64
import copy
import html
import io
import logging
import os
import re
import warnings
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

# Before matplotlib is imported: it logs to stderr while it builds its font cache for the first time, or when the home folder
# cannot be written to, and nbval would take that for an output.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

import matplotlib
import pandas as pd
from cycler import cycler
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.cbook import is_math_text
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox
from pandas.api.types import is_numeric_dtype

from chipnotes import paths
from chipnotes.paths import harmless

INK = "#1F2933"
GREY = "#6B7280"
ACCENT = "#C2410C"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#4B3F72")

FAMILY = "Chipnotes Sans SC"
FONTS = [str(paths.FONTS / f"ChipnotesSansSC-{weight}.ttf") for weight in ("Regular", "Bold")]
STYLE = {
    "font.family": FAMILY,
    "mathtext.fontset": "custom",
    "mathtext.rm": FAMILY,
    "mathtext.default": "rm",
    "font.size": 9.5,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "figure.titlesize": 12.5,
    "figure.titleweight": "bold",
    "figure.figsize": (7.2, 4.2),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.08,
    "savefig.dpi": 200,
    "figure.facecolor": "white",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.prop_cycle": cycler(color=PALETTE),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#E5E7EB",
    "grid.linewidth": 0.7,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "lines.linewidth": 1.8,
    "svg.fonttype": "path",
    # As the SVG has its outlines; and fitting Chinese outlines to pixels would cost a third of the drawing.
    "text.hinting": "none",
    # rcdefaults leaves these to the user, and they move dates.
    "timezone": "UTC",
    "date.epoch": "1970-01-01T00:00:00",
}
NAME = re.compile(r"[0-9]{2}-[a-z][a-z0-9]*(-[a-z0-9]+)*")
WORDS = re.compile("title: (.+)\ncaption: (.+)\nalt: (.+)\n")


class FigureChanged(AssertionError):
    """A figure, made again, is not the one in figures/."""


def use_style():
    """Sets matplotlib to its own defaults, then to STYLE with the bundled font; called when figures is imported."""
    known = [entry.fname for entry in font_manager.fontManager.ttflist]
    for font in FONTS:
        if font not in known:
            font_manager.fontManager.addfont(font)
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(STYLE)


use_style()


@dataclass(frozen=True, repr=False)
class Saved:
    """A saved figure as a notebook shows it: SVG, PNG, and title, caption and alt text as plain text."""

    svg: str
    png: bytes
    text: str
    alt: str

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        images = {"image/svg+xml": self.svg, "image/png": base64.b64encode(self.png).decode()}
        return {**images, "text/plain": self.text}, {kind: {"alt": self.alt} for kind in images}


def save(fig, name, title, caption, alt, data):
    """Writes figures/NAME.svg, .png, .csv and .txt, closes the figure and returns it for the notebook to show.

    name    number of the notebook and a few words: "01-kept-dropped"
    title   the finding in one sentence. It is drawn on top, left aligned and wrapped, unless the author has set a suptitle;
            titles of axes are names of panels and are left alone
    caption what is plotted, from what, with units; alt: what a reader who cannot see it must be told, not the caption again
    data    the plotted data, a DataFrame or a dict of them by panel (then one table with the column `panel` in front).
            The CSV is UTF-8 with a mark that spreadsheets know it by; the index is written if it has a name; text that a
            spreadsheet would take for a formula gets a leading apostrophe

    The environment variable CHIPNOTES_FIGURES: a folder to write to instead; or `check`, then nothing is written and
    FigureChanged is raised if any of the four files is not, byte for byte, what is there.
    ValueError if an argument lacks, a character has no glyph, a font is not the bundled one, a text is cut off at the edge
    or two texts overlap.
    """
    where = f"figure {name}"
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError(f"{where}: the name must be like 01-kept-dropped (number of the notebook, lower case, hyphens)")
    words = {"title": title, "caption": caption, "alt": alt}
    for key, value in words.items():
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{where} lacks its {key}: give save a sentence")
        words[key] = " ".join(value.split())
    if words["alt"] == words["caption"]:
        raise ValueError(f"{where}: the alt text repeats the caption; say what can be seen")
    table = _csv(where, data)
    text = "".join(f"{key}: {value}\n" for key, value in words.items())
    with matplotlib.rc_context():
        use_style()
        # The salt is the name, so that two figures on one page do not share an id that they refer to. Without the second line
        # matplotlib gives a figure that was made without a layout engine this one, once it has been saved for the first time.
        matplotlib.rcParams["svg.hashsalt"] = name
        matplotlib.rcParams["figure.constrained_layout.use"] = False
        if not fig.get_suptitle():
            # At the edge of what the layout leaves free on the left.
            fig.suptitle(words["title"], x=STYLE["figure.constrained_layout.w_pad"] / fig.get_figwidth(), ha="left", wrap=True)
        # What _readable has drawn is the picture: savefig would draw it twice more.
        _readable(fig, where)
        png = io.BytesIO()
        # At level 3 a PNG takes a third less time than at Pillow's 6, and a twentieth more room.
        pil = {"compress_level": 3}
        plt.imsave(png, fig.canvas.buffer_rgba(), format="png", dpi=fig.dpi, metadata={"Software": None}, pil_kwargs=pil)
        svg = _svg(fig, name, words["title"], words["alt"])
    plt.close(fig)
    files = {"svg": svg.encode(), "png": png.getvalue(), "csv": table, "txt": text.encode()}
    _put({f"{name}.{kind}": content for kind, content in files.items()})
    return Saved(svg, png.getvalue(), text.rstrip(), words["alt"])


def overlaps(fig):
    """Returns the pairs of drawn texts whose boxes, turned as the texts are, lie over each other: list of (Text, Text).

    Boxes are taken a tenth of the font size smaller on each side, since letters do not fill them.
    """
    FigureCanvasAgg(fig)
    return _overlapping([(text, _box(text)) for text in _drawn(fig)])


def write_gallery():
    """Writes figures/README.md, which shows every figure there with its title, caption, data and notebook.

    Obeys CHIPNOTES_FIGURES as `save` does.
    """
    page = "# Every figure, with the data it is drawn from\n\nThis page is generated: `make figures` writes it.\n"
    for file in sorted(_folder().glob("*.txt")):
        words = WORDS.fullmatch(file.read_text("utf-8"))
        if not words:
            raise ValueError(f"{file.name} is not as chipnotes.figures.save writes it; remove it and run: make figures")
        name, (title, caption, alt) = file.stem, map(_markdown, words.groups())
        links = f"[data (CSV)]({name}.csv) · [PNG]({name}.png)"
        for notebook in sorted(paths.NOTEBOOKS.glob(f"{name[:2]}_*.ipynb")):
            links += f" · [notebook {name[:2]}](../notebooks/{notebook.name})"
        page += f"\n## {title}\n\n![{alt}]({name}.svg)\n\n{caption}\n\n{links}\n"
    _put({"README.md": page.encode()})


def _markdown(text):
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~$&!])", r"\\\1", text)
    return re.sub(r"^(\d*)([-+.)=])", r"\1\\\2", escaped)


def _folder():
    folder = os.environ.get("CHIPNOTES_FIGURES", "")
    return paths.FIGURES if folder in ("", "check") else Path(folder)


def _put(files):
    """Writes or, in check mode, compares {file name: bytes}."""
    folder = _folder()
    changed = [name for name, new in files.items() if not (folder / name).is_file() or (folder / name).read_bytes() != new]
    if not changed:
        return
    if os.environ.get("CHIPNOTES_FIGURES") == "check":
        raise FigureChanged(f"not as in {folder.name}/: {', '.join(changed)}. If the change is meant, run: make figures")
    if folder == paths.FIGURES and not (paths.ROOT / "pyproject.toml").is_file():
        raise ValueError("chipnotes does not run from its project folder: set CHIPNOTES_FIGURES to the folder to write to")
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        # Written beside and then moved: a run that is stopped leaves the old file or the new one, never half of one.
        (folder / f".{name}").write_bytes(files[name])
        os.replace(folder / f".{name}", folder / name)


def _csv(where, data):
    frames = data if isinstance(data, dict) else {"": data}
    if not frames or not all(isinstance(frame, pd.DataFrame) and frame.size for frame in frames.values()):
        raise ValueError(f"{where} lacks its data: give save a DataFrame with rows, or a dict of them")
    ready = []
    for panel, frame in frames.items():
        frame = frame.reset_index() if any(frame.index.names) else frame
        frame = frame.rename(columns=harmless).apply(lambda cells: cells if is_numeric_dtype(cells) else cells.map(harmless))
        if isinstance(data, dict):
            # As text, so that the empty cells of one panel do not turn the integers of another into floats.
            frame = pd.read_csv(io.StringIO(frame.to_csv(index=False)), dtype=str, keep_default_na=False)
            frame.insert(0, "panel", harmless(str(panel)))
        ready.append(frame)
    return pd.concat(ready, ignore_index=True).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _svg(fig, name, title, alt):
    """Returns the figure as SVG with a title and a description for screen readers."""
    out = io.StringIO()
    FigureCanvasSVG(fig).print_svg(out, metadata={"Date": None, "Creator": "chipnotes"})
    label = f' role="img" aria-labelledby="{name}-title {name}-desc"'
    words = f'\n <title id="{name}-title">{html.escape(title)}</title>\n <desc id="{name}-desc">{html.escape(alt)}</desc>'
    return re.sub(r"(<svg [^>]*)>", lambda tag: f"{tag[1]}{label}>{words}", out.getvalue(), count=1)


def _settle(fig):
    """Fixes the layout, rounded: constrained layout differs in the last bit from run to run, and matplotlib's SVG ids depend on it."""
    engine = fig.get_layout_engine()
    if engine:
        engine.execute(fig)
    fig.set_layout_engine("none")
    for ax in fig.axes:
        ax.set_position([round(float(edge), 6) for edge in ax.get_position().bounds])
    for text in fig.texts:
        text.set_position([round(float(place), 6) for place in text.get_position()])


def _readable(fig, where):
    """Fixes the layout, draws as the PNG will be, and raises ValueError if a character, a font, the edge or another text keeps a
    text from being read."""
    with warnings.catch_warnings(record=True) as problems:
        warnings.simplefilter("always")
        # One canvas, whatever the user's backend, at one resolution: it remembers the sizes of the texts that it has measured.
        FigureCanvasAgg(fig)
        fig.set_dpi(STYLE["savefig.dpi"])
        _settle(fig)
        boxes = [(text, _box(text)) for text in _drawn(fig)]
    for text, box in boxes:
        words = text.get_text()
        try:
            font = str(font_manager.findfont(text.get_fontproperties(), fallback_to_default=False))
        except ValueError:
            font = None
        if font not in FONTS:
            raise ValueError(f"{where}: {words!r} is not in the bundled font; do not set its font family")
        # matplotlib writes the numbers of logarithmic axes as formulas; other formulas would be dollars gone wrong.
        if text.get_parse_math() and is_math_text(words) and not words.startswith(r"$\mathdefault{"):
            raise ValueError(rf"{where}: the dollar signs in {words!r} would be read as a formula; write \$ for each")
        shapes = font_manager.get_font(font)
        for character in words.replace("\n", ""):
            if not shapes.get_char_index(ord(character)):
                raise ValueError(
                    f"{where}: the font has no {character!r} (U+{ord(character):04X}), which is in {words!r}; write it another "
                    "way, or add it to EXTRA in tools/make_font.py and run that"
                )
        room = fig.bbox
        if text.get_clip_on() and text.get_clip_box() is not None:
            room = Bbox.intersection(room, text.get_clip_box()) or Bbox.null()
        if not all(room.contains(*corner) for corner in box.vertices):
            raise ValueError(f"{where}: {words!r} is cut off at the edge; make room for it")
    for problem in problems:
        raise ValueError(f"{where}: matplotlib warns: {problem.message}")
    for one, other in _overlapping(boxes):
        raise ValueError(f"{where}: {one.get_text()!r} and {other.get_text()!r} overlap; move one of them")


def _overlapping(boxes):
    pairs = combinations(boxes, 2)
    return [(one, other) for (one, box), (other, other_box) in pairs if box.intersects_path(other_box, filled=True)]


def _drawn(fig):
    """Draws the figure on its canvas and returns the texts that were really drawn.

    The figure's own list of texts will not do: it holds tick labels beyond the axis limits and annotations out of sight.
    """
    texts, draw = [], Text.draw

    def record(text, renderer):
        texts.append(text)
        draw(text, renderer)

    with patch.object(Text, "draw", record):
        fig.canvas.draw()
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def _box(text):
    """Returns the outline, in pixels, of a text that was drawn: a rectangle turned as the text is."""
    renderer = text.get_figure(root=True).canvas.get_renderer()
    # Text's own method, since that of an annotation takes the arrow in. The upright box of a turned rectangle has the
    # rectangle's centre; its width and height are those of the text before turning.
    centre = Text.get_window_extent(text, renderer)
    level = copy.copy(text)
    level.set(rotation=0, transform_rotates_text=False)
    size = Text.get_window_extent(level, renderer)
    margin = 0.2 * renderer.points_to_pixels(text.get_fontsize())
    turned = Affine2D().scale(size.width - margin, size.height - margin).rotate_deg(text.get_rotation())
    return Outline.unit_rectangle().transformed(
        Affine2D().translate(-0.5, -0.5) + turned.translate((centre.x0 + centre.x1) / 2, (centre.y0 + centre.y1) / 2)
    )
