"""What is asked of a store: events by day, country, type and status; claims with their reports; one thing by its id."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from reportedly.pages import pages
from reportedly.records import Claim, CopyLink, Event, MergeDecision, Report
from reportedly.store import rows
from reportedly.store.connect import Row
from reportedly.store.filters import ALL, EventFilter, filtered
from reportedly.store.judging import Judgement, by_claim, by_report
from reportedly.store.naming import judgements_of_events
from reportedly.store.schema import claims, copies, event_claims, events, merge_decisions, reports
from reportedly.store.store import Store

_PAGE = 500


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with what its row adds: countries of its best participants, and where its best place is (WGS 84)."""

    event: Event
    actor: str | None
    actor_country: str | None
    recipient: str | None
    recipient_country: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    coder: str
    judgements: tuple[Judgement, ...] = ()
    changed_at: str | None = None


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its report (without the text), the events that it belongs to, and what people judged of it."""

    claim: Claim
    report: Report
    events: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def find_events(store: Store, wanted: EventFilter = ALL) -> Iterator[StoredEvent]:
    """The events that pass, by first day, then id; those without any day last."""
    with store.reading() as connection:
        judged = judgements_of_events(connection, store.judgements(connection))
        query = filtered(select(events), wanted, connection.dialect.name).order_by(
            events.c.date_from.is_(None), events.c.date_from, events.c.id
        )
        for row in connection.execute(query.execution_options(yield_per=_PAGE)):
            yield stored_event(row, judged.get(row.id, ()))


def stored_event(row: Row, judgements: Iterable[Judgement]) -> StoredEvent:
    """The event of a row of `events`."""
    return StoredEvent(
        rows.event_of(row.document), row.actor, row.actor_country, row.recipient, row.recipient_country, row.place,
        row.country, row.lat, row.lon, row.precision, row.coder, tuple(judgements),
        row.changed_at,
    )  # fmt: skip


# --- claims ----------------------------------------------------------------------------------------------------------


def find_claims(store: Store) -> Iterator[StoredClaim]:
    """All claims, by report, in text order; as they were coded, with their judgements beside them."""
    with store.reading() as connection:
        judged = by_report(store.judgements(connection))
        homes = _homes(connection, None)
        for coded in store.coded_reports(connection):
            bare = rows.without_text(coded.report)
            of_claim = by_claim(coded.claims, judged.get(coded.report.id, ()))
            for claim in coded.claims:
                yield StoredClaim(claim, bare, tuple(homes.get(claim.id, ())), tuple(of_claim.get(claim.id, ())))


def claims_by_id(store: Store, ids: Sequence[str]) -> dict[str, StoredClaim]:
    """The claims of these ids; an id that is no claim any more, as its report has been recoded, is left out."""
    with store.reading() as connection:
        judged = by_report(store.judgements(connection))
        homes = _homes(connection, ids)
        found: dict[str, StoredClaim] = {}
        for some in pages(sorted(set(ids)), _PAGE):
            told = select(claims.c.report_id, claims.c.document).where(claims.c.id.in_(some))
            documents = connection.execute(told.order_by(claims.c.id)).all()
            of = _reports(connection, sorted({row.report_id for row in documents}))
            mine = _judgements_in(connection, {report: judged[report] for report in of if report in judged})
            for row in documents:
                claim = rows.claim_of(row.document)
                events_of, judgements = tuple(homes.get(claim.id, ())), tuple(mine.get(claim.id, ()))
                found[claim.id] = StoredClaim(claim, of[row.report_id], events_of, judgements)
        return found


def _judgements_in(connection: Connection, judged: dict[str, list[Judgement]]) -> dict[str, list[Judgement]]:
    """Claim -> its judgements. All claims of a report are looked at, as one may have taken another's place."""
    found: dict[str, list[Judgement]] = {}
    for report, judgements in sorted(judged.items()):
        query = select(claims.c.document).where(claims.c.report_id == report).order_by(claims.c.position)
        found |= by_claim([rows.claim_of(document) for document in connection.execute(query).scalars()], judgements)
    return found


def claims_of_report(store: Store, report: str) -> list[StoredClaim]:
    """The claims of a report, in text order."""
    with store.reading() as connection:
        query = select(claims.c.id).where(claims.c.report_id == report).order_by(claims.c.position)
        ids = list(connection.execute(query).scalars())
    found = claims_by_id(store, ids)
    return [found[id] for id in ids if id in found]


def _homes(connection: Connection, ids: Sequence[str] | None) -> dict[str, list[str]]:
    """Claim -> its events."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    query = select(event_claims.c.claim_id, event_claims.c.event_id).order_by(event_claims.c.event_id)
    for some in [None] if ids is None else pages(sorted(set(ids)), _PAGE):
        for row in connection.execute(query if some is None else query.where(event_claims.c.claim_id.in_(some))):
            homes[row.claim_id].append(row.event_id)
    return homes


# --- one thing -------------------------------------------------------------------------------------------------------


def event_by_id(store: Store, id: str) -> StoredEvent:
    """The event of that id."""
    with store.reading() as connection:
        judged = judgements_of_events(connection, store.judgements(connection))
        row = connection.execute(select(events).where(events.c.id == id)).one()
        return stored_event(row, judged.get(id, ()))


def events_by_id(store: Store, ids: Sequence[str]) -> dict[str, StoredEvent]:
    """The events of these ids that there are, with what was judged of them."""
    with store.reading() as connection:
        judged = judgements_of_events(connection, store.judgements(connection))
        return {
            row.id: stored_event(row, judged.get(row.id, ()))
            for some in pages(sorted(set(ids)), _PAGE)
            for row in connection.execute(select(events).where(events.c.id.in_(some)))
        }


def report_by_id(store: Store, id: str) -> tuple[Report, str, CopyLink | None]:
    """The report of that id with its text, which version coded it, and of what it is a copy."""
    with store.reading() as connection:
        row = connection.execute(select(reports).where(reports.c.id == id)).one()
        return rows.report_of(row), row.coder, copy_links(connection, [id]).get(id)


def copies_among(store: Store, ids: Sequence[str]) -> dict[str, CopyLink]:
    """Report -> what it is a copy of, for those of these that are copies."""
    with store.reading() as connection:
        return copy_links(connection, ids)


def decisions_about(store: Store, claim: str) -> list[MergeDecision]:
    """Why a claim is of its event, as it was stored with the event."""
    either = or_(merge_decisions.c.this_claim == claim, merge_decisions.c.that_claim == claim)
    with store.reading() as connection:
        found = connection.execute(
            select(merge_decisions).where(either).order_by(merge_decisions.c.event_id, merge_decisions.c.position)
        ).all()
    return [
        MergeDecision(row.this_claim, row.that_claim, row.same, row.score, tuple(json.loads(row.because)))
        for row in found
    ]


def copy_links(connection: Connection, ids: Sequence[str]) -> dict[str, CopyLink]:
    """Report -> what it is a copy of, for those of these that are copies."""
    found: dict[str, CopyLink] = {}
    for some in pages(sorted(set(ids)), _PAGE):
        for row in connection.execute(select(copies).where(copies.c.report_id.in_(some))):
            because = tuple(json.loads(row.because))
            found[row.report_id] = CopyLink(row.report_id, row.of_report, row.kind, row.contained, because)
    return found


def _reports(connection: Connection, ids: Sequence[str]) -> dict[str, Report]:
    query = select(reports.c.id, reports.c.about).where(reports.c.id.in_(ids))
    return {row.id: rows.report_about(row) for row in connection.execute(query)}
