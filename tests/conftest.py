"""Fixtures that several test files share."""

import pytest

import chipnotes as cn


@pytest.fixture(scope="session")
def corpus():
    return cn.load()
