"""Ledgers: a reader's words over the rules' rows, from her own folder; a row that fits no page is named."""

import dataclasses
import hashlib

import pandas as pd
import pytest

import chipnotes as cn
from chipnotes.facts import ledger
from chipnotes.files import SEEDS, read_tsv

TEXT = (
    "某市集成电路峰会\n来源:某网 2024-05-07 10:00\n2024年5月6日,某市举行集成电路峰会。"
    "签约项目12个,总投资300亿元,其中3个落户高新区。去年签约12家。\n"
)
HEAD = "# what a reader says\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "900.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ledgers").mkdir()
    return tmp_path


def write(folder, name, rows):
    """Writes a ledger of dicts."""
    cells = ["\t".join(rows[0])] + ["\t".join(row.values()) for row in rows]
    (folder / "ledgers" / f"{name}.tsv").write_text(HEAD + "\n".join(cells) + "\n", encoding="utf-8")


def row(quote, context="", **cells):
    return {"seed": "900", "quote": quote, "context": context} | cells


def quantities_of(folder, *rows):
    write(folder, "quantities", list(rows))
    return cn.quantities(cn.load(folder)).set_index("surface")


def test_what_a_reader_says_of_a_number_is_laid_over_it(folder):
    table = quantities_of(
        folder, row("300亿元", subject="签约项目", period_start="2024-05-06", period_end="-", status="signed")
    )
    hers, others = table.loc["300亿元"], table.drop("300亿元")
    assert (hers.subject, hers.status, hers.source) == ("签约项目", "signed", "reader")
    assert (hers.low, hers.unit, hers.period_start) == (3e10, "元", pd.Timestamp("2024-05-06"))
    assert pd.isna(hers.period_end)
    assert set(others.source) == {"rule"} and set(others.subject + others.status + others.fact_id) == {""}
    assert others.period_start.isna().all()


def test_a_reader_outranks_the_rule_and_moves_its_ends(folder):
    table = quantities_of(folder, row("总投资300亿元", low="29000000000", bound="range", high=""))
    assert (table.loc["总投资300亿元"].low, table.loc["总投资300亿元"].bound) == (2.9e10, "range")
    assert "300亿元" not in table.index


def test_a_row_where_the_rules_find_nothing_is_one_of_its_own(folder):
    table = quantities_of(
        folder, row("高新区", subject="园区", low="1", unit="个", kind="count", bound="exact")
    )
    hers = table.loc["高新区"]
    assert (hers.low, hers.source, hers.subject) == (1, "reader", "园区") and pd.isna(hers.high)
    assert table.start.is_monotonic_increasing


def test_the_rules_alone(folder):
    write(folder, "quantities", [row("300亿元", subject="x")])
    table = cn.quantities(cn.load(folder), ledger=False)
    assert set(table.source) == {"rule"} and set(table.subject) == {""}


def test_a_gloss_alone_leaves_the_row_to_the_rule(folder):
    write(folder, "dates", [row("2024年5月6日", english="6 May 2024")])
    table = cn.dates(cn.load(folder)).set_index("surface")
    assert set(table.source) == {"rule"}
    write(
        folder, "dates", [row("2024年5月6日", date_start="2024-05-05", how="the summit began the day before")]
    )
    hers = cn.dates(cn.load(folder)).set_index("surface").loc["2024年5月6日"]
    assert (hers.source, str(hers.date_start.date()), hers.precision) == ("reader", "2024-05-05", "day")


WRONG = [
    (
        [row("400亿元")],
        "quantities.tsv: line 3: page 900: '400亿元' .*nowhere.* Mend quote or context, or remove",
    ),
    ([row("签约")], "quantities.tsv: line 3: page 900: .*签约.*stands at 2 places"),
    ([row("12个,总投资300亿元")], "line 3: page 900: .* overlaps 12个, 300亿元. Quote one of them"),
    (
        [row("300亿元"), row("投资300亿元")],
        "line 4: page 900: .*is what line 3 is about. Remove one of the two",
    ),
    ([row("300亿元", low="viel")], "quantities.tsv: line 3: low is 'viel', which is no number like 1200.5"),
    (
        [row("300亿元", period_start="2025")],
        "quantities.tsv: line 3: period_start is '2025', which is no date like 2024-11-04",
    ),
    ([row("300亿元", period_start="2024-W10-1")], "line 3: period_start is '2024-W10-1', which is no date"),
    ([row("300亿元", status="done")], "line 3: status is 'done', not one of stated, target"),
    ([row("300亿元", subjekt="x")], "quantities.tsv: line 2: no column 'subjekt' here; use seed, quote"),
    ([row("300亿元"), row("300亿元")], "line 4: the same seed, quote, context as a line above"),
    ([row("")], "line 3: quote is empty"),
    ([{"seed": "900"}], r"line 2: the column 'quote' is missing \(words"),
]


@pytest.mark.parametrize(("rows", "words"), WRONG, ids=[words[:40] for _, words in WRONG])
def test_a_row_that_does_not_fit_is_named(folder, rows, words):
    write(folder, "quantities", rows)
    with pytest.raises(ValueError, match=words):
        cn.quantities(cn.load(folder))


def test_a_context_tells_two_places_apart(folder):
    table = quantities_of(folder, row("12家", "去年签约12家", subject="去年"))
    assert table.loc["12家"].subject == "去年"


def test_a_changed_ledger_is_read_again(folder):
    assert quantities_of(folder, row("300亿元", subject="一")).loc["300亿元"].subject == "一"
    assert quantities_of(folder, row("300亿元", subject="另一个")).loc["300亿元"].subject == "另一个"


# ---------------------------------------------------------------- a ledger is of the page that it was for


def card(folder, sha256):
    (folder / "sources.toml").write_text(f'["900"]\nsha256 = "{sha256}"\n', encoding="utf-8")


def test_a_ledger_does_not_attach_to_another_page(folder):
    write(folder, "quantities", [row("300亿元", subject="x")])
    card(folder, hashlib.sha256(TEXT.encode()).hexdigest())
    assert "reader" in set(cn.quantities(cn.load(folder)).source)
    card(folder, "0" * 64)
    with pytest.warns(UserWarning):
        changed = cn.load(folder, verify=False)
    assert set(cn.quantities(changed).source) == {"rule"}


def test_a_seed_that_was_changed_has_no_hand_data(tmp_path):
    """Neither numbers nor codes: the page is not the one that the readers read."""
    name = next(SEEDS.glob("003*.txt")).name
    (tmp_path / name).write_bytes((SEEDS / name).read_bytes() + "补充一句,投资5亿元。\n".encode())
    cards = (SEEDS / "sources.toml").read_text(encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        cards[cards.index("[003]") : cards.index("[004]")], encoding="utf-8"
    )
    (tmp_path / "ledgers").symlink_to(SEEDS / "ledgers")
    with pytest.warns(UserWarning):
        page = cn.load(tmp_path, verify=False)
    assert len(page) == 1 and set(cn.quantities(page).source) == {"rule"}
    assert (
        set(cn.codes(page).coder) == {"rule"}
        and cn.events(page).empty
        and set(cn.dates(page).source) == {"rule"}
    )


def test_a_page_of_the_same_id_in_another_folder_has_none(tmp_path):
    (tmp_path / "004_other.txt").write_text(
        "某页\n来源:某网 2024-05-07 10:00\n发布会29日在宜宾举行。\n", encoding="utf-8"
    )
    page = cn.load(tmp_path)
    assert [doc.id for doc in page] == ["004"] and set(cn.codes(page).coder) == {"rule"}


def test_a_document_without_a_folder_has_none(corpus):
    loose = dataclasses.replace(corpus["003"], folder=None)
    assert ledger.rows(loose, "quantities") == [] and ledger.rows(corpus["003"], "no_such_ledger") == []


# ---------------------------------------------------------------- the seeds


def test_every_number_and_date_of_the_seeds_has_its_row(corpus):
    for doc in corpus:
        rows = ledger.rows(doc, "quantities")
        assert sorted(row["start"] for row in rows) == cn.quantities(doc).start.tolist()
        assert all(row["english"] and row["fact_id"] and row["subject"] and row["status"] for row in rows)
        assert sorted(row["start"] for row in ledger.rows(doc, "dates")) == cn.dates(doc).start.tolist()
        assert all(row["english"] for row in ledger.rows(doc, "dates"))


def test_the_reader_says_that_today_is_the_day_of_the_summit(corpus):
    def today(ledger):
        return str(cn.dates(corpus["001"], ledger=ledger).set_index("surface").loc["今天"].date_start.date())

    assert (today(True), today(False)) == ("2020-10-29", "2020-10-30")


def test_no_table_that_is_handed_out_changes_the_next(corpus):
    first = cn.dates(corpus)
    first["surface"] = "x"
    first.loc[:, "date_start"] = pd.NaT
    assert cn.dates(corpus).surface.iloc[0] != "x" and cn.dates(corpus).date_start.notna().any()


def test_value_bound_unit_and_kind_of_the_seeds_are_by_rule_but_for_two_rows(corpus):
    """A reader may mend a value; on the seeds she did for 60 (家) and 2小时 (at most)."""
    table = read_tsv(SEEDS / "ledgers" / "quantities.tsv")
    mended = [column for column in ("low", "high", "bound", "unit", "kind") for cell in table[column] if cell]
    assert sorted(mended) == ["bound", "low", "unit"]


# ---------------------------------------------------------------- which version of a page a row is of


def sha(folder):
    return hashlib.sha256((folder / "900.txt").read_bytes()).hexdigest()


def comment(folder, words):
    """Writes another first line into the ledger of quantities."""
    path = folder / "ledgers" / "quantities.tsv"
    rest = path.read_text(encoding="utf-8").split("\n", 1)[1]
    path.write_text(f"# {words}\n{rest}", encoding="utf-8")


@pytest.mark.parametrize("where", ["column", "two in the column", "comment", "card"])
def test_a_ledger_that_names_its_page_is_laid_over_it_without_a_word(folder, where, recwarn):
    named = {"column": sha(folder), "two in the column": f"{'0' * 64} {sha(folder)}"}.get(where, "")
    write(folder, "quantities", [row("300亿元", subject="x", sha256=named)])
    if where == "comment":
        comment(folder, f"for {sha(folder)}")
    if where == "card":
        card(folder, sha(folder))
    assert cn.quantities(cn.load(folder)).set_index("surface").subject["300亿元"] == "x"
    assert not [w for w in recwarn if "tsv" in str(w.message)]


@pytest.mark.parametrize("where", ["column", "comment"])
def test_a_ledger_that_names_another_page_is_left_out_with_a_warning(folder, where):
    write(folder, "quantities", [row("300亿元", subject="x", sha256="0" * 64 if where == "column" else "")])
    if where == "comment":
        comment(folder, "0" * 64)
    with pytest.warns(UserWarning, match="quantities.tsv: 1 rows are of another version of page 900"):
        assert set(cn.quantities(cn.load(folder)).source) == {"rule"}


def test_a_row_of_a_page_that_is_not_in_the_folder_is_told(folder):
    """A spreadsheet makes 7 of 007; a page gets another name."""
    write(folder, "quantities", [row("300亿元", subject="x") | {"seed": "9"}])
    with pytest.warns(
        UserWarning, match="quantities.tsv: line 3: no page '9' in the folder, so its rows are left out. Mend"
    ):
        assert set(cn.quantities(cn.load(folder)).source) == {"rule"}
    (folder / "9.txt").write_text(TEXT, encoding="utf-8")
    with pytest.warns(UserWarning, match="rows without a sha256"):
        assert "reader" in set(cn.quantities(cn.load(folder)).source)
    (folder / "9.txt").rename(folder / "8.txt")
    with pytest.warns(UserWarning, match="no page '9' in the folder"):
        cn.quantities(cn.load(folder))


def test_a_ledger_of_headings_says_nothing(folder):
    (folder / "ledgers" / "quantities.tsv").write_text(HEAD + "seed\tquote\tcontext\n", encoding="utf-8")
    assert set(cn.quantities(cn.load(folder)).source) == {"rule"}


def test_a_ledger_that_names_no_page_is_taken_with_a_warning(folder):
    write(folder, "quantities", [row("300亿元", subject="x")])
    with pytest.warns(UserWarning, match="rows without a sha256 are laid over any version"):
        assert "reader" in set(cn.quantities(cn.load(folder)).source)


def test_her_glossary_goes_before_the_projects(folder):
    (folder / "ledgers" / "gazetteer.tsv").write_text(
        HEAD + "name\ttype\tregion\taliases\tshort\tbare\tenglish\n高新区\tpark\t某市\t\t\t\tPark\n",
        encoding="utf-8",
    )
    (folder / "ledgers" / "glossary.tsv").write_text(
        HEAD + "zh\tpinyin\ten\n高新区\tgāo xīn qū\tthe Zone\n集成电路\t\tmicrochips\n", encoding="utf-8"
    )
    doc = cn.load(folder)["900"]
    (zone,) = cn.actors(doc).query("name == '高新区'").itertuples()
    assert (zone.en, zone.region) == ("the Zone", "某市")
    assert "集成电路 microchips" in repr(cn.cite(doc.find("举行集成电路峰会")))


def test_a_code_that_the_codebook_lacks_is_named(folder):
    codes = dict(side="none", instrument="tax", value_chain="none", firmness="none", chips="yes", coder="A")
    write(folder, "codes", [{"seed": "900", "quotation": "去年签约12家。"} | codes])
    with pytest.raises(ValueError, match=r"codes.tsv: line 3: instrument is 'tax', not one of talent, "):
        cn.codes(cn.load(folder))
