"""Holidays: fixed days, weekdays of a month, days from Easter, and the Islamic calendar."""

from __future__ import annotations

from datetime import date, timedelta

from reportedly.resolve.time_runs import Reading, Run, dated, written_year, year_by_words
from reportedly.resolve.time_values import Period, day_of, easter_of, islamic_days, month_of, week_of


def read_holiday(run: Run) -> Reading | None:
    """A holiday in its year, written or nearest to the tense; `holidays` in times.toml says how it is reckoned."""
    scene, rule = run.scene, str(run.get("holiday"))
    if written_year(run) is None and scene.history and not scene.here:
        return None
    year = written_year(run) or year_by_words(run)
    if year is not None:
        days = holiday_days(rule, year)
    elif scene.history and scene.here:
        days = holiday_days(rule, scene.here.year) if scene.here.year > 1 else []
    elif scene.published:
        base = scene.published
        around = [day for one in range(base.year - 1, base.year + 2) for day in holiday_days(rule, one)]
        past, ahead = [day for day in around if day <= base], [day for day in around if day >= base]
        nearest = min(around, key=lambda day: abs((day - base).days), default=None)
        close = nearest is not None and abs((nearest - base).days) < 45
        way = run.way or (0 if close else scene.direction(run.first, run.last))
        days = past[-1:] if way < 0 else ahead[:1] if way > 0 else [nearest] if nearest else []
    else:
        return None
    if not days:
        return None
    if rule.count("-") == 1 and rule.startswith("I"):
        last = days[0] + timedelta(days=29)
        period = Period("month", days[0].isoformat()[:7], days[0].year, days[0].month, days[0], last)
        return dated(period, run.mod)
    is_week = run.spelt.endswith("week")
    return dated(week_of(days[0]) if is_week else day_of(days[0]), run.mod)


def holiday_days(rule: str, year: int) -> list[date]:
    """The days of a holiday in a Gregorian year; none outside the years 1000 to 9000."""
    if not 1000 <= year <= 9000:
        return []
    if rule.startswith("E"):
        return [easter_of(year) + timedelta(days=int(rule[1:]))]
    if rule.startswith("I"):
        parts = [int(part) for part in rule[2:].split("-")]
        return islamic_days(year, parts[0], parts[1] if len(parts) > 1 else 1)
    month, *rest = rule.split("-")
    if len(rest) == 1 and rest[0].isdigit():
        return [date(year, int(month), int(rest[0]))]
    if rest[0].startswith("L"):
        last = month_of(year, int(month)).last or date(year, int(month), 28)
        return [last - timedelta(days=(last.isoweekday() - int(rest[0][1:])) % 7)]
    first = date(year, int(month), 1)
    weekday, _, more = rest[1].partition("+")
    days = (int(weekday) - first.isoweekday()) % 7 + 7 * (int(rest[0]) - 1) + int(more or 0)
    return [first + timedelta(days=days)]
