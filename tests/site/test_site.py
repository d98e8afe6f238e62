"""What the site is made of, without its packages: passages, marks, what may be shown, Chinese summary."""

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from argument import findings

import chipnotes as cn
from chipnotes.pages.document import clean

ROOT = Path(__file__).resolve().parents[2]
SITE, PUBLIC = ROOT / "site", "build/site-public"
sys.path.insert(0, str(SITE))

import evidence  # noqa: E402
import notebook  # noqa: E402
import passages  # noqa: E402

import build  # noqa: E402


@pytest.fixture(scope="module")
def seeds():
    return list(cn.load(ROOT / "seeds"))


@pytest.fixture(scope="module")
def cited(seeds):
    files = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    docs = [*seeds, *cn.load(ROOT / "notebooks" / "own_pages")]
    return passages.gather(docs, {path.name[:2]: json.loads(path.read_text("utf-8")) for path in files})


def page_of(text, *spans, public=False):
    """The evidence page of a text with passages at these spans."""
    doc = clean(text, "t", {"name": "A <b>page</b>", "rights": "None & none."})
    found = [passages.Passage(*span, f"English <{at}>", (("01", at),)) for at, span in enumerate(spans, 1)]
    labels = {("01", at): (f"../x.html#finding-{at}", f"finding 01.{at}") for at in range(1, len(spans) + 1)}
    return doc, evidence.Page(doc, found, labels, public)


# ---------------------------------------------------------------- passages


def test_every_passage_of_a_finding_is_on_its_page(seeds, cited):
    for found in findings.all_findings():
        rows = cn.evidence(found.notebook, seeds)
        for row in rows[rows.finding == found.number].itertuples():
            by = (found.notebook, found.number)
            assert [p for p in cited[row.seed] if p[:2] == (row.start, row.end) and by in p.cited], row


def test_marks_of_both_sides_hold_the_passage(seeds, cited):
    for doc in seeds:
        labels = dict.fromkeys((by for p in cited[doc.id] for by in p.cited), ("", ""))
        page = evidence.Page(doc, cited[doc.id], labels, False)
        whole = page.html()
        runs = [run for row in page.rows() for run in row.get("text", ())]
        raw = [run for row in page.rows() for _, line in row["lines"] for run in line]
        for p in cited[doc.id]:
            assert whole.count(f'id="{p.id}"') == 1
            words = "".join(words for _, ids, words in runs if p.id in ids.split())
            assert words == doc.text[p.start : p.end].replace("\n", "")
            behind = {doc.raw[at] for at in doc.origin[p.start : p.end] if at >= 0} - {"\n"}
            assert set(map(evidence.visible, behind)) <= set(
                "".join(words for ids, _, _, words in raw if p.id in ids.split())
            ) | {evidence.visible(c) for c in behind if len(evidence.visible(c)) > 1}


def test_a_page_shows_each_line_of_the_file_once_and_in_full(seeds):
    for doc in seeds:
        rows = evidence.Page(doc, [], {}, False).rows()
        lines = {number: "".join(run[-1] for run in runs) for row in rows for number, runs in row["lines"]}
        ends = [*doc.raw_lines.tolist(), len(doc.raw)]
        assert sum(len(row["lines"]) for row in rows) == len(lines) == len(doc.raw_lines)
        for number, words in lines.items():
            assert words == evidence.visible(doc.raw[ends[number - 1] : ends[number]].rstrip("\r\n"))


def test_passages_that_overlap_are_marked_both():
    _, page = page_of("甲乙丙丁戊己庚辛壬癸。\n", (1, 5), (3, 8))
    runs = page.clean_side(next(page.doc.paragraphs.itertuples()))
    assert [run[1:] for run in runs if run[1]] == [
        ("p1-5", "乙丙"),
        ("p1-5 p3-8", "丁戊"),
        ("p3-8", "己庚辛"),
    ]


def test_text_of_a_page_is_never_markup():
    evil = "甲<script>alert(1)</script>乙 & \"丙\" '丁'<img src=x onerror=alert(1)>戊己庚辛壬癸。"
    doc, page = page_of(evil, (0, 3))
    whole = page.html()
    assert "<script" not in whole and "<img" not in whole and "English &lt;1&gt;" in whole
    assert json.loads(page.annotations())["items"][0]["target"]["selector"][0]["exact"] == doc.text[0:3]


# ---------------------------------------------------------------- annotations


def test_annotations_have_the_shape_of_the_recommendation(seeds, cited):
    """Web Annotation Data Model: an AnnotationPage with items; body and target of known types."""
    for doc in seeds:
        labels = {by: ("../x.html", "x") for p in cited[doc.id] for by in p.cited}
        page = json.loads(evidence.Page(doc, cited[doc.id], labels, False).annotations())
        assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
        for item in page["items"]:
            assert item.keys() == {"id", "type", "body", "target"} and item["type"] == "Annotation"
            quote, position = item["target"]["selector"]
            assert quote["type"] == "TextQuoteSelector" and position["type"] == "TextPositionSelector"
            start, end = position["start"], position["end"]
            assert doc.text[start:end] == quote["exact"]
            assert doc.text[:start].endswith(quote["prefix"]) and doc.text[end:].startswith(quote["suffix"])


# ---------------------------------------------------------------- what may be shown in public


def test_a_public_page_shows_lines_with_a_passage_alone():
    lines = [
        "第一行写着集成电路产业的一件事情。",
        "第二行另说一件无关的事情而无人引用。",
        "第三行又说集成电路。",
    ]
    doc, page = page_of("\n".join(lines) + "\n", (0, 5), public=True)
    text = page.html() + page.annotations()
    assert lines[0][5:] in text and lines[1] not in text and lines[2] not in text


def test_hidden_words_are_found_and_taken_out(seeds, cited):
    redactor = passages.Redactor(seeds, cited)
    doc = seeds[0]
    held = passages.held_lines(doc, cited[doc.id])
    ends = [*doc.raw_lines.tolist(), len(doc.raw)]
    lines = [doc.raw[ends[n - 1] : ends[n]].strip() for n in range(1, len(ends)) if n not in held]
    longest = max(lines, key=len)
    assert redactor.found(f"before {longest} after") and redactor.found(longest[3:30])
    cleaned = redactor.clean(f"before {longest} after")
    assert not redactor.found(cleaned) and cleaned.startswith("before") and cleaned.endswith("after")


def test_the_workflow_publishes_the_public_site_and_nothing_else():
    published = []
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        steps = [step for job in jobs for step in job["steps"]]
        runs = " ".join(step.get("run", "") for step in steps)
        used = " ".join(step.get("uses", "") for step in steps)
        if not re.search("upload|deploy|pages|release", used + runs):
            continue  # it gives nothing away
        assert [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")] == [PUBLIC], (
            path.name
        )
        assert re.findall(r"\bmake \S+|\bpython \S+", runs) == ["make site-public"], path.name
        published.append(path.name)
    assert published == ["site.yml"]


# ---------------------------------------------------------------- Chinese


def test_each_run_of_chinese_is_marked_once():
    page = '<p title="芯片">a 芯片。</p><div lang="zh-Hans">芯<div>片</div></div><script>"芯"</script>芯'
    assert build.in_chinese(page) == (
        '<p title="芯片">a <span lang="zh-Hans">芯片。</span></p><div lang="zh-Hans">芯<div>片</div></div>'
        '<script>"芯"</script><span lang="zh-Hans">芯</span>'
    )


WORDS = {
    word: number for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)
}
SCALE = {"billion": 10**9, "trillion": 10**12, "million": 10**6, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def numbers(text):
    """The numbers of a sentence, English or Chinese, in figures or (from two to ten) in English words."""
    text = re.sub(r"\b(" + "|".join(WORDS) + r")\b", lambda m: str(WORDS[m[1].lower()]), text, flags=re.I)
    text = re.sub(r"\d+月", "", text)  # a month has a name in English
    found = re.findall(r"(\d+(?:\.\d+)?)(?:\s*(billion|trillion|million|万亿|万|亿))?", text)
    tenth = {0.1} if re.search("a tenth|十分之一", text) else set()
    return {float(number) * SCALE.get(unit, 1) for number, unit in found} | tenth


def test_numbers_of_the_chinese_summary_are_those_of_the_findings():
    text = (SITE / "pages" / "zh.md").read_text("utf-8")
    said = dict(re.findall(r"<!-- (\d\d\.\d) -->\n- (.*?)原文", text))
    english = {found.key: found.say()[0] for found in findings.all_findings()}
    assert len(said) >= 6
    # A page is called by its name and year in Chinese, also where the English sentence names no page.
    years = {float(year) for year in (2020, 2023, 2024, 2025)}
    wrong = {
        key: (numbers(words) - years, numbers(english[key]) - years, english[key])
        for key, words in said.items()
        if numbers(words) - years != numbers(english[key]) - years
    }
    assert wrong == {}
    front = (ROOT / "notebooks" / "00_front_page.ipynb").read_text("utf-8")
    keys = re.search(r"<!-- findings((?: \d\d\.\d)+) -->", front)[1].split()
    assert set(keys) <= set(said), "the front page has a finding that the Chinese summary lacks"


# ---------------------------------------------------------------- for others' tools


def test_a_missing_package_is_named_with_its_command():
    code = "import sys; sys.modules['sphinx'] = None; sys.path.insert(0, 'site'); import build; build.check()"
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "sphinx" in done.stderr and "make site" in done.stderr


def test_citation_file_has_the_shape_of_cff_1_2_0():
    """Required keys, known keys, forms of date, licence and identifiers, as the guide to the format says."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    known = "abstract authors cff-version commit contact date-released doi identifiers keywords license "
    known += "license-url message preferred-citation references repository repository-artifact "
    known += "repository-code title type url version"
    assert {"cff-version", "message", "title", "authors"} <= cff.keys() <= set(known.split())
    assert cff["cff-version"] == "1.2.0" and cff["type"] in ("software", "dataset")
    assert isinstance(cff["date-released"], datetime.date) and cff["license"] == "MIT"
    assert all(author.keys() & {"name", "family-names"} for author in cff["authors"])
    assert len(set(cff["keywords"])) == len(cff["keywords"]) and all(
        isinstance(k, str) for k in cff["keywords"]
    )
    assert re.fullmatch(r"10\.\d{4,9}/\S+", cff.get("doi", "10.1234/x"))


def test_a_notebook_loses_no_alternative_text(tmp_path):
    places = notebook.Places([], {}, {}, tmp_path, str)
    plain = "title: A <title>\ncaption: The caption.\nalt: What is to be seen.\n"
    page = places.output({"image/svg+xml": "<svg/>", "text/plain": plain})
    assert (
        'alt="What is to be seen."' in page
        and "A &lt;title&gt;" in page
        and len(list(tmp_path.iterdir())) == 1
    )
