"""The headline findings of notebooks 01 to 09, each as numbers computed in a `World` and a statement about them.

`HEADLINES` has two functions for each id of data/headlines.tsv: one from a world to a dict of numbers, one from these numbers to
True or False. A number whose name stands in brackets is only what the statement compares with: whether it moves is not asked.
"""

import math
import re
from functools import lru_cache
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd

from chipnotes import compare
from chipnotes.codebook import code_list
from chipnotes.paths import read_data
from chipnotes.survive import TOLERANCE, shared, verdict

WEST = ("000", "001", "004")
PLACES = {"000": "川渝", "001": "川渝", "004": "川渝", "002": "上海", "003": "武进"}
BODIES = ("government", "association", "company", "university", "institute", "platform", "park", "fund")
# Rules that stand in for a hand table where the world has no hand: verbs of acts, of signing, of speech, of examining.
ACTS = "签约|签订|签署|启动|成立|举行|召开|印发|发布|揭牌|上线|开设|获批|申报|组建|达成|走访"
SIGNS = "签约|签订|签署"
SPEAKS = "表示|指出|强调|认为|介绍|说|勉励"
EXAMINES = "考核|评估|督查|督促|验收|检查|考评|问责"


# A table of a world that several findings read.
_once = lru_cache(maxsize=64)


def _part(count, whole):
    return 100 * count / whole if whole else float("nan")


def _characters(text):
    return len(re.sub(r"\s", "", text))


# ---------------------------------------------------------------- 01


def article_share(world):
    kept = {d.id: sum(c != "\n" for c in d.text) for d in world.corpus}
    share = {d.id: _part(kept[d.id], len(d.raw)) for d in world.corpus}
    low, high = [[share[s] for s in share if (s in ("000", "003")) == is_low] for is_low in (True, False)]
    numbers = {"article, % of all": _part(sum(kept.values()), sum(len(d.raw) for d in world.corpus))}
    return numbers | {"(most of 000 and 003, %)": max(low, default=0), "(least of the others, %)": min(high, default=100)}


def sums_of_000(world):
    (page,) = world.pages("000")
    inside = page.text.count("亿元")
    return {"亿元 in the article": inside, "亿元 around it": page.raw.count("亿元") - inside}


def lines_of_004(world):
    (page,) = world.pages("004")
    first = page.paragraphs.query("article == 1 and role != 'box'")
    line = np.cumsum([c == "\n" for c in page.raw]) + 1
    at = np.concatenate([line[page.origin[p.start : p.end]] for p in first.itertuples()])
    read = list(dict.fromkeys(at[at < 81].tolist()))
    return {"lines out of place": sum(a != b for a, b in zip(read, sorted(read), strict=True)), "(lines)": len(read)}


# ---------------------------------------------------------------- 02


@_once
def _acts(world):
    acts = world.events[world.events.status.isin(["signed", "launched", "realised", "draft"])]
    if world.coder == "hand":
        return acts
    rows = []
    for date in world.dates.itertuples():
        unit = world.unit_at(date.seed, date.start)
        if unit and re.search(ACTS, unit.surface):
            rows.append((date.seed, date.start, date.precision, f"{date.seed}-{unit.start}"))
    return pd.DataFrame(rows, columns=["seed", "expression_start", "precision", "event_id"])


def dated_acts(world):
    acts = _acts(world)
    hung = set(zip(acts.seed, acts.expression_start, strict=True))
    number = sum(key in hung for key in zip(world.dates.seed, world.dates.start, strict=True))
    return {"acts": number, "time expressions": len(world.dates), "acts, %": _part(number, len(world.dates))}


def days_of_002(world):
    acts = _acts(world)
    acts = acts[acts.seed == "002"].drop_duplicates("event_id")
    return {"acts of 002": len(acts), "acts of 002 with a day": int((acts.precision == "day").sum())}


def results(world):
    once = world.events.drop_duplicates("event_id")
    signed = once[(once.status == "signed") & (once.part_of == "")]
    return {"signings": len(signed), "signings with a result": int(signed.event_id.isin(once.outcome_of).sum())}


# ---------------------------------------------------------------- 03


def plain_numbers(world):
    facts = world.facts
    outside = int(((facts.kind == "growth") & (facts.seed != "002")).sum())
    return {
        "facts": len(facts),
        "plain numbers, %": _part((facts.bound == "exact").sum(), len(facts)),
        "growth rates outside 002": outside,
    }


def alone(world):
    facts = world.facts.assign(value=world.facts.low.fillna(world.facts.high)).query("value >= 1000")
    pairs = [(a, b) for a, b in combinations(facts.itertuples(), 2) if a.value == b.value and a.seed != b.seed]
    same = sum(a.indicator == b.indicator != "" and a.unit == b.unit for a, b in pairs)
    texts = [d.text for d in world.pages("001", "004")]
    runs = shared(*texts) if len(texts) == 2 else []
    return {
        "pairs of one size": len(pairs),
        "pairs of one indicator": same,
        "characters that 001 and 004 share": sum(b - a for a, b in runs),
    }


def sums_in_yuan(world):
    sums = world.facts[world.facts.unit == "元"]
    reported = sums.indicator.isin(["产值", "营业收入", "主营业务收入"])
    return {"sums": len(sums), "sums of output or revenue": int(reported.sum()), "paid": int((sums.status == "realised").sum())}


# ---------------------------------------------------------------- 04


@_once
def _commitments(world):
    """Commitments of this world: rows of the hand's ledger, or the measures that the rule codes on the three pages."""
    if world.coder == "rule":
        units = world.codes[world.codes.seed.isin(WEST) & (world.codes.instrument != "none")]
        paragraphs = {(d.id, p.para): d.text[p.start : p.end] for d in world.corpus for p in d.paragraphs.itertuples()}
        draft = ["送审稿" in paragraphs[u.seed, u.para] for u in units.itertuples()]
        speech = units.firmness == "exhortation"
        return units.assign(draft=draft, speech=speech, evaluation=units.surface.str.contains(EXAMINES))
    rows = world.hand("commitments.tsv")
    # A row that restates one of a page left out is the only one to tell it.
    rows = rows if world.boxes else rows[~rows.restates.isin(rows.id)]
    rows = rows.assign(draft=rows.draft != "", speech=rows.agreement == "speech", evaluation=rows.evaluation != "")
    if world.unit == "quasi-sentence":
        return rows
    # What one sentence says is one commitment, as firm as its firmest part.
    sentence = []
    for row in rows.itertuples():
        unit = world.unit_at(row.seed, row.start)
        sentence.append((row.seed, unit.start if unit else row.start))
    rows = rows.assign(sentence=sentence, rank=rows.firmness.map(code_list("firmness").index))
    return rows.sort_values("rank", kind="stable").drop_duplicates("sentence", keep="last")


def mostly_words(world):
    rows = _commitments(world)
    return {"commitments": len(rows), "words only, %": _part(rows.firmness.isin(["exhortation", "framework"]).sum(), len(rows))}


def mostly_framework(world):
    rows = _commitments(world)
    rows = rows[~rows.speech]
    return {"not speech": len(rows), "framework, %": _part((rows.firmness == "framework").sum(), len(rows))}


def framework_of_001(world):
    rows = _commitments(world)
    rows = rows[(rows.seed == "001") & ~rows.speech]
    return {"agreed on 001": len(rows), "framework on 001": int((rows.firmness == "framework").sum())}


def drafts(world):
    rows = _commitments(world)
    rows = rows[rows.firmness == "resource"]
    return {"with sum, number or date": len(rows), "resource from drafts": int(rows.draft.sum())}


def examined(world):
    return {"commitments with examining": int(_commitments(world).evaluation.sum())}


# ---------------------------------------------------------------- 05

TERMS = {
    "chips": "集成电路 芯片 半导体",
    "electronics": "电子信息",
    "other": "微电子 硅光 硅基光电子 流片 芯火 芯屏器核网 四川省集成电路产业联盟 重庆市半导体行业协会 岷山功率半导体技术研究院 格芯半导体 "
    "联合微电子中心 微电子学院 汽车电子 电子元器件 元器件 电子装备 通讯终端 智能终端 新型显示 汽车 整车 零部件 轮毂 变速箱",
}
_FAMILY = {term: name for name, terms in TERMS.items() for term in terms.split()}
_LONGEST = re.compile("|".join(sorted(_FAMILY, key=len, reverse=True)))


def densities(world):
    numbers = {}
    for page in world.pages("000", "001"):
        parts = page.paragraphs[~page.paragraphs.role.isin(["byline"] if world.boxes else ["box", "byline"])]
        text = "\n".join(page.text[p.start : p.end] for p in parts.itertuples())
        found = [_FAMILY[m[0]] for m in _LONGEST.finditer(text)]
        for name in ("chips", "electronics"):
            numbers[f"{page.id} {name}, per 1,000"] = 1000 * found.count(name) / _characters(text)
    return numbers


def chip_units(world):
    units = world.codes[world.codes.role != "byline"]
    units = units[(units.seed == "001") | (units.seed == "004") & (units.article < 3)]
    return {"units": len(units), "units about chips": int((units.chips == "yes").sum())}


def bounds_of_size(world):
    found = [
        world.fact(f"{seed}-{side}")
        for seed, side in (("001", "sc-revenue"), ("001", "cq-revenue"), ("004", "sc-value"), ("004", "cq-value"))
    ]
    rows = [row for row in found if row is not None]
    indicators = {row.indicator for row in rows if row.indicator}
    return {
        "figures": len(rows),
        "figures that are lower bounds": sum(row.bound == "above" for row in rows),
        "indicators": len(indicators),
    }


def complements(world):
    rows = world.hand("complementarity.tsv").query("kind != 'rivalry'")
    return {"statements": len(rows), "statements without evidence": int((rows.kind == "none").sum())}


# ---------------------------------------------------------------- 06


def _shape(ties, who):
    graph = nx.Graph(
        [(("actor", actor), ("agreement", agreement)) for actor, agreement in zip(ties.actor, ties.agreement, strict=True)]
    )
    number = ties.groupby("actor").agreement.nunique()
    shape = {"agreements": ties.agreement.nunique(), who: len(number), "components": nx.number_connected_components(graph)}
    return shape | {f"{who} in more than one": int((number > 1).sum())}


def _by_rule(world, pattern):
    """Ties by rule: the bodies named in one unit with a verb of the pattern."""
    bodies = world.body(world.actors)
    bodies = bodies[bodies.type.isin([kind for kind in BODIES if kind not in ("platform", "fund")]) & bodies.seed.isin(WEST)]
    rows = []
    for row in bodies.itertuples():
        unit = world.unit_at(row.seed, row.start)
        if unit and re.search(pattern, unit.surface):
            rows.append((row.name, f"{row.seed}-{unit.start}"))
    return pd.DataFrame(rows, columns=["actor", "agreement"]).drop_duplicates()


def signatures(world):
    if world.coder == "rule":
        return _shape(_by_rule(world, SIGNS), "signatories")
    ties = world.hand("ties.tsv").query("agreement != '' and strength == 'named signatory' and naming == 'own'")
    return _shape(ties, "signatories")


def all_ties(world):
    if world.coder == "rule":
        return _shape(_by_rule(world, ACTS), "actors")
    return _shape(world.hand("ties.tsv").query("agreement != '' and strength != 'mentioned only' and side != 'both'"), "actors")


def signed_chips(world):
    signed = world.hand("agreements.tsv").query("status == 'signed'")
    units = [world.unit_at(row.seed, row.start) for row in signed.itertuples()]
    return {"signed": len(signed), "signed, about chips": sum(bool(unit) and unit.chips == "yes" for unit in units)}


# ---------------------------------------------------------------- 07


def _rates(world, *names):
    rows = [world.fact(f"002-{name}") for name in names]
    return [float("nan") if row is None else row.low for row in rows]


def share_of_output(world):
    total, chips, ai, bio = _rates(world, "sh-pioneers-output", "sh-ic-output", "sh-ai-output", "sh-bio-output")
    ends = [100 * (total - rest) / (chips - rest) for rest in (ai, bio)]
    return {"least share of output, %": min(ends), "most share of output, %": max(ends)}


def share_of_growth(world):
    total, chips = _rates(world, "sh-pioneers-output", "sh-ic-output")
    return {"least share of growth, %": share_of_output(world)["least share of output, %"] * chips / total}


def pieces(world):
    city, nation = _rates(world, "sh-ic-volume", "cn-ic-growth")
    return {"change of the city's share, %": 100 * ((100 + city) / (100 + nation) - 1)}


# ---------------------------------------------------------------- 08


def talent(world):
    units = world.codes[(world.codes.seed == "002") & (world.codes.instrument == "talent")]
    done = units[units.firmness == "done"]
    counted = world.quantities[(world.quantities.seed == "002") & world.quantities.unit.isin(["人", "名", "元"])]
    spans = list(zip(counted.start, counted.end, strict=True))
    sized = sum(any(u.start <= start and end <= u.end for start, end in spans) for u in done.itertuples())
    return {"talent units": len(units), "talent units done": len(done), "done, with people or yuan": sized}


def racks(world):
    rows = [row for name in ("racks-approved", "racks-built") if (row := world.fact(f"002-{name}")) is not None]
    low = [row.low for row in rows] + [float("nan")] * (2 - len(rows))
    return {"approved": low[0], "racks built": low[1], "(lower bounds)": sum(row.bound in ("above", "at_least") for row in rows)}


def eligibility(world):
    return dict(
        zip(
            ("years asked in force", "years asked in draft", "yuan, option"),
            _rates(world, "talent-age-old", "talent-age-new", "talent-rd-amount"),
            strict=True,
        )
    )


# ---------------------------------------------------------------- 09


@_once
def _mix(world):
    """How many units each page (columns) has of each instrument that occurs (rows)."""
    return pd.crosstab(world.codes.instrument, world.codes.seed)


def _by_place(world):
    """How many units each place has of each instrument, in the codebook's order."""
    return _mix(world).reindex(code_list("instrument"), fill_value=0).T.groupby(PLACES).sum().T


def instruments(world):
    numbers, mix = {}, _by_place(world)
    for place, code in (("川渝", "cooperation_governance"), ("上海", "talent"), ("武进", "goals_planning")):
        if place in mix:
            units = mix[place]
            numbers[f"{code.split('_')[0]} in {place}, %"] = _part(units[code], units.sum())
            numbers[f"(next in {place}, %)"] = _part(units.drop([code, "none"]).max(), units.sum())
    return numbers


def empty_cells(world):
    mix = _by_place(world)
    counts, n = mix.drop("none").to_numpy(), mix.sum().to_numpy()
    empty = np.argwhere(counts == 0)
    apart = 0
    for code, place in empty:
        top = (counts[code] / n).argmax()
        most = counts[code, top]
        apart += most > 0 and compare.clopper_pearson(0, n[place])[1] < compare.clopper_pearson(most, n[top])[0]
    return {"empty cells": len(empty), "apart from another place": int(apart)}


def numbers_of_002(world):
    texts = {
        d.id: "".join(d.text[p.start : p.end] for p in d.paragraphs.itertuples() if world.boxes or p.role != "box")
        for d in world.corpus
    }
    numbers = world.body(world.quantities)
    units = [world.unit_at(row.seed, row.start) for row in numbers.itertuples()]
    inside = [bool(unit) and unit.instrument != "none" for unit in units]
    dense = {seed: 1000 * (numbers.seed == seed).sum() / _characters(text) for seed, text in texts.items()}
    own = numbers.seed == "002"
    found = {
        "numbers of 002 per 1,000": dense["002"],
        "outside its measures, %": _part((own & ~np.array(inside)).sum(), own.sum()),
    }
    return found | {"(most elsewhere)": max(value for seed, value in dense.items() if seed != "002")}


def exhortations(world):
    measures = world.codes[world.codes.instrument != "none"]
    wujin, shanghai = measures[measures.seed == "003"], measures[measures.seed == "002"]
    (page,) = world.pages("002")
    opening = dict(zip(page.paragraphs.para, page.paragraphs.start, strict=True))
    spoken = [bool(re.search(SPEAKS, page.text[opening[unit.para] : unit.end])) for unit in shanghai.itertuples()]
    shanghai = shanghai[np.array(spoken, dtype=bool)]
    numbers = {"measures of Wujin": len(wujin), "exhortations of Wujin": int((wujin.firmness == "exhortation").sum())}
    return numbers | {
        "spoken measures of Shanghai": len(shanghai),
        "exhortations of Shanghai, spoken": int((shanghai.firmness == "exhortation").sum()),
    }


def closest(world):
    mix = _mix(world) / _mix(world).sum()
    west = [seed for seed in mix if PLACES[seed] == "川渝"]
    distance = {(a, b): abs(mix[a] - mix[b]).sum() / 2 for a, b in combinations(mix, 2)}
    groups = {g: np.mean([distance[pair] for pair in combinations(g, 2)]) for g in combinations(mix, len(west))}
    rank = 1 + sum(value < groups[tuple(west)] for value in groups.values())
    return {"rank of 川渝": rank, "mean distance in 川渝": groups[tuple(west)], "(groups)": len(groups)}


_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@_once
def _counts(world):
    """How often each page says each word of two characters or more that is seldom part of a name."""
    tokens = world.body(world.tokens)
    tokens = tokens[[bool(_HAN.fullmatch(word)) for word in tokens.surface.tolist()]]
    named = world.actors[~world.actors.type.isin(["person", "document"])]
    inside = {(row.seed, at) for row in named.itertuples() for at in range(row.start, row.end)}
    tokens = tokens.assign(named=[key in inside for key in zip(tokens.seed.tolist(), tokens.start.tolist(), strict=True)])
    counts = tokens.groupby(["surface", "seed"]).size().unstack(fill_value=0)
    return counts[tokens.groupby("surface").named.mean() < 0.5]


@_once
def ranked_words(world, one, other):
    """These words by log-odds, and on how many pages each stands."""
    counts = _counts(world)
    background = counts.sum(axis=1)
    groups = [counts[[seed for seed in counts if PLACES[seed] == place]].sum(axis=1) for place in (one, other)]
    table = compare.log_odds(*groups, prior=background, size=world.prior * background.sum())
    return table.assign(pages=(counts > 0).sum(axis=1).reindex(table.word).to_numpy())


def one_page_words(world):
    return {"one-page words in Shanghai's first ten": int((ranked_words(world, "上海", "川渝").pages[:10] == 1).sum())}


def leading_words(world):
    """Where the topic stands in each list: the first word that is it, or a part of it of two characters or more."""
    ranks = {}
    for place, other, topic in (("上海", "川渝", "集成电路"), ("川渝", "上海", "电子信息")):
        words = ranked_words(world, place, other).word
        ranks[f"rank of {topic} in {place}"] = next(
            (n for n, word in enumerate(words, 1) if word in topic or topic in word), float("nan")
        )
    return ranks


# ---------------------------------------------------------------- the findings


def _pairs(numbers):
    """The values of a dict as consecutive pairs."""
    values = list(numbers.values())
    return list(zip(values[::2], values[1::2], strict=True))


HEADLINES = {
    "01-article": (article_share, lambda n: n["(most of 000 and 003, %)"] < 50 < n["(least of the others, %)"]),
    "01-sums": (sums_of_000, lambda n: n["亿元 in the article"] == 0 < n["亿元 around it"]),
    "01-order": (lines_of_004, lambda n: n["lines out of place"] > n["(lines)"] / 2),
    "02-half": (dated_acts, lambda n: 45 <= n["acts, %"] <= 55),
    "02-days": (days_of_002, lambda n: n["acts of 002 with a day"] == 0 < n["acts of 002"]),
    "02-results": (results, lambda n: n["signings with a result"] <= n["signings"] / 3),
    "03-plain": (plain_numbers, lambda n: n["plain numbers, %"] > 50 and n["growth rates outside 002"] == 0),
    "03-alone": (alone, lambda n: n["pairs of one indicator"] == 0),
    "03-yuan": (sums_in_yuan, lambda n: n["sums of output or revenue"] >= n["sums"] / 2 and n["paid"] == 0),
    "04-words": (mostly_words, lambda n: n["words only, %"] > 50),
    "04-frame": (mostly_framework, lambda n: n["framework, %"] > 50),
    "04-001": (framework_of_001, lambda n: n["agreed on 001"] == n["framework on 001"] > 0),
    "04-drafts": (drafts, lambda n: n["resource from drafts"] > n["with sum, number or date"] / 2),
    "04-examined": (examined, lambda n: n["commitments with examining"] == 0),
    "05-density": (
        densities,
        lambda n: all(
            (chips > electronics) == name.startswith("000")
            for name, (chips, electronics) in zip(list(n)[::2], _pairs(n), strict=True)
        ),
    ),
    "05-none": (chip_units, lambda n: n["units about chips"] == 0 < n["units"]),
    "05-bounds": (bounds_of_size, lambda n: n["figures"] == n["figures that are lower bounds"] > 0 and n["indicators"] > 1),
    "05-complete": (complements, lambda n: n["statements without evidence"] >= n["statements"] / 3 > 0),
    "06-list": (signatures, lambda n: n["signatories in more than one"] == 0 and n["components"] == n["agreements"]),
    "06-loose": (all_ties, lambda n: n["actors in more than one"] < n["actors"] / 4 and n["components"] > n["agreements"] / 2),
    "06-chips": (signed_chips, lambda n: n["signed, about chips"] == 1),
    "07-output": (share_of_output, lambda n: n["most share of output, %"] < 50),
    "07-growth": (share_of_growth, lambda n: n["least share of growth, %"] > 50),
    "07-pieces": (pieces, lambda n: n["change of the city's share, %"] < 0),
    "08-talent": (talent, lambda n: n["done, with people or yuan"] == 0 < n["talent units done"]),
    "08-racks": (racks, lambda n: n["(lower bounds)"] == 2),
    "08-award": (eligibility, lambda n: n["years asked in draft"] < n["years asked in force"]),
    "09-top": (instruments, lambda n: all(most >= rest for most, rest in _pairs(n))),
    "09-empty": (empty_cells, lambda n: n["apart from another place"] == 0),
    "09-numbers": (
        numbers_of_002,
        lambda n: n["numbers of 002 per 1,000"] > n["(most elsewhere)"] and n["outside its measures, %"] > 50,
    ),
    "09-wujin": (exhortations, lambda n: all(all_ == soft > 0 for all_, soft in _pairs(n))),
    "09-closest": (closest, lambda n: n["rank of 川渝"] == 1),
    "09-pages": (one_page_words, lambda n: n["one-page words in Shanghai's first ten"] >= 5),
    "09-topics": (leading_words, lambda n: all(rank == 1 for rank in n.values())),
}


def headlines():
    """One row a headline finding, from data/headlines.tsv.

    Columns: id (of HEADLINES), notebook, finding (number in the notebook's list, "" if it is a figure's title), label (short, for
    figures), statement (what the predicate asks), pages (the seeds without which nothing of it is left, joined by spaces), hand
    (the hand-made table that it reads), rule (what stands in for it in a world by rule, "" if nothing does), number (the one of its
    numbers that is shown first).
    """
    return read_data("headlines.tsv")


def computed(worlds):
    """The numbers of every headline finding in every world: one row a finding, world and number.

    `worlds`: what `survive.worlds` makes. Columns: id, world, number (its name), value (NaN where it cannot be computed), says (is
    the finding's statement true of its numbers?), why ("" or the reason why the world does not apply; value and says are then
    NaN and False).
    """
    rows = []
    for finding in headlines().itertuples():
        compute, says = HEADLINES[finding.id]
        for name, world in worlds.items():
            why = _outside(finding, world)
            numbers = {"": math.nan} if why else {key: float(value) for key, value in compute(world).items()}
            true = not why and bool(says(numbers))
            rows += [(finding.id, name, key, value, true, why) for key, value in numbers.items()]
    return pd.DataFrame(rows, columns=["id", "world", "number", "value", "says", "why"])


def _outside(finding, world):
    """Why a world cannot touch a finding, "" if it can."""
    lacking = [seed for seed in finding.pages.split() if not world.pages(seed)]
    if lacking:
        return f"it is about page {lacking[0]}"
    return "no rule stands beside the hand" if world.coder == "rule" and finding.rule == "" else ""


def grid(table, tolerance=TOLERANCE):
    """The verdict on each finding in each world but the base: one row each.

    `table`: the result of `computed`. Columns: id, world, verdict (one of survive.VERDICTS), moved (greatest relative change of a
    number, inf if it has no limit, NaN where the world does not apply), why (as in `computed`).
    """
    cells = {}
    for row in table.itertuples():
        cells.setdefault((row.id, row.world), ({}, row.says, row.why))[0][row.number] = row.value
    rows = []
    for (id, world), (numbers, says, why) in cells.items():
        judged = ("does not apply", math.nan) if why else verdict(cells[id, "base"][0], numbers, says, tolerance)
        rows += [] if world == "base" else [(id, world, *judged, why)]
    return pd.DataFrame(rows, columns=["id", "world", "verdict", "moved", "why"])
