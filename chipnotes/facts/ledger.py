"""Ledgers: what a reader wrote down of the pages in her folder, laid over the rules' rows."""

import functools
import re
import warnings

from chipnotes.files import check, frame, plain, read_tsv, schemas, types
from chipnotes.pages.corpus import documents
from chipnotes.pages.seeds import page_id

# A cell of a ledger: "" leaves the rule's word, OPEN says that this side is open or unknown.
OPEN = "-"
# Columns that say where a row belongs, or are for the eye.
EYES = "seed quote quotation context sentence by_rule readings start end sha256".split()
EYES += "date_quote date_context coder".split()


def table(corpus, name, rows_of):
    """The table NAME of a corpus: the rows (dicts) that `rows_of` gives for each document."""
    return typed(name, (row | {"seed": doc.id} for doc in documents(corpus) for row in rows_of(doc)))


def typed(name, rows):
    """The table NAME, with columns and types as data/schemas.toml says; what a row lacks is missing."""
    shape = types(name)
    missing = {column: "" if kind == "str" else None for column, kind in shape.items()}
    return frame((missing | {key: cell for key, cell in row.items() if cell != ""} for row in rows), shape)


def placed(doc, found):
    """What the rules found in a document, as rows with their words."""
    return [one._asdict() | {"surface": doc.text[one.start : one.end]} for one in found]


def rows(doc, name):
    """The rows of `ledgers/NAME.tsv` in a document's folder that are about it, each with its place.

    A list of dicts: the file's columns (str), `line` (int, of the file, from 1), `at` (file and line, for
    messages), `start` and `end` (int, offsets in `doc.text`). Empty if the document comes from no folder, the
    file is not there, or the page is not the one that its card was written for (the card's sha256 is another
    than the file's). A row that names a sha256, in its column or in the comment, is left out on a page of
    another, with a warning; one that names none, on a page whose card names none, is taken with a warning.
    What `cn.draft` wrote and nobody has filled in is left out. Raises ValueError that names file, line, page
    and what to do, if a quotation does not stand just once on the page or the file breaks
    `data/schemas.toml`.
    """
    if doc.card.get("sha256", doc.sha256) != doc.sha256:
        return []
    mine = [row for row in read(doc.folder, name) if row["seed"] == doc.id]
    fitting = [row for row in mine if not row["sha256"] or doc.sha256 in row["sha256"].split()]
    if len(fitting) < len(mine):
        lost = f"{len(mine) - len(fitting)} rows are of another version of page {doc.id} and are left out"
        remedy = f"cn.draft writes them anew, into {name}.changed.tsv: put these in the place of the old ones"
        warnings.warn(f"{name}.tsv: {lost}. {remedy}.", stacklevel=2)
    if "sha256" not in doc.card and not all(row["sha256"] for row in fitting):
        remedy = "cn.draft writes it into its rows, or put it into the pages' cards in sources.toml"
        any_version = "rows without a sha256 are laid over any version of their page"
        warnings.warn(f"{name}.tsv: {any_version}; {remedy}.", stacklevel=2)
    return [row | dict(zip(("start", "end"), place(doc, row))) for row in fitting]


def read(folder, name):
    """All rows of a folder's ledger as dicts with their `line`; none without a folder or such a file.

    Warns, once, of rows whose page is not in the folder.
    """
    path = folder and folder / "ledgers" / f"{name}.tsv"
    changed = [one.stat().st_mtime_ns for one in (path, folder)] if path and path.is_file() else []
    return _read(path, *changed) if changed else []


@functools.lru_cache(maxsize=16)
def _read(path, changed, pages_changed):
    """The rows of a ledger that are filled in, read and checked again when the file or the folder of pages
    has changed."""
    table = read_tsv(path).map(plain)
    # a row that cn.draft wrote and nobody has filled in says nothing yet
    table = table.loc[[bool(said(row)) or not row.get("sha256") for row in table.to_dict("records")]]
    book = path.stem.partition(".")[0]  # the sheet of one coder, codes.B.tsv, is a ledger of codes
    check(table, f"ledger.{book}", path.name)
    if schemas()["ledger"][book]["columns"].get("seed", {}).get("required"):
        warn_of_strangers(path, table)
    named = " ".join(re.findall(r"\b[0-9a-f]{64}\b", comment(path)))
    rows = [(index + 3, row) for index, row in table.to_dict("index").items()]
    at = f"{path.name}: line"
    return [row | {"line": n, "at": f"{at} {n}", "sha256": row.get("sha256") or named} for n, row in rows]


def comment(path):
    """The first line of a ledger, which says what it is for."""
    return path.read_text(encoding="utf-8-sig").splitlines()[0]


def warn_of_strangers(path, table):
    """Warns of rows whose page is not in the folder of a ledger (a spreadsheet makes 7 of 007)."""
    ids = {page_id(page) for page in path.parents[1].iterdir()}
    for index, id in table.seed[~table.seed.isin(ids)].drop_duplicates().items():
        lost = f"no page {id!r} in the folder, so its rows are left out. Mend seed, or remove them."
        warnings.warn(f"{path.name}: line {index + 3}: {lost}", stacklevel=4)


def place(doc, row, quote="", context="context"):
    """The span (start, end) of a quotation in a ledger's row: by its columns start and end, if its words
    stand there."""
    quote = quote or ("quote" if "quote" in row else "quotation")
    words = row[quote].replace("\\n", "\n")
    first, last = int(row.get("start") or 0), int(row.get("end") or 0)
    if words and doc.text[first:last] == words:
        return first, last
    try:
        span = doc.find(words, context=row.get(context, ""))
    except ValueError as error:
        remedy = f"Mend {quote} or {context}, or remove the row"
        raise ValueError(f"{row['at']}: {error} {remedy}.") from None  # the error says which page
    return span.start, span.end


def overlay(doc, name, found, ledger=True):
    """The rules' rows with a reader's cells in their place, in the order of the text; without
    `ledger` as they are.

    `found`: dicts with start, end, surface and columns of the table NAME. A ledger's row must overlap one of
    them, whose cells it takes over where its own are not empty, or none: then it is a row by itself, empty
    but for what the reader says. `source` is "reader" where she spoke, else "rule". Raises ValueError as
    `rows` does, and if a ledger's row overlaps several rows or one that another line has.
    """
    columns = types(name)
    result = [row | {"source": "rule"} for row in found]
    for hand in rows(doc, name) if ledger else ():
        at = f"{hand['at']}: page {doc.id}: {hand['quote']!r}"
        hits = [row for row in result if row["start"] < hand["end"] and row["end"] > hand["start"]]
        if len(hits) > 1:
            raise ValueError(f"{at} overlaps {', '.join(r['surface'] for r in hits)}. Quote one of them.")
        row = hits[0] if hits else dict.fromkeys(columns, "") | {"source": "reader"}
        if "line" in row:
            raise ValueError(f"{at} is what line {row['line']} is about. Remove one of the two.")
        result += [] if hits else [row]
        row |= {key: hand[key] for key in ("line", "start", "end")}
        row["surface"] = doc.text[row["start"] : row["end"]]
        hers = {column: cell for column, cell in said(hand).items() if column in columns}
        row |= {column: "" if cell == OPEN else cell for column, cell in hers.items()}
        row |= {"source": "reader"} if hers else {}
    return sorted(result, key=lambda row: row["start"])


def said(row):
    """What a reader has written into a row, by column."""
    return {column: cell for column, cell in row.items() if cell and column not in EYES}
