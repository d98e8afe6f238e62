"""Notebook 10: which findings fail or weaken when something is decided otherwise; how far readers agree."""

import pandas as pd

import chipnotes as cn
from argument import comparing, say, surviving
from argument.findings import finding, prose

# What a finding can do in a world that touches what it reads.
LIVE = ["fails", "weaker", "stronger", "unchanged"]


def named(cells):
    """The findings of some cells by their names, in order."""
    return [f"“{name}”" for name in cells.finding.unique()]


@finding(1, margin=lambda found: found["whole"] / 2 - len(found["failing"]))
def stand(world):
    """How many findings a choice on cleaned pages touches, how many fail there, and how many only weaken."""
    cells = surviving.grid()
    live = cells.query("kind == 'choice' and verdict in @LIVE")
    fails, read = live[live.verdict == "fails"], live[live.world.isin(["reader A", "reader B"])]
    weak, failing = live[(live.verdict == "weaker") & ~live.key.isin(fails.key)], named(fails)
    found = {"failing": failing, "whole": cells.key.nunique(), "weak": named(weak), "live": len(live)}
    found["touched"] = live.key.nunique()
    found |= {"read": named(read), "which": f": {say.listed(failing)}" if failing else ""}
    number = say.count(failing) if failing else "none"
    return found | {"number": number, "fail": "fails" if len(failing) < 2 else "fail"}


@finding(2, margin=lambda found: min(len(found["pages"]) - len(found["dirt"]), found["lead"]))
def carried(world):
    """How many findings fail on uncleaned text, how many with a page left out, and how many hang on one."""
    fails = surviving.grid().query("verdict == 'fails'")
    dirt, pages = (named(fails[fails.kind == one]) for one in ("unclean", "page"))
    hang = surviving.grid().query("kind == 'page' and verdict in ('fails', 'not asked')")
    needed = hang.world.str.removeprefix(surviving.WITHOUT).value_counts()
    found = {"dirt": dirt, "pages": pages, "needed": needed, "lead": needed.iloc[0] - needed.iloc[1]}
    found |= {"whole": surviving.grid().key.nunique(), "hang": hang.key.nunique()}
    return found | {"alone": found["hang"] - len(pages)}


def agreement(world, examples=True):
    """Krippendorff's alpha of readers A, B and the rule, with or without the codebook's example units."""
    codes = cn.codes(world.base)
    return comparing.agreement(codes, without=() if examples else comparing.examples(codes))


@finding(3, margin=lambda found: found["gap"])
def agree(world):
    """Alphas of readers and rule: least and most over the questions, and the least gap between them."""
    table, bare = (agreement(world, shown).set_index("dimension") for shown in (True, False))
    readers, ruled = table["A–B"], table[["A–rule", "B–rule"]]
    found = {"gap": (readers - ruled.max(axis=1)).min(), "examples": comparing.examples(cn.codes(world.base))}
    found["readers"] = say.between(readers.min(), readers.max(), 2, "")
    found["rule"] = say.between(ruled.min(axis=None), ruled.max(axis=None), 2, "")
    return found | {"moved": (table - bare).abs().max(axis=None)}


def summary():
    """One row a finding: in how many worlds it fails, by the kind of world, weakens, or stands; and where.

    "menus" lies inside "raw", which leaves the menus in too: what both say is counted once. A finding needs
    the page without which it is not asked.
    """
    rows = []
    for (key, name), own in surviving.grid().groupby(["key", "finding"]):
        by = own.set_index("world").verdict
        if by["menus"] == by["raw"]:
            own = own[own.world != "menus"].replace({"world": {"raw": "menus and raw"}})
        live = own[own.verdict.isin(LIVE)]
        fails, weak = (live[live.verdict == word] for word in ("fails", "weaker"))
        told = [f"{part.verdict.iloc[0]}: {places(part)}" for part in (fails, weak) if len(part)]
        told = told or ["stands" if len(live) else "untouched"]
        told += places(own[own.verdict == "not asked"]).replace("without", "needs").split(", ")
        clean = int((fails.kind == "choice").sum())
        counts = (clean, len(fails) - clean, len(weak), len(live) - len(fails) - len(weak))
        rows.append((f"{key} {name}", *counts, "; ".join(filter(None, told))))
    rows.sort(key=lambda row: (-row[1] - row[2], -row[3]))
    return pd.DataFrame(rows, columns=["finding", *prose(__name__)["counted"], "where"])


def places(cells):
    """The worlds of some cells in a few words."""
    page = cells.kind == "page"
    pages = [name.removeprefix(surviving.WITHOUT)[:-5] for name in cells.world[page]]
    left = " or ".join(pages) if len(pages) < 3 else f"any of {say.count(len(pages))} pages"
    return ", ".join([*cells.world[~page], *([f"without {left}"] if pages else [])])


def by_world(kind):
    """One row a world of a kind: how many findings it touches, and how they fare there."""
    cells = surviving.grid().query("kind == @kind")
    counts = pd.crosstab(cells.world, cells.verdict)
    table = counts.reindex(index=cells.world.unique(), columns=[*LIVE, "not asked"], fill_value=0)
    table.insert(0, "touches", table[LIVE].sum(axis=1))
    return table.rename_axis(index="what is changed", columns=None)


def cases(kind):
    """The findings that fail in worlds of a kind, and in which."""
    fails = surviving.grid().query("kind == @kind and verdict == 'fails'")
    rows = [(key, name, places(own)) for (key, name), own in fails.groupby(["key", "finding"])]
    return pd.DataFrame(rows, columns=["key", "finding", "fails"])
