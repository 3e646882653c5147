"""What pictures are drawn of, remembered until events are made anew: many people look at the same few views."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, cast
from weakref import WeakKeyDictionary

from reportedly.store import Store, aggregates
from reportedly.store.aggregates import DayCount, PairCount, PlaceCount, count_names
from reportedly.store.columns import Columns, Passing, load_columns, passing, passing_of
from reportedly.store.filters import ALL, EventFilter
from reportedly.store.lists import Name, whose

Value = TypeVar("Value")
PAIRS = 5000
"""So many pairs of actors are known to the network and its table."""
PARTNERS, BUSIEST = 12, 200
"""So many partners of an actor, and actors of most events, are known."""
KEPT = 200
"""So many sums are remembered of a store."""
PATIENCE, QUICK, FRESH = 0.5, 0.05, 30.0
"""Seconds. Columns that take longer than the first to load are loaded behind the scenes, while the older ones are
shown; what takes longer than the second to count is counted anew after the third at the earliest."""


def places(store: Store, wanted: EventFilter) -> tuple[PlaceCount, ...]:
    """Events by place, most first."""
    return _summed(store, wanted, "places", lambda events: tuple(aggregates.count_by_place(events)))


def days(store: Store, wanted: EventFilter) -> tuple[DayCount, ...]:
    """Events by last possible day and kind."""
    return _summed(store, wanted, "days", lambda events: tuple(aggregates.count_by_day(events)))


def pairs(store: Store, wanted: EventFilter) -> tuple[PairCount, ...]:
    """The pairs of actors with most events."""
    return _summed(store, wanted, "pairs", lambda events: tuple(aggregates.count_by_pair(events, PAIRS)))


def partners(store: Store, name: str, side: Literal["actor", "recipient"]) -> tuple[tuple[str, int], ...]:
    """With whom somebody is in events, as their actor or recipient, and in how many; most first."""
    wanted = EventFilter(actor=name) if side == "actor" else EventFilter(recipient=name)
    other = "recipient" if side == "actor" else "actor"
    return _summed(store, wanted, other, lambda events: count_names(events, other)[:PARTNERS])


def types(store: Store, wanted: EventFilter) -> tuple[tuple[str, int], ...]:
    """PLOVER types of events, most first."""
    return _summed(store, wanted, "types", lambda events: count_names(events, "event"))


def busiest(store: Store) -> tuple[Name, ...]:
    """Actors of most events."""
    return _summed(store, ALL, "busiest", lambda all: tuple(whose(store, count_names(all, "actor")[:BUSIEST])))


def known(store: Store, wanted: EventFilter) -> Passing:
    """How many events pass, and which, if they are not too many."""
    return _summed(store, wanted, "known", passing_of)


def parties(store: Store, wanted: EventFilter, names: tuple[str, ...]) -> dict[str, int]:
    """Events of each of these actors."""
    return _summed(store, wanted, names, lambda events: aggregates.count_events_of(events, names))


def reports(store: Store) -> dict[str, int]:
    """Reports by day of publication. Of a large store that is being filled, as of half a minute ago."""
    return _recent(store, "reports", aggregates.reports_by_day)


def sizes(store: Store) -> dict[str, int]:
    """How many reports, texts, claims and events there are; of a large store the same."""
    return _recent(store, "sizes", Store.count)


def _recent(store: Store, what: str, count: Callable[[Store], dict[str, int]]) -> dict[str, int]:
    kept, revision = _of(store), store.revision()
    last = kept.recent.get(what)
    if last is None or (last.revision != revision and last.took < QUICK):
        last = kept.recent[what] = _counted(store, revision, count)
    elif last.revision != revision and time.monotonic() > last.at + FRESH:
        _behind(kept, lambda: kept.recent.update({what: _counted(store, revision, count)}))
    return last.value


def _counted(store: Store, revision: int, count: Callable[[Store], dict[str, int]]) -> _Recent:
    begun = time.monotonic()
    value = count(store)
    return _Recent(value, revision, time.monotonic(), time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class _Recent:
    """What was counted at some revision and time, and how many seconds that took."""

    value: dict[str, int]
    revision: int
    at: float
    took: float


@dataclass(slots=True, weakref_slot=True)
class _Kept:
    """What is remembered of a store."""

    columns: Columns | None = None
    took: float = 0.0
    loading: bool = False
    sums: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    recent: dict[str, _Recent] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_STORES: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_LOCK = threading.Lock()


def _of(store: Store) -> _Kept:
    with _LOCK:
        return _STORES.setdefault(store, _Kept())


def _summed(store: Store, wanted: EventFilter, what: Hashable, sum_up: Callable[[Any], Value]) -> Value:
    columns = columns_of(store)
    kept, key = _of(store), (columns.merged, wanted, what)
    with kept.lock:
        if key in kept.sums:
            kept.sums.move_to_end(key)
            return cast(Value, kept.sums[key])
    found = sum_up(passing(store, columns, wanted))
    with kept.lock:
        kept.sums[key] = found
        while len(kept.sums) > KEPT:
            kept.sums.popitem(last=False)
    return found


def warm(store: Store) -> None:
    """Read what pictures need before anybody asks for one."""
    columns_of(store)
    reports(store)
    sizes(store)
    busiest(store)


def columns_of(store: Store) -> Columns:
    """The columns of the events as they are; while a large store's are loaded anew, as they were before."""
    kept = _of(store)
    if kept.columns is not None and kept.columns.merged == store.merged():
        return kept.columns
    if kept.columns is not None and kept.took > PATIENCE:
        _behind(kept, lambda: _load(store, kept))
        return kept.columns
    with kept.lock:
        if kept.columns is None or kept.columns.merged != store.merged():
            _load(store, kept)
    assert kept.columns is not None
    return kept.columns


def _load(store: Store, kept: _Kept) -> None:
    begun = time.monotonic()
    kept.columns = load_columns(store)
    kept.took = time.monotonic() - begun


def _behind(kept: _Kept, work: Callable[[], None]) -> None:
    """Do the work while nobody waits for it; one work at a time."""
    with kept.lock:
        if kept.loading:
            return
        kept.loading = True

    def run() -> None:
        try:
            work()
        finally:
            kept.loading = False

    threading.Thread(target=run, name="sums", daemon=True).start()
