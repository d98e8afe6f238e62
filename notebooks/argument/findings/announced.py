"""Notebook 01: what each page announces on chips: how firm, by whom, on which step of the chain."""

import pandas as pd

from argument import comparing, say
from argument.findings import finding

# From soft to firm: a speaker's word; out for comment; between parties; put out by an office; opened, set up.
STATUSES = dict(speech="speech", draft="draft", signed="signed", issued="issued", in_place="in place")
NOUNS = dict(speech="appeal", draft="draft", signed="signature", issued="plan", in_place="thing in place")
ACTORS = {"city department": "a city office", "district": "a district", "departments": "departments"}
GOVERNMENT = list(ACTORS)
ACTORS |= {"universities": "universities", "park": "a park", "firm": "a firm", "firms": "firms"}
ACTORS |= {"associations": "associations"}
# No step or several at once, then the steps of making a chip, then other fields.
STEPS = dict(whole_chain="no single step", design="design", eda_ip="design software")
STEPS |= dict(materials="materials", equipment="equipment")
STEPS |= dict(fabrication="fabrication", packaging_test="packaging and test", photonics="silicon photonics")
STEPS |= dict(compound_semiconductors="compound semiconductors", automotive="chips for cars")
STEPS |= dict(ai_compute="AI computing", terminals_systems="devices")


def announcements(world):
    """The ten announcements, the firmest first."""
    rows = world.table("announcements").query("main == 'yes'")
    words = rows.status_reason.str.extract(r"([^:;]+)(?=:|$)")[0].str.strip()  # the word that decides
    made = {"what": rows.label, "who": rows.who_en, "how firm": rows.legal_status.map(STATUSES)}
    made |= {"the page's word": words, "page": rows.seed.map(world.name)}
    table = pd.DataFrame(made | {"status": rows.legal_status, "level": rows.level})
    order = table.status.map(list(STATUSES).index).sort_values(ascending=False, kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def by_actor(world):
    """How many announcements of each status there are, by who acts: government bodies first."""
    table = announcements(world)
    counts = pd.crosstab(table.level, table["how firm"]).reindex(columns=STATUSES.values(), fill_value=0)
    counts = counts.loc[[level for level in ACTORS if level in counts.index]].rename(ACTORS)
    return counts.rename_axis("who acts").rename_axis(columns=None)


@finding(
    "01",
    1,
    "chips in place",
    "{in_place} of {all} announcements on chips are in place: {owners}. Government bodies contribute "
    "{governments}.",
    "Which ten, and how firm, is one reader's table. The firm, CUMEC, was built by Chongqing with a state "
    "group, and science departments helped to fund its chip.",
    "what is in place comes from no government body",
    lambda found: -found["by_government"] or found["by_others"],
    {"announcements"},
)
def in_place(world):
    """What is in place and whose it is; what government bodies announce."""
    table = announcements(world)
    governed, placed = table.level.isin(GOVERNMENT), table.status == "in_place"
    own = [ACTORS[level] for level in dict.fromkeys(table[placed].level)]
    told = [
        f"{say.count(number) if number > 1 else 'a'} {NOUNS[status]}{'s' * (number > 1)}"
        for status, number in table[governed].status.value_counts(sort=False).items()
    ]
    return {
        "in_place": say.count(int(placed.sum())).capitalize(),
        "all": say.count(len(table)),
        "owners": f"those of {say.listed(own)}" if own else "nobody's",
        "governments": say.listed(told) if told else "nothing",
        "by_government": int((governed & placed).sum()),
        "by_others": int((~governed & placed).sum()),
    }


def measures(world):
    """The statements that hold a measure and are about chips by name."""
    return world.codes.query("instrument != 'none' and chips == 'yes'")


def steps(world):
    """Measures on chips by step of the chain: as decided, and by reader A, reader B and the rule."""
    readers = {"agreed": "decided", "A": "reader A", "B": "reader B", "rule": "the rule"}
    counts = {name: measures(world.read_by(one)).value_chain.value_counts() for one, name in readers.items()}
    return pd.DataFrame(counts).reindex(STEPS).fillna(0).astype(int).rename(STEPS).rename_axis("step")


@finding(
    "01",
    2,
    "no single step",
    "{whole} of {all} measures on chips address no single step of the value chain. The main exception is "
    "{step}: {who} opened a process to customers and designed an AI chip.",
    "{low} to {high} percent for reader A, reader B and the rule, by statements or by sentences. To the rule "
    "AI computing is named as often as photonics.",
    "more than half of the measures name no single step, and no step is named more than photonics",
    lambda found: found["share"] - 0.5 if found["step"] == STEPS["photonics"] else -1,
    {"codes", "announcements"},
)
def whole_chain(world):
    """How many measures on chips name no single step, which step is named most, and by whom."""

    def share(told):
        return float((measures(told).value_chain == "whole_chain").mean()) if len(measures(told)) else 0.0

    chain, rows = (
        measures(world).value_chain,
        world.table("announcements").query("value_chain == 'photonics'"),
    )
    named = chain[chain != "whole_chain"].value_counts()
    most = max(named.index, key=lambda one: (named[one], one == "photonics"), default="none")
    spread = comparing.spread(world, share)
    return {
        "whole": int((chain == "whole_chain").sum()),
        "all": len(chain),
        "share": share(world),
        "step": STEPS.get(most, "none"),
        "who": "the Chongqing centre CUMEC" if rows.who_en.str.contains("CUMEC").any() else "nobody",
        "low": round(100 * spread["low"]),
        "high": round(100 * spread["high"]),
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
    "{statements} statements on {with_it} of {pages} pages speak of China's own technology, {part} of them "
    "in the {most}. {absent}.",
    "Reader A and reader B found the same statements. Two of them are about one firm's own process, 自主工艺 "
    "(independent process).",
    "more than half of the pages have such statements, the summit page has none",
    lambda found: -found["summit"] or found["page_share"] - 0.5,
    {"codes"},
)
def self_reliance(world):
    """The statements that name the country's own technology: how many, and on which pages."""
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
