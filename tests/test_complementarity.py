"""The list of statements of complementarity quotes the pages and leaves none of their words out."""

import re

import pytest

import chipnotes as cn
from chipnotes.paths import read_data

TABLE = read_data("complementarity.tsv")
CUES = re.compile("互补|配套|梯次|互相辅助|一拥而上|红海|错位")
KINDS = {"none", "standing of one side", "size of both sides", "named firms", "case of a delivery", "firms that use a platform"}
KINDS |= {"rivalry", "rivalry before"}


def test_the_form_of_the_list():
    assert list(TABLE.columns) == ["seed", "quotation", "english", "voice", "field", "evidence", "kind"]
    assert set(TABLE.field) == {"chips", "electronics", "cars"} and set(TABLE.kind) == KINDS
    assert ((TABLE.evidence == "") == TABLE.kind.isin(["none", "rivalry"])).all()
    assert (TABLE[["english", "voice"]] != "").all(axis=None)


@pytest.mark.parametrize("seed", ["000", "001", "004"])
def test_every_such_word_of_the_page_is_in_one_statement(corpus, seed):
    spans = [cn.span(corpus, seed, row.quotation) for row in TABLE[TABLE.seed == seed].itertuples()]
    cues = list(CUES.finditer(corpus[seed].text))
    assert cues
    for cue in cues:
        assert sum(start <= cue.start() and cue.end() <= end for start, end in spans) == 1, cue


def test_the_evidence_stands_in_the_same_article(corpus):
    for row in TABLE[TABLE.evidence != ""].itertuples():
        paragraphs = corpus[row.seed].paragraphs
        places = [cn.span(corpus, row.seed, words)[0] for words in (row.quotation, row.evidence)]
        assert len({paragraphs[paragraphs.start <= at].article.iloc[-1] for at in places}) == 1
