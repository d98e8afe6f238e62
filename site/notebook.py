"""A notebook as the site shows it: code folded, figures with their words, places linked to passages."""

import re
from html import escape
from operator import itemgetter
from pathlib import Path

import jinja2
from markupsafe import Markup
from passages import CITATION, Passage, placed, slug

from chipnotes.files import read_tsv

SITE = Path(__file__).parent
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
FRAME = re.compile(r'<style scoped>.*?</style>| border="1"| style="text-align: right;"', re.S)
LOADER = jinja2.FileSystemLoader([SITE / "pages", SITE / "kinds"])
TEMPLATES = jinja2.Environment(loader=LOADER, autoescape=True)


def render(name, /, **words):
    """The text of a template of pages/ or kinds/."""
    return TEMPLATES.get_template(name).render(words)


def box(page):
    """HTML with a table, in a box of its own that scrolls; the frames of pandas made plain."""
    page = FRAME.sub("", page).replace("<th></th>", "<td></td>").replace("dataframe", "table")
    return Markup(f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{page}</div>')


TEMPLATES.filters["box"] = box


def _is_caption(output):
    """Is it the caption below a figure? The site has its own."""
    return "".join(output.get("data", {}).get("text/html", "")).startswith("<figcaption>")


class Places:
    """Where the site shows a place of a page.

    docs, passages  the pages and their passages
    drawn           {SVG: (name, title, caption, alternative text)} of the figures
    redact          a function: a text without what the site may not show
    """

    def __init__(self, docs, passages, drawn, redact):
        self.docs, self.passages, self.drawn, self.redact = docs, passages, drawn, redact
        self.links = list(read_tsv(SITE / "links.tsv").itertuples(index=False))

    def first(self, key):
        """The first passage of a finding: ("03.3")."""
        by = key[:2], int(key[3:])
        return next(passage for passage in self.passages if by in passage.cited)

    def link(self, match, by=None):
        """A link of the repository as it is on the site; only its words, if the site has no such page.

        One to a line of a page leads to a passage there, first to one that the finding `by` rests on, else to
        the line.
        """
        picture, words, address, part = match[1], match[2], match[3].lstrip("./"), match[4] or ""
        place = re.fullmatch(r"(.*), line (\d+)", words)
        named = (doc for doc in self.docs if doc.name == place[1] or doc.card.get("file", "\0") in address)
        if place and (doc := next(named, None)):
            here = [p for p in self.passages if p.span.doc is doc and p.span.line == int(place[2])]
            if here:
                return max(here, key=lambda passage: by in passage.cited).link
            return f'<a href="evidence/{slug(doc)}.html#L{place[2]}">{escape(doc.name)}, line {place[2]}</a>'
        if picture:
            name = Path(address).stem
            return render("figure.html", words=next(one for one in self.drawn.values() if one[0] == name))
        for here, there in self.links:
            if re.fullmatch(here, address):
                return f'<a href="{re.sub(here, there, address)}{part}">{words}</a>'
        return match[0] if not address or address.startswith("http") else words

    def linked(self, text):
        """Markdown of the repository with the links and figures of the site."""
        return LINK.sub(self.link, text)

    def markdown(self, text, number):
        """A markdown cell: anchors for the findings, *Where* lines and front page to the passages."""
        keys = iter(re.findall(r"\d\d\.\d", (re.search("<!-- findings .*-->", text) or [""])[0]))
        text = re.sub(r"\[Read more\]\(.*?\)", lambda m: f"{m[0]} · {self.first(next(keys)).link}", text)
        text = re.sub(r"^(\d+)\. (?=\*\*)", r'\g<0><span id="finding-\1"></span>', text, flags=re.M)

        def link(match):
            above = re.findall(r'id="finding-(\d+)"', text[: match.start()])
            return self.link(match, above and (number, int(above[-1])))

        return self.redact(LINK.sub(link, text))

    def output(self, data):
        """One output of a cell as HTML, or None if it has none."""
        if "image/svg+xml" in data:
            return render("figure.html", words=self.drawn["".join(data["image/svg+xml"])])

        def link(citation):
            place = Passage(placed(self.docs, citation)).link
            return citation[0].replace(citation["place"], place, 1)

        page = self.redact(CITATION.sub(link, "".join(data.get("text/html", ""))))
        return box(page) if "<table" in page else page

    def staged(self, nb, number):
        """The notebook as it goes into the site; nothing is run."""
        rows = [(by[1], p) for p in self.passages for by in p.cited if by[0] == number and by[1]]
        rests_on = render("rests_on.html", rows=sorted(rows, key=itemgetter(0)))
        for cell in nb["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                cell["source"] = self.markdown(source, number)
                continue
            outputs = [output for output in cell["outputs"] if not _is_caption(output)]
            cell |= {"source": self.redact(source), "metadata": {"tags": ["hide-input"]}, "outputs": outputs}
            for output in outputs:
                data = output.get("data", {})
                page = rests_on if "cn.evidence(" in source else self.output(data)
                if "text" in output:
                    output["text"] = self.redact("".join(output["text"]))
                elif page:
                    output |= {"data": {"text/html": page}, "metadata": {}}
                else:
                    output["data"] = {"text/plain": self.redact("".join(data["text/plain"]))}
        return nb
