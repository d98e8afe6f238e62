"""A ledger to fill in: every place once, what was typed never lost, read back as it was meant."""

import errno
import shutil

import pytest

import chipnotes as cn
from chipnotes.facts import ledger
from chipnotes.files import FORMULA, SEEDS, harmless, plain, read_tsv, schemas
from chipnotes.rules.coding import DIMENSIONS, book

TEXT = (
    "某市集成电路峰会\n来源:某网 2024-05-07 10:00\n2024年5月6日,某市举行集成电路峰会。"
    "签约项目12个,总投资300亿元,其中12个落户高新区。去年签约12家。\n"
)
TABLES = ["quantities", "dates", "events", "codes"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "900.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def fill(path, words, **cells):
    """Types cells into the row of a ledger that holds these words, as a spreadsheet that keeps tabs would."""
    comment, header, *rows = path.read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    rows = [row.split("\t") for row in rows]
    for row in rows:
        if words in row:
            for column, cell in cells.items():
                row[columns.index(column)] = cell
    lines = [comment, header, *["\t".join(row) for row in rows]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_number_is_a_row_with_its_sentence_and_no_meaning(folder, capsys):
    corpus = cn.load(folder)
    path = cn.draft(corpus, "quantities")
    table, found = read_tsv(path), cn.quantities(corpus, ledger=False)
    assert path == folder / "ledgers" / "quantities.tsv"
    assert list(zip(table.quote, table.start.astype(int))) == list(zip(found.surface, found.start))
    assert table.by_rule[table.quote == "300亿元"].item() == "exact 30,000,000,000 元, level"
    assert all(quote in sentence for quote, sentence in zip(table.quote, table.sentence))
    assert (table.drop(columns=ledger.EYES, errors="ignore") == "").all(axis=None)
    assert capsys.readouterr().out == "ledgers/quantities.tsv: 4 rows, 0 done, 4 to fill in\n"


def test_a_context_is_given_where_the_words_stand_more_than_once(folder):
    doc = cn.load(folder)["900"]
    for row in read_tsv(cn.draft(doc, "quantities")).itertuples():
        span = doc.find(row.quote, context=row.context)
        assert (span.start, span.end) == (int(row.start), int(row.end))
        assert bool(row.context) == (doc.text.count(row.quote) > 1)


def test_a_draft_not_filled_in_changes_no_table(folder):
    corpus = cn.load(folder)
    before = {name: getattr(cn, name)(corpus) for name in TABLES}
    for name in TABLES:
        cn.draft(corpus, name)
    for name in TABLES:
        assert getattr(cn, name)(corpus).equals(before[name]), name


def test_what_is_filled_in_is_laid_over_the_rows(folder):
    corpus = cn.load(folder)
    fill(cn.draft(corpus, "quantities"), "300亿元", subject="签约项目", status="signed")
    table = cn.quantities(corpus).set_index("surface")
    assert (table.subject["300亿元"], table.source["300亿元"]) == ("签约项目", "reader")
    assert set(table.source.drop("300亿元")) == {"rule"}


def test_it_can_be_run_again_and_keeps_what_was_typed(folder, capsys):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目")
    before = path.read_bytes()
    (folder / "901.txt").write_text(TEXT.replace("300亿元", "20亿元"), encoding="utf-8")
    path.chmod(0o400)
    cn.draft(cn.load(folder)["900"], "quantities")
    assert path.read_bytes() == before
    path.chmod(0o600)
    cn.draft(cn.load(folder), "quantities")
    lines = path.read_bytes().splitlines()
    assert (
        lines[: len(before.splitlines())] == before.splitlines()
        and len(lines) == len(before.splitlines()) + 4
    )
    assert capsys.readouterr().out.splitlines()[-1] == "ledgers/quantities.tsv: 8 rows, 1 done, 7 to fill in"


def test_of_a_changed_page_her_words_go_into_a_new_file_and_the_old_one_stays(folder, capsys):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目")
    before = path.read_text(encoding="utf-8").splitlines()
    (folder / "900.txt").write_text(TEXT.replace("总投资", "投资总额"), encoding="utf-8")
    corpus = cn.load(folder)
    with pytest.warns(UserWarning, match="version of page 900 .* into quantities.changed.tsv: put"):
        assert set(cn.quantities(corpus).source) == {"rule"}
    for _ in range(2):
        cn.draft(corpus, "quantities")
    told = capsys.readouterr().out
    assert (
        "1 are not as when they were filled in" in told
        and "yours stay; put in their place the new ones" in told
    )
    after = path.read_text(encoding="utf-8").splitlines()
    hers = [line for line in before if "签约项目\t" in line]
    assert len(hers) == 1 and hers[0] in after and len(after) == len(before)
    changed = (folder / "ledgers" / "quantities.changed.tsv").read_text(encoding="utf-8").splitlines()
    (new,) = read_tsv(folder / "ledgers" / "quantities.changed.tsv").itertuples()
    path.write_text("\n".join([*(s for s in after if s != hers[0]), changed[-1], ""]), encoding="utf-8")
    assert list(cn.quantities(corpus).query("subject == '签约项目'").surface) == ["300亿元"]
    assert new.subject == "签约项目" and new.sha256 == corpus["900"].sha256 and "投资总额" in new.sentence
    assert sorted(p.name for p in (folder / "ledgers").iterdir()) == [
        "quantities.changed.tsv",
        "quantities.tsv",
    ]


@pytest.mark.parametrize("column", ["quote", "context"])
def test_a_quotation_that_she_mended_is_kept_before_she_says_what_it_means(folder, column):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", **{column: "总投资300亿元"})
    before = path.read_bytes()
    cn.draft(cn.load(folder), "quantities")
    assert path.read_bytes() == before


def test_a_date_of_an_event_that_she_mended_is_kept(folder):
    path = cn.draft(cn.load(folder), "events")
    fill(path, "2024年5月6日", date_quote="5月6日", date_context="2024年5月6日")
    before = path.read_bytes()
    cn.draft(cn.load(folder), "events")
    assert path.read_bytes() == before


def test_a_sheet_may_be_named_with_its_coder(folder):
    corpus = cn.load(folder)
    one, other = cn.draft(corpus, "codes.B"), folder / "other.tsv"
    one.rename(other)
    assert cn.draft(corpus, "codes", coder="B") == one and one.read_bytes() == other.read_bytes()
    assert set(read_tsv(one).coder) == {"B"} and (one.parent / "codes.values.tsv").exists()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("quote\tcontext", "line 2: the column 'seed' is missing"),
        ("seed\tquote\tquote", "'quote' twice"),
        ("seed\tquote\tsubjekt", "line 2: no column 'subjekt' here"),
    ],
)
def test_a_header_that_lacks_the_page_or_has_a_wrong_column_is_refused(folder, header, words):
    path = folder / "ledgers" / "quantities.tsv"
    path.parent.mkdir()
    path.write_text(f"# hers\n{header}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"quantities.tsv: .*{words}"):
        cn.draft(cn.load(folder), "quantities")


def test_rows_of_a_page_that_is_gone_are_told(folder):
    (folder / "901.txt").write_text(TEXT.replace("300亿元", "20亿元"), encoding="utf-8")
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目")
    before = path.read_bytes()
    (folder / "900.txt").rename(folder / "902.txt")
    with pytest.warns(UserWarning, match="quantities.tsv: line 3: no page '900' in the folder, .* Mend seed"):
        cn.draft(cn.load(folder)["901"], "quantities")
    assert path.read_bytes() == before


def test_a_row_done_that_quotes_what_is_not_there_is_told(folder, capsys):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目", quote="301亿元", start="", end="", context="")
    cn.draft(cn.load(folder), "quantities")
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.endswith("; 1 of those done quote what is not on their page, cn.quantities names it")


def test_a_new_file_that_she_wrote_in_is_not_overwritten_either(folder):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目")
    (folder / "900.txt").write_text(TEXT.replace("总投资", "投资总额"), encoding="utf-8")
    cn.draft(cn.load(folder), "quantities")
    new = folder / "ledgers" / "quantities.changed.tsv"
    new.write_text(new.read_text(encoding="utf-8").replace("签约项目\t", "别的\t"), encoding="utf-8")
    cn.draft(cn.load(folder), "quantities")
    assert "别的\t" in new.read_text(encoding="utf-8")
    assert "签约项目\t" in (folder / "ledgers" / "quantities.changed-2.tsv").read_text(encoding="utf-8")


def test_a_ledger_of_hers_with_fewer_columns_and_rows_is_completed(folder):
    path = folder / "ledgers" / "quantities.tsv"
    path.parent.mkdir()
    path.write_text("# mine\nseed\tquote\tsubject\n900\t300亿元\t签约项目\n", encoding="utf-8")
    corpus = cn.load(folder)
    cn.draft(corpus, "quantities")
    table = read_tsv(path)
    assert list(table.columns[:3]) == ["seed", "quote", "subject"] and table.subject[0] == "签约项目"
    assert len(table) == 4 and (table.quote == "300亿元").sum() == 1


def test_the_coding_sheet(folder):
    corpus = cn.load(folder)
    path = cn.draft(corpus, "codes")
    assert list(read_tsv(path).quotation) == list(cn.quasi_sentences(corpus).surface)
    values = read_tsv(folder / "ledgers" / "codes.values.tsv")
    for dimension in DIMENSIONS:
        assert list(values.value[values.column == dimension]) == list(book()[dimension])
    codes = dict(side="none", instrument="none", value_chain="none", firmness="none", chips="yes", coder="A")
    fill(path, "去年签约12家。", **codes)
    table = cn.codes(corpus)
    (hers,) = table[table.coder == "A"].itertuples()
    assert hers.surface == "去年签约12家。" and hers.chips == "yes"
    fill(path, "去年签约12家。", chips="maybe")
    with pytest.raises(
        ValueError, match=r"codes.tsv: line \d+: chips is 'maybe', not one of yes, general, no"
    ):
        cn.codes(corpus)


# ---------------------------------------------------------------- two readers, blind to each other

LAST, FIRST = "去年签约12家。", "某市集成电路峰会"
PLAIN = dict.fromkeys(["side", "instrument", "value_chain", "firmness"], "none") | {"chips": "yes"}


def test_each_reader_has_a_sheet_without_a_word_of_the_others(folder, capsys):
    corpus = cn.load(folder)
    a, b = (cn.draft(corpus, "codes", coder=coder) for coder in "AB")
    assert [path.name for path in (a, b)] == ["codes.A.tsv", "codes.B.tsv"]
    fill(a, LAST, **PLAIN, reason="a figure")
    before = a.read_bytes()
    assert set(cn.codes(corpus).coder) == {"A", "rule"}
    cn.draft(corpus, "codes", coder="B")
    units = list(cn.quasi_sentences(corpus).surface)
    assert list(read_tsv(b).quotation) == units and "a figure" not in b.read_text(encoding="utf-8")
    assert "readings" not in read_tsv(b) and set(read_tsv(b).coder) == {"B"} and a.read_bytes() == before
    assert capsys.readouterr().out.splitlines()[-1] == "ledgers/codes.B.tsv: 4 rows, 0 done, 4 to fill in"


def test_both_sheets_are_read_and_where_they_differ_is_decided_in_a_third(folder, capsys):
    corpus = cn.load(folder)
    for coder, chips in (("A", "yes"), ("B", "general")):
        path = cn.draft(corpus, "codes", coder=coder)
        fill(path, LAST, **PLAIN | {"chips": chips})
        fill(path, FIRST, **PLAIN)
    path = cn.draft(corpus, "codes", coder="agreed")
    assert capsys.readouterr().out.splitlines()[-1].endswith("2 rows, 1 done, 1 to fill in")
    same, differ = read_tsv(path).itertuples()
    assert (same.quotation, same.chips, same.reason) == (FIRST, "yes", "A and B say the same")
    assert (differ.readings, differ.chips) == ("A: chips yes; B: chips general", "")
    fill(path, LAST, **PLAIN | {"chips": "general"}, reason="no chip is named")
    table = cn.codes(corpus).query("coder != 'rule'").set_index(["surface", "coder"]).chips
    assert table[LAST].to_dict() == {"A": "yes", "B": "general", "agreed": "general"}
    assert table[FIRST].to_dict() == dict.fromkeys(["A", "B", "agreed"], "yes")
    before = path.read_bytes()
    cn.draft(corpus, "codes", coder="agreed")
    assert path.read_bytes() == before
    fill(folder / "ledgers" / "codes.B.tsv", FIRST, chips="no")  # B thinks again
    cn.draft(corpus, "codes", coder="agreed")
    assert path.read_bytes() == before and "codes.agreed.changed.tsv" in capsys.readouterr().out
    new = read_tsv(path.with_name("codes.agreed.changed.tsv"))
    assert list(new.readings) == ["A: chips yes; B: chips no"]
    fill(folder / "ledgers" / "codes.B.tsv", LAST, chips="yes")  # now as A, but she has decided otherwise
    cn.draft(corpus, "codes", coder="agreed")
    new = read_tsv(path.with_name("codes.agreed.changed-2.tsv")).set_index("quotation").loc[LAST]
    assert (new.chips, new.reason, new.readings) == ("general", "no chip is named", "")


def test_a_code_in_the_sheet_of_another_or_twice_is_named(folder):
    corpus = cn.load(folder)
    sheets = [cn.draft(corpus, "codes", coder="B"), cn.draft(corpus, "codes")]
    fill(sheets[0], LAST, **PLAIN, coder="A")
    with pytest.raises(
        ValueError, match=r"codes.B.tsv: line 6: page 900: .*of coder A in the sheet of another"
    ):
        cn.codes(corpus)
    for path in sheets:
        fill(path, LAST, **PLAIN, coder="B")
    with pytest.raises(ValueError, match=r"codes.B.tsv: line 6: .*by B in codes.tsv: line 6 too. Remove one"):
        cn.codes(corpus)
    fill(sheets[1], LAST, **dict.fromkeys(PLAIN, ""))
    fill(sheets[0], LAST, chips="maybe")
    with pytest.raises(ValueError, match=r"codes.B.tsv: line 6: chips is 'maybe', not one of"):
        cn.codes(corpus)


def test_a_sheet_without_a_row_is_not_written(folder, capsys):
    corpus = cn.load(folder)
    assert not cn.draft(corpus, "codes", coder="agreed").exists()
    assert capsys.readouterr().out == (
        "ledgers/codes.agreed.tsv: no row for these pages (A and B have coded none both), so not written\n"
    )
    assert set(cn.codes(corpus).coder) == {"rule"}


@pytest.mark.parametrize(("table", "coder"), [("codes", "C"), ("dates", "A"), ("codes", "rule")])
def test_another_coder_is_refused(folder, table, coder):
    with pytest.raises(ValueError, match=f"no ledger '{table}.{coder}'. .*codes.A, codes.B, codes.agreed"):
        cn.draft(cn.load(folder), table, coder=coder)


def test_an_event_sheet(folder):
    corpus = cn.load(folder)
    path = cn.draft(corpus, "events")
    quote = "2024年5月6日,某市举行集成电路峰会。"
    said = dict(
        date_by="stated", event_id="e1", title="Summit", place="某市", kind="meeting", status="realised"
    )
    fill(path, quote, **said, level="government", english="the summit", reason="举行")
    (row,) = cn.events(corpus).itertuples()
    assert (row.surface, row.expression, str(row.date_start.date())) == (quote, "2024年5月6日", "2024-05-06")


def test_words_that_a_spreadsheet_would_run_are_kept_from_it_and_read_back(tmp_path):
    text = "某市集成电路产值\n来源:某网 2024-05-07 10:00\n当年集成电路产值的同比增速为多少?\n"
    text += "+20.8%,另一行业为-3.5%,这是当地统计局公布的。\n"
    (tmp_path / "900.txt").write_text(text, encoding="utf-8")
    corpus = cn.load(tmp_path)
    path = cn.draft(corpus, "quantities")
    cells = [cell for line in path.read_text(encoding="utf-8").splitlines()[2:] for cell in line.split("\t")]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]
    assert "'+20.8%" in cells
    fill(path, "'+20.8%", subject="集成电路")
    assert cn.quantities(corpus).set_index("surface").subject["+20.8%"] == "集成电路"


def test_every_row_of_the_seeds_is_taken_back(corpus, tmp_path):
    """On real pages, without the ledgers: each place is found again, and the sheets change no table."""
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, tmp_path)
    own = cn.load(tmp_path)
    for name in ("quantities", "codes"):
        path = cn.draft(own, name)
        rows = path.read_text(encoding="utf-8")
        column = {"quantities": "reason", "codes": "coder"}[name]
        assert len(read_tsv(path)) == len(
            cn.quantities(own) if name == "quantities" else cn.quasi_sentences(own)
        )
        assert column in rows
        cn.draft(own, name)
        assert path.read_text(encoding="utf-8") == rows


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("table", ["actors", "", "Quantities"])
def test_another_table_is_refused(folder, table):
    with pytest.raises(ValueError, match="Take one of quantities, dates, events, codes"):
        cn.draft(cn.load(folder), table)


def test_pages_of_no_folder_or_of_two(folder, corpus):
    from chipnotes.pages.document import clean

    for pages in (clean(TEXT, "p"), [clean(TEXT, "p"), corpus["002"]]):
        with pytest.raises(ValueError, match="must come from one folder"):
            cn.draft(pages, "quantities")


def test_a_full_disk_leaves_the_old_file(folder, monkeypatch):
    path = cn.draft(cn.load(folder), "quantities")
    fill(path, "300亿元", subject="签约项目")
    before = path.read_bytes()
    (folder / "901.txt").write_text(TEXT, encoding="utf-8")

    def full(path, content):
        path.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(
        OSError, match=r"quantities.tsv: No space left on device; what was there is as it was. Make room"
    ):
        cn.draft(cn.load(folder), "quantities")
    assert path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == ["quantities.tsv"]


def test_a_folder_that_may_not_be_written_to(folder, monkeypatch):
    monkeypatch.setattr(
        "pathlib.Path.mkdir", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    with pytest.raises(
        OSError, match="Permission denied; nothing was written. .*let the folder be written to"
    ):
        cn.draft(cn.load(folder), "quantities")


def spreadsheet(text):
    """What a spreadsheet makes of a table of tabs: quotes round cells with quotes or commas."""

    def quoted(cell):
        return '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell

    return "\n".join("\t".join(map(quoted, line.split("\t"))) for line in text.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("save", "message"),
    [
        (lambda text: text.encode("gb18030"), "not in UTF-8 but in another encoding"),
        (lambda text: text.encode("utf-16"), "not in UTF-8 but in another encoding"),
        (lambda text: text.replace("\t", ";").encode(), "line 2 parts its columns by ';'"),
        (lambda text: text.replace("\t", ",").encode(), "line 2 parts its columns by ','"),
        (lambda text: spreadsheet(text).encode(), "line 3 has a spreadsheet's quotes"),
        (lambda text: text.replace("\t", "", 1).encode(), "line 3 has . cells, the header has"),
    ],
    ids=["gb18030", "utf-16", "semicolons", "commas", "quotes", "cells"],
)
def test_a_ledger_that_a_spreadsheet_saved_is_refused_with_the_remedy_and_left_alone(folder, save, message):
    path = folder / "ledgers" / "quantities.tsv"
    path.parent.mkdir()
    path.write_bytes(save('# mine\nseed\tquote\tsubject\n900\t300亿元\t"项目",共12个\n'))
    before, corpus = path.read_bytes(), cn.load(folder)
    for call in (cn.quantities, lambda corpus: cn.draft(corpus, "quantities")):
        with pytest.raises(
            ValueError, match=f"quantities.tsv: .*{message}.*Save it as text with tabs"
        ) as caught:
            call(corpus)
        assert str(caught.value).count("Save it") == 1
    assert path.read_bytes() == before


def test_quotes_of_the_page_itself_are_no_spreadsheets(folder):
    path = folder / "ledgers" / "quantities.tsv"
    path.parent.mkdir()
    path.write_text(
        '# mine, hers\nseed\tquote\tsubject\n900\t300亿元\t"项目"\n900\t12家\ta, b\n', encoding="utf-8"
    )
    assert cn.quantities(cn.load(folder)).set_index("surface").subject["300亿元"] == '"项目"'


def test_the_schemas_have_the_columns_for_the_eye():
    for name in TABLES:
        columns = schemas()["ledger"][name]["columns"]
        assert "sha256" in columns and "start" in columns
        assert not any(columns[key].get("required") for key in ("start", "end", "sha256"))


@pytest.mark.parametrize(
    "typed",
    ["'引进'的企业", "'tis", "''", "'", "集成电路'", "a'=b", "12", "", "=1+1", "-3", "+86", "@x", "=甲"],
)
def test_a_cell_is_read_as_it_was_typed(typed):
    """Only the apostrophe that keeps a spreadsheet from running a formula is no part of what was typed."""
    assert plain(harmless(typed)) == typed == plain(typed)
    for sign in FORMULA[:4]:
        assert plain(f"'{sign}1") == f"{sign}1"
