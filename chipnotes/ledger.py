"""Write the ledger to take away: each table of facts as a CSV file with its place in the raw page, and a data dictionary."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from chipnotes import handmade
from chipnotes.actors import actors
from chipnotes.corpus import documents, load
from chipnotes.dates import LEDGER as DATE_LEDGER
from chipnotes.dates import dates
from chipnotes.events import events
from chipnotes.evidence import raw_place
from chipnotes.paths import ROOT, harmless, read_data
from chipnotes.quantities import LEDGER as QUANTITY_LEDGER
from chipnotes.quantities import quantities
from chipnotes.text import split_sentences


def write_ledger(corpus, folder=ROOT / "ledger"):
    """Write the tables of a corpus into a folder: one `NAME.csv` a table, and `README.md`, their data dictionary.

    The files are UTF-8 with a byte-order mark, so that a spreadsheet reads the Chinese; a text that a spreadsheet would take
    for a formula gets an apostrophe in front. The same corpus gives the same bytes. Returns the paths written.
    Raises ValueError for a column that data/ledger_columns.tsv does not explain.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = ledger_tables(corpus)
    paths = []
    for name, table in tables.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_bytes(_csv(table).encode("utf-8-sig"))
    paths.append(folder / "README.md")
    paths[-1].write_bytes(_dictionary(corpus, tables).encode("utf-8"))
    return paths


def ledger_tables(corpus):
    """The tables that `write_ledger` writes, by name: each fact with line and column of the raw page, its sentence and English."""
    by_id = {document.id: document for document in documents(corpus)}
    numbers = quantities(corpus)
    numbers["counts"] = _counted(numbers, by_id)
    return {
        "quantities": _placed(numbers, by_id, QUANTITY_LEDGER),
        "dates": _placed(dates(corpus), by_id, DATE_LEDGER),
        "events": _placed(events(corpus), by_id),
        "actors": _placed(actors(corpus).rename(columns={"en": "english"}), by_id),
    }


def _placed(table, by_id, ledger=None):
    """A table with line, column, sentence and English of each row."""
    table = table.copy()
    places = [raw_place(by_id[row.seed], row.start) for row in table.itertuples()]
    table["line"], table["column"] = [line for line, _ in places], [column for _, column in places]
    spans = {seed: split_sentences(document.text) for seed, document in by_id.items()}
    starts = {seed: np.array([start for start, _ in some]) for seed, some in spans.items()}
    sentences = []
    for row in table.itertuples():
        first, last = np.searchsorted(starts[row.seed], [row.start, row.end - 1], side="right") - 1
        sentences.append(by_id[row.seed].text[spans[row.seed][first][0] : spans[row.seed][last][1]])
    table["sentence"] = sentences
    if ledger:
        glosses = {
            (seed, row["start"]): row["english"]
            for seed, document in by_id.items()
            for row in handmade.rows_for(document, ledger)
        }
        table["english"] = [glosses.get((row.seed, row.start), "") for row in table.itertuples()]
    return table


def _counted(table, by_id):
    """Which row stands for its fact: the first of the body, else the first."""
    order = []
    for row in table.itertuples():
        paragraphs = by_id[row.seed].paragraphs
        role = paragraphs.role[paragraphs.start <= row.start].iloc[-1]
        order.append((row.fact_id, role != "body", row.Index))
    chosen = {}
    for fact, outside, index in sorted(order):
        chosen.setdefault(fact, index)
    return ["yes" if chosen[row.fact_id] == row.Index else "" for row in table.itertuples()]


def _cell(value):
    if isinstance(value, str):
        return harmless(value)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(int(value)) if value == int(value) else repr(float(value))


def _csv(table):
    return table.map(_cell).to_csv(index=False, lineterminator="\n")


def _dictionary(corpus, tables):
    columns = read_data("ledger_columns.tsv")
    known = {(row.table, row.column): row for row in columns.itertuples()}
    out = [
        "# Ledger: every number, date, event and actor of the corpus, with its place",
        "",
        "Generated from the corpus by `chipnotes.ledger.write_ledger`; change the data of the package, not these files. UTF-8 with a",
        "byte-order mark, commas between cells, a full stop in decimals, empty cells for what is open or unknown. A text that a",
        "spreadsheet would take for a formula has an apostrophe in front (`'+1` is `+1` on the page). Bounds are part of the value:",
        "a row with an empty `low` or `high` is no point, and neither is one whose `bound` is not `exact`.",
        "",
        "In pandas, for each of the tables (the ids of pages are text, `000`; empty cells become NaN):",
        "",
        "```python",
        "import pandas as pd",
        'table = pd.read_csv("ledger/quantities.csv", dtype={"seed": "str"}, encoding="utf-8-sig")',
        "```",
        "",
        "| page | published | title | rows |",
        "|---|---|---|---|",
    ]
    for document in documents(corpus):
        rows = ", ".join(f"{(table.seed == document.id).sum()} {name}" for name, table in tables.items())
        out.append(
            f"| {_plain(document.id)} | {document.card.get('published', '')} | {_plain(document.card.get('title', ''))} | {rows} |"
        )
    for name, table in tables.items():
        out += ["", f"## {name}.csv: {len(table)} rows", "", "| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            row = known.get((name, column)) or known.get(("*", column))
            if row is None:
                raise ValueError(f"ledger_columns.tsv: the column {column} of {name} is not explained. Add a row for it.")
            out.append(f"| {column} | {row.type} | {_escaped(row.meaning)} |")
    return "\n".join(out) + "\n"


def _plain(text):
    # What a page brings along is shown as it is: no tag, no link, no end of the row.
    return re.sub(r"([\\`*_{}\[\]<>#|~$&])", r"\\\1", " ".join(str(text).split()))


def _escaped(text):
    return str(text).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    print("\n".join(str(path.relative_to(ROOT)) for path in write_ledger(load())))
