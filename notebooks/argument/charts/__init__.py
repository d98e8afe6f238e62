"""The charts: one module a notebook, one function a figure; `charts.growth` is the module of that name."""

import importlib

from chipnotes.showing.figures import ACCENT as ACCENT, GREY as GREY, INK as INK, saved as saved


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
