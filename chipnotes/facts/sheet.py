"""Ledgers as files: read with errors that name the remedy; what a reader has written into a row."""

import re

from chipnotes.files import read_tsv

# Columns that say where a row belongs, or are for the eye.
EYES = "seed quote quotation context sentence by_rule readings start end sha256".split()
EYES += "date_quote date_context coder".split()
_SAVE = "Save it as text with tabs between the cells, without quotes, in UTF-8"
_SAVE += " (in LibreOffice: Save as, Text CSV, Edit filter settings)"
_DOUBLED = re.compile(r'(?:^|\t)"[^\t]*""[^\t]*"(?=\t|$)')  # "the ""chips"" law"


def read(path):
    """The comment line of a ledger and its table, all cells strings; the index counts rows from 0.

    Raises ValueError with the remedy for a file in another encoding, one with a spreadsheet's quotes or other
    separators, one whose rows do not fit its header.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
        fault = _spreadsheet(lines)
        if fault:
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
    other = re.match("[^\t]*?([;,])[^\t]*$", "".join(lines[1:2]))
    if other:
        return f"line 2 parts its columns by {other[1]!r}"
    commas = [cell for line in lines[2:] for cell in line.split("\t") if "," in cell]
    quoted = commas and all(cell[0] == cell[-1] == '"' for cell in commas)
    for number, line in enumerate(lines, 1):
        if line.startswith('"#') or _DOUBLED.search(line) or (quoted and '"' in line and number > 1):
            return f"line {number} has a spreadsheet's quotes round its cells"


def said(row):
    """What a reader has written into a row, by column."""
    return {column: cell for column, cell in row.items() if cell and column not in EYES}
