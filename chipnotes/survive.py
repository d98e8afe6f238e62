"""Read the pages again with one decision changed at a time, and judge by a stated rule what that does to a finding.

A `World` is one way to read the pages: the texts, and the decisions after them. `worlds` gives the world of the notebooks and
those in which one decision is another one; `headlines` computes the findings in each; `grid` and `verdict` compare.
"""

import dataclasses
import importlib
import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from unittest.mock import patch

import numpy as np
import pandas as pd

from chipnotes import text as cut
from chipnotes.actors import actors
from chipnotes.clean import clean
from chipnotes.codebook import codes
from chipnotes.corpus import Corpus
from chipnotes.dates import dates
from chipnotes.editions import read_edition
from chipnotes.events import events
from chipnotes.paths import EDITIONS, read_data
from chipnotes.quantities import quantities

VERDICTS = ("same", "holds", "weakens", "fails", "does not apply")
# One unit of a count of ten, and less than the coding noise of any share that the notebooks give.
TOLERANCE = 0.1

# ---------------------------------------------------------------- texts


def _relaid(document, paragraphs, edition):
    """The page cleaned again with these paragraphs: (article, role, [(start, end) in raw, …])."""
    # Without its sha256 the ledgers keep away from a page that is no longer theirs.
    card = {key: value for key, value in document.card.items() if key != "sha256"}
    return clean(document.raw, document.id, card, edition | {"paragraphs": paragraphs})


def _edition(document):
    """The page's edition with its paragraphs; those of a page that has none are its raw lines, in file order."""
    path = EDITIONS / f"{document.id}.toml"
    edition = {"repairs": [], "notes": [], "paragraphs": [], "dropped": [], "spaces": []}
    if path.is_file():
        edition = read_edition(path, document.raw)
    if not edition["paragraphs"]:
        edition["paragraphs"] = [
            (p.article, p.role, [_raw_line(document.raw, int(document.origin[p.start]))])
            for p in document.paragraphs.itertuples()
        ]
    return edition


def _raw_line(raw, at):
    end = raw.find("\n", at)
    return raw.rfind("\n", 0, at) + 1, len(raw) if end < 0 else end


def as_raw(document):
    """The page as it lies in the file: every line that is not blank is a paragraph of the body; nothing is dropped or converted."""
    spans = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", document.raw)]
    card = {key: value for key, value in document.card.items() if key != "sha256"}
    origin = np.arange(len(document.raw), dtype=np.int32)
    paragraphs = [(1, "body", start, end) for start, end in spans]
    return dataclasses.replace(document, card=card, text=document.raw, origin=origin, _paragraphs=paragraphs)


def with_dropped(document, rules):
    """The page with what these rules of the cleaner dropped left in, as paragraphs of the body where they stand in the file."""
    edition = _edition(document)
    runs = document.apparatus[document.apparatus.rule.isin(rules)]
    kept = []
    for run in runs.itertuples():
        for line in re.finditer(r"[^\n]*\S[^\n]*", document.raw[run.start : run.end]):
            kept.append((run.start + line.start(), run.start + line.end()))
    if not kept:
        return document
    paragraphs = list(edition["paragraphs"])
    for piece in kept:
        after = [k for k, (_, _, pieces) in enumerate(paragraphs) if pieces[0] > piece]
        paragraphs.insert(min(after, default=len(paragraphs)), (1, "body", [piece]))
    dropped = [drop for drop in edition["dropped"] if drop[2] not in rules]
    return _relaid(document, paragraphs, edition | {"dropped": dropped})


def in_file_order(document):
    """The page in the order of its file: pieces of one paragraph stay together only where they follow each other in the file."""
    edition = _edition(document)
    paragraphs = edition["paragraphs"]
    pieces = sorted((piece, k, n) for k, (_, _, pieces) in enumerate(paragraphs) for n, piece in enumerate(pieces))
    laid, last = [], None
    for piece, k, n in pieces:
        if last == (k, n - 1):
            laid[-1][2].append(piece)
        else:
            laid.append((*paragraphs[k][:2], [piece]))
        last = (k, n)
    return document if laid == paragraphs else _relaid(document, laid, edition)


def in_traditional(document):
    """The page with its Traditional characters where it has them."""
    marks = np.zeros(len(document.raw), bool)
    for run in document.apparatus[document.apparatus.rule == "simplify"].itertuples():
        marks[run.start : run.end] = True
    text = "".join(document.raw[at] if at >= 0 and marks[at] else c for c, at in zip(document.text, document.origin, strict=True))
    card = {key: value for key, value in document.card.items() if key != "sha256"}
    return document if text == document.text else dataclasses.replace(document, card=card, text=text)


def shared(one, other, least=15):
    """The passages of at least so many characters in one line that two texts share, as spans in the first, longest first match
    from the left."""
    spans, at = [], 0
    while at < len(one):
        end = at
        while end < len(one) and one[end] != "\n" and one[at : end + 1] in other:
            end += 1
        if end - at >= least:
            spans.append((at, end))
        at = end if end - at >= least else at + 1
    return spans


def without(document, spans):
    """The page without some passages of its text."""
    keep = np.ones(len(document.text), bool)
    for start, end in spans:
        keep[start:end] = False
    at = np.concatenate([[0], np.cumsum(keep)])
    paragraphs = [(article, role, int(at[start]), int(at[end])) for article, role, start, end in document._paragraphs]
    card = {key: value for key, value in document.card.items() if key != "sha256"}
    text = "".join(c for c, kept in zip(document.text, keep, strict=True) if kept)
    left = [p for p in paragraphs if p[2] < p[3]]
    return dataclasses.replace(document, card=card, text=text, origin=document.origin[keep], _paragraphs=left)


# ---------------------------------------------------------------- worlds


@dataclass(frozen=True, eq=False)
class World:
    """One way to read the pages; its tables are made when they are asked for.

    corpus: the texts. base: the world that hand data were made in, None for that world itself. boxes: do number boxes and
    what restates count again? coder: hand or rule. unit: quasi-sentence or sentence. words: lexicon, plain, hmm or bigrams.
    prior: factor on the size of the log-odds' prior.
    """

    corpus: Corpus
    base: "World | None" = field(default=None, repr=False)
    boxes: bool = False
    coder: str = "hand"
    unit: str = "quasi-sentence"
    words: str = "lexicon"
    prior: float = 1.0
    _places: dict = field(default_factory=dict, repr=False)

    def pages(self, *seeds):
        """The documents of these seeds that are in this world."""
        return [document for document in self.corpus if document.id in seeds]

    def body(self, table):
        """Rows of a table that do not stand in a box, or all where boxes count."""
        if self.boxes:
            return table
        boxes = self._boxes
        return table[[not boxes[seed][at] for seed, at in zip(table.seed, table.start, strict=True)]]

    @cached_property
    def _boxes(self):
        """Of each page, which characters of its text stand in a box."""
        inside = {document.id: np.zeros(len(document.text), bool) for document in self.corpus}
        for document in self.corpus:
            for box in document.paragraphs[document.paragraphs.role == "box"].itertuples():
                inside[document.id][box.start : box.end] = True
        return inside

    # ---- from the hand's pages to these

    def find(self, seed, quotation):
        """Where the article has a quotation: (start, end), None if it has not or the page is left out."""
        for document in self.pages(seed):
            article = (self.base or self)._article(seed)
            for match in re.finditer(re.escape(quotation), document.text):
                # a line end that the edition put in has the origin -1
                if article[document.origin[match.start() : match.end()].max()]:
                    return match.span()
        return None

    def _article(self, seed):
        """Which raw characters of a page are its article."""
        if seed not in self._places:
            document = self.corpus[seed]
            self._places[seed] = np.isin(np.arange(len(document.raw)), document.origin)
        return self._places[seed]

    def move(self, seed, start, end):
        """Where a passage of the base text stands here: found by the shortest words around it that stand once on the base page."""
        base = (self.base or self).corpus[seed]
        if not self.pages(seed):
            return None
        if self.corpus[seed].text == base.text:
            return start, end
        first, last = start, end
        least, most = base.text.rfind("\n", 0, start) + 1, base.text.find("\n", end - 1)
        while base.text.count(base.text[first:last]) > 1:
            if (first, last) == (least, most):  # a line that stands twice, as a number alone in a box: over its ends
                least, most = max(0, least - 1), min(len(base.text), most + 1)
            first, last = max(least, first - 1), min(most, last + 1)
        found = self.find(seed, base.text[first:last])
        return found and (found[0] + start - first, found[0] + end - first)

    def moved(self, table):
        """Rows of a table of the base world with their places here; rows that are not found here are left out."""
        places = [self.move(row.seed, row.start, row.end) for row in table.itertuples()]
        kept = table[[place is not None for place in places]].copy()
        kept[["start", "end"]] = np.array([place for place in places if place], dtype=int).reshape(-1, 2)
        return kept

    def hand(self, name):
        """Rows of a data file made by hand whose quotation stands in the article here, with start and end."""
        return _hand(self, name)

    # ---- tables: each is made page by page, and once for a page that several worlds share

    def _of_pages(self, function, *options):
        parts = [function(document, *options) for document in self.corpus]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def quantities(self):
        """Numbers as `quantities`; the hand's ledger where its words are found, the rule's row where they are not."""
        rule = self._of_pages(_quantities, False)
        if self.coder == "rule":
            return rule
        table = self.ledger
        spans = list(zip(table.seed, table.start, table.end, strict=True))
        new = [not any(s == r.seed and a < r.end and r.start < b for s, a, b in spans) for r in rule.itertuples()]
        return pd.concat([table, rule[new]]).sort_values(["seed", "start"], kind="stable", ignore_index=True)

    @cached_property
    def ledger(self):
        """The numbers of the base world with the hand's ledger, where they are found here."""
        return self.moved(self.base.ledger) if self.base else self._of_pages(_quantities, True)

    @cached_property
    def facts(self):
        """`quantities` with each fact once, or every number where boxes count."""
        return self.quantities if self.boxes else self.quantities.drop_duplicates("fact_id")

    def fact(self, fact_id):
        """The number that stands where the hand's ledger has this fact (its last place that is found), or None."""
        return self._by_fact.get(fact_id)

    @cached_property
    def _by_fact(self):
        numbers = list(self.quantities.itertuples(index=False))
        keys = [(row.seed, row.end) for row in numbers]
        found = {}
        for row in self.ledger.itertuples(index=False):
            k = bisect_right(keys, (row.seed, row.start))
            if k < len(numbers) and numbers[k].seed == row.seed and numbers[k].start < row.end:
                found[row.fact_id] = numbers[k]
        return found

    @cached_property
    def dates(self):
        """Time expressions as `dates`."""
        return self._of_pages(_dates)

    @cached_property
    def events(self):
        """The events of the hand's table that are found here, each with the time expression that is read here (-1: none is)."""
        table = self.moved((self.base or self)._of_pages(_events))
        read = {(row.seed, row.start): row.precision for row in self.dates.itertuples()}
        found = []
        for row in table.itertuples():
            place = self.move(row.seed, row.expression_start, row.expression_end) if row.expression else None
            precision = read.get((row.seed, place[0])) if place else None
            found.append((place[0], precision) if precision else (-1, "none"))
        return table.assign(expression_start=[at for at, _ in found], precision=[precision for _, precision in found])

    @cached_property
    def actors(self):
        """Mentions as `actors`, with names that end at the edges of this world's words."""
        return self._of_pages(_actors, self.words != "plain", self.words == "hmm")

    @cached_property
    def tokens(self):
        """Words as `words`, or overlapping pairs of characters."""
        if self.words != "bigrams":
            return self._of_pages(_words, self.words != "plain", self.words == "hmm")
        pairs = [
            (d.id, m.start(), m.start() + 2, m[1], True)
            for d in self.corpus
            for m in re.finditer("(?=([\u4e00-\u9fff]{2}))", d.text)
        ]
        return pd.DataFrame(pairs, columns=["seed", "start", "end", "surface", "is_word"])

    @cached_property
    def codes(self):
        """Coded units of this world's coder, boxes as `boxes` says; a sentence has the codes of the first measure in it."""
        table = self._of_pages(_codes)
        table = self.body(table[table.coder == self.coder])
        if self.unit == "sentence":
            first = table.assign(rest=table.instrument == "none").sort_values(["seed", "sent", "rest", "unit"], kind="stable")
            first = first.drop_duplicates(["seed", "sent"]).drop(columns=["start", "end", "surface"])
            whole = cut.sentences(self.corpus)[["seed", "sent", "start", "end", "surface"]]
            table = first.merge(whole, on=["seed", "sent"])
        return table.sort_values(["seed", "start"], ignore_index=True)

    @cached_property
    def _units(self):
        rows = list(self.codes.itertuples(index=False))
        return [(row.seed, row.start) for row in rows], rows

    def unit_at(self, seed, at):
        """The coded unit in which a place of the text stands, or None."""
        keys, rows = self._units
        k = bisect_right(keys, (seed, at)) - 1
        return rows[k] if k >= 0 and rows[k].seed == seed and at < rows[k].end else None


@lru_cache(maxsize=256)
def _hand(world, name):
    table = read_data(name)
    places = [world.find(row.seed, row.quotation) if row.quotation else None for row in table.itertuples()]
    kept = table[[place is not None for place in places]]
    return kept.assign(start=[p[0] for p in places if p], end=[p[1] for p in places if p])


@lru_cache(maxsize=256)
def _quantities(document, ledger):
    return quantities(document, ledger=ledger)


@lru_cache(maxsize=256)
def _dates(document):
    return dates(document)


@lru_cache(maxsize=256)
def _events(document):
    return events(document)


@lru_cache(maxsize=256)
def _codes(document):
    return codes(document)


@lru_cache(maxsize=256)
def _words(document, lexicon, hmm):
    return cut.words(document, lexicon, hmm)


@lru_cache(maxsize=256)
def _actors(document, lexicon, hmm):
    # the module has the name of its function, which hides it
    with patch.object(importlib.import_module("chipnotes.actors"), "tokens", lambda text: cut.tokens(text, lexicon, hmm)):
        return actors(document)


# ---------------------------------------------------------------- perturbations

FURNITURE = ("metadata", "navigation", "furniture", "tail", "head")
PERTURBATIONS = {
    "raw": "raw instead of cleaned text; hand data where their words are found",
    "raw, rules": "raw text, and no hand data: numbers and codes by rule",
    "furniture": "menus, notices, teasers of other articles left in",
    "teasers": "only the related-news teasers of seed 000 left in",
    "captions": "the debris of photo captions of seed 004 left in",
    "file order": "seed 004 in the order of its file",
    "Traditional": "Traditional characters of seed 003 left",
    "passages": "passages of 15 characters or more that 001 and 004 share removed from both",
    "boxes": "number boxes and what restates counted again",
    "sentence": "whole sentences as units",
    "rule coder": "numbers and codes by rule instead of by hand",
    "no lexicon": "words without the project's lexicon",
    "HMM": "words with the hidden Markov model",
    "bigrams": "pairs of characters instead of words",
    "prior \u00d70.1": "a tenth of the prior's size",
    "prior \u00d710": "ten times the prior's size",
}


def worlds(corpus):
    """The world of the notebooks ("base") and each in which one decision is another one: a dict of `World` by name.

    Names and what they change are in PERTURBATIONS; "-ID" is the corpus without that document.
    """
    base = World(corpus)

    def texts(change, **options):
        return World(Corpus([change(document) for document in corpus]), base, **options)

    def only(seed, change):
        return lambda document: change(document) if document.id == seed else document

    def unshared(document):
        other = {"001": "004", "004": "001"}.get(document.id)
        return without(document, shared(document.text, corpus[other].text)) if other else document

    options = {
        "boxes": {"boxes": True},
        "no lexicon": {"words": "plain"},
        "HMM": {"words": "hmm"},
        "bigrams": {"words": "bigrams"},
        "sentence": {"unit": "sentence"},
        "rule coder": {"coder": "rule"},
        "prior \u00d70.1": {"prior": 0.1},
        "prior \u00d710": {"prior": 10.0},
    }
    made = {
        "raw": texts(as_raw),
        "raw, rules": texts(as_raw, coder="rule"),
        "furniture": texts(lambda document: with_dropped(document, FURNITURE)),
        "teasers": texts(only("000", lambda document: with_dropped(document, ("tail",)))),
        "captions": texts(only("004", lambda document: with_dropped(document, ("debris",)))),
        "file order": texts(in_file_order),
        "Traditional": texts(in_traditional),
        "passages": texts(unshared),
    }
    made |= {name: World(corpus, base, **chosen) for name, chosen in options.items()}
    left_out = {f"\u2212{left.id}": World(Corpus([d for d in corpus if d is not left]), base) for left in corpus}
    return {"base": base} | {name: made[name] for name in PERTURBATIONS} | left_out


# ---------------------------------------------------------------- the rule


def verdict(base, numbers, says, tolerance=TOLERANCE):
    """What a perturbation does to a finding: one of VERDICTS, and how far its numbers moved.

    `base`, `numbers`: dicts of the finding's numbers; those whose name stands in brackets are not asked. `says`: is its statement
    true? It fails if not; is the same if no number moved; holds if none moved by more than `tolerance` of itself, else weakens. A
    number that is not there any more, and one that was 0 and is not, has moved without limit (inf).
    """
    moved = max((_moved(value, numbers.get(name, math.nan)) for name, value in base.items() if name[0] != "("), default=0.0)
    if not says:
        return "fails", moved
    if numbers == base:
        return "same", 0.0
    return ("holds" if moved <= tolerance else "weakens"), moved


def _moved(old, new):
    if old == new:
        return 0.0
    return math.inf if old == 0 or math.isnan(new) else abs(new - old) / abs(old)
