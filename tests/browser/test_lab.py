"""Opens every notebook in a real JupyterLab in Chromium, runs all its cells and looks at what a reader sees.

Run by `make browser`, in the light theme and in the dark one. CHIPNOTES_SHOTS=folder keeps the screenshots
there; without it they go to pytest's temporary folder.
"""

import io
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
assert NOTEBOOKS, "notebooks/ holds no notebook: there is nothing to open in the browser"

CHROMIUM = Path(os.environ.get("CHIPNOTES_CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MINUTE = 60_000  # Playwright counts milliseconds
RUN_LIMIT = 5 * MINUTE  # a notebook that takes longer hangs
HAN = re.compile(r"[\u4e00-\u9fff]")

# Console errors that are known and none of ours: (pattern, why it may stand). Empty: JupyterLab is silent.
JUSTIFIED = ()


def settings_folder(folder):
    """JupyterLab settings for the test: no question about news, every cell in the page at once."""
    for plugin, values in {
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        # off-screen cells stay in the page, so that one query sees all of a notebook
        "notebook-extension/tracker": {"windowingMode": "none"},
        "docmanager-extension/plugin": {"autosave": False},
    }.items():
        file = folder / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on a copy of the notebooks: (address, token, folder). Nothing is written to the clone."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "figures"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, log = secrets.token_hex(16), folder / "server.log"
    environment = dict(
        os.environ,
        JUPYTERLAB_SETTINGS_DIR=str(settings_folder(folder / "settings")),
        JUPYTERLAB_WORKSPACES_DIR=str(folder / "workspaces"),
    )
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                f"--IdentityProvider.token={token}",
                f"--ServerApp.root_dir={folder}",
                "--LabApp.extension_manager=readonly",
                "--LabApp.news_url=",
                "--KernelManager.transport_encryption=auto",
            ],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for_server(server, f"{address}/api/status?token={token}", log)
        yield address, token, folder
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except (
            subprocess.TimeoutExpired
        ):  # it waits for a kernel that was just being started when a test failed
            server.kill()
            server.wait()


def wait_for_server(server, url, log):
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(
                f"jupyter lab ended at once:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}"
            )
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(
        "jupyter lab did not answer in two minutes:\n"
        + log.read_text(encoding="utf-8", errors="replace")[-3000:]
    )


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.fail(
            f"{CHROMIUM} is not there. On Debian: apt-get install chromium fonts-noto-cjk; "
            "elsewhere name it: CHIPNOTES_CHROMIUM=/path/to/chromium make browser"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    folder = Path(os.environ.get("CHIPNOTES_SHOTS") or tmp_path_factory.mktemp("shots")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def page(chromium, shots, request):
    """A fresh page; its errors are collected in page.complaints, its last state is photographed."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(MINUTE)
    expect.set_options(timeout=MINUTE)
    new = context.new_page()
    new.complaints = []
    new.on(
        "console",
        lambda message: (
            new.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")
            if message.type == "error"
            else None
        ),
    )
    new.on("pageerror", lambda error: new.complaints.append(f"uncaught: {error}"))
    new.on(
        "requestfailed",
        lambda request: (
            new.complaints.append(f"request failed: {request.url}")
            if not request.url.startswith("http://127.0.0.1")
            else None
        ),
    )
    yield new
    new.screenshot(path=shots / f"{request.node.callspec.id}-end.png")
    context.close()


def menu(page, *names):
    """Clicks through JupyterLab's menu bar as a reader does."""
    page.locator("#jp-MainMenu .lm-MenuBar-itemLabel", has_text=re.compile(f"^{names[0]}$")).click()
    for name in names[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(name)}$")).last.click()


def open_notebook(page, lab, path):
    address, token, _ = lab
    page.goto(f"{address}/lab/tree/notebooks/{path.name}?token={token}&reset")
    expect(page.locator(".jp-NotebookPanel:visible .jp-Notebook")).to_be_visible()
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)
    idle(page)


def idle(page):
    """The status bar names the kernel and says that it rests."""
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Python 3 (ipykernel) | Idle")


def wait_until_run(page, source):
    """All code cells that hold code carry the numbers 1..n, and the kernel rests."""
    count = sum(
        cell["cell_type"] == "code" and bool("".join(cell["source"]).strip()) for cell in source["cells"]
    )
    page.wait_for_function(
        """count => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            const numbers = prompts.map(node => (node.textContent.match(/\\[(\\d+)\\]/) || [])[1])
                .filter(Boolean).map(Number);
            return document.querySelector('[data-mime-type="application/vnd.jupyter.error"]')
                || (numbers.length === count && numbers.every((number, place) => number === place + 1));
        }""",
        arg=count,
        timeout=RUN_LIMIT,
    )
    idle(page)


def saved(page, file):
    """Saves from the menu and returns the notebook as JupyterLab wrote it."""
    before = file.stat().st_mtime_ns
    menu(page, "File", "Save Notebook")
    for _ in range(120):
        if file.stat().st_mtime_ns != before:
            try:
                return json.loads(file.read_text(encoding="utf-8"))
            except ValueError:
                pass  # half written: look again
        page.wait_for_timeout(250)
    pytest.fail(f"JupyterLab did not save {file.name} within 30 s")


def outputs(notebook):
    """The outputs of each code cell in a form that does not depend on how a front end splits lines."""

    def joined(value):
        return "".join(value) if isinstance(value, list) else value

    table = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        table.append(
            [
                (
                    output["output_type"],
                    output.get("name", ""),
                    joined(output.get("text", "")),
                    {
                        mime: joined(data).rstrip("\n") if isinstance(data, list | str) else data
                        for mime, data in output.get("data", {}).items()
                    },
                )
                for output in cell["outputs"]
            ]
        )
    return table


def photograph(page, folder, stem):
    """Screenshots of the whole notebook, screen by screen, for people to look at."""
    panel = page.locator(".jp-NotebookPanel:visible .jp-WindowedPanel-outer").first
    height, step = panel.evaluate("node => [node.scrollHeight, Math.max(200, node.clientHeight - 40)]")
    for number, top in enumerate(range(0, height, step), 1):
        panel.evaluate("(node, top) => node.scrollTo(0, top)", top)
        page.wait_for_timeout(200)
        page.screenshot(path=folder / f"{stem}-{number:02d}.png")
    panel.evaluate("node => node.scrollTo(0, 0)")


def pictures(page):
    """Every picture in an output: its size on the page and, for an <img>, of the decoded file."""
    return (
        page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output")
        .locator("img, svg")
        .evaluate_all(
            """nodes => nodes.map(node => {
            node.scrollIntoView();
            const box = node.getBoundingClientRect();
            return {kind: node.tagName.toLowerCase(), width: box.width, height: box.height,
                    natural: node.tagName === 'IMG' ? (node.complete ? node.naturalWidth : 0) : box.width,
                    shown: node.checkVisibility({opacityProperty: true, visibilityProperty: true})};
        })"""
        )
    )


def use_theme(page, name):
    """Changes to JupyterLab's light or dark theme as a reader does; JupyterLab keeps it for what follows."""
    menu(page, "Settings", "Theme", f"JupyterLab {name}")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(name == "Light").lower())


def looks(page):
    """What each figure looks like on the page, as an array of grey values; at its edge the page shows."""
    shown = page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output").locator("img, svg")
    pictures = [Image.open(io.BytesIO(one.screenshot(animations="disabled"))) for one in shown.all()]
    return [np.asarray(picture.convert("L"), dtype=float)[2:-2, 2:-2] for picture in pictures]


def contrasts(texts):
    """Each text with the contrast (WCAG) between its colour and the ground that it stands on."""
    return texts.evaluate_all(
        """nodes => {
            const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
            const ground = node => {
                for (; node; node = node.parentElement) {
                    const colour = getComputedStyle(node).backgroundColor;
                    if (!/, 0\\)$/.test(colour)) return colour;
                }
                return 'rgb(255, 255, 255)';
            };
            return nodes.map(node => {
                const pair = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a);
                return [node.textContent.slice(0, 60), (pair[0] + 0.05) / (pair[1] + 0.05)];
            });
        }"""
    )


def chinese_is_drawn(page):
    """Whether the page's font draws Chinese characters differently; missing ones are all one box."""
    return page.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector('.jp-RenderedMarkdown, .jp-InputArea'));
            const drawn = character => {
                const canvas = document.createElement('canvas');
                canvas.width = canvas.height = 48;
                const pen = canvas.getContext('2d');
                pen.font = '32px ' + style.fontFamily;
                pen.fillText(character, 4, 36);
                return canvas.toDataURL();
            };
            const seen = [...'芯片产业集成电路半导体渝沪', '\\u{10FFFD}'].map(drawn);
            return new Set(seen).size === seen.length;
        }"""
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_in_jupyterlab(page, lab, shots, path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    open_notebook(page, lab, path)
    use_theme(page, "Light")
    # emptied first: numbers and outputs that stand afterwards can not be the stored ones
    menu(page, "Edit", "Clear Outputs of All Cells")
    expect(page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output")).to_have_count(0)
    menu(page, "Run", "Run All Cells")
    wait_until_run(page, stored)

    panel = page.locator(".jp-NotebookPanel:visible")
    errors = panel.locator(
        '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
    )
    assert errors.all_inner_texts() == []

    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-OutputArea-output img')].every(node => node.complete)"
    )
    figures = sum(
        "image/svg+xml" in data or "image/png" in data for cell in outputs(stored) for *_, data in cell
    )
    shown = pictures(page)
    photograph(page, shots, path.stem)
    assert len(shown) >= figures, f"{figures} figures are stored, {len(shown)} pictures are on the page"
    assert [
        one
        for one in shown
        if not (one["shown"] and one["width"] > 0 and one["height"] > 0 and one["natural"] > 0)
    ] == []

    chinese = panel.locator(".jp-Cell").filter(has_text=HAN).first
    chinese.scroll_into_view_if_needed()
    expect(chinese).to_be_visible()
    assert chinese_is_drawn(page), (
        "Chinese characters come out as boxes; on Debian: apt-get install fonts-noto-cjk"
    )

    # a figure stands on its own ground: dark on white must not become dark on dark
    light = looks(page)
    use_theme(page, "Dark")
    photograph(page, shots, f"{path.stem}-dark")
    for one, other in zip(light, looks(page), strict=True):
        assert one.shape == other.shape and np.abs(one - other).mean() < 2, "a figure changes with the theme"
    dim = panel.locator(".jp-RenderedMarkdown p, .jp-OutputArea-output td, .jp-OutputArea-output pre")
    assert [text for text, ratio in contrasts(dim) if ratio < 3] == [], "hard to read in the dark theme"

    rerun = saved(page, lab[2] / "notebooks" / path.name)
    assert outputs(rerun) == outputs(stored)

    page.wait_for_timeout(500)  # late messages
    unexpected = [
        text for text in page.complaints if not any(re.search(pattern, text) for pattern, _ in JUSTIFIED)
    ]
    assert unexpected == []
