"""Which passages of the pages are cited, by what, and which words the public site may not show."""

import html
import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from chipnotes.facts import ledger
from chipnotes.files import read_data

# A Citation as `chipnotes.showing.evidence` writes it: place, passage between marks, English.
CITATION = re.compile(
    r'<b>(?P<place>(?P<name>[^<]+), line (?P<line>\d+))</b><br><span lang="zh-Hans">[^<]*'
    r"<mark[^>]*>(?P<words>[^<]*)</mark>[^<]*</span><br>(?:<i>(?P<english>[^<]*)</i>)?"
)
LEAST = 12  # so many letters, figures and Chinese characters in a row are a quotation
HAN = re.compile(r"[\u4e00-\u9fff]")
MARKUP = re.compile(r'</?[a-zA-Z!][^<>]*>|&#?\w+;|\\[nrt"\\]')  # tags, no "a < b"; escapes of HTML and JSON


class Passage(NamedTuple):
    """A passage as a Span, its English, and what rests on it: findings ("03.1"), notebooks ("03")."""

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

    notebooks  {number: the notebook, as nbformat reads it}
    """
    told = [(doc, row) for doc in docs for row in ledger.rows(doc, "passages")]
    rows = [
        (doc.span(row["start"], row["end"]), row["english"], f"{row['notebook']}.{row['finding']}")
        for doc, row in told
    ]
    for number, nb in notebooks.items():
        outputs = [output for cell in nb.cells for output in cell.get("outputs", ())]
        shown = "\n".join(output.get("data", {}).get("text/html", "") for output in outputs)
        for citation in CITATION.finditer(shown):
            rows.append((placed(docs, citation), html.unescape(citation["english"] or ""), number))
    rows.sort(key=lambda row: (docs.index(row[0].doc), row[0].start, row[0].end, row[2][:2]))
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
        lines = span.doc.raw_lines.searchsorted(raw[raw >= 0], "right")
        held |= {(span.doc.id, line) for line in lines.tolist()}
    return held


def runs(text):
    """All runs of LEAST characters of a text, spaces and punctuation not counted."""
    text = "".join(filter(str.isalnum, text))
    return {text[at : at + LEAST] for at in range(len(text) - LEAST + 1)}


def hidden_runs(docs, shown):
    """The runs, most of them Chinese, that stand only in lines that are not shown.

    Names and terms are no quotation, and its title is how a page is cited.

    shown  {page id: the numbers of the lines that are shown}
    """
    known = {False: set(), True: set()}
    for doc in docs:
        for text, places in ((doc.raw, range(len(doc.raw))), (doc.text, doc.origin)):
            lines = pd.Series([*text]).groupby(doc.raw_lines.searchsorted(places, "right"))
            for number, words in lines.sum().items():
                known[number in shown[doc.id]] |= runs(words)
    names = [*read_data("glossary.tsv").zh, *read_data("gazetteer.tsv").name]
    names += [doc.card["title"] for doc in docs]
    secret = known[False] - known[True].union(*map(runs, names))
    return {run for run in secret if len(HAN.findall(run)) * 2 > LEAST}


def redacted(text, hidden):
    """The text with … for words of hidden lines; markup stays and is not read."""
    markup = {at for m in MARKUP.finditer(text) for at in range(*m.span())}
    places = [at for at, character in enumerate(text) if character.isalnum() and at not in markup]
    packed = "".join(text[at] for at in places)
    found = [places[at : at + LEAST] for at in range(len(packed)) if packed[at : at + LEAST] in hidden]
    gone = {at for run in found for at in range(run[0], run[-1] + 1)} - markup
    return re.sub("\0+", "…", "".join("\0" if at in gone else c for at, c in enumerate(text)))
