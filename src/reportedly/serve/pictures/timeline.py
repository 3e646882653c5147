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
from reportedly.serve.pictures.svg import element, link, many, number, picture, rows_of, text, width_of

LEFT = 64.0
TOP, AXIS, BOTTOM = 30.0, 145.0, 215.0
SCORE_TOP, SCORE_BOTTOM = 232.0, 292.0
REPORTS_TOP, REPORTS_BOTTOM = 308.0, 340.0
"""The three panels from top to bottom, in pixels: events, score, reports."""
CONFLICT, COOPERATION = ("material conflict", "verbal conflict"), ("material cooperation", "verbal cooperation")


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
    legend, down = _legend(spans[0].length, sheet)
    plot = (
        *(_gap(at, step, sheet) for at, span in enumerate(spans) if not span.reports),
        *_rulers(spans, sheet, scale, most),
        *(_bar(span, at, step, scale, href) for at, span in enumerate(spans) if span.events),
        element("path", d=f"M{number(LEFT)},{number(AXIS)}H{number(sheet.right)}", class_="pic-axis"),
        *((*_score(spans, sheet), *_reports(spans, step)) if sheet.panels else ()),
        text(LEFT, sheet.bottom + 34, "conflict above the line, cooperation below it; height = events", "pic-small"),
    )
    shown = element("g", *plot, transform=f"translate(0 {number(down)})") if down else Markup().join(plot)
    title = "Events by " + spans[0].length
    return picture("timeline", sheet.width, sheet.bottom + 40 + down, title, _told(spans), _hatching(), shown, legend)


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


# --- the panels beneath ----------------------------------------------------------------------------------------------


def _score(spans: Sequence[Span], sheet: Sheet) -> Iterator[Markup]:
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


def _reports(spans: Sequence[Span], step: float) -> Iterator[Markup]:
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


def _gap(at: int, step: float, sheet: Sheet) -> Markup:
    title = element("title", "no report was read of this time")
    return element("rect", title, x=LEFT + at * step, y=TOP, width=step, height=sheet.bottom - TOP, class_="pic-gap")


def _hatching() -> Markup:
    line = element("path", d="M0,6L6,0", class_="pic-hatching")
    return element("defs", element("pattern", line, id="pic-hatch", width=6, height=6, patternUnits="userSpaceOnUse"))


# --- rulers and legend -----------------------------------------------------------------------------------------------


def _rulers(spans: Sequence[Span], sheet: Sheet, scale: float, most: tuple[int, int]) -> Iterator[Markup]:
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


def _legend(length: str, sheet: Sheet) -> tuple[Markup, float]:
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
