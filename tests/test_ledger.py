"""The ledger to take away: the same bytes from the corpus, safe to open in a spreadsheet, every column explained."""

import csv
import io
import re

import pandas as pd
import pytest

from chipnotes import ledger
from chipnotes.clean import simplify
from chipnotes.events import KINDS, LEVELS
from chipnotes.paths import ROOT, harmless
from chipnotes.quantities import quantities

NAMES = ["README.md", "actors.csv", "dates.csv", "events.csv", "quantities.csv"]


@pytest.fixture(scope="module")
def written(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    ledger.write_ledger(corpus, folder)
    return folder


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_the_committed_ledger_is_what_the_corpus_gives(written):
    assert sorted(path.name for path in written.iterdir()) == NAMES
    stale = [name for name in NAMES if (ROOT / "ledger" / name).read_bytes() != (written / name).read_bytes()]
    assert stale == [], "run `python -m chipnotes.ledger` and commit ledger/"


def test_each_row_leads_to_its_place_in_the_raw_page(written, corpus):
    for name in NAMES[1:]:
        for row in _rows(written / name):
            document = corpus[row["seed"]]
            first = document.raw.split("\n")[int(row["line"]) - 1][int(row["column"]) - 1]
            surface = row["surface"].removeprefix("'") if row["surface"].startswith("'+") else row["surface"]
            assert document.text[int(row["start"]) : int(row["end"])] == surface
            assert surface in row["sentence"]
            assert simplify(first) == surface[0]


SIGNS = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def test_a_spreadsheet_gets_a_byte_order_mark_and_no_formula(written):
    for name in NAMES[1:]:
        data = (written / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
        for row in _rows(written / name):
            assert not [
                cell for cell in row.values() if cell.startswith(SIGNS) and not re.fullmatch(r"-\d+(\.\d+)?", cell)
            ]
    assert any(row["surface"] == "'+1" for row in _rows(written / "quantities.csv"))


@pytest.mark.parametrize("text", [f"{sign}1" for sign in (*SIGNS, "\r")])
def test_a_text_that_looks_like_a_formula_is_quoted(text):
    assert harmless(text) == "'" + text.replace("\r", "\n")


def test_values_read_back_as_they_were(written, corpus):
    table, rows = quantities(corpus), _rows(written / "quantities.csv")
    assert len(rows) == len(table)
    for row, (_, fact) in zip(rows, table.iterrows(), strict=True):
        for column in ("low", "high"):
            assert pd.isna(fact[column]) if row[column] == "" else float(row[column]) == fact[column]
        assert "e" not in row["low"] + row["high"]


def test_each_fact_counts_once_and_its_body_speaks_for_it(written):
    rows = _rows(written / "quantities.csv")
    assert sum(row["counts"] == "yes" for row in rows) == len({row["fact_id"] for row in rows})
    assert [row["line"] for row in rows if row["fact_id"] == "002-sh-ic-output" and row["counts"]] == [
        max((row["line"] for row in rows if row["fact_id"] == "002-sh-ic-output"), key=int)
    ]


def test_the_dictionary_says_how_to_read_the_tables_with_pandas(written, monkeypatch):
    (code,) = re.findall(r"```python\n(.+?)```", (written / "README.md").read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(ROOT)
    for name in NAMES[1:]:
        read = {}
        exec(code.replace("quantities.csv", name), read)
        assert list(read["table"].columns) == list(_rows(ROOT / "ledger" / name)[0])
        assert set(read["table"].seed) == {"000", "001", "002", "003", "004"}


def test_an_order_of_magnitude_is_explained(written):
    (row,) = [row for row in _rows(written / "quantities.csv") if row["surface"] == "万亿级"]
    assert row["low"] == row["high"] == "1000000000000" and row["bound"] == "about"
    text = (written / "README.md").read_text(encoding="utf-8")
    for column in ("low", "bound"):
        (meaning,) = re.findall(rf"^\| {column} \|.*", text, re.M)
        assert "万亿级" in meaning and "about" in meaning and "low = high" in meaning


def test_the_words_of_events_are_explained(written):
    text = (written / "README.md").read_text(encoding="utf-8")
    assert f"| kind | text | {', '.join(KINDS)} |" in text and f"| level | text | who acts: {', '.join(LEVELS)} |" in text


def test_numbers_and_dates_have_their_english(written):
    assert [
        row["surface"] for name in ("quantities.csv", "dates.csv") for row in _rows(written / name) if not row["english"]
    ] == []


def test_a_column_without_explanation_is_an_error(corpus, tmp_path, monkeypatch):
    real = ledger.ledger_tables
    monkeypatch.setattr(ledger, "ledger_tables", lambda c: {n: t.assign(extra="") for n, t in real(c).items()})
    with pytest.raises(ValueError, match="the column extra of quantities is not explained"):
        ledger.write_ledger(corpus, tmp_path)
