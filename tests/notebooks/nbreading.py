"""How the checks read a notebook: its sections and sentences, the numbers they state and outputs print."""

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

HAN = re.compile("[\u3400-\u9fff]")
ENGLISH = re.compile("[A-Za-z]{3}")
WIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")  # takes two columns
PAGE_ID = re.compile(r"(?<![\d.,])00[0-4](?![\d.,]?\d)|\bx\d\d\b")  # 004, x12
NUMBER = re.compile(r"(?<![A-Za-z\d_.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\d_]|\.\d)")  # 1,300 or 20.8, not x12
SMALL = "two three four five six seven eight nine ten eleven twelve".split()
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b\d{{1,2}} (?:{MONTHS})\b|\b\d{{4}}-\d\d-\d\d\b|\bnotebooks? \d\d(?: (?:and|to) \d\d)?\b"
)
YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b(?!\s*(?:%|percent)|[.,]\d)")
# Between two numbers of one quantity: 31 to 41 percent, 2 of the 4, 15, 16 and 18 billion yuan
JOINED = set("to of the and or out then percent per cent points million billion trillion yuan %".split())
SCALES = (1, 0.01, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|tmp|usr|opt|Users)/| at 0x[0-9a-f]{6,}")


def read(path):
    """A notebook file with its cells, sections and text at hand."""
    text = Path(path).read_text(encoding="utf-8")
    cells = [
        SimpleNamespace(**{"outputs": [], **cell, "source": "".join(cell["source"])})
        for cell in json.loads(text)["cells"]
    ]
    first = cells[0].source
    nb = SimpleNamespace(path=Path(path), text=text, cells=cells, lead=first.partition("**Findings**")[0])
    nb.number = nb.path.name[:2]
    nb.findings = first.partition("**Findings**")[2]
    nb.code = [cell for cell in cells if cell.cell_type == "code"]
    nb.markdown = [cell.source for cell in cells if cell.cell_type == "markdown"]
    nb.sections = [SimpleNamespace(title="", prose=nb.lead, outputs=[], cells=[])]
    for k, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            before, *parts = re.split(r"^##+ +(.+)$", cell.source if k else "", flags=re.M)
            nb.sections[-1].prose += "\n\n" + before
            for title, prose in zip(parts[::2], parts[1::2], strict=True):
                nb.sections.append(SimpleNamespace(title=title, prose=prose, outputs=[], cells=[]))
        nb.sections[-1].outputs += cell.outputs
        nb.sections[-1].cells.append(cell)
    return nb


def blocks(markdown):
    """The running text of a markdown source, block by block: no headings, tables, code, addresses or HTML."""
    text = re.sub(r"```.*?```|!\[.*?\]\(.*?\)|<!--.*?-->|<[^>]+>|\$\$.*?\$\$", " ", markdown, flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    lines = [line for line in text.split("\n") if not re.match(r"\s*(#|\||[-=]{3})", line)]
    text = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+|^\s*>\s?", "\n\n", "\n".join(lines), flags=re.M)
    return [
        " ".join(re.sub(r"[*_]", "", block).split()) for block in re.split(r"\n\s*\n", text) if block.strip()
    ]


def words(text):
    """The words of a text; a run of Chinese counts as one."""
    return [word for word in text.split() if re.search("[A-Za-z0-9\u3400-\u9fff]", word)]


def sentences(markdown):
    """The sentences of a markdown source, in order."""
    ends = r"(?<=[.!?。])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9\u3400-\u9fff])"
    return [one for block in blocks(markdown) for one in re.split(ends, block) if words(one)]


def stated(sentence):
    """The numbers that a sentence states: not those in code and Chinese quotations, nor years and days.

    >>> stated("On 4 November 2024 it grew by 20.8 percent in `3` of 13,335 cases of 近3万人")
    ['20.8', '13,335']
    """
    quoted = r"`[^`]*`|\S*[\u4e00-\u9fff]\S*"
    return NUMBER.findall(YEAR.sub(" ", DATE.sub(" ", re.sub(quoted, " ", sentence))))


def quantities(sentence):
    """How many quantities a sentence has; a range, a part of a whole, a series are one, years are none.

    >>> [quantities(s) for s in ("31 to 41 percent in 2023", "two of the four; 7 come", "3, 4 and 5; then 6")]
    [1, 2, 2]
    """
    free = YEAR.sub(" ", DATE.sub(" ", sentence)).lower()
    count, joined = 0, False
    for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%;:.]", free):
        if word in SMALL or word[0].isdigit():
            count, joined = count + (not joined), True
        elif word not in JOINED:
            joined = False
    return count


def numbers_in(text):
    return {float(number.replace(",", "")) for number in NUMBER.findall(text)}


def is_figure(output):
    return "image/svg+xml" in output.get("data", {})


def caption(output):
    """The words below a figure, if an output is that."""
    page = "".join(output.get("data", {}).get("text/html", ""))
    return html.unescape(re.sub(r"<[^>]+>", "", page)) if page.startswith("<figcaption>") else ""


def file_of(nb, svg):
    """The file in figures/, without its ending, of a figure that is shown."""
    name = re.search(r'aria-labelledby="(\S+)-title ', svg)
    return nb.path.parent.parent / "figures" / (name[1] if name else "of no name")


def values(nb, output):
    """The numbers that the data of a figure hold: cells, sums of columns, rows, and rows of one word."""
    file = file_of(nb, "".join(output["data"]["image/svg+xml"])).with_suffix(".csv")
    table = pd.read_csv(file, encoding="utf-8-sig") if file.is_file() else pd.DataFrame()
    numbers, texts = table.select_dtypes("number"), table.select_dtypes(exclude="number")
    counts = [count for column in texts for count in table[column].value_counts()]
    return [float(one) for one in (*numbers.to_numpy().flat, *numbers.sum(), *counts, len(table))]


def among(number, values):
    """Whether a number as written is one of the values, rounded; or in percent, thousands, 万, millions, 亿 …

    >>> among("12.3", [0.1234]), among("30", [3e10]), among("12.4", [0.1234])
    (True, True, False)
    """
    half = 0.5 * 10.0 ** -len(number.partition(".")[2]) * (1 + 1e-9)
    wanted = float(number.replace(",", ""))
    return any(abs(abs(value) / scale - wanted) <= half for value in values if value for scale in SCALES) or (
        wanted == 0 and 0 in values
    )


def known_findings(nb):
    """The numbers of a notebook's findings; on the front page those of all notebooks."""
    if nb.number != "00":
        return numbers_in(nb.findings)
    others = sorted(nb.path.parent.glob("[0-9][0-9]_*.ipynb"))
    return set().union(*(numbers_in(read(other).findings) for other in others))


def shown(output):
    """The text that an output prints; the words of a figure are prose and print nothing."""
    data = output.get("data", {})
    if is_figure(output) or caption(output):
        return ""
    text = "".join(data.get("text/html") or data.get("text/plain") or output.get("text", ""))
    return html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", text, flags=re.S))


def tables(output):
    """The HTML tables of an output as rows of cells, the head first."""
    page = "".join(output.get("data", {}).get("text/html", ""))
    found = []
    for table in re.findall(r"<table.*?</table>", page, flags=re.S):
        rows = [
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)
            for row in re.findall(r"<tr.*?</tr>", table, flags=re.S)
        ]
        found.append([[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in rows])
    return found


def items(output):
    """The passages of a list of evidence in an output, each as its quotation and its English."""
    page = "".join(output.get("data", {}).get("text/html", ""))
    found = re.findall(r"<li>.+?, line \d+: (.+?)<br>(.*?)</li>", page, flags=re.S)
    return [[html.unescape(re.sub(r"<[^>]+>", "", words)) for words in passage] for passage in found]


def width(table):
    """The columns that a table takes on a screen: a Chinese character two, and two between cells."""
    columns = zip(*table, strict=False)
    return sum(max(len(cell) + len(WIDE.findall(cell)) for cell in column) + 2 for column in columns)


def dead_links(page, source):
    """The links of a markdown source in the file `page` that lead nowhere."""
    for label, target in LINK.findall(source):
        if re.match(r"https?:|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (page.parent / file).resolve() if file else page
        if not label.strip() or not goal.exists():
            yield f"[{label}]({target}) leads nowhere"
        elif anchor and anchor.lower() not in anchors(goal):
            yield f"[{label}]({target}): no such heading"


def anchors(page):
    """The anchors of a file's headings, as JupyterLab and forges make them, in small letters."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".ipynb":
        text = "\n".join(
            "".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"
        )
    headings = [heading.strip().lower() for heading in re.findall(r"^#+ (.+)$", text, re.M)]
    return {h.replace(" ", "-") for h in headings} | {
        re.sub(r"[^\w\- ]", "", h).replace(" ", "-") for h in headings
    }
