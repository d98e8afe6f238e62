"""What pages look like: the patterns and the words of data/pages.toml."""

import re
import tomllib
from types import SimpleNamespace

from chipnotes.files import DATA
from chipnotes.glyphs import HAN, SPACE

BOOK = tomllib.loads((DATA / "pages.toml").read_text(encoding="utf-8"))


def _compiled(pattern):
    """A pattern with its parts in the place of their names, which may hold parts themselves."""
    for name, part in reversed(({"HAN": HAN, "SPACE": SPACE} | BOOK["parts"]).items()):
        pattern = pattern.replace(f"{{{name}}}", part)
    return re.compile(pattern)


LOOKS = SimpleNamespace(**{name: _compiled(pattern) for name, pattern in BOOK["looks"].items()})
