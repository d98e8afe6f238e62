"""The findings: each is computed by one function and said by one sentence that the function fills.

A module of this folder holds the findings of one notebook. `@finding` gives a function (a world → a dict of
numbers
and words of direction) its sentence, how sure it is, and the limit at which the sentence would stop being
true.
Notebooks, the front page and the site take the sentence from here; the last notebook runs the same function
in
other worlds.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import chipnotes as cn
from argument import worlds

MODULES = {
    "01": "announced",
    "02": "promised",
    "03": "followed",
    "04": "trillion",
    "05": "years",
    "06": "growth",
    "07": "content",
    "08": "places",
    "09": "numbers",
    "10": "survive",
}
_FOUND = {}


@dataclass(frozen=True)
class Finding:
    """One finding; `margin`: how far its numbers are from the limit of its sentence (above 0: it holds)."""

    notebook: str
    number: int
    name: str  # a few words for tables and axes: "measures in place"
    sentence: str  # a template over what `compute` returns
    sure: str  # a template too
    limit: str  # what must hold, in words
    margin: Callable
    reads: frozenset  # what of a world it reads: text, codes, numbers, dates, or the name of a reader's table
    compute: Callable

    @property
    def key(self):
        return f"{self.notebook}.{self.number}"

    def __call__(self, world):
        return self.compute(world)

    def say(self, world=None):
        """The sentence and the line on its certainty, filled in."""
        numbers = self.compute(world or worlds.published())
        return self.sentence.format_map(numbers), self.sure.format_map(numbers)


def finding(notebook, number, name, sentence, sure, limit, margin, reads):
    """Make a function the finding `number` of a notebook; the function itself stays what it was."""

    def register(compute):
        _FOUND[notebook, number] = Finding(
            notebook, number, name, sentence, sure, limit, margin, frozenset(reads), compute
        )
        return compute

    return register


def __getattr__(name):
    """`findings.growth` is the module of that name."""
    if name not in MODULES.values():
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")


def all_findings():
    """Every finding, in the order of the notebooks."""
    for module in MODULES.values():
        importlib.import_module(f"argument.findings.{module}")
    return [_FOUND[key] for key in sorted(_FOUND)]


def of_notebook(notebook):
    """The findings of one notebook."""
    importlib.import_module(f"argument.findings.{MODULES[notebook]}")
    return [_FOUND[key] for key in sorted(_FOUND) if key[0] == notebook]


def block(notebook):
    """The findings of a notebook as markdown: below each sentence how sure it is and where it stands."""
    passages = cn.evidence(notebook, worlds.published().corpus)
    lines = []
    for found in of_notebook(notebook):
        sentence, sure = found.say()
        rows = passages[passages.finding == found.number]
        # One place of each page first, then the others.
        rows = rows.assign(turn=rows.groupby("page").cumcount()).sort_values("turn", kind="stable")
        where = dict.fromkeys(f"{row.page}, line {row.line}" for row in rows.itertuples())
        links = "; ".join(f"[{place}](#Evidence)" for place in list(where)[:3])
        lines.append(f"{found.number}. **{sentence}**  \n   *How sure:* {sure}  \n   *Where:* {links}.")
    return "\n".join(lines)


def front(keys, names=None):
    """Some findings as a list, each with a link to its notebook; `names`: file name by number of notebook."""
    chosen = {found.key: found for found in all_findings()}
    lines = [f"- {chosen[key].say()[0]} [Read more]({(names or {}).get(key[:2], '')})" for key in keys]
    return "\n".join(lines)
