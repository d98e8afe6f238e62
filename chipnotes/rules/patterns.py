"""Books of patterns (data/*.toml), tables of rules, many words as one expression."""

import re
import tomllib
from functools import cached_property, lru_cache
from itertools import chain, zip_longest

from chipnotes.files import DATA, read_data

DIGITS = "0123456789零〇一二两三四五六七八九十百千万亿"


class Book:
    """A TOML file of verbose patterns: `parts`, each what (?&NAME) stands for, forms, `around` them.

    A form is its entry in the table, with its pattern compiled as "fits", between the parts FRONT and BACK.
    """

    def __init__(self, name, **parts):
        self.table = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
        self.parts = self.table["parts"] | parts
        self.around = {key: self.compiled(pattern) for key, pattern in self.table["around"].items()}
        self.forms = self.table.get("form", {})
        for form in self.forms.values():
            form["fits"] = self.compiled(f"(?&FRONT)(?:{form['pattern']})(?&BACK)")

    def compiled(self, pattern):
        """A pattern with each (?&NAME) replaced by the part of that name."""
        while "(?&" in pattern:
            pattern = re.sub(r"\(\?&(\w+)\)", lambda name: f"(?:{self.parts[name[1]]})", pattern)
        return re.compile(pattern, re.VERBOSE)

    @cached_property
    def heads(self):
        """Where a form may begin, as one pattern, and character -> the forms that can begin with it.

        `begins` of a form: words parted by blanks, # in them for the part NUMBERS. `opens` of the table: what
        any may begin with, `opens_of_a_year` what one with a (?&YEAR) may.
        """
        words, firsts = {}, {}
        for form in self.forms.values():
            years = self.table["opens_of_a_year"] if "(?&YEAR)" in form["pattern"] else ""
            begins = f"{self.table['opens']} {years} {form.get('begins', '')}".split()
            words |= dict.fromkeys(begins)
            for one in dict.fromkeys(chain(*(DIGITS if word[0] == "#" else word[0] for word in begins))):
                firsts.setdefault(one, []).append(form)
        tails = "|".join(word[1:] for word in words if word[0] == "#")
        heads = [f"{one}(?&NUMBERS)(?:{tails})" for one in DIGITS]
        heads.append(either([word for word in words if word[0] != "#"]))
        return self.compiled("|".join(heads)), firsts

    def fits(self, text, at, stop):
        """Matches of the forms that fit between two places, at each in their order, with the form."""
        head, firsts = self.heads
        while begin := head.search(text, at, stop):
            at = begin.start() + 1
            for form in firsts[begin[0][0]]:
                if match := form["fits"].match(text, begin.start(), stop):
                    yield match, form


def either(words, not_before=(), not_after=()):
    """One expression for many words, the longest first; one branch a first character, so that few are tried.

    The branches stand in the order of the words: the commonest first saves time.
    `not_before`, `not_after`: of each word, characters beside which it is part of another word.
    """
    branches = {word[0]: [] for word in words}
    rows = zip_longest(words, not_before, not_after, fillvalue="")
    for word, after, before in sorted(rows, key=lambda row: (-len(row[0]), row[0])):
        behind = f"(?<![{before}]{re.escape(word[0])})" if before else ""
        ahead = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalpha() else ""
        ahead += f"(?![{after}])" if after else ""
        branches[word[0]].append(behind + re.escape(word[1:]) + ahead)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items())


def decide(book, table, marks, cells, before, after):
    """The verdict of the first rule of a table that holds, or None.

    A rule's first cell is its verdict; the second lists marks that must hold, or (!) must not; then come
    expressions for as many `cells`, one that must end where the amount begins, one that must begin where it
    ends; its last cell is an example.
    """
    for verdict, ends, begins in _open_rules(book, table, marks, cells):
        if (not ends or ends.search(before)) and (not begins or begins.match(after)):
            return verdict
    return None


@lru_cache(maxsize=4096)
def _open_rules(book, table, marks, cells):
    """What marks and cells leave open: (verdict, before, after), up to the first rule that asks no more."""
    found = []
    for verdict, needs, tests, before, after in _rules(book, table):
        held = all((mark[1:] not in marks) if mark[0] == "!" else mark in marks for mark in needs)
        if held and all(test.fullmatch(cell) for test, cell in zip(tests, cells) if test.pattern):
            found.append((verdict, before, after))
            if not before and not after:
                break
    return found


@lru_cache(maxsize=4)
def _rules(book, table):
    """The rules of a table, compiled."""
    found = []
    for verdict, needs, *cells, before, after, _ in read_data(table).itertuples(index=False):
        tests = [re.compile(cell) for cell in cells]
        ends, begins = before and book.compiled(rf"(?:{before})\Z"), after and book.compiled(after)
        found.append((verdict, needs.split(), tests, ends, begins))
    return found
