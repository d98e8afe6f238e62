"""Lead from a claim back to the page: a passage with its raw lines, the passages of a notebook."""

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from chipnotes.facts import ledger
from chipnotes.files import read_data, to_html
from chipnotes.pages.corpus import documents, load
from chipnotes.pages.pieces import RULES, runs
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

    def _lines(self):
        """What is shown, line by line, each as text and as HTML."""
        e, doc, start, end = html.escape, self.span.doc, self.span.start, self.span.end
        raw, looks = sorted(at for at in doc.origin[start:end].tolist() if at >= 0), set()
        place = f"{doc.name}, line {self.span.line}"
        yield place, f"<b>{e(place)}</b>"
        before, after = doc.text[:start].rpartition("\n")[2], doc.text[end - 1 :].partition("\n")[0][1:]
        before = "…" * (len(before) > _AROUND) + before[-_AROUND:]
        after = after[:_AROUND] + "…" * (len(after) > _AROUND)
        text, marked = _shown([("keep", before), ("quoted", self.span.text), ("keep", after)])
        yield text, _CHINESE.format(marked)
        if self.gloss:
            yield f"English: {self.gloss}", f"<i>{e(self.gloss)}</i>"
        elif terms := glosses(self.span.text, doc.folder):
            marked = [f"{_CHINESE.format(e(zh))} ({e(pinyin)}) {e(en)}" for zh, pinyin, en in terms]
            yield "terms: " + "; ".join(f"{zh} {en}" for zh, _, en in terms), _small("; ".join(marked))
        for number, line in _raw_lines(doc, raw):
            text, marked = _shown(line)
            yield f"raw line {number}: {text}", _small(f"raw line {number}: {_CHINESE.format(marked)}")
            looks |= {look.removeprefix("passage ") for look, _ in line}
        if key := [_shown([(look, word)]) for look, word in _KEY.items() if look in looks]:
            text, marked = map(" ".join, zip(*key, strict=True))
            yield text, _small(marked)
        for first, last, _, note in runs(doc.fates, doc.notes):
            if note and any(first <= at < last for at in raw):
                yield f"note: {note}", _small(f"note: {e(note)}")

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
    if not isinstance(span, Span) or not isinstance(gloss, str):
        remedy = "doc.find(quotation) or doc.span(row.start, row.end) gives one"
        raise TypeError(f"cite takes a Span and its English, not {span!r:.60}, {gloss!r:.60}; {remedy}")
    return Citation(span, gloss)


def _raw_lines(doc, passage):
    """The raw lines that hold a passage, cut to its surroundings: (number, [(look, character)]) each."""
    starts = [*doc.raw_lines.tolist(), len(doc.raw) + 1]
    for number, here in groupby(passage, lambda at: int(doc.raw_lines.searchsorted(at, "right"))):
        here, (start, end) = dict.fromkeys(here), starts[number - 1 : number + 1]
        first, last = max(start, min(here) - _AROUND), min(end - 1, max(here) + 1 + _AROUND)
        looks = [f"{'passage ' * (at in here)}{RULES[doc.fates[at]][1]}" for at in range(first, last)]
        line = [*zip(looks, map(_visible, doc.raw[first:last]), strict=True)]
        yield number, [("keep", "…")] * (first > start) + line + [("keep", "…")] * (last < end - 1)


def _visible(character):
    """The character, or a sign for one that no font draws: hard spaces, tabs, control characters."""
    code = f"<U+{ord(character):04X}>" if unicodedata.category(character)[0] == "C" else character
    return {"\xa0": "␣", "\t": "→"}.get(character, code)


class Evidence(pd.DataFrame):
    """A table of passages that shows itself as a list, finding by finding: place, quotation, English."""

    def __repr__(self):
        rows = self.itertuples(index=False)
        return "\n".join(f"{r.finding}. {r.page}, line {r.line}: {r.quotation}\n   {r.english}" for r in rows)

    def _repr_html_(self):
        shown = ""
        for finding, rows in pd.DataFrame(self).groupby("finding"):
            passages = to_html(_PASSAGE, rows[_COLUMNS[1:5]].itertuples(index=False))
            shown += f"<p><b>Finding {finding}</b></p><ul>{passages}</ul>"
        return shown


_COLUMNS = "finding page line quotation english seed start end".split()
_PASSAGE = "<li>{}, line {}: " + _CHINESE + "<br>{}</li>"


def evidence(notebook, corpus=None):
    """The passages that a notebook's findings rest on, from `ledgers/passages.tsv` of the corpus's folder.

    One row a quotation, shown as a list:

    - finding (int): which finding of the notebook, from 1
    - page (str): the page's name; line (int): of the raw file, from 1
    - quotation, english (str)
    - seed (str): id of the page; start, end (int): offsets in its text

    `notebook` is its number: "07", "7" or 7. Without a corpus it is that of the five seeds.
    Raises ValueError for a quotation that the page does not have or has at several places, one without
    English, and a notebook without passages.
    """
    number, docs = str(notebook).zfill(2), documents(load() if corpus is None else corpus)
    told = [(row, doc.span(row["start"], row["end"])) for doc in docs for row in ledger.rows(doc, "passages")]
    rows = [
        (int(row["finding"]), at.doc.name, at.line, at.text, row["english"], at.doc.id, at.start, at.end)
        for row, at in told
        if row["notebook"] == number
    ]
    if not rows:
        has = ", ".join(sorted({row["notebook"] for row, _ in told}))
        raise ValueError(f"no passages of a notebook {notebook!r} in ledgers/passages.tsv; it has: {has}")
    return Evidence(sorted(rows, key=lambda row: row[0]), columns=_COLUMNS)


def glosses(text, folder=None):
    """The glossary's terms in a text, the longest first: a list of (Chinese, pinyin, English).

    `folder`: of pages whose own `ledgers/glossary.tsv` goes before the project's.

    >>> glosses("集成电路")[0][2]
    'integrated circuit (IC)'
    """
    rows = [*read_data("glossary.tsv").to_dict("records"), *ledger.read(folder, "glossary")]
    terms = {row["zh"]: (row["zh"], row.get("pinyin", ""), row["en"]) for row in rows}
    pattern = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    return list(dict.fromkeys(terms[zh] for zh in re.findall(pattern, text)))
