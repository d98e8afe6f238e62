"""The pages beside the notebooks: about, gallery, tables, glossary, codebook, outside facts, contents."""

import html
import re
import tomllib

import yaml
from notebook import anchor, figure, table, table_box
from passages import slug

from chipnotes.files import read_data, read_tsv

# What the tables of the site leave out: the offsets are in the link, the sentence on the evidence page.
LEFT_OUT = ("seed", "column", "start", "end", "sentence", "counts")
BEHIND = [
    ("Behind it", ["gallery", "tables", "glossary", "codebook", "outside", "checked", "about", "zh"]),
]


def e(cell):
    return html.escape(str(cell))


def stem(path):
    """The name that a notebook's page has on the site: the front page is its index."""
    return "index" if path.name.startswith("00") else path.stem


def links(root, files, drawn):
    """{address in the repository: address on the site}."""
    found = {"seeds/ledgers/external_facts.tsv": "outside.html", "tables/README.md": "tables.html"}
    found |= {"figures/README.md": "gallery.html", "README.md": "about.html"}
    for path in files.values():
        found[path.name] = found[f"notebooks/{path.name}"] = f"{stem(path)}.html"
    for name, *_ in drawn:
        found[f"figures/{name}.svg"] = f"gallery.html#{name}"
    for path in (root / "tables").glob("*.csv"):
        found[f"seeds/ledgers/{path.stem}.tsv"] = f"tables/{path.stem}.html"
    return found


def raw(title, file):
    """A page of Markdown that is a heading and a file of HTML beside it."""
    return f"# {title}\n\n```{{raw}} html\n:file: {file}\n```\n"


def block(title, page):
    """A page of Markdown that is a heading and HTML."""
    return f"# {title}\n\n````````{{raw}} html\n{page}\n````````\n"


def contents(nb, seeds, own, files):
    """A last cell for the front page: the contents of the site by part, and how to cite it.

    The parts are those of the front page itself: a line in bold, then the notebooks of it.
    """
    text, parts = "\n".join("".join(cell["source"]) for cell in nb["cells"]), []
    for line in text.splitlines():
        part = re.fullmatch(r"\*\*([^*]+)\*\*", line)
        there = re.match(r'- <a href="(\d\d_\w+)\.html">', line)
        if part:
            parts.append((part[1], []))
        elif there and parts:
            parts[-1][1].append(there[1])
    parts = [(title, pages) for title, pages in parts if pages]
    named = {"index", *(page for _, pages in parts for page in pages)}
    others = [stem(path) for path in files.values() if stem(path) not in named]
    parts += [("The five pages", [f"evidence/{slug(doc)}" for doc in seeds])]
    parts += [("Pages of your own", others + [f"evidence/{slug(doc)}" for doc in own]), *BEHIND]
    trees = ""
    for title, pages in parts:
        listed = "\n".join(pages)
        trees += f"```{{toctree}}\n:hidden:\n:caption: {title}\n\n{listed}\n```\n\n"
    return {"cell_type": "markdown", "metadata": {}, "id": "contents", "source": trees}


def citation(root):
    """How to cite the collection, from CITATION.cff."""
    cff = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    authors = ", ".join(author.get("name") or author["family-names"] for author in cff["authors"])
    where = cff.get("doi") or cff.get("url") or cff.get("repository-code") or ""
    words = f"{authors} ({cff['date-released'].year}). *{cff['title']}* (version {cff['version']}). {where}"
    return (
        f"## How to cite\n\n> {words.strip()}\n\n"
        "Name the page and its publisher with any passage you quote; below each passage stands what to copy."
    )


def gallery(drawn, there):
    """Every figure with its words, its data and its notebook."""
    out = ""
    for name, title, caption, alt in drawn:
        data = f'<a href="data/{name}.csv" download>data</a>' if f"{name}.csv" in there else ""
        out += f"{figure(name, title, caption, alt)}<p>{data}</p>\n"
    return block("Every figure", out)


def table_page(path, places, docs, shown):
    """One table, each row linked to its passage or its line on the evidence page."""
    import pandas as pd

    rows = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    by_id = {doc.id: doc for doc in docs}
    columns = [column for column in rows if column not in LEFT_OUT]
    out = []
    for row in rows.to_dict("records"):
        cells = {column: e(row[column]) for column in columns}
        doc, line = by_id.get(row.get("seed")), row.get("line")
        if doc and line and (doc.id, int(line)) in shown:
            there = f"../{places.line(doc.name, line)}"
            at = (row.get("start"), row.get("end"))
            for p in places.passages[doc.id]:
                there = f"../evidence/{slug(doc)}.html#{p.id}" if (str(p.start), str(p.end)) == at else there
            cells["line"] = anchor(there, line)
        out.append([cells[column] for column in columns])
    words = f"{len(rows)} rows. What the columns mean: <a href='../tables.html'>the dictionary</a>."
    return block(path.stem.replace("_", " "), f"<p>{words}</p>{table_box(table(columns, out))}")


def tables(root, places, there):
    """The dictionary of the tables; each heading is followed by its table and its file."""
    text = (root / "tables" / "README.md").read_text("utf-8")

    def more(match):
        name, words = match[1], f'<a href="tables/{match[1]}.html">The table</a>, each row with its place'
        file = f' · <a href="data/{name}.csv" download>{name}.csv</a>' if f"{name}.csv" in there else ""
        return f"{match[0]}\n\n{words}{file}"

    return places.linked(re.sub(r"^## (\w+)\.csv.*$", more, text, flags=re.M))


def glossary():
    """Every Chinese term with its pinyin and English."""
    rows = [[e(cell) for cell in row] for row in read_data("glossary.tsv").itertuples(index=False)]
    return block("Glossary", table_box(table(("Chinese", "pinyin", "English", "note"), rows)))


def codebook(root):
    """The codebook: how to code, and each code with its definition and examples."""
    book = tomllib.loads((root / "chipnotes" / "data" / "codebook.toml").read_text("utf-8"))
    out = ""
    for name, entries in book.items():
        if not isinstance(entries, dict):
            continue
        rows = []
        for code, entry in entries.items():
            if isinstance(entry, str):
                rows.append((e(code), e(entry), ""))
            elif "definition" in entry:
                label = f"{e(entry.get('label', code))} {e(entry.get('zh', ''))}"
                rows.append((label, e(entry["definition"]), "<br>".join(map(e, entry.get("examples", ())))))
        head = ("code", "meaning", "examples")
        out += (
            f'<h2 id="{e(name)}">{e(name.replace("_", " "))}</h2>{table_box(table(head, rows))}'
            if rows
            else ""
        )
    return block("Codebook", out)


def outside(root):
    """Facts from other publications."""
    facts = read_tsv(root / "seeds" / "ledgers" / "external_facts.tsv")
    rows = [
        (
            e(f.id),
            e(f.statement),
            e(f.source_date),
            e(f.publisher),
            f'<span class="address">{e(f.address)}</span>',
        )
        for f in facts.itertuples()
    ]
    words = "<p>Seen in stored excerpts of the pages at these addresses; none was checked live.</p>"
    head = ("id", "statement", "date", "publisher", "address")
    return block("Facts from outside the five pages", words + table_box(table(head, rows)))


def all_pages(root, places, drawn, there, docs, shown):
    """{file name: its Markdown} of the pages beside the notebooks.

    there  the data files that are on the site; shown: (page id, line) of the lines that are
    """
    readme = (root / "README.md").read_text("utf-8")
    readme = re.sub(r"^# chipnotes$", "# About the collection", readme, flags=re.M)
    images = {f"figures/{words[0]}.svg": figure(*words) for words in drawn}
    readme = re.sub(r"!\[[^\]]*\]\(([^)]*)\)", lambda m: images[m[1]], readme)
    found = {
        "about.md": f"{places.linked(readme)}\n\n{citation(root)}\n",
        "gallery.md": gallery(drawn, there),
        "tables.md": tables(root, places, there),
        "glossary.md": glossary(),
        "codebook.md": codebook(root),
        "outside.md": outside(root),
        "checked.md": (root / "site" / "checked.md").read_text("utf-8"),
        "zh.md": re.sub(
            r"\{(\d\d\.\d)\}", lambda m: places.first(m[1]), (root / "site" / "zh.md").read_text("utf-8")
        ),
    }
    for path in sorted((root / "tables").glob("*.csv")):
        found[f"tables/{path.stem}.md"] = f"---\norphan: true\n---\n{table_page(path, places, docs, shown)}"
    return found
