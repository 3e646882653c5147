"""Sums over events, for pictures: by place, by day and kind, by who acts on whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import func, select

from reportedly.store.schema import relations, reports
from reportedly.store.store import Store

_LAST = pl.coalesce("date_to", "date_from")


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Events whose best place this is; all of it is None where no place is known, name and degrees for a country.

    `score` is the sum of the conflict-cooperation scores (-10 to 10) of `scored` events; `only` the id of a single one.
    """

    name: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    events: int
    score: float
    scored: int
    only: str | None

    @property
    def mean(self) -> float | None:
        """Their mean score."""
        return self.score / self.scored if self.scored else None


@dataclass(frozen=True, slots=True)
class DayCount:
    """Events of a quad class whose last possible day this is (ISO 8601); `exact` if it is also the first."""

    day: str
    exact: bool
    quad: str
    events: int
    score: float
    scored: int


@dataclass(frozen=True, slots=True)
class PairCount:
    """What one actor is said to have done to another. Countries (ISO 3166-1 alpha-3) as far as they are known."""

    actor: str
    recipient: str
    actor_country: str | None
    recipient_country: str | None
    events: int
    score: float
    scored: int

    @property
    def mean(self) -> float | None:
        """Their mean score."""
        return self.score / self.scored if self.scored else None


@dataclass(frozen=True, slots=True)
class TieCount:
    """A relation between two actors, and how many reports tell of it; `report` is one of them."""

    source: str
    kind: str
    target: str
    reports: int
    report: str


_SUMS = (pl.len().alias("events"), pl.col("score").sum().alias("total"), pl.col("score").count().alias("scored"))


def count_by_place(events: pl.LazyFrame) -> list[PlaceCount]:
    """The places of these events, most events first."""
    place = ("place", "country", "precision", "lat", "lon")
    found = events.group_by(place).agg(*_SUMS, pl.col("id").min().alias("one")).collect()
    counts = [
        PlaceCount(name, country, precision, lat, lon, n, total, scored, one if n == 1 else None)
        for name, country, precision, lat, lon, n, total, scored, one in _plain(found, place).rows()
    ]
    return sorted(counts, key=lambda p: (-p.events, p.name or "", p.country or "", p.lat or 0.0, p.lon or 0.0))


def count_by_day(events: pl.LazyFrame) -> list[DayCount]:
    """Those of these events that have a day, by day and kind."""
    exact = (pl.col("date_from") == pl.col("date_to")).fill_null(False).alias("exact")
    dated = events.with_columns(_LAST.alias("day"), exact).filter(pl.col("day").is_not_null())
    found = _plain(dated.group_by("day", "exact", "quad").agg(*_SUMS).collect(), ("quad",))
    counts = [DayCount(day, known, quad or "", *sums) for day, known, quad, *sums in found.rows()]
    return sorted(counts, key=lambda d: (d.day, not d.exact, d.quad))


def count_by_pair(events: pl.LazyFrame, limit: int) -> list[PairCount]:
    """Who is said to have acted on whom, the pairs with most events."""
    pair, lands = ("actor", "recipient"), ("actor_country", "recipient_country")
    each = events.drop_nulls(pair).group_by(*pair, *lands).agg(*_SUMS).collect()  # few rows, of which text is made
    sums = [pl.col(name).sum() for name in ("events", "total", "scored")]
    found = _plain(each, (*pair, *lands)).group_by(pair).agg(*(pl.col(land).min() for land in lands), *sums)
    return [PairCount(*row) for row in found.sort("events", *pair, descending=[True, False, False]).head(limit).rows()]


def count_names(events: pl.LazyFrame, side: str) -> tuple[tuple[str, int], ...]:
    """Names on that side of these events, and in how many each is; most first."""
    found = _plain(events.drop_nulls(side).group_by(side).len().collect(), (side,))
    return tuple(found.sort("len", side, descending=[True, False]).rows())


def count_events_of(events: pl.LazyFrame, actors: Sequence[str]) -> dict[str, int]:
    """Actor -> those of these events in which it acts or is acted on."""
    pair = ("actor", "recipient")
    found = dict.fromkeys(actors, 0)
    each = _plain(events.group_by(pair).len().collect(), pair)
    other = each.filter((pl.col("actor") != pl.col("recipient")).fill_null(True))
    for some, side in ((each, "actor"), (other, "recipient")):  # what an actor does to itself is one event
        wanted = some.filter(pl.col(side).is_in(list(actors)))
        for name, count in wanted.group_by(side).agg(pl.col("len").sum()).rows():
            found[name] += count
    return found


def _plain(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The frame with text for categories, which would sort by when they were first seen."""
    return frame.with_columns(pl.col(n).cast(pl.String) for n in names if frame.schema[n] == pl.Categorical)


def count_ties(store: Store, actors: Sequence[str]) -> list[TieCount]:
    """Relations among these actors that reports tell of."""
    key = (relations.c.source, relations.c.kind, relations.c.target)
    told = (func.count(relations.c.report_id.distinct()).label("reports"), func.min(relations.c.report_id).label("one"))
    query = select(*key, *told).where(relations.c.source.in_(actors), relations.c.target.in_(actors))
    with store.reading() as connection:
        found = connection.execute(query.group_by(*key).order_by(*key)).all()
    return [TieCount(r.source, r.kind, r.target, r.reports, r.one) for r in found if r.source != r.target]


def reports_by_day(store: Store) -> dict[str, int]:
    """Day (ISO 8601, as printed) -> reports that were published on it, over all of the store."""
    day = func.substr(reports.c.published, 1, 10).label("day")
    query = select(day, func.count().label("reports")).where(reports.c.published.is_not(None)).group_by(day)
    with store.reading() as connection:
        return {row.day: row.reports for row in connection.execute(query.order_by(day))}
