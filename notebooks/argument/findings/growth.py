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
ASKED = {"output": "output", "growth": "growth", "next": "last growth"}
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
    "Chips made {output}, {side}, of the manufacturing output of Shanghai's pioneer industries in {base}, "
    "and at least {growth} percent of its growth from {base} to {year}.",
    "Arithmetic on {count} printed rates, January to September {year} against {base}, with their rounding; "
    "each plant must be counted once.",
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
    "two years of growth",
    "The rates of a later release, {later}, {agree}: chips made {growth} percent of the growth from {base} "
    "to {year}, and {next} percent of the growth from {year} to {later}.",
    "If the bureau counts in both years alike; rounding leaves {growth_range}, then {next_range}; of the "
    "output of {base}, {output_range}. Outside the page: [a later release, "
    "{later}](../seeds/ledgers/external_facts.tsv).",
    "the later rates put chips inside the range of the first ones, and chips' part of the growth falls",
    lambda found: min(
        found["low"] - found["first"]["low"],
        found["first"]["high"] - found["high"],
        found["growth_low"] - found["next_high"],
    ),
    {"numbers", "shanghai_rates"},
)
def second_year(world):
    """Chips' part of the base and of each year's growth if the rates of both years hold, percent."""
    second, year = later(world)
    years, first = [rates(world), second], share(world)
    ends = {key: programme(years, of) for key, of in ASKED.items()}
    (low, high), (least, most), (small, large) = ends.values()
    exact = [table.assign(low=table.printed, high=table.printed) for table in years]
    inside = first["low"] <= low and high <= first["high"]
    words = {"later": year, "agree": "fit and narrow this" if inside else "do not fit"}
    words |= {key: say.plain(programme(exact, of)[0], int(key == "output")) for key, of in ASKED.items()}
    words |= {f"{key}_range": say.between(*pair, 1) for key, pair in ends.items()}
    words |= {"low": low, "high": high, "growth_low": least, "growth_high": most}
    words |= {"next_low": small, "next_high": large}
    return words | {"first": first, "base": first["base"], "year": first["year"]}


def ratio(top, bottom):
    """Change of a ratio whose sides grow at these rates, percent of itself: least, as printed, most."""
    pairs = (("low", "high"), ("printed", "printed"), ("high", "low"))
    return tuple(100 * (100 + top[a]) / (100 + bottom[b]) - 100 for a, b in pairs)


@finding(
    "06",
    3,
    "the city's share in pieces",
    "Counted in pieces, Shanghai {moved} China: whatever the city's share of the nation's chips was, within "
    "a year it {went} by about {change} percent of itself.",
    "Growth of {city} against {nation} percent, January to September {year}; rounding leaves {range}. The "
    "city's unit is not printed; we take it for pieces, like the nation's.",
    "the city's output in pieces grew more slowly than the nation's",
    lambda found: -found["high"],
    {"numbers"},
)
def pieces(world):
    """How far the city's share of the nation's pieces changed, in percent of itself."""
    city, nation, year = rate(world, CITY), rate(world, NATION), world.number(CITY).period_end.year
    low, after, high = ratio(city, nation)
    moved = say.more_or_less(after, 0, ("gained on", "lost ground to", "kept pace with"))
    ends = sorted((abs(low), abs(high)))
    words = {"moved": moved, "went": say.more_or_less(after, 0, ("rose", "fell", "changed"))}
    words |= {"change": say.plain(abs(after), 0), "range": say.between(*ends, 1)}
    words |= {"city": say.plain(city["printed"]), "nation": say.plain(nation["printed"])}
    return words | {"low": low, "high": high, "base": year - 1, "year": year}
