"""Sums for pictures are those of the events that the database finds, whatever the filter."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.store import open_store
from reportedly.store.aggregates import count_by_day, count_by_pair, count_by_place, count_events_of
from reportedly.store.columns import load_columns, passing
from reportedly.store.desk_reading import page_of_events
from reportedly.store.filters import ALL, EventFilter

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from synthetic_store import fill


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A store of some 1,400 events of one day, with a few changed by hand to have what they lack."""
    store = open_store(tmp_path_factory.mktemp("columns") / "crowd.db", create=True)
    fill(store, 3000, seed=5)
    yield store
    store.close()


def found(store, wanted):
    """The events that the database finds."""
    return page_of_events(store, wanted, limit=10_000).events


FILTERS = [
    ALL, EventFilter(type="ASSAULT"), EventFilter(status="disputed"), EventFilter(quad="verbal conflict"),
    EventFilter(country="SDN"), EventFilter(since="2023-01-02"), EventFilter(until="2023-01-01"),
    EventFilter(by="2023-01-02"), EventFilter(by="2022-12-01..2022-12-31"), EventFilter(precision="city"),
    EventFilter(precision="country"), EventFilter(precision="none"), EventFilter(changed="2999-01-01"),
    EventFilter(words="praised"), EventFilter(country="YEM", type="REQUEST", since="2022-12-30"),
]  # fmt: skip


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_columns_and_database_find_the_same_events(crowd, wanted):
    ids = sorted(passing(crowd, load_columns(crowd), wanted).collect()["id"])
    assert ids == sorted(one.event.id for one in found(crowd, wanted))


def test_names_found_among_the_events_filter_alike(crowd):
    columns = load_columns(crowd)
    for one in found(crowd, ALL)[:400:40]:
        publisher = one.event.publishers[0]
        for wanted in (
            EventFilter(actor=one.actor), EventFilter(recipient=one.recipient), EventFilter(party=one.actor),
            EventFilter(place=one.place), EventFilter(publisher=publisher),
            EventFilter(publisher=publisher, how="alone"), EventFilter(source=one.event.sources[0].key),
        ):  # fmt: skip
            ids = sorted(passing(crowd, columns, wanted).collect()["id"])
            assert ids == sorted(other.event.id for other in found(crowd, wanted)), wanted


def test_sums_by_place_day_and_pair_are_those_of_the_events(crowd):
    events, columns = found(crowd, ALL), load_columns(crowd).frame.lazy()
    places = Counter((one.place, one.country, one.precision, one.lat, one.lon) for one in events)
    assert {(p.name, p.country, p.precision, p.lat, p.lon): p.events for p in count_by_place(columns)} == places
    days = Counter((one.event.last, one.event.first == one.event.last) for one in events if one.event.last)
    by_day = Counter()
    for count in count_by_day(columns):
        by_day[count.day, count.exact] += count.events
    assert by_day == days
    pairs = Counter((one.actor, one.recipient) for one in events)
    assert {(p.actor, p.recipient): p.events for p in count_by_pair(columns, 10_000)} == pairs
    busiest = pairs.most_common(1)[0][0]
    expected = {name: sum(name in (one.actor, one.recipient) for one in events) for name in busiest}
    assert count_events_of(columns, busiest) == expected


def test_the_pairs_with_most_events_come_first_whatever_the_order_of_rows(crowd):
    frame = load_columns(crowd).frame.lazy()
    assert count_by_pair(frame, 20) == count_by_pair(frame.reverse(), 20) == count_by_pair(frame.sort("event"), 20)
    assert count_by_place(frame) == count_by_place(frame.reverse())


def test_what_happens_to_an_empty_store_is_nothing(tmp_path):
    store = open_store(tmp_path / "empty.db", create=True)
    columns = load_columns(store)
    assert count_by_place(passing(store, columns, replace(ALL, type="ASSAULT"))) == []
    assert count_by_day(columns.frame.lazy()) == count_by_pair(columns.frame.lazy(), 5) == []
    store.close()
