"""What the map's signs mean, drawn beneath it so that it is printed and downloaded with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from reportedly.serve.pictures.palette import SCORES
from reportedly.serve.pictures.svg import element, group, rows_of, text, width_of

ROW = 20.0
"""Pixels from one row to the next."""


SIGNS = {
    "dot": ("a town or a point: area = events", element("circle", cx=0, cy=0, r=6, class_="pic-mark pic-s3")),
    "region": ("somewhere in a region", element("circle", cx=0, cy=0, r=7, class_="pic-region pic-s3")),
    "sea": ("somewhere on a sea", element("circle", cx=0, cy=0, r=7, class_="pic-water pic-s3")),
    "country": (
        "somewhere in the country",
        element("rect", x=-8, y=-6, width=16, height=12, class_="pic-shade pic-s3"),
    ),
}
"""What a sign is called here -> what it means, and the sign."""


def map_legend(top: float, width: float, signs: Collection[str] = SIGNS) -> tuple[Markup, float]:
    """The legend of a map that ends at `top`, and where the legend ends."""
    shown, low = _signs(top + 20, width, [sign for name, sign in SIGNS.items() if name in signs])
    colours, bottom = _colours(low + 22, width)
    return group("pic-legend", (*shown, *colours)), bottom + 14


def _signs(y: float, width: float, signs: Sequence[tuple[str, Markup]]) -> tuple[list[Markup], float]:
    places = rows_of([width_of(words, 11) + 50 for words, _ in signs], 14, width, y, ROW)
    shown = [
        element("g", sign, transform=f"translate({x:.0f} {y - 4:.0f})") + text(x + 14, y, words, "pic-small")
        for (words, sign), (x, y) in zip(signs, places, strict=True)
    ]
    return shown, places[-1][1]


def _colours(y: float, width: float) -> tuple[list[Markup], float]:
    words = ["mean score", *SCORES, "Borders: Natural Earth, as held"]
    places = rows_of([70.0, *(width_of(score, 11) + 44 for score in SCORES), 170.0], 6, width, y, ROW)
    shown = []
    for at, (said, (left, base)) in enumerate(zip(words, places, strict=True)):
        coloured = 0 < at <= len(SCORES)
        if coloured:
            shown.append(element("rect", x=left, y=base - 10, width=16, height=11, class_=f"pic-mark pic-s{at}"))
        shown.append(text(left + (21 if coloured else 0), base, said, "pic-small"))
    return shown, places[-1][1]
