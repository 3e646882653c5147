"""The tables, as they are now. How older stores come to have them: `migrations.py`. In words: docs/store.md.

Columns are for looking up, counting and joining; the `document` beside them holds the whole record as JSON.
`coder` says which version of the program wrote a row's content.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    literal_column,
)
from sqlalchemy.dialects import postgresql

SCHEMA = 8
"""Version of the tables below."""

METADATA = MetaData()
# Text is ordered by code point, whatever a server's language: exports are the same bytes from both databases.
TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def text_column(name: str, *, required: bool = False) -> Column[str]:
    """A column of text that is ordered by code point."""
    return Column(name, TEXT, nullable=not required)


def _who_and_where() -> tuple[Column[Any], ...]:
    """What claims and events both have."""
    texts = ("actor", "actor_country", "recipient", "recipient_country", "place", "country")
    return (*map(text_column, texts), Column("lat", Float), Column("lon", Float), text_column("precision"))


meta = Table("meta", METADATA, Column("key", TEXT, primary_key=True), Column("value", Integer, nullable=False))

# `number` counts reports, and claims, as they were stored; full text is found by it. `words` of a claim is what it is
# found by: its own, and the names in it.
reports = Table(
    "reports",
    METADATA,
    Column("id", TEXT, primary_key=True),
    text_column("given_id", required=True),
    Column("content_hash", TEXT, nullable=False),
    text_column("given", required=True),
    text_column("title"),
    text_column("published"),
    text_column("publisher"),
    text_column("url"),
    text_column("body", required=True),
    text_column("about", required=True),
    text_column("coder", required=True),
    text_column("stored_at", required=True),
    Column("number", Integer),
    Index("reports_by_number", "number", unique=True),
    Index("reports_by_publisher", "publisher", "number"),
    Index("reports_by_content", "content_hash"),
    Index("reports_by_published", "published"),
)

claims = Table(
    "claims",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("report_id", TEXT, ForeignKey("reports.id"), nullable=False),
    Column("position", Integer, nullable=False),
    text_column("event", required=True),
    text_column("modes", required=True),
    text_column("quad", required=True),
    Column("score", Float),
    *_who_and_where(),
    text_column("date_from"),
    text_column("date_to"),
    text_column("aspect", required=True),
    text_column("polarity", required=True),
    text_column("certainty", required=True),
    Column("confidence", Float, nullable=False),
    text_column("words"),
    Column("number", Integer),
    text_column("document", required=True),
    text_column("coder", required=True),
    Index("claims_by_report", "report_id", "position"),
    Index("claims_by_number", "number", "id", unique=True),
)

# Actors and recipients of claims, one a row; `side` is "actor" or "recipient", `words` are those of the report.
claim_parties = Table(
    "claim_parties",
    METADATA,
    Column("claim_id", TEXT, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("side", TEXT, primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("name", required=True),
    text_column("actor_id"),
    text_column("country"),
    text_column("sector"),
    text_column("words", required=True),
    Index("claim_parties_by_name", "name", "claim_id"),
)

links = Table(
    "links",
    METADATA,
    Column("claim_id", TEXT, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("kind", required=True),
    text_column("name", required=True),
    text_column("actor_id"),
    text_column("country"),
    Index("links_by_name", "name", "claim_id"),
)

attributions = Table(
    "attributions",
    METADATA,
    Column("report_id", TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("source"),
    text_column("cue", required=True),
    Column("content_start", Integer, nullable=False),
    Column("content_end", Integer, nullable=False),
    text_column("document", required=True),
    text_column("coder", required=True),
)

relations = Table(
    "relations",
    METADATA,
    Column("report_id", TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("source", required=True),
    text_column("kind", required=True),
    text_column("target", required=True),
    text_column("document", required=True),
    text_column("coder", required=True),
    Index("relations_by_source", "source"),
    Index("relations_by_target", "target"),
)

copies = Table(
    "copies",
    METADATA,
    Column("report_id", TEXT, ForeignKey("reports.id"), primary_key=True),
    Column("of_report", TEXT, ForeignKey("reports.id"), nullable=False),
    text_column("kind", required=True),
    Column("contained", Float, nullable=False),
    text_column("because", required=True),
    text_column("coder", required=True),
)

events = Table(
    "events",
    METADATA,
    Column("id", TEXT, primary_key=True),
    text_column("event", required=True),
    text_column("modes", required=True),
    text_column("status", required=True),
    text_column("date_from"),
    text_column("date_to"),
    *_who_and_where(),
    Column("reports", Integer, nullable=False),
    Column("texts", Integer, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    text_column("document", required=True),
    text_column("coder", required=True),
    text_column("quad"),
    Column("score", Float),
    text_column("told_first"),
    text_column("told_last"),
    text_column("made_at"),
    text_column("changed_at"),
    Column("matter", Float),
    Index("events_by_day", "date_from", "date_to", "id"),
    Index("events_by_country", "country"),
)
# Written out and not bound, as SQLite finds an index by the very expression.
LATEST = func.coalesce(events.c.date_from, literal_column("''"))
"""What "latest first" orders by: the first day, and nothing for those without one."""
TELLING = func.coalesce(events.c.told_last, literal_column("''"))
"""When it was last told of."""
CHANGE = func.coalesce(events.c.changed_at, literal_column("''"))
"""When it last changed in the store."""
MATTER = func.coalesce(events.c.matter, literal_column("0.0"))
"""How much it matters that somebody looks at it."""
Index("events_by_latest", LATEST, events.c.id, events.c.date_to)
Index("events_by_told", events.c.independent_sources, events.c.texts, events.c.reports, events.c.id)
Index("events_by_telling", TELLING, events.c.id)
Index("events_by_change", CHANGE, events.c.id)
Index("events_by_matter", MATTER, events.c.id)
for _name, _more in {
    "event": (), "status": (), "actor": ("recipient",), "recipient": ("actor",), "place": ("event",),
}.items():  # fmt: skip
    Index(f"events_by_{_name}", events.c[_name], LATEST, events.c.id, *(events.c[name] for name in _more))

# Where an event happened; where that is not known, whose actor or recipient it has.
event_countries = Table(
    "event_countries",
    METADATA,
    Column("country", TEXT, primary_key=True),
    Column("event_id", TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Index("event_countries_by_event", "event_id"),
)


def _how_often() -> tuple[Column[Any], ...]:
    """What is counted of who tells an event; what the words mean: docs/desk.md."""
    return tuple(
        Column(name, Integer, nullable=False) for name in ("first", "alone", "corroborated", "denied", "corrected")
    )


# Who tells an event: `kind` is "publisher" or "root", `key` a publisher's name or a root source's key.
event_tellers = Table(
    "event_tellers",
    METADATA,
    Column("event_id", TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    text_column("name", required=True),
    *_how_often(),
    Index("event_tellers_by_key", "kind", "key", "event_id"),
)

# The sums of the rows above, kept with them.
tellers = Table(
    "tellers",
    METADATA,
    Column("kind", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    text_column("name", required=True),
    Column("events", Integer, nullable=False),
    *_how_often(),
    Index("tellers_by_events", "kind", "events"),
)

# A claim may have been recoded since its event was last merged, so neither side has a foreign key to claims.
event_claims = Table(
    "event_claims",
    METADATA,
    Column("event_id", TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("claim_id", required=True),
    Column("superseded", Boolean, nullable=False),
    Index("event_claims_by_claim", "claim_id", "event_id"),
)

merge_decisions = Table(
    "merge_decisions",
    METADATA,
    Column("event_id", TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("this_claim", required=True),
    text_column("that_claim", required=True),
    Column("same", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    text_column("because", required=True),
)

# Triggers forbid to change or delete these rows, see `migrations.py`.
judgements = Table(
    "judgements",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    text_column("target_kind", required=True),
    text_column("target", required=True),
    text_column("verdict", required=True),
    text_column("field"),
    text_column("value"),
    text_column("reviewer", required=True),
    text_column("note"),
    text_column("made_at", required=True),
    text_column("anchor", required=True),
    text_column("coder", required=True),
    sqlite_autoincrement=True,
)

# --- what merging remembers ------------------------------------------------------------------------------------------
# All of it can be made again from reports, claims and judgements: `reportedly merge --rebuild`. Reports and claims have
# numbers here, as each stands in dozens of rows; marks are numbers of 63 bits.

# Reports that came, or that anything has happened to, since events were last made.
unmerged = Table(
    "unmerged",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("report_id", TEXT, ForeignKey("reports.id"), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

merged_reports = Table(
    "merged_reports",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("report_id", TEXT, ForeignKey("reports.id"), nullable=False, unique=True),
    Column("size", Integer, nullable=False, server_default="0"),
    text_column("card"),
    text_column("root"),
    text_column("origin"),
)

# A text as it is compared with others; read instead of the report, as it is small and ready.
compared_texts = Table(
    "compared_texts",
    METADATA,
    Column("report_id", TEXT, ForeignKey("reports.id"), primary_key=True),
    text_column("line", required=True),
    Column("hashes", LargeBinary, nullable=False),
)

tellings = Table(
    "tellings",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", TEXT, nullable=False, unique=True),
    Column("report_id", TEXT, nullable=False, index=True),
    text_column("sketch", required=True),
)


def _postings(name: str) -> Table:
    """Who holds which mark."""
    return Table(
        name,
        METADATA,
        Column("mark", BigInteger, primary_key=True, autoincrement=False),
        Column("holder", Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _pairs(name: str) -> Table:
    """Numbers of pairs, each pair both ways."""
    return Table(
        name,
        METADATA,
        Column("this", Integer, primary_key=True, autoincrement=False),
        Column("that", Integer, primary_key=True, autoincrement=False),
        Column("number", Float, nullable=False),
        sqlite_with_rowid=False,
    )


fingerprints = _postings("fingerprints")
paragraphs = _postings("paragraphs")
blocks = _postings("blocks")
furniture = Table(
    "furniture", METADATA, Column("mark", BigInteger, primary_key=True, autoincrement=False), sqlite_with_rowid=False
)
shared_texts = _pairs("shared_texts")
likenesses = _pairs("likenesses")
MERGING = (
    unmerged, merged_reports, compared_texts, tellings, fingerprints, paragraphs, blocks, furniture, shared_texts,
    likenesses,
)  # fmt: skip
"""The tables that merging fills for itself."""
