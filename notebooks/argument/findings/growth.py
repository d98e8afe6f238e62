"""Notebook 06: what Shanghai's growth rates say together about chips, and whether the city gains on China."""

import re
from math import ceil, floor

import pandas as pd

from argument import say
from argument.bounds import closed_form, programme
from argument.findings import finding, prose

RATES, PIECES = (prose(__name__)[name] for name in ("rates", "pieces"))
ASKED = {"output": "output", "growth": "growth", "next": "last growth"}
CITY, NATION, EXPORTS = PIECES


def rate(world, fact_id, unchanged=0.05):
    """A printed rate in percent: least and most that rounding allows, as printed; "unchanged" is 0.0."""
    found = world.number(fact_id)
    decimals = re.search(r"\d(?:\.(\d+))?%", found.surface)
    off = 0.5 * 0.1 ** len(decimals[1] or "") if decimals else unchanged
    return {"low": found.low - off, "printed": found.low, "high": found.low + off}


def rates(world, unchanged=0.05):
    """The rates of the page: growth of output, three quarters of 2024, percent."""
    return pd.DataFrame({name: rate(world, fact, unchanged) for name, fact in RATES.items()}).T


def later(world):
    """The same rates a year later, which only outside facts have, and that year."""
    rows = world.table("shanghai_rates").query("seed == ''").replace({"industry": {"ai": "AI"}})
    printed = rows.set_index("industry").rate.astype(float).loc[list(RATES)].rename_axis(None)
    table = pd.DataFrame({"low": printed - 0.05, "printed": printed, "high": printed + 0.05})
    return table, int(rows.year.iloc[0])


@finding(1, margin=lambda found: min(50 - found["high"], found["growth_low"] - 50))
def share(world):
    """Chips' share of the base output and of the growth that the page's rates allow, percent."""
    bounds, year = closed_form(rates(world)), world.number(RATES["chips"]).period_end.year
    (low, high), (least, most) = bounds["output"], bounds["growth"]
    found = {"output": say.between(floor(low), ceil(high)), "growth": floor(least), "low": low, "high": high}
    return found | {"growth_low": least, "growth_high": most, "base": year - 1, "year": year, "count": RATES}


@finding(2, margin=lambda found: min(*found["inside"], found["growth_low"] - found["next_high"]))
def second_year(world):
    """Chips' part of the base and of each year's growth if the rates of both years hold, percent."""
    second, year = later(world)
    years, first = [rates(world), second], share(world)
    exact = [table.assign(low=table.printed, high=table.printed) for table in years]
    ends = {key: programme(years, of) for key, of in ASKED.items()}
    found = {key: say.plain(programme(exact, of)[0], int(key == "output")) for key, of in ASKED.items()}
    found |= {f"{key}_range": say.between(*ends[key], 1) for key in ("growth", "next")}
    # how far the later rates put chips inside the range of the first ones, at either end
    found["inside"] = (ends["output"][0] - first["low"], first["high"] - ends["output"][1])
    found |= {"growth_low": ends["growth"][0], "next_high": ends["next"][1]}
    return found | {"later": year, "year": first["year"]}


def ratio(top, bottom):
    """Change of a ratio whose sides grow at these rates, percent of itself: least, as printed, most."""
    pairs = (("low", "high"), ("printed", "printed"), ("high", "low"))
    return tuple(100 * (100 + top[a]) / (100 + bottom[b]) - 100 for a, b in pairs)


@finding(3, margin=lambda found: -found["high"])
def pieces(world):
    """How far the city's share of the nation's pieces changed, in percent of itself."""
    city, nation, year = rate(world, CITY), rate(world, NATION), world.number(CITY).period_end.year
    low, after, high = ratio(city, nation)
    found = {"change": -after, "range": say.between(-high, -low, 1), "high": high}
    return found | {"city": city["printed"], "nation": nation["printed"], "base": year - 1, "year": year}
