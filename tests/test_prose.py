"""A number in prose is a number in an output, and prose quotes the pages rightly."""

import re

import notebooks as nb
import pytest

from chipnotes.paths import ROOT

EACH = pytest.mark.parametrize("path", nb.PATHS, ids=lambda path: path.stem)


@EACH
def test_every_number_in_prose_is_printed_by_an_output(path):
    notebook = nb.load(path)
    printed = nb.printed(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            lacking = sorted(nb.stated(nb.source(cell)) - printed)
            assert not lacking, f"{cell['id']} states {lacking}, which no output prints"


@EACH
def test_every_number_in_the_words_of_a_figure_is_printed_by_an_output(path):
    notebook = nb.load(path)
    printed = nb.printed(notebook)
    for _, _, words in nb.figures(notebook):
        for key, text in words.items():
            lacking = sorted(nb.stated(text) - printed)
            assert not lacking, f"the {key} of {words['title']!r} states {lacking}, which no output prints"


@EACH
def test_chinese_quoted_in_prose_stands_on_a_page(path, corpus):
    """Runs of eight Chinese characters or more in prose are quotations; the text or the raw page has them."""
    everything = "".join(doc.text + doc.raw for doc in corpus)
    for cell in nb.load(path)["cells"]:
        if cell["cell_type"] == "markdown":
            for quote in re.findall(r"[\u4e00-\u9fff]{8,}", nb.source(cell)):
                assert quote in everything, f"{cell['id']} quotes {quote}, which no page has"


README = (ROOT / "README.md").read_text(encoding="utf-8").partition("## What it found")[2].partition("All findings")[0]


@pytest.mark.parametrize("item", re.split(r"\n(?=- \*\*|!\[)", README.strip()), ids=lambda item: item[4:40])
def test_every_number_of_the_readme_is_printed_by_the_notebook_it_links(item):
    numbers = re.findall(r"\(notebooks/(\d\d)_|\(figures/(\d\d)-", item)
    printed = set().union(*(nb.printed(nb.load(path)) for path in nb.PATHS for pair in numbers if path.name[:2] in pair))
    lacking = sorted(nb.stated(item) - printed)
    assert numbers and not lacking, f"states {lacking}, which no output of the notebook it links prints"


def test_the_reader_of_numbers():
    assert nb.stated("Of 13,335 characters 69.3 % are article; growth −2.5 % in 2024.") == {13335, 69.3, -2.5, 2024}
    assert nb.stated("1. Seed 003 has `12` brackets (x01), see notebook 05, [here](a/12.ipynb)\n2. none") == set()
    assert nb.stated("近3万人, 20.8%, bytes 9C CA, 5G") == {3, 20.8}
    table = "<table><thead><tr><th></th><th>start</th><th>n</th></tr></thead><tbody><tr><th>0</th><td>17</td><td>42</td></tr></tbody></table>"
    cell = {"cell_type": "code", "source": [], "outputs": [{"data": {"text/html": [table]}}, {"text": ["made 7"]}]}
    assert nb.printed({"cells": [cell]}) == {42, 7}
