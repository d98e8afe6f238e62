"""Sentences and words of the clean text, each with its span."""

import copy
import functools
import hashlib
import logging
import marshal
import os
import re
import stat
import sys
import warnings
from pathlib import Path

import pandas as pd
import platformdirs

from chipnotes.corpus import documents
from chipnotes.paths import read_data


def frame(rows, types):
    """A table of rows whose columns have the given types also where there is no row."""
    return pd.DataFrame.from_records(rows, columns=list(types)).astype(types)


# ---------------------------------------------------------------- sentences

# A web or mail address may hold marks that end a sentence. Look-behinds and possessive repeats keep the search linear.
_ADDRESS = r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*+://[!-~]+|www\.[!-~]+|(?<![a-z0-9_.+-])[a-z0-9_.+-]++@[a-z0-9.-]+"
_OPEN, _CLOSE = "《〈【([\uff08\uff3b", "》〉】)]\uff09\uff3d"
_MARKS = re.compile(
    rf"(?P<address>{_ADDRESS})|(?P<open>[{re.escape(_OPEN)}])|(?P<close>[{re.escape(_CLOSE)}])|(?P<quote>[\"'])|[。…!?\uff01\uff1f]+",
    re.IGNORECASE,
)
_CLOSERS = _CLOSE + "”’」』"
# After these the sentence goes on: “为什么?”的问题, “好!”、“妙!”
_GOES_ON = "的等之,、;:\uff0c\uff1b\uff1a"


def _can_end(text, start, end):
    """Can the run of marks text[start:end] end a sentence? ASCII ! and ? only where Chinese is written."""
    if not set(text[start:end]) <= {"!", "?"}:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before or before > "\u2000" or not (before.isalpha() or after.isascii() and after.isalnum())


def _ends(line):
    """The offsets in one line at which a sentence is over."""
    marks = list(_MARKS.finditer(line))
    # A bracket that nothing closes (damage) must not swallow the rest of the line, so they are paired first.
    opened, closed = [], {}
    for mark in marks:
        if mark["open"]:
            opened.append(mark.start())
        elif mark["close"] and opened:
            closed[opened.pop()] = mark.start()
    last = len(line.rstrip())
    first = len(line) - len(line.lstrip())  # where the sentence at hand begins
    shut = -1  # where the brackets end that opened inside it
    quotes = {'"': 0, "'": 0}
    for mark in marks:
        start, end = mark.span()
        if mark["quote"]:
            quotes[mark["quote"]] += 1
        elif mark["open"]:
            # A bracket inside a sentence belongs to it whatever it holds; one that opens a sentence may hold several.
            if first < start:
                shut = max(shut, closed.get(start, -1))
        elif not (mark["address"] or mark["close"] or start < shut) and _can_end(line, start, end):
            while end < last:
                # A straight quote closes if an odd number of them stands before it in the line, or if nothing follows it.
                straight = line[end] in quotes and (quotes[line[end]] % 2 == 1 or end + 1 == last)
                if not straight and line[end] not in _CLOSERS:
                    break
                end += 1
            if end == last or line[end] not in _GOES_ON and line[end - 1] not in "》〉":
                yield end
                first = _NOT_SPACE.search(line, end).start() if end < last else last


_NOT_SPACE = re.compile(r"\S")


def split_sentences(text):
    """The spans of the sentences of a text, without the white space around them: a list of (start, end).

    A sentence ends with its line, and at 。…! and ? (ASCII ! and ? only in Chinese context) together with the closing quotes
    and brackets that follow. It does not end at a semicolon, inside a bracket or a 《title》 that stands within it, in an
    address, before a comma, or where the writer goes on (“为什么?”的问题). No full stop of ASCII ends one: 1.37, U.S., v2.0.

    >>> line = "产值3227亿元。增长1.37%!“好。”他说"
    >>> [line[start:end] for start, end in split_sentences(line)]
    ['产值3227亿元。', '增长1.37%!', '“好。”', '他说']
    """
    spans, offset = [], 0
    for line in text.splitlines(keepends=True):
        begin = 0
        for end in (*_ends(line), len(line)):
            piece = line[begin:end]
            if piece.strip():
                spans.append((offset + end - len(piece.lstrip()), offset + begin + len(piece.rstrip())))
            begin = end
        offset += len(line)
    return spans


def sentences(corpus):
    """One row a sentence; every character of `doc.text` that is no white space is in exactly one.

    Columns: seed (id of the document), start and end (offsets in `doc.text`), surface (the sentence), article, para and role
    (of its paragraph, as in `doc.paragraphs`), sent (its number in the document, from 1). `split_sentences` says where a
    sentence ends; titles, headings and bylines are split by the same rule, so that most are one sentence.
    """
    rows = []
    for doc in documents(corpus):
        sent = 0
        for p in doc.paragraphs.itertuples(index=False):
            for start, end in split_sentences(doc.text[p.start : p.end]):
                sent += 1
                start, end = p.start + start, p.start + end
                rows.append((doc.id, start, end, doc.text[start:end], p.article, p.para, p.role, sent))
    types = {"seed": "str", "start": int, "end": int, "surface": "str", "article": int, "para": int, "role": "str", "sent": int}
    return frame(rows, types)


# ---------------------------------------------------------------- words

# jieba cuts a number at its decimal point or thousands mark, and full-width digits one by one: these stay whole.
_NUMBER = re.compile(r"((?<![a-zA-Z\d])[a-zA-Z\d]++(?:(?<=\d)(?:[.\uff0e]\d+|[,\uff0c]\d{3}(?!\d)))+|[\uff10-\uff19]+)")


def words(corpus, lexicon=True, hmm=False):
    """One row a token; the tokens of a document, joined, are its text.

    Columns: seed (id of the document), start and end (offsets in `doc.text`), surface (the token), is_word (bool: False for
    white space and punctuation). The tokens are the likeliest path through jieba's dictionary and `data/lexicon.tsv`, without
    the hidden Markov model, which makes up words that no dictionary has. A term of the lexicon swallows its parts (no token
    制造业 in 先进制造业): count a term on the text, not only on the tokens. `lexicon=False` leaves the project's terms out,
    `hmm=True` lets the model make words up: two other cuts, to see what hangs on this one.
    """
    rows = []
    for doc in documents(corpus):
        start = 0
        for token in tokens(doc.text, lexicon, hmm):
            rows.append((doc.id, start, start + len(token), token, any(c.isalnum() for c in token)))
            start += len(token)
    return frame(rows, {"seed": "str", "start": int, "end": int, "surface": "str", "is_word": bool})


def tokens(text, lexicon=True, hmm=False):
    """The tokens of a Simplified text in order, white space and punctuation included, as a generator; options as in `words`.

    >>> list(tokens("增加值增长20.8%"))
    ['增加值', '增长', '20.8', '%']
    """
    cutter = _tokenizer(lexicon)
    for line in text.splitlines(keepends=True):
        for number, piece in enumerate(_NUMBER.split(line)):
            if number % 2:
                yield piece
            else:
                yield from cutter.cut(piece, HMM=True) if hmm else cutter.cut(piece, HMM=False)


@functools.cache
def _tokenizer(lexicon):
    """The project's own jieba tokenizer, made at first use; jieba's global one is never touched."""
    if lexicon:
        # Its dictionary takes long to read and is read once; the copy has counts of its own.
        cutter = copy.copy(_tokenizer(False))
        cutter.FREQ = cutter.FREQ.copy()
        for row in read_data("lexicon.tsv").itertuples(index=False):
            cutter.add_word(row.word, int(row.freq))
        return cutter
    with warnings.catch_warnings():
        # jieba's files warn of their escapes when Python 3.12 or later compiles them.
        warnings.simplefilter("ignore")
        import jieba
    cutter = jieba.Tokenizer()
    folder = private_folder(Path(platformdirs.user_cache_dir("chipnotes", appauthor=False), "jieba"))
    if folder:
        with cutter.get_dict_file() as file:
            key = hashlib.sha256(file.read()).hexdigest()[:16]
        cutter.tmp_dir = str(folder)
        cutter.cache_file = f"{jieba.__version__}-{key}-{sys.implementation.cache_tag}.cache"
        # jieba logs its load time to stderr, another one each time, and an error if the disk is full.
        level = jieba.default_logger.level
        jieba.setLogLevel(logging.CRITICAL)
        try:
            # Read whole: jieba lets marshal ask the file for each word, which takes three times as long.
            cutter.FREQ, cutter.total = marshal.loads((folder / cutter.cache_file).read_bytes())
            cutter.initialized = True
        except (OSError, EOFError, TypeError, ValueError):
            cutter.initialize()
        jieba.setLogLevel(level)
    else:
        cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
        cutter.initialized = True
    return cutter


def private_folder(folder):
    """The folder, made with mode 0700 if it is not there; None if it cannot be written or another user ever could write to it.

    jieba unmarshals what it finds in its cache, so a file there must be this user's own.
    """
    if not folder.is_absolute() or not hasattr(os, "geteuid"):
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if stat.S_IMODE(folder.lstat().st_mode) & 0o077 or not os.access(folder, os.W_OK | os.X_OK):
            return None
        own = all(item.lstat().st_uid == os.geteuid() and not item.is_symlink() for item in (folder, *folder.iterdir()))
        return folder if own else None
    except OSError:
        return None
