"""Notebook 04: how large electronics is, under which name; whether chips have a size; who fits whom."""

import pandas as pd

from argument import say
from argument.findings import finding, prose, spans

WORDS = prose(__name__)
INDICATORS, SUMS = WORDS["indicators"], WORDS["sums"]


def sizes(world):
    """The printed figures of electronics in 2019: place, page, name of the indicator, least, bound."""
    rows = world.body(world.table("quantities")).drop_duplicates("fact_id")
    rows = rows[rows.subject.str.endswith("电子信息产业") & rows.indicator.isin(list(INDICATORS))]
    # 四川 (Sichuan), then 重庆 (Chongqing)
    rows = rows.sort_values("subject", kind="stable", ignore_index=True)
    read = pd.DataFrame([world.number(fact) for fact in rows.fact_id])
    table = {"place": rows.subject.map(SUMS).str.removeprefix("electronics of ")}
    table |= {"year": rows.period_start.str[:4].astype(int), "page": rows.seed.map(world.name)}
    table |= {"name": rows.indicator.map(INDICATORS), "Chinese": rows.indicator}
    table |= {"amount": list(map(say.yuan, read.low, read.bound)), "low": read.low, "bound": read.bound}
    return pd.DataFrame(table)[read.unit == "元"].reset_index(drop=True)


@finding(1, margin=lambda found: found["names"] - 1 if found["same"] else -1)
def names(world):
    """The names and the least sums that two pages give the electronics of the two places."""
    table = sizes(world)
    sums = table.groupby("place").amount.first().str.removesuffix(" yuan")
    kinds = table.name.str.removeprefix("main-business ").groupby(table.page, sort=False).unique()
    found = {"names": table.name.nunique(), "same": (table.groupby("place").low.nunique() == 1).all()}
    found["named"] = [f"{say.listed(kind)} {WORDS['where'][page]}" for page, kind in kinds.items()]
    return found | {"sums": sums, "value": say.yuan(float(world.facts.value["x06"]), digits=2)}


def money(world):
    """Every sum of money in the text of the pages: page, sum, of what, and whether it is of chips alone."""
    table, rows = world.body(world.numbers[world.numbers.unit == "元"]), []
    read = world.table("quantities").set_index(["seed", "start"]).subject
    for row, span in zip(table.itertuples(), spans(world, table), strict=True):
        subject = read.get((row.seed, row.start), "")
        # what the words print, not what they mean
        bound = row.bound if row.bound == "above" else "exact"
        yuan = f"nearly {say.yuan(row.high)}" if pd.isna(row.low) else say.yuan(row.low, bound)
        told = (world.name(row.seed), row.surface, SUMS.get(subject, "not said by a reader"), yuan)
        rows.append((*told, any(word in (subject or span.sentence.text) for word in WORDS["chip_words"])))
    return pd.DataFrame(rows, columns=["page", "words", "of", "yuan", "chips alone"])


@finding(2, margin=lambda found: 0.5 - found["for_chips"] - found["others"])
def no_sum(world):
    """How many sums are for chips alone, and how many trillions are of something other than electronics."""
    sums, large = money(world), trillions(world)
    found = {"for_chips": sums["chips alone"].sum(), "others": (~large["of electronics"]).sum()}
    return found | {"count": sums, "large": large}


def trillions(world):
    """Every trillion in the text of the pages, and whether its sentence is on electronics."""
    english = world.table("quantities").set_index(["seed", "start"]).english
    table, rows = world.body(world.numbers[world.numbers.low >= 1e12]), []
    for row, span in zip(table.itertuples(), spans(world, table), strict=True):
        words = (world.name(row.seed), row.surface, english.get((row.seed, row.start), ""))
        rows.append((*words, "电子信息" in span.sentence.text))
    return pd.DataFrame(rows, columns=["page", "words", "english", "of electronics"])


def about_chips(world):
    """Statements on chips, on a wider field with chips, on neither; least and most over readers."""
    readers = [world.read_by(name).codes for name in ("agreed", "A", "B", "rule")]
    tables = [pd.crosstab(codes.seed, codes.chips).rename(columns=WORDS["chips"]) for codes in readers]
    alone = pd.concat([table["on chips"] for table in tables[1:]], axis=1)
    table = tables[0].assign(least=alone.min(axis=1), most=alone.max(axis=1)).rename_axis(columns=None)
    return table.set_index(table.index.map(world.name)).reset_index(names="page")


def words_of_fit(world):
    """The passages with one of the seven words of complementing or crowding, as a reader took them."""
    names = world.table("cast").set_index("name_zh").name_en.to_dict()
    rows = world.table("complementarity").query("word != ''")
    table = rows.assign(page=rows.seed.map(world.name), voice=rows.voice.replace(names))
    for part in ("paragraph", "article"):  # passages joined by bars, of which one has more than sizes
        parts = rows[f"evidence_{part}"].str.split(" | ", regex=False).explode()
        more = (parts != "") & ~parts.str.contains(WORDS["ends_in_sum"])
        table[f"fact in the {part}"] = more.groupby(level=0).any()
    return table


def complement(world):
    """How many passages assert, echo or call for complementing, and how many have a fact beside them."""
    rows = words_of_fit(world).groupby("claim", sort=False)[["fact in the paragraph", "fact in the article"]]
    table = rows.size().to_frame("passages").join(rows.sum()).loc[WORDS["claims"]]
    return table.rename(index=lambda name: name.replace("_", " "))


@finding(3, margin=lambda found: 0.5 - found["facts"] if len(found["asserted"]) else -1)
def fit(world):
    """Who asserts that the two places complement each other, who echoes it, and what stands beside it."""
    rows = words_of_fit(world)
    near, far = (rows[f"fact in the {part}"] for part in ("paragraph", "article"))
    told = rows.voice.str.removeprefix("the ")
    voices = {claim: told[rows.claim == claim] for claim in ("asserted", "echoed")}
    found = voices | {"total": len(rows), "facts": far[rows.claim.isin(list(voices))].sum()}
    return found | {"called": (rows.claim == "called_for").sum(), "near": near.sum(), "far": far.sum()}


def later(world):
    """Totals of both places that only outside facts have: of when, name, amount, bound, who prints it."""
    told = pd.DataFrame(WORDS["later"])
    facts = world.facts.loc[told.fact].reset_index()
    return told.assign(value=facts.value.astype(float), by=facts["copy"] + ", " + facts.source_date.str[:4])
