"""Load a folder of pages as a corpus: find them, read each, infer what no card says, warn."""

import contextlib
import datetime
import os
import re
import unicodedata
import warnings
from pathlib import Path

from chipnotes.files import SEEDS
from chipnotes.pages.document import Document, clean
from chipnotes.pages.editions import read_edition
from chipnotes.pages.html import head
from chipnotes.pages.lines import han_count
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.pieces import runs
from chipnotes.pages.seeds import CARDS, HTML, SeedError, find_pages, page_id, read_raw


class Corpus:
    """Documents in the order given: `corpus["002"]`, `"002" in corpus`; it can be iterated and counted.

    `folder` is where they were loaded from, None if they were put together. ValueError for two with one id.
    """

    def __init__(self, pages, folder=None):
        self._documents, self.folder = {}, folder
        for page in documents(list(pages)):
            if page.id in self._documents:
                raise ValueError(f"two documents have the id {page.id!r}; rename one's file or leave one out")
            self._documents[page.id] = page

    def __getitem__(self, id):
        if id not in self:
            raise KeyError(f"no document {id!r}; the corpus has {', '.join(self._documents)}")
        return self._documents[id]

    def __contains__(self, id):
        return isinstance(id, str) and id in self._documents

    def __iter__(self):
        return iter(self._documents.values())

    def __len__(self):
        return len(self._documents)

    def __repr__(self):
        return f"Corpus of {len(self)}: {', '.join(self._documents)}"


def documents(corpus):
    """The documents of a corpus, of a list of documents, or of one document: a list. Else TypeError."""
    pages = [corpus] if isinstance(corpus, Document) else corpus
    if not isinstance(pages, Corpus | list | tuple) or not all(isinstance(page, Document) for page in pages):
        takes = "it takes a corpus (cn.load gives one), a document or a list of documents"
        raise TypeError(f'{takes}, not {corpus!r:.60}; for one page: corpus["002"]')
    return list(pages)


def load(folder=None, verify=True):
    """The corpus in a folder of `.txt` and `.html` files; without a folder, the project's five seeds.

    A page's id is the first three digits of its file name, or the name without its ending. Its facts are the
    table [id] in the folder's `sources.toml`; where that is silent, `title` and `published` come from the
    page itself, from the head of an `.html` file or from its address, and `doc.card["inferred"]` lists them.
    Its edition is `editions/ID.toml` in the folder.
    `verify=False` reads a page whose bytes are not those of its card, with a warning and without what was
    made for those: edition, ledgers. Warns, in one line, of pages that came out empty or without a date,
    of pages that lost more than a tenth of their Chinese characters between paragraphs that were kept, and of
    files such as `.pdf` that it does not read.
    Raises SeedError that lists every fault of the folder.
    """
    folder = SEEDS if folder is None else Path(folder)
    pages, problems = find_pages(folder)
    loaded = []
    for id, (path, card) in pages.items():
        try:
            loaded.append(read_page(path, card, folder / "editions" / f"{id}.toml", verify))
        except SeedError as error:
            problems += error.problems
    alone = [path for path in sorted((folder / "editions").glob("*.toml")) if path.stem not in pages]
    remedy = "an edition without a page. Add the page {}.txt or remove the edition"
    problems += [f"editions/{path.name}: {remedy.format(path.stem)}." for path in alone]
    if problems:
        raise SeedError(*problems)
    _warn(loaded, folder)
    return Corpus(loaded, folder)


def read_page(path, card, edition, verify=True):
    """The document of one file, a function of the file, its card (a dict) and its edition (a path) alone.

    It can be sent to another process. Raises SeedError as `load` does.
    """
    raw, sha256 = read_raw(path, card, verify)
    resolved = read_edition(edition, raw, sha256, verify) if os.path.lexists(edition) else None
    html = path.suffix.lower() in HTML
    try:
        document = clean(raw, page_id(path), dict(card), resolved, path.parent, sha256, html)
    except ValueError as error:
        raise SeedError(f"{CARDS}: card [{page_id(path)}]: {error}, or remove the key.") from None
    for key, value in (_said(raw if html else "", card) | shown(document)).items():
        if key not in document.card:
            document.card[key] = value
            document.card.setdefault("inferred", []).append(key)
    return document


def _warn(loaded, folder):
    """One line that names the pages at which a reader should look, and what she may take for one."""
    ids = {page.id for page in loaded}
    others = {page_id(path): path.name for path in folder.iterdir() if LOOKS.unread.fullmatch(path.name)}
    lost = "more than a tenth of the characters dropped inside the article, see doc.inside_drops"
    changed = "not what the card describes (sha256 differs), so read without edition and ledgers"
    found = {
        "empty": [page.id for page in loaded if not page.text],
        "without a date": [page.id for page in loaded if "published" not in page.card],
        lost: [page.id for page in loaded if lost_much(page)],
        changed: [page.id for page in loaded if page.card.get("sha256", page.sha256) != page.sha256],
        "not read, save as .html or .txt": sorted(others[id] for id in {*others} - ids),
    }
    lines = [f"{what}: {', '.join(names)}" for what, names in found.items() if names]
    if lines:
        warnings.warn(f"Pages to look at: {'; '.join(lines)}", stacklevel=3)


def lost_much(page):
    """Did rules take more than a tenth of a page's Chinese from between paragraphs that they kept?"""
    # Date and source, heads of printed pages are in their place; of an edition each drop was decided.
    drops = page.inside_drops.query("rule not in ('metadata', 'page_head')")
    much = drops.chinese.sum() * 10 > han_count(page.raw)
    return much and not (page.folder / "editions" / f"{page.id}.toml").exists()


def _said(source, card):
    """What the head of an HTML page says, else its address: title and date."""
    titles, dates, addresses = head(source)
    dates += map("-".join, LOOKS.in_address.findall(" ".join([card.get("address", ""), *addresses])))
    days = [day for date in dates for _, day in _days(date)]
    return dict(zip(["title"], titles)) | dict(zip(["published"], days))


# Where a page shows its date, the likeliest first; among the lines of a rule, or as the last of its text
_DATED = {"metadata": "", "head": "", "navigation": "", "tail": "[上下]一[篇条]", "signature": ""}


def shown(document):
    """What the page itself shows, a dict: its title line; the first full date of a metadata line, else of a
    line above the title or of navigation, else of a link to a neighbouring post, else of the last line."""
    titles = [document.text[p.start : p.end] for p in document.paragraphs.itertuples() if p.role == "title"]
    found = {"title": titles[0]} if titles else {}
    drops = runs(document.fates, document.notes)
    lines = [(rule, line) for start, end, rule, _ in drops for line in document.raw[start:end].splitlines()]
    lines += [("signature", one) for one in document.text.splitlines()[-1:] if LOOKS.full_date.fullmatch(one)]
    for rule, among in _DATED.items():
        days = [day for of, line in lines if of == rule and re.search(among, line) for day in _days(line)]
        if days:
            return found | {"published": min(days, key=lambda one: one[0])[1]}
    return found


def _days(line):
    """The full dates of a line, each with its rank: -1 after 发布, 1 after 更新, else 0."""
    line = LOOKS.gap_in_date.sub("", unicodedata.normalize("NFKC", line))
    for date in LOOKS.full_date.finditer(line):
        before = line[max(0, date.start() - 6) : date.start()]
        later, first = (bool(re.search(words, before)) for words in ("更新|成文|生成|印发", "[发發][布佈表]"))
        with contextlib.suppress(ValueError):  # the 30th of February
            yield later - first, datetime.date(*map(int, date.groups()))
