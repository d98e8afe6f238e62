"""Sentences and words: nothing lost between them, the same from both scripts, a tokenizer of one's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import ANY

from chipnotes.files import ROOT, read_data, read_tsv
from chipnotes.pages.document import clean
from chipnotes.pages.marks import simplify
from chipnotes.pages.words import sentences, split_sentences, tokens, words

FIXTURES = Path(__file__).parent / "fixtures"
WORDS = read_tsv(FIXTURES / "words.tsv")
SENTENCES = read_tsv(FIXTURES / "sentences.tsv")
MESSY = st.text(
    alphabet="。!?\uff01\uff1f…“”\"'()\uff08\uff09《》;,.的芯片aA1 \u3000\n@:/w\uff11%", max_size=120
)


def pieces(line):
    return [line[start:end] for start, end in split_sentences(line)]


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize("row", list(SENTENCES.itertuples(index=False)), ids=lambda row: row.what)
def test_where_a_sentence_ends(row):
    assert pieces(row.sentences.replace(" | ", "")) == [s.strip() for s in row.sentences.split(" | ")]


def once_each(spans, source):
    inside = [i for start, end in spans for i in range(start, end)]
    assert len(inside) == len(set(inside))
    assert {i for i, c in enumerate(source) if not c.isspace()} <= set(inside)
    assert all(source[start:end] == source[start:end].strip() != "" for start, end in spans)


def test_every_character_of_the_seeds_is_in_one_sentence(corpus):
    table = sentences(corpus)
    for doc in corpus:
        rows = table[table.seed == doc.id]
        once_each(list(zip(rows.start, rows.end)), doc.text)
        assert rows.sent.tolist() == list(range(1, len(rows) + 1))
        assert rows.surface.tolist() == [doc.text[start:end] for start, end in zip(rows.start, rows.end)]
        for row in rows.itertuples():
            home = doc.paragraphs[doc.paragraphs.para == row.para].iloc[0]
            assert home.start <= row.start < row.end <= home.end and (home.role, home.article) == (
                row.role,
                row.article,
            )


@given(MESSY | st.text(ANY))
def test_every_character_of_any_text_is_in_one_sentence(source):
    once_each(split_sentences(source), source)


def test_sentences_in_the_seeds_that_were_read_by_hand(corpus):
    found = sentences(corpus).surface.tolist()
    for sentence in (
        "关乎集成电路,上海再放大招!",
        "对于未来,我们希望在成渝两地电子信息产业协同发展的格局下,大家能够更有序的做事情,强调互补,互相辅助共同把电子信息产业做大。”",
        "副区长王斐参加调研。",
        '在电子信息产业方面,川渝两地同样有"大动作"。',
        '"川渝两地在电子信息领域关联程度较高、互补性较强,具备实现高质量协同发展的基础和条件。"',
        "四川省经济和信息化厅副厅长皮亦鸣说。",
        '2020年5月30日,中国电子科技集团有限公司与我市合作建设的联合微电子中心有限责任公司,在重庆向全球隆重发布"180纳米全套硅光工艺'
        'PDK(process design kit)"。',
    ):
        assert found.count(sentence) == 1, sentence


def test_one_document_and_none():
    doc = clean("标题在此\n\n芯片产业发展。很好。\n", id="x")
    assert sentences(doc).equals(sentences([doc])) and len(sentences(doc)) >= 2
    for function in (sentences, words):
        empty = function([])
        assert len(empty) == 0 and empty.dtypes.equals(function(doc).dtypes)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("case", WORDS.case.unique())
def test_both_scripts_give_the_same_words(case):
    rows = WORDS[WORDS.case == case]
    traditional, expected = "".join(rows.traditional), rows.token.tolist()
    assert traditional != "".join(expected)
    assert list(tokens(simplify(traditional))) == expected
    assert list(tokens("".join(expected))) == expected
    assert rows.en.str.len().min() > 0


def test_tokens_of_the_seeds_joined_are_their_text(corpus):
    table = words(corpus)
    for doc in corpus:
        rows = table[table.seed == doc.id]
        assert "".join(rows.surface) == doc.text
        assert rows.surface.tolist() == [doc.text[start:end] for start, end in zip(rows.start, rows.end)]
    assert not table[table.surface.isin([",", "。", "%", "\n", " ", "“", '"', "+"])].is_word.any()
    assert table[table.surface.isin(["集成电路", "20.8", "5G", "PDK", "川"])].is_word.all()


@given(MESSY | st.text(ANY))
def test_tokens_of_any_text_joined_are_the_text(source):
    assert "".join(tokens(source)) == source


@pytest.mark.parametrize(
    "written, whole",
    [
        ("产量11.84亿部", "11.84"),
        ("共3,000片", "3,000"),
        ("共3\uff0c000片", "3\uff0c000"),
        ("USB3.0接口", "USB3.0"),
        ("约\uff12\uff10家", "\uff12\uff10"),
    ],
)
def test_a_number_is_one_token(written, whole):
    assert whole in tokens(written)


def test_a_comma_between_numbers_is_not_a_thousands_mark():
    assert list(tokens("2019,2020")) == ["2019", ",", "2020"]


def test_lexicon_words_stay_whole_and_jieba_needs_them():
    lexicon = read_data("lexicon.tsv")
    assert (
        lexicon.word.is_unique
        and (lexicon.freq.astype(int) > 0).all()
        and (lexicon.reason.str.len() > 0).all()
    )
    split = {word: list(tokens(word)) for word in lexicon.word}
    assert {word: found for word, found in split.items() if found != [word]} == {}


def test_a_text_of_one_unit_is_cut_whole():
    """How cost grows with length is measured by benchmarks/fuzz.py."""
    for unit in ("a", "1", "(", "《", "“", "'", "a@", "a.", "1,234", "国", '。"', "www."):
        assert sum(end - start for start, end in split_sentences(unit * (30_000 // len(unit)))) > 29_990
    for unit in ("a", "1", "1,234", "芯"):
        assert sum(map(len, tokens(unit * (10_000 // len(unit))))) > 9_990


# ---------------------------------------------------------------- the tokenizer alone

# A new folder for compiled files makes jieba's be compiled again, which warns on Python 3.12 and later.
PROBE = """
import sys
from chipnotes.pages import words
sys.pycache_prefix = sys.argv[1]
print("|".join(words.tokens("硅光芯片流片")))
"""


def test_the_tokenizer_is_silent_and_reads_and_writes_nothing_in_shared_folders(tmp_path):
    """jieba would unmarshal what anyone put into the temporary folder."""
    for folder in ("tmp", "home"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tmp" / "jieba.cache").write_bytes(b"planted")
    others = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    env = others | {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-W", "always", "-c", PROBE, str(tmp_path / "compiled")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "硅光|芯片|流片\n", "")
    assert [path.read_bytes() for path in (tmp_path / "tmp").iterdir()] == [b"planted"]
    assert not [*(tmp_path / "home").rglob("*jieba*")]


def test_jieba_of_the_caller_is_left_alone():
    import jieba

    level = jieba.default_logger.level
    list(tokens("硅光"))
    assert not jieba.dt.initialized and "硅光" not in jieba.dt.FREQ and jieba.default_logger.level == level
