"""The hand ledger of notebook 06: each tie is on its page, under the name it says, and no organisation of the pages is missing."""

import pytest

import chipnotes as cn
from chipnotes.actors import actors
from chipnotes.paths import read_data

TIES, AGREEMENTS = read_data("ties.tsv"), read_data("agreements.tsv")
PAGES = ["000", "001", "004"]
ORGANISATIONS = ["government", "association", "company", "university", "institute"]
STRENGTHS = {"named signatory", "named participant", "named beneficiary", "mentioned only"}


@pytest.fixture(scope="module")
def mentions(corpus):
    return actors([corpus[seed] for seed in PAGES])


def test_every_quotation_is_on_its_page(corpus):
    for table in (TIES, AGREEMENTS):
        assert set(table.seed) <= set(PAGES)
        for row in table.itertuples():
            cn.span(corpus, row.seed, row.quotation)
            assert row.left_open in corpus[row.seed].text


def test_every_actor_is_named_in_its_quotation_as_the_ledger_says(corpus, mentions):
    for row in TIES.itertuples():
        start, end = cn.span(corpus, row.seed, row.quotation)
        here = mentions[(mentions.seed == row.seed) & (mentions.start >= start) & (mentions.end <= end)]
        names = set(here[here.surface == row.named_as].name)
        assert names, f"{row.actor}: no mention {row.named_as} in {row.quotation}"
        assert row.naming == "collective" or row.actor in names, f"{row.named_as} is {names}, not {row.actor}"


def test_values_are_of_the_form():
    english = dict(read_data("glossary.tsv")[["zh", "en"]].itertuples(index=False))
    assert (TIES.en == TIES.actor.map(english)).all()
    assert set(TIES.strength) == STRENGTHS and set(TIES.naming) == {"own", "collective"}
    assert set(TIES.side) == {"四川", "重庆", "both", "other"}
    assert not TIES.duplicated(["agreement", "actor"]).any() and not AGREEMENTS.duplicated("agreement").any()


def test_ties_and_agreements_know_each_other():
    known = AGREEMENTS.set_index("agreement")
    tied = TIES[TIES.agreement != ""]
    assert set(tied.agreement) <= set(known.index)
    assert (tied.level == tied.agreement.map(known.level)).all() and (tied.left_open == tied.agreement.map(known.left_open)).all()
    assert (TIES[TIES.agreement == ""].strength == "mentioned only").all()
    assert all(row.zh in row.quotation for row in AGREEMENTS.itertuples())


def test_no_organisation_of_the_pages_is_missing(mentions):
    on_page = set(mentions[mentions.type.isin(ORGANISATIONS)].name)
    resolved = {"川渝两地经信部门"}  # stands in the ledger as its two members
    assert on_page - set(TIES.actor) - resolved == set()


def test_two_bodies_signed_in_2023_and_one_pair_is_not_of_both_sides():
    sides = TIES[TIES.strength == "named signatory"].groupby("agreement").side.agg(sorted)
    assert sides["chips"] == ["四川", "重庆"] and sides["datu"] == ["other", "四川"]
