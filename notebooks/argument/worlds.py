"""Worlds: the five pages as published, and read again with one decision changed at a time.

A finding is a function of a world. What readers wrote down is carried into a changed text by the raw
characters that it was read from; a row whose characters a world does not have is not there.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

import chipnotes as cn
from argument.changes import as_raw, in_file_order, shared, with_dropped, without
from chipnotes.facts import ledger
from chipnotes.files import read_tsv


@dataclass(frozen=True, eq=False)
class World:
    """One way to read the pages; its tables are made when they are asked for.

    corpus  the pages as they are read here; base: as the readers read them
    coder   whose codes count: agreed, A, B or rule; unit: statement or sentence
    by_rule values of numbers by rule alone; boxes: do number boxes count beside the text that they repeat?
    """

    corpus: object
    base: object
    coder: str = "agreed"
    unit: str = "statement"
    by_rule: bool = False
    boxes: bool = False

    @lru_cache(maxsize=1024)  # noqa: B019  a world lives as long as the notebook
    def read_by(self, coder, unit=None):
        """This world with the codes of another reader, by another unit."""
        return replace(self, coder=coder, unit=unit or self.unit)

    def name(self, seed):
        """What a human calls a page."""
        return self.base[seed].name

    def has(self, *seeds):
        """Are these pages in this world?"""
        return all(seed in self.corpus for seed in seeds)

    def carried(self, table):
        """The rows of a table on the readers' pages, with the start and end that their words have here."""
        return _carry(self.base, self.corpus, table)

    def table(self, name):
        """A reader's table: rows whose quotation stands here, with their place; one without pages, whole."""
        return _table(self.base, self.corpus, name)

    @property
    def numbers(self):
        """`cn.quantities`: the readers' rows carried here, and what the rules find beside them."""
        return _numbers(self.base, self.corpus, self.by_rule)

    def number(self, fact_id):
        """The number that a reader filed under this name (outside boxes first), as read here; or None."""
        return _by_fact(self.base, self.corpus, self.by_rule).get(fact_id)

    @property
    def dates(self):
        """`cn.dates` of the pages as they are read here."""
        return _dates(self.corpus)

    @cached_property
    def codes(self):
        """One row a statement (or sentence: with the codes of its first measure) by this world's coder."""
        table = _codes(self.base)
        table = self.carried(table[table.coder == self.coder])
        if not self.boxes:
            table = self.body(table)
        if self.unit == "sentence":
            spans = [self.corpus[row.seed].span(row.start, row.end).sentence for row in table.itertuples()]
            table = table.assign(sentence=[span.start for span in spans], rest=table.instrument == "none")
            table = table.sort_values(["seed", "sentence", "rest", "start"]).drop_duplicates(
                ["seed", "sentence"]
            )
        return table.reset_index(drop=True)

    def in_box(self, seed, start):
        """Does a place stand in a number box of its page?"""
        return _in_box(self.corpus[seed], start)

    def body(self, table):
        """The rows of a table that stand in no number box; all rows where boxes count."""
        if self.boxes or table.empty:
            return table
        return table[[not self.in_box(row.seed, row.start) for row in table.itertuples()]]


# Worlds that differ in the coder alone share their pages: what hangs on pages is made once for all of them.
_once = lru_cache(maxsize=1024)
_hand, _codes, _dates = _once(cn.quantities), _once(cn.codes), _once(cn.dates)


@_once
def _boxes(page):
    table = page.paragraphs.query("role == 'box'")
    return list(zip(table.start.tolist(), table.end.tolist(), strict=True))


def _in_box(page, start):
    return any(first <= start < last for first, last in _boxes(page))


@_once
def _table(base, corpus, name):
    rows = _readers_rows(base, name)
    if "start" not in rows:
        return rows
    placed = _carry(base, corpus, rows[rows.start >= 0].astype({"start": int, "end": int}))
    loose = rows[(rows.start < 0) & (rows.seed.isin(["", *(page.id for page in corpus)]))]
    found = pd.concat([placed, loose]).sort_values("order", kind="stable")
    return found.drop(columns="order").reset_index(drop=True)


@_once
def _readers_rows(corpus, name):
    """The rows of a ledger in the order of the file; `start` is -1 for one without a place."""
    whole = read_tsv(corpus.folder / "ledgers" / f"{name}.tsv")
    if not {"quote", "seed"} <= set(whole):
        return whole
    found = {row["line"]: row for page in corpus for row in ledger.rows(page, name) if row["quote"]}
    places = [found.get(line, {"start": -1, "end": -1}) for line in range(3, len(whole) + 3)]
    return whole.assign(
        start=[row["start"] for row in places], end=[row["end"] for row in places], order=range(len(whole))
    )


@_once
def _numbers(base, corpus, by_rule):
    ruled = cn.quantities(corpus, ledger=False)
    if by_rule:
        return ruled
    hand = _carry(base, corpus, _hand(base))
    taken = [(row.seed, row.start, row.end) for row in hand.itertuples()]
    new = [
        not any(seed == row.seed and start < row.end and row.start < end for seed, start, end in taken)
        for row in ruled.itertuples()
    ]
    return pd.concat([hand, ruled[new]], ignore_index=True).sort_values(["seed", "start"], ignore_index=True)


@_once
def _by_fact(base, corpus, by_rule):
    """By the name that a reader filed it under: the number as read in these pages, outside boxes first."""
    hand = _carry(base, corpus, _hand(base)).query("fact_id != ''")
    found, chosen = list(_numbers(base, corpus, by_rule).itertuples()), {}
    for row in sorted(hand.itertuples(), key=lambda row: _in_box(corpus[row.seed], row.start)):
        near = (n for n in found if n.seed == row.seed and n.start < row.end and n.end > row.start)
        if row.fact_id not in chosen:
            chosen[row.fact_id] = next(near, None)
    return chosen


def _carry(base, corpus, table):
    """The rows of a table on `base` whose raw characters a page of `corpus` has in the same order, as placed
    there."""
    pages = {page.id: page for page in corpus}
    table = table[table.seed.isin(list(pages))]
    if all(page is base[id] for id, page in pages.items()):
        return table.reset_index(drop=True)
    places = [
        _place(base[row[0]], pages[row[0]], *row[1:])
        for row in zip(table.seed, table.start, table.end, strict=True)
    ]
    kept = table[[place is not None for place in places]]
    found = [place for place in places if place]
    return kept.assign(start=[at for at, _ in found], end=[at for _, at in found]).reset_index(drop=True)


def _place(here, there, start, end):
    """Where a passage of one page stands in the same page read otherwise: (start, end), or None."""
    if there is here:
        return start, end
    raw = here.origin[start:end]
    at = _inverse(there)[raw[raw >= 0]]
    whole = len(at) and (at >= 0).all() and (np.diff(at) > 0).all()
    return (int(at[0]), int(at[-1]) + 1) if whole else None


@_once
def _inverse(page):
    """The place in the text of each raw character, -1 for one that the text has not."""
    place = np.full(len(page.raw) + 1, -1)
    place[page.origin] = np.arange(len(page.origin))
    return place


@lru_cache(maxsize=1)
def published():
    """The world of the notebooks: the five pages as published, cleaned, with what readers agreed on."""
    corpus = cn.load()
    return World(corpus, corpus)


@lru_cache(maxsize=1)
def changed():
    """The worlds in which one decision is another one: a dict of (what is changed, World) by name."""
    world = published()
    pages = list(world.corpus)

    def texts(change):
        return replace(world, corpus=cn.Corpus([change(page) for page in pages]))

    def unshared(page):
        others = [other.text for other in pages if other is not page]
        spans = {span for other in others for span in shared(page.text, other)}
        return without(page, spans) if spans else page

    made = {
        "reader A": ("codes of reader A", world.read_by("A")),
        "reader B": ("codes of reader B", world.read_by("B")),
        "rule": ("codes by rule", world.read_by("rule")),
        "sentences": ("whole sentences instead of statements", world.read_by("agreed", "sentence")),
        "numbers by rule": ("values of numbers by rule", replace(world, by_rule=True)),
        "boxes": ("number boxes counted again", replace(world, boxes=True)),
        "file order": ("lines in the order of the file", texts(in_file_order)),
        "not shared": ("passages that two pages share removed from both", texts(unshared)),
        "menus": ("menus, notices and teasers left in", texts(with_dropped)),
        "raw": ("the files as they are, menus and pinyin included", texts(as_raw)),
    }
    for left in pages:
        rest = cn.Corpus([page for page in pages if page is not left])
        made[f"without {left.name}"] = (f"{left.name} left out", replace(world, corpus=rest))
    return made
