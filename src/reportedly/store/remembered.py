"""What merging remembers of reports, claims and events, read and written many at a time; its lines it alone reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from reportedly.pages import pages
from reportedly.records import Claim, CopyLink, Event, Report
from reportedly.store import events as event_writing
from reportedly.store import rows
from reportedly.store.reading import copy_links
from reportedly.store.schema import (
    claims,
    compared_texts,
    copies,
    event_claims,
    events,
    merged_reports,
    reports,
    tellings,
)

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of a report: how many fingerprints it has, its card, and whose text it is.

    `link` leads to the report `root`, if it is another.
    """

    size: int
    card: str
    root: str
    origin: str
    link: CopyLink | None


def reports_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Report]:
    """Reports with their texts."""
    query = select(reports).where(reports.c.id.in_(ids)).order_by(reports.c.id)
    return {row.id: rows.report_of(row) for row in connection.execute(query)}


def remembered_reports(connection: Connection, ids: Collection[str]) -> dict[str, Remembered]:
    """What is remembered of these reports."""
    links = copy_links(connection, list(ids))
    found = connection.execute(select(merged_reports).where(merged_reports.c.report_id.in_(ids)))
    return {
        row.report_id: Remembered(row.size, row.card, row.root, row.origin, links.get(row.report_id)) for row in found
    }


def sizes_of_reports(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """How many fingerprints each of these reports has."""
    query = select(merged_reports.c.report_id, merged_reports.c.size).where(merged_reports.c.report_id.in_(ids))
    return {row.report_id: row.size for row in connection.execute(query)}


def texts_by_id(connection: Connection, ids: Collection[str]) -> dict[str, tuple[str, bytes]]:
    """Report -> the line and the bytes that are kept of its text."""
    found = connection.execute(select(compared_texts).where(compared_texts.c.report_id.in_(ids)))
    return {row.report_id: (row.line, row.hashes) for row in found}


def remember_texts(connection: Connection, wanted: Mapping[str, tuple[str, bytes]]) -> None:
    """Keep this line and these bytes of each of these reports, of which nothing is kept yet."""
    made = [{"report_id": id, "line": line, "hashes": hashes} for id, (line, hashes) in sorted(wanted.items())]
    connection.execute(compared_texts.insert(), made)


def remember_reports(
    connection: Connection, numbers: Mapping[str, int], wanted: Mapping[str, Remembered], coder: str
) -> None:
    """Remember this of these reports; `numbers` are theirs."""
    for some in pages(sorted(wanted), _PAGE):
        connection.execute(delete(merged_reports).where(merged_reports.c.report_id.in_(some)))
        connection.execute(merged_reports.insert(), [_remembered_row(numbers[id], id, wanted[id]) for id in some])
        _write_copies(connection, {id: wanted[id].link for id in some}, coder)


def _remembered_row(number: int, id: str, one: Remembered) -> rows.Values:
    kept = {"size": one.size, "card": one.card, "root": one.root, "origin": one.origin}
    return {"number": number, "report_id": id, **kept}


def _write_copies(connection: Connection, wanted: Mapping[str, CopyLink | None], coder: str) -> None:
    known = copy_links(connection, list(wanted))
    changed = [id for id, link in wanted.items() if known.get(id) != link]
    links = [link for id in changed if (link := wanted[id]) is not None]
    connection.execute(delete(copies).where(copies.c.report_id.in_(changed)))
    if links:
        connection.execute(copies.insert(), [rows.copy_row(link, coder) for link in links])


# --- tellings --------------------------------------------------------------------------------------------------------


def tellings_by_id(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Claim -> the line that is kept of it."""
    query = select(tellings.c.claim_id, tellings.c.sketch).where(tellings.c.claim_id.in_(ids))
    return {row.claim_id: row.sketch for row in connection.execute(query)}


def tellings_of_reports(connection: Connection, ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Report -> its claims -> the line that is kept of each."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    query = select(tellings.c.report_id, tellings.c.claim_id, tellings.c.sketch)
    for some in pages(ids, _PAGE):
        for row in connection.execute(query.where(tellings.c.report_id.in_(some))):
            found[row.report_id][row.claim_id] = row.sketch
    return dict(found)


def remember_tellings(
    connection: Connection, numbers: Mapping[str, int], wanted: Iterable[tuple[str, str, str]]
) -> None:
    """Keep (claim, report, line) for each of these claims; `numbers` are theirs."""
    for some in pages(wanted, _PAGE):
        forget_tellings(connection, [claim for claim, _, _ in some])
        made = ({"number": numbers[c], "claim_id": c, "report_id": r, "sketch": line} for c, r, line in some)
        connection.execute(tellings.insert(), list(made))


def forget_tellings(connection: Connection, ids: Iterable[str]) -> None:
    """Keep nothing of these claims."""
    for some in pages(ids, _PAGE):
        connection.execute(delete(tellings).where(tellings.c.claim_id.in_(some)))


def claims_of_reports(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Claim, ...]]:
    """Report -> its claims as they were coded, in text order."""
    found: dict[str, list[Claim]] = {id: [] for id in ids}
    query = select(claims.c.report_id, claims.c.document).where(claims.c.report_id.in_(ids))
    for row in connection.execute(query.order_by(claims.c.report_id, claims.c.position)):
        found[row.report_id].append(rows.claim_of(row.document))
    return {id: tuple(told) for id, told in found.items()}


def coded_claims(connection: Connection, ids: Collection[str]) -> list[Claim]:
    """The claims of these ids as they were coded."""
    query = select(claims.c.document).where(claims.c.id.in_(ids)).order_by(claims.c.id)
    return [rows.claim_of(document) for document in connection.execute(query).scalars()]


# --- events ----------------------------------------------------------------------------------------------------------


class StoredEvents:
    """The events as they were last made; `flush` writes what differs."""

    def __init__(self, connection: Connection, coder: str) -> None:
        self._connection, self._coder = connection, coder
        self._homes: dict[str, str | None] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._events: dict[str, Event | None] = {}
        self._changed: set[str] = set()

    def homes(self, ids: Collection[str]) -> dict[str, str]:
        """Claim -> the event that it is in."""
        query = select(event_claims.c.claim_id, event_claims.c.event_id)
        for some in pages([id for id in ids if id not in self._homes], _PAGE):
            self._homes |= dict.fromkeys(some)
            for row in self._connection.execute(query.where(event_claims.c.claim_id.in_(some))):
                if row.event_id not in self._changed:
                    self._homes[row.claim_id] = row.event_id
        found = ((id, self._homes[id]) for id in ids)
        return {id: home for id, home in found if home is not None}

    def members(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Event -> its claims, in its order."""
        query = select(event_claims.c.event_id, event_claims.c.claim_id)
        query = query.order_by(event_claims.c.event_id, event_claims.c.position)
        unknown = [id for id in ids if id not in self._members and id not in self._changed]
        for some in pages(unknown, _PAGE):
            told: defaultdict[str, list[str]] = defaultdict(list)
            for row in self._connection.execute(query.where(event_claims.c.event_id.in_(some))):
                told[row.event_id].append(row.claim_id)
            self._members |= {id: tuple(of_event) for id, of_event in told.items()}
        return {id: self._members[id] for id in ids if id in self._members}

    def get_many(self, ids: Collection[str]) -> dict[str, Event]:
        """Those of the ids that are known."""
        for some in pages([id for id in ids if id not in self._events], _PAGE):
            query = select(events.c.id, events.c.document).where(events.c.id.in_(some))
            self._events |= dict.fromkeys(some)
            self._events |= {row.id: rows.event_of(row.document) for row in self._connection.execute(query)}
        found = ((id, self._events[id]) for id in ids)
        return {id: event for id, event in found if event is not None}

    def put(self, id: str, value: Event) -> None:
        """Keep an event."""
        self._changed.add(id)
        self._events[id], self._members[id] = value, value.claims
        self._homes.update(dict.fromkeys(value.claims, id))

    def remove(self, id: str) -> None:
        """Forget it."""
        for claim in self.members([id]).get(id, ()):
            if self.homes([claim]).get(claim) == id:
                self._homes[claim] = None
        self._changed.add(id)
        self._events[id] = None
        self._members.pop(id, None)

    def flush(self) -> None:
        """Write the events that have changed; rows that are the same are not touched."""
        changed = {id: self._events[id] for id in sorted(self._changed)}
        event_writing.replace_events(self._connection, changed, self._coder)
        self._changed = set()
