"""What nbval does not check in a notebook: that it was run whole, shows what it says it shows, and holds to its form."""

import ast
import base64
import re

import nbformat
import notebooks as nb
import pytest

from chipnotes import paths

EACH = pytest.mark.parametrize("path", nb.PATHS, ids=lambda path: path.stem)
OUTPUT_TYPES = {"stream", "execute_result", "display_data"}


@EACH
def test_is_a_valid_notebook_of_this_environment(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


@EACH
def test_was_run_from_first_to_last_cell(path):
    cells = nb.code_cells(nb.load(path))
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        for output in cell["outputs"]:
            assert output["output_type"] in OUTPUT_TYPES, f"{cell['id']} stores {output['output_type']}"
            assert output.get("name") != "stderr", f"{cell['id']} stores stderr"


@EACH
def test_a_cell_that_shows_something_stores_it(path):
    """nbval passes a cell whose outputs were stripped; its own source says whether it has any."""
    for cell in nb.code_cells(nb.load(path)):
        tree = ast.parse(nb.source(cell))
        kinds = [output["output_type"] for output in cell["outputs"]]
        last = tree.body[-1]
        if isinstance(last, ast.Expr) and not _returns_nothing(last.value):
            assert "execute_result" in kinds, f"{cell['id']} ends in an expression and stores no result"
        if any(_is_print(node) for statement in tree.body for node in _outside_functions(statement)):
            assert "stream" in kinds, f"{cell['id']} prints and stores no stream"


def _is_print(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _returns_nothing(value):
    return (
        _is_print(value)
        or isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "set_option"
    )


def _outside_functions(node):
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


@EACH
def test_nothing_is_hidden_from_the_comparison(path):
    for cell in nb.load(path)["cells"]:
        assert not cell["metadata"], f"{cell['id']} has metadata, which may hide it from nbval or from the reader"
        source = nb.source(cell)
        assert not re.search(r"(?i)nbval[-_]|^\s*%|^\s*!", source, re.M), f"{cell['id']} has a magic or a mark for nbval"
        assert cell["cell_type"] != "code" or not source.rstrip().endswith(";"), f"{cell['id']} ends in ;, which nbval ignores"


@EACH
def test_cells_are_short(path):
    for cell in nb.code_cells(nb.load(path)):
        assert len(nb.source(cell).splitlines()) <= 15, f"{cell['id']} has more than 15 lines"


@EACH
def test_has_the_form_of_the_collection(path):
    notebook = nb.load(path)
    first, second = notebook["cells"][:2]
    assert first["cell_type"] == "markdown" and second["cell_type"] == "code"
    assert re.match(rf"# {path.name[:2]} · \S.+\n", nb.source(first)), "the first cell opens with “# NN · Title”"
    assert "**Question.**" in nb.source(first) and "**Findings**" in nb.source(first)
    headings = re.findall(r"^## (.+)", "\n".join(nb.source(c) for c in notebook["cells"] if c["cell_type"] == "markdown"), re.M)
    assert headings[-1] == "Limits", "the last section is the box of limits"
    assert 1 <= len(list(nb.figures(notebook))) <= 3


@EACH
def test_each_finding_names_the_spans_it_rests_on(path, corpus):
    notebook = nb.load(path)
    findings = nb.findings(notebook)
    (output,) = [o for o in notebook["cells"][1]["outputs"] if "text/html" in o.get("data", {})]
    soup = nb.BeautifulSoup("".join(output["data"]["text/html"]), "html.parser")
    rows = [[td.get_text() for td in row.find_all("td")] for row in soup.tbody.find_all("tr")]
    assert [str(k + 1) for k in range(len(findings))] == findings
    assert {row[0] for row in rows} == set(findings)
    for _, seed, start, end, line, column, quotation, english in rows:
        document = corpus[seed]
        assert document.text[int(start) : int(end)] == quotation and english.strip()
        assert document.raw.split("\n")[int(line) - 1][int(column) - 1] == document.raw[document.origin[int(start)]]


@EACH
def test_figures_are_the_files_in_figures_and_say_what_is_seen(path):
    shown = list(nb.figures(nb.load(path)))
    files = sorted(paths.FIGURES.glob(f"{path.name[:2]}-*.svg"))
    assert len(shown) == len(files)
    by_svg = {file.read_text(encoding="utf-8"): file for file in files}
    for svg, png, words in shown:
        file = by_svg[svg]
        assert base64.b64decode(png) == file.with_suffix(".png").read_bytes()
        assert set(words) == {"title", "caption", "alt"} and all(len(text) > 20 for text in words.values())
        assert file.with_suffix(".txt").read_text(encoding="utf-8").splitlines() == [
            f"{key}: {text}" for key, text in words.items()
        ]


@EACH
def test_outputs_name_no_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|usr|opt|Users)/", text)
    assert not re.search(r" at 0x[0-9a-f]{6,}", text)


def test_there_are_notebooks_numbered_without_a_gap():
    numbers = [int(path.name[:2]) for path in nb.PATHS]
    assert numbers == list(range(1, len(numbers) + 1)) and numbers


def test_every_figure_belongs_to_a_notebook():
    known = {path.name[:2] for path in nb.PATHS}
    assert {file.name[:2] for file in paths.FIGURES.glob("*-*.svg")} <= known
