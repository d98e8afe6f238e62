"""Marks of figures against the rows that they stand for: place, label, colour, words, unit, order."""

from collections import Counter, namedtuple
from functools import cache

import numpy as np
import pandas as pd
import pytest
from argument import charts, say, worlds
from argument.findings import survive
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

import chipnotes as cn
from chipnotes.files import NOTEBOOKS
from chipnotes.showing import figures

Drawn = namedtuple("Drawn", "fig name title caption alt data")
FIGURES = [
    "announced.how_firm announced.subjects promised.contents promised.subjects followed.from_signature",
    "followed.fund trillion.sizes trillion.about_chips years.two_years years.sentence years.measures",
    "growth.shares_and_growth growth.in_pieces content.who_acts places.named_most places.terms_by_date",
    "numbers.kept numbers.broken_spot survive.worlds_survived own.bounds",
]
FIGURES = " ".join(FIGURES).split()
KINDS = [
    "fails with all pages, cleaned",
    "fails with text not cleaned or a page left out",
    "weaker",
    "stands",
]
SURVIVED = pd.DataFrame(
    [["01.1 one", 0, 2, 1, 4, "fails: raw; weaker: boxes; needs Z"], ["02.1 two", 1, 0, 0, 3, "fails: A"]]
    + [[f"03.{k} more", 0, 0, 0, k, "stands"] for k in range(1, 4)]
    + [["04.1 hangs", 0, 0, 0, 4, "stands; needs Y"], ["04.2 idle", 0, 0, 0, 0, "untouched; needs X"]],
    columns=["finding", *KINDS, "where"],
)


@pytest.fixture(scope="module")
def draw():
    """Draws a figure without writing it, once for all tests, which look at it and change nothing."""

    @cache
    def drawn(name):
        module, chart = name.split(".")
        given = (worlds.published(),) if module not in ("survive", "own") else ()
        given = (cn.load(NOTEBOOKS / "own_pages"),) if module == "own" else given
        kept = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(figures, "save", lambda *of: kept.append(Drawn(*of)))
            patch.setattr(survive, "summary", lambda: SURVIVED)
            getattr(getattr(charts, module), chart)(*(() if chart == "broken_spot" else given))
        (one,) = kept
        one.fig.canvas.draw()
        plt.close(one.fig)
        return one

    return drawn


def labels(axis):
    """The names at the ticks of an axis, by place."""
    places = axis.get_majorticklocs()
    names = axis.get_major_formatter().format_ticks(places)
    return {round(float(place), 6): name for place, name in zip(places, names, strict=True)}


def bars(ax, up=0):
    """Every bar by the name of its row: ends and colour, in the order drawn."""
    names, found = labels(ax.yaxis), {}
    for bar in ax.patches:
        y = round(bar.get_y() + bar.get_height() / 2 + up, 6)
        ends = (bar.get_x(), bar.get_x() + bar.get_width())
        found.setdefault(names[y], []).append((*ends, to_hex(bar.get_facecolor()).upper()))
    return found


def lines(ax, up=0):
    """The ends of each line by the name of its row."""
    names = labels(ax.yaxis)
    level = [line for line in ax.lines if np.ptp(line.get_ydata()) == 0]
    return {names.get(round(line.get_ydata()[0] + up, 6)): list(line.get_xdata()) for line in level}


def words(ax, up=0):
    """The words at each row by its name, from left to right."""
    names, found = labels(ax.yaxis), {}
    for text in sorted(ax.texts, key=lambda text: text.xy[0]):
        found.setdefault(names.get(round(float(text.xy[1]) + up, 6)), []).append(text.get_text())
    return found


def dots(ax):
    """(name of the row, name of the column, colour) of every dot of a grid."""
    rows, columns = labels(ax.yaxis), labels(ax.xaxis)
    (group,) = (one for one in ax.collections if isinstance(one, PathCollection))
    colours = [to_hex(colour).upper() for colour in group.get_facecolor()]
    return [
        (rows[min(rows, key=lambda row: abs(row - y))], columns[round(x)], colour)
        for (x, y), colour in zip(group.get_offsets().data.tolist(), colours, strict=True)
    ]


def close(one, other):
    return one == pytest.approx(list(other), abs=1e-9)


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("name", FIGURES)
def test_words_are_of_this_figure(draw, name):
    drawn = draw(name)
    told = charts.prose.TOLD[drawn.name]
    assert "{" not in drawn.title + drawn.caption + drawn.alt
    for key in ("title", "caption", "alt"):
        start = " ".join(told[key].split()).partition("{")[0]
        assert getattr(drawn, key).startswith(start)
    # its alt text says something that only this figure's data say, so that another's would be refused
    asked = [{of for of in told[key].replace("[", "}").split("{")[1:]} for key in ("title", "caption", "alt")]
    asked = [{field.split("}")[0].split("!")[0].split(".")[0] for field in of} - {"data"} for of in asked]
    assert asked[2] - asked[0] - asked[1]


@pytest.mark.parametrize(
    ("name", "axis"),
    {
        "announced.subjects": "statements with a measure on chips (number)",
        "followed.from_signature": "days from the agreement to the page that tells of it",
        "followed.fund": "billion yuan",
        "trillion.sizes": "trillion yuan 万亿元",
        "trillion.about_chips": "statements",
        "growth.shares_and_growth": "chips' part of Shanghai's pioneer industries, % (January to September)",
        "growth.in_pieces": "growth from 2023 to 2024, % (January to September)",
        "numbers.kept": "characters of the file (light: spaces, line ends, scraps)",
        "survive.worlds_survived": "changed worlds that touch what the finding reads",
        "own.bounds": "million yuan (元)",
    }.items(),
)
def test_the_axis_has_its_unit(draw, name, axis):
    assert draw(name).fig.axes[0].get_xlabel() == axis


def test_a_figure_is_told_once_and_drawn(draw):
    told = [draw(name).name for name in FIGURES]
    files = {file.stem: file.read_text("utf-8") for file in (NOTEBOOKS / "argument/charts").glob("*.toml")}
    assert sorted(told) == sorted(
        line[1:-1]
        for text in files.values()
        for line in text.splitlines()
        if line[:1] == "[" and line.endswith("]") and "." not in line
    )
    assert all(f"[{name}]" in files[chart.split(".")[0]] for name, chart in zip(told, FIGURES, strict=True))


def test_words_lack_no_field_and_leave_none(monkeypatch):
    told = {"title": "{data!n:C} of {of!l}", "caption": "{n}", "alt": "a {one[x]}", "axis": "{unit}"}
    monkeypatch.setitem(charts.prose.TOLD, "99-try", told)
    fields = {"of": ["a", "b"], "n": 1, "one": {"x": 2}, "unit": "yuan"}
    kept = []
    monkeypatch.setattr(figures, "save", lambda *of: kept.append(of))
    fig, ax = plt.subplots()
    charts.prose.save(fig, "99-try", [0, 0], **fields)
    plt.close(fig)
    assert kept == [(fig, "99-try", "Two of a and b", "1", "a 2", [0, 0])] and ax.get_xlabel() == "yuan"
    with pytest.raises(ValueError, match="more"):
        charts.prose.save(fig, "99-try", [0], **fields, more=1)
    for name in fields:
        with pytest.raises(KeyError, match=name):
            charts.prose.save(fig, "99-try", [0], **{key: of for key, of in fields.items() if key != name})
    with pytest.raises(KeyError, match="x"):
        charts.prose.save(fig, "99-try", [0], **fields | {"one": {}})
    assert len(kept) == 1


# ---------------------------------------------------------------- one by one


def test_how_firm(draw):
    drawn = draw("announced.how_firm")
    (ax,), at = drawn.fig.axes, {}
    for row, head, colour in dots(ax):
        at[row] = head, colour
    assert list(labels(ax.yaxis).values()) == list(drawn.data.what) and len(at) == len(drawn.data)
    for row in drawn.data.to_dict("records"):
        assert at[row["what"]] == (row["how firm"], figures.ACCENT if row["authority"] else "#FFFFFF")
        assert words(ax)[row["what"]] == [row["who"]]
        (ink,) = {text.get_color() for text in ax.texts if text.get_text() == row["who"]}
        assert ink == (figures.ACCENT if row["authority"] else figures.INK)
    pages = [text.get_text() for text in ax.texts if text.xy[0] == -0.5]
    assert pages == list(drawn.data.page.unique())
    meaning = {ax.texts[k].get_text(): round(ax.texts[k].xy[0]) for k in range(5)}
    assert meaning["out for\ncomment"] == 1 and meaning["set up,\nshown, given"] == 4


def test_measures_on_chips(draw):
    drawn = draw("announced.subjects")
    (ax,) = drawn.fig.axes
    for row in drawn.data.reset_index().to_dict("records"):
        (bar,) = bars(ax)[row["on"]]
        assert bar[:2] == (0, row["decided"]) and (bar[2] == figures.ACCENT) == (row["group"] == "all")
        assert lines(ax)[row["on"]] == [row["least"], row["most"]]
        assert words(ax)[row["on"]][0] == str(row["decided"])
    for group, text in (
        ("step", "one step of making chips"),
        ("kind or use", "one kind of chip, or one use"),
    ):
        (note,) = (note for note in ax.texts if note.get_text() == text)
        assert note.xy[1] == np.flatnonzero(drawn.data.group == group).mean()


def test_what_commitments_name(draw):
    drawn = draw("promised.contents")
    (ax,) = drawn.fig.axes
    rows, columns = labels(ax.yaxis), labels(ax.xaxis)
    tiles = {(tile.get_x() + 0.47, tile.get_y() + 0.45): tile for tile in ax.patches}
    told = {text.xy: text.get_text() for text in ax.texts}
    assert [row.partition(":")[0] for row in rows.values()] == list(drawn.data.index)
    for (x, y), tile in ((tuple(map(round, at)), tile) for at, tile in tiles.items()):
        row = drawn.data.loc[rows[y].partition(":")[0]]
        assert rows[y] == f"{row.name}: {row.commitments}\n{row.meaning}"
        count = row[columns[x]]
        assert (tile.get_alpha() or 0) == pytest.approx(0.15 + 0.5 * count / row.commitments if count else 0)
        text = [words for at, words in told.items() if tuple(map(round, at)) == (x, y)]
        assert [words.partition("\n")[0] for words in text] == [f"{count} of {row.commitments}"] * int(
            count > 0
        )
    assert [words for words in told.values() if "\n" in words] == [
        "1 of 5\n20 million yuan",
        "1 of 13\n30 billion yuan",
        "8 of 10\nby 2025",
    ]


def test_subjects_of_commitments(draw):
    drawn = draw("promised.subjects")
    found = Counter(dots(drawn.fig.axes[0]))
    for row in drawn.data.reset_index(names="on").to_dict("records"):
        colour = figures.ACCENT if row["on"] == "chips alone" else figures.GREY
        for status in ("in place", "signed", "draft", "reported", "speech"):
            assert found.pop((f"{row['on']}\n{row['who signs']}", status, colour), 0) == row[status]
    assert not found
    # the firmest on the right
    heads = labels(drawn.fig.axes[0].xaxis)
    assert [heads[x] for x in sorted(heads)] == ["speech", "reported", "draft", "signed", "in place"]


def test_from_signature_to_result(draw):
    drawn = draw("followed.from_signature")
    (ax,) = drawn.fig.axes
    assert list(drawn.data.date) == sorted(drawn.data.date)
    for row in drawn.data.to_dict("records"):
        name = f"{row['agreement']}\n{row['when']}"
        ((left, right, colour),) = bars(ax, 0.16)[name]
        assert (left, right) == (0, row["days"]) and (colour == figures.ACCENT) == (row["result"] != "")
        assert words(ax, 0.16)[name] == [row["after"]] and str(row["days"]) in row["after"]
        assert words(ax, -0.2)[name] == [row["shown"]] and row["shown"].startswith(row["result"])
    # what is told of a result is in the colour of its bar, all other words are not
    results = set(drawn.data.shown[drawn.data.result != ""])
    for text in ax.texts:
        assert (to_hex(text.get_color()).upper() == figures.ACCENT) == (text.get_text() in results)


def test_the_fund(draw):
    drawn = draw("followed.fund")
    (ax,) = drawn.fig.axes
    for row in drawn.data.to_dict("records"):
        size, by = row["billion yuan"], row["told by"]
        assert bars(ax)[row["fund"]] == [(0, size, figures.ACCENT if by.endswith("2020") else "#FFFFFF")]
        assert words(ax)[row["fund"]] == [f"{say.plain(size)} billion yuan ({by})"]
    assert drawn.data["billion yuan"].is_monotonic_decreasing and "each shorter" in drawn.alt


def test_sizes_of_electronics(draw):
    drawn = draw("trillion.sizes")
    (ax,) = drawn.fig.axes
    (marks,) = (group for group in ax.collections if isinstance(group, LineCollection))
    arrows = {round(text.xyann[1], 6): text for text in ax.texts if text.arrow_patch}
    places, told = list(labels(ax.yaxis)), {}
    for text in ax.texts:
        told.setdefault(round(float(text.xy[1]), 6), []).append(text.get_text())
    assert list(labels(ax.yaxis).values()) == list(drawn.data.label)
    assert list(drawn.data.of) == ["Sichuan"] * 3 + ["Chongqing"] * 2
    for k, row in enumerate(drawn.data.to_dict("records")):
        y, size = places[k], row["trillion yuan"]
        segment = marks.get_segments()[k]
        assert close(segment[:, 0], [size, size]) and segment[:, 1].mean() == pytest.approx(y)
        inside = row["where"] == "page"
        assert to_hex(marks.get_colors()[k]).upper() == (figures.ACCENT if inside else figures.GREY)
        assert (y in arrows) == (row["bound"] == "above")
        assert y not in arrows or arrows[y].xyann[0] == size < arrows[y].xy[0]
        assert say.yuan(size * 1e12, row["bound"], 2) in [f"{text} yuan" for text in told[y]]
        assert f"{row['by']}: {say.yuan(size * 1e12, row['bound'], 2)}" in drawn.alt
    for k, head in ((0, "Sichuan, 2019"), (3, "Chongqing, 2019")):
        assert told[round(places[k] - 0.62, 6)] == [head]


def test_statements_about_chips(draw):
    drawn = draw("trillion.about_chips")
    (ax,), looks = drawn.fig.axes, charts.trillion.LOOKS
    share = drawn.data["on chips"] / drawn.data.statements
    assert share.is_monotonic_decreasing and list(labels(ax.yaxis).values()) == list(drawn.data.page)
    for row in drawn.data.to_dict("records"):
        segments, end = bars(ax)[row["page"]], 0
        for (left, right, colour), (part, (fill, _)) in zip(segments, looks.items(), strict=True):
            assert (left, right, colour) == (end, end + row[part], fill)
            end = right
        assert end == row["statements"]
        told = [text.partition(" ")[0] for text in words(ax)[row["page"]] if "names" not in text]
        assert told == [str(row[part]) for part in looks if row[part]]
        assert ("names a trillion" in words(ax)[row["page"]]) == row["names a trillion"]
    assert ["19 on chips", "14 wider field", "12 neither"] == words(ax)["Shanghai blog 2024"]
    assert looks["on chips"][0] == figures.ACCENT


def test_two_years(draw):
    drawn = draw("years.two_years")
    (ax,) = drawn.fig.axes
    told = {(x, round(float(y), 2)): text.get_text() for text in ax.texts for x, y in [text.xy]}
    assert told[1.35, 0.12] == "Yibin summit 2020, electronics" and told[4.3, 0.12] == "Chip deal 2023, chips"
    for k, (aspect, row) in enumerate(drawn.data.iterrows()):
        cells = [
            told[x, round(0.3 + charts.years.ROW * (k + 0.5), 2)].replace("\n", " ") for x in (0, 1.35, 4.3)
        ]
        assert cells == [aspect, row["2020"], row["2023"]]


@pytest.mark.parametrize("name", ["years.sentence", "years.measures"])
def test_a_wording_part_by_part(draw, name):
    drawn = draw(name)
    (ax,) = drawn.fig.axes
    places = iter(zip(ax.patches, ax.texts[2:], strict=True))
    for row in drawn.data.to_dict("records"):
        one, text = next(places)
        assert text.get_text().replace("\n", "").replace(
            " ", ""
        ) == f"{row['summit']}{row['Chinese']}".replace(" ", "")
        assert one.get_x() == 0 and one.get_y() < text.xy[1] < one.get_y() + one.get_height()
        if row["change"] == "kept":
            assert one.get_width() == 7.1
            continue
        other, text = next(places)
        assert (one.get_width(), other.get_width(), other.get_x(), other.get_y()) == (
            3.5,
            3.5,
            3.6,
            one.get_y(),
        )
        said = f"{row['newspaper']}{row['later Chinese']}"
        dropped = row["change"] == "dropped"
        assert (other.get_linewidth() > 0) == dropped == (said == "")
        said = said or charts.prose.TOLD[drawn.name]["dropped"]
        assert text.get_text().replace("\n", "").replace(" ", "") == said.replace(" ", "")
    assert not list(places)


def test_shares_and_growth(draw):
    drawn = draw("growth.shares_and_growth")
    (ax,) = drawn.fig.axes
    points = {labels(ax.yaxis)[line.get_ydata()[0]]: line for line in ax.lines if line.get_marker() == "o"}
    for row in drawn.data.to_dict("records"):
        whole, *part = bars(ax)[row["of"]]
        assert whole[:2] == (0, 100) and len(part) == (row["range"] != "")
        for left, right, colour in part:
            assert (left, right) == pytest.approx((row["least"], row["most"])) and colour == figures.ACCENT
        assert points[row["of"]].get_xdata()[0] == row["later rates"]
        told = [*filter(None, [row["range"]]), f"{say.plain(row['later rates'])} with the later rates"]
        assert sorted(words(ax)[row["of"]]) == sorted(told)
    (half,) = (line for line in ax.lines if line.get_linestyle() == "--")
    assert list(half.get_xdata()) == [50, 50]


def test_in_pieces(draw):
    drawn = draw("growth.in_pieces")
    (ax,) = drawn.fig.axes
    for row in drawn.data.to_dict("records"):
        name, rate = row["chips in pieces"], row["growth"]
        assert bars(ax)[name] == [(0, rate, figures.ACCENT if "Shanghai" in name else "#9CA3AF")]
        assert words(ax)[name] == [f"+{say.plain(rate)} %"]


def test_who_acts(draw):
    drawn = draw("content.who_acts")
    (ax,) = drawn.fig.axes
    rows, columns, found = labels(ax.yaxis), labels(ax.xaxis), Counter()
    looks = {look: chips for chips, look in charts.content.LOOKS.items()}
    assert looks[figures.ACCENT, figures.ACCENT] == "alone" and looks["white", figures.INK] == "among others"
    legend = {text.xy: text.get_text() for text in ax.texts}
    for dot in ax.lines:
        (x,), (y,) = dot.get_data()
        chips = looks[dot.get_markerfacecolor(), dot.get_markeredgecolor()]
        if y < -0.5:
            assert legend[x, y] == f"chips {chips}"
        else:
            found[rows[y], columns[round(x)], chips] += 1
    assert found == Counter(zip(drawn.data.who, drawn.data.how_firm, drawn.data.chips, strict=True))
    named = {text: (rows[y], columns[x]) for (x, y), text in legend.items() if y >= 0}
    assert named["quality plan"] == ("city offices", "issued") and len(named) == 3
    assert named["talent award"] == ("city offices", "draft")


def test_named_most(draw):
    drawn = draw("places.named_most")
    panels = {ax.get_title(loc="left").partition("\n")[0]: ax for ax in drawn.fig.axes}
    assert [*panels] == list(drawn.data.place.unique())
    for row in drawn.data.to_dict("records"):
        ax = panels[row["place"]]
        ((left, right, colour),) = bars(ax)[row["label"]]
        assert (left, right) == (0, row["share"]) and words(ax)[row["label"]] == [str(row["statements"])]
        most = row["of"] >= 20 and row["share"] == drawn.data[drawn.data.place == row["place"]].share.max()
        assert (colour == figures.ACCENT) == most
        assert close(lines(ax, -0.38)[row["label"]], [row["least"], row["most"]])
        assert ax.get_title(loc="left").endswith(f"{row['of']} statements")
    assert drawn.fig.get_supxlabel() == "part of the statements of the place's pages, %"


def test_terms_by_date(draw):
    drawn = draw("places.terms_by_date")
    (ax,), found = drawn.fig.axes, {}
    pages = {f"{page[:-5]}\n{page[-4:]}": page for page in drawn.data.columns[3:]}
    assert list(labels(ax.xaxis).values()) == [*pages]
    told = {text.xy: text.get_text() for text in ax.texts if text.get_bbox_patch() is None}
    for row, head, colour in dots(ax):
        found[row, pages[head]] = colour
    for y, row in enumerate(drawn.data.to_dict("records")):
        for x, page in enumerate(pages.values()):
            assert told.get((x, y), "0") == str(row[page])
            colour = figures.ACCENT if y < 2 else figures.GREY
            assert found.get((row["label"], page)) == (colour if row[page] else None)
    dated = {text.xy[1]: text.get_text() for text in ax.texts if text.get_bbox_patch()}
    assert dated == {0: "first used in September 2023", 1: "taken up in December 2023"}
    assert list(drawn.data.term[:2]) == ["新质生产力", "低空经济"]


def test_kept_and_dropped(draw):
    drawn = draw("numbers.kept")
    (ax,), looks = drawn.fig.axes, charts.numbers.LOOKS
    for page, row in drawn.data.iterrows():
        end = 0
        for (left, right, colour), (group, (fill, _)) in zip(bars(ax)[page], looks.items(), strict=True):
            assert (left, right, colour) == (end, end + row[group], fill)
            end = right
        assert end == row.file and words(ax)[page][0] == f"article {100 * row.article / row.file:.0f} %"
    assert words(ax)["Wujin visit 2025"][1:] == ["around it", "pinyin put in"]
    assert looks["article"][0] == figures.ACCENT


def test_the_broken_spot(draw):
    drawn = draw("numbers.broken_spot")
    (ax,) = drawn.fig.axes
    told = iter(text.get_text().replace("\n", " ") for text in ax.texts)
    for box, row in zip(ax.patches, drawn.data.to_dict("records"), strict=True):
        assert labels(ax.yaxis)[round(box.get_y() + 0.38, 6)] == row["row"]
        assert box.get_width() == len(bytes.fromhex(row["bytes"]))
        assert [next(told) for _ in range(1 + (row["shown"] != ""))] == [
            *filter(None, [row["shown"], row["bytes"]])
        ]
    ends = [box.get_x() + box.get_width() for box in ax.patches]
    assert max(ends) == len(bytes.fromhex("".join(drawn.data[drawn.data.row == "as shown"].bytes)))


def test_worlds_survived(draw):
    drawn = draw("survive.worlds_survived")
    (ax,) = drawn.fig.axes
    legend, fills = ax.patches[-4:], charts.survive.FILLS
    assert fills[1] == figures.ACCENT
    for k, row in enumerate(SURVIVED.to_dict("records")):
        end = 0
        for kind, fill, bar in zip(KINDS, fills, ax.patches[k :: len(SURVIVED)], strict=False):
            assert (bar.get_x(), bar.get_width()) == (end, row[kind])
            assert to_hex(bar.get_facecolor()).upper() == fill
            end += row[kind]
        beside = [text for text in words(ax).get(row["finding"], []) if text not in KINDS]
        told = "; ".join(part for part in row["where"].split("; ") if part[:6] not in ("stands", "weaker"))
        assert beside == [told] * (told != "")
    named = {text.get_text(): text.xy[1] for text in ax.texts if text.get_text() in KINDS}
    for patch, kind, fill in zip(legend, KINDS, fills, strict=True):
        assert patch.get_y() + 0.3 == pytest.approx(named[kind])
        assert to_hex(patch.get_facecolor()).upper() == fill
    assert drawn.title.startswith(
        "On all pages, cleaned, one of the 22 findings touched fails; 24 of 27 hang on one page or another"
    )
    assert drawn.alt.startswith("7 rows") and "Two fail somewhere, five neither" in drawn.alt
    assert "; of these, two cite one page alone" in drawn.alt


def test_bounds_of_own_pages(draw):
    drawn = draw("own.bounds")
    (ax,) = drawn.fig.axes
    assert list(labels(ax.yaxis).values()) == list(drawn.data.label)[::-1]
    tips = {labels(ax.yaxis)[text.xyann[1]]: text.xy[0] - text.xyann[0] for text in ax.texts}
    for row in drawn.data.to_dict("records"):
        ends = [end for end in (row["low"], row["high"]) if end == end]
        assert lines(ax)[row["label"]] == [ends[0], ends[-1]]
        side = np.sign(tips.get(row["label"], 0))
        assert side == (len(ends) == 1) * (1 if row["low"] == row["low"] else -1)
        assert (row["bound"] == "range") == (ends[0] != ends[-1])
