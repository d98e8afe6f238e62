"""Notebook 06: what Shanghai's growth rates say together about chips, and whether the city gains on China."""

import re
from math import ceil, floor

import pandas as pd

from argument import say
from argument.bounds import closed_form, programme
from argument.findings import finding

# The rates of the page by the names of the numbers: the whole, then its parts.
RATES = {
    "pioneers": "002-sh-pioneers-output",
    "chips": "002-sh-ic-output",
    "AI": "002-sh-ai-output",
    "biomedicine": "002-sh-bio-output",
}
CITY, NATION, EXPORTS = "002-sh-ic-volume", "002-cn-ic-growth", "002-cn-ic-exports-growth"


def rate(world, fact_id, unchanged=0.05):
    """A printed rate in percent: least and most that rounding allows, as printed; "unchanged" is 0.0."""
    found = world.number(fact_id)
    if found is None:
        raise LookupError(f"this world has no number {fact_id}")
    decimals = re.search(r"\d(?:\.(\d+))?%", found.surface)
    off = 0.5 * 0.1 ** len(decimals[1] or "") if decimals else unchanged
    return {"low": found.low - off, "printed": found.low, "high": found.low + off}


def rates(world, unchanged=0.05):
    """The rates of the page: growth of output, three quarters of 2024, percent."""
    return pd.DataFrame({name: rate(world, fact, unchanged) for name, fact in RATES.items()}).T


def later(world):
    """The same rates a year later, which only outside facts have, and that year."""
    rows = world.table("shanghai_rates").query("seed == ''").set_index("industry")
    rows = rows.rename(index={"ai": "AI"}).loc[list(RATES)]
    printed = rows.rate.astype(float).rename_axis(None)
    table = pd.DataFrame({"low": printed - 0.05, "printed": printed, "high": printed + 0.05})
    return table, int(rows.year.iloc[0])


def side(low, high):
    """On which side of the half a range lies."""
    return "less than half" if high < 50 else "more than half" if low > 50 else "perhaps half"


@finding(
    "06",
    1,
    "chips in output and growth",
    "Chips made {output}, {side}, of the output of Shanghai's pioneer industries, and at least {growth} "
    "percent of the next year's growth.",
    "Arithmetic on {count} printed rates of manufacturing output, January to September {year} against "
    "{base}, with their rounding; each plant must be counted once.",
    "less than half of the output and more than half of the growth",
    lambda found: min(50 - found["high"], found["growth_low"] - 50),
    {"numbers"},
)
def share(world):
    """Chips' share of the base output and of the growth that the page's rates allow, percent."""
    bounds, year = closed_form(rates(world)), world.number(RATES["chips"]).period_end.year
    (low, high), (least, most) = bounds["output"], bounds["growth"]
    words = {"output": say.between(floor(low), ceil(high)), "side": side(low, high), "growth": floor(least)}
    ends = {"low": low, "high": high, "growth_low": least, "growth_high": most}
    return words | ends | {"base": year - 1, "year": year, "count": say.count(len(RATES))}


@finding(
    "06",
    2,
    "the second year agrees",
    "The rates of a later release, {later}, {agree}: chips made about {output} percent of the output and "
    "{growth} percent of the growth.",
    "If the bureau counts in both years alike; rounding leaves {output_range} of the output, {growth_range} "
    "of the growth. Outside the page: [a later release, {later}](../seeds/ledgers/external_facts.tsv).",
    "the rates of the second year put chips inside the range of the first",
    lambda found: min(found["low"] - found["first"]["low"], found["first"]["high"] - found["high"]),
    {"numbers", "shanghai_rates"},
)
def second_year(world):
    """Chips' shares if the rates of both years hold, percent, and whether they lie inside the first range."""
    second, year = later(world)
    years, first = [rates(world), second], share(world)
    (low, high), (least, most) = (programme(years, of) for of in ("output", "growth"))
    exact = [table.assign(low=table.printed, high=table.printed) for table in years]
    inside = first["low"] <= low and high <= first["high"]
    words = {"later": year, "agree": "fit and narrow this" if inside else "do not fit"}
    words |= {"output": say.plain(programme(exact, "output")[0])}
    words |= {"growth": say.plain(programme(exact, "growth")[0], 0)}
    words |= {"output_range": say.between(low, high, 1), "growth_range": say.between(least, most, 1)}
    return words | {"low": low, "high": high, "growth_low": least, "growth_high": most, "first": first}


def ratio(top, bottom):
    """What a ratio of 10 percent becomes when its two sides grow at these rates: least, as printed, most."""
    pairs = (("low", "high"), ("printed", "printed"), ("high", "low"))
    return tuple(10 * (100 + top[a]) / (100 + bottom[b]) for a, b in pairs)


@finding(
    "06",
    3,
    "the city's share in pieces",
    "Counted in pieces, Shanghai {moved} China: a city share of 10 percent of the nation's chips would "
    "have become {after} within a year.",
    "Growth of {city} against {nation} percent, January to September {year}, if neither office changed what "
    "it counts; rounding leaves {after_range}.",
    "the city's output in pieces grew more slowly than the nation's",
    lambda found: 10 - found["high"],
    {"numbers"},
)
def pieces(world):
    """What a city share of 10 percent of the nation's pieces would have become."""
    city, nation, year = rate(world, CITY), rate(world, NATION), world.number(CITY).period_end.year
    low, after, high = ratio(city, nation)
    moved = say.more_or_less(after, 10, ("gained on", "lost ground to", "kept pace with"))
    words = {"moved": moved, "after": say.plain(after), "after_range": say.between(low, high, 2, "")}
    words |= {"city": say.plain(city["printed"]), "nation": say.plain(nation["printed"])}
    return words | {"low": low, "high": high, "base": year - 1, "year": year}
