"""Files and folders: where they lie, the reader and the check of TSV files, typed frames, safe CSV cells."""

import csv
import datetime
import functools
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
TABLES = ROOT / "tables"
# What a spreadsheet takes for the start of a formula; full-width too, if set to an East Asian language.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# The pandas type of each type of data/schemas.toml; an integer that may be missing is a number there.
TYPES = {"text": "str", "integer": "int64", "number": "float64", "date": "datetime64[s]", "yes_no": "bool"}


def frame(rows, types):
    """A table of rows (tuples or dicts) with columns of the given pandas types, also without a row."""
    return pd.DataFrame.from_records(list(rows), columns=list(types)).astype(types)


def read_data(name):
    """One of the package's own data files in `chipnotes/data`, as `read_tsv` gives it."""
    return read_tsv(DATA / name)


def read_tsv(path):
    """A table kept as text: a comment line, a header line, then rows. All cells are strings, '' where empty.

    Raises FileNotFoundError, ValueError that name the file: it is not there, its first line is no comment, a
    row has more or fewer cells than the header.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileNotFoundError(f"{path.name}: no such file in {path.parent.name}") from None
    comment, *rows = text.splitlines() or [""]
    if not comment.startswith("#") or not rows:
        raise ValueError(
            f"{path.name}: line 1 must be a # comment that says what the file is for, line 2 its columns"
        )
    table = list(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(table, 2):
        if len(row) != len(table[0]):
            raise ValueError(
                f"{path.name}: line {number} has {len(row)} cells, the header has {len(table[0])}"
            )
    return pd.DataFrame(table[1:], columns=table[0], dtype="str")


@functools.cache
def schemas():
    """`data/schemas.toml`: group (data, ledger, table) -> table -> its entry, columns filled in."""
    book = tomllib.loads((DATA / "schemas.toml").read_text(encoding="utf-8"))
    shared = book.pop("shared")
    for entry in (entry for group in book.values() for entry in group.values()):
        for name, own in entry["columns"].items():
            entry["columns"][name] = {"type": "text"} | shared.get(name, {}) | own
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
    columns, wrong = entry["columns"], []
    for column in table.columns.difference(columns, sort=False):
        wrong.append(f"line 2: no column {column!r} here; use {', '.join(columns)}")
    for column, rule in columns.items():
        if column not in table:
            if rule.get("required"):
                wrong.append(f"line 2: the column {column!r} is missing ({rule['meaning']})")
            continue
        for line, cell in zip(table.index + 3, table[column], strict=True):
            fault = _fault(cell, rule)
            if fault:
                wrong.append(f"line {line}: {column} {fault}")
    keys = [column for column in entry.get("unique", []) if column in table]
    for index in table.index[table.duplicated(keys)] if keys else ():
        wrong.append(f"line {index + 3}: the same {', '.join(keys)} as a line above")
    if wrong:
        raise ValueError("\n".join(f"{where}: {line}" for line in wrong))
    return table


def _fault(cell, rule):
    """What is wrong with a cell, or ''. "-" says open or unknown, where a column may be."""
    if cell == "" or (cell == "-" and rule["type"] != "text"):
        return "is empty" if rule.get("required") else ""
    if "allowed" in rule and cell not in rule["allowed"]:
        return f"is {cell!r}, not one of {', '.join(map(str, rule['allowed']))}"
    example = {"integer": 12, "number": 1200.5, "date": "2024-11-04"}.get(rule["type"])
    try:
        {"integer": int, "number": float, "date": datetime.date.fromisoformat}.get(rule["type"], str)(cell)
    except ValueError:
        return f"is {cell!r}, which is no {rule['type']} like {example}"
    return ""


def harmless(cell):
    """A text as a cell that a spreadsheet does not run: a formula gets an apostrophe. No text: as it is."""
    if not isinstance(cell, str):
        return cell
    # Python's csv does not quote a lone carriage return, and a spreadsheet would begin a row behind it.
    return ("'" + cell if cell.startswith(FORMULA) else cell).replace("\r", "\n")
