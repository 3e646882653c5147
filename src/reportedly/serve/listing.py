"""Lists of events under a filter, and how many pass it: from the columns in memory wherever these know it.

A database would gather and count tens of thousands of large rows for what a page shows fifty of.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.serve import sums
from reportedly.store import Store
from reportedly.store.columns import Passing
from reportedly.store.desk_reading import EventPage, Order, count_events, page_of_events, related_to
from reportedly.store.filters import ALL, EventFilter, only_beside
from reportedly.store.lists import Name, names_like
from reportedly.store.reading import StoredEvent


def list_events(
    store: Store, wanted: EventFilter, order: Order = "day", *, limit: int, after: str | None = None
) -> EventPage:
    """The next `limit` events that pass, ordered as by `page_of_events`. Raises BadOption for a cursor that is none."""
    return page_of_events(store, wanted, order, limit=limit, after=after, known=_known(store, wanted))


def count(store: Store, wanted: EventFilter) -> int:
    """How many events pass; beyond `COUNTED` perhaps only that they are more."""
    if wanted == ALL:
        return sums.columns_of(store).frame.height
    known = _known(store, wanted)
    return count_events(store, wanted) if known is None else known.count


def list_names(store: Store, start: str, *, limit: int = 50) -> Sequence[Name]:
    """Actors and recipients whose names begin so, most claims first; with fewer than two letters the busiest actors."""
    return sums.busiest(store)[:limit] if len(start) < 2 else names_like(store, start, limit=limit)


def related(store: Store, stored: StoredEvent, *, limit: int) -> tuple[StoredEvent, ...]:
    """Events of the same place within a week, then those with the same actor and recipient, latest first."""
    found: dict[str, StoredEvent] = {}
    for wanted in related_to(stored):
        for one in list_events(store, wanted, limit=limit + 1).events:
            found.setdefault(one.event.id, one)
    found.pop(stored.event.id, None)
    return tuple(found.values())[:limit]


def _known(store: Store, wanted: EventFilter) -> Passing | None:
    """What columns know of the events that pass; None where one index of the store tells it as soon, or sooner."""
    if wanted == ALL or wanted.changed or only_beside(wanted) is not None:
        return None
    return sums.known(store, wanted)
