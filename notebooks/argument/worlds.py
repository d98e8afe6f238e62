"""Worlds: the five pages as published, and read again with one decision changed at a time.

A finding is a function of a world. What readers wrote down is carried into a changed text by the raw
characters that it was read from; a row whose characters a world does not have is not there.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

import numpy as np
import pandas as pd

import chipnotes as cn
from argument.changes import as_raw, in_file_order, unshared, with_dropped
from chipnotes.facts import ledger
from chipnotes.files import read_tsv

once = lru_cache(maxsize=1024)
SPAN = ["seed", "start", "end"]
_hand, _codes, with_menus = once(cn.quantities), once(cn.codes), once(with_dropped)
ruled = once(partial(cn.quantities, ledger=False))


def of_pages(made):
    """A property that hangs on pages and numbers alone: made once for all worlds that share them."""
    kept, asked = once(made), {"coder": "agreed", "unit": "statement", "boxes": False}
    return property(lambda world: kept(replace(world, **asked)), doc=made.__doc__)


@dataclass(frozen=True)
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

    @once
    def read_by(self, coder, unit=None):
        """This world with the codes of another reader, by another unit."""
        return replace(self, coder=coder, unit=unit or self.unit)

    def name(self, seed):
        """What a human calls a page."""
        return self.base[seed].name

    def day(self, seed):
        """When a page was published."""
        return self.base[seed].card["published"]

    @property
    def dated(self):
        """The pages in order of date."""
        return sorted(self.corpus, key=lambda page: page.card["published"])

    @once
    def table(self, name):
        """A reader's table: rows whose quotation stands here, with their place; one without pages, whole."""
        rows = _placed(self.base, name)
        if "start" not in rows:
            return rows
        loose = (rows.start < 0) & rows.seed.isin(["", *(page.id for page in self.corpus)])
        return carried(self.base, self.corpus, rows, loose).reset_index(drop=True)

    @property
    def facts(self):
        """The facts from outside the pages, by id."""
        return self.table("external_facts").set_index("id")

    @of_pages
    def _read(self):
        return carried(self.base, self.corpus, _hand(self.base))

    @of_pages
    def numbers(self):
        """`cn.quantities`: the readers' rows carried here, and what the rules find beside them."""
        read = self._read.head(0) if self.by_rule else self._read
        changed = [page for page in self.corpus if self.by_rule or page is not self.base[page.id]]
        found = pd.concat([read.head(0), *map(ruled, changed)], ignore_index=True)
        rest = found.drop(meeting(found.reset_index(), read)["index"])
        return pd.concat([read, rest]).sort_values(["seed", "start"], ignore_index=True)

    def number(self, fact_id):
        """The number that a reader filed under this name, as read here; KeyError if there is none."""
        return self.filed[fact_id]

    @of_pages
    def filed(self):
        """fact_id → the number that stands here at its first row, outside boxes if it can."""
        hand = self._read.assign(boxed=self.boxed(self._read))
        hand = hand.sort_values("boxed", kind="stable").drop_duplicates("fact_id")
        near = meeting(self.numbers, hand[["seed", "fact_id", "start", "end"]]).iloc[::-1]
        return {row.fact_id_other: row for row in near.itertuples(index=False)}

    @cached_property
    def codes(self):
        """One row a statement (or sentence: with the codes of its first measure) by this world's coder."""
        table = carried(self.base, self.corpus, _codes(self.base))
        table = self.body(table[table.coder == self.coder])
        if self.unit == "sentence":
            begins = [self.corpus[seed].span(*place).sentence.start for seed, *place in spans(table)]
            table = table.assign(sentence=begins, rest=table.instrument == "none")
            order = ["seed", "sentence", "rest", "start"]
            table = table.sort_values(order).drop_duplicates(order[:2])
        return table.reset_index(drop=True)

    def boxed(self, table):
        """Which rows of a table stand in a number box of their page."""
        return np.array([start in _boxes(self.corpus[seed]) for seed, start, _ in spans(table)], bool)

    def body(self, table):
        """The rows of a table that stand in no number box; all rows where boxes count."""
        return table if self.boxes else table[~self.boxed(table)]


@once
def _boxes(page):
    table = page.paragraphs
    return {at for row in table[table.role == "box"].itertuples() for at in range(row.start, row.end)}


@once
def _placed(corpus, name):
    """The rows of a ledger in the order of the file; `start` is -1 for one without a place."""
    whole = read_tsv(corpus.folder / "ledgers" / f"{name}.tsv")
    if not {"quote", "seed"} <= set(whole):
        return whole
    found = {row["line"]: row for page in corpus for row in ledger.rows(page, name) if row["quote"]}
    places = [found.get(line, {"start": -1, "end": -1}) for line in range(3, len(whole) + 3)]
    return whole.assign(start=[row["start"] for row in places], end=[row["end"] for row in places])


def spans(table):
    """Page, start and end of each row."""
    return zip(*(table[column].tolist() for column in SPAN), strict=True)


def meeting(table, other):
    """Each row of a table with each row of another that overlaps it on its page."""
    pairs = table.merge(other, on="seed", suffixes=("", "_other"))
    return pairs[(pairs.start < pairs.end_other) & (pairs.end > pairs.start_other)].reset_index(drop=True)


def carried(base, corpus, table, loose=False):
    """The rows of a table on `base` whose raw characters a page of `corpus` has in the same order, as placed
    there, and the loose ones."""
    start, end = np.array([_place(base, corpus, *span) for span in spans(table)], int).reshape(-1, 2).T
    return table.assign(start=start, end=end)[(start >= 0) | loose]


def _place(base, corpus, seed, start, end):
    """Where a passage of a page stands in the same page read otherwise: start and end, or -1 twice."""
    if seed not in corpus or corpus[seed] is base[seed]:
        return (start, end) if seed in corpus else (-1, -1)
    raw = base[seed].origin[start:end]
    at = _inverse(corpus[seed])[raw[raw >= 0]]
    return (at[0], at[-1] + 1) if len(at) and (at >= 0).all() and (np.diff(at) > 0).all() else (-1, -1)


@once
def _inverse(page):
    """The place in the text of each raw character, -1 for one that the text has not."""
    place = np.full(len(page.raw) + 1, -1)
    place[page.origin] = np.arange(len(page.origin))
    return place


@once
def published():
    """The world of the notebooks: the five pages as published, cleaned, with what readers agreed on."""
    corpus = cn.load()
    return World(corpus, corpus)


@once
def changed():
    """The worlds in which one decision is another one, by name."""
    world, pages = published(), published().corpus

    def read(pages):
        return replace(world, corpus=cn.Corpus(pages))

    choices = {
        "reader A": world.read_by("A"),
        "reader B": world.read_by("B"),
        "rule": world.read_by("rule"),  # codes by rule
        "sentences": world.read_by("agreed", "sentence"),  # whole sentences instead of statements
        "numbers by rule": replace(world, by_rule=True),
        "boxes": replace(world, boxes=True),  # number boxes counted again
        "file order": read(map(in_file_order, pages)),  # lines in the order of the file
        "not shared": read(unshared(page, pages) for page in pages),  # without what two pages share
        "menus": read(map(with_menus, pages)),  # menus, notices and teasers left in
        "raw": read(map(as_raw, pages)),  # the files as they are, menus and pinyin included
    }
    rest = {left.name: read(page for page in pages if page is not left) for left in pages}
    return choices | {f"without {name}": other for name, other in rest.items()}
