"""What the checks on notebooks share: the notebooks, their figures, and the numbers that prose states and outputs print."""

import html
import json
import re

from bs4 import BeautifulSoup

from chipnotes.paths import NOTEBOOKS

PATHS = sorted(path for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb") if not path.name.startswith("00_"))
PLACES = {"start", "end", "line", "column", "finding", "para", "unit"}  # columns that say where, not how much
NUMBER = re.compile(r"(?<![A-Za-z0-9_.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z0-9_])")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


def is_figure(output):
    return "image/svg+xml" in output.get("data", {})


def figures(notebook):
    """(SVG, PNG in base64, the words of title, caption, alt) of each figure shown."""
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            if is_figure(output):
                data = output["data"]
                words = dict(re.findall(r"^(title|caption|alt): (.*)$", "".join(data["text/plain"]), re.M))
                yield "".join(data["image/svg+xml"]), "".join(data["image/png"]), words


def numbers(text):
    """The numbers in a text, as values: 13,335 and 13335 are one, −2 and -2 too."""
    return {float(m[0].replace(",", "").replace("−", "-")) for m in NUMBER.finditer(text)}


def stated(text):
    """Numbers that prose states: without code, links, ids of seeds and facts, numbers of lists, headings and notebooks."""
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+", " ", text, flags=re.S)
    text = re.sub(r"^\s*(?:#+ .*?·|\d+\.)", " ", text, flags=re.M)
    text = re.sub(r"\b(?:seeds?|notebooks?|finding|findings|figure|rule|law|ISO)(?:\s+(?:\d+|and|to|or|,))+", " ", text, flags=re.I)
    text = re.sub(r"\b0\d\d\b|\bx\d\d\b|[A-F0-9]{2}(?: [A-F0-9]{2})+|\b\d+[A-Za-z]+\b", " ", text)
    return numbers(text)


def printed(notebook):
    """Numbers that compared outputs print: no figures' words, no row numbers, no columns that only say where."""
    found = set()
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            data = output.get("data", {})
            if is_figure(output):
                continue
            if "text/html" in data:
                found |= numbers(_cells(BeautifulSoup("".join(data["text/html"]), "html.parser")))
            else:
                found |= numbers("".join(output.get("text", data.get("text/plain", ""))))
    return found


def _cells(soup):
    parts = []
    for table in soup.find_all("table"):
        names = [th.get_text() for th in table.thead.find_all("tr")[0].find_all("th")] if table.thead else []
        for row in table.find_all("tr"):
            for k, cell in enumerate(row.find_all(["th", "td"])):
                name = names[k] if k < len(names) else ""
                is_row_number = cell.name == "th" and cell.get_text().isdigit() and len(cell.get_text()) < 3
                if name not in PLACES and not is_row_number:
                    parts.append(cell.get_text())
        table.decompose()
    for place in soup.find_all("b"):
        place.decompose()
    return html.unescape("\n".join([*parts, soup.get_text(" ")]))
