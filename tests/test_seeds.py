"""Reading a folder: encodings, cards, inferred facts, and a clear error for each way a folder can be wrong."""

import datetime
import hashlib
import shutil
import tomllib

import pytest

import chipnotes as cn
from chipnotes.paths import SEEDS

PAGE = "芯片产业新政发布\n来源:某网 2024-05-06 10:00\n某市今日发布集成电路产业新政,支持企业研发。\n相关推荐\n别的新闻\n"
TEXT = "芯片产业新政发布\n某市今日发布集成电路产业新政,支持企业研发。\n"


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(folder, **options):
    with pytest.raises(cn.SeedError) as caught:
        cn.load(folder, **options)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_the_five_seeds_are_there_byte_for_byte():
    cards = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))
    assert sorted(cards) == ["000", "001", "002", "003", "004"]
    for card in cards.values():
        assert hashlib.sha256((SEEDS / card["file"]).read_bytes()).hexdigest() == card["sha256"]


def test_each_card_is_whole_and_dates_have_their_evidence(corpus):
    for document in corpus:
        card = document.card
        for key in ("title", "title_en", "publisher", "author", "places", "region", "script", "damage", "rights"):
            assert card[key], f"{document.id} lacks {key}"
        assert isinstance(card["published"], datetime.date)
        for key in ("published_evidence", "event_evidence", "crawled_evidence"):
            assert len(card[key]) > 20
        assert card["crawled_not_before"] >= card["published"]
        assert card.get("event", card["published"]) <= card["published"]
        assert document.text.startswith(card["title"] + "\n")
        assert "inferred" not in card


def test_corpus_is_reached_by_id_by_iteration_and_has_a_length(corpus):
    assert [document.id for document in corpus] == ["000", "001", "002", "003", "004"]
    assert len(corpus) == 5 and corpus["002"].id == "002"
    assert repr(corpus) == "Corpus of 5: 000, 001, 002, 003, 004"
    with pytest.raises(KeyError, match="'999'.*000, 001"):
        corpus["999"]


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        b"\xfe\xff" + PAGE.encode("utf-16-be"),
        PAGE.encode("gb18030"),
        PAGE.replace("\n", "\r\n").encode(),
        PAGE.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end", "gb18030", "crlf", "crlf gb18030"],
)
def test_encodings_and_line_ends_give_the_same_text(tmp_path, data):
    write(tmp_path, "page.txt", data)
    document = cn.load(tmp_path)["page"]
    assert document.text == TEXT
    assert document.card == {"title": "芯片产业新政发布", "published": datetime.date(2024, 5, 6), "inferred": ["title", "published"]}


def test_ids_are_three_digits_or_the_stem(tmp_path):
    for name in ("007_abc.txt", "2024-report.txt", "页面.txt"):
        write(tmp_path, name, PAGE)
    assert [document.id for document in cn.load(tmp_path)] == ["007", "2024-report", "页面"]


def test_a_card_outranks_what_the_page_says(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", '[page]\npublished = 2020-01-02\nregion = "某市"\n')
    card = cn.load(str(tmp_path))["page"].card
    assert card["published"] == datetime.date(2020, 1, 2) and card["inferred"] == ["title"]


def test_a_page_that_states_no_date_has_none(tmp_path):
    write(tmp_path, "page.txt", TEXT)
    assert "published" not in cn.load(tmp_path)["page"].card


def test_a_copied_seed_keeps_its_edition(tmp_path, corpus):
    path = next(SEEDS.glob("004_*.txt"))
    shutil.copy(path, tmp_path)
    assert cn.load(tmp_path)["004"].text == corpus["004"].text


def test_a_folder_may_bring_its_own_edition(tmp_path):
    write(tmp_path, "page.txt", "第二段在前,应当排在后面。\n第一段在后,应当排在前面。\n")
    entry = '[[paragraph]]\narticle = 1\nrole = "body"\npieces = [{{ line = {} }}]\n'
    write(tmp_path, "editions/page.toml", f'sha256 = "{hashlib.sha256((tmp_path / "page.txt").read_bytes()).hexdigest()}"\n' + entry.format(2) + entry.format(1))
    assert cn.load(tmp_path)["page"].text == "第一段在后,应当排在前面。\n第二段在前,应当排在后面。\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00\x01\x02\x03PNG", "binary data"),
        ("中文".encode() + b"\x07\x1b", "control character"),
        (PAGE.encode()[:40] + b"\xff" + PAGE.encode()[40:], "undecodable bytes ff"),
        (PAGE.encode("gb18030")[:20] + b"\xff\xff" + PAGE.encode("gb18030")[20:], "undecodable bytes d4 ff ff b4 at offset 19 (line 2), read as GB18030"),
        (PAGE.encode("utf-16") + b"\x00", "undecodable"),
        (b"only English here\n", "no Chinese character"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path, content, words):
    write(tmp_path, "bad.txt", content)
    (problem,) = problems(tmp_path)
    assert problem.startswith("bad.txt: ") and words in problem


def test_the_place_of_undecodable_bytes_is_given(tmp_path):
    write(tmp_path, "bad.txt", "第一行中文\n第二行".encode() + b"\xe4\xb8" + "中文中文\n".encode())
    (problem,) = problems(tmp_path)
    assert "offset 25" in problem and "line 2" in problem and "UTF-8" in problem


def test_a_missing_folder_and_an_empty_one(tmp_path):
    assert "no such folder" in problems(tmp_path / "nowhere")[0]
    assert "no .txt file" in problems(tmp_path)[0]


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[page\n", "sources.toml: broken TOML"),
        ("[other]\ntitle = 'x'\n", "card [other] has no file"),
        ("[page]\npublished = '2024-05-06'\n", "is not a TOML date"),
        ("[page]\npublished = 2024-05-06T10:00:00\n", "is not a TOML date"),
        ("page = 3\n", "card [page]: not a table"),
        ("[page]\nsha256 = 'abc'\n", "page.txt: changed"),
    ],
)
def test_a_bad_card_is_named_with_its_fault(tmp_path, toml, words):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", toml)
    assert any(words in problem for problem in problems(tmp_path))


def test_duplicate_ids(tmp_path):
    write(tmp_path, "001_a.txt", PAGE)
    write(tmp_path, "001_b.txt", PAGE)
    (problem,) = problems(tmp_path)
    assert "001_a.txt, 001_b.txt: duplicate id '001'" in problem


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("sha256 = ", "broken TOML"),
        ('sha256 = "abc"\n', "does not fit its file"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 99 }]\n", "no line 99"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'poem'\npieces = [{ line = 1 }]\n", "'poem' is not one of"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 1, from = '没有' }]\n", "does not hold '没有'"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 1 }, { line = 1 }]\n", "is used twice"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 1 }]\n", "line 2 of the page has no place"),
        ("SHA\n[[paragraph]]\narticle = 1\nrole = 'body'\n", "has no 'pieces'"),
        ("SHA\n[[repair]]\nraw = '没有'\ntext = 'x'\nplaces = [0]\nrule = 'repair'\nnote = ''\n", "does not stand just once"),
        ("SHA\n[[repair]]\nraw = '来源:某网'\ntext = 'xy'\nplaces = [0]\nrule = 'repair'\nnote = ''\n", "in order"),
        ("SHA\n[[repair]]\nraw = '来源:某网'\ntext = 'xy'\nplaces = [1, 0]\nrule = 'repair'\nnote = ''\n", "in order"),
        ("SHA\n[[drop]]\nline = 1\nrule = 'whim'\n", "rule 'whim' is not one of"),
    ],
)
def test_an_edition_that_does_not_fit_is_named_with_its_fault(tmp_path, toml, words):
    path = write(tmp_path, "page.txt", PAGE)
    sha = f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"'
    write(tmp_path, "editions/page.toml", toml.replace("SHA", sha))
    assert any(p.startswith(("editions/page.toml", "page.toml")) and words in p for p in problems(tmp_path))


def test_an_edition_without_a_page(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "editions/gone.toml", 'sha256 = ""\n')
    assert problems(tmp_path) == ["editions/gone.toml: an edition without a page. Add the page gone.txt or remove the edition."]


def test_all_faults_are_listed_at_once(tmp_path):
    write(tmp_path, "a.txt", b"")
    write(tmp_path, "b.txt", b"no Chinese")
    write(tmp_path, "good.txt", PAGE)
    write(tmp_path, "sources.toml", "[lost]\n")
    found = problems(tmp_path)
    assert len(found) == 3
    assert [p.split(":")[0] for p in found] == ["sources.toml", "a.txt", "b.txt"]


def test_a_changed_seed_is_an_error_unless_told_to_go_on(tmp_path, corpus):
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    path = next(folder.glob("002_*.txt"))
    path.write_text(path.read_text(encoding="utf-8").replace("20.8%", "28.0%"), encoding="utf-8")
    (problem,) = problems(folder)
    assert problem.startswith(path.name) and "changed" in problem and "verify=False" in problem
    with pytest.warns(UserWarning, match="sha256 differs"):
        changed = cn.load(folder, verify=False)
    assert "28.0%" in changed["002"].text and changed["000"].text == corpus["000"].text
