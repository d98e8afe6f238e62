"""Notebook 05: the electronics summit of 2020 beside the chip deal of 2023; what became of a sentence."""

import pandas as pd

from argument import say
from argument.findings import finding, promised

SUMMIT, DEAL, PAPER = "001", "000", "004"  # the two pages compared; the newspaper that tells the summit again
POSTS = ("副厅长", "副主任")  # deputy director-general of a department, deputy director of a commission
RANK = "二级巡视员"  # second-class inspector: a rank of officials
TOGETHER = ("合作", "协作", "共建", "共同")  # cooperation, working together, building together, jointly


def side_by_side(world, *aspects):
    """The two pages aspect by aspect: those named, or all in the order of the reader's table."""
    rows = world.table("chip_years")
    table = rows.pivot(index="aspect", columns="year", values="value").rename_axis(columns=None)
    return table.loc[[one for one in aspects or dict.fromkeys(rows.aspect) if one in table.index]]


def signed(world, seed):
    """Who signs on a page, by level in its order, and on what."""
    rows = world.table("agreements").query("signed_on_page == 'yes' and seed == @seed")
    return list(dict.fromkeys(rows.level)), [
        promised.TOPICS.get(one, one) for one in dict.fromkeys(rows.topic)
    ]


def named(world):
    """The commitments of the two pages, and how many of them name a sum, a deadline or someone who checks."""
    table = promised.commitments(world)
    parts = ["money", "by when", "who checks"]
    pages = [world.name(SUMMIT), world.name(DEAL)]
    counts = (table[parts] != "").groupby(table.page).sum().reindex(pages, fill_value=0)
    counts.insert(0, "commitments", table.page.value_counts().reindex(pages, fill_value=0))
    return counts.rename_axis("page")


@finding(
    "05",
    1,
    "who signs",
    "In 2020 {before} signed on {electronics}. In 2023 only {after} signed, on {chips}, and their page "
    "{mention} the Yibin summit.",
    "Two pages, two events. In 2023 {officials}. What a news page leaves out, the signed paper may hold.",
    "departments sign on the earlier page and not on the later, which has no word on the earlier agreement",
    lambda found: found["absent"] if found["level_fell"] and found["absent"] else -1,
    {"text", "agreements", "chip_years"},
)
def level(world):
    """Who signs on the two pages, on what, and whether the later one mentions the earlier."""
    text = {page.id: page.text for page in world.corpus}
    before, after = signed(world, SUMMIT), signed(world, DEAL)
    rows = world.table("chip_years").query("aspect == 'the other year' and seed == @DEAL")
    absent = [word for cell in rows.words_absent for word in cell.split(" | ") if word]
    there = [word for word in absent if word in text.get(DEAL, "")]
    ranked = RANK in text.get(DEAL, "") and not any(post in text.get(DEAL, "") for post in POSTS)
    return {
        "before": say.listed(before[0] or ["nobody"]),
        "electronics": say.listed(before[1] or ["nothing"]),
        "after": say.listed(after[0] or ["nobody"]),
        "chips": say.listed(after[1] or ["nothing"]),
        "officials": "an official of each department is quoted, by rank and without a post"
        if ranked
        else "officials are quoted",
        "mention": "mentions" if there else "has no word on",
        "level_fell": "departments" in before[0] and "departments" not in after[0] and bool(after[0]),
        "absent": len(absent) if not there else 0,
    }


def aligned(world, *chains):
    """Wordings part by part: summit and newspaper in English and Chinese, and what became of each part."""
    rows = world.table("wording").query("chain in @chains")
    made = {"summit": rows.english, "newspaper": rows.later_english, "change": rows.change}
    return pd.DataFrame(made | {"Chinese": rows.quote, "later Chinese": rows.later_quote}, index=rows.index)


@finding(
    "05",
    2,
    "a sentence changes its voice",
    "What one official says on the summit page is, {weeks} weeks later in a newspaper, the view of {voice}, "
    "{gone}.",
    "Compared character by character: {kept} of {parts} parts are unchanged. Supply stands elsewhere in the "
    "article, gaps in the chain nowhere. Who took from whom is unknown.",
    "the voice is another one, and mutual supply and the filling of the chain are gone",
    lambda found: found["dropped"] if found["voice"] == "both sides" else -1,
    {"wording"},
)
def sentence(world):
    """What became of an official's sentence: its voice, its parts that stay and that are gone."""
    table, days = (
        aligned(world, "ecosystem"),
        [world.base[seed].card["published"] for seed in (SUMMIT, PAPER)],
    )
    voice, parts = table[table.Chinese.str.contains("表示")], table[~table.Chinese.str.contains("表示")]
    gone = parts[parts.change == "dropped"]
    concrete = gone.Chinese.str.contains("配套").any() and gone.Chinese.str.contains("补齐").any()
    return {
        "weeks": say.count((days[1] - days[0]).days // 7),
        "voice": "both sides" if voice["later Chinese"].str.contains("双方均").any() else "the same official",
        "kept": say.count(int((parts.change == "kept").sum())),
        "parts": say.count(len(parts)),
        "gone": f"shorter by {say.count(len(gone))} clauses: on supplying each other and on gaps in the chain"
        if concrete
        else "with supply and chain still there",
        "dropped": len(gone) if concrete else -1,
    }


@finding(
    "05",
    3,
    "one cooperation for all",
    "Of {all} measures of cooperation the newspaper names {repeated}, {ending}. They {lose} their own words "
    "for cooperating; {head}.",
    "The words are 合作, 协作 and 共建 (cooperate, work and build together). An open list shows nothing "
    "dropped; the summit page has “deep cooperation” too, for its fields.",
    "no measure that the newspaper names keeps its word for cooperating, and one word stands before the list",
    lambda found: -found["kept"] or (found["lost"] if found["before"] else -1),
    {"wording"},
)
def measures(world):
    """The summit's measures with a word for cooperating, and what the newspaper has of them."""
    table, frame = aligned(world, "cooperation"), aligned(world, "fields")
    words = "|".join(TOGETHER)
    table = table[table.Chinese.str.contains(words)]
    later = table[table.change != "dropped"]["later Chinese"]
    kept = int(later.str.contains(words).sum())
    before, open_list = frame["later Chinese"].str.contains("深度合作").any(), later.str.endswith("等").any()
    return {
        "all": say.count(len(table)),
        "repeated": say.count(len(later)),
        "ending": "then writes “and others”" if open_list else "and no more",
        "lose": "lose" if not kept else "partly keep",
        "head": "one “deep cooperation” stands before them all" if before else "nothing stands for them",
        "before": bool(before),
        "lost": len(later) - kept,
        "kept": kept,
    }


def lacks(world):
    """Where a page admits that something is missing: in English, by whom, on which page."""
    rows = world.table("complementarity").query("claim == 'deficit'")
    voices = rows.voice.str.removeprefix("official of ")
    return pd.DataFrame({"what": rows.english, "voice of": voices}).set_index(
        rows.seed.map(world.name).rename("page")
    )


def earlier(world):
    """Wordings of the newspaper that stand in an earlier publication: which, and when it came out."""
    rows = world.table("wording").query("change == 'earlier outside' and seed == @PAPER")
    facts = world.table("external_facts").set_index("id")
    made = {"words": rows.english, "publisher": rows.outside.map(facts.publisher)}
    table = pd.DataFrame(made | {"date": rows.outside.map(facts.source_date)})
    return table.sort_values("date", kind="stable")
