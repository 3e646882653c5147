"""The few columns of events that sums are made of, and the index that lets SQLite read them alone."""

from __future__ import annotations

from sqlalchemy import Connection

TEXTS = (
    "id", "event", "quad", "status", "date_from", "date_to", "actor", "actor_country", "recipient", "recipient_country",
    "place", "country", "precision", "changed_at",
)  # fmt: skip
NUMBERS = ("score", "lat", "lon")


def add_narrow_index(connection: Connection) -> None:
    """Let SQLite read these columns without the rest of the rows, which is fifty times as large.

    PostgreSQL keeps what is large elsewhere by itself.
    """
    if connection.dialect.name == "sqlite":
        names = ", ".join((*TEXTS, *NUMBERS))
        connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS events_narrow ON events ({names})")
