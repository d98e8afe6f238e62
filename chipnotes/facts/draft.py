"""Draft: a ledger to fill in, with each passage and what the rules say of it, the meanings empty."""

import contextlib
import itertools

import pandas as pd

from chipnotes.facts import ledger
from chipnotes.facts.codes import codes, quasi_sentences
from chipnotes.facts.tables import dates, quantities
from chipnotes.files import check, harmless, read_tsv, schemas, write
from chipnotes.pages.corpus import documents
from chipnotes.rules.coding import CODED, DIMENSIONS, book


def draft(corpus, table, coder=""):
    """Write a ledger to fill in, `ledgers/TABLE.tsv` in the folder of the pages, and return its path.

    - quantities, dates: one row a number, a date; what a reader leaves empty is the rule's word
    - events: one row a sentence with a date
    - codes: one row a quasi-sentence; the values allowed, with their meaning, go into `codes.values.tsv`

    `coder` makes a sheet of codes for one reader, "A" or "B", in a file of its own (`codes.B.tsv`) without a
    word of the other's; "agreed" one for what both have coded: filled in where they say the same, else with
    what each says beside the cells in which to decide, and why.

    `sentence` and `by_rule` are for the eye; a row without a word in its other columns counts as not written.
    It can be run again: new places are added, what was typed stays as it is. A row filled in whose page, or
    what the rules say of it, has changed since is written anew into `TABLE.changed.tsv`, with her words, to
    be put in the place of the old one; it prints what it did. Warns of rows whose page is not in the folder.
    Raises ValueError for another table or coder, pages of no folder or of several, a ledger that cannot be
    read; OSError if it cannot be written.
    """
    docs, name = documents(corpus), f"{table}.{coder}" if coder else table
    table, _, coder = name.partition(".")
    folders = {doc.folder for doc in docs}
    if name not in _ROWS:
        raise ValueError(f"draft: no ledger {name!r}. Take one of {', '.join(_ROWS)} (table.coder).")
    if len(folders) != 1 or None in folders:
        raise ValueError("draft: the pages must come from one folder, where it writes: cn.load(folder).")
    path, entry = docs[0].folder / "ledgers" / f"{name}.tsv", schemas()["ledger"][table]
    old, comment = pd.DataFrame(columns=[*entry["columns"]], dtype="str"), f"# {entry['about']}"
    if path.is_file():
        old, comment = read_tsv(path), ledger.comment(path)
        check(old[:0], f"ledger.{table}", path.name)
        ledger.warn_of_strangers(path, old)
    columns = dict.fromkeys([*old, *entry["columns"]])
    columns = [column for column in columns if column != "readings" or coder == "agreed"]
    rows, renewed, astray = old.to_dict("records"), [], 0
    for doc in docs:
        mine = [(row, _place(doc, row)) for row in rows if row["seed"] == doc.id]
        astray += sum(place is None and bool(ledger.said(row)) for row, place in mine)
        for fresh in map(_cells, _ROWS[name](doc)):
            fresh |= {"coder": coder} if coder else {}
            mate = next((row for row, place in mine if _same(row, place, fresh)), None)
            if mate is None:
                rows.append(fresh)
            elif not _stale(mate, fresh):
                mate |= {key: fresh[key] for key in ledger.EYES if key in fresh and not mate.get(key)}
            elif ledger.said(mate):
                renewed.append(mate | fresh | ledger.said(mate))
            else:
                mate |= fresh
    if rows != old.to_dict("records"):
        write(path, _text(comment, columns, rows))
    if table == "codes":
        write(path.with_name("codes.values.tsv"), _values())
    done = sum(bool(ledger.said(row)) for row in rows)
    told = f"ledgers/{path.name}: {len(rows)} rows, {done} done, {len(rows) - done} to fill in"
    told += f"; {astray} of those done quote what is not on their page, cn.{table} names it" * bool(astray)
    if not rows:
        why = " (A and B have coded none both)" if coder == "agreed" else ""
        told = f"ledgers/{path.name}: no row for these pages{why}, so not written"
    if renewed:
        new = _text(f"{comment}. Rows whose page or rule changed after they were filled in", columns, renewed)
        told += f"; {len(renewed)} are not as when they were filled in (page or rule has changed): yours "
        told += f"stay; put in their place the new ones, with your words, of ledgers/{_write_new(path, new)}"
    print(told)
    return path


def _cells(row):
    """A row's cells as text that stays in its cell, in a file and in a spreadsheet."""
    return {key: harmless(str(cell).replace("\n", "\\n").replace("\t", " ")) for key, cell in row.items()}


def _place(doc, row):
    with contextlib.suppress(ValueError):
        return ledger.place(doc, row | {"at": ""})


def _same(row, place, fresh):
    """Is a row about what a fresh one is about: the same place, or the same words if it has none."""
    if place is None:
        return all(row.get(key, "") == fresh.get(key, "") for key in ("quote", "quotation"))
    return place[0] < int(fresh["end"]) and int(fresh["start"]) < place[1]


def _stale(row, fresh):
    """Did a reader have something else before her when she filled in a row?"""
    changed = (row.get(key) and row[key] != fresh.get(key) for key in ("sentence", "by_rule", "sha256"))
    return any(changed) or row.get("readings", "") != fresh.get("readings", "")


def _row(doc, start, end, by_rule, **more):
    eyes = {"quote": doc.text[start:end], "context": _context(doc.text, start, end)}
    eyes |= {"sentence": doc.span(start, end).sentence.text, "by_rule": by_rule.replace("NaT", "unknown")}
    return {"seed": doc.id, **eyes, "start": start, "end": end, "sha256": doc.sha256, **more}


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


def _dates(doc):
    for row in dates(doc, ledger=False).itertuples():
        days = f"{row.date_start!s:.10} to {row.date_end!s:.10}"
        yield _row(doc, row.start, row.end, f"{days}, {row.precision}")


def _events(doc):
    first = {}
    for row in dates(doc).itertuples():
        first.setdefault(doc.span(row.start, row.end).sentence, row)
    for sentence, row in first.items():
        date = {"date_quote": row.surface, "date_context": _context(doc.text, row.start, row.end)}
        yield _row(doc, sentence.start, sentence.end, f"{row.date_start!s:.10}, {row.precision}", **date)


def _codes(doc):
    for unit in quasi_sentences(doc).itertuples():
        place = {"seed": doc.id, "start": unit.start, "end": unit.end}
        yield place | {"quotation": unit.surface, "sha256": doc.sha256}


def _agreed(doc):
    """The units that both readers have coded: their codes where these are the same, else what each says."""
    coded = {(row["coder"], row["start"]): row for row in codes(doc).to_dict("records")}
    for unit in _codes(doc):
        both = [coded[coder, unit["start"]] for coder in "AB" if (coder, unit["start"]) in coded]
        differ = [name for name in CODED if len({one[name] for one in both}) > 1]
        told = [f"{one['coder']}: {', '.join(f'{name} {one[name]}' for name in differ)}" for one in both]
        if differ:
            yield unit | {"readings": "; ".join(told)}
        elif len(both) == 2:
            same = {name: both[0][name] for name in CODED}
            yield unit | same | {"readings": "", "reason": "A and B say the same"}


_ROWS = {"quantities": _quantities, "dates": _dates, "events": _events, "codes": _codes}
_ROWS |= {"codes.A": _codes, "codes.B": _codes, "codes.agreed": _agreed}


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
    """Write beside a ledger, into a file that is not there yet; nothing if one says the same. Its name."""
    endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    files = (path.with_name(f"{path.stem}.changed{ending}.tsv") for ending in endings)
    new = next(one for one in files if not one.exists() or one.read_text(encoding="utf-8") == text)
    write(new, text)
    return new.name
