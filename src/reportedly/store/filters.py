"""Which events are wanted, and the conditions that say so in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from reportedly.store.connect import Row
from reportedly.store.schema import claims, event_claims, event_countries, event_tellers, events
from reportedly.store.words import has_words


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; None is all. `since` and `until` are days (ISO 8601, inclusive) that it can lie on.

    `country` (ISO 3166-1 alpha-3) is where it happened; where that is not known, whose it was. `type` and `quad` are
    PLOVER's. `actor` and `recipient` are the best values' names, `party` is either; `place` is the best place's name.
    `source` is the key of a root source; `how` is how it or the publisher told the event: first, alone, corroborated,
    denied or corrected. `words` stand in one of its claims, in any inflection. `changed` (UTC, ISO 8601): written to
    the store then or later. `precision` is how exactly it is placed: point, city, region, sea; country also where only
    the country is known; "none" where not even that is. `by` is the day, or the days "FIRST..LAST", that its last
    possible day is or lies in.
    """

    since: str | None = None
    until: str | None = None
    country: str | None = None
    type: str | None = None
    quad: str | None = None
    status: str | None = None
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    place: str | None = None
    publisher: str | None = None
    source: str | None = None
    words: str | None = None
    changed: str | None = None
    precision: str | None = None
    by: str | None = None
    how: str | None = None


ALL = EventFilter()
"""Every event."""


def filtered(query: Select[Row], wanted: EventFilter, dialect: str) -> Select[Row]:
    """The query with the conditions of the filter, for `sqlite` or `postgresql`."""
    for condition in (*_of_the_row(wanted), *_of_what_is_beside(wanted, dialect)):
        query = query.where(condition)
    return query


def _of_the_row(wanted: EventFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(func.coalesce(events.c.date_to, events.c.date_from) >= wanted.since)
    if wanted.until:
        found.append(events.c.date_from <= wanted.until)
    if wanted.party:
        found.append(or_(events.c.actor == wanted.party, events.c.recipient == wanted.party))
    if wanted.changed:
        found.append(func.coalesce(events.c.changed_at, "") >= wanted.changed)
    if wanted.precision:
        found.append(_placed(wanted.precision))
    if wanted.by:
        first, _, last = wanted.by.partition("..")
        found.append(func.coalesce(events.c.date_to, events.c.date_from).between(first, last or first))
    for column, value in (
        ("event", wanted.type), ("quad", wanted.quad), ("status", wanted.status), ("actor", wanted.actor),
        ("recipient", wanted.recipient), ("place", wanted.place),
    ):  # fmt: skip
        if value:
            found.append(events.c[column] == value)
    return found


def _placed(precision: str) -> ColumnElement[bool]:
    if precision == "none":
        return and_(events.c.precision.is_(None), events.c.country.is_(None))
    exactly: ColumnElement[bool] = events.c.precision == precision
    if precision == "country":
        return or_(exactly, and_(events.c.precision.is_(None), events.c.country.is_not(None)))
    return exactly


def _of_what_is_beside(wanted: EventFilter, dialect: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.country:
        there = select(event_countries.c.event_id).where(event_countries.c.country == wanted.country)
        found.append(events.c.id.in_(there))
    for kind, key in (("publisher", wanted.publisher), ("root", wanted.source)):
        if key:
            told = select(event_tellers.c.event_id).where(event_tellers.c.kind == kind, event_tellers.c.key == key)
            if wanted.how:
                told = told.where(event_tellers.c[wanted.how] == 1)
            found.append(events.c.id.in_(told))
    if wanted.words:
        hits = select(claims.c.id).where(has_words("claims", wanted.words, dialect))
        found.append(events.c.id.in_(select(event_claims.c.event_id).where(event_claims.c.claim_id.in_(hits))))
    return found
