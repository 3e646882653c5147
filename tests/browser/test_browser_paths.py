"""What an analyst does with the desk, in a real browser: from pictures to words, and from doubts to judgements."""

from __future__ import annotations

import csv
import io
import subprocess
from xml.etree import ElementTree

import pytest

from conftest import COMMAND, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_the_map_to_the_words_in_two_clicks(look, desk):
    page = look()
    page.goto(desk + "/map")
    page.locator("svg a[aria-label^='Riyadh: 1 event']").click()
    assert "/events/" in page.url
    page.locator("a.words").first.click()
    assert "/reports/" in page.url and "#claim-" in page.url
    chosen = page.locator(".m-chosen").first
    assert chosen.is_visible() and chosen.inner_text().strip()
    assert page.evaluate("document.querySelector(':target') !== null")


def test_filters_are_in_the_address_and_can_be_taken_away_one_by_one(look, desk):
    page = look()
    page.goto(desk + "/events")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("type").select_option("ASSAULT")
    page.get_by_label("country").fill("yem")
    page.get_by_role("button", name="Show").click()
    assert "type=ASSAULT" in page.url and "country=" in page.url
    narrow = page.locator(".counts").inner_text()
    page.get_by_role("link", name="country: YEM").click()
    assert "type=ASSAULT" in page.url and "country" not in page.url
    assert page.locator(".counts").inner_text() != narrow


def test_filters_go_with_the_picture_to_its_files(look, desk):
    page = look()
    page.goto(desk + "/timeline?type=ASSAULT")
    answer = page.request.get(desk + page.get_by_role("link", name="CSV of its data").get_attribute("href"))
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert {row["quad"] for row in rows if int(row["events"])} == {"material conflict"}


def test_marks_of_pictures_are_reached_and_named_with_the_keyboard_alone(look, desk):
    page = look()
    page.goto(desk + "/network")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.namespaceURI.endsWith('svg')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert (name and "event" in name) or "report" in name
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/network" not in url)


def test_a_field_is_corrected_and_the_correction_stays_in_history_and_export(look, own_desk, tmp_path):
    page = look()
    page.goto(own_desk + "/review")
    page.get_by_role("link", name="Start with the first").click()
    card = page.locator(".review-card").first
    card.locator("summary", has_text="Correct").click()
    card.get_by_label("field").select_option("where")
    card.get_by_label("new value").fill("Musandam")
    card.get_by_label("note").fill("the strait's southern shore")
    card.get_by_role("button", name="Correct").click()
    assert "where = Musandam" in page.locator(".judgements").first.inner_text()
    page.goto(own_desk + "/review/history")
    assert "the strait's southern shore" in page.locator("main").inner_text()
    out = tmp_path / "claims.csv"
    store = tmp_path / "samples.db"
    subprocess.run(
        [*COMMAND, "export", "--store", str(store), "--what", "claims", "--format", "csv", "-o", str(out)], check=True
    )
    assert "corrected" in out.read_text(encoding="utf-8")


def test_an_event_is_split_and_the_split_undone(look, own_desk):
    page = look()
    page.goto(own_desk + "/events?order=told")
    page.locator(".event-head").first.click()
    event = page.url
    page.goto(event.replace("/events/", "/review/"))
    before = page.locator(".review-card").count()
    page.get_by_label("is another act").last.check()
    page.get_by_role("button", name="Split the ticked claims off").click()
    assert "split" in page.locator(".judgements").first.inner_text()
    bring_up_to_date(page)
    page.goto(event.replace("/events/", "/review/"))
    assert 0 < page.locator(".review-card").count() < before
    page.get_by_role("button", name="Undo").first.click()
    assert "undone" in page.locator(".judgements").first.inner_text()
    bring_up_to_date(page)
    page.goto(event.replace("/events/", "/review/"))
    assert page.locator(".review-card").count() == before


def bring_up_to_date(page):
    """Press the button that makes events anew, and wait until they are."""
    page.goto(page.url.partition("#")[0])
    page.get_by_role("button", name="Bring", exact=False).first.click()
    for _ in range(120):
        page.goto(page.url.partition("#")[0])
        if page.get_by_role("status").count() == 0:
            return
        page.wait_for_timeout(500)
    raise AssertionError("the events stayed older than the judgements")


def test_five_events_are_reviewed_without_a_mouse(look, own_desk):
    page = look()
    page.goto(own_desk + "/review")
    seen = []
    page.keyboard.press("Enter")
    for _ in range(5):
        page.wait_for_url("**/review/*")
        seen.append(page.url)
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.classList.contains('review-card')")
        page.keyboard.press("a")
        page.wait_for_url(lambda url: url != seen[-1])
    assert len(set(seen)) == 5
    page.goto(own_desk + "/review/history")
    assert page.locator("main").inner_text().count("confirm") >= 5


def test_a_form_without_the_token_of_its_page_is_refused(look, own_desk):
    page = look()
    page.goto(own_desk + "/review")
    page.get_by_role("link", name="Start with the first").click()
    page.evaluate("for (const field of document.querySelectorAll('input[name=csrf]')) field.value = 'forged'")
    with page.expect_navigation() as coming:
        page.get_by_role("button", name="All right").click()
    assert coming.value.status == 403
    assert "console: Failed to load resource" in look.trouble.pop()
    assert page.request.post(own_desk + "/judge", form={"verdict": "confirm", "target": "x"}).status == 403
    page.goto(own_desk + "/review/history")
    assert "confirm" not in page.locator("main ul, main ol, main table").all_inner_texts()


@pytest.fixture
def guarded(archive, tmp_path):
    """A desk with an account: Ann may review."""
    import shutil

    store = shutil.copy(archive, tmp_path / "samples.db")
    add = [*COMMAND, "accounts", "add", "Ann", "--role", "reviewer", "--store", str(store)]
    subprocess.run(add, input="correct horse battery\n" * 2, text=True, check=True, capture_output=True)
    with serving(store) as address:
        yield address


def test_who_judges_logs_in_first_and_comes_back_to_where_she_was(look, guarded):
    page = look()
    page.goto(guarded + "/review")
    assert "/login" in page.url
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    assert "/review" not in page.url.partition("?")[0]
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/review")
    cookies = page.context.cookies()
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
    page.get_by_role("button", name="Log out").click()
    page.goto(guarded + "/review")
    assert "/login" in page.url
    # the browser logs the refusal as an error, sooner or later
    look.trouble[:] = [line for line in look.trouble if "401" not in line]


def test_a_feed_of_a_filtered_view_is_atom(look, desk):
    page = look()
    page.goto(desk + "/events?type=ASSAULT")
    href = page.locator("link[type='application/atom+xml']").get_attribute("href")
    answer = page.request.get(desk + href if href.startswith("/") else href)
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.body())
    assert feed.tag == atom + "feed" and feed.find(atom + "updated").text and feed.find(atom + "id").text
    entries = feed.findall(atom + "entry")
    assert entries and all("ASSAULT" in ElementTree.tostring(entry, "unicode") for entry in entries)
    assert len({entry.find(atom + "id").text for entry in entries}) == len(entries)
