"""Makes `data/world_wide.tsv` and `data/world_near.tsv`, the countries that the desk's maps are drawn of.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python scripts/build_world_map.py package/countries-50m.json

Borders that two countries share are simplified once, so that no gaps open between them. Antarctica is left out: nothing
that happens there is in the news that we read, and its rings run along the edge of the map.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/reportedly/data"
LEVELS = {"wide": (0.2, 0.5), "near": (0.03, 0.02)}
"""Name -> how far (degrees) a border may be moved, and how small (square degrees) a ring may be to be left out."""
# Natural Earth gives no ISO number to these; codes as in `countries.tsv`. What is claimed by several has no code.
WITHOUT_NUMBER = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands", "Heard I. and McDonald Is.", "S. Geo. and the Is."}
HEAD = """\
# Countries as rings of borders: the longitude and latitude of the first point and the steps to each next one, in
# hundredths of a degree (WGS 84), rings separated by "|". Longitudes beyond 180 belong to rings that cross that line.
# Source: Natural Earth 1:50m admin 0 countries (public domain), as packaged in npm world-atlas 2.0.2; simplified to
# {tolerance} degrees by scripts/build_world_map.py. Borders are those that are
# held; they say nothing of whose land is whose.
iso3	name	rings
"""
Point = tuple[float, float]


def main(path: str) -> None:
    topology = json.loads(Path(path).read_text())
    codes = {int(row["iso_numeric"]): row["iso3"] for row in _table(DATA / "country_codes.tsv") if row["iso_numeric"]}
    for level, (tolerance, smallest) in LEVELS.items():
        arcs = [simplified(arc, tolerance) for arc in arcs_of(topology)]
        lines = sorted(country_lines(topology, arcs, codes, smallest))
        text = HEAD.format(tolerance=tolerance) + "".join(f"{line}\n" for line in lines)
        (DATA / f"world_{level}.tsv").write_text(text, encoding="utf-8")


def country_lines(topology: dict, arcs: list[list[Point]], codes: dict[int, str], smallest: float) -> Iterator[str]:
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in LEFT_OUT:
            continue
        number = country.get("id")
        code = codes[int(number)] if number else WITHOUT_NUMBER.get(name, "")
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [unwrapped(joined(ring, arcs)) for polygon in polygons for ring in polygon]
        rings.sort(key=area, reverse=True)
        kept = rings[:1] + [ring for ring in rings[1:] if area(ring) > smallest and len(ring) > 3]
        yield f"{code}\t{name}\t{'|'.join(map(steps, kept))}"


def arcs_of(topology: dict) -> Iterator[list[Point]]:
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        yield points


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker 1973: only points that lie further than `tolerance` from the line between kept ones."""
    kept, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = max(
            ((_off(points[i], points[first], points[last]), i) for i in range(first + 1, last)), default=(0, 0)
        )
        if far > tolerance:
            kept.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(kept)]


def _off(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
    along = min(1.0, max(0.0, along))
    return ((point[0] - a[0] - along * dx) ** 2 + (point[1] - a[1] - along * dy) ** 2) ** 0.5


def joined(ring: Sequence[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring; arcs with a negative number run backwards (TopoJSON specification, 2.1.4)."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points[:-1]


def unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps from 180 degrees east to 180 west."""
    turn, found = 0.0, ring[:1]
    for (before, _), (lon, lat) in pairwise(ring):
        turn += 360 * ((lon - before < -180) - (lon - before > 180))
        found.append((lon + turn, lat))
    return found


def area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def steps(ring: list[Point]) -> str:
    points = [(round(lon * 100), round(lat * 100)) for lon, lat in ring]
    moves = [points[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return " ".join(f"{x} {y}" for x, y in moves)


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
