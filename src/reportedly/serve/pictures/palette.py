"""Which class a value is drawn in. The colours are in `static/pictures.css`, which says whose palette they are."""

from __future__ import annotations

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""PLOVER's quad classes, from the axis outwards on each side."""
_BOUNDS = (-6.0, -2.0, 2.0, 6.0)
SCORES = ("fierce conflict", "conflict", "neither", "cooperation", "close cooperation")
"""What the five score classes are called, from -10 to 10."""


def quad_class(quad: str) -> str:
    """The class of a quad class: "pic-material-conflict"."""
    return "pic-" + quad.replace(" ", "-")


def score_class(score: float | None) -> str:
    """One of five classes of PLOVER's conflict-cooperation score (-10 to 10), "pic-s0" where there is none."""
    if score is None:
        return "pic-s0"
    return f"pic-s{1 + sum(score > bound for bound in _BOUNDS)}"


def score_words(score: float | None) -> str:
    """ "score -9.5", "no score"."""
    return "no score" if score is None else f"score {score:+.1f}"
