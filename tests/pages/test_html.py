"""Pages saved from a browser: nothing but what it shows is text, and each character leads to the source."""

import datetime
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import problems, write

from chipnotes.pages.corpus import load, shown
from chipnotes.pages.document import clean
from chipnotes.pages.html import markup
from chipnotes.pages.pieces import RULES, replay

LEAD = "某市今日发布集成电路产业新政,支持企业研发,总投资1500亿元。"
NEXT = "新政自发布之日起施行,有效期三年,由市经信局负责解释。"


def page(body, head="<title>某市发布集成电路新政_某网</title>"):
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>\n'


def text(body, **more):
    return clean(page(body, **more), html=True).text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{LEAD}</p><p>{NEXT}</p>", f"{LEAD}\n{NEXT}\n"),
        (f"<div>{LEAD}<br>{NEXT}</div>", f"{LEAD}\n{NEXT}\n"),
        (f"<p>{LEAD}<p>{NEXT}", f"{LEAD}\n{NEXT}\n"),  # no ends
        (f"<P CLASS=a>{LEAD}</P>\n\n<P>{NEXT}</P>", f"{LEAD}\n{NEXT}\n"),
        (f"<p>{LEAD[:9]}<b>{LEAD[9:12]}</b>{LEAD[12:]}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD[:9]}\n      {LEAD[9:]}</p>", f"{LEAD}\n"),  # a line end of the source is none of the page
        ("<p>" + LEAD.replace("1500亿", "1500\r\n亿") + "</p>", f"{LEAD}\n"),
        (
            "<p>支持new\nenergy汽车与集成电路产业发展,提供资金。</p>",
            "支持new energy汽车与集成电路产业发展,提供资金。\n",
        ),
        (f"<p>{LEAD.replace(',', '&#44;').replace('。', '&#x3002;')}</p>", f"{LEAD}\n"),
        (f"<p>&nbsp;&emsp;{LEAD}</p>", f"{LEAD}\n"),
        (f"<p>R&amp;D{LEAD}</p>", f"R&D{LEAD}\n"),
        (f"<p>{LEAD[:9]}<script>var 中文='<p>假的</p>';</script>{LEAD[9:]}</p>", f"{LEAD}\n"),
        (f"<style>p:after{{content:'假的'}}</style><p>{LEAD}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD[:9]}<!-- 假的 -->{LEAD[9:]}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD[:9]}<span style='color:red;DISPLAY : none'>水印</span>{LEAD[9:]}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD[:9]}<span style='font-size:0px'>水印</span>{LEAD[9:]}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD[:9]}<i hidden>水印<b>重重</b></i>{LEAD[9:]}</p>", f"{LEAD}\n"),
        (f"<p>{LEAD}?/p><p>{NEXT}</p>", f"{LEAD}\n{NEXT}\n"),
        (f"<p>{LEAD}\ufffd/p><p>{NEXT}/p>", f"{LEAD}\n{NEXT}\n"),
        (f"<p>{LEAD}</p><p>{NEXT}</p><div class='foot", f"{LEAD}\n{NEXT}\n"),
        (f"<p>{LEAD}</b></div></p><p>{NEXT}</p>", f"{LEAD}\n{NEXT}\n"),  # ends of nothing
        # a tag that never ends swallows no words
        (
            f"<p>{LEAD[:9]}<b>{LEAD[9:12]}</b，总投资一亿元。</p><p>{NEXT}</p>",
            f"{LEAD[:12]}，总投资一亿元。\n{NEXT}\n",
        ),
        (f"<p>{LEAD}</p><div class=a\n{NEXT}</div><p>{LEAD}</p>", f"{LEAD}\n{NEXT}\n{LEAD}\n"),
        (f"<p>{LEAD}<a title='某市,新政。' href=x>{NEXT}</a></p>", f"{LEAD}{NEXT}\n"),
        ("<ruby>会<rt>huì</rt></ruby><p>" + LEAD + "</p>", f"{LEAD}\n"),
        (f"<p>{LEAD}</p><ul><li>{NEXT}</li></ul>", f"{LEAD}\n{NEXT}\n"),
        # what is never closed closes with the element around it
        (f"<p>{LEAD[:9]}<ruby>{LEAD[9]}<rt>jí</ruby>{LEAD[10:]}</p>", f"{LEAD}\n"),
        (f"<p><em><span style='display:none'>水印</em>{LEAD}</p>", f"{LEAD}\n"),
        (f"<p><i hidden/>{LEAD}</p>", f"{LEAD}\n"),
        # a tag without its ">" takes its attributes along
        (f'<p><img src="a.jpg" alt="图1 规模3000亿元"{LEAD}</p>', f"{LEAD}\n"),
        (f"<nav-content><p>{LEAD}</p></nav-content>", f"{LEAD}\n"),
    ],
)
def test_what_a_browser_shows(body, expected):
    assert text(body) == expected


@pytest.mark.parametrize(
    ("sheet", "mark"),
    [
        (".wm{visibility:hidden;height:0}", "class=wm"),
        ("p{color:red} .a , .wm{ display : none }", "class='b wm'"),
        ("/* mark */ #wm{font-size:0!important}", "id=wm"),
        ("<!-- @media print{.b{color:red} p{top:0}} .wm{opacity:0} -->", "class=wm"),
        (".wm{position:absolute;left:-9999px}", "class=wm"),
        ("p{color:red}", "style='position:absolute; top:-9999px'"),
    ],
)
def test_a_watermark_that_a_style_hides_is_not_shown(sheet, mark):
    style = f"<style type=text/css>{sheet}</style>"
    body = f"<p>{LEAD[:9]}<span {mark}>水印2022</span>{LEAD[9:]}</p><p>{NEXT}</p>"
    assert text(body, head=style) == text(style + body) == f"{LEAD}\n{NEXT}\n"


@pytest.mark.parametrize(
    ("sheet", "mark"),
    [
        (".wm{visibility:visible}", "class=wm"),
        ("@media print{.b{color:red} .wm{display:none}}", "class=wm"),
        (".wm{display:none} .wm.now{display:inline}", "class='wm now'"),  # a script puts `now` to it
        (".wm .b{display:none} a.wm:hover{display:none}", "class=wm"),  # not of each .wm
        (".wm{display:none}", "class=wms id=wm"),
        (".wm{display:none}", "class=wm/"),
        (".wm{margin-left:-1000px}", "class=wm"),
        (".wm{left:-20px", "class=wm"),
        ("</style><style media=print>.wm{display:none}", "class=wm"),
    ],
)
def test_a_style_that_hides_another_thing_or_in_print_takes_no_words(sheet, mark):
    body = f"<p>{LEAD[:9]}<span {mark}>水印</span>{LEAD[9:]}</p><p>{NEXT}</p>"
    assert "水印" in text(f"<style>{sheet}</style>{body}")


def test_paragraphs_and_most_of_a_page_that_a_style_hides_are_shown():
    sheet = "<style>.wow{visibility:hidden}</style>"
    assert text(f"{sheet}<p class=wow>{LEAD}</p><p>{NEXT}</p>") == f"{LEAD}\n{NEXT}\n"
    assert text(f"{sheet}<span class=wow>{LEAD}<br>{LEAD}</span><p>{NEXT}</p>").count(LEAD) == 2


def test_a_size_of_text_that_only_begins_with_nought_hides_nothing():
    assert "水印" in text(f"<p>{LEAD[:9]}<span style='font-size:0.9em;opacity:0.8'>水印</span>{LEAD[9:]}</p>")


def test_what_is_hidden_and_never_closed_takes_no_more_than_its_block():
    body = (
        f"<p>{LEAD}<span style='display:none'>水印</p><p>{NEXT}</p><div hidden>广告<p>{LEAD}</p><p>{NEXT}</p>"
    )
    assert text(body) == f"{LEAD}\n{NEXT}\n{LEAD}\n{NEXT}\n"


def test_an_article_that_a_script_would_show_is_no_hidden_one():
    body = f"<div>关注</div><div id=js_content style='visibility: hidden;'><p>{LEAD}</p><p>{NEXT}</p></div>"
    assert text(body) == f"{LEAD}\n{NEXT}\n"


def test_a_hidden_part_that_is_less_than_half_of_the_page_is_hidden():
    assert text(f"<p>{LEAD[:9]}<i style='display:none'>{LEAD[:20]}</i>{LEAD[9:]}</p>") == f"{LEAD}\n"


def test_cells_of_a_row_stand_in_one_line():
    rows = "<tr><th>项目</th><th>2023</th><th>2024</th></tr><tr><td>产值</td><td>12</td><td>30</td></tr>"
    assert text(f"<p>{LEAD}</p><table>{rows}</table>") == f"{LEAD}\n项目 2023 2024\n产值 12 30\n"


def test_links_in_a_row_are_a_menu():
    links = "".join(f"<a href='#'>{word}</a>" for word in ("首页", "要闻", "财经", "科技", "视频"))
    assert text(f"<div>{links}</div><p>{LEAD}</p>") == f"{LEAD}\n"


def test_preformatted_text_keeps_its_lines():
    assert text(f"<pre>{LEAD}\n{NEXT}</pre>") == f"{LEAD}\n{NEXT}\n"


def test_the_title_is_the_line_that_the_head_names():
    teaser = "这是一条比标题更长的其他新闻的标题文字链接"
    doc = clean(page(f"<div>{teaser}</div><h1>某市发布集成电路新政</h1><p>{LEAD}</p>"), html=True)
    assert doc.paragraphs.role.tolist() == ["title", "body"] and doc.text.startswith("某市发布集成电路新政\n")
    assert "head" in set(doc.apparatus.rule)


# ---------------------------------------------------------------- every character leads to the source


def holds(source):
    """The laws of a Document, on any source."""
    doc = clean(source, html=True)
    assert replay(source, doc.pieces) == doc.text
    covered = [(row.start, row.end) for row in doc.apparatus.itertuples()]
    assert [0, *(end for _, end in covered)] == [*(start for start, _ in covered), len(source)]
    origin = doc.origin[doc.origin >= 0]
    assert len(set(origin.tolist())) == len(origin)
    kept = [name for name, action, _ in RULES if action == "keep"]
    fates = [RULES[fate][0] for fate in doc.fates[np.maximum(doc.origin, 0)].tolist()]
    for at, fate, character in zip(doc.origin.tolist(), fates, doc.text, strict=True):
        assert at < 0 or fate not in kept or source[at] == character
    return doc


def test_of_a_page_with_everything():
    body = (
        f"<nav><a>首页</a></nav><h1>某市發布集成電路新政</h1>"
        "<div>来源:<i>某网</i>&nbsp;2024-05-06 10:00</div>"
        f"<p>{LEAD[:9]}<span style='display:none'>水印</span>{LEAD[9:]}&mdash;</p>\n<p>{NEXT}?/p>"
        "<table><tr><td>产值<td>12<td>30</table><script>x</script>"
        "<div>相关推荐</div><li>别的新闻<footer>版权所有</footer>"
    )
    doc = holds(page(body))
    rules = set(doc.apparatus.rule)
    assert {
        "tags",
        "scripts",
        "hidden",
        "character_entities",
        "block_ends",
        "simplify",
        "navigation",
        "tail",
    } <= rules
    span = doc.find("总投资1500亿元")
    assert doc.raw[doc.origin[span.start] : doc.origin[span.end - 1] + 1] == "总投资1500亿元"
    assert span.line == doc.raw[: doc.origin[span.start]].count("\n") + 1
    assert doc.raw.count("水印") == 1 and "hidden" in set(doc.inside_drops.rule)


TOKENS = st.sampled_from(
    "<p>|</p>|<br/>|<span style='display:none'>|</span>|<div>|</div>|<script>|</script>|<!--|-->|&nbsp;|&lt;"
    "|&amp|<td>|&#12290;|</tr>|?/p>|<|>|\n|\r\n| |\0|a|/p>|芯片|會(huì)|2024-05-06|<title>|<h1>|</h1>"
    f"|<a href='|'>|</a>|<nav>|<pre>|{LEAD}|{NEXT}".split("|")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TOKENS, max_size=30).map("".join))
def test_on_broken_sources(source):
    holds(source)
    assert len(markup(source)[0]) == len(source)


def test_a_large_page_of_broken_tags_is_read():
    source = page("<p><b>芯片" * 4000 + "</i>" * 4000 + f"<p>{LEAD}</p>\n" * 4000)
    assert clean(source, html=True).text.count(LEAD) == 4000


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("heading", ["h1", "h2", "h3"])
def test_the_heading_is_the_title_though_a_menu_above_it_is_longer(heading):
    menu = "<div>某市自然资源局官网 <i>一网通办</i> <i>不动产查询</i> <i>地价公示</i></div>"
    title = f"<{heading}>某市工业用地出让结果公示</{heading}>"
    doc = clean(
        page(f"{menu}<p>所在位置：土地市场</p>{title}<p>{LEAD}</p>", "<title>公示</title>"), html=True
    )
    assert doc.text.startswith("某市工业用地出让结果公示\n") and "官网" not in doc.text
    login = clean(page(f"<h3>会员登录</h3><p>某市十二家企业赴深圳参展</p><p>{LEAD}</p>"), html=True)
    assert shown(login)["title"] == "某市十二家企业赴深圳参展"


def test_a_longer_subtitle_is_no_title():
    tab = "<title>某市十条措施发布_某网</title>"
    body = f"<h1>某市十条措施发布</h1><h2>支持集成电路设计企业发展壮大</h2><p>{LEAD}</p>"
    assert shown(clean(page(body, tab), html=True))["title"] == "某市十条措施发布"


def test_an_amount_that_a_click_shows_is_no_watermark():
    style = "<title>某市新政</title><style>.more{display:none} .wm{visibility:hidden}</style>"
    more = "通知还提出<span class=more>,给予五百万元补助</span>。<span class=wm>某某数据OB-22</span>"
    body = f"<p>{LEAD}{more}</p>"
    read = clean(page(body, style), html=True).text
    assert "通知还提出,给予五百万元补助。" in read and "数据" not in read
    noscript = style.replace("<style>", "<noscript><style>").replace("</style>", "</style></noscript>")
    assert "某某数据" in clean(page(body, noscript), html=True).text


@pytest.mark.parametrize("name", ["政府信息公开", "云川新闻中心"])
def test_a_heading_of_the_site_is_no_title(name):
    body = f"<h2>{name}</h2><div>云川市发布集成电路产业三年行动计划</div><p>{LEAD}</p>"
    assert shown(clean(page(body, "<title>云川市</title>"), html=True))["title"].endswith("三年行动计划")


def test_of_the_parts_of_a_page_s_title_the_one_that_it_shows():
    tab = "<title>某市日报数字报-老城的新芯事</title>"
    above = "<div>某市日报首页 返回主页 2021年06月08日 PDF下载</div>"
    doc = clean(page(f"{above}<h4>——百年寻访</h4><div>老城的新芯事</div><p>{LEAD}</p>", tab), html=True)
    assert shown(doc) == {"title": "老城的新芯事", "published": datetime.date(2021, 6, 8)}


@pytest.mark.parametrize(
    ("encoding", "charset"), [("gb18030", "gb2312"), ("big5", "big5"), ("utf-8", "utf-8")]
)
def test_the_encoding_that_the_page_names(tmp_path, encoding, charset):
    source = page(f"<p>{LEAD}</p><p>{NEXT}</p>").replace('charset="utf-8"', f'charset="{charset}"')
    if encoding == "big5":
        source = page("<p>某市今日發布積體電路產業新政,支持企業研發,總投資一千五百億元。</p>").replace(
            "utf-8", "big5"
        )
        source = source.replace("某市发布集成电路新政_某网", "某市新政")
    write(tmp_path, "page.html", source.encode(encoding))
    doc = load_quietly(tmp_path)["page"]
    assert doc.raw == source and "支持企业研发" in doc.text


def load_quietly(folder):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load(folder)


DAY = datetime.date(2024, 5, 6)


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ('<meta name="PubDate" content="2024-05-06 10:00">', ""),
        ('<meta property="article:published_time" content="2024-05-06T10:00:00+08:00">', ""),
        ('<script type="application/ld+json">{"datePublished":"2024-05-06"}</script>', ""),
        ('<link rel="canonical" href="https://news.example.cn/2024-05/06/c_1.htm">', ""),
        ('<meta property="og:url" content="https://news.example.cn/art/20240506/t1.html">', ""),
        ("", "<!-- saved from url=(0044)http://news.example.cn/202405/t20240506_1.html -->\n"),
    ],
)
def test_a_date_that_the_page_does_not_show_is_inferred(tmp_path, head, before):
    title = "<title>某市发布集成电路新政 - 某网</title>"
    write(tmp_path, "page.html", before + page(f"<p>{LEAD}</p>", head=title + head))
    card = load_quietly(tmp_path)["page"].card
    assert card == {"title": "某市发布集成电路新政", "published": DAY, "inferred": ["title", "published"]}


def test_what_the_page_shows_goes_before_what_its_head_says(tmp_path):
    body = f"<h1>某市发布集成电路新政</h1><p>来源:某网 2024-05-07</p><p>{LEAD}</p>"
    write(
        tmp_path,
        "page.htm",
        page(body, head='<title>某网首页频道</title><meta name="PubDate" content="2024-05-06">'),
    )
    card = load_quietly(tmp_path)["page"].card
    assert (card["title"], card["published"]) == ("某市发布集成电路新政", datetime.date(2024, 5, 7))


def test_a_counter_in_the_element_behind_a_date_is_no_part_of_it(tmp_path):
    line = "<p>某研究院<span>2022/3/22</span><span>8,214 阅读</span></p>"
    write(tmp_path, "page.html", page(f"<h1>某市发布集成电路新政</h1>{line}<p>{LEAD}</p>"))
    doc = load_quietly(tmp_path)["page"]
    assert doc.card["published"] == datetime.date(2022, 3, 22) and "阅读" not in doc.text


def test_a_number_in_several_elements_is_one():
    assert text(f"<p>{LEAD}产值<span>3</span><span>22</span>8亿元。</p>") == f"{LEAD}产值3228亿元。\n"
    assert "2022-3-2版" in text(f"<p>{LEAD}见<b>2022-3-2</b>版。</p>")


@pytest.mark.parametrize("digits", ["20241345", "120240506", "202405061"])
def test_other_digits_of_an_address_are_no_date(tmp_path, digits):
    write(
        tmp_path,
        "page.html",
        page(f"<p>{LEAD}</p>", head=f'<meta property="og:url" content="http://a.cn/{digits}">'),
    )
    assert "published" not in load_quietly(tmp_path)["page"].card


def test_the_address_on_a_card_gives_a_date_to_any_page(tmp_path):
    write(tmp_path, "page.txt", LEAD + "\n" + NEXT)
    write(tmp_path, "sources.toml", '[page]\naddress = "http://www.example.gov.cn/2024/0506/c1.html"\n')
    card = load_quietly(tmp_path)["page"].card
    assert card["published"] == DAY and card["inferred"] == ["published"]


def test_text_and_html_of_one_name_are_one_id(tmp_path):
    write(tmp_path, "page.txt", LEAD)
    write(tmp_path, "page.html", page(LEAD))
    assert problems(tmp_path) == ["page.html, page.txt: duplicate id 'page'. Rename all but one of them."]


def test_a_page_can_be_sent_to_another_process(tmp_path):
    write(tmp_path, "page.html", page(f"<p>{LEAD}</p>"))
    doc = load_quietly(tmp_path)["page"]
    again = pickle.loads(pickle.dumps(doc))
    assert (again.text, again.origin.tolist()) == (doc.text, doc.origin.tolist())
