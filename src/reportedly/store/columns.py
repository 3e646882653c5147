"""The few columns of all events that pictures are drawn of, held in memory: any sum over them is there at once.

A database would take seconds to add up rows that are as large as those of events; this takes some 40 MB and two seconds
for 350,000 events, once for each time that events are made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import select

from reportedly.store.filters import EventFilter, filtered
from reportedly.store.narrow import NUMBERS, TEXTS
from reportedly.store.schema import events
from reportedly.store.store import Store

_REPEATED = (
    "event",
    "quad",
    "status",
    "actor",
    "actor_country",
    "recipient",
    "recipient_country",
    "place",
    "country",
    "precision",
)
MANY = 10_000
"""Up to so many events that pass a filter are known one by one."""
_BESIDE = ("publisher", "source", "words")
"""Filters that the database is asked about, as these columns do not know."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as they were when events had last been made, at revision `merged`."""

    merged: int
    frame: pl.DataFrame


def load_columns(store: Store) -> Columns:
    """Read the columns of all events."""
    names = (*TEXTS, *NUMBERS)
    with store.reading() as connection:
        merged = store.merged(connection)
        found = connection.execute(select(*(events.c[name] for name in names)).execution_options(yield_per=10_000))
        parts = [_frame(names, part) for part in found.partitions()]
    frame = pl.concat(parts) if parts else _frame(names, [])
    return Columns(merged, frame.with_columns(pl.col(*_REPEATED).cast(pl.Categorical)))


def _frame(names: tuple[str, ...], rows: object) -> pl.DataFrame:
    kinds = dict.fromkeys(TEXTS, pl.String()) | dict.fromkeys(NUMBERS, pl.Float64())
    return pl.DataFrame([tuple(row) for row in rows], schema={name: kinds[name] for name in names}, orient="row")  # type: ignore[attr-defined]


def passing(store: Store, columns: Columns, wanted: EventFilter) -> pl.LazyFrame:
    """The events that pass, to be summed up; the same ones that `filtered` finds."""
    frame = columns.frame.lazy()
    for condition in _conditions(wanted):
        frame = frame.filter(condition)
    if any(getattr(wanted, name) for name in _BESIDE):
        beside = EventFilter(publisher=wanted.publisher, source=wanted.source, how=wanted.how, words=wanted.words)
        with store.reading() as connection:
            query = filtered(select(events.c.id), beside, connection.dialect.name)
            ids = pl.Series("id", list(connection.execute(query).scalars()), dtype=pl.String)
        frame = frame.filter(pl.col("id").is_in(ids.implode()))
    return frame


@dataclass(frozen=True, slots=True)
class Passing:
    """How many events pass a filter; and `id` and first day (`date_from`) of each, None where they are `MANY`."""

    count: int
    each: pl.DataFrame | None


def passing_of(events: pl.LazyFrame) -> Passing:
    """What is known of these events."""
    each = events.select("id", pl.col("date_from").fill_null("")).collect()
    return Passing(each.height, each if each.height <= MANY else None)


def latest(each: pl.DataFrame, *, limit: int, after: Sequence[str] | None = None) -> list[str]:
    """Ids of the first of these events, latest first, undated ones last; `after` this day and id."""
    if after is not None:
        day, id = after
        each = each.filter((pl.col("date_from") < day) | ((pl.col("date_from") == day) & (pl.col("id") < id)))
    return each.sort("date_from", "id", descending=True).head(limit)["id"].to_list()


def _conditions(wanted: EventFilter) -> list[pl.Expr]:
    last = pl.coalesce("date_to", "date_from")
    found: list[pl.Expr] = []
    if wanted.since:
        found.append(last >= wanted.since)
    if wanted.until:
        found.append(pl.col("date_from") <= wanted.until)
    if wanted.by:
        first, _, end = wanted.by.partition("..")
        found.append(last.is_between(pl.lit(first), pl.lit(end or first)))
    if wanted.party:
        found.append((pl.col("actor") == wanted.party).fill_null(False) | (pl.col("recipient") == wanted.party))
    if wanted.changed:
        found.append(pl.col("changed_at").fill_null("") >= wanted.changed)
    if wanted.country:
        found.append(_counted_in(wanted.country))
    if wanted.precision:
        found.append(_placed(wanted.precision))
    for name, value in (
        ("event", wanted.type), ("quad", wanted.quad), ("status", wanted.status), ("actor", wanted.actor),
        ("recipient", wanted.recipient), ("place", wanted.place),
    ):  # fmt: skip
        if value:
            found.append(pl.col(name) == value)
    return found


def _counted_in(country: str) -> pl.Expr:
    """Where it happened; where that is not known, whose it was: `event_countries`."""
    theirs = (pl.col("actor_country") == country).fill_null(False) | (pl.col("recipient_country") == country)
    return (pl.col("country") == country).fill_null(False) | (pl.col("country").is_null() & theirs)


def _placed(precision: str) -> pl.Expr:
    unplaced = pl.col("precision").is_null()
    if precision == "none":
        return unplaced & pl.col("country").is_null()
    exactly = (pl.col("precision") == precision).fill_null(False)
    return exactly | (unplaced & pl.col("country").is_not_null()) if precision == "country" else exactly
