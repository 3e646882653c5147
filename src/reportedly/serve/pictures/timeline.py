"""The timeline: how much is said to have happened on each day, of which kind, how hostile it was, and who reported.

Conflict grows upwards and cooperation downwards from one axis, so that they are told apart without colour. Full bars
are events of that day; pale ones are known only to a few days, and stand at the last of them. Days without any report
are hatched: nothing happened there that we know of, because nothing was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportedly.serve.pictures.palette import QUADS, quad_class
from reportedly.serve.pictures.spans import Span, spans_of
from reportedly.serve.pictures.svg import element, link, many, number, picture, text
from reportedly.serve.pictures.timeline_panels import (
    AXIS,
    BOTTOM,
    LARGE,
    LEFT,
    SMALL,
    TOP,
    Sheet,
    draw_gap,
    draw_legend,
    draw_reports,
    draw_rulers,
    draw_scores,
    hatching,
)

__all__ = ["LARGE", "SMALL", "Day", "Sheet", "draw_timeline"]
CONFLICT, COOPERATION = ("material conflict", "verbal conflict"), ("material cooperation", "verbal cooperation")


@dataclass(frozen=True, slots=True)
class Day:
    """What is said of one day (ISO 8601). `exact` and `vague` are events by quad class: of that day, or up to it.

    `score` is the sum of the conflict-cooperation scores of `scored` events; `reports` were published that day.
    """

    day: str
    exact: tuple[tuple[str, int], ...] = ()
    vague: tuple[tuple[str, int], ...] = ()
    score: float = 0.0
    scored: int = 0
    reports: int = 0


def draw_timeline(days: Sequence[Day], since: str, until: str, href: str, sheet: Sheet = LARGE) -> Markup:
    """The days from `since` to `until` (inclusive), by day, week, month or year as fits.

    `href` is the list of events with "{since}" and "{until}" where the days of a bar go.
    """
    spans = spans_of(days, since, until)
    step = sheet.step(len(spans))
    most = max((span.conflict for span in spans), default=0), max((span.cooperation for span in spans), default=0)
    scale = min((AXIS - TOP) / max(most[0], 1), (BOTTOM - AXIS) / max(most[1], 1))
    legend, down = draw_legend(spans[0].length, sheet)
    plot = (
        *(draw_gap(at, step, sheet) for at, span in enumerate(spans) if not span.reports),
        *draw_rulers(spans, sheet, scale, most),
        *(_bar(span, at, step, scale, href) for at, span in enumerate(spans) if span.events),
        element("path", d=f"M{number(LEFT)},{number(AXIS)}H{number(sheet.right)}", class_="pic-axis"),
        *((*draw_scores(spans, sheet), *draw_reports(spans, step)) if sheet.panels else ()),
        text(LEFT, sheet.bottom + 34, "conflict above the line, cooperation below it; height = events", "pic-small"),
    )
    shown = element("g", *plot, transform=f"translate(0 {number(down)})") if down else Markup().join(plot)
    title = "Events by " + spans[0].length
    return picture("timeline", sheet.width, sheet.bottom + 40 + down, title, _told(spans), hatching(), shown, legend)


def _told(spans: Sequence[Span]) -> str:
    conflict, cooperation = sum(s.conflict for s in spans), sum(s.cooperation for s in spans)
    silent = sum(not s.reports for s in spans)
    return (
        f"{many(conflict, 'event')} of conflict and {cooperation:,} of cooperation from {spans[0].since} to "
        f"{spans[-1].until}; no report in {silent} of {many(len(spans), spans[0].length)}."
    )


# --- events ----------------------------------------------------------------------------------------------------------


def _bar(span: Span, at: int, step: float, scale: float, href: str) -> Markup:
    address = href.replace("{since}", span.since).replace("{until}", span.until)
    return link(
        address,
        _title(span),
        *_stack(span, at, step, scale, CONFLICT, -1),
        *_stack(span, at, step, scale, COOPERATION, 1),
    )


def _stack(span: Span, at: int, step: float, scale: float, quads: Sequence[str], down: int) -> Iterator[Markup]:
    """Boxes from the axis outwards, what is certain of its day first."""
    y, wide = AXIS, max(step * 0.86, 0.8)
    for counts, pale in ((span.exact, ""), (span.vague, " pic-vague")):
        for quad in quads:
            tall = counts.get(quad, 0) * scale
            if tall:
                top = y - tall if down < 0 else y
                yield element(
                    "rect",
                    x=LEFT + at * step + (step - wide) / 2,
                    y=top,
                    width=wide,
                    height=tall,
                    class_=quad_class(quad) + pale,
                )
                y += down * tall


def _title(span: Span) -> str:
    parts = [
        f"{span.exact.get(q, 0) + span.vague.get(q, 0):,} {q}"
        for q in reversed(QUADS)
        if q in span.exact or q in span.vague
    ]
    vague = sum(span.vague.values())
    known = f" ({vague:,} of them only known to have happened by then)" if vague else ""
    return f"{span.name}: {', '.join(parts)}{known}; {many(span.reports, 'report')}"
