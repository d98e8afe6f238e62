"""Code policy units: the codebook, the quasi-sentences, the hand codes and the rule coder.

The frame is that of Rothwell & Zegveld (1985, sides and instruments) with a cross-walk to the EC-OECD STIP Compass taxonomy;
the unit is the quasi-sentence of content analysis (one argument each). Two coders: "hand" is one reader with the codebook in
hand, whose codes are data; "rule" is a set of patterns, not a person. The patterns were written by the same reader after the
hand codes, so their agreement on the project's own pages is better than on any other page.
"""

import functools
import re
import tomllib
from pathlib import Path

import pandas as pd

from chipnotes.paths import DATA, read_data
from chipnotes.text import frame, sentences

DIMENSIONS = ("side", "instrument", "value_chain", "firmness", "chips")

# ---------------------------------------------------------------- the codebook


@functools.cache
def _book():
    return tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))


def codebook():
    """One row a code, in the codebook's order.

    Columns: dimension (side, instrument, value_chain, firmness, chips), code, label (English), zh (Chinese), definition,
    pattern (regular expression of the rule coder, "" if the code is what is left over) and unless (a match of `pattern` that
    overlaps a match of this does not count), examples and counter_examples (each a list of sentences joined by " / "), side,
    stip_family and stip_instrument (of instruments; "" for other dimensions, "none" where STIP Compass has no family),
    level (of firmness: 0 to 5; -1 for other dimensions), note.
    """
    rows = []
    for dimension in DIMENSIONS:
        for code, entry in _book()[dimension].items():
            texts = [entry.get(k, "") for k in ("label", "zh", "definition", "pattern", "unless")]
            lists = [" / ".join(entry.get(k, [])) for k in ("examples", "counter_examples")]
            family = [entry.get(k, "") for k in ("side", "stip_family", "stip_instrument")]
            rows.append((dimension, code, *texts, *lists, *family, entry.get("level", -1), entry.get("note", "")))
    columns = ["dimension", "code", "label", "zh", "definition", "pattern", "unless", "examples", "counter_examples"]
    columns += ["side", "stip_family", "stip_instrument", "level", "note"]
    return frame(rows, {c: "int64" if c == "level" else "str" for c in columns})


def principles():
    """How to code: columns name and text, one row a rule, in the order in which a coder asks."""
    return frame(list(_book()["principles"].items()), dict(name="str", text="str"))


def code_list(dimension):
    """The codes of one dimension in the codebook's order (firmness: from none to done). ValueError if there is no such one."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r} in the codebook; it has {', '.join(DIMENSIONS)}")
    return list(_book()[dimension])


# ---------------------------------------------------------------- units

# A semicolon inside brackets or a 《title》 parts no argument, nor does one of an HTML entity or a web address.
_SEMICOLON = re.compile(
    r"(?P<skip>&[a-zA-Z0-9#]{2,8};|[a-z]{3,6}://[!-~]+)|(?P<open>[《〈(（\[【])|(?P<close>[》〉)）\]】])|[;；]+[”’」』]*"
)


def _semicolons(sentence):
    """The offsets behind the semicolons of a sentence that part arguments. A bracket that is never closed encloses nothing."""
    found = []
    opened = []
    for mark in _SEMICOLON.finditer(sentence):
        if mark["open"]:
            opened.append(len(found))
        elif mark["close"]:
            if opened:
                del found[opened.pop() :]
        elif not mark["skip"]:
            found.append(mark.end())
    return found


def quasi_sentences(corpus):
    """One row a quasi-sentence; every character of `doc.text` that is not white space is in exactly one.

    Columns: seed, start and end (offsets in `doc.text`), surface (the unit), unit (its number in the document, from 1), sent
    (number of the sentence it is in), article, para and role (of its paragraph, as in `doc.paragraphs`). Sentences are those
    of `chipnotes.text.sentences`, parted further behind semicolons outside brackets. Boxes are units too, with role `box`:
    they restate the body, so leave them out where a fact must count once.
    """
    rows = []
    numbers = {}
    for s in sentences(corpus).itertuples(index=False):
        begin = 0
        for end in [*_semicolons(s.surface), len(s.surface)]:
            piece = s.surface[begin:end]
            unit = piece.strip()
            if unit:
                start = s.start + begin + len(piece) - len(piece.lstrip())
                numbers[s.seed] = numbers.get(s.seed, 0) + 1
                rows.append((s.seed, start, start + len(unit), unit, numbers[s.seed], s.sent, s.article, s.para, s.role))
            begin = end
    types = dict(seed="str", start="int64", end="int64", surface="str", unit="int64", sent="int64", article="int64")
    return frame(rows, types | dict(para="int64", role="str"))


# ---------------------------------------------------------------- hand codes

_CODED = ("side", "instrument", "second", "value_chain", "firmness", "chips")


def hand_codes(path=None):
    """The hand codes of the five seeds, or of another file of the same form: one row a quasi-sentence.

    Columns: seed, start, end (offsets in the seed's clean text), quotation (the whole unit), side, instrument, second (the
    second instrument, "" if none), value_chain, firmness, chips, reason (why this code), coder (who coded), decided (what
    was decided after the comparison with the rule coder, and why: "kept: ...", with "Changed after the comparison: ..." where
    a code was changed; "" if the unit was not revisited).
    Raises ValueError that names the file, line and cell if a code is not in the codebook or a cell is empty that may not be.
    """
    path = Path("hand_codes.tsv" if path is None else path)
    table = read_data(path)
    columns = ["seed", "start", "end", "quotation", *_CODED, "reason", "coder", "decided"]
    if list(table.columns) != columns:
        raise ValueError(f"{path.name}: line 2 must name these columns, in this order: {', '.join(columns)}")
    for column in ("seed", "start", "end", "quotation", "reason", "coder"):
        for n in table.index[table[column].fillna("") == ""]:
            raise ValueError(f"{path.name}: line {n + 3}: {column} is empty; each line has {len(columns)} cells")
    table = table.astype({"start": "int64", "end": "int64"})
    for column in _CODED:
        known = set(code_list("instrument" if column == "second" else column)) | ({""} if column == "second" else set())
        for n, code in enumerate(table[column]):
            if code not in known:
                use = ", ".join(sorted(known))
                raise ValueError(f"{path.name}: line {n + 3}: {column} {code!r} is not in the codebook; use one of {use}")
    return table


# ---------------------------------------------------------------- rule coder


@functools.cache
def _compiled(dimension):
    """code -> (pattern, unless) of the codes that have a pattern."""
    entries = _book()[dimension].items()
    return {
        code: (re.compile(entry["pattern"]), re.compile(entry["unless"]) if "unless" in entry else None)
        for code, entry in entries
        if "pattern" in entry
    }


def _find(dimension, code, text):
    """The first match of a code's pattern that no match of its `unless` overlaps, or None."""
    pattern, unless = _compiled(dimension)[code]
    barred = [m.span() for m in unless.finditer(text)] if unless else []
    for match in pattern.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in barred):
            return match
    return None


def _instruments(text):
    """The instruments that fire with what they fired on: by rank, then by place in the unit."""
    ranked = []
    for number, code in enumerate(_compiled("instrument")):
        match = _find("instrument", code, text)
        if match:
            ranked.append((_book()["instrument"][code]["rank"], match.start(), number, code, match[0]))
    return [(code, surface) for _, _, _, code, surface in sorted(ranked)]


def _value_chain(text):
    """One step if one fires; whole_chain if several do, if chips stand in a list or without a step; else ("none", "")."""
    listed = re.search(_book()["value_chain"]["whole_chain"]["list"], text)
    if listed:
        return "whole_chain", listed[0]
    steps = [(code, m[0]) for code in _compiled("value_chain") if (m := _find("value_chain", code, text))]
    single = [s for s in steps if s[0] != "whole_chain"]
    if len(single) == 1:
        return single[0]
    return ("whole_chain", "+".join(surface for _, surface in steps)) if steps else ("none", "")


def _chips(text):
    for code in ("yes", "general", "no"):
        match = _find("chips", code, text)
        if match:
            return code, match[0]
    return "no", ""


def _firmness(text, before):
    """The highest rung that fires; a speech, in the unit or before it in its sentence, caps all but what is done or agreed."""
    rungs = {code: m[0] for code in _compiled("firmness") if (m := _find("firmness", code, text))}
    spoken = _find("firmness", "exhortation", text) or _find("firmness", "exhortation", before)
    agreed = re.search(_book()["firmness"]["framework"]["agreed"], text)
    if spoken and not agreed and "done" not in rungs:
        return "exhortation", spoken[0]
    for code in ("done", "resource", "mechanism", "framework"):
        if code in rungs:
            return code, rungs[code]
    return "framework", ""


def rule_codes(units):
    """Code quasi-sentences by the codebook's patterns; works on the units of any page.

    `units` is a table of `quasi_sentences` (or a corpus, whose quasi-sentences are taken). Returns its rows with side,
    instrument, second ("" if none), value_chain, firmness, chips and pattern: per dimension the code and the characters of
    the unit that made it fire, "context" where the unit names no field and that of its paragraph or title was taken,
    "default" where nothing fired. Bylines are coded none. Raises ValueError that names the missing columns.
    """
    if not isinstance(units, pd.DataFrame):
        units = quasi_sentences(units)
    missing = {"seed", "surface", "sent", "article", "para", "role"} - set(units.columns)
    if missing:
        raise ValueError(f"rule_codes needs the columns of quasi_sentences; these are missing: {', '.join(sorted(missing))}")
    units = units.reset_index(drop=True)
    paragraphs = units.groupby(["seed", "para"])["surface"].agg("".join).to_dict()
    titles = units[units["role"] == "title"].groupby(["seed", "article"])["surface"].agg("".join).to_dict()
    rows, sentence, before = [], None, ""
    for u in units.itertuples(index=False):
        if sentence != (u.seed, u.sent):
            sentence, before = (u.seed, u.sent), ""
        context = [paragraphs[u.seed, u.para], titles.get((u.seed, u.article), "")]
        rows.append(_code_unit(u.surface, before, u.role, context))
        before += u.surface
    coded = frame(rows, {c: "str" for c in (*_CODED, "pattern")})
    return pd.concat([units, coded], axis=1)


def _code_unit(text, before, role, context):
    fired = [] if role == "byline" else _instruments(text)
    instrument, surface = fired[0] if fired else ("none", "")
    second = fired[1][0] if len(fired) > 1 else ""
    notes = [("instrument", instrument, surface)]
    if second:
        notes.append(("second", second, fired[1][1]))
    result = {}
    for dimension, judge in (("value_chain", _value_chain), ("chips", _chips)):
        code, surface = ("none" if dimension == "value_chain" else "no", "") if role == "byline" else judge(text)
        # only a measure takes its field from around it: a scene or figure is about what it says
        if not surface and fired:
            code, surface = next(((c, "context") for c, s in map(judge, context) if s), (code, ""))
        result[dimension] = code
        notes.append((dimension, code, surface))
    firmness, surface = _firmness(text, before) if fired else ("none", "")
    notes.append(("firmness", firmness, surface))
    pattern = "; ".join(f"{name}={code}:{surface or 'default'}" for name, code, surface in notes)
    side = _book()["instrument"][instrument]["side"]
    return side, instrument, second, result["value_chain"], firmness, result["chips"], pattern


# ---------------------------------------------------------------- both coders


def codes(corpus):
    """One row a quasi-sentence and coder: coder "hand" where a hand code exists, coder "rule" for every unit.

    Columns: seed, start, end (offsets in `doc.text`), surface, unit, sent, article, para, role (as in `quasi_sentences`),
    side, instrument, second ("" if none), value_chain, firmness, chips, coder ("hand" or "rule"), reason and decided (of
    the hand coder, "" for the rule), pattern (of the rule coder, "" for the hand). A hand code belongs to a unit of the same
    seed with the same words, so it holds when offsets move and lapses when the words change.
    """
    rule = rule_codes(quasi_sentences(corpus)).assign(coder="rule", reason="", decided="")
    hand = hand_codes().rename(columns={"quotation": "surface"}).drop(columns=["start", "end", "coder"])
    keys = ["seed", "surface", "occurrence"]
    for table in (rule, hand):
        table["occurrence"] = table.groupby(["seed", "surface"]).cumcount()
    place = rule[[*keys, "start", "end", "unit", "sent", "article", "para", "role"]]
    by_hand = place.merge(hand, on=keys).assign(coder="hand", pattern="")
    columns = ["seed", "start", "end", "surface", "unit", "sent", "article", "para", "role", *_CODED]
    columns += ["coder", "reason", "decided", "pattern"]
    both = pd.concat([by_hand[columns], rule[columns]], ignore_index=True)
    return both.sort_values(["seed", "unit", "coder"], kind="stable", ignore_index=True)
