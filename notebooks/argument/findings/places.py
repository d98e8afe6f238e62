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
TOGETHER = re.compile("牵手|合作|同奏")  # join hands, cooperation, play together
SPOKEN = "told as speech"
TWO = {"talent", "cooperation"}
SINCE = date(2024, 1, 1)
# When outside sources date two of the terms (x51, x52).
FIRST = {"新质生产力": "September 2023", "低空经济": "December 2023"}
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
                rows.append({"measure": measure, "place": one, **said, "beside": other, "ends after": end})
    return pd.DataFrame(rows).sort_values("ends after", ascending=False, kind="stable", ignore_index=True)


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
    "{one} writes of {first} in {firsts} statements, {other} of {second} in {seconds}, {hardly} of the "
    "other's subject; but those pages {titles} {second} in their titles.",
    "Over all readers, by statement and sentence, {first} is {first_range} in {place}, {second} "
    "{second_range} in {beside}. The shared pool of experts counts as information; as talent it would give "
    "{beside} {pool}.",
    "these two contrasts are harder to end than any other",
    lambda found: found["least"] - found["next"],
    {"codes"},
)
def stand_apart(world):
    """The two contrasts between places that end last, with their range over readers."""
    table = contrasts(world)
    (low, high), (one, other) = spread(world), list(table.head(2).itertuples())[:2]
    if one.measure != "talent":
        one, other = other, one

    def between(row):
        ends = (100 * bound[row.place][row.measure] for bound in (low, high))
        return say.between(*ends)

    shares = [int(row.less.split()[0]) / int(row.less.split()[2]) for row in (one, other)]
    words = {"one": f"{one.place}'s page", "other": f"the {other.place} pages", "place": one.place}
    words |= {"first": one.measure, "second": other.measure, "beside": other.place}
    words |= {"firsts": one.more, "seconds": other.more, "first_range": between(one)}
    words |= {"second_range": between(other), "hardly": "each hardly" if max(shares) < 0.1 else "each less"}
    words |= {"titles": "announce" if titled(world, other.place) else "may not announce"}
    crossed = (one.place, one.beside) == (other.beside, other.place) and {one.measure, other.measure} == TWO
    ends = table["ends after"].tolist() + [0, 0, 0]
    return (
        words
        | {"pool": either(world, other.place, "talent", "information services")}
        | {
            "least": ends[1] if crossed else -1,
            "next": ends[2],
        }
    )


def titled(world, place):
    """Whether all pages of a place have a word of acting together in their titles."""
    titles = [page.card["title"] for page in world.corpus if place_of(world, page.id) == place]
    return all(TOGETHER.search(title) for title in titles)


def either(world, place, *measures):
    """How many statements of a place have one of these measures, "8 of 103"."""
    rows = coded(world).query("place == @place")
    return f"{int(rows.measure.isin(measures).sum())} of {len(rows)}"


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
    "{pages} share {count} terms, among them {named}, that no page before {year} has: a mark of time rather "
    "than place.",
    "Exact counts of listed terms. Outside the pages one is dated to {first}, one taken up in {second} "
    f"([later reports, 2024]({FACTS})); the others may be chance.",
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
    english = shared.set_index("term").english
    words = {"pages": say.listed(new), "count": say.count(len(shared)), "year": SINCE.year}
    words |= {"named": say.listed(english[term] for term in dated) if dated else "none dated"}
    words |= {"first": FIRST["新质生产力"], "second": FIRST["低空经济"]}
    return words | {"terms": shared.term.tolist(), "dated": dated}


def spoken(world):
    """The measures that are told as speech: after the first verb of speaking of their paragraph."""
    rows = coded(world)
    first = rows.groupby(["seed", "article", "para"]).start.transform("min")
    ends = zip(rows.seed, first, rows.end, strict=True)
    said = [SPEAKS.search(world.corpus[seed].text, start, end) is not None for seed, start, end in ends]
    return rows[said].query("measure != 'none'")


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
    "{wujin} measures on Wujin's page are appeals, {spoken} a leader's words; of {told} told as speech on "
    "Shanghai's page {shanghai} appeals too, so the kind of text may explain it.",
    "In part by rule: the codebook takes what a speaker announces for an appeal unless others have agreed. "
    "In Sichuan–Chongqing {other} are, by reader {other_range}. By automatic coder {wujin_rule} in Wujin, "
    "{by_rule} in Shanghai.",
    "more than half of Wujin's measures and of Shanghai's spoken ones are appeals",
    lambda found: min(found["shares"]) - 0.5,
    {"codes"},
)
def soft(world):
    """How many of Wujin's measures, and of the measures that Shanghai's page tells as speech, are appeals."""
    table = appeals(world).reindex(PLACES.values(), fill_value=0)
    others = {
        reader: appeals(world.read_by(reader)).reindex(PLACES.values()) for reader in ("A", "B", "rule")
    }

    def part(of, place, kind=SPOKEN):
        return of[f"{kind}: appeals"][place] / of[kind][place] if of[kind][place] else 0.0

    wujin, shanghai = part(table, "Wujin", "measures"), part(table, "Shanghai")
    ends = [100 * part(other, "Sichuan–Chongqing") for other in others.values()]
    words = {"wujin": {"all": "All"}.get(say.part(wujin), f"{say.part(wujin)} of the").capitalize()}
    words |= {"spoken": f"{say.count(table[SPOKEN]['Wujin'])} of {say.count(table.measures['Wujin'])}"}
    words |= {"told": say.count(table[SPOKEN]["Shanghai"]), "shanghai": f"{say.part(shanghai)} are"}
    words |= {"other": _of(table, "Sichuan–Chongqing"), "other_range": say.between(min(ends), max(ends))}
    words |= {
        "by_rule": _of(others["rule"], "Shanghai"),
        "wujin_rule": _of(others["rule"], "Wujin", "measures"),
    }
    return words | {"shares": [wujin, shanghai]}


def _of(table, place, kind=SPOKEN):
    return f"{say.plain(table[f'{kind}: appeals'][place])} of {say.plain(table[kind][place])}"


def least_p(world):
    """The least p that a test of one place against the rest can reach: one over the ways to draw pages."""
    where = pages(world).place
    return {p: 1 / len(list(combinations(where, n))) for p, n in where.value_counts().items()}
