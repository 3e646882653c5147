"""Which reports are still to be merged: written down in the transaction that changes them, so none is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, exists, func, insert, select

from reportedly.pages import pages
from reportedly.store.events import remove_events
from reportedly.store.judging import Judgement
from reportedly.store.schema import MERGING, event_claims, reports, tellings, unmerged

_PAGE = 500


def enqueue(connection: Connection, ids: Collection[str]) -> None:
    """These reports are to be merged (again)."""
    for some in pages(sorted(set(ids)), _PAGE):
        _enqueue(connection, reports.c.id.in_(some))


def _enqueue(connection: Connection, condition: object = None) -> None:
    waits = exists(select(unmerged.c.report_id).where(unmerged.c.report_id == reports.c.id))
    query = (
        select(reports.c.id).where(~waits).order_by(reports.c.published.is_(None), reports.c.published, reports.c.id)
    )
    if condition is not None:
        query = query.where(condition)  # type: ignore[arg-type]
    connection.execute(insert(unmerged).from_select(["report_id"], query))


def reports_of(judgement: Judgement, judgements: Sequence[Judgement]) -> set[str]:
    """The reports that a judgement is about; of an undo, those of what it takes back, however often."""
    if judgement.target_kind == "judgement":
        undone = next((one for one in judgements if str(one.number) == judgement.target), None)
        return reports_of(undone, judgements) if undone is not None else set()
    anchors = (judgement.anchor, *judgement.anchor.get("these", ()), *judgement.anchor.get("those", ()))
    return {anchor["report"] for anchor in anchors if "report" in anchor}


def first_waiting(connection: Connection, most: int) -> list[str]:
    """The reports that have waited longest."""
    query = select(unmerged.c.report_id).order_by(unmerged.c.position).limit(most)
    return list(connection.execute(query).scalars())


def count_waiting(connection: Connection) -> int:
    """How many reports wait."""
    return connection.execute(select(func.count()).select_from(unmerged)).scalar_one()


def dequeue(connection: Connection, ids: Iterable[str]) -> None:
    """These are merged."""
    for some in pages(ids, _PAGE):
        connection.execute(delete(unmerged).where(unmerged.c.report_id.in_(some)))


def enqueue_all(connection: Connection) -> None:
    """Forget all that merging remembers, and have every report merged again. Events stay until they are replaced."""
    for table in MERGING:
        connection.execute(delete(table))
    _enqueue(connection)


def sweep(connection: Connection) -> None:
    """Remove the events of claims that are no more; they are left over where merging has forgotten what it knew."""
    known = exists(select(tellings.c.claim_id).where(tellings.c.claim_id == event_claims.c.claim_id))
    query = select(event_claims.c.event_id).where(~known).distinct().order_by(event_claims.c.event_id)
    for some in pages(list(connection.execute(query).scalars()), _PAGE):
        remove_events(connection, some)
