"""Fixtures that several test files share."""

from functools import cache

import pytest


@pytest.fixture(scope="session")
def corpus():
    # here, so that the process which only hands out the tests need not import what they do
    from chipnotes.pages.corpus import load

    return load()


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    """A function that draws a chart, once for all tests of a worker, and the folder with its files."""
    folder = tmp_path_factory.mktemp("drawn")

    @cache
    def draw(chart, *given):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CHIPNOTES_FIGURES", str(folder))
            return chart(*given)

    return draw, folder
