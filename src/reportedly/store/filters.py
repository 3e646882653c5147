"""Which events are wanted, and the conditions that say so in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Text, and_, exists, func, literal_column, or_, select

from reportedly.store.connect import Row
from reportedly.store.schema import CHANGE, LATEST, claims, event_claims, event_countries, event_tellers, events
from reportedly.store.words import has_words


@dataclass(frozen=True, slots=True, kw_only=True)
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
    status: str | None = None
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    place: str | None = None
    publisher: str | None = None
    quad: str | None = None
    source: str | None = None
    words: str | None = None
    changed: str | None = None
    precision: str | None = None
    by: str | None = None
    how: str | None = None


ALL = EventFilter()
"""Every event."""


def filtered(query: Select[Row], wanted: EventFilter, dialect: str, *, scan: bool = False) -> Select[Row]:
    """The query with the conditions of the filter, for `sqlite` or `postgresql`.

    `scan` is for filters that many events pass, where a few of them are wanted in an order: it keeps SQLite from
    gathering and sorting all of them, so that it reads along the order and stops when it has enough.
    """
    scan = dialect == "sqlite" and (scan or bool(wanted.words))  # words are few: what has them is gathered first
    for condition in (
        *_of_the_row(wanted, scan=scan, sqlite=dialect == "sqlite"),
        *_of_what_is_beside(wanted, dialect, scan=scan),
    ):
        query = query.where(condition)
    return query


def only_beside(wanted: EventFilter) -> Select[Any] | None:
    """The ids of the events that pass, from the one other table that says so; None where more must be asked."""
    if wanted.country and wanted == EventFilter(country=wanted.country):
        return select(event_countries.c.event_id).where(event_countries.c.country == wanted.country)
    for kind, key, alone in (
        ("publisher", wanted.publisher, EventFilter(publisher=wanted.publisher)),
        ("root", wanted.source, EventFilter(source=wanted.source)),
    ):
        if key and wanted == alone:
            return select(event_tellers.c.event_id).where(event_tellers.c.kind == kind, event_tellers.c.key == key)
    return None


def _of_the_row(wanted: EventFilter, *, scan: bool, sqlite: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []

    def column(name: str) -> ColumnElement[Any]:
        """The column; with a plus before it, as SQLite wants it where no index of it should be used."""
        return literal_column(f"+events.{name}", Text) if scan else events.c[name]

    if wanted.since:
        found.append(func.coalesce(events.c.date_to, events.c.date_from) >= wanted.since)
    if wanted.until:
        named = wanted.actor or wanted.recipient or wanted.place  # who or where tells more apart than when
        happened = literal_column("+events.date_from", Text) if sqlite and named else events.c.date_from
        found.append(happened.is_not(None) if scan else happened <= wanted.until)
        if scan:  # the same, said of what is read along
            found.append(wanted.until >= LATEST)
    if wanted.party:
        found.append(or_(column("actor") == wanted.party, column("recipient") == wanted.party))
    if wanted.changed:
        found.append(wanted.changed <= CHANGE)
    if wanted.precision:
        found.append(_placed(wanted.precision))
    if wanted.by:
        first, _, last = wanted.by.partition("..")
        found.append(func.coalesce(events.c.date_to, events.c.date_from).between(first, last or first))
    for name, value in (
        ("event", wanted.type), ("quad", wanted.quad), ("status", wanted.status), ("actor", wanted.actor),
        ("recipient", wanted.recipient), ("place", wanted.place),
    ):  # fmt: skip
        if value:
            found.append(column(name) == value)
    return found


def _placed(precision: str) -> ColumnElement[bool]:
    if precision == "none":
        return and_(events.c.precision.is_(None), events.c.country.is_(None))
    exactly: ColumnElement[bool] = events.c.precision == precision
    if precision == "country":
        return or_(exactly, and_(events.c.precision.is_(None), events.c.country.is_not(None)))
    return exactly


def _of_what_is_beside(wanted: EventFilter, dialect: str, *, scan: bool) -> list[ColumnElement[bool]]:
    found = []
    if wanted.country:
        found.append(_beside(event_countries.c.event_id, event_countries.c.country == wanted.country, scan=scan))
    for kind, key in (("publisher", wanted.publisher), ("root", wanted.source)):
        if key:
            told = and_(event_tellers.c.kind == kind, event_tellers.c.key == key)
            if wanted.how:
                told = and_(told, event_tellers.c[wanted.how] == 1)
            found.append(_beside(event_tellers.c.event_id, told, scan=scan))
    if wanted.words:
        hits = select(claims.c.id).where(has_words("claims", wanted.words, dialect))
        found.append(_beside(event_claims.c.event_id, event_claims.c.claim_id.in_(hits), scan=False))
    return found


def _beside(event_id: Column[str], condition: ColumnElement[bool], *, scan: bool) -> ColumnElement[bool]:
    """That an event has such a row in another table: looked up for each event in turn, or gathered beforehand."""
    if scan:
        return exists().where(event_id == events.c.id, condition)
    return events.c.id.in_(select(event_id).where(condition))
