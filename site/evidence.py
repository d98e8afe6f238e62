"""Evidence pages: the clean text of a page beside its raw lines, each cited passage marked on both sides."""

import re
from collections import Counter
from itertools import groupby

import numpy as np
import pandas as pd

# Characters that no font draws.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff]")


def visible(text):
    """Raw characters, with signs for those that no font draws."""
    text = text.rstrip("\r\n").translate(str.maketrans("\xa0\u3000\t", "␣□→"))
    return UNSEEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def homes(doc, line):
    """For each raw character the row in which it is shown: that of its paragraph, from 0.

    A character that was dropped goes with the one before it in its line. A line of which nothing was kept
    goes with its neighbours if they are of one paragraph, else it makes a row of its own: n + 0.5.
    """
    ends = np.array([*doc.text]) == "\n"
    home = pd.Series(ends.cumsum()[~ends], doc.origin[~ends]).reindex(range(len(doc.raw)))
    home = home.groupby(line).ffill().groupby(line).bfill()
    words = pd.Series([*doc.raw]).str.strip().ne("").groupby(line).transform("any")
    before, after = home.ffill().fillna(-1), home.bfill()
    lost = home.isna() & words & (before != after)
    return home.mask(lost, before + 0.5).ffill().fillna(-0.5).tolist()


def runs(places, keys):
    """The places in runs for which `keys` has the same: (what it has, the places) each."""
    return [(key, list(same)) for key, same in groupby(places, keys.__getitem__)]


def content(doc, passages, lines):
    """What the templates need of a page: its text, and rows of runs of the text and of the lines shown.

    - a run of the text: where it begins, the passages that hold it, its words
    - a run of a line: the passages that hold it, what became of it and why, its words

    A place of the text that is not shown is a NUL. `lines`: the numbers of the lines that may be shown.
    """
    line = doc.raw_lines.searchsorted(range(len(doc.raw)), "right").tolist()
    text = "".join(c if at < 0 or line[at] in lines else "\0" for c, at in zip(doc.text, doc.origin))
    cited = [" ".join(p.id for p in passages if p.span.start <= at < p.span.end) for at in range(len(text))]
    of_raw, fates = dict(zip(doc.origin, cited)), []
    for run in doc.apparatus.itertuples():
        why = f"{run.reason}. {run.note}" if run.note else run.reason
        fates += [(of_raw.get(at, ""), run.action, why) for at in range(run.start, run.end)]

    def raw_side(places):
        return [(*fate, visible("".join(doc.raw[k] for k in at))) for fate, at in runs(places, fates)]

    home, paragraphs, rows = homes(doc, line), dict(enumerate(doc.paragraphs.itertuples())), []
    for number, here in runs(sorted(range(len(home)), key=home.__getitem__), home):
        seen = [(n, at) for n, at in runs(here, line) if n in lines]
        row = {"lines": [(n, doc.raw_lines[n - 1] == at[0], raw_side(at)) for n, at in seen]}
        if number in paragraphs:
            *_, role, start, end = paragraphs[number]
            of_text = [(at[0], ids, text[at[0] : at[-1] + 1]) for ids, at in runs(range(start, end), cited)]
            row |= {"role": role, "text": [(at, ids, re.sub("\0+", "…", said)) for at, ids, said in of_text]}
            row["cited"] = [p for p in passages if start <= p.span.start <= end]
        rows.append(row)
    dropped = Counter(fate[1:] for fate in fates if fate[1] != "keep").most_common()
    return {"doc": doc, "passages": passages, "text": text, "rows": rows, "reasons": dropped}
