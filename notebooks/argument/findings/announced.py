"""Notebook 01: what each page announces on chips: how firm, by whom, on which step or kind."""

import pandas as pd

from argument import comparing, say
from argument.findings import finding

# From soft to firm: a word; out for comment; between parties; put out by an office; opened, set up.
STATUSES = dict(speech="said", draft="draft", signed="signed", issued="issued", in_place="in place")
NOUNS = dict(speech="wish", draft="draft", signed="signed fund", issued="plan", in_place="title")
AUTHORITIES = ["departments", "city department", "city", "city Party", "district", "state assets"]
ACTORS = {"universities": "schools", "college and firm": "schools", "park": "a park"}
ACTORS |= {"firm": "a state-founded centre", "firms": "firms", "associations": "associations"}
STEPS = dict(design="design", eda_ip="design software", materials="materials", equipment="equipment")
STEPS |= dict(fabrication="fabrication", packaging_test="packaging and test")
KINDS = dict(photonics="silicon photonics", compound_semiconductors="compound semiconductors")
KINDS |= dict(automotive="chips for cars", ai_compute="AI computing", terminals_systems="devices")
SUBJECTS = {"whole_chain": "chips as a whole"} | STEPS | KINDS


def announcements(world):
    """The announcements page by page in the order of time, the firmest first."""
    rows = world.table("announcements")
    words = rows.status_reason.str.extract(r"([^:;]+)(?=:|$)")[0].str.strip()  # the word that decides
    status = rows.legal_status.replace("reported", "speech")
    made = {"what": rows.label, "who": rows.who_en, "how firm": status.map(STATUSES)}
    made |= {"the page's word": words, "page": rows.seed.map(world.name), "status": status}
    table = pd.DataFrame(made | {"authority": rows.level.isin(AUTHORITIES), "level": rows.level})
    firm = -status.map(list(STATUSES).index)
    day = rows.seed.map(lambda seed: world.base[seed].card["published"])
    return table.loc[
        pd.DataFrame({"day": day, "firm": firm}).sort_values(["day", "firm"], kind="stable").index
    ]


def of_authorities(world):
    """The announcements of government and Party offices and their heads, the firmest first."""
    table = announcements(world).query("authority")
    rows = table.sort_values("status", key=lambda one: -one.map(list(STATUSES).index), kind="stable")
    return rows.reset_index(drop=True)


@finding(
    "01",
    1,
    "chips in place",
    "{in_place} of {all} announcements on chips are in place, {most} by {owners}. Authorities add "
    "{authorities}.",
    "List and order are one reader's. The eighth is a laboratory with a school that Sichuan counts as its "
    "own; two science departments helped to fund the centre's chip.",
    "most of what is in place comes from others than authorities",
    lambda found: found["by_others"] - found["by_authorities"] - found["by_province"],
    {"announcements"},
)
def in_place(world):
    """What is in place and whose it is; what authorities announce."""
    table = announcements(world)
    placed = table[table.status == "in_place"]
    others = placed[placed.level.isin(ACTORS)]
    owners = list(dict.fromkeys(ACTORS[one] for one in ACTORS if one in set(others.level)))
    told = [
        f"{NOUNS[status]}{'es' if status == 'speech' else 's'}" if number > 1 else f"a {NOUNS[status]}"
        for status, number in of_authorities(world).status.value_counts(sort=False).items()
    ]
    return {
        "in_place": say.count(len(placed)).capitalize(),
        "all": say.count(len(table)),
        "most": "most" if len(others) > len(placed) / 2 else "some" if len(others) else "none",
        "owners": say.listed(owners) if owners else "others",
        "authorities": say.listed(told) if told else "nothing",
        "by_authorities": int(placed.authority.sum()),
        "by_province": int((placed.level == "province").sum()),
        "by_others": len(others),
    }


def measures(world):
    """The statements that hold a measure and are about chips by name."""
    return world.codes.query("instrument != 'none' and chips == 'yes'")


def subjects(world):
    """Measures on chips by what they are on: as decided, and by reader A, reader B and the rule."""
    readers = {"agreed": "decided", "A": "reader A", "B": "reader B", "rule": "the rule"}
    counts = {name: measures(world.read_by(one)).value_chain.value_counts() for one, name in readers.items()}
    table = pd.DataFrame(counts).reindex(SUBJECTS).fillna(0).astype(int)
    kind = ["all"] + ["step"] * len(STEPS) + ["kind or use"] * len(KINDS)
    return table.rename(SUBJECTS).rename_axis("on").assign(group=kind)


@finding(
    "01",
    2,
    "no single step",
    "Outside {where}, {none} measure on chips is for one step alone, such as design, equipment or packaging: "
    "{whole} of {all} statements speak of chips as a whole.",
    "{low} to {high} percent speak of the whole, by coder and by statement or sentence. {again} of the "
    "statements tell an act again; a park's platform for testing shares one with design.",
    "no measure is for one step alone, and more than half speak of chips as a whole",
    lambda found: -found["single"] or found["share"] - 0.5,
    {"codes", "announcements"},
)
def whole_chain(world):
    """How many measures on chips are for one step alone, how many for chips as a whole."""

    def share(told):
        return float((measures(told).value_chain == "whole_chain").mean()) if len(measures(told)) else 0.0

    own, rows = measures(world), world.table("announcements").query("value_chain == 'photonics'")
    chain = own.value_chain
    spread, decided = comparing.spread(world, share), share(world.read_by("agreed", "sentence"))
    single = int(chain.isin(STEPS).sum())
    cumec = rows.who_en.str.contains("CUMEC").any() and (chain == "photonics").any()
    return {
        "where": "silicon photonics at CUMEC in Chongqing" if cumec else "lists",
        "none": say.count(single),
        "single": single,
        "whole": int((chain == "whole_chain").sum()),
        "all": len(chain),
        "share": share(world),
        "photonics": int((chain == "photonics").sum()),
        "again": say.count(int((own.same_as != "").sum())).capitalize() if "same_as" in own else "None",
        "low": round(100 * min(spread["low"], decided)),
        "high": round(100 * max(spread["high"], decided)),
    }


def own_words(world):
    """The words for technology of one's own, and how often they stand on which page."""
    words = world.table("terms").query("group == 'self_reliance'")
    told = [
        [row.term, row.english, page.name, page.text.count(row.term)]
        for row in words.itertuples()
        for page in world.corpus
        if row.term in page.text
    ]
    return pd.DataFrame(told, columns=["word", "English", "page", "times"])


@finding(
    "01",
    3,
    "self-reliance",
    "{statements} statements on {with_it} of {pages} pages speak of home-grown technology, the nation's or a "
    "firm's own, {part} of them in the {most}. {absent}.",
    "Reader A and reader B found the same statements. Three of them are on firms' own technology.",
    "more than half of the pages have such statements, the summit page has none",
    lambda found: -found["summit"] or found["page_share"] - 0.5,
    {"codes"},
)
def self_reliance(world):
    """The statements on home-grown technology: how many, and on which pages."""
    pages = world.codes.query("self_reliance == 'yes'").seed.map(world.name).value_counts()
    without = [page.name for page in world.corpus if page.name not in pages]
    return {
        "statements": say.count(int(pages.sum())).capitalize(),
        "with_it": say.count(len(pages)),
        "pages": say.count(len(world.corpus)),
        "most": pages.index[0] if len(pages) else "none",
        "part": say.part(pages.iloc[0] / pages.sum() if len(pages) else 0),
        "absent": f"None stands in the {say.listed(without)}" if without else "Each page has one",
        "page_share": len(pages) / max(1, len(world.corpus)),
        "summit": int(pages.get(world.name("001"), 0)),
    }
