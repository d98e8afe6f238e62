"""Notebook 10: which findings fail or weaken when something is decided otherwise; how far readers agree."""

from functools import lru_cache

import pandas as pd

import chipnotes as cn
from argument import comparing, say, surviving
from argument.findings import finding

UNCLEAN = ("menus", "raw")
WITHOUT = "without "


def kind(world):
    """Of what kind a world is: a choice on clean text, text left unclean, or a page left out."""
    return "page" if world.startswith(WITHOUT) else "unclean" if world in UNCLEAN else "choice"


def named(cells):
    """The findings of some cells by their names, in order."""
    return say.listed(f"“{name}”" for name in dict.fromkeys(cells.finding)) if len(cells) else "none"


@lru_cache(maxsize=1)
def verdicts():
    """The grid with the kind of each world."""
    cells = surviving.grid()
    return cells.assign(kind=cells.world.map(kind))


@finding(
    "10",
    1,
    "most findings stand",
    "With all pages, cleaned, {fail} when readers, units, sources of numbers or the order of lines "
    "change{which}. {weaken} {more} {become} weaker, and the others stand.",
    "One change at a time, {live} cases in which it touches what a finding reads; a second reader's codes "
    "touch {read} findings, most hand tables have one reader. Weaker: {weak}.",
    "fewer than half of the findings fail under a choice on cleaned pages",
    lambda found: found["half"] - found["failing"],
    {"findings"},
)
def stand(world):
    """How many findings fail, and how many only weaken, under a choice on cleaned pages."""
    cells = verdicts().query("kind == 'choice' and verdict not in ('', 'not asked')")
    fails, weak = (cells[cells.verdict == word] for word in ("fails", "weaker"))
    failing, only = fails.key.nunique(), len(set(weak.key) - set(fails.key))
    whole = verdicts().key.nunique()
    number = say.count(failing) if failing else "none"
    words = {"fail": f"{number} of {whole} findings {'fail' if failing > 1 else 'fails'}"}
    words |= {"which": f": {named(fails)}" if failing else "", "more": "more" if failing else "of them"}
    words |= {"weaken": say.count(only).capitalize(), "become": "grows" if only == 1 else "grow"}
    words["weak"] = named(weak[~weak.key.isin(fails.key)])
    words["read"] = say.count(cells[cells.world.isin(["reader A", "reader B"])].key.nunique())
    return words | {"live": len(cells), "failing": failing, "half": whole / 2}


@finding(
    "10",
    2,
    "cleaning and pages carry findings",
    "Menus and pinyin left in the text would make {unclean} findings fail, one page left out {hang}; the "
    "page that most findings need is {page}.",
    "By menus and pinyin fail {which}. A finding that compares two pages falls by construction when one is "
    "gone; if its only page is gone it is not asked.",
    "more findings fail for want of a page than for want of cleaning",
    lambda found: found["pages"] - found["dirt"],
    {"findings"},
)
def carried(world):
    """How many findings fail on uncleaned text, and how many with a page left out."""
    fails = verdicts().query("verdict == 'fails'")
    dirt, pages = fails[fails.kind == "unclean"], fails[fails.kind == "page"]
    needed = verdicts().query("kind == 'page' and verdict in ('fails', 'not asked')")
    per_page = needed.world.value_counts()
    words = {"unclean": say.count(dirt.key.nunique()), "which": named(dirt)}
    words |= {"hang": say.count(pages.key.nunique())}
    first = per_page.index[per_page == per_page.max()]
    words["page"] = say.listed(name.removeprefix(WITHOUT) for name in first)
    return words | {"dirt": dirt.key.nunique(), "pages": pages.key.nunique()}


def agreement(world, examples=True):
    """Krippendorff's alpha of readers A, B and the rule, with or without the codebook's example units."""
    codes = cn.codes(world.base)
    return comparing.agreement(codes, without=() if examples else comparing.examples(codes))


@finding(
    "10",
    3,
    "readers agree more than the rule",
    "On each question of the codebook the readers agree {more} with each other than the rule agrees with "
    "either of them, by Krippendorff's alpha {readers} against {rule}.",
    "An alpha of one is full agreement. The readers coded blind to each other; the rule was written by "
    "reader A. Without the {examples} units that the codebook shows as examples nothing moves by more "
    "than {moved}.",
    "on each question the readers' alpha is above both alphas of the rule",
    lambda found: found["gap"],
    {"codes"},
)
def agree(world):
    """Alphas of readers and rule: least and most over the questions, and the least gap between them."""
    table, bare = agreement(world).set_index("dimension"), agreement(world, False).set_index("dimension")
    ruled = table[["A–rule", "B–rule"]]
    gap = float((table["A–B"] - ruled.max(axis=1)).min())
    words = {"more": "more" if gap > 0 else "not always more"}
    words |= {"readers": say.between(table["A–B"].min(), table["A–B"].max(), 2, "")}
    words |= {"rule": say.between(ruled.min().min(), ruled.max().max(), 2, "")}
    words["examples"] = say.count(len(comparing.examples(cn.codes(world.base))))
    return words | {"moved": say.plain(float((table - bare).abs().max().max()), 2), "gap": gap}


def summary():
    """One row a finding: in how many worlds it fails, by the kind of world, weakens, or stands; and where.

    "menus" lies inside "raw", which leaves the menus in too: what both say is counted once.
    """
    cells, rows = verdicts(), []
    for (key, name), own in cells.groupby(["key", "finding"]):
        by = own.set_index("world").verdict
        if by["menus"] == by["raw"]:
            own = own[own.world != "menus"].replace({"world": {"raw": "menus and raw"}})
        live = own[~own.verdict.isin(["", "not asked"])]
        fails, weak = (live[live.verdict == word] for word in ("fails", "weaker"))
        where = [
            f"{word} {places(part)}" for word, part in (("fails:", fails), ("weaker:", weak)) if len(part)
        ]
        clean = int((fails.kind == "choice").sum())
        counts = (clean, len(fails) - clean, len(weak), len(live) - len(fails) - len(weak))
        rows.append((f"{key} {name}", *counts, "; ".join(where) or ("stands" if len(live) else "untouched")))
    columns = [
        "finding",
        "fails with all pages, cleaned",
        "fails with menus left in or a page left out",
        "weaker",
        "stands",
        "where",
    ]
    table = pd.DataFrame(rows, columns=columns)
    order = table[columns[1:4]].apply(lambda row: (-row.iloc[:2].sum(), -row.iloc[2]), axis=1)
    return table.iloc[sorted(range(len(table)), key=lambda at: order[at])].reset_index(drop=True)


def places(cells):
    """The worlds of some cells in a few words."""
    pages = [name.removeprefix(WITHOUT)[:-5] for name in cells.world[cells.kind == "page"]]
    without = (
        f"without {' or '.join(pages)}" if len(pages) < 3 else f"without any of {say.count(len(pages))} pages"
    )
    return ", ".join([*cells.world[cells.kind != "page"], *([without] if pages else [])])


def by_world(kind):
    """One row a world of a kind: how many findings it touches, and how they fare there."""
    cells = verdicts().query("kind == @kind")
    table = pd.crosstab(cells.world, cells.verdict).reindex(cells.world.unique())
    table = table.reindex(columns=["fails", "weaker", "stronger", "unchanged", "not asked"], fill_value=0)
    table.insert(0, "touches", table.iloc[:, :4].sum(axis=1))
    return table.rename_axis("what is changed").rename_axis(columns=None)


def cases(kind):
    """The findings that fail in worlds of a kind, and in which."""
    fails = verdicts().query("kind == @kind and verdict == 'fails'")
    rows = [(key, name, places(own)) for (key, name), own in fails.groupby(["key", "finding"])]
    return pd.DataFrame(rows, columns=["key", "finding", "fails"])
