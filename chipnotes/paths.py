"""The folders of the project, found from where this file lies so that code runs from any folder, and the reader of its data files."""

import csv
from pathlib import Path

import pandas as pd

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
DATA = PACKAGE / "data"
EDITIONS = PACKAGE / "editions"
FONTS = PACKAGE / "fonts"
SEEDS = ROOT / "seeds"
FIGURES = ROOT / "figures"
NOTEBOOKS = ROOT / "notebooks"


def read_data(name):
    """One of the package's data files: a comment line, a header line, then rows. All cells are strings, '' where empty.

    Raises FileNotFoundError, ValueError that name the file: it is not there, its first line is no comment, a row has more or fewer
    cells than the header.
    """
    try:
        text = (DATA / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(f"{name}: no such file in chipnotes/data") from None
    comment, *rows = text.splitlines()
    if not comment.startswith("#"):
        raise ValueError(f"{name}: line 1 must be a # comment that says what the file is for")
    table = list(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(table, 2):
        if len(row) != len(table[0]):
            raise ValueError(f"{name}: line {number} has {len(row)} cells, the header has {len(table[0])}")
    return pd.DataFrame(table[1:], columns=table[0], dtype="str")
