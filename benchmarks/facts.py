"""Precision, recall and F1 of quantities and dates on the annotated pages, beside installable baselines, and speed against jieba.

    python benchmarks/facts.py [--baselines PYTHON] [--sets dev …] [--errors]

PYTHON is the interpreter of an environment made with `pip install -r benchmarks/requirements-baselines.txt`; without it, or for a
baseline that does not run there, the table says so. A quantity or date is found if the spans overlap, each mark matched once;
"value" asks for equal low, high and bound of a quantity, equal start, end and precision of a date. The sets are the folders of
pages/; all are measured if none is named. `--errors` lists what differs, on dev only: the others are to measure, not to look at.
"""

import argparse
import csv
import datetime
import json
import math
import subprocess
import sys
import time
from pathlib import Path

from baselines import MARK, TOOLS

from chipnotes.corpus import load
from chipnotes.dates import find_dates
from chipnotes.quantities import find_quantities
from chipnotes.text import tokens

PAGES = Path(__file__).parent / "pages"


def read_tsv(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


def read_pages(part):
    """The pages of a set: dicts with name, text, published, and the marks of quantities and dates."""
    published = {row["page"]: row["published"] for row in read_tsv(PAGES / "pages.tsv")}
    pages = []
    for path in sorted((PAGES / part).glob("*.clean.txt")):
        text, name = path.read_text(encoding="utf-8"), path.name.removesuffix(".clean.txt")
        marks = {
            kind: [_mark(text, row, kind) for row in read_tsv(path.with_name(f"{name}.{kind}.tsv"))]
            for kind in ("quantities", "dates")
        }
        pages.append({"name": name, "text": text, "published": published[f"{part}/{name}"], **marks})
    return pages


def _mark(text, row, kind):
    context = row["context"].replace("\\n", "\n")
    start = text.index(context) + context.index(row["quote"])
    if kind == "dates":
        return [start, start + len(row["quote"]), row["date_start"] or None, row["date_end"] or None, row["precision"]]
    return [
        start,
        start + len(row["quote"]),
        *(float(row[side]) if row[side] else None for side in ("low", "high")),
        row["bound"],
    ]


def ours(page):
    """What the package finds by its rules: (quantities, dates) as rows like the marks."""
    day = datetime.date.fromisoformat(page["published"])
    dates = find_dates(page["text"], day)
    rows = find_quantities(page["text"], dates, day)
    return (
        [[r["start"], r["end"], r["low"], r["high"], r["bound"]] for r in rows],
        [[a, b, first and first.isoformat(), last and last.isoformat(), precision] for a, b, first, last, precision, _ in dates],
    )


def same(one, two):
    """Are the values of two rows equal?"""
    return all(
        a == b or isinstance(a, float) and isinstance(b, float) and math.isclose(a, b, rel_tol=1e-6)
        for a, b in zip(one[2:], two[2:], strict=True)
    )


def match(marks, found):
    """Pair marks and found rows that overlap, each once, the largest overlap first: a list of (mark or None, row or None)."""
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
    """(precision, recall, F1) by span and by value of the rows found on each page."""
    spans = values = 0
    for page, rows in zip(pages, found, strict=True):
        pairs = [(m, f) for m, f in match(page[kind], rows) if m and f]
        spans += len(pairs)
        values += sum(same(m, f) for m, f in pairs)
    marked, total = sum(len(page[kind]) for page in pages), sum(map(len, found))
    return [(hits / total if total else 0.0, hits / marked, 2 * hits / (total + marked)) for hits in (spans, values)]


def baselines(python, pages):
    """What each baseline finds on the pages, or a line that says why not."""
    if python is None:
        return dict.fromkeys(TOOLS, "not run: no --baselines interpreter given")
    asked = json.dumps([{"text": page["text"], "published": page["published"]} for page in pages])
    run = subprocess.run([python, str(Path(__file__).parent / "baselines.py")], input=asked, capture_output=True, text=True)
    if MARK not in run.stdout:
        return dict.fromkeys(TOOLS, f"not run: {(run.stderr.strip().splitlines() or ['no output'])[-1]}")
    return json.loads(run.stdout.split(MARK, 1)[1])


def print_errors(pages, kind, found):
    for page, rows in zip(pages, found, strict=True):
        for mark, row in match(page[kind], rows):
            if mark is None or row is None or not same(mark, row):
                quotes = [page["text"][x[0] : x[1]] if x else None for x in (mark, row)]
                print(f"  {page['name']} {kind}: marked {quotes[0]!r} {mark and mark[2:]}, found {quotes[1]!r} {row and row[2:]}")


def speed(pages, repeats=15):
    """Seconds of processor time for 1,000 characters: extraction of both, jieba's segmentation; the best of some runs in turn."""
    texts = [(page["text"], datetime.date.fromisoformat(page["published"])) for page in pages]
    best = [math.inf, math.inf]
    for _ in range(repeats):
        start = time.process_time()
        for text, day in texts:
            find_quantities(text, find_dates(text, day), day)
        middle = time.process_time()
        for text, _ in texts:
            for _ in tokens(text):
                pass
        best = [min(best[0], middle - start), min(best[1], time.process_time() - middle)]
    size = sum(len(text) for text, _ in texts) / 1000
    return best[0] / size, best[1] / size


def report(part, pages, python, errors):
    found = [ours(page) for page in pages]
    results = {"chipnotes": {"quantities": [q for q, _ in found], "dates": [d for _, d in found]}} | baselines(python, pages)
    print(
        f"\n{part}: {len(pages)} pages, {sum(len(p['quantities']) for p in pages)} quantities, {sum(len(p['dates']) for p in pages)} dates"
    )
    print(f"{'':26}{'span: P':>10}{'R':>7}{'F1':>7}{'value: P':>12}{'R':>7}{'F1':>7}")
    for kind in ("quantities", "dates"):
        print(kind)
        for name, result in results.items():
            if isinstance(result, str) or result[kind] is None:
                print(f"  {name:24}  {result if isinstance(result, str) else 'finds none'}")
                continue
            (p, r, f), (vp, vr, vf) = score(pages, kind, result[kind])
            print(f"  {name:24}{p:10.3f}{r:7.3f}{f:7.3f}{vp:12.3f}{vr:7.3f}{vf:7.3f}")
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
    seeds = [{"text": document.text, "published": document.card["published"].isoformat()} for document in load()]
    for name, pages in (("dev", read_pages("dev")), ("seeds", seeds)):
        extraction, jieba = speed(pages)
        print(
            f"speed on {name}: quantities and dates {extraction * 1000:.2f} ms, jieba {jieba * 1000:.2f} ms for 1,000 characters; ratio {extraction / jieba:.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
