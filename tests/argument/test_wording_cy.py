"""Complementarity, wording, 2020 against 2023, announcements and cast quote the pages whole."""

import re

import pytest
from handtables import CHUANYU, STATUS, cells, find, outside, records, table

import chipnotes as cn
from chipnotes.files import read_data

CUES = re.compile("互补|配套|梯次|互相辅助|一拥而上|红海|错位")


@pytest.fixture(scope="module")
def pages():
    return cn.load()


def place(pages, seed, at):
    """Article and paragraph of an offset."""
    paragraphs = pages[seed].paragraphs
    row = paragraphs[paragraphs.start <= at].iloc[-1]
    return row.article, row.para


# ---------------------------------------------------------------------------------- complementarity


def test_the_values_of_complementarity():
    ledger = table("complementarity")
    claims = {"asserted", "echoed", "called_for", "principle", "topic", "crowding", "deficit", "instance"}
    assert set(ledger.claim) == claims and set(ledger.field) == {"chips", "electronics", "cars", "science"}
    for row in ledger.itertuples():
        assert cells(row.word) == list(dict.fromkeys(CUES.findall(row.quote))), row.id
    # one assertion, one echo: by hand from lines 23 and 75 of page 004
    assert list(ledger[ledger.claim.isin(["asserted", "echoed"])].seed) == ["004", "004"]
    assert (ledger[ledger.claim == "crowding"].speaker_stake != "").all()


@pytest.mark.parametrize("seed", CHUANYU)
def test_every_such_word_of_the_page_is_in_one_statement(pages, seed):
    spans = [find(pages, row) for row in records("complementarity") if row["seed"] == seed]
    cues = list(CUES.finditer(pages[seed].text))
    assert cues
    for cue in cues:
        assert sum(span.start <= cue.start() and cue.end() <= span.end for span in spans) == 1, cue


def test_one_window_of_evidence_for_every_row(pages):
    """All evidence stands in the article; what stands in the paragraph is evidence of the article too."""
    for row in records("complementarity"):
        article, paragraph = place(pages, row["seed"], find(pages, row).start)
        for words in cells(row["evidence_article"]):
            at = pages[row["seed"]].find(words).start
            assert place(pages, row["seed"], at)[0] == article, words
            near = place(pages, row["seed"], at)[1] == paragraph
            assert (words in cells(row["evidence_paragraph"])) == near, (row["id"], words)
        assert set(cells(row["evidence_paragraph"])) <= set(cells(row["evidence_article"]))


# -------------------------------------------------------------------------- wording, years, announcements


def test_wording_that_travelled(pages):
    for row in records("wording"):
        assert row["change"] in {"kept", "changed", "dropped", "earlier outside"}
        assert (
            (row["change"] in {"kept", "changed"})
            == (row["later_quote"] != "")
            == (row["later_english"] != "")
        )
        if row["later_quote"]:
            find(pages, row, "later_quote", "later_context", "later_seed")
            assert (row["later_quote"] == row["quote"]) == (row["change"] == "kept")
            assert row["change"] != "kept" or row["later_english"] == row["english"], row["id"]
        if row["change"] == "dropped":
            assert row["quote"] not in pages["004"].text
        if row["change"] == "earlier outside":
            assert row["outside"] in outside()


def test_the_sentence_of_the_summit_is_told_whole(pages):
    """The segments in their order are the sentence on both pages, commas apart."""
    chain = [row for row in records("wording") if row["chain"] == "ecosystem"]
    for seed, quote in (("001", "quote"), ("004", "later_quote")):
        words = [row[quote] for row in chain if row[quote]]
        told = pages[seed].find(words[0]).sentence.text.strip("。\n")
        assert told.replace(",", "") == "".join(words)
    assert [row["change"] for row in chain].count("dropped") == 2


def test_2020_against_2023(pages):
    ledger = table("chip_years")
    assert (ledger.groupby("aspect").year.agg(list).map(tuple) == ("2020", "2023")).all()
    assert (ledger.seed == ledger.year.map({"2020": "001", "2023": "000"})).all()
    for row in ledger.itertuples():
        assert not any(words in pages[row.seed].text for words in cells(row.words_absent)), row.id
    (other,) = ledger[(ledger.aspect == "the other year") & (ledger.year == "2023")].words_absent
    assert {"2020", "宜宾", "双城经济圈"} <= set(cells(other))


def test_announcements_say_how_firm_they_are(pages):
    chain = set(table("codes").value_chain)
    for row in records("announcements"):
        assert (
            row["legal_status"] in STATUS | {"issued"}
            and row["value_chain"] in chain
            and row["status_reason"]
        )
        text = pages[row["seed"]].text
        parts = [
            *cells(row["rivals"]),
            row["when_words"] if ";" not in row["when_words"] else "",
            row["amount"],
        ]
        assert all(words in text for words in parts), row["id"]
        if row["when"]:
            assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["when"]) and row["when_words"]
    named = table("announcements").set_index("id")
    rivals = pages["004"].find("英特尔、比利时IMEC、新加坡AMF、格芯半导体等行业巨头").text
    assert "、".join(cells(named.rivals["004-pdk"])) + "等行业巨头" == rivals


def test_the_cast_has_the_names_of_the_glossary(pages):
    english = dict(read_data("glossary.tsv")[["zh", "en"]].itertuples(index=False))
    for row in records("cast"):
        assert row["kind"] in {"body", "person"}
        assert row["name_en"] == english[row["name_zh"]]
    assert set(table("cast").seed) == {"000", "001", "002", "003", "004"}
