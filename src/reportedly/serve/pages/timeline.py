"""Timeline: events by day and kind, how hostile they were, and on which days nothing was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from reportedly.serve import sums
from reportedly.serve.desk import desk_of
from reportedly.serve.picture_files import Format, picture_answer
from reportedly.serve.pictures.spans import day_after, day_before, span_around
from reportedly.serve.pictures.timeline import LARGE, SMALL, Day, Sheet, draw_timeline
from reportedly.serve.render import csv_answer, page
from reportedly.serve.views import View, view_of
from reportedly.store.aggregates import DayCount
from reportedly.store.store import Store

router = APIRouter(include_in_schema=False)
TYPICAL = 12
"""So many pairs of actors are offered to look at alone."""
COLUMNS = ("day", "known_to_the_day", "quad", "events", "mean_score", "reports")
Seen = Annotated[View, Depends(view_of)]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a timeline shows: from when to when (ISO 8601, inclusive), and how many events lie before and after."""

    days: tuple[Day, ...]
    since: str
    until: str
    before: int
    after: int
    events: int


@router.get("/timeline")
def show_timeline(request: Request, view: Seen) -> Response:
    """The timeline, and the pairs of actors with most events."""
    store = desk_of(request).store
    line = _timeline(store, view)
    pairs = sums.pairs(store, view.wanted)[:TYPICAL]
    return page(
        request, "timeline.html", view=view, line=line, picture=_draw(view, line) if line else None,
        pairs=[(pair, view.but(actor=pair.actor, recipient=pair.recipient)) for pair in pairs],
        earlier=line and _earlier(view, line), later=line and _later(view, line),
    )  # fmt: skip


@router.get("/timeline.csv")
def timeline_csv(request: Request, view: Seen) -> Response:
    """Every day with its events by kind; a day with reports and without events has a row of its own."""
    store = desk_of(request).store
    return csv_answer(COLUMNS, _rows(sums.days(store, view.wanted), sums.reports(store)), "timeline")


@router.get("/timeline.{format}")
def timeline_file(request: Request, view: Seen, format: Format) -> Response:
    """The timeline as a file."""
    line = _timeline(desk_of(request).store, view) or Timeline((), "1970-01-01", "1970-01-01", 0, 0, 0)
    return picture_answer(request, _draw(view, line), "timeline", format)


@dataclass(frozen=True, slots=True)
class SmallTimeline:
    """A small picture of the days of `line`; `earlier` and `later` are the lists of events before and after these."""

    line: Timeline
    picture: Markup
    earlier: str
    later: str


def small_timeline(store: Store, view: View) -> SmallTimeline | None:
    """For a page about something else; None where there is nothing to draw."""
    line = _timeline(store, view)
    if line is None or not line.events:
        return None
    return SmallTimeline(line, _draw(view, line, SMALL), _earlier(view, line), _later(view, line))


def _earlier(view: View, line: Timeline) -> str:
    return view.but(by=f"0001-01-01..{day_before(line.since)}").url("/events")


def _later(view: View, line: Timeline) -> str:
    return view.but(by=f"{day_after(line.until)}..9999-12-31").url("/events")


def _draw(view: View, line: Timeline, sheet: Sheet = LARGE) -> Markup:
    # Braces stay as they are in the address only here, where days are put into them.
    href = view.but(by=None).url("/events", by="SINCE..UNTIL").replace("SINCE..UNTIL", "{since}..{until}")
    return draw_timeline(line.days, line.since, line.until, href, sheet)


def _timeline(store: Store, view: View) -> Timeline | None:
    """The days from first to last report, or those of the filter; None where there is nothing to show."""
    counts, reports = sums.days(store, view.wanted), sums.reports(store)
    if not counts:
        return None
    since, until = span_around([c.day for c in counts], sorted(reports), view.since, view.until)
    inside = [count for count in counts if since <= count.day <= until]
    return Timeline(
        tuple(_days(inside, {day: n for day, n in reports.items() if since <= day <= until})),
        since,
        until,
        sum(count.events for count in counts if count.day < since),
        sum(count.events for count in counts if count.day > until),
        sum(count.events for count in inside),
    )


def _days(counts: Sequence[DayCount], reports: dict[str, int]) -> Iterator[Day]:
    of_day: defaultdict[str, list[DayCount]] = defaultdict(list)
    for count in counts:
        of_day[count.day].append(count)
    for day in sorted({*of_day, *reports}):
        mine = of_day[day]
        exact, vague = (tuple((c.quad, c.events) for c in mine if c.exact is known) for known in (True, False))
        score, scored = sum(c.score for c in mine), sum(c.scored for c in mine)
        yield Day(day, exact, vague, score, scored, reports.get(day, 0))


def _rows(counts: Sequence[DayCount], reports: dict[str, int]) -> Iterator[dict[str, object]]:
    told = {count.day for count in counts}
    bare = [DayCount(day, True, "", 0, 0.0, 0) for day in reports if day not in told]
    for count in sorted([*counts, *bare], key=lambda c: (c.day, not c.exact, c.quad)):
        mean = round(count.score / count.scored, 2) if count.scored else None
        yield {"day": count.day, "known_to_the_day": count.exact, "quad": count.quad, "events": count.events,
               "mean_score": mean, "reports": reports.get(count.day, 0)}  # fmt: skip
