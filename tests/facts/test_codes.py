"""Codes: every quasi-sentence once, and each coder's codes at their unit, from the folder of the page."""

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chipnotes as cn
from chipnotes.pages.document import clean
from chipnotes.rules.coding import CODED, book

READERS = ["A", "B", "agreed"]


@pytest.fixture(scope="module")
def units(corpus):
    return cn.quasi_sentences(corpus)


@pytest.fixture(scope="module")
def coded(corpus):
    return cn.codes(corpus)


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    "line",
    [
        "坚持人才;|坚持技术。",
        "坚持人才；|坚持技术。",
        "“坚持人才；”|坚持技术。",
        "支持企业(含外资;含合资)发展。",
        "支持企业（含外资；含合资）发展;|完善政策。",
        "印发《人才计划;资金计划》;|完善政策。",
        "支持企业(含外资;|完善政策。",
        "按照(《人才办法》;《资金办法》)支持企业;|完善政策。",
        "实施方案(含《办法(试行;2024年修订)》等;共三项),支持企业;|完善政策。",
        "坚持人才;;|坚持技术;",
        "坚持人才。|坚持技术;|完善政策。",
    ],
)
def test_where_a_unit_ends(line):
    doc = clean(line.replace("|", ""))
    assert list(cn.quasi_sentences(doc).surface) == [clean(part).text.strip() for part in line.split("|")]


@given(st.text(alphabet="芯片;；。(（《》）)“”\"' \n&amp;:/a1", max_size=60))
def test_units_hold_every_character_once(text):
    doc = clean(text)
    units = cn.quasi_sentences([doc])
    held = [i for u in units.itertuples() for i in range(u.start, u.end)]
    assert held == sorted(set(held))
    assert "".join(doc.text[i] for i in range(len(doc.text)) if i not in set(held)).strip() == ""
    assert [doc.text[u.start : u.end] for u in units.itertuples()] == list(units.surface)
    assert all(s == s.strip() for s in units.surface)


def test_units_of_the_seeds_cover_the_text(corpus, units):
    for doc in corpus:
        own = units[units.seed == doc.id]
        assert list(own.unit) == list(range(1, len(own) + 1))
        gaps = [doc.text[a:b] for a, b in zip([0, *own.end], [*own.start, len(doc.text)])]
        assert "".join(gaps).strip() == ""


def test_no_page_no_unit():
    assert cn.quasi_sentences([]).empty and cn.codes([]).empty


# ---------------------------------------------------------------- coders


@pytest.mark.parametrize("coder", [*READERS, "rule"])
def test_each_coder_codes_every_unit(units, coded, coder):
    own = coded[coded.coder == coder].reset_index(drop=True)
    pd.testing.assert_frame_equal(own[list(units.columns)], units)
    assert not own.isna().any(axis=None)


def test_codes_obey_the_book(coded):
    sides = {code: entry["side"] for code, entry in book()["instrument"].items()}
    assert list(coded.side) == list(coded.instrument.map(sides))
    assert ((coded.instrument == "none") == (coded.firmness == "none")).all()
    assert not ((coded.instrument == "none") & (coded.second != "")).any()
    assert (coded.second != coded.instrument).all() and (coded.second != "none").all()
    for column in CODED:
        known = set(book()["instrument" if column == "second" else column])
        known |= {""} if column in ("second", "self_reliance") else set()
        assert set(coded[column]) <= known, column


def test_readers_give_reasons_and_the_rule_its_pattern(coded):
    rule = coded.coder == "rule"
    assert (coded[rule].pattern != "").all() and (coded[~rule].pattern == "").all()
    assert (coded[rule].self_reliance != "").all() and (coded[coded.coder == "A"].reason != "").all()


def test_what_is_told_more_fully_elsewhere_is_a_unit_of_the_same_page(coded):
    told = coded[coded.same_as != ""]
    places = {f"{row.seed}:{row.start}" for row in coded.itertuples()}
    assert set(told.coder) <= {"agreed"} and set(told.same_as) <= places
    assert (told.same_as.str[:3] == told.seed).all()
    assert (told.same_as != told.seed + ":" + told.start.astype("str")).all()


# ---------------------------------------------------------------- codes of other pages

PAGE = (
    "某市集成电路峰会\n来源:某网 2024-05-07 10:00\n"
    "某市与某县签订集成电路产业合作协议,共建芯片测试平台。天气很好。\n"
)
UNIT = "某市与某县签订集成电路产业合作协议,共建芯片测试平台。"
COLUMNS = (
    "seed quotation coder side instrument second value_chain firmness chips self_reliance reason".split()
)
CODES = ["environment", "cooperation_governance", "", "whole_chain", "framework", "yes", "no", "签订"]


def mine(folder, quotation, coder="A", **changes):
    """A folder with a page and one code of it; its codes."""
    (folder / "900.txt").write_text(PAGE, encoding="utf-8")
    (folder / "ledgers").mkdir(exist_ok=True)
    cells = dict(zip(COLUMNS, ["900", quotation, coder, *CODES])) | changes
    text = "# mine\n" + "\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n"
    (folder / "ledgers" / "codes.tsv").write_text(text, encoding="utf-8")
    return cn.codes(cn.load(folder))


def test_another_page_gets_rule_codes_and_those_of_its_own_folder(tmp_path):
    coded = mine(tmp_path, UNIT)
    own = coded[coded.coder == "A"]
    assert own[["surface", "firmness", "reason", "pattern"]].values.tolist() == [
        [UNIT, "framework", "签订", ""]
    ]
    assert "cooperation_governance" in set(coded[coded.coder == "rule"].instrument)


def test_a_side_that_is_not_the_instruments_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"line 3: page 900: .* has side demand, its instrument environment"):
        mine(tmp_path, UNIT, side="demand")


def test_a_code_of_what_is_no_unit_is_named(tmp_path):
    words = "codes.tsv: line 3: page 900: '某市与某县' is no quasi-sentence. Quote a whole unit"
    with pytest.raises(ValueError, match=words):
        mine(tmp_path, "某市与某县")


def test_a_code_that_is_not_in_the_book_is_named(tmp_path):
    with pytest.raises(
        ValueError, match="codes.tsv: line 3: firmness is 'firm', not one of none, exhortation"
    ):
        mine(tmp_path, UNIT, firmness="firm")


def test_codes_of_a_page_whose_bytes_changed_lapse(tmp_path):
    mine(tmp_path, UNIT)
    (tmp_path / "sources.toml").write_text(
        f'["900"]\nsha256 = "{hashlib.sha256(b"other").hexdigest()}"\n', encoding="utf-8"
    )
    with pytest.warns(UserWarning):
        page = cn.load(tmp_path, verify=False)
    assert set(cn.codes(page).coder) == {"rule"}


def test_an_instrument_that_is_not_in_the_book_is_named(tmp_path):
    with pytest.raises(ValueError, match="codes.tsv: line 3: instrument is 'people', not one of talent, "):
        mine(tmp_path, UNIT, instrument="people")
