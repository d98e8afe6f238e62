"""Notebook 07: what stands behind the headline of the Shanghai page, and who acts for chips."""

import re

import pandas as pd

from argument import comparing, say
from argument.findings import finding

CITY = ("city body", "city Party secretary")
ACTORS = {"university": "a university", "college and firm": "a college with a firm", "park": "a park"}
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
    "The headline promises new policies one after another; the city's own are {texts}, {alone} of them for "
    "chips alone.",
    "One reader's table of acts; by the codes of readers A, B and the rule {coded} measure of the city is "
    "for chips alone. Apart from these, {titles} titles of the city went to a college and a park.",
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
    words = {"texts": say.listed(f"one {what.partition(', ')[0]}" for what in texts.what), "count": alone}
    words |= {"coded": say.count(spread["high"]), "titles": say.count(titles), "coded_high": spread["high"]}
    return words | {
        "alone": say.count(alone).replace("no", "none"),
        "issued": int((texts.new_policy == "yes").sum()),
    }


@finding(
    "07",
    2,
    "who acts for chips alone",
    "For chips alone the page has {acts} acts, those of {who}; the “one more college”, told {told} times, is "
    "part of a {level} college.",
    "What is one act is a reader's call: one of them is a hope, one an application, and all are told without "
    "sums and without numbers of students.",
    "none of the acts for chips alone is the city's",
    lambda found: 1 - found["city"],
    {"shanghai_acts", "shanghai_pipeline"},
)
def for_chips_alone(world):
    """The acts for chips alone and whose they are; the new college and how often it is told."""
    alone = acts(world).query("chips == 'alone'")
    college = world.table("shanghai_pipeline").set_index("measure").loc["industry college"]
    who = say.listed(ACTORS.get(actor, f"the {actor}") for actor in alone.actor.unique())
    words = {"acts": say.count(len(alone)), "who": who, "city": int(alone.actor.isin(CITY).sum())}
    return words | {"told": say.count(len(college.told_in.split(" | "))), "level": college.level}


@finding(
    "07",
    3,
    "two places of like name",
    "The park in the heading has {figure} of computing capacity; the racks, {approved} approved and {built} "
    "built, are those of {owner}, the {place}.",
    f"Local media and the city's list keep the two apart, [outside facts, 2022 and 2023]({OUTSIDE}). About "
    "{rate} percent are built only if 超, “over”, is read as rounding.",
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
    option = f"or {say.yuan(told('rd-amount'))}, {say.plain(told('rd-intensity'))} % intensity"
    rows = [
        ("age of the firm, at least", *ages, "page"),
        ("research spending, at least", growth, option, "page"),
        ("caps a person", f"{old} and {old_high} yuan", f"{new} and {new_high} yuan", "copies"),
    ]
    return pd.DataFrame(rows, columns=["term", "rule of 2022", "draft of 2024", "told by"])
