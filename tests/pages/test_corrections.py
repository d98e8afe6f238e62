"""What a card corrects of a reading without an edition: title, first and last line."""

import pytest
from making import problems, write

from chipnotes.pages.corpus import load

LEAD = "某市今日发布集成电路产业新政,支持企业研发,总投资1500亿元。"
MORE = "新政自发布之日起施行,有效期三年,由市经信局负责解释。"
PAGE = (
    "某网站关于芯片产业的长长长长长长长长长栏目名称\n某市新政发布\n"
    f"来源:某网 2024-05-06\n{LEAD}{LEAD}{LEAD}\n相关推荐\n"
    f"别的新闻的标题\n{MORE}\n又一则新闻的标题\n另一个地方的消息也是一句完整的话,总投资20亿元。\n版权所有\n"
)


def read(folder, card=""):
    write(folder, "page.txt", PAGE)
    write(folder, "sources.toml", f"[page]\n{card}\n")
    return load(folder)["page"]


def kept(doc):
    return doc.text.splitlines()


def test_the_rules_alone_are_wrong_on_this_page(tmp_path):
    doc = read(tmp_path)
    assert kept(doc)[0].startswith("某网站") and MORE not in kept(doc)


def test_a_title_is_the_line_that_reads_so(tmp_path):
    doc = read(tmp_path, 'title = "某市新政 发布"')
    assert kept(doc)[0] == "某市新政发布" and doc.paragraphs.role.tolist() == ["title", "body"]
    assert doc.apparatus.query("rule == 'head'").end.item() == PAGE.index("\n")


def test_a_title_that_is_no_line_of_the_page_changes_no_line(tmp_path):
    assert read(tmp_path, 'title = "自拟标题"').text == read(tmp_path).text


def test_a_last_line_beyond_the_end_that_the_rules_see(tmp_path):
    doc = read(tmp_path, f'last_line = "{MORE[:6]}"')
    assert kept(doc)[-1] == MORE and "另一个地方" not in doc.text and "相关推荐" not in doc.text
    assert "别的新闻的标题" in doc.text  # between them only what is furniture by its own words goes
    assert set(doc.apparatus.query(f"start > {PAGE.index(MORE) + len(MORE)}").rule) <= {"tail", "edges"}


def test_a_first_line(tmp_path):
    assert kept(read(tmp_path, 'first_line = "某市新政"'))[0] == "某市新政发布"
    doc = read(tmp_path, f'first_line = "{LEAD[:9]}"')
    assert kept(doc)[0] == 3 * LEAD and "title" not in doc.card


def test_both_and_a_line_that_a_rule_would_drop(tmp_path):
    doc = read(tmp_path, 'first_line = "来源:某网"\nlast_line = "版权所有"')
    assert kept(doc)[0] == "来源:某网 2024-05-06" and kept(doc)[-1] == "版权所有"


def test_words_that_begin_no_line_are_an_error_that_names_card_and_remedy(tmp_path):
    read(tmp_path)
    write(tmp_path, "sources.toml", '[page]\nlast_line = "没有这一行"\n')
    (fault,) = problems(tmp_path)
    assert fault.startswith(
        "sources.toml: card [page]: last_line = '没有这一行' begins no line of the page. Copy"
    )


def test_a_first_line_below_the_last_is_an_error_that_says_so(tmp_path):
    read(tmp_path)
    write(tmp_path, "sources.toml", f'[page]\nfirst_line = "版权所有"\nlast_line = "{LEAD[:9]}"\n')
    (fault,) = problems(tmp_path)
    assert fault.startswith("sources.toml: card [page]: first_line = '版权所有' stands below the last line")


@pytest.mark.parametrize("key", ["first_line", "last_line", "title", "address"])
def test_they_are_texts(tmp_path, key):
    read(tmp_path)
    write(tmp_path, "sources.toml", f"[page]\n{key} = 3\n")
    assert f"[page]: Expected `str`, got `int` - at `$.{key}`" in problems(tmp_path)[0]


def test_a_first_line_above_the_title_is_kept_as_a_heading(tmp_path):
    write(tmp_path, "page.txt", f"要闻速递\n某市集成电路新政今日正式发布\n来源:某网 2024-05-06\n{LEAD}\n")
    assert kept(load(tmp_path)["page"])[0] == "某市集成电路新政今日正式发布"
    write(tmp_path, "sources.toml", '[page]\nfirst_line = "要闻速递"\n')
    doc = load(tmp_path)["page"]
    assert kept(doc)[0] == "要闻速递" and doc.paragraphs.role.tolist() == ["heading", "title", "body"]


def test_of_several_lines_that_begin_so_the_last_line_is_the_last(tmp_path):
    write(
        tmp_path,
        "page.txt",
        f"某市新政发布\n来源:某网 2024-05-06\n{LEAD}\n{MORE}\n{LEAD}完。\n{MORE}多余。\n",
    )
    write(tmp_path, "sources.toml", f'[page]\nlast_line = "{LEAD[:8]}"\n')
    assert kept(load(tmp_path)["page"]) == ["某市新政发布", LEAD, MORE, f"{LEAD}完。"]
