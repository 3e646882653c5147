"""A real desk in a process of its own, looked at in a real browser that can reach nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
"""The last one makes every request to another machine fail."""
AXE = (Path(__file__).parent / "axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A store with the sample archive."""
    path = tmp_path_factory.mktemp("archive") / "samples.db"
    samples = subprocess.run([*COMMAND, "samples"], capture_output=True, text=True, check=True).stdout.strip()
    subprocess.run([*COMMAND, "ingest", samples, "--store", str(path)], capture_output=True, check=True)
    return path


COMMAND = [sys.executable, "-m", "reportedly.cli"]


@contextmanager
def serving(store: Path, *options: str):
    """The address of a desk that serves the store."""
    command = [*COMMAND, "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        seen = []
        for line in process.stderr:
            seen.append(line)
            if found := re.search(r"http://\S+", line):
                yield found[0].rstrip("/")
                return
        raise AssertionError("the desk did not open: " + "".join(seen))
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def desk(archive, tmp_path_factory):
    """The address of a desk on the sample archive, to be looked at only."""
    copy = shutil.copy(archive, tmp_path_factory.mktemp("desk") / "samples.db")
    with serving(copy) as address:
        yield address


@pytest.fixture
def own_desk(archive, tmp_path):
    """The address of a desk of one's own on a copy of the sample archive, to be written to."""
    with serving(shutil.copy(archive, tmp_path / "samples.db")) as address:
        yield address


DESKS = {"desk", "own_desk", "poisoned", "guarded", "newsroom"}
"""Fixtures that serve."""


class Trouble(list):
    """What must not happen on any page: errors, dialogs, scripts from a report, requests to other machines."""

    def watch(self, page):
        page.on("console", lambda message: message.type == "error" and self.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._outside(request.url) and self.append(f"request: {request.url}"))

    @staticmethod
    def _outside(url):
        return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1"


@pytest.fixture
def look(browser, request):
    """Opens pages in a browser of the kind that is asked for; fails if anything went wrong on any of them."""
    for name in sorted(DESKS & set(request.fixturenames)):
        request.getfixturevalue(name)  # so that it outlives the pages, which may still be loading something
    trouble, contexts = Trouble(), []

    def open_page(width=1280, height=900, **kind):
        context = browser.new_context(viewport={"width": width, "height": height}, **kind)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        trouble.watch(page)
        return page

    open_page.trouble = trouble
    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def shape_of(url: str) -> str:
    """What kind of page an address leads to: ids, names and values of filters left out."""
    parts = urlsplit(url)
    path = re.sub(
        r"^/(events|reports|claims|review|actors|places|sources)/(?!history|agreement).+", r"/\1/…", parts.path
    )
    return path + "?" + "&".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))


NO_PAGE = re.compile(r"\.(svg|png|csv|jsonl|json|geojson|atom|css)\b|format=|/api/|/logout")


def crawl(page, start: str, *, most: int = 45):
    """Opens one page of each kind that can be reached from the first one, and yields its address."""
    base = f"{urlsplit(start).scheme}://{urlsplit(start).netloc}"
    todo, seen = [start], {shape_of(start)}
    while todo and most:
        most -= 1
        url = todo.pop(0)
        answer = page.goto(url)
        assert answer.status == 200, f"{url}: {answer.status}"
        yield url
        links = "[...document.querySelectorAll('main a[href], nav a[href]')].map(a => a.href.baseVal ?? a.href)"
        for found in page.evaluate(links):
            href = base + found if found.startswith("/") else found
            if href.startswith(base) and not NO_PAGE.search(href) and shape_of(href) not in seen:
                seen.add(shape_of(href))
                todo.append(href.partition("#")[0])


def axe_findings(page) -> list[str]:
    """What axe-core finds serious or critical on the page."""
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {found['help']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    ]
