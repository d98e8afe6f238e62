"""Files and folders: where they lie, TSV read and checked, typed frames, files written whole, safe cells."""

import contextlib
import datetime
import functools
import html
import re
import tomllib
from pathlib import Path

import pandas as pd

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
DATA = PACKAGE / "data"
FONTS = PACKAGE / "fonts"
SEEDS = ROOT / "seeds"
FIGURES = ROOT / "figures"
NOTEBOOKS = ROOT / "notebooks"
_SAVE = "Save it as text with tabs between the cells, without quotes, in UTF-8"
_SAVE += " (in LibreOffice: Save as, Text CSV, Edit filter settings)"
# What a spreadsheet takes for the start of a formula; full-width too, if set to an East Asian language.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# The pandas type of each type of data/schemas.toml; an integer that may be missing is a number there.
TYPES = {"string": "str", "integer": "int64", "number": "float64", "date": "datetime64[s]"}
# How a cell of a type is read, and an example.
_READ = {"integer": (int, 12), "number": (float, 1200.5)}
_READ["date"] = lambda cell: datetime.datetime.strptime(cell, "%Y-%m-%d"), "2024-11-04"


def frame(rows, types):
    """A table of rows (tuples or dicts) with columns of the given pandas types, also without a row."""
    cells = dict(zip(types, zip(*(r if isinstance(r, tuple) else (*map(r.get, types),) for r in rows))))
    # column by column: of a small table one astype over all of it takes three times as long
    return pd.DataFrame({name: pd.array(cells.get(name, ()), dtype=kind) for name, kind in types.items()})


def read_data(name):
    """One of the package's own data files in `chipnotes/data`, as `read_tsv` gives it."""
    return read_tsv(DATA / name)


def read_tsv(path):
    """A table kept as text: a comment line, a header line, then rows. All cells are strings, '' where empty.

    Raises ValueError that names file, line and remedy: another encoding, no comment in its first line, a
    spreadsheet's quotes or other separators, a row of more or fewer cells than the header.
    """
    path = Path(path)
    try:
        comment, *lines = path.read_text(encoding="utf-8-sig").splitlines() or [""]
        rows = [line.split("\t") for line in lines]
        fault = next(_faults(comment, rows), "")
    except UnicodeDecodeError:
        fault = "it is not in UTF-8 but in another encoding, such as UTF-16 or GB18030"
    if fault:
        raise ValueError(f"{path.name}: {fault}. {_SAVE}.")
    return pd.DataFrame(rows[1:], columns=rows[0], dtype="str")


def _faults(comment, rows):
    """Yields, in words, what keeps lines from being a table."""
    if not comment.startswith("#") or not rows:
        yield "line 1 must be a # comment that says what the file is for, line 2 its columns"
    header, *_ = rows
    if len(header) == 1 and (other := re.search("[;,]", header[0])):
        yield f"line 2 parts its columns by {other[0]!r}"
    yield from (f"line 2 has the column {name!r} twice" for name in header if header.count(name) > 1)
    commas = [cell for row in rows for cell in row if "," in cell]
    quoted = commas and all(cell[0] == cell[-1] == '"' for cell in commas)
    wrapped = re.compile('".*"' if quoted else '".*"".*"')  # else the page's own, but for "the ""chips"" law"
    for number, row in enumerate(rows, 2):
        if any(map(wrapped.fullmatch, row)):
            yield f"line {number} has a spreadsheet's quotes round its cells"
        if len(row) != len(header):
            yield f"line {number} has {len(row)} cells, the header has {len(header)}"


def write(path, content):
    """Write a file whole, bytes or text, or leave the one that is there. OSError, as of a full disk.

    What is there already is not written again: nothing fails in a folder that may only be read.
    """
    content = content if isinstance(content, bytes) else content.encode()
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        kept = "what was there is as it was" if path.exists() else "nothing was written"
        remedy = "Make room on the disk, or let the folder be written to, and run it again"
        raise OSError(error.errno, f"{path.name}: {error.strerror}; {kept}. {remedy}") from None


@functools.cache
def schemas():
    """`data/schemas.toml`: group (data, ledger, table) -> table -> its entry, columns filled in."""
    book = tomllib.loads((DATA / "schemas.toml").read_text(encoding="utf-8"))
    shared = book.pop("shared")
    for entry in (entry for group in book.values() for entry in group.values()):
        for name, own in entry["columns"].items():
            entry["columns"][name] = {"type": "string"} | shared.get(name, {}) | own
    return book


def types(name):
    """The pandas type of each column of an output table."""
    return {column: TYPES[entry["type"]] for column, entry in schemas()["table"][name]["columns"].items()}


def check(table, name, where):
    """The table, if `data/schemas.toml` allows each cell; else ValueError that lists file, line, column.

    `name`: group and table ("ledger.events"); `where`: the file's name, for the messages. A column that is
    not required may be missing, one that no schema knows is refused.
    """
    group, _, key = name.partition(".")
    entry = schemas()[group][key]
    columns = entry["columns"]
    use = f"use {', '.join(columns)}"
    wrong = [f"line 2: no column {column!r} here; {use}" for column in table if column not in columns]
    for column, rule in columns.items():
        if rule.get("required") and column not in table:
            wrong.append(f"line 2: the column {column!r} is missing ({rule['meaning']})")
        faults = ((index + 3, _fault(cell, rule)) for index, cell in table.get(column, {}).items())
        wrong += [f"line {line}: {column} {fault}" for line, fault in faults if fault]
    keys = [column for column in entry.get("unique", []) if column in table]
    for index in table.index[table.duplicated(keys)] if keys else ():
        wrong.append(f"line {index + 3}: the same {', '.join(keys)} as a line above")
    if wrong:
        raise ValueError("\n".join(f"{where}: {line}" for line in wrong))
    return table


def _fault(cell, rule):
    """What is wrong with a cell, or ''. "-" says open or unknown, where a column may be."""
    if cell == "" or (cell == "-" and rule["type"] != "string"):
        return "is empty" if rule.get("required") else ""
    if "allowed" in rule and cell not in rule["allowed"]:
        return f"is {cell!r}, not one of {', '.join(map(str, rule['allowed']))}"
    read, example = _READ.get(rule["type"], (str, ""))
    try:
        read(cell)
    except ValueError:
        return f"is {cell!r}, which is no {rule['type']} like {example}"
    return ""


def harmless(cell):
    """A text as a cell that a spreadsheet does not run: a formula gets an apostrophe. No text: as it is."""
    if not isinstance(cell, str):
        return cell
    # Python's csv does not quote a lone carriage return, and a spreadsheet would begin a row behind it.
    return ("'" + cell if cell.startswith(FORMULA) else cell).replace("\r", "\n")


def plain(cell):
    """A cell as its writer meant it: without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def to_csv(table, **formats):
    """A table as the bytes of a CSV file: safe cells, UTF-8 with the mark by which spreadsheets know it."""
    safe = table.rename(columns=harmless).map(harmless)
    return safe.to_csv(index=False, lineterminator="\n", **formats).encode("utf-8-sig")


def to_html(template, rows):
    """The rows of a table as HTML, each by the template; what a page brings along is shown as it is."""
    return "".join(template.format(*(html.escape(str(cell)) for cell in row)) for row in rows)
