"""The generated pages are as their generators write them, and every link in the project's pages leads somewhere."""

import json
import re

import make_index
import pytest
import yaml

from chipnotes import figures, paths

PAGES = [
    paths.ROOT / "README.md",
    paths.FIGURES / "README.md",
    *sorted(paths.NOTEBOOKS.glob("*.ipynb")),
    *sorted(paths.ROOT.glob("*/README.md")),
]


def markdown(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
    return text


def anchors(text):
    """The anchors of a page's headings, as forges make them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.M)
    }


def test_the_index_is_as_it_is_generated():
    assert make_index.INDEX.read_bytes() == make_index.index(), "run: make figures"


def test_the_gallery_is_as_it_is_generated():
    figures.write_gallery()  # compares under CHIPNOTES_FIGURES=check, which the test run sets


def test_the_index_has_every_notebook_in_order():
    links = re.findall(r"^## \[(\d\d) · .+?\]\((.+?)\)$", markdown(make_index.INDEX), re.M)
    names = [path.name for path in sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")) if path != make_index.INDEX]
    assert [name for _, name in links] == names and [number for number, _ in links] == [name[:2] for name in names]


@pytest.mark.parametrize("page", sorted(set(PAGES)), ids=lambda page: page.relative_to(paths.ROOT).as_posix())
def test_links_lead_somewhere(page):
    text = markdown(page)
    for label, target in re.findall(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)", text):
        assert label.strip(), f"a picture or link to {target} has no words"
        if re.match(r"https?:|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (page.parent / file).resolve() if file else page
        assert goal.exists(), f"{target} leads nowhere"
        assert not anchor or anchor in anchors(markdown(goal)), f"{target}: no such heading"


def test_the_citation_file_is_of_the_format_and_says_what_is_not_ours():
    """The keys that CFF 1.2 wants and has; a list of licences there would mean that the reader may choose one for everything."""
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    known = {"type", "version", "date-released", "abstract", "keywords", "license"}
    assert (
        {"cff-version", "message", "title", "authors"} <= set(citation) <= {"cff-version", "message", "title", "authors"} | known
    )
    assert citation["cff-version"] == "1.2.0" and citation["license"] == "MIT" and citation["authors"]
    for words in ("code alone", "CC BY 4.0", "Open Font License", "news texts in seeds/ are not ours", "LICENSE"):
        assert words in citation["message"]
