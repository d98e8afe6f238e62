"""Notebook 03: who signed what, and what is reported to have followed."""

import re

import pandas as pd

from argument.findings import finding, prose
from chipnotes.files import read_data

SAID = prose(__name__)
PAIR = {"四川省经济和信息化厅", "重庆市经济和信息化委员会"}  # the two economy departments


def crosswalk(world):
    """One row a whole agreement of the two sides, in order of time: who, when, told where, what result."""
    rows = world.table("agreements").query("sides == '四川–重庆' and act in ('signing', 'agreed', 'launch')")
    rows = rows[~rows.part_of.isin(set(rows.id))].sort_values("date", kind="stable", ignore_index=True)
    told, labels = rows.seed.map(world.day), world.table("commitments").set_index("id").label
    results = rows.result_told.map(lambda text: labels[labels.index.isin(re.findall(r"\bc\d+\b", text))])
    # where the month alone is named, from its last day: a least number of days
    days = [(day - pd.Period(date).end_time.date()).days for day, date in zip(told, rows.date, strict=True)]
    dated = rows.date_source.where(rows.date_source == "page", "another report")
    table = {"agreement": rows.id.replace(SAID["subjects"]), "parties": rows.level, "act": rows.act}
    table |= {"date": rows.date, "dated by": dated, "page": rows.seed.map(world.name), "days": days}
    return pd.DataFrame(table | {"result": results.map(" · ".join), "told": told, "id": rows.id})


@finding(1, margin=lambda found: -found["electronics"] or min(len(found["told"]), len(found["untold"])))
def results(world):
    """For which agreements of the first year the pages tell results, and for which none."""
    first = crosswalk(world).query("date.str[:4] == '2020'")
    told, electronics = first.result != "", first.agreement == "electronics"
    found = {"when": max(first.told), "first": first, "days": first.days[electronics].max()}
    found |= {"told": first.agreement[told], "untold": first.agreement[~told]}
    return found | {"electronics": (told & electronics).sum()}


def by_the_pair(world):
    """Where both economy departments sign or speak: subject, act, day or latest day, told by whom."""
    ties, made = world.table("ties").query("actor in @PAIR"), []
    both = ties.groupby(["agreement", "strength"]).actor.nunique() == len(PAIR)
    carried = world.facts.query("carries == 'yes'").source_date
    for row in world.table("agreements").query("level in ('departments', 'associations')").itertuples():
        reports = [carried[fact] for fact in re.findall(r"x\d\d", row.status_outside) if fact in carried]
        if both.get((row.id, "named signatory")):
            made.append([row.topic, "sign", row.date, "on", "page"])
        elif row.level == "departments" and reports and row.topic in ("manufacturing", "cars"):
            part = ("on", "another report") if row.date == reports[0] else ("by", "another report, in part")
            made.append([row.topic, "sign", reports[0], *part])
        elif both.get((row.id, "speaks at it")):
            made.append([row.topic, "speak", f"{world.day(row.seed)}", "by", "page"])
    return pd.DataFrame(made, columns=["subject", "act", "date", "on or by", "told by"]).sort_values("date")


@finding(2, margin=lambda found: found["signed"] - 1 if not found["signed_on_chips"] else -1)
def same_pair(world):
    """How often and on what the two economy departments signed, and what they did when chips were signed."""
    table = by_the_pair(world)
    signed, chips = table[table.act == "sign"], table[table.subject == "chips"]
    how, month = signed["on or by"], pd.to_datetime(signed.date).dt.month_name()
    found = {"signed": len(signed), "signed_on_chips": (chips.act == "sign").sum()}
    found["series"] = ", ".join("on " + signed.subject + " " + how.replace("on", "in") + " " + month)
    found["doubt"] = "probably " if "by" in set(how) else ""  # a report tells one in part
    return found | {"years": signed.date.str[:4].unique(), "spoke": chips.date[chips.act == "speak"].str[:4]}


def fund(world):
    """The sizes of the fund in order of time: billions of yuan, what they are, told by whom."""
    named, (said, day) = world.number("004-fund"), world.facts.loc["x26", ["statement", "source_date"]]
    sizes = [float(re.search(rf"{word} ([\d.]+) billion", said)[1]) for word in ("at", "first close")]
    agreed = world.table("agreements").query("id == 'fund'").date.iloc[0]
    told = [world.name(named.seed), "a later report", "a later report"]
    of = [f"named, {agreed[:4]}", f"founded, {day[:4]}", f"first tranche, {day[:4]}"]
    return pd.DataFrame({"fund": of, "billion yuan": [named.low / 1e9, *sizes], "told by": told})


@finding(3, margin=lambda found: 1 - found["share"])
def fund_told(world):
    """The fund as named, as founded, and what came in."""
    table = fund(world)
    sizes, years = table["billion yuan"], table.fund.str[-4:]
    found = {"yuan": 1e9 * sizes, "years": years, "share": sizes[1] / sizes[0]}
    return found | {"other": world.facts.source_date["x31"][:4]}


def naming(world):
    """Where the pages count or list parties: how many of them they name."""
    rows = world.table("naming")
    named = rows.named + rows.bound.map(SAID["counted"]) + rows.counted
    return pd.DataFrame({"page": rows.seed.map(world.name), "parties": rows.what, "named": named})


def kinds(world):
    """What kinds of bodies sign together, agreement by agreement, among those that the pages name."""
    ties = world.table("ties").query("strength == 'named signatory'")
    names = ties.agreement.map(world.table("agreements").set_index("id").name_en)
    bodies = ties.actor.map(read_data("gazetteer.tsv").set_index("name").type).groupby(names, sort=False)
    return bodies.agg(lambda found: " and ".join(sorted(set(found)))).reset_index(name="kind of signatories")
