"""Where one place lies: a small map around it with the names of the countries that are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from reportedly.serve.pictures.frame import Frame, Point, frame_around
from reportedly.serve.pictures.map import Named, draw_on
from reportedly.serve.pictures.map_spots import AREA_KM, CountrySpot, Spot
from reportedly.serve.pictures.world import Country, countries, outlines

WIDTH, HEIGHT = 640.0, 340.0
AROUND = (6.0, 4.0)
"""Degrees of longitude and latitude seen around a place at least, so that coasts and borders tell where it is."""
NAMED = 900.0
"""Square pixels from which on a country has its name."""
LESSER = 6
"""The dot is one of so many times its events: with nothing to compare it with it need not be large."""


def draw_locator(spots: Sequence[Spot], shaded: Sequence[CountrySpot]) -> Markup:
    """The map around all of these: also two places of one name that lie far apart."""
    frame = locator_frame(spots, shaded)
    signs = {spot.precision if spot.precision in AREA_KM else "dot" for spot in spots} | (
        {"country"} if shaded else set()
    )
    most = LESSER * max((spot.events for spot in spots), default=1)
    beside = _names(frame, {country.code for country in shaded})
    return draw_on(frame, spots, shaded, most=most, beside=beside, signs=signs)


def locator_frame(spots: Sequence[Spot], shaded: Sequence[CountrySpot]) -> Frame:
    """What it shows: what lies around each place, and shaded countries whole."""
    seen = [point for spot in spots for point in _around(spot.lon, spot.lat)]
    codes = {country.code for country in shaded}
    seen += [point for country in countries("near") if country.code in codes for point in _corners(country)]
    return frame_around(seen, WIDTH, HEIGHT, 0.05)


def _around(lon: float, lat: float) -> tuple[Point, Point]:
    wide, tall = AROUND
    return (lon - wide, max(lat - tall, -84.0)), (lon + wide, min(lat + tall, 84.0))


def _corners(country: Country) -> tuple[Point, Point]:
    """Of its largest part: islands far away would make it too small to be known again."""
    largest = max(country.rings, key=lambda ring: (ring.east - ring.west) * (ring.north - ring.south))
    return (largest.west, largest.south), (largest.east, largest.north)


# --- names of countries ----------------------------------------------------------------------------------------------


def _names(frame: Frame, without: set[str]) -> list[Named]:
    """Each country in the middle of what is seen of it, if that lies in it; the largest first."""
    found = []
    for country, path in outlines(frame):
        area, middle, ring = max((_measured(ring) for ring in _rings(path)), key=lambda one: one[0])
        if country.code not in without and area >= NAMED and _inside(middle, ring):
            found.append((-area, country.name, middle))
    return [(name, middle) for _, name, middle in sorted(found)]


def _rings(path: str) -> Iterator[list[Point]]:
    """The corners in SVG's `d` of straight lines."""
    for part in path.split("M")[1:]:
        numbers = [float(value) for value in re.findall(r"-?[\d.]+", part)]
        yield list(zip(numbers[::2], numbers[1::2], strict=True))


def _measured(ring: list[Point]) -> tuple[float, Point, list[Point]]:
    """Its area and its centre of gravity (shoelace formula), and the ring itself."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return abs(twice) / 2, (x / (3 * twice), y / (3 * twice)) if twice else ring[0], ring


def _inside(point: Point, ring: list[Point]) -> bool:
    """Whether a line from there to the right crosses the ring an odd number of times."""
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossed = not crossed
    return crossed
