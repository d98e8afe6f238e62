"""Evidence pages: the clean text of a page beside its raw lines, each cited passage marked on both sides."""

import html
import json
import unicodedata
from collections import Counter
from itertools import groupby

import numpy as np
from passages import held_lines, line_of, slug

NOTICE = {
    False: "This page shows the source in full. It is for your own disk, for study and quotation: "
    "do not publish it. {rights}",
    True: "Only lines that hold a cited passage are shown, as quotations for study. {rights}",
}
WRITTEN = "This page is invented: it was written for the collection."
AROUND = 24  # characters before and after a passage in its annotation


def e(text):
    return html.escape(str(text))


def visible(text):
    """Raw characters, with signs for those that no font draws."""
    text = text.replace("\xa0", "␣").replace("\u3000", "□").replace("\t", "→")
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cf", "Co") else c for c in text)


def rows_of(doc):
    """The page in rows: (paragraph or None, its lines of the file), in the order of reading.

    A line of the file that no paragraph was read from goes with its neighbours if both are of one paragraph;
    else it makes a row without text behind them.
    """
    paragraphs = list(doc.paragraphs.itertuples())
    home = {}
    for index, paragraph in enumerate(paragraphs):
        raw = doc.origin[paragraph.start : paragraph.end]
        for line in np.unique(line_of(doc, raw[raw >= 0])).tolist():
            home.setdefault(line, index)
    count, inside, behind, before = len(doc.raw_lines), {}, {}, -1
    for line in range(1, count + 1):
        if line in home:
            before = home[line]
            inside.setdefault(before, []).append(line)
        else:
            after = next((home[other] for other in range(line + 1, count + 1) if other in home), None)
            ends = [*doc.raw_lines.tolist(), len(doc.raw)]
            blank = before >= 0 and before not in behind and not doc.raw[ends[line - 1] : ends[line]].strip()
            (inside if after == before or blank else behind).setdefault(before, []).append(line)
    yield from [(None, behind[-1])] if -1 in behind else []
    for index, paragraph in enumerate(paragraphs):
        yield paragraph, inside.get(index, [])
        yield from [(None, behind[index])] if index in behind else []


class Page:
    """What is needed to write the evidence page of one document.

    labels   {(notebook, finding): (address, words)} of what may rest on a passage
    public   show only lines that hold a passage
    """

    def __init__(self, doc, passages, labels, public):
        self.doc, self.passages, self.labels, self.public = doc, passages, labels, public
        every = set(range(1, len(doc.raw_lines) + 1))
        self.lines = held_lines(doc, passages) if public else every
        self.of_raw, self.of_text = {}, {}
        for passage in passages:
            for at in range(passage.start, passage.end):
                self.of_text.setdefault(at, []).append(passage.id)
                self.of_raw.setdefault(int(doc.origin[at]), []).append(passage.id)
        self.fates = np.empty(len(doc.raw), object)
        for row in doc.apparatus.itertuples():
            self.fates[row.start : row.end] = [(row.action, row.reason, row.note)] * (row.end - row.start)
        self.shown = [
            at < 0 or int(number) in self.lines
            for at, number in zip(doc.origin, line_of(doc, np.maximum(doc.origin, 0)), strict=True)
        ]

    def clean_side(self, paragraph):
        """The text of a paragraph, its passages marked, … for what is not shown."""
        starts = {passage.start: [] for passage in self.passages}
        for passage in self.passages:
            starts[passage.start].append(f'<span class="passage" id="{passage.id}"></span>')
        out = ""
        places = range(paragraph.start, paragraph.end)
        key = lambda at: (self.shown[at], self.of_text.get(at, []), at if at in starts else -1)  # noqa: E731
        pieces = []
        for at in places:  # a passage begins a piece
            if not pieces or at in starts or key(at)[:2] != key(pieces[-1][0])[:2]:
                pieces.append([at, at])
            pieces[-1][1] = at + 1
        for start, end in pieces:
            out += "".join(starts.get(start, []))
            words = e(self.doc.text[start:end]) if self.shown[start] else "…"
            ids = " ".join(self.of_text.get(start, []))
            out += f'<mark data-e="{ids}">{words}</mark>' if ids else words
        return out

    def raw_side(self, number):
        """One line of the file: struck out what was dropped, dotted what was replaced, passages marked."""
        starts = [*self.doc.raw_lines.tolist(), len(self.doc.raw)]
        out = ""
        places = range(starts[number - 1], starts[number])

        def fate(at):
            return self.fates[at], self.of_raw.get(at, [])

        for ((action, reason, note), ids), same in groupby(places, fate):
            words = e(visible("".join(self.doc.raw[at] for at in same).rstrip("\r\n")))
            title = e(f"{reason}. {note}" if note else reason)
            if words and action == "drop":
                words = f'<del title="dropped: {title}">{words}</del>'
            elif words and action == "replace":
                words = f'<span class="replaced" title="replaced: {title}">{words}</span>'
            out += f'<mark data-e="{" ".join(ids)}">{words}</mark>' if ids and words else words
        return out

    def cited(self, first, last):
        """The passages that begin in a paragraph, to copy: quotation, English, place, what rests on them."""
        out = ""
        for passage in (passage for passage in self.passages if first <= passage.start < last):
            span = self.doc.span(passage.start, passage.end)
            links = ", ".join(
                f'<a href="{self.labels[by][0]}">{e(self.labels[by][1])}</a>' for by in passage.cited
            )
            out += (
                f'<li data-e="{passage.id}"><q lang="zh-Hans">{e(span.text)}</q> {e(passage.english)} '
                f'({e(self.doc.name)}, <a href="#{passage.id}">line {span.line}</a>). Cited in {links}.</li>'
            )
        return f'<ul class="cited">{out}</ul>' if out else ""

    def body(self):
        """The rows of the page as HTML."""
        hant = "zh-Hant" if self.doc.card.get("script", "").startswith("traditional") else "zh-Hans"
        out, skipped = [], False
        for paragraph, numbers in rows_of(self.doc):
            numbers = [number for number in numbers if number in self.lines]
            if self.public and not numbers:
                out += [] if skipped else ['<p class="left-out">… lines without a cited passage …</p>']
                skipped = True
                continue
            skipped, left = False, '<p class="no-text">not part of the article</p>'
            if paragraph:
                text, role = self.clean_side(paragraph), e(paragraph.role)
                left = f'<p class="{role}" lang="zh-Hans">{text}</p>'
                left += self.cited(paragraph.start, paragraph.end + 1)
            right = "".join(
                f'<div class="line" id="L{number}"><span class="number">{number}</span>'
                f'<span lang="{hant}">{self.raw_side(number)}</span></div>'
                for number in numbers
            )
            out.append(
                f'<div class="row"><div class="clean">{left}</div><div class="raw">{right}</div></div>'
            )
        return "\n".join(out)

    def html(self):
        """The whole evidence page below its heading."""
        card = self.doc.card
        lights = "\n".join(
            f'body:has(#{p.id}:target) [data-e~="{p.id}"]  {{ --now: var(--lit); --edge: var(--lit-edge); }}'
            for p in self.passages
        )
        counts = Counter((action, reason) for action, reason, _ in self.fates if action != "keep")
        key = "".join(
            f"<tr><td>{action}</td><td>{e(reason)}</td><td>{n}</td></tr>"
            for (action, reason), n in counts.most_common()
        )
        about = [f'<span lang="zh-Hans">{e(card.get("title", ""))}</span>', e(card.get("title_en", ""))]
        about += [
            f"{e(card.get('publisher', ''))}, {e(card.get('published', ''))}. File: {e(card.get('file', ''))}"
        ]
        notice = (
            NOTICE[self.public].format(rights=f"Rights: {card['rights']}") if "rights" in card else WRITTEN
        )
        return (
            f"<style>{lights}</style><p>{'<br>'.join(about)}</p>\n"
            f'<p class="notice" role="note">{e(notice)}</p>\n'
            "<p>Left the text as it is read here, right the lines of the file with their numbers. "
            "<del>Struck out</del>: dropped; <span class='replaced'>dotted</span>: replaced; "
            "<mark>marked</mark>: cited. Rest the pointer on struck-out characters for the reason.</p>\n"
            f'<div class="evidence">{self.body()}</div>\n<h2 id="reasons">What was dropped and replaced</h2>'
            '<div class="scroll" tabindex="0" role="region" aria-label="Reasons"><table class="table">'
            f"<thead><tr><th>what</th><th>why</th><th>characters</th></tr></thead>"
            f"<tbody>{key}</tbody></table></div>"
        )

    def around(self, places):
        """The text at these places up to the first character that is not shown."""
        out = ""
        for at in places:
            if not (0 <= at < len(self.doc.text)) or not self.shown[at]:
                break
            out += self.doc.text[at]
        return out

    def annotations(self):
        """The passages as W3C Web Annotations (JSON-LD)."""
        items = []
        for p in self.passages:
            before = self.around(range(p.start - 1, p.start - 1 - AROUND, -1))[::-1]
            quote = {
                "type": "TextQuoteSelector",
                "exact": self.doc.text[p.start : p.end],
                "prefix": before,
                "suffix": self.around(range(p.end, p.end + AROUND)),
            }
            position = {"type": "TextPositionSelector", "start": p.start, "end": p.end}
            address = f"{slug(self.doc)}.html"
            bodies = [{"type": "TextualBody", "value": p.english, "language": "en", "purpose": "describing"}]
            bodies += [{"id": self.labels[by][0], "type": "Text", "purpose": "linking"} for by in p.cited]
            items.append(
                {
                    "id": f"{address}#{p.id}",
                    "type": "Annotation",
                    "body": bodies if p.english else bodies[1:],
                    "target": {"source": address, "selector": [quote, position]},
                }
            )
        page = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": f"{slug(self.doc)}.jsonld"}
        page |= {"type": "AnnotationPage", "items": items}
        return json.dumps(page, ensure_ascii=False, indent=1) + "\n"
