"""Answers for programs: the same events as on the pages, a page at a time, told apart by tags; and the feed."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
from made_news import NEWS, client, stored, text_of, told

from reportedly.archive import judge_one
from reportedly.serve.passwords import hash_password
from reportedly.store.accounts import add_account

ATOM = "{http://www.w3.org/2005/Atom}"


def names(answer):
    return [one["actor"]["name"] for one in answer.json()["events"]]


@pytest.mark.parametrize(
    "filters", ["", "country=YEM", "words=shelled", "publisher=Blue+Nile+Herald", "until=2024-05-08"]
)
def test_filters_mean_the_same_as_on_pages(ask, filters):
    many = ask.get(f"/api/v1/events?{filters}").json()["events"]
    assert f"{len(many)} event" in text_of(ask.get(f"/events?{filters}"))


def test_an_event_comes_with_values_sources_and_claims(ask):
    listed = ask.get("/api/v1/events?country=SDN").json()["events"][0]
    one = ask.get(f"/api/v1/events/{listed['id']}").json()
    assert one["told_by"] == "2 reports, 2 independent sources"
    assert [claim["evidence"]["text"][:14] for claim in one["claims_told"]] == ["Rebels shelled"] * 2


def test_a_list_goes_on_with_next_until_all_was_told(store):
    stored(store, *(
        told(f"r{n}", f"Rebels shelled the port number {n:03} of Kadugli.", whom=f"the port number {n:03}",
             day=str(date(2015, 1, 1) + timedelta(days=40 * n)))
        for n in range(25)
    ))  # fmt: skip
    ask = client(store)
    for path, key in (("events", "cursor"), ("claims", "before"), ("reports", "before")):
        seen, following = [], ""
        while following is not None:
            body = ask.get(f"/api/v1/{path}?limit=10" + (f"&{key}={following}" if following else "")).json()
            seen += [one["id"] for one in body[path]]
            following = body["next"]
        assert len(seen) == len(set(seen)) == 25


def test_nothing_is_sent_again_that_has_not_changed(ask, store):
    first = ask.get("/api/v1/events")
    again = {"If-None-Match": first.headers["etag"]}
    assert ask.get("/api/v1/events", headers=again).status_code == 304
    assert ask.get("/feed.atom", headers=again).status_code == 304
    judge_one(store, "aden-claim", "confirm", "Ann")
    assert ask.get("/api/v1/events", headers=again).status_code == 200


def test_a_report_comes_with_the_text_that_offsets_count_into(ask):
    one = ask.get("/api/v1/reports/nile").json()
    evidence = one["claims"][0]["evidence"]
    assert one["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_places_come_as_geojson(ask):
    body = ask.get("/api/v1/events.geojson").json()
    assert body["type"] == "FeatureCollection"
    assert body["features"][0]["geometry"] == {"type": "Point", "coordinates": [45.0, 12.8]}


def test_names_and_sources_are_listed(ask):
    assert ask.get("/api/v1/actors?name=Re").json()["actors"][0] == {
        "name": "Rebels", "country": "SDN", "sector": "REB", "count": 2,
    }  # fmt: skip
    first = {one["key"]: one["first"] for one in ask.get("/api/v1/sources").json()["sources"]}
    assert first == {"Nile Post": 1, "Blue Nile Herald": 0, "Gulf Courier": 0}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("events?since=x", 400), ("events?limit=0", 422), ("events?limit=9999", 422), ("events?cursor=x", 400),
        ("events/none", 404), ("reports/none", 404), ("claims/none", 404), ("claims?before=-1", 422),
        ("events/blue", 404), ("nothing", 404), ("events?order=x", 422), ("events?words=%00", 400),
        ("reports?words=%22", 200), ("claims?words=NEAR(", 200), ("actors?name=%F0%9F%98%80", 200),
        ("claims?before=99999999999999999999", 422), ("sources?offset=99999999999", 422), ("reports/%00", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_in_json(ask, path, status):
    answer = ask.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert status == 200 or set(answer.json()) == {"error", "hint"}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_programs_cannot_write(ask, method):
    assert getattr(ask, method)("/api/v1/events").status_code == 405


def test_the_description_names_every_path_and_only_reading(ask):
    paths = ask.get("/api/openapi.json").json()["paths"]
    assert {"/api/v1/events", "/api/v1/events.geojson", "/api/v1/claims/{id}", "/api/v1/reports/{id}"} <= set(paths)
    assert {method for methods in paths.values() for method in methods} == {"get"}


def test_the_feed_is_atom_with_an_entry_for_each_event_of_the_view(ask):
    root = Xml.fromstring(ask.get("/feed.atom?country=YEM").text)
    assert root.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated"):
        assert root.find(f"{ATOM}{required}").text
    (entry,) = root.findall(f"{ATOM}entry")
    assert "Gunmen" in entry.find(f"{ATOM}title").text
    assert datetime.fromisoformat(entry.find(f"{ATOM}updated").text).tzinfo
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://127.0.0.1/feed.atom?country=YEM"


def test_a_feed_of_odd_characters_is_still_xml(store):
    stored(
        store, told("r", "Rebels \x01shelled <b> the port & of Kadugli ]]>.", who="Rebels \x01", whom="<b> the port &")
    )
    root = Xml.fromstring(client(store).get("/feed.atom").text)
    assert "<b> the port &" in root.find(f"{ATOM}entry/{ATOM}title").text


def test_where_people_log_in_programs_send_name_and_password(store):
    stored(store, *NEWS)
    add_account(store, "ann", "reader", hash_password("four random words"))
    ask = client(store, single_user=False)
    refused = ask.get("/api/v1/events")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    for password, status in (("wrong", 401), ("four random words", 200)):
        secret = base64.b64encode(f"ann:{password}".encode()).decode()
        assert ask.get("/api/v1/events", headers={"Authorization": f"Basic {secret}"}).status_code == status
    assert ask.get("/feed.atom").status_code == 401
    assert json.loads(ask.get("/feed.atom").text)["error"]
