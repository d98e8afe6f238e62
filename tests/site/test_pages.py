"""Where the links of the site lead, and which lines of a page it shows, as it is handed to Sphinx."""

import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

import chipnotes as cn
from chipnotes.pages.document import clean

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "site"))

import evidence  # noqa: E402
import notebook  # noqa: E402
import passages  # noqa: E402

import build  # noqa: E402


@pytest.fixture(scope="module")
def docs():
    return [*cn.load(ROOT / "seeds"), *cn.load(ROOT / "notebooks" / "own_pages")]


@pytest.fixture(scope="module")
def notebooks():
    files = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    return {path.name[:2]: nbformat.read(path, 4) for path in files}


@pytest.fixture(scope="module", params=[False, True], ids=["full", "public"])
def staged(request, tmp_path_factory):
    """(public, the folder that Sphinx reads) of either site."""
    folder = tmp_path_factory.mktemp("site")
    build.stage(folder / "source", folder / "out", request.param)
    return request.param, folder / "source"


def test_words_that_stand_twice_are_linked_where_the_citation_says():
    doc = clean(
        "这里写着集成电路产业。\n那里也写着集成电路产业。\n", "t", {"name": "A page", "file": "t.txt"}
    )
    for line in (1, 2):
        citation = {"name": "A page", "line": str(line), "words": "集成电路"}
        span = passages.placed([doc], citation)
        assert (span.line, span.text) == (line, "集成电路")


def test_a_link_to_a_line_leads_to_a_passage_of_that_line(staged, docs):
    """In every notebook: the words of a link, its page and its line are those of the passage it goes to."""
    _, source = staged
    spans = {}
    for doc in docs:
        for start, end in re.findall(r'id="p(\d+)-(\d+)"', page_of(source, doc)):
            span = doc.span(int(start), int(end))
            spans[f"evidence/{passages.slug(doc)}.html#p{start}-{end}"] = f"{doc.name}, line {span.line}"
    seen = 0
    for path in sorted(source.glob("*.ipynb")):
        text = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False).replace('\\"', '"')
        for address, words in re.findall(r'<a href="(evidence/[^"]+#p[^"]+)">([^<]+, line \d+)</a>', text):
            assert spans[address] == words, (path.name, address)
            seen += 1
    assert seen > 30


def test_a_link_to_a_line_that_no_finding_rests_on_leads_to_the_line(docs):
    places = notebook.Places([*docs], [], {})
    for address in ("#Evidence", f"seeds/{docs[0].card['file']}"):
        made = places.linked(f"[{docs[0].name}, line 2]({address})")
        assert made == f'<a href="evidence/{passages.slug(docs[0])}.html#L2">{docs[0].name}, line 2</a>'


def page_of(source, doc):
    return (source / "evidence" / f"{passages.slug(doc)}.md").read_text("utf-8")


def test_lines_shown_are_all_or_those_that_hold_a_passage(staged, docs, notebooks):
    """Of a page of others the public site shows no line more, and none less, than those of its passages."""
    public, source = staged
    held = {doc.id: set() for doc in docs}
    for passage in passages.gather(docs, notebooks):
        doc, span = passage.span.doc, passage.span
        raw = [at for at in doc.origin[span.start : span.end].tolist() if at >= 0]
        held[doc.id] |= {doc.raw.count("\n", 0, at) + 1 for at in raw}
    for doc in (doc for doc in docs if doc.card.get("rights")):
        lines = {int(number) for number in re.findall(r'class="number">(\d+)<', page_of(source, doc))}
        if public:
            assert lines == held[doc.id], doc.name
        else:
            filled = {n for n, line in enumerate(doc.raw.split("\n"), 1) if line.strip()}
            assert filled <= lines and held[doc.id] < lines, doc.name


@pytest.mark.parametrize(
    ("rights", "public", "says", "keeps_from"),
    [
        ("None.", True, "Only lines that hold a cited passage", "for your own disk"),
        ("None.", False, "for your own disk", "Only lines"),
        ("", False, "was written for the collection", "your own disk"),
        ("", True, "was written for the collection", "Only lines"),
    ],
)
def test_the_notice_says_what_is_shown_and_what_one_may_do(rights, public, says, keeps_from):
    doc = clean("这里写着集成电路产业。\n", "t", {"name": "A page", "rights": rights, "file": "t.txt"})
    words = {"names": {}, "slugs": {doc.id: "page"}, "public": public, **evidence.content(doc, [], {1})}
    page = notebook.TEMPLATES.get_template("evidence.md").render(words)
    notice = re.search(r'<p class="notice".*?</p>', page, re.S)[0]
    assert says in notice and keeps_from not in notice
