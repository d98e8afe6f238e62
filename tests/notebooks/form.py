"""The form of a notebook as rules: each takes a notebook and yields in words what is wrong with it.

A rule is a function whose docstring says what it wants; RULES holds them by name, FREE says which notebook is
free of which. `faults(path)` applies them to a file.
"""

import ast
import re

import nbreading
from nbreading import HAN, sentences, tables, words

LIMITS = {"words": 1300, "cell": 12, "code": 120, "rows": 12, "width": 120, "bytes": 1_000_000, "finding": 35}
RULES = {}
# Forms of their own: the front page, what survives, the appendix.
FREE = {
    "00": {"findings", "picture", "ending"},
    "10": {"ending"},
    "90": {"findings", "picture", "ending", "small_tables"},  # the report wraps its cells
}


def rule(check):
    RULES[check.__name__] = check
    return check


def faults(path):
    """All that is wrong with a notebook, each as "rule: what"."""
    nb = nbreading.read(path)
    wanted = RULES.keys() - FREE.get(nb.path.name[:2], set())
    return [f"{name}: {fault}" for name in RULES if name in wanted for fault in RULES[name](nb)]


@rule
def executed(nb):
    """Run from the first cell to the last, no error, no word on stderr; what a cell shows is stored."""
    if [cell.execution_count for cell in nb.code] != list(range(1, len(nb.code) + 1)):
        yield "the code cells were not run in order"
    for cell in nb.code:
        kinds = [output["output_type"] for output in cell.outputs]
        if "error" in kinds or any(output.get("name") == "stderr" for output in cell.outputs):
            yield f"{cell.id} stores an error or stderr"
        try:
            last = ast.parse(cell.source).body[-1:]
        except SyntaxError:
            yield f"{cell.id} is not plain Python"
            continue
        if last and isinstance(last[0], ast.Expr) and not cell.outputs:
            yield f"{cell.id} ends in an expression and stores no output"


@rule
def open_to_all(nb):
    """Nothing is hidden from the reader or from the comparison of outputs, and no output names a machine."""
    for cell in nb.cells:
        if cell.metadata not in ({}, {"tags": ["method"]}):
            yield f"{cell.id} has metadata other than the tag method"
        marks = re.search(r"(?i)nbval[-_]|^\s*[%!]|;\s*\Z", cell.source, re.M)
        if cell.cell_type == "code" and marks:
            yield f"{cell.id} has a magic, a mark for nbval or a ; at its end"
    if nbreading.MACHINE.search(nb.text):
        yield f"a path or address of a machine: {nbreading.MACHINE.search(nb.text)[0]}"


@rule
def size(nb):
    """Few words, short cells, a small file."""
    count = sum(len(words(block)) for source in nb.markdown for block in nbreading.blocks(source))
    lines = [sum(bool(re.match(r"\s*[^\s#]", line)) for line in cell.source.split("\n")) for cell in nb.code]
    for what, much, limit in (
        ("words", count, LIMITS["words"]),
        ("lines of code", sum(lines), LIMITS["code"]),
        ("lines in a cell", max(lines, default=0), LIMITS["cell"]),
        ("bytes", len(nb.text.encode()), LIMITS["bytes"]),
    ):
        if much > limit:
            yield f"{much} {what}, at most {limit}"


@rule
def title(nb):
    """The first cell opens with a title and a lead."""
    if not re.match(r"# \S.+\n\n\S", nb.lead) or len(sentences(nb.lead)) < 1:
        yield "the first cell does not open with “# Title”, an empty line and a lead"


@rule
def picture(nb):
    """One to three figures, the first an output of the first or second code cell."""
    shown = [k for k, cell in enumerate(nb.code) for output in cell.outputs if nbreading.is_figure(output)]
    if not 1 <= len(shown) <= 3 or shown[0] > 1:
        yield f"figures in code cells {[k + 1 for k in shown]}; wanted one to three, the first in cell 1 or 2"


@rule
def figures_speak(nb):
    """Each figure is SVG with alt text, title and caption, its caption below, and the file in figures/."""
    pairs = [pair for cell in nb.code for pair in zip(cell.outputs, [*cell.outputs[1:], {}])]
    for output, below in pairs:
        if not nbreading.is_figure(output):
            continue
        alt = output["metadata"].get("image/svg+xml", {}).get("alt", "")
        said = dict(
            re.findall(r"^(title|caption|alt): (.{20,})$", "".join(output["data"]["text/plain"]), re.M)
        )
        if len(alt) < 20 or said.get("alt") != alt or said.keys() != {"title", "caption", "alt"}:
            yield "a figure lacks its alt text, title or caption (20 letters each)"
        if nbreading.caption(below) != said.get("caption"):
            yield "a figure has not its caption below it"
        svg = "".join(output["data"]["image/svg+xml"])
        file = nbreading.file_of(nb, svg).with_suffix(".svg")
        if not file.is_file() or file.read_text(encoding="utf-8") != svg:
            yield f"a figure is not the file {file.name}"


@rule
def findings(nb):
    """One to three findings of at most 35 words and two quantities, each with How sure and Where."""
    items = re.split(r"^\d+\. ", nb.findings, flags=re.M)[1:]
    if not 1 <= len(items) <= 3:
        yield f"{len(items)} findings, wanted one to three"
    for k, item in enumerate(items, 1):
        said = re.sub(r"[*_]", "", item.partition("*How sure:*")[0]).strip()
        if not re.search(r"\*How sure:\* \S.*\*Where:\* \S", item, re.S):
            yield f"finding {k} lacks its lines How sure and Where"
        if len(words(said)) > LIMITS["finding"]:
            yield f"finding {k} has {len(words(said))} words"
        if re.search(r"[()\[\]（）【】]", said) or nbreading.PAGE_ID.search(said):
            yield f"finding {k} has brackets or the id of a page"
        if nbreading.quantities(said) > 2:
            yield f"finding {k} has {nbreading.quantities(said)} quantities"


@rule
def plain(nb):
    """Pages are called by their names; Chinese has its English beside it, in a sentence and in a row."""
    for sentence in (one for source in nb.markdown for one in sentences(source)):
        if nbreading.PAGE_ID.search(sentence):
            yield f"the id of a page in: {sentence}"
        if HAN.search(sentence) and not nbreading.ENGLISH.search(sentence):
            yield f"no English in: {sentence}"
    outputs = [output for cell in nb.code for output in cell.outputs]
    rows = [row for output in outputs for table in tables(output) for row in table]
    for row in rows + [passage for output in outputs for passage in nbreading.items(output)]:
        if HAN.search(" ".join(row)) and not nbreading.ENGLISH.search(" ".join(row)):
            yield f"no English in the row: {' | '.join(row)}"


@rule
def small_tables(nb):
    """Tables of at most 12 rows and 120 columns."""
    for section in nb.sections:
        for table in (table for output in section.outputs for table in tables(output)):
            wide = nbreading.width(table)
            if len(table) - 1 > LIMITS["rows"] or wide > LIMITS["width"]:
                yield f"a table under “{section.title}” has {len(table) - 1} rows and {wide} columns"


@rule
def ending(nb):
    """The last sections are So (two sentences, Limits, Next with a link) and Evidence, ending in a list."""
    if (
        len(nb.sections) < 3
        or not nb.sections[-2].title.startswith("So")
        or nb.sections[-1].title != "Evidence"
    ):
        yield "the last two headings are not “## So” and “## Evidence”"
        return
    answer, limits, _ = nb.sections[-2].prose.partition("*Limits")
    if len(sentences(answer)) != 2 or not limits:
        yield f"under So stand {len(sentences(answer))} sentences before *Limits*, wanted two"
    if not re.search(r"^\*Next:\* .*\]\(", nb.sections[-2].prose, re.M):
        yield "under So no line “*Next:*” with a link"
    if nb.cells[-1].cell_type != "code" or not any(
        nbreading.items(output) for output in nb.cells[-1].outputs
    ):
        yield "the last cell does not show the list of evidence"


@rule
def numbers(nb):
    """A number in the body is printed by an output of its own section, or is in a figure's data there."""
    everything = [output for cell in nb.code for output in cell.outputs]
    for section in nb.sections:
        closing = section.title.startswith("So")
        known = nbreading.known_findings(nb) if closing or not section.title or nb.number == "00" else set()
        outputs = everything if closing else section.outputs
        drawn = [
            value for output in filter(nbreading.is_figure, outputs) for value in nbreading.values(nb, output)
        ]
        printed = known.union(*(nbreading.numbers_in(nbreading.shown(output)) for output in outputs))
        figures = ["".join(output["data"]["text/plain"]) for output in filter(nbreading.is_figure, outputs)]
        for sentence in sentences("\n\n".join([section.prose, *figures])):
            for number in nbreading.stated(sentence):
                if float(number.replace(",", "")) not in printed and not nbreading.among(number, drawn):
                    yield f"{number} is printed by no output under “{section.title}”: {sentence}"


@rule
def links(nb):
    """Every link leads somewhere."""
    for source in nb.markdown:
        yield from nbreading.dead_links(nb.path, source)
