"""HTML: a page as its source, with what no reader sees marked and line ends where a browser begins a line."""

import html
import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

import numpy as np

from chipnotes.pages.lines import han_count
from chipnotes.pages.looks import BOOK, LOOKS
from chipnotes.pages.marks import codes, string
from chipnotes.pages.pieces import FATE

_BLOCKS, _VOID = (frozenset(BOOK["html"][kind].split()) for kind in ("blocks", "void"))
_LEFT_OUT = {name: rule for rule, names in BOOK["html"]["left_out"].items() for name in names.split()}


@lru_cache(maxsize=2)
def _events(raw):
    """The tags of a page and the texts between them, a list of (start, end, kind, name, attributes).

    Kinds are text, start, end and other. What a script or a style holds is one text.
    """
    # Behind the last end of a comment none is looked for: each that is open would search the rest.
    found, at, behind, last = [], 0, 0, raw.rfind("-->")
    while tag := (LOOKS.tag_or_comment if behind <= last else LOOKS.tag).search(raw, behind):
        name = (tag["name"] or "").lower()
        kind = "end" if tag["end"] else "start" if name else "other"
        found += [(at, tag.start(), "text", "", ""), (*tag.span(), kind, name, tag["rest"])]
        at = behind = tag.end()
        if kind == "start" and name in ("script", "style"):
            close = re.compile(f"</{name}", re.I).search(raw, at)
            behind = close.start() if close else at
    found.append((at, len(raw), "text", "", ""))
    return [event for event in found if event[0] < event[1]]


def _attributes(tag):
    """The attributes of a tag: {name: value}."""
    found = LOOKS.attribute.findall(tag or "")
    return {name.lower(): html.unescape(value.strip("\"'")).strip() for name, value in found}


def _hiding(raw, found):
    """The names, .wm or #wm, that a page's style sheets hide and speak of in no other place (.wm.shown)."""
    styles, scriptless = [], 0
    for (_, _, kind, name, tag), (start, end, *_) in pairwise(found):
        scriptless += (name == "noscript") * {"start": 1, "end": -1}.get(kind, 0)
        if (kind, name) == ("start", "style") and not scriptless and not re.search(r"print|\(", tag):
            styles += LOOKS.style.findall(LOOKS.at_rule.sub("", raw[start:end].strip().removeprefix("<!--")))
    hidden = ",".join(names for names, said in styles if LOOKS.hiding.search(said))
    others = " ".join(names for names, said in styles if not LOOKS.hiding.search(said))
    return {*LOOKS.alone.findall(hidden)}.difference(re.findall(r"[.#][\w-]+", others))


def _rules(raw, found):
    """For each event the rule that leaves it out, or "".

    An element that is never closed hides what stands before the next block or the end of the element around
    it only, and a hidden one that holds most of the page's Chinese hides nothing: a script would have shown
    it. So a script may show a block, or words that tell something, that a style sheet hides.
    """
    opened, ends, rules, hiding = defaultdict(list), {}, [""] * len(found), _hiding(raw, found)
    for k, (_, _, kind, name, _) in enumerate(found):
        if kind == "start":
            opened[name].append(k)
        elif kind == "end" and opened[name]:
            ends[opened[name].pop()] = k
    counts = np.cumsum([0] + [han_count(raw[s:e]) * (kind == "text") for s, e, kind, *_ in found])
    block, around = len(found), [len(found)]  # the next one, the ends of what is open
    starts = {end: start for start, end in ends.items()}
    for k, (_, _, kind, name, tag) in reversed([*enumerate(found)]):
        if kind == "start" and name not in _VOID:
            said = {} if tag.endswith("/>") else _attributes(tag)
            names = ["#" + said.get("id", ""), *("." + one for one in said.get("class", "").split())]
            hidden = "hidden" in said or LOOKS.hiding.search(said.get("style", ""))
            styled = name not in _BLOCKS and not hiding.isdisjoint(names)
            rule = _LEFT_OUT.get(name) or "hidden" * bool(hidden or styled)
            until = ends.get(k, min(block, around[-1])) if rule else k
            if rule == "hidden" and not hidden and LOOKS.tells.search(raw, found[k][1], found[until - 1][1]):
                rule, until = "", k
            if rule != "hidden" or 2 * (counts[until] - counts[k]) <= counts[-1]:
                rules[k:until] = [rule] * (until - k)
        block = k if name in _BLOCKS else block
        if k in starts:
            around.append(k)
        elif k in ends:
            around.remove(ends[k])
    return rules


def markup(raw):
    """What a browser shows of the source: a text of the same length, and a fate for each character.

    In the text NUL stands where nothing is shown, a line end or a space at the first character of a tag that
    parts lines or cells, a character at the first of its entity. The fate is 0 where the source is the text.
    Must not take the words of an article: what a script would show is shown, what is never closed closes at
    the next block or with the element around it.
    """
    work, fates, found = codes(raw).copy(), np.zeros(len(raw), np.uint8), _events(raw)
    preformatted, linked = 0, False

    def put(start, end, characters, rule):
        work[start:end], fates[start:end] = 0, FATE[rule]
        work[start : start + len(characters)] = codes(characters)

    for (start, end, kind, name, _), rule in zip(found, _rules(raw, found), strict=True):
        blank = kind == "text" and raw[start:end].isspace()
        if kind == "text" and rule:
            put(start, end, "", rule)
        elif kind == "text":
            for match in LOOKS.wrap.finditer(raw, start, end) if not preformatted else ():
                before = LOOKS.latin.search(raw, max(start, match.start() - 2), match.start())
                word = before and raw[match.end() : match.end() + 1].isascii()
                wrap = (" ", "wrapped_words") if word else ("", "edges" if blank else "line_wraps")
                put(*match.span(), *wrap)
            for match in LOOKS.in_text.finditer(raw, start, end):
                reading = html.unescape(match["entity"] or "")
                if match["name"]:
                    put(*match.span(), "\n" * (match["name"].lower() in _BLOCKS), "tags")
                elif reading != match[0]:
                    put(*match.span(), reading[: len(match[0])], "character_entities")
        else:
            preformatted += {"start": 1, "end": -1}.get(kind, 0) * (name == "pre")
            cell = name in ("td", "th") or linked and (kind, name) == ("start", "a")
            dated = LOOKS.day.search(raw, max(0, start - 10), start)  # and behind it may stand a counter
            put(start, end, "\n" if name in _BLOCKS else " " * bool(cell or dated), "tags")
        linked = (kind, name) == ("end", "a") or linked and blank
    return string(work), fates


def settle(fates, work, marks):
    """Write into the fates of a cleaned page what is markup, whatever line it stands in."""
    shown, ends = codes(work) > 0, marks == FATE["tags"]
    kept, simplified = fates == 0, fates == FATE["simplify"]
    blank = np.isin(fates, [FATE["edges"], FATE["spaces"], FATE["line_wraps"]])
    fates[ends & shown & (kept | (fates == FATE["paragraph_end"]))] = FATE["block_ends"]
    taken = (marks > 0) & (~shown | np.where(ends, blank, kept | simplified))
    fates[taken] = marks[taken]


# ---------------------------------------------------------------- what the head of a page says


def _inside(raw, name):
    """The words of the first element of a name that has some."""
    found = re.search(rf"<{name}(?:\s[^<>]*)?>((?s:.){{1,400}}?)</{name}", raw, re.I)
    return " ".join(html.unescape(re.sub("<[^>]*>", "", found[1])).split()) if found else ""


def head(raw):
    """What the head of a page says: its titles, dates and addresses, three lists, the likeliest first."""
    metas = {}
    addresses = re.findall(r"saved from url=\(\d+\)(\S+)", raw[:2000])
    for *_, name, tag in _events(raw):
        if name in ("meta", "link"):
            said = _attributes(tag)
            key = said.get("name") or said.get("property") or said.get("itemprop") or ""
            metas.setdefault(key.lower(), said.get("content", ""))
            addresses += [said.get("href", "")] * (said.get("rel") == "canonical")
    title, h1, *more = (_inside(raw, name) for name in ("title", "h1", "h2", "h3"))
    parts = sorted(LOOKS.site.split(title), key=han_count, reverse=True)  # the name of a site is shorter
    titles = [*map(metas.get, BOOK["html"]["titles"]), h1 if h1 in title else "", *parts, h1, *more]
    # 会员登录 is a heading, too
    titles = [one for one in titles if one and han_count(one) >= (8 if one in more else 4)]
    dates = [*map(metas.get, BOOK["html"]["dates"]), *LOOKS.written.findall(raw)[:1]]
    return titles, list(filter(None, dates)), [*addresses, metas.get("og:url", "")]
