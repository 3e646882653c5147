"""A few small bars in a line of text: how something went, without an axis."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reportedly.serve.pictures.svg import XMLNS, element, number

HEIGHT, STEP = 20.0, 5.0


def draw_spark(counts: Sequence[int], title: str) -> Markup:
    """A bar for each count, the tallest as high as the line. `title` says what is counted, and from when to when."""
    most = max(counts, default=0) or 1
    wide = max(STEP * len(counts), STEP)
    bars = (
        element("rect", x=at * STEP, y=HEIGHT - tall, width=STEP - 1, height=tall, class_="pic-reports")
        for at, count in enumerate(counts)
        if (tall := max(count / most * HEIGHT, 1.0 if count else 0.0))
    )
    return element(
        "svg", element("title", title), *bars,
        xmlns=XMLNS, viewBox=f"0 0 {number(wide)} {number(HEIGHT)}", width=wide, height=HEIGHT,
        role="img", aria_label=title, class_="pic pic-spark",
    )  # fmt: skip
