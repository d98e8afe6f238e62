"""Folders of pages for tests: writes pages, cards, editions, and says what `load` finds wrong with them."""

import hashlib

import pytest
from hypothesis import strategies as st

from chipnotes.pages.corpus import load
from chipnotes.pages.seeds import SeedError

PAGE = (
    "芯片产业新政发布\n来源:某网 2024-05-06 10:00\n某市今日发布集成电路产业新政,支持企业研发。\n"
    "相关推荐\n别的新闻\n"
)
TEXT = "芯片产业新政发布\n某市今日发布集成电路产业新政,支持企业研发。\n"

# What st.text draws from, without the two seconds in which it asks UTF-8 of each character.
ANY = st.characters(exclude_categories=["Cs"])


def write(folder, name, content):
    """Writes a file, bytes or text in UTF-8, and returns its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_edition(folder, toml):
    """Writes the edition of page.txt, with its sha256."""
    sha256 = hashlib.sha256((folder / "page.txt").read_bytes()).hexdigest()
    write(folder, "editions/page.toml", f'sha256 = "{sha256}"\n{toml}')


def problems(folder, **options):
    """What is wrong with a folder, a list of lines."""
    with pytest.raises(SeedError) as caught:
        load(folder, **options)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems
