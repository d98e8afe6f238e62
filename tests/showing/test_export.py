"""The tables to take away: the same bytes each time, safe in a spreadsheet, every column explained."""

import csv
import datetime
import errno
import io
import json
import re

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.files import ROOT, harmless, schemas
from chipnotes.pages.document import clean
from chipnotes.pages.marks import simplify
from chipnotes.showing.export import FACTS

TABLES = ROOT / "tables"
EXPORTED = [name for name, entry in schemas()["ledger"].items() if entry.get("export")]
CSV = [f"{name}.csv" for name in (*FACTS, *EXPORTED)]


@pytest.fixture(scope="module")
def written(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    paths = cn.tables(corpus, folder)
    assert sorted(paths) == sorted(folder.iterdir())
    return folder


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_the_committed_tables_are_what_the_corpus_gives(written):
    names = sorted([*CSV, "README.md", "datapackage.json"])
    assert (
        sorted(path.name for path in written.iterdir()) == names == sorted(p.name for p in TABLES.iterdir())
    )
    stale = [name for name in names if (TABLES / name).read_bytes() != (written / name).read_bytes()]
    assert stale == [], 'run `cn.tables(cn.load(), "tables")` and commit tables/'


def test_each_row_leads_to_its_place_in_the_raw_page(written, corpus):
    for name in CSV:
        rows = _rows(written / name)
        assert rows, name
        for row in rows:
            doc = corpus[row["seed"]]
            words = doc.text[int(row["start"]) : int(row["end"])]
            first = doc.raw.split("\n")[int(row["line"]) - 1][int(row["column"]) - 1]
            assert simplify(first) == words[0] and row["page"] == doc.name
            assert "sentence" not in row or words.replace("\r", "") in row["sentence"]
            if "surface" in row:
                assert row["surface"] == harmless(words)


SIGNS = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def test_a_spreadsheet_gets_a_byte_order_mark_and_no_formula(written):
    for name in CSV:
        data = (written / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
        for row in _rows(written / name):
            assert not [
                cell
                for cell in row.values()
                if cell.startswith(SIGNS) and not re.fullmatch(r"-\d+(\.\d+)?", cell)
            ]
    assert any(row["surface"] == "'+1" for row in _rows(written / "quantities.csv"))


@pytest.mark.parametrize("text", [f"{sign}1" for sign in (*SIGNS, "\r")])
def test_a_text_that_looks_like_a_formula_is_quoted(text):
    assert harmless(text) == "'" + text.replace("\r", "\n")


def test_values_read_back_as_they_were(written, corpus):
    table, rows = cn.quantities(corpus), _rows(written / "quantities.csv")
    for row, (_, fact) in zip(rows, table.iterrows(), strict=True):
        for column in ("low", "high"):
            assert pd.isna(fact[column]) if row[column] == "" else float(row[column]) == fact[column]
        assert "e" not in row["low"] + row["high"] and row["source"] == fact.source
        assert row["period_start"] == ("" if pd.isna(fact.period_start) else str(fact.period_start.date()))


def test_each_fact_counts_once_and_its_body_speaks_for_it(written):
    rows = _rows(written / "quantities.csv")
    assert sum(row["counts"] == "yes" for row in rows) == len({row["fact_id"] for row in rows})
    assert [row["line"] for row in rows if row["fact_id"] == "002-sh-ic-output" and row["counts"]] == [
        max((row["line"] for row in rows if row["fact_id"] == "002-sh-ic-output"), key=int)
    ]


def test_what_no_reader_joined_counts_by_itself(tmp_path):
    doc = clean("某市投资3亿元,建成2个园区。\n某市投资3亿元。\n", id="x")
    cn.tables(doc, tmp_path)
    rows = _rows(tmp_path / "quantities.csv")
    assert [(row["surface"], row["fact_id"], row["counts"]) for row in rows] == [
        ("3亿元", "", "yes"),
        ("2个", "", "yes"),
        ("3亿元", "", "yes"),
    ]
    assert not (tmp_path / "commitments.csv").exists()


def test_the_dictionary_says_how_to_read_the_tables_with_pandas(written, monkeypatch):
    (code,) = re.findall(r"```python\n(.+?)```", (written / "README.md").read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(TABLES.parent)
    for name in CSV:
        read = {}
        exec(code.replace("quantities.csv", name), read)
        assert list(read["table"].columns) == list(_rows(TABLES / name)[0])
        assert read["table"].seed.str.fullmatch(r"\d{3}").all()


def test_an_order_of_magnitude_is_explained(written):
    (row,) = [row for row in _rows(written / "quantities.csv") if row["surface"] == "万亿级"]
    assert row["low"] == row["high"] == "1000000000000" and row["bound"] == "about"
    text = (written / "README.md").read_text(encoding="utf-8")
    for column in ("low", "bound"):
        meaning = re.search(rf"^\| {column} \|.*万亿级.*", text, re.M)[0]
        assert "about" in meaning and "low = high" in meaning


def test_numbers_dates_and_events_have_their_english(written):
    for name in ("quantities", "dates", "events", "actors"):
        assert [row["surface"] for row in _rows(written / f"{name}.csv") if not row["english"]] == []


def test_every_column_is_explained_for_readers_and_for_programs(written):
    text = (written / "README.md").read_text(encoding="utf-8")
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"]: resource["schema"]["fields"] for resource in package["resources"]}
    assert list(described) == CSV
    for name in CSV:
        columns = list(_rows(written / name)[0])
        assert [field["name"] for field in described[name]] == columns
        assert all(field["description"] for field in described[name])
        section = text[text.index(f"## {name}:") :].split("\n## ")[0]
        assert re.findall(r"^\| (\w+) \| (?:string|integer|number|date) \| .+ \|$", section, re.M) == columns


def test_each_cell_is_what_the_descriptor_says(written):
    """What a Frictionless tool checks, in a few lines: types, required, allowed values."""
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    read = {"string": str, "integer": int, "number": float, "date": pd.Timestamp}
    for resource in package["resources"]:
        for row in _rows(written / resource["path"]):
            for field in resource["schema"]["fields"]:
                cell, limits = row[field["name"]], field.get("constraints", {})
                assert cell or not limits.get("required"), (resource["path"], field["name"], row)
                assert not cell or read[field["type"]](cell) is not None
                assert cell in limits.get("enum", [cell])


def test_a_page_with_markup_in_its_title_makes_no_markup_in_the_dictionary(tmp_path):
    card = {"title": "芯片<script>|[a](b) `x` **y**", "published": datetime.date(2024, 5, 6)}
    cn.tables(clean("某市投资3亿元。\n", id="x_1", card=card), tmp_path)
    (line,) = re.findall(r"^\| x.*", (tmp_path / "README.md").read_text(encoding="utf-8"), re.M)
    assert r"芯片\<script\>\|\[a\](b) \`x\` \*\*y\*\*" in line and line.startswith(r"| x\_1 |")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff20"])
def test_no_formula_of_a_page_leaves_in_a_table(tmp_path, sign):
    cn.tables(clean(f"某市公告。\n{sign}SUM(1)投资3亿元,{sign}3%。\n", id="x"), tmp_path)
    for path in tmp_path.glob("*.csv"):
        for row in _rows(path):
            assert not [
                cell for cell in row.values() if cell.startswith(sign) and not re.fullmatch(r"-[\d.]+", cell)
            ]


def test_a_full_disk_leaves_no_half_table(tmp_path, corpus, monkeypatch):
    cn.tables(corpus["000"], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(path, content):
        path.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(
        OSError, match=r"quantities.csv: No space left on device; what was there is as it was"
    ):
        cn.tables(corpus, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    cn.tables(corpus["000"], tmp_path)  # what is there already needs no room


def test_a_file_where_the_folder_should_be_is_named(tmp_path, corpus):
    (tmp_path / "mine").write_text("kept", encoding="utf-8")
    with pytest.raises(OSError, match=r"mine: not a folder; nothing was written. Name a folder"):
        cn.tables(corpus["000"], tmp_path / "mine")
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "kept"


def test_a_ledger_of_hers_without_english_is_exported(tmp_path):
    page = "某市公告\n来源:某网 2024-05-07 10:00\n某市投资3亿元。\n"
    (tmp_path / "900.txt").write_text(page, encoding="utf-8")
    (tmp_path / "ledgers").mkdir()
    rows = "# mine\nseed\tquote\tsubject\n900\t3亿元\t某市\n"
    (tmp_path / "ledgers" / "quantities.tsv").write_text(rows, encoding="utf-8")
    with pytest.warns(UserWarning, match="without a sha256"):
        cn.tables(cn.load(tmp_path), tmp_path / "out")
    (row,) = _rows(tmp_path / "out" / "quantities.csv")
    assert (row["subject"], row["english"]) == ("某市", "")
