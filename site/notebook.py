"""A notebook as the site shows it: code folded, figures with their words, places linked to passages."""

import re
from functools import partial
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from passages import CITATION, Passage, placed, slug

from chipnotes.files import read_tsv

SITE = Path(__file__).parent
LINKS = list(read_tsv(SITE / "links.tsv").itertuples(index=False))
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
FRAME = re.compile(r'<style scoped>.*?</style>| border="1"| style="text-align: right;"', re.S)
TEMPLATES = Environment(loader=FileSystemLoader([SITE / "pages", SITE / "kinds"]), autoescape=True)


def render(name, /, **words):
    """The text of a template of pages/ or kinds/."""
    return TEMPLATES.get_template(name).render(words)


def box(page):
    """HTML with a table, in a box of its own that scrolls; the frames of pandas made plain."""
    page = FRAME.sub("", page).replace("<th></th>", "<td></td>").replace("dataframe", "table")
    return Markup(f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{page}</div>')


TEMPLATES.filters["box"] = box


class Places:
    """Where the site shows a place of a page.

    docs, passages  the pages and their passages
    drawn           {name: its title, caption and alternative text} of the figures
    first           {finding: the first passage that it rests on}
    """

    def __init__(self, docs, passages, drawn):
        self.docs, self.passages, self.drawn = docs, passages, drawn
        self.first = {key: passage for passage in reversed(passages) for key in passage.cited}

    def link(self, match, by):
        """A link of the repository as it is on the site; only its words, if the site has no such page.

        One to a line of a page leads to a passage there, first to one that the finding `by` rests on, else to
        the line.
        """
        picture, words, address, part = match.groups("")
        if picture:
            return self.figure(Path(address).stem)
        place = re.fullmatch(r"(.*), line (\d+)", words)
        named = (doc for doc in self.docs if doc.name == place[1] or doc.card.get("file", "\0") in address)
        if place and (doc := next(named, None)):
            here = [p for p in self.passages if p.span.doc is doc and p.span.line == int(place[2])]
            if here:
                return max(here, key=lambda passage: by in passage.cited).link
            return f'<a href="evidence/{slug(doc)}.html#L{place[2]}">{escape(doc.name)}, line {place[2]}</a>'
        for here, there in LINKS:
            if re.fullmatch(here, address.lstrip("./")):
                return f'<a href="{re.sub(here, there, address.lstrip("./"))}{part}">{words}</a>'
        return match[0] if not address or address.startswith("http") else words

    def linked(self, text, by=""):
        """Markdown of the repository with the links and figures of the site."""
        return LINK.sub(partial(self.link, by=by), text)

    def figure(self, name):
        """A figure with its words, as HTML."""
        return render("figure.html", name=name, words=self.drawn[name])

    def markdown(self, text, number):
        """A markdown cell: anchors for the findings, *Where* lines and front page to the passages."""
        keys = iter(" ".join(re.findall("<!-- findings (.*) -->", text)).split())
        text = re.sub(r"\[Read more\]\(.*?\)", lambda m: f"{m[0]} · {self.first[next(keys)].link}", text)
        parts = re.split(r"^(?=\d+\. \*\*)", text, flags=re.M)
        text = "".join(self.linked(part, f"{number}.{part.partition('.')[0]}") for part in parts)
        return re.sub(r"^(\d+)\. (?=\*\*)", r'\g<0><span id="finding-\1"></span>', text, flags=re.M)

    def output(self, data):
        """One output of a cell as HTML, "" if it has none."""
        if "image/svg+xml" in data:
            return self.figure(re.search('<title id="(.*)-title">', data["image/svg+xml"])[1])

        def link(citation):
            place = Passage(placed(self.docs, citation)).link
            return citation[0].replace(citation["place"], place, 1)

        page = CITATION.sub(link, data.get("text/html", ""))
        return box(page) if "<table" in page else page

    def staged(self, nb, number):
        """The notebook as it goes into the site; nothing is run."""
        rests_on = render("rests_on.html", number=number, passages=self.passages)
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = self.markdown(cell.source, number)
                continue
            cell.metadata = {"tags": ["hide-input"]}
            # the site has captions of its own
            cell.outputs = [told for told in cell.outputs if "<figcaption>" not in str(told.get("data"))]
            for output in cell.outputs:
                page = rests_on if "cn.evidence(" in cell.source else self.output(output.get("data", {}))
                if page:
                    output |= {"data": {"text/html": page}, "metadata": {}}
        return nb
