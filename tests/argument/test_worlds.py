"""Worlds: each changes what it says and nothing else, and what readers wrote stands where its words stand."""

from dataclasses import replace

import numpy as np
import pytest
from argument import changes
from argument import worlds as w

from chipnotes.pages.marks import simplify

WORLDS = w.changed()
EACH = pytest.mark.parametrize("name", WORLDS)


@pytest.fixture(scope="module")
def base():
    return w.published()


def read(world):
    """What a world reads, made comparable."""
    texts = tuple(page.text for page in world.corpus)
    codes = tuple(world.codes[["seed", "start", "instrument", "firmness"]].itertuples(index=False))
    numbers = world.numbers[["seed", "start", "end", "low", "high", "subject"]].astype(str)
    return texts, codes, tuple(numbers.itertuples(index=False))


def differing(base, name):
    """The pages whose text is another one, or which are left out."""
    there = {page.id: page.text for page in WORLDS[name].corpus}
    return [page.id for page in base.corpus if there.get(page.id) != page.text]


def test_every_world_reads_as_no_other_does(base):
    readings = {"published": read(base), **{name: read(world) for name, world in WORLDS.items()}}
    for name, found in readings.items():
        assert [other for other in readings if readings[other] == found] == [name]


def test_raw_is_the_file(base):
    for page in WORLDS["raw"].corpus:
        assert page.text == page.raw == base.corpus[page.id].raw
        assert (page.origin == np.arange(len(page.raw))).all()


def test_menus_are_what_line_rules_dropped_and_nothing_else(base):
    assert differing(base, "menus") == ["000", "001", "002", "003"]
    for page in WORLDS["menus"].corpus:
        here = base.corpus[page.id]
        came = np.setdiff1d(page.origin[page.origin >= 0], here.origin)
        rules = here.apparatus.set_index("start").rule
        fates = {rules[rules.index <= at].iloc[-1] for at in came}
        assert fates <= set(changes.WHOLE_LINE) and set(here.origin[here.origin >= 0]) <= set(page.origin)


def test_file_order_moves_lines_and_loses_nothing(base):
    assert differing(base, "file order") == ["004"]
    there, here = WORLDS["file order"].corpus["004"], base.corpus["004"]
    assert (np.diff(there.origin[there.origin >= 0]) > 0).all()
    assert (np.diff(here.origin[here.origin >= 0]) < 0).any()
    assert sorted(there.text.replace("\n", "")) == sorted(here.text.replace("\n", ""))


def test_no_passage_is_shared_any_more(base):
    assert differing(base, "not shared") == ["001", "004"]
    assert changes.shared(base.corpus["001"].text, base.corpus["004"].text)
    one, other = (WORLDS["not shared"].corpus[seed] for seed in ("001", "004"))
    assert changes.shared(one.text, other.text) == []


def test_shared_passages_are_whole_and_long():
    long = "加快培育电子信息产业生态圈建设的工作"
    assert len(long) > changes.SHARED
    spans = changes.shared(f"甲{long}", f"丙{long}丁")
    assert {at for span in spans for at in range(*span)} == set(range(1, 1 + len(long)))
    assert changes.shared(f"甲{long[:14]}乙", f"丙{long}丁") == []
    assert changes.shared(long[:9] + "\n" + long[9:], long[:9] + "\n" + long[9:]) == []


@pytest.mark.parametrize("left", ["000", "001", "002", "003", "004"])
def test_a_page_left_out_is_in_no_table(base, left):
    world = WORLDS[f"without {base.name(left)}"]
    assert differing(base, f"without {base.name(left)}") == [left] and left not in world.corpus
    for table in (world.numbers, world.codes, world.table("commitments"), world.table("events")):
        assert len(table) and left not in set(table.seed)


def test_codes_are_those_of_the_reader_asked_for(base):
    for name, coder in (("reader A", "A"), ("reader B", "B"), ("rule", "rule")):
        assert set(WORLDS[name].codes.coder) == {coder}
    assert set(base.codes.coder) == {"agreed"}


def test_a_sentence_counts_once_with_its_first_measure(base):
    world = WORLDS["sentences"]
    codes = world.codes
    spans = [world.corpus[row.seed].span(row.start, row.end).sentence.start for row in codes.itertuples()]
    assert len(set(zip(codes.seed, spans, strict=True))) == len(codes) < len(base.codes)
    measured = base.codes[base.codes.instrument != "none"]
    sentences = {
        (row.seed, base.corpus[row.seed].span(row.start, row.end).sentence.start)
        for row in measured.itertuples()
    }
    assert (codes.instrument != "none").sum() == len(sentences)


def test_boxes_repeat_the_text_and_count_only_where_asked(base):
    boxes = WORLDS["boxes"]
    extra = boxes.codes[boxes.boxed(boxes.codes)]
    assert len(extra) == len(boxes.codes) - len(base.codes) > 0
    assert set(base.body(base.numbers).seed) == set(base.numbers.seed)
    assert len(base.body(base.numbers)) < len(boxes.body(base.numbers)) == len(base.numbers)


def test_numbers_by_rule_have_no_word_of_a_reader(base):
    by_rule = WORLDS["numbers by rule"]
    assert set(by_rule.numbers.source) == {"rule"} and (by_rule.numbers.subject == "").all()
    assert {"rule", "reader"} >= set(base.numbers.source) != {"rule"}
    assert by_rule.number("002-sh-ic-output").low == 20.8


@pytest.mark.parametrize("fact", ["000-talent", "001-cq-revenue"])
def test_a_number_asked_for_by_its_fact_is_the_same_in_the_text_and_by_rule(base, fact):
    one, other = base.number(fact), WORLDS["numbers by rule"].number(fact)
    assert (one.low, one.bound, one.unit) == pytest.approx((other.low, other.bound, other.unit), nan_ok=True)
    with pytest.raises(LookupError, match="no such fact"):
        base.number("no such fact")


# ---------------------------------------------------------------- what readers wrote, in other texts


@EACH
def test_rows_of_readers_stand_where_their_words_stand(base, name):
    world = WORLDS[name]
    for row in world.numbers.itertuples():
        here = world.corpus[row.seed].text[row.start : row.end]
        if name == "raw":  # the file has pinyin and spaces inside words, and one page in Traditional forms
            letters = iter(simplify(here))
            assert all(letter in letters for letter in row.surface)
        else:
            assert here == row.surface
    for row in world.table("commitments").itertuples():
        page, here = world.corpus[row.seed], base.corpus[row.seed]
        place = here.find(row.quote, context=row.context) if row.context else here.find(row.quote)
        raw = here.origin[place.start : place.end]
        assert page.origin[row.start] == raw[raw >= 0][0] and page.origin[row.end - 1] == raw[raw >= 0][-1]


def test_a_row_whose_characters_are_gone_is_gone(base):
    page = base.corpus["000"]
    span = page.find("近3万人")
    less = changes.without(page, [(span.start, span.end)])
    assert less.text == page.text[: span.start] + page.text[span.end :]
    pages = [less if other.id == "000" else other for other in base.corpus]
    world = replace(base, corpus=type(base.corpus)(pages))
    assert base.number("000-talent").surface in "近3万人"
    with pytest.raises(LookupError):
        world.number("000-talent")


def test_a_row_whose_characters_stand_in_another_order_is_gone(base):
    table = base.numbers[base.numbers.seed == "004"]
    read, other = base.corpus, WORLDS["file order"].corpus
    assert w.carried(read, read, table).equals(table)
    moved = w.carried(read, other, table)
    assert 0 < len(moved) <= len(table)


def test_rows_without_a_page_are_there_in_every_world(base):
    facts = base.table("external_facts")
    assert len(facts) and all(len(world.table("external_facts")) == len(facts) for world in WORLDS.values())


def test_rows_without_a_place_stand_in_every_world_those_of_a_page_with_it(base):
    for world in WORLDS.values():
        rows = world.table("shanghai_rates")
        assert list(rows.seed[rows.start < 0]) == [""] * 4
    assert set(base.table("shanghai_rates").seed) == {"", "002"}
    assert set(WORLDS["without Shanghai blog 2024"].table("shanghai_rates").seed) == {""}
