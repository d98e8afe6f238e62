"""The notebooks that are there: their form, their findings, their figures; and the pages around them."""

import json
import re
import sys
from types import SimpleNamespace

import form
import generated
import nbformat
import nbreading
import pytest

from chipnotes import files

PATHS = generated.notebooks()
EACH = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
PAGES = [*sorted(files.ROOT.glob("*.md")), *sorted(files.ROOT.glob("*/README.md"))]


@EACH
def test_has_the_form(path):
    assert form.faults(path) == []


@EACH
def test_is_a_valid_notebook_of_this_environment(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


@EACH
def test_findings_are_those_that_the_functions_give(path):
    for k, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            assert generated.filled(source, path.name[:2], first=k == 0) == source, "run: make figures"


@EACH
def test_chinese_quoted_in_prose_stands_on_a_page(path, corpus):
    """Runs of eight Chinese characters or more in prose are quotations; the text or the raw page has them."""
    everything = "".join(doc.text + doc.raw for doc in corpus)
    for source in nbreading.read(path).markdown:
        for quote in re.findall(r"[\u4e00-\u9fff]{8,}", source):
            assert quote in everything, f"{quote} is on no page"


def test_numbers_of_notebooks_are_used_once():
    assert len({path.name[:2] for path in PATHS}) == len(PATHS)


def test_figures_are_those_that_notebooks_show():
    """Four files for each figure that a notebook shows, none of another, and a gallery of them all."""
    shown = set()
    for path in PATHS:
        for output in (output for cell in nbreading.read(path).code for output in cell.outputs):
            if nbreading.is_figure(output):
                name = nbreading.file_of(nbreading.read(path), "".join(output["data"]["image/svg+xml"])).name
                # The front page shows the pictures of others.
                own = name[:2] == path.name[:2] or path.name[:2] == "00"
                assert own, f"{name} is a figure of another notebook"
                shown.add(name)
    there = {file.name for file in files.FIGURES.glob("*")} - {"README.md"}
    assert there == {f"{name}.{kind}" for name in shown for kind in ("svg", "png", "csv", "txt")}


def test_the_gallery_is_as_it_is_generated():
    if PATHS:
        assert (files.FIGURES / "README.md").read_text(encoding="utf-8") == generated.gallery(), (
            "run: make figures"
        )


def test_the_gallery_escapes_what_it_shows(tmp_path, monkeypatch):
    monkeypatch.setattr(generated, "FIGURES", tmp_path)
    monkeypatch.setattr(generated, "NOTEBOOKS", tmp_path)
    (tmp_path / "99_last.ipynb").write_text("{}")
    (tmp_path / "99-a.txt").write_text("title: A & <b>b</b>\ncaption: 1. [x](y) *a* 2024_11 | $5\nalt: [c]\n")
    page = generated.gallery()
    assert r"## A \& \<b\>b\</b\>" in page and r"1\. \[x\](y) \*a\* 2024\_11 \| \$5" in page
    assert r"![\[c\]](99-a.svg)" in page and "[notebook 99](../notebooks/99_last.ipynb)" in page
    (tmp_path / "99-a.txt").write_text("title: x\n")
    with pytest.raises(generated.Missing, match="99-a.txt is not as"):
        generated.gallery()


def test_findings_are_written_into_the_first_cell_and_the_front_page(monkeypatch):
    monkeypatch.setattr(generated, "_ask", lambda function, *arguments: f"1. {function} {arguments[0]}")
    assert (
        generated.filled("# T\n\n**Findings**\n\n1. old\n", "02", True)
        == "# T\n\n**Findings**\n\n1. block 02"
    )
    assert generated.filled("# T\n\n**Findings**", "02", True) == "# T\n\n**Findings**\n\n1. block 02"
    assert generated.filled("# T\n\n**Findings**\n\n1. old", "02", False) == "# T\n\n**Findings**\n\n1. old"
    front = "a\n<!-- findings 02.1 06.3 -->\nold\n<!-- /findings -->\nb"
    new = "a\n<!-- findings 02.1 06.3 -->\n\n1. front ['02.1', '06.3']\n\n<!-- /findings -->\nb"
    assert generated.filled(front, "00", False) == new == generated.filled(new, "00", False)


def test_findings_that_are_not_there_are_named(monkeypatch):
    findings = {"02": "1. found"}
    monkeypatch.setitem(sys.modules, "argument.findings", SimpleNamespace(block=findings.__getitem__))
    assert generated.filled("**Findings**\n", "02", True).endswith("1. found")
    with pytest.raises(generated.Missing, match="argument/findings has no '77'"):
        generated.filled("**Findings**\n", "77", True)
    monkeypatch.delitem(sys.modules, "argument.findings")
    monkeypatch.setattr(generated, "NOTEBOOKS", generated.ROOT / "nowhere")
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "argument", raising=False)
    with pytest.raises(generated.Missing, match="notebooks/argument.* is not there"):
        generated.filled("**Findings**\n", "02", True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(files.ROOT).as_posix())
def test_links_of_pages_lead_somewhere(page):
    assert list(nbreading.dead_links(page, page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("line", (files.ROOT / "README.md").read_text(encoding="utf-8").split("\n- ")[1:])
def test_numbers_of_the_readme_are_those_of_the_notebook_it_links(line):
    """In a list item that links a notebook: the numbers of its findings, or of its outputs."""
    line = line.partition("\n\n")[0]
    linked = [path for path in PATHS if f"notebooks/{path.name}" in line]
    if linked:
        outputs = [output for path in linked for cell in nbreading.read(path).code for output in cell.outputs]
        said = {number for path in linked for number in nbreading.numbers_in(nbreading.read(path).findings)}
        printed = said.union(*(nbreading.numbers_in(nbreading.shown(output)) for output in outputs))
        numbers = [n for sentence in nbreading.sentences(line) for n in nbreading.stated(sentence)]
        assert [number for number in numbers if float(number.replace(",", "")) not in printed] == []
