"""One actor, one place: what the claims and events that name them say. Of those in many claims some are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from reportedly.records import Relation
from reportedly.store.connect import Row
from reportedly.store.documents import from_json
from reportedly.store.schema import claim_parties, claims, events, links, relations
from reportedly.store.store import Store

READ = 400
"""So many claims are read for names and roles."""


@dataclass(frozen=True, slots=True)
class Role:
    """Country and sector that somebody is coded with, and the first and last day of claims that do so."""

    country: str | None
    sector: str | None
    first: str | None
    last: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation and the report that tells it."""

    relation: Relation
    report: str


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What is known of an actor. `words` are those that reports use for it; `read` claims were looked at.

    `says` counts claims that it is a source of.
    """

    name: str
    roles: tuple[Role, ...]
    words: tuple[tuple[str, int], ...]
    ids: tuple[str, ...]
    read: int
    ties: tuple[Tie, ...]
    says: int

    @property
    def partly(self) -> bool:
        """Whether there may be more claims than were read."""
        return self.read >= READ


def actor_facts(store: Store, name: str) -> ActorFacts | None:
    """Facts of the actor of that name; None if no claim names it."""
    with store.reading() as connection:
        told = _told(connection, name)
        says = connection.execute(select(func.count()).where(links.c.name == name)).scalar_one()
        if not told and not says:
            return None
        return ActorFacts(
            name,
            _roles(told),
            tuple(Counter(row.words for row in told).most_common(20)),
            tuple(sorted({row.actor_id for row in told if row.actor_id})),
            len(told),
            _ties(connection, name),
            int(says),
        )


def _told(connection: Connection, name: str) -> list[Row]:
    query = (
        select(claim_parties, claims.c.date_from, claims.c.date_to)
        .join(claims, claims.c.id == claim_parties.c.claim_id)
        .where(claim_parties.c.name == name)
    )
    return list(connection.execute(query.limit(READ)).all())


def _roles(told: list[Row]) -> tuple[Role, ...]:
    found: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in told:
        found.setdefault((row.country, row.sector), []).append(row)
    roles = []
    for (country, sector), rows in found.items():
        days = sorted(day for row in rows for day in (row.date_from, row.date_to) if day)
        roles.append(Role(country, sector, days[0] if days else None, days[-1] if days else None, len(rows)))
    return tuple(sorted(roles, key=lambda role: (-role.claims, role.country or "", role.sector or "")))


def _ties(connection: Connection, name: str) -> tuple[Tie, ...]:
    query = select(relations.c.document, relations.c.report_id)
    query = query.where(or_(relations.c.source == name, relations.c.target == name))
    query = query.order_by(relations.c.kind, relations.c.source, relations.c.target, relations.c.report_id).limit(200)
    ties: dict[tuple[str, str, str], Tie] = {}
    for row in connection.execute(query):
        relation = from_json(Relation, row.document)
        ties.setdefault(
            (relation.source.actor.name, relation.kind, relation.target.actor.name), Tie(relation, row.report_id)
        )
    return tuple(ties.values())


# --- places ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of a place: where it is (WGS 84), and how exactly."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None


def place_facts(store: Store, name: str) -> PlaceFacts | None:
    """Facts of the place of that name; None if no event is there."""
    with store.reading() as connection:
        facts = select(*(events.c[key] for key in ("country", "lat", "lon", "precision"))).where(events.c.place == name)
        exact = connection.execute(facts.where(events.c.lat.is_not(None)).limit(1)).first()
        row = exact or connection.execute(facts.limit(1)).first()
        if row is None:
            return None
        return PlaceFacts(name, row.country, row.lat, row.lon, row.precision)
