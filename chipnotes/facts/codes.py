"""Codes: the quasi-sentences of the pages, and what readers and the rule coder say of each."""

import re

from chipnotes.facts import ledger
from chipnotes.pages.corpus import documents
from chipnotes.pages.words import sentences
from chipnotes.rules.coding import book, code_units

SHEETS = "codes codes.A codes.B codes.agreed".split()  # of all coders, and of one
# A unit ends behind semicolons, but for those in brackets or a 《title》, four deep, of an HTML entity or a
# web address.
_OPEN, _CLOSE, _PLAIN = "[《〈(（\\[【]", "[》〉)）\\]】]", "[^《〈(（\\[【》〉)）\\]】]"
_BRACKETS = "(?!)"
for _ in range(4):
    _BRACKETS = f"{_OPEN}(?:{_PLAIN}|{_BRACKETS})*+{_CLOSE}"
_UNIT = re.compile(
    rf"(?:&[a-zA-Z0-9#]{{2,8}};|[a-z]{{3,6}}://[!-~]+|{_BRACKETS}|[^;；])*+(?:[;；]+[”’」』]*|$)"
)


def quasi_sentences(corpus):
    """One row a quasi-sentence (one argument); every character of `doc.text` that is no white space is in
    exactly one.

    - seed (text), start, end (whole numbers), surface (text): the unit
    - unit (whole number): its number in the document, from 1
    - sent (whole number): number of its sentence, as in `sentences`
    - article, para (whole numbers), role (text): of its paragraph, as in `doc.paragraphs`

    Sentences, parted further behind semicolons outside brackets. Boxes are units too, with role `box`: they
    restate the body, so leave them out where a fact must count once.
    """
    return ledger.table(corpus, "quasi_sentences", _units)


def _units(doc):
    number = 0
    for s in sentences(doc).itertuples(index=False):
        for piece in _UNIT.finditer(s.surface):
            if unit := piece[0].strip():
                number += 1
                start = s.start + piece.start() + piece[0].index(unit)
                place = {"start": start, "end": start + len(unit), "surface": unit, "unit": number}
                yield s._asdict() | place


def codes(corpus):
    """One row a quasi-sentence and coder: what each coder says of it, by the codebook.

    - seed, start, end, surface, unit, sent, article, para, role: as in `quasi_sentences`
    - coder (text): A and B, two readers blind to each other; agreed, what was decided afterwards; rule, for
      every unit
    - side, instrument, second, value_chain, firmness, chips, self_reliance (text): codes of the codebook;
      second is "" where there is none, self_reliance "" where this coder did not code it
    - same_as (text): of agreed, "page:start" of the unit that tells this more fully; "" if none
    - reason (text): of a reader, why
    - pattern (text): of the rule, what fired; "" for readers

    Readers' codes come from the ledgers `codes.tsv`, `codes.A.tsv`, `codes.B.tsv` and `codes.agreed.tsv` of
    the page's folder. Raises ValueError for a line that is no unit of its page, of another coder than its
    file, of another side than its instrument's, or of a unit that this coder has coded in another line.
    """
    units = quasi_sentences(corpus)
    rows = code_units(units).assign(coder="rule").to_dict("records")
    known, done = {(unit["seed"], unit["start"], unit["end"]): unit for unit in units.to_dict("records")}, {}
    hands = ((name, row) for doc in documents(corpus) for name in SHEETS for row in ledger.rows(doc, name))
    for name, hand in hands:
        unit, coder = known.get((hand["seed"], hand["start"], hand["end"])), hand["coder"]
        first = done.setdefault((hand["seed"], hand["start"], coder), hand["at"])
        side = book()["instrument"][hand["instrument"]]["side"]
        strange = name not in ("codes", f"codes.{coder}")
        faults = {
            "is no quasi-sentence. Quote a whole unit of cn.quasi_sentences.": unit is None,
            f"is coded by {coder} in {first} too. Remove one of the two.": first != hand["at"],
            f"has side {hand['side']}, its instrument {side}. Mend one of them.": hand["side"] != side,
            f"is of coder {coder} in the sheet of another. Mend coder, or move the row.": strange,
        }
        for fault in (fault for fault, holds in faults.items() if holds):
            raise ValueError(f"{hand['at']}: page {hand['seed']}: {hand['quotation']!r:.60} {fault}")
        rows.append(hand | unit)
    return ledger.typed("codes", sorted(rows, key=lambda row: (row["seed"], row["unit"], row["coder"])))
