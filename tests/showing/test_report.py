"""The report: each page is told with what was read and dropped; what needs a look is never silent."""

import warnings

import pandas as pd
import pytest
from making import PAGE, write

import chipnotes as cn
from chipnotes.pages.document import clean

LONG = "某市举行集成电路产业峰会,签约项目12个,总投资300亿元,其中3个项目落户高新区并于年内开工建设。"


def report_of(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # load warns of the same pages in one line
        return cn.report(cn.load(folder))


def row(folder, id="page"):
    return report_of(folder).set_index("seed").loc[id]


def test_the_seeds(corpus):
    table = cn.report(corpus).set_index("seed")
    assert list(table.index) == [doc.id for doc in corpus] and set(table.warning) == {""}
    assert list(table.kept) == [int((doc.origin >= 0).sum()) for doc in corpus]
    assert (
        set(table.published_from) == {"card"} and (table.share <= 1).all() and (table.raw > table.kept).all()
    )
    assert "pinyin 928" in table.dropped["003"]


def test_where_title_and_date_come_from(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    found = row(tmp_path)
    assert (found.title, found.title_from) == ("芯片产业新政发布", "page")
    assert (found.published, found.published_from, found.warning) == ("2024-05-06", "page", "")
    write(tmp_path, "sources.toml", "[page]\npublished = 2024-05-07\n")
    assert (row(tmp_path).published, row(tmp_path).published_from) == ("2024-05-07", "card")


def test_a_page_without_date_or_title_is_never_silent(tmp_path):
    write(tmp_path, "page.txt", LONG)
    found = row(tmp_path)
    assert "no date" in found.warning and "no title" in found.warning and found.published_from == ""


def test_an_empty_page_is_never_silent(tmp_path):
    write(tmp_path, "page.txt", "相关推荐\n上一篇:无\n")
    found = row(tmp_path)
    assert found.kept == 0 and found.warning.startswith("empty")


def test_what_was_taken_from_inside_the_article_is_shown_with_its_first_words(tmp_path):
    teasers = (
        "相关推荐\n芯片园一号开工\n某地芯片产业园二号项目顺利竣工\n某县芯片产业园三号项目引发业内广泛关注\n"
    )
    write(tmp_path, "page.txt", PAGE.split("相关推荐")[0] + teasers + LONG + "\n" + LONG.replace("12", "13"))
    found = row(tmp_path)
    assert (
        found.inside == 45
        and "相关推荐 芯片园" in found.inside_words
        and "inside the article" in found.warning
    )


def test_near_duplicates_are_found_and_strangers_are_not(tmp_path):
    head = "芯片产业新政发布\n来源:某网 2024-05-06 10:00\n"
    write(tmp_path, "a.txt", head + LONG)
    write(tmp_path, "b.txt", head + LONG + "另据了解,该市还将出台人才政策,支持高校与企业联合培养工程师。")
    write(
        tmp_path,
        "c.txt",
        "别的城市的消息\n来源:某报 2024-05-08\n这座城市昨日公布了港口吞吐量,增长百分之五左右。\n",
    )
    table = report_of(tmp_path).set_index("seed")
    assert "100%" in table.alike["a"] and "count its facts once" in table.warning["a"]
    assert 0.3 < float(table.alike["b"].split("(")[-1][:2]) / 100 < 1 and table.warning["b"] == ""
    assert table.alike["c"] == ""


def test_the_same_text_twice(tmp_path):
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, PAGE)
    assert [text.count("100%") for text in report_of(tmp_path).alike] == [1, 1]
    page = [*cn.load(tmp_path)][:1]
    assert [text.count("100%") for text in cn.report(page + [*cn.load(tmp_path)][:1]).alike] == [1, 1]


def test_damage_left_in_the_text(tmp_path):
    write(tmp_path, "page.txt", PAGE.replace("支持企业", "支持\ufffd\ufffd"))
    assert "unreadable characters, \ufffd or ??, 2 times" in row(tmp_path).warning


def test_it_prints_whole_and_escapes_what_pages_bring(tmp_path, corpus):
    write(tmp_path, "page.txt", PAGE.replace("芯片产业新政发布", "芯片产业<b>新政</b>发布了"))
    table = report_of(tmp_path)
    shown = table._repr_html_()
    assert "<b>新政" not in shown and "&lt;b&gt;新政" in shown and "max-width" in shown
    report = cn.report(corpus)
    text = repr(report)
    for row in report.itertuples():  # by its name, with the id by which sources.toml knows it
        assert f"{row.page} ({row.seed})\n" in text and f">{row.page} ({row.seed})<" in report._repr_html_()
    assert text.startswith("5 pages, 0 with a warning") and "2024-11-04 (card)" in text and "…" not in text
    assert max(map(len, text.splitlines())) < 120
    assert type(table[["page", "warning"]]) is pd.DataFrame


def test_of_many_pages_those_with_a_warning_are_shown_first():
    card = {"published": "2024-05-06", "title": "公告"}
    pages = [clean(f"公告{n}号\n", f"{n:03}", card if n < 120 else {}) for n in range(121)]
    table = cn.report(pages)
    assert repr(table).count("WARNING") == table._repr_html_().count("no date") == 1
    assert repr(table).splitlines()[0] == (
        "121 pages, 1 with a warning (120); 100 are shown, those with a warning first, all are in the table"
    )
    assert list(table.seed) == [page.id for page in pages]


@pytest.mark.parametrize("wrong", ["002", None, [1]])
def test_what_is_no_corpus_is_refused(wrong):
    with pytest.raises(TypeError, match="takes a corpus"):
        cn.report(wrong)


def test_what_a_page_hides_counts_in_no_share(tmp_path):
    """Markup, scripts and hidden elements: no reader sees them, so the share kept is that of the rest."""
    seen = "<h1>某市举行产业峰会</h1><p>发布时间:2024-05-06</p>" + f"<p>{LONG}</p>" * 9
    page = "<html><body>{}</body></html>"
    unseen = {
        "plain": "",
        "hidden": f"<div style='display:none'>{LONG * 3}</div>",
        "attribute": f"<div hidden>{LONG * 3}</div>",
        "script": f"<script>{LONG * 3}</script>",
        "comment": f"<!-- {LONG * 3} -->",
    }
    for name, more in unseen.items():
        write(tmp_path, f"{name}.html", page.format(seen + more))
    shares = report_of(tmp_path).set_index("seed").share
    assert shares["plain"] > 0.5 and (abs(shares - shares["plain"]) < 0.02).all(), shares


@pytest.mark.parametrize(
    ("of_ten", "listed", "warned"), [(2, 0, 0), (4, 1, 0), (6, 1, 0), (8, 1, 1), (9, 1, 1)]
)
def test_a_text_is_listed_from_a_third_and_warned_of_from_two(tmp_path, of_ten, listed, warned):
    """So many of ten sentences of a page stand in a longer one, too."""
    fields = "芯片材料装备封装设计软件光刻测试存储功率"
    own = [
        f"第{n}条写的是{fields[2 * n : 2 * n + 2]}企业在本地的{1000 + 37 * n}个岗位与园区建设情况。"
        for n in range(10)
    ]
    other = [f"另有{n}号项目讲到港口与铁路运输的{2000 + 41 * n}件货物和天气变化。" for n in range(30)]
    write(tmp_path, "a.txt", "芯片产业新政发布\n来源:某网 2024-05-06 10:00\n" + "\n".join(own))
    shared = "\n".join([*own[:of_ten], *other])
    write(tmp_path, "b.txt", "港口消息一则\n来源:某报 2024-05-08 10:00\n" + shared)
    found = row(tmp_path, "a")
    assert (found.alike != "", "count its facts once" in found.warning) == (bool(listed), bool(warned))
