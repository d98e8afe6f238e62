"""The two readers' marks on the seeds (tests/gold), located in the clean text, and what both of them say."""

from pathlib import Path

from chipnotes import files

GOLD = Path(__file__).parent / "gold"


def read_tsv(path):
    """Rows of a TSV file with one comment line on top, as dicts of strings."""
    return files.read_tsv(path).to_dict("records")


def _place(text, row):
    context = row["context"].replace("\\n", "\n")
    assert text.count(context) == 1 and context.count(row["quote"]) == 1, (row["quote"], row["context"])
    start = text.index(context) + context.index(row["quote"])
    return start, start + len(row["quote"])


def marks(corpus, reader, kind):
    """All marks of a reader: a list of (seed, start, end, row)."""
    return [
        (document.id, *_place(document.text, row), row)
        for document in corpus
        for row in read_tsv(GOLD / reader / f"{document.id}.{kind}.tsv")
    ]


def both_marked(corpus, kind, columns):
    """What both readers marked: (seed, start, end, cells), cells being the columns on which they agree."""
    second = marks(corpus, "reader2", kind)
    result = []
    for seed, start, end, row in marks(corpus, "reader1", kind):
        for other_seed, a, b, other in second:
            if other_seed == seed and a < end and b > start:
                agreed = {c: row[c] for c in columns if _equal(row[c], other[c])}
                result.append((seed, max(start, a), min(end, b), agreed))
    return result


def _equal(one, two):
    try:
        return float(one) == float(two)
    except ValueError:
        return one == two


def both_left_out(corpus):
    """Spans that both readers left out of quantities and dates: a list of (seed, start, end)."""
    first, second = (
        [
            (row["seed"], *_place(corpus[row["seed"]].text, row))
            for row in read_tsv(GOLD / reader / "left_out.tsv")
        ]
        for reader in ("reader1", "reader2")
    )
    return [
        (seed, max(a, c), min(b, d))
        for seed, a, b in first
        for other, c, d in second
        if seed == other and a < d and b > c
    ]
