"""Sentences and words of the clean text, each with its span."""

import functools
import importlib.util
import warnings

from chipnotes.files import frame, read_data
from chipnotes.pages.corpus import documents
from chipnotes.pages.looks import LOOKS
from chipnotes.pages.sentence import split_sentences

_RJIEBA = bool(importlib.util.find_spec("rjieba"))  # the extra `scale`


def sentences(corpus):
    """One row a sentence; every character of `doc.text` that is no white space is in exactly one.

    - seed (str): id of the document
    - start, end (int): offsets in `doc.text`
    - surface (str): the sentence
    - article, para (int), role (str): of its paragraph, as in `doc.paragraphs`
    - sent (int): its number in the document, from 1

    `split_sentences` says where a sentence ends; titles, headings and bylines are split by the same rule.
    Raises TypeError for what is no corpus, document or list of documents.
    """
    rows = []
    for doc in documents(corpus):
        ends = doc.paragraphs.end.to_numpy()
        for sent, (start, end) in enumerate(split_sentences(doc.text), 1):
            paragraph = int(ends.searchsorted(end))
            article, role = doc.parts[paragraph]
            rows.append((doc.id, start, end, doc.text[start:end], article, paragraph + 1, role, sent))
    types = {"seed": "str", "start": int, "end": int, "surface": "str"}
    return frame(rows, types | {"article": int, "para": int, "role": "str", "sent": int})


def words(corpus):
    """One row a token; the tokens of a document, joined, are its text.

    - seed (str): id of the document
    - start, end (int): offsets in `doc.text`
    - surface (str): the token
    - is_word (bool): False for white space and punctuation

    The tokens are the likeliest path through jieba's dictionary and `data/lexicon.tsv`, without the hidden
    Markov model, which makes up words that no dictionary has. A term of the lexicon swallows its parts (no
    token 制造业 in 先进制造业): count a term on the text too. Raises TypeError for what is no corpus,
    document or list of documents.
    """
    rows = []
    for doc in documents(corpus):
        start = 0
        for token in tokens(doc.text):
            rows.append((doc.id, start, start + len(token), token, any(c.isalnum() for c in token)))
            start += len(token)
    return frame(rows, {"seed": "str", "start": int, "end": int, "surface": "str", "is_word": bool})


def tokens(text):
    """The tokens of a Simplified text in order, white space and punctuation included, as a generator.

    >>> list(tokens("增加值增长20.8%"))
    ['增加值', '增长', '20.8', '%']
    """
    cut = cutter(_RJIEBA)
    for line in text.splitlines(keepends=True):
        for number, piece in enumerate(LOOKS.number.split(line)):
            yield from [piece] if number % 2 else cut(piece)


@functools.cache
def cutter(fast):
    """A tokenizer of our own, jieba's with the project's terms; `fast`: rjieba's, the same tokens."""
    if fast:
        jieba = importlib.import_module("rjieba").Jieba()
        add, cut = functools.partial(jieba.add_word, tag=None), functools.partial(jieba.cut, hmm=False)
    else:
        with warnings.catch_warnings():
            # jieba's files warn of their escapes when Python 3.12 or later compiles them.
            warnings.simplefilter("ignore")
            jieba = importlib.import_module("jieba").Tokenizer()
        # Not by initialize(): that unmarshals what it finds in a shared temporary folder, whoever wrote it.
        jieba.FREQ, jieba.total = jieba.gen_pfdict(jieba.get_dict_file())
        jieba.initialized = True
        add, cut = jieba.add_word, functools.partial(jieba.cut, HMM=False)
    for row in read_data("lexicon.tsv").itertuples(index=False):
        add(row.word, int(row.freq))
    return cut
