"""Fixtures that several test files share."""

import pytest

from chipnotes.pages.corpus import load


@pytest.fixture(scope="session")
def corpus():
    return load()
