"""The concordance: every place of a word, sortable on both sides, forgiving, counted page by page."""

import pytest

import chipnotes as cn
from chipnotes.pages.document import clean

TEXT = "乙地发展芯片产业,甲地发展芯片制造。\n丙地的芯片安全。\n"


def test_places_are_where_they_say(corpus):
    table = cn.kwic(corpus, "集成电路")
    assert len(table) == sum(doc.text.count("集成电路") for doc in corpus) > 20
    for row in table.itertuples():
        doc = corpus[row.seed]
        assert doc.text[row.start : row.end] == row.key == "集成电路" and doc.name == row.page
        assert doc.text[: row.start].endswith(row.left) and doc.text[row.end :].startswith(row.right)
        assert row.line == doc.span(row.start, row.end).line


def test_sorted_by_what_stands_next_to_it():
    doc = clean(TEXT, "p")
    assert [row[:2] for row in cn.kwic(doc, "芯片", sort="right").right] == [
        "安全",
        "产业",
        "制造",
    ]  # ān chǎn zhì
    assert [row[-1] for row in cn.kwic(doc, "芯片", sort="left").left] == ["的", "展", "展"]  # de zhǎn
    two = clean("阿城有芯片。\n中地发芯片。\n", "p")
    assert list(cn.kwic(two, "芯片", sort="left").left) == [
        "中地发",
        "阿城有",
    ]  # fā yǒu, whatever stands further off
    assert list(cn.kwic(doc, "芯片").start) == sorted(cn.kwic(doc, "芯片").start)


def test_context_ends_with_the_paragraph_and_is_as_wide_as_asked():
    row = cn.kwic(clean(TEXT, "p"), "丙地").iloc[0]
    assert (row.left, row.right) == ("", "的芯片安全。")
    assert set(cn.kwic(clean(TEXT, "p"), "芯片", width=2).left.str.len()) == {2}


@pytest.mark.parametrize("key", ["積體電路", "集成電路", "集成 电路", "\u3000集成电路"])
def test_the_key_is_forgiven(corpus, key):
    expected = 0 if key == "積體電路" else len(cn.kwic(corpus, "集成电路"))
    assert len(cn.kwic(corpus, key)) == expected


def test_capitals_and_full_width_are_forgiven():
    assert list(cn.kwic(clean("某地发展AI产业与ａｉ芯片。\n", "p"), "Ai").key) == ["AI", "ａｉ"]


def test_counts_name_every_page(corpus):
    table = cn.kwic(corpus, "常州")
    counts = table.counts.set_index("page")["count"]
    assert list(counts.index) == [doc.name for doc in corpus]
    assert counts.sum() == len(table) and counts["Chip deal 2023"] == 0
    assert repr(table).startswith(f"{len(table)} places: ") and "pages without it" in repr(table)


def test_it_shows_itself_as_text_and_html(corpus):
    table = cn.kwic(corpus["002"], "集成电路", width=8)
    assert "【集成电路】" in repr(table) and "Shanghai blog 2024, line" in repr(table)
    doc = clean("某地<b>芯片</b>发展。\n", "p")
    assert "&lt;b&gt;" in cn.kwic(doc, "芯片")._repr_html_()
    assert repr(cn.kwic(doc, "没有")) == "0 places; 1 page without it"


def test_a_hit_over_a_line_end_stays_in_its_row():
    table = cn.kwic(clean("甲城\n集成\n电路\n乙城发展芯片。\n", "p"), "集成电路")
    assert [len(repr(table).splitlines()), table.key[0], "【集成 电路】" in repr(table)] == [
        2,
        "集成\n电路",
        True,
    ]


def test_pages_of_one_name_are_told_apart_by_their_ids():
    pages = [clean(TEXT, id, {"title": "芯片"}) for id in ("a", "b")] + [clean(TEXT, "c", {"title": "别的"})]
    table = cn.kwic(pages, "安全")
    assert list(table.page) == list(table.counts.page) == ["芯片 (a)", "芯片 (b)", "别的"]
    assert {"芯片 (b) (100%); 别的 (100%)"} <= set(cn.report(pages).alike)


def test_of_many_pages_the_head_gives_their_number():
    table = cn.kwic([clean(TEXT, str(number)) for number in range(13)], "安全")
    assert repr(table).startswith("13 places on 13 pages, `counts` names them\n")


@pytest.mark.parametrize("key", ["", " \n"])
def test_an_empty_key_is_refused(corpus, key):
    with pytest.raises(ValueError, match="kwic"):
        cn.kwic(corpus, key)


@pytest.mark.parametrize("options", [{"sort": "up"}, {"width": 0}, {"width": "5"}])
def test_options_are_checked(corpus, options):
    with pytest.raises(ValueError, match="kwic"):
        cn.kwic(corpus, "芯片", **options)


def test_a_key_that_is_no_text(corpus):
    with pytest.raises(TypeError, match="must be a text"):
        cn.kwic(corpus, 5)
