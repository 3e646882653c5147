"""What stands in a network: its actors, what they are said to have done to one another, ties, and the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt

from markupsafe import Markup

from reportedly.serve.pictures.palette import SCORES, score_class, score_words
from reportedly.serve.pictures.svg import (
    element,
    group,
    labelled_link,
    link,
    many,
    number,
    rows_of,
    shortened,
    text,
    width_of,
)

SLIMMEST = 1.2
Point = tuple[float, float]
_Sign = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The room for a network, the radii of the ellipse on which actors stand, and the widest arrow, in pixels.

    Names are cut to so many `letters`.
    """

    width: float = 960.0
    height: float = 640.0
    radius: Point = (260.0, 305.0)
    widest: float = 9.0
    letters: int = 30

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.width / 2, self.height / 2


LARGE, SMALL = Stage(), Stage(640.0, 340.0, (150.0, 165.0), 6.0, 24)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor with the number of its events; `country` is ISO 3166-1 alpha-3. `href` leads to it."""

    name: str
    country: str | None
    events: int
    href: str


@dataclass(frozen=True, slots=True)
class Dealing:
    """What `actor` is said to have done to `recipient`: events, and their mean score (-10 to 10)."""

    actor: str
    recipient: str
    events: int
    score: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that reports tell of: `source` backs, leads, is part of … `target`."""

    source: str
    kind: str
    target: str
    reports: int
    href: str


def draw_arrow(
    dealing: Dealing, places: Mapping[str, Point], sizes: Mapping[str, float], most: int, stage: Stage
) -> Markup:
    """A bow from one to the other, bent to its right so that there and back are two bows."""
    wide = SLIMMEST + (stage.widest - SLIMMEST) * sqrt(dealing.events / most)
    title = f"{dealing.actor} > {dealing.recipient}: {many(dealing.events, 'event')}, {score_words(dealing.score)}"
    colour = score_class(dealing.score)
    if dealing.actor == dealing.recipient:
        path, tip = _loop(places[dealing.actor], sizes[dealing.actor], stage.centre), Markup()
    else:
        ends = places[dealing.actor], places[dealing.recipient]
        path, tip = _bow(*ends, sizes[dealing.actor] + 1, sizes[dealing.recipient] + 2, wide, colour, stage.centre)
    line = element("path", d=path, class_=f"pic-line {colour}", stroke_width=wide)
    return link(dealing.href, title, line, tip)


def _bow(
    a: Point, b: Point, leave: float, arrive: float, wide: float, colour: str, centre: Point
) -> tuple[str, Markup]:
    """SVG's `d` of a quadratic curve that is drawn towards the centre, and its arrow head."""
    middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    along = b[0] - a[0], b[1] - a[1]
    long = hypot(*along) or 1.0
    right = -along[1] / long, along[0] / long
    bend = tuple(centre[i] * 0.55 + middle[i] * 0.45 + right[i] * 16 for i in (0, 1))
    head = max(7.0, wide * 1.5)
    start = _towards(a, (bend[0], bend[1]), leave)
    tip = _towards(b, (bend[0], bend[1]), arrive)
    neck = _towards(b, (bend[0], bend[1]), arrive + head)
    turn = atan2(tip[1] - neck[1], tip[0] - neck[0])
    corners = [
        tip,
        *((neck[0] + head * 0.55 * cos(turn + s), neck[1] + head * 0.55 * sin(turn + s)) for s in (pi / 2, -pi / 2)),
    ]
    arrow = element("path", d="M" + "L".join(map(_xy, corners)) + "Z", class_=colour)
    return f"M{_xy(start)}Q{_xy((bend[0], bend[1]))} {_xy(neck)}", arrow


def _towards(a: Point, b: Point, far: float) -> Point:
    long = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return a[0] + (b[0] - a[0]) / long * far, a[1] + (b[1] - a[1]) / long * far


def _loop(at: Point, radius: float, centre: Point) -> str:
    """From an actor to itself, on the side of the centre; upwards from the centre itself."""
    inward = _towards(at, centre if at != centre else (at[0], at[1] - 1), radius + 26)
    side = (inward[1] - at[1]) * 0.6, -(inward[0] - at[0]) * 0.6
    one, other = (inward[0] + side[0], inward[1] + side[1]), (inward[0] - side[0], inward[1] - side[1])
    return f"M{_xy(at)}C{_xy(one)} {_xy(other)} {_xy(at)}"


def draw_tie(tie: Tie, places: Mapping[str, Point], stage: Stage) -> Markup:
    """A broken line from one to the other."""
    start, end = places[tie.source], places[tie.target]
    bend = tuple(stage.centre[i] * 0.3 + (start[i] + end[i]) * 0.35 for i in (0, 1))
    title = f"{tie.source} {tie.kind.replace('_', ' ')} {tie.target}: {many(tie.reports, 'report')}"
    line = element("path", d=f"M{_xy(start)}Q{_xy((bend[0], bend[1]))} {_xy(end)}", class_="pic-tie")
    return link(tie.href, title, line)


def draw_party(party: Party, at: Point, radius: float, stage: Stage) -> Markup:
    """A circle with a name."""
    left, base, anchor = _label(at, radius, stage.centre)
    title = f"{party.name}{f' ({party.country})' if party.country else ''}: {many(party.events, 'event')}"
    dot = element("circle", cx=at[0], cy=at[1], r=radius, class_="pic-node pic-mark")
    name, looks = shortened(party.name, stage.letters), "pic-strong" if at == stage.centre else "pic-label"
    wide = width_of(name)
    start = {"start": left, "end": left - wide, "middle": left - wide / 2}[anchor]
    edge = (min(start, at[0] - radius), max(start + wide, at[0] + radius))
    box = (edge[0], at[1] - 11, edge[1] - edge[0], base - at[1] + 18)
    return labelled_link(party.href, title, box, dot, text(left, base, name, f"{looks} pic-halo", anchor))


def _label(at: Point, radius: float, centre: Point) -> tuple[float, float, str]:
    """Outside the circle; beneath what stands in the middle."""
    if at == centre:
        return at[0], at[1] + radius + 14, "middle"
    right = at[0] > centre[0]
    return at[0] + (radius + 6) * (1 if right else -1), at[1] + 4, "start" if right else "end"


def _xy(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def draw_legend(stage: Stage) -> tuple[Markup, float]:
    """The signs, and the baseline of their last row."""
    signs: list[_Sign] = [(words, f"pic-line pic-s{at}", 5) for at, words in enumerate(SCORES, start=1)]
    signs += [("backs, leads, is part of … (from reports)", "pic-tie", None), ("width = events", "", None)]
    places = rows_of([width_of(words, 11) + 46 for words, *_ in signs], 8, stage.width, stage.height + 18, 18)
    return group("pic-legend", map(_sign, signs, places)), places[-1][1]


def _sign(sign: _Sign, at: Point) -> Markup:
    words, kind, wide = sign
    line = f"M{number(at[0])},{number(at[1] - 4)}h22"
    mark = element("path", d=line, class_=kind, stroke_width=wide) if kind else Markup()
    return mark + text(at[0] + (27 if kind else 0), at[1], words, "pic-small")
