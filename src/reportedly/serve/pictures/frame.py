"""What part of the globe a map shows, and where on the picture a point of it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
WORLD = (-170.0, -57.0, 190.0, 84.0)
WIDE = 150.0
"""Degrees of longitude from which on a map shows the globe as a whole, with areas that can be compared."""
SMALLEST = 7.0
"""Degrees that a map spans at least: closer, the coasts would be mere scribbles."""
KM_A_DEGREE = 111.2
"""Of latitude, on a globe of 6371 km."""
# Equal Earth: Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949, equations 9 and 10.
_A = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of longitudes and latitudes (degrees; east may be beyond 180) drawn `width` by `height` pixels.

    Wide ones are in the Equal Earth projection, others equirectangular and true at their middle latitude.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def wide(self) -> bool:
        """Whether the globe is shown as a whole."""
        return self.east - self.west > WIDE

    def place(self, lon: float, lat: float) -> Point:
        """Pixels from the left and from the top. `lon` is that of the box: see `turned`."""
        return self.placer()(lon, lat)

    def placer(self) -> Callable[[float, float], Point]:
        """`place` for many points."""
        return _placer(self)

    def turned(self, lon: float) -> float:
        """The same longitude, by whole turns moved into the box or as near its middle as can be."""
        middle = (self.west + self.east) / 2
        return lon - 360 * round((lon - middle) / 360)

    def pixels(self, km: float) -> float:
        """How long that many kilometres are in the middle of the map."""
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        low, high = self.place(lon, lat - 0.5), self.place(lon, lat + 0.5)
        return abs(high[1] - low[1]) * km / KM_A_DEGREE


@lru_cache(maxsize=64)
def _placer(frame: Frame) -> Callable[[float, float], Point]:
    centre, middle = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    narrowing = cos(radians(middle))

    def plane(lon: float, lat: float) -> Point:
        return equal_earth(lon - centre, lat) if frame.wide else ((lon - centre) * narrowing, lat)

    widest = 0.0 if frame.south < 0 < frame.north else min(frame.south, frame.north, key=abs)
    right, bottom, top = plane(frame.east, widest)[0], plane(centre, frame.south)[1], plane(centre, frame.north)[1]
    scale = min(frame.width / (2 * right), frame.height / (top - bottom))

    def place(lon: float, lat: float) -> Point:
        x, y = plane(lon, lat)
        return frame.width / 2 + x * scale, frame.height / 2 - (y - (top + bottom) / 2) * scale

    return place


def equal_earth(lon: float, lat: float) -> Point:
    """The Equal Earth projection; degrees in, units of the Earth's radius out."""
    a1, a2, a3, a4 = _A
    t = asin(sqrt(3) / 2 * sin(radians(lat)))
    stretch = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * sqrt(3) * radians(lon) * cos(t) / (3 * stretch)
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def frame_around(points: Iterable[Point], width: float, height: float, margin: float = 0.18) -> Frame:
    """The frame of that size that shows all points (longitude, latitude) with a margin; the world if there are none."""
    found = sorted(points)
    if not found:
        return Frame(*WORLD, width, height)
    west, east = _shortest_span([lon for lon, _ in found])
    south, north = min(lat for _, lat in found), max(lat for _, lat in found)
    pad = max((east - west) * margin, (north - south) * margin, 1.0)
    west, east, south, north = west - pad, east + pad, south - pad, north + pad
    if east - west > WIDE:
        return Frame(*WORLD, width, height)
    return _filled(west, south, east, north, width, height)


def _filled(west: float, south: float, east: float, north: float, width: float, height: float) -> Frame:
    """The box widened to the shape of the picture, and moved where it would reach beyond a pole."""
    middle, centre = (south + north) / 2, (west + east) / 2
    narrowing = cos(radians(middle))
    tall = max(north - south, (east - west) * narrowing * height / width, SMALLEST)
    tall = min(tall, 150.0)
    middle = min(max(middle, -84 + tall / 2), 84 - tall / 2)
    narrowing = cos(radians(middle))
    broad = min(tall * width / height / narrowing, 359.0)
    return Frame(centre - broad / 2, middle - tall / 2, centre + broad / 2, middle + tall / 2, width, height)


def _shortest_span(longitudes: Sequence[float]) -> tuple[float, float]:
    """West and east of the shortest stretch around the globe that holds all longitudes; east may be beyond 180."""
    ordered = sorted(longitudes)
    gaps = [(b - a, b) for a, b in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    west = max(gaps)[1]
    west = west - 360 if west > 180 else west
    return west, west + 360 - max(gaps)[0]
