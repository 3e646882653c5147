"""Map: where events are said to have happened, as exactly as is said and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from reportedly.errors import BadOption
from reportedly.knowledge import DATA, read_table
from reportedly.serve import sums
from reportedly.serve.desk import desk_of
from reportedly.serve.picture_files import Format, picture_answer
from reportedly.serve.pictures.locator import draw_locator
from reportedly.serve.pictures.map import Box, draw_map
from reportedly.serve.pictures.map_spots import CountrySpot, Spot
from reportedly.serve.pictures.world import countries, country_name
from reportedly.serve.render import csv_answer, page
from reportedly.serve.views import View, view_of
from reportedly.store.aggregates import PlaceCount
from reportedly.store.store import Store

router = APIRouter(include_in_schema=False)
WORLD = "-170,-57,190,84"
SPOTS, LISTED = 400, 200
"""Places at most on a map, and in the table beneath it; the CSV has all."""
COLUMNS = ("place", "country", "precision", "lat", "lon", "events", "score")
Seen = Annotated[View, Depends(view_of)]
Zoom = Annotated[str | None, Query(description="What to show: WEST,SOUTH,EAST,NORTH in degrees.")]


@router.get("/map")
def show_map(request: Request, view: Seen, zoom: Zoom = None) -> Response:
    """The map with a table of its places."""
    found = sums.places(desk_of(request).store, view.wanted)
    placed, nations, nowhere = _sorted(found)
    listed = [(p, _href(view, p)) for p in placed[:LISTED]]
    nationwide = sorted(((_sum(some), code) for code, some in nations.items()), key=lambda c: (-c[0].events, c[1]))
    return page(
        request, "map.html", view=view, zoom=zoom, world=WORLD, picture=_draw(view, found, zoom),
        listed=listed, more=len(placed) - len(listed),
        countries=[(one, country_name(code), _country_view(view, code).url("/events")) for one, code in nationwide],
        nowhere=sum(p.events for p in nowhere),
    )  # fmt: skip


@router.get("/map.csv")
def map_csv(request: Request, view: Seen) -> Response:
    """All places with their events."""
    found = sums.places(desk_of(request).store, view.wanted)
    rows = (
        {"place": p.name, "country": p.country, "precision": p.precision, "lat": p.lat, "lon": p.lon,
         "events": p.events, "score": None if p.mean is None else round(p.mean, 2)}
        for p in found
    )  # fmt: skip
    return csv_answer(COLUMNS, rows, "map")


@router.get("/map.{format}")
def map_file(request: Request, view: Seen, format: Format, zoom: Zoom = None) -> Response:
    """The map as a file."""
    picture = _draw(view, sums.places(desk_of(request).store, view.wanted), zoom)
    return picture_answer(request, picture, "map", format)


def locator(store: Store, view: View) -> Markup | None:
    """Where the places of a view lie, for a page about one of them; None where nobody knows."""
    spots, shaded = _marks(view, sums.places(store, view.wanted))
    known = {country.code for country in countries("near")}
    shaded = [country for country in shaded if country.code in known]
    return draw_locator(spots, shaded) if spots or shaded else None


def _draw(view: View, found: Sequence[PlaceCount], zoom: str | None) -> Markup:
    spots, shaded = _marks(view, found)
    return draw_map(spots, shaded, box_of(zoom) if zoom else None)


def _marks(view: View, found: Sequence[PlaceCount]) -> tuple[list[Spot], list[CountrySpot]]:
    placed, nations, _ = _sorted(found)
    spots = [
        Spot(p.name or "?", p.lat or 0.0, p.lon or 0.0, p.precision or "city", p.events, p.mean, _href(view, p))
        for p in placed[:SPOTS]
    ]
    return spots, [_country_spot(view, code, some) for code, some in sorted(nations.items())]


def box_of(zoom: str) -> Box:
    """West, south, east and north in degrees. Raises BadOption for what is no part of the globe."""
    try:
        west, south, east, north = (float(part) for part in zoom.split(","))
        if not (-360 <= west < east <= 360 and east - west <= 360 and -90 <= south < north <= 90):
            raise ValueError
    except ValueError:
        raise BadOption(f"zoom={zoom} is no part of the globe", hint="write it as in zoom=40,10,60,30") from None
    return west, south, east, north


# --- from counts to marks --------------------------------------------------------------------------------------------


def _sorted(
    found: Sequence[PlaceCount],
) -> tuple[list[PlaceCount], dict[str, list[PlaceCount]], list[PlaceCount]]:
    """What has a place, what has a country only (by its code), and what has neither."""
    placed: list[PlaceCount] = []
    nations: defaultdict[str, list[PlaceCount]] = defaultdict(list)
    nowhere: list[PlaceCount] = []
    for one in found:
        if one.precision not in (None, "country") and one.lat is not None and one.lon is not None:
            placed.append(one)
        elif one.country and one.precision in (None, "country"):
            nations[one.country].append(one)
        else:
            nowhere.append(one)
    return placed, dict(nations), nowhere


def _href(view: View, place: PlaceCount) -> str:
    """The only event, else the list of them."""
    return f"/events/{place.only}" if place.only else view.but(place=place.name, country=place.country).url("/events")


def _country_view(view: View, code: str) -> View:
    return view.but(country=code, precision="country")


def _sum(some: Sequence[PlaceCount]) -> PlaceCount:
    events, scored = sum(p.events for p in some), sum(p.scored for p in some)
    return PlaceCount(None, None, "country", None, None, events, sum(p.score for p in some), scored, None)


def _country_spot(view: View, code: str, some: Sequence[PlaceCount]) -> CountrySpot:
    whole, lat_lon = _sum(some), _middles().get(code, (None, None))
    return CountrySpot(code, whole.events, whole.mean, _country_view(view, code).url("/events"), *lat_lon)


@cache
def _middles() -> dict[str, tuple[float, float]]:
    """Where the name of a country may stand."""
    rows = read_table(DATA / "places_countries.tsv")
    return {row["iso3"]: (float(row["lat"]), float(row["lon"])) for row in rows}
