"""Who may use a desk that others reach, and who is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection, delete, func, select, update

from reportedly.errors import BadOption, NotStored
from reportedly.store.connect import Row
from reportedly.store.documents import now
from reportedly.store.schema_desk import accounts, sessions
from reportedly.store.store import Store

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: read; judge; and look after accounts."""
LONGEST_NAME = 80
LOGGED_IN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. `password` is a hash; a `closed` account cannot be used."""

    name: str
    role: Role
    password: str
    closed: bool
    made_at: str


def check_name(name: str) -> None:
    """Raises BadOption for what is no name of an account."""
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()):
        raise BadOption("that is no name for an account", hint=f"1 to {LONGEST_NAME} printable characters")


def add_account(store: Store, name: str, role: Role, password: str) -> None:
    """Add an account; `password` is a hash. Raises BadOption for what is no name, or if there is one of that name."""
    check_name(name)
    with store.writing() as connection:
        if _row(connection, name) is not None:
            raise BadOption(f"there is an account {name} already", hint="change that one, or choose another name")
        values = {"name": name, "role": role, "password": password, "closed": False, "made_at": now()}
        connection.execute(accounts.insert(), values)


def change_account(
    store: Store,
    name: str,
    *,
    role: Role | None = None,
    password: str | None = None,
    closed: bool | None = None,
    keep_admin: bool = False,
) -> None:
    """Change what is given, and end the sessions of that account. Raises NotStored.

    With `keep_admin` it raises BadOption rather than leave the desk without an admin who can log in.
    """
    values = {"role": role, "password": password, "closed": closed}
    given = {key: value for key, value in values.items() if value is not None}
    with store.writing() as connection:
        row = _row(connection, name)
        if row is None:
            raise NotStored(f"there is no account {name}", hint="see `reportedly accounts list --store …`")
        if keep_admin and _is_admin(row) and not _is_admin(row, **given) and not _other_admins(connection, name):
            raise BadOption(f"{name} is the last admin with an open account", hint="make another one an admin first")
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


def _is_admin(row: Row, **changed: object) -> bool:
    """Whether that is, or would be, an admin who can log in."""
    role, closed = changed.get("role", row.role), changed.get("closed", row.closed)
    return role == "admin" and not closed


def _other_admins(connection: Connection, name: str) -> int:
    others = (accounts.c.role == "admin", accounts.c.closed.is_(False), accounts.c.name != name)
    return int(connection.execute(select(func.count()).select_from(accounts).where(*others)).scalar_one())


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
