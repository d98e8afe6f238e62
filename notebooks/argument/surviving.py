"""Every finding in every world: how far from its limit, and whether that world touched what it reads.

A cell is one finding in one world. Its margin is set beside the margin as published: fails (the sentence is
false there), weaker, unchanged, stronger. It stays blank where nothing that the finding looked at is another
thing there, and is not asked where the page that the finding rests on is left out.
"""

from functools import lru_cache

import pandas as pd

import chipnotes as cn
from argument import findings, worlds


class Watched:
    """A world that remembers what it was asked for."""

    def __init__(self, world):
        self._world, self.asked = world, set()

    def __getattr__(self, name):
        if name in ("numbers", "dates", "codes", "corpus", "read_by"):
            self.asked.add((name, ""))
        return getattr(self._world, name)

    def table(self, name):
        self.asked.add(("table", name))
        return self._world.table(name)

    def number(self, fact_id):
        self.asked.add(("number", fact_id))
        return self._world.number(fact_id)


def answer(world, what, name):
    """What a world answers: pages, a table, or a number."""
    if what == "corpus":
        return [page.text for page in world.corpus]
    value = getattr(world, "codes" if what == "read_by" else what)
    return value(name) if name else value


def same(one, other):
    """Whether two answers are one but for places, which move whenever a text does."""
    if one is other or one is None or other is None or isinstance(one, list):
        return one is other or one == other
    if isinstance(one, tuple):  # a number: row, page, start, end, then what it says
        return [one.seed, *map(str, one[4:])] == [other.seed, *map(str, other[4:])]
    one, other = (
        value.drop(columns=["start", "end"], errors="ignore").astype(str).fillna("") for value in (one, other)
    )
    return one.shape == other.shape and bool((one.to_numpy() == other.to_numpy()).all())


def margin_in(finding, world):
    """The margin of a finding in a world; None if it has no numbers there."""
    try:
        numbers = finding(world)
    except LookupError:  # a page, a number or a row that it names is not there
        return None
    return None if numbers is None else float(finding.margin(numbers))


def verdict(margin, published):
    """How a margin stands to the one as published.

    >>> verdict(0.0, 2.0), verdict(1.0, 2.0), verdict(2.0, 2.0), verdict(3.0, 2.0)
    ('fails', 'weaker', 'unchanged', 'stronger')
    """
    if margin <= 0:
        return "fails"
    if abs(margin - published) <= 1e-9 * abs(published):
        return "unchanged"
    return "weaker" if margin < published else "stronger"


def asked_by(finding):
    """What a finding asks of the world as published. Texts count only if it reads them, not where it counts
    pages or looks up a place."""
    watched = Watched(worlds.published())
    finding(watched)
    return sorted(what for what in watched.asked if what[0] != "corpus" or "text" in finding.reads)


def cell(finding, world, published, asked, rests_on):
    """(verdict, margin) of a finding in a world; "" where nothing that it asks for is another thing there."""
    if not any(page.id in rests_on for page in world.corpus):
        return "not asked", None
    if all(same(answer(world, *what), answer(worlds.published(), *what)) for what in asked):
        return "", published
    margin = margin_in(finding, world)
    return ("not asked", None) if margin is None else (verdict(margin, published), margin)


@lru_cache(maxsize=1)
def grid():
    """One row a finding of notebooks 01 to 09 and world: key, name, world, published, margin, verdict."""
    rows, changed = [], worlds.changed()
    for finding in findings.all_findings():
        if finding.notebook == "10":
            continue
        passages = cn.evidence(finding.notebook, worlds.published().corpus)
        rests_on = set(passages.seed[passages.finding == finding.number])
        published, asked = margin_in(finding, worlds.published()), asked_by(finding)
        for name, (_, world) in changed.items():
            found, margin = cell(finding, world, published, asked, rests_on)
            rows.append((finding.key, finding.name, name, published, margin, found))
    return pd.DataFrame(rows, columns=["key", "finding", "world", "published", "margin", "verdict"])
