"""Notebook 02: what Sichuan and Chongqing promise each other: how firm, with what content, on what."""

import pandas as pd

from argument import say, worlds
from argument.findings import finding, prose

WORDS = prose(__name__)
STATUSES, TOPICS, CONTENT = (WORDS[name] for name in ("statuses", "topics", "content"))


@worlds.once
def commitments(world):
    """One row a commitment: all that is told of it joined, its status the firmest told; no signings."""
    rows = world.table("commitments").loc[lambda rows: rows.kind != "signing"]
    own, outcomes = rows[rows.kind == "measure"], rows[rows.kind == "outcome"]
    firmest = own.legal_status.map(list(STATUSES).index).groupby(own.measure).transform("min")
    told = rows[list(WORDS["columns"])].rename(columns=WORDS["columns"])
    told["status"] = firmest.map(dict(enumerate(STATUSES.values())))
    told["subject"] = own.topic.map(TOPICS)
    told["page"] = own.seed.map(world.name)
    told["who acts"] = own.actor[~own.actor.isin(WORDS["nameless"].split())]
    told["by when"] = rows.date.str.extract(r"到(\d{4})年")[0]
    told["target"] = rows.number[rows.number_of == "target"]
    told["results"] = outcomes.measure.map(outcomes.groupby("measure").label.agg(" · ".join))
    # of each column the first cell that says something
    table = told.replace("", None).groupby("measure", sort=False).first().fillna("")
    return table.loc[own.measure.unique()].reset_index()


def named(world, by, rows, parts):
    """How many commitments there are by status or page, and how many name each of these parts."""
    table = commitments(world)
    counts = (table[parts] != "").groupby(table[by]).sum()
    counts.insert(0, "commitments", table.groupby(by).size())
    return counts.reindex(rows, fill_value=0)


def by_subject(world):
    """How many commitments there are on each subject, by status."""
    counts = commitments(world).pivot_table(index="subject", columns="status", aggfunc="size", fill_value=0)
    return counts.reindex(index=TOPICS.values(), columns=STATUSES.values(), fill_value=0)


def signers(world):
    """What kinds of parties sign on each subject, by the pages' own word 签 (sign)."""
    rows = world.table("agreements").query(WORDS["signings"])
    kinds = rows.level.replace("state assets", "the state-asset side")
    return kinds.groupby(rows.topic, sort=False).unique().map(list)


def money(world):
    """The sums of money in the commitments, what for, and the commitment that names them."""
    told = world.table("commitments").loc[lambda rows: rows["sum"] != ""]
    rows = worlds.meeting(told, world.numbers[world.numbers.unit == "元"])
    purpose = rows.measure.map(WORDS["purposes"]).fillna(rows.label)
    return pd.DataFrame({"measure": rows.measure, "sum": rows.low.map(say.yuan), "purpose": purpose})


@finding(1, margin=lambda found: -found["inside"] or found["outside"])
def in_place(world):
    """The measures that the pages report as in place, and on which subjects."""
    table = commitments(world).loc[lambda rows: rows.status == "in place"]
    inside = table.subject.isin([TOPICS["chips"], TOPICS["electronics"]])
    when = [f"{page.card['published']:%B %Y}" for page in world.dated if page.name in set(table.page)]
    return {"when": when[-1:], "which": table.commitment, "inside": inside.sum(), "outside": (~inside).sum()}


@finding(2, margin=lambda found: -found["elsewhere"] or found["in_drafts"])
def money_and_deadlines(world):
    """The sums; the deadlines and targets, where they stand, and who is to meet them."""
    sums, table, told = money(world), commitments(world), world.table("commitments")
    projects = told.query("kind == 'outcome' and number_of == 'projects'").number.str.strip("个")
    dated = table[(table["by when"] != "") | (table.target != "")]
    draft, years = dated.status == "draft", sorted(set(dated["by when"]) - {""})
    found = {"times": len(sums), "sums": sums["sum"] + " for " + sums.purpose, "years": years}
    return found | {"projects": projects, "in_drafts": draft.sum(), "elsewhere": (~draft).sum()}


@finding(3, margin=lambda found: 1 if found["kinds"] == ["associations"] else -1)
def on_chips(world):
    """Who signs on chips alone, what for, and on what the departments sign."""
    kinds, table = signers(world), commitments(world).loc[lambda rows: rows.subject == TOPICS["chips"]]
    deal = world.table("agreements").query("topic == 'chips' and signed_on_page == 'yes'")
    absent = [word for part, word in WORDS["without"].items() if (table[part] == "").all()]
    departments = [TOPICS[topic] for topic, who in kinds.items() if "departments" in who]
    found = {"kinds": kinds.get("chips", []), "number": deal.parties_named_count.astype(int).sum()}
    found |= {"year": sorted(set(deal.date.str[:4])), "what": table.commitment[table.status == "signed"]}
    return found | {"without": say.listed(absent, " or "), "departments": departments}
