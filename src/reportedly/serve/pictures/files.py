"""A picture as a file of its own: SVG with its looks inside, and PNG."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from reportedly.serve.pictures.svg import element

_CSS = Path(__file__).parent.parent / "static/pictures.css"
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_ASSIGNED = re.compile(r"(--pic-[\w-]+):\s*(#[0-9a-f]{6})")
_RULE = re.compile(r"^(\.pic[^{}@]*)\{([^{}]*)\}$", re.MULTILINE)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
SHARPNESS = 2.0
"""Pixels of a PNG per pixel of the picture."""


def standalone(picture: Markup, base: str = "") -> str:
    """The picture as an SVG file: looks inside, on its own ground. `base` ("http://host") goes before its links."""
    plain = str(picture)
    found = _SIZE.search(plain)
    assert found is not None
    ground = element("rect", x=0, y=0, width=float(found[1]), height=float(found[2]), class_="pic-ground")
    head, _, body = plain.replace('href="/', f'href="{escape(base)}/').partition(">")
    return f"{head}><style>{_looks()}</style>{ground}{body}\n"


def as_png(picture: Markup) -> bytes:
    """The picture as PNG, in colours for paper, twice its size. Letters come from the bundled Roboto.

    Roboto has Latin, Greek and Cyrillic letters; others are drawn as boxes. The SVG has them all.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=standalone(picture),
            zoom=int(SHARPNESS),
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family="Roboto",
            sans_serif_family="Roboto",
        )
    )


@cache
def _looks() -> str:
    """The rules for marks with the colours for light filled in, as not every program knows CSS variables."""
    css = _CSS.read_text(encoding="utf-8")
    colours = dict(_ASSIGNED.findall(css[: css.index("}")]))
    rules = (f"{selector.strip()}{{{body.strip()}}}" for selector, body in _RULE.findall(css) if ":" not in selector)
    return _VARIABLE.sub(lambda name: colours[name[1]], "\n".join(rules))


@cache
def _fonts() -> list[str]:
    import font_roboto

    return [font_roboto.Roboto, font_roboto.RobotoBold]
