"""The site in Chromium: each page from the disk and from a server, light and dark, wide and narrow."""

import functools
import html
import http.server
import os
import re
import threading
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SITES = {name: ROOT / "build" / name for name in ("site", "site-public")}
PAGES = {
    name: sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    for name, folder in SITES.items()
}
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1300, 360)]
FEWER = [("light", 360), ("dark", 1300)]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of the marks of a passage: on which side, whether in view below the header, whether lit.
SEEN = """part => [...document.querySelectorAll(`[data-e~="${part}"]`)].map(mark => {
    const box = mark.getBoundingClientRect(), side = mark.closest('.clean') ? 'clean' : 'raw';
    const colour = (node, name) => getComputedStyle(node).getPropertyValue(name).trim();
    const lit = colour(mark, '--now') === colour(document.documentElement, '--lit');
    return [side, box.top >= 80 && box.top < innerHeight, lit && box.width > 0];
})"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = os.environ.get("CHIPNOTES_CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server():
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=ROOT / "build")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def opened(browser):
    """A page that keeps what it says and what it asks for."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.said, page.asked = [], []
    # What the theme logs of its own work is no message: warnings and errors are.
    page.on("console", lambda m: m.type in ("warning", "error") and page.said.append(m.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("requestfailed", lambda request: page.said.append(f"failed: {request.url}"))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


@pytest.fixture
def page(browser):
    page = opened(browser)
    yield page
    page.context.close()


def barriers(page):
    """What axe finds against WCAG 2.2 AA: rule and elements."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run({exclude: 'tbody tr:nth-child(n+8)'},"  # the rows of a long table are alike
        " {preload: false, runOnly: {type: 'tag', values: tags}})"
        ".then(found => found.violations)",
        WCAG,
    )
    return [
        (one["id"], node["html"][:120], node["failureSummary"][:200])
        for one in found
        for node in one["nodes"][:3]
    ]


def looked_at(page, address, home, looks, axe):
    """Faults of one page in these looks."""
    page.goto(address)
    faults = []
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{scheme} {width}: {wide} px wide"] if wide > width else []
        faults += [f"{scheme} {width}: {fault}" for fault in (barriers(page) if axe else ())]
    faults += page.evaluate(
        "[...document.images].filter(i => !i.alt.trim() || !i.naturalWidth).map(i => 'picture: ' + i.src)"
    )
    faults += page.said + [f"asks {url}" for url in page.asked if not url.startswith((home, "data:"))]
    return faults


@pytest.mark.parametrize(("site", "where"), [("site", "disk"), ("site", "server"), ("site-public", "server")])
def test_every_page(browser, server, site, where):
    """No message, no request to the outside, no barrier, a text for each picture, no scrolling sideways."""
    home = f"{SITES[site].as_uri()}/" if where == "disk" else f"{server}/{site}/"
    faults = {}
    for name in PAGES[site]:
        page = opened(browser)
        looks, axe = LOOKS if where == "disk" else FEWER, (site, where) == ("site", "server")
        faults[name] = looked_at(page, home + name, home, looks, axe)
        page.context.close()
    assert {name: found for name, found in faults.items() if found} == {} and faults


@pytest.mark.parametrize("site", SITES)
def test_no_link_and_no_anchor_is_dead(site):
    assert PAGES[site], f"build/{site} is not there: make {site}"
    dead, texts = [], {name: (SITES[site] / name).read_text("utf-8") for name in PAGES[site]}
    ids = {name: set(map(html.unescape, re.findall(r'\bid="([^"]+)"', text))) for name, text in texts.items()}
    for name, text in texts.items():
        for link in re.findall(
            r'\b(?:href|src)="([^"]+)"', re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.S)
        ):
            address, part = urldefrag(html.unescape(link))
            if re.match(r"[a-z]+:", address):
                dead.append((name, link))  # the site leads nowhere outside
                continue
            there = unquote(urljoin(name, address) if address else name).split("?")[0]
            there = there + "index.html" if there.endswith("/") or not there else there
            if not (SITES[site] / there).is_file() or (
                part and there in ids and unquote(part) not in ids[there]
            ):
                dead.append((name, link))
    assert dead == [], dead


@pytest.mark.parametrize("site", SITES)
def test_every_finding_leads_to_a_marked_passage_that_is_seen(page, site):
    """By a click, on a screen as wide as a telephone's and on a wide one."""
    count = 0
    for name in (name for name in PAGES[site] if re.match(r"\d\d_|index|zh", name)):
        for width in (1300, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto((SITES[site] / name).as_uri())
            links = page.locator('article li a[href^="evidence/"]')
            if width == 360 or site == "site-public":  # there the first finding of each page
                links = links.first
            for number in range(links.count()):
                page.goto((SITES[site] / name).as_uri())
                link = links.nth(number)
                part = link.get_attribute("href").split("#")[1]
                link.click()
                page.wait_for_url(f"**#{part}")
                seen = page.evaluate(
                    SEEN,
                    part,
                )
                assert {side for side, *_ in seen} == {"clean", "raw"}, (name, part)
                assert all(lit for *_, lit in seen), (name, part)
                assert any(here for side, here, _ in seen if side == "clean"), (name, part)
                if width == 1300:
                    assert any(here for side, here, _ in seen if side == "raw"), (name, part)
                count += 1
    assert count > (60 if site == "site" else 20)


@pytest.mark.parametrize("words", ["fund", "集成电路"])
def test_search_works_from_the_disk(page, words):
    page.goto(f"{SITES['site'].as_uri()}/search.html?q={words}")
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results li").count() >= 3 and page.said == []
