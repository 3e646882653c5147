"""What the desk asks of a store: a page of events in some order, and how many there are. Never all of them at once."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from reportedly.errors import BadOption
from reportedly.pages import pages
from reportedly.store.columns import Passing, latest
from reportedly.store.connect import Row
from reportedly.store.filters import ALL, EventFilter, filtered, only_beside
from reportedly.store.reading import StoredEvent, stored_event
from reportedly.store.schema import CHANGE, LATEST, MATTER, TELLING, events, reports
from reportedly.store.store import Store

Order = Literal["day", "told", "telling", "change", "matter"]
_PAGE, _FEW = 500, 1_000
COUNTED = 100_000
"""So far events are counted; beyond that "more than" is said, as nobody looks through so many."""

_KEYS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    "day": (LATEST, events.c.id),
    "told": (events.c.independent_sources, events.c.texts, events.c.reports, events.c.id),
    "telling": (TELLING, events.c.id),
    "change": (CHANGE, events.c.id),
    "matter": (MATTER, events.c.id),
}
"""What events are ordered by, falling."""
_PLACE: dict[Order, tuple[tuple[str, type[str | int | float]], ...]] = {
    "day": (("date_from", str), ("id", str)),
    "told": (("independent_sources", int), ("texts", int), ("reports", int), ("id", str)),
    "telling": (("told_last", str), ("id", str)),
    "change": (("changed_at", str), ("id", str)),
    "matter": (("matter", float), ("id", str)),
}
"""The columns and kinds of these keys."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events in order, and the cursor that the next ones begin after; None at the end."""

    events: tuple[StoredEvent, ...]
    next: str | None


def page_of_events(
    store: Store,
    wanted: EventFilter,
    order: Order = "day",
    *,
    limit: int = 50,
    after: str | None = None,
    known: Passing | None = None,
) -> EventPage:
    """The next `limit` events that pass; those of a moment ago, if that is when they were `known`.

    `day`: that happened last, undated ones at the end; `told`: with most independent sources; `telling`: that were last
    told of; `change`: that changed last in the store. Raises BadOption for a cursor that is none.
    """
    values = _values(after, order) if after else None
    with store.reading() as connection:
        if known is None:
            ids = ids_in_order(connection, wanted, _KEYS[order], limit=limit + 1, after=values)
        else:
            ids = _known_in_order(connection, wanted, known, order, limit=limit + 1, after=values)
        return _page_of(connection, ids, order, limit)


def _page_of(connection: Connection, ids: Sequence[str], order: Order, limit: int) -> EventPage:
    """Ids were ordered before rows are read, as rows are large."""
    found = {row.id: row for row in connection.execute(select(events).where(events.c.id.in_(ids[:limit])))}
    kept = [found[id] for id in ids[:limit] if id in found]
    following = _cursor(kept[-1], order) if kept and len(ids) > limit else None
    return EventPage(tuple(stored_event(row, ()) for row in kept), following)


def ids_in_order(
    connection: Connection,
    wanted: EventFilter,
    keys: Sequence[ColumnElement[Any]],
    *,
    limit: int,
    after: Sequence[Any] | None = None,
) -> list[str]:
    """Ids of the first events that pass, falling by `keys`, of which the last is the id; `after` these values of them.

    Where few pass they are gathered and sorted; where many do, events are read along the order until there are enough.
    """
    dialect, query = connection.dialect.name, select(events.c.id)
    if dialect == "sqlite" and wanted != ALL:
        beside = only_beside(wanted)
        gathered = (filtered(query, wanted, dialect) if beside is None else beside).limit(_FEW + 1)
        few = list(connection.execute(gathered).scalars())
        if len(few) <= _FEW:
            return _first(connection, query.where(events.c.id.in_(few)), keys, limit, after)
    return _first(connection, filtered(query, wanted, dialect, scan=True), keys, limit, after)


def _known_in_order(
    connection: Connection,
    wanted: EventFilter,
    known: Passing,
    order: Order,
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> list[str]:
    """The same where it is known which events pass."""
    if known.each is not None and order == "day":
        return latest(known.each, limit=limit, after=after)
    query = select(events.c.id)
    if known.each is not None and known.count <= _FEW:
        query = query.where(events.c.id.in_(known.each["id"].to_list()))
    else:
        query = filtered(query, wanted, connection.dialect.name, scan=True)
    return _first(connection, query, _KEYS[order], limit, after)


def _first(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    limit: int,
    after: Sequence[Any] | None,
) -> list[str]:
    if after is not None:
        query = query.where(tuple_(*keys) < tuple_(*after))
    return list(connection.execute(query.order_by(*(key.desc() for key in keys)).limit(limit)).scalars())


def all_events(store: Store, wanted: EventFilter, order: Order = "day") -> Iterator[StoredEvent]:
    """All events that pass, read a page at a time: who reads slowly holds up nobody."""
    after = None
    while True:
        found = page_of_events(store, wanted, order, limit=_PAGE, after=after)
        yield from found.events
        after = found.next
        if after is None:
            return


def count_events(store: Store, wanted: EventFilter) -> int:
    """How many events pass, up to `COUNTED` + 1."""
    with store.reading() as connection:
        beside = only_beside(wanted)
        passing = filtered(select(events.c.id), wanted, connection.dialect.name) if beside is None else beside
        inner = passing.limit(COUNTED + 1).subquery()
        return int(connection.execute(select(func.count()).select_from(inner)).scalar_one())


# --- cursors ---------------------------------------------------------------------------------------------------------


def _cursor(row: Row, order: Order) -> str:
    """The row's place in the order, for addresses."""
    values = [getattr(row, name) or kind() for name, kind in _PLACE[order]]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _values(cursor: str, order: Order) -> list[str | int | float]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        values = None
    kinds = [kind for _, kind in _PLACE[order]]
    if not isinstance(values, list) or [type(value) for value in values] != kinds or not all(map(_sane, values)):
        raise BadOption("the cursor is none of ours", hint="take `next` from the answer before")
    return values


def _sane(value: str | float) -> bool:
    """What a database takes: no NUL, no lone surrogate, no number that fits no column."""
    if isinstance(value, int | float):
        return abs(value) < 2**31
    return "\0" not in value and value.isprintable()


def related_to(stored: StoredEvent) -> list[EventFilter]:
    """What is related to an event: events of the same place within a week, then those of the same two parties."""
    event, near = stored.event, timedelta(days=7)
    first, last = _day(event.first), _day(event.last or event.first)
    days = {"since": str(first - near), "until": str(last + near)} if first and last else {}
    asked = []
    if stored.place:
        asked.append(EventFilter(place=stored.place, **days))
    if stored.actor and stored.recipient:
        asked.append(EventFilter(actor=stored.actor, recipient=stored.recipient))
    return asked


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


# --- words around words ----------------------------------------------------------------------------------------------


def texts_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """The clean texts of these reports."""
    with store.reading() as connection:
        return {
            row.id: row.body
            for some in pages(sorted(set(ids)), _PAGE)
            for row in connection.execute(select(reports.c.id, reports.c.body).where(reports.c.id.in_(some)))
        }
