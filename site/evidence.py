"""Evidence pages: the clean text of a page beside its raw lines, each cited passage marked on both sides."""

import json
import unicodedata
from collections import Counter
from itertools import groupby

import numpy as np
from beside import render
from passages import held_lines, line_of, slug

AROUND = 24  # characters before and after a passage in its annotation


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
        self.ends = [*doc.raw_lines.tolist(), len(doc.raw)]
        self.lines = held_lines(doc, passages) if public else set(range(1, len(self.ends)))
        self.of_raw, self.of_text = {}, {}
        for passage in passages:
            for at in range(passage.start, passage.end):
                self.of_text.setdefault(at, []).append(passage.id)
                self.of_raw.setdefault(int(doc.origin[at]), []).append(passage.id)
        self.fates = np.empty(len(doc.raw), object)
        for row in doc.apparatus.itertuples():
            why = f"{row.reason}. {row.note}" if row.note else row.reason
            self.fates[row.start : row.end] = [(row.action, why)] * (row.end - row.start)
        self.shown = [
            at < 0 or int(number) in self.lines
            for at, number in zip(doc.origin, line_of(doc, np.maximum(doc.origin, 0)), strict=True)
        ]

    def clean_side(self, paragraph):
        """The text of a paragraph as runs: (passages that start there, passages that hold it, words)."""
        starts, runs = {}, []
        for passage in self.passages:
            starts.setdefault(passage.start, []).append(passage.id)
        look = None
        for at in range(paragraph.start, paragraph.end):
            before, look = look, (self.shown[at], " ".join(self.of_text.get(at, [])))
            if look != before or at in starts:
                runs.append((starts.get(at, []), look[1], "" if self.shown[at] else "…"))
            if self.shown[at]:
                runs[-1] = (*runs[-1][:2], runs[-1][2] + self.doc.text[at])
        return runs

    def raw_side(self, number):
        """One line of the file as runs: (passages that hold it, action, why, words)."""
        places = range(self.ends[number - 1], self.ends[number])
        runs = []
        for (action, why, ids), same in groupby(
            places, lambda at: (*self.fates[at], self.of_raw.get(at, []))
        ):
            words = visible("".join(self.doc.raw[at] for at in same).rstrip("\r\n"))
            runs += [(" ".join(ids), action, why, words)] if words else []
        return runs

    def rows(self):
        """The rows of the page for the template; one without lines stands for those that are not shown."""
        found = []
        for paragraph, numbers in rows_of(self.doc):
            row = {"lines": [(number, self.raw_side(number)) for number in numbers if number in self.lines]}
            if paragraph and (row["lines"] or not self.public):
                first, last = paragraph.start, paragraph.end
                row |= {"role": paragraph.role, "text": self.clean_side(paragraph)}
                row["cited"] = [p for p in self.passages if first <= p.start <= last]
            if row["lines"] or not self.public or not found or found[-1]["lines"]:
                found.append(row)
        return found

    def html(self):
        """The whole evidence page below its heading."""
        counts = Counter(fate for fate in self.fates if fate[0] != "keep")
        script = "zh-Hant" if self.doc.card.get("script", "").startswith("traditional") else "zh-Hans"
        known = {"doc": self.doc, "card": self.doc.card, "passages": self.passages, "labels": self.labels}
        known |= {
            "public": self.public,
            "script": script,
            "rows": self.rows(),
            "reasons": counts.most_common(),
        }
        return render("evidence.html", **known)

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
