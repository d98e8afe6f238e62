"""Every finding in every world: how far from its limit, and whether that world touched what it reads.

A cell is one finding in one world. Its margin is set beside the margin as published: fails (the sentence is
false there), weaker, unchanged, stronger. It stays blank where nothing that the finding looked at is another
thing there, and is not asked where the page that the finding rests on is left out.
"""

from functools import lru_cache

import pandas as pd

from argument import findings, worlds

# Under which name a world was asked for what.
GIVES = {"corpus": "corpus", "dated": "corpus", "numbers": "numbers", "codes": "codes", "read_by": "codes"}


class Watched:
    """A world that remembers what it was asked for."""

    def __init__(self, world):
        self._world, self.asked = world, set()

    def __getattr__(self, name):
        if name in GIVES:
            self.asked.add((GIVES[name], None))
        return getattr(self._world, name)

    def table(self, name):
        self.asked.add(("table", name))
        return self._world.table(name)

    def number(self, fact_id):
        self.asked.add(("number", fact_id))
        return self._world.number(fact_id)


@lru_cache(maxsize=4096)
def answer(world, what, name):
    """What a world answers, but for places, which move whenever a text does; None: nothing."""
    value = getattr(world, what)
    if what == "corpus":
        return "\0".join(page.text for page in value)
    try:
        value = value(name) if name else value
    except LookupError:
        return None
    table = pd.DataFrame([value]) if what == "number" else value
    places = table.columns[table.columns.str.startswith(("start", "end"))]
    return table.drop(columns=places).astype(str).to_numpy().tolist()


def margin_in(finding, world):
    """The margin of a finding in a world; None if it has no numbers there."""
    try:
        return float(finding.margin(finding(world)))
    except LookupError:  # a page, a number or a row that it names is not there
        return None


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


@lru_cache(maxsize=64)
def asked_by(finding):
    """What a finding asks of the world as published. Texts count only if it reads them, not where it counts
    pages or looks up a place."""
    watched = Watched(worlds.published())
    finding(watched)
    return watched.asked - (set() if finding.text else {("corpus", None)})


def cell(finding, world, published, rests_on):
    """(verdict, margin) of a finding in a world; "" where nothing that it asks for is another thing there."""
    if not any(page.id in rests_on for page in world.corpus):
        return "not asked", None
    if all(answer(world, *what) == answer(worlds.published(), *what) for what in asked_by(finding)):
        return "", published
    margin = margin_in(finding, world)
    return ("not asked", None) if margin is None else (verdict(margin, published), margin)


@lru_cache(maxsize=1)
def grid():
    """One row a finding of notebooks 01 to 09 and world: key, name, world, published, margin, verdict."""
    rows, passages = [], worlds.published().table("passages")
    for finding in findings.all_findings():
        if finding.notebook == "10":
            continue
        own = (passages.notebook == finding.notebook) & (passages.finding == str(finding.number))
        rests_on = set(passages.seed[own])
        published = margin_in(finding, worlds.published())
        for name, world in worlds.changed().items():
            found, margin = cell(finding, world, published, rests_on)
            rows.append((finding.key, finding.name, name, published, margin, found))
    return pd.DataFrame(rows, columns=["key", "finding", "world", "published", "margin", "verdict"])
