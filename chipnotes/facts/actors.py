"""Actors: each mention of a body, firm, place, person or paper on a page, under one canonical name."""

from itertools import accumulate

from chipnotes.facts import ledger
from chipnotes.pages.words import tokens
from chipnotes.rules.names import find_names


def actors(corpus):
    """One row a mention of an actor; mentions do not overlap, the longest name wins.

    - seed (text): id of the page
    - start, end (whole numbers): offsets in `doc.text`
    - surface (text): the mention
    - name (text): canonical name, Chinese
    - en (text): its English in the glossary; "" if it has none
    - type (text): government association company university institute platform park fund media person place
      document
    - office (text): of a person, as the page states it; "" if it does not
    - region (text): 四川 重庆 川渝 上海 常州 国家 other: by name, office or seat on the page; 川渝 also for
      成渝
    - source (text): gazetteer (listed) or rule (found by its last word, its brackets 《》 or its office)

    A bare name that several regions share (经信委) is the body of the region named last before it. 两地,
    双方, 我市, 该平台 are no mentions. A firm's presence in a place is no seat: its region is then `other`.
    A folder's own `ledgers/gazetteer.tsv` (columns of the project's, and `english`) goes before the
    project's, and its `ledgers/glossary.tsv` gives English names. Names begin and end at the edges of
    words, as `words` has them.
    """

    def rows_of(doc):
        hers = {row["zh"]: row["en"] for row in ledger.read(doc.folder, "glossary")}
        starts = [0, *accumulate(map(len, tokens(doc.text)))][:-1]
        for row in ledger.placed(doc, find_names(doc.text, starts, ledger.read(doc.folder, "gazetteer"))):
            yield row | {"en": hers.get(row["name"]) or row["english"]}

    return ledger.table(corpus, "actors", rows_of)
