"""Folders of others: what is wrong is told of each file at once, with its remedy; the rest stays readable."""

import pickle

import pytest
from making import PAGE, problems, write

import chipnotes as cn
from chipnotes.pages.corpus import read_page
from chipnotes.pages.seeds import find_pages

BROKEN = {"012.txt": b"\xff\xfe\x00", "033.html": b"\x89PNG\r\n\x1a\n\0\0", "040.txt": b""}


def many(folder, count=60):
    for number in range(count):
        write(folder, f"{number:03}.txt", PAGE)
    (folder / "033.txt").unlink()
    for name, data in BROKEN.items():
        write(folder, name, data)


def test_three_broken_files_among_many_are_named_together(tmp_path):
    many(tmp_path)
    found = problems(tmp_path)
    assert [fault.split(":")[0] for fault in found] == [*BROKEN]
    assert all("ave the page" in fault or "Put the page's text" in fault for fault in found)


def test_the_rest_can_be_read_one_by_one(tmp_path):
    """As an engine for many pages does it: a page is a function of its file, its card, its edition."""
    many(tmp_path)
    pages, faults = find_pages(tmp_path)
    read, wrong = [], []
    for id, (path, card) in pages.items():
        try:
            read.append(
                pickle.loads(pickle.dumps(read_page(path, card, tmp_path / "editions" / f"{id}.toml")))
            )
        except cn.SeedError as error:
            wrong += error.problems
    assert not faults and len(read) == 57 and [fault.split(":")[0] for fault in wrong] == [*BROKEN]
    assert len(cn.quantities(read)) == len(cn.quantities(read[0])) * 57


@pytest.mark.parametrize("path", [r"C:\Users\me\pages", "own pages/", "~/pages"])
def test_a_folder_that_is_not_there_is_named_as_it_was_given(path):
    with pytest.raises(cn.SeedError, match="No such file or directory. Give the folder that holds") as caught:
        cn.load(path)
    assert str(caught.value).startswith(path.rstrip("/"))


def test_the_shipped_pages_of_notebook_90_load_without_a_word(recwarn):
    from chipnotes.files import NOTEBOOKS

    corpus = cn.load(NOTEBOOKS / "own_pages")
    assert [doc.id for doc in corpus] == ["fund", "news", "output", "plan", "repost", "summit"]
    assert "水印" not in "".join(doc.text for doc in corpus) and not list(recwarn)
    assert corpus["plan"].card["inferred"] == ["title", "published"]
    assert {row.source for row in cn.quantities(corpus).itertuples()} == {"rule", "reader"}
