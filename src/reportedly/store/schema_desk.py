"""The tables of those who use the desk: who may log in, who is logged in, and the searches that they keep."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from reportedly.store.schema import METADATA, TEXT, text_column

accounts = Table(
    "accounts",
    METADATA,
    Column("name", TEXT, primary_key=True),
    text_column("role", required=True),
    text_column("password", required=True),
    Column("closed", Boolean, nullable=False),
    text_column("made_at", required=True),
)

# `token` is the SHA-256 of what the browser holds: who reads the store cannot log in with it.
sessions = Table(
    "sessions",
    METADATA,
    Column("token", TEXT, primary_key=True),
    text_column("name", required=True),
    text_column("made_at", required=True),
    text_column("ends_at", required=True),
    Index("sessions_by_name", "name"),
)

saved_searches = Table(
    "saved_searches",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    text_column("owner", required=True),
    text_column("title", required=True),
    text_column("query", required=True),
    text_column("made_at", required=True),
    Index("saved_searches_by_owner", "owner"),
    sqlite_autoincrement=True,
)

EVERY_TABLE = METADATA
"""The tables of the store with those above."""
