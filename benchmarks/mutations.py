"""Plant single faults in copies of the project, one at a time, and see which test goes red: python benchmarks/mutations.py [words].

A fault is caught if `pytest --nbval` fails in a copy that has it. Before, the copy without a fault must pass; that run also measures
the test files, so that for each fault the likely and the quick ones are run first, one stop at the first red. Whatever passes them all
is run once more by the plain command before it is called a survivor. Words choose the faults whose names hold them; `--jobs` runs
several copies at a time; `--tests FILE …` runs only these files and says nothing about the rest; `--check` plants all faults without
running a test.
The report lists fault, first test that caught it, and the survivors; exit status 1 if there is one.
"""

import argparse
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
# A fault is a function of the project's folder; it gives {file, relative: its new bytes, or None if the file is to go}.
FAULTS = {}
CODE, DATA = "chipnotes/*.py", "chipnotes/data"
HANGS = 3600  # seconds after which a run is taken to have no end
# It looks for the places where faults are planted, which a fault has changed: it would catch every one of them.
OURS = "tests/test_mutations.py"


class Stale(Exception):
    """A fault that can no longer be planted; the message says what is not there."""


# ---------------------------------------------------------------- ways to plant a fault


def fault(name):
    """Register a function that gives the changed files of one fault."""

    def register(change):
        assert name not in FAULTS, name
        FAULTS[name] = change
        return change

    return register


def _read(root, path):
    return (root / path).read_text(encoding="utf-8")


def _only(root, pattern, holds=""):
    """The one file of a pattern that holds a text, as its relative path and its content."""
    found = [(path.relative_to(root), text) for path in sorted(root.glob(pattern)) if holds in (text := _read(root, path))]
    if len(found) != 1:
        raise Stale(f"{holds!r} stands in {len(found)} files {pattern}, not in one")
    return found[0]


def replace(name, pattern, old, new):
    """A fault that is one text put for another, which stands just once in the files of a pattern."""

    rewrite(name, pattern, re.escape(old), lambda match: new)


def rewrite(name, pattern, old, new):
    """As `replace`, of a regular expression: for a place whose wording may change and whose sense stays."""

    @fault(name)
    def change(root):
        found = [path for path in sorted(root.glob(pattern)) for _ in re.finditer(old, _read(root, path.relative_to(root)), re.M)]
        if len(found) != 1:
            raise Stale(f"{old!r} fits {len(found)} places in {pattern}, not one")
        path = found[0].relative_to(root)
        return {path: re.sub(old, new, _read(root, path), flags=re.M).encode()}


def number(name, pattern, after, before=None):
    """A fault that is another last digit of the first number of two digits or more between two texts (to the end without `before`)."""

    @fault(name)
    def change(root):
        path, text = _only(root, pattern, after)
        start = text.index(after) + len(after)
        found = _NUMBER.search(text, start, text.index(before, start) if before else len(text))
        if not found:
            raise Stale(f"no number after {after!r} in {path}")
        return {path: (text[: found.start()] + _wrong(found[0]) + text[found.end() :]).encode()}


# No years, ids of seeds or places in a file.
_NUMBER = re.compile(r"(?<![\d.:`\[(/-])(?=\d[\d.,]*\d)(?!0|20[12]\d)\d+(?:,\d{3})*(?:\.\d+)?(?![\d:\]`]|[.,]\d)")


def _wrong(digits):
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def cell(name, file, holds, /, **cells):
    """A fault that is other cells in the one row of a table, .tsv or .csv, that holds a text."""

    @fault(name)
    def change(root):
        rows = _rows(root, file)
        header = next(row for row in rows if not row[0].startswith("#"))
        (row,) = [row for row in rows if row is not header and holds in "\t".join(row)] or [None]
        if not row or any(row[header.index(column)] == value for column, value in cells.items()):
            raise Stale(f"{file}: no row with {holds!r}, or it has the faulty cell already")
        for column, value in cells.items():
            row[header.index(column)] = value
        return {Path(file): _table(rows, file)}


def without_row(name, file, holds):
    """A fault that is the loss of the one row of a table that holds a text."""

    @fault(name)
    def change(root):
        rows = _rows(root, file)
        kept = [row for row in rows if holds not in "\t".join(row)]
        if len(rows) - len(kept) != 1:
            raise Stale(f"{file}: {len(rows) - len(kept)} rows with {holds!r}, not one")
        return {Path(file): _table(kept, file)}


def _rows(root, file):
    text = (root / file).read_bytes().decode("utf-8-sig" if file.endswith(".csv") else "utf-8")
    return (
        list(csv.reader(io.StringIO(text, newline="")))
        if file.endswith(".csv")
        else [line.split("\t") for line in text.splitlines()]
    )


def _table(rows, file):
    if file.endswith(".tsv"):
        return "".join("\t".join(row) + "\n" for row in rows).encode()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def in_seed(name, seed, old, new):
    """A change of a seed with its sha256 set right everywhere, so that the checksum is not what catches it."""

    @fault(name)
    def change(root):
        path, text = _only(root, f"seeds/{seed}_*.txt", old)
        before, new_bytes = hashlib.sha256((root / path).read_bytes()).hexdigest(), text.replace(old, new, 1).encode()
        after = hashlib.sha256(new_bytes).hexdigest()
        cards = [Path("seeds/sources.toml"), *(p.relative_to(root) for p in sorted(root.glob("chipnotes/editions/*.toml")))]
        return {path: new_bytes} | {p: _read(root, p).replace(before, after).encode() for p in cards if before in _read(root, p)}


def in_notebook(name, number, alter):
    """A change of the stored notebook, by a function of its dictionary."""

    @fault(name)
    def change(root):
        path, text = _only(root, f"notebooks/{number}_*.ipynb")
        notebook = json.loads(text)
        alter(notebook)
        return {path: (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs(notebook, mime):
    return [o["data"] for c in cells(notebook) for o in c["outputs"] if mime in o.get("data", {})]


def wrong_cell(column=None):
    """Alters the last number of the last table that a notebook shows, or the first one in a column of its table of findings."""

    def alter(notebook):
        tables = [(data, "".join(data["text/html"])) for data in outputs(notebook, "text/html")]
        tables = [(data, shown, list(re.finditer(r"(?<=<td>)(?!0\d)\d[\d,.]*(?=</td>)", shown))) for data, shown in tables]
        data, shown, found = [table for table in tables if table[2]][-1 if column is None else 0]
        place = found[-1 if column is None else column]
        data["text/html"] = (shown[: place.start()] + _wrong(place[0]) + shown[place.end() :]).splitlines(keepends=True)

    return alter


def wrong_number(some):
    """Alters the first number of two digits or more in some of the texts of a notebook."""

    def alter(notebook):
        for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][some]:
            text = "".join(cell["source"])
            found = _NUMBER.search(text, text.find("**Findings**") + 1)
            if found:
                cell["source"] = (text[: found.start()] + _wrong(found[0]) + text[found.end() :]).splitlines(keepends=True)
                return
        raise Stale("no number in its prose")

    return alter


def altered(name, path, change):
    """A fault that is a change of one file's bytes by a function; None removes it."""

    @fault(name)
    def planted(root):
        return {Path(path): change((root / path).read_bytes())}


# ---------------------------------------------------------------- seeds, cards and editions
in_seed("seed: a digit of Shanghai's growth", "002", "集成电路增长20.8%", "集成电路增长28.0%")
in_seed("seed: a digit of the talent figure", "000", "近3万人", "近8万人")
in_seed("seed: a date", "001", "10月29日,成渝", "10月28日,成渝")
in_seed("seed: a name", "003", "王斐", "王婓")
in_seed("seed: a comma lost", "004", "目前,联合微电", "目前联合微电")
in_seed("seed: two characters of the broken spot", "003", "秸幸", "幸秸")
EDITION = "chipnotes/editions/004.toml"
replace("edition: two paragraphs of 004 swapped", EDITION, "pieces = [{ line = 9 }]", "pieces = [{ line = 11 }]\n# line = 9")
replace(
    "edition: joined lines in file order",
    EDITION,
    "{ line = 49 }, { line = 53 }, { line = 63 }",
    "{ line = 49 }, { line = 63 }, { line = 53 }",
)
altered("edition: a box called body", EDITION, lambda data: data.replace(b'role = "box"', b'role = "body"', 1))
replace("edition: a lacuna forgotten", EDITION, "[[lacuna]]\nline = 73", "[[unused]]\nline = 73")
replace("edition: a lost line end put into the text", EDITION, "text = '\"'", "text = '”'")
replace("edition: another repair", "chipnotes/editions/003.toml", '式招引,围绕"', '式招商,围绕"')
replace("card: a publication date", "seeds/sources.toml", "published = 2024-11-04", "published = 2024-11-05")
replace("card: the day of the event", "seeds/sources.toml", "event = 2023-03-30", "event = 2023-03-31")
replace("card: the day of publication for that of the event", "seeds/sources.toml", "event = 2023-03-30", "event = 2023-04-03")
replace("card: a sha256", "seeds/sources.toml", 'sha256 = "f5eb', 'sha256 = "f5ec')
replace(
    "seeds: the checksum not looked at",
    CODE,
    "expected is not None and sha256 != expected",
    "expected is not None and not sha256",
)
# ---------------------------------------------------------------- cleaning (laws 1 to 3)
RULES = "CHARACTER_RULES = (controls, entities, pinyin, bold_marks)"
replace("clean: pinyin left in", CODE, RULES, "CHARACTER_RULES = (controls, entities, bold_marks)")
replace("clean: bold marks left in", CODE, RULES, "CHARACTER_RULES = (controls, entities, pinyin)")
replace("clean: Traditional left", CODE, "    simple = simplify(view)\n", "    simple = view\n")
replace("clean: simplified by phrases", CODE, 'opencc.OpenCC("t2s")', 'opencc.OpenCC("tw2sp")')
replace("clean: every bracket taken for pinyin", CODE, " and all(map(_reads, before[-count:], syllables))", "")
replace("clean: teasers left in", f"{DATA}/furniture.tsv", "相关|推荐|延伸", "延伸")
replace(
    "clean: stray spaces left in",
    CODE,
    "            spans.append((start, end))\n    return spans\n\n\ndef _is_chinese",
    "            pass\n    return spans\n\n\ndef _is_chinese",
)
replace("clean: origin off by one", CODE, "np.where(put_in, -1, index[place])", "np.where(put_in, -1, index[place] + 1)")
replace("clean: title lost", CODE, '            result.append("title")', '            result.append("head")')
replace(
    "clean: a fate without its reason",
    CODE,
    "marks[index[fates > 0]] = fates[fates > 0]",
    "marks[index[fates > 9]] = fates[fates > 9]",
)
# ---------------------------------------------------------------- sentences, units, words
replace("words: HMM on", CODE, "cutter.cut(piece, HMM=False)", "cutter.cut(piece, HMM=True)")
replace("words: lexicon off", CODE, "        cutter.add_word(row.word, int(row.freq))", "        int(row.freq)")
replace("text: a sentence ends inside a quotation", CODE, '_GOES_ON = "的等之,、;:', '_GOES_ON = "')
replace("text: quasi-sentences not split at semicolons", CODE, "|[;；]+[”’」』]*", "|[；]+[”’」』]*")
replace(
    "text: quasi-sentences split inside brackets",
    CODE,
    "                del found[opened.pop() :]",
    "                opened.pop()",
)
cell("glossary: two terms swapped", f"{DATA}/glossary.tsv", "\toutput value\t", en="value added")
# ---------------------------------------------------------------- numbers (law 4)
replace("quantities: 万 and 亿 confused", CODE, '"万": 10**4, "亿": 10**8', '"万": 10**8, "亿": 10**4')
replace(
    "quantities: a lower bound closed",
    CODE,
    'if bound in ("above", "at_least"):\n            self.high',
    'if bound in ("at_least",):\n            self.high',
)
for word, side in (
    ("突破", "before"),
    ("近", "before"),
    ("超", "before"),
    ("不低于", "before"),
    ("余", "after"),
    ("以上", "after"),
    ("多", "after"),
):
    bound = {"突破": "above", "近": "below", "超": "above"}.get(word, "at_least")
    replace(
        f"quantities: bound word {word} ignored", f"{DATA}/bounds.tsv", f"\n{word}\t{side}\t{bound}", f"\n{word}\t{side}\texact"
    )
replace("quantities: 持平 is not 0", CODE, ', 0, 0, "exact", "%", "growth"', ', 1, 1, "exact", "%", "growth"')
replace(
    "quantities: 余 and 多 before a unit ignored",
    CODE,
    '"about" if more == "来" else "at_least"',
    '"about" if more == "来" else "exact"',
)
rewrite("quantities: list sharing lost", CODE, r"^( +_share_lists)\((.+), amounts\)$", r"\1(\2, [])")
replace(
    "quantities: a fall is a rise",
    CODE,
    "None if v is None else -v for v in (amount.low, amount.high)",
    "None if v is None else v for v in (amount.low, amount.high)",
)
replace(
    "quantities: a range read as its first number",
    CODE,
    "        self._range(amount, match, stop)\n        fault",
    "        fault",
)
replace(
    "quantities: restatements counted twice",
    CODE,
    "    _join_restatements(document, rows)\n    return",
    "    _join_restatements(document, [])\n    return",
)
replace(
    "quantities: a target read as a fact",
    CODE,
    '            return "target"\n        return kind',
    "            return kind\n        return kind",
)
replace("quantities: a unit confused", f"{DATA}/units.tsv", "\n平方公里\t平方公里\t", "\n平方公里\t公里\t")
replace("quantities: a cue confused", f"{DATA}/quantity_cues.tsv", "\nup\t增长\n", "\ndown\t增长\n")
cell("ledger row: another subject", f"{DATA}/quantity_ledger.tsv", "业产值突破1万亿元,重庆", subject="重庆市电子信息产业")
cell("ledger row: another period", f"{DATA}/quantity_ledger.tsv", "产量3156亿块,同", period_start="2024-09-01")
cell("ledger row: one fact made two", f"{DATA}/quantity_ledger.tsv", "业产值突破1万亿元;重庆", fact_id="004-sc-value-2")
replace("ledger rows: a contradiction not owned", CODE, "        if differing != owned:", "        if differing and not owned:")
# ---------------------------------------------------------------- dates
replace(
    "dates: hung on the crawl",
    CODE,
    'find_dates(document.text, document.card.get("published"))',
    'find_dates(document.text, document.card.get("crawled_not_before"))',
)
replace(
    "dates: a past month put into the year to come",
    CODE,
    'return year - 1, f"year before publication, because {year}',
    'return year, f"year before publication, because {year}',
)
replace("dates: 去年 is this year", CODE, '"去年": -1', '"去年": 0')
replace("dates: 截至 lost", CODE, 'first, how = None, how + "; open before"', 'how = how + "; open before"')
replace("dates: 十四五 begins in a wrong year", CODE, '1981 + 5 * at for', '1980 + 5 * at for')
replace("dates: a quarter off by one", CODE, "number * 3 - 2, 3, ", "number * 3 - 1, 3, ")
cell("dates: a reader's date", f"{DATA}/date_ledger.tsv", "会,今天台上", date_start="2020-10-30", date_end="2020-10-30")
# ---------------------------------------------------------------- hand data
CODES = f"{DATA}/hand_codes.tsv"
cell("hand codes: a firmness flipped", CODES, "\t两地将在人才、技术、市场等六个领域开展交流合作", firmness="mechanism")
cell("hand codes: chips or not", CODES, "\t集成电路产量3156亿块", chips="general")
cell("hand codes: an instrument flipped", CODES, "\t复旦新设集成电路与微纳电子", instrument="rd_support")
cell("hand codes: a step of the chain flipped", CODES, "\t在主要产品中,手机产量11.84亿部", value_chain="design")
cell("hand codes: a reason lost", CODES, "\t复旦新设集成电路与微纳电子", reason="")
COMMITMENTS = f"{DATA}/commitments.tsv"
cell("commitments: a firmness", COMMITMENTS, "a4\t000\t", firmness="framework")
cell("commitments: a level", COMMITMENTS, "a2\t000\t", level="provincial departments")
cell("commitments: a body forgotten", COMMITMENTS, "c8\t004\t", body="")
cell("commitments: a date made up", COMMITMENTS, "a3\t000\t", date="3月30日")
without_row("commitments: a row lost", COMMITMENTS, "b6\t001\t")
EVENTS = f"{DATA}/events.tsv"
cell("events: a date", EVENTS, "\t在成都举行的2023成渝集成电路产业峰会\t", date_quote="近年来", date_context="近年来,电")
cell("events: a draft called signed", EVENTS, "\t10月底,上海经信委就", status="signed")
cell("events: a place", EVENTS, "\t据上海市统计局披露\t", place="national")
cell("ties: a strength", f"{DATA}/ties.tsv", "\tchips\t四川省集成电路产业联盟\t", strength="mentioned only")
cell("ties: a side", f"{DATA}/ties.tsv", "\tdatu\t大途电子(深圳)有限公司\t", side="重庆")
cell("agreements: a status", f"{DATA}/agreements.tsv", "manufacturing\t", status="draft")
cell("agreements: a level", f"{DATA}/agreements.tsv", "chips\tassociations\t", level="firms")
without_row("complementarity: a row lost", f"{DATA}/complementarity.tsv", "形成优势互补、高质量发展的世界级汽车产业集群")
cell("complementarity: evidence denied", f"{DATA}/complementarity.tsv", "在企业配套合作方面", kind="none")
cell("Shanghai: a stage", f"{DATA}/shanghai_pipeline.tsv", "2022年,双方合作申报", stage="approved")
without_row("Shanghai: a number without its use", f"{DATA}/shanghai_numbers.tsv", "002-racks-built\t")
BOOK = f"{DATA}/codebook.toml"
replace("codebook: a pattern", BOOK, "pattern = '''算力(?:平台", "pattern = '''算盘(?:平台")
replace("codebook: an exception", BOOK, "unless = '''自然科学基金'''\n", "")
cell("gazetteer: an alias lost", f"{DATA}/gazetteer.tsv", "重庆市经济和信息化委员会\tgovernment", aliases="重庆市经济信息化委")
cell("gazetteer: a region", f"{DATA}/gazetteer.tsv", "四川省经济和信息化厅\tgovernment", region="重庆")
FACTS = f"{DATA}/external_facts.tsv"
cell("external facts: the nation's cars", FACTS, "x25\t", value="24721000")
cell("external facts: a growth rate", FACTS, "x08\t", value="2.8")
cell("external facts: a sum", FACTS, "x31\t", value="3e9")
cell("external facts: a count", FACTS, "x30\t", value="569")
# ---------------------------------------------------------------- comparing
replace("compare: the sign of log-odds", CODE, "np.log(odds_a) - np.log(odds_b)", "np.log(odds_b) - np.log(odds_a)")
replace("compare: the size of the prior ignored", CODE, "(background * (size / background.sum()))", "(background * 1.0)")
replace("compare: alpha always nominal", CODE, "level_of_measurement=level", 'level_of_measurement="nominal"')
replace("compare: one side of Clopper-Pearson", CODE, "(k + 1, n - k, 1 - tail)", "(k + 1, n - k, 1 - 2 * tail)")
replace(
    "compare: the interval of alpha narrowed", CODE, "np.quantile(defined, [0.025, 0.975])", "np.quantile(defined, [0.05, 0.95])"
)
replace(
    "compare: permutations counted as if all differed", CODE, "        number //= math.factorial(size)", "        number //= size"
)
replace("compare: the document left out stays in", "chipnotes/compare.py", "if d is not left]", "if d is not None]")
# ---------------------------------------------------------------- would the findings survive
SURVIVE = "chipnotes/survive.py"
replace("survive: another tolerance", SURVIVE, "\nTOLERANCE = 0.1\n", "\nTOLERANCE = 0.5\n")
replace("survive: a perturbation that changes nothing", SURVIVE, '{"prior": 0.1}', '{"prior": 1.0}')
replace("survive: one perturbation run for another", SURVIVE, '{"words": "hmm"}', '{"words": "plain"}')
# ---------------------------------------------------------------- evidence and ledger
rewrite("evidence: line off by one", "chipnotes/evidence.py", r'(count\("\\n", 0, at\)) \+ 1', r"\1")
rewrite("evidence: column off by one", "chipnotes/evidence.py", r'at - ([\w.]+\.rfind\("\\n", 0, at\))', r"at - 1 - \1")
replace("evidence: HTML not escaped", CODE, "        e = html.escape\n", "        e = html.unescape\n")
replace("evidence: the last place for the first", CODE, "starts[occurrence - 1]", "starts[-occurrence]")
cell("finding: a quotation that no page has", f"{DATA}/findings/01.tsv", "近3万人", quotation="近4万人")
in_notebook("finding: a span in the notebook", "04", wrong_cell(2))
replace(
    "ledger: a formula let out",
    CODE,
    'return ("\'" + cell if cell.startswith(FORMULA) else cell).replace',
    'return ("" + cell if cell.startswith(FORMULA) else cell).replace',
)
cell("ledger: a value", "ledger/quantities.csv", "001-cq-revenue", low="800000000000")
cell("ledger: a date", "ledger/dates.csv", "\t3月30日\t", date_start="2022-03-30")
cell("ledger: an event", "ledger/events.csv", "yibin-pair-1", status="realised")
replace("ledger: its dictionary", "ledger/README.md", "no point", "a point")
# ---------------------------------------------------------------- notebooks (laws 5 and 6)
in_notebook("notebook: outputs stripped", "01", lambda nb: [c.update(outputs=[], execution_count=None) for c in cells(nb)])
in_notebook("notebook: one output stripped", "01", lambda nb: cells(nb)[2].update(outputs=[]))
in_notebook("notebook: run out of order", "01", lambda nb: cells(nb)[3].update(execution_count=99))
in_notebook(
    "notebook: a picture replaced",
    "01",
    lambda nb: outputs(nb, "image/png")[0].update({"image/png": outputs(nb, "image/png")[1]["image/png"]}),
)
in_notebook(
    "notebook: an alt text emptied",
    "01",
    lambda nb: outputs(nb, "image/svg+xml")[0].update({"text/plain": ["title: x\ncaption: y\nalt: "]}),
)
in_notebook(
    "notebook: a colour of an svg",
    "01",
    lambda nb: outputs(nb, "image/svg+xml")[0].update(
        {"image/svg+xml": re.sub("(?i)#c2410c", "#0072b2", "".join(outputs(nb, "image/svg+xml")[0]["image/svg+xml"]))}
    ),
)
in_notebook("notebook: a cell hidden from nbval", "01", lambda nb: cells(nb)[2]["metadata"].update(tags=["nbval-skip"]))
in_notebook(
    "notebook: stderr stored",
    "01",
    lambda nb: cells(nb)[2]["outputs"].append({"name": "stderr", "output_type": "stream", "text": ["warning\n"]}),
)
NOTEBOOKS = sorted(path.name[:2] for path in ROOT.glob("notebooks/[0-9][0-9]_*.ipynb") if path.name[:2] != "00")
for nn in NOTEBOOKS:
    in_notebook(f"notebook {nn}: a stored number", nn, wrong_cell())
for nn in NOTEBOOKS:
    in_notebook(f"findings {nn}: a number", nn, wrong_number(slice(0, 1)))
for nn in NOTEBOOKS[1:]:  # the first has numbers of one digit only, outside its findings
    in_notebook(f"prose {nn}: a number", nn, wrong_number(slice(1, None)))
replace("prose: another external fact named", "notebooks/02_*.ipynb", "x03 gives 去年", "x30 gives 去年")
replace(
    "prose: a quotation altered",
    "notebooks/01_*.ipynb",
    "四川省集成电路产业联盟重庆市半导体行业协会",
    "四川省集成电路产业协会重庆市半导体行业协会",
)
replace("readme: a link broken", "README.md", "figures/01-repair-003.svg", "figures/01-repair.svg")
number("readme: a number", "README.md", "## What it found", "All findings")
replace("index: a link altered", "notebooks/00_index.ipynb", "01_from_broken", "01_form_broken")
number("index: a number of a finding", "notebooks/00_index.ipynb", "The numbers ledger")
replace(
    "gallery: an entry altered", "figures/README.md", "[data (CSV)](01-kept-dropped.csv)", "[data (CSV)](01-kept-dropped.tsv)"
)
# ---------------------------------------------------------------- figures
for weight in ("Regular", "Bold"):
    altered(f"figures: the {weight.lower()} font removed", f"chipnotes/fonts/ChipnotesSansSC-{weight}.ttf", lambda data: None)
replace(
    "figures: the salt left to chance",
    CODE,
    'matplotlib.rcParams["svg.hashsalt"] = name',
    'matplotlib.rcParams["svg.hashsalt"] = None',
)
replace("figures: glyphs not looked for", CODE, "if not shapes.get_char_index(ord(character)):", "if not shapes:")
replace("figures: another font let in", CODE, "        if font not in FONTS:", "        if not FONTS:")
replace(
    "figures: an empty alt text let in", CODE, "not isinstance(value, str) or not value.strip()", "not isinstance(value, str)"
)
replace("figures: an alt text that repeats let in", CODE, 'if words["alt"] == words["caption"]:', 'if words["alt"] is words:')
replace("figures: overlaps let in", CODE, "if box.intersects_path(other_box, filled=True)]", "if box is other_box]")
replace("figures: a text cut off let in", CODE, "if not all(room.contains(*corner)", "if not any(room.contains(*corner)")
replace(
    "figures: changes let through",
    CODE,
    'os.environ.get("CHIPNOTES_FIGURES") == "check":',
    'os.environ.get("CHIPNOTES_FIGURES") == "never":',
)
replace("figures: the user's style let in", CODE, "    matplotlib.rcdefaults()\n", "")
number("figures: plotted data", "figures/07-feasible-shares.csv", "\n")
altered("figures: a picture changed", "figures/01-kept-dropped.png", lambda data: data + b"\0")
altered("figures: a drawing changed", "figures/04-commitment-ladder.svg", lambda data: data.replace(b"<path", b"<path ", 1))
replace("figures: an alt text emptied", "figures/01-kept-dropped.txt", "alt: Stacked", "alt: ")
# ---------------------------------------------------------------- environment
replace("lock: a pin moved", "requirements.lock", "jieba==0.42.1", "jieba==0.42.0")
altered("lock: a hash lost", "requirements.lock", lambda data: data.replace(b"    --hash=sha256:", b"    # sha256:", 1))
replace("conda: a pin moved", "environment.yml", "pandas==", "pandas==1.")
replace("project: a pin moved", "pyproject.toml", '"nbval==0.11.0"', '"nbval==0.10.0"')
replace("project: notebooks not tested", "pyproject.toml", 'testpaths = ["tests", "notebooks"]', 'testpaths = ["tests"]')


# ---------------------------------------------------------------- copies and runs


def copy_project(target):
    """The files that git knows or would add, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())


def own_python(root):
    """Gives a copy a .venv as a clone has it, with its own chipnotes and the packages of this interpreter; returns its python.

    PYTHONPATH would do for the imports, but some tests start interpreters of their own and must not find it there.
    """
    folder = root / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(folder)], check=True)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    site = Path(paths["purelib"])
    # Relative to it, and so ASCII wherever the copy lies.
    site.joinpath("copy.pth").write_text(f"{os.path.relpath(root, site)}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    Path(paths["scripts"], "ruff").symlink_to(Path(sysconfig.get_path("scripts"), "ruff"))
    return str(Path(paths["scripts"], "python"))


def edits(name, root=ROOT):
    """What a fault changes in a project: {relative path: new bytes or None}. Raises Stale if it can no longer be planted."""
    try:
        changed = FAULTS[name](root)
    except (Stale, ValueError, LookupError, OSError) as error:
        raise Stale(f"{name}: {error}; bring the fault up to date") from error
    same = [str(path) for path, data in changed.items() if (root / path).read_bytes() == data]
    if same or not changed:
        raise Stale(f"{name}: changes nothing in {', '.join(same) or 'any file'}; bring the fault up to date")
    return changed


def caught_by_the_linter(names, root=ROOT):
    """The faults in code that the linter alone would catch, so that no test would be tried: they must be planted otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            for path, data in edits(name, root).items():
                if path.suffix == ".py":
                    Path(folder, str(number)).mkdir(exist_ok=True)
                    Path(folder, str(number), path.name).write_bytes(data)
        lint = [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--output-format=concise",
            f"--config={root / 'pyproject.toml'}",
            ".",
        ]
        said = subprocess.run(lint, cwd=folder, capture_output=True, text=True).stdout
    return [names[int(number)] for number in sorted(set(re.findall(r"^(\d+)/", said.replace(os.sep, "/"), re.M)), key=int)]


def run_tests(python, root, files):
    """Runs pytest --nbval on some files of a copy, up to the first red, or by the plain command without files: (first red or None, output)."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(root.parent / "tmp")}
    (root.parent / "tmp").mkdir(exist_ok=True)
    command = [python, "-m", "pytest", "--nbval", "-x", "-q", "--tb=no", "--durations=0", f"--ignore={OURS}", *files]
    try:
        run = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=HANGS
        )
    except subprocess.TimeoutExpired:
        return f"no end in {HANGS} s", ""
    if run.returncode == 0:
        return None, run.stdout
    red = re.search(r"^(?:FAILED|ERROR) (\S+(?: \d+)?)", run.stdout, re.M)
    return red[1] if red else (run.stdout + run.stderr).strip().splitlines()[-1], run.stdout


def by_cost(root, output):
    """The test files and notebooks of a project, the quick ones first, by the times that a run of all printed."""
    seconds = {}
    for match in re.finditer(r"^([\d.]+)s (?:call|setup|teardown) +([^:\n]+?)::", output, re.M):
        seconds[match[2]] = seconds.get(match[2], 0) + float(match[1])
    files = [*root.glob("tests/test_*.py"), *root.glob("notebooks/*.ipynb")]
    names = sorted(str(path.relative_to(root)) for path in files)
    return sorted((name for name in names if name != OURS), key=lambda name: (name.endswith(".ipynb"), seconds.get(name, 0)))


def tried(name, snapshot, files, whole, catchers):
    """Plants one fault in a copy of the snapshot and tests it: the first red test, or None for a survivor.

    A notebook that the fault changes is tested first, then the file that caught the last fault of its kind, which `catchers` keeps.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(snapshot, root)
        changed = edits(name, root)
        for path, data in changed.items():
            (root / path).unlink()
            if data is not None:
                (root / path).write_bytes(data)
        python, kind = own_python(root), name.partition(":")[0]
        first = {*map(str, changed), catchers.get(kind)}
        red = run_tests(python, root, sorted(files, key=lambda file: file not in first))[0]
        red = red or (run_tests(python, root, [])[0] if whole else None)
        catchers[kind] = (red or "").partition("::")[0]
        return red


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="only the faults whose names hold one of these")
    parser.add_argument("--jobs", type=int, default=1, help="copies tested at the same time (1)")
    parser.add_argument("--tests", nargs="+", metavar="FILE", default=[], help="only these test files")
    parser.add_argument("--check", action="store_true", help="plant every fault, test none")
    options = parser.parse_args()
    chosen = [name for name in FAULTS if not options.words or any(word in name for word in options.words)]
    stale = []
    for name in chosen:
        try:
            edits(name)
        except Stale as error:
            stale.append(str(error))
    if not stale:
        stale = [f"{name}: the linter alone would catch it; plant it otherwise" for name in caught_by_the_linter(chosen)]
    if stale or options.check:
        print("\n".join([*stale, f"{len(chosen) - len(stale)} of {len(chosen)} faults can be planted"]))
        return 1 if stale else 0
    with tempfile.TemporaryDirectory() as folder:
        # One state of the project for all faults, whoever works in it meanwhile.
        snapshot = Path(folder) / "snapshot"
        snapshot.mkdir()
        copy_project(snapshot)
        clean = Path(folder) / "clean" / "copy"
        shutil.copytree(snapshot, clean)
        red, output = run_tests(own_python(clean), clean, options.tests)
        if red:
            print(f"the copy without a fault is red: {red}. Nothing can be learnt until that is mended.")
            return 2
        files = options.tests or by_cost(clean, output)
        survivors, catchers = [], {}
        with ThreadPoolExecutor(options.jobs) as pool:
            reds = pool.map(lambda name: tried(name, snapshot, files, not options.tests, catchers), chosen)
            for name, red in zip(chosen, tqdm(reds, total=len(chosen), unit="fault", dynamic_ncols=True), strict=True):
                tqdm.write(f"{'caught' if red else 'SURVIVED':9} {name:55} {red or ''}", file=sys.stdout)
                sys.stdout.flush()
                survivors += [] if red else [name]
    print(
        f"{len(chosen) - len(survivors)} of {len(chosen)} faults caught"
        + (f" by {' '.join(options.tests)}" if options.tests else "")
        + (f"; survivors: {', '.join(survivors)}" if survivors else "")
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
