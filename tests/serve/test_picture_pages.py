"""The pages with pictures: what they show under which filters, and where each mark leads."""

from __future__ import annotations

import csv
import io

import pytest
from made_news import client, links_of, stored, text_of, told

from reportedly.records import Actor, Participant, Relation, Span

PAGES = ("/map", "/timeline", "/network")


def test_a_place_on_the_map_leads_to_its_events_and_these_to_the_words(ask):
    answer = ask.get("/map")
    assert 'aria-label="Kadugli:' in answer.text
    kadugli = next(link for link in links_of(answer) if "/events/" in link)
    words = next(link for link in links_of(ask.get(kadugli)) if "#claim-" in link and link.startswith("/reports/"))
    page = ask.get(words)
    assert "m-chosen" in page.text and 'id="claim-' in page.text


def test_what_is_only_known_to_a_country_is_counted_apart_and_its_list_has_as_many(store):
    bank = told("y", "Gunmen raided the bank in Aden.", act="raided", who="Gunmen", whom="the bank", where="Aden")
    stored(store, told("x", "Rebels shelled the port of Sudan.", where="Sudan"), bank)
    ask = client(store)
    page = ask.get("/map")
    assert "somewhere in Sudan: 1 event" in page.text
    assert "1 event" in text_of(ask.get("/events?country=SDN&precision=country"))
    assert "/events?country=SDN&precision=country" in links_of(page)


@pytest.mark.parametrize("path", PAGES)
def test_filters_hold_on_pages_with_pictures(ask, path):
    assert "Aden" in ask.get(path + "?type=ASSAULT").text or "Gunmen" in ask.get(path).text
    narrowed = ask.get(path + "?party=Gunmen").text
    assert "Gunmen" in narrowed and "Kadugli" not in narrowed.split("<main")[1].split("picture")[1]


@pytest.mark.parametrize("path", PAGES)
def test_without_any_event_a_page_says_so_in_plain_words(store, path):
    answer = client(store).get(path)
    assert answer.status_code == 200 and "No event that passes these filters" in answer.text


def test_each_bar_leads_to_as_many_events_as_it_counts(ask):
    bars = [link for link in links_of(ask.get("/timeline")) if "by=" in link and "/events" in link]
    assert len(bars) == 2
    assert [text_of(ask.get(link)).split(" event")[0].split()[-1] for link in bars] == ["1", "1"]


def test_events_before_the_first_report_are_counted_and_listed(store):
    old = told("x", "Rebels shelled the port of Kadugli.", day="1999-01-01")
    stored(store, old, told("y", "Rebels shelled the port of Aden.", where="Aden"))
    ask = client(store)
    page = ask.get("/timeline")
    assert "1 event before that" in text_of(page)
    earlier = next(link for link in links_of(page) if "0001-01-01.." in link)
    assert "1999-01-01" in ask.get(earlier).text


def test_relations_are_broken_lines_that_lead_to_a_report(store):
    one = told("x", "Rebels shelled the port of Kadugli.")
    rebels, port = (Participant(0, 6, name, Actor(None, name)) for name in ("Rebels", "the port"))
    stored(store, type(one)(one.report, one.claims, (Relation(rebels, "backs", port, Span(0, 6, "Rebels")),)))
    page = client(store).get("/network")
    assert "Rebels backs the port: 1 report" in page.text and "/reports/x" in links_of(page)


@pytest.mark.parametrize("path", [*PAGES, "event"])
def test_pictures_can_be_kept_as_svg_png_and_csv(ask, path):
    if path == "event":
        path = next(link for link in links_of(ask.get("/events")) if link.startswith("/events/")) + "/provenance"
    svg, png, table = (ask.get(f"{path}.{kind}") for kind in ("svg", "png", "csv"))
    assert svg.headers["content-type"] == "image/svg+xml" and svg.text.startswith("<svg") and "<style>" in svg.text
    assert 'href="/' not in svg.text and 'href="http://127.0.0.1/' in svg.text
    assert png.content.startswith(b"\x89PNG")
    assert len(list(csv.DictReader(io.StringIO(table.text)))) >= 1
    assert all("attachment" in answer.headers["content-disposition"] for answer in (svg, png, table))


@pytest.mark.parametrize(
    "address",
    ["/map?zoom=x", "/map?zoom=1,2,3", "/map?zoom=nan,0,1,1", "/map?zoom=9,0,1,1", "/map.pdf", "/network?most=1",
     "/network?most=9999", "/timeline?by=x", "/timeline?by=2024-01-01..x", "/map?precision=exact",
     "/events/none/provenance.svg"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_plain_words(ask, address):
    answer = ask.get(address)
    assert 400 <= answer.status_code < 500 and "<h1" in answer.text


def test_far_days_in_the_filter_give_a_picture_all_the_same(ask):
    first, last = "0001-01-01", "9999-12-31"
    for query in (f"since={first}", f"until={last}", f"since={first}&until={last}", f"since={last}", f"until={first}"):
        assert ask.get(f"/timeline?{query}").status_code == 200, query
        assert ask.get(f"/timeline.svg?{query}").status_code == 200, query


def test_a_name_that_is_code_stays_a_name(store):
    evil = "<img src=x onerror=alert(1)>"
    stored(store, told("x", f"{evil} shelled the port of Kadugli.", who=evil))
    ask = client(store)
    for path in ("/map", "/timeline", "/network", "/network.svg"):
        assert "<img" not in ask.get(path).text
    assert "&lt;img src=x" in ask.get("/network").text
