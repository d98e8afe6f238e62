"""The faults that benchmarks/mutations.py plants fit the tree as it is; enough of each class are there."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import mutations  # noqa: E402

FAULTS = mutations.read_faults()
LEAST = {
    "hand data": 20,
    "outside facts": 8,
    "prose": 12,
    "figures": 12,
    "rules": 25,
    "cleaning": 15,
    "a user's ledgers": 5,
    "environment": 10,
    "site": 3,
    "regenerated": 30,
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_what_a_fault_changes_stands_just_once(fault):
    assert mutations.planted(fault)


def test_there_are_enough_of_each_class():
    there = Counter(fault.kind for fault in FAULTS)
    assert len(FAULTS) >= 150 and {kind: n for kind, n in LEAST.items() if there[kind] < n} == {}


def test_what_is_generated_is_made_again_for_its_class():
    assert {fault.id for fault in FAULTS if fault.regenerate} == {
        fault.id for fault in FAULTS if fault.kind == "regenerated"
    }


def test_a_fault_is_planted_where_its_words_stand_once(tmp_path):
    (tmp_path / "a.tsv").write_text("x\t1\ny\t1\n")
    (tmp_path / "table.tsv").write_text(
        "# faults\nid\tclass\tfile\tfind\treplace\tregenerate\n"
        "one\tk\ta.tsv\ty\\t1\ty\\t2\tno\none\tk\ta.tsv\tx\\t1\\n\t\tno\n"
        "many\tk\ta.tsv\t\\t1\t2\tyes\nnone\tk\ta.tsv\tz\t2\tyes\ngone\tk\ta.tsv\t\t\tno\n"
    )
    one, many, none, gone = mutations.read_faults(tmp_path / "table.tsv")
    assert mutations.planted(one, tmp_path) == {"a.tsv": b"y\t2\n"} and not one.regenerate
    assert mutations.planted(gone, tmp_path) == {"a.tsv": None} and none.regenerate
    for wrong in (many, none):
        with pytest.raises(mutations.Stale, match="not once"):
            mutations.planted(wrong, tmp_path)
