"""Figures of notebook 09: what was kept and dropped of each file; the bytes of the broken spot."""

from chipnotes.showing import figures  # before matplotlib: it sets the style

# isort: split
import pandas as pd
from matplotlib import pyplot as plt

from argument import damage, say

COLOURS = dict(zip(damage.GROUPS, (figures.ACCENT, "#9CA3AF", "#4B5563", "#E5E7EB"), strict=True))
# What the characters of the broken spot mean, as written and as shown.
MEANT = dict(鏈="chain", 式="style", 招="call", 引="draw", 圍="enclose", 繞="wind") | {"\uff0c": "comma"}
SHOWN = dict(鏈="chain", 秸="stalk", 幸="luck", 瑖="a stone")


def kept(world):
    """Bars: of which group the characters of each file are."""
    data = damage.fates(world)
    share = 100 * data.article / data.file
    data["article, %"] = share.round(1)
    few = [page for page in data.index if share[page] < 50]
    fig, ax = plt.subplots(figsize=(7.2, 3))
    left = 0 * data.file
    for group, colour in COLOURS.items():
        ax.barh(data.index, data[group], left=left, color=colour, height=0.62)
        for y, page in enumerate(data.index):
            words = f"article {share[page]:.0f} %" if group == "article" else group
            if data.loc[page, group] > (450 if group == "article" else 520):
                ink = figures.INK if group.startswith("menus") else "white"
                where = (left.iloc[y] + data.loc[page, group] / 2, y)
                ax.text(
                    *where,
                    words.replace("menus, teasers, notices", "around it"),
                    color=ink,
                    ha="center",
                    va="center",
                    fontsize=8,
                )
        left = left + data[group]
    ax.set(ylim=(4.5, -0.5), xlabel="characters of the file (light: spaces, line ends, scraps)")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y", visible=False)
    worst = {page: data.loc[page, list(damage.GROUPS)[1:]].idxmax() for page in few}
    parts = say.listed(f"{share[page]:.0f} percent of {page}" for page in data.index)
    return figures.save(
        fig,
        "09-kept-and-dropped",
        f"In {say.count(len(few))} files most characters are something other than the article",
        "Characters of each file by what they are: the article; around it menus, teasers of other articles "
        "and notices; pinyin (Latin spelling) that a machine put in; spaces, line ends and scraps.",
        f"Five bars. The article is {parts}. The largest other part: "
        + f"{say.listed(f'{what} in {page}' for page, what in worst.items())}.",
        data,
    )


def broken_spot():
    """Three rows of boxes: the words as meant, with the pinyin put in by bytes, as a browser pairs them."""
    gbk = {character: character.encode("gbk").hex(" ").upper() for character in damage.READING}
    meant = [(gbk[c], f"{c}\n{MEANT[c]}") for c in damage.READING]
    put_in = f"({damage.PINYIN})".encode("gbk")
    halves = damage.READING.encode("gbk").partition(damage.MET.encode("gbk"))
    inside = [(halves[0].hex(" ").upper(), ""), (halves[1].hex(" ").upper(), f"{damage.MET}\nstandard")]
    inside += [(put_in.hex(" ").upper(), f"({damage.PINYIN})"), (halves[2].hex(" ").upper(), "")]
    paired = [(code, _shown(c)) for code, c in damage.in_pairs(damage.injected(damage.READING))]
    rows = {"as written": meant, "pinyin put in": inside, "as shown": paired}
    fig, ax = plt.subplots(figsize=(7.2, 3.1))
    for y, boxes in enumerate(rows.values()):
        x = 0
        for code, words in boxes:
            wide = len(code.split())
            colour = figures.ACCENT if y == 1 and words else figures.INK
            ax.add_patch(plt.Rectangle((x, y - 0.38), wide, 0.76, fc="white", ec=colour, lw=0.9))
            ax.text(x + wide / 2, y - 0.1, words, ha="center", va="center", fontsize=7.5, color=colour)
            ax.text(x + wide / 2, y + 0.27, code, ha="center", va="center", fontsize=7.5, color=figures.GREY)
            x += wide
    ax.set(xlim=(-0.1, 21.1), ylim=(2.5, -0.5), yticks=range(3), yticklabels=rows, xticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    data = [(row, code, words.replace("\n", " ")) for row, boxes in rows.items() for code, words in boxes]
    after = sum(c not in damage.READING for _, c in damage.in_pairs(damage.injected(damage.READING)))
    return figures.save(
        fig,
        "09-broken-spot",
        "Pinyin put inside one character broke the signs after it",
        "Bytes (GBK code, two a Chinese character) of “attracting along the chain, around” on the Wujin "
        f"page. The machine met the bytes of {damage.MET} (standard), whose pinyin is {damage.PINYIN}, "
        "across two characters. □: a sign without a letter.",
        f"Three rows of boxes. Top: {say.count(len(meant))} characters of two bytes. Middle: the second byte "
        f"of the first and the first of the second are taken for one, and ({damage.PINYIN}) is put after "
        f"them. Bottom: the bytes read in pairs, {say.count(after)} signs that were not written, among them "
        f"{say.listed(list(SHOWN.values())[1:])}.",
        pd.DataFrame(data, columns=["row", "bytes", "shown"]),
    )


def _shown(character):
    if not character.isprintable() or "\ue000" <= character <= "\uf8ff":
        return "□"
    return f"{character}\n{SHOWN[character]}" if character in SHOWN else character
