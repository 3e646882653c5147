"""The map: where events are said to have happened, never more exactly than is said.

What is placed in a town is a dot. What is placed in a region or on a sea is an area with a broken edge. What is placed
in a country shades the country, and nothing is put into its middle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from markupsafe import Markup

from reportedly.serve.pictures.frame import Frame, Point, frame_around
from reportedly.serve.pictures.labels import Shelf
from reportedly.serve.pictures.map_legend import SIGNS, map_legend
from reportedly.serve.pictures.map_spots import AREA_KM, CountrySpot, Spot, Spots, grouped, most_of, radius_of
from reportedly.serve.pictures.palette import score_class, score_words
from reportedly.serve.pictures.svg import element, group, link, many, picture, shortened, text
from reportedly.serve.pictures.world import country_name, outlines

WIDTH, HEIGHT = 960.0, 540.0
LABELLED = 14
"""So many places at most have their name on the map."""
_TRIED = (0, 18, -18, 36, -36)
Box = tuple[float, float, float, float]
Named = tuple[str, Point]
"""A name with the pixels where it stands."""


def draw_map(spots: Sequence[Spot], shaded: Sequence[CountrySpot] = (), box: Box | None = None) -> Markup:
    """The map around all places, or of `box`: west, south, east, north in degrees."""
    return draw_on(frame_of(spots, shaded, box), spots, shaded)


def draw_on(
    frame: Frame,
    spots: Sequence[Spot],
    shaded: Sequence[CountrySpot] = (),
    *,
    most: int | None = None,
    beside: Sequence[Named] = (),
    signs: Collection[str] = SIGNS,
) -> Markup:
    """The map of that frame. The largest dot is one of `most` events; `beside` are names that stand where room is left.

    The legend explains these `signs`.
    """
    most = most or max((spot.events for spot in spots), default=1)
    areas = sorted((s for s in spots if s.precision in AREA_KM), key=lambda s: (-s.events, s.name, s.lat, s.lon))
    dots = grouped([s for s in spots if s.precision not in AREA_KM], frame, most)
    inside = (
        element("rect", x=0, y=0, width=frame.width, height=frame.height, class_="pic-sea"),
        *_countries(frame, {country.code: country for country in shaded}),
        *(_area(spot, frame) for spot in areas),
        *(_dot(some, frame, most) for some in dots),
        *_labels(frame, shaded, areas, dots, most, beside),
    )
    # A picture within the picture cuts off what reaches beyond.
    shown = element("svg", *inside, x=0, y=0, width=frame.width, height=frame.height)
    legend, bottom = map_legend(frame.height, frame.width, signs)
    title = "Where events are said to have happened"
    return picture("map", frame.width, bottom, title, _told(spots, shaded), shown, legend)


def frame_of(spots: Sequence[Spot], shaded: Sequence[CountrySpot] = (), box: Box | None = None) -> Frame:
    """What the map of these shows: where most events are, so that one far away does not shrink all others."""
    if box:
        west, south, east, north = box
        return frame_around([(west, south), ((west + east) / 2, north), (east, north)], WIDTH, HEIGHT, 0.0)
    placed = [(s.events, s.lon, s.lat, 1.5 if s.precision in AREA_KM else 0.0) for s in spots]
    placed += [(c.events, c.lon, c.lat, 3.0) for c in shaded if c.lat is not None and c.lon is not None]
    near = most_of(placed)
    return frame_around([(lon + d, lat + d) for _, lon, lat, r in near for d in (-r, r)], WIDTH, HEIGHT)


def _told(spots: Sequence[Spot], shaded: Sequence[CountrySpot]) -> str:
    placed, wide = sum(s.events for s in spots), sum(c.events for c in shaded)
    nations = f"{len(shaded)} {'country' if len(shaded) == 1 else 'countries'}"
    return (
        f"{many(placed, 'event')} at {many(len(spots), 'place')}; {many(wide, 'event')} known to lie in {nations} only."
    )


# --- marks -----------------------------------------------------------------------------------------------------------


def _countries(frame: Frame, shaded: Mapping[str, CountrySpot]) -> Iterator[Markup]:
    """All land, then what is shaded above it, so that its edges show."""
    found = [(country, element("path", d=path, class_="pic-land"), path) for country, path in outlines(frame)]
    yield group("pic-countries", (land for _, land, _ in found))
    for country, _, path in found:
        spot = shaded.get(country.code)
        if spot is not None:
            title = f"somewhere in {country.name}: {many(spot.events, 'event')}, {score_words(spot.score)}"
            shape = element("path", d=path, class_=f"pic-shade {score_class(spot.score)}")
            yield link(spot.href, title, shape)


def _area(spot: Spot, frame: Frame) -> Markup:
    x, y = _at(spot, frame)
    radius = max(frame.pixels(AREA_KM[spot.precision]), 14.0)
    kind = "pic-water" if spot.precision == "sea" else "pic-region"
    title = f"somewhere in {spot.name} ({spot.precision}): {many(spot.events, 'event')}, {score_words(spot.score)}"
    return link(spot.href, title, element("circle", cx=x, cy=y, r=radius, class_=f"{kind} {score_class(spot.score)}"))


def _dot(some: Spots, frame: Frame, most: int) -> Markup:
    x, y = _at(some.first, frame)
    title = f"{some.name}: {many(some.events, 'event')}, {score_words(some.score)}"
    radius = radius_of(some.events, most)
    return link(some.href, title, element("circle", cx=x, cy=y, r=radius, class_=f"pic-mark {score_class(some.score)}"))


def _labels(
    frame: Frame,
    shaded: Sequence[CountrySpot],
    areas: Sequence[Spot],
    dots: Sequence[Spots],
    most: int,
    beside: Sequence[Named],
) -> Iterator[Markup]:
    """Names with numbers of events, the greatest first, where there is room; then other names."""
    shelf = Shelf(frame.width, frame.height)
    for some in dots:
        (x, y), r = _at(some.first, frame), radius_of(some.events, most)
        shelf.put((x - r, y - r, x + r, y + r))
    for some in dots[:LABELLED]:
        words = f"{shortened(some.label, 26)} {some.events:,}"
        x, y = _at(some.first, frame)
        if put := shelf.beside(x, y, radius_of(some.events, most), words):
            yield text(put[0], put[1], words, "pic-label pic-halo", put[2])
    wide = [(spot.events, shortened(spot.name, 26), _at(spot, frame)) for spot in areas]
    wide += [(c.events, country_name(c.code), _middle(c, frame)) for c in shaded if c.lat is not None]
    for events, name, (x, y) in sorted(wide, key=lambda one: (-one[0], one[1])):
        words = f"{name} {events:,}"
        free = next((y + off for off in _TRIED if shelf.on(x, y + off, words)), None)
        if free is not None:
            yield text(x, free, words, "pic-label pic-halo", "middle")
    for name, (x, y) in beside:
        if shelf.on(x, y, name):
            yield text(x, y, name, "pic-small pic-halo", "middle")


def _at(spot: Spot, frame: Frame) -> Point:
    return frame.place(frame.turned(spot.lon), spot.lat)


def _middle(country: CountrySpot, frame: Frame) -> Point:
    assert country.lat is not None and country.lon is not None
    return frame.place(frame.turned(country.lon), country.lat)
