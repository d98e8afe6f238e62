"""The findings: each is computed by one function and said by one sentence that the function fills.

A module of this folder holds the functions of one notebook; the TOML file of its name holds what they say: a
name, a sentence, how sure it is, and the limit at which its claim would stop holding. What the limit
guarantees may be written there in plain words, what can vary is a {field} that the function gives as a value;
how it is said stands in the template too, as `say.Words` has it: {pages!n} pages. Notebooks, the front page
and the site take the sentence from here; the last notebook runs the same function in other worlds.
"""

import importlib
import tomllib
from collections import namedtuple
from pathlib import Path

from argument import say, worlds

NAMES = "announced promised followed trillion years growth content places numbers survive".split()
MODULES = {f"{number:02}": name for number, name in enumerate(NAMES, 1)}
BLOCK = "{}. **{}**  \n   *How sure:* {}  \n   *Where:* {}."
_FOUND = {}


class Finding(namedtuple("Finding", "notebook number name sentence sure limit margin compute text")):
    """One finding, a tuple.

    name            a few words for tables and axes: "measures in place"
    sentence, sure  templates over what `compute` returns
    limit           what must hold, in words
    margin          how far the numbers are from the limit: a function of them, above 0 if the sentence holds
    compute         a function: a world → a dict of numbers and words
    text            does it read the text of the pages itself?
    """

    @property
    def key(self):
        return f"{self.notebook}.{self.number}"

    def say(self, world=None):
        """The sentence and the line on its certainty, filled in; ValueError where the limit does not hold."""
        numbers = self.compute(world or worlds.published())
        if self.margin(numbers) <= 0:
            raise ValueError(f"finding {self.key} is not true here; its limit: {self.limit}")
        return tuple(say.Words().format(words, **numbers) for words in (self.sentence, self.sure))


def prose(module):
    """What the TOML file of a module holds: its findings, and the English of what readers filed."""
    file = Path(__file__).with_name(f"{module.rpartition('.')[2]}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def spans(world, rows):
    """Where the rows of a table stand: the Span of each on its page."""
    return [world.corpus[seed].span(start, end) for seed, start, end in worlds.spans(rows)]


def finding(number, margin, text=False):
    """Make a function the finding `number` of its notebook; the function itself stays what it was."""

    def register(compute):
        module = compute.__module__.rpartition(".")[2]
        key = f"{NAMES.index(module) + 1:02}", number
        said = {key: " ".join(words.split()) for key, words in prose(module)["finding"][number - 1].items()}
        _FOUND[key] = Finding(*key, **said, margin=margin, compute=compute, text=text)
        return compute

    return register


def all_findings():
    """Every finding, in the order of the notebooks."""
    return [found for notebook in MODULES for found in of_notebook(notebook)]


def of_notebook(notebook):
    """The findings of one notebook."""
    importlib.import_module(f"{__name__}.{MODULES[notebook]}")
    return [_FOUND[key] for key in sorted(_FOUND) if key[0] == notebook]


def block(notebook):
    """The findings of a notebook as markdown: below each sentence how sure it is and where it stands."""
    world, lines = worlds.published(), []
    passages = world.table("passages").query("notebook == @notebook")
    # One place of each page first, then the others, in the order of the reader's table.
    passages = passages.loc[passages.groupby(["finding", "seed"]).cumcount().sort_values(kind="stable").index]
    for found in of_notebook(notebook):
        places = spans(world, passages[passages.finding == str(found.number)])
        where = dict.fromkeys(f"[{span.doc.name}, line {span.line}](#Evidence)" for span in places)
        lines.append(BLOCK.format(found.number, *found.say(), ". ".join([*where][:3])))
    return "\n".join(lines)


def front(keys, names):
    """Some findings as a list, each with a link to its notebook; `names`: file name by number of notebook."""
    chosen = {found.key: found for found in all_findings()}
    return "\n".join(f"- {chosen[key].say()[0]} [Read more]({names[key[:2]]})" for key in keys)
