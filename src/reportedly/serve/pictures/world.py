"""The countries of the world as paths on a map: clipped to what it shows, and no finer than can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reportedly.knowledge import DATA, read_table
from reportedly.serve.pictures.frame import Frame, Point
from reportedly.serve.pictures.svg import number

SEEN = 0.8
"""Pixels that two points of a border must be apart for both to be drawn."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed border: longitudes and latitudes in degrees, and between which it lies."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Country:
    """A country and its borders; `code` is ISO 3166-1 alpha-3, "" where it has none."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@cache
def countries(level: str) -> tuple[Country, ...]:
    """All countries of the "wide" or the "near" file, which say where they come from. Raises KnowledgeBroken."""
    rows = read_table(DATA / f"world_{level}.tsv")
    return tuple(Country(row["iso3"], row["name"], tuple(map(_ring, row["rings"].split("|")))) for row in rows)


@cache
def country_name(code: str) -> str:
    """What the map calls a country, the code itself if it knows none."""
    return next((country.name for country in countries("wide") if country.code == code), code)


def _ring(text: str) -> Ring:
    steps = [int(step) for step in text.split()]
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    longitudes, latitudes = zip(*points, strict=True)
    return Ring(tuple(points), min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@lru_cache(maxsize=64)
def outlines(frame: Frame) -> tuple[tuple[Country, str], ...]:
    """The countries that the frame shows, each with its path (SVG's `d`)."""
    found = (
        (country, "".join(part for ring in country.rings for part in _paths(ring, frame)))
        for country in countries("wide" if frame.wide else "near")
    )
    return tuple((country, path) for country, path in found if path)


def _paths(ring: Ring, frame: Frame) -> Iterator[str]:
    """The ring where the frame shows it; also its copies one turn further, as the frame may lie across 180 degrees."""
    if ring.south > frame.north or ring.north < frame.south:
        return
    place = frame.placer()
    for turn in (-360, 0, 360):
        if ring.west + turn < frame.east and ring.east + turn > frame.west:
            clipped = _clip(ring, turn, frame)
            shown = _thinned([place(lon, lat) for lon, lat in clipped])
            if len(shown) > 2:
                yield "M" + "L".join(f"{number(x)},{number(y)}" for x, y in shown) + "Z"


def _clip(ring: Ring, turn: int, frame: Frame) -> list[Point]:
    """Sutherland and Hodgman 1974: the part of the ring inside the box, one side of the box after the other.

    Sides that all of the ring lies within of cut nothing and are passed over.
    """
    kept = [(lon + turn, lat) for lon, lat in ring.points] if turn else list(ring.points)
    for axis, bound, sign, outmost in (
        (0, frame.west, 1, ring.west + turn), (0, frame.east, -1, ring.east + turn),
        (1, frame.south, 1, ring.south), (1, frame.north, -1, ring.north),
    ):  # fmt: skip
        if (outmost - bound) * sign < 0:
            kept = list(_cut(kept, axis, bound, sign))
    return kept


def _cut(ring: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, is_in = (before[axis] - bound) * sign >= 0, (point[axis] - bound) * sign >= 0
        if was != is_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (bound, other) if axis == 0 else (other, bound)
        if is_in:
            yield point


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) >= SEEN or abs(y - kept[-1][1]) >= SEEN:
            kept.append((x, y))
    return kept
