"""A store that is open: what is written, each in one transaction, and what is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, Select, Table, delete, func, or_, select, update

from reportedly.errors import NotStored, StoreFailed
from reportedly.pages import pages
from reportedly.records import Claim, CodedReport, Event, Report
from reportedly.store import events as event_writing
from reportedly.store import queue, rows, words
from reportedly.store.connect import Row, file_of, keep_wal, make_engine, name_of, plain_troubles
from reportedly.store.documents import dumps, now
from reportedly.store.judging import Judgement, marked
from reportedly.store.migrations import prepare
from reportedly.store.rows import Incoming, Key, Values
from reportedly.store.schema import (
    attributions,
    claim_parties,
    claims,
    copies,
    events,
    judgements,
    links,
    meta,
    relations,
    reports,
    unmerged,
)

PAGE = 500
"""Reports that are read at a time."""
Outcome = Literal["stored", "known", "taken"]


def open_store(where: str | Path, *, create: bool = False) -> Store:
    """The store in an SQLite file or, given a `postgresql://` URL, in a PostgreSQL database; its tables are up to date.

    `create` makes it if there is none. Raises StoreFailed if it cannot be opened or is no store.
    """
    engine = make_engine(where)
    path = file_of(engine)
    if path is not None and not create and not (path.exists() and path.stat().st_size):
        raise StoreFailed(f"there is no store at {path}", hint=f"make one with `reportedly ingest PATH --store {path}`")
    with plain_troubles(engine):
        prepare(engine, create=create)
        keep_wal(engine)
    return Store(engine)


class Store:
    """Reports, claims, events and judgements. Every method that writes is one transaction: done, or not at all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """Its path, or its URL without the password."""
        return name_of(self._engine)

    def close(self) -> None:
        """Give connections back."""
        self._engine.dispose()

    # --- transactions ------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store, whatever others write meanwhile."""
        with plain_troubles(self._engine), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer interleaves with: it begins by taking a row that all of them take."""
        with plain_troubles(self._engine), self._engine.begin() as connection:
            connection.execute(update(meta).where(meta.c.key == "revision").values(value=meta.c.value))
            yield connection

    def revision(self, connection: Connection | None = None) -> int:
        """Grows with every change of reports, claims or judgements."""
        return self._meta("revision", connection)

    def merged(self, connection: Connection | None = None) -> int:
        """The revision that the events were made of."""
        return self._meta("merged", connection)

    def _meta(self, key: str, connection: Connection | None) -> int:
        query = select(meta.c.value).where(meta.c.key == key)
        if connection is not None:
            return int(connection.execute(query).scalar_one())
        with self.reading() as own:
            return int(own.execute(query).scalar_one())

    # --- reports and claims ------------------------------------------------------------------------------------------

    def known(self, keys: Sequence[Key]) -> dict[Key, str | None]:
        """For each of the keys that is known the report's id, and None for one whose given id another report has."""
        with self.reading() as connection:
            return _known(connection, keys)

    def add(self, batch: Sequence[Incoming], coder: str) -> list[Outcome]:
        """Store a batch. What is known stays as it is.

        For each report "stored", "known", or "taken": its id now belongs to another report, and nothing was stored.
        """
        with self.writing() as connection:
            known, taken = _known(connection, [one.key for one in batch]), _ids_among(connection, batch)
            outcomes: list[Outcome] = []
            fresh: list[Incoming] = []
            seen = set[Key]()
            for one in batch:
                outcome = _outcome(one, known, taken, seen)
                outcomes.append(outcome)
                if outcome == "stored":
                    fresh.append(one)
                    seen.add(one.key)
                    taken.add(one.coded.report.id)
            if fresh:
                values = [rows.report_row(one, coder, now()) for one in fresh]
                numbered(connection, reports, values)
                _insert(connection, reports, values)
                words.add_reports(connection, values)
                _insert_coded(connection, [one.coded for one in fresh], coder)
                queue.enqueue(connection, [one.coded.report.id for one in fresh])
                _bump(connection)
        return outcomes

    def recode(self, batch: Sequence[CodedReport], coder: str) -> None:
        """Put other claims, attributions and relations in the place of those of stored reports."""
        with self.writing() as connection:
            ids = [coded.report.id for coded in batch]
            old = select(claims.c.id).where(claims.c.report_id.in_(ids))
            words.remove_claims(connection, ids)
            for part in (links, claim_parties):
                connection.execute(delete(part).where(part.c.claim_id.in_(old)))
            for table in (claims, attributions, relations):
                connection.execute(delete(table).where(table.c.report_id.in_(ids)))
            _insert_coded(connection, batch, coder)
            connection.execute(update(reports).where(reports.c.id.in_(ids)).values(coder=coder))
            queue.enqueue(connection, ids)
            _bump(connection)

    def outdated(self, coder: str) -> Iterator[list[Report]]:
        """Pages of the reports that another version coded, in order of their ids."""
        yield from self._pages(select(reports).where(reports.c.coder != coder))

    def all_reports(self) -> Iterator[list[Report]]:
        """Pages of all reports, in order of their ids."""
        yield from self._pages(select(reports))

    def _pages(self, query: Select[Row]) -> Iterator[list[Report]]:
        last = ""
        while True:
            with self.reading() as connection:
                found = _page_after(connection, query, last)
            if not found:
                return
            last = found[-1].id
            yield [rows.report_of(row) for row in found]

    def coded_reports(self, connection: Connection) -> Iterator[CodedReport]:
        """All reports with their claims, in order of their ids, a page at a time; as `connection` sees them."""
        last = ""
        while True:
            page = _page_after(connection, select(reports), last)
            if not page:
                return
            of_report: dict[str, list[Claim]] = {row.id: [] for row in page}
            told = select(claims.c.report_id, claims.c.document).where(
                claims.c.report_id > last, claims.c.report_id <= page[-1].id
            )
            for row in connection.execute(told.order_by(claims.c.report_id, claims.c.position)):
                of_report[row.report_id].append(rows.claim_of(row.document))
            for row in page:
                yield CodedReport(rows.report_of(row), tuple(of_report[row.id]), ())
            last = page[-1].id

    def count(self) -> dict[str, int]:
        """How many reports, texts (reports without reprints), claims and events the store holds."""
        with self.reading() as connection:
            size = {
                t.name: connection.execute(select(func.count()).select_from(t)).scalar_one()
                for t in (reports, claims, copies, events)
            }
        return {
            "reports": size["reports"],
            "texts": size["reports"] - size["copies"],
            "claims": size["claims"],
            "events": size["events"],
        }

    # --- events ------------------------------------------------------------------------------------------------------

    def is_merged(self, rules: int) -> bool:
        """True if the events are those of all that is stored, made by these rules (any number that stands for them)."""
        with self.reading() as connection:
            return self.merged(connection) == self.revision(connection) and self._meta("rules", connection) == rules

    def heed_rules(self, connection: Connection, rules: int, *, rebuild: bool) -> None:
        """Have everything merged again, if it was merged by other rules, or to `rebuild`."""
        if rebuild or self._meta("rules", connection) != rules:
            queue.enqueue_all(connection)
            _set(connection, "rules", rules)
            _set(connection, "leftovers", 1)

    def mark_merged(self, connection: Connection) -> None:
        """The events are those of all that is stored now."""
        if self._meta("leftovers", connection):
            queue.sweep(connection)
            _set(connection, "leftovers", 0)
        _set(connection, "merged", self.revision(connection))

    def write_events(self, made: Iterable[Event], coder: str) -> None:
        """Put events into the store as they are, known from elsewhere: nothing waits to be merged any more."""
        with self.writing() as connection:
            for some in pages(made, PAGE):
                event_writing.replace_events(connection, {event.id: event for event in some}, coder)
            connection.execute(delete(unmerged))
            _set(connection, "merged", self.revision(connection))

    # --- judgements --------------------------------------------------------------------------------------------------

    def judge(self, judgement: Judgement, coder: str) -> int:
        """Add a judgement; its number. Unless it only confirms or rejects an event, the next merge heeds it."""
        with self.writing() as connection:
            made = connection.execute(
                judgements.insert(),
                {
                    "target_kind": judgement.target_kind,
                    "target": judgement.target,
                    "verdict": judgement.verdict,
                    "field": judgement.field,
                    "value": judgement.value,
                    "reviewer": judgement.reviewer,
                    "note": judgement.note,
                    "made_at": judgement.made_at or now(),
                    "anchor": dumps(dict(judgement.anchor)),
                    "coder": coder,
                },
            )
            if judgement.target_kind != "event" or judgement.verdict in ("split", "merge"):
                queue.enqueue(connection, queue.reports_of(judgement, self.judgements(connection)))
                _bump(connection)
            return int(made.inserted_primary_key[0])  # type: ignore[index]

    def judgements(self, connection: Connection | None = None) -> list[Judgement]:
        """All judgements, oldest first."""
        if connection is None:
            with self.reading() as own:
                return self.judgements(own)
        found = connection.execute(select(judgements).order_by(judgements.c.id))
        return marked([_judgement_of(row) for row in found])

    # --- one thing ---------------------------------------------------------------------------------------------------

    def kind_of(self, id: str) -> Literal["event", "claim", "report"]:
        """What has this id. Raises NotStored if nothing has."""
        with self.reading() as connection:
            for kind, table in (("event", events), ("claim", claims), ("report", reports)):
                if connection.execute(select(table.c.id).where(table.c.id == id)).first() is not None:
                    return kind  # type: ignore[return-value]
        raise NotStored(f"{self.name} holds no event, claim or report {id}", hint="see `reportedly events --store …`")


def _page_after(connection: Connection, query: Select[Row], last: str) -> Sequence[Row]:
    return connection.execute(query.where(reports.c.id > last).order_by(reports.c.id).limit(PAGE)).all()


def _bump(connection: Connection) -> None:
    connection.execute(update(meta).where(meta.c.key == "revision").values(value=meta.c.value + 1))


def _set(connection: Connection, key: str, value: int) -> None:
    connection.execute(update(meta).where(meta.c.key == key).values(value=value))


def _insert(connection: Connection, table: Table, values: list[Values]) -> None:
    if values:
        connection.execute(table.insert(), values)


def numbered(connection: Connection, table: Table, values: list[Values]) -> None:
    """Give new rows of `reports` or `claims` the numbers after the last one."""
    last = connection.execute(select(func.max(table.c.number))).scalar() or 0
    for number, row in enumerate(values, start=last + 1):
        row["number"] = number


def _insert_coded(connection: Connection, batch: Sequence[CodedReport], coder: str) -> None:
    values = [row for coded in batch for row in rows.claim_rows(coded)]
    numbered(connection, claims, values)
    _insert(connection, claims, values)
    words.add_claims(connection, values)
    _insert(connection, claim_parties, [row for coded in batch for row in rows.party_rows(coded.claims)])
    _insert(connection, links, [row for coded in batch for row in rows.link_rows(coded.claims)])
    _insert(connection, attributions, [row for coded in batch for row in rows.attribution_rows(coded, coder)])
    _insert(connection, relations, [row for coded in batch for row in rows.relation_rows(coded, coder)])


def _known(connection: Connection, keys: Sequence[Key]) -> dict[Key, str | None]:
    hashes, ids = [key.content_hash for key in keys], [key.given_id for key in keys]
    found = connection.execute(
        select(reports.c.id, reports.c.given_id, reports.c.content_hash, reports.c.given).where(
            or_(reports.c.content_hash.in_(hashes), reports.c.id.in_(ids))
        )
    ).all()
    taken = {row.id for row in found}
    by_id = {(row.content_hash, row.given_id): row.id for row in found}
    by_given = {(row.content_hash, row.given): row.id for row in found}
    outcome: dict[Key, str | None] = {}
    for key in keys:
        same = by_id.get((key.content_hash, key.given_id)) or by_given.get((key.content_hash, key.given))
        if same is not None or key.given_id in taken:
            outcome[key] = same
    return outcome


def _ids_among(connection: Connection, batch: Sequence[Incoming]) -> set[str]:
    ids = [one.coded.report.id for one in batch]
    return set(connection.execute(select(reports.c.id).where(reports.c.id.in_(ids))).scalars())


def _outcome(one: Incoming, known: dict[Key, str | None], taken: set[str], seen: set[Key]) -> Outcome:
    if known.get(one.key) is not None or one.key in seen:
        return "known"
    return "taken" if one.coded.report.id in taken else "stored"


def _judgement_of(row: Row) -> Judgement:
    return Judgement(
        target_kind=row.target_kind,
        target=row.target,
        verdict=row.verdict,
        reviewer=row.reviewer,
        field=row.field,
        value=row.value,
        note=row.note,
        made_at=row.made_at,
        anchor=json.loads(row.anchor),
        number=row.id,
    )
