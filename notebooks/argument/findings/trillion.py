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
SUM = re.compile("[万亿]+元?$")  # a passage of evidence that ends in a sum of money tells of size alone
# Totals of both places that only outside facts have, and of when they are.
LATER = {"x41": "end of 2020", "x42": "2022", "x43": "not told"}
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
    "{amounts}, are {named}: probably {one} under {several}.",
    "The names stand on the pages; that they mean one statistic is inferred from one year, equal sums and "
    f"shared sentences. [A later report, 2024]({FACTS}), gives Sichuan {{other}} of {{value}} for 2019.",
    "more than one name for the same sums",
    lambda found: found["names"] - 1 if found["same"] else -1,
    {"numbers"},
)
def names(world):
    """The names and the least sums that two pages give the electronics of the two places."""
    table = sizes(world)
    sums = [(row.place, say.yuan(row.low, row.bound)) for row in table.drop_duplicates("place").itertuples()]
    amounts = [f"{place}'s{' electronics' * (not k)}, {amount}" for k, (place, amount) in enumerate(sums)]
    amounts[1:] = [text.removesuffix(" yuan") for text in amounts[1:]]
    kinds = table.assign(kind=table.name.str.removeprefix("main-business ")).groupby("page", sort=False).kind
    named = [f"{say.listed(kind.unique())} in {page}" for page, kind in kinds]
    facts = world.table("external_facts").set_index("id")
    same = bool((table.groupby("place").low.nunique() == 1).all())
    found, other = table.name.nunique(), INDICATORS["主营业务收入"]
    words = {"amounts": ", and ".join(amounts), "named": say.listed(named), "count": say.count(found)}
    words["several"] = "several names" if found > 1 else "one name"
    words["one"] = "one statistic" if same else "two statistics"
    words |= {"other": other, "value": say.yuan(float(facts.value["x06"]), digits=2)}
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
        amount, bound = (row.high, "nearly") if pd.isna(row.low) else (row.low, row.bound)
        bound = bound if bound in ("above", "nearly") else "exact"  # what the words print, not what they mean
        yuan = f"nearly {say.yuan(amount)}" if bound == "nearly" else say.yuan(amount, bound)
        words = {"page": world.name(row.seed), "words": row.surface, "of": of}
        rows.append({**words, "yuan": yuan, "chips alone": chips})
    return pd.DataFrame(rows)


@finding(
    "04",
    2,
    "no sum for chips",
    "Of {count} sums of money in the articles {chips} for chips alone; {every} trillions are of electronics "
    "as a whole.",
    "Every sum in the text, but for boxes that repeat it and for lists of other articles, where a maker of "
    "photomasks has some. Electronics contains chips; how large a part, no page says.",
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
    return words | {"every": every} | {"sums": len(sums), "for_chips": chips, "others": others}


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
    near, far = rows.evidence_paragraph.map(_bears_out), rows.evidence_article.map(_bears_out)
    rows = rows.assign(page=[world.name(seed) for seed in rows.seed], voice=rows.voice.replace(names))
    return rows.assign(**{"fact in the paragraph": near, "fact in the article": far})


def _bears_out(evidence):
    """Whether a reader's evidence, passages joined by bars, has more than sizes."""
    return any(part and not SUM.search(part) for part in evidence.split(" | "))


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
    "{asserted} that the two places complement each other in electronics, and {echoed}; {beside}.",
    "Every occurrence of seven words, {total} passages read by one reader; {called} call for complementing "
    "or for supplying each other. Without mere size {near} have a fact for it in their paragraph, {far} in "
    "their article.",
    "somebody asserts it, and nothing but size stands beside it",
    lambda found: 0.5 - found["facts"] if found["asserts"] else -1,
    {"complementarity"},
)
def fit(world):
    """Who asserts that the two places complement each other, who echoes it, and what stands beside it."""
    rows = words_of_fit(world)
    claims = {claim: rows[rows.claim == claim] for claim in CLAIMS}
    said, echo = claims["asserted"], claims["echoed"]
    who = say.listed(f"one {voice}" for voice in said.voice) if len(said) else "nobody"
    words = {"asserted": f"{who[0].upper()}{who[1:]} says", "total": len(rows)}
    repeats = say.listed(echo.voice).replace("the ", "a ") if len(echo) else "nobody"
    words["echoed"] = f"{repeats} repeats it"
    both = pd.concat([said, echo])
    facts = int(both["fact in the article"].sum())
    size = "the only fact beside it, in the newspaper, is the size of both industries"
    size = size if both.evidence_article.any() else "no fact stands beside the claim"
    words["beside"] = "facts stand beside the claim" if facts else size
    words |= {"called": say.count(len(claims["called_for"]))}
    words |= {"near": say.count(int(rows["fact in the paragraph"].sum()))}
    words |= {"far": say.count(int(rows["fact in the article"].sum()))}
    return words | {"asserts": len(said), "facts": facts}


def later(world):
    """Totals of both places that only outside facts have: of when, name, amount, bound, who prints it."""
    facts = world.table("external_facts").set_index("id").loc[list(LATER)]
    table = pd.DataFrame({"of": LATER, "value": facts.value.astype(float)})
    table["name"] = [
        "output value" if "output value" in text.lower() else "not told" for text in facts.statement
    ]
    table["bound"] = ["above" if re.search("exceeded|over", text) else "exact" for text in facts.statement]
    return table.assign(by=facts["copy"] + ", " + facts.source_date.str[:4]).reset_index(drop=True)


def car_share(world):
    """Both places' part in the nation's cars, percent: the page's claim, its cars over an outside total."""
    made = [world.number(name).low for name in ("004-sc-cars", "004-cq-cars")]
    facts = world.table("external_facts").set_index("id")
    share = round(100 * sum(made) / float(facts.value["x25"]), 1)
    percent = {"the page: more than": world.number("004-car-share").low, "its cars, of the nation's": share}
    return pd.DataFrame({"percent": percent})
