"""Screenshots of every page of the desk on the sample archive, small enough to be kept: docs/desk/*.png.

    python scripts/desk_pictures.py

Needs Playwright, chromium and Pillow. Fonts are the machine's.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from desk_bench import serving
from fuzz_api import sample_store
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from reportedly.serve.passwords import hash_password
from reportedly.store import open_store
from reportedly.store.accounts import add_account, change_account

FOLDER = Path(__file__).parent.parent / "docs/desk"
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
LARGEST = 150_000
PAGES = {
    "now": "/", "events": "/events?order=told", "map": "/map", "timeline": "/timeline", "network": "/network",
    "search": "/search?words=drone", "actors": "/actors", "actor": "/actors/Iran", "place": "/places/Fujairah",
    "sources": "/sources", "review": "/review", "agreement": "/review/agreement", "help": "/help", "tour": "/tour",
    "api": "/api/",
}  # fmt: skip
WIDTH, HEIGHT = 1100, 1000
PASSWORD = "correct horse battery"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = sample_store(Path(folder) / "samples.db")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with serving(store) as port:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            base = f"http://127.0.0.1:{port}"
            for name, path in PAGES.items():
                page.goto(base + path)
                keep(page, name)
            follow(page, base)
            dark = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark")
            dark.goto(base + "/map")
            keep(dark, "map-dark")
            phone = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="light")
            phone.goto(base + "/")
            keep(phone, "now-phone")
        add_accounts(store)
        with serving(store) as port:
            keep_accounts(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}), f"http://127.0.0.1:{port}")
        browser.close()


def add_accounts(store: Path) -> None:
    """An admin, a reviewer and a reader, whose account is closed."""
    hashed = hash_password(PASSWORD)
    with closing(open_store(store)) as opened:
        for name, role in (("ada", "admin"), ("bob", "reviewer"), ("cyd", "reader")):
            add_account(opened, name, role, hashed)
        change_account(opened, "cyd", closed=True)


def keep_accounts(page: Page, base: str) -> None:
    """What the admin sees of the reviewer."""
    page.goto(base + "/accounts?name=bob")
    page.get_by_label("name").fill("ada")
    page.get_by_label("password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/accounts*")
    keep(page, "accounts")


def follow(page: Page, base: str) -> None:
    """The most told event, the words of its first claim, and its review."""
    page.goto(base + "/events?order=told")
    page.locator(".event-head").first.click()
    event = page.url.partition("#")[0]
    keep(page, "event")
    page.locator("a.words").first.click()
    keep(page, "report")
    page.goto(event.replace("/events/", "/review/"))
    keep(page, "review-event")


def keep(page: Page, name: str) -> None:
    """The upper part of the page, in as few colours as it takes to keep it small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32):
        kept = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST:
            break
    (FOLDER / f"{name}.png").write_bytes(kept.getvalue())
    print(f"{name}: {kept.tell():,} bytes")


if __name__ == "__main__":
    sys.exit(main())
