"""Read a folder of text files: bytes to raw text, each with its card; every fault is named with its file, place and remedy."""

import codecs
import datetime
import difflib
import hashlib
import os
import re
import tomllib
import warnings
from dataclasses import dataclass, field
from pathlib import Path

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
CARDS = "sources.toml"
_KEYS = (
    "file title title_en publisher author published published_evidence event event_evidence crawled_not_before crawled_evidence places "
    "region script damage sha256 rights inferred"
).split()
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class SeedError(ValueError):
    """Everything that is wrong with a folder of pages, all at once; `problems` lists one line a fault."""

    def __init__(self, problems):
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Seed:
    """One raw page: its id, file, text as decoded, sha256 of its bytes, and its card (empty if it has none)."""

    id: str
    path: Path
    raw: str
    sha256: str
    card: dict = field(default_factory=dict)


def seed_id(path):
    """The id of a file: its first three digits if a fourth does not follow, else its stem."""
    digits = re.match(r"\d{3}(?!\d)", path.name)
    return digits[0] if digits else path.stem


def decode(data, name):
    """Text of a page's bytes: UTF-8, UTF-16 (by its byte-order mark) or GB18030, tried in this order.

    Raises SeedError for no bytes, binary data, bytes that fit no encoding, and text without a Chinese character.
    """
    if not data.strip():
        raise SeedError(f"{name}: the file is empty. Put the page's text in it, or remove the file.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], encoding, name, len(bom))
            break
    else:
        text = _guess(data, name)
    return _chinese(text, name)


def _guess(data, name):
    """Text without a byte-order mark: valid UTF-8, else GB18030 unless the bytes are plainly broken UTF-8."""
    zero = data.find(b"\0")
    if zero >= 0:
        raise SeedError(
            f"{name}: binary data (a zero byte at offset {zero}). Save the page as plain text; UTF-16 needs its byte-order mark."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file of UTF-8 with a few broken bytes would pass as GB18030 and come out as nonsense.
        lenient = data.decode("utf-8", "replace")
        if lenient.count("\ufffd") * 5 <= len(HAN.findall(lenient)):
            raise SeedError(_undecodable(name, data, error.start, "UTF-8")) from None
    text = _strict(data, "gb18030", name, 0)
    if len(re.findall("[\ue000-\uf8ff]", text)) * 20 > len(HAN.findall(text)):
        raise SeedError(
            f"{name}: neither UTF-8 nor GB18030 (as GB18030 it reads {text[:12]!r}); Big5? Save the page again as UTF-8."
        )
    return text


def _strict(data, encoding, name, offset):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SeedError(_undecodable(name, data, error.start, encoding.upper(), offset)) from None


def _undecodable(name, data, at, encoding, offset=0):
    line = data[:at].decode(encoding, "replace").count("\n") + 1  # in UTF-16 上 holds the byte of a line end
    return (
        f"{name}: undecodable bytes {data[at : at + 4].hex(' ')} at offset {at + offset} (line {line}), read as {encoding}. "
        "Save the page again as UTF-8."
    )


def _chinese(text, name):
    control = re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f]", text)
    if control:
        raise SeedError(
            f"{name}: binary data (control character U+{ord(control[0]):04X} at character {control.start()}). "
            "Save the page as plain text."
        )
    if not HAN.search(text):
        raise SeedError(f"{name}: no Chinese character in the file. Is it the right page, or was it saved in another encoding?")
    return text


def read_toml(path):
    """The table in a TOML file; SeedError with the parser's line and column if it is broken, or if it is no file that can be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SeedError(_unreadable(path, error)) from None
    except RecursionError:
        raise SeedError(f"{path.name}: broken TOML: nested too deep. Mend the file and load again.") from None
    except ValueError as error:  # broken TOML, broken UTF-8, or a number of thousands of digits
        raise SeedError(f"{path.name}: broken TOML: {error}. Mend the file and load again.") from None


def _unreadable(path, error):
    return f"{path.name}: cannot be read: {error.strerror}. It must be a file (no folder, no broken link) that you may read."


def _read_cards(folder, names):
    """The cards of a folder whose files have these names by their ids, and a line for each fault."""
    path = folder / CARDS
    if not os.path.lexists(path):
        return {}, []
    try:
        table = read_toml(path)
    except SeedError as error:
        return {}, error.problems
    cards, problems, own = {}, [], []
    for key, card in table.items():
        fault = _card_fault(card, names.get(key))
        if fault:
            problems.append(f"{CARDS}: card [{key}]: {fault}")
        elif key not in names:
            there = ", ".join(sorted(names)[:5]) or "none"
            problems.append(f"{CARDS}: card [{key}] has no file; ids here: {there}. Add the page {key}.txt, or mend or remove the card.")
        else:
            cards[key] = card
            own += [name for name in card if name not in _KEYS and name not in own]
    if own:
        warnings.warn(
            f"{CARDS}: no key that is known here: {', '.join(own)}. Cards keep them as facts of your own.", stacklevel=4
        )
    return cards, problems


def _card_fault(card, files):
    """What is wrong with a card whose page is one of these files (None: there is no page), or None."""
    if not isinstance(card, dict):
        return "not a table. Write it as [id] with its keys below."
    for name in card:
        # A fact of one's own may be called like a known one (publisher_zh) if that one is there, too.
        meant = [] if name in _KEYS else difflib.get_close_matches(name, _KEYS, 1, 0.8)
        if meant and meant[0] not in card:
            return f"no key {name!r}. Write {meant[0]}, or choose a name that is less like it."
    if files and card.get("file", files[0]) not in files:
        return f"file = {card['file']!r} is not this page: its file is {' or '.join(files)}. Mend or remove the line, or the file's name."
    published = card.get("published")
    if published is not None and (not isinstance(published, datetime.date) or isinstance(published, datetime.datetime)):
        return f"published = {published!r} is not a TOML date. Write it as 2024-11-04, without quotes."
    if published is not None and not 1900 <= published.year <= 2100:  # last year must be a year of the calendar, too
        return f"published = {published} is no day on which a page was published. Write one from 1900 to 2100."
    if not isinstance(card.get("inferred", []), list):
        return f"inferred = {card['inferred']!r} is not a list. Remove it: it is filled while loading."
    return None


def read_folder(folder, verify=True):
    """The readable pages of a folder in the order of their ids (a list of Seed), the ids of all, and a line for each fault.

    Each `.txt` file is a page; `sources.toml`, if there, holds a table [id] of facts about each; `file`, if stated, must be the page's
    own. A key that is nearly a known one is a fault, any other that is not known a warning. `verify` compares the sha256 of a card with
    the file; with `verify=False` a changed file is read all the same.
    Raises SeedError if there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise SeedError(f"{folder}: no such folder. Give the folder that holds the pages' .txt files.")
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".txt")
    names = {}
    for path in paths:
        names.setdefault(seed_id(path), []).append(path.name)
    cards, problems = _read_cards(folder, names)
    if not paths:
        problems.append(f"{folder}: no .txt file in the folder. Save each page there as a text file.")
    problems += [
        f"{', '.join(same)}: duplicate id {key!r}. Rename all but one of them." for key, same in names.items() if len(same) > 1
    ]
    seeds = []
    for path in paths:
        try:
            seeds.append(_read_page(path, cards.get(seed_id(path), {}), verify))
        except SeedError as error:
            problems += error.problems
    return sorted(seeds, key=lambda seed: seed.id), sorted(names), problems


def _read_page(path, card, verify):
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SeedError(_unreadable(path, error)) from None
    sha256 = hashlib.sha256(data).hexdigest()
    expected = card.get("sha256")
    if verify and expected is not None and sha256 != expected:
        raise SeedError(
            f"{path.name}: changed: its sha256 is {sha256}, its card in {CARDS} says {expected}. "
            "Restore the file, or load with verify=False to go on with the changed page."
        )
    return Seed(seed_id(path), path, decode(data, path.name), sha256, card)
