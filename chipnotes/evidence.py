"""Lead from a fact back to the page: where a quotation stands, the raw lines behind a passage, the evidence of a finding."""

import html
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from chipnotes.paths import read_data

_AROUND = 24  # characters of context shown on each side


def span(corpus, seed, quote, occurrence=1):
    """Start and end of a quotation in a document's text: its first place, or its n-th with `occurrence` (from 1).

    Raises ValueError if the page does not say it, or not so often.
    """
    text = corpus[seed].text
    starts = [i for i in range(len(text)) if text.startswith(quote, i)] if quote else []
    if not starts:
        raise ValueError(f"seed {seed} does not say {quote!r}; quote the cleaned text (corpus[{seed!r}].text)")
    if not 1 <= occurrence <= len(starts):
        raise ValueError(f"seed {seed} says {quote!r} {len(starts)} times, not {occurrence}")
    start = starts[occurrence - 1]
    return start, start + len(quote)


def raw_place(document, offset):
    """Line and column (both from 1) in the raw file of the character at an offset of the text."""
    at = int(document.origin[offset])
    if at < 0:
        raise ValueError(f"the line end at offset {offset} of {document.id} is not from the page")
    return document.raw.count("\n", 0, at) + 1, at - document.raw.rfind("\n", 0, at)


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
    raw_lines: tuple  # (line number, ((fate, characters), …)); fates: passage, kept, dropped, replaced, cut
    notes: tuple

    def __repr__(self):
        signs = {"passage": "{}", "kept": "{}", "dropped": "⟦{}⟧", "replaced": "⟨{}⟩", "cut": "{}"}
        out = [self.place, f"  {self.before}【{self.passage}】{self.after}"]
        if self.gloss:
            out.append(f"  English: {self.gloss}")
        if self.terms:
            out.append("  terms: " + "; ".join(f"{zh} {en}" for zh, _, en in self.terms))
        for number, runs in self.raw_lines:
            out.append(f"  raw line {number}: " + "".join(signs[fate].format(_visible(part)) for fate, part in runs))
        if any(fate in ("dropped", "replaced") for _, runs in self.raw_lines for fate, _ in runs):
            out.append("  ⟦dropped⟧ ⟨replaced⟩")
        return "\n".join(out + [f"  note: {note}" for note in self.notes])

    def _repr_html_(self):
        style = {
            "passage": '<mark style="background:#ffe9a8;color:inherit">{}</mark>',
            "kept": "{}",
            "dropped": '<del style="color:#8a8a8a">{}</del>',
            "replaced": '<span style="border-bottom:2px dotted #b3500f">{}</span>',
            "cut": '<span style="color:#8a8a8a">{}</span>',
        }
        e = html.escape
        rows = [
            f"<b>{e(self.place)}</b>",
            f'<span lang="zh-Hans">{e(self.before)}{style["passage"].format(e(self.passage))}{e(self.after)}</span>',
        ]
        if self.gloss:
            rows.append(f"<i>{e(self.gloss)}</i>")
        if self.terms:
            rows.append("<small>" + "; ".join(f"{e(zh)} ({e(py)}) {e(en)}" for zh, py, en in self.terms) + "</small>")
        for number, runs in self.raw_lines:
            line = "".join(style[fate].format(e(_visible(part))) for fate, part in runs)
            rows.append(f'<small>raw line {number}: <span lang="zh">{line}</span></small>')
        rows += [f"<small>note: {e(note)}</small>" for note in self.notes]
        return '<div style="border-left:3px solid #b3500f;padding-left:.8em;margin:.4em 0">' + "<br>".join(rows) + "</div>"


def _visible(part):
    return part.replace("\xa0", "␣").replace("\t", "→")


def cite(corpus, seed, start, end, gloss=""):
    """The passage text[start:end] of a document, and the raw lines it came from with what was dropped: a Citation.

    `gloss` is the English of the passage; without it the glossary's terms in the passage are shown.
    Raises ValueError for a span that is empty or outside the text.
    """
    document = corpus[seed]
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"no passage {start}:{end} in {seed}, whose text has {len(document.text)} characters")
    paragraphs = document.paragraphs
    row = paragraphs[paragraphs.start <= start].iloc[-1]
    stop = max(end, int(paragraphs[paragraphs.start < end].end.iloc[-1]))
    left, right = max(int(row.start), start - _AROUND), min(stop, end + _AROUND)
    line, column = raw_place(document, start)
    origins = document.origin[start:end]
    origins = origins[origins >= 0]
    apparatus = document.apparatus
    touched = (apparatus.start <= origins.max()) & (apparatus.end > origins.min()) & (apparatus.note != "")
    near = [note for first, last, note in apparatus.loc[touched, ["start", "end", "note"]].itertuples(index=False) if _holds(origins, first, last)]
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
        fates[at] = "passage"
    start = 0
    for number, line in enumerate(raw.split("\n"), 1):
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

    `notebook` is its number, "01". Returns a DataFrame: finding (int), seed, start, end (offsets in the text), line, column (of
    the raw file, from 1), quotation, english. Raises ValueError for a quotation that the page does not have or that lacks its
    English; FileNotFoundError for a notebook without findings.
    """
    name = f"findings/{notebook}.tsv"
    rows = []
    for claim in read_data(name).itertuples():
        if not claim.english.strip():
            raise ValueError(f"{name}: finding {claim.finding}: {claim.quotation!r} needs its English")
        try:
            start, end = span(corpus, claim.seed, claim.quotation)
        except ValueError as error:
            raise ValueError(f"{name}: finding {claim.finding}: {error}") from None
        rows.append((int(claim.finding), claim.seed, start, end, *raw_place(corpus[claim.seed], start), claim.quotation, claim.english))
    return pd.DataFrame(rows, columns=["finding", "seed", "start", "end", "line", "column", "quotation", "english"])
