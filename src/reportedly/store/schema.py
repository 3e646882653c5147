"""The tables, as they are now. How older stores come to have them: `migrations.py`. In words: docs/store.md.

Columns are for looking up, counting and joining; the `document` beside them holds the whole record as JSON.
`coder` says which version of the program wrote a row's content.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql

SCHEMA = 1
"""Version of the tables below."""

METADATA = MetaData()
# Text is ordered by code point, whatever a server's language: exports are the same bytes from both databases.
_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _text(name: str, *, required: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=not required)


def _who_and_where() -> tuple[Column[Any], ...]:
    """What claims and events both have."""
    texts = ("actor", "actor_country", "recipient", "recipient_country", "place", "country")
    return (*map(_text, texts), Column("lat", Float), Column("lon", Float), _text("precision"))


meta = Table("meta", METADATA, Column("key", _TEXT, primary_key=True), Column("value", Integer, nullable=False))

reports = Table(
    "reports",
    METADATA,
    Column("id", _TEXT, primary_key=True),
    _text("given_id", required=True),
    Column("content_hash", _TEXT, nullable=False),
    _text("given", required=True),
    _text("title"),
    _text("published"),
    _text("publisher"),
    _text("url"),
    _text("body", required=True),
    _text("about", required=True),
    _text("coder", required=True),
    _text("stored_at", required=True),
    Index("reports_by_content", "content_hash"),
    Index("reports_by_published", "published"),
)

claims = Table(
    "claims",
    METADATA,
    Column("id", _TEXT, primary_key=True),
    Column("report_id", _TEXT, ForeignKey("reports.id"), nullable=False),
    Column("position", Integer, nullable=False),
    _text("event", required=True),
    _text("modes", required=True),
    _text("quad", required=True),
    Column("score", Float),
    *_who_and_where(),
    _text("date_from"),
    _text("date_to"),
    _text("aspect", required=True),
    _text("polarity", required=True),
    _text("certainty", required=True),
    Column("confidence", Float, nullable=False),
    _text("document", required=True),
    _text("coder", required=True),
    Index("claims_by_report", "report_id", "position"),
)

links = Table(
    "links",
    METADATA,
    Column("claim_id", _TEXT, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("kind", required=True),
    _text("name", required=True),
    _text("actor_id"),
    _text("country"),
)

attributions = Table(
    "attributions",
    METADATA,
    Column("report_id", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("source"),
    _text("cue", required=True),
    Column("content_start", Integer, nullable=False),
    Column("content_end", Integer, nullable=False),
    _text("document", required=True),
    _text("coder", required=True),
)

relations = Table(
    "relations",
    METADATA,
    Column("report_id", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("source", required=True),
    _text("kind", required=True),
    _text("target", required=True),
    _text("document", required=True),
    _text("coder", required=True),
)

copies = Table(
    "copies",
    METADATA,
    Column("report_id", _TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("of_report", _TEXT, ForeignKey("reports.id"), nullable=False),
    _text("kind", required=True),
    Column("contained", Float, nullable=False),
    _text("because", required=True),
    _text("coder", required=True),
)

events = Table(
    "events",
    METADATA,
    Column("id", _TEXT, primary_key=True),
    _text("event", required=True),
    _text("modes", required=True),
    _text("status", required=True),
    _text("date_from"),
    _text("date_to"),
    *_who_and_where(),
    Column("reports", Integer, nullable=False),
    Column("texts", Integer, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    _text("document", required=True),
    _text("coder", required=True),
    Index("events_by_day", "date_from"),
    Index("events_by_country", "country"),
)

# A claim may have been recoded since its event was last merged, so neither side has a foreign key to claims.
event_claims = Table(
    "event_claims",
    METADATA,
    Column("event_id", _TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("claim_id", required=True),
    Column("superseded", Boolean, nullable=False),
    Index("event_claims_by_claim", "claim_id"),
)

merge_decisions = Table(
    "merge_decisions",
    METADATA,
    Column("event_id", _TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("this_claim", required=True),
    _text("that_claim", required=True),
    Column("same", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    _text("because", required=True),
)

# Triggers forbid to change or delete these rows, see `migrations.py`.
judgements = Table(
    "judgements",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("target_kind", required=True),
    _text("target", required=True),
    _text("verdict", required=True),
    _text("field"),
    _text("value"),
    _text("reviewer", required=True),
    _text("note"),
    _text("made_at", required=True),
    _text("anchor", required=True),
    _text("coder", required=True),
    sqlite_autoincrement=True,
)
