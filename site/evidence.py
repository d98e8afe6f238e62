"""Evidence pages: the clean text of a page beside its raw lines, each cited passage marked on both sides."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter

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
    home = pd.Series(float("nan"), range(len(doc.raw)))
    for number, paragraph in enumerate(doc.paragraphs.itertuples()):
        raw = doc.origin[paragraph.start : paragraph.end]
        home[raw[raw >= 0]] = number
    home = home.groupby(line).ffill().groupby(line).bfill()
    words = pd.Series(list(doc.raw)).str.strip().ne("").groupby(line).transform("any")
    before, after = home.ffill().fillna(-1), home.bfill()
    lost = home.isna() & words & (before != after)
    return home.mask(lost, before + 0.5).ffill().fillna(-0.5).tolist()


def content(doc, passages, lines):
    """What the templates need of a page: its text, and rows of runs of the text and of the lines shown.

    A place of the text that is not shown is a NUL. `lines`: the numbers of the lines that may be shown.
    """
    line = doc.raw_lines.searchsorted(range(len(doc.raw)), "right")
    of_text, of_raw, starts = defaultdict(str), defaultdict(str), sorted(p.span.start for p in passages)
    for passage in passages:
        for at in range(passage.span.start, passage.span.end):
            of_text[at] += f" {passage.id}"
            of_raw[doc.origin[at]] += f" {passage.id}"
    fates = []
    for run in doc.apparatus.itertuples():
        why = f"{run.reason}. {run.note}" if run.note else run.reason
        fates += [(run.action, why)] * (run.end - run.start)
    pairs = zip(doc.text, doc.origin, strict=True)
    text = "".join(c if at < 0 or line[at] in lines else "\0" for c, at in pairs)

    def clean_side(paragraph):
        """Runs of the text: where each begins, the passages that hold it, its words."""
        places = range(paragraph.start, paragraph.end)
        for (_, ids), same in groupby(places, lambda at: (bisect_right(starts, at), of_text[at])):
            same = list(same)
            yield same[0], ids, re.sub("\0+", "…", text[same[0] : same[-1] + 1])

    def raw_side(places):
        """Runs of a line: the passages that hold it, what became of it and why, its words."""
        for (ids, fate), same in groupby(places, lambda at: (of_raw[at], fates[at])):
            yield ids, *fate, visible("".join(doc.raw[at] for at in same))

    home, paragraphs, rows = homes(doc, line), dict(enumerate(doc.paragraphs.itertuples())), []
    parts = [(*key, list(at)) for key, at in groupby(range(len(home)), lambda at: (home[at], line[at]))]
    for number, here in groupby(sorted(parts, key=itemgetter(0)), itemgetter(0)):
        seen = [(n, at) for _, n, at in here if n in lines]
        row = {"lines": [(n, doc.raw_lines[n - 1] == at[0], list(raw_side(at))) for n, at in seen]}
        if number in paragraphs and seen:
            paragraph = paragraphs[number]
            row |= {"role": paragraph.role, "text": list(clean_side(paragraph))}
            row["cited"] = [p for p in passages if paragraph.start <= p.span.start <= paragraph.end]
        rows.append(row)
    dropped = Counter(fate for fate in fates if fate[0] != "keep").most_common()
    return {"doc": doc, "passages": passages, "text": text, "rows": rows, "reasons": dropped}
