"""Invented pages whose article is known: no sentence of an article is lost, and most of the furniture
goes."""

import re
from pathlib import Path

import pytest

from chipnotes.pages.document import clean
from chipnotes.pages.marks import simplify
from chipnotes.pages.seeds import decode
from chipnotes.pages.sentence import split_sentences

PROBES = sorted((Path(__file__).parent / "fixtures").glob("probes*.txt"))
SEPARATOR = {"newline": "\n", "html": "\n", "space": " ", "wide": "  ", "none": ""}


def probes():
    """(name, cleaned page, lines of its article, lines of furniture) of each page of the files."""
    for block in (b for path in PROBES for b in path.read_text(encoding="utf-8").split("\n% ")[1:]):
        head, *lines = block.splitlines()
        name, _, how = head.rpartition(" ")
        name, how = (name, how) if how in SEPARATOR else (head, "newline")
        page = SEPARATOR[how].join(
            line[2:].replace(" | ", "") if line[0] == "+" else line[2:] for line in lines if line[0] != "="
        )
        article = [line[2:].partition(" | ") for line in lines if line[0] in "+="]
        noise = [line[2:] for line in lines if line[0] == "-"] + [notice for *_, notice in article if notice]
        yield name, clean(page + "\n", html=how == "html"), [words for words, *_ in article], noise


def tight(text):
    """A text Simplified, without white space and the ornaments at the heads of lines."""
    return re.sub(r"[●□\s]", "", simplify(text))


PROBE_LIST = list(probes())


@pytest.mark.parametrize("probe", PROBE_LIST, ids=[name for name, *_ in PROBE_LIST])
def test_no_sentence_of_an_article_is_lost(probe):
    _, page, article, _ = probe
    text = tight(page.text)
    for line in article:
        for start, end in split_sentences(tight(line)):
            assert tight(line)[start:end] in text


def test_most_furniture_goes():
    """At most one line in ten of it is left, over all pages."""
    left = [
        (name, line)
        for name, page, _, noise in PROBE_LIST
        for line in noise
        if tight(line) in tight(page.text)
    ]
    assert len(left) <= 0.1 * sum(len(noise) for *_, noise in PROBE_LIST), left


@pytest.mark.parametrize("probe", PROBE_LIST, ids=[name for name, *_ in PROBE_LIST])
def test_a_page_in_gb18030_is_the_same_page(probe):
    raw = probe[1].raw
    assert decode(raw.encode("gb18030"), "page") == raw


def test_no_head_of_a_printed_page_stands_in_its_text():
    """Nor is it dropped in silence: the apparatus names the rule."""
    heads = {name: page for name, page, *_ in PROBE_LIST if name.startswith("pdf ")}
    assert len(heads) == 2
    for page in heads.values():
        dropped = page.apparatus.query("rule == 'page_head'")
        title = page.text.split("\n")[0]
        assert [title in page.raw[row.start : row.end] for row in dropped.itertuples()] == [True, True]
        assert page.text.count(title) == 1 and not set(page.inside_drops.rule) - {"page_head"}
