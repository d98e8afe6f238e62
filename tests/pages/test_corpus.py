"""A corpus: reached by id, told apart by id, read page by page, and silent unless a page needs a look."""

import datetime
import pickle
import shutil
import tomllib
import warnings

import pytest
from making import PAGE, TEXT, problems, write, write_edition

from chipnotes.files import SEEDS
from chipnotes.pages.corpus import Corpus, documents, load, read_page
from chipnotes.pages.document import clean
from chipnotes.pages.seeds import SeedError
from chipnotes.pages.words import sentences, words


@pytest.fixture
def seeds(tmp_path):
    """A copy of the five seeds that may be written to."""
    for path in SEEDS.rglob("*.t[xo]*"):
        write(tmp_path / "seeds", path.relative_to(SEEDS), path.read_bytes())
    return tmp_path / "seeds"


# ---------------------------------------------------------------- the corpus


def test_a_corpus_is_reached_by_id_by_iteration_and_has_a_length(corpus):
    assert [document.id for document in corpus] == ["000", "001", "002", "003", "004"]
    assert len(corpus) == 5 and corpus["002"].id == "002" and corpus.folder == SEEDS
    assert repr(corpus) == "Corpus of 5: 000, 001, 002, 003, 004"
    with pytest.raises(KeyError, match="'999'.*000, 001"):
        corpus["999"]


def test_in_asks_for_an_id(corpus):
    assert "002" in corpus and "999" not in corpus and 2 not in corpus and ["002"] not in corpus


def test_two_documents_of_one_id_are_refused(corpus, tmp_path):
    """A page of one's own that begins with 001 must not take the place of a seed in silence."""
    write(tmp_path, "001_mine.txt", PAGE)
    with pytest.raises(
        ValueError, match="two documents have the id '001'; rename one's file or leave one out"
    ):
        Corpus([*corpus, *load(tmp_path)])


@pytest.mark.parametrize("wrong", ["002", None, 2, ["002"], {"002": 1}, {"002"}, [None]], ids=repr)
@pytest.mark.parametrize("function", [documents, sentences, words])
def test_what_is_no_corpus_is_named_with_its_remedy(function, wrong):
    with pytest.raises(
        TypeError, match=r'takes a corpus \(cn.load gives one\), .* not .*; for one page: corpus\["002"\]'
    ):
        function(wrong)


def test_a_corpus_is_made_of_documents():
    with pytest.raises(TypeError, match=r"a list of documents, not \['002'\]"):
        Corpus(["002"])


def test_a_corpus_a_page_and_a_list_of_pages_are_taken(corpus):
    page = corpus["002"]
    assert documents(page) == documents([page]) == documents(Corpus([page])) == [page]
    assert len(documents(corpus)) == 5


# ---------------------------------------------------------------- what a page says that no card does


def test_title_and_date_come_from_the_page_where_the_card_is_silent(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    document = load(tmp_path)["page"]
    published = datetime.date(2024, 5, 6)
    inferred = {"title": "芯片产业新政发布", "published": published, "inferred": ["title", "published"]}
    assert document.text == TEXT and document.card == inferred


def test_a_card_outranks_what_the_page_says(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "sources.toml", '[page]\npublished = 2020-01-02\nregion = "某市"\n')
    card = load(str(tmp_path))["page"].card
    assert card["published"] == datetime.date(2020, 1, 2) and card["inferred"] == ["title"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("来源:某网 2024年5月6日 10:00", (2024, 5, 6)),
        ("来源:某网 2024 年 5 月 6 日", (2024, 5, 6)),
        ("来源:某网 更新时间:2024-05-08 发布时间:2024-05-06", (2024, 5, 6)),
        ("发布日期:2024-05-06 印发日期:2024-04-30", (2024, 5, 6)),
        ("来源:某网 ２０２４-０５-０６", (2024, 5, 6)),
        ("来源:某网 2024-02-30 2024-05-06", (2024, 5, 6)),
    ],
)
def test_which_date_of_a_page_is_that_of_publication(tmp_path, line, day):
    write(tmp_path, "page.txt", PAGE.replace("来源:某网 2024-05-06 10:00", line))
    assert load(tmp_path)["page"].card["published"] == datetime.date(*day)


def test_the_date_under_a_signature_is_one_where_no_other_is_printed(tmp_path):
    signed = "芯片产业新政的通知\n" + TEXT + "某市经济和信息化局\n2024年5月6日\n"
    write(tmp_path, "signed.txt", signed)
    write(tmp_path, "later.txt", "发布日期:2024-05-08\n" + signed)
    corpus = load(tmp_path)
    assert [doc.card["published"].day for doc in (corpus["signed"], corpus["later"])] == [6, 8]


@pytest.mark.parametrize(
    "head",
    [
        "某市发布促进芯片产业高质量发展新政_要闻_某网\n某市发布促进芯片产业高质量发展新政",
        "某市发布促进芯片产业高质量发展新政\n原创 长三角半导体产业观察 长三角半导体产业观察室",
        "某市发布促进芯片产业高质量发展新政\n某市经济和信息化局",
        "某市发布促进芯片产业高质量发展新政\n某经信发〔2024〕5号",
    ],
)
def test_which_line_is_the_title(tmp_path, head):
    wrapped = [
        "新政给予芯片企业补助,支持设备更新,",
        "材料研发和重点项目建设,推动上下游合",
        "作,提高本地配套率,全年投入3亿元。",
        "",
    ]
    write(tmp_path, "page.txt", f"2024-05-06 来源:某网\n{head}\n\n" + "\n".join(3 * wrapped))
    assert load(tmp_path)["page"].card["title"] == "某市发布促进芯片产业高质量发展新政"


@pytest.mark.parametrize(
    "line", ["(2024年4月26日某市第十六届人民代表大会常务委员会通过)", "新华社某市5月6日电"]
)
def test_a_line_in_brackets_and_a_dateline_are_no_titles(tmp_path, line):
    body = "某市日前发布芯片产业新政,对首次流片的企业给予补助。\n"
    write(tmp_path, "page.txt", f"芯片新政发布\n2024-05-06 来源:某网\n{line}\n{body}{body}")
    assert load(tmp_path)["page"].card["title"] == "芯片新政发布"


# ---------------------------------------------------------------- warnings


def test_the_seeds_are_silent(recwarn):
    load()
    assert not list(recwarn)


def test_one_line_names_the_pages_to_look_at(tmp_path):
    write(tmp_path, "good.txt", PAGE)
    write(tmp_path, "nodate.txt", TEXT)
    write(tmp_path, "nothing.txt", "相关推荐\n")
    with pytest.warns(UserWarning) as caught:
        corpus = load(tmp_path)
    assert "published" not in corpus["nodate"].card and corpus["nothing"].text == ""
    (warning,) = caught
    assert str(warning.message) == "Pages to look at: empty: nothing; without a date: nodate, nothing"
    assert warning.filename == __file__


def test_a_file_that_looks_like_a_page_and_is_none_is_told(tmp_path):
    """Chrome saves a "single file" as .mhtml; pictures, notes, the PDF of a text lie in silence."""
    for name in ("b.pdf", "c.MHTML", "d.docx", "e.png", "good.pdf", "notes.md", ".hidden.pdf"):
        write(tmp_path, name, "x")
    write(tmp_path, "good.txt", PAGE)
    with pytest.warns(UserWarning) as caught:
        load(tmp_path)
    (warning,) = caught
    assert str(warning.message) == "Pages to look at: not read, save as .html or .txt: b.pdf, c.MHTML, d.docx"


def test_a_page_that_lost_much_inside_the_article_is_named(tmp_path):
    body = "某市今日发布集成电路产业新政,支持企业研发。\n"
    lost = "责任编辑:某人\n" * 3
    write(tmp_path, "page.txt", f"芯片产业新政发布\n{body}{lost}{body}")
    with pytest.warns(UserWarning, match="dropped inside the article, see doc.inside_drops: page"):
        document = load(tmp_path)["page"]
    assert len(document.inside_drops)


# ---------------------------------------------------------------- pages that are not what their cards say


def test_a_changed_seed_is_an_error_unless_told_to_go_on(seeds, corpus):
    """With verify=False what was made for the page as it was, its edition, is left out; the page is named."""
    for number in ("002", "003"):
        path = next(seeds.glob(f"{number}_*.txt"))
        write(seeds, path.name, path.read_bytes().replace(b"20.8%", b"28.0%") + "又一句。\n".encode())
    found = problems(seeds)
    assert [problem.split("_")[0] for problem in found] == ["002", "003"]
    assert all("changed" in problem and "verify=False" in problem for problem in found)
    with pytest.warns(UserWarning, match=r"sha256 differs\), so read without edition and ledgers: 002, 003$"):
        changed = load(seeds, verify=False)
    assert "28.0%" in changed["002"].text and changed["000"].text == corpus["000"].text
    assert changed["004"].text == corpus["004"].text, "an edition that fits is used"
    assert "repair" not in set(changed["003"].apparatus.rule)


def test_a_copied_seed_is_read_by_the_rules_alone(tmp_path, corpus):
    """Nothing in the package knows a seed by name or bytes: a folder's editions are its own."""
    path = next(SEEDS.glob("004_*.txt"))
    shutil.copy(path, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert load(tmp_path)["004"].text != corpus["004"].text
    write(tmp_path, "editions/004.toml", (SEEDS / "editions" / "004.toml").read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert load(tmp_path)["004"].text == corpus["004"].text


def test_damaged_seeds_are_read_or_refused(tmp_path):
    """Each seed with a tenth of its bytes gone, at ten places."""
    for path in sorted(SEEDS.glob("*.txt")):
        data = path.read_bytes()
        for part in range(10):
            cut = len(data) * part // 10
            page = write(tmp_path, "page.txt", data[:cut] + data[cut + len(data) // 10 :])
            try:
                document = read_page(page, {}, tmp_path / "editions" / "page.toml")
            except SeedError as error:
                assert "undecodable" in str(error)
            else:
                assert "".join(words(document).surface) == document.text


# ---------------------------------------------------------------- one page alone


def test_reading_one_page_is_a_function_that_can_be_sent_elsewhere(corpus):
    cards = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))
    for number, card in cards.items():
        job = (read_page, (SEEDS / card["file"], card, SEEDS / "editions" / f"{number}.toml"))
        function, arguments = pickle.loads(pickle.dumps(job))
        document = pickle.loads(pickle.dumps(function(*arguments)))
        assert document.text == corpus[number].text and document.card == card
        assert (document.origin == corpus[number].origin).all()


def test_faults_can_be_sent_back(tmp_path):
    error = pickle.loads(pickle.dumps(SeedError("a.txt: one.", "b.txt: two.")))
    assert error.problems == ["a.txt: one.", "b.txt: two."] and str(error) == "a.txt: one.\nb.txt: two."


def test_a_card_is_not_changed_by_reading(tmp_path):
    page = write(tmp_path, "page.txt", PAGE)
    card = {"region": "某市"}
    document = read_page(page, card, tmp_path / "none.toml")
    assert card == {"region": "某市"} and document.folder == tmp_path and document.card["title"]
    assert document.paragraphs.equals(clean(PAGE).paragraphs)


def test_an_edition_needs_its_page_and_its_page_alone(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write_edition(tmp_path, "")
    assert load(tmp_path)["page"].text == TEXT
    write(tmp_path, "page.txt", PAGE + "又一句。\n")
    assert "it is for sha256" in problems(tmp_path)[0]
    assert "又一句" in load(tmp_path, verify=False)["page"].raw
