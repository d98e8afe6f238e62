"""Precision, recall, F1 of quantities and dates on annotated pages, beside baselines; speed against jieba.

    python benchmarks/facts.py [--baselines PYTHON] [--sets dev …] [--errors]

PYTHON is the interpreter of an environment made with `pip install -r benchmarks/requirements-
baselines.txt`; without it, or for a baseline that does not run there, the table says so. A quantity or
date is found if the spans overlap, each mark matched once. Of what is found, "value" asks for equal low,
high and bound of a quantity, equal start, end and precision of a date; "unit" and "kind" for these of a
quantity, whatever its value (baselines give neither). The sets are the folders of pages/; all are
measured if none is named. `--errors` lists what differs, on dev only: the others are to measure, not to
look at.
"""

import argparse
import datetime
import json
import math
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from baselines import MARK, TOOLS

from chipnotes.files import read_tsv
from chipnotes.pages.corpus import load
from chipnotes.pages.places import find
from chipnotes.pages.words import tokens
from chipnotes.rules.amounts import find_amounts
from chipnotes.rules.times import find_times

PAGES = Path(__file__).parent / "pages"
# What is compared beside the span, by the columns of a row: (start, end, low, high, bound, unit, kind) of a
# quantity, (start, end, first, last, precision) of a date.
ASPECTS = {
    "quantities": {"value": slice(2, 5), "unit": slice(5, 6), "kind": slice(6, 7)},
    "dates": {"value": slice(2, 5)},
}


def read_pages(part):
    """The pages of a set: dicts with name, text, published, and the marks of quantities and dates."""
    published = {row.page: row.published for row in read_tsv(PAGES / "pages.tsv").itertuples()}
    pages = []
    for path in sorted((PAGES / part).glob("*.clean.txt")):
        name = path.name.removesuffix(".clean.txt")
        page = {
            "name": name,
            "text": path.read_text(encoding="utf-8"),
            "published": published[f"{part}/{name}"],
        }
        for kind in ASPECTS:
            rows = read_tsv(path.with_name(f"{name}.{kind}.tsv")).to_dict("records")
            page[kind] = [_mark(page, row, kind) for row in rows]
        pages.append(page)
    return pages


def _mark(page, row, kind):
    where = find(SimpleNamespace(id=page["name"], text=page["text"]), row["quote"], None, row["context"])
    if kind == "dates":
        return [where.start, where.end, row["date_start"] or None, row["date_end"] or None, row["precision"]]
    sides = [float(row[side]) if row[side] else None for side in ("low", "high")]
    return [where.start, where.end, *sides, row["bound"], row["unit"], row["kind"]]


def ours(page):
    """What the package finds by its rules: (quantities, dates) as rows like the marks."""
    day = datetime.date.fromisoformat(page["published"])
    times = find_times(page["text"], day)
    amounts, _ = find_amounts(page["text"], times, day)
    days = [[date and date.isoformat() for date in (time.date_start, time.date_end)] for time in times]
    dates = [[t.start, t.end, *sides, t.precision] for t, sides in zip(times, days, strict=True)]
    return [list(amount) for amount in amounts], dates


def same(one, two, cells):
    """Are some cells of two rows equal?"""
    return all(
        a == b or isinstance(a, float) and isinstance(b, float) and math.isclose(a, b, rel_tol=1e-6)
        for a, b in zip(one[cells], two[cells], strict=True)
    )


def match(marks, found):
    """Pair marks and found rows that overlap, each once, the largest overlap first; None: alone."""
    overlaps = sorted(
        (
            (min(m[1], f[1]) - max(m[0], f[0]), -i, -j)
            for i, m in enumerate(marks)
            for j, f in enumerate(found)
            if m[0] < f[1] and f[0] < m[1]
        ),
        reverse=True,
    )
    pairs, left, right = [], set(range(len(marks))), set(range(len(found)))
    for _, i, j in overlaps:
        if -i in left and -j in right:
            pairs.append((marks[-i], found[-j]))
            left.discard(-i)
            right.discard(-j)
    return pairs + [(marks[i], None) for i in sorted(left)] + [(None, found[j]) for j in sorted(right)]


def score(pages, kind, found):
    """Precision, recall and F1 of the rows found on each page, by 'span' and each aspect."""
    hits = dict.fromkeys(["span", *ASPECTS[kind]], 0)
    for page, rows in zip(pages, found, strict=True):
        pairs = [(m, f) for m, f in match(page[kind], rows) if m and f]
        hits["span"] += len(pairs)
        for aspect, cells in ASPECTS[kind].items():
            hits[aspect] += sum(len(f) >= cells.stop and same(m, f, cells) for m, f in pairs)
    marked, total = sum(len(page[kind]) for page in pages), sum(map(len, found))
    return {
        aspect: (hit / total if total else 0.0, hit / marked, 2 * hit / (total + marked))
        for aspect, hit in hits.items()
    }


def baselines(python, pages):
    """What each baseline finds on the pages, or a line that says why not."""
    if python is None:
        return dict.fromkeys(TOOLS, "not run: no --baselines interpreter given")
    asked = json.dumps([{"text": page["text"], "published": page["published"]} for page in pages])
    run = subprocess.run(
        [python, str(Path(__file__).parent / "baselines.py")], input=asked, capture_output=True, text=True
    )
    if MARK not in run.stdout:
        return dict.fromkeys(TOOLS, f"not run: {(run.stderr.strip().splitlines() or ['no output'])[-1]}")
    return json.loads(run.stdout.split(MARK, 1)[1])


def print_errors(pages, kind, found):
    for page, rows in zip(pages, found, strict=True):
        for mark, row in match(page[kind], rows):
            if mark is None or row is None or not same(mark, row, slice(2, None)):
                quotes = [page["text"][x[0] : x[1]] if x else None for x in (mark, row)]
                marked, given = mark and mark[2:], row and row[2:]
                print(f"  {page['name']} {kind}: marked {quotes[0]!r} {marked}, found {quotes[1]!r} {given}")


def speed(pages, repeats=15):
    """Seconds of processor time for 1,000 characters: amounts and times, jieba; the best of some runs."""
    texts = [(page["text"], datetime.date.fromisoformat(page["published"])) for page in pages]
    best = [math.inf, math.inf]
    for _ in range(repeats):
        start = time.process_time()
        for text, day in texts:
            find_amounts(text, find_times(text, day), day)
        middle = time.process_time()
        for text, _ in texts:
            for _ in tokens(text):
                pass
        best = [min(best[0], middle - start), min(best[1], time.process_time() - middle)]
    size = sum(len(text) for text, _ in texts) / 1000
    return best[0] / size, best[1] / size


def report(part, pages, python, errors):
    found = [ours(page) for page in pages]
    results = {"chipnotes": {"quantities": [q for q, _ in found], "dates": [d for _, d in found]}}
    results |= baselines(python, pages)
    counts = ", ".join(f"{sum(len(page[kind]) for page in pages)} {kind}" for kind in ASPECTS)
    print(f"\n{part}: {len(pages)} pages, {counts}")
    for kind, aspects in ASPECTS.items():
        print(
            f"{kind:26}" + "".join(f"{aspect + ': P':>12}{'R':>7}{'F1':>7}" for aspect in ["span", *aspects])
        )
        for name, result in results.items():
            if isinstance(result, str) or result[kind] is None:
                print(f"  {name:24}  {result if isinstance(result, str) else 'finds none'}")
                continue
            scores = score(pages, kind, result[kind]).values()
            print(f"  {name:24}" + "".join(f"{p:12.3f}{r:7.3f}{f:7.3f}" for p, r, f in scores))
        if errors and part == "dev":
            print_errors(pages, kind, results["chipnotes"][kind])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--baselines", metavar="PYTHON")
    sets = sorted(path.name for path in PAGES.iterdir() if any(path.glob("*.clean.txt")))
    options.add_argument("--sets", nargs="+", default=sets, choices=sets)
    options.add_argument("--errors", action="store_true")
    asked = options.parse_args()
    for part in asked.sets:
        report(part, read_pages(part), asked.baselines, asked.errors)
    seeds = [
        {"text": document.text, "published": document.card["published"].isoformat()} for document in load()
    ]
    for name, pages in (("dev", read_pages("dev")), ("seeds", seeds)):
        extraction, jieba = speed(pages)
        ratio = f"jieba {jieba * 1000:.2f} ms for 1,000 characters; ratio {extraction / jieba:.2f}"
        print(f"speed on {name}: quantities and dates {extraction * 1000:.2f} ms, {ratio}")


if __name__ == "__main__":
    sys.exit(main())
