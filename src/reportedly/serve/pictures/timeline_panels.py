"""What a timeline has besides its bars: how large it is, scores and reports beneath, rulers, gaps and the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportedly.serve.pictures.palette import QUADS, quad_class
from reportedly.serve.pictures.spans import Span
from reportedly.serve.pictures.svg import element, many, number, rows_of, text, width_of

LEFT = 64.0
TOP, AXIS, BOTTOM = 30.0, 145.0, 215.0
SCORE_TOP, SCORE_BOTTOM = 232.0, 292.0
REPORTS_TOP, REPORTS_BOTTOM = 308.0, 340.0
"""The three panels from top to bottom, in pixels: events, score, reports."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large a timeline is, in pixels; without `panels` it has the events alone, neither scores nor reports."""

    width: float = 960.0
    panels: bool = True

    @property
    def right(self) -> float:
        """Where the days end."""
        return self.width - 10

    @property
    def bottom(self) -> float:
        """Where the lowest panel ends; the days stand beneath it."""
        return REPORTS_BOTTOM if self.panels else BOTTOM

    def step(self, spans: int) -> float:
        """How wide a span is."""
        return (self.right - LEFT) / spans


LARGE, SMALL = Sheet(), Sheet(640.0, panels=False)


def draw_scores(spans: Sequence[Span], sheet: Sheet) -> Iterator[Markup]:
    """The mean score as a line that breaks where there is none."""
    middle, step = (SCORE_TOP + SCORE_BOTTOM) / 2, sheet.step(len(spans))
    yield element("path", d=f"M{number(LEFT)},{number(middle)}H{number(sheet.right)}", class_="pic-grid")
    for y, words in ((SCORE_TOP + 4, "+10"), (middle + 4, "score 0"), (SCORE_BOTTOM + 4, "-10")):
        yield text(LEFT - 6, y, words, "pic-small", "end")
    path, drawn = "", False
    for at, span in enumerate(spans):
        if span.mean is None:
            drawn = False
            continue
        x, y = LEFT + (at + 0.5) * step, middle - span.mean / 10 * (SCORE_BOTTOM - SCORE_TOP) / 2
        path += f"{'L' if drawn else 'M'}{number(x)},{number(y)}"
        drawn = True
        if len(spans) <= 120:
            title = element("title", f"{span.name}: mean score {span.mean:+.1f}")
            yield element("circle", title, cx=x, cy=y, r=2.2, class_="pic-dot")
    if path:
        yield element("path", d=path, class_="pic-score")


def draw_reports(spans: Sequence[Span], step: float) -> Iterator[Markup]:
    """How many reports were published, as bars."""
    most = max((span.reports for span in spans), default=0) or 1
    yield text(LEFT - 6, REPORTS_TOP + 8, f"{most:,}", "pic-small", "end")
    yield text(LEFT - 6, REPORTS_BOTTOM, "reports", "pic-small", "end")
    for at, span in enumerate(spans):
        if span.reports:
            tall = max(span.reports / most * (REPORTS_BOTTOM - REPORTS_TOP), 1.0)
            box = {
                "x": LEFT + (at + 0.1) * step,
                "y": REPORTS_BOTTOM - tall,
                "width": max(step * 0.8, 0.8),
                "height": tall,
            }
            yield element(
                "rect", element("title", f"{span.name}: {many(span.reports, 'report')}"), class_="pic-reports", **box
            )


def draw_gap(at: int, step: float, sheet: Sheet) -> Markup:
    """A span of which no report was read."""
    title = element("title", "no report was read of this time")
    return element("rect", title, x=LEFT + at * step, y=TOP, width=step, height=sheet.bottom - TOP, class_="pic-gap")


def hatching() -> Markup:
    """The pattern of gaps; once in a picture."""
    line = element("path", d="M0,6L6,0", class_="pic-hatching")
    return element("defs", element("pattern", line, id="pic-hatch", width=6, height=6, patternUnits="userSpaceOnUse"))


# --- rulers and legend -----------------------------------------------------------------------------------------------


def draw_rulers(spans: Sequence[Span], sheet: Sheet, scale: float, most: tuple[int, int]) -> Iterator[Markup]:
    """Most conflict and most cooperation as lines, and days as ticks."""
    for count, y in ((most[0], AXIS - most[0] * scale), (most[1], AXIS + most[1] * scale)):
        if count:
            yield element("path", d=f"M{number(LEFT)},{number(y)}H{number(sheet.right)}", class_="pic-grid")
            yield text(LEFT - 6, y + 4, f"{count:,}", "pic-small", "end")
    yield text(LEFT - 6, AXIS + 4, "0", "pic-small", "end")
    shown = max(1, -(-len(spans) * 74 // int(sheet.right - LEFT)))
    for at in range(0, len(spans), shown):
        x = LEFT + (at + 0.5) * sheet.step(len(spans))
        yield element("path", d=f"M{number(x)},{number(sheet.bottom)}v4", class_="pic-axis")
        anchor = "end" if x > sheet.right - 30 else "middle"
        yield text(x, sheet.bottom + 16, spans[at].tick, "pic-small", anchor)


def draw_legend(length: str, sheet: Sheet) -> tuple[Markup, float]:
    """The signs, and how far what is beneath them must move down as they need more than a row."""
    signs = [(quad, quad_class(quad)) for quad in reversed(QUADS)]
    signs += [(f"by that {length} at the latest", "pic-material-conflict pic-vague"), ("no report read", "pic-gap")]
    places = rows_of([width_of(words, 11) + 36 for words, _ in signs], LEFT, sheet.width, 8, 18)
    shown = (
        Markup().join(
            (element("rect", x=x, y=y, width=12, height=11, class_=kind), text(x + 16, y + 10, words, "pic-small"))
        )
        for (words, kind), (x, y) in zip(signs, places, strict=True)
    )
    return Markup().join(shown), places[-1][1] - places[0][1]
