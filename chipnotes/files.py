"""Files and folders: where the project's files lie, the reader of its TSV files, typed frames, and CSV that no spreadsheet runs."""

import csv
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
# What a spreadsheet takes for the start of a formula; the full-width forms too, which one set to an East Asian language does.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def frame(rows, types):
    """A table of rows (tuples or dicts) whose columns have the given pandas types, also where there is no row."""
    return pd.DataFrame.from_records(list(rows), columns=list(types)).astype(types)


def read_data(name):
    """One of the package's own data files in `chipnotes/data`, as `read_tsv` gives it."""
    return read_tsv(DATA / name)


def read_tsv(path):
    """A table kept as text: a comment line, a header line, then rows. All cells are strings, '' where empty.

    Raises FileNotFoundError, ValueError that name the file: it is not there, its first line is no comment, a row has more or
    fewer cells than the header.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(f"{path.name}: no such file in {path.parent.name}") from None
    comment, *rows = text.splitlines()
    if not comment.startswith("#"):
        raise ValueError(f"{path.name}: line 1 must be a # comment that says what the file is for")
    table = list(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(table, 2):
        if len(row) != len(table[0]):
            raise ValueError(f"{path.name}: line {number} has {len(row)} cells, the header has {len(table[0])}")
    return pd.DataFrame(table[1:], columns=table[0], dtype="str")


def harmless(cell):
    """A text as a cell that a spreadsheet shows and does not run: a formula gets an apostrophe. What is no text is left alone."""
    if not isinstance(cell, str):
        return cell
    # Python's csv does not quote a lone carriage return, and a spreadsheet would begin a row behind it.
    return ("'" + cell if cell.startswith(FORMULA) else cell).replace("\r", "\n")
