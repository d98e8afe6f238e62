"""Step 1, bytes: a folder's files as raw text, each page with its card; a fault comes with its remedy."""

import codecs
import contextlib
import datetime
import hashlib
import os
import re
import tomllib
from pathlib import Path

import msgspec

from chipnotes.pages.lines import han_count
from chipnotes.pages.looks import LOOKS

CARDS = "sources.toml"
HTML = (".html", ".htm")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The first levels of two standards: what Chinese is mostly written in.
_PAIRS = [bytes((lead, trail)) for lead in range(0xA4, 0xD8) for trail in range(0x40, 0xFF)]
_COMMON = {pair.decode("gb2312", "ignore") for pair in _PAIRS if pair >= b"\xb0"}
_COMMON |= {pair.decode("big5", "ignore") for pair in _PAIRS if pair < b"\xc7"}
# What a page's table in sources.toml may say, and need not; facts of one's own go into the table [ID.own].
_KEYS = {
    str: "name file title title_en publisher author region script rights sha256 first_line last_line address "
    "published_evidence event_evidence crawled_evidence",
    datetime.date: "published event crawled_not_before",
    list[str]: "places damage",
    dict[str, object]: "own",
}
TOML_TYPES = (datetime.datetime, datetime.date, datetime.time)


class SeedError(ValueError):
    """Everything that is wrong with a folder of pages, all at once; `problems` lists one line a fault."""

    @property
    def problems(self):
        return list(self.args)

    def __str__(self):
        return "\n".join(self.args)


_FIELDS = [(key, kind, None) for kind, keys in _KEYS.items() for key in keys.split()]
Card = msgspec.defstruct("Card", _FIELDS, forbid_unknown_fields=True)

_CARD_REMEDY = (
    "Mend the line: a day is written 2024-11-04, without quotes; own facts go into [ID.own]; "
    f"the keys are {', '.join(Card.__struct_fields__)}"
)


def decode(data, name):
    """The text of bytes in UTF-8, UTF-16 with its byte-order mark, GB18030, Big5 or its Hong Kong set.

    Raises SeedError for no bytes, binary data, bytes that fit no encoding, text without Chinese.

    >>> decode("芯片".encode(), "page.txt")
    '芯片'
    """
    text = _read(data)
    control = LOOKS.binary.search(text if text or data.startswith(_UTF16) else data.decode("latin-1"))
    if not data.strip():
        fault = "the file is empty. Put the page's text in it, or remove the file"
    elif control:
        fault = f"binary data (U+{ord(control[0]):04X} at {control.start()}). Save the page as plain text"
    elif not text:
        fault = f"{_bytes_that_fail(data)}. Save the page again as UTF-8, or move it out of the folder"
    elif not han_count(text):
        fault = "no Chinese character in the file. Save what your browser shows, or move it out of the folder"
    else:
        return text
    raise SeedError(f"{name}: {fault}")


def _read(data):
    """The text of bytes in Unicode, else in the encoding that gives the largest share of common characters,
    more than half of the letters; "" if none does."""
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    readings = [(0.5, "")]
    for encoding in ("gb18030", "big5", "big5hkscs"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            letters = LOOKS.letter.findall(text)
            readings.append((sum(map(_COMMON.__contains__, letters)) / max(len(letters), 1), text))
    return max(readings, key=lambda reading: reading[0])[1]


def _bytes_that_fail(data):
    lenient = data.decode("utf-8", "replace")
    mostly = lenient.count("\ufffd") * 5 <= han_count(lenient)
    encoding = "UTF-16" if data.startswith(_UTF16) else "UTF-8" if mostly else "GB18030"
    try:
        return f"reads as Chinese in no encoding (as {encoding} it begins {data.decode(encoding)[:12]!r})"
    except UnicodeDecodeError as error:
        read = data[: error.start].decode(encoding, "replace")
        line = read.count("\n") + 1
        return f"undecodable: read as {encoding} it breaks in line {line} after {read[-12:]!r}"


def read_toml(path):
    """The table in a TOML file; SeedError, with line and column, if it is broken or cannot be read."""
    data = read_bytes(path)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, a nest too deep
        remedy = "Mend the file (straight quotes, saved as UTF-8) and load again"
        raise SeedError(f"{path.name}: broken TOML: {error}. {remedy}.") from None


def read_bytes(path):
    """The bytes of a file; SeedError if it is a folder, a broken link or not ours to read."""
    try:
        return path.read_bytes()
    except OSError as error:
        remedy = "It must be a file (no folder, no broken link) that you may read"
        raise SeedError(f"{path.name}: cannot be read: {error.strerror}. {remedy}.") from None


def read_raw(path, card, verify=True):
    """The text of a page's file and the sha256 of its bytes; SeedError if it is not as it should be."""
    data = read_bytes(path)
    sha256, known = hashlib.sha256(data).hexdigest(), card.get("sha256")
    if verify and known not in (None, sha256):
        remedy = "Restore the file, or load with verify=False to go on with the changed page"
        raise SeedError(f"{path.name}: changed: its sha256 is {sha256}, its card says {known}. {remedy}.")
    return decode(data, path.name), sha256


def page_id(path):
    """The id of a page's file: the first three digits of its name if no fourth follows, else the bare name.

    >>> from pathlib import Path
    >>> page_id(Path("007_a3f.txt")), page_id(Path("2024-report.txt"))
    ('007', '2024-report')
    """
    digits = re.match(r"\d{3}(?!\d)", path.name)
    return digits[0] if digits else path.stem


def find_pages(folder):
    """The pages of a folder in the order of their ids, {id: (path, card)}, and a line for each fault.

    A page is a `.txt` or `.html` file that is not hidden and not README, LICENSE or NOTICE.
    Raises SeedError if there is no such folder, or none that may be read.
    """
    paths, table, problems = {}, {}, []
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        remedy = f"Give the folder that holds the pages' .txt or .html files, seen from {Path.cwd()}"
        raise SeedError(f"{folder}: {error.strerror}. {remedy}.") from None
    for path in files:
        if path.suffix.lower() in (".txt", *HTML) and not LOOKS.no_page.match(path.name):
            paths.setdefault(page_id(path), []).append(path)
    try:
        table = read_toml(folder / CARDS) if os.path.lexists(folder / CARDS) else {}
    except SeedError as error:
        problems += error.problems
    for id, card in table.items():
        faults = _card_faults(card, [path.name for path in paths.get(id, [])])
        problems += [f"{CARDS}: card [{id}]: {fault}." for fault in faults]
        table[id] = {} if faults else card
    if not paths:
        remedy = "Save each page there as text or as a web page, a PDF by `pdftotext -layout`"
        problems.append(f"{folder}: no .txt or .html file in the folder. {remedy}.")
    twice = {id: ", ".join(path.name for path in same) for id, same in paths.items() if len(same) > 1}
    problems += [f"{names}: duplicate id {id!r}. Rename all but one of them." for id, names in twice.items()]
    return {id: (paths[id][0], table.get(id, {})) for id in sorted(paths)}, problems


def _card_faults(card, files):
    """What is wrong with the card of a page that has these files (none: no page), each with its remedy."""
    if not isinstance(card, dict):
        return ["not a table. Write it as [id] with its keys below"]
    if not files:
        form = "which is its name without .txt or .html, or the three digits it begins with"
        return [f"no file has this id, {form}. Mend the id, or remove the card"]
    faults = []
    for key, value in card.items():
        try:
            msgspec.convert({key: value}, Card, builtin_types=TOML_TYPES)
            # The rules count with the years around it, which must be years of the calendar, too.
            if key == "published" and not 1900 <= value.year <= 2100:
                faults.append(f"`published` is {value}, no day from 1900 to 2100. Mend the line")
        except msgspec.ValidationError as error:
            faults.append(f"{error}. {_CARD_REMEDY}")
    if card.get("file", files[0]) not in files:
        faults.append(f"file = {card['file']!r} is not this page: {' or '.join(files)}. Mend the line")
    return faults
