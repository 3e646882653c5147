"""Which events are wanted, and the conditions that say so in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from reportedly.store.connect import Row
from reportedly.store.schema import claims, event_claims, events, reports


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; None is all. `since` and `until` are days (ISO 8601, inclusive) that it can lie on.

    `country` (ISO 3166-1 alpha-3) is where it happened; where that is not known, whose it was. `type` is PLOVER's.
    `actor` and `recipient` are the best values' names, `party` is either; `place` is the best place's name.
    """

    since: str | None = None
    until: str | None = None
    country: str | None = None
    type: str | None = None
    status: str | None = None
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    place: str | None = None
    publisher: str | None = None


ALL = EventFilter()
"""Every event."""


def filtered(query: Select[Row], wanted: EventFilter) -> Select[Row]:
    """The query with the conditions of the filter."""
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(func.coalesce(events.c.date_to, events.c.date_from) >= wanted.since)
    if wanted.until:
        found.append(events.c.date_from <= wanted.until)
    if wanted.country:
        theirs = or_(events.c.actor_country == wanted.country, events.c.recipient_country == wanted.country)
        found.append(or_(events.c.country == wanted.country, and_(events.c.country.is_(None), theirs)))
    if wanted.party:
        found.append(or_(events.c.actor == wanted.party, events.c.recipient == wanted.party))
    for column, value in (
        ("event", wanted.type), ("status", wanted.status), ("actor", wanted.actor),
        ("recipient", wanted.recipient), ("place", wanted.place),
    ):  # fmt: skip
        if value:
            found.append(events.c[column] == value)
    if wanted.publisher:
        found.append(events.c.id.in_(_told_by(wanted.publisher)))
    return found


def _told_by(publisher: str) -> Select[Row]:
    return (
        select(event_claims.c.event_id)
        .join(claims, claims.c.id == event_claims.c.claim_id)
        .join(reports, reports.c.id == claims.c.report_id)
        .where(reports.c.publisher == publisher)
    )
