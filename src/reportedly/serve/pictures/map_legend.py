"""What the map's signs mean, drawn beneath it so that it is printed and downloaded with it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from reportedly.serve.pictures.palette import SCORES
from reportedly.serve.pictures.svg import element, group, text, width_of

LEGEND = 56.0
"""Its height in pixels."""


def map_legend(top: float) -> Markup:
    """The legend of a map that ends at `top`."""
    return group("pic-legend", (*_signs(top + 20), *_colours(top + 42)))


def _signs(y: float) -> Iterator[Markup]:
    signs = (
        ("a town or a point: area = events", element("circle", cx=0, cy=0, r=6, class_="pic-mark pic-s3")),
        ("somewhere in a region", element("circle", cx=0, cy=0, r=7, class_="pic-region pic-s3")),
        ("somewhere on a sea", element("circle", cx=0, cy=0, r=7, class_="pic-water pic-s3")),
        ("somewhere in the country", element("rect", x=-8, y=-6, width=16, height=12, class_="pic-shade pic-s3")),
    )
    x = 14.0
    for words, sign in signs:
        yield element("g", sign, transform=f"translate({x:.0f} {y - 4:.0f})")
        yield text(x + 14, y, words, "pic-small")
        x += width_of(words, 11) + 50


def _colours(y: float) -> Iterator[Markup]:
    yield text(6, y, "mean score", "pic-small")
    x = 76.0
    for at, words in enumerate(SCORES, start=1):
        yield element("rect", x=x, y=y - 10, width=16, height=11, class_=f"pic-mark pic-s{at}")
        yield text(x + 21, y, words, "pic-small")
        x += width_of(words, 11) + 44
    yield text(x, y, "Borders: Natural Earth, as held", "pic-small")
