"""Lists of events are the same whether few events are gathered and sorted or many are read along their order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from made_news import stored, told

from reportedly.store import desk_reading, lists
from reportedly.store.desk_reading import all_events, count_events
from reportedly.store.filters import EventFilter
from reportedly.store.lists import ClaimFilter, page_of_claims

FILTERS = (
    EventFilter(country="SDN"),
    EventFilter(type="ASSAULT"),
    EventFilter(status="single-source"),
    EventFilter(party="Rebels"),
    EventFilter(actor="Rebels", recipient="the port"),
    EventFilter(place="Kadugli", country="SDN"),
    EventFilter(publisher="Nile Post"),
    EventFilter(publisher="Nile Post", how="alone"),
    EventFilter(source="report:nile post"),
    EventFilter(words="shelled"),
    EventFilter(words="shelled", since="2015-06-01"),
    EventFilter(since="2015-06-01", until="2016-06-01"),
    EventFilter(until="2016-06-01", party="Rebels"),
    EventFilter(quad="material conflict", since="2016-01-01"),
    EventFilter(changed="2020-01-01"),
)


@pytest.fixture
def full(store):
    stored(store, *(
        told(f"r{n}", f"Rebels shelled the port of Kadugli, report {n}.", publisher=("Nile Post", "Blue Nile")[n % 2],
             day=str(date(2015, 1, 1) + timedelta(days=60 * n)))
        for n in range(14)
    ))  # fmt: skip
    return store


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
@pytest.mark.parametrize("order", ["day", "told", "telling", "change", "matter"])
def test_few_and_many_events_come_in_one_order(full, monkeypatch, wanted, order):
    gathered = [one.event.id for one in all_events(full, wanted, order)]
    monkeypatch.setattr(desk_reading, "_FEW", 0)
    monkeypatch.setattr(desk_reading, "_PAGE", 4)
    read_along = [one.event.id for one in all_events(full, wanted, order)]
    assert gathered == read_along
    assert len(gathered) == len(set(gathered)) == count_events(full, wanted) > 0


@pytest.mark.parametrize("wanted", [ClaimFilter(party="Rebels"), ClaimFilter(source="Nile Post")], ids=str)
def test_few_and_many_claims_come_in_one_order(full, monkeypatch, wanted):
    gathered = page_of_claims(full, wanted, limit=100)
    monkeypatch.setattr(lists, "_FEW", 0)
    assert page_of_claims(full, wanted, limit=100) == gathered
    assert len(gathered) > 1
