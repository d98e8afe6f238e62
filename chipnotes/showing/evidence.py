"""Lead from a claim back to the page: a passage with its raw lines, the passages of a notebook."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from chipnotes.facts.ledger import read, rows
from chipnotes.files import frame, read_data
from chipnotes.pages.corpus import documents, load
from chipnotes.pages.pieces import RULES
from chipnotes.pages.places import Span

_AROUND = 24  # characters of context shown on each side
# How characters look, in text and in HTML: of a raw line by what became of them, in and outside the passage.
# All inherit their colour: no grey is read on light and dark.
_MARK = '<mark style="background:#ffb00059;color:inherit{}">{{}}</mark>'
_CHINESE = '<span lang="zh-Hans">{}</span>'
_DOTTED = "border-bottom:2px dotted #b3500f"
_LOOKS = {
    "quoted": ("【{}】", _MARK.format("")),
    "passage keep": ("{}", _MARK.format("")),
    "passage replace": ("⟨{}⟩", _MARK.format(";" + _DOTTED)),
    "drop": ("⟦{}⟧", "<del>{}</del>"),
    "replace": ("⟨{}⟩", f'<span style="{_DOTTED}">{{}}</span>'),
    "keep": ("{}", "{}"),
}
_KEY = {"drop": "dropped", "replace": "replaced"}


@dataclass(frozen=True, repr=False)
class Citation:
    """A passage with its English and the raw lines it was read from; shows itself in JupyterLab and as text.

    - span: Span, the passage; gloss: str, its English, "" if there is none
    """

    span: Span
    gloss: str = ""

    @property
    def place(self):
        """str, the page by its name and the line of the raw file."""
        return f"{self.span.doc.name}, line {self.span.line}"

    @property
    def terms(self):
        """list, the glossary's terms in a passage without English, as `glosses` gives them."""
        return [] if self.gloss else glosses(self.span.text, self.span.doc.folder)

    @property
    def notes(self):
        """list of str, what an edition says of the passage: repairs, lacunae."""
        raw = _origins(self.span)
        noted = self.span.doc.apparatus.query("note != ''")
        return [row.note for row in noted.itertuples() if ((raw >= row.start) & (raw < row.end)).any()]

    def _lines(self):
        """What is shown, line by line, each as text and as HTML."""
        e = html.escape
        yield self.place, f"<b>{e(self.place)}</b>"
        before, after = _around(self.span)
        text, marked = _shown([("keep", before), ("quoted", self.span.text), ("keep", after)])
        yield text, _CHINESE.format(marked)
        if self.gloss:
            yield f"English: {self.gloss}", f"<i>{e(self.gloss)}</i>"
        if self.terms:
            marked = [f"{_CHINESE.format(e(zh))} ({e(pinyin)}) {e(en)}" for zh, pinyin, en in self.terms]
            yield "terms: " + "; ".join(f"{zh} {en}" for zh, _, en in self.terms), _small("; ".join(marked))
        seen = set()
        for number, runs in _raw_lines(self.span):
            text, marked = _shown(runs)
            yield f"raw line {number}: {text}", _small(f"raw line {number}: {_CHINESE.format(marked)}")
            seen |= {look.removeprefix("passage ") for look, _ in runs}
        key = [_shown([(look, word)]) for look, word in _KEY.items() if look in seen]
        if key:
            text, marked = map(" ".join, zip(*key, strict=True))
            yield text, _small(marked)
        yield from ((f"note: {note}", _small(f"note: {e(note)}")) for note in self.notes)

    def __repr__(self):
        return "\n  ".join(text for text, _ in self._lines())

    def _repr_html_(self):
        style = "border-left:3px solid #b3500f;padding-left:.8em;margin:.4em 0"
        return f'<div style="{style}">' + "<br>".join(marked for _, marked in self._lines()) + "</div>"


_small = "<small>{}</small>".format


def _shown(runs):
    """Runs of (look, words) as text and as HTML."""
    text = marked = ""
    for (sign, tag), same in groupby(runs, lambda run: _LOOKS[run[0]]):
        words = "".join(words for _, words in same)
        text, marked = text + sign.format(words), marked + tag.format(html.escape(words))
    return text.replace("⟩⟨", ""), marked  # in text the passage has no end of its own


def cite(span, gloss=""):
    """The passage of a Span and the raw lines it came from, with what was dropped or replaced: a Citation.

    `gloss` is the English of the passage; without it the glossary's terms in the passage are shown.
    Raises TypeError for what is no Span.
    """
    for given, kind in ((span, Span), (gloss, str)):
        if not isinstance(given, kind):
            remedy = "doc.find(quotation) or doc.span(row.start, row.end) gives one"
            raise TypeError(f"cite takes a Span and its English, not {given!r:.60}; {remedy}")
    return Citation(span, gloss)


def _origins(span):
    """The raw offsets of a passage's characters, in the order of the page."""
    return np.unique([at for at in span.doc.origin[span.start : span.end] if at >= 0])


def _around(span):
    """What stands before and after a passage in its paragraphs."""
    doc, paragraphs = span.doc, span.doc.paragraphs
    first = int(paragraphs.start[paragraphs.start <= span.start].iloc[-1])
    last = max(span.end, int(paragraphs.end[paragraphs.start < span.end].iloc[-1]))
    left, right = max(first, span.start - _AROUND), min(last, span.end + _AROUND)
    before, after = doc.text[left : span.start], doc.text[span.end : right]
    return ("…" if left > first else "") + before, after + ("…" if right < last else "")


def _raw_lines(span):
    """The raw lines that hold a passage, cut to its surroundings: (number, [(look, characters)]) each."""
    doc, passage = span.doc, _origins(span)
    looks = [RULES[fate][1] for fate in doc.fates]
    for at in passage:
        looks[at] = f"passage {looks[at]}"
    starts = [*doc.raw_lines.tolist(), len(doc.raw) + 1]
    numbers = doc.raw_lines.searchsorted(passage, "right")
    for number in np.unique(numbers).tolist():
        here, (start, end) = passage[numbers == number].tolist(), starts[number - 1 : number + 1]
        first, last = max(start, here[0] - _AROUND), min(end - 1, here[-1] + 1 + _AROUND)
        runs = groupby(range(first, last), looks.__getitem__)
        runs = [(look, _visible(doc.raw, places)) for look, places in runs]
        yield number, [("keep", "…")] * (first > start) + runs + [("keep", "…")] * (last < end - 1)


def _visible(raw, places):
    """Characters with signs for those that no font draws: hard spaces, tabs, control characters."""
    part = "".join(raw[at] for at in places).replace("\xa0", "␣").replace("\t", "→")
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c)[0] == "C" else c for c in part)


def evidence(notebook, corpus=None):
    """The passages that a notebook's findings rest on, from `ledgers/passages.tsv` of the corpus's folder.

    One row a quotation:

    - finding (int): which finding of the notebook, from 1
    - page (str): the page's name; line (int): of the raw file, from 1
    - quotation, english (str)
    - seed (str): id of the page; start, end (int): offsets in its text

    `notebook` is its number: "07", "7" or 7. Without a corpus it is that of the five seeds.
    Raises ValueError for a quotation that the page does not have or has at several places, one without
    English, and a notebook without passages.
    """
    number, docs = str(notebook).zfill(2), documents(load() if corpus is None else corpus)
    told = [(doc, row) for doc in docs for row in rows(doc, "passages")]
    found = [(row, doc.span(row["start"], row["end"])) for doc, row in told if row["notebook"] == number]
    if not found:
        has = ", ".join(sorted({row["notebook"] for _, row in told}))
        raise ValueError(f"no passages of a notebook {notebook!r} in ledgers/passages.tsv; it has: {has}")
    types = {"finding": int, "page": "str", "line": int, "quotation": "str", "english": "str"}
    cells = (
        (row["finding"], at.doc.name, at.line, at.text, row["english"], at.doc.id, at.start, at.end)
        for row, at in found
    )
    table = frame(cells, types | {"seed": "str", "start": int, "end": int})
    return table.sort_values("finding", kind="stable", ignore_index=True)


def glosses(text, folder=None):
    """The glossary's terms in a text, the longest first: a list of (Chinese, pinyin, English).

    `folder`: of pages whose own `ledgers/glossary.tsv` goes before the project's.

    >>> glosses("集成电路")[0][2]
    'integrated circuit (IC)'
    """
    hers = tuple((row["zh"], row.get("pinyin", ""), row["en"]) for row in read(folder, "glossary"))
    terms, pattern = _glossary(hers)
    return list(dict.fromkeys(terms[zh] for zh in pattern.findall(text)))


@lru_cache(maxsize=2)
def _glossary(hers):
    terms = {row.zh: (row.zh, row.pinyin, row.en) for row in read_data("glossary.tsv").itertuples()}
    terms |= {row[0]: row for row in hers}
    return terms, re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
