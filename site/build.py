"""Builds the site from the committed notebooks, without running them (make site, make site-public)."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent))
NEEDS = ("sphinx", "myst_nb", "pydata_sphinx_theme")
LANGUAGE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2018-\u201d·]*")
QUIET = ("script", "style", "title", "textarea", "svg")


def check():
    """Says which command installs what is missing."""
    try:
        for name in NEEDS:
            __import__(name)
    except ImportError as error:
        raise SystemExit(
            f"site: the package {error.name} is missing; `make site` installs what the site needs, "
            "or: pip install --require-hashes --no-deps -r requirements-site.lock"
        ) from None


def figures():
    """(name, title, caption, alternative text) of every figure, in the order of their names."""
    from notebook import WORDS

    paths = sorted((ROOT / "figures").glob("*.txt"))
    return [(path.stem, *WORDS.search(path.read_text("utf-8")).groups()) for path in paths]


def stage(work, public):
    """Writes what Sphinx reads into work/source, and what is copied as it is into work/extra."""
    import beside
    import evidence
    from notebook import Places
    from passages import Redactor, gather, slug

    import chipnotes as cn

    source, extra = work / "source", work / "extra"
    for folder in ("source/evidence", "source/tables", "extra/evidence", "extra/figures", "extra/data"):
        (work / folder).mkdir(parents=True)
    seeds, own = list(cn.load(ROOT / "seeds")), list(cn.load(ROOT / "notebooks" / "own_pages"))
    docs, drawn = seeds + own, figures()
    files = {path.name[:2]: path for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))}
    notebooks = {number: json.loads(path.read_text("utf-8")) for number, path in files.items()}
    passages = gather(docs, notebooks)
    redactor = Redactor(seeds, passages)
    redact = redactor.clean if public else str
    links = beside.links(ROOT, files, drawn)
    places = Places(docs, passages, links, extra / "figures", redact)
    for name, *_ in drawn:
        shutil.copy(ROOT / "figures" / f"{name}.svg", extra / "figures")
    for path in [*(ROOT / "figures").glob("*.csv"), *(ROOT / "tables").glob("*.csv")]:
        if not public or not redactor.found(path.read_text("utf-8-sig")):
            shutil.copy(path, extra / "data" / path.name)
    data, shown = {path.name for path in (extra / "data").iterdir()}, set()
    for doc in docs:
        labels = {}  # where what rests on a passage stands, and what it is called
        for number, finding in (by for p in passages[doc.id] for by in p.cited):
            there = f"../{beside.stem(files[number])}.html" + (f"#finding-{finding}" if finding else "")
            words = f"finding {number}.{finding}" if finding else f"notebook {number}"
            labels[number, finding] = there, words
        page = evidence.Page(doc, passages[doc.id], labels, public and doc not in own)
        shown |= {(doc.id, number) for number in page.lines}
        (source / "evidence" / f"{slug(doc)}.html").write_text(page.html(), "utf-8")
        heading = f"# {doc.name}\n\n```{{raw}} html\n:file: {slug(doc)}.html\n```\n"
        (source / "evidence" / f"{slug(doc)}.md").write_text(heading, "utf-8")
        (extra / "evidence" / f"{slug(doc)}.jsonld").write_text(page.annotations(), "utf-8")
    for number, nb in notebooks.items():
        nb = places.staged(nb, number)
        if number == "00":
            nb["cells"].append(beside.contents(nb, seeds, own, files))
        text = json.dumps(nb, ensure_ascii=False)
        (source / f"{beside.stem(files[number])}.ipynb").write_text(text, "utf-8")
    for name, text in beside.all_pages(ROOT, places, drawn, data, docs, shown).items():
        (source / name).write_text(redact(text), "utf-8")


def in_chinese(page):
    """HTML with each run of Chinese marked as such, unless what it stands in is marked already."""
    out, stack = [], []
    for part in re.split(r"(<!--.*?-->|<[^>]+>)", page, flags=re.S):
        tag = re.match(r"<(/?)([a-zA-Z][\w-]*)", part)
        if tag and stack and tag[2] == stack[-1][0]:  # inside what is left alone: only its own end matters
            stack[-1][1] += -1 if tag[1] else 1
            if not stack[-1][1]:
                stack.pop()
        elif tag and not stack and not tag[1] and (tag[2] in QUIET or 'lang="zh' in part):
            stack.append([tag[2], 1])
        elif not part.startswith("<") and not stack:
            part = LANGUAGE.sub(lambda m: f'<span lang="zh-Hans">{m[0]}</span>', part)
        out.append(part)
    return "".join(out)


def main(arguments):
    """Builds build/site, or build/site-public with --public."""
    check()
    from sphinx.cmd.build import build_main

    public = "--public" in arguments
    name = "site-public" if public else "site"
    final, work = ROOT / "build" / name, ROOT / "build" / f"{name}-work"
    out = work / "html"  # myst-nb leaves a folder beside it
    for folder in (final, work):
        shutil.rmtree(folder, ignore_errors=True)
    stage(work, public)
    os.environ["SITE_EXTRA"] = str(work / "extra")
    command = ["-q", "-W", "-n", "--keep-going", "-b", "html", "-c", str(ROOT / "site")]
    failed = build_main([*command, "-d", str(work / "doctrees"), str(work / "source"), str(out)])
    for path in sorted(out.rglob("*.html")):
        page = in_chinese(path.read_text("utf-8"))
        if path.name == "zh.html":
            page = page.replace('<article class="bd-article">', '<article class="bd-article" lang="zh-Hans">')
        path.write_text(page, "utf-8")
    for name_left in (".buildinfo", "_static/webpack-macros.html"):
        (out / name_left).unlink(missing_ok=True)
    if failed:
        raise SystemExit("site: Sphinx warned (above), so this site is not whole")
    out.rename(final)
    shutil.rmtree(work)
    print(f"build/{name}/index.html is ready: open it in a browser")


if __name__ == "__main__":
    main(sys.argv[1:])
