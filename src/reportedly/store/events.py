"""Writing events: only what has changed since they were last merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select

from reportedly.pages import pages
from reportedly.records import Event
from reportedly.store import rows, telling
from reportedly.store.documents import now
from reportedly.store.schema import event_claims, events, merge_decisions

_PAGE = 500
_STAMPS = ("made_at", "changed_at")
"""When a row was first and last written: no part of what it says."""


def replace_events(connection: Connection, wanted: Mapping[str, Event | None], coder: str) -> None:
    """Make the stored events of these ids the given ones; None is none. Rows that are the same are not touched."""
    for some in pages(sorted(wanted), _PAGE):
        _replace_some(connection, {id: wanted[id] for id in some}, coder)


def _replace_some(connection: Connection, wanted: Mapping[str, Event | None], coder: str) -> None:
    made = {id: event for id, event in wanted.items() if event is not None}
    found = telling.claims_told(connection, (claim for event in made.values() for claim in event.claims))
    told = {id: rows.event_row(event, coder) | telling.event_facts(event, found) for id, event in made.items()}
    query = select(events).where(events.c.id.in_(list(wanted)))
    stored = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    changed = [id for id in wanted if _bare(stored.get(id)) != told.get(id)]
    remove_events(connection, changed)
    new = [made[id] for id in changed if id in made]
    if not new:
        return
    values = [told[event.id] | _stamps(stored.get(event.id)) for event in new]
    connection.execute(events.insert(), values)
    telling.remember(connection, new, found, values)
    connection.execute(event_claims.insert(), [row for event in new for row in rows.member_rows(event)])
    decisions = [row for event in new for row in rows.decision_rows(event)]
    if decisions:
        connection.execute(merge_decisions.insert(), decisions)


def _bare(row: rows.Values | None) -> rows.Values | None:
    return row and {name: value for name, value in row.items() if name not in _STAMPS}


def _stamps(before: rows.Values | None) -> rows.Values:
    """When a row is written, and when the one whose place it takes was first made."""
    time = now()
    return {"made_at": (before or {}).get("made_at") or time, "changed_at": time}


def remove_events(connection: Connection, ids: Collection[str]) -> None:
    """Remove the events of these ids, a page of them, with all that is kept beside them."""
    telling.forget(connection, list(ids))
    for table in (event_claims, merge_decisions):
        connection.execute(delete(table).where(table.c.event_id.in_(ids)))
    connection.execute(delete(events).where(events.c.id.in_(ids)))
