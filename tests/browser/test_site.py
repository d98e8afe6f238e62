"""The site in Chromium: each page from the disk and from a server, light and dark, wide and narrow."""

import contextlib
import functools
import html
import http.server
import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
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
# What is the same file in both variants need not be looked at twice.
OWN = dict(PAGES)
OWN["site-public"] = [
    name
    for name in PAGES["site-public"]
    if not (SITES["site"] / name).is_file()
    or (SITES["site"] / name).read_bytes() != (SITES["site-public"] / name).read_bytes()
]
KINDS = (
    "index.html",
    "06_what_20_8_percent_says_about_shanghai.html",
    "wujin-visit-2025.html",
    "dates.html",
    "zh.html",
)
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
def server():
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=ROOT / "build")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@contextlib.contextmanager
def chromium():
    """A page of a browser of its own, that keeps what it says and what it asks for."""
    with sync_playwright() as play:
        path = os.environ.get("CHIPNOTES_CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.said, page.asked = [], []

        def failed(request):
            if request.failure != "net::ERR_ABORTED":  # what the next page makes needless
                page.said.append(f"failed: {request.url}")

        # What the theme logs of its own work is no message: warnings and errors are.
        page.on("console", lambda m: m.type in ("warning", "error") and page.said.append(m.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("requestfailed", failed)
        page.on("request", lambda request: page.asked.append(request.url))
        yield page
        browser.close()


@pytest.fixture(scope="module")
def page():
    with chromium() as page:
        yield page


def barriers(page, contrast=True):
    """What axe finds against WCAG 2.2 AA: rule and elements. Contrast takes four fifths of the time."""
    if not page.evaluate("() => 'axe' in window"):
        # The rows of a long table are alike.
        page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+8)').forEach(row => row.remove())")
        page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    # a colour on its way to another one, or code that is still unfolding, is not what a reader looks at
    still = "Promise.allSettled(document.getAnimations().map(one => one.finished))"
    page.evaluate(f"Promise.race([{still}, new Promise(done => setTimeout(done, 2000))]).then(() => null)")
    found = page.evaluate(
        "([tags, contrast]) => axe.run({preload: false, resultTypes: ['violations'],"
        " runOnly: {type: 'tag', values: tags}, rules: {'color-contrast': {enabled: contrast}}})"
        ".then(found => found.violations)",
        [WCAG, contrast],
    )
    return [
        (one["id"], node["html"][:120], node["failureSummary"][:200])
        for one in found
        for node in one["nodes"][:3]
    ]


def looked_at(page, address, home, looks, axe):
    """Faults of one page in these looks; colours do not change with the width: there a page of each kind."""
    page.said.clear(), page.asked.clear()
    page.goto(address)
    faults = []
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{scheme} {width}: {wide} px wide"] if wide > width else []
        found = barriers(page, width > 720 or address.endswith(KINDS)) if axe else ()
        faults += [f"{scheme} {width}: {fault}" for fault in found]
    faults += page.evaluate(
        "[...document.images].filter(i => !i.alt.trim() || !i.naturalWidth).map(i => 'picture: ' + i.src)"
    )
    return faults + page.said + [f"asks {url}" for url in page.asked if not url.startswith((home, "data:"))]


@pytest.mark.parametrize("where", ["disk", "server"])
@pytest.mark.parametrize("site", SITES)
def test_every_page(server, site, where):
    """No message, no request to the outside, no barrier, a text for each picture, no scrolling sideways.

    From the disk in all looks; a server changes nothing of how a page looks, only whether it is found.
    """
    assert PAGES[site], f"build/{site} is not there: make {site}"
    home = f"{SITES[site].as_uri()}/" if where == "disk" else f"{server}/{site}/"
    looks = LOOKS if where == "disk" else LOOKS[:1]

    def look(names):
        with chromium() as page:
            return {name: looked_at(page, home + name, home, looks, where == "disk") for name in names}

    with ThreadPoolExecutor(2) as pool:  # a browser each: axe takes its time
        halves = list(pool.map(look, (OWN[site][::2], OWN[site][1::2])))
    faults = halves[0] | halves[1]
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_table_that_scrolls_is_reached_by_keyboard(page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto((SITES["site"] / "tables" / "quantities.html").as_uri())
    page.locator(".scroll").evaluate("box => box.previousElementSibling.querySelector('a').focus()")
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.activeElement.matches('.scroll') && document.activeElement.scrollLeft > 0"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_folded_code_is_readable(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((SITES["site"] / "06_what_20_8_percent_says_about_shanghai.html").as_uri())
    page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)
    folded = page.locator("article details")
    assert folded.count() > 5
    folded.evaluate_all("all => all.forEach(one => (one.open = true))")
    assert barriers(page) == []


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


def misses(page, part, wide):
    """Of a passage that was gone to: what is not as it should be."""
    seen = page.evaluate(SEEN, part)
    if {side for side, *_ in seen} != {"clean", "raw"} or not all(lit for *_, lit in seen):
        return f"{part}: not lit on both sides"
    in_view = {side for side, here, _ in seen if here}
    return "" if in_view >= ({"clean", "raw"} if wide else {"clean"}) else f"{part}: only {in_view} in view"


@pytest.mark.parametrize("width", [1300, 360])
def test_a_click_on_each_finding_lands_on_a_marked_passage_that_is_seen(page, width):
    """Notebooks, front page, Chinese summary; on a screen as wide as a telephone's the first of each."""
    page.set_viewport_size({"width": width, "height": 800})
    faults, clicked = [], set()
    for name in (name for name in PAGES["site"] if re.match(r"\d\d_|index|zh", name)):
        address = (SITES["site"] / name).as_uri()
        page.goto(address)
        links = page.locator('article li a[href^="evidence/"]')
        there = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for number, href in enumerate(there if width == 1300 else there[:1]):
            if href in clicked:
                continue
            clicked.add(href)
            links.nth(number).click()
            part = href.split("#")[1]
            page.wait_for_url(f"**#{part}")
            faults.append(misses(page, part, width == 1300))
            page.goto(address)
    assert [fault for fault in faults if fault] == [] and len(clicked) > (40 if width == 1300 else 6)


@pytest.mark.parametrize("site", SITES)
def test_every_passage_is_lit_on_both_sides(page, site):
    for width in (1300, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for name in (name for name in PAGES[site] if name.startswith("evidence/")):
            page.goto((SITES[site] / name).as_uri())
            parts = page.locator(".passage").evaluate_all("all => all.map(one => one.id)")
            faults = []
            for part in parts:
                page.evaluate("part => { location.hash = part; }", part)
                faults.append(misses(page, part, width == 1300))
            assert [fault for fault in faults if fault] == [], (name, width)


@pytest.mark.parametrize("words", ["fund", "集成电路"])
def test_search_works_from_the_disk(page, words):
    page.said.clear()
    page.goto(f"{SITES['site'].as_uri()}/search.html?q={words}")
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results li").count() >= 3 and page.said == []
