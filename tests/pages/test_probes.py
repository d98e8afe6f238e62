"""Invented pages whose article is known: no sentence of an article is lost, and most of the furniture
goes."""

from pathlib import Path

import pytest

from chipnotes.pages.document import clean
from chipnotes.pages.marks import simplify
from chipnotes.pages.sentence import split_sentences

PROBES = Path(__file__).parent / "fixtures" / "probes.txt"
SEPARATOR = {"newline": "\n", "space": " ", "wide": "  ", "none": ""}


def probes():
    """(name, raw page, lines of its article, lines of furniture) of each page of the file."""
    for block in PROBES.read_text(encoding="utf-8").split("\n% ")[1:]:
        head, *lines = block.splitlines()
        name, _, how = head.rpartition(" ")
        name, how = (name, how) if how in SEPARATOR else (head, "newline")
        page = SEPARATOR[how].join(
            line[2:].replace(" | ", "") if line[0] == "+" else line[2:] for line in lines
        )
        article = [line[2:].partition(" | ") for line in lines if line[0] == "+"]
        noise = [line[2:] for line in lines if line[0] == "-"] + [notice for *_, notice in article if notice]
        yield name, page + "\n", [words for words, *_ in article], noise


def tight(text):
    """A text Simplified, without white space and the ornaments at the heads of lines."""
    return "".join(simplify(text).replace("●", "").split())


PROBE_LIST = list(probes())


@pytest.mark.parametrize("probe", PROBE_LIST, ids=[name for name, *_ in PROBE_LIST])
def test_no_sentence_of_an_article_is_lost(probe):
    _, page, article, _ = probe
    text = tight(clean(page).text)
    for line in article:
        for start, end in split_sentences(tight(line)):
            assert tight(line)[start:end] in text


def test_most_furniture_goes():
    """At most one line in ten of it is left, over all pages."""
    left = [
        (name, line)
        for name, page, _, noise in PROBE_LIST
        for line in noise
        if tight(line) in tight(clean(page).text)
    ]
    assert len(left) <= 0.1 * sum(len(noise) for *_, noise in PROBE_LIST), left
