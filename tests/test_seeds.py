"""Reading a folder: encodings, cards, inferred facts, and a clear error for each way a folder can be wrong."""

import datetime
import hashlib
import re
import shutil
import tomllib

import pytest

import chipnotes as cn
from chipnotes.paths import SEEDS, read_data

PAGE = "芯片产业新政发布\n来源:某网 2024-05-06 10:00\n某市今日发布集成电路产业新政,支持企业研发。\n相关推荐\n别的新闻\n"
TEXT = "芯片产业新政发布\n某市今日发布集成电路产业新政,支持企业研发。\n"


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_edition(folder, toml):
    """Writes the edition of page.txt."""
    sha256 = hashlib.sha256((folder / "page.txt").read_bytes()).hexdigest()
    write(folder, "editions/page.toml", f'sha256 = "{sha256}"\n{toml}')


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


def test_a_date_of_a_card_is_one_that_its_evidence_names(corpus):
    """On the page, in another publication, or the day of publication itself, if the evidence says so and names no other."""
    facts = {fact.id: " ".join(map(str, fact)) for fact in read_data("external_facts.tsv").itertuples()}
    for document in corpus:
        card = document.card
        for key, evidence in (("published", "published"), ("event", "event"), ("crawled_not_before", "crawled")):
            if key not in card:
                continue
            day, words = card[key], card[f"{evidence}_evidence"]
            written = [f"{day}", f"{day:%Y%m%d}", f"{day.month}月{day.day}日"]
            on_page = any(form in words and form in document.raw for form in written)
            elsewhere = any(f"{day}" in facts[fact] for fact in re.findall(r"\bx\d\d\b", words))
            hung = key != "published" and "publication" in words and not re.search("[0-9]月[0-9]+日", words)
            same_day = hung and day == card["published"]
            assert on_page or elsewhere or same_day, f"{document.id}: {key}"


def test_corpus_is_reached_by_id_by_iteration_and_has_a_length(corpus):
    assert [document.id for document in corpus] == ["000", "001", "002", "003", "004"]
    assert len(corpus) == 5 and corpus["002"].id == "002"
    assert repr(corpus) == "Corpus of 5: 000, 001, 002, 003, 004"
    assert repr(corpus["003"]).startswith("Document 003: '") and len(repr(corpus["003"])) < 100
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
        PAGE.replace("\n", "\r").encode(),
        PAGE.replace("\n", "\r").encode("utf-16"),
        PAGE.replace("\n", "\x85").encode(),
        PAGE.replace("\n", "\u2028").encode("gb18030"),
        PAGE.replace("\n", "\u2029").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end", "gb18030", "crlf", "crlf gb18030"]
    + ["cr", "cr utf-16", "next line", "line separator gb18030", "paragraph separator"],
)
def test_encodings_and_line_ends_give_the_same_text(tmp_path, data):
    write(tmp_path, "page.txt", data)
    document = cn.load(tmp_path)["page"]
    assert document.text == TEXT
    assert document.card == {
        "title": "芯片产业新政发布",
        "published": datetime.date(2024, 5, 6),
        "inferred": ["title", "published"],
    }


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


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_folder_may_bring_its_own_edition(tmp_path, end):
    """Which counts lines by whatever ends them."""
    write(tmp_path, "page.txt", f"第二段在前,应当排在后面。{end}第一段在后,应当排在前面。{end}")
    entry = '[[paragraph]]\narticle = 1\nrole = "body"\npieces = [{{ line = {} }}]\n'
    write_edition(tmp_path, entry.format(2) + entry.format(1))
    assert cn.load(tmp_path)["page"].text == "第一段在后,应当排在前面。\n第二段在前,应当排在后面。\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00\x01\x02\x03PNG", "binary data"),
        ("中文".encode() + b"\x07\x1b", "control character"),
        (PAGE.encode()[:40] + b"\xff" + PAGE.encode()[40:], "undecodable bytes ff"),
        (
            PAGE.encode("gb18030")[:20] + b"\xff\xff" + PAGE.encode("gb18030")[20:],
            "undecodable bytes d4 ff ff b4 at offset 19 (line 2), read as GB18030",
        ),
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
        ("[other]\ntitle = 'x'\n", "card [other] has no file; ids here: page."),
        ("[page]\npublished = '2024-05-06'\n", "is not a TOML date"),
        ("[page]\npublished = 2024-05-06T10:00:00\n", "is not a TOML date"),
        ("page = 3\n", "card [page]: not a table"),
        ("[page]\nsha256 = 'abc'\n", "page.txt: changed"),
        ("[page]\npublisched = 2024-05-06\n", "card [page]: no key 'publisched'. Write published"),
        ("[page]\nTitle = 'x'\n", "no key 'Title'. Write title"),
        ("[page]\nfile = 'gone.txt'\n", "card [page]: file = 'gone.txt' is not this page: its file is page.txt"),
        ("[page]\nfile = 'sources.toml'\n", "file = 'sources.toml' is not this page: its file is page.txt"),
        ("[page]\nfile = 3\n", "file = 3 is not this page"),
    ],
)
def test_a_bad_card_is_named_with_its_fault(tmp_path, toml, words):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", toml)
    assert any(words in problem for problem in problems(tmp_path))


def test_a_fact_of_ones_own_is_kept_with_a_warning(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write(
        tmp_path, "sources.toml", "[page]\ngenre = 'news'\ntitle_en = 'A policy'\ntitle_fr = 'Une politique'\nfile = 'page.txt'\n"
    )
    with pytest.warns(UserWarning, match="sources.toml: no key that is known here: genre, title_fr") as caught:
        card = cn.load(tmp_path)["page"].card
    assert len(caught) == 1 and caught[0].filename == __file__
    assert (card["genre"], card["title_fr"]) == ("news", "Une politique")


def test_the_projects_own_cards_have_no_unknown_key(recwarn):
    cn.load()
    assert not list(recwarn)


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


SPACE = "[[space]]\nline = {}\nto = '{} '\n"


@pytest.mark.parametrize(
    ("page", "space", "left"),
    [
        ("平台支持Chip\nSuite工具。\n", "", "平台支持Chip Suite工具。\n"),
        ("平台支持Chip \n Suite工具。\n", "", "平台支持Chip Suite工具。\n"),
        ("平台支持Chip \nSuite工具。\n", SPACE.format(1, "Chip"), "平台支持Chip Suite工具。\n"),
        ("发布平台 \n支持工具。\n", "", "发布平台支持工具。\n"),
        ("发布平台 \n支持工具。\n", SPACE.format(1, "平台"), "发布平台 支持工具。\n"),
        ("发布 平台\n支持工具。\n", SPACE.format(1, "发布"), "发布 平台支持工具。\n"),
        ("发布平台\n支持工具。 \n", SPACE.format(2, "。"), "发布平台支持工具。\n"),
    ],
)
def test_an_edition_joins_lines_with_the_spaces_that_it_keeps(tmp_path, page, space, left):
    """A line end between Latin words is a space; the apparatus keeps just what the text has."""
    write(tmp_path, "page.txt", page)
    entry = "[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 1 }, { line = 2 }]\n"
    write_edition(tmp_path, space + entry)
    document = cn.load(tmp_path)["page"]
    assert document.text == left
    kept = document.apparatus[document.apparatus.action != "drop"]
    assert (kept.end - kept.start).sum() == len(document.text)


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
    for path in SEEDS.iterdir():
        write(folder.parent, f"seeds/{path.name}", path.read_bytes())  # a copy would be read-only if the checkout is
    path = next(folder.glob("002_*.txt"))
    path.write_text(path.read_text(encoding="utf-8").replace("20.8%", "28.0%"), encoding="utf-8")
    (problem,) = problems(folder)
    assert problem.startswith(path.name) and "changed" in problem and "verify=False" in problem
    with pytest.warns(UserWarning, match="sha256 differs"):
        changed = cn.load(folder, verify=False)
    assert "28.0%" in changed["002"].text and changed["000"].text == corpus["000"].text
