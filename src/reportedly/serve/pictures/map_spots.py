"""Places on the map with their events, and how near ones become one mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from reportedly.globe import km_apart
from reportedly.serve.pictures.frame import Frame

LARGEST, LEAST = 17.0, 4.5
"""Radius of the dot with most events, and of the smallest, in pixels. Between them areas count."""
AREA_KM = {"region": 110.0, "sea": 150.0}
"""Radius that an area is drawn with: a sign of "somewhere here", no measurement of the region or the sea."""
MOST = 0.8
"""Share of events that a map shows which nobody told what to show."""
_GREAT = 60  # so many places decide where the middle is: all against all is slow
NAMED = 3
"""So many places of a group are named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its events. `precision` is a place's (docs/glossary.md): point, city, region or sea.

    `lat` and `lon` are WGS 84 degrees; `score` is the mean conflict-cooperation score (-10 to 10); `href` lists them.
    """

    name: str
    lat: float
    lon: float
    precision: str
    events: int
    score: float | None
    href: str


@dataclass(frozen=True, slots=True)
class CountrySpot:
    """A country with those of its events that are placed no more exactly. `code` is ISO 3166-1 alpha-3.

    `lat` and `lon` are where its name may stand; None leaves it away.
    """

    code: str
    events: int
    score: float | None
    href: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Spots:
    """Places so near to one another that they are one dot, most events first."""

    members: tuple[Spot, ...]

    @property
    def first(self) -> Spot:
        """Where the dot is."""
        return self.members[0]

    @property
    def events(self) -> int:
        """Of all places."""
        return sum(spot.events for spot in self.members)

    @property
    def score(self) -> float | None:
        """The mean score of all events that have one."""
        scored = [(spot.events, spot.score) for spot in self.members if spot.score is not None]
        return sum(n * score for n, score in scored) / sum(n for n, _ in scored) if scored else None

    @property
    def label(self) -> str:
        """The first place, and how many others."""
        others = len(self.members) - 1
        return self.first.name + (f" and {others} more:" if others else "")

    @property
    def name(self) -> str:
        """The first places by name, and how many others."""
        named = ", ".join(f"{spot.name} ({spot.events:,})" for spot in self.members[:NAMED])
        others = len(self.members) - NAMED
        return self.first.name if len(self.members) == 1 else named + (f" and {others} more" if others > 0 else "")

    @property
    def href(self) -> str:
        """The only place's list, else the table of all places at the first one's row."""
        return self.first.href if len(self.members) == 1 else "#places"


def radius_of(events: int, most: int) -> float:
    """The radius of a dot, so that its area grows with its events."""
    return LEAST + (LARGEST - LEAST) * sqrt(min(events / most, 1.5))


def most_of(placed: Sequence[tuple[int, float, float, float]]) -> list[tuple[int, float, float, float]]:
    """Those (events, longitude, latitude, anything) with `MOST` of all events that lie nearest to where most are."""
    if not placed:
        return []
    great = sorted(placed, reverse=True)[:_GREAT]
    middle = min(great, key=lambda one: (sum(other[0] * _far(one, other) for other in great), one))
    left, kept = MOST * sum(one[0] for one in placed), []
    for one in sorted(placed, key=lambda one: (_far(middle, one), one)):
        if left > 0:
            kept.append(one)
            left -= one[0]
    return kept


def _far(one: tuple[int, float, float, float], other: tuple[int, float, float, float]) -> float:
    return km_apart(one[2], one[1], other[2], other[1])


def grouped(spots: Sequence[Spot], frame: Frame, most: int) -> tuple[Spots, ...]:
    """Spots joined to the greatest one whose dot they would mostly lie on; most events first."""
    homes: list[tuple[float, float, float, list[Spot]]] = []
    for spot in sorted(spots, key=lambda s: (-s.events, s.name, s.lat, s.lon)):
        x, y = frame.place(frame.turned(spot.lon), spot.lat)
        near = (home for *at, reach, home in homes if hypot(x - at[0], y - at[1]) < reach)
        home = next(near, None)
        if home is None:
            homes.append((x, y, radius_of(spot.events, most) + LEAST / 2, [spot]))
        else:
            home.append(spot)
    return tuple(sorted((Spots(tuple(home)) for *_, home in homes), key=lambda some: (-some.events, some.name)))
