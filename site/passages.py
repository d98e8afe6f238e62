"""Which passages of the pages are cited, by what, and which words the public site may not show."""

import html
import re
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np

import chipnotes as cn
from chipnotes.files import read_data

# A Citation as `chipnotes.showing.evidence` writes it: place, passage between marks, English.
CITATION = re.compile(
    r'<b>(?P<place>(?P<name>[^<]+), line (?P<line>\d+))</b><br><span lang="zh-Hans">[^<]*'
    r"<mark[^>]*>(?P<words>[^<]*)</mark>[^<]*</span><br>(?:<i>(?P<english>[^<]*)</i>)?"
)
LEAST = 12  # so many letters, figures and Chinese characters in a row are a quotation
HAN = re.compile(r"[\u4e00-\u9fff]")


class Passage(NamedTuple):
    """A passage as a Span, its English, and what rests on it: (notebook, finding), 0 for its body."""

    span: object
    english: str = ""
    cited: tuple = ()

    @property
    def id(self):
        return f"p{self.span.start}-{self.span.end}"

    @property
    def address(self):
        return f"evidence/{slug(self.span.doc)}.html#{self.id}"

    @property
    def link(self):
        place = html.escape(f"{self.span.doc.name}, line {self.span.line}")
        return f'<a href="{self.address}">{place}</a>'


def slug(doc):
    """The name of a page as the name of a file: chongqing-daily-2020."""
    return re.sub(r"[^a-z0-9]+", "-", doc.name.lower()).strip("-") or doc.id


def placed(docs, citation):
    """The Span of a Citation; its words may stand at several places, the line says at which."""
    doc = next(doc for doc in docs if doc.name == html.unescape(citation["name"]))
    places = re.finditer(re.escape(html.unescape(citation["words"])), doc.text)
    spans = [doc.span(*place.span()) for place in places]
    return next(span for span in spans if span.line == int(citation["line"]))


def gather(docs, notebooks):
    """The passages in the order of the pages: what the findings rest on, and the Citations in the notebooks.

    notebooks  {number: the notebook as JSON}
    """
    by_id, rows = {doc.id: doc for doc in docs}, []
    for number, nb in notebooks.items():
        cells = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
        outputs = [output.get("data", {}) for cell in cells for output in cell["outputs"]]
        if any("cn.evidence(" in "".join(cell["source"]) for cell in cells):
            for row in cn.evidence(number, docs).itertuples():
                rows.append((by_id[row.seed].span(row.start, row.end), row.english, (number, row.finding)))
        shown = "\n".join("".join(data.get("text/html", "")) for data in outputs)
        for citation in CITATION.finditer(shown):
            rows.append((placed(docs, citation), html.unescape(citation["english"] or ""), (number, 0)))
    rows.sort(key=lambda row: (docs.index(row[0].doc), row[0].start, row[0].end))
    found = []
    for span, same in groupby(rows, itemgetter(0)):
        _, english, cited = zip(*same, strict=True)
        found.append(Passage(span, next(filter(None, english), ""), tuple(dict.fromkeys(cited))))
    return found


def held_lines(passages):
    """(page id, number) of each line of the files that holds a character of a passage."""
    held = set()
    for span in (passage.span for passage in passages):
        raw = span.doc.origin[span.start : span.end]
        numbers = span.doc.raw_lines.searchsorted(raw[raw >= 0], "right")
        held |= {(span.doc.id, number) for number in numbers.tolist()}
    return held


def runs(text):
    """All runs of LEAST characters of a text, spaces and punctuation not counted."""
    text = "".join(filter(str.isalnum, text))
    return {text[at : at + LEAST] for at in range(len(text) - LEAST + 1)}


def hidden_runs(docs, held):
    """The runs, most of them Chinese, that stand in lines without a passage alone.

    Names and terms are no quotation, and its title is how a page is cited.
    """
    known = {False: set(), True: set()}
    for doc in docs:
        numbers = doc.raw_lines.searchsorted(doc.origin, "right")
        for number, (start, end) in enumerate(pairwise([*doc.raw_lines, len(doc.raw)]), 1):
            clean = "".join(doc.text[at] for at in np.flatnonzero(numbers == number))
            known[(doc.id, number) in held] |= runs(doc.raw[start:end]) | runs(clean)
    names = [*read_data("glossary.tsv").zh, *read_data("gazetteer.tsv").name]
    names += [doc.card["title"] for doc in docs]
    secret = known[False] - known[True].union(*map(runs, names))
    return {run for run in secret if len(HAN.findall(run)) * 2 > LEAST}


def redacted(text, hidden):
    """The text with … for words of hidden lines; tags and escapes of HTML stay and are not read."""
    markup = {at for m in re.finditer(r"<[^>]*>|&#?\w+;", text) for at in range(*m.span())}
    places = [at for at, character in enumerate(text) if character.isalnum() and at not in markup]
    packed, gone = "".join(text[at] for at in places), set()
    for at in range(len(packed) - LEAST + 1):
        if packed[at : at + LEAST] in hidden:
            gone.update(range(places[at], places[at + LEAST - 1] + 1))
    gone -= markup
    return re.sub("\0+", "…", "".join("\0" if at in gone else c for at, c in enumerate(text)))
