"""Figures of notebook 09: what was kept and dropped of each file; the bytes of the broken spot."""

import pandas as pd

from argument import damage
from argument.charts import ACCENT, GREY, INK, prose, shapes

FILLS = ((ACCENT, "white"), (shapes.MIDDLE, INK), ("#4B5563", "white"), (shapes.PALE, INK))
LOOKS = dict(zip(damage.GROUPS, FILLS, strict=True))


def kept(world):
    """Bars: of which group the characters of each file are."""
    data = damage.fates(world)
    share = 100 * data.article / data.file
    data["article, %"] = share.round(1)
    fig, ax = shapes.sheet(3, data.index, lines=True)

    def words(page, group):
        said = f"article {share[page]:.0f} %" if group == "article" else group
        said = said.replace("menus, teasers, notices", "around it")
        return said if data[group][page] > 520 else ""  # where there is room

    shapes.parts(ax, data[list(LOOKS)], LOOKS, 0.62, words, 8)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    worst = data.loc[share < 50, list(LOOKS)[1:]].idxmax(axis=1)
    parts = [f"{part:.0f} percent of {page}" for page, part in share.items()]
    return prose.save(fig, "09-kept-and-dropped", data, parts=parts, worst=worst + " in " + worst.index)


def broken_spot():
    """Three rows of boxes: the words as meant, with the pinyin put in by bytes, as a browser pairs them."""
    signs, reading, met = prose.told("09-broken-spot")["signs"], damage.READING, damage.MET
    written, shown = (damage.in_pairs(code) for code in (reading.encode("gbk"), damage.injected(reading)))
    first, rest = reading.encode("gbk").split(met.encode("gbk"))
    middle = [(words.encode("gbk"), words) for words in (met, f"({damage.PINYIN})")]
    rows = {"as written": written, "pinyin put in": [(first, ""), *middle, (rest, "")], "as shown": shown}
    data = pd.DataFrame(
        [(row, *pair) for row in rows for pair in rows[row]], columns=["row", "bytes", "shown"]
    )
    data["bytes"] = data.bytes.map(lambda code: code.hex(" ").upper())
    meant = {sign: f"{sign}\n{meaning}" for sign, meaning in signs.items()}
    data["shown"] = [meant.get(sign, sign if sign.isprintable() else "□") for sign in data.shown]
    fig, ax = shapes.sheet(3.1, list(rows), xlim=(-0.1, 21.1), xticks=[])
    for y, boxes in enumerate(data.groupby("row", sort=False)):
        x = 0
        for _, code, words in boxes[1].itertuples(index=False):
            wide, ink = len(code.split()), ACCENT if y == 1 and words else INK
            shapes.box(ax, x, y - 0.38, wide, 0.76, fc="white", ec=ink, lw=0.9)
            style = {"ink": [ink, GREY], "ha": "center", "fontsize": 7.5}
            shapes.note(ax, [words, code], x + wide / 2, [y - 0.1, y + 0.27], 0, **style)
            x += wide
    ax.spines[:].set_visible(False)
    new = [sign for _, sign in shown if sign not in reading]
    words = {"new": new, "shown": [signs[sign] for sign in new if sign in signs], "rows": rows}
    words |= {"reading": reading, "met": met, "pinyin": damage.PINYIN}
    return prose.save(fig, "09-broken-spot", data.replace("\n", " ", regex=True), **words)
