"""HTML: a page as its source, with what no reader sees marked and line ends where a browser begins a line."""

import html
import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

import numpy as np

from chipnotes.glyphs import HAN
from chipnotes.pages.lines import han_count
from chipnotes.pages.marks import codes, string
from chipnotes.pages.pieces import FATE

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table"
    " tbody tfoot thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements whose words are no text of the page, each with its rule.
_LEFT_OUT = dict.fromkeys(
    "script style noscript template textarea select iframe object svg title".split(), "scripts"
)
_LEFT_OUT |= {"nav": "navigation", "footer": "tail", "rt": "pinyin", "rp": "pinyin"}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])", re.I
)
# A tag that lost its "<" to the character before it (发展?/p>), or its end to the end of the file.
_NAMES = "p|div|span|a|br|strong|b|em|font|td|tr|li|ul|table|h[1-6]"
_BROKEN = re.compile(
    rf"[?\ufffd]/?(?P<a>{_NAMES})(?:\s[^<>\n]{{0,200}})?>|/(?P<b>{_NAMES})>|<[a-zA-Z/!][^<>]*\Z", re.I
)
_TAG = re.compile(rf"<(?:\"[^\"]*\"|'[^']*'|[^\"'{HAN}\uff0c。；])*")  # as far as words outside quotes
_MARK = re.compile("[\uff0c。；]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_WRAP = re.compile(r"[ \t]*[\r\n][\s]*")
_LATIN = re.compile(r"[A-Za-z0-9][,.;:]?$")


class _Events(HTMLParser):
    """The tags, texts and comments of a page: (start, kind, name or text, attributes) each."""

    def __init__(self, raw):
        super().__init__(convert_charrefs=False)
        self._lines, self.found = [0, *(m.end() for m in re.finditer("\n", raw))], []
        self.feed(raw)
        self.close()

    def _add(self, kind, name, attributes=()):
        line, column = self.getpos()
        self.found.append((self._lines[line - 1] + column, kind, name, dict(attributes)))

    def handle_starttag(self, tag, attrs):
        self._add("start", tag, attrs)

    def handle_startendtag(self, tag, attrs):
        self._add("void" if tag not in _LEFT_OUT else "start", tag, attrs)

    def handle_endtag(self, tag):
        self._add("end", tag)

    def handle_data(self, data):
        self._add("text", data)

    handle_entityref = handle_charref = handle_data

    def handle_comment(self, data):
        self._add("other", data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@lru_cache(maxsize=2)
def _events(raw):
    """The events of a page with their ends: a list of (start, end, kind, name or text, attributes, rule)."""
    found = list(_with_swallowed(_Events(raw).found, raw))
    rules, ends = _rules(found), [*(event[0] for event in found[1:]), len(raw)]
    return [(start, end, *more, rule) for (start, *more), end, rule in zip(found, ends, rules, strict=False)]


def _with_swallowed(found, raw):
    """The events, and as text the words of the page that a tag without its end has swallowed."""
    for event, end in zip(found, [*(event[0] for event in found[1:]), len(raw)], strict=False):
        yield event
        tag = event[1] not in ("text", "other") and _TAG.match(raw, event[0], end)
        if tag and _MARK.search(raw, tag.end(), end):
            words, _, after = raw[tag.end() : end].partition("<")
            yield tag.end(), "text", words, {}
            if after:
                yield tag.end() + len(words), "void", re.match("/?([a-zA-Z0-9]*)", after)[1].lower(), {}


def _rules(found):
    """For each event the rule that leaves it out, or "".

    An element that is never closed hides what stands before the next block only, and a hidden one that holds
    most of the page's Chinese hides nothing: a script would have shown it.
    """
    counts = np.cumsum([0] + [han_count(name) if kind == "text" else 0 for _, kind, name, _ in found])
    rules, open_tags, opened = [""] * len(found), [], Counter()

    def close(since, until, rule, whole):
        if rule and not whole:
            blocks = (k for k in range(since + 1, until) if found[k][1] != "text" and found[k][2] in _BLOCKS)
            until = next(blocks, until)
        if rule and not (rule == "hidden" and 2 * (counts[until] - counts[since]) > counts[-1]):
            rules[since:until] = [rule] * (until - since)

    for k, (_, kind, tag, attributes) in enumerate(found):
        if kind == "start" and tag not in _VOID:
            hidden = "hidden" in attributes or _HIDING.search(attributes.get("style") or "")
            open_tags.append((tag, k, _LEFT_OUT.get(tag) or "hidden" * bool(hidden)))
            opened[tag] += 1
        elif kind == "end" and opened[tag]:
            name = ""
            while name != tag:
                name, since, rule = open_tags.pop()
                opened[name] -= 1
                close(since, k, rule, name == tag)
    for _, since, rule in open_tags:
        close(since, len(found), rule, False)
    return rules


def markup(raw):
    """What a browser shows of the source: a text of the same length, and a fate for each character.

    In the text NUL stands where nothing is shown, a line end or a space at the first character of a tag that
    parts lines or cells, a character at the first of its entity. The fate is 0 where the source is the text.
    Must not take the words of an article: what a script would show is shown, what is never closed closes at
    the next block.
    """
    work, fates, events = codes(raw).copy(), np.zeros(len(raw), np.uint8), _events(raw)
    preformatted = 0

    def put(start, end, characters, rule):
        work[start:end], fates[start:end] = 0, FATE[rule]
        work[start : start + len(characters)] = codes(characters)

    for k, (start, end, kind, name, _, rule) in enumerate(events):
        if kind == "text" and rule:
            put(start, end, "", rule)
        elif kind == "text":
            wrap = "line_wraps" if name.strip() else "edges"
            for match in _WRAP.finditer(raw, start, end) if not preformatted else ():
                word = (
                    _LATIN.search(raw, max(start, match.start() - 2), match.start())
                    and raw[match.end() : match.end() + 1].isascii()
                )
                put(*match.span(), " " if word else "", "wrapped_words" if word else wrap)
            for match in _ENTITY.finditer(raw, start, end):
                reading = html.unescape(match[0])
                if reading != match[0]:
                    put(*match.span(), reading[: len(match[0])], "character_entities")
            for match in _BROKEN.finditer(raw, start, end):
                put(*match.span(), "\n" * ((match["a"] or match["b"] or "").lower() in _BLOCKS), "tags")
        else:
            preformatted += {"start": 1, "end": -1}.get(kind, 0) * (name == "pre")
            ahead = next((e for e in events[k + 1 : k + 3] if e[2] != "text" or e[3].strip()), (0, 0, "", ""))
            linked = (kind, name) == ("end", "a") and ahead[2:4] == ("start", "a")
            parting = (
                "\n" if name in _BLOCKS and kind != "other" else " " if linked or name in ("td", "th") else ""
            )
            put(start, end, parting, "tags")
    return string(work), fates


def settle(fates, work, marks):
    """Write into the fates of a cleaned page what is markup, whatever line it stands in."""
    put, shown = marks > 0, codes(work) > 0
    fates[put & ~shown] = marks[put & ~shown]
    ends = put & shown & (marks == FATE["tags"])
    kept = (fates == 0) | (fates == FATE["paragraph_end"])
    fates[ends & kept] = FATE["block_ends"]
    fates[ends & np.isin(fates, [FATE["edges"], FATE["spaces"], FATE["line_wraps"]])] = FATE["tags"]
    rest = put & shown & ~ends & ((fates == 0) | (fates == FATE["simplify"]))
    fates[rest] = marks[rest]


# ---------------------------------------------------------------- what the head of a page says

# title_channel, title - site, title-site
_SITE = re.compile(r"\s*[_|丨]\s*|\s+[-–—]{1,2}\s+|[-–—]{1,2}(?=[^-–—\d]{2,14}$)")
_TITLES = "articletitle og:title twitter:title".split()
_DATES = (
    "pubdate article:published_time og:published_time datepublished publishdate publish_date pubtime date"
)
_WRITTEN = re.compile(r'"(?:datePublished|pubDate|publish_?[tT]ime)"\s*:\s*"([^"]{8,40})"')


def _inside(raw, name):
    """The words of the first element of a name that has some."""
    found = re.search(rf"<{name}(?:\s[^>]*)?>((?s:.){{1,400}}?)</{name}", raw, re.I)
    return " ".join(html.unescape(re.sub("<[^>]*>", "", found[1])).split()) if found else ""


def head(raw):
    """What the head of a page says: a dict of lists, the likeliest first: titles, dates, addresses."""
    metas = {}
    addresses = re.findall(r"saved from url=\(\d+\)(\S+)", raw[:2000])
    for _, _, kind, name, attributes, _ in _events(raw):
        if name == "meta" and kind != "end":
            key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            metas.setdefault(key.lower(), (attributes.get("content") or "").strip())
        elif name == "link" and attributes.get("rel") == "canonical":
            addresses.append(attributes.get("href") or "")
    title, h1 = (_inside(raw, name) for name in ("title", "h1"))
    parts = [part for part in _SITE.split(title) if han_count(part) >= 4] or [title]
    titles = [metas.get(key, "") for key in _TITLES] + [h1 if h1 in title else "", parts[0], h1]
    dates = [metas.get(key, "") for key in _DATES.split()] + _WRITTEN.findall(raw)[:1]
    return {
        "titles": [title for title in titles if han_count(title) >= 4],
        "dates": list(filter(None, dates)),
        "addresses": [*addresses, metas.get("og:url", "")],
    }
