"""Coding: the codebook of policy units as tables, and the rule coder, which codes a table of units by it."""

import functools
import re
import tomllib

import pandas as pd

from chipnotes.files import DATA, frame

DIMENSIONS = ("side", "instrument", "value_chain", "firmness", "chips", "self_reliance")
CODED = ("side", "instrument", "second", *DIMENSIONS[2:])
BOOK = ("dimension", "code", "label", "zh", "definition", "pattern", "unless", "examples", "counter_examples")
BOOK += ("side", "stip_family", "stip_instrument", "level", "note")
NEEDED = ("seed", "surface", "sent", "article", "para", "role")


@functools.cache
def _book():
    """The codebook with its patterns compiled."""
    book = tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))
    for entry in (entry for dimension in DIMENSIONS for entry in book[dimension].values()):
        entry |= {
            key: re.compile(entry[key]) for key in {"pattern", "unless", "list", "agreed"} & entry.keys()
        }
    return book


def code_list(dimension):
    """The codes of a dimension in the codebook's order (firmness: from none to done).

    Raises ValueError if there is no such dimension.

    >>> code_list("chips")
    ['yes', 'general', 'no']
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r} in the codebook; it has {', '.join(DIMENSIONS)}")
    return list(_book()[dimension])


def codebook():
    """One row a code, in the codebook's order.

    - dimension, code, label (English), zh (Chinese), definition, note: text
    - pattern, unless: regular expressions of the rule coder, "" where a code is what is left over; a match of
      `pattern` that overlaps a match of `unless` does not count
    - examples, counter_examples: sentences joined by " / "
    - side, stip_family, stip_instrument: of instruments, "" for other dimensions
    - level: of firmness, 0 to 5; -1 for other dimensions
    """
    kept = {column: "" for column in BOOK} | {"level": -1}
    rows = []
    for dimension in DIMENSIONS:
        for code, entry in _book()[dimension].items():
            cells = (
                kept | {"dimension": dimension, "code": code} | {key: _cell(v) for key, v in entry.items()}
            )
            rows.append([cells[column] for column in BOOK])
    return frame(rows, dict.fromkeys(BOOK, "str") | {"level": "int64"})


def _cell(value):
    return " / ".join(value) if isinstance(value, list) else getattr(value, "pattern", value)


def principles():
    """How to code: columns name and text, one row a rule, in the order in which a coder asks."""
    return frame(list(_book()["principles"].items()), {"name": "str", "text": "str"})


def code_units(units):
    """A table of quasi-sentences with the codes that the codebook's patterns give, on any page.

    - side, instrument, second ("" if none), value_chain, firmness, chips, self_reliance: codes
    - pattern: per dimension the code and the characters that made it fire; "context" where the unit names no
      field and that of its paragraph or title was taken; "default" where nothing fired

    Bylines are coded none. Raises ValueError that names the columns of `quasi_sentences` that are missing.
    """
    missing = set(NEEDED) - set(units.columns)
    if missing:
        raise ValueError(
            f"code_units needs the columns of quasi_sentences; missing: {', '.join(sorted(missing))}"
        )
    units = units.reset_index(drop=True)
    paragraphs = units.groupby(["seed", "para"])["surface"].agg("".join).to_dict()
    titles = units[units["role"] == "title"].groupby(["seed", "article"])["surface"].agg("".join).to_dict()
    rows, sentence, before = [], None, ""
    for u in units.itertuples(index=False):
        if sentence != (u.seed, u.sent):
            sentence, before = (u.seed, u.sent), ""
        context = [paragraphs[u.seed, u.para], titles.get((u.seed, u.article), "")]
        rows.append(_code(u.surface, before, u.role, context))
        before += u.surface
    return pd.concat([units, frame(rows, dict.fromkeys((*CODED, "pattern"), "str"))], axis=1)


def _code(text, before, role, context):
    byline = role == "byline"
    fired = [] if byline else _instruments(text)
    notes = {"instrument": fired[0] if fired else ("none", "")}
    if len(fired) > 1:
        notes["second"] = fired[1]
    for dimension, judge, nothing in (("value_chain", _value_chain, "none"), ("chips", _chips, "no")):
        found = (nothing, "") if byline else judge(text)
        # Only a measure takes its field from around it: a scene or figure is about what it says.
        if not found[1] and fired:
            found = next(((code, "context") for code, surface in map(judge, context) if surface), found)
        notes[dimension] = found
    notes["firmness"] = _firmness(text, before) if fired else ("none", "")
    own_strength = "" if byline else _find("self_reliance", "yes", text)
    notes["self_reliance"] = ("yes" if own_strength else "no", own_strength)
    codes = {"second": ""} | {dimension: code for dimension, (code, _) in notes.items()}
    codes["side"] = _book()["instrument"][codes["instrument"]]["side"]
    pattern = "; ".join(f"{key}={code}:{surface or 'default'}" for key, (code, surface) in notes.items())
    return codes | {"pattern": pattern}


def _find(dimension, code, text):
    """The first match of a code's pattern that no match of its `unless` overlaps; "" if there is none."""
    entry = _book()[dimension][code]
    barred = [m.span() for m in entry["unless"].finditer(text)] if "unless" in entry else []
    for match in entry["pattern"].finditer(text) if "pattern" in entry else ():
        if not any(start < match.end() and match.start() < end for start, end in barred):
            return match[0]
    return ""


def _all(dimension, text):
    """The codes of a dimension whose pattern fires, each with what it fired on, in the codebook's order."""
    return {code: surface for code in _book()[dimension] if (surface := _find(dimension, code, text))}


def _instruments(text):
    """The instruments that fire with what they fired on: by rank, then by place in the unit."""
    book = _book()["instrument"]
    return sorted(
        _all("instrument", text).items(), key=lambda item: (book[item[0]]["rank"], text.index(item[1]))
    )


def _value_chain(text):
    """One step if one fires; whole_chain if several do, if chips are listed or have no step; else none."""
    listed = _book()["value_chain"]["whole_chain"]["list"].search(text)
    steps = _all("value_chain", text)
    single = [step for step in steps.items() if step[0] != "whole_chain"]
    if listed or len(single) != 1:
        surface = listed[0] if listed else "+".join(steps.values())
        return ("whole_chain", surface) if surface else ("none", "")
    return single[0]


def _chips(text):
    return next(iter(_all("chips", text).items()), ("no", ""))


def _firmness(text, before):
    """The highest rung that fires; a speech, in or before the unit, caps all but done or agreed."""
    rungs = _all("firmness", text)
    spoken = rungs.get("exhortation") or _find("firmness", "exhortation", before)
    if spoken and "done" not in rungs and not _book()["firmness"]["framework"]["agreed"].search(text):
        return "exhortation", spoken
    return next(((code, rungs[code]) for code in reversed(rungs) if code != "exhortation"), ("framework", ""))
