"""The words of the figures: title, caption and alt text of each are in NAME.toml, templates with {fields}."""

import tomllib
from pathlib import Path

from argument import say
from chipnotes.showing import figures


class _Words(say.Words):
    def check_unused_args(self, used, args, fields):
        if unused := set(fields) - used - {"data"}:
            raise ValueError(f"the words leave {sorted(unused)} unused")


# All that is told of a figure: title, caption, alt text, name of the axis, and labels for its chart.
TOLD = {}
for file in Path(__file__).parent.glob("*.toml"):
    TOLD |= tomllib.loads(file.read_text("utf-8"))


def save(fig, name, data, **fields):
    """Fills in the words of a figure and saves it; an error if they lack a field or leave one unused.

    Templates as in `say.Words`; `data` is the data: {data!n:C} bars. The axis is the horizontal one.
    """
    texts = [" ".join(TOLD[name].get(key, "").split()) for key in ("title", "caption", "alt", "axis")]
    *words, axis = _Words().format("\0".join(texts), data=data, **fields).split("\0")
    if axis:
        fig.axes[0].set_xlabel(axis)
    return figures.save(fig, name, *words, data)
