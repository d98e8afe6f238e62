"""The crosswalk of agreements and the ties: who signed what with whom, and in which count it stands."""

import re

import pytest
from handtables import CHUANYU, LEVELS, STATUS, cells, find, outside, records, table

import chipnotes as cn
from chipnotes.files import read_data


@pytest.fixture(scope="module")
def pages():
    return cn.load()


# ------------------------------------------------------------------------------- agreements and ties


def test_the_crosswalk_of_agreements():
    ledger = table("agreements")
    assert set(ledger.status_on_page) <= STATUS and set(ledger.level) <= LEVELS
    assert set(ledger.signed_on_page) == {"yes", "no"}
    assert ((ledger.signed_on_page == "yes") == (ledger.status_on_page == "signed")).all()
    assert set(ledger.part_of) - {""} <= set(ledger.id) and (ledger.part_of != ledger.id).all()
    assert ((ledger.date == "") == (ledger.date_source == "")).all()
    assert set(ledger.date_source) - {"", "page"} <= outside()
    assert (ledger.counts != "").all()
    for row in ledger.itertuples():
        assert int(row.parties_named_count) == len(cells(row.parties_named)), row.id


def test_what_a_row_says_is_told_or_left_open_stands_on_its_page(pages):
    for row in records("agreements"):
        assert row["parties_told"] in pages[row["seed"]].text and row["left_open"] in pages[row["seed"]].text
        words = {"signing": "签", "draft": "送审稿", "launch": "启动", "agreed": "达成", "intention": "意向"}
        assert words.get(row["act"], "") in row["quote"], row["id"]


def test_the_counts_of_the_first_edition_are_all_in_the_crosswalk():
    """Six and seven of notebook 02, eight and six of 06, ten of 04 are cuts of one list."""
    tags = table("agreements").earlier_counts.str.split()
    assert {tag: sum(tag in row for row in tags) for tag in ("02:6", "02:7", "06:8", "06:6", "04:10")} == {
        "02:6": 6,
        "02:7": 7,
        "06:8": 8,
        "06:6": 6,
        "04:10": 10,
    }
    ledger = table("agreements")
    whole = ledger[(ledger.signed_on_page == "yes") & (ledger.part_of == "")]
    assert set(whole.id) == set(ledger[tags.map(lambda row: "02:6" in row)].id)


def test_commitments_ties_and_agreements_know_each_other():
    agreements, ties = table("agreements").set_index("id"), table("ties")
    assert set(table("commitments").agreement) - {""} <= set(agreements.index)
    results = {id for told in agreements.result_told for id in re.findall(r"\bc\d+\b", told)}
    assert results <= set(table("commitments").id)
    for row in ties[ties.agreement != ""].itertuples():
        whole = agreements.loc[row.agreement]
        assert (row.level, row.left_open) == (whole.level, whole.left_open), row.actor
    for id, row in agreements[agreements.seed.isin(CHUANYU)].iterrows():
        here = ties[(ties.agreement == id) & (ties.naming == "own")]
        assert set(cells(row.parties_named)) <= set(here.actor), id
        if row.signed_on_page == "yes":
            assert set(here[here.strength == "named signatory"].actor) == set(cells(row.parties_named)), id


def test_the_values_of_ties():
    ties = table("ties")
    known = {
        "named signatory",
        "named participant",
        "named beneficiary",
        "speaks at it",
        "founded",
        "mentioned only",
    }
    assert set(ties.strength) == known and set(ties.naming) == {"own", "collective"}
    assert set(ties.side) == {"四川", "重庆", "both", "other", "open"}
    assert not ties.duplicated(["agreement", "actor"]).any()
    assert (ties[ties.agreement == ""].strength == "mentioned only").all()
    assert all(row.named_as in row.quote for row in ties.itertuples())
    english = dict(read_data("glossary.tsv")[["zh", "en"]].itertuples(index=False))
    assert (ties.en == ties.actor.map(english)).all()


def test_two_bodies_signed_in_2023_and_one_pair_is_not_of_both_sides():
    ties = table("ties")
    sides = ties[ties.strength == "named signatory"].groupby("agreement").side.agg(sorted)
    assert sides["chips"] == ["四川", "重庆"] and sides["datu"] == ["other", "四川"]
    agreements = table("agreements").set_index("id")
    assert agreements.sides["datu"] == "深圳–四川"
    # on chips no department signs: by hand from lines 3 and 11 of page 000
    chips = agreements[(agreements.topic == "chips") & (agreements.signed_on_page == "yes")]
    assert list(chips.level) == ["associations"]


def test_a_tie_is_of_the_body_that_its_words_name(pages):
    """The canonical name is that of the words; two bodies exchanged would be seen."""
    mentions = cn.actors(pages)
    for row in records("ties"):
        span = find(pages, row)
        inside = (mentions.seed == row["seed"]) & (mentions.start >= span.start) & (mentions.end <= span.end)
        names = set(mentions[inside & (mentions.surface == row["named_as"])].name)
        assert names and (row["naming"] == "collective" or row["actor"] in names), (row["actor"], names)


def test_no_organisation_of_the_pages_is_missing(pages):
    mentions = cn.actors([pages[seed] for seed in CHUANYU])
    kinds = ["government", "association", "company", "university", "institute"]
    missing = set(mentions[mentions.type.isin(kinds)].name) - set(table("ties").actor)
    # stands in the ledger as its two members
    assert missing == {"川渝两地经信部门"}
