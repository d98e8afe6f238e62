"""The pages beside the notebooks, from the templates in pages/, and the contents of the site."""

import re
import tomllib
from pathlib import Path

import jinja2
import pandas as pd
import yaml
from markupsafe import Markup
from notebook import figure
from passages import slug

from chipnotes.files import DATA, read_data, read_tsv

# What the tables of the site leave out: the offsets are in the link, the sentence on the evidence page.
LEFT_OUT = ("seed", "column", "start", "end", "sentence", "counts")
BEHIND = ["gallery", "tables", "glossary", "codebook", "outside", "checked", "about", "zh"]
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    keep_trailing_newline=True,
)


def render(name, /, **words):
    """The text of a template of pages/."""
    return TEMPLATES.get_template(name).render(words)


def stem(path):
    """The name that a notebook's page has on the site: the front page is its index."""
    return "index" if path.name.startswith("00") else path.stem


def links(root, files, drawn):
    """{address in the repository: address on the site}."""
    found = {"seeds/ledgers/external_facts.tsv": "outside.html", "tables/README.md": "tables.html"}
    found |= {"figures/README.md": "gallery.html", "README.md": "about.html"}
    for path in files.values():
        found[path.name] = found[f"notebooks/{path.name}"] = f"{stem(path)}.html"
    found |= {f"figures/{name}.svg": f"gallery.html#{name}" for name, *_ in drawn}
    names = [path.stem for path in (root / "tables").glob("*.csv")]
    return found | {f"seeds/ledgers/{name}.tsv": f"tables/{name}.html" for name in names}


def contents(nb, seeds, own, files):
    """A last cell for the front page: the contents of the site by part.

    The parts are those of the front page itself: a line in bold, then the notebooks of it.
    """
    text, parts = "\n".join("".join(cell["source"]) for cell in nb["cells"]), {}
    for title, listed in re.findall(r"^\*\*([^*\n]+)\*\*\n\n((?:- .*\n?)+)", text, re.M):
        parts[title] = re.findall(r'^- <a href="(\d\d_\w+)\.html">', listed, re.M)
    named = {"index", *(page for pages in parts.values() for page in pages)}
    others = [stem(path) for path in files.values() if stem(path) not in named]
    parts["The five pages"] = [f"evidence/{slug(doc)}" for doc in seeds]
    parts["Pages of your own"] = others + [f"evidence/{slug(doc)}" for doc in own]
    trees = [
        f"```{{toctree}}\n:hidden:\n:caption: {title}\n\n" + "\n".join(pages) + "\n```\n"
        for title, pages in (parts | {"Behind it": BEHIND}).items()
        if pages
    ]
    return {"cell_type": "markdown", "metadata": {}, "id": "contents", "source": "\n".join(trees)}


def table_rows(path, places, docs, shown):
    """The rows of a table as dicts; `there` is the address of the passage or line of each, if it is shown."""
    rows = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False).to_dict("records")
    by_id = {doc.id: doc for doc in docs}
    for row in rows:
        doc, line = by_id.get(row.get("seed")), row.get("line")
        if doc and line and (doc.id, int(line)) in shown:
            same = [
                p for p in places.passages[doc.id] if [str(p.start), str(p.end)] == [row["start"], row["end"]]
            ]
            row["there"] = "../" + (places.address(doc, same[0]) if same else places.line(doc.name, line))
    return rows


def all_pages(root, places, drawn, there, docs, shown):
    """{file name: its Markdown} of the pages beside the notebooks.

    there  the data files that are on the site; shown: (page id, line) of the lines that are
    """

    def more(heading):
        link = f'<a href="data/{heading[1]}.csv" download>{heading[1]}.csv</a>'
        table = f'{heading[0]}\n\n<a href="tables/{heading[1]}.html">The table</a>, each row with its place'
        return table + (f" · {link}" if f"{heading[1]}.csv" in there else "")

    readme = re.sub(
        r"^# chipnotes$", "# About the collection", (root / "README.md").read_text("utf-8"), flags=re.M
    )
    images = {f"figures/{words[0]}.svg": figure(*words) for words in drawn}
    dictionary = (root / "tables" / "README.md").read_text("utf-8")
    words = {
        "readme": places.linked(re.sub(r"!\[[^\]]*\]\(([^)]*)\)", lambda m: images[m[1]], readme)),
        "dictionary": places.linked(re.sub(r"^## (\w+)\.csv.*$", more, dictionary, flags=re.M)),
        "cff": yaml.safe_load((root / "CITATION.cff").read_text("utf-8")),
        "terms": read_data("glossary.tsv").to_dict("records"),
        "facts": read_tsv(root / "seeds" / "ledgers" / "external_facts.tsv").to_dict("records"),
        "book": tomllib.loads((DATA / "codebook.toml").read_text("utf-8")),
        "first": lambda key: Markup(places.first(key)),
        "figure": lambda *words: Markup(figure(*words)),
        "figures": drawn,
        "data": there,
    }
    found = {f"{name}.md": render(f"{name}.md", **words) for name in BEHIND}
    for path in sorted((root / "tables").glob("*.csv")):
        rows = table_rows(path, places, docs, shown)
        columns = [column for column in rows[0] if column not in (*LEFT_OUT, "there")]
        found[f"tables/{path.stem}.md"] = render("table.md", name=path.stem, rows=rows, columns=columns)
    return found
