"""Notebook 05: the electronics summit of 2020 beside the chip deal of 2023; what became of a sentence."""

import pandas as pd

from argument.findings import finding, promised, prose

SUMMIT, DEAL, PAPER = "001", "000", "004"  # the two pages compared; the newspaper that tells the summit again
SAID = prose(__name__)


def side_by_side(world, *aspects):
    """The two pages beside each other by these aspects of the reader's table."""
    table = world.table("chip_years").pivot(index="aspect", columns="year", values="value")
    return table.rename_axis(columns=None).loc[list(aspects)]


def signed(world, seed):
    """Who signs on a page, by level in its order, and on what."""
    rows = world.table("agreements").loc[lambda rows: (rows.signed_on_page == "yes") & (rows.seed == seed)]
    return list(rows.level.unique()), list(rows.topic.replace(promised.TOPICS).unique())


def named(world):
    """The commitments of the two pages, and how many of them name a sum, a deadline or someone who checks."""
    pages = [world.name(SUMMIT), world.name(DEAL)]
    return promised.named(world, "page", pages, ["money", "by when", "who checks"])


@finding(1, margin=lambda found: found["absent"] if found["fell"] and found["absent"] else -1, text=True)
def level(world):
    """Who signs on the two pages, on what, and whether the later one mentions the earlier."""
    (who, on), (later_who, later_on) = signed(world, SUMMIT), signed(world, DEAL)
    rows = world.table("chip_years").loc[lambda rows: (rows.aspect == "the other year") & (rows.seed == DEAL)]
    absent = [word for cell in rows.words_absent for word in cell.split(" | ")]
    text = "".join(page.text for page in world.corpus if page.id == DEAL)
    found = {"before": who, "electronics": on, "after": later_who, "chips": later_on}
    found["fell"] = "departments" in who and "departments" not in later_who and bool(later_who)
    return found | {"absent": 0 if any(word in text for word in absent) else len(absent)}


def aligned(world, *chains):
    """Wordings part by part: summit and newspaper in English and Chinese, and what became of each part."""
    there = ["", *(page.id for page in world.corpus)]  # "": no later wording
    rows = world.table("wording").loc[lambda rows: rows.chain.isin(chains) & rows.later_seed.isin(there)]
    return rows[list(SAID["columns"])].rename(columns=SAID["columns"])


@finding(2, margin=lambda found: found["dropped"] if found["both"] else -1)
def sentence(world):
    """What became of an official's sentence: its voice, its parts that stay and that are gone."""
    table, days = aligned(world, "ecosystem"), (world.day(PAPER) - world.day(SUMMIT)).days
    spoken = table.Chinese.str.contains("表示")
    both, parts = table["later Chinese"][spoken].str.contains("双方均").any(), table[~spoken]
    gone = parts.Chinese[parts.change == "dropped"]
    concrete = all(gone.str.contains(word).any() for word in ("配套", "补齐"))
    found = {"weeks": days // 7, "kept": (parts.change == "kept").sum(), "parts": parts, "gone": gone}
    return found | {"both": both, "dropped": len(gone) if concrete else -1}


@finding(3, margin=lambda found: -found["kept"] or (found["lost"] if found["before"] else -1))
def measures(world):
    """The summit's measures with a word for cooperating, and what the newspaper has of them."""
    table, words = aligned(world, "cooperation"), SAID["together"]
    table = table[table.Chinese.str.contains(words)]
    keeps = table["later Chinese"][table.change != "dropped"].str.contains(words)
    found = {"all": table, "repeated": keeps, "lost": (~keeps).sum(), "kept": keeps.sum()}
    return found | {"before": aligned(world, "fields")["later Chinese"].str.contains("深度合作").any()}


def lacks(world):
    """Where a page admits that something is missing: in English, by whom, on which page."""
    rows = world.table("complementarity").query("claim == 'deficit'")
    table = pd.DataFrame({"what": rows.english, "voice of": rows.voice.str.removeprefix("official of ")})
    return table.set_index(rows.seed.map(world.name).rename("page"))


def earlier(world):
    """Wordings of the newspaper that stand in an earlier publication, and when it came out."""
    rows = world.table("wording").query("change == 'earlier outside' and seed == @PAPER")
    table = pd.DataFrame({"words": rows.english, "date": rows.outside.map(world.facts.source_date)})
    return table.sort_values("date", kind="stable")
