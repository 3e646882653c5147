"""The network: who is said to act on whom, and who backs whom.

Actors stand on an ellipse, those of a country beside one another and countries that deal with each other near, so that
the same data always gives the same picture and no name covers another. An arrow's width is the number of events, its
colour their mean score.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from markupsafe import Markup

from reportedly.serve.pictures.circle import order_of
from reportedly.serve.pictures.network_marks import (
    LARGE,
    SMALL,
    Dealing,
    Party,
    Point,
    Stage,
    Tie,
    draw_arrow,
    draw_legend,
    draw_party,
    draw_tie,
)
from reportedly.serve.pictures.svg import many, picture

__all__ = ["LARGE", "SMALL", "Dealing", "Party", "Stage", "Tie", "draw_network"]
LARGEST, LEAST = 15.0, 4.0
"""Radius of the actor with most events, and of one with none, in pixels. Between them areas count."""


def draw_network(
    parties: Sequence[Party],
    dealings: Sequence[Dealing],
    ties: Sequence[Tie] = (),
    *,
    middle: str | None = None,
    stage: Stage = LARGE,
) -> Markup:
    """The network of these parties; dealings and ties with others are left out. `middle` stands amidst the others."""
    names = {party.name for party in parties}
    inside = [d for d in dealings if {d.actor, d.recipient} <= names]
    bound = [t for t in ties if {t.source, t.target} <= names and t.source != t.target]
    countries = {p.name: p.country or "" for p in parties if p.name != middle}
    around = [(d.actor, d.recipient, d.events) for d in inside if middle not in (d.actor, d.recipient)]
    places = {**_places(order_of(countries, around), stage), **({middle: stage.centre} if middle in names else {})}
    most = max((d.events for d in inside), default=1)
    sizes = {p.name: _radius(p.events, max(q.events for q in parties)) for p in parties}
    legend, low = draw_legend(stage)
    body = (
        *(draw_tie(tie, places, stage) for tie in sorted(bound, key=lambda t: (t.source, t.kind, t.target))),
        *(
            draw_arrow(d, places, sizes, most, stage)
            for d in sorted(inside, key=lambda d: (d.events, d.actor, d.recipient))
        ),
        *(draw_party(p, places[p.name], sizes[p.name], stage) for p in parties),
        legend,
    )
    told = f"{many(len(inside), 'pair')} among {len(parties)} actors, {many(sum(d.events for d in inside), 'event')}."
    return picture("network", stage.width, low + 16, "Who is said to act on whom", told, *body)


def _few_first(dealing: Dealing) -> tuple[int, str, str]:
    return dealing.events, dealing.actor, dealing.recipient


def _places(order: Sequence[str], stage: Stage) -> dict[str, Point]:
    """Name -> where it stands: clockwise from the top, on each side evenly from top to bottom, so that names fit."""
    right = -(-len(order) // 2)
    places: dict[str, Point] = {}
    for at, name in enumerate(order):
        side, place, of = (1, at, right) if at < right else (-1, len(order) - 1 - at, len(order) - right)
        up = 1 - 2 * (place + 0.5) / of  # 1 at the top, -1 at the bottom
        across = side * stage.radius[0] * sqrt(1 - up * up)
        places[name] = (stage.centre[0] + across, stage.centre[1] - up * stage.radius[1])
    return places


def _radius(events: int, most: int) -> float:
    return LEAST + (LARGEST - LEAST) * sqrt(events / max(most, 1))
