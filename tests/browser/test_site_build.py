"""The built sites: the public one gives away no other line, the same bytes elsewhere, tables validate."""

import html
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import frictionless
import nbformat
import pytest
from fontTools.ttLib import TTFont

import chipnotes as cn
from chipnotes.files import read_data

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "site"))

import passages  # noqa: E402

PUBLIC = ROOT / "build" / "site-public"
RUN = 12  # letters, figures and Chinese characters in a row that may not come from a line that is not shown
pytestmark = pytest.mark.browser


def packed(text):
    """A text without tags, spaces and punctuation; escapes of HTML and JavaScript undone."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return "".join(filter(str.isalnum, html.unescape(re.sub(r"<[^>]*>", "", text))))


def runs(text, least=RUN):
    text = "".join(filter(str.isalnum, text))
    return {text[at : at + least] for at in range(len(text) - least + 1)}


@pytest.fixture(scope="module")
def lines():
    """(shown, hidden): lines of the seeds, raw and clean, that hold a cited passage, and the others."""
    seeds = list(cn.load(ROOT / "seeds"))
    own = list(cn.load(ROOT / "notebooks" / "own_pages"))
    files = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    notebooks = {path.name[:2]: nbformat.read(path, 4) for path in files}
    everywhere = passages.held_lines(passages.gather([*seeds, *own], notebooks))
    shown, hidden = [], []
    for doc in seeds:
        held = {number for page, number in everywhere if page == doc.id}
        of_line = {}
        for at, raw in enumerate(doc.origin.tolist()):
            of_line.setdefault(int(doc.raw_lines.searchsorted(raw, "right")), []).append(doc.text[at])
        ends = [*doc.raw_lines.tolist(), len(doc.raw)]
        for number in range(1, len(ends)):
            both = [doc.raw[ends[number - 1] : ends[number]], "".join(of_line.get(number, ""))]
            (shown if number in held else hidden).extend(both)
        shown.append(doc.card["title"])
    return shown, hidden


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def leaks(folder, lines):
    """Runs of characters of hidden lines that stand in a file of the folder."""
    shown, hidden = lines
    allowed = set().union(*map(runs, shown))
    # Names and terms are no quotation.
    allowed |= set().union(*map(runs, [*read_data("glossary.tsv").zh, *read_data("gazetteer.tsv").name]))
    chinese = re.compile("[\u4e00-\u9fff]")
    secret = {run for line in hidden for run in runs(line) - allowed if len(chinese.findall(run)) > RUN // 2}
    found = {}
    for name, path in files_of(folder).items():
        if path.suffix in (".png", ".ico", ".woff2", ".ttf", ".woff"):
            continue
        data = path.read_bytes()
        if path.suffix == ".inv":  # four lines, then the names of the pages and their parts, packed
            data = zlib.decompress(data.split(b"\n", 4)[4])
        text = data.decode("utf-8")
        parts = text.split('"') if path.suffix == ".js" else [text]  # the words of the index are strings
        here = secret & set().union(*(runs(packed(part)) for part in parts))
        found |= {name: sorted(here)[:5]} if here else {}
    return found


def test_the_public_site_has_no_other_line_of_a_seed(lines):
    assert len(files_of(PUBLIC)) > 100, "build/site-public is not there: make site-public"
    found = leaks(PUBLIC, lines)
    assert found == {}, found


def test_the_search_for_leaks_finds_them_in_the_full_site(lines):
    found = leaks(ROOT / "build" / "site", lines)
    planted = {"evidence/chip-deal-2023.html", "searchindex.js", "data/codes.csv", "tables/codes.html"}
    assert planted <= found.keys()
    names = set(files_of(ROOT / "build" / "site-public"))
    assert {"objects.inv", "searchindex.js", "genindex.html", "evidence/chip-deal-2023.jsonld"} <= names
    assert any(name.startswith("_static/") for name in names) and not any(
        "_sources" in name for name in names
    )


def test_every_chinese_character_is_in_the_bundled_font():
    """But for Traditional ones of the invented pages, which are left to a font of the system."""
    font = TTFont(ROOT / "build" / "site" / "_static" / "ChipnotesSansSC-Regular.ttf")
    invented = {passages.slug(doc) for doc in cn.load(ROOT / "notebooks" / "own_pages")}
    pages = [page for page in (ROOT / "build" / "site").rglob("*.html") if page.stem not in invented]
    used = {c for page in pages for c in page.read_text("utf-8") if "\u3400" <= c <= "\u9fff"}
    assert used <= set(map(chr, font.getBestCmap())) and len(pages) > 30
    assert (ROOT / "build" / "site" / "_static" / "OFL.txt").is_file()


@pytest.mark.parametrize("site", ["site", "site-public"])
def test_the_same_bytes_elsewhere(tmp_path, site):
    copy = tmp_path / "另一处 copy"
    for name in ("chipnotes", "figures", "notebooks", "seeds", "site", "tables"):
        shutil.copytree(ROOT / name, copy / name)
    for name in ("README.md", "CITATION.cff"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-B", "site/build.py", *(["--public"] if site == "site-public" else [])]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    subprocess.run(command, cwd=copy, env=environment, check=True)
    one, two = files_of(ROOT / "build" / site), files_of(copy / "build" / site)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name].read_bytes() != two[name].read_bytes()] == []
    assert {path.name for path in (copy / "build").iterdir()} == {site}


def test_every_evidence_page_has_a_notice_of_rights():
    for site in ("site", "site-public"):
        pages = sorted((ROOT / "build" / site / "evidence").glob("*.html"))
        assert len(pages) >= 5
        assert all('class="notice"' in page.read_text("utf-8") for page in pages)


def test_tables_are_valid_for_other_programs(tmp_path):
    shutil.copytree(ROOT / "tables", tmp_path / "tables")
    package = tmp_path / "tables" / "datapackage.json"
    report = frictionless.validate(str(package))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    table = package.parent / "quantities.csv"
    table.write_text(re.sub(r"(?m)^(000,[^,]*),\d+,", r"\1,x,", table.read_text("utf-8"), count=1), "utf-8")
    assert not frictionless.validate(str(package)).valid
