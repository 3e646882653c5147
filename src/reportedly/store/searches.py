"""The searches that people keep."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from reportedly.store.documents import now
from reportedly.store.schema_desk import saved_searches
from reportedly.store.store import Store


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps: the query string of the search page under a title."""

    id: int
    title: str
    query: str


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
