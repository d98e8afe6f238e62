"""Report: what was read of each page and what was dropped, with a word where a reader should look."""

import zlib
from collections import Counter, defaultdict
from itertools import permutations

import pandas as pd

from chipnotes.files import to_html
from chipnotes.pages.corpus import documents, lost_much, shown
from chipnotes.pages.pieces import DROPS, NAMES
from chipnotes.showing.kwic import called

# What a reader of the page does not see: it counts in no share.
_MARKUP = ["tags", "scripts", "hidden"]
_ALIKE, _SAME = 0.3, 0.7  # the share of a text that stands on another page: listed from, warned of from
_GRAM = 12  # characters without marks in a row
_COLUMNS = "seed page raw kept share title title_from published published_from dropped".split()
_COLUMNS += "inside inside_words alike warning".split()


class Report(pd.DataFrame):
    """A table that shows itself whole: a block a page as text, wrapped cells in JupyterLab."""

    def __repr__(self):
        return "\n".join([self._head(), *map(_block, self._shown().itertuples())])

    def _repr_html_(self):
        table, names = self._shown(), ["warning", *self.columns[1:-1]]
        table["page"], table["share"] = [*map(_called, table.itertuples())], table.share.map("{:.0%}".format)
        rows = [[name.replace("_", " ") for name in names], *table[names].itertuples(index=False)]
        cell = '<td style="text-align:left;white-space:normal;max-width:22em;vertical-align:top">{}</td>'
        lines = to_html(f"<tr>{cell * len(names)}</tr>", rows)
        return to_html("<p>{}</p>", [[self._head()]]) + f"<table>{lines}</table>"

    def _head(self):
        more = "; 100 are shown, those with a warning first, all are in the table" if len(self) > 100 else ""
        warned = [*self.seed[self.warning != ""]]
        named = f" ({', '.join(warned[:12])}{', …' * (len(warned) > 12)})" * bool(warned)
        return f"{len(self)} pages, {len(warned)} with a warning{named}{more}"

    def _shown(self):
        first = self.warning.eq("") if len(self) > 100 else self.warning.isna()
        return pd.DataFrame(self).loc[first.sort_values(kind="stable").index[:100]]


def _called(row):
    """A page by its name and the id by which `sources.toml` knows it."""
    return f"{row.page} ({row.seed})" if row.page != row.seed else row.page


def _block(row):
    lines = [_called(row)]
    lines += [f"  WARNING   {row.warning}"] * bool(row.warning)
    lines.append(f"  kept      {row.kept:,} of {row.raw:,} characters, {row.share:.0%} of what a reader sees")
    lines.append(f"  title     {row.title or 'none'} ({row.title_from or 'nowhere'})")
    lines.append(f"  published {row.published or 'unknown'} ({row.published_from or 'nowhere'})")
    lines.append(f"  dropped   {row.dropped or 'nothing'}")
    lines += [f"  inside    {row.inside} characters from {row.inside_words}"] * bool(row.inside)
    return "\n".join(lines + [f"  alike     {row.alike}"] * bool(row.alike))


def report(corpus):
    """One row a page: what was read, what was dropped, and where a reader should look.

    - seed, page (text): id and name
    - raw, kept (whole numbers): characters of the file and of its text
    - share (number): of the characters that a reader of the page sees, markup left out, those kept
    - title, published (text): "" if there is none
    - title_from, published_from (text): card, page (the page shows it), inferred (its head, its address); ""
    - dropped (text): characters dropped by each rule, most first
    - inside (whole number), inside_words (text): Chinese characters of the longest drop from inside the
      article (a line of date and source aside), and its first words; 0 and "" if there is none
    - alike (text): other pages in which a third of this text or more stands too, with the share
    - warning (text): in words; "" where nothing was noticed

    It is a pandas table that shows itself in its own way. Raises TypeError for what is no corpus, document or
    list of documents.
    """
    docs = documents(corpus)
    return Report(map(_row, docs, _alike(docs)), columns=_COLUMNS)


def _row(doc, alike):
    sizes = Counter(sorted(NAMES[fate] for fate in doc.fates.tolist() if NAMES[fate] in DROPS))
    kept, seen = int((doc.origin >= 0).sum()), len(doc.raw) - sum(sizes[rule] for rule in _MARKUP)
    row = {"seed": doc.id, "page": doc.name, "raw": len(doc.raw), "kept": kept, "share": kept / max(seen, 1)}
    for key in ("title", "published"):
        said = "page" if key in shown(doc) else "inferred"
        source = said if key in doc.card.get("inferred", []) else "card"
        row |= {key: str(doc.card.get(key) or ""), f"{key}_from": source if doc.card.get(key) else ""}
    row["dropped"] = ", ".join(f"{rule} {size:,}" for rule, size in sizes.most_common())
    start, end, rule, row["inside"] = _longest_drop(doc)
    row["inside_words"] = rule and f"{' '.join(doc.raw[start:end].split())[:40]} ({rule})"
    row["alike"] = "; ".join(f"{name} ({share:.0%})" for name, share in alike[:3])
    row["warning"] = "; ".join(_warnings(doc, row, alike))
    return row


def _longest_drop(doc):
    """The longest drop from inside the article, lines of one rule that follow each other being one."""
    longest = run = (0, 0, "", 0)
    for start, end, rule, chinese in doc.inside_drops.query("rule != 'metadata'").itertuples(index=False):
        follows = rule == run[2] and not doc.raw[run[1] : start].strip()
        run = (run[0], end, rule, run[3] + chinese) if follows else (start, end, rule, chinese)
        longest = max(longest, run, key=lambda one: one[3])
    return longest


def _warnings(doc, row, alike):
    """What a reader of this page should know, each in words."""
    lost, unread = doc.inside_drops.chinese.sum(), doc.text.count("\ufffd") + doc.text.count("??")
    (name, share), much = alike[0] if alike else ("", 0), bool(doc.text) and lost_much(doc)
    other, undated = doc.card.get("sha256", doc.sha256) != doc.sha256, not row["published"]
    found = {
        "empty: no text was kept, see doc.apparatus": not doc.text,
        "not the file that its card describes (sha256): read without edition and ledgers": other,
        "no date: what hangs on it (last year, 3 May) stays open; give `published` in sources.toml": undated,
        "date inferred, not shown by the page: check it": row["published_from"] == "inferred",
        "no title": not row["title"],
        f"{lost} Chinese characters dropped inside the article, see doc.inside_drops": much,
        f"only {row['share']:.0%} kept, see doc.apparatus": doc.text and not much and row["share"] < 0.2,
        f"damaged: unreadable characters, \ufffd or ??, {unread} times in the text": unread,
        f"{share:.0%} of its text stands in {name} too: count its facts once": share >= _SAME,
    }
    return [words for words, holds in found.items() if holds]


# ---------------------------------------------------------------- near-duplicates


def _alike(docs):
    """For each document what the others are called in which its text stands, with the share of it, most
    first."""
    of, where, names = defaultdict(list), defaultdict(list), called(docs)
    for doc in docs:
        of[doc.text].append(doc)
    # In a large corpus one run in 16 stands for all; the same ones on every page.
    grams = {text: _grams(text, 1 if len(of) <= 500 else 16) for text in of}
    for text, found in grams.items():
        for gram in found:
            where[gram].append(text)
    # What stands on more than 50 pages is a formula of the office.
    holders = (texts for texts in where.values() if 1 < len(texts) <= 50)
    shared = Counter(pair for texts in holders for pair in permutations(texts, 2))
    alike = {text: [(one, 1.0) for one in same if text] for text, same in of.items()}
    for (text, other), count in shared.items():
        if count >= _ALIKE * len(grams[text]):
            alike[text] += [(one, count / len(grams[text])) for one in of[other]]
    found = ([(names[one.id], share) for one, share in alike[doc.text] if one is not doc] for doc in docs)
    return [sorted(others, key=lambda other: -other[1]) for others in found]


def _grams(text, step):
    """The runs of characters of a text, marks left out, as a set of numbers: one in `step` of them."""
    letters = "".join(filter(str.isalnum, text)).encode("utf-32-le")
    runs = (letters[at : at + 4 * _GRAM] for at in range(0, len(letters) - 4 * _GRAM + 1, 4))
    return {number for number in map(zlib.crc32, runs) if number % step == 0}
