"""Lead from a fact back to the page: where a quotation stands, the raw lines behind a passage, the evidence of a finding."""

import html
import operator
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
import pandas as pd

from chipnotes import paths
from chipnotes.clean import Document, plain_line_ends
from chipnotes.corpus import Corpus
from chipnotes.paths import read_data

_AROUND = 24  # characters of context shown on each side


def span(corpus, seed, quote, occurrence=1):
    """Start and end of a quotation in a document's text: its first place, or its n-th with `occurrence` (from 1).

    Raises ValueError if the page does not say it, or not so often; TypeError and KeyError as `cite` does.
    """
    starts = _places(_page(corpus, seed), quote)
    if not starts:
        raise ValueError(f"seed {seed} does not say {quote!r}; quote the cleaned text (corpus[{seed!r}].text)")
    if not 1 <= occurrence <= len(starts):
        raise ValueError(f"seed {seed} says {quote!r} {len(starts)} times, not {occurrence}")
    start = starts[occurrence - 1]
    return start, start + len(quote)


def _places(document, quote):
    text = document.text
    return [i for i in range(len(text)) if text.startswith(quote, i)] if quote else []


def _page(corpus, seed):
    """A document of a corpus by its id; TypeError, KeyError for what is none."""
    if not isinstance(corpus, Corpus | dict):
        raise TypeError(f"the first argument is a {type(corpus).__name__}, not a corpus; give cn.load() and then the page's id")
    return corpus[seed]


def raw_place(document, offset):
    """Line and column (both from 1) in the raw file of the character at an offset of the text.

    Raises TypeError for what is no document, ValueError for an offset outside the text or of a line end put in by an edition.
    """
    if not isinstance(document, Document):
        raise TypeError(f'raw_place takes a document, not a {type(document).__name__}; give corpus["002"] in place of "002"')
    if not 0 <= operator.index(offset) < len(document.text):
        raise ValueError(f"no character {offset} in {document.id}, whose text has {len(document.text)} characters, from 0")
    at = int(document.origin[offset])
    if at < 0:
        raise ValueError(f"the line end at offset {offset} of {document.id} is not from the page")
    raw = plain_line_ends(document.raw)
    return raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at)


def glosses(text):
    """The glossary's terms in a text, longest first match from the left: a list of (Chinese, pinyin, English)."""
    terms = _glossary()
    longest = max(map(len, terms), default=0)
    found, at = [], 0
    while at < len(text):
        for length in range(min(longest, len(text) - at), 0, -1):
            term = terms.get(text[at : at + length])
            if term:
                if term not in found:
                    found.append(term)
                at += length - 1
                break
        at += 1
    return found


@lru_cache(maxsize=1)
def _glossary():
    return {row.zh: (row.zh, row.pinyin, row.en) for row in read_data("glossary.tsv").itertuples()}


@dataclass(frozen=True)
class Citation:
    """A passage with the raw lines it was read from; shows itself in JupyterLab and as text."""

    place: str
    before: str
    passage: str
    after: str
    gloss: str
    terms: tuple
    raw_lines: tuple  # (line number, ((fate, characters), …)); fates are the keys of _SIGNS
    notes: tuple

    def __repr__(self):
        out = [self.place, f"  {self.before}【{self.passage}】{self.after}"]
        if self.gloss:
            out.append(f"  English: {self.gloss}")
        if self.terms:
            out.append("  terms: " + "; ".join(f"{zh} {en}" for zh, _, en in self.terms))
        for number, runs in self.raw_lines:
            line = "".join(
                sign.format(_visible("".join(part for _, part in same)))
                for sign, same in groupby(runs, lambda run: _SIGNS[run[0]])
            )
            out.append(f"  raw line {number}: {line}")
        if key := self._key():
            out.append("  " + " ".join(_SIGNS[fate].format(fate) for fate in key))
        return "\n".join(out + [f"  note: {note}" for note in self.notes])

    def _repr_html_(self):
        e = html.escape
        rows = [
            f"<b>{e(self.place)}</b>",
            f'<span lang="zh-Hans">{e(self.before)}{_STYLES["passage"].format(e(self.passage))}{e(self.after)}</span>',
        ]
        if self.gloss:
            rows.append(f"<i>{e(self.gloss)}</i>")
        if self.terms:
            rows.append("<small>" + "; ".join(f"{e(zh)} ({e(py)}) {e(en)}" for zh, py, en in self.terms) + "</small>")
        for number, runs in self.raw_lines:
            line = "".join(_STYLES[fate].format(e(_visible(part))) for fate, part in runs)
            rows.append(f'<small>raw line {number}: <span lang="zh">{line}</span></small>')
        if key := self._key():
            rows.append("<small>" + " ".join(_STYLES[fate].format(fate) for fate in key) + "</small>")
        rows += [f"<small>note: {e(note)}</small>" for note in self.notes]
        return '<div style="border-left:3px solid #b3500f;padding-left:.8em;margin:.4em 0">' + "<br>".join(rows) + "</div>"

    def _key(self):
        """The fates whose signs need a word."""
        fates = {fate.removeprefix("passage ") for _, runs in self.raw_lines for fate, _ in runs}
        return [fate for fate in ("dropped", "replaced") if fate in fates]


# How the characters of a raw line are shown by their fate; "passage replaced" are those of the passage whose reading is another:
# Traditional forms and repairs. The colours hold on the light and the dark theme of JupyterLab.
_SIGNS = {"passage": "{}", "passage replaced": "⟨{}⟩", "kept": "{}", "dropped": "⟦{}⟧", "replaced": "⟨{}⟩", "cut": "{}"}
_STYLES = {
    "passage": '<mark style="background:#ffb00059;color:inherit">{}</mark>',
    "passage replaced": '<mark style="background:#ffb00059;color:inherit;border-bottom:2px dotted #b3500f">{}</mark>',
    "kept": "{}",
    "dropped": '<del style="color:#767676">{}</del>',
    "replaced": '<span style="border-bottom:2px dotted #b3500f">{}</span>',
    "cut": '<span style="color:#767676">{}</span>',
}


def _visible(part):
    """Characters with signs for those that no font draws: hard spaces, tabs, control and private-use characters."""
    part = part.replace("\xa0", "␣").replace("\t", "→")
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c)[0] == "C" else c for c in part)


def cite(corpus, seed, start, end, gloss=""):
    """The passage text[start:end] of a document, and the raw lines it came from with what was dropped or replaced: a Citation.

    `gloss` is the English of the passage; without it the glossary's terms in the passage are shown.
    Raises KeyError for a page that the corpus does not have, TypeError for what is no corpus or no whole number, ValueError for a
    span that is empty, reversed or outside the text.
    """
    document = _page(corpus, seed)
    start, end = operator.index(start), operator.index(end)
    if not 0 <= start < end <= len(document.text):
        why = "is empty" if start == end else "ends before it begins" if end < start else "lies outside the text"
        raise ValueError(
            f"no passage {start}:{end} in {seed}: it {why}. The text has {len(document.text)} characters, from 0; "
            f"cn.span(corpus, {seed!r}, quotation) finds a passage by its words"
        )
    paragraphs = document.paragraphs
    row = paragraphs[paragraphs.start <= start].iloc[-1]
    stop = max(end, int(paragraphs[paragraphs.start < end].end.iloc[-1]))
    left, right = max(int(row.start), start - _AROUND), min(stop, end + _AROUND)
    line, column = raw_place(document, start)
    origins = document.origin[start:end]
    origins = origins[origins >= 0]
    apparatus = document.apparatus
    touched = (apparatus.start <= origins.max()) & (apparatus.end > origins.min()) & (apparatus.note != "")
    near = [
        note
        for first, last, note in apparatus.loc[touched, ["start", "end", "note"]].itertuples(index=False)
        if _holds(origins, first, last)
    ]
    return Citation(
        f"seed {seed}, paragraph {row.para} ({row.role}), characters {start}–{end}; raw line {line}, column {column}",
        ("…" if left > row.start else "") + document.text[left:start],
        document.text[start:end],
        document.text[end:right] + ("…" if right < stop else ""),
        gloss,
        () if gloss else tuple(glosses(document.text[start:end])),
        tuple(_raw_lines(document, origins)),
        tuple(near),
    )


def _holds(origins, first, last):
    return bool(((origins >= first) & (origins < last)).any())


def _raw_lines(document, origins):
    """The raw lines that hold the given characters, each as runs of one fate, cut to the surroundings of the passage."""
    raw, passage = document.raw, set(origins.tolist())
    fates = np.empty(len(raw), dtype=object)
    for row in document.apparatus.itertuples():
        fates[row.start : row.end] = {"keep": "kept", "drop": "dropped", "replace": "replaced"}[row.action]
    for at in passage:
        fates[at] = "passage replaced" if fates[at] == "replaced" else "passage"
    start = 0
    for number, line in enumerate(plain_line_ends(raw).split("\n"), 1):
        here = [at for at in range(start, start + len(line)) if at in passage]
        if here:
            first, last = max(start, here[0] - _AROUND), min(start + len(line), here[-1] + 1 + _AROUND)
            runs = [("cut", "…")] if first > start else []
            for at in range(first, last):
                if runs and runs[-1][0] == fates[at]:
                    runs[-1] = (fates[at], runs[-1][1] + raw[at])
                else:
                    runs.append((fates[at], raw[at]))
            yield number, tuple(runs + ([("cut", "…")] if last < start + len(line) else []))
        start += len(line) + 1


def evidence(corpus, notebook):
    """The spans that the findings of a notebook rest on, from data/findings/NN.tsv: one row a quotation.

    `notebook` is its number: "07", "7" or 7. A quotation that stands more than once on its page needs its place, from 1, in the
    file's column `occurrence`. Returns a DataFrame: finding (int), seed, start, end (offsets in the text), line, column (of the
    raw file, from 1), quotation, english. Raises ValueError for a quotation that the page does not have, has more than once
    without a place, or that lacks its English, and for a notebook without findings.
    """
    there = sorted(path.stem for path in (paths.DATA / "findings").glob("*.tsv"))
    number = str(notebook).zfill(2)
    if number not in there:
        raise ValueError(f"no findings of a notebook {notebook!r} in data/findings; there are: {', '.join(there)}")
    name = f"findings/{number}.tsv"
    rows = []
    for claim in read_data(name).itertuples():
        place = f"{name}: finding {claim.finding}: {claim.quotation!r}"
        if not claim.english.strip():
            raise ValueError(f"{place} needs its English")
        occurrence = getattr(claim, "occurrence", "")
        if not re.fullmatch(r"[1-9]\d*|", occurrence):
            raise ValueError(f"{place}: occurrence is {occurrence!r}; write a whole number from 1, or leave it empty")
        document = _page(corpus, claim.seed)
        starts = _places(document, claim.quotation)
        if len(starts) > 1 and not occurrence:
            lines = "; ".join(f"{k}: raw line {raw_place(document, at)[0]}" for k, at in enumerate(starts, 1))
            raise ValueError(
                f"{place} stands {len(starts)} times in seed {claim.seed} ({lines}). "
                "Quote more of it, or say which in a column occurrence"
            )
        try:
            start, end = span(corpus, claim.seed, claim.quotation, int(occurrence or 1))
        except ValueError as error:
            raise ValueError(f"{name}: finding {claim.finding}: {error}") from None
        rows.append((int(claim.finding), claim.seed, start, end, *raw_place(document, start), claim.quotation, claim.english))
    return pd.DataFrame(rows, columns=["finding", "seed", "start", "end", "line", "column", "quotation", "english"])
