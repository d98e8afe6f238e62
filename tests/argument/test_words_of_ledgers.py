"""What a reader has written beside a passage, held against it: places and denials in English, voices."""

import re

import generated
import nbreading
import pytest
from handtables import records

from chipnotes.files import SEEDS, read_data

LEDGERS = sorted((SEEDS / "ledgers").glob("*.tsv"))
# A place in English, and by which characters a passage can mean it; cities where the page says “our city”.
PLACES = {
    "Chengdu": "成都|成渝|蓉",
    "Chongqing": "重庆|渝|我市|刘忠",
    "Sichuan": "四川|川|省|皮亦鸣",
    "Shanghai": "上海|沪|全市|全国",
    "Yibin": "宜宾",
    "Wujin": "武进|我区",
    "Lingang": "临港",
    "Minhang": "闵行",
    "Changzhou": "常州",
    "Jiangsu": "江苏",
    "Shenzhen": "深圳",
    "Foshan": "佛山",
    "Mianyang": "绵阳",
}
REGIONS = {"四川": "Sichuan", "重庆": "Chongqing", "上海": "Shanghai", "常州": "Wujin"}


def strange(english, passage):
    """The places of a translation, notes in brackets left out, that its passage does not have.

    >>> strange("in Chengdu (Sichuan)", "在重庆"), strange("in Chongqing", "在重庆")
    (['Chengdu'], [])
    """
    told = re.sub(r"\([^)]*\)", "", english)
    return [
        place
        for place, words in PLACES.items()
        if re.search(rf"\b{place}\b", told) and not re.search(words, passage)
    ]


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_translation_names_no_place_that_its_passage_has_not(path):
    rows = [row for row in records(path.stem) if row.get("english") and row.get("quote")]
    wrong = {row["quote"]: strange(row["english"], row["quote"] + row.get("context", "")) for row in rows}
    assert {quote: places for quote, places in wrong.items() if places} == {}


# What a reader adds to a translation stands behind a semicolon, a colon or in brackets.
REMARK = re.compile(r"[;:(].*")
DENIES = re.compile(r"\b(?:not|no|neither|nor|never|none|without|nothing)\b|n't\b", re.IGNORECASE)


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_translation_denies_nothing_that_its_passage_does_not_deny(path):
    pairs = (("quote", "english"), ("later_quote", "later_english"), ("quote", "en"), ("quote", "title"))
    told = [(row.get(zh, ""), row.get(en, "")) for row in records(path.stem) for zh, en in pairs]
    denied = [(quote, english) for quote, english in told if DENIES.search(REMARK.sub("", english))]
    assert [pair for pair in denied if not re.search("[不无没未非缺]", pair[0])] == []


# A verb of the pages, and what its translation says; tables whose English is a sentence.
VERBS = {
    "成立|揭牌": "set up|found|establish|new|creat|form|open|inaugurat",
    "签": "sign",
    "上线": "on ?line",
    "增长": r"gr[eo]w|\+|ris|rose|increas",
    "下降": "fell|fall|down|decreas|drop",
    "启动": "start|launch|open|began",
}
WHOLE = ["passages", "commitments", "complementarity", "events", "shanghai_acts", "wording"]


@pytest.mark.parametrize("name", WHOLE)
def test_a_translation_has_the_verb_of_its_passage(name):
    told = [(row["quote"], row["english"]) for row in records(name) if row["english"]]
    pairs = [
        (quote, english, VERBS[verb]) for quote, english in told for verb in VERBS if re.search(verb, quote)
    ]
    assert [pair[:2] for pair in pairs if not re.search(pair[2], pair[1])] == [] and told


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_department_is_one_in_the_passage(path):
    for row in records(path.stem):
        english = REMARK.sub("", f"{row.get('english', '')} {row.get('value', '')} {row.get('label', '')}")
        if "quote" in row and re.search(r"\bdepartments?\b", english):
            assert re.search("厅|委|局|部门|办公室|皮亦鸣", row["quote"] + row.get("context", "")), row


@pytest.mark.parametrize("path", generated.notebooks(), ids=lambda path: path.stem)
def test_a_gloss_names_no_place_that_its_passage_has_not(path):
    for cell in nbreading.read(path).code:
        found = re.findall(r"""find\((["'])(.+?)\1\)""", cell.source)
        gloss = " ".join(re.findall(r'"([^"]*)"', cell.source.partition("gloss=")[2]))
        assert strange(gloss, " ".join(words for _, words in found)) == []


@pytest.fixture(scope="module")
def officials():
    """{a person: the place whose office he holds}, by the gazetteer."""
    people = read_data("gazetteer.tsv").query("type == 'person'")
    return {row.name: REGIONS[row.region] for row in people.itertuples(index=False)}


def paragraph(doc, row):
    at = doc.text.index(row["context"].replace("\\n", "\n") or row["quote"])
    return doc.text[doc.text.rfind("\n", 0, at) + 1 : doc.text.find("\n", at)]


def test_the_voice_of_a_passage_is_one_that_its_paragraph_names(corpus, officials):
    docs, seen = {doc.id: doc for doc in corpus}, 0
    for row in records("complementarity"):
        place = re.search(r"\bofficial of (\w+)", row["voice"])
        words = paragraph(docs[row["seed"]], row)
        named = {of for person, of in officials.items() if person in words}
        named |= {of for region, of in REGIONS.items() if re.match(rf"{region}[^,。]*负责人", words)}
        if place:
            assert named == {place[1]}, row["id"]
            seen += 1
        elif re.search("[\u4e00-\u9fff]", row["voice"]):
            assert row["voice"] in words, row["id"]
    assert seen > 5


def test_a_speaker_of_a_commitment_speaks_in_its_paragraph_or_before(corpus, officials):
    docs = {doc.id: doc for doc in corpus}
    for row in (row for row in records("commitments") if row["speaker"] in officials):
        text = docs[row["seed"]].text
        at = text.index(row["context"].replace("\\n", "\n") or row["quote"])
        before = text[:at] + paragraph(docs[row["seed"]], row)
        assert row["speaker"] in before, row["id"]
        others = [person for person in officials if person in paragraph(docs[row["seed"]], row)]
        assert not others or row["speaker"] in others, row["id"]
