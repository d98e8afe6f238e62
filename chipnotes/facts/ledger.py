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
_SAVE = "Save it as text with tabs between the cells, without quotes, in UTF-8"
_SAVE += " (in LibreOffice: Save as, Text CSV, Edit filter settings)"
_DOUBLED = re.compile(r'(?:^|\t)"[^\t]*""[^\t]*"(?=\t|$)')  # "the ""chips"" law"


def table(corpus, name, rows_of):
    """The table NAME of a corpus, typed as data/schemas.toml says: the rows (dicts) that `rows_of` gives
    for each document."""
    shape = types(name)
    missing = {column: "" if kind == "str" else None for column, kind in shape.items()}
    found = (row | {"seed": doc.id} for doc in documents(corpus) for row in rows_of(doc))
    return frame((missing | {key: cell for key, cell in row.items() if cell != ""} for row in found), shape)


def placed(doc, found):
    """What the rules found in a document, as rows with their words."""
    return [one._asdict() | {"surface": doc.text[one.start : one.end]} for one in found]


def rows(doc, name):
    """The rows of `ledgers/NAME.tsv` in a document's folder that are about it, each with its place.

    A list of dicts: the file's columns (str), `line` (int, of the file, from 1), `start` and `end` (int,
    offsets in `doc.text`). Empty if the document comes from no folder, the file is not there, or the page is
    not the one that its card was written for (the card's sha256 is another than the file's). A row that
    names a sha256, in its column or in the comment, is left out on a page of another, with a warning; one
    that names none, on a page whose card names none, is taken with a warning. What `cn.draft` wrote and
    nobody has filled in is left out. Raises ValueError that names file, line, page and what to do, if a
    quotation does not stand just once on the page or the file breaks `data/schemas.toml`.
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
    return [row | dict(zip(("start", "end"), place(doc, row, f"{name}.tsv"))) for row in fitting]


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
    has changed; warns of a page that is not there (a spreadsheet makes 7 of 007)."""
    comment, table = read_file(path)
    table, named = table.map(plain), " ".join(re.findall(r"\b[0-9a-f]{64}\b", comment))
    # a row that cn.draft wrote and nobody has filled in says nothing yet
    table = table.loc[[bool(said(row)) or not row.get("sha256") for row in table.to_dict("records")]]
    check(table, f"ledger.{path.stem}", path.name)
    if schemas()["ledger"][path.stem]["columns"].get("seed", {}).get("required"):
        for index, id in table.seed[~table.seed.isin(ids(path.parents[1]))].drop_duplicates().items():
            lost = f"no page {id!r} in the folder, so its rows are left out. Mend seed, or remove them."
            warnings.warn(f"{path.name}: line {index + 3}: {lost}", stacklevel=3)
    rows = table.to_dict("index").items()
    return [row | {"line": index + 3, "sha256": row.get("sha256") or named} for index, row in rows]


def ids(folder):
    """The ids of the pages in a folder, and of whatever else lies there."""
    return {page_id(path) for path in folder.iterdir()}


def place(doc, row, file, quote="", context="context"):
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
        at = f"{file}: line {row['line']}"  # the error says which page
        raise ValueError(f"{at}: {error} Mend {quote} or {context}, or remove the row.") from None
    return span.start, span.end


def overlay(doc, name, found, columns, ledger=True):
    """The rules' rows with a reader's cells in their place, in the order of the text; without
    `ledger` as they are.

    `found`: dicts with start, end, surface and `columns`. A ledger's row must overlap one of them, whose
    cells it takes over where its own are not empty, or none: then it is a row by itself, empty but for what
    the reader says. `source` is "reader" where she spoke, else "rule". Raises ValueError as `rows` does, and
    if a ledger's row overlaps several rows or one that another line has.
    """
    result = [row | {"source": "rule"} for row in found]
    for hand in rows(doc, name) if ledger else ():
        at = f"{name}.tsv: line {hand['line']}: page {doc.id}: {hand['quote']!r}"
        hits = [row for row in result if row["start"] < hand["end"] and row["end"] > hand["start"]]
        if len(hits) > 1:
            raise ValueError(f"{at} overlaps {', '.join(r['surface'] for r in hits)}. Quote one of them.")
        row = hits[0] if hits else dict.fromkeys(columns, "") | {"source": "reader"}
        if "line" in row:
            raise ValueError(f"{at} is what line {row['line']} is about. Remove one of the two.")
        result += [] if hits else [row]
        row |= {key: hand[key] for key in ("line", "start", "end")}
        row["surface"] = doc.text[row["start"] : row["end"]]
        said = {column: hand[column] for column in columns if hand.get(column)}
        row |= {column: "" if cell == OPEN else cell for column, cell in said.items()}
        row |= {"source": "reader"} if said else {}
    return sorted(result, key=lambda row: row["start"])


# ---------------------------------------------------------------- her files


def read_file(path):
    """The comment line of a ledger and its table, all cells strings; the index counts rows from 0.

    Raises ValueError with the remedy for a file in another encoding, one with a spreadsheet's quotes or other
    separators, one whose rows do not fit its header.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
        if fault := _spreadsheet(lines):
            raise ValueError(f"{path.name}: {fault}")
        return "".join(lines[:1]), read_tsv(path)
    except UnicodeDecodeError as error:
        utf16 = error.object[:2] in (b"\xff\xfe", b"\xfe\xff")
        seems = "UTF-16" if utf16 else "GB18030 or another encoding"
        raise ValueError(f"{path.name}: it is not in UTF-8 but in {seems}. {_SAVE}.") from None
    except ValueError as error:
        raise ValueError(f"{error}. {_SAVE}.") from None


def _spreadsheet(lines):
    """What a spreadsheet has made of a table of tabs, in words; None if nothing."""
    if other := re.match("[^\t]*?([;,])[^\t]*$", "".join(lines[1:2])):
        return f"line 2 parts its columns by {other[1]!r}"
    commas = [cell for line in lines[2:] for cell in line.split("\t") if "," in cell]
    quoted = commas and all(cell[0] == cell[-1] == '"' for cell in commas)
    for number, line in enumerate(lines, 1):
        if line.startswith('"#') or _DOUBLED.search(line) or (quoted and '"' in line and number > 1):
            return f"line {number} has a spreadsheet's quotes round its cells"


def said(row):
    """What a reader has written into a row, by column."""
    return {column: cell for column, cell in row.items() if cell and column not in EYES}
