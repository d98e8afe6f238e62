"""What the tests of the readers' ledgers share: the tables, their cells, a quotation on its page."""

import functools

from chipnotes.files import SEEDS, read_tsv

CHUANYU = ["000", "001", "004"]
STATUS = {"speech", "reported", "draft", "signed", "in_place"}
LEVELS = {"departments", "associations", "firms", "state assets", "high-tech zones", "mixed"}
LEVELS |= {"firms and college"}


@functools.cache
def table(name):
    return read_tsv(SEEDS / "ledgers" / f"{name}.tsv")


def records(name):
    return table(name).to_dict("records")


def outside():
    """The ids of the outside facts."""
    return set(table("external_facts").id)


def cells(text):
    return [cell for cell in text.split(" | ") if cell]


def find(pages, row, quote="quote", context="context", seed="seed"):
    words, around = row[quote].replace("\\n", "\n"), row.get(context, "").replace("\\n", "\n")
    return pages[row[seed]].find(words, context=around)
