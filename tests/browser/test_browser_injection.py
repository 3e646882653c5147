"""Whatever a report, a name, a note or an address says stays text: no script runs, nothing is fetched."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import crawl, serving

sys.path.insert(0, str(Path(__file__).parent.parent / "serve"))
from made_news import stored, told

from reportedly.store import open_store

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EVIL = (
    '"\'><img src=x onerror="hit=1;alert(1)"><script>hit=1;alert(2)</script><svg onload=alert(3)></title>'
    '<a href="javascript:alert(4)">'
)
BORN = "document.querySelectorAll('img[src=x], [onerror], [onload], a[href^=\"javascript:\"]').length"
PAGES = ("/", "/events", "/map", "/timeline", "/network", "/search", "/sources", "/review")


@pytest.fixture
def poisoned(tmp_path):
    """A desk on a store in which every text is an attack."""
    path = tmp_path / "evil.db"
    store = open_store(path, create=True)
    first = told("evil/<b>1</b>", f"{EVIL} shelled the port of Kadugli.", who=EVIL, publisher=EVIL, title=EVIL)
    second = told("evil2", f"Rebels shelled {EVIL} in Aden.", whom=EVIL, where="Aden", publisher="javascript:alert(5)")
    hashed = replace(
        first, claims=(replace(first.claims[0], id="a1b2"),)
    )  # as claims have it, whatever the report's id
    stored(store, hashed, second)
    store.close()
    with serving(path) as address:
        yield address


def test_stored_attacks_stay_text_on_every_page(look, poisoned):
    page = look()
    visited = list(crawled_clean(page, poisoned + "/"))
    assert len(visited) >= 8
    assert any("evil" in url for url in visited)


def test_reflected_attacks_stay_text(look, poisoned):
    page = look()
    for path in PAGES:
        for name in ("party", "place", "q", "words", "since", "type", "zoom", "by", "order", "after"):
            page.goto(f"{poisoned}{path}?{name}={quote(EVIL)}")
            assert page.evaluate("typeof hit") == "undefined", (path, name)
    page.goto(f"{poisoned}/{quote(EVIL, safe='')}")
    page.goto(f"{poisoned}/events/{quote(EVIL, safe='')}")
    refused = [line for line in look.trouble if not line.startswith("console: Failed to load resource")]
    look.trouble.clear()
    assert refused == []


def test_an_attack_in_a_note_stays_text(look, poisoned):
    page = look()
    page.goto(poisoned + "/review")
    page.get_by_role("link", name="Start with the first").click()
    card = page.locator(".review-card").first
    card.locator("summary", has_text="Correct").click()
    card.get_by_label("field").select_option("actor")
    card.get_by_label("new value").fill(EVIL[:190])
    card.get_by_label("note").fill(EVIL)
    card.get_by_role("button", name="Correct").click()
    assert "onerror" in page.locator(".judgements").first.inner_text()
    list(crawled_clean(page, poisoned + "/review/history"))


def crawled_clean(page, start):
    for url in crawl(page, start):
        assert page.evaluate("typeof hit") == "undefined", url
        assert (
            page.evaluate(
                "document.querySelectorAll('img[src=x], [onerror], [onload], a[href^=\"javascript:\"]').length"
            )
            == 0
        ), url
        yield url
