"""Lead from a claim back to the page: a passage with its raw lines, the passages of a notebook."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from chipnotes.facts.ledger import rows
from chipnotes.files import frame, read_data
from chipnotes.pages.corpus import documents, load
from chipnotes.pages.places import Span

_AROUND = 24  # characters of context shown on each side
# How the characters of a raw line are shown by their fate; "passage replaced" are those of the passage that
# the text reads otherwise: Traditional forms and repairs. All inherit their colour: no grey is read on
# light and dark.
_SIGNS = {"passage replaced": "⟨{}⟩", "dropped": "⟦{}⟧", "replaced": "⟨{}⟩"}
_MARK = '<mark style="background:#ffb00059;color:inherit{}">{{}}</mark>'
_DOTTED = "border-bottom:2px dotted #b3500f"
_TAGS = {
    "passage": _MARK.format(""),
    "passage replaced": _MARK.format(";" + _DOTTED),
    "dropped": "<del>{}</del>",
    "replaced": f'<span style="{_DOTTED}">{{}}</span>',
}


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
        return [] if self.gloss else glosses(self.span.text)

    @property
    def notes(self):
        """list of str, what an edition says of the passage: repairs, lacunae."""
        raw = _origins(self.span)
        noted = self.span.doc.apparatus.query("note != ''")
        return [row.note for row in noted.itertuples() if ((raw >= row.start) & (raw < row.end)).any()]

    def __repr__(self):
        before, after = _around(self.span)
        out = [self.place, f"  {before}【{self.span.text}】{after}"]
        out += [f"  English: {self.gloss}"] if self.gloss else []
        if self.terms:
            out.append("  terms: " + "; ".join(f"{zh} {en}" for zh, _, en in self.terms))
        seen = set()
        for number, runs in _raw_lines(self.span):
            line = ""
            for sign, same in groupby(runs, lambda run: _SIGNS.get(run[0], "{}")):
                line += sign.format("".join(part for _, part in same))
            out.append(f"  raw line {number}: {line}")
            seen |= {fate.removeprefix("passage ") for fate, _ in runs}
        key = [_SIGNS[fate].format(fate) for fate in ("dropped", "replaced") if fate in seen]
        out += ["  " + " ".join(key)] if key else []
        return "\n".join(out + [f"  note: {note}" for note in self.notes])

    def _repr_html_(self):
        e = html.escape
        before, after = _around(self.span)
        passage = f"{e(before)}{_TAGS['passage'].format(e(self.span.text))}{e(after)}"
        rows = [f"<b>{e(self.place)}</b>", f'<span lang="zh-Hans">{passage}</span>']
        rows += [f"<i>{e(self.gloss)}</i>"] if self.gloss else []
        if self.terms:
            terms = [
                f'<span lang="zh-Hans">{e(zh)}</span> ({e(pinyin)}) {e(en)}' for zh, pinyin, en in self.terms
            ]
            rows.append(f"<small>{'; '.join(terms)}</small>")
        seen = set()
        for number, runs in _raw_lines(self.span):
            line = "".join(_TAGS.get(fate, "{}").format(e(part)) for fate, part in runs)
            rows.append(f'<small>raw line {number}: <span lang="zh-Hans">{line}</span></small>')
            seen |= {fate.removeprefix("passage ") for fate, _ in runs}
        key = [_TAGS[fate].format(fate) for fate in ("dropped", "replaced") if fate in seen]
        rows += [f"<small>{' '.join(key)}</small>"] if key else []
        rows += [f"<small>note: {e(note)}</small>" for note in self.notes]
        style = "border-left:3px solid #b3500f;padding-left:.8em;margin:.4em 0"
        return f'<div style="{style}">' + "<br>".join(rows) + "</div>"


def cite(span, gloss=""):
    """The passage of a Span and the raw lines it came from, with what was dropped or replaced: a Citation.

    `gloss` is the English of the passage; without it the glossary's terms in the passage are shown.
    Raises TypeError for what is no Span.
    """
    if not isinstance(span, Span) or not isinstance(gloss, str):
        wrong = gloss if isinstance(span, Span) else span
        raise TypeError(
            f"cite takes a Span and its English, not {wrong!r:.60}; doc.find(quotation) gives a Span"
        )
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
    """The raw lines that hold a passage, cut to its surroundings: (number, [(fate, characters)]) each."""
    doc, passage = span.doc, _origins(span)
    fates = np.empty(len(doc.raw), dtype=object)
    for row in doc.apparatus.itertuples():
        fates[row.start : row.end] = {"keep": "kept", "drop": "dropped", "replace": "replaced"}[row.action]
    for at in passage:
        fates[at] = "passage replaced" if fates[at] == "replaced" else "passage"
    numbers = doc.raw_lines.searchsorted(passage, "right")
    for number in np.unique(numbers).tolist():
        here = passage[numbers == number]
        start, end = [*doc.raw_lines.tolist(), len(doc.raw) + 1][number - 1 : number + 1]
        first, last = max(start, int(here[0]) - _AROUND), min(end - 1, int(here[-1]) + 1 + _AROUND)
        runs = [
            (fate, _visible(doc.raw, same)) for fate, same in groupby(range(first, last), fates.__getitem__)
        ]
        yield number, [("kept", "…")] * (first > start) + runs + [("kept", "…")] * (last < end - 1)


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
    number, found, there = str(notebook).zfill(2), [], set()
    for doc in documents(load() if corpus is None else corpus):
        for row in rows(doc, "passages"):
            there.add(row["notebook"])
            if row["notebook"] == number:
                span = doc.span(row["start"], row["end"])
                cells = int(row["finding"]), doc.name, span.line, span.text, row["english"]
                found.append((*cells, doc.id, span.start, span.end))
    if not found:
        has = f"it has: {', '.join(sorted(there))}"
        raise ValueError(f"no passages of a notebook {notebook!r} in ledgers/passages.tsv; {has}")
    types = {"finding": int, "page": "str", "line": int, "quotation": "str", "english": "str"}
    table = frame(found, types | {"seed": "str", "start": int, "end": int})
    return table.sort_values("finding", kind="stable", ignore_index=True)


def glosses(text):
    """The glossary's terms in a text, the longest first: a list of (Chinese, pinyin, English).

    >>> glosses("集成电路")[0][2]
    'integrated circuit (IC)'
    """
    terms, pattern = _glossary()
    return list(dict.fromkeys(terms[zh] for zh in pattern.findall(text)))


@lru_cache(maxsize=1)
def _glossary():
    terms = {row.zh: (row.zh, row.pinyin, row.en) for row in read_data("glossary.tsv").itertuples()}
    return terms, re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
