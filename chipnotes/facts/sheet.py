"""Ledgers as files: read with errors that name the remedy, written whole or not at all."""

import codecs
import contextlib
import os
import re

from chipnotes.files import FORMULA, read_tsv

# Columns that say where a row belongs, or are for the eye.
EYES = "seed quote quotation context sentence by_rule readings start end sha256".split()
EYES += "date_quote date_context coder".split()
_SAVE = "Save it as text with tabs between the cells, without quotes, in UTF-8"
_SAVE += " (in LibreOffice: Save as, Text CSV, Edit filter settings)"
_DOUBLED = re.compile(r'(?:^|\t)"[^\t]*""[^\t]*"(?=\t|$)')  # "the ""chips"" law"
_WITH_COMMA = re.compile(r'(?:^|(?<=\t))(")?[^\t]*,[^\t]*?(?(1)"(?=\t|$)|)(?=\t|$)')  # "a, b" or a, b


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
        utf16 = error.object.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        seems = "UTF-16" if utf16 else "GB18030 or another encoding"
        raise ValueError(f"{path.name}: it is not in UTF-8 but in {seems}. {_SAVE}.") from None
    except ValueError as error:
        raise ValueError(f"{error}. {_SAVE}.") from None


def _spreadsheet(lines):
    """What a spreadsheet has made of a table of tabs, in words; None if nothing."""
    head = "".join(lines[1:2])
    other = re.search("[;,]", head)
    if other and "\t" not in head:
        return f"line 2 parts its columns by {other[0]!r}"
    commas = [bool(m[1]) for line in lines[2:] for m in _WITH_COMMA.finditer(line)]
    quoted = commas and all(commas)
    for number, line in enumerate(lines, 1):
        if line.startswith('"#') or _DOUBLED.search(line) or (quoted and '"' in line and number > 1):
            return f"line {number} has a spreadsheet's quotes round its cells"


def said(row):
    """What a reader has written into a row, by column."""
    return {column: cell for column, cell in row.items() if cell and column not in EYES}


def typed(row):
    """Has a reader written anything into a row?"""
    return bool(said(row))


def plain(cell):
    """A cell as its writer meant it: without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def write(path, text):
    """Write a file whole, in UTF-8, or leave the one that is there (the disk is full: OSError)."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        kept = "what was there is as it was" if path.exists() else "nothing was written"
        remedy = "Make room on the disk, or let the folder be written to, and run it again"
        raise OSError(error.errno, f"{path.name}: {error.strerror}; {kept}. {remedy}") from None
