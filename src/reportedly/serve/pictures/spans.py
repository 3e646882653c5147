"""Days put together to spans of a day, a week, a month or a year, so that a timeline never has too many bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MOST = 130
"""Bars on a picture; with more, the next longer span is taken."""
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Name of a span -> days in it, about."""


class Counted(Protocol):
    """A day with its counts: `timeline.Day`."""

    @property
    def day(self) -> str: ...  # noqa: D102
    @property
    def exact(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102
    @property
    def vague(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def scored(self) -> int: ...  # noqa: D102
    @property
    def reports(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until` (ISO 8601, inclusive) with what happened in them."""

    length: str
    since: str
    until: str
    exact: Counter[str]
    vague: Counter[str]
    mean: float | None
    reports: int

    @property
    def events(self) -> int:
        """All of them."""
        return self.exact.total() + self.vague.total()

    @property
    def conflict(self) -> int:
        """Events of both conflictual quad classes."""
        return sum(n for counts in (self.exact, self.vague) for quad, n in counts.items() if quad.endswith("conflict"))

    @property
    def cooperation(self) -> int:
        """All others."""
        return self.events - self.conflict

    @property
    def name(self) -> str:
        """ "2019-05-13", "week of 2019-05-13", "2019-05", "2019"."""
        return {"day": self.since, "week": f"week of {self.since}"}.get(self.length, self.tick)

    @property
    def tick(self) -> str:
        """What stands beneath it."""
        return {"month": self.since[:7], "year": self.since[:4]}.get(self.length, self.since)


def spans_of(days: Sequence[Counted], since: str, until: str) -> list[Span]:
    """The spans from `since` to `until`, all of the shortest length that fits, without a gap; at least one.

    Of more than `MOST` years, the last ones.
    """
    first, last = date.fromisoformat(since), max(date.fromisoformat(since), date.fromisoformat(until))
    first = max(first, date(max(last.year - MOST + 1, 1), 1, 1))
    length = next(name for name, of in LENGTHS.items() if (last - first).days / of < MOST or name == "year")
    starts = list(_starts(first, last, length))
    of_span: dict[date, list[Counted]] = {start: [] for start in starts}
    for counted in days:
        if first.isoformat() <= counted.day <= last.isoformat():
            of_span[_start(date.fromisoformat(counted.day), length)].append(counted)
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return [_span(length, max(start, first), end, of_span[start]) for start, end in zip(starts, ends, strict=True)]


def _span(length: str, start: date, end: date, days: Sequence[Counted]) -> Span:
    exact, vague = Counter[str](), Counter[str]()
    for counted in days:
        exact.update(dict(counted.exact))
        vague.update(dict(counted.vague))
    scored = sum(counted.scored for counted in days)
    mean = sum(counted.score for counted in days) / scored if scored else None
    return Span(length, start.isoformat(), end.isoformat(), exact, vague, mean, sum(c.reports for c in days))


def _start(day: date, length: str) -> date:
    """The first day of the span that a day lies in; weeks begin on Monday."""
    if length == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.replace(day=1) if length == "month" else day.replace(month=1, day=1) if length == "year" else day


def _starts(first: date, last: date, length: str) -> Iterator[date]:
    start = _start(first, length)
    yield start
    while (following := _next(start, length)) <= last and following > start:
        yield following
        start = following


def _next(start: date, length: str) -> date:
    """The span after; the same one where the calendar ends."""
    try:
        if length == "month":
            return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
        if length == "year":
            return start.replace(year=start.year + 1)
        return start + timedelta(days=LENGTHS[length])
    except (OverflowError, ValueError):
        return start


def span_around(
    days: Sequence[str], reports: Sequence[str], since: str | None = None, until: str | None = None
) -> tuple[str, str]:
    """From when to when (ISO 8601) a timeline goes: as asked, else as long as there were reports, else events.

    Reports tell of years that lie behind, and of what is to come; most would be white.
    """
    known = [day for day in reports if _is_day(day)] or [day for day in days if _is_day(day)] or ["1970-01-01"]
    first, last = since or _a_week_before(min(known)), until or max(known)
    return (first, last) if first <= last else (since or last, until or first)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _a_week_before(day: str) -> str:
    """What the first report tells of may have happened in the days before it."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=min(7, found.toordinal() - 1))).isoformat()


def day_before(day: str) -> str:
    """The day before, the same one where the calendar begins."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=1) if found > date.min else found).isoformat()


def day_after(day: str) -> str:
    """The day after, the same one where the calendar ends."""
    found = date.fromisoformat(day)
    return (found + timedelta(days=1) if found < date.max else found).isoformat()
