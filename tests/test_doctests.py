"""The >>> examples in docstrings give what they say."""

import doctest
import importlib
import pkgutil

import argument
import chipnotes
import pytest

PACKAGES = (chipnotes, argument)
MODULES = [
    m.name for p in PACKAGES for m in pkgutil.walk_packages(p.__path__, p.__name__ + ".") if not m.ispkg
]


@pytest.mark.parametrize("name", [*MODULES, "nbreading"])
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    found = [doctest.DocTestFinder().find(importlib.import_module(name)) for name in MODULES]
    assert sum(bool(test.examples) for tests in found for test in tests) > 20
