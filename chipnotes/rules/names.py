"""Names: who and what a text names, each mention under one canonical name: listed, by last word, persons."""

import re
from bisect import bisect_left, bisect_right
from collections import namedtuple
from functools import lru_cache

import ahocorasick

from chipnotes.files import read_data
from chipnotes.glyphs import narrow
from chipnotes.rules.patterns import Book, either


# A mention: offsets, canonical name, kind, region, English, office of a person; '' unknown.
Name = namedtuple("Name", "start end name type region english office source", defaults=("", "", "rule"))


def find_names(text, starts, extra=()):
    """The mentions in a text in order; they do not overlap, the longest wins.

    `starts` are the offsets at which a word begins: a name that is not listed, a short one and a person's
    begin and end at words, so that no name is cut out of one. `extra` are rows of a reader's own gazetteer
    (dicts with the columns of `data/gazetteer.tsv`, and `english`), which go before the project's.

    >>> [tuple(m) for m in find_names("走访云芯有限公司。", [0, 2, 3, 4, 8])]
    [(2, 8, '云芯有限公司', 'company', 'other', '', '', 'rule')]
    >>> text = "局长高明说,质量提高明显。"
    >>> [m.start for m in find_names(text, [0, 2, 4, 5, 6, 8, 10, 12])]
    [2]
    """
    text, starts = _fold(text), [*starts, len(text)]
    rows, automaton = _gazetteer(tuple(tuple(row.items()) for row in extra))
    known = _known(text, starts, rows, automaton)
    papers = [Name(*m.span(), m[0], "document", "other") for m in _AROUND["paper"].finditer(text)]
    ends = {m.end for m in known}  # a rule puts no words before a listed name
    ruled = [m for m in _by_last_word(text, starts, known, rows) if m.end not in ends]
    chosen, last = [], 0
    # Leftmost, longest; of two of one length the listed one (source gazetteer) comes first.
    for m in sorted([*known, *papers, *ruled], key=lambda m: (m.start, -m.end, m.source)):
        if m.start >= last:
            chosen.append(m)
            last = m.end
    found = sorted([*chosen, *_persons(text, set(starts), chosen, rows)])
    return [m._replace(english=rows.get(m.name, {}).get("english", "")) for m in found if m.type != "none"]


# Full and half width, curly and straight quotation marks are one; each character stays one.
_MARKS = str.maketrans("“”„‘’•・‧∙\u3000\xa0", '"""\'\'····  ')


def _fold(text):
    return narrow(text).translate(_MARKS)


# ---------------------------------------------------------------- the words that the rules go by


_BOOK = Book("name_words.toml")
_AROUND, _BEFORE = _BOOK.around, frozenset(_BOOK.table["before"].split())
# last word -> (type, whether the name must begin with a place)
_TYPES = {word: (one["type"], one["place"]) for one in _BOOK.table["ending"] for word in one["words"].split()}
# 云芯有限公司, 云澜市统计局; not 格局, 学院生
_LAST = either(_TYPES, not_after=[_BOOK.table["not_after"].get(word, "") for word in _TYPES])
_ENDING = _BOOK.compiled(f"(?:{_LAST})(?!(?&not_before))")
_TOKEN = re.compile(r"[\w·&-]+")


# ---------------------------------------------------------------- names that are listed


@lru_cache(maxsize=4)
def _gazetteer(extra):
    """The rows by name, and the automaton of their forms: form -> (form, [(how, name), …])."""
    glossary = dict(read_data("glossary.tsv")[["zh", "en"]].itertuples(index=False))
    rows, forms = {}, {}
    for row in (*map(dict, extra), *read_data("gazetteer.tsv").to_dict("records")):  # hers first
        rows.setdefault(row["name"], dict.fromkeys(("aliases", "short", "bare"), "") | row)
    for name, row in rows.items():
        row["english"] = row.get("english") or glossary.get(name, "")
        # Persons share names: one is only found by the office that the page gives.
        cells = {"alias": f"{name}|{row['aliases']}", "short": row["short"], "bare": row["bare"]}
        for how in cells if row["type"] != "person" else ():
            for form in filter(None, cells[how].split("|")):
                forms.setdefault(_fold(form), []).append((how, name))
    automaton = ahocorasick.Automaton()
    for form, uses in forms.items():
        automaton.add_word(form, (form, uses))
    automaton.make_automaton()
    return rows, automaton


def _known(text, starts, rows, automaton):
    """Mentions of listed names: leftmost, longest, a short form only after a long one of the same actor."""
    edges, mentions, seen, named_last = set(starts), [], set(), {}
    hits = [(end + 1 - len(form), end + 1, form, uses) for end, (form, uses) in automaton.iter(text)]
    for start, end, form, uses in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if (mentions and start < mentions[-1].end) or not _is_whole(text, start, end, edges):
            continue
        names = [name for how, name in uses if how == "alias" or (how == "short" and name in seen)]
        bare = [name for how, name in uses if how == "bare"]
        if not names and bare:
            # 广东省经信委 is the body of Guangdong, none that is listed.
            behind = mentions and mentions[-1].end == start and mentions[-1].type == "place"
            if behind or not _begins_here(text, start, starts):
                continue
            # The region named last decides.
            near = [name for name in bare if rows[name]["region"] in named_last]
            names = sorted(near, key=lambda name: named_last[rows[name]["region"]])[-1:]
        if names or bare:
            # Without a region a bare name stays as it is written.
            row = rows[names[0]] if names else rows[bare[0]] | {"name": form, "region": "other"}
            mentions.append(Name(start, end, row["name"], row["type"], row["region"], source="gazetteer"))
            seen.add(row["name"])
            if row["type"] in ("place", "government", "park"):
                named_last[row["region"]] = start
    return mentions


def _begins_here(text, start, starts):
    """Does a bare name begin here, or is it the end of a longer one: 市经信委 and 经信委 in 云澜市经信委?"""
    before = text[starts[max(0, bisect_left(starts, start) - 1)] : start]
    if text[start] in "省市区":
        return not before or before in _BEFORE or not before[-1].isalnum()
    return not before.endswith(tuple("省市区县州"))


def _is_whole(text, start, end, edges):
    """Names in Latin letters or of three characters are whole words (no 华为 in 中华为何); no 部 of 部门."""
    long = end - start > 3 and not text[start:end].isascii()
    return text[end - 1 : end + 1] != "部门" and (long or (start in edges and end in edges))


# ---------------------------------------------------------------- names that are not listed


def _by_last_word(text, starts, known, rows):
    """Mentions of names that end as those of organisations do."""
    bodies = ("association", "company", "government")
    body_ends, known_ends = {m.end for m in known if m.type in bodies}, [m.end for m in known]
    joints, edges = {m.end() - 1 for m in _AROUND["joint"].finditer(text)}, set(starts)
    for match in _ENDING.finditer(text):
        kind, needs_place = _TYPES[match[0]]
        last = match.start()
        if match.end() not in edges:
            continue  # 副局长, 大学生
        start = _first_word(text, last, starts, joints, body_ends)
        near = known[bisect_right(known_ends, start) : bisect_right(known_ends, last)]
        place = next((m for m in near if "(" not in text[start : m.start]), None)
        national = text.startswith(("国家", "中国", "中共"), start)
        if place and not national and last - place.end >= 2:
            start = place.start
        begun = place.end if place and place.start == start else start
        core, placed = text[begun:last], begun != start or _AROUND["begins"].match(text, start)
        if (needs_place and not placed) or last - start < 2 or _AROUND["office"].search(text, start, last):
            continue
        generic = begun == start or (not core and kind in ("company", "association"))
        if generic and _AROUND["generic"].fullmatch(core):
            continue
        # one with which a name begins may be inside its first word: 成都市政府
        first = (row for name, row in rows.items() if row["type"] == "place" and text.startswith(name, start))
        region = place.region if place else next(first, {"region": "国家" if national else "other"})["region"]
        yield Name(start, match.end(), text[start : match.end()], kind, region)
        if kind in bodies:
            body_ends.add(match.end())


def _first_word(text, last, starts, joints, body_ends):
    """Where a name begins whose last word begins at `last`: word by word to the left, 30 at most."""
    left, i = last, bisect_left(starts, last) - 1
    while i >= 0 and last - starts[i] <= 30 and left not in body_ends:
        word = text[starts[i] : left]
        if word == ")":
            opening = text.rfind("(", max(0, left - 12), left)
            if opening < 0 or not text[opening + 1 : left - 1].isalnum():
                break
            i = bisect_right(starts, opening) - 1
        elif starts[i] not in joints and (word in _BEFORE or not _TOKEN.fullmatch(word)):
            break
        left, i = starts[i], i - 1
    return left


# ---------------------------------------------------------------- persons


def _persons(text, edges, others, rows):
    """Mentions of persons: after an office, and elsewhere the same name where it is words of its own."""
    bodies = {m.end: m for m in others}
    taken = {i for m in others for i in range(m.start, m.end)}
    found, stated = {}, {}
    for match in _AROUND["office"].finditer(text):
        at = match.end() + text.startswith(" ", match.end())
        while (name := _AROUND["person"].match(text, at)) and at not in taken:
            found[at] = name[0], *_office(text, match, bodies)
            stated.setdefault(name[0], found[at])
            in_a_row = match[0].endswith(("记者", "通讯员")) and text[name.end() : name.end() + 1] in " 、"
            at = name.end() + 1 if in_a_row else len(text)
    again = "|".join(sorted(stated, key=len, reverse=True))
    for name in re.finditer(again, text) if stated else ():
        if name.start() in edges and name.end() in edges and taken.isdisjoint(range(*name.span())):
            found.setdefault(name.start(), stated[name[0]])
    for start, (name, office, region) in found.items():
        row = rows.get(name, {"type": ""})
        # Another bearer of a listed name holds another office.
        listed = row["type"] == "person" and any(word in office for word in row["aliases"].split("|"))
        region, source = region or (row["region"] if listed else "other"), "gazetteer" if listed else "rule"
        yield Name(start, start + len(name), name, "person", region, office=office, source=source)


def _office(text, match, bodies):
    """The offices of a person, the last of which is `match`; region of the body of the first, "" if none."""
    first, last, region = *match.span(), ""
    while True:
        # 上海市委 is listed and 市委书记 an office: the body may end inside the office.
        if inside := next((bodies[end] for end in range(first, last) if end in bodies), None):
            first, region = inside.start, inside.region
        # 某协会会长、某公司总经理周某 holds both offices.
        earlier = _AROUND["office_before"].search(text, max(0, first - 12), first)
        if not earlier:
            return text[first : match.end()], region
        first, last = earlier.span("office")
