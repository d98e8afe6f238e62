"""Each rule on the form of a notebook, seen to refuse what it is there for; a good one passes them all."""

import copy
import json

import form
import nbreading
import pytest

ALT = "Two bars, of which the second is the longer one."
WORDS = f"title: Chips grew faster than all\ncaption: Output by industry, in percent\nalt: {ALT}"
SVG = '<svg role="img" aria-labelledby="02-try-title 02-try-desc"></svg>'
FIGURE = {
    "output_type": "execute_result",
    "data": {"image/svg+xml": SVG, "text/plain": WORDS},
    "metadata": {"image/svg+xml": {"alt": ALT}},
}
CAPTION = {
    "output_type": "display_data",
    "data": {"text/html": "<figcaption><small>Output by industry, in percent</small></figcaption>"},
    "metadata": {},
}
ANOTHER = {"text/html": "<figcaption><small>Share by industry, in percent</small></figcaption>"}
LEAD = """# Do chips grow faster?

A blog told of the growth of 2024, and of 20.8 percent.

**Findings**

1. **Chips grew by 20.8 percent, the rest by 3 to 4 percent in 2024.**
   *How sure:* exact, two of four printed (see below).
   *Where:* [Shanghai blog 2024, line 15](#Evidence).
2. **Two of the four plans have a date.**
   *How sure:* read twice.
   *Where:* [Yibin summit 2020, line 3](#Evidence)."""
SO = """## So

Chips grow faster by 17 points. That is all one can say.

*Limits.* One page.

*Next:* [the next one](03_next.ipynb)"""


def markdown(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source, *outputs):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs)}


def table(*rows):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return {"output_type": "execute_result", "data": {"text/html": f"<table>{cells}</table>"}, "metadata": {}}


def passage(english):
    shown = f"<ul><li>Yibin summit 2020, line 5: <span>{'芯片增长' * 40}</span><br>{english}</li></ul>"
    return {"output_type": "execute_result", "data": {"text/html": shown}, "metadata": {}}


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def good():
    return [
        markdown(LEAD),
        code("charts.growth(corpus)", *copy.deepcopy([FIGURE, CAPTION])),
        markdown(
            "## How much is it?\n\nOf 41 plans, 2 have a date (`3.5`), 近3万人 being “nearly 30,000” by 2024."
        ),
        code("print(41, 2)\nprint(30_000)", printed("41 plans\n2 dates 30,000\n")),
        markdown("The figure says 12.3 percent, and half of it."),
        code("charts.more(corpus)", *copy.deepcopy([FIGURE, CAPTION])),
        markdown(SO),
        code("print(17)", printed("17 points")),
        markdown("## Evidence\n\nThe passages."),
        code("cn.evidence('02', corpus)", passage("chips grew")),
    ]


def faults(folder, cells, name="02_try.ipynb"):
    """What the rules say of a notebook of these cells."""
    (folder / "notebooks").mkdir(exist_ok=True)
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "notebooks/03_next.ipynb").write_text('{"cells": [{"cell_type": "raw", "source": ""}]}')
    (folder / "figures/02-try.svg").write_text(SVG)
    (folder / "figures/02-try.csv").write_text("industry,share\nchips,0.1234\n", encoding="utf-8-sig")
    runs = [cell for cell in cells if cell["cell_type"] == "code"]
    for k, cell in enumerate(runs, 1):
        cell.setdefault("execution_count", k)
    for k, cell in enumerate(cells):
        cell.setdefault("id", f"cell-{k}")
    path = folder / "notebooks" / name
    path.write_text(json.dumps({"cells": cells}, ensure_ascii=False), encoding="utf-8")
    return form.faults(path)


def test_a_good_notebook_passes(tmp_path):
    assert faults(tmp_path, good()) == []


def put(k, **changes):
    """Damage: the cell with number k gets other contents."""
    return lambda cells: cells[k].update(changes)


def say(k, old, new):
    """Damage: in the source of the cell with number k one text takes the place of another."""

    def change(cells):
        assert old in cells[k]["source"]
        cells[k]["source"] = cells[k]["source"].replace(old, new)

    return change


def show(k, output):
    return lambda cells: cells[k].update(outputs=[output])


BAD = {
    "not run in order": ("executed", put(3, execution_count=7)),
    "an error": ("executed", show(3, {"output_type": "error"})),
    "stderr": ("executed", show(3, {"output_type": "stream", "name": "stderr", "text": "oh"})),
    "stripped output": ("executed", put(1, outputs=[])),
    "hidden cell": ("open_to_all", put(3, metadata={"tags": ["nbval-skip"]})),
    "a magic": ("open_to_all", say(3, "print(41, 2)", "%time print(41, 2)")),
    "a semicolon": ("open_to_all", say(1, "(corpus)", "(corpus);")),
    "a path": ("open_to_all", show(3, printed("41 2 30,000 in /" + "home/me/x"))),
    "an address": ("open_to_all", show(3, printed("41 2 30,000 <function at 0x7f00aa11bb>"))),
    "many words": ("size", say(8, "The passages.", "word " * 1250)),
    "a long cell": ("size", put(3, source="\n".join(f"x = {k}" for k in range(13)))),
    "much code": ("size", lambda cells: cells.extend(code("x = 1\n" * 12) for _ in range(10))),
    "a heavy file": ("size", show(3, printed("41 2 30,000" + "x" * 1_000_000))),
    "no title": ("title", say(0, "# Do", "Do")),
    "no lead": ("title", say(0, "A blog told of the growth of 2024, and of 20.8 percent.\n\n", "")),
    "a late figure": (
        "picture",
        lambda cells: cells.__setitem__(slice(1, 1), [code("a = 1"), code("b = 1")]),
    ),
    "no figure": ("picture", lambda cells: (show(1, printed("x"))(cells), show(5, printed("12.3"))(cells))),
    "a figure without its caption": ("figures_speak", lambda cells: cells[5]["outputs"].pop()),
    "another caption": ("figures_speak", lambda cells: cells[1]["outputs"][1]["data"].update(ANOTHER)),
    "four figures": ("picture", lambda cells: cells[5]["outputs"].extend([copy.deepcopy(FIGURE)] * 2)),
    "no alt text": ("figures_speak", lambda cells: cells[1]["outputs"][0].update(metadata={})),
    "another alt text": (
        "figures_speak",
        lambda cells: cells[1]["outputs"][0]["data"].update({"text/plain": WORDS + "!"}),
    ),
    "another picture": (
        "figures_speak",
        lambda cells: cells[1]["outputs"][0]["data"].update({"image/svg+xml": SVG + " "}),
    ),
    "no finding": ("findings", say(0, LEAD[LEAD.index("1. **") :], "")),
    "four findings": (
        "findings",
        say(
            0,
            "2. **Two",
            "2. **A.**\n*How sure:* b.\n*Where:* c.\n3. **A.**\n*How sure:* b.\n*Where:* c.\n4. **Two",
        ),
    ),
    "a long finding": ("findings", say(0, "have a date", "have a date" + " indeed" * 30)),
    "not how sure": ("findings", say(0, "*How sure:* read twice.", "Read twice.")),
    "not where": ("findings", say(0, "*Where:* [Yibin", "At [Yibin")),
    "a bracket": ("findings", say(0, "have a date", "(all) have a date")),
    "a page's id": ("findings", say(0, "plans have", "plans of 001 have")),
    "three quantities": ("findings", say(0, "percent in 2024.", "percent; five stay.")),
    "id in prose": ("plain", say(4, "The figure", "Page 004")),
    "fact's id in prose": ("plain", say(4, "The figure", "Fact x12")),
    "Chinese alone": ("plain", say(4, "and half of it.", "and half. 芯片增长。")),
    "Chinese passage": ("plain", show(9, passage("芯片增长"))),
    "Chinese row": ("plain", show(3, table(["41", "2"], ["芯片", "30,000"]))),
    "a long table": ("small_tables", show(3, table(["41"], *[["2 30,000"]] * 13))),
    "a wide table": ("small_tables", show(3, table(["41"], ["chips 2 30,000" + "芯" * 60]))),
    "no So": ("ending", say(6, "## So", "## Well")),
    "no evidence": ("ending", say(8, "## Evidence", "## More")),
    "no list at the end": ("ending", show(9, printed("none"))),
    "three closing sentences": ("ending", say(6, "That is", "Really. That is")),
    "no limits": ("ending", say(6, "*Limits.*", "Limits.")),
    "no next": ("ending", say(6, "*Next:*", "Next:")),
    "number of another section": ("numbers", say(8, "The passages.", "The 41 passages.")),
    "number of no output": ("numbers", say(2, "Of 41", "Of 42")),
    "number in the lead": ("numbers", say(0, "20.8 percent.\n\n**F", "20.9 percent.\n\n**F")),
    "number of no figure": ("numbers", say(4, "12.3", "12.4")),
    "number in the end": ("numbers", say(6, "17 points", "18 points")),
    "percent of a year": ("numbers", say(2, "by 2024", "by 2024 percent")),
    "number in a figure's words": (
        "numbers",
        lambda cells: cells[5]["outputs"][0]["data"].update(
            {"text/plain": WORDS.replace("than all", "by 77.7 percent")}
        ),
    ),
    "dead link": ("links", say(6, "03_next.ipynb", "04_next.ipynb")),
    "dead anchor": ("links", say(0, "line 15](#Evidence)", "line 15](#Elsewhere)")),
    "link without words": ("links", say(6, "[the next one]", "[ ]")),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_notebook_is_refused(tmp_path, what):
    name, damage = BAD[what]
    cells = good()
    damage(cells)
    assert {fault.partition(":")[0] for fault in faults(tmp_path, cells)} >= {name}


def test_every_rule_is_seen_to_refuse():
    assert {name for name, _ in BAD.values()} == set(form.RULES)


def test_the_front_page_may_say_what_any_notebook_found(tmp_path):
    faults(tmp_path, good(), "02_try.ipynb")
    page = [markdown("# Five pages\n\nChips grew by 20.8 percent.\n\n## What else\n\nThe rest by 4 percent.")]
    assert faults(tmp_path, page, "00_front.ipynb") == []
    say(0, "rest by 4", "rest by 5")(page)
    assert [fault.partition(" ")[2][:12] for fault in faults(tmp_path, page, "00_front.ipynb")] == [
        "5 is printed"
    ]


def test_three_notebooks_have_forms_of_their_own(tmp_path):
    cells = good()
    say(6, "## So", "## Well")(cells)
    assert faults(tmp_path, cells, "10_try.ipynb") == []
    assert faults(tmp_path, cells, "11_try.ipynb") != []
    assert set().union(*form.FREE.values()) <= set(form.RULES)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("It is 13,335 and 20.8 percent, −2.5 in 1,300", ["13,335", "20.8", "2.5", "1,300"]),
        ("On 4 November 2024 and 2020-12-14, in 2023, notebook 03, `12`, 近3万人", []),
        ("2024 percent and 2024.5", ["2024", "2024.5"]),
        ("28nm, 3x and x12, version 3.11.2", ["28", "3"]),
        ("7 of 9.", ["7", "9"]),
    ],
)
def test_what_a_sentence_states(sentence, numbers):
    assert nbreading.stated(sentence) == numbers


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("31 to 41 percent of the output in 2023, and at least 74 percent of the growth in 2024", 2),
        ("two of the four agreements name a sum", 1),
        ("15, 16 and 18 billion yuan", 1),
        ("five say so, six do not, seven are silent", 3),
        ("on 4 November 2024", 0),
    ],
)
def test_how_many_quantities_a_sentence_has(sentence, count):
    assert nbreading.quantities(sentence) == count
