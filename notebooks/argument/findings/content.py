"""Notebook 07: what stands behind the headline of the Shanghai page, and who acts for chips."""

import re

import pandas as pd

from argument import comparing, say
from argument.findings import finding

CITY = ("city body", "city Party secretary")
ACTORS = {"university": "universities", "park": "a park", "college and firm": "a {level} college with a firm"}
OUTSIDE = "../seeds/ledgers/external_facts.tsv"


def acts(world):
    """Every act that the Shanghai page reports; LookupError where this world has none."""
    table = world.table("shanghai_acts")
    if table.empty:
        raise LookupError("this world has no acts of Shanghai")
    return table


def coded(world):
    """How many measures for chips alone the codes of this world find among what the city itself does."""
    units = world.codes.query("instrument != 'none' and chips == 'yes'")
    city = acts(world).query("actor in @CITY")[["seed", "start", "end"]].to_numpy().tolist()
    return sum(
        seed == unit.seed and start < unit.end and unit.start < end
        for unit in units.itertuples()
        for seed, start, end in city
    )


@finding(
    "07",
    1,
    "headline and content",
    "A blog's first line announces new chip policies, talent and platforms. Shanghai's texts are {texts}; "
    "{alone} is for chips alone.",
    "One reader's table of acts. Readers A, B and the rule, counted where it has an act of the city, code "
    "{coded} measure for chips alone there; {titles} titles from the city stand with those who got them.",
    "no text that the city issued or put out this year is for chips alone",
    lambda found: 1 - found["count"],
    {"shanghai_acts", "codes"},
)
def headline(world):
    """The texts that the city issued or put out this year, and how many of them are for chips alone."""
    table = acts(world)
    texts = table[table.new_policy != "no"]
    alone = int((texts.chips == "alone").sum())
    spread = comparing.spread(world, coded)
    titles = int(table.what.str.startswith("title of the city").sum())
    named = [f"{'an' if what[0] in 'aeiou' else 'a'} {what.partition(', ')[0]}" for what in texts.what]
    words = {"texts": say.listed(named), "count": alone}
    words |= {"coded": say.count(spread["high"]), "titles": say.count(titles), "coded_high": spread["high"]}
    return words | {
        "alone": say.count(alone) if alone else "neither" if len(texts) == 2 else "none",
        "issued": int((texts.new_policy == "yes").sum()),
    }


@finding(
    "07",
    2,
    "who acts for chips alone",
    "{acts} acts are for chips alone, of {who}; the city's part is {part}. The “one more college” is "
    "one opening, told {told} times.",
    "{titles} of them are titles. What is one act is a reader's call: a new chip school counts by itself; an "
    "act whose own words name no chips, or other fields too, stays out. No sums or numbers of students.",
    "none of the acts for chips alone is done by the city's offices",
    lambda found: 1 - found["city"],
    {"shanghai_acts", "shanghai_pipeline"},
)
def for_chips_alone(world):
    """The acts for chips alone and whose they are; the new college and how often it is told."""
    alone = acts(world).query("chips == 'alone'")
    college = world.table("shanghai_pipeline").set_index("measure").loc["industry college"]
    actors = sorted(alone.actor.unique(), key=[*CITY, *ACTORS].index)
    who = say.listed(ACTORS.get(actor, f"the {actor}") for actor in actors).format(level=college.level)
    titles = int(alone.what.str.startswith("title of the city").sum())
    words = {"acts": say.count(len(alone)).capitalize(), "who": who, "titles": say.count(titles).capitalize()}
    words |= {"part": "titles" if titles else "nothing"}
    words |= {"city": int(alone.actor.isin(CITY).sum()), "level": college.level}
    return words | {"told": say.count(len(college.told_in.split(" | ")))}


@finding(
    "07",
    3,
    "two places of like name",
    "The park in the heading has {figure} of computing capacity; the racks, {approved} approved and {built} "
    "built, are those of {owner}, the {place}.",
    f"Local media and the city's list keep the two apart, [outside facts, 2022 and 2023]({OUTSIDE}). Both "
    "numbers say 超, “over”; taken at face value {rate} percent are built.",
    "the racks are those of another place than the heading names",
    lambda found: 1 if found["owner"] == "another place" else -1,
    {"shanghai_places", "numbers"},
)
def racks(world):
    """Whose the racks are, and whose the heading is."""
    places = world.table("shanghai_places").set_index("what")
    if places.empty:
        raise LookupError("this world has no places of Shanghai")
    park, place = places.place_en["section heading"], places.place_en["racks approved"]
    own = places[(places.place_en == park) & places.number.str.contains("rack|centre|yuan")]
    approved, built = (world.number(f"002-racks-{what}") for what in ("approved", "built"))
    words = {
        key: f"{say.BOUNDS[number.bound]} {say.count(int(number.low))}"
        for key, number in (("approved", approved), ("built", built))
    }
    words |= {"figure": "no figure" if own.empty else "a figure", "place": place.partition(" of ")[0]}
    return words | {
        "owner": "another place" if park != place else "the park",
        "rate": round(100 * built.low / approved.low),
    }


def award(world):
    """The award before and in the draft: what the page tells, and the caps of outside copies."""
    facts = world.table("external_facts").set_index("id").statement
    (old, old_high), (new, new_high) = (re.findall(r"\d+,000", facts[fact])[:2] for fact in ("x10", "x11"))

    def told(name):
        return world.number(f"002-talent-{name}").low

    ages = [f"{say.count(int(age))} year{'s' * (age > 1)}" for age in (told("age-old"), told("age-new"))]
    growth = f"grows by {say.plain(told('rd-growth'))} % a year"
    option = f"or {say.yuan(told('rd-amount'))} a year, intensity {say.plain(told('rd-intensity'))} %"
    rows = [
        ("age of the firm, at least", *ages, "blog"),
        ("research spending, at least", growth, option, "blog"),
        ("caps a person", f"{old} and {old_high} yuan", f"{new} and {new_high} yuan", "copies"),
    ]
    return pd.DataFrame(rows, columns=["term", "rule of 2022", "draft of 2024", "told by"])
