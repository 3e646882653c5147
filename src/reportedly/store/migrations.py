"""Making a store's tables, and bringing an older store's up to date. Steps are numbered, and each runs once.

A new store gets the tables of `schema.py` at once; an older one gets, in one transaction each, the steps that it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, inspect, select, text, update

from reportedly.errors import StoreFailed
from reportedly.store import words
from reportedly.store.connect import name_of
from reportedly.store.migration_desk import add_column, for_names, for_speed, for_the_desk, for_the_queue
from reportedly.store.narrow import add_narrow_index
from reportedly.store.schema import MERGING, METADATA, SCHEMA, merged_reports, meta
from reportedly.store.schema_desk import EVERY_TABLE

LOCK = 7_302_019
"""Key of the PostgreSQL advisory lock under which tables are made: two processes may open a new store at once."""

Step = Callable[[Connection], None]


def _remember_merging(connection: Connection) -> None:
    """What merging remembers is kept, and all reports wait to be merged once more."""
    METADATA.create_all(connection, tables=MERGING)
    connection.execute(meta.insert(), [{"key": "rules", "value": 0}, {"key": "leftovers", "value": 0}])
    connection.execute(update(meta).where(meta.c.key == "merged").values(value=-1))


def _remember_texts(connection: Connection) -> None:
    """Texts are kept as they are compared, with their sizes; and merging remembers everything anew, to fill that."""
    METADATA.create_all(connection, tables=MERGING)
    names = {column["name"] for column in inspect(connection).get_columns("merged_reports")}
    if "size" not in names:
        add_column(connection, merged_reports, merged_reports.c.size)
    connection.execute(update(meta).where(meta.c.key == "rules").values(value=0))


STEPS: Mapping[int, Step] = {
    2: for_the_desk,
    3: for_the_queue,
    4: _remember_merging,
    5: for_names,
    6: add_narrow_index,
    7: for_speed,
    8: _remember_texts,
}
"""Version -> what leads to it from the version before. The first version needs none."""


def prepare(engine: Engine, *, create: bool, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> None:
    """Make the tables of a new store if `create`, or bring those of an older one up to date.

    Raises StoreFailed if there is no store and none may be made, if the file is another program's database, or if the
    store was made by a newer version.
    """
    found = _version(engine)
    if found == schema:
        return
    if found is None and not create:
        raise StoreFailed(f"{name_of(engine)} holds no store", hint="make one with `reportedly ingest PATH --store …`")
    with engine.begin() as connection:
        _lock(connection)
        found = _version_in(connection)  # another process may have been faster
        if found is None:
            _create(connection, schema)
        elif found > schema:
            raise StoreFailed(
                f"{name_of(engine)} was written by a newer version (tables {found}, this one knows {schema})",
                hint="upgrade reportedly",
            )
    for version in range((found or schema) + 1, schema + 1):
        with engine.begin() as connection:
            _lock(connection)
            if _version_in(connection) == version - 1:
                steps[version](connection)
                connection.execute(update(meta).where(meta.c.key == "schema").values(value=version))


def _version(engine: Engine) -> int | None:
    with engine.begin() as connection:
        return _version_in(connection)


def _version_in(connection: Connection) -> int | None:
    names = set(inspect(connection).get_table_names())
    if "meta" not in names:
        if names and connection.dialect.name == "sqlite":
            raise StoreFailed(
                f"{name_of(connection.engine)} is another program's database", hint="give another path to --store"
            )
        return None
    return connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()


def _lock(connection: Connection) -> None:
    """Nobody else makes tables until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    else:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _create(connection: Connection, schema: int) -> None:
    EVERY_TABLE.create_all(connection)
    add_narrow_index(connection)
    words.make(connection)
    for statement in _only_append(connection.dialect.name):
        connection.exec_driver_sql(statement)
    first = {"schema": schema, "revision": 0, "merged": 0, "rules": 0, "leftovers": 0}
    connection.execute(meta.insert(), [{"key": key, "value": value} for key, value in first.items()])


def _only_append(dialect: str) -> tuple[str, ...]:
    """Triggers that keep judgements as they were made."""
    complaint = "judgements are never changed: add another one"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER judgements_keep_{verb.lower()} BEFORE {verb} ON judgements "
            f"BEGIN SELECT RAISE(ABORT, '{complaint}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE FUNCTION reportedly_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{complaint}'; END $$",
        "CREATE TRIGGER judgements_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements "
        "FOR EACH STATEMENT EXECUTE FUNCTION reportedly_keep()",
    )
