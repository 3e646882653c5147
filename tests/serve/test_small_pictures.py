"""The pictures on pages of actors and places: the same as the large ones of what is told of them, and no more exact."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from made_news import PLACES, client, links_of, stored, text_of, told

from reportedly.records import Toponym


def pictures_of(answer):
    """Kind -> the picture of that kind on a page."""
    found = re.findall(r"<svg xmlns.*?</svg>(?=</figure>)", answer.text, re.DOTALL)
    return {re.search(r"pic pic-(\w+)", picture)[1]: ElementTree.fromstring(picture) for picture in found}


def marks(picture):
    return [a.get("aria-label") for a in picture.iter("{http://www.w3.org/2000/svg}a")]


# --- an actor --------------------------------------------------------------------------------------------------------


def test_an_actor_has_the_days_and_the_dealings_that_it_takes_part_in_and_no_others(ask):
    found = pictures_of(ask.get("/actors/Rebels"))
    assert set(found) == {"timeline", "network"}
    assert marks(found["timeline"]) == ["2024-05-06: 1 material conflict; 0 reports"]
    assert sorted(marks(found["network"])) == [
        "Rebels (SDN): 1 event", "Rebels > the port: 1 event, score -9.0", "the port (SDN): 1 event",
    ]  # fmt: skip


def test_who_is_only_acted_on_has_the_same_pictures(ask):
    assert marks(pictures_of(ask.get("/actors/the%20port"))["timeline"]) == [
        "2024-05-06: 1 material conflict; 0 reports"
    ]


def test_filters_of_the_page_hold_for_its_pictures(store):
    stored(
        store,
        told("x", "Rebels shelled the port of Kadugli."),
        told("y", "Rebels raided the bank in Aden.", act="raided", whom="the bank", where="Aden", day="2024-05-09"),
    )
    page = client(store).get("/actors/Rebels?country=SDN")
    assert "Rebels > the port: 1 event, score -9.0" in marks(pictures_of(page)["network"])
    assert not [mark for mark in marks(pictures_of(page)["network"]) if "bank" in mark]
    assert "/network?country=SDN&party=Rebels" in links_of(page)


@pytest.mark.parametrize(("page", "large"), [("/actors/Rebels", "network"), ("/places/Kadugli", "map")])
def test_a_small_picture_leads_to_the_large_one_and_to_its_files(ask, page, large):
    links = links_of(ask.get(page))
    for kind in (large, "timeline"):
        address = next(link for link in links if link.startswith(f"/{kind}?"))
        assert "Kadugli" in ask.get(address).text or "Rebels" in ask.get(address).text
        files = [ask.get(address.replace("?", f".{end}?")) for end in ("svg", "png", "csv")]
        assert all(link in links for link in (address.replace("?", f".{end}?") for end in ("svg", "png", "csv")))
        assert files[0].text.startswith("<svg") and files[1].content.startswith(b"\x89PNG")
        rows = [row for row in csv.DictReader(io.StringIO(files[2].text)) if row["events"] != "0"]
        assert [row["events"] for row in rows] == ["1"]


def test_of_many_partners_those_with_most_events_are_drawn_and_the_rest_counted(store):
    stored(store, *(
        told(f"r{n}", f"Rebels shelled the port number {n:02} of Kadugli.", whom=f"the port number {n:02}",
             day=str(date(2015, 1, 1) + timedelta(days=40 * n)))
        for n in range(20)
    ))  # fmt: skip
    page = client(store).get("/actors/Rebels")
    assert "The 12 of 20 with which it shares most events" in text_of(page)
    assert sum("number" in mark and ">" not in mark for mark in marks(pictures_of(page)["network"])) == 12


def test_who_only_says_things_has_no_pictures(ask):
    page = ask.get("/actors/the%20army")
    assert page.status_code == 200 and pictures_of(page) == {}
    assert "When it acts" not in page.text and "/network?" not in page.text


def test_events_outside_the_days_that_were_read_are_counted_beneath_the_timeline(store):
    stored(
        store,
        told("x", "Rebels shelled the port of Kadugli.", day="1999-01-01"),
        told("y", "Rebels raided the port of Aden.", act="raided", where="Aden"),
    )
    ask = client(store)
    page = ask.get("/actors/Rebels")
    assert "Not drawn: 1 event before 2024-04-30." in text_of(page)
    earlier = next(link for link in links_of(page) if "0001-01-01.." in link)
    assert "1999-01-01" in ask.get(earlier).text


# --- a place ----------------------------------------------------------------------------------------------------------


def test_a_place_has_a_map_around_it_and_its_days(ask):
    found = pictures_of(ask.get("/places/Aden"))
    assert set(found) == {"map", "timeline"}
    assert marks(found["map"]) == ["Aden: 1 event, score -9.0"]
    names = [e.text for e in found["map"].iter("{http://www.w3.org/2000/svg}text")]
    assert {"Aden 1", "Yemen"} <= set(names)


def test_what_is_known_to_lie_in_a_country_is_no_pin_on_its_page_either(store):
    stored(store, told("x", "Rebels shelled the port of Sudan.", where="Sudan"))
    found = pictures_of(client(store).get("/places/Sudan"))["map"]
    assert marks(found) == ["somewhere in Sudan: 1 event, score -9.0"]
    circles = list(found.iter("{http://www.w3.org/2000/svg}circle"))
    assert circles == []


@pytest.mark.parametrize("precision", ["region", "sea"])
def test_a_region_or_a_sea_is_an_area_with_a_broken_edge(store, monkeypatch, precision):
    monkeypatch.setitem(PLACES, "Darfur", Toponym(0, 0, "Darfur", "Darfur", "SDN", 13.5, 24.0, precision))
    stored(store, told("x", "Rebels shelled the port of Darfur.", where="Darfur"))
    page = client(store).get("/places/Darfur")
    assert marks(pictures_of(page)["map"]) == [f"somewhere in Darfur ({precision}): 1 event, score -9.0"]
    assert 'class="pic-mark' not in str(page.text).split("pic-legend")[0]
    assert f"the middle of a {precision}" in text_of(page)


def test_a_place_of_which_nobody_knows_where_it_lies_has_no_map(store, monkeypatch):
    monkeypatch.setitem(PLACES, "Camp Nine", Toponym(0, 0, "Camp Nine", "Camp Nine", None, None, None, "city"))
    stored(store, told("x", "Rebels shelled the port of Camp Nine.", where="Camp Nine"))
    page = client(store).get("/places/Camp%20Nine")
    assert set(pictures_of(page)) == {"timeline"} and "Where it lies" not in page.text


def test_a_country_that_no_map_knows_has_no_picture(store, monkeypatch):
    monkeypatch.setitem(PLACES, "Atlantis", Toponym(0, 0, "Atlantis", "Atlantis", "XXX", 30.0, -30.0, "country"))
    stored(store, told("x", "Rebels shelled the port of Atlantis.", where="Atlantis"))
    assert set(pictures_of(client(store).get("/places/Atlantis"))) == {"timeline"}


# --- both -------------------------------------------------------------------------------------------------------------


def test_names_that_are_code_stay_names_on_small_pictures(store):
    evil = "<img src=x onerror=alert(1)>"
    stored(store, told("x", f"{evil} shelled the port of Kadugli.", who=evil))
    ask = client(store)
    for page in ("/actors/the%20port", "/places/Kadugli"):
        assert "<img" not in ask.get(page).text
    assert "&lt;img src=x" in ask.get("/actors/the%20port").text


@pytest.mark.parametrize("page", ["/actors/Rebels", "/places/Kadugli"])
def test_small_pictures_say_in_words_what_they_show_and_can_be_told_apart(ask, page):
    found = pictures_of(ask.get(page))
    said = [next(picture.iter("{http://www.w3.org/2000/svg}desc")).text for picture in found.values()]
    assert all(said) and len({picture.get("aria-label") for picture in found.values()}) == len(found) == 2
