"""Outside facts, codes of the readers, and the ledgers on Shanghai and Wujin: form and place of each row."""

import hashlib
import math
import re
import tomllib

import pytest

from chipnotes.facts.codes import quasi_sentences
from chipnotes.files import DATA, SEEDS, read_tsv


def ledger(name):
    """One of the ledgers beside the seeds."""
    return read_tsv(SEEDS / "ledgers" / f"{name}.tsv")


def told(row):
    """The passages of a row that lists several."""
    return row.told_in.split(" | ")


# ---------------------------------------------------------------- outside facts

FACTS = ledger("external_facts")
SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
NUMBER = re.compile(
    r"(?<![\d-])(\d+(?:,\d{3})*(?:\.\d+)?)(?: ?(million|billion|trillion|万亿|万|亿))?(?!-?\d)"
)
# A copy on a site that only copies, or of unknown kind, may be wrong in a way that nobody answers for.
WEAK = {"mirror", "unknown"}


def said(statement):
    """The numbers that a statement says, scale words multiplied out."""
    found = NUMBER.findall(statement)
    return [float(number.replace(",", "")) * SCALES.get(scale, 1) for number, scale in found]


def unsupported(facts):
    """Ids of the facts on which alone a finding may not rest."""
    kind, address = (dict(zip(facts.id, facts[column])) for column in ("copy", "address"))
    others = {
        row.id: [x for x in row.supported_by.split() if kind[x] not in WEAK and address[x] != row.address]
        for row in facts.itertuples()
    }
    return {row.id for row in facts.itertuples() if row.copy in WEAK and not others[row.id]}


@pytest.mark.parametrize("row", list(FACTS.itertuples()), ids=lambda row: row.id)
def test_a_value_is_said_by_its_statement(row):
    assert bool(row.value) == bool(row.unit)
    if row.value:
        assert any(math.isclose(float(row.value), number) for number in said(row.statement))


@pytest.mark.parametrize("row", list(FACTS.itertuples()), ids=lambda row: row.id)
def test_a_fact_has_its_form(row, corpus):
    assert all(corpus[seed] for seed in row.seed.split(",") if seed) and row.about and row.statement
    assert row.seed or row.about.startswith("context: ")
    assert row.relation in ("annotates", "confirms", "contradicts", "supplies")
    assert re.fullmatch(r"|\d{4}(-\d\d){0,2}", row.source_date) and re.match(r"https?://\w", row.address)
    assert row.publisher and row.copy in ("own page", "reprint", "report", "mirror", "unknown")


def test_facts_are_numbered_without_a_gap():
    assert list(FACTS.id) == [f"x{number:02d}" for number in range(1, len(FACTS) + 1)]


def test_a_mirror_alone_carries_nothing():
    assert set(FACTS[FACTS.carries == "no"].id) == unsupported(FACTS)
    assert set(FACTS.carries) == {"yes", "no"}
    for row in FACTS.itertuples():
        assert set(row.supported_by.split()) <= set(FACTS.id) - {row.id}


def test_a_copy_at_the_same_address_supports_nothing():
    lone = FACTS[FACTS.id.isin(["x42", "x43"])].assign(supported_by=["x43", "x42"])
    assert unsupported(lone) == {"x42", "x43"}
    own = lone.assign(copy=["mirror", "own page"])
    assert unsupported(own) == set()
    assert unsupported(own.assign(address="http://a.cn")) == {"x42"}


def test_the_reader_of_statements():
    assert said(
        "caps of 300,000 and 1.5 million; 2.49亿台, +2.9 %, 1.03万亿元; on 2024-11-04"
    ) == pytest.approx([3e5, 1.5e6, 2.49e8, 2.9, 1.03e12])


# ---------------------------------------------------------------- codes

CODES = ledger("codes")
BY = {coder: CODES[CODES.coder == coder].reset_index(drop=True) for coder in ("A", "B", "agreed")}
BOOK = tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))
DIMENSIONS = ("side", "instrument", "value_chain", "firmness", "chips")
AT = ["seed", "start", "end"]


@pytest.mark.parametrize("coder", BY)
def test_each_coder_codes_every_unit_at_its_place(coder, corpus):
    units = quasi_sentences(corpus).astype({"start": str, "end": str})
    assert BY[coder][AT].values.tolist() == units[AT].values.tolist()
    assert list(BY[coder].quotation) == list(units.surface)


def test_no_one_else_codes():
    assert set(CODES.coder) == set(BY)


@pytest.mark.parametrize("coder", BY)
def test_codes_obey_the_book(coder):
    codes = BY[coder]
    for dimension in DIMENSIONS:
        assert set(codes[dimension]) <= set(BOOK[dimension])
    assert set(codes.second) <= set(BOOK["instrument"]) - {"none"} | {""}
    assert set(codes.self_reliance) <= {"yes", "no", ""}
    assert list(codes.side) == [BOOK["instrument"][code]["side"] for code in codes.instrument]
    assert ((codes.instrument == "none") == (codes.firmness == "none")).all()
    assert not ((codes.instrument == "none") & (codes.second != "")).any()
    assert (codes.second != codes.instrument).all()


def test_blind_codes_are_frozen():
    """What is decided later belongs to coder agreed; self_reliance was coded apart and may still come in."""
    columns = ["seed", "start", "end", "coder", "side", "instrument", "second", *DIMENSIONS[2:], "reason"]
    blind = CODES[CODES.coder != "agreed"][columns]
    digest = hashlib.sha256("\n".join("\t".join(row) for row in blind.values).encode()).hexdigest()
    assert digest == "5109dd9b23e4603477c82189138033e0817d358811a5054e8e5d94004d50e182"


def test_the_blind_codes_of_a_are_those_before_any_comparison():
    """Two units were once changed to the rule's reading; what was blind is kept, what holds is agreed."""
    for start in ("3480", "3540"):
        units = CODES[(CODES.seed == "004") & (CODES.start == start)].set_index("coder")
        assert tuple(units.firmness[["A", "agreed"]]) == ("framework", "exhortation")


def test_what_is_agreed_has_a_reason_wherever_readers_differ_or_both_are_changed():
    a, b, agreed = (BY[coder][list(DIMENSIONS)] for coder in ("A", "B", "agreed"))
    disputed = ((a != b) | (a != agreed)).any(axis=1)
    assert (BY["agreed"].reason[disputed] != "").all() and disputed.sum() >= 40
    both = ((a == b) & (a != agreed)).any(axis=1)
    assert BY["agreed"].reason[both].str.startswith("Changes both").all() and both.any()
    # a code that neither reader gave is one that changes both
    neither = ((agreed != a) & (agreed != b)).any(axis=1)
    assert not (neither & ~both).any()


def test_every_reason_of_a_is_about_its_unit():
    assert (BY["A"].reason.str.len() >= 7).all()
    for n, row in enumerate(BY["A"].itertuples()):
        near = "".join(BY["A"].quotation[max(0, n - 1) : n + 2])
        for quote in re.findall(r"[\u4e00-\u9fff]{2,}", row.reason):
            assert quote in near, (row.seed, row.start, quote)


def test_what_an_agreed_speech_announces_is_an_exhortation(corpus):
    """The book's rule on speech, for every unit behind a verb of speaking in its paragraph."""
    for row in BY["agreed"].query("firmness in ['framework', 'mechanism', 'resource']").itertuples():
        paragraphs, start = corpus[row.seed].paragraphs, int(row.start)
        begins = paragraphs[(paragraphs.start <= start) & (paragraphs.end > start)].start.item()
        before = corpus[row.seed].text[begins : int(row.end)]
        if re.search("表示|指出|强调|认为|介绍|希望|期待|[^据]说", before):
            why = row.reason + BY["A"].query("seed == @row.seed and start == @row.start").reason.item()
            assert re.search(r"\b(agreed|drafts?|year at the head)\b", why), (row.seed, row.start)


def test_what_is_told_again_is_told_elsewhere_on_its_page():
    agreed = BY["agreed"]
    tells = dict(zip(agreed.seed + ":" + agreed.start, agreed.same_as))
    again = {key: first for key, first in tells.items() if first}
    assert again and all(first in tells and not tells[first] for first in again.values())
    assert all(key[:3] == first[:3] and key != first for key, first in again.items())
    # the college that the Shanghai page opens three times
    assert again["002:994"] == again["002:1297"] == "002:1123"
    assert not BY["A"].same_as.any() and not BY["B"].same_as.any()


def test_the_units_that_stand_as_examples_are_listed():
    entries = [entry for d in BOOK.values() for entry in d.values() if isinstance(entry, dict)]
    shown = {s for e in entries for key in ("examples", "counter_examples") for s in e.get(key, [])}
    a = BY["A"]
    standing = list((a.seed + ":" + a.start)[a.quotation.isin(shown)])
    assert BOOK["example_units"]["pages"] == standing


# ---------------------------------------------------------------- Shanghai and Wujin


@pytest.mark.parametrize(
    "name", ["shanghai_pipeline", "shanghai_acts", "shanghai_places", "shanghai_rates", "naming"]
)
def test_every_quotation_stands_where_its_row_says(name, corpus):
    table = ledger(name)
    assert len(table)
    for row in table.itertuples():
        if row.quote:
            assert corpus[row.seed].find(row.quote, context=row.context).text == row.quote
        else:
            assert row.facts and not row.seed
    for row in table.itertuples() if "told_in" in table else ():
        assert all(corpus[row.seed].find(passage) for passage in told(row))
        assert any(row.quote in passage for passage in told(row))
    for row in table.itertuples() if "facts" in table else ():
        assert set(row.facts.split()) <= set(FACTS.id)


def test_the_pipeline_has_a_row_for_each_thing():
    pipeline = ledger("shanghai_pipeline")
    assert set(pipeline.level) <= {
        "vocational",
        "undergraduate",
        "postgraduate",
        "level not told",
        "people at work",
    }
    assert set(pipeline.stage) <= {"draft", "applied for", "approved", "in being"}
    assert not pipeline.duplicated(["who", "measure"]).any() and pipeline.note.all()
    assert pipeline.set_index("measure").chips[["AI+ micro-major", "award, eight fields"]].tolist() == [
        "no",
        "general",
    ]
    # what is told again in the codes is one row here
    again = BY["agreed"].query("seed == '002' and instrument == 'talent' and same_as != ''").quotation
    passages = [p for row in pipeline.itertuples() for p in told(row)]
    assert len(again) == 2 and all(sum(p in unit for p in passages) == 1 for unit in again)
    assert (pipeline.told_in.str.count(" \\| ") > 0).sum() == 1


def test_the_acts_are_of_known_kinds_and_one_row_each():
    acts = ledger("shanghai_acts")
    assert set(acts.legal_status) <= {"speech", "reported", "draft", "signed", "in_place", "issued"}
    assert set(acts.chips) <= {"alone", "among others", "not named"}
    assert acts.act.is_unique and acts.quote.is_unique and acts.why.all() and acts.english.all()
    policies = acts[acts.new_policy == "yes"]
    # only a city body can issue a new policy of the city, and what is a draft is not issued
    assert (policies.actor == "city body").all() and (policies.legal_status == "issued").all()
    assert set(acts[acts.new_policy == "draft"].legal_status) == {"draft"}
    assert set(acts.new_policy) <= {"yes", "draft", "no"}


def test_every_measure_of_the_shanghai_page_is_an_act(corpus):
    """Each agreed unit with an instrument holds a passage of an act, or goes on about the one before it."""
    acts = [(p, row.act) for row in ledger("shanghai_acts").itertuples() for p in told(row)]
    spans = [corpus["002"].find(passage) for passage, _ in acts]
    units = BY["agreed"].query("seed == '002' and instrument != 'none'")
    held = {
        u.start for u in units.itertuples() for s in spans if s.start < int(u.end) and int(u.start) < s.end
    }
    rest = set(units.start) - held
    # clauses of the plan, of the draft, a hope that goes on, and the heading over the park
    assert rest == {"159", "194", "245", "293", "1489", "1650", "1699", "1721", "1788", "1805"}


def test_two_places_of_like_name_share_no_number():
    places = ledger("shanghai_places").query("number != ''")
    assert places.number.is_unique and places.place.nunique() == 2


def test_the_rates_of_both_years_name_the_same_industries():
    rates = ledger("shanghai_rates")
    table = rates.pivot(index="industry", columns="year", values="rate")
    assert not table.isna().any(axis=None) and set(table) == {"2024", "2025"}
    for row in rates.itertuples():
        assert float(row.rate) == (0 if row.printed == "持平" else float(row.printed))
        assert row.printed.lstrip("+") in (
            row.quote or "".join(FACTS[FACTS.id.isin(row.facts.split())].statement)
        )


def test_no_page_names_more_than_it_counts(corpus):
    for row in ledger("naming").itertuples():
        assert row.bound in ("exact", "at_least", "below", "") and bool(row.counted) == bool(row.bound)
        assert bool(row.counted_by) == bool(row.counted)
        if row.counted:
            assert int(row.named) <= int(row.counted)
        if row.counted_by == "page" and row.counted != "13":
            assert row.counted in row.quote


def test_terms_are_on_a_page_and_say_why(corpus):
    terms = ledger("terms")
    assert terms.term.is_unique and (terms[["english", "why"]] != "").all(axis=None)
    assert set(terms.group) <= {"year", "place", "both", "topic", "self_reliance"}
    for row in terms.itertuples():
        on = {doc.id for doc in corpus if row.term in doc.text}
        assert on
        # what is told by year stands on no page of 2020 or 2023, whatever the place
        if row.group == "year":
            assert on <= {"002", "003"}
        if row.group == "place":
            assert len({corpus[id].card["region"] for id in on}) == 1


def test_the_account_of_numbers_is_whole():
    account, quantities = ledger("shanghai_numbers"), ledger("quantities")
    assert sorted(account.fact_id) == sorted(set(quantities[quantities.seed == "002"].fact_id))
    assert account.use.all() and set(account.notebook) <= {"06", "07", "09"}
