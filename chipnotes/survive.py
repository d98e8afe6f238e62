"""Read the pages again with one decision changed at a time, and judge by a stated rule what that does to a finding.

A `World` is one way to read the pages: the texts, and the decisions after them. `worlds` gives the world of the notebooks and
those in which one decision is another one; `headlines` computes the findings in each; `grid` and `verdict` compare.
"""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

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


def _card(document):
    """The page's card without its sha256, so that the ledgers keep away from a text that is no longer theirs."""
    return {key: value for key, value in document.card.items() if key != "sha256"}


def _relaid(document, paragraphs, edition):
    """The page cleaned again with these paragraphs: (article, role, [(start, end) in raw, …])."""
    return clean(document.raw, document.id, _card(document), edition | {"paragraphs": paragraphs})


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
    origin = np.arange(len(document.raw), dtype=np.int32)
    paragraphs = [(1, "body", start, end) for start, end in spans]
    return replace(document, card=_card(document), text=document.raw, origin=origin, _paragraphs=paragraphs)


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
    return document if text == document.text else replace(document, card=_card(document), text=text)


@lru_cache(maxsize=64)
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
    text = "".join(c for c, kept in zip(document.text, keep, strict=True) if kept)
    left = [p for p in paragraphs if p[2] < p[3]]
    return replace(document, card=_card(document), text=text, origin=document.origin[keep], _paragraphs=left)


# ---------------------------------------------------------------- the hand's pages and these


@lru_cache(maxsize=256)
def _is_article(page):
    """Of each raw character of a page, is it in the text?"""
    return np.isin(np.arange(len(page.raw)), page.origin)


def find(document, hand, quotation):
    """Where a quotation stands in what the page of the hand has for article: (start, end), None if it does not."""
    article, start = _is_article(hand), document.text.find(quotation)
    while start >= 0:
        end = start + len(quotation)
        # a line end that the edition put in has the origin -1
        if article[document.origin[start:end].max()]:
            return start, end
        start = document.text.find(quotation, start + 1)
    return None


def move(document, hand, start, end):
    """Where a passage of the hand's page stands here: found by the shortest words around it that stand once on that page."""
    if document.text == hand.text:
        return start, end
    first, last = start, end
    least, most = hand.text.rfind("\n", 0, start) + 1, hand.text.find("\n", end - 1)
    while hand.text.count(hand.text[first:last]) > 1:
        if (first, last) == (least, most):  # a line that stands twice, as a number alone in a box: over its ends
            least, most = max(0, least - 1), min(len(hand.text), most + 1)
        first, last = max(least, first - 1), min(most, last + 1)
    found = find(document, hand, hand.text[first:last])
    return found and (found[0] + start - first, found[0] + end - first)


def _placed(table, places):
    """The rows of a table that have a place, with it as start and end."""
    kept = table[np.array([place is not None for place in places], dtype=bool)]
    found = np.array([place for place in places if place], dtype=int).reshape(-1, 2)
    return kept.assign(start=found[:, 0], end=found[:, 1])


def _carried(document, hand, table):
    return _placed(table, [move(document, hand, start, end) for start, end in zip(table.start, table.end, strict=True)])


# ---------------------------------------------------------------- tables of one page

# Each is made once for a page that several worlds share.
_once = lru_cache(maxsize=256)
_quantities, _dates, _events, _codes, _actors, _words = map(_once, (quantities, dates, events, codes, actors, cut.words))
_data = lru_cache(maxsize=16)(read_data)


@_once
def _in_box(document):
    """Of each character of the text, does it stand in a box?"""
    inside = np.zeros(len(document.text), bool)
    for box in document.paragraphs[document.paragraphs.role == "box"].itertuples():
        inside[box.start : box.end] = True
    return inside


@_once
def _hand_rows(document, hand, name):
    rows = _data(name)
    rows = rows[(rows.seed == document.id) & (rows.quotation != "")]
    return _placed(rows, [find(document, hand, quotation) for quotation in rows.quotation])


@_once
def _ledger(document, hand):
    return _carried(document, hand, _quantities(hand, True))


@_once
def _numbers(document, hand, coder):
    rule = _quantities(document, False)
    if coder == "rule":
        return rule
    ledger = _ledger(document, hand)
    spans = list(zip(ledger.start, ledger.end, strict=True))
    new = [not any(a < end and start < b for a, b in spans) for start, end in zip(rule.start, rule.end, strict=True)]
    return pd.concat([ledger, rule[np.array(new, dtype=bool)]]).sort_values("start", kind="stable")


@_once
def _events_here(document, hand):
    table = _carried(document, hand, _events(hand))
    read = dict(zip(_dates(document).start, _dates(document).precision, strict=True))
    found = []
    for row in table.itertuples():
        place = move(document, hand, row.expression_start, row.expression_end) if row.expression else None
        precision = read.get(place[0]) if place else None
        found.append((place[0], precision) if precision else (-1, "none"))
    starts = np.array([at for at, _ in found], dtype=int)
    return table.assign(expression_start=starts, precision=[precision for _, precision in found])


@_once
def _coded(document, boxes, coder, unit):
    table = _codes(document)
    table = table[table.coder == coder]
    if not boxes:
        table = table[~_in_box(document)[table.start]]
    if unit == "sentence":
        first = table.assign(rest=table.instrument == "none").sort_values(["sent", "rest", "unit"], kind="stable")
        first = first.drop_duplicates("sent").drop(columns=["start", "end", "surface"])
        table = first.merge(cut.sentences(document)[["sent", "start", "end", "surface"]], on="sent")
    return table.sort_values("start")


@_once
def _tokens(document, words):
    if words != "bigrams":
        return _words(document, words != "plain", words == "hmm")
    pairs = re.finditer("(?=([\u4e00-\u9fff]{2}))", document.text)
    rows = [(document.id, m.start(), m.start() + 2, m[1], True) for m in pairs]
    return pd.DataFrame(rows, columns=["seed", "start", "end", "surface", "is_word"])


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

    def pages(self, *seeds):
        """The documents of these seeds that are in this world."""
        return [document for document in self.corpus if document.id in seeds]

    def body(self, table):
        """Rows of a table that do not stand in a box, or all where boxes count."""
        if self.boxes:
            return table
        boxes = {document.id: _in_box(document) for document in self.corpus}
        return table[[not boxes[seed][at] for seed, at in zip(table.seed.tolist(), table.start.tolist(), strict=True)]]

    def _of_pages(self, function, *options):
        return pd.concat([function(document, *options) for document in self.corpus], ignore_index=True)

    def _beside_hand(self, function, *options):
        """As `_of_pages`, for a function that takes the page of the hand too."""
        hands = (self.base or self).corpus
        return pd.concat([function(document, hands[document.id], *options) for document in self.corpus], ignore_index=True)

    @_once
    def hand(self, name):
        """Rows of a data file made by hand whose quotation stands in the article here, with start and end."""
        return self._beside_hand(_hand_rows, name)

    @cached_property
    def quantities(self):
        """Numbers as `quantities`; the hand's ledger where its words are found, the rule's row where they are not."""
        return self._beside_hand(_numbers, self.coder)

    @cached_property
    def ledger(self):
        """The numbers of the base world with the hand's ledger, where they are found here."""
        return self._beside_hand(_ledger)

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
        return self._beside_hand(_events_here)

    @cached_property
    def actors(self):
        """Mentions as `actors`, with names that end at the edges of this world's words."""
        return self._of_pages(_actors, self.words != "plain", self.words == "hmm")

    @cached_property
    def tokens(self):
        """Words as `words`, or overlapping pairs of characters."""
        return self._of_pages(_tokens, self.words)

    @cached_property
    def codes(self):
        """Coded units of this world's coder, boxes as `boxes` says; a sentence has the codes of the first measure in it."""
        return self._of_pages(_coded, self.boxes, self.coder, self.unit)

    @cached_property
    def _units(self):
        rows = list(self.codes.itertuples(index=False))
        return [(row.seed, row.start) for row in rows], rows

    def unit_at(self, seed, at):
        """The coded unit in which a place of the text stands, or None."""
        keys, rows = self._units
        k = bisect_right(keys, (seed, at)) - 1
        return rows[k] if k >= 0 and rows[k].seed == seed and at < rows[k].end else None


# ---------------------------------------------------------------- perturbations

FURNITURE = ("metadata", "navigation", "furniture", "tail", "head")
PERTURBATIONS = {
    "raw": "raw instead of cleaned text; hand data where their words are found",
    "raw, rules": "raw text; values and codes by rule, only which number or agreement is meant is the hand's",
    "furniture": "menus, notices, teasers of other articles left in",
    "teasers": "only the related-news teasers of seed 000 left in",
    "captions": "the debris of photo captions of seed 004 left in",
    "file order": "seed 004 in the order of its file",
    "Traditional": "Traditional characters of seed 003 left",
    "passages": "passages of 15 characters or more that 001 and 004 share removed from both",
    "boxes": "number boxes and what restates counted again",
    "sentence": "whole sentences as units",
    "rule coder": "values and codes by rule instead of by hand, only which number or agreement is meant is the hand's",
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

    def texts(change):
        return World(Corpus([change(document) for document in corpus]), base)

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
    raw = texts(as_raw)
    made = {
        "raw": raw,
        "raw, rules": replace(raw, coder="rule"),
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
    if moved == 0:
        return "same", 0.0
    return ("holds" if moved <= tolerance else "weakens"), moved


def _moved(old, new):
    if old == new:
        return 0.0
    return math.inf if old == 0 or math.isnan(new) else abs(new - old) / abs(old)
