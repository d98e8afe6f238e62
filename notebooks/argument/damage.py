"""What damage did to the pages: the fates of characters, bytes that a machine broke, lines out of order."""

import re
from bisect import bisect_left

import numpy as np
import pandas as pd

from argument import worlds
from argument.findings import prose

GROUPS = prose("numbers")["groups"]
# The reading that is put to the proof, and the character whose pinyin a machine put in without seeing it.
READING, MET, PINYIN = "鏈式招引\uff0c圍繞", "準", "zhǔn"


def fates(world):
    """One row a page: how many characters of its file are of each group; `file` is all of them."""
    groups = {rule: name for name, rules in GROUPS.items() for rule in rules.split()}
    found = pd.concat([page.apparatus.assign(page=page.name) for page in world.corpus])
    found["characters"] = found.end - found.start
    table = found.pivot_table("characters", "page", found.rule.map(groups), "sum", 0, sort=False)
    table = table.reindex(columns=list(GROUPS), fill_value=0).rename_axis(columns=None)
    return table.assign(file=table.sum(axis=1))


def sums(world):
    """One row a sum in yuan in the files: on which page and line, what it says, and whether
    the article has it."""
    found = []
    for page in world.corpus:
        whole = worlds.with_menus(page)
        sums = worlds.ruled(whole).loc[lambda rows: rows.unit == "元"]
        at = whole.origin[sums.start]
        line = page.raw_lines.searchsorted(at, "right")
        found.append(sums.assign(page=page.name, inside=np.isin(at, page.origin), line=line))
    return pd.concat(found, ignore_index=True)


def injected(text):
    """The GBK bytes of a text with pinyin after each place where the bytes of a character stand: the machine
    did not ask whether they are one character or the halves of two."""
    return text.encode("gbk").replace(MET.encode("gbk"), f"{MET}({PINYIN})".encode("gbk"))


def in_pairs(data):
    """Bytes as a browser reads GBK: one below 128 alone, others in pairs; a pair that is nothing is a "?"."""
    parts = re.findall(rb"[\x80-\xff].|.", data, re.DOTALL)
    return [(part, part.decode("gb18030", "replace")[0].replace("\ufffd", "?")) for part in parts]


def shown(text):
    """What the machine makes of a text."""
    return "".join(character for _, character in in_pairs(injected(text)))


def file_lines(page):
    """The lines of the first article down to its boxes, as the file numbers them, in the order of reading."""
    parts = page.paragraphs.query("article == 1")
    parts = parts[(parts.role == "box").cumsum() == 0]
    at = np.concatenate([page.origin[part.start : part.end] for part in parts.itertuples()])
    return pd.unique(page.raw_lines.searchsorted(at[at >= 0], "right")).tolist()


def least_moves(order):
    """How many items must be moved at least to sort them: all but the longest run that rises already.

    >>> least_moves([1, 2, 9, 3, 4]), least_moves([3, 2, 1])
    (1, 2)
    """
    tails = []
    for item in order:
        place = bisect_left(tails, item)
        tails[place : place + 1] = [item]
    return len(order) - len(tails)
