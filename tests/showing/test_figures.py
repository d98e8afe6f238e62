"""Figures: the same bytes everywhere, nothing unreadable or misleading, nothing without data and alt text."""

import hashlib
import html
import os
import subprocess
import sys
import unicodedata
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib import pyplot as plt
from PIL import Image

from chipnotes import files
from chipnotes.showing import figures, legible

KINDS = ("svg", "png", "csv", "txt")
DATA = pd.DataFrame({"term 词": ["IC 芯片", "half 半导体"], "n": [3, 4.5]})
GOOD = {
    "name": "99-test",
    "title": "Chips 芯片 & <b>more</b>",
    "caption": "Mentions per 1,000 characters.",
    "alt": 'Two bars; 半导体 is "longer" at 4.5 & <i>wins</i>.',
    "data": DATA,
}
# All that tends to move: dates, hatches, markers, clips, log ticks, turned text, a legend, an annotation.
SCRIPT = """
import datetime
import pandas as pd
from chipnotes.showing import figures
from matplotlib import pyplot as plt
fig, axes = plt.subplots(1, 3)
days = [datetime.date(2024, 1, 1), datetime.date(2024, 1, 3)]
axes[0].plot(days, [1e4, 1e12], "o-", label="trillion 万亿 ≥ 1e12")
axes[0].set_yscale("log")
axes[0].yaxis.set_major_formatter("{x:.0e}")
axes[0].tick_params(axis="x", rotation=45)
axes[0].legend()
axes[1].bar(["IC 芯片", "SC 半导体"], [3, -4], hatch="//", color=figures.PALETTE[:2])
axes[2].imshow([[1, 2], [3, 4]])
axes[2].annotate("door 门 骨", (0, 0), (0.5, 1), arrowprops={"arrowstyle": "->"})
data = pd.DataFrame({"a": ["IC 芯片", "SC 半导体"], "n": [0.1 + 0.2, 1]})
print(figures.save(fig, "99-test", "Same bytes 字节", "Caption.", "Alt.", data))
"""
USER_RC = "font.family: serif\nsvg.fonttype: none\nfigure.dpi: 33\nsavefig.dpi: 33\n"
USER_RC += "timezone: Asia/Shanghai\naxes.grid: False\naxes.facecolor: red\nlines.markersize: 20\n"
USER_RC += "savefig.bbox: tight\npath.sketch: 1, 100, 2\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Figures of these tests go to a folder of their own; figures that a failed save left open are closed."""
    monkeypatch.setenv("CHIPNOTES_FIGURES", str(tmp_path / "figures"))
    yield tmp_path / "figures"
    plt.close("all")


def plot():
    fig, ax = plt.subplots()
    ax.barh([0, 1], DATA["n"])
    return fig


def saved(**changes):
    return figures.save(plot(), **{**GOOD, **changes})


def refused(fig, **changes):
    """The message with which save refuses the figure; nothing may have been written."""
    with pytest.raises(ValueError) as caught:
        figures.save(fig, **{**GOOD, **changes})
    assert not Path(os.environ["CHIPNOTES_FIGURES"]).exists()
    return str(caught.value)


def run(where, **environment):
    """Draws SCRIPT in a process of its own; returns the hashes of its files."""
    env = {
        **os.environ,
        "PYTHONPATH": str(files.ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHIPNOTES_FIGURES": str(where / "out"),
    }
    cwd = environment.pop("cwd", where)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=cwd, env={**env, **environment}, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode(errors="replace")
    return hashes(where / "out")


def hashes(where):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(where.iterdir())}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """SCRIPT drawn in this process, after whatever ran in it before."""
    where = tmp_path_factory.mktemp("reference")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHIPNOTES_FIGURES", str(where))
        exec(SCRIPT, {})
    return hashes(where)


def test_same_bytes_whatever_the_environment_and_the_users_matplotlibrc(reference, tmp_path):
    """Everything that could move them at once; each alone was seen to turn this red if save lets it in."""
    assert sorted(reference) == sorted(f"99-test.{kind}" for kind in KINDS)
    rc = tmp_path / "matplotlibrc"
    rc.write_text(USER_RC)
    changes = {"PYTHONHASHSEED": "12345", "TZ": "Asia/Shanghai", "LC_ALL": "C", "cwd": "/"}
    changes |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "MATPLOTLIBRC": str(rc)}
    assert run(tmp_path, **changes) == reference


def test_same_bytes_and_silence_where_no_settings_can_be_written(reference, tmp_path):
    # matplotlib then builds its font cache anew and says on stderr that it had to make a temporary folder
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    changes = {"MPLBACKEND": "svg", "LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.GB18030"}
    changes |= {"TZ": "UTC", "PYTHONHASHSEED": "0"}  # not those of the other run, which may be this process's
    assert run(tmp_path, MPLCONFIGDIR=str(blocked), SOURCE_DATE_EPOCH="1", **changes) == reference


def test_style_changed_by_a_notebook_does_not_reach_the_files(folder):
    first = saved()
    plt.rcParams.update({"svg.fonttype": "none", "savefig.dpi": 20, "svg.hashsalt": None})
    try:
        assert saved() == first
        assert plt.rcParams["savefig.dpi"] == 20  # and the notebook keeps its own
    finally:
        figures.use_style()


@pytest.mark.parametrize("key", ["title", "caption", "alt", "data"])
@pytest.mark.parametrize("empty", [None, "", " \n", 3])
def test_every_argument_is_required(key, empty):
    message = refused(plot(), **{key: empty})
    assert "99-test" in message and key in message


@pytest.mark.parametrize("data", [pd.DataFrame(), DATA[:0], {}, {"a": DATA}, [1]], ids=repr)
def test_data_must_have_rows(data):
    assert "lacks its data" in refused(plot(), data=data)


@pytest.mark.parametrize(
    "name", ["", "1-a", "01", "01-A", "01-a/b", "../01-a", "01_a", "01-a\n", "0١-a", "10-29", None]
)
def test_name_must_have_its_form(name):
    assert "must be like 01-kept-dropped" in refused(plot(), name=name)


def test_alt_must_not_repeat_the_caption():
    assert "repeats the caption" in refused(plot(), alt=" Mentions  per 1,000\ncharacters. ")


def test_missing_glyph_is_named():
    fig = plot()
    fig.axes[0].set_xlabel("smile 😀")
    message = refused(fig)
    assert all(part in message for part in ("99-test", "GRINNING FACE", "tools/make_font.py"))


def test_other_font_is_refused():
    fig = plot()
    fig.axes[0].set_xlabel("label", family="DejaVu Sans")
    assert "'label' is not in the bundled font" in refused(fig)


def test_dollars_are_not_read_as_a_formula():
    fig = plot()
    fig.axes[0].set_xlabel("from $5 to $6")
    assert "formula" in refused(fig)
    fig.axes[0].set_xlabel(r"from \$5 to \$6")
    assert figures.save(fig, **GOOD)


def test_matplotlibs_warnings_are_errors():
    fig = plot()
    fig.set_size_inches(0.3, 0.3)
    fig.axes[0].set(xlabel="", xticks=[], yticks=[])
    fig.axes[0].axis([0, 0.1, 0, 0.1])
    fig.get_layout_engine().set(w_pad=1, h_pad=1)
    assert "matplotlib warns: constrained_layout not applied" in refused(fig)


@pytest.mark.parametrize(
    "x, rotation, clip, cut",
    [
        (0.95, 0, False, True),
        (0.95, 90, False, False),
        (0.3, 0, False, False),
        (0.7, 0, True, True),
        (0.7, 0, False, False),
    ],
)
def test_text_cut_off_at_an_edge(x, rotation, clip, cut):
    fig = plt.figure(layout="none")
    ax = fig.add_axes([0, 0, 0.8, 0.8])
    ax.axis("off")
    ax.text(
        x,
        0.1,
        "a long label 标签" if clip or rotation or x == 0.95 else "short",
        transform=fig.transFigure,
        rotation=rotation,
        clip_on=clip,
        size=8,
    )
    assert ("is cut off at the edge" in refused(fig)) if cut else figures.save(fig, **GOOD)


@pytest.mark.parametrize(
    "dx, dy, rotation, expected",
    [
        (0, 0, 0, 1),
        (0.03, 0.01, 0, 1),
        (0, 0.08, 0, 0),
        (0.4, 0, 0, 0),
        (0.06, 0, 45, 0),
        (0.06, 0, 0, 1),
        (0.03, 0, 90, 0),
        (0.015, 0, 90, 1),
    ],
)
def test_overlaps(dx, dy, rotation, expected):
    fig = plt.figure(layout="none")
    for x, y, word in [(0.3, 0.4, "Chengdu 成都"), (0.3 + dx, 0.4 + dy, "Chongqing 重庆")]:
        fig.text(x, y, word, rotation=rotation, rotation_mode="anchor")
    if expected:
        message = refused(fig)
        assert "'Chengdu 成都' and 'Chongqing 重庆' overlap" in message and "99-test" in message
    else:
        assert figures.save(fig, **GOOD)


def test_what_is_not_drawn_does_not_count():
    fig, ax = plt.subplots()
    ax.set(ylim=(0, 1))
    ax.text(0.5, 0.5, "seen")
    ax.text(0.5, 0.5, "hidden", visible=False)
    ax.set_xticks([0, 0.5, 1, 9], ["IC 芯片", "Half\n半导体", "n", "far away"])
    ax.set_xlim(0, 1)
    ax.annotate("tip", (0.9, 0.9), (0.2, 0.2), arrowprops={"arrowstyle": "->"})  # its arrow runs over "seen"
    assert figures.save(fig, **GOOD)


# What lies outside limits of 0 to 1 in both directions, and what only looks so.
OUTSIDE = {
    "a point of a line": lambda ax: ax.plot([0.2, 1.005], [0.5, 0.5]),
    "a point": lambda ax: ax.scatter([0.2, 0.5], [0.5, -0.1]),
    "a bar": lambda ax: ax.bar([0.5], [1.02]),
    "a line or an area": lambda ax: ax.hlines([0.5], 0.2, 3),
    "the text 'far'": lambda ax: ax.text(0.5, 1.01, "far"),
    "the text 'lost'": lambda ax: ax.annotate("lost", (2, 2), annotation_clip=True),
    "the text 'points away'": lambda ax: ax.annotate(
        "points away", (2, 0.5), (0, 0), textcoords="offset points"
    ),
}
INSIDE = {
    "on the limit": lambda ax: ax.plot([0, 1], [0, 1], "o"),
    "a gap": lambda ax: ax.plot([0, 0.5, 1], [0, np.nan, 1]),
    "the axis height": lambda ax: ax.axvline(0.5),
    "a band": lambda ax: ax.axvspan(0.2, 0.4),
    "beside the axes": lambda ax: ax.text(1.01, 0.5, "B", transform=ax.get_yaxis_transform()),
    "hidden": lambda ax: ax.plot([5], [5], visible=False),
    "drawn over the edge": lambda ax: ax.plot([0.5], [1.02], "o", clip_on=False),
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_marks_outside_the_limits(what):
    fig, ax = plt.subplots()
    OUTSIDE[what](ax)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    message = refused(fig)
    assert what in message and "outside the limits" in message


@pytest.mark.parametrize("what", INSIDE)
def test_marks_inside_the_limits(what):
    fig, ax = plt.subplots()
    INSIDE[what](ax)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    assert figures.save(fig, **GOOD)


@pytest.mark.parametrize(
    "places, labels, good",
    [
        ([0, 1], ["IC 芯片", "Term_词"], True),
        ([0, 1], ["IC 芯片", "semiconductors"], False),  # not in the data
        ([0, 500, 1000], ["0", "500", "1000"], True),
        ([0, 500, 1000], ["0", "1000", "500"], False),
        ([0, 0.5, 1], ["0 %", "50 %", "100 %"], False),  # a format says this, and cannot be wrong
        ([0, 1, 2], ["0", "10", "30"], False),
        ([0, 1, 2], ["2019", "2020", "2021"], False),  # places of rows are no years
        ([2019, 2020], ["2019", "2020"], True),
        ([-10, 10], ["10", "10"], False),  # a lost sign
        ([1, 2], ["−1", "−2"], False),
        ([-10, 10], ["-10", "10"], True),
        ([0, 1], ["3", "4.5"], True),  # both in the data
        ([1e7, 1e8, 1e9], ["10 million", "100 million", "1 million"], False),
        ([0, 1], ["0", "first"], False),
    ],
)
@pytest.mark.parametrize("axis", ["x", "y"])
def test_tick_labels_are_of_the_data(axis, places, labels, good):
    fig, ax = plt.subplots()
    getattr(ax, f"set_{axis}lim")(min(places), max(places))
    getattr(ax, f"set_{axis}ticks")(places, labels)
    assert figures.save(fig, **GOOD) if good else "neither in the data nor the value" in refused(fig)


def test_tick_labels_of_functions_and_categories_are_looked_at():
    fig, ax = plt.subplots()
    ax.xaxis.set_major_formatter("{x:.0%}")
    assert figures.save(fig, **GOOD)
    fig, ax = plt.subplots()
    ax.xaxis.set_major_formatter(lambda value, place: f"{place + 3} %")
    assert "neither in the data" in refused_over(fig)
    fig, ax = plt.subplots()
    ax.barh(["IC 芯片", "elsewhere"], [1, 2])
    assert "'elsewhere'" in refused_over(fig)
    fig, ax = plt.subplots()
    ax.barh(["IC 芯片", "elsewhere"], [1, 2])
    assert figures.save(fig, **{**GOOD, "data": DATA.assign(place="elsewhere")})


def refused_over(fig):
    with pytest.raises(ValueError) as caught:
        figures.save(fig, **GOOD)
    return str(caught.value)


def test_text_too_small_to_read_in_a_notebook():
    fig = plot()
    fig.axes[0].set_xlabel("tiny", size=7.4)
    assert "'tiny' has 7.4 points" in refused(fig)
    fig.axes[0].set_xlabel("tiny", size=7.5)
    assert figures.save(fig, **GOOD)


def test_chinese_without_english():
    fig = plot()
    fig.axes[0].set_xlabel("半导体")
    assert "'半导体' is Chinese alone" in refused(fig)


def test_figure_wider_than_a_notebook():
    fig = plot()
    fig.set_figwidth(7.3)
    assert "7.3 inches wide" in refused(fig)


def test_style_file_and_colours_agree():
    look = plt.rcParams
    assert (look["text.color"], look["axes.edgecolor"]) == (figures.INK, figures.GREY)
    assert ["#" + colour.strip("#") for colour in look["axes.prop_cycle"].by_key()["color"]] == list(
        figures.PALETTE
    )
    assert look["figure.figsize"][0] == legible.WIDEST and look["figure.facecolor"] == "white"


def test_png_is_in_a_palette_and_keeps_the_colours(folder):
    saved()
    picture = Image.open(folder / "99-test.png")
    assert picture.mode == "P" and picture.size == (1440, 840) and len(picture.getcolors()) <= figures.COLOURS
    colours = {colour for _, colour in sorted(picture.convert("RGB").getcolors())[-2:]}
    assert colours == {(255, 255, 255), (0, 0x72, 0xB2)}


def test_svg_is_in_few_lines(folder):
    """A notebook stores each line of an SVG as a string of its own."""
    saved()
    svg = (folder / "99-test.svg").read_text("utf-8")
    assert svg.count("\n") < 150 and len(svg) < 40_000


def test_layout_stays_as_the_author_set_it():
    fig = plt.figure(layout="none")
    ax = fig.add_axes([0.2, 0.2, 0.5, 0.5])
    figures.save(fig, **GOOD)
    assert fig.get_layout_engine() is None and ax.get_position().bounds == pytest.approx((0.2, 0.2, 0.5, 0.5))


def test_title_is_drawn_on_top():
    fig = plot()
    fig.axes[0].set_title("A  panel")
    figures.save(fig, **GOOD)
    assert (fig.get_suptitle(), fig.axes[0].get_title(loc="left")) == (GOOD["title"], "A  panel")
    fig = plot()
    fig.suptitle("My own")
    assert "save draws the title" in refused_over(fig)


def test_figure_is_closed_after_saving():
    fig = plot()
    assert plt.get_fignums() == [fig.number]
    figures.save(fig, **GOOD)
    assert plt.get_fignums() == []


def test_svg_speaks_to_screen_readers(folder):
    saved()
    root = ElementTree.parse(folder / "99-test.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    title, desc = root.find(f"{svg}title"), root.find(f"{svg}desc")
    assert (title.text, desc.text, root.get("role")) == (GOOD["title"], GOOD["alt"], "img")
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert "<text" not in (folder / "99-test.svg").read_text(
        "utf-8"
    )  # glyphs are outlines, so no font is needed to see it


def test_notebook_gets_svg_png_and_words_and_below_them_the_caption(folder, monkeypatch):
    told = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, **more: told.append((data, more)))
    saved(caption="Mentions per 1,000 characters; <b> & c.")._ipython_display_()
    (shown, more), (below, none) = told
    metadata = more["metadata"]
    assert shown["image/svg+xml"] == (folder / "99-test.svg").read_text("utf-8")
    assert shown["image/png"].startswith("iVBORw0KGgo")
    caption = "Mentions per 1,000 characters; <b> & c."
    assert shown["text/plain"] == f"title: {GOOD['title']}\ncaption: {caption}\nalt: {GOOD['alt']}"
    assert below == {
        "text/html": f"<figcaption><small>{html.escape(caption)}</small></figcaption>",
        "text/plain": "",  # the picture's own text has it
    }
    assert none == {}
    assert shown["text/plain"] + "\n" == (folder / "99-test.txt").read_text("utf-8")
    assert metadata["image/png"]["alt"] == metadata["image/svg+xml"]["alt"] == GOOD["alt"]


@pytest.mark.parametrize("words", ["One: two; alt: three.", "caption: x alt: y title: z"])
def test_a_saved_figure_is_shown_again_as_it_was_saved(folder, monkeypatch, words):
    first = saved(title=words, caption=f"{words} below", alt=f"{words} told")
    monkeypatch.setattr(files, "FIGURES", folder)
    assert figures.saved("99-test") == first
    with pytest.raises(OSError, match="98-test"):
        figures.saved("98-test")


def test_files_carry_no_date_and_no_version(folder):
    saved()
    svg, png = (folder / "99-test.svg").read_text("utf-8"), (folder / "99-test.png").read_bytes()
    assert "dc:date" not in svg and "Matplotlib" not in svg
    assert b"tEXt" not in png and b"tIME" not in png


def test_csv_cannot_inject_a_formula(folder):
    bad = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "text", "a=b", None]
    data = pd.DataFrame(
        {"=head": bad, "n": [-1.5, 0.1 + 0.2, 1e-7, 3, np.nan, 6, 7, 8, 9, 10], "i": range(-5, 5)}
    )
    saved(data=data)
    raw = (folder / "99-test.csv").read_bytes()
    assert raw.startswith(
        b"\xef\xbb\xbf'=head,n,i\n'=1+1,-1.5,-5\n'+1,0.30000000000000004,-4\n'-1,1e-07,-3\n'@SUM(A1),3.0,-2\n"
    )
    back = pd.read_csv(folder / "99-test.csv", encoding="utf-8-sig", lineterminator="\n")
    assert [str(cell)[0] for cell in back["'=head"]] == list("'''''''tan")
    assert (back["n"].dropna() == data["n"].dropna()).all() and (back["i"] == data["i"]).all()


def test_csv_of_a_named_index(folder):
    saved(data=pd.DataFrame({"n": [-1, 2]}, index=pd.Index(["=a", "b"], name="place")))
    assert (folder / "99-test.csv").read_text("utf-8-sig") == "place,n\n'=a,-1\nb,2\n"


def test_check_mode_sees_each_file(folder, monkeypatch):
    saved()
    there = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert there.keys() == {f"99-test.{kind}" for kind in KINDS}
    monkeypatch.setattr(files, "FIGURES", folder)
    monkeypatch.setenv("CHIPNOTES_FIGURES", "check")
    saved()
    for name, before in there.items():
        for damaged in (before[:-1] + b"?", None):
            (folder / name).unlink()
            if damaged:
                (folder / name).write_bytes(damaged)
            with pytest.raises(figures.FigureChanged, match=rf"not as in figures/: {name}\. .*make figures"):
                figures.put(there)
            assert ((folder / name).read_bytes() if (folder / name).exists() else None) == damaged
            (folder / name).write_bytes(before)
    with pytest.raises(figures.FigureChanged, match=r"99-test\.txt"):
        saved(caption="Another.")


def test_unchanged_files_are_left_alone(folder):
    saved()
    for file in folder.iterdir():
        os.utime(file, (1, 1))
    saved()
    assert {file.stat().st_mtime for file in folder.iterdir()} == {1}
    saved(caption="Another.")
    assert {file.name for file in folder.iterdir() if file.stat().st_mtime != 1} == {"99-test.txt"}


@pytest.mark.parametrize("font", figures.FONTS, ids=lambda font: font.rsplit("-")[-1])
def test_font_has_what_figures_need(font):
    data = open(font, "rb").read()
    assert len(data) < 3_000_000
    assert hashlib.sha256(data).hexdigest() in (files.FONTS / "README.md").read_text("utf-8")
    opened = TTFont(font)
    wanted = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü→←↑↓≥≤±×−÷≈–—…′″“”‘’·①⑳ⅠⅫ●○■□▲△◆◇★─│┌┼αβχσμκΔ²℃‰〔〕《》「」【】(),。%"
    wanted += "".join(map(chr, range(0x20, 0x7F)))
    for row in range(0xB0, 0xF8):
        wanted += bytes(byte for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode("gb2312", "ignore")
    for seed in sorted(files.SEEDS.glob("*.txt")):
        wanted += seed.read_bytes().decode("utf-8", "replace")
    # Line ends are no glyphs; characters for private use (two, in the broken spot of a seed) have no shape.
    lacking = {
        c
        for c in wanted
        if ord(c) not in opened.getBestCmap() and unicodedata.category(c) not in ("Cc", "Co")
    }
    assert not lacking
    assert opened["name"].getDebugName(1) == plt.rcParams["font.family"][0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (files.FONTS / "OFL.txt").read_text("utf-8")


def test_colours_can_be_told_apart():
    """Contrast on white by WCAG 2; CIELAB distance as the dichromacies see it (Machado et al. 2009)."""
    sights = {
        "normal": np.eye(3),
        "protan": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        "deutan": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        "tritan": [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    }
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])

    def linear(colour):
        rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)

    def lab(rgb):
        xyz = np.cbrt(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089])
        return np.array([116 * xyz[1], 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])])

    for colour in (figures.INK, figures.GREY, figures.ACCENT):
        assert 1.05 / (to_xyz[1] @ linear(colour) + 0.05) >= 4.5, colour
    for sight, matrix in sights.items():
        for one, other in combinations((*figures.PALETTE, figures.ACCENT), 2):
            assert np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))) >= 15, (
                sight,
                one,
                other,
            )
