"""Notebook 09: what the damage did, and which numbers hold."""

import re

import pandas as pd

from argument import damage, say
from argument.findings import finding, followed, prose

DEAL, WUJIN, DAILY = "000", "003", "004"
CHECKS = prose(__name__)["check"]


@finding(1, margin=lambda found: -found["inside"] or found["around"], text=True)
def no_sum(world):
    """Sums in yuan in the file of the chip deal: in the article, and around it."""
    table = damage.sums(world).query("seed == @DEAL")
    around = table[~table.inside]
    found = say.counts(mentions=len(around), sums=around.surface.nunique())
    found |= {"inside": table.inside.sum(), "around": len(around)}
    return found | {"lines": say.listed(around.line.astype(str).unique())}


@finding(2, margin=lambda found: 1 if found["same"] else -1)
def broken_spot(world):
    """Is the broken spot of the page what the machine makes of the reading?"""
    return {"same": damage.shown(damage.READING) in world.corpus[WUJIN].raw}


def cars(world):
    """Cars of both in the nation's, percent: what the page claims, what follows, with rounding."""
    own, claim = [world.number(f"004-{place}-cars") for place in ("sc", "cq")], world.number("004-car-share")
    fact = world.facts.loc["x25"]
    # in 万 (ten thousand), by the digits that are printed
    off = sum(0.5 * 10 ** (4 - len("".join(re.findall(r"\.(\d+)", row.surface)))) for row in own)
    both, nation = sum(row.low for row in own), float(fact.value)
    low, share, high = (100 * (both + sign * off) / (nation - sign * 500) for sign in (-1, 0, 1))
    found = {"low": low, "share": share, "high": high, "cars": both, "nation": nation}
    found |= {"claim": claim.low, "bound": claim.bound}
    return found | {"year": own[0].period_end.year, "report": fact.source_date[:4]}


@finding(3, margin=lambda found: found["claim"] - found["high"])
def share_of_cars(world):
    """The page's share of cars, and the one that its own cars make of the nation's."""
    car = cars(world)
    found = {name: car[name] for name in ("claim", "high", "year", "report")}
    found |= {"claimed": say.plain(car["claim"]), "percent": say.plain(car["share"])}
    return found | {"range": say.between(car["low"], car["high"], 2, "")}


def checks(world):
    """Six numbers, each beside what it can be held against."""
    car, deal = cars(world), world.corpus[DEAL]
    fund, signed, first = 1e9 * followed.fund(world)["billion yuan"]
    fields, platforms = (int(world.number(name).low) for name in ("000-fields", "004-platforms"))
    zone, clauses = int(world.facts.value["x28"]), deal.find("根据合作协议").sentence.text.count(";") + 1
    chips = world.numbers.query("fact_id == '002-sh-ic-output'")
    spans = [world.corpus[row.seed].span(row.start, row.end) for row in chips.itertuples()]
    heading, body = (span.sentence.text for span in spans)
    left = {"9 months": "前三季度", "manufacturing": "制造业"}
    same = chips.low.nunique() == 1
    places = world.table("shanghai_places").set_index("what").place_en
    places = places.str.split(" International| of the", regex=True).str[0]
    found = car | {"fields": fields, "clauses": clauses, "zone": zone, "platforms": platforms}
    found["named"] = say.count(deal.find("人才、技术、市场等六个领域").text.count("、") + 1)
    found |= {"chips": chips.low.iloc[0], "same": "the same" if same else "another"}
    found["dropped"] = say.listed(one for one, word in left.items() if word in body and word not in heading)
    found |= {"park": places["section heading"], "racks": places["racks built"]}
    found |= {"fund": say.yuan(fund), "signed": say.yuan(signed), "first": say.yuan(first)}
    holds = [fields == clauses, same, found["park"] == found["racks"], car["high"] > car["claim"]]
    holds += [signed >= fund, zone <= platforms]
    table = pd.DataFrame(CHECKS).map(lambda words: words.format_map(found))
    return table.assign(agree=["yes" if held else "no" for held in holds])


def looser(world):
    """The big numbers of the boxes that stand alone in a line, beside the text that they repeat."""
    found, lines = world.numbers.query("seed == @DAILY"), world.corpus[DAILY].paragraphs[["start", "end"]]
    alone = found.merge(lines, on=["start", "end"])
    text = found[~found.surface.isin(alone.surface)].groupby("fact_id")[["surface", "bound"]].first()
    table = alone.merge(text, on="fact_id", suffixes=("", " in the text"))
    of = {"004-experts": "experts", "004-rd-units": "partners in research", "004-incubators": "incubators"}
    columns = ["of", "surface", "bound", "surface in the text", "bound in the text"]
    return table.assign(of=table.fact_id.map(of))[columns]
