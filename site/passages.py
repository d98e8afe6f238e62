"""Which passages of a page are cited, by which findings, and which lines of the page hold one."""

import html
import re
from typing import NamedTuple

from chipnotes.facts.ledger import rows
from chipnotes.files import read_data

# A Citation as `chipnotes.showing.evidence` writes it: place, passage between marks, English.
CITATION = re.compile(
    r"<b>(?P<name>[^<]+), line (?P<line>\d+)</b><br><span lang=\"zh-Hans\">(?P<words>.*?)</span><br>"
    r"(?:<i>(?P<english>.*?)</i>)?",
    re.S,
)
MARKED = re.compile(r"<mark[^>]*>(.*?)</mark>", re.S)


class Passage(NamedTuple):
    """A cited passage of a page: offsets in its text, English, and what rests on it: (notebook, finding)."""

    start: int
    end: int
    english: str
    cited: tuple

    @property
    def id(self):
        return f"p{self.start}-{self.end}"


def slug(doc):
    """The name of a page as the name of a file: chongqing-daily-2020."""
    return re.sub(r"[^a-z0-9]+", "-", doc.name.lower()).strip("-") or doc.id


def line_of(doc, raw_offsets):
    """The lines of the file, from 1, on which raw characters stand."""
    return doc.raw_lines.searchsorted(raw_offsets, "right")


def shown_by(nb):
    """The Citations among a notebook's outputs, as matches of CITATION."""
    for cell in nb["cells"]:
        for output in cell.get("outputs", ()):
            yield from CITATION.finditer("".join(output.get("data", {}).get("text/html", "")))


def placed(docs, citation):
    """(page, start, end) of a Citation; its passage may stand at several places, the line says at which."""
    doc = next(doc for doc in docs if doc.name == html.unescape(citation["name"]))
    words = html.unescape(MARKED.search(citation["words"])[1])
    for found in re.finditer(re.escape(words), doc.text):
        if doc.span(*found.span()).line == int(citation["line"]):
            return doc, *found.span()
    raise ValueError(f"{doc.name}, line {citation['line']}: the passage {words!r} is not there")


def gather(docs, notebooks):
    """{page id: its passages in the order of the text}: those of the findings and those of the Citations.

    notebooks  {number: the notebook as JSON}; finding 0 is a Citation in the notebook's body
    """
    found = {doc.id: {} for doc in docs}

    def add(seed, start, end, english, by):
        old = found[seed].get((start, end), Passage(start, end, "", ()))
        cited = tuple(dict.fromkeys([*old.cited, by]))
        found[seed][start, end] = Passage(start, end, old.english or english, cited)

    for doc in docs:
        for row in rows(doc, "passages"):
            add(doc.id, row["start"], row["end"], row["english"], (row["notebook"], int(row["finding"])))
    for number, nb in notebooks.items():
        for citation in shown_by(nb):
            doc, start, end = placed(docs, citation)
            add(doc.id, start, end, html.unescape(citation["english"] or ""), (number, 0))
    return {
        seed: sorted(of_page.values(), key=lambda passage: passage[:2]) for seed, of_page in found.items()
    }


def held_lines(doc, passages):
    """The numbers of the lines of the file that hold a character of a cited passage."""
    held = set()
    for passage in passages:
        raw = doc.origin[passage.start : passage.end]
        held |= set(line_of(doc, raw[raw >= 0]).tolist())
    return held


class Redactor:
    """Finds words of lines that may not be shown: runs of `LEAST` letters, figures, Chinese characters."""

    LEAST = 12

    def __init__(self, docs, passages):
        shown, hidden = set(), set()
        for doc in docs:
            held, clean = held_lines(doc, passages[doc.id]), {}
            for at, line in enumerate(line_of(doc, doc.origin).tolist()):
                clean[line] = clean.get(line, "") + doc.text[at]
            ends = [*doc.raw_lines.tolist(), len(doc.raw)]
            for number in range(1, len(ends)):
                for text in (doc.raw[ends[number - 1] : ends[number]], clean.get(number, "")):
                    (shown if number in held else hidden).update(self.runs(text))
            # Its title is how a page is cited.
            shown.update(self.runs(doc.card.get("title", "")))
        for term in (
            *read_data("glossary.tsv").zh,
            *read_data("gazetteer.tsv").name,
        ):  # names are no quotation
            shown.update(self.runs(term))
        han = re.compile(r"[\u4e00-\u9fff]")
        self.hidden = {run for run in hidden - shown if len(han.findall(run)) * 2 > self.LEAST}

    @classmethod
    def runs(cls, text):
        """All runs of LEAST characters of a text, spaces and punctuation not counted."""
        text = "".join(filter(str.isalnum, text))
        return {text[at : at + cls.LEAST] for at in range(len(text) - cls.LEAST + 1)}

    def found(self, text):
        """The hidden runs that stand in a text."""
        return self.runs(text) & self.hidden

    def clean(self, text):
        """The text, with … for words of hidden lines; tags and escapes of HTML stay and are not read."""
        markup = {at for m in re.finditer(r"<[^>]*>|&#?\w+;", text) for at in range(*m.span())}
        places = [at for at, character in enumerate(text) if character.isalnum() and at not in markup]
        packed, gone = "".join(text[at] for at in places), set()
        for at in range(len(packed) - self.LEAST + 1):
            if packed[at : at + self.LEAST] in self.hidden:
                gone.update(range(places[at], places[at + self.LEAST - 1] + 1))
        gone -= markup
        return re.sub("\0+", "…", "".join("\0" if at in gone else c for at, c in enumerate(text)))
