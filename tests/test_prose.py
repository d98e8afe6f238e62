"""A number in prose is a number in an output that speaks of the same, and prose quotes the pages rightly."""

import re

import notebooks as nb
import pytest

from chipnotes.paths import ROOT, read_data

LACKING = (
    "states what no output prints beside a word of its sentence (a percentage: beside %, percent, share, rate or growth). "
    "Print it so, or say what the output says:\n"
)
EACH = pytest.mark.parametrize("path", nb.PATHS, ids=lambda path: path.stem)


@EACH
def test_every_number_in_prose_is_printed_by_an_output(path):
    notebook = nb.load(path)
    outputs, known = nb.printed(path), len(nb.findings(notebook))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            lacking = nb.lacking(nb.source(cell), outputs, known)
            assert not lacking, f"{cell['id']} {LACKING}" + "\n".join(lacking)


@EACH
def test_every_number_in_the_words_of_a_figure_is_printed_by_an_output(path):
    notebook = nb.load(path)
    outputs, known = nb.printed(path), len(nb.findings(notebook))
    for _, _, words in nb.figures(notebook):
        lacking = nb.lacking("\n\n".join(words.values()), outputs, known)
        assert not lacking, f"the figure {words['title']!r} {LACKING}" + "\n".join(lacking)


@EACH
def test_chinese_quoted_in_prose_stands_on_a_page(path, corpus):
    """Runs of eight Chinese characters or more in prose are quotations; the text or the raw page has them."""
    everything = "".join(doc.text + doc.raw for doc in corpus)
    for cell in nb.load(path)["cells"]:
        if cell["cell_type"] == "markdown":
            for quote in re.findall(r"[\u4e00-\u9fff]{8,}", nb.source(cell)):
                assert quote in everything, f"{cell['id']} quotes {quote}, which no page has"


FACTS = {row[0]: nb.words(" ".join(row)) for row in read_data("external_facts.tsv").itertuples(index=False)}


@EACH
def test_an_external_fact_in_prose_is_of_what_the_sentence_speaks_of(path):
    """And other rows are named by their words: nothing shows that an id is the right one."""
    for cell in nb.load(path)["cells"]:
        if cell["cell_type"] == "markdown":
            for sentence in re.split(r"(?<=[.?])\s+|\n\s*\n", nb.source(cell)):
                for fact in re.findall(r"\bx\d\d\b", sentence):
                    assert nb.words(sentence) & FACTS[fact], f"{cell['id']}: {fact} says nothing of what this says: {sentence}"
                assert not re.search(r"\b[abc]\d\d?\b", sentence), f"{cell['id']} names a row by its id: {sentence}"


README = (ROOT / "README.md").read_text(encoding="utf-8").partition("## What it found")[2].partition("All findings")[0]


@pytest.mark.parametrize("item", re.split(r"\n(?=- \*\*|!\[)", README.strip()), ids=lambda item: item[4:40])
def test_every_number_of_the_readme_is_printed_by_the_notebook_it_links(item):
    numbers = re.findall(r"\(notebooks/(\d\d)_|\(figures/(\d\d)-", item)
    outputs = [one for path in nb.PATHS if any(path.name[:2] in pair for pair in numbers) for one in nb.printed(path)]
    lacking = nb.lacking(item, outputs)
    assert numbers and not lacking, f"of the notebooks it links, {LACKING}" + "\n".join(lacking)


# ---------------------------------------------------------------- the reader of numbers itself


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Of 13,335 characters 69.3 % are article; growth −2.5 % in 2024.", {13335, 69.3, -2.5, 2024}),
        ("近3万人, 20.8%, bytes 9C CA, 5G", {3, 20.8}),
        ("a 28nm line, 3x as many, 20pp more, 12.5k racks, 7th of 9", {28, 3, 20, 12.5, 7, 9}),
        ("1. Seed 003 has `12` brackets (x01), see notebook 05, [here](a/12.ipynb)\n2. none", set()),
        ("1. first\n2. second\n9. no item of the list\n1.5 % no item either", {9, 1.5}),
        ("it grew by\n3.5 % and by\n20. Then it fell", {3.5, 20}),
        ("rule 90 and 77, law 6, figures 1 and 12, seed 4, page 13", {90, 77, 6, 12, 4, 13}),
        ("findings 2 and 3 fall, finding 2 to 900 too", {900}),
        ("as finding 2, 40 % of it", {40}),
        ("notebooks 03 and 04, but notebook 77", {77}),
        ("How sure: 1 and 2 are counts, 3 readings, 7 % a guess, 8 too.", {7, 8}),
        ("pairs such as 20 30 are no bytes", {20, 30}),
        ("on 4 November 2024 and 2020-12-14 and 10月29日, in April 2023", {2023}),
        ("1,2345 and 1.2.3", {1, 2345}),
    ],
)
def test_what_prose_states(text, numbers):
    assert nb.stated(text, known=3) == numbers


TABLE = """<table><thead>
<tr><th></th><th>start</th><th>bodies</th><th>share of chips</th></tr><tr><th>agreement</th><th></th><th></th><th></th></tr></thead><tbody>
<tr><th rowspan="2">cars</th><td>17</td><td>42</td><td>7.5</td></tr><tr><td>18</td><td>43</td><td>9.5</td></tr>
<tr><th>talent (004)</th><td>19</td><td>0</td><td>30</td></tr></tbody></table>"""
CITATION = "<div><b>seed 002, paragraph 88</b><br>raw line 89: 增长<mark>20.8%</mark></div>"
OUTPUTS = nb.printed_by(
    [
        {"outputs": [{"data": {"text/html": [TABLE]}}]},
        {"outputs": [{"data": {"text/html": [CITATION]}}]},
        {"outputs": [{"text": ["made 6 plans by 2024-11-04\n", "0.5 points\n", "12 % idle, 8 pages each\n"]}]},
    ]
)


def test_what_outputs_print():
    assert set().union(*(one.numbers for one in OUTPUTS)) == {42, 43, 7.5, 9.5, 0, 30, 20.8, 6, 2024, 0.5, 12, 8}
    assert [one.days for one in OUTPUTS if one.days] == [{(11, 4), (2024, 11, 4)}]


@pytest.mark.parametrize(
    "text",
    [
        "42 bodies. 43 act for cars; 9.5 % is the share.",
        "9.5 % is about chips",
        "the share of talent is 30 %",
        "6 plans stood on 4 November 2024, or 4 November",
        "the year 2024, 近0.5个点, growth of 20.8%: 增长",
    ],
)
def test_what_an_output_bears(text):
    assert nb.lacking(text, OUTPUTS) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("There are 44 bodies.", "44"),
        ("Of the plans 42 were made.", "42"),  # 42 stands beside bodies and cars
        ("Bodies. In cities: 43.", "43"),  # the word stands in another sentence
        ("6 % of the plans", "6"),  # 6 is a count
        ("4 talent bodies", "4"),  # the id 004 is no number, nor are month and day of a date
        ("11 plans", "11"),
        ("plans of 5 November 2024", "5 November 2024"),
        ("plans of 2024-11-05", "2024-11-05"),
        ("12 % of the towns", "12"),  # the percent sign is no word
        ("Each of 8 pages", "8"),  # nor is what stands beside any number
        ("17 bodies of cars", "17"),  # a column that says where
        ("paragraph 88", "88"),
    ],
)
def test_a_planted_fault_is_seen(text, number):
    assert [one.partition(":")[0] for one in nb.lacking(text, OUTPUTS)] == [number]
