"""What the site is made of, without its packages: passages, marks, what may be shown, Chinese summary."""

import html
import json
import re
import sys
import tomllib
from pathlib import Path

import jsonschema
import nbformat
import pytest
import yaml
from argument import findings

import chipnotes as cn
from chipnotes.pages.document import clean

ROOT = Path(__file__).resolve().parents[2]
SITE, PUBLIC = ROOT / "site", "build/site-public"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
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
    found = passages.gather(docs, {path.name[:2]: nbformat.read(path, 4) for path in files})
    return {doc.id: [passage for passage in found if passage.span.doc is doc] for doc in docs}


def page_of(text, *spans, public=False):
    """A text as a page, what the templates get of it with passages at these spans, and what they write."""
    doc = clean(text, "t", {"name": "A <b>page</b>", "rights": "None & none.", "file": "t.txt"})
    found = [
        passages.Passage(doc.span(*span), f"English <{at}>", (f"01.{at}",))
        for at, span in enumerate(spans, 1)
    ]
    page, whole, notes = written(doc, found, public)
    return doc, page, whole, json.loads(notes)


def written(doc, found, public=False):
    lines = (
        {number for _, number in passages.held_lines(found)}
        if public
        else set(range(1, len(doc.raw_lines) + 1))
    )
    page = evidence.content(doc, found, lines)
    names = {f"{number:02}": "x" for number in range(100)}
    words = {"names": names, "slugs": {doc.id: "page"}, "public": public, **page}
    templates = [notebook.TEMPLATES.get_template(f"evidence.{kind}") for kind in ("md", "jsonld")]
    return page, *(template.render(words) for template in templates)


# ---------------------------------------------------------------- passages


def test_every_passage_of_a_finding_is_on_its_page(seeds, cited):
    for found in findings.all_findings():
        rows = cn.evidence(found.notebook, seeds)
        for row in rows[rows.finding == found.number].itertuples():
            there = [p for p in cited[row.seed] if (p.span.start, p.span.end) == (row.start, row.end)]
            assert [found.key in p.cited for p in there] == [True], row


def test_marks_of_both_sides_hold_the_passage(seeds, cited):
    for doc in seeds:
        page, whole, _ = written(doc, cited[doc.id])
        runs = [run for row in page["rows"] for run in row.get("text", ())]
        raw = [run for row in page["rows"] for *_, line in row["lines"] for run in line]
        for p in cited[doc.id]:
            assert whole.count(f'id="{p.id}"') == 1
            words = "".join(words for _, ids, words in runs if p.id in ids.split())
            assert words == p.span.text.replace("\n", "")
            behind = {doc.raw[at] for at in doc.origin[p.span.start : p.span.end] if at >= 0} - {"\n"}
            marked = "".join(words for ids, _, _, words in raw if p.id in ids.split())
            assert all(evidence.visible(character) in marked for character in behind)


def shown_lines(doc, page):
    """{line of the file: what the page shows of it}, from all its rows in the order of the file."""
    found = {}
    for row in page["rows"]:
        for number, first, runs in row["lines"]:
            words = "".join(run[-1] for run in runs)
            found.setdefault(number, []).insert(0 if first else len(doc.raw), words)
    return found


def test_a_page_shows_each_line_of_the_file_in_full(seeds):
    for doc in seeds:
        lines = shown_lines(doc, evidence.content(doc, [], range(len(doc.raw_lines) + 1)))
        ends = [*doc.raw_lines.tolist(), len(doc.raw)]
        assert sorted(lines) == [number for number in range(1, len(ends)) if ends[number - 1] < ends[number]]
        for number, pieces in lines.items():
            whole = evidence.visible(doc.raw[ends[number - 1] : ends[number]])
            assert sorted("".join(pieces)) == sorted(whole), (doc.name, number)
            assert len(pieces) > 1 or pieces == [whole]


def test_a_line_that_is_read_into_two_paragraphs_stands_beside_both(seeds):
    doc = next(doc for doc in seeds if doc.name == "Chongqing Daily 2020")
    page = evidence.content(doc, [], range(len(doc.raw_lines) + 1))
    beside = {}
    for row in page["rows"]:
        text = "".join(words for *_, words in row.get("text", ()))
        for number, _, runs in row["lines"]:
            kept = "".join(words for _, action, _, words in runs if action == "keep" and words.strip())
            beside.setdefault(number, []).append(text)
            assert not kept or kept[:6] in text or kept[-6:] in text or not text, (number, kept, text)
    several = {number for number, texts in beside.items() if len(texts) > 1}
    expected = {
        number
        for number in range(1, len(doc.raw_lines) + 1)
        if sum(
            number in doc.raw_lines.searchsorted(raw[raw >= 0], "right")
            for raw in (doc.origin[p.start : p.end] for p in doc.paragraphs.itertuples())
        )
        > 1
    }
    assert len(expected) > 2 and expected <= several


def test_a_raw_side_in_traditional_characters_is_marked_as_such(seeds):
    marks = {
        doc.name: set(re.findall(r'"number">\d+</span><span lang="([^"]+)"', written(doc, [])[1]))
        for doc in seeds
    }
    assert marks.pop("Wujin visit 2025") == {"zh-Hant"}
    assert set.union(*marks.values()) == {"zh-Hans"}


def test_passages_that_overlap_are_marked_both():
    doc, page, whole, _ = page_of("甲乙丙丁戊己庚辛壬癸。\n", (1, 5), (3, 8))
    runs = [run[1:] for row in page["rows"] for run in row.get("text", ()) if run[1]]
    assert runs == [("p1-5", "乙丙"), ("p1-5 p3-8", "丁戊"), ("p3-8", "己庚辛")]
    assert whole.count('<mark data-e="p1-5 p3-8">丁戊</mark>') == 2  # on either side


def test_a_reader_can_copy_a_citation(seeds, cited):
    """Page, line, quotation and English in one piece, which a click marks whole."""
    for doc in seeds:
        whole = written(doc, cited[doc.id])[1]
        copies = re.findall(r'<span class="copy">(.*?)</span>', whole)
        assert len(copies) == len(cited[doc.id]) > 5
        for p in cited[doc.id]:
            place = f"({doc.name}, line {p.span.line})"
            parts = (place, html.escape(p.english, quote=False), html.escape(p.span.text, quote=False))
            assert any(
                all(part in html.unescape(copy) or part in copy for part in parts) for copy in copies
            ), p
    assert re.search(r"\.copy \{[^}]*user-select: all", (SITE / "static" / "site.css").read_text("utf-8"))


def test_text_of_a_page_is_never_markup():
    evil = "甲<script>alert(1)</script>乙 & \"丙\" '丁'<img src=x onerror=alert(1)>戊己庚辛壬癸。"
    doc, _, whole, notes = page_of(evil, (0, 3))
    assert "<script" not in whole and "<img" not in whole and "English &lt;1&gt;" in whole
    assert notes["items"][0]["target"]["selector"][0]["exact"] == doc.text[0:3]


# ---------------------------------------------------------------- annotations


# The Web Annotation Data Model as far as we use it: properties and classes of the published context
# (http://www.w3.org/ns/anno.jsonld), each with what may stand there; a purpose belongs to a TextualBody or
# a SpecificResource alone.
def record(kind, **properties):
    properties |= {"type": {"const": kind}} if kind else {}
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


ADDRESS = {"type": "string", "pattern": r"^[^\s<>\"{}|\\^`]+$"}  # nothing that no address has
WORDS, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
BODIES = [
    record(
        "TextualBody",
        value={**WORDS, "minLength": 1},
        language={"const": "en"},
        purpose={"const": "describing"},
    ),
    record("SpecificResource", source=ADDRESS, purpose={"const": "linking"}),
]
SELECTORS = [
    record("TextQuoteSelector", exact={**WORDS, "minLength": 1}, prefix=WORDS, suffix=WORDS),
    record("TextPositionSelector", start=COUNT, end=COUNT),
]
TARGET = record(
    None, source=ADDRESS, selector={"type": "array", "items": {"oneOf": SELECTORS}, "minItems": 2}
)
BODY = {"type": "array", "items": {"oneOf": BODIES}, "minItems": 1}
ITEMS = {"type": "array", "items": record("Annotation", id=ADDRESS, body=BODY, target=TARGET)}
PAGE = record(
    "AnnotationPage", id=ADDRESS, items=ITEMS, **{"@context": {"const": "http://www.w3.org/ns/anno.jsonld"}}
)


def test_annotations_have_the_shape_of_the_recommendation(seeds, cited):
    for doc in seeds:
        page = json.loads(written(doc, cited[doc.id])[2])
        jsonschema.validate(page, PAGE)
        assert len(page["items"]) == len(cited[doc.id])
        for item in page["items"]:
            quote, position = item["target"]["selector"]
            start, end = position["start"], position["end"]
            assert doc.text[start:end] == quote["exact"] and item["id"].endswith(f"#p{start}-{end}")
            assert doc.text[:start].endswith(quote["prefix"]) and doc.text[end:].startswith(quote["suffix"])


# ---------------------------------------------------------------- what may be shown in public


def test_a_public_page_shows_lines_with_a_passage_alone():
    lines = [
        "第一行写着集成电路产业的一件事情。",
        "第二行另说一件无关的事情而无人引用。",
        "第三行又说集成电路。",
    ]
    doc, _, whole, notes = page_of("\n".join(lines) + "\n", (0, 5), public=True)
    text = whole + json.dumps(notes, ensure_ascii=False)
    assert lines[0][5:] in text and lines[1] not in text and lines[2] not in text


def test_hidden_words_are_found_and_taken_out(seeds, cited):
    held_everywhere = passages.held_lines([p for found in cited.values() for p in found])
    shown = {doc.id: {number for page, number in held_everywhere if page == doc.id} for doc in seeds}
    hidden, doc = passages.hidden_runs(seeds, shown), seeds[0]
    ends = [*doc.raw_lines.tolist(), len(doc.raw)]
    lines = [doc.raw[ends[n - 1] : ends[n]].strip() for n in range(1, len(ends)) if n not in shown[doc.id]]
    longest = max(lines, key=len)
    assert passages.runs(f"before {longest} after") & hidden and passages.runs(longest[3:30]) & hidden
    cleaned = passages.redacted(f"before {longest} after", hidden)
    assert not passages.runs(cleaned) & hidden and cleaned.startswith("before") and cleaned.endswith("after")
    compared = f"1 < 2, {longest}, 2 > 1"  # no tag
    assert not passages.runs(passages.redacted(compared, hidden)) & hidden
    parted = json.dumps(
        f"{longest[:20]}\n<i>{longest[20:]}</i>", ensure_ascii=False
    )  # as a notebook is stored
    gone = passages.redacted(parted, hidden)
    assert "\\n<i>" in gone and not passages.runs(json.loads(gone)) & hidden


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
        assert [step["run"] for step in steps if "run" in step] == ["make site-public"], path.name
        published.append(path.name)
    assert published == ["site.yml"]


# ---------------------------------------------------------------- Chinese


def test_each_run_of_chinese_is_marked_once():
    page = '<p title="芯片">a 芯片。</p><div lang="zh-Hans">芯<div>片</div></div><script>"芯"</script>芯'
    assert build.in_chinese(page) == (
        '<p title="芯片">a <span lang="zh-Hans">芯片。</span></p><div lang="zh-Hans">芯<div>片</div></div>'
        '<script>"芯"</script><span lang="zh-Hans">芯</span>'
    )
    traditional = '<span lang="zh-Hant">鏈<span class="replaced">業</span>鏈<del>(yè)</del></span>'
    marked = f'{traditional}<span lang="zh-Hans">芯</span>'
    assert build.in_chinese(f"{traditional}芯") == marked == build.in_chinese(marked)


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
    english = {found.key: found.say()[0] for found in findings.all_findings() if found.key in said}
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


# Words that turn a sentence round, as the findings say them and as the summary does.
DIRECTIONS = [
    (r"\bmore than\b|\bover\b", "超过"),
    (r"less than half", "不到一半"),
    (r"at least", "至少"),
    (r"\bonly\b", "只"),
    (r"\bnone\b|\bno\b|without|neither", "没有|都不"),
    (r"\balone\b", "专"),
    (r"probably", "很可能"),
    (r"\bmost by\b", "多出自"),
    (r"\bevery\b", "全都"),
]


def test_words_of_direction_of_the_chinese_summary_are_those_of_the_findings():
    text = (SITE / "pages" / "zh.md").read_text("utf-8")
    said = re.findall(r"<!-- (\d\d\.\d) -->\n- (.*?)原文", text)
    english = {found.key: found.say()[0] for found in findings.all_findings() if found.key in dict(said)}
    seen = set()
    for key, words in said:
        for here, there in DIRECTIONS:
            if re.search(here, english[key]):
                assert re.search(there, words), (key, here, words)
                seen.add(here)
            elif there in ("超过", "不到一半", "至少", "很可能"):
                assert there not in words, (key, there, words)
    assert len(seen) == len(DIRECTIONS)


# ---------------------------------------------------------------- for others' tools


def test_a_missing_package_is_named_with_its_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "sphinx.application", None)
    with pytest.raises(SystemExit, match="sphinx.* is missing; `make site`"):
        build.main([])


def test_citation_file_is_valid_cff_1_2_0():
    """By the schema of the format (from where: README.md beside it); also with the empty places filled."""
    schema = json.loads((Path(__file__).parent / "cff-1.2.0-schema.json").read_text("utf-8"))
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    filled = re.sub(r"^# (repository-code|doi): .*", r"\1: PLACE", text, flags=re.M)
    filled = filled.replace("code: PLACE", "code: https://example.org/x").replace(
        "doi: PLACE", "doi: 10.5281/zenodo.1"
    )
    assert filled.count("example.org") == filled.count("zenodo") == 1
    for cff in (yaml.load(text, yaml.BaseLoader), yaml.load(filled, yaml.BaseLoader)):
        validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        assert list(validator.iter_errors(cff)) == []
        assert cff["license"] == "MIT" and cff["version"] == PROJECT["version"]


def test_a_notebook_loses_no_alternative_text():
    places = notebook.Places([], [], build.figures())
    for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", ()):
                if "image/svg+xml" in output.get("data", {}):
                    page, said = places.output(output["data"]), output["data"]["text/plain"]
                    title, caption, alt = (
                        html.escape(line.split(": ", 1)[1]) for line in said.splitlines()[:3]
                    )
                    page = page.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")
                    assert f'alt="{alt}"' in page and title in page and caption in page


def test_the_caption_of_a_figure_stands_once():
    nb = nbformat.read(ROOT / "notebooks" / "02_what_sichuan_and_chongqing_promised.ipynb", 4)
    nb.cells = [next(cell for cell in nb.cells if "image/svg+xml" in str(cell.get("outputs")))]
    (cell,), below = nb.cells, nb.cells[0].outputs[1].data["text/html"]
    notebook.Places([], [], build.figures()).staged(nb, "02")
    assert "figcaption" in below and len(cell["outputs"]) == 1
    assert cell["outputs"][0]["data"]["text/html"].count("<figcaption>") == 1
