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
    fig, ax = shapes.sheet(3, data.index, lines="x")
    words = pd.DataFrame({group: group for group in LOOKS}, data.index)
    words["article"], words["menus, teasers, notices"] = share.map("article {:.0f} %".format), "around it"
    words = words.where(data > 520, "")  # where there is room
    shapes.parts(ax, data[list(LOOKS)], LOOKS, 0.62, words, 8)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    worst = data.loc[share < 50, list(LOOKS)[1:]].idxmax(axis=1)
    parts = [f"{part:.0f} percent of {page}" for page, part in share.items()]
    return prose.save(fig, "09-kept-and-dropped", data, parts=parts, worst=worst + " (" + worst.index + ")")


def broken_spot():
    """Three rows of boxes: the words as meant, with the pinyin put in by bytes, as a browser pairs them."""
    signs, reading, met = prose.TOLD["09-broken-spot"]["signs"], damage.READING, damage.MET
    written, shown = (damage.in_pairs(code) for code in (reading.encode("gbk"), damage.injected(reading)))
    first, rest = reading.encode("gbk").split(met.encode("gbk"))
    middle = [(words.encode("gbk"), words) for words in (met, f"({damage.PINYIN})")]
    rows = {"as written": written, "pinyin put in": [(first, ""), *middle, (rest, "")], "as shown": shown}
    boxes = [(row, code.hex(" ").upper(), words) for row in rows for code, words in rows[row]]
    data = pd.DataFrame(boxes, columns=["row", "bytes", "shown"])
    meant = {sign: f"{sign}\n{meaning}" for sign, meaning in signs.items()}
    data["shown"] = [meant.get(sign, sign if sign.isprintable() else "□") for sign in data.shown]
    fig, ax = shapes.sheet(3.1, list(rows), xlim=(-0.1, 21.1), xticks=[])
    widths, at = data.bytes.str.split().str.len(), data.row.factorize()[0]
    lefts = widths.groupby(at).cumsum() - widths
    inks = [ACCENT if row == 1 and words else INK for row, words in zip(at, data.shown)]
    for x, y, wide, ink, words in zip(lefts, at, widths, inks, data[["shown", "bytes"]].to_numpy()):
        shapes.box(ax, x, y - 0.38, wide, 0.76, fc="white", ec=ink, lw=0.9)
        shapes.note(ax, words, x + wide / 2, [y - 0.1, y + 0.27], 0, 0, [ink, GREY], "center", fontsize=7.5)
    ax.spines[:].set_visible(False)
    new = [sign for _, sign in shown if sign not in reading]
    words = {"new": new, "shown": [signs[sign] for sign in new if sign in signs], "rows": rows}
    return prose.save(fig, "09-broken-spot", data.replace("\n", " ", regex=True), damage=damage, **words)
