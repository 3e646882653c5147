"""Opening a store: an SQLite file by path, or a PostgreSQL database by URL; and its troubles in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from reportedly.errors import StoreFailed

WAIT_SECONDS = 120
"""So long a writer waits for another one before it gives up."""
KEPT_OPEN = 8
"""Connections to a file that are kept for the next transaction: opening one reads the whole schema."""
_POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}
_AGAIN = "run the same command again: what was reported as stored is safe, and is not coded twice"


def make_engine(where: str | Path) -> Engine:
    """An engine for a path or a URL (`postgresql://user@host/database`, `sqlite:///path`); connects to nothing yet.

    Raises StoreFailed for another kind of database, or where the driver for PostgreSQL is not installed.
    """
    url = _url_of(where)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, pool_size=KEPT_OPEN, max_overflow=-1, connect_args={"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        raise StoreFailed(
            "the driver for PostgreSQL is not installed", hint="pip install 'reportedly[postgres]'"
        ) from None


def _url_of(where: str | Path) -> URL:
    if "://" not in str(where):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(str(where))
    except ArgumentError:
        raise StoreFailed(
            "the address of the store cannot be understood", hint="postgresql://USER@HOST/DATABASE"
        ) from None
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url
    raise StoreFailed(f"a store cannot be kept in {url.drivername}", hint="give a file, or postgresql://…")


def name_of(engine: Engine) -> str:
    """What messages call the store: its path, or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def file_of(engine: Engine) -> Path | None:
    """The file of an SQLite store, else None."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(engine.url.database)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """FULL: a commit survives a power cut, not only a kill; an fsync a batch is nothing beside coding its reports."""
    connection.isolation_level = None  # transactions are begun by the listener above, not by the driver
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-16000"):  # kB
        connection.execute(f"PRAGMA {pragma}")


def keep_wal(engine: Engine) -> None:
    """Put an SQLite file that is a store into WAL mode: readers and a writer then do not wait for each other.

    The file remembers it. If somebody else is using the file just now, the next one who opens it does it.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = sqlite3.connect(str(engine.url.database))
    try:
        with suppress(sqlite3.OperationalError):  # also where a file can be read only
            connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


# --- troubles --------------------------------------------------------------------------------------------------------


@contextmanager
def plain_troubles(engine: Engine) -> Iterator[None]:
    """Whatever the database complains of, as a StoreFailed that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _in_plain_words(error, name_of(engine)) from error
    except sqlite3.Error as error:
        raise _sqlite_trouble(error, name_of(engine)) from error


def _in_plain_words(error: SQLAlchemyError, name: str) -> StoreFailed:
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return _sqlite_trouble(cause, name)
    if isinstance(error, DBAPIError) and cause is not None:
        return _postgres_trouble(cause, name, lost=error.connection_invalidated)
    return StoreFailed(f"{name}: {_first_line(error)}", hint="please report it")


def _sqlite_trouble(error: sqlite3.Error, name: str) -> StoreFailed:
    code = str(getattr(error, "sqlite_errorname", ""))
    for start, message, hint in (
        ("SQLITE_FULL", "the disk is full", f"free some space, then {_AGAIN}"),
        ("SQLITE_IOERR", "the file cannot be read or written", f"check disk, quota and file size limit, then {_AGAIN}"),
        (
            "SQLITE_CORRUPT",
            "the file is damaged",
            "restore a copy, or salvage it: sqlite3 STORE .recover | sqlite3 NEW",
        ),
        ("SQLITE_NOTADB", "this is no store, or a badly damaged one", "check the path, or restore a copy"),
        ("SQLITE_BUSY", "another process has kept it locked for too long", f"wait for it to end, then {_AGAIN}"),
        ("SQLITE_LOCKED", "another process has kept it locked for too long", f"wait for it to end, then {_AGAIN}"),
        ("SQLITE_READONLY", "it cannot be written to", "check the permissions of the file and of its folder"),
        ("SQLITE_CANTOPEN", "it cannot be opened", "check that the folder exists, and its permissions"),
    ):
        if code.startswith(start):
            return StoreFailed(f"{name}: {message}", hint=hint)
    return StoreFailed(f"{name}: {_first_line(error)}", hint="please report it")


def _postgres_trouble(error: BaseException, name: str, *, lost: bool) -> StoreFailed:
    state = str(getattr(error, "sqlstate", None) or "")
    if state == "53100":
        return StoreFailed(f"{name}: the disk of the server is full", hint=f"free some space, then {_AGAIN}")
    if lost or state.startswith(("08", "57P")):
        return StoreFailed(f"{name}: the connection was lost", hint=f"check that the server runs, then {_AGAIN}")
    if type(error).__name__ == "OperationalError" and not state:
        return StoreFailed(f"{name}: no connection: {_first_line(error)}", hint="check server, address and user")
    if state.startswith(("25", "42501")):
        return StoreFailed(f"{name}: {_first_line(error)}", hint="give the user the right to write")
    return StoreFailed(f"{name}: {_first_line(error)}", hint="please report it")


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


Row = Any
"""A row of a result; its columns are attributes."""
