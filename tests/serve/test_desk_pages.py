"""Pages of the desk: what is told, and the way from every line to the words that it was read from."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest
from made_news import client, links_of, stored, text_of, told

from reportedly.records import Removed


def test_an_empty_store_says_how_to_fill_it(store):
    page = text_of(client(store).get("/"))
    assert "This store is empty" in page
    assert f"reportedly ingest FOLDER --store {store.name}" in page


def test_the_first_page_counts_events_and_leads_to_what_it_counts(ask):
    page = ask.get("/")
    assert "2 events from 3 reports" in text_of(page)
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
