"""Schemas: each hand table of the project is as data/schemas.toml says, each output table has its columns."""

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.facts import ledger
from chipnotes.files import DATA, SEEDS, check, read_tsv, schemas, types
from chipnotes.rules.coding import book

TABLES = [(path, f"data.{path.stem}") for path in sorted(DATA.glob("*.tsv"))]
LEDGERS = sorted((SEEDS / "ledgers").glob("*.tsv"))
TABLES += [(path, f"ledger.{path.stem}") for path in LEDGERS]
QUOTING = [(path, read_tsv(path)) for path in LEDGERS]
QUOTING = [(path, rows) for path, rows in QUOTING if "seed" in rows and {"quote", "quotation"} & set(rows)]


@pytest.mark.parametrize(("path", "name"), TABLES, ids=[name for _, name in TABLES])
def test_every_hand_table_is_as_its_schema_says(path, name):
    assert check(read_tsv(path), name, path.name) is not None


@pytest.mark.parametrize(("path", "table"), QUOTING, ids=[path.stem for path, _ in QUOTING])
def test_every_quotation_of_a_ledger_stands_on_its_page(corpus, path, table):
    placed = [row for doc in corpus for row in ledger.rows(doc, path.stem)]
    assert len(placed) == table.seed.isin([doc.id for doc in corpus]).sum() > 0


def test_every_column_has_a_meaning_and_a_known_type():
    for group in schemas().values():
        for entry in group.values():
            assert entry["about"] and set(entry.get("unique", [])) <= set(entry["columns"])
            for name, column in entry["columns"].items():
                assert column.get("meaning"), name
                assert column["type"] in ("string", "integer", "number", "date"), name
                assert set(column) <= {"type", "meaning", "required", "allowed"}, name


@pytest.mark.parametrize("name", [name for name in schemas()["table"]])
def test_every_table_has_the_columns_and_types_of_its_schema(corpus, name):
    table = getattr(cn, name)(corpus)
    for made in (table, getattr(cn, name)([])):
        empty = pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in types(name).items()})
        assert made.dtypes.to_dict() == empty.dtypes.to_dict()
    for column, rule in schemas()["table"][name]["columns"].items():
        cells = table[column]
        if rule.get("required") and rule["type"] == "string":
            assert (cells != "").all(), column
        if "allowed" in rule:
            assert set(cells) <= {*rule["allowed"], ""}, column


def test_the_codes_that_a_ledger_may_hold_are_those_of_the_codebook():
    for column in ("side", "instrument", "value_chain", "firmness", "chips", "self_reliance"):
        assert schemas()["ledger"]["codes"]["columns"][column]["allowed"] == list(book()[column])


def test_every_fault_is_listed_with_its_line():
    table = pd.DataFrame({"word": ["芯片", "", "芯片"], "freq": ["1", "viel", "3"], "reason": ["a", "b", ""]})
    with pytest.raises(ValueError) as caught:
        check(table, "data.lexicon", "mine.tsv")
    assert str(caught.value).split("\n") == [
        "mine.tsv: line 4: word is empty",
        "mine.tsv: line 4: freq is 'viel', which is no integer like 12",
        "mine.tsv: line 5: reason is empty",
        "mine.tsv: line 5: the same word as a line above",
    ]
