"""Writing events: only what has changed since they were last merged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, delete, select

from reportedly.pages import pages
from reportedly.records import CopyLink, Event
from reportedly.store import rows, telling
from reportedly.store.documents import dumps, now
from reportedly.store.schema import copies, event_claims, events, merge_decisions

_PAGE = 500
_STAMPS = ("made_at", "changed_at")
"""When a row was first and last written: no part of what it says."""


def write(connection: Connection, merged: Iterable[Event], links: Iterable[CopyLink], coder: str) -> None:
    """Make the stored events and copies these."""
    _write_table(connection, copies, (rows.copy_row(link, coder) for link in links), "report_id")
    stored = _digests(connection, events, "id")
    for page in pages(merged, _PAGE):
        _write_page(connection, page, stored, coder)
    for gone in pages(sorted(stored), _PAGE):  # what is left was merged away
        _remove(connection, gone)


def _write_page(connection: Connection, page: Sequence[Event], stored: dict[str, bytes], coder: str) -> None:
    found = telling.claims_told(connection, (claim for event in page for claim in event.claims))
    values = [rows.event_row(event, found, coder) | telling.event_facts(event, found) for event in page]
    changed = {row["id"]: row for row in values if stored.pop(row["id"], None) != _digest(row)}
    if not changed:
        return
    _stamp(connection, changed)
    _remove(connection, sorted(changed))
    told = [event for event in page if event.id in changed]
    connection.execute(events.insert(), list(changed.values()))
    telling.remember(connection, told, found, list(changed.values()))
    connection.execute(event_claims.insert(), [row for event in told for row in rows.member_rows(event)])
    decisions = [row for event in told for row in rows.decision_rows(event)]
    if decisions:
        connection.execute(merge_decisions.insert(), decisions)


def _stamp(connection: Connection, changed: dict[str, rows.Values]) -> None:
    """Say when these rows are written, and when those that take another's place were first made."""
    made = select(events.c.id, events.c.made_at).where(events.c.id.in_(sorted(changed)))
    before, time = {row.id: row.made_at for row in connection.execute(made)}, now()
    for id, row in changed.items():
        row |= {"made_at": before.get(id) or time, "changed_at": time}


def _remove(connection: Connection, ids: Sequence[str]) -> None:
    telling.forget(connection, ids)
    for table in (event_claims, merge_decisions):
        connection.execute(delete(table).where(table.c.event_id.in_(ids)))
    connection.execute(delete(events).where(events.c.id.in_(ids)))


def _write_table(connection: Connection, table: Table, values: Iterable[rows.Values], key: str) -> None:
    stored = _digests(connection, table, key)
    for page in pages(values, _PAGE):
        changed = [row for row in page if stored.pop(row[key], None) != _digest(row)]
        if changed:
            connection.execute(delete(table).where(table.c[key].in_([row[key] for row in changed])))
            connection.execute(table.insert(), changed)
    for gone in pages(sorted(stored), _PAGE):
        connection.execute(delete(table).where(table.c[key].in_(gone)))


def _digests(connection: Connection, table: Table, key: str) -> dict[str, bytes]:
    """Key -> digest of the row, to tell which rows are the same; 100,000 rows take some 15 MB."""
    found = connection.execute(select(table).execution_options(yield_per=_PAGE))
    return {row[key]: _digest(dict(row)) for row in found.mappings()}


def _digest(row: rows.Values) -> bytes:
    return hashlib.sha256(dumps([[name, row[name]] for name in sorted(row) if name not in _STAMPS]).encode()).digest()[
        :16
    ]
