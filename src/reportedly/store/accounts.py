"""Who may use a desk that others reach, who is logged in, and the searches that they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection, delete, func, select, update

from reportedly.errors import BadOption, NotStored
from reportedly.store.connect import Row
from reportedly.store.documents import now
from reportedly.store.schema_desk import accounts, saved_searches, sessions
from reportedly.store.store import Store

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: read; judge; and see who has an account."""
LOGGED_IN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. `password` is a hash; a `closed` account cannot be used."""

    name: str
    role: Role
    password: str
    closed: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps: the query string of the search page under a title."""

    id: int
    title: str
    query: str


def add_account(store: Store, name: str, role: Role, password: str) -> None:
    """Add an account; `password` is a hash. Raises BadOption if there is one of that name."""
    with store.writing() as connection:
        if _row(connection, name) is not None:
            raise BadOption(f"there is an account {name} already", hint="change it with `accounts set`")
        values = {"name": name, "role": role, "password": password, "closed": False, "made_at": now()}
        connection.execute(accounts.insert(), values)


def change_account(
    store: Store, name: str, *, role: Role | None = None, password: str | None = None, closed: bool | None = None
) -> None:
    """Change what is given, and end the sessions of that account. Raises NotStored."""
    values = {"role": role, "password": password, "closed": closed}
    given = {key: value for key, value in values.items() if value is not None}
    with store.writing() as connection:
        if _row(connection, name) is None:
            raise NotStored(f"there is no account {name}", hint="see `reportedly accounts list --store …`")
        if given:
            connection.execute(update(accounts).where(accounts.c.name == name).values(**given))
        connection.execute(delete(sessions).where(sessions.c.name == name))


def find_account(store: Store, name: str) -> Account | None:
    """The account of that name."""
    with store.reading() as connection:
        row = _row(connection, name)
    return _account(row) if row is not None else None


def all_accounts(store: Store) -> list[Account]:
    """All accounts, by name."""
    with store.reading() as connection:
        return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name))]


def has_accounts(store: Store) -> bool:
    """True if somebody can log in."""
    with store.reading() as connection:
        count = select(func.count()).select_from(accounts).where(accounts.c.closed.is_(False))
        return bool(connection.execute(count).scalar_one())


def _row(connection: Connection, name: str) -> Row | None:
    return connection.execute(select(accounts).where(accounts.c.name == name)).first()


def _account(row: Row) -> Account:
    return Account(row.name, row.role, row.password, bool(row.closed), row.made_at)


# --- sessions --------------------------------------------------------------------------------------------------------


def open_session(store: Store, name: str, token: str) -> None:
    """Log somebody in for a day; `token` is the hash of what the browser holds. What is over is forgotten."""
    time = datetime.now(UTC)
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.ends_at < time.isoformat(timespec="seconds")))
        values = {"token": token, "name": name, "made_at": now()}
        ends = (time + LOGGED_IN).isoformat(timespec="seconds")
        connection.execute(sessions.insert(), values | {"ends_at": ends})


def session_account(store: Store, token: str) -> Account | None:
    """The account that is logged in under this token, None if it is closed or the session is over."""
    query = select(accounts).join(sessions, sessions.c.name == accounts.c.name)
    valid = (sessions.c.token == token, sessions.c.ends_at >= now(), accounts.c.closed.is_(False))
    with store.reading() as connection:
        row = connection.execute(query.where(*valid)).first()
    return _account(row) if row is not None else None


def close_session(store: Store, token: str) -> None:
    """Log out."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.token == token))


# --- saved searches --------------------------------------------------------------------------------------------------


def save_search(store: Store, owner: str, title: str, query: str) -> None:
    """Keep a search."""
    values = {"owner": owner, "title": title, "query": query, "made_at": now()}
    with store.writing() as connection:
        connection.execute(saved_searches.insert(), values)


def searches_of(store: Store, owner: str) -> list[SavedSearch]:
    """The searches that somebody keeps, oldest first."""
    query = select(saved_searches).where(saved_searches.c.owner == owner).order_by(saved_searches.c.id)
    with store.reading() as connection:
        return [SavedSearch(row.id, row.title, row.query) for row in connection.execute(query)]


def drop_search(store: Store, owner: str, id: int) -> None:
    """Keep a search no longer; nothing happens if it is not theirs."""
    with store.writing() as connection:
        theirs = (saved_searches.c.owner == owner, saved_searches.c.id == id)
        connection.execute(delete(saved_searches).where(*theirs))
