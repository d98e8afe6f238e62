"""Notebook 09: what the damage did, and which numbers hold."""

import re

import pandas as pd

from argument import damage, say
from argument.findings import finding, followed, prose, spans

DEAL, WUJIN, DAILY = "000", "003", "004"
SAID = prose(__name__)


@finding(1, margin=lambda found: -found["inside"] or len(found["around"]), text=True)
def no_sum(world):
    """Sums in yuan in the file of the chip deal: in the article, and around it."""
    table = damage.sums(world).loc[lambda rows: rows.seed == DEAL]
    around = table[~table.inside]
    found = {"around": around, "sums": around.surface.unique(), "inside": table.inside.sum()}
    return found | {"lines": around.line.astype(str).unique()}


@finding(2, margin=lambda found: 1 if found["same"] else -1)
def broken_spot(world):
    """Is the broken spot of the page what the machine makes of the reading?"""
    return {"same": damage.shown(damage.READING) in world.corpus[WUJIN].raw}


@finding(3, margin=lambda found: found["claim"] - found["high"])
def cars(world):
    """Cars of both in the nation's, percent: what the page claims, what follows, with rounding."""
    own, claim = [world.number(f"004-{place}-cars") for place in ("sc", "cq")], world.number("004-car-share")
    fact = world.facts.loc["x25"]
    # in 万 (ten thousand), by the digits that are printed
    off = sum(0.5 * 10 ** (4 - len("".join(re.findall(r"\.(\d+)", row.surface)))) for row in own)
    both, nation = sum(row.low for row in own), float(fact.value)
    low, share, high = (100 * (both + sign * off) / (nation - sign * 500) for sign in (-1, 0, 1))
    found = {"low": low, "share": share, "high": high, "cars": both, "nation": nation}
    found |= {"claim": claim.low, "year": own[0].period_end.year, "report": fact.source_date[:4]}
    return found | {"range": say.between(low, high, 2, "")}


def checks(world):
    """Six numbers, each beside what it can be held against."""
    car, deal, yuan = cars(world), world.corpus[DEAL], followed.fund_told(world)["yuan"]
    number, zone = world.filed, float(world.facts.value["x28"])
    named = deal.find("人才、技术、市场等六个领域").text.count("、") + 1
    clauses = deal.find("根据合作协议").sentence.text.count(";") + 1
    chips = world.numbers.query("fact_id == '002-sh-ic-output'")
    heading, body = (span.sentence.text for span in spans(world, chips))
    same = chips.low.nunique() == 1
    dropped = [one for one, word in SAID["left"].items() if word in body and word not in heading]
    places = world.table("shanghai_places").set_index("what").place_en.str.split(" International| of the")
    park, racks = (places[what][0] for what in ("section heading", "racks built"))
    found = car | {"number": number, "named": named, "clauses": clauses, "yuan": yuan, "zone": zone}
    found |= {"same": "the same" if same else "another", "dropped": dropped, "park": park, "racks": racks}
    holds = [number["000-fields"].low == clauses, same, park == racks, car["high"] > car["claim"]]
    holds += [yuan[1] >= yuan[0], zone <= number["004-platforms"].low]
    table = pd.DataFrame(SAID["check"]).map(lambda words: say.Words().format(words, **found))
    return table.assign(agree=["yes" if held else "no" for held in holds])


def looser(world):
    """The big numbers of the boxes that stand alone in a line, beside the text that they repeat."""
    found, lines = world.numbers.query("seed == @DAILY"), world.corpus[DAILY].paragraphs[["start", "end"]]
    alone = found.merge(lines, on=["start", "end"])[["fact_id", "surface", "bound"]]
    text = found[~found.surface.isin(alone.surface)].groupby("fact_id")[["surface", "bound"]].first()
    table = alone.join(text, on="fact_id", suffixes=("", " in the text"), how="inner")
    return table.replace({"fact_id": SAID["boxes"]}).rename(columns={"fact_id": "of"})
