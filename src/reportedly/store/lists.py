"""Lists of claims, reports, names and sources, a page at a time; the newest first, or those with most events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, func, literal_column, select

from reportedly.records import Report
from reportedly.store import rows
from reportedly.store.connect import Row
from reportedly.store.schema import (
    claim_parties,
    claims,
    copies,
    event_claims,
    events,
    judgements,
    links,
    meta,
    reports,
    tellers,
)
from reportedly.store.store import Store
from reportedly.store.telling import COUNTS
from reportedly.store.words import has_words

ANY_NUMBER = 2**31 - 1
_FEW = 1_000


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; None is all. `party` is the name of an actor or recipient, `source` of who says so."""

    report: str | None = None
    event: str | None = None
    party: str | None = None
    words: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports are wanted; None is all. `words` stand in title or text, in any inflection.

    `originals`: only those that reprint no other.
    """

    publisher: str | None = None
    words: str | None = None
    since: str | None = None
    until: str | None = None
    originals: bool = False


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report without its text, how many claims it has, and its number in the store."""

    report: Report
    claims: int
    number: int


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody by name; `many` are claims or events."""

    name: str
    country: str | None
    sector: str | None
    many: int


@dataclass(frozen=True, slots=True)
class Teller:
    """A publisher or root source and how often it told an event first, alone, …; the words: docs/desk.md."""

    key: str
    name: str
    events: int
    counts: Mapping[str, int]


def page_of_claims(store: Store, wanted: ClaimFilter, *, limit: int, before: int = ANY_NUMBER) -> list[tuple[int, str]]:
    """Number and id of the claims that pass, those first that were stored last, from below number `before`."""
    with store.reading() as connection:
        conditions = [claims.c.number < before, *_claim_conditions(wanted, connection)]
        query = select(claims.c.number, claims.c.id).where(*conditions)
        return [(row.number, row.id) for row in connection.execute(query.order_by(claims.c.number.desc()).limit(limit))]


def _claim_conditions(wanted: ClaimFilter, connection: Connection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.report:
        found.append(claims.c.report_id == wanted.report)
    if wanted.event:
        found.append(claims.c.id.in_(select(event_claims.c.claim_id).where(event_claims.c.event_id == wanted.event)))
    if wanted.party:
        found.append(_named(connection, claim_parties.c.claim_id, claim_parties.c.name == wanted.party))
    if wanted.source:
        found.append(_named(connection, links.c.claim_id, links.c.name == wanted.source))
    if wanted.words:
        found.append(has_words("claims", wanted.words, connection.dialect.name))
    return found


def _named(connection: Connection, claim_id: Column[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a claim has such a row: gathered where few have, else looked up for each claim as they are read along."""
    few = list(connection.execute(select(claim_id).where(condition).limit(_FEW + 1)).scalars())
    if len(few) <= _FEW:
        return claims.c.id.in_(few)
    return exists().where(claim_id == claims.c.id, condition)


def page_of_reports(store: Store, wanted: ReportFilter, *, limit: int, before: int = ANY_NUMBER) -> list[ListedReport]:
    """The reports that pass, those first that were stored last, from below number `before`."""
    told = select(func.count()).where(claims.c.report_id == reports.c.id).scalar_subquery()
    with store.reading() as connection:
        conditions: list[ColumnElement[bool]] = [reports.c.number < before]
        if wanted.publisher:
            conditions.append(reports.c.publisher == wanted.publisher)
        if wanted.words:
            conditions.append(has_words("reports", wanted.words, connection.dialect.name))
        if wanted.originals:
            conditions.append(reports.c.id.not_in(select(copies.c.report_id)))
        if wanted.since:
            conditions.append(reports.c.published >= wanted.since)
        if wanted.until:
            conditions.append(reports.c.published < wanted.until + "~")
        query = select(reports.c.id, reports.c.about, reports.c.number, told.label("told")).where(*conditions)
        found = connection.execute(query.order_by(reports.c.number.desc()).limit(limit)).all()
    return [ListedReport(rows.report_about(row), row.told, row.number) for row in found]


def names_like(store: Store, start: str, *, limit: int = 50) -> list[Name]:
    """Names of actors and recipients that begin so, those with most claims first."""
    names = claim_parties.c
    query: Select[Row] = select(names.name.label("name"), func.count().label("many"))
    query = query.where(names.name >= start, names.name < start + "\U0010ffff").group_by(names.name)
    with store.reading() as connection:
        found = connection.execute(query.order_by(func.count().desc(), literal_column("name")).limit(limit)).all()
    return whose(store, [(row.name, row.many) for row in found])


def whose(store: Store, counted: Iterable[tuple[str, int]]) -> list[Name]:
    """These names and numbers, with country and sector."""
    with store.reading() as connection:
        return [Name(name, *_whose(connection, name), many) for name, many in counted]


def _whose(connection: Connection, name: str) -> tuple[str | None, str | None]:
    """Country and sector of somebody of that name, as one of the claims has it."""
    parties = claim_parties.c
    query = select(parties.country, parties.sector).where(parties.name == name).order_by(parties.claim_id).limit(1)
    row = connection.execute(query).first()
    return (row.country, row.sector) if row is not None else (None, None)


def page_of_tellers(
    store: Store, kind: Literal["publisher", "root"], order: str = "events", *, limit: int = 100, offset: int = 0
) -> list[Teller]:
    """Publishers or root sources, those first that have most in that column."""
    column = tellers.c[order if order in COUNTS else "events"]
    query = select(tellers).where(tellers.c.kind == kind).order_by(column.desc(), tellers.c.key)
    with store.reading() as connection:
        return [_teller(row) for row in connection.execute(query.limit(limit).offset(offset))]


def teller(store: Store, kind: Literal["publisher", "root"], key: str) -> Teller | None:
    """One publisher or root source."""
    with store.reading() as connection:
        row = connection.execute(select(tellers).where(and_(tellers.c.kind == kind, tellers.c.key == key))).first()
    return _teller(row) if row is not None else None


def _teller(row: Row) -> Teller:
    return Teller(row.key, row.name, row.events, {name: getattr(row, name) for name in COUNTS})


def state_of(store: Store) -> str:
    """What changes whenever anything does that the desk shows: revisions and the number of the last judgement."""
    with store.reading() as connection:
        numbers: dict[str, Any] = {row.key: row.value for row in connection.execute(select(meta))}
        last = connection.execute(select(func.max(judgements.c.id))).scalar() or 0
    return f"{numbers.get('revision', 0)}.{numbers.get('merged', 0)}.{last}"


def sizes(store: Store) -> dict[str, int]:
    """How many reports, claims, events and judgements there are."""
    tables: tuple[Table, ...] = (reports, claims, events, judgements)
    with store.reading() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
