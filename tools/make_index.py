"""Writes notebooks/00_index.ipynb: each notebook with its question, its findings and its first figure, read from the notebooks."""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS, FIGURES = ROOT / "notebooks", ROOT / "figures"
INDEX = NOTEBOOKS / "00_index.ipynb"
OPENING = """# chipnotes: what five damaged pages say about regional chip policy

Each notebook asks one question, states its findings first, and leads every number back to the page. They were run in this order;
`make figures` runs them again. [Every figure with its data](../figures/README.md) · [the pages and their dates](../seeds/sources.toml)"""


def entry(path):
    """The index entry of a notebook: title with link, question, findings, first figure with its alt text."""
    opening = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
    title = re.match(r"# (.+)", opening)
    question = re.search(r"\*\*Question\.\*\* (.+?)\n\n", opening, re.S)
    findings = re.search(r"\*\*Findings\*\*\n\n(.+?)(?:\n\n|\Z)", opening, re.S)
    if not (title and question and findings):
        raise SystemExit(f"notebooks/{path.name}: its first cell needs “# NN · Title”, “**Question.**” and “**Findings**” with a list")
    parts = [f"## [{title[1]}]({path.name})", question[1].replace("\n", " "), findings[1]]
    for figure in sorted(FIGURES.glob(f"{path.name[:2]}-*.txt"))[:1]:
        alt = re.search(r"^alt: (.+)$", figure.read_text(encoding="utf-8"), re.M)[1]
        parts.append(f"![{alt.replace('[', '(').replace(']', ')')}](../figures/{figure.stem}.svg)")
    return "\n\n".join(parts)


def index():
    """The bytes of the index notebook."""
    texts = [OPENING] + [entry(path) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")) if path != INDEX]
    cells = [
        {"cell_type": "markdown", "id": f"index-{number:02d}", "metadata": {}, "source": text.splitlines(keepends=True)}
        for number, text in enumerate(texts)
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    content = index()
    if not INDEX.is_file() or INDEX.read_bytes() != content:
        INDEX.write_bytes(content)
    sys.exit(0)
