"""What leads to the desk's tables: what it finds, counts and orders by, for all that is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Column, Connection, Table, bindparam, inspect, select, update
from sqlalchemy.schema import CreateColumn, CreateIndex

from reportedly.store import rows, telling, words
from reportedly.store.documents import now
from reportedly.store.rows import Values
from reportedly.store.schema import claim_parties, claims, event_claims, events, links, relations, reports
from reportedly.store.schema_desk import EVERY_TABLE

_PAGE = 500
_NEW = {
    reports: ("number",),
    claims: ("words", "number"),
    events: ("quad", "score", "told_first", "told_last", "made_at", "changed_at", "matter"),
}


def for_the_desk(connection: Connection) -> None:
    """Add the columns and tables, and fill them."""
    for table, names in _NEW.items():
        for name in names:
            add_column(connection, table, table.c[name])
    EVERY_TABLE.create_all(connection)
    words.make(connection)
    for table, fill in ((reports, _fill_reports), (claims, _fill_claims), (events, _fill_events)):
        _in_pages(connection, table, fill)
    for table in _NEW:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index, if_not_exists=True))


def for_the_queue(connection: Connection) -> None:
    """Add what the queue of review orders by, where the step before has not."""
    if "matter" in {column["name"] for column in inspect(connection).get_columns("events")}:
        return
    add_column(connection, events, events.c.matter)
    _in_pages(connection, events, _fill_matter)
    next(index for index in events.indexes if index.name == "events_by_matter").create(connection)


def for_names(connection: Connection) -> None:
    """Add the indexes that pages of actors look names up in."""
    for table in (links, relations):
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index, if_not_exists=True))


_WIDER = {
    claims: ("claims_by_number",),
    event_claims: ("event_claims_by_claim",),
    events: ("events_by_day", "events_by_latest", "events_by_actor", "events_by_recipient", "events_by_place"),
}


def for_speed(connection: Connection) -> None:
    """Make indexes anew that now hold all that lists are made from."""
    for table, names in _WIDER.items():
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if index.name in names:
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index.name}")
                index.create(connection)


def _fill_matter(connection: Connection, page: Sequence[Values], _: int) -> None:
    merged = [rows.event_of(row["document"]) for row in page]
    told = telling.claims_told(connection, (claim for event in merged for claim in event.claims))
    statement = update(events).where(events.c.id == bindparam("its_id")).values(matter=bindparam("worth"))
    connection.execute(statement, [{"its_id": e.id, "worth": telling.matter_of(e, told)} for e in merged])


def add_column(connection: Connection, table: Table, column: Column[object]) -> None:
    """Give an older store's table a column that it lacks."""
    described = CreateColumn(column).compile(dialect=connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {described}")


def _in_pages(connection: Connection, table: Table, fill: Callable[[Connection, Sequence[Values], int], None]) -> None:
    """Rows by id, a page at a time, each with the number that comes before its page."""
    last, number = "", 0
    while True:
        found = connection.execute(select(table).where(table.c.id > last).order_by(table.c.id).limit(_PAGE))
        page = [dict(row) for row in found.mappings()]
        if not page:
            return
        fill(connection, page, number)
        last, number = page[-1]["id"], number + len(page)


def _fill_reports(connection: Connection, page: Sequence[Values], before: int) -> None:
    for number, row in enumerate(page, start=before + 1):
        row["number"] = number
    _update(connection, reports, page)
    words.add_reports(connection, page)


def _fill_claims(connection: Connection, page: Sequence[Values], before: int) -> None:
    told = [rows.claim_of(row["document"]) for row in page]
    for number, (row, claim) in enumerate(zip(page, told, strict=True), start=before + 1):
        row |= {"number": number, "words": rows.words_of(claim)}
    _update(connection, claims, page)
    words.add_claims(connection, page)
    if parties := list(rows.party_rows(told)):
        connection.execute(claim_parties.insert(), parties)


def _fill_events(connection: Connection, page: Sequence[Values], _: int) -> None:
    merged = [rows.event_of(row["document"]) for row in page]
    told = telling.claims_told(connection, (claim for event in merged for claim in event.claims))
    time = now()
    for number, event in enumerate(merged):
        page[number].update(telling.event_facts(event, told) | {"made_at": time, "changed_at": time})
    _update(connection, events, page)
    telling.remember(connection, merged, told, page)


def _update(connection: Connection, table: Table, page: Sequence[Values]) -> None:
    new = _NEW[table]
    statement = update(table).where(table.c.id == bindparam("its_id")).values({name: bindparam(name) for name in new})
    connection.execute(statement, [{"its_id": row["id"], **{name: row[name] for name in new}} for row in page])
