"""Pages of the desk: what is told, and the way from every line to the words that it was read from."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
from made_news import client, form_of, links_of, stored, text_of, told

from reportedly.records import Removed
from reportedly.store.schema import events


def test_an_empty_store_says_how_to_fill_it(store):
    page = text_of(client(store).get("/"))
    assert "This store is empty" in page
    assert f"reportedly ingest FOLDER --store {store.name}" in page


def test_the_first_page_counts_events_and_leads_to_what_it_counts(ask):
    page = ask.get("/")
    assert "2 events; the store holds 3 reports" in text_of(page)
    assert "/events" in links_of(page)
    assert "2 events" in text_of(ask.get("/events"))


def test_the_latest_event_stands_first_and_the_most_told_first_where_that_is_asked(ask):
    by_day, by_told = (text_of(ask.get(f"/events?order={order}")) for order in ("day", "told"))
    assert by_day.index("Gunmen") < by_day.index("Rebels")
    assert by_told.index("Rebels") < by_told.index("Gunmen")


@pytest.mark.parametrize(
    ("filters", "there", "not_there"),
    [
        ("country=YEM", "Gunmen", "Rebels"),
        ("country=sdn", "Rebels", "Gunmen"),
        ("since=2024-05-08", "Gunmen", "Rebels"),
        ("until=2024-05-08", "Rebels", "Gunmen"),
        ("party=the+port", "Rebels", "Gunmen"),
        ("publisher=Blue+Nile+Herald", "Rebels", "Gunmen"),
        ("status=corroborated", "Rebels", "Gunmen"),
        ("place=Aden", "Gunmen", "Rebels"),
    ],
)
def test_a_filter_shows_what_it_asks_for_and_can_be_taken_away(ask, filters, there, not_there):
    page = ask.get(f"/events?{filters}")
    assert there in text_of(page)
    assert not_there not in text_of(page)
    assert "/events" in links_of(page)


def test_a_list_goes_on_where_it_ended(store):
    stored(store, *(
        told(f"r{n}", f"Rebels shelled the port number {n:03} of Kadugli.", whom=f"the port number {n:03}",
             day=str(date(2015, 1, 1) + timedelta(days=40 * n)))
        for n in range(70)
    ))  # fmt: skip
    ask, address, seen = client(store), "/events", []
    while address:
        page = ask.get(address)
        seen += [link for link in links_of(page) if link.startswith("/events/") and "#" not in link]
        address = next((link for link in links_of(page) if "after=" in link), None)
    assert len(seen) == len(set(seen)) == 70


def test_an_event_shows_all_that_is_said_of_it_side_by_side(ask):
    event = next(link for link in links_of(ask.get("/events?country=SDN")) if link.startswith("/events/"))
    page = text_of(ask.get(event))
    assert "2 reports, 2 independent sources" in page
    assert "Nile Post ‹ the army" in page
    assert "Blue Nile Herald ‹ residents" in page


def test_from_any_number_it_is_two_clicks_to_the_words(ask):
    numbers = [link for link in links_of(ask.get("/")) if "#claims" in link]
    assert numbers
    for number in numbers:
        words = [link for link in links_of(ask.get(number)) if "#claim-" in link and link.startswith("/reports/")]
        assert words
        for link in words:
            report = ask.get(link)
            assert f'id="{link.split("#")[1]}"' in report.text


def test_marked_words_are_those_of_the_report_and_nothing_is_lost_between_them(ask):
    page = text_of(ask.get("/reports/nile?claim=nile-claim"))
    assert "Rebels shelled the port of Kadugli on Monday, the army said." in page
    marked = ask.get("/reports/nile").text
    assert '<a class="m m-act"' in marked
    assert '<a class="m m-source"' in marked


def test_what_was_removed_from_the_page_can_be_seen(store):
    stored(store, told("r", "Rebels shelled the port of Kadugli.", removed=(Removed("SHARE", "share box"),)))
    assert "share box: SHARE" in text_of(client(store).get("/reports/r"))


def test_an_id_with_slashes_and_signs_has_its_page(store):
    stored(store, told("a/b c?d#e", "Rebels shelled the port of Kadugli."))
    ask = client(store)
    event = next(link for link in links_of(ask.get("/events")) if link.startswith("/events/"))
    report = next(link for link in links_of(ask.get(event)) if link.startswith("/reports/"))
    assert "Rebels shelled the port" in text_of(ask.get(report))


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/events/0000", 404, "holds no event"),
        ("/reports/none", 404, "holds no event, claim or report none"),
        ("/nowhere", 404, "There is no such page"),
        ("/events?since=yesterday", 400, "since=yesterday is no day"),
        ("/events?type=WAR", 400, "WAR is no type of event"),
        ("/events?after=abc", 400, "The cursor is none of ours"),
        ("/events?place=a%00b", 400, "characters that cannot be"),
        ("/events?order=random", 422, "order"),
    ],
)
def test_what_cannot_be_answered_is_said_in_plain_words(ask, address, status, words):
    answer = ask.get(address)
    assert answer.status_code == status
    assert words in html.unescape(answer.text)


EVERY_PAGE = (
    "/", "/events", "/events?order=change", "/events?order=telling", "/reports", "/reports?originals=true", "/claims",
    "/claims?party=Rebels", "/reports/nile", "/search", "/search?words=shelled", "/actors", "/actors?name=Re",
    "/actors/Rebels", "/actors/the%20army", "/places/Aden", "/sources", "/sources?kind=root&order=first", "/review",
    "/review/history", "/review/agreement", "/help", "/tour", "/api/",
)  # fmt: skip


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_has_a_title_a_heading_landmarks_and_no_script_or_style_in_it(ask, address):
    page = ask.get(address)
    assert page.status_code == 200
    assert re.search(r"<title>[^<]+ · reportedly</title>", page.text)
    assert page.text.count("<h1") == 1
    assert {"<main", "<nav", "<header", "<footer"} <= set(re.findall(r"<\w+", page.text))
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", page.text)
    ids = re.findall(r'\sid="([^"]*)"', page.text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_link_on_every_page_leads_somewhere(ask, address):
    for link in set(links_of(ask.get(address))):
        there, _, fragment = link.partition("#")
        found = ask.get(urljoin(address, there))
        assert found.status_code == 200, f"{address} leads to {link}"
        if fragment:
            assert f'id="{fragment}"' in found.text, f"{address} leads to {link}"


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_field_of_a_form_has_a_label(ask, address):
    page = ask.get(address).text
    for field in re.finditer(r"<(?:input|select|textarea)\b[^>]*>", page):
        if 'type="hidden"' not in field[0]:
            before = page[: field.start()]
            assert before.rfind("<label") > before.rfind("</label"), field[0]


@pytest.mark.parametrize(
    ("address", "columns"),
    [
        ("/?format=csv", "id,event,modes"),
        ("/events?country=YEM&format=csv", "id,event,modes"),
        ("/search?words=raided&format=csv", "id,event,modes"),
        ("/actors/Rebels?format=csv", "id,event,modes"),
        ("/places/Aden?format=csv", "id,event,modes"),
        ("/sources?format=csv", "key,name,events,first"),
        ("/reports?format=csv", "id,title,publisher"),
        ("/reports/nile?format=csv", "id,report,published"),
        ("/claims?format=csv", "id,report,published"),
    ],
)
def test_what_a_page_shows_can_be_had_as_csv(ask, address, columns):
    answer = ask.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = answer.text.splitlines()
    assert head.startswith(columns)
    assert rows


def test_words_are_searched_in_events_and_reports_together_with_other_filters(ask):
    assert "1 event" in text_of(ask.get("/search?words=shelling"))
    page = text_of(ask.get("/search?words=port&publisher=Blue+Nile+Herald"))
    assert "residents said" in page
    assert "No event has a claim" in text_of(ask.get("/search?words=port&country=YEM"))


def test_a_search_is_kept_and_dropped(ask):
    form = form_of(ask.get("/search?words=port"))
    page = ask.post("/search/keep", data=form | {"title": "The <port>", "query": "words=port&country=SDN"})
    assert "The &lt;port&gt;" in page.text
    assert "/search?words=port&country=SDN" in links_of(page)
    number = re.search(r'name="id" value="(\d+)"', page.text)[1]
    assert "The &lt;port" not in ask.post("/search/drop", data=form | {"id": number}).text


def test_an_actor_has_its_roles_words_and_what_it_says(ask):
    page = text_of(ask.get("/actors/Rebels"))
    assert "SDN REB" in page
    assert "1 event as actor" in page
    assert "“Rebels shelled the port of Kadugli on Monday, the army said.”" in text_of(ask.get("/actors/the%20army"))


def test_sources_count_who_was_first_and_each_number_leads_to_its_events(ask):
    page = ask.get("/sources")
    assert "Nile Post 1 1 0 1 0 0" in text_of(page)
    assert "Gulf Courier 1 0 1 0 0 0" in text_of(page)
    first = next(link for link in links_of(page) if "publisher=Nile%20Post&how=first" in link)
    assert "Rebels" in text_of(ask.get(first))
    assert "No event passes" in text_of(ask.get(first.replace("first", "alone")))


def test_what_has_changed_since_the_last_visit_stands_apart(ask, store):
    assert "since your last visit" not in text_of(ask.get("/"))
    ask.cookies.set("desk_looked", "2024-05-01T08:00", domain="127.0.0.1")
    assert "2 events changed since your last visit 2024-05-01 08:00 UTC" in text_of(ask.get("/"))
    with store.writing() as connection:
        connection.execute(events.update().where(events.c.country == "SDN").values(changed_at="2024-04-01"))
    assert "1 event changed since" in text_of(ask.get("/"))


def test_events_that_are_marked_as_seen_are_news_no_more(ask, store):
    ask.cookies.set("desk_looked", "2024-05-01T08:00", domain="127.0.0.1")
    with store.writing() as connection:
        connection.execute(events.update().values(changed_at="2024-05-02"))
    page = ask.get("/")
    assert "2 events changed" in text_of(page)
    assert "0 events changed" in text_of(ask.post("/seen", data=form_of(page)))


def test_light_or_dark_is_remembered(ask):
    page = ask.post("/theme", data=form_of(ask.get("/")) | {"theme": "dark", "then": "/help"})
    assert 'data-theme="dark"' in page.text
    assert "<h1>Help" in page.text
