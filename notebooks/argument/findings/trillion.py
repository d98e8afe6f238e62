"""Notebook 04: how large electronics is, under which name; whether chips have a size; who fits whom."""

import re

import pandas as pd

from argument import say
from argument.findings import finding

# English of what a reader filed: indicators, and what a sum of money is a sum of.
INDICATORS = {"营业收入": "revenue", "主营业务收入": "main-business revenue", "产值": "output value"}
SUMS = {
    "四川省电子信息产业": "electronics of Sichuan",
    "重庆市电子信息产业": "electronics of Chongqing",
    "四川省汽车产业": "cars of Sichuan",
    "重庆市汽车产业": "cars of Chongqing",
    "成渝地区双城经济圈发展基金": "development fund, to be raised",
    "川渝联合实施重点研发项目": "joint research call",
    "上海临港新片区算力产业": "computing in Lingang, an aim",
    "企业": "a firm's own research, in a draft",
}
CHIPS = re.compile("集成电路|芯片|半导体")
CLAIMS = ["asserted", "echoed", "called_for", "principle", "topic", "crowding"]
# Totals of both places that only outside facts have, and of when they are.
LATER = {"x41": "end of 2020", "x42": "2022", "x43": "2024"}
FACTS = "../seeds/ledgers/external_facts.tsv"


def sizes(world):
    """The printed figures of electronics in 2019: place, page, name of the indicator, least, bound."""
    rows = []
    for row in world.body(world.table("quantities")).drop_duplicates("fact_id").itertuples():
        number = world.number(row.fact_id)
        if row.subject.endswith("电子信息产业") and row.indicator in INDICATORS and number.unit == "元":
            place = SUMS[row.subject].removeprefix("electronics of ")
            names = {
                "page": world.name(row.seed),
                "name": INDICATORS[row.indicator],
                "Chinese": row.indicator,
            }
            year = int(row.period_start[:4])
            size = {"amount": say.yuan(number.low, number.bound), "low": number.low, "bound": number.bound}
            rows.append({"place": place, "year": year, **names, **size})
    return pd.DataFrame(rows).sort_values("place", ascending=False, kind="stable", ignore_index=True)


@finding(
    "04",
    1,
    "one figure, three names",
    "{amounts}, are called {named}: probably one statistic under {several}.",
    "The names stand on the pages; that they mean one statistic is inferred from one year, equal sums and "
    f"shared sentences. [A later report, 2024]({FACTS}), gives Sichuan {{other}} of {{value}}.",
    "more than one name for the same sums",
    lambda found: found["names"] - 1 if found["same"] else -1,
    {"numbers"},
)
def names(world):
    """The names and the least sums that two pages give the electronics of the two places."""
    table = sizes(world)
    least = table.drop_duplicates("place")
    amounts = [f"{row.place}'s electronics, {say.yuan(row.low, row.bound)}" for row in least.itertuples()]
    amounts[1:] = [text.replace(" electronics", "").replace(" yuan", "") for text in amounts[1:]]
    named = [
        f"{say.listed(rows.name.unique())} in {page}" for page, rows in table.groupby("page", sort=False)
    ]
    facts = world.table("external_facts").set_index("id")
    same = bool((table.groupby("place").low.nunique() == 1).all())
    found = table.name.nunique()
    words = {"amounts": ", and ".join(amounts), "named": ", ".join(named), "year": int(table.year[0])}
    words |= {"several": "several names" if found > 1 else "one name", "count": say.count(found)}
    words |= {"other": INDICATORS["主营业务收入"], "value": say.yuan(float(facts.value["x06"]), digits=2)}
    return words | {"names": found, "same": same}


def money(world):
    """Every sum of money in the text of the pages: page, sum, of what, and whether it is of chips alone."""
    table = world.numbers[world.numbers.unit == "元"]
    read = world.table("quantities").set_index(["seed", "start"])
    rows = []
    for row in world.body(table).itertuples():
        sentence = world.corpus[row.seed].span(row.start, row.end).sentence.text
        known = (row.seed, row.start) in read.index
        subject = read.subject[row.seed, row.start] if known else ""
        of = SUMS.get(subject, "not said by a reader")
        chips = bool(CHIPS.search(subject or sentence))
        amount, bound = (row.high, "below") if pd.isna(row.low) else (row.low, row.bound)
        words = {"page": world.name(row.seed), "words": row.surface, "of": of}
        rows.append(
            {**words, "yuan": say.yuan(amount, bound.replace("target", "exact")), "chips alone": chips}
        )
    return pd.DataFrame(rows)


@finding(
    "04",
    2,
    "no sum for chips",
    "Of {count} sums of money on the pages {chips} for chips alone; {every} trillions, in {places}, are of "
    "electronics as a whole.",
    "Every sum in the text of the pages, repeats in boxes left out. Electronics contains chips; how large "
    "a part, no page says.",
    "no sum for chips alone, every trillion of electronics",
    lambda found: 0.5 - found["for_chips"] - found["others"],
    {"numbers"},
)
def no_sum(world):
    """How many sums are for chips alone, and how many trillions are of something other than electronics."""
    sums, large = money(world), trillions(world)
    chips, others = int(sums["chips alone"].sum()), int((~large["of electronics"]).sum())
    every = f"all {say.count(len(large))}" if not others else f"{len(large) - others} of {len(large)}"
    words = {"count": say.count(len(sums)), "chips": "none is" if not chips else f"{say.count(chips)} may be"}
    words |= {"every": every, "places": say.listed(large.page.unique())}
    return words | {"sums": len(sums), "for_chips": chips, "others": others}


def trillions(world):
    """Every trillion in the text of the pages, and what the statement that holds it is about."""
    about = {"yes": "chips alone", "general": "a wider field with chips", "no": "neither"}
    english = world.table("quantities").set_index(["seed", "start"]).english
    rows = []
    for row in world.body(world.numbers[world.numbers.low >= 1e12]).itertuples():
        span = world.corpus[row.seed].span(row.start, row.end)
        near = world.codes[(world.codes.seed == row.seed) & (world.codes.start <= row.start)]
        words = {"page": world.name(row.seed), "words": row.surface}
        words["english"] = english.get((row.seed, row.start), "")
        holds = "电子信息" in span.sentence.text
        rows.append({**words, "statement about": about[near.chips.iloc[-1]], "of electronics": holds})
    return pd.DataFrame(rows)


def about_chips(world):
    """Statements about chips alone, a wider field with chips, neither; least and most over readers."""
    readers = {name: world.read_by(name).codes.groupby("seed").chips for name in ("agreed", "A", "B", "rule")}
    counts = {name: chips.value_counts().unstack(fill_value=0) for name, chips in readers.items()}
    table = counts["agreed"].rename(columns={"yes": "chips alone", "general": "wider field", "no": "neither"})
    ranges = pd.concat([counts[name].yes for name in ("A", "B", "rule")], axis=1)
    table = table.assign(least=ranges.min(axis=1), most=ranges.max(axis=1)).rename_axis(columns=None)
    table.insert(0, "page", [world.name(seed) for seed in table.index])
    return table.reset_index(drop=True)


def words_of_fit(world):
    """The passages with one of the seven words of complementing or crowding, as a reader took them."""
    names = world.table("cast").set_index("name_zh").name_en.to_dict()
    rows = world.table("complementarity").query("word != ''")
    near, far = rows.evidence_paragraph != "", rows.evidence_article != ""
    rows = rows.assign(page=[world.name(seed) for seed in rows.seed], voice=rows.voice.replace(names))
    return rows.assign(**{"fact in the paragraph": near, "fact in the article": far})


def complement(world):
    """How many passages assert, echo or call for complementing, and how many have a fact beside them."""
    rows = words_of_fit(world).groupby("claim", sort=False)[["fact in the paragraph", "fact in the article"]]
    table = rows.size().to_frame("passages").join(rows.sum())
    table = table.reindex([claim for claim in CLAIMS if claim in table.index])
    return table.rename(index=lambda name: name.replace("_", " "))


@finding(
    "04",
    3,
    "complementary, who says so",
    "Of {total} passages on how the places fit together, {asserted} that they complement each other, the "
    "word of {who}, and {echoed} repeats it; {called} call for it.",
    "Every occurrence of seven words, by one reader. In {bare} the paragraph has no fact to bear them "
    "out; in the whole article {bare_article}.",
    "fewer passages assert it than call for it",
    lambda found: found["calls"] - found["asserts"] if found["asserts"] else -1,
    {"complementarity"},
)
def fit(world):
    """Who asserts that the two places complement each other, who echoes it, how many call for it."""
    rows = words_of_fit(world)
    claims = {claim: rows[rows.claim == claim] for claim in CLAIMS}
    asserts, bare = len(claims["asserted"]), int((~rows["fact in the paragraph"]).sum())
    verb = f"{say.count(asserts)} assert{'s' * (asserts == 1)}"
    who = say.listed([f"an {voice}" for voice in claims["asserted"].voice] or ["nobody"])
    words = {"total": say.count(len(rows)), "asserted": verb, "who": who, "bare": say.count(bare)}
    words |= {"echoed": say.count(len(claims["echoed"])), "called": say.count(len(claims["called_for"]))}
    words["bare_article"] = "each has one" if rows["fact in the article"].all() else "some have none"
    return words | {"asserts": asserts, "calls": len(claims["called_for"])}


def later(world):
    """Totals of both places that only outside facts have: of when, amount, bound, who prints it."""
    facts = world.table("external_facts").set_index("id").loc[list(LATER)]
    table = pd.DataFrame({"of": LATER, "value": facts.value.astype(float)})
    table["bound"] = ["above" if re.search("exceeded|over", text) else "exact" for text in facts.statement]
    return table.assign(by=facts["copy"] + ", " + facts.source_date.str[:4]).reset_index(drop=True)


def car_share(world):
    """Both places' part in the nation's cars, percent: the page's claim, its cars over an outside total."""
    made = [world.number(name).low for name in ("004-sc-cars", "004-cq-cars")]
    facts = world.table("external_facts").set_index("id")
    share = round(100 * sum(made) / float(facts.value["x25"]), 1)
    return {"the page: more than": world.number("004-car-share").low, "its cars, of the nation's": share}
