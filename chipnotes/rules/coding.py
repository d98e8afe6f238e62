"""Coding: the rule coder, which codes a table of policy units by the patterns of the codebook."""

import functools
import re
import tomllib
from collections import defaultdict

import pandas as pd

from chipnotes.files import DATA, frame

DIMENSIONS = ("side", "instrument", "value_chain", "firmness", "chips", "self_reliance")
CODED = ("side", "instrument", "second", *DIMENSIONS[2:])

_compiled = functools.cache(re.compile)


@functools.cache
def book():
    """data/codebook.toml: dimension -> code -> its entry; codes in their order."""
    return tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))


def code_units(units):
    """A table of quasi-sentences with the codes that the codebook's patterns give, on any page.

    - side, instrument, second ("" if none), value_chain, firmness, chips, self_reliance: codes
    - pattern: per dimension the code and the characters that made it fire; "context" where the unit names no
      field and that of its paragraph or title was taken; "default" where nothing fired

    Bylines are coded none.
    """
    paragraphs = units.groupby(["seed", "para"])["surface"].agg("".join).to_dict()
    titles = units[units["role"] == "title"].groupby(["seed", "article"])["surface"].agg("".join).to_dict()
    rows, said = [], defaultdict(str)  # what a sentence says before a unit
    for u in units.itertuples(index=False):
        context = [paragraphs[u.seed, u.para], titles.get((u.seed, u.article), "")]
        rows.append(_code("" if u.role == "byline" else u.surface, said[u.seed, u.sent], context))
        said[u.seed, u.sent] += u.surface
    return pd.concat([units, frame(rows, dict.fromkeys((*CODED, "pattern"), "str"))], axis=1)


def _code(text, before, context):
    """The codes of a unit by what it says, what its sentence says before it, what stands around it."""
    fired, entries = _all("instrument", text), book()["instrument"]
    fired.sort(key=lambda one: (entries[one[0]]["rank"], text.index(one[1])))
    notes = dict(zip(("instrument", "second"), fired)) or {"instrument": ("none", "")}
    for dimension, judge in (("value_chain", _value_chain), ("chips", _chips)):
        found = judge(text)
        # Only a measure takes its field from around it: a scene or figure is about what it says.
        if not found[1] and fired:
            found = next(((code, "context") for code, surface in map(judge, context) if surface), found)
        notes[dimension] = found
    notes["firmness"] = _firmness(text, before) if fired else ("none", "")
    notes["self_reliance"] = next(iter(_all("self_reliance", text)), ("no", ""))
    codes = {"second": ""} | {dimension: code for dimension, (code, _) in notes.items()}
    codes["side"] = entries[codes["instrument"]]["side"]
    pattern = "; ".join(f"{key}={code}:{surface or 'default'}" for key, (code, surface) in notes.items())
    return codes | {"pattern": pattern}


def _all(dimension, text):
    """The codes of a dimension whose pattern fires, each with what it fired on, in the codebook's order.

    A match of a code's `pattern` that a match of its `unless` overlaps does not count.
    """
    found = []
    for code, entry in book()[dimension].items():
        barred = [m.span() for m in _compiled(entry["unless"]).finditer(text)] if "unless" in entry else []
        for match in _compiled(entry["pattern"]).finditer(text) if "pattern" in entry else ():
            if not any(start < match.end() and match.start() < end for start, end in barred):
                found.append((code, match[0]))
                break
    return found


def _value_chain(text):
    """One step if one fires; whole_chain if several do, if chips are listed or have no step; else none."""
    listed = _compiled(book()["value_chain"]["whole_chain"]["list"]).search(text)
    steps = _all("value_chain", text)
    single = [step for step in steps if step[0] != "whole_chain"]
    if len(single) == 1 and not listed:
        return single[0]
    surface = listed[0] if listed else "+".join(surface for _, surface in steps)
    return ("whole_chain", surface) if surface else ("none", "")


def _chips(text):
    return next(iter(_all("chips", text)), ("no", ""))


def _firmness(text, before):
    """The highest rung that fires; a speech, in or before the unit, caps all but done or agreed."""
    rungs = dict(_all("firmness", text))
    spoken = rungs.pop("exhortation", "") or dict(_all("firmness", before)).get("exhortation")
    agreed = _compiled(book()["firmness"]["framework"]["agreed"]).search(text)
    if spoken and "done" not in rungs and not agreed:
        return "exhortation", spoken
    return list(rungs.items())[-1] if rungs else ("framework", "")
