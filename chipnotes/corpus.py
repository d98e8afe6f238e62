"""Load a folder of pages as a corpus: read, find the edition, clean."""

import datetime
import os
import re
import sys
import unicodedata
import warnings
from functools import lru_cache
from pathlib import Path

from tqdm import tqdm

from chipnotes.clean import FULL_DATE, Document, clean
from chipnotes.editions import read_edition
from chipnotes.paths import EDITIONS, SEEDS
from chipnotes.seeds import SeedError, read_folder, read_toml


class Corpus:
    """Documents in the order of their ids: `corpus["002"]` is one of them, iteration yields each, `len()` counts them."""

    def __init__(self, documents):
        self._documents = {document.id: document for document in documents}

    def __getitem__(self, id):
        try:
            return self._documents[id]
        except KeyError:
            raise KeyError(f"no document {id!r}; the corpus has {', '.join(self._documents)}") from None

    def __iter__(self):
        return iter(self._documents.values())

    def __len__(self):
        return len(self._documents)

    def __repr__(self):
        return f"Corpus of {len(self)}: {', '.join(self._documents)}"


def documents(corpus):
    """The documents of a corpus, of a list of documents, or of one document: a list. Raises TypeError for anything else."""
    pages = [corpus] if isinstance(corpus, Document) else corpus
    if not isinstance(pages, Corpus | list | tuple) or not all(hasattr(page, "text") for page in pages):
        raise TypeError(f'it takes a corpus, a document or a list of documents, not {corpus!r:.60}; for one page: corpus["002"]')
    return list(pages)


def load(folder=None, verify=True):
    """The corpus in a folder of `.txt` files; without a folder, the project's five seeds.

    A page's id is the first three digits of its file name, or the name without `.txt`. Its facts are the table [id] in the
    folder's `sources.toml`; a page without one gets `title` and `published` from the page itself, and `inferred` lists them. A
    page's edition is `editions/ID.toml` in the folder, or one of the project's if it was made for the same bytes. `verify=False`
    reads a page whose sha256 is not its card's, with a warning.
    Raises SeedError that lists every fault of the folder.
    """
    folder = SEEDS if folder is None else Path(folder)
    seeds, known, problems = read_folder(folder, verify)
    loaded = []
    for seed in tqdm(seeds, desc="cleaning", unit="page", disable=len(seeds) < 200 or not sys.stderr.isatty()):
        try:
            loaded.append(_document(seed, folder, verify))
        except SeedError as error:
            problems += error.problems
    problems += [
        f"editions/{path.name}: an edition without a page. Add the page {path.stem}.txt or remove the edition."
        for path in sorted((folder / "editions").glob("*.toml"))
        if path.stem not in known
    ]
    if problems:
        raise SeedError(problems)
    return Corpus(loaded)


def _document(seed, folder, verify):
    if not verify and seed.card.get("sha256", seed.sha256) != seed.sha256:
        warnings.warn(f"{seed.path.name} is not the page that its card describes: its sha256 differs", stacklevel=3)
    document = clean(seed.raw, seed.id, dict(seed.card), _edition(seed, folder, verify))
    for key, value in _infer(document).items():
        if key not in document.card:
            document.card[key] = value
            document.card.setdefault("inferred", []).append(key)
    return document


def _edition(seed, folder, verify):
    own, shipped = folder / "editions" / f"{seed.id}.toml", EDITIONS / f"{seed.id}.toml"
    if os.path.lexists(own):
        return read_edition(own, seed.raw, seed.sha256 if verify else None)
    if shipped.is_file() and folder.resolve() == SEEDS.resolve() and verify:
        return read_edition(shipped, seed.raw, seed.sha256)
    if seed.sha256 in _shipped():
        return read_edition(_shipped()[seed.sha256], seed.raw, seed.sha256)
    if not verify and _shipped().get(seed.card.get("sha256")) == shipped:
        try:
            return read_edition(shipped, seed.raw)
        except SeedError as error:
            warnings.warn(f"{seed.path.name} is read without its edition, which no longer fits: {error}", stacklevel=4)
    return None


@lru_cache(maxsize=1)
def _shipped():
    """The project's editions by the sha256 of the page that each is for."""
    return {read_toml(path)["sha256"]: path for path in sorted(EDITIONS.glob("*.toml"))}


def _infer(document):
    """Title and publication date where the page states them: the title line, the first full date of a metadata line, else of a
    link to a neighbouring post."""
    found = {}
    titles = document.paragraphs.query("role == 'title'")
    if len(titles):
        found["title"] = document.text[titles.start.iloc[0] : titles.end.iloc[0]]
    return found | _published(document)


def _published(document):
    apparatus = document.apparatus
    for rule, pattern in (("metadata", ""), ("head", ""), ("navigation", ""), ("tail", "[上下]一[篇条]")):
        found = []
        for row in apparatus[apparatus.rule == rule].itertuples():
            for line in document.raw[row.start : row.end].splitlines():
                line = _GAP_IN_DATE.sub("", unicodedata.normalize("NFKC", line))
                for date in FULL_DATE.finditer(line) if re.search(pattern, line) else ():
                    try:
                        day = datetime.date(*map(int, date.groups()))
                    except ValueError:
                        continue
                    before = line[max(0, date.start() - 6) : date.start()]
                    found.append(
                        (bool(re.search("更新|成文|生成|印发", before)) - bool(re.search("[发發][布佈表]", before)), day)
                    )
        if found:
            return {"published": min(found, key=lambda one: one[0])[1]}
    return {}


_GAP_IN_DATE = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月])\s+(?=\d)")
