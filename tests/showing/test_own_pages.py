"""What README says of one's own pages, done as it is written, on the small pages that are shipped."""

import re
import shutil

import pytest

import chipnotes as cn
from chipnotes.files import NOTEBOOKS, ROOT

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").split("## Your own pages")[1].split("\n## ")[0]
PYTHON, TOML = (
    re.search(f"```{kind}\n(.+?)```", SECTION, re.S)[1].splitlines() for kind in ("python", "toml")
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for path in [*(NOTEBOOKS / "own_pages").glob("*.txt"), *(NOTEBOOKS / "own_pages").glob("*.html")]:
        (tmp_path / "my_pages").mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / "my_pages")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_of_pages_becomes_a_report_a_concordance_sheets_and_tables(folder, capsys, recwarn):
    exec("\n".join(PYTHON), {})
    said = capsys.readouterr().out
    for words in (
        "6 pages, ",
        "WARNING   no date",
        "【集成电路】",
        "ledgers/quantities.tsv: 33 rows, 0 done",
    ):
        assert words in said
    sheets = {path.name for path in (folder / "my_pages" / "ledgers").iterdir()}
    assert sheets == {"quantities.tsv", "codes.A.tsv", "codes.values.tsv"}
    assert {"quantities.csv", "codes.csv", "README.md"} <= {p.name for p in (folder / "my_tables").iterdir()}


def test_a_card_mends_what_the_report_warns_of(folder):
    card = "\n".join(TOML).replace("page07", "repost").replace("某市举行集成电路峰会", "5月6日")
    (folder / "my_pages" / "sources.toml").write_text(card, encoding="utf-8")
    page = cn.load("my_pages")["repost"]
    assert str(page.card["published"]) == "2024-05-06" and page.text.startswith("5月6日")


def test_ledgers_of_names_and_terms_have_the_columns_that_are_named(folder):
    for name, cells in {
        "gazetteer": ["云芯微电子有限公司", "company", "云澜", "云芯", "Yunxin"],
        "glossary": ["基金总规模", "total size of the fund"],
    }.items():
        columns = re.findall(r"`([a-z]+)`", re.search(rf"`{name}.tsv` has ([^;]+?)[;.]\n", SECTION)[1])
        path = folder / "my_pages" / "ledgers" / f"{name}.tsv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(["# mine", "\t".join(columns), "\t".join(cells), ""]), encoding="utf-8")
    page = cn.load("my_pages")["fund"]
    assert set(cn.actors(page).query("name == '云芯微电子有限公司'").en) == {"Yunxin"}
    assert "基金总规模 total size of the fund" in repr(cn.cite(page.find("基金总规模300亿元")))
