"""Notebook 08: what the pages of each place name most; whether place, kind of text or year explains it."""

import re
from datetime import date
from itertools import combinations, permutations, product
from math import ceil

import pandas as pd

from argument import say
from argument.findings import finding

PLACES = {"川渝": "Sichuan–Chongqing", "上海": "Shanghai", "常州": "Wujin"}
KINDS = {
    "000": "news of an agreement",
    "001": "news of a summit",
    "002": "a blogger's round-up",
    "003": "news of a leader's visit",
    "004": "newspaper reports",
}
LEVELS = {"Sichuan–Chongqing": "two of province rank", "Shanghai": "province rank", "Wujin": "a district"}
# Short names of the measures of the codebook that the notebook speaks of.
MEASURES = {
    "cooperation_governance": "cooperation",
    "talent": "talent",
    "goals_planning": "goals",
    "rd_support": "research",
    "information_services": "information services",
    "clusters_ecosystem": "clusters",
}
# What a sentence says instead of the two names, and the words that a reader might count for them.
LONG = {
    "talent": "training or rewarding people",
    "cooperation": "cooperation between authorities or associations",
}
WORDS = {"合作": "cooperation", "人才": "talent, skilled people"}
# The page on Shanghai on one college and its firm, from the heading to the head of the college.
COLLEGE = re.compile(r"学院,再[+＋]1|东海|双方|共同搭建起人才培养")
OWN_SLOGAN = "以“芯”赛道抢占"  # among a leader's words, but the page's own: the city used it before (x18)
SPOKEN = "told as speech"
TWO = {"talent", "cooperation"}
SINCE = date(2024, 1, 1)
# When outside sources date two of the terms (x51, x52).
FIRST = {"新质生产力": "September 2023", "低空经济": "December 2023"}
HOW_FIRST = {"新质生产力": "first used in", "低空经济": "taken up in"}
FACTS = "../seeds/ledgers/external_facts.tsv"
# From one of these on a paragraph reports speech; 相关介绍 is the firms' presentation, a noun.
SPEAKS = re.compile("表示|指出|强调|认为|(?<!相关)介绍|勉励|说[,:道]|说。")


def place_of(world, seed):
    """The place that a page is about."""
    return PLACES[world.base[seed].card["region"]]


def pages(world):
    """The pages in order of date: place, its level, year, kind of text, statements."""
    rows = [
        {
            "page": page.name,
            "place": place_of(world, page.id),
            "level": LEVELS[place_of(world, page.id)],
            "published": page.card["published"],
            "kind of text": KINDS[page.id],
            "statements": int((world.codes.seed == page.id).sum()),
        }
        for page in world.corpus
    ]
    return pd.DataFrame(rows).sort_values("published", ignore_index=True)


def coded(world):
    """The statements with the place of their page and a short name of their measure."""
    where = [place_of(world, seed) for seed in world.codes.seed]
    return world.codes.assign(place=where, measure=world.codes.instrument.replace(MEASURES))


def counts(world):
    """Statements by measure and place; "none" is a statement without a measure."""
    rows = coded(world)
    return pd.crosstab(rows.measure, rows.place).rename_axis(index="measure", columns=None)


def turns(more, of_more, less, of_less):
    """How many statements must be read otherwise, on one side, until the larger share is larger no more."""
    return min(ceil(more - less * of_more / of_less), ceil(more * of_less / of_more - less))


def contrasts(world):
    """Each measure in each two places: counts, and how many statements must be read otherwise to end it."""
    table, rows = counts(world), []
    whole = table.sum()
    for measure in table.index.drop("none", errors="ignore"):
        for one, other in permutations(table.columns, 2):
            more, less = table[one][measure], table[other][measure]
            if more / whole[one] > less / whole[other]:
                said = {"more": f"{more} of {whole[one]}", "less": f"{less} of {whole[other]}"}
                end = turns(more, whole[one], less, whole[other])
                row = {"measure": measure, "place": one, **said, "beside": other, "statements to change": end}
                rows.append(row)
    return pd.DataFrame(rows).sort_values(
        "statements to change", ascending=False, kind="stable", ignore_index=True
    )


def most_named(world):
    """The measure or measures that each place's pages name most."""
    table = counts(world).drop("none", errors="ignore")
    return {place: list(table.index[table[place] == table[place].max()]) for place in table}


def spread(world):
    """The least and most share of each measure over readers A, B and the rule, by statement and sentence."""
    others = [world.read_by(*choice) for choice in product(("A", "B", "rule"), ("statement", "sentence"))]
    shares = [counts(other) / counts(other).sum() for other in others]
    stacked = pd.concat(shares, keys=range(len(shares)), names=["reading"]).fillna(0)
    full = stacked.unstack("measure").fillna(0).stack("measure", future_stack=True)
    return full.groupby("measure").min(), full.groupby("measure").max()


@finding(
    "08",
    1,
    "talent and cooperation",
    "In {firsts} {one} statements the main measure is {first}; in {seconds} on {other} it is {second}.",
    "One main measure a statement; a school with a firm counts as talent. With one college told once it is "
    "{once}. The words tell less: 合作, cooperation, is in {together} percent of statements, 人才, talent, "
    "in {people}.",
    "these two contrasts are harder to end than any other",
    lambda found: found["least"] - found["next"],
    {"codes"},
)
def stand_apart(world):
    """The two contrasts between places that end last, and how little the words alone tell of them."""
    table, said = contrasts(world), words_said(world)
    one, other = list(table.head(2).itertuples())[:2]
    if one.measure != "talent":
        one, other = other, one
    words = {"one": one.place, "other": other.place, "firsts": one.more, "seconds": other.more}
    words |= {name: LONG.get(row.measure, row.measure) for name, row in (("first", one), ("second", other))}
    for name, word in (("together", "合作"), ("people", "人才")):
        parts = [said[place][word].split(" of ") for place in (one.place, other.place)]
        words[name] = " and ".join(f"{100 * int(some) / int(whole):.0f}" for some, whole in parts)
    crossed = (one.place, one.beside) == (other.beside, other.place) and {one.measure, other.measure} == TWO
    ends = table["statements to change"].tolist() + [0, 0, 0]
    words["once"] = otherwise(world)[one.place]["one college told once"]
    return words | {"least": ends[1] if crossed else -1, "next": ends[2]}


def words_said(world):
    """In how many statements of each place each of the two words stands, "8 of 45"."""
    rows = coded(world)
    texts = [world.corpus[row.seed].text[row.start : row.end] for row in rows.itertuples()]
    found = {
        word: {
            place: f"{sum(word in texts[k] for k in part)} of {len(part)}"
            for place, part in rows.groupby("place").groups.items()
        }
        for word in WORDS
    }
    table = pd.DataFrame(found).T.rename_axis("word")
    table.insert(0, "English", table.index.map(WORDS))
    return table


def otherwise(world):
    """Statements on talent by place: as coded; one college told once; the pool of experts as talent."""
    rows = coded(world)
    talent, pool = rows.measure == "talent", rows.measure.isin(["talent", "information services"])
    texts = pd.Series([world.corpus[row.seed].text[row.start : row.end] for row in rows.itertuples()])
    college = talent & (rows.place == "Shanghai") & texts.str.contains(COLLEGE)
    again = college & college.duplicated()
    choices = {
        "as coded": (talent, rows),
        "one college told once": (talent, rows[~again]),
        "the shared pool of experts as talent": (pool, rows),
    }
    table = {
        name: {place: f"{int(of[part.index].sum())} of {len(part)}" for place, part in kept.groupby("place")}
        for name, (of, kept) in choices.items()
    }
    return pd.DataFrame(table).T.rename_axis("counted")


def titles(world):
    """The titles of the pages in order of date, with their English."""
    dated = sorted(world.corpus, key=lambda page: page.card["published"])
    rows = [(page.name, page.card["title"], page.card["title_en"].split(" (")[0]) for page in dated]
    return pd.DataFrame(rows, columns=["page", "title", "English"])


def terms(world, *groups):
    """How often each term of these groups stands on each page, in order of date."""
    rows = world.table("terms")
    rows = rows[rows.group.isin(groups)]
    dated = sorted(world.corpus, key=lambda page: page.card["published"])
    found = {page.name: [page.text.count(term) for term in rows.term] for page in dated}
    return pd.DataFrame({"term": rows.term, "english": rows.english, **found}).reset_index(drop=True)


@finding(
    "08",
    2,
    "terms of a time",
    "{slogans} these pages: {named} {stand} on those of {years} only.",
    "Exact counts. One was first used in {first}, the other taken up in {second} "
    f"([later reports, 2024]({FACTS})). Of {{listed}} listed terms {{others}} more stand on just these "
    "pages, undated.",
    "at least one shared term that is known to be younger than the older pages",
    lambda found: len(found["dated"]) - 0.5,
    {"text", "terms"},
)
def of_a_time(world):
    """The terms that the pages of 2024 and 2025 share, of different places, and that no older page has."""
    order = pages(world)
    new = order[order.published >= SINCE].page.tolist()
    table = terms(world, "year", "both", "topic", "place", "self_reliance")
    old = [page for page in order.page if page not in new]
    shared = table[(table[new] > 0).all(axis=1) & (table[old] == 0).all(axis=1)]
    dated = [term for term in FIRST if term in set(shared.term)] if len(new) > 1 else []
    english, many = shared.set_index("term").english, len(dated) != 1
    words = {"slogans": f"{say.count(len(dated)).capitalize()} slogan{'s date' if many else ' dates'}"}
    words |= {"stand": "stand" if many else "stands", "listed": len(table)}
    words |= {"named": say.listed(english[term] for term in dated) if dated else "none dated"}
    years = dict.fromkeys(str(day.year) for day in order.published if day >= SINCE)
    words |= {"years": say.listed(years) if years else "no year"}
    words |= {"first": FIRST["新质生产力"], "second": FIRST["低空经济"]}
    words |= {"others": say.count(len(shared) - len(dated))}
    return words | {"terms": [*dated, *(term for term in shared.term if term not in dated)], "dated": dated}


def spoken(world):
    """The measures that are told as speech: after the first verb of speaking of their paragraph."""
    rows = coded(world)
    first = rows.groupby(["seed", "article", "para"]).start.transform("min")
    ends = zip(rows.seed, first, rows.end, strict=True)
    said = [SPEAKS.search(world.corpus[seed].text, start, end) is not None for seed, start, end in ends]
    own = [world.corpus[row.seed].text.startswith(OWN_SLOGAN, row.start) for row in rows.itertuples()]
    return rows[pd.Series(said, rows.index) & ~pd.Series(own, rows.index)].query("measure != 'none'")


def appeals(world):
    """Measures by place: all, those told as speech, and how many of either are appeals."""
    rows = coded(world).query("measure != 'none'")
    parts = {"measures": rows, SPOKEN: spoken(world)}
    table = pd.DataFrame()
    for name, part in parts.items():
        table[name] = part.groupby("place").size()
        table[f"{name}: appeals"] = part[part.firmness == "exhortation"].groupby("place").size()
    return table.fillna(0).astype(int).rename_axis("place")


@finding(
    "08",
    3,
    "speech is appeal",
    "Wujin's page {wujin}. But it reports a speech, and {shanghai} Shanghai's page reports as speech exhorts "
    "too.",
    "{all} statements of policy in Wujin, {slogans} of them slogans; {told} told as speech in Shanghai; in "
    "Sichuan–Chongqing {west} are appeals. In part by rule: the codebook takes what a speaker announces for "
    "an appeal. The automatic coder finds {by_rule} and {shanghai_rule} appeals.",
    "more than half of Wujin's measures and of Shanghai's spoken ones are appeals",
    lambda found: min(found["shares"]) - 0.5,
    {"codes"},
)
def soft(world):
    """How many of Wujin's measures, and of the measures that Shanghai's page tells as speech, are appeals."""
    table = appeals(world).reindex(PLACES.values(), fill_value=0)
    rule = appeals(world.read_by("rule")).reindex(PLACES.values(), fill_value=0)

    def part(place, kind=SPOKEN):
        return table[f"{kind}: appeals"][place] / table[kind][place] if table[kind][place] else 0.0

    wujin, shanghai = part("Wujin", "measures"), part("Shanghai")
    words = {"wujin": {1: "only exhorts"}.get(wujin, "mostly exhorts" if wujin > 0.5 else "seldom exhorts")}
    words["shanghai"] = {1: "what"}.get(shanghai, "most of what" if shanghai > 0.5 else "little of what")
    words["all"] = say.count(table.measures["Wujin"]).capitalize()
    words["slogans"] = say.count(table.measures["Wujin"] - table[SPOKEN]["Wujin"])
    words["told"] = say.count(table[SPOKEN]["Shanghai"])
    words["west"] = _of(table, "Sichuan–Chongqing")
    words |= {"by_rule": _of(rule, "Wujin", "measures"), "shanghai_rule": _of(rule, "Shanghai")}
    return words | {"shares": [wujin, shanghai]}


def _of(table, place, kind=SPOKEN):
    return f"{say.plain(table[f'{kind}: appeals'][place])} of {say.plain(table[kind][place])}"


def least_p(world):
    """The least p that a test of one place against the rest can reach: one over the ways to draw pages."""
    where = pages(world).place
    return {p: 1 / len(list(combinations(where, n))) for p, n in where.value_counts().items()}
