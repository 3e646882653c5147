"""Sums over events, for pictures: by place, by day and kind, by who acts on whom. The database adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select

from reportedly.store.connect import Row
from reportedly.store.filters import EventFilter, filtered
from reportedly.store.schema import events, relations, reports
from reportedly.store.store import Store


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


_SUMS = (
    func.count().label("events"),
    func.coalesce(func.sum(events.c.score), 0.0).label("score"),
    func.count(events.c.score).label("scored"),
)


def count_by_place(store: Store, wanted: EventFilter) -> list[PlaceCount]:
    """The places of the events that pass, most events first."""
    place = [events.c[name] for name in ("place", "country", "precision", "lat", "lon")]
    query = select(*place, *_SUMS, func.min(events.c.id).label("one")).group_by(*place)
    found = [
        PlaceCount(r.place, r.country, r.precision, r.lat, r.lon, r.events, r.score, r.scored, _only(r))
        for r in _rows(store, query, wanted)
    ]  # fmt: skip
    return sorted(found, key=lambda p: (-p.events, p.name or "", p.country or "", p.lat or 0.0, p.lon or 0.0))


def _only(row: Row) -> str | None:
    return row.one if row.events == 1 else None


def count_by_day(store: Store, wanted: EventFilter) -> list[DayCount]:
    """The events that pass and have a day, by day and kind."""
    last = func.coalesce(events.c.date_to, events.c.date_from)
    exact = case((events.c.date_from == events.c.date_to, 1), else_=0)
    keys = (last.label("day"), exact.label("exact"), events.c.quad)
    query = select(*keys, *_SUMS).where(last.is_not(None)).group_by(*keys)
    found = (
        DayCount(r.day, bool(r.exact), r.quad or "", r.events, r.score, r.scored) for r in _rows(store, query, wanted)
    )
    return sorted(found, key=lambda d: (d.day, not d.exact, d.quad))


def count_by_pair(store: Store, wanted: EventFilter, limit: int) -> list[PairCount]:
    """Who is said to have acted on whom, the pairs with most events."""
    pair = (events.c.actor, events.c.recipient)
    lands = (func.min(events.c.actor_country).label("left"), func.min(events.c.recipient_country).label("right"))
    query = select(*pair, *lands, *_SUMS).where(*(side.is_not(None) for side in pair)).group_by(*pair)
    query = query.order_by(func.count().desc(), *pair).limit(limit)
    return [
        PairCount(r.actor, r.recipient, r.left, r.right, r.events, r.score, r.scored)
        for r in _rows(store, query, wanted)
    ]


def count_events_of(store: Store, wanted: EventFilter, actors: Sequence[str]) -> dict[str, int]:
    """Actor -> the events that pass in which it acts or is acted on."""
    found = dict.fromkeys(actors, 0)
    for side, other in ((events.c.actor, events.c.recipient), (events.c.recipient, events.c.actor)):
        query = select(side.label("name"), func.count().label("events")).where(side.in_(actors)).group_by(side)
        if side is events.c.recipient:  # what an actor does to itself is one event
            query = query.where(or_(other.is_(None), other != side))
        for row in _rows(store, query, wanted):
            found[row.name] += row.events
    return found


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


def _rows(store: Store, query: Row, wanted: EventFilter) -> list[Row]:
    with store.reading() as connection:
        return list(connection.execute(filtered(query, wanted, connection.dialect.name)))
