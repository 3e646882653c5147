"""Full text: finding reports and claims by words, with SQLite's FTS5 or PostgreSQL's text search.

SQLite's index has no copy of the texts (`content=''`) and is written with the rows; PostgreSQL keeps its own.
Words are found in any inflection; "two words" in quotation marks stand together; -word must not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Integer, Select, column, func, literal_column, select, text

from reportedly.store.rows import Values
from reportedly.store.schema import claims, reports

FOUND = 5_000
"""So many of the newest hits are looked at; words that more have in common tell nothing apart."""
_TOKENS = "porter unicode61 remove_diacritics 2"
_SQLITE = (
    f"CREATE VIRTUAL TABLE report_words USING fts5(title, body, content='', tokenize='{_TOKENS}')",
    f"CREATE VIRTUAL TABLE claim_words USING fts5(words, content='', tokenize='{_TOKENS}')",
)
_REPORT = "to_tsvector('english', coalesce(reports.title, '') || ' ' || reports.body)"
_CLAIM = "to_tsvector('english', coalesce(claims.words, ''))"
_POSTGRES = (
    f"CREATE INDEX reports_by_words ON reports USING gin ({_REPORT.replace('reports.', '')})",
    f"CREATE INDEX claims_by_words ON claims USING gin ({_CLAIM.replace('claims.', '')})",
)
Searched = Literal["reports", "claims"]


def make(connection: Connection) -> None:
    """Make the indexes of a store that has none."""
    for statement in _SQLITE if _is_sqlite(connection) else _POSTGRES:
        connection.exec_driver_sql(statement)


def add_reports(connection: Connection, rows: Sequence[Values]) -> None:
    """Make the texts of these new rows of `reports` findable."""
    if rows and _is_sqlite(connection):
        statement = text("INSERT INTO report_words(rowid, title, body) VALUES (:number, :title, :body)")
        connection.execute(statement, [{k: row[k] for k in ("number", "title", "body")} for row in rows])


def add_claims(connection: Connection, rows: Sequence[Values]) -> None:
    """Make these new rows of `claims` findable."""
    if rows and _is_sqlite(connection):
        statement = text("INSERT INTO claim_words(rowid, words) VALUES (:number, :words)")
        connection.execute(statement, [{k: row[k] for k in ("number", "words")} for row in rows])


def remove_claims(connection: Connection, report_ids: Sequence[str]) -> None:
    """Forget the words of all claims of these reports, before their rows go."""
    if not _is_sqlite(connection):
        return
    query = select(claims.c.number, claims.c.words).where(claims.c.report_id.in_(report_ids))
    gone = [{"number": row.number, "words": row.words} for row in connection.execute(query)]
    if gone:
        statement = "INSERT INTO claim_words(claim_words, rowid, words) VALUES ('delete', :number, :words)"
        connection.execute(text(statement), gone)


# --- finding ---------------------------------------------------------------------------------------------------------


def has_words(what: Searched, wanted: str, dialect: str) -> ColumnElement[bool]:
    """The condition that a row of `reports` or `claims` has these words. Nothing to look for: no row has it."""
    table: Any = reports if what == "reports" else claims
    condition: ColumnElement[bool] = table.c.number.in_(
        _sqlite_hits(what, wanted) if dialect == "sqlite" else _postgres_hits(what, table, wanted)
    )
    return condition


def _sqlite_hits(what: Searched, wanted: str) -> Select[Any]:
    query, index = match_of(wanted), f"{what[:-1]}_words"
    if not query:
        return select(literal_column("0")).where(literal_column("0 = 1"))
    hits = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :match ORDER BY rowid DESC LIMIT {FOUND}")  # noqa: S608  # nosec
    return select(hits.bindparams(match=query).columns(column("rowid", Integer)).subquery().c.rowid)


def _postgres_hits(what: Searched, table: Any, wanted: str) -> Select[Any]:  # noqa: ANN401 - one of two tables
    vector: ColumnElement[Any] = literal_column(_REPORT if what == "reports" else _CLAIM)
    asked = func.websearch_to_tsquery("english", wanted)
    return select(table.c.number).where(vector.op("@@")(asked)).order_by(table.c.number.desc()).limit(FOUND)


def match_of(wanted: str) -> str:
    """A query of FTS5 for what somebody typed: every word or phrase quoted, so that nothing in it is syntax."""
    must: list[str] = []
    must_not: list[str] = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', wanted):
        words = re.findall(r"\w+", phrase or word)
        if words:
            (must_not if minus else must).append('"' + " ".join(words) + '"')
    if not must:
        return ""
    return " AND ".join(must) + "".join(f" NOT {one}" for one in must_not)


def words_in(wanted: str) -> Iterable[str]:
    """The single words that are looked for, to be marked in what was found."""
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', wanted):
        if not minus:
            yield from re.findall(r"\w+", phrase or word)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
