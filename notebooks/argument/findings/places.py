"""Notebook 08: what the pages of each place name most; whether place, kind of text or year explains it."""

from itertools import permutations, product
from math import ceil, comb

import pandas as pd

from argument import worlds
from argument.findings import finding, prose, spans

SAID = prose(__name__)
PLACES, MEASURES, WORDS, FIRST = (SAID[name] for name in ("places", "measures", "words", "first"))
SPOKEN = "told as speech"


def pages(world):
    """The pages in order of date: place, its level, year, kind of text, statements."""
    seeds = pd.Series([page.id for page in world.dated])
    region = seeds.map(lambda seed: world.base[seed].card["region"])
    table = {"page": seeds.map(world.name), "place": region.map(PLACES), "level": region.map(SAID["levels"])}
    table |= {"published": seeds.map(world.day), "kind of text": seeds.map(SAID["kinds"])}
    return pd.DataFrame(table | {"statements": seeds.map(world.codes.seed.value_counts())})


@worlds.once
def coded(world):
    """The statements with the place of their page, a short name of their measure, and their text."""
    rows, texts = world.codes, [span.text for span in spans(world, world.codes)]
    where = rows.seed.map(lambda seed: PLACES[world.base[seed].card["region"]])
    return rows.assign(place=where, measure=rows.instrument.replace(MEASURES), text=texts)


def counts(world):
    """Statements by measure and place; "none" is a statement without a measure."""
    return coded(world).groupby(["measure", "place"]).size().unstack(fill_value=0).rename_axis(columns=None)


def turns(more, of_more, less, of_less):
    """How many statements must be read otherwise, on one side, until the larger share is larger no more."""
    return min(ceil(more - less * of_more / of_less), ceil(more * of_less / of_more - less))


def contrasts(world):
    """Each measure in each two places: counts, and how many statements must be read otherwise to end it."""
    table, rows = counts(world), []
    whole = table.sum()
    for measure, (one, other) in product(table.index.drop("none"), permutations(table, 2)):
        more, less = table[one][measure], table[other][measure]
        if more / whole[one] > less / whole[other]:
            end = turns(more, whole[one], less, whole[other])
            rows.append((measure, one, f"{more} of {whole[one]}", f"{less} of {whole[other]}", other, end))
    table = pd.DataFrame(rows, columns=SAID["contrasts"])
    return table.sort_values("statements to change", ascending=False, kind="stable", ignore_index=True)


def spread(world):
    """The least and most share of each measure over readers A, B and the rule, by statement and sentence."""
    choices = product(("A", "B", "rule"), ("statement", "sentence"))
    tables = [counts(world.read_by(*choice)) for choice in choices]
    shares = pd.concat([table / table.sum() for table in tables], axis=1).fillna(0).sort_index()
    by_place = shares.T.groupby(level=0)
    return by_place.min().T, by_place.max().T


def tally(held, places):
    """By place how many of how many: "8 of 45"."""
    return held.groupby(places).agg(lambda own: f"{own.sum()} of {own.size}")


@finding(1, margin=lambda found: found["least"] - found["next"])
def stand_apart(world):
    """The two contrasts between places that end last, and how little the words alone tell of them."""
    table, rows = contrasts(world), coded(world)
    table["named"] = table.measure.replace(SAID["long"])
    one, other = sorted(table.head(2).itertuples(), key=lambda row: row.measure != "talent")
    crossed = (one.measure, other.measure) == ("talent", "cooperation")
    crossed &= (one.place, one.beside) == (other.beside, other.place)
    found = {"one": one, "other": other}
    found["once"] = lambda: otherwise(world)[one.place]["one college told once"]
    parts = {word: 100 * rows.text.str.contains(word).groupby(rows.place).mean() for word in WORDS}
    found["said"] = {word: part[[one.place, other.place]].tolist() for word, part in parts.items()}
    ends = table["statements to change"]
    return found | {"least": ends[1] if crossed else -1, "next": ends[2]}


def words_said(world):
    """In how many statements of each place each of the two words stands, "8 of 45"."""
    rows = coded(world)
    found = {word: tally(rows.text.str.contains(word), rows.place) for word in WORDS}
    return pd.DataFrame({"English": WORDS}).join(pd.DataFrame(found).T).rename_axis("word")


def otherwise(world):
    """Statements on talent by place: as coded; one college told once; the pool of experts as talent."""
    rows = coded(world)
    talent, pool = rows.measure == "talent", rows.measure.isin(["talent", "information services"])
    college = talent & (rows.place == "Shanghai") & rows.text.str.contains(SAID["college"])
    once = ~(college & college.duplicated())
    table = {"as coded": talent, "one college told once": talent[once]}
    table["the shared pool of experts as talent"] = pool
    table = {name: tally(held, rows.place) for name, held in table.items()}
    return pd.DataFrame(table).T.rename_axis(index="counted", columns=None)


def terms(world, *groups):
    """How often each term of these groups, or of all, stands on each page, in order of date."""
    rows = world.table("terms")
    rows = rows[rows.group.isin(groups or rows.group)].reset_index(drop=True)
    found = {page.name: rows.term.map(page.text.count) for page in world.dated}
    return rows[["term", "english"]].assign(**found)


@finding(2, margin=lambda found: len(found["dated"]) - 0.5, text=True)
def of_a_time(world):
    """The terms that the pages of 2024 and 2025 share, of different places, and that no older page has."""
    years, table = pd.Series({page.name: world.day(page.id).year for page in world.dated}), terms(world)
    old, new = years[years < 2024], years[years >= 2024]
    shared = table[(table[new.index] > 0).all(axis=1) & (table[old.index] == 0).all(axis=1)]
    english = shared.set_index("term").english
    dated = [term for term in FIRST if term in english] if len(new) > 1 else []
    others = english.index.drop(dated)
    found = {"dated": dated, "named": english[dated], "others": others, "terms": [*dated, *others]}
    return found | {"listed": len(table), "years": new.astype(str).unique()}


def spoken(world):
    """The measures that are told as speech: after the first verb of speaking of their paragraph."""
    rows = coded(world)
    first = rows.groupby(["seed", "article", "para"]).start.transform("min")
    so_far = pd.Series([span.text for span in spans(world, rows.assign(start=first))])
    said = so_far.str.contains(SAID["speaks"]) & ~rows.text.str.startswith(SAID["own_slogan"])
    return rows[said & (rows.measure != "none")]


def appeals(world):
    """Measures by place: all, those told as speech, and how many of either are appeals."""
    columns, measures = {}, coded(world).loc[lambda rows: rows.measure != "none"]
    for name, rows in {"measures": measures, SPOKEN: spoken(world)}.items():
        columns[name] = rows.place.value_counts()
        columns[f"{name}: appeals"] = rows.place[rows.firmness == "exhortation"].value_counts()
    return pd.DataFrame(columns, index=sorted(PLACES.values())).fillna(0).astype(int).rename_axis("place")


@finding(3, margin=lambda found: min(found["shares"]) - 0.5)
def soft(world):
    """How many of Wujin's measures, and of the measures that Shanghai's page tells as speech, are appeals."""
    said = appeals(world)
    asked = (("measures", "Wujin"), (SPOKEN, "Shanghai"))
    wujin, shanghai = (said[f"{kind}: appeals"][place] / max(1, said[kind][place]) for kind, place in asked)
    found = {"said": said, "ruled": lambda: appeals(world.read_by("rule")), "shares": (wujin, shanghai)}
    found |= {"wujin": "only" if wujin == 1 else "mostly", "shanghai": "" if shanghai == 1 else "most of "}
    return found | {"slogans": said["measures"]["Wujin"] - said[SPOKEN]["Wujin"]}


def least_p(world):
    """The least p that a test of one place against the rest can reach: one over the ways to draw pages."""
    return {place: 1 / comb(len(world.corpus), n) for place, n in pages(world).place.value_counts().items()}
