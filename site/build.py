"""Builds the site from the committed notebooks, without running them (make site, make site-public)."""

import json
import re
import shutil
import sys
import tomllib
from csv import DictReader
from functools import partial
from io import StringIO
from pathlib import Path

import yaml
from evidence import content
from fontTools import subset
from notebook import Places, render
from passages import gather, held_lines, hidden_runs, redacted, runs, slug

import chipnotes as cn
from chipnotes.files import read_tsv

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2018-\u201d·]*")
READ = {".toml": tomllib.loads, ".cff": yaml.safe_load, ".csv": lambda text: [*DictReader(StringIO(text))]}
QUIET = ("script", "style", "title", "textarea", "svg")


def read(path):
    """A file of the repository as a template wants it: rows, what it holds by name, or text."""
    path = ROOT / path
    if path.suffix == ".tsv":
        return read_tsv(path).to_dict("records")
    return READ.get(path.suffix, str)(path.read_text("utf-8-sig"))


def figures():
    """{SVG: (name, title, caption, alternative text)} of every figure, in the order of their names."""
    words, found = re.compile(r"title: (.+)\ncaption: (.+)\nalt: (.+)"), {}
    for path in sorted((ROOT / "figures").glob("*.svg")):
        said = words.search(path.with_suffix(".txt").read_text("utf-8"))
        found[path.read_text("utf-8")] = path.stem, *said.groups()
    return found


def parts(front):
    """{part of the front page: its notebooks}: a line in bold, then the list."""
    text = "\n".join("".join(cell["source"]) for cell in front["cells"])
    listed = re.findall(r"^\*\*([^*\n]+)\*\*\n\n((?:- .*\n?)+)", text, re.M)
    return {title: re.findall(r"^- \[.*?\]\((\w+)\.ipynb\)", part, re.M) for title, part in listed}


def stage(source, out, public):
    """Writes what Sphinx reads into `source`, and what is copied as it is into `out`."""
    seeds, own = list(cn.load(ROOT / "seeds")), list(cn.load(ROOT / "notebooks" / "own_pages"))
    docs, drawn, files = seeds + own, figures(), sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    notebooks = {path.name[:2]: json.loads(path.read_text("utf-8")) for path in files}
    passages = gather(docs, notebooks)
    held = held_lines(passages)
    hidden = hidden_runs(seeds, held) if public else set()
    redact = partial(redacted, hidden=hidden) if public else str
    tables = sorted((ROOT / "tables").glob("*.csv"))
    for path in [*tables, *(ROOT / "figures").glob("*.csv"), *(ROOT / "figures").glob("*.svg")]:
        folder = out / ("figures" if path.suffix == ".svg" else "data")
        folder.mkdir(parents=True, exist_ok=True)
        if not hidden & runs(path.read_text("utf-8-sig")):
            shutil.copy(path, folder)

    words = {
        "slugs": {doc.id: slug(doc) for doc in docs},
        "seeds": [f"evidence/{slug(doc)}" for doc in seeds],
        "own": [f"evidence/{slug(doc)}" for doc in own],
        "names": {path.name[:2]: "index" if path.name.startswith("00") else path.stem for path in files},
        "parts": parts(notebooks["00"]),
        "tables": [path.stem for path in tables],
        "data": [path.name for path in (out / "data").iterdir()],
        "drawn": drawn.values(),
        "places": Places(docs, passages, drawn, redact),
        "read": read,
        "public": public,
        # (page id, what follows the # in the address of its evidence page)
        "ids": {(passage.span.doc.id, passage.id) for passage in passages},
    }

    def write(path, template, **more):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(redact(render(template, **words, **more)), "utf-8")

    for doc in docs:
        every = range(1, len(doc.raw_lines) + 1)
        lines = {n for n in every if not public or doc in own or (doc.id, n) in held}
        words["ids"] |= {(doc.id, f"L{n}") for n in lines}
        page = content(doc, [passage for passage in passages if passage.span.doc is doc], lines)
        write(source / "evidence" / f"{slug(doc)}.md", "evidence.md", **page)
        write(out / "evidence" / f"{slug(doc)}.jsonld", "evidence.jsonld", **page)
    for name in words["tables"]:
        write(source / "tables" / f"{name}.md", "table.md", name=name)
    for page in (ROOT / "site" / "pages").glob("*.md"):
        write(source / page.name, page.name)
    for number, nb in notebooks.items():
        nb = words["places"].staged(nb, number)
        if number == "00":
            contents = {"id": "contents", "source": render("contents.j2", **words)}
            nb["cells"].append(contents | {"cell_type": "markdown", "metadata": {}})
        (source / f"{words['names'][number]}.ipynb").write_text(json.dumps(nb, ensure_ascii=False), "utf-8")


def in_chinese(page):
    """HTML with each run of Chinese marked as such, unless what it stands in is marked already."""
    out, inside, depth = [], "", 0
    for part in re.split(r"(<!--.*?-->|<[^>]+>)", page, flags=re.S):
        tag = re.match(r"<(/?)([a-zA-Z][\w-]*)", part)
        if depth:  # in what is left alone only its own end matters
            depth += (-1 if tag[1] else 1) if tag and tag[2] == inside else 0
        elif tag and not tag[1] and (tag[2] in QUIET or 'lang="zh' in part):
            inside, depth = tag[2], 1
        elif not part.startswith("<"):
            part = CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', part)
        out.append(part)
    return "".join(out)


def bundle_font(folder, characters):
    """The figures' font, with these characters alone, for a reader whose system has no Chinese one."""
    fonts = ROOT / "chipnotes" / "fonts"
    for name in ("ChipnotesSansSC-Regular.ttf", "ChipnotesSansSC-Bold.ttf"):
        subset.main([str(fonts / name), f"--text={characters}", f"--output-file={folder / name}"])
    shutil.copy(fonts / "OFL.txt", folder)


def main(arguments):
    """Builds build/site, or build/site-public with --public."""
    try:
        import myst_nb  # noqa: F401
        import pydata_sphinx_theme  # noqa: F401
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
    options = {"confoverrides": read("site/sphinx.toml"), "status": None, "warningiserror": True}
    app = Sphinx(source, None, out, work / "doctrees", "html", **options)
    app.build()
    if app.statuscode:
        raise SystemExit("site: Sphinx warned (above), so this site is not whole")
    used = set()
    for path in sorted(out.rglob("*.html")):
        page = path.read_text("utf-8")
        used.update("".join(CHINESE.findall(page)))
        path.write_text(in_chinese(page), "utf-8")
    bundle_font(out / "_static", "".join(sorted(used)))
    for left in (".buildinfo", "_static/webpack-macros.html"):
        (out / left).unlink(missing_ok=True)
    out.rename(final)
    shutil.rmtree(work)
    print(f"build/{final.name}/index.html is ready: open it in a browser")


if __name__ == "__main__":
    main(sys.argv[1:])
