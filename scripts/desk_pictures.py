"""Screenshots of every page of the desk on the sample archive, small enough to be kept: docs/desk/*.png.

    python scripts/desk_pictures.py

Needs Playwright, chromium and Pillow. Fonts are the machine's.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from desk_bench import serving
from fuzz_api import sample_store
from PIL import Image
from playwright.sync_api import Page, sync_playwright

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
        browser.close()


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
