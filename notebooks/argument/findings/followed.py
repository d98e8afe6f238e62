"""Notebook 03: who signed what, and what is reported to have followed."""

import re
from datetime import date, timedelta

import pandas as pd

import chipnotes as cn
from argument import say
from argument.findings import finding

SUBJECTS = dict(package="state assets", call="joint research", yibin="electronics", chips="chips alone")
PAIR = {"四川省经济和信息化厅", "重庆市经济和信息化委员会"}  # the two economy departments
FUND = "004-fund"


def crosswalk(world):
    """One row a whole agreement of the two sides, in order of time: who, when, told where, what result."""
    rows = world.table("agreements").query("sides == '四川–重庆' and act in ('signing', 'agreed', 'launch')")
    rows = rows[~rows.part_of.isin(set(rows.id))]
    commitments, made = world.table("commitments"), []
    for row in rows.itertuples():
        told = world.base[row.seed].card["published"]
        results = commitments[commitments.id.isin(re.findall(r"\bc\d+\b", row.result_told))]
        dated = "page" if row.date_source == "page" else "another report"
        days, told_of = (told - last_day(row.date)).days, " · ".join(results.label)
        head = [SUBJECTS.get(row.id, row.id), row.level, row.act, row.date, dated, world.name(row.seed)]
        made.append([*head, days, told_of, told, row.id])
    columns = ["agreement", "parties", "act", "date", "dated by", "page", "days", "result", "told", "id"]
    return pd.DataFrame(made, columns=columns).sort_values("date", kind="stable", ignore_index=True)


def last_day(text):
    """The last day that a date as written can mean, so that a number of days since is a least one.

    >>> last_day("2020-06"), last_day("2020-10-29")
    (datetime.date(2020, 6, 30), datetime.date(2020, 10, 29))
    """
    year, month, day = (*map(int, text.split("-")), 0)[:3]
    return date(year, month, day) if day else date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@finding(
    "03",
    1,
    "results reported",
    "By {when} results were reported for {some} of that year's {count} joint undertakings: {told}. For "
    "{untold} no page tells a result.",
    "A result is what a page calls set up, opened or used after the agreement; the state-asset leading group "
    "had met before. Five are agreements, one is a call. Cars may "
    "count for manufacturing, as the page calls them its support; for electronics {days} days had passed.",
    "results are told for some agreements of 2020 and for none on electronics",
    lambda found: -len(found["electronics"]) or min(found["with_results"], found["without_results"]),
    {"agreements", "commitments"},
)
def results(world):
    """For which agreements of the first year the pages tell results, and for which none."""
    table = crosswalk(world)
    first = table[table.date.str[:4] == "2020"]
    told, untold = first[first.result != ""], first[first.result == ""]
    electronics = first[first.agreement == "electronics"]
    return {
        "when": f"{max(first.told):%B %Y}" if len(first) else "no date",
        "some": say.count(len(told)),
        "count": say.count(len(first)),
        "told": say.listed(told.agreement) if len(told) else "none",
        "untold": say.listed(untold.agreement) if len(untold) else "none of them",
        "days": electronics.days.max() if len(electronics) else "some",
        "with_results": len(told),
        "without_results": len(untold),
        "electronics": [row for row in electronics.result if row],
    }


def by_the_pair(world):
    """Where both economy departments sign or speak: subject, act, day or latest day, told by whom."""
    agreements, facts = world.table("agreements"), world.table("external_facts").set_index("id")
    ties = world.table("ties")
    made = []
    for row in agreements.query("level in ('departments', 'associations')").itertuples():
        here = ties[(ties.agreement == row.id) & ties.actor.isin(PAIR)]
        ids = [fact for fact in re.findall(r"x\d\d", row.status_outside) if facts.carries.get(fact) == "yes"]
        if set(here[here.strength == "named signatory"].actor) == PAIR:
            made.append([row.topic, "sign", row.date, "on", "page"])
        elif row.level == "departments" and ids and row.topic in ("manufacturing", "cars"):
            day = facts.source_date[ids[0]]
            made.append([row.topic, "sign", day, "on" if row.date == day else "by", "another report"])
        elif set(here[here.strength == "speaks at it"].actor) == PAIR:
            made.append([row.topic, "speak", row.date, "on", "page"])
    return pd.DataFrame(made, columns=["subject", "act", "date", "on or by", "told by"]).sort_values("date")


@finding(
    "03",
    2,
    "the same two departments",
    "The same two economy departments signed {times} in {year}: {series}. On chips {last}.",
    "Who signed on manufacturing, and that the cooperation on cars was signed, is from [reports of April "
    "and July 2020](../seeds/ledgers/external_facts.tsv); the rest stands on the pages.",
    "the same two departments sign more than once, and on chips do not sign",
    lambda found: found["signed"] - 1 if not found["signed_on_chips"] else -1,
    {"agreements", "ties", "external_facts"},
)
def same_pair(world):
    """How often and on what the two economy departments signed, and what they did when chips were signed."""
    table = by_the_pair(world)
    signed, chips = table[table.act == "sign"], table[table.subject == "chips"]
    days = [f"on {row.subject} {_month(row.date, row[4])}" for row in signed.itertuples()]
    spoke = f"they spoke in {', '.join(chips.date.str[:4])}, when associations signed"
    return {
        "times": {1: "once", 2: "twice"}.get(len(signed), f"{say.count(len(signed))} times"),
        "year": say.listed(sorted(set(signed.date.str[:4])) or ["no year"]),
        "series": ", ".join(days) or "nowhere",
        "last": spoke if list(chips.act) == ["speak"] else "they signed" if len(chips) else "no page tells",
        "signed": len(signed),
        "signed_on_chips": int((chips.act == "sign").sum()),
    }


def _month(day, word):
    return f"{'in' if word == 'on' else word} {date.fromisoformat(day):%B}"


def fund(world):
    """The sizes of the fund in order of time: billions of yuan, what they are, told by whom."""
    facts, named = world.table("external_facts").set_index("id"), world.number(FUND)
    if named is None:
        raise LookupError(f"this world has no number {FUND}")
    said, year = facts.statement["x26"], facts.source_date["x26"][:4]
    founded, raised = (
        float(re.search(rf"{word} ([\d.]+) billion", said)[1]) for word in ("at", "first close")
    )
    agreed = world.table("agreements").query("id == 'fund'").date.iloc[0]
    rows = [
        [f"named, {agreed[:4]}", named.low / 1e9, world.name(named.seed)],
        [f"founded, {year}", founded, "a later report"],
        [f"first tranche, {year}", raised, "a later report"],
    ]
    return pd.DataFrame(rows, columns=["fund", "billion yuan", "told by"])


@finding(
    "03",
    3,
    "the fund",
    "The fund that was named in {named_in} with {named} in total was founded in {founded_in} with {founded}.",
    "The later sum is from [a later report](../seeds/ledgers/external_facts.tsv), {raised} of it in a first "
    "tranche. A fund manager's site said in {other} that with sub-funds a cluster of {named} is to form; "
    "both reports of the sizes write 总规模 (total size).",
    "the fund was founded with less than was named",
    lambda found: 1 - found["share"],
    {"numbers", "agreements", "external_facts"},
)
def fund_told(world):
    """The fund as named, as founded, and what came in."""
    table = fund(world)
    named, founded, raised = table["billion yuan"]
    return {
        "named": say.yuan(named * 1e9),
        "founded": say.yuan(founded * 1e9),
        "named_in": table.fund[0][-4:],
        "founded_in": table.fund[1][-4:],
        "raised": say.yuan(raised * 1e9),
        "other": world.table("external_facts").set_index("id").source_date["x31"][:4],
        "share": founded / named,
    }


def naming(world):
    """Where the pages count or list parties: how many of them they name."""
    # 近 (nearly), 余 and 多 (more than)
    rows, bounds = world.table("naming"), say.BOUNDS | {"below": "nearly", "at_least": "more than"}
    of = [
        f"of {bounds[row.bound]} {row.counted}" if row.counted else "and others" for row in rows.itertuples()
    ]
    named = [" ".join(f"{number} {words}".split()) for number, words in zip(rows.named, of, strict=True)]
    return pd.DataFrame({"page": map(world.name, rows.seed), "parties": rows.what, "named": named})


def kinds(world):
    """What kinds of bodies sign together, agreement by agreement, among those that the pages name."""
    ties, actors = world.table("ties").query("strength == 'named signatory'"), cn.actors(world.corpus)
    kind = ties.actor.map(dict(zip(actors.name, actors.type, strict=True)))
    names = ties.agreement.map(world.table("agreements").set_index("id").name_en)
    table = kind.groupby(names, sort=False).agg(lambda found: " and ".join(sorted(set(found))))
    return table.rename_axis("agreement").rename("kind of signatories").reset_index()
