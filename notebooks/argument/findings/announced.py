"""Notebook 01: what each page announces on chips: how firm, by whom, on which step or kind."""

import pandas as pd

from argument import comparing, say, worlds
from argument.findings import finding, places, prose

WORDS = prose(__name__)
STATUSES, OWNERS, STEPS, KINDS = (WORDS[name] for name in ("statuses", "owners", "steps", "kinds"))
SUBJECTS = {"whole_chain": "chips as a whole"} | STEPS | KINDS


def announcements(world):
    """The announcements page by page in the order of time, the firmest first."""
    rows = world.table("announcements").replace({"legal_status": {"reported": "speech"}})
    status = pd.Categorical(rows.legal_status, list(STATUSES)[::-1], ordered=True)
    rows = rows.assign(day=rows.seed.map(world.day), status=status).sort_values(["day", "status"])
    table = {"what": rows.label, "who": rows.who_en, "how firm": rows.legal_status.map(STATUSES)}
    table["the page's word"] = rows.status_reason.str.extract(r"([^:;]+)(?=:|$)")[0].str.strip()
    table |= {"page": rows.seed.map(world.name), "status": rows.status}
    return pd.DataFrame(table | {"authority": rows.level.isin(WORDS["authorities"]), "level": rows.level})


def of_authorities(world):
    """The announcements of government and Party offices and their heads, the firmest first."""
    return announcements(world).query("authority").sort_values("status", kind="stable", ignore_index=True)


@finding(1, margin=lambda found: 2 * found["by_others"] - len(found["in_place"]))
def in_place(world):
    """What is in place and whose it is; what authorities announce."""
    table = announcements(world)
    placed = table[table.status == "in_place"]
    others = placed.level.map(OWNERS).dropna()
    owners = [who for who in dict.fromkeys(OWNERS.values()) if who in set(others)]
    told = of_authorities(world).status.value_counts(sort=False)
    nouns = [WORDS["nouns"][status][number > 1] for status, number in told.items() if number]
    found = {"in_place": placed, "all": table, "by_others": len(others)}
    return found | {"owners": owners, "authorities": nouns}


@worlds.once
def measures(world):
    """The statements that hold a measure and are about chips by name."""
    return world.codes[(world.codes.instrument != "none") & (world.codes.chips == "yes")]


def subjects(world):
    """Measures on chips by what they are on: as decided, and by reader A, reader B and the rule."""
    readers = WORDS["readers"].items()
    counts = {name: measures(world.read_by(one)).value_chain.value_counts() for one, name in readers}
    table = pd.DataFrame(counts).reindex(SUBJECTS).fillna(0).astype(int)
    group = ["all"] + ["step"] * len(STEPS) + ["kind or use"] * len(KINDS)
    return table.rename(SUBJECTS).rename_axis("on").assign(group=group)


def whole_share(world):
    """The part of the measures on chips that speak of chips as a whole, percent."""
    return 100 * float((measures(world).value_chain == "whole_chain").mean())


@finding(2, margin=lambda found: -found["single"] or found["whole"] / found["all"] - 0.5)
def whole_chain(world):
    """How many measures on chips are for one step alone, how many for chips as a whole."""
    own = measures(world)
    found = {"single": own.value_chain.isin(STEPS).sum(), "again": (own.same_as != "").sum(), "all": len(own)}
    found["whole"] = (own.value_chain == "whole_chain").sum()
    return found | {"spread": lambda: comparing.spread(world, whole_share, WORDS["readers"])}


def own_words(world):
    """The words for technology of one's own, and how often they stand on which page."""
    words = places.terms(world, "self_reliance").set_index(["term", "english"])
    counts = words[[page.name for page in world.corpus]].stack()
    return counts[counts > 0].rename_axis(["word", "English", "page"]).reset_index(name="times")


@finding(3, margin=lambda found: -found["summit"] or found["page_share"] - 0.5)
def self_reliance(world):
    """The statements on home-grown technology: how many, and on which pages."""
    pages = world.codes.seed[world.codes.self_reliance == "yes"].map(world.name).value_counts()
    found = {"statements": pages.sum(), "on": pages, "pages": world.corpus, "most": pages.index[0]}
    found["part"] = say.part(pages.iloc[0] / pages.sum())
    found["absent"] = [page.name for page in world.corpus if page.name not in pages]
    return found | {"page_share": len(pages) / len(world.corpus), "summit": pages.get(world.name("001"), 0)}
