"""Draft: a ledger to fill in, with each passage and what the rules say of it, the meanings empty."""

from pathlib import Path

from chipnotes.facts import ledger, sheet
from chipnotes.facts.codes import quasi_sentences
from chipnotes.facts.dates import dates
from chipnotes.facts.quantities import quantities
from chipnotes.files import harmless, schemas
from chipnotes.pages.corpus import documents
from chipnotes.rules.coding import DIMENSIONS, book


def draft(corpus, table):
    """Write a ledger to fill in, `ledgers/TABLE.tsv` in the folder of the pages, and return its path.

    - quantities, dates: one row a number, a date; what a reader leaves empty is the rule's word
    - events: one row a sentence with a date
    - codes: one row a quasi-sentence; the values allowed, with their meaning, go into `codes.values.tsv`

    `sentence` and `by_rule` are for the eye; a row without a word in its other columns counts as not written.
    It can be run again: new places are added, what was typed stays as it is. A row filled in whose page, or
    what the rules say of it, has changed since is written anew into `TABLE.changed.tsv`, with her words; it
    prints what it did. Raises ValueError for another table, pages of no folder or of several, a ledger that
    cannot be read; OSError if it cannot be written.
    """
    docs = documents(corpus)
    if table not in _ROWS:
        raise ValueError(f"draft: no ledger {table!r}. Take one of {', '.join(_ROWS)}.")
    folders = {doc.folder for doc in docs}
    if len(folders) != 1 or None in folders:
        raise ValueError(
            "draft: the pages must come from one folder, in which it writes. Load them: cn.load(folder)."
        )
    path = Path(*folders, "ledgers", f"{table}.tsv")
    comment, old = sheet.read(path) if path.is_file() else (f"# {schemas()['ledger'][table]['about']}", None)
    rows = [] if old is None else old.to_dict("records")
    columns = list(dict.fromkeys([*([] if old is None else old), *schemas()["ledger"][table]["columns"]]))
    renewed, changed = [], old is None or len(columns) > len(old.columns)
    for doc in docs:
        mine = [(row, _place(doc, row)) for row in rows if row["seed"] == doc.id]
        for fresh in map(_cells, _ROWS[table](doc)):
            mate = next((row for row, place in mine if _same(row, place, fresh)), None)
            other = mate and any(
                mate.get(key) and mate[key] != fresh.get(key) for key in ("sentence", "by_rule", "sha256")
            )
            if mate is None:
                rows.append(fresh)
            elif other and sheet.typed(mate):
                renewed.append(mate | fresh)
            elif other:
                mate |= fresh
            changed |= mate is None or bool(other) and not sheet.typed(mate)
    if changed:
        sheet.write(path, _text(comment, columns, rows))
    if table == "codes":
        _write_if_new(path.with_name("codes.values.tsv"), _values())
    done = sum(map(sheet.typed, rows))
    told = f"ledgers/{path.name}: {len(rows)} rows, {done} done, {len(rows) - done} to fill in"
    if renewed:
        new = _text(f"{comment} Rows whose page or rule changed since they were filled in.", columns, renewed)
        name = _write_new(path, new)
        told += (
            f"; {len(renewed)} are not as when they were filled in (page or rule has changed): yours stay "
        )
        told += f"as they are, new ones with your words are in ledgers/{name}"
    print(told)
    return path


def _cells(row):
    """A row's cells as text that stays in its cell, in a file and in a spreadsheet."""
    cells = {key: str(cell).replace("\n", "\\n").replace("\t", " ") for key, cell in row.items()}
    return {key: harmless(cell) for key, cell in cells.items()}


def _place(doc, row):
    try:
        return ledger.place(doc, row | {"line": 0}, "", "quote" if "quote" in row else "quotation")
    except ValueError:
        return None


def _same(row, place, fresh):
    """Is a row about what a fresh one is about: the same place, or the same words if it has none."""
    if place is None:
        return all(row.get(key, "") == fresh.get(key, "") for key in ("quote", "quotation"))
    return place[0] < int(fresh["end"]) and int(fresh["start"]) < place[1]


def _row(doc, start, end, by_rule="", quote="quote", **more):
    text = doc.text[start:end]
    found = {"seed": doc.id, quote: text, "context": _context(doc.text, start, end)}
    found |= {"sentence": doc.span(start, end).sentence.text, "by_rule": by_rule} if quote == "quote" else {}
    return found | {"start": start, "end": end, "sha256": doc.sha256} | more


def _context(text, start, end):
    """The shortest words that stand once in a text and hold the passage once; "" if it stands once itself."""
    quote = text[start:end]
    for more in range(61 if text.count(quote) > 1 else 0):
        for left in range(min(more, start) + 1):
            words = text[start - left : end + more - left]
            if text.count(words) == 1 == words.count(quote):
                return words
    return ""


def _quantities(doc):
    for row in quantities(doc, ledger=False).itertuples():
        value = " to ".join(f"{side:,.15g}" for side in dict.fromkeys((row.low, row.high)) if side == side)
        yield _row(doc, row.start, row.end, f"{row.bound} {value} {row.unit}, {row.kind}")


def _day(date):
    return "unknown" if date is None or date != date else f"{date:%Y-%m-%d}"


def _dates(doc):
    for row in dates(doc, ledger=False).itertuples():
        yield _row(
            doc, row.start, row.end, f"{_day(row.date_start)} to {_day(row.date_end)}, {row.precision}"
        )


def _events(doc):
    seen = set()
    for row in dates(doc).itertuples():
        sentence = doc.span(row.start, row.end).sentence
        if sentence.start not in seen:
            seen.add(sentence.start)
            date = {"date_quote": row.surface, "date_context": _context(doc.text, row.start, row.end)}
            yield _row(doc, sentence.start, sentence.end, f"{_day(row.date_start)}, {row.precision}", **date)


def _codes(doc):
    for row in quasi_sentences(doc).itertuples():
        yield _row(doc, row.start, row.end, quote="quotation")


_ROWS = {"quantities": _quantities, "dates": _dates, "events": _events, "codes": _codes}


def _text(comment, columns, rows):
    lines = ["\t".join(row.get(column, "") for column in columns) for row in rows]
    return "\n".join(["\ufeff" + comment, "\t".join(columns), *lines]) + "\n"


def _values():
    """The codes of the codebook, a row each: what may stand in which column of the coding sheet."""
    rows = [
        {"column": dimension, "value": code, "chinese": entry.get("zh", ""), "meaning": entry["definition"]}
        for dimension in DIMENSIONS
        for code, entry in book()[dimension].items()
    ]
    comment = "# What may stand in the columns of codes.tsv, from the codebook: make drop-down lists of it."
    return _text(comment, ["column", "value", "chinese", "meaning"], list(map(_cells, rows)))


def _write_new(path, text):
    """Write beside a ledger, into a file that is not there yet; nothing if the last one says the same."""
    number = 1
    while True:
        new = path.with_name(f"{path.stem}.changed{'' if number == 1 else f'-{number}'}.tsv")
        if not new.exists() or new.read_text(encoding="utf-8") == text:
            _write_if_new(new, text)
            return new.name
        number += 1


def _write_if_new(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        sheet.write(path, text)
