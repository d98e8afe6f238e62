"""A notebook as the site shows it: code folded, figures with their words, places linked to passages."""

import hashlib
import html
import re

from passages import CITATION, placed, slug

FINDING = re.compile(r"^(\d+)\. \*\*", re.M)
PLACE = re.compile(r"\[([^\]]+), line (\d+)\]\(#Evidence\)")
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
# As chipnotes.showing.figures says the words of a figure.
WORDS = re.compile(r"title: (.+)\ncaption: (.+)\nalt: (.+)")
FRONT = re.compile(r"<!-- findings((?: \d\d\.\d)+) -->(.*?)<!-- /findings -->", re.S)


def anchor(address, words):
    return f'<a href="{html.escape(address)}">{html.escape(words)}</a>'


class Places:
    """Where the site shows a place of a page.

    docs, passages  the pages, and {page id: its passages}
    links           {address in the repository: address on the site}; what is not there loses its link
    figures         the folder into which drawn outputs are written
    redact          a function: what the public site leaves out of a text
    """

    def __init__(self, docs, passages, links, figures, redact):
        self.docs = {doc.name: doc for doc in docs}
        self.passages, self.links, self.figures, self.redact = passages, links, figures, redact

    def line(self, name, line, by=None):
        """Address of a line of a page: of the passage there that this finding rests on, else of any."""
        doc = self.docs[name]
        here = [p for p in self.passages[doc.id] if doc.span(p.start, p.end).line == int(line)]
        here.sort(key=lambda passage: by not in passage.cited)
        return self.address(doc, here[0]) if here else f"evidence/{slug(doc)}.html#L{line}"

    @staticmethod
    def address(doc, passage):
        """Address of a passage."""
        return f"evidence/{slug(doc)}.html#{passage.id}"

    def first(self, key):
        """Link to the first passage of a finding: ("03.3")."""
        by = (key[:2], int(key[3:]))
        for name, doc in self.docs.items():
            for p in self.passages[doc.id]:
                if by in p.cited:
                    words = f"{name}, line {doc.span(p.start, p.end).line}"
                    return anchor(self.address(doc, p), words)
        raise KeyError(f"finding {key} has no passage")

    def linked(self, text):
        """Markdown whose links into the repository lead to the site."""

        def one(match):
            words, address, part = match[1], match[2], match[3] or ""
            if re.match(r"https?:", address):
                return match[0]
            there = self.links.get(re.sub(r"^(\.\./)+", "", address))
            seed = re.fullmatch(r"(.*), line (\d+)|page, line (\d+)", words)
            if address.startswith("seeds/") and seed:
                doc = next(doc for doc in self.docs.values() if address.endswith(doc.card["file"]))
                return anchor(
                    self.line(doc.name, seed[2] or seed[3]), f"{doc.name}, line {seed[2] or seed[3]}"
                )
            return anchor(there + part, words) if there else words

        return LINK.sub(one, text)

    def markdown(self, text, number):
        """A markdown cell: anchors for the findings, *Where* lines and front page to the passages."""
        part = re.split(r"^(\d+)\. \*\*", text, flags=re.M)
        for at in range(1, len(part), 2):
            by = (number, int(part[at]))
            part[at + 1] = PLACE.sub(
                lambda m, by=by: anchor(self.line(m[1], m[2], by), f"{m[1]}, line {m[2]}"), part[at + 1]
            )
            part[at] = f'{part[at]}. <span id="finding-{part[at]}"></span>**'
        text = "".join(part)

        def front(match):
            keys = iter(match[1].split())
            more = re.compile(r"\[Read more\]\([^)]*\)")
            return more.sub(lambda m: f"{m[0]} · {self.first(next(keys))}", match[2])

        return self.redact(self.linked(FRONT.sub(front, text)))

    def output(self, data):
        """One output of a cell as HTML, or None if it stays as it is."""
        page = "".join(data.get("text/html", ""))
        if "image/svg+xml" in data:
            drawn = "".join(data["image/svg+xml"]).encode()
            name = hashlib.sha256(drawn).hexdigest()[:12]
            (self.figures / f"{name}.svg").write_bytes(drawn)
            return figure(name, *WORDS.search("".join(data["text/plain"])).groups())
        if not page:
            return None
        for citation in reversed(list(CITATION.finditer(page))):
            doc, start, end = placed(self.docs.values(), citation)
            place = f"{citation['name']}, line {citation['line']}"
            link = f'<a href="evidence/{slug(doc)}.html#p{start}-{end}">{place}</a>'
            page = page[: citation.start()] + citation[0].replace(place, link, 1) + page[citation.end() :]
        return table_box(self.redact(page)) if "<table" in page else self.redact(page)

    def evidence(self, number):
        """The table of evidence of a notebook, its quotations linked to their passages."""
        rows = []
        for doc in self.docs.values():
            for p in self.passages[doc.id]:
                span = doc.span(p.start, p.end)
                link = anchor(self.address(doc, p), span.text)
                rows += [
                    (finding, doc.name, span.line, link, html.escape(p.english))
                    for notebook, finding in p.cited
                    if notebook == number and finding
                ]
        return table_box(
            table(("finding", "page", "line", "quotation", "English"), sorted(rows, key=lambda r: r[0]))
        )

    def staged(self, nb, number):
        """The notebook as it goes into the site; nothing is run."""
        for cell in nb["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                cell["source"] = self.markdown(source, number)
                continue
            cell["source"] = self.redact(source)
            cell["metadata"] = {"tags": ["hide-input"]}
            for output in cell["outputs"]:
                if output["output_type"] == "stream" or "data" not in output:
                    output["text"] = self.redact("".join(output.get("text", "")))
                    continue
                page = self.evidence(number) if "cn.evidence(" in source else self.output(output["data"])
                plain = self.redact("".join(output["data"].get("text/plain", "")))
                output["data"] = {"text/html": page} if page else {"text/plain": plain}
                output["metadata"] = {}
        return nb


def figure(name, title, caption, alt):
    """A figure with its words; the file lies in figures/ of the site."""
    title, caption, alt = map(html.escape, (title, caption, alt))
    return (
        f'<figure class="drawn" id="{name}"><img src="figures/{name}.svg" alt="{alt}">'
        f"<figcaption><strong>{title}.</strong> {caption}</figcaption></figure>"
    )


def table(head, rows):
    """A table as HTML; its cells are HTML already."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<table class="table"><thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table>'


def table_box(page):
    """HTML with a table, in a box of its own that scrolls; the frames of pandas made plain."""
    page = re.sub(r"<style scoped>.*?</style>", "", page, flags=re.S)
    page = page.replace("<th></th>", "<td></td>").replace(
        '<table border="1" class="dataframe">', '<table class="table">'
    )
    page = re.sub(r' style="text-align: right;"', "", page)
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{page}</div>'
