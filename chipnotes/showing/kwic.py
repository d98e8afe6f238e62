"""Concordance: each place of a word with what stands left and right of it."""

import re
import unicodedata
from collections import Counter

import pandas as pd

from chipnotes.files import to_html
from chipnotes.pages.corpus import documents
from chipnotes.pages.places import loose

_ROW = """<tr><td style="text-align:right">{}</td><td style="text-align:center"><b>{}</b></td>\
<td style="text-align:left">{}</td><td style="text-align:left">{}</td><td>line {}</td></tr>"""


class Concordance(pd.DataFrame):
    """A table that shows itself with the key in the middle, and above it how often it stands on each page."""

    @property
    def counts(self):
        """A table: page, count, the pages in their order; also those that do not have the key."""
        return pd.DataFrame(self.attrs["counts"], columns=["page", "count"])

    def __repr__(self):
        wide = max(map(_width, self.left), default=0)
        lines = [self._head()]
        for row in self.itertuples():
            key = row.key.replace("\n", " ")
            before = " " * (wide - _width(row.left)) + row.left
            lines.append(f"{before} 【{key}】 {row.right}   {row.page}, line {row.line}")
        return "\n".join(lines)

    def _repr_html_(self):
        rows = to_html(_ROW, self[["left", "key", "right", "page", "line"]].itertuples(index=False))
        return to_html("<p>{}</p>", [[self._head()]]) + f"<table>{rows}</table>"

    def _head(self):
        told = [f"{page} {count}" for page, count in self.attrs["counts"] if count]
        none = len(self.attrs["counts"]) - len(told)
        told = f": {', '.join(told)}" if len(told) <= 12 else f" on {len(told)} pages, `counts` names them"
        without = f"; {none} page{'s' * (none > 1)} without it" * bool(none)
        return f"{len(self)} places" + told * bool(len(self)) + without


def called(docs):
    """What a human calls each page, by id: its name, with the id where two pages have the same."""
    shared = Counter(doc.name for doc in docs)
    return {doc.id: doc.name if shared[doc.name] == 1 else f"{doc.name} ({doc.id})" for doc in docs}


def _width(text):
    """Columns of a text where a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def kwic(corpus, key, sort=None, width=20):
    """A concordance: one row a place of the key in the clean texts.

    - left, key, right (text): what stands before it in its paragraph, itself, what stands behind, `width`
      characters on each side
    - page (text), line (whole number): name of the page, with its id where two have one name; line of the
      raw file
    - seed (text), start, end (whole numbers): its place in `doc.text`

    The key is a word or phrase; Traditional forms, spaces, full width and capitals are forgiven. `sort` is
    "left" (by what stands next to it on the left), "right", or None, in the order of the pages; by pinyin as
    GB 2312 orders the common characters. `counts` of the result says how often it stands on each page. Raises
    TypeError, ValueError for a key that is no text or empty, another `sort`, a `width` below 1.
    """
    if not isinstance(key, str):
        raise TypeError(f"kwic: the key must be a text, not {key!r:.60}")
    words = loose(key)[0]
    if not words or sort not in (None, "left", "right") or type(width) is not int or width < 1:
        wrong = f"not {key!r:.60}, {sort!r}, {width!r}"
        raise ValueError(f"kwic: a key, sort 'left', 'right' or None, a width from 1; {wrong}")
    rows, counts, names = [], [], called(documents(corpus))
    for doc in documents(corpus):
        folded, offsets = loose(doc.text)
        hits = re.finditer(re.escape(words), folded, re.I)
        found = [(offsets[m.start()], offsets[m.end() - 1] + 1) for m in hits]
        counts.append((names[doc.id], len(found)))
        for start, end in found:
            left = doc.text[max(0, start - width) : start].rpartition("\n")[2]
            right = doc.text[end : end + width].partition("\n")[0]
            place = names[doc.id], doc.span(start, end).line, doc.id, start, end
            rows.append((left, doc.text[start:end], right, *place))
    if sort:
        side, step = (0, -1) if sort == "left" else (2, 1)
        rows.sort(key=lambda row: row[side][::step].encode("gb18030", "replace"))
    table = Concordance(rows, columns="left key right page line seed start end".split())
    table.attrs["counts"] = counts
    return table
