"""Notebook 07: what stands behind the headline of the Shanghai page, and who acts for chips."""

import re

import pandas as pd

from argument import comparing, say, worlds
from argument.findings import finding, prose
from argument.findings.announced import measures

WORDS = prose(__name__)
ACTORS = WORDS["actors"]
CITY = [*ACTORS][:2]  # its offices, its secretary


def titles(acts):
    """How many acts are a title that the city gave."""
    return int(acts.what.str.startswith("title of the city").sum())


def coded(world):
    """How many measures for chips alone the codes of this world find among what the city itself does."""
    acted = world.table("shanghai_acts").query("actor in @CITY")
    return len(worlds.meeting(measures(world), acted).drop_duplicates(["seed", "start"]))


@finding(1, margin=lambda found: 1 - found["count"])
def headline(world):
    """The texts that the city issued or put out this year, and how many of them are for chips alone."""
    table = world.table("shanghai_acts")
    texts = table[table.new_policy != "no"]
    named = [f"{'an' if what[0] in 'aeiou' else 'a'} {what.partition(', ')[0]}" for what in texts.what]
    found = {"texts": named, "count": (texts.chips == "alone").sum(), "titles": titles(table)}
    return found | {"coded": lambda: comparing.spread(world, coded)["high"]}


@finding(2, margin=lambda found: 1 - found["city"])
def for_chips_alone(world):
    """The acts for chips alone and whose they are; the new college and how often it is told."""
    alone = world.table("shanghai_acts").query("chips == 'alone'")
    college = world.table("shanghai_pipeline").set_index("measure").loc["industry college"]
    order = sorted(set(alone.actor), key=[*ACTORS].index)
    found = {"acts": alone, "who": [ACTORS[one].format(level=college.level) for one in order]}
    found |= {"titles": titles(alone), "told": college.told_in.split(" | ")}
    return found | {"city": alone.actor.isin(CITY).sum()}


@finding(3, margin=lambda found: 1 if found["other"] else -1)
def racks(world):
    """Whose the racks are, and whose the heading is."""
    places = world.table("shanghai_places").set_index("what")
    park, place = places.place_en["section heading"], places.place_en["racks approved"]
    own = places[(places.place_en == park) & places.number.str.contains("rack|centre|yuan")]
    numbers = {what: world.number(f"002-racks-{what}") for what in ("approved", "built")}
    found = {what: f"{say.BOUNDS[one.bound]} {say.count(int(one.low))}" for what, one in numbers.items()}
    found |= {"own": own, "place": place.partition(" of ")[0], "other": park != place}
    return found | {"rate": round(100 * numbers["built"].low / numbers["approved"].low)}


def award(world):
    """The award before and in the draft: what the page tells, and the caps of outside copies."""
    caps = {fact: re.findall(r"\d+,000", world.facts.statement[fact])[:2] for fact in ("x10", "x11")}
    told = caps | {"number": world.filed}
    return pd.DataFrame(WORDS["award"]).map(lambda words: say.Words().format(words, **told))
