"""The codebook is whole, every quasi-sentence has one hand code at its place, and the rule coder does what the book says."""

import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chipnotes as cn
from chipnotes import codebook as cb
from chipnotes.paths import DATA

FIXTURES = Path(__file__).parent / "fixtures"
OWN = pd.read_csv(FIXTURES / "rule_codes.tsv", sep="\t", skiprows=1, dtype="str", keep_default_na=False, quoting=3)
JUDGED = ["instrument", "value_chain", "firmness", "chips"]
BOOK = cb.codebook()

FRAME = {
    "side": "supply environment demand none",
    "instrument": "talent rd_support infrastructure_platforms information_services public_funds land compute goals_planning "
    "regulation_standards tax_finance cooperation_governance clusters_ecosystem ip_innovation_climate procurement "
    "market_development demonstration trade_exchange supply_demand_matching none",
    "value_chain": "design eda_ip materials equipment fabrication packaging_test compound_semiconductors photonics display "
    "terminals_systems automotive ai_compute whole_chain none",
    "firmness": "none exhortation framework mechanism resource done",
    "chips": "yes general no",
}
FAMILIES = {
    "Governance",
    "Direct financial support",
    "Indirect financial support",
    "Collaborative infrastructures (soft and physical)",
    "Guidance, regulation and incentives",
    "none",
}


@pytest.fixture(scope="module")
def units(corpus):
    return cb.quasi_sentences(corpus)


@pytest.fixture(scope="module")
def coded(corpus):
    return cb.codes(corpus)


def page(text, id="x"):
    """A document of one body paragraph a line."""
    rows, start = [], 0
    for n, line in enumerate(text.splitlines(keepends=True), start=1):
        rows.append((1, n, "body", start, start + len(line)))
        start += len(line)
    paragraphs = pd.DataFrame(rows, columns=["article", "para", "role", "start", "end"])
    return SimpleNamespace(id=id, text=text, paragraphs=paragraphs)


def parts(line):
    return list(cb.quasi_sentences([page(line)]).surface)


def judge(sentence):
    return cb.rule_codes(cb.quasi_sentences([page(sentence)]))


# ---------------------------------------------------------------- the codebook


@pytest.mark.parametrize("dimension", cb.DIMENSIONS)
def test_the_frame_is_whole(dimension):
    assert cb.code_list(dimension) == FRAME[dimension].split()


def test_every_code_is_explained():
    for column in ("label", "zh", "definition"):
        assert (BOOK[column].str.len() > 0).all(), column
    shown = BOOK[BOOK.dimension != "side"]
    assert (shown.examples != "").all() and (shown.counter_examples != "").all()
    # what is left over when nothing fires has no pattern
    assert set(shown[shown.pattern == ""].code) == {"none"}
    assert len(cb.principles()) >= 8


def test_every_instrument_has_a_side_and_a_family():
    instruments = BOOK[BOOK.dimension == "instrument"]
    assert set(instruments.side) == set(cb.code_list("side"))
    assert set(instruments.stip_family) <= FAMILIES
    assert list(BOOK[BOOK.dimension == "firmness"].level) == [0, 1, 2, 3, 4, 5]


def test_an_unknown_dimension_is_refused():
    with pytest.raises(ValueError, match="no dimension 'colour'.*instrument"):
        cb.code_list("colour")


def examples(column):
    book = BOOK[BOOK.dimension.isin(JUDGED)]
    return [(r.dimension, r.code, s) for r in book.itertuples() for s in getattr(r, column).split(" / ")]


@pytest.mark.parametrize(("dimension", "code", "sentence"), examples("examples"))
def test_the_rule_codes_the_examples(dimension, code, sentence):
    assert set(judge(sentence)[dimension]) == {code}


@pytest.mark.parametrize(("dimension", "code", "sentence"), examples("counter_examples"))
def test_the_rule_spares_the_counter_examples(dimension, code, sentence):
    assert code not in set(judge(sentence)[dimension])


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
        "研发A&amp;B技术;|完善政策。",
        "见https://a.cn/x;y 的说明;|完善政策。",
        "坚持人才;;|坚持技术;",
        "坚持人才。|坚持技术;|完善政策。",
    ],
)
def test_where_a_unit_ends(line):
    assert parts(line.replace("|", "")) == line.split("|")


@given(st.text(alphabet="芯片;；。(（《》）)“”\"' \n&amp;:/a1", max_size=60))
def test_units_hold_every_character_once(text):
    doc = page(text)
    units = cb.quasi_sentences([doc])
    held = [i for u in units.itertuples() for i in range(u.start, u.end)]
    assert held == sorted(set(held))
    assert "".join(text[i] for i in range(len(text)) if i not in set(held)).strip() == ""
    assert [doc.text[u.start : u.end] for u in units.itertuples()] == list(units.surface)
    assert all(s == s.strip() for s in units.surface)


def test_units_of_the_seeds_cover_the_text(corpus, units):
    assert list(units.columns[:4]) == ["seed", "start", "end", "surface"]
    for doc in corpus:
        own = units[units.seed == doc.id]
        assert list(own.unit) == list(range(1, len(own) + 1))
        rest, at = [], 0
        for u in own.itertuples():
            assert doc.text[u.start : u.end] == u.surface
            rest.append(doc.text[at : u.start])
            at = u.end
        assert "".join([*rest, doc.text[at:]]).strip() == ""


def test_no_page_no_unit():
    assert len(cb.quasi_sentences([])) == 0
    assert len(cb.rule_codes([])) == 0


# ---------------------------------------------------------------- hand codes


def broken(tmp_path, change):
    lines = (DATA / "hand_codes.tsv").read_text(encoding="utf-8").splitlines()[:4]
    path = tmp_path / "mine.tsv"
    path.write_text("\n".join([*lines[:3], change(lines[3])]) + "\n", encoding="utf-8")
    return path


def test_a_code_that_is_not_in_the_book_is_named(tmp_path):
    path = broken(tmp_path, lambda line: line.replace("cooperation_governance", "cooperation"))
    with pytest.raises(ValueError, match=r"mine\.tsv: line 4: instrument 'cooperation' is not in the codebook.*talent"):
        cb.hand_codes(path)


def test_a_line_with_a_cell_too_few_is_refused(tmp_path):
    path = broken(tmp_path, lambda line: line.rsplit("\t", 3)[0])
    with pytest.raises(ValueError, match=r"mine\.tsv: line 4 has 10 cells, the header has 13"):
        cb.hand_codes(path)


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("# mine\nseed\tstart\n000\t0\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.tsv: line 2 must name these columns"):
        cb.hand_codes(path)


# ---------------------------------------------------------------- rule coder


@pytest.mark.parametrize("row", list(OWN.itertuples(index=False)), ids=lambda row: row.sentence[:12])
def test_the_rule_on_sentences_of_no_page(row):
    coded = judge(row.sentence).iloc[0]
    wrong = [d for d in JUDGED if coded[d] != getattr(row, d)]
    # a known failure that now succeeds must be taken out of the list
    assert " ".join(wrong) == row.rule


def test_the_pattern_column_says_what_fired(units):
    coded = cb.rule_codes(units)
    for row in coded.itertuples():
        notes = dict(note.split("=", 1) for note in row.pattern.split("; "))
        assert {d: notes[d].split(":")[0] for d in JUDGED} == {d: getattr(row, d) for d in JUDGED}
        for name, note in notes.items():
            surface = note.split(":", 1)[1]
            if surface not in ("context", "default") and name not in ("value_chain", "firmness"):
                assert surface in row.surface, (row.surface, note)


def test_width_of_punctuation_changes_no_code(units):
    wide = units.assign(surface=units.surface.map(lambda s: s.translate(str.maketrans(",;()%!?:", "，；（）％！？："))))
    assert (wide.surface != units.surface).sum() > 100
    columns = ["instrument", "second", *JUDGED[1:]]
    pd.testing.assert_frame_equal(cb.rule_codes(wide)[columns], cb.rule_codes(units)[columns])


def test_a_byline_and_a_figure_have_no_instrument(units):
    coded = cb.rule_codes(units)
    assert set(coded[coded.role == "byline"].instrument) == {"none"}
    assert set(judge("2019年,全省电子信息产业营业收入突破万亿元大关。").instrument) == {"none"}


def test_a_measure_takes_its_field_from_its_paragraph_and_a_scene_does_not():
    first, second, third = judge("推动集成电路产业发展。鼓励企业研发。天气很好。").itertuples()
    assert (second.chips, second.value_chain) == ("yes", "whole_chain")
    assert "chips=yes:context" in second.pattern
    assert (third.chips, third.value_chain) == ("no", "none")


def test_an_unless_bars_only_what_it_overlaps():
    assert set(judge("自然科学基金资助的会议在渝举行。").instrument) == {"none"}
    assert set(judge("自然科学基金之外,市里设立产业基金。").instrument) == {"public_funds"}


def test_a_speech_is_an_exhortation_in_every_part_of_its_sentence():
    assert list(judge("市长表示,将推动核心技术攻关;加快产业链水平提升。").firmness) == ["exhortation", "exhortation"]


def test_a_table_without_units_is_refused():
    with pytest.raises(ValueError, match="missing: article, para, role, sent"):
        cb.rule_codes(pd.DataFrame({"seed": ["x"], "surface": ["推动"]}))


# ---------------------------------------------------------------- both coders


def test_both_coders_code_every_unit(units, coded):
    assert list(coded.columns[:4]) == ["seed", "start", "end", "surface"]
    for coder in ("hand", "rule"):
        own = coded[coded.coder == coder].reset_index(drop=True)
        pd.testing.assert_frame_equal(own[list(units.columns)], units)
    assert (coded[coded.coder == "hand"].reason != "").all() and (coded[coded.coder == "rule"].pattern != "").all()
    assert not coded.isna().any(axis=None)


def test_hand_codes_hold_when_offsets_move_and_lapse_when_words_change():
    unit = "2022年,双方合作申报上海市产教融合型专业;"
    text = f"前面多了一句话。{unit}2024年,双方合作申报获批上海市“另一个专业群”。"
    coded = cb.codes([page(text, "002")])
    assert list(coded.coder) == ["rule", "hand", "rule", "rule"]
    hand = coded[coded.coder == "hand"].iloc[0]
    assert (hand.surface, hand.start, hand.instrument) == (unit, text.index(unit), "talent")


def test_the_same_words_in_another_seed_have_no_hand_code():
    coded = cb.codes([page("2022年,双方合作申报上海市产教融合型专业;", "004")])
    assert list(coded.coder) == ["rule"]


def test_another_page_gets_rule_codes_only(tmp_path):
    (tmp_path / "900.txt").write_text(
        "某市集成电路峰会\n\n某市与某县签订集成电路产业合作协议,共建芯片测试平台。\n", encoding="utf-8"
    )
    coded = cb.codes(cn.load(tmp_path))
    assert set(coded.coder) == {"rule"} and "cooperation_governance" in set(coded.instrument)
