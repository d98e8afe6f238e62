"""Reading a folder: encodings, cards, and a clear error for each way a folder can be wrong."""

import datetime
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import ANY, PAGE, TEXT, problems, write
from opencc import OpenCC

from chipnotes.files import ROOT, SEEDS, read_tsv
from chipnotes.pages.corpus import load
from chipnotes.pages.seeds import SeedError, decode

# ---------------------------------------------------------------- the five seeds


def test_the_five_seeds_are_there_byte_for_byte():
    cards = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))
    assert sorted(cards) == ["000", "001", "002", "003", "004"]
    for card in cards.values():
        assert hashlib.sha256((SEEDS / card["file"]).read_bytes()).hexdigest() == card["sha256"]


def test_each_card_is_whole_and_dates_have_their_evidence(corpus):
    keys = "name title title_en publisher author places region script damage rights".split()
    for document in corpus:
        card = document.card
        assert [key for key in keys if not card.get(key)] == [], document.id
        for key in ("published_evidence", "event_evidence", "crawled_evidence"):
            assert len(card[key]) > 20
        assert card["crawled_not_before"] >= card["published"] >= card.get("event", card["published"])
        assert document.text.startswith(card["title"] + "\n")
        assert "inferred" not in card


def test_a_date_of_a_card_is_one_that_its_evidence_names(corpus):
    """On the page, in another publication, or the day of publication, if its evidence names no other."""
    table = read_tsv(SEEDS / "ledgers" / "external_facts.tsv")
    facts = {fact.id: " ".join(map(str, fact)) for fact in table.itertuples()}
    for document in corpus:
        card = document.card
        for key, evidence in (
            ("published", "published"),
            ("event", "event"),
            ("crawled_not_before", "crawled"),
        ):
            if key not in card:
                continue
            day, words = card[key], card[f"{evidence}_evidence"]
            written = [f"{day}", f"{day:%Y%m%d}", f"{day.month}月{day.day}日"]
            on_page = any(form in words and form in document.raw for form in written)
            elsewhere = any(f"{day}" in facts[fact] for fact in re.findall(r"\bx\d\d\b", words))
            hung = key != "published" and "publication" in words and not re.search("[0-9]月[0-9]+日", words)
            assert on_page or elsewhere or hung and day == card["published"], f"{document.id}: {key}"


# ---------------------------------------------------------------- encodings


BIG5 = (
    "晶片產業新政發布\n來源:某網 2024-05-06 10:00\n某市今日發布集成電路產業新政,支持企業研發。\n"
    "相關推薦\n別的新聞\n"
)


@pytest.mark.parametrize(
    "data",
    {
        "utf-8": PAGE.encode(),
        "utf-8 with mark": PAGE.encode("utf-8-sig"),
        "utf-16": PAGE.encode("utf-16"),
        "utf-16 big end": b"\xfe\xff" + PAGE.encode("utf-16-be"),
        "gb18030": PAGE.encode("gb18030"),
        "crlf": PAGE.replace("\n", "\r\n").encode(),
        "crlf gb18030": PAGE.replace("\n", "\r\n").encode("gb18030"),
        "cr": PAGE.replace("\n", "\r").encode(),
        "cr utf-16": PAGE.replace("\n", "\r").encode("utf-16"),
        "next line": PAGE.replace("\n", "\x85").encode(),
        "line separator gb18030": PAGE.replace("\n", "\u2028").encode("gb18030"),
        "paragraph separator": PAGE.replace("\n", "\u2029").encode(),
        "big5": BIG5.encode("big5"),
    }.items(),
    ids=lambda case: case[0],
)
def test_encodings_and_line_ends_give_the_same_text(tmp_path, data):
    name, data = data
    write(tmp_path, "page.txt", data)
    document = load(tmp_path)["page"]
    assert document.text == (TEXT.replace("芯", "晶") if name == "big5" else TEXT)
    assert document.card["published"] == datetime.date(2024, 5, 6)
    assert document.sha256 == hashlib.sha256(data).hexdigest()


PAGES = sorted((ROOT / "benchmarks" / "pages" / "dev").glob("*[!n].txt")) + sorted(SEEDS.glob("*.txt"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem[:8])
def test_a_page_reads_the_same_in_each_encoding_that_can_write_it(path):
    text = path.read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-16", "gb18030", "big5"):
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:  # Simplified forms in Big5
            continue
        assert decode(data, "page") == text, encoding


SIGNS = (
    "首页│新闻│政策│公示│招聘",
    "【首页】┃【要闻】┃【产业】",
    "★★★ 推荐 ★★★ ■□■□ 导航 ▲返回顶部▼",
    "①申报②审核③公示④拨付 → 【点击进入】",
    "┌──┬──┐\n│项目│金额│\n├──┼──┤\n│投资│20亿│\n└──┴──┘",
    "══════════ ※ 々 § 《》〈〉「」『』〔〕",
    "●●●●●●",
    "℃ × ÷ ± ≠ ∞ αβγ ⅠⅡⅢ 1234567890 / 2024-05-06 www.example.gov.cn",
)


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize(
    "words", ["芯片产能 20 万片。", "据悉,某市今日公布新政,支持企业研发。", "赵钱孙李周吴郑王"]
)
def test_signs_and_boxes_do_not_hide_the_encoding_of_a_short_page(signs, words):
    text = f"{signs}\n{words}\n{signs}\n"
    for encoding in ("utf-8", "utf-16", "gb18030", "gbk", "big5"):
        if encoding == "big5":
            text = OpenCC("s2t").convert(text).encode("big5", "ignore").decode("big5")
        assert decode(text.encode(encoding), "page") == text, encoding


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp950", "宏碁公司今年恒定投資20億元。"), ("big5hkscs", "公司指出,佢哋嘅投資今年增至20億元。")],
)
def test_big5_of_windows_and_of_hong_kong(encoding, text):
    assert decode(text.encode(encoding), "page") == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00\x01\x02\x03PNG", "binary data (U+0000 at 0)"),
        ("中文".encode() + b"\x07\x1b", "binary data (U+0007 at 2)"),
        (PAGE.encode("utf-16-le"), "binary data"),
        (PAGE.encode()[:40] + b"\xff" + PAGE.encode()[40:], "undecodable: read as UTF-8 it breaks in line 2"),
        (
            PAGE.encode("gb18030")[:20] + b"\xff\xff" + PAGE.encode("gb18030")[20:],
            "undecodable: read as GB18030 it breaks in line 2 after '芯片产业新政发布\\n来'",
        ),
        (
            PAGE.encode("utf-16") + b"\x00",
            "read as UTF-16 it breaks in line 6 after '。\\n相关推荐\\n别的新闻\\n'",
        ),
        (
            "第一行中文\n第二行".encode() + b"\xe4\xb8" + "中文中文\n".encode(),
            "read as UTF-8 it breaks in line 2 after '第一行中文\\n第二行'",
        ),
        ("上上\n".encode("utf-16") + b"\x00", "read as UTF-16 it breaks in line 2 after '上上\\n'"),
        (b"only English here\n", "no Chinese character"),
        ("日本語ではない".encode("shift_jis") * 3, "."),
        ("Программа развития".encode("cp1251"), "."),
    ],
)
def test_a_bad_file_is_named_with_its_fault_and_a_remedy(tmp_path, content, words):
    write(tmp_path, "bad.txt", content)
    (problem,) = problems(tmp_path)
    assert problem.startswith("bad.txt: ") and words in problem
    assert re.search(r"\. (Save|Put|Is it) ", problem)


@given(st.binary(max_size=300) | st.text(ANY, max_size=100).map(str.encode))
def test_any_bytes_are_text_with_chinese_or_refused(data):
    try:
        text = decode(data, "page")
    except SeedError as error:
        assert str(error).startswith("page: ")
    else:
        assert re.search("[\u2e80-\U0003ffff]", text) and not re.search("[\0-\x08]", text)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_a_page_cut_inside_a_character_is_refused(encoding):
    data = PAGE.strip().encode(encoding)
    with pytest.raises(SeedError, match="undecodable"):
        decode(data[:-1], "page")
    assert decode(data, "page") == PAGE.strip()


# ---------------------------------------------------------------- which files are pages


def test_ids_are_three_digits_or_the_stem(tmp_path):
    for name in ("007_abc.txt", "2024-report.txt", "页面.TXT"):
        write(tmp_path, name, PAGE)
    assert [document.id for document in load(tmp_path)] == ["007", "2024-report", "页面"]


@pytest.mark.parametrize(
    "name", ["README.txt", "readme.txt", "LICENSE.txt", "._page.txt", ".page.txt", "notes.md", "README"]
)
def test_what_lies_beside_the_pages_does_not_refuse_the_folder(tmp_path, name):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, name, b"\0\5\x16\7 Mac OS X")
    assert [document.id for document in load(tmp_path)] == ["page"]


def test_a_page_whose_name_begins_like_a_readme_is_a_page(tmp_path):
    write(tmp_path, "noticeboard.txt", PAGE)
    assert len(load(tmp_path)) == 1


def test_duplicate_ids(tmp_path):
    for name in ("001_a.txt", "001_b.txt"):
        write(tmp_path, name, PAGE)
    (problem,) = problems(tmp_path)
    assert problem == "001_a.txt, 001_b.txt: duplicate id '001'. Rename all but one of them."


def test_a_missing_folder_and_an_empty_one(tmp_path):
    assert (
        f"Give the folder that holds the pages' .txt or .html files, seen from {Path.cwd()}"
        in (problems(tmp_path / "nowhere")[0])
    )
    (problem,) = problems(tmp_path)
    assert "no .txt or .html file" in problem and problem.endswith("a PDF by `pdftotext -layout`.")


def test_a_folder_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{tmp_path}: Permission denied. Give the folder")


@pytest.mark.parametrize("name", ["sources.toml", "page.txt", "editions/page.toml"])
@pytest.mark.parametrize("what", ["folder", "broken link"])
def test_what_should_be_a_file_and_is_none_is_named(tmp_path, name, what):
    write(tmp_path, "good.txt", PAGE)
    if name != "page.txt":
        write(tmp_path, "page.txt", PAGE)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{path.name}: cannot be read: ") and "no folder, no broken link" in problem


# ---------------------------------------------------------------- cards


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[page\n", "sources.toml: broken TOML"),
        (
            "[other]\ntitle = 'x'\n",
            "card [other]: no file has this id, which is its name without .txt or .html",
        ),
        (
            "['page.txt']\ntitle = 'x'\n",
            "or the three digits it begins with. Mend the id, or remove the card.",
        ),
        ("[page]\ntitle = “x”\n", "Mend the file (straight quotes, saved as UTF-8) and load again."),
        (
            "[page]\npublished = '2024-05-06'\n",
            "got `str` - at `$.published`. Mend the line: a day is written",
        ),
        ("[page]\npublished = 2024-05-06T10:00:00\n", "got `datetime` - at `$.published`"),
        ("[page]\npublished = 1024-05-06\n", "`published` is 1024-05-06, no day from 1900 to 2100"),
        ("[page]\nplaces = 'Chengdu'\n", "Expected `array`, got `str` - at `$.places`"),
        ("page = 3\n", "card [page]: not a table"),
        ("[page]\nsha256 = 'abc'\n", "page.txt: changed"),
        (
            "[page]\npublisched = 2024-05-06\n",
            "own facts go into [ID.own]; the keys are name, file, title, ",
        ),
        (
            "[page]\ngenre = 'news'\n",
            "card [page]: Object contains unknown field `genre`. Mend the line: a day is written 2024-11-04,",
        ),
        ("[page]\ninferred = ['title']\n", "unknown field `inferred`"),
        (
            "[page]\nfile = 'gone.txt'\n",
            "card [page]: file = 'gone.txt' is not this page: page.txt. Mend the line",
        ),
        ("[page]\nfile = 3\n", "Expected `str`, got `int` - at `$.file`"),
    ],
)
def test_a_bad_card_is_named_with_its_fault(tmp_path, toml, words):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", toml)
    found = problems(tmp_path)
    assert any(words in problem for problem in found), found


def test_facts_of_ones_own_have_a_table_of_their_own(tmp_path, recwarn):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", "[page]\nname = 'A policy'\n[page.own]\ngenre = 'news'\nnumber = 3\n")
    document = load(tmp_path)["page"]
    assert document.card["own"] == {"genre": "news", "number": 3} and document.name == "A policy"
    assert not list(recwarn)


def test_all_faults_are_listed_at_once(tmp_path):
    write(tmp_path, "a.txt", b"")
    write(tmp_path, "b.txt", b"no Chinese")
    write(tmp_path, "good.txt", PAGE)
    write(tmp_path, "sources.toml", "[good]\npublished = 'May'\nplaces = 3\n[lost]\n")
    found = problems(tmp_path)
    assert [problem.split(":")[0] for problem in found] == ["sources.toml"] * 3 + ["a.txt", "b.txt"]


TOML = st.recursive(
    st.sampled_from(
        ["1", "nan", "true", '""', '"某"', "2024-05-06", "0001-01-01", "07:32:00", "1" + "0" * 30]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["line", "from", "to", "note"]), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(["title", "published", "sha256", "inferred", "region", "places", "own", "name"])


@given(st.dictionaries(KEYS, TOML, max_size=4))
def test_any_card_is_read_or_refused(tmp_path_factory, card):
    folder = tmp_path_factory.getbasetemp() / "any_card"
    write(folder, "page.txt", PAGE)
    write(folder, "sources.toml", "[page]\n" + "".join(f"{key} = {value}\n" for key, value in card.items()))
    try:
        document = load(folder)["page"]
    except SeedError as error:
        assert error.problems and all(": " in problem for problem in error.problems)
    else:
        assert isinstance(document.name, str) and isinstance(document.card["published"], datetime.date)


BROKEN = {
    "deep": f"a = {'[' * 5000}",
    "long number": f"a = {'9' * 5000}",
    "surrogate": "a = '\ud800'",
    "twice": "[page]\n" * 2,
    "zero": "\0",
    "no such day": "[page]\npublished = 2024-02-30\n",
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("name", ["sources.toml", "editions/page.toml"])
def test_a_broken_table_is_refused_by_its_name(tmp_path, what, name):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, name, BROKEN[what].encode("utf-8", "surrogatepass"))
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{Path(name).name}: broken TOML: ")
