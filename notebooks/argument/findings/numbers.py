"""Notebook 09: what the damage did, and which numbers hold."""

import re

import pandas as pd

from argument import damage, say
from argument.findings import finding

DEAL, WUJIN, DAILY = "000", "003", "004"


@finding(
    "09",
    1,
    "no sum in the deal's article",
    "In the file of the chip deal every sum in yuan, {mentions} mentions of {sums} sums, stands in {where}; "
    "the article itself names {article}.",
    "An exact count; the sums stand in lines {lines} of the file. 万亿级 (trillion class) in the article is "
    "a size without yuan.",
    "sums stand around the article and none in it",
    lambda found: -found["inside"] or found["around"],
    {"text"},
)
def no_sum(world):
    """Sums in yuan in the file of the chip deal: in the article, and around it."""
    if not world.has(DEAL):
        return None
    table = damage.sums(world).query("seed == @DEAL")
    around = table[~table.inside]
    words = {"mentions": say.count(len(around)), "sums": say.count(around.surface.nunique())}
    words |= {"where": "a teaser about another company" if len(around) else "the article"}
    words["lines"] = say.listed(dict.fromkeys(around.line.astype(str))) if len(around) else "none"
    inside = int(table.inside.sum())
    return words | {
        "article": say.count(inside) if inside else "none",
        "inside": inside,
        "around": len(around),
    }


@finding(
    "09",
    2,
    "the broken spot",
    "The one unreadable spot of the Wujin page {reads} “attracting along the chain, around”: our imitation "
    "of the machine that added the pinyin, run on these words, gives {what}.",
    "The pinyin zhǔn supplies the one byte that the file hides; then no other words fit. A test runs the "
    "imitation over the whole page.",
    "the machine makes of the reading what the page has",
    lambda found: 1 if found["same"] else -1,
    {"files"},
)
def broken_spot(world):
    """Is the broken spot of the page what the machine makes of the reading?"""
    if not world.has(WUJIN):
        return None
    same = damage.shown(damage.READING) in world.corpus[WUJIN].raw
    words = ("reads", "the damage byte for byte") if same else ("may read", "another damage")
    return dict(zip(("reads", "what"), words, strict=True)) | {"same": same}


def cars(world):
    """Cars of both in the nation's, percent: what the page claims, what follows, with rounding; or None."""
    own = [world.number(f"004-{place}-cars") for place in ("sc", "cq")]
    claim = world.number("004-car-share")
    if claim is None or None in own:
        return None
    fact = world.table("external_facts").set_index("id").loc["x25"]
    off = [0.5 * 10 ** (4 - len((re.search(r"\.(\d+)", row.surface) or ["", ""])[1])) for row in own]
    both, nation = sum(row.low for row in own), float(fact.value)
    ends = [100 * (both + sign * sum(off)) / (nation - sign * 500) for sign in (-1, 0, 1)]
    return dict(zip(("low", "share", "high"), ends, strict=True)) | {
        "cars": both,
        "nation": nation,
        "claim": claim.low,
        "bound": claim.bound,
        "year": own[0].period_end.year if pd.notna(getattr(own[0], "period_end", None)) else 0,
        "report": fact.source_date[:4],
    }


@finding(
    "09",
    3,
    "the share of cars",
    "Chongqing Daily puts the cars of Sichuan and Chongqing at {bound} {claimed} percent of China's; by the "
    "carmakers' association's count for {year} they come to {percent}.",
    "If the share is of {year}, as the outputs beside it are; rounding leaves {range}. CAAM's count, in "
    "[another report, {report}](../seeds/ledgers/external_facts.tsv).",
    "the cars of both are a smaller part of China's than the page says",
    lambda found: found["claim"] - found["high"],
    {"numbers"},
)
def share_of_cars(world):
    """The page's share of cars, and the one that its own cars make of the nation's."""
    found = cars(world)
    return found and found | {
        "bound": say.BOUNDS[found["bound"]].replace("more than", "over"),
        "claimed": say.plain(found["claim"]),
        "percent": say.plain(found["share"]),
        "range": say.between(found["low"], found["high"], 2, ""),
    }


def checks(world):
    """Six numbers, each beside what it can be held against."""
    facts, car = world.table("external_facts").set_index("id"), cars(world)
    first = say.yuan(float(facts.value["x26"]))
    fund, zone = world.number("004-fund").low, float(facts.value["x28"])
    signed = 1e9 * float(re.search(r"at (\d+) billion", facts.statement["x26"])[1])
    clauses = world.corpus[DEAL].find("根据合作协议").sentence.text.count(";") + 1
    named = world.corpus[DEAL].find("人才、技术、市场等六个领域").text.count("、") + 1
    fields, platforms = int(world.number("000-fields").low), int(world.number("004-platforms").low)
    chips = world.numbers.query("fact_id == '002-sh-ic-output'")
    heading, body = (
        world.corpus[row.seed].span(row.start, row.end).sentence.text for row in chips.itertuples()
    )
    left = {"前三季度": "9 months", "制造业": "manufacturing"}
    dropped = say.listed(english for word, english in left.items() if word in body and word not in heading)
    places = world.table("shanghai_places").set_index("what").place_en
    places = places.str.split(" International| of the", regex=True).str[0]
    park, racks = places["section heading"], places["racks built"]
    same = "the same" if chips.low.nunique() == 1 else "another"
    rows = [
        (
            "six fields, the deal",
            f"{fields} fields, {say.count(named)} named",
            f"its own list: {clauses} clauses",
        ),
        ("+20.8 %, heading", f"chips {chips.low.iloc[0]:+g} %", f"text: {same}, of {dropped}"),
        ("racks, Shanghai", f"under a heading on {park}", f"text: {racks}"),
        (
            "cars, share of China",
            f"over {car['claim']:g} %",
            f"{car['share']:.1f} % ({car['report']} report)",
        ),
        ("fund of the two", say.yuan(fund), f"signed {say.yuan(signed)}, first round {first}"),
        ("research platforms", f"{platforms} in the science city", f"{zone:.0f} in the zone at its core"),
    ]
    holds = [fields == clauses, same == "the same", park == racks, car["high"] > car["claim"]]
    holds += [signed >= fund, zone <= platforms]
    table = pd.DataFrame(rows, columns=["number", "the page says", "beside it"])
    return table.assign(agree=["yes" if held else "no" for held in holds])


def looser(world):
    """The big numbers of the boxes that stand alone in a line, beside the text that they repeat."""
    page, found = world.corpus[DAILY], world.numbers.query("seed == @DAILY")
    lines = {(row.start, row.end) for row in page.paragraphs.itertuples()}
    alone = [(row.start, row.end) in lines for row in found.itertuples()]
    text = found[~found.surface.isin(found.surface[alone])].groupby("fact_id").first()
    table = found[alone].merge(text[["surface", "bound"]], on="fact_id", suffixes=("", " in the text"))
    of = {"004-experts": "experts", "004-rd-units": "partners in research", "004-incubators": "incubators"}
    return table.assign(of=table.fact_id.map(of))[
        ["of", "surface", "bound", "surface in the text", "bound in the text"]
    ].reset_index(drop=True)
