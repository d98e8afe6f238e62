"""Lead from a claim back to the page: a passage with its raw lines, the passages of a notebook."""

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from chipnotes.facts import ledger
from chipnotes.files import read_data
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

    def _lines(self):
        """What is shown, line by line, each as text and as HTML."""
        e, doc = html.escape, self.span.doc
        raw = sorted(at for at in doc.origin[self.span.start : self.span.end].tolist() if at >= 0)
        place = f"{doc.name}, line {self.span.line}"
        yield place, f"<b>{e(place)}</b>"
        before, after = _around(self.span)
        text, marked = _shown([("keep", before), ("quoted", self.span.text), ("keep", after)])
        yield text, _CHINESE.format(marked)
        if self.gloss:
            yield f"English: {self.gloss}", f"<i>{e(self.gloss)}</i>"
        elif terms := glosses(self.span.text, doc.folder):
            marked = [f"{_CHINESE.format(e(zh))} ({e(pinyin)}) {e(en)}" for zh, pinyin, en in terms]
            yield "terms: " + "; ".join(f"{zh} {en}" for zh, _, en in terms), _small("; ".join(marked))
        seen = set()
        for number, runs in _raw_lines(doc, raw):
            text, marked = _shown(runs)
            yield f"raw line {number}: {text}", _small(f"raw line {number}: {_CHINESE.format(marked)}")
            seen |= {look.removeprefix("passage ") for look, _ in runs}
        if key := [_shown([(look, word)]) for look, word in _KEY.items() if look in seen]:
            text, marked = map(" ".join, zip(*key, strict=True))
            yield text, _small(marked)
        for row in doc.apparatus.query("note != ''").itertuples():
            if any(row.start <= at < row.end for at in raw):
                yield f"note: {row.note}", _small(f"note: {e(row.note)}")

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


def _around(span):
    """What stands before and after a passage in its paragraphs."""
    text, start, end = span.doc.text, span.start, span.end
    first, last = text.rfind("\n", 0, start) + 1, max(end, text.find("\n", end - 1))
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    return "…" * (left > first) + text[left:start], text[end:right] + "…" * (right < last)


def _raw_lines(doc, passage):
    """The raw lines that hold a passage, cut to its surroundings: (number, [(look, characters)]) each."""
    looks = [RULES[fate][1] for fate in doc.fates]
    for at in passage:
        looks[at] = f"passage {looks[at]}"
    starts = [*doc.raw_lines.tolist(), len(doc.raw) + 1]
    for number, here in groupby(passage, lambda at: int(doc.raw_lines.searchsorted(at, "right"))):
        here, (start, end) = [*here], starts[number - 1 : number + 1]
        first, last = max(start, here[0] - _AROUND), min(end - 1, here[-1] + 1 + _AROUND)
        runs = groupby(range(first, last), looks.__getitem__)
        runs = [(look, _visible(doc.raw, places)) for look, places in runs]
        yield number, [("keep", "…")] * (first > start) + runs + [("keep", "…")] * (last < end - 1)


def _visible(raw, places):
    """Characters with signs for those that no font draws: hard spaces, tabs, control characters."""
    part = "".join(raw[at] for at in places).replace("\xa0", "␣").replace("\t", "→")
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c)[0] == "C" else c for c in part)


class Evidence(pd.DataFrame):
    """A table of passages that shows itself as a list, finding by finding: place, quotation, English."""

    def __repr__(self):
        rows = self.itertuples(index=False)
        return "\n".join(f"{r.finding}. {r.page}, line {r.line}: {r.quotation}\n   {r.english}" for r in rows)

    def _repr_html_(self):
        shown = ""
        for finding, rows in pd.DataFrame(self).groupby("finding"):
            cells = rows[["page", "line", "quotation", "english"]].astype("str").map(html.escape)
            items = [_PASSAGE.format(*row) for row in cells.itertuples(index=False)]
            shown += f"<p><b>Finding {finding}</b></p><ul>{''.join(items)}</ul>"
        return shown


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
    told = [(doc, row) for doc in docs for row in ledger.rows(doc, "passages")]
    found = [(row, doc.span(row["start"], row["end"])) for doc, row in told if row["notebook"] == number]
    if not found:
        has = ", ".join(sorted({row["notebook"] for _, row in told}))
        raise ValueError(f"no passages of a notebook {notebook!r} in ledgers/passages.tsv; it has: {has}")
    rows = [
        {"finding": int(row["finding"]), "page": at.doc.name, "line": at.line, "quotation": at.text}
        | {"english": row["english"], "seed": at.doc.id, "start": at.start, "end": at.end}
        for row, at in found
    ]
    return Evidence(sorted(rows, key=lambda row: row["finding"]))


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
