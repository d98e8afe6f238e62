"""Export: the tables of a corpus as CSV to take away, each row with its place, and a dictionary of every
column."""

import json
import re
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from chipnotes.facts import ledger
from chipnotes.facts.codes import codes
from chipnotes.facts.tables import actors, dates, events, quantities
from chipnotes.files import DATA, schemas, to_csv, write
from chipnotes.pages.corpus import documents

FACTS = {"quantities": quantities, "dates": dates, "events": events, "actors": actors, "codes": codes}
_FIRST = ["seed", "page", "line", "column", "start", "end"]


def tables(corpus, folder):
    """Write the tables of a corpus into a folder and return the paths; the same corpus gives the same bytes.

    - quantities, dates, events, actors, codes: as the functions of these names give them
    - each ledger of the corpus's folder that `data/schemas.toml` marks `export`: what readers wrote down
    - README.md and datapackage.json: what each column means, for readers and for programs

    Each row has its page's name, line and column of the raw file and its sentence, its English where a ledger
    has one; `codes` holds every sentence. Raises ValueError for a ledger that does not fit its pages, OSError
    if the folder cannot be written to.
    """
    folder, docs = Path(folder), {doc.id: doc for doc in documents(corpus)}
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder}: not a folder; nothing was written. Name a folder.")
    written = {name: _placed(fact([*docs.values()]), docs, name) for name, fact in FACTS.items()}
    for name, entry in schemas()["ledger"].items():
        if entry.get("export") and (rows := [row for doc in docs.values() for row in ledger.rows(doc, name)]):
            columns = dict.fromkeys(["seed", "start", "end", *entry["columns"]])
            written[name] = _placed(pd.DataFrame(rows, columns=[*columns]), docs)
    resources = [_described(name, table) for name, table in written.items()]
    package = {"name": "chipnotes-tables", "profile": "tabular-data-package", "resources": resources}
    forms = {"date_format": "%Y-%m-%d", "float_format": partial(np.format_float_positional, trim="-")}
    files = {f"{name}.csv": to_csv(table, **forms) for name, table in written.items()}
    files["README.md"] = _readme(docs, resources)
    files["datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    for name, text in files.items():
        write(folder / name, text)
    return [folder / name for name in files]


def _placed(table, docs, name=""):
    """A table with page, line, column and sentence of each row, and its English where a ledger has one."""
    spans = [docs[row.seed].span(row.start, row.end) for row in table.itertuples()]
    more = {"page": [span.doc.name for span in spans]}
    more |= {key: [getattr(span, key) for span in spans] for key in ("line", "column")}
    if name != "codes":
        more["sentence"] = [span.sentence.text for span in spans]
    if name in ("quantities", "dates"):
        hands = [row for doc in docs.values() for row in ledger.rows(doc, name)]
        said = {(row["seed"], row["start"]): row.get("english", "") for row in hands}
        more["english"] = [said.get((span.doc.id, span.start), "") for span in spans]
    if name == "quantities":
        more["counts"] = _counted(table, spans)
    table = table.assign(**more).rename(columns={"en": "english"} if name == "actors" else {})
    return table[[*_FIRST, *(column for column in table if column not in _FIRST)]]


def _counted(table, spans):
    """yes in one row of each fact: the first of the body, else the first; no fact_id: a fact by itself."""
    facts = table.fact_id.where(table.fact_id != "", table.index.astype("str"))
    outside = [span.doc.parts[span.doc.text.count("\n", 0, span.start)][1] != "body" for span in spans]
    chosen = facts.iloc[np.argsort(outside, kind="stable")].drop_duplicates().index
    return np.where(table.index.isin(chosen), "yes", "")


def _described(name, table):
    """What `data/schemas.toml` says of a table that is written, as Frictionless tools read it."""
    entry, fields = schemas()["table" if name in FACTS else "ledger"][name], []
    columns = schemas()["place"]["of"]["columns"] | entry["columns"]
    for column in table:
        rule = columns[column]
        meaning, allowed = rule["meaning"], rule.get("allowed", [])
        meaning += "" if all(word in meaning for word in allowed) else f": {', '.join(allowed)}"
        field = {"name": column, "type": rule["type"], "description": meaning}
        if rule.get("required"):
            field["constraints"] = {"required": True} | ({"enum": allowed} if allowed else {})
        fields.append(field)
    head = {"name": name, "path": f"{name}.csv", "encoding": "utf-8-sig", "profile": "tabular-data-resource"}
    return head | {"description": f"{len(table)} rows, {entry['about']}", "schema": {"fields": fields}}


def _readme(docs, resources):
    lines = ["", "| id | page | published | title |", "|---|---|---|---|"]
    for doc in docs.values():
        cells = doc.id, doc.name, doc.card.get("published", ""), doc.card.get("title", "")
        lines.append(f"| {' | '.join(map(_plain, cells))} |")
    for table in resources:
        lines += ["", f"## {table['path']}: {table['description']}", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for field in table["schema"]["fields"]:
            meaning = field["description"].replace("|", "\\|").replace("<", "&lt;")
            lines.append(f"| {field['name']} | {field['type']} | {meaning} |")
    return (DATA / "tables.md").read_text(encoding="utf-8") + "\n".join(lines) + "\n"


def _plain(text):
    # What a page brings along is shown as it is: no tag, no link, no end of the row.
    return re.sub(r"([\\`*_{}\[\]<>#|~$&])", r"\\\1", " ".join(str(text).split()))
