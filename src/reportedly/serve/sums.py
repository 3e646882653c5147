"""What pictures are drawn of, remembered until the events are made anew: many people look at the same few views."""

from __future__ import annotations

from functools import lru_cache

from reportedly.store import Store, aggregates
from reportedly.store.aggregates import DayCount, PairCount, PlaceCount
from reportedly.store.filters import EventFilter

_KEPT = 128
PAIRS = 5000
"""So many pairs of actors are known to the network and its table."""


def places(store: Store, wanted: EventFilter) -> tuple[PlaceCount, ...]:
    """Events by place, most first."""
    return _places(store, store.merged(), wanted)


def days(store: Store, wanted: EventFilter) -> tuple[DayCount, ...]:
    """Events by last possible day and kind."""
    return _days(store, store.merged(), wanted)


def pairs(store: Store, wanted: EventFilter) -> tuple[PairCount, ...]:
    """The pairs of actors with most events."""
    return _pairs(store, store.merged(), wanted)


def parties(store: Store, wanted: EventFilter, names: tuple[str, ...]) -> dict[str, int]:
    """Events of each of these actors."""
    return _parties(store, store.merged(), wanted, names)


def reports(store: Store) -> dict[str, int]:
    """Reports by day of publication."""
    return _reports(store, store.revision())


@lru_cache(_KEPT)
def _places(store: Store, merged: int, wanted: EventFilter) -> tuple[PlaceCount, ...]:
    return tuple(aggregates.count_by_place(store, wanted))


@lru_cache(_KEPT)
def _days(store: Store, merged: int, wanted: EventFilter) -> tuple[DayCount, ...]:
    return tuple(aggregates.count_by_day(store, wanted))


@lru_cache(_KEPT)
def _pairs(store: Store, merged: int, wanted: EventFilter) -> tuple[PairCount, ...]:
    return tuple(aggregates.count_by_pair(store, wanted, PAIRS))


@lru_cache(_KEPT)
def _parties(store: Store, merged: int, wanted: EventFilter, names: tuple[str, ...]) -> dict[str, int]:
    return aggregates.count_events_of(store, wanted, names)


@lru_cache(4)
def _reports(store: Store, revision: int) -> dict[str, int]:
    return aggregates.reports_by_day(store)
