"""Figures: one style, the bundled Chinese font, and `save`, which refuses what would be misread.

Importing this module sets the style, whatever the user's own matplotlibrc says; import it before matplotlib.
Colours: INK for text and lines, GREY for what stands back, ACCENT for the one thing the figure is about (all
dark enough for text), PALETTE for the areas and marks of categories, in this order: with ACCENT they are told
apart by colour-blind readers (Okabe & Ito 2008).
"""

# ruff: noqa: E402
import base64
import html
import io
import logging
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

# Before matplotlib is imported: it logs to stderr while it builds its font cache for the first time, or when
# the home folder cannot be written to, and nbval would take that for an output.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

import matplotlib
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from chipnotes import files
from chipnotes.showing.legible import faults

INK, GREY, ACCENT = "#1F2933", "#6B7280", "#C2410C"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#4B3F72")

FONTS = [str(files.FONTS / f"ChipnotesSansSC-{weight}.ttf") for weight in ("Regular", "Bold")]
STYLE = Path(__file__).with_name("chipnotes.mplstyle")
NAME = re.compile(r"[0-9]{2}-[a-z][a-z0-9]*(-[a-z0-9]+)*")  # 01-kept-dropped
GLYPH = " Write it another way, or add it to EXTRA in tools/make_font.py and run that"
COLOURS = 64  # of a PNG: with the shades at the edges of letters, one cannot tell it from the drawing


class FigureChanged(AssertionError):
    """A figure, made again, is not the one in figures/."""


def use_style():
    """Sets matplotlib to its defaults, then to the style file with the bundled font; importing does it."""
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


for font in FONTS:
    font_manager.fontManager.addfont(font)
use_style()


@dataclass(frozen=True, repr=False)
class Saved:
    """A saved figure, as a notebook shows it: SVG and PNG with their alt text, the caption below."""

    svg: str
    png: bytes
    text: str
    caption: str
    alt: str

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        images = {"image/svg+xml": self.svg, "image/png": base64.b64encode(self.png).decode()}
        return {**images, "text/plain": self.text}, {kind: {"alt": self.alt} for kind in images}

    def _ipython_display_(self):
        from IPython.display import display  # it is there, since it calls this

        # Two outputs: JupyterLab shows one form of an output only, the picture.
        picture, alt = self._repr_mimebundle_()
        display(picture, raw=True, metadata=alt)
        below = f"<figcaption><small>{html.escape(self.caption)}</small></figcaption>"
        display({"text/html": below, "text/plain": ""}, raw=True)


def save(fig, name, title, caption, alt, data):
    """Writes figures/NAME.svg, .png, .csv and .txt, closes the figure and returns it for a notebook to show.

    - name: number of the notebook and a few words: "01-kept-dropped"
    - title: the finding in one sentence, drawn on top, left aligned and wrapped; titles of axes name panels
    - caption: what is plotted, from what, with units
    - alt: what a reader who cannot see it must be told, not the caption again
    - data: the plotted data, a DataFrame. The CSV is UTF-8 with a mark that spreadsheets know it by; the
      index is written if it has a name; text that could be a formula gets a leading apostrophe

    The environment variable CHIPNOTES_FIGURES: a folder to write to instead; or `check`, then nothing is
    written and FigureChanged is raised if any of the four files is not, byte for byte, what is there.
    ValueError if an argument lacks; if a text has no glyph or another font, is under 7.5 points, cut off, or
    over another; if a point, a bar or a text lies outside the limits of its axes; if a tick label that was
    written by hand is neither in the data nor the value at its tick (for numbers set a format, "{x:.0%}");
    if the figure is wider than a notebook, 7.2 inches.
    """
    where = f"figure {name}"
    words = {"title": title, "caption": caption, "alt": alt}
    words = {key: " ".join(value.split()) if isinstance(value, str) else "" for key, value in words.items()}
    lacks = [key for key, value in words.items() if not value]
    lacks += ["data"] * (not isinstance(data, pd.DataFrame) or not data.size)
    wrong = {
        "its name must be like 01-kept-dropped (notebook, lower case)": not NAME.fullmatch(str(name)),
        f"it lacks its {', '.join(lacks)}: give save sentences, and a DataFrame with rows": lacks,
        "the alt text repeats the caption; say what can be seen": words["alt"] == words["caption"],
        "save draws the title; do not set one of your own": fig.get_suptitle() not in ("", words["title"]),
    }
    for fault in (fault for fault, holds in wrong.items() if holds):
        raise ValueError(f"{where}: {fault}")
    data = data.reset_index() if any(data.index.names) else data
    with matplotlib.rc_context():
        use_style()
        # The salt is the name, so that two figures on one page do not share an id that they refer to.
        matplotlib.rcParams["svg.hashsalt"] = name
        # At the edge of what the layout leaves free on the left.
        left = matplotlib.rcParams["figure.constrained_layout.w_pad"] / fig.get_figwidth()
        fig.suptitle(words["title"], x=left, ha="left", wrap=True)
        for fault in _draw(fig, data):
            raise ValueError(f"{where}: {fault}")
        png, svg = _png(fig), _svg(fig, name, words["title"], words["alt"])
    plt.close(fig)
    text = "\n".join(f"{key}: {value}" for key, value in words.items())
    kinds = {"svg": svg.encode(), "png": png, "csv": files.to_csv(data), "txt": f"{text}\n".encode()}
    put({f"{name}.{kind}": content for kind, content in kinds.items()})
    return Saved(svg, png, text, words["caption"], words["alt"])


def saved(name):
    """The figure of this name as it lies in figures/, to be shown again; OSError if it does not."""
    svg, png, text = ((files.FIGURES / f"{name}.{kind}").read_bytes() for kind in ("svg", "png", "txt"))
    told = text.decode().removesuffix("\n")
    return Saved(svg.decode(), png, told, *re.findall("^(?:caption|alt): (.+)", told, re.MULTILINE))


def put(contents):
    """Writes {file name: bytes} into the folder of figures or, in check mode, compares them with it."""
    where = os.environ.get("CHIPNOTES_FIGURES", "")
    there = files.FIGURES if where in ("", "check") else Path(where)
    for name, new in contents.items():
        if (there / name).is_file() and (there / name).read_bytes() == new:
            continue
        if where == "check":
            raise FigureChanged(f"not as in {there.name}/: {name}. If it is meant, run: make figures")
        files.write(there / name, new)


def _draw(fig, data):
    """Fixes the layout, draws as the PNG will be, and returns what is wrong with the figure."""
    with warnings.catch_warnings(record=True) as problems:
        warnings.simplefilter("always")
        # One canvas, whatever the user's backend, at one resolution: it remembers the sizes of texts.
        FigureCanvasAgg(fig)
        fig.set_dpi(matplotlib.rcParams["savefig.dpi"])
        if engine := fig.get_layout_engine():
            engine.execute(fig)
        fig.set_layout_engine("none")
        # Rounded: constrained layout differs in the last bit from run to run, and so would ids in the SVG.
        for ax in fig.axes:
            ax.set_position([round(float(edge), 6) for edge in ax.get_position().bounds])
        for text in fig.texts:
            text.set_position([round(float(place), 6) for place in text.get_position()])
        found = list(faults(fig, FONTS, data))
    said = [f"matplotlib warns: {problem.message}" for problem in problems]
    return [text + GLYPH * ("missing from" in text) for text in said] + found


def _png(fig):
    """The drawing that the checks saw, in a palette: a quarter of the size (and savefig would draw twice).

    The palette is found from a strip in which each colour is as frequent as in the drawing, and at least
    once: that takes a fifth of the time, and rare colours come out better.
    """
    drawn = np.frombuffer(fig.canvas.buffer_rgba(), np.uint32)
    colours, counts = np.unique(drawn, return_counts=True)
    often = 1 + counts // 16
    strip = Image.frombuffer("RGBA", (1, often.sum()), np.repeat(colours, often)).convert("RGB")
    few = strip.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    number = np.asarray(few).ravel()[often.cumsum() - 1]
    size, out = fig.canvas.get_width_height(), io.BytesIO()
    drawing = Image.frombuffer("P", size, number[np.searchsorted(colours, drawn)])
    drawing.putpalette(few.getpalette())
    drawing.save(out, "PNG", dpi=(fig.dpi, fig.dpi))
    return out.getvalue()


def _svg(fig, name, title, alt):
    """The figure as SVG with words for screen readers, in few long lines: a notebook stores each apart."""
    out = io.StringIO()
    FigureCanvasSVG(fig).print_svg(out, metadata={"Date": None, "Creator": "chipnotes"})
    label = f' role="img" aria-labelledby="{name}-title {name}-desc"'
    words = f'\n<title id="{name}-title">{html.escape(title)}</title>'
    words += f'\n<desc id="{name}-desc">{html.escape(alt)}</desc>'
    svg = re.sub("<!-- .*? -->", "", out.getvalue(), flags=re.S).replace("ChipnotesSansSC", "")
    svg = re.sub(r' d="([^"]*)"', lambda path: f' d="{" ".join(path[1].split())}"', svg)
    svg = re.sub(r">\s+(?=<(?:use|path|/?defs|/g))", ">", re.sub(r"\n\s+", "\n", svg))
    return re.sub(r"(<svg [^>]*)>", lambda tag: f"{tag[1]}{label}>{words}", svg, count=1)
