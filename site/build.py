"""Builds the site from the committed notebooks, without running them (make site, make site-public)."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import yaml
from evidence import content
from fontTools import subset
from notebook import Places, render
from passages import gather, held_lines, hidden_runs, redacted, runs, slug

import chipnotes as cn
from chipnotes.files import read_tsv, write

ROOT = Path(__file__).resolve().parent.parent
CHINESE = r"[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2018-\u201d·]*"
# What is left alone: words that are not read, what is marked (with elements of the same name in it), tags.
IN_PAGE = re.compile(
    r"<(script|style|title|textarea|svg)\b.*?</\1>"
    r'|<(\w+)[^>]* lang="zh(?:<\2\b.*?</\2>|.)*?</\2>'
    rf"|<!--.*?-->|<[^>]*>|(?P<chinese>{CHINESE})",
    re.S,
)


def read(path):
    """A file of the repository as a template wants it: rows, what it holds by name, or text."""
    path = ROOT / path
    if path.suffix == ".tsv":
        return read_tsv(path).to_dict("records")
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    kinds = {".toml": tomllib.loads, ".cff": yaml.safe_load}
    return kinds.get(path.suffix, str)(path.read_text("utf-8"))


def figures():
    """{name: its title, caption and alternative text} of every figure, in the order of their names."""
    told = {path.stem: path.read_text("utf-8") for path in sorted(ROOT.glob("figures/*.txt"))}
    return {name: dict(line.split(": ", 1) for line in text.splitlines()) for name, text in told.items()}


def parts(front):
    """{part of the front page: its notebooks}: a line in bold, then the list."""
    text = "\n".join(cell.source for cell in front.cells)
    listed = re.findall(r"^\*\*([^*\n]+)\*\*\n\n((?:- .*\n?)+)", text, re.M)
    return {title: re.findall(r"^- \[.*?\]\((\w+)\.ipynb\)", part, re.M) for title, part in listed}


def stage(source, out, public):
    """Writes what Sphinx reads into `source`, and what is copied as it is into `out`."""
    seeds, own = list(cn.load(ROOT / "seeds")), list(cn.load(ROOT / "notebooks" / "own_pages"))
    docs, files = seeds + own, sorted(ROOT.glob("notebooks/[0-9][0-9]_*.ipynb"))
    notebooks = {path.name[:2]: nbformat.read(path, 4) for path in files}
    passages = gather(docs, notebooks)
    shown = {doc.id: {*range(1, len(doc.raw_lines) + 1)} for doc in docs}  # the numbers of the lines
    if public:  # the invented pages in full
        shown |= {doc.id: {n for page, n in held_lines(passages) if page == doc.id} for doc in seeds}
    hidden, tables = hidden_runs(docs, shown), sorted(ROOT.glob("tables/*.csv"))
    copied = [*tables, *ROOT.glob("figures/*.csv"), *ROOT.glob("figures/*.svg")]
    copied = [path for path in copied if not hidden & runs(path.read_text("utf-8-sig"))]
    for path in copied:
        write(out / ("figures" if path.suffix == ".svg" else "data") / path.name, path.read_bytes())

    names = {path.name[:2]: path.stem for path in files} | {"00": "index"}
    words = {"seeds": seeds, "own": own, "names": names, "shown": shown, "read": read, "public": public} | {
        "places": Places(docs, passages, figures()),
        "slugs": {doc.id: slug(doc) for doc in docs},
        "parts": parts(notebooks["00"]),
        "tables": [path.stem for path in tables],
        "data": [path.name for path in copied],
        "cited": {(passage.span.doc.id, passage.id) for passage in passages},
    }

    def put(path, template, **more):
        write(path, redacted(render(template, **words, **more), hidden))

    for doc in docs:
        page = content(doc, [passage for passage in passages if passage.span.doc is doc], shown[doc.id])
        put(source / "evidence" / f"{slug(doc)}.md", "evidence.md", **page)
        put(out / "evidence" / f"{slug(doc)}.jsonld", "evidence.jsonld", **page)
    for name in words["tables"]:
        put(source / "tables" / f"{name}.md", "table.md", name=name)
    for page in (ROOT / "site" / "pages").glob("*.md"):
        put(source / page.name, page.name)
    notebooks["00"].cells.append(nbformat.v4.new_markdown_cell(render("contents.j2", **words), id="contents"))
    for number, nb in notebooks.items():
        text = nbformat.writes(words["places"].staged(nb, number))
        write(source / f"{names[number]}.ipynb", redacted(text, hidden))


def in_chinese(page):
    """HTML with each run of Chinese marked as such, unless what it stands in is marked already."""
    return IN_PAGE.sub(lambda m: f'<span lang="zh-Hans">{m[0]}</span>' if m["chinese"] else m[0], page)


def bundle_font(folder, characters):
    """The figures' font, with these characters alone, for a reader whose system has no Chinese one."""
    fonts = ROOT / "chipnotes" / "fonts"
    for name in ("ChipnotesSansSC-Regular.ttf", "ChipnotesSansSC-Bold.ttf"):
        subset.main([str(fonts / name), f"--text={characters}", f"--output-file={folder / name}"])
    shutil.copy(fonts / "OFL.txt", folder)


def main(arguments):
    """Builds build/site, or build/site-public with --public."""
    try:
        from sphinx.application import Sphinx
    except ImportError as error:
        raise SystemExit(f"site: {error.name} is missing; `make site` installs what it needs") from None
    public = "--public" in arguments
    final = ROOT / "build" / ("site-public" if public else "site")
    work = final.with_name(f"{final.name}-work")
    source, out = work / "source", work / "html"  # myst-nb leaves a folder beside the latter
    for folder in (final, work):
        shutil.rmtree(folder, ignore_errors=True)
    stage(source, out, public)
    options = {"confoverrides": read("site/sphinx.toml"), "status": None, "exception_on_warning": True}
    Sphinx(source, None, out, work / "doctrees", "html", warningiserror=True, **options).build()
    used = set()
    for path in out.rglob("*.html"):
        page = path.read_text("utf-8")
        used.update(*re.findall(CHINESE, page))
        path.write_text(in_chinese(page), "utf-8")
    bundle_font(out / "_static", "".join(sorted(used)))
    for left in (".buildinfo", "_static/webpack-macros.html"):
        (out / left).unlink(missing_ok=True)
    out.rename(final)
    shutil.rmtree(work)
    print(f"build/{final.name}/index.html is ready: open it in a browser")


if __name__ == "__main__":
    main(sys.argv[1:])
