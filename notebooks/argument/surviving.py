"""Every finding in every world: how far from its limit, and whether that world touched what it reads.

A cell is one finding in one world. Its margin is set beside the margin as published: fails (the sentence is
false there), weaker, unchanged, stronger. It stays blank where nothing that the finding looked at is another
thing there, and is not asked where the page that the finding rests on is left out.
"""

from itertools import product

import pandas as pd

from argument import findings, worlds

# Under which name a world was asked for what; boxes: are the rows in number boxes counted?
GIVES = dict(corpus="corpus", dated="corpus", numbers="numbers", codes="codes", read_by="codes", body="boxes")
WITHOUT = "without "


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


@worlds.once
def answer(world, what, name):
    """What a world answers, without the places in it, which move whenever a text does; or None."""
    if what == "number":
        found = world.filed.get(name)
        return found and repr(found._replace(start=0, end=0, start_other=0, end_other=0))
    found = world.table(name) if what == "table" else getattr(world, what)
    found = [page.text for page in found] if what == "corpus" else found
    return found.drop(columns=worlds.SPAN[1:], errors="ignore") if hasattr(found, "drop") else found


@worlds.once
def same(world, *what):
    """Does a world answer as the one as published does?"""
    here, there = answer(world, *what), answer(worlds.published(), *what)
    return here.equals(there) if hasattr(here, "equals") else here == there


def margin_in(finding, world):
    """The margin of a finding in a world; None if it has no numbers there."""
    try:
        return float(finding.margin(finding.compute(world)))
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


@worlds.once
def as_published(finding):
    """The margin of a finding in the world as published, and what it asks of it. Texts count only if it reads
    them, not where it counts pages or looks up a place."""
    watched = Watched(worlds.published())
    return margin_in(finding, watched), watched.asked - (set() if finding.text else {("corpus", None)})


def cell(finding, world, rests_on):
    """(verdict, margin) of a finding in a world; "" where nothing that it asks for is another thing there."""
    if not any(page.id in rests_on for page in world.corpus):
        return "not asked", None
    published, asked = as_published(finding)
    if all(same(world, *what) for what in asked):
        return "", published
    margin = margin_in(finding, world)
    return ("not asked", None) if margin is None else (verdict(margin, published), margin)


@worlds.once
def grid():
    """One row a finding of notebooks 01 to 09 and world: key, name, world, margins, verdict; kind: a choice
    on clean text, text left unclean, or a page left out."""
    passages = worlds.published().table("passages")
    rests_on = passages.groupby(passages.notebook + "." + passages.finding).seed.agg(set)
    tried, rows = [one for one in findings.all_findings() if one.notebook != "10"], []
    for one, (name, world) in product(tried, worlds.changed().items()):
        found, margin = cell(one, world, rests_on.get(one.key, set()))
        kind = "page" if name.startswith(WITHOUT) else "unclean" if name in ("menus", "raw") else "choice"
        rows.append((one.key, one.name, name, kind, as_published(one)[0], margin, found))
    return pd.DataFrame(rows, columns=["key", "finding", "world", "kind", "published", "margin", "verdict"])
