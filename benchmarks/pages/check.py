"""Checks the annotated pages: every mark is found and says something possible; counts of pages.tsv hold.

python benchmarks/pages/check.py            one line a fault and a summary; exit code 1 if there is a fault
python benchmarks/pages/check.py --left     also lists every digit and numeral character that carries no mark
"""

import csv
import datetime
import re
import sys
import unicodedata
from pathlib import Path

import opencc

HERE = Path(__file__).resolve().parent
PAGE_COLUMNS = "page published genre script punctuation damage han quantities dates".split()
QUANTITY_COLUMNS = "quote context low high bound unit kind".split()
DATE_COLUMNS = "quote context date_start date_end precision".split()
# which sides of (low, high) a bound leaves filled
SIDES = {
    "exact": "both",
    "about": "both",
    "target": "both",
    "range": "both",
    "above": "low",
    "at_least": "low",
    "below": "high",
    "at_most": "high",
}
KINDS = {"level", "growth", "share", "difference_pp", "rank", "count", "threshold", "target"}
PRECISIONS = {"day", "month", "quarter", "year", "range", "vague"}
NUMERAL = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[零〇一二两三四五六七八九十百千万亿半双几数]+")


def table(path, columns):
    """Rows of a TSV with one comment line on top; values are never quoted, a line end in one is \\n."""
    with open(path, encoding="utf-8", newline="") as lines:
        if not next(lines).startswith("# "):
            raise ValueError("first line is no comment")
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = [{k: v.replace("\\n", "\n") if v else v for k, v in row.items()} for row in reader]
        if reader.fieldnames != columns:
            raise ValueError(f"columns are {reader.fieldnames}, expected {columns}")
    if any(None in row or None in row.values() for row in rows):
        raise ValueError("a row has too few or too many fields")
    return rows


def place(row, clean):
    """(start, end) of the quote in the clean text; ValueError that says why the place is not clear."""
    quote, context = row["quote"], row["context"]
    if not quote or context.count(quote) != 1:
        raise ValueError(f"quote {quote!r} stands {context.count(quote)} times in its context {context!r}")
    if clean.count(context) != 1:
        raise ValueError(f"context {context!r} stands {clean.count(context)} times in the clean text")
    start = clean.index(context) + context.index(quote)
    return start, start + len(quote)


def quantity_faults(row):
    """What is impossible about the values of one quantity."""
    try:
        low, high = (float(row[side]) if row[side] else None for side in ("low", "high"))
    except ValueError:
        yield f"low or high is no number: {row}"
        return
    filled = {(True, True): "both", (True, False): "low", (False, True): "high"}.get(
        (low is not None, high is not None)
    )
    if row["bound"] not in SIDES:
        yield f"unknown bound {row['bound']!r}"
    elif SIDES[row["bound"]] != filled:
        yield f"{row['quote']}: bound {row['bound']} does not fit low {row['low']!r}, high {row['high']!r}"
    elif filled == "both" and (low < high) != (row["bound"] == "range"):
        yield f"{row['quote']}: low {low} and high {high} do not go with bound {row['bound']}"
    if row["kind"] not in KINDS:
        yield f"unknown kind {row['kind']!r}"


def date_faults(row):
    """What is impossible about the values of one time expression."""
    try:
        start, end = (
            datetime.date.fromisoformat(row[side]) if row[side] else None
            for side in ("date_start", "date_end")
        )
    except ValueError:
        yield f"date_start or date_end is no date: {row}"
        return
    if row["precision"] not in PRECISIONS:
        yield f"unknown precision {row['precision']!r}"
    if end is None or (start and start > end):
        yield f"{row['quote']}: {row['date_start']!r} to {row['date_end']!r} is no period"
    elif (
        start
        and row["precision"] == "vague"
        or not start
        and not row["quote"].startswith("截至")
        and row["precision"] != "vague"
    ):
        yield f"{row['quote']}: precision {row['precision']} does not fit date_start {row['date_start']!r}"
    elif start and {
        "day": start != end,
        "month": (start.year, start.month) != (end.year, end.month),
        "quarter": (end - start).days not in (89, 90, 91),
        "year": (end - start).days not in (364, 365),
    }.get(row["precision"], False):
        yield f"{row['quote']}: {start} to {end} is no {row['precision']}"


def first_lost(clean, raw):
    """The first character of clean, blanks apart, that raw has not in this order; "" if it has all."""
    rest = iter(raw)
    return next((char for char in re.sub(r"\s", "", clean) if char not in rest), "")


def page_faults(page, show_left):
    """Faults of one page, and with show_left the numerals that carry no mark."""
    stem = HERE / page["page"]
    try:
        raw = stem.with_suffix(".txt").read_text(encoding="utf-8")
        clean = stem.with_suffix(".clean.txt").read_text(encoding="utf-8")
        tables = {
            "quantities": table(stem.with_suffix(".quantities.tsv"), QUANTITY_COLUMNS),
            "dates": table(stem.with_suffix(".dates.tsv"), DATE_COLUMNS),
        }
    except (OSError, ValueError) as problem:
        yield str(problem)
        return
    if (
        clean.strip("\n") + "\n" != clean
        or "\n\n" in clean
        or re.search(r"[ \u00a0\u3000]$|^[ \u00a0\u3000]", clean, re.M)
    ):
        yield "clean text: a paragraph is empty, or has a blank at an end, or the last line end lacks"
    han = len(re.findall(r"[\u4e00-\u9fff]", clean))
    if not 350 <= han <= 900 or han != int(page["han"]):
        yield f"{han} Chinese characters; pages.tsv says {page['han']}, allowed are 350 to 900"
    lost = first_lost(clean, opencc.OpenCC("t2s").convert(raw))
    if lost:
        yield f"clean text: from {lost!r} on it does not stand in the raw page in this order"
    elif page["script"] != ("traditional" if first_lost(clean, raw) else "simplified"):
        yield f"script is not {page['script']}"
    year, month, day = map(int, page["published"].split("-"))
    if not re.search(rf"{year}\D{{1,2}}0?{month}\D{{1,2}}0?{day}\D", unicodedata.normalize("NFKC", raw)):
        yield f"the page does not state its publication date {page['published']}"
    taken = []
    for name, rows in tables.items():
        if len(rows) != int(page[name]):
            yield f"{len(rows)} {name}; pages.tsv says {page[name]}"
        for row in rows:
            try:
                taken.append((*place(row, clean), row["quote"]))
            except ValueError as problem:
                yield f"{name}: {problem}"
            yield from quantity_faults(row) if name == "quantities" else date_faults(row)
    taken.sort()
    for (_, end, one), (start, _, other) in zip(taken, taken[1:]):
        if start < end:
            yield f"{one!r} and {other!r} overlap"
    if show_left:
        for hit in NUMERAL.finditer(clean):
            if not any(start < hit.end() and hit.start() < end for start, end, _ in taken):
                before, after = clean[max(0, hit.start() - 8) : hit.start()], clean[hit.end() : hit.end() + 8]
                print(f"{page['page']}: {before}【{hit[0]}】{after}".replace("\n", "↵"))


def main(arguments):
    """Check all pages; returns the exit code."""
    if set(arguments) - {"--left"}:
        print(__doc__)
        return 2
    pages = table(HERE / "pages.tsv", PAGE_COLUMNS)
    faults = [
        f"{page['page']}: {fault}" for page in pages for fault in page_faults(page, "--left" in arguments)
    ]
    listed = {page["page"] for page in pages}
    for path in sorted(HERE.glob("*/*.clean.txt")):
        name = path.relative_to(HERE).as_posix().removesuffix(".clean.txt")
        if name not in listed:
            faults.append(f"{name}: is not in pages.tsv")
    print(*faults, sep="\n", end="\n" if faults else "")
    totals = [sum(int(page[column]) for page in pages) for column in ("quantities", "dates")]
    print(f"{len(pages)} pages, {totals[0]} quantities, {totals[1]} dates, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
