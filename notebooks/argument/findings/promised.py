"""Notebook 02: what Sichuan and Chongqing promise each other: how firm, with what content, on what."""

from functools import lru_cache

import pandas as pd

from argument import say
from argument.findings import finding

# From firm to soft: set up or opened; in a signed agreement; put in for approval; told, no paper named; said.
STATUSES = dict(in_place="in place", signed="signed", draft="draft", reported="reported", speech="speech")
TOPICS = dict(chips="chips alone", electronics="electronics", cars="cars", science="science")
TOPICS |= dict(
    manufacturing="manufacturing", finance="state assets", zones="high-tech zones", general="region"
)
CONTENT = ("who acts", "body", "money", "by when", "target", "who checks")
# Both places, a place or a class of firms: nobody who could be asked.
NAMELESS = set("open 两地 川渝两地 双方 川渝 川渝双方 成渝地区 重庆 我们 大家 两地有关部门".split())
NAMELESS |= {"", "川渝两地国资国企", "20多家企业"}


@lru_cache(maxsize=32)
def commitments(world):
    """One row a commitment: all that is told of it joined, its status the firmest told; no signings."""
    made = []
    for measure, told in world.table("commitments").query("kind != 'signing'").groupby("measure", sort=False):
        own = told[told.kind == "measure"]
        if own.empty:
            continue
        status = STATUSES[min(own.legal_status, key=list(STATUSES).index)]
        first = own.iloc[0]
        made.append(
            [first.label, status, TOPICS[first.topic], first.english]
            + [" · ".join(told[told.kind == "outcome"].label), measure, world.name(first.seed)]
            + [next((who for who in own.actor if who not in NAMELESS), "")]
            + [_first(own.body), _first(told["sum"])]
            + [_first(told.date.str.extract(r"到(\d{4})年")[0].fillna(""))]
            + [_first(told.number[told.number_of == "target"]), _first(told.who_checks)]
        )
    columns = ["commitment", "status", "subject", "english", "results", "measure", "page", *CONTENT]
    return pd.DataFrame(made, columns=columns)


def _first(cells):
    return next(filter(None, cells), "")


def content(world):
    """How many commitments of each status there are, and how many name each part of their content."""
    table = commitments(world)
    named = (table[list(CONTENT)] != "").groupby(table.status).sum()
    named.insert(0, "commitments", table.groupby("status").size())
    return named.reindex(STATUSES.values(), fill_value=0)


def by_subject(world):
    """How many commitments there are on each subject, by status."""
    table = commitments(world)
    counts = pd.crosstab(table.subject, table.status)
    return counts.reindex(index=TOPICS.values(), columns=STATUSES.values(), fill_value=0)


def signers(world):
    """What kinds of parties sign on each subject, by the pages' own word 签 (sign)."""
    rows = world.table("agreements").query(
        "signed_on_page == 'yes' and sides == '四川–重庆' and level != 'mixed'"
    )
    kinds = rows.level.replace("state assets", "the state-asset side")
    return kinds.groupby(rows.topic, sort=False).agg(lambda kind: list(dict.fromkeys(kind)))


def money(world):
    """The sums of money in the commitments: yuan, what for, and the commitment that names them."""
    rows = world.table("commitments").query("sum != ''").merge(world.numbers, on="seed", suffixes=("", "_n"))
    rows = rows[(rows.unit == "元") & (rows.start_n >= rows.start) & (rows.end_n <= rows.end)]
    purpose = rows.measure.map({"fund": "a fund", "joint-call": "a research call"}).fillna(rows.label)
    table = {"measure": rows.measure, "yuan": rows.low, "sum": rows.low.map(say.yuan), "purpose": purpose}
    return pd.DataFrame(table)


@finding(
    "02",
    1,
    "measures in place",
    "By {when} {count} joint measures were in place: {which}; {inside} is for electronics or "
    "for chips alone.",
    "What counts as in place is the page's word: online, set up, opened, realised, met. One project of the "
    "research call is for a service platform for AI chips.",
    "measures are in place, none for electronics or for chips alone",
    lambda found: -found["inside_count"] or found["outside_count"],
    {"commitments"},
)
def in_place(world):
    """The measures that the pages report as in place, and on which subjects."""
    table = commitments(world).query("status == 'in place'")
    inside = int(table.subject.isin([TOPICS["chips"], TOPICS["electronics"]]).sum())
    when = max((page.card["published"] for page in world.base if page.name in set(table.page)), default=None)
    return {
        "when": f"{when:%B %Y}" if when else "no date",
        "count": say.count(len(table)),
        "which": say.listed(table.commitment) if len(table) else "none",
        "subjects": say.listed(dict.fromkeys(table.subject)) if len(table) else "no subject",
        "inside": say.count(inside) if inside else "none",
        "inside_count": inside,
        "outside_count": len(table) - inside,
    }


@finding(
    "02",
    2,
    "money and deadlines",
    "Money is named {times}: {sums}. Deadlines and targets stand {where}, {years}.",
    "No sum is reported as paid out; {projects} projects are called supported. The drafts, 送审稿 (for "
    "approval), are retold by an official of Chongqing's zone; whether both drafts or one set the aims, the "
    "sentence leaves open.",
    "every deadline and every target stands in a draft",
    lambda found: -found["elsewhere"] or found["in_drafts"],
    {"commitments", "numbers"},
)
def money_and_deadlines(world):
    """The sums; the deadlines and targets, where they stand, and who is to meet them."""
    sums, table, told = money(world), commitments(world), world.table("commitments")
    supported = told[(told.kind == "outcome") & (told.number_of == "projects")].number
    dated = table[(table["by when"] != "") | (table.target != "")]
    elsewhere, years = int((dated.status != "draft").sum()), sorted(set(dated["by when"]) - {""})
    named = [f"{row.sum} for {row.purpose}" for row in sums.itertuples()]
    return {
        "times": {0: "nowhere", 1: "once", 2: "twice"}.get(len(sums), f"{say.count(len(sums))} times"),
        "sums": say.listed(named) if named else "none",
        "where": "only in drafts" if not elsewhere else "in drafts and elsewhere",
        "years": f"for {say.listed(years)}" if years else "for no year",
        "projects": say.listed(supported.str.strip("个")) if len(supported) else "no",
        "in_drafts": len(dated) - elsewhere,
        "elsewhere": elsewhere,
    }


@finding(
    "02",
    3,
    "on chips associations sign",
    "On chips alone {number} {who} sign, in {year}, and promise {what}, {without}. Departments sign on "
    "{departments}.",
    "By the pages' own 签 (sign), from news reports, not the papers. That departments signed on manufacturing"
    ", and on cars too, is from [reports of April and July 2020](../seeds/ledgers/external_facts.tsv).",
    "on chips alone associations sign, no department",
    lambda found: 1 if found["kinds"] == ["associations"] else -1,
    {"commitments", "agreements"},
)
def on_chips(world):
    """Who signs on chips alone, what for, and on what the departments sign."""
    kinds, table = signers(world), commitments(world).query("subject == @TOPICS['chips']")
    deal = world.table("agreements").query("topic == 'chips' and signed_on_page == 'yes'")
    words = {"money": "sum", "by when": "deadline", "target": "target"}
    absent = [word for name, word in words.items() if (table[name] == "").all()]
    departments = [TOPICS[topic] for topic, who in kinds.items() if "departments" in who]
    what = table[table.status == "signed"].commitment
    return {
        "number": say.count(int(deal.parties_named_count.astype(int).sum())),
        "who": say.listed(kinds.get("chips", ["bodies"])),
        "year": say.listed(sorted(set(deal.date.str[:4])) or ["no year"]),
        "what": say.listed(what) if len(what) else "nothing",
        "without": f"without {', '.join(absent[:-1])} or {absent[-1]}"
        if len(absent) > 1
        else "with some sum",
        "departments": say.listed(departments or ["nothing"]),
        "kinds": kinds.get("chips", []),
    }
