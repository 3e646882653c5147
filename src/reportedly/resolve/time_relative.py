"""Periods told by their place: "two years ago", "the following day", "last week", "the third quarter"."""

from __future__ import annotations

from datetime import date

from reportedly.resolve.time_lengths import number_of, reach_back, spell_length, stretched, vague
from reportedly.resolve.time_runs import Reading, Run, codes, dated, is_plural, origin, written_year
from reportedly.resolve.time_values import (
    GRAINS,
    Period,
    day_of,
    half_of,
    move_day,
    period_at,
    precision_of,
    quarter_of,
    shift,
    spell_year,
    year_of,
)

NEAR_BY = 40  # words after which "a year earlier" no longer counts from a year that a report named


def read_ago(run: Run) -> Reading | None:
    """A length before publication: "two years ago", "weeks ago"; also "three days from now"."""
    scene, unit = run.scene, run.get("unit")
    start, way = scene.today, -1 if run.has("ago") else 1
    number = number_of(run) if run.has("small", "integer", "number", "few", "art", "year", "half", "fraction") else None
    if number is None:
        return vague(run, "PAST_REF" if way < 0 else "FUTURE_REF", unit, way)
    if unit == "Y" and number == 1 and way < 0 and run.first - scene.quarter_at < 60 and scene.quarter:
        return dated(shift(scene.quarter, "quarter", -4))
    return moved(run, start, unit, way * number)


def moved(run: Run, start: Period | None, unit: str, count: float) -> Reading | None:
    """The period that lies some units away from another, in the grain of the unit."""
    if unit.startswith("T"):
        if start is None or start.first is None:
            return Reading("DURATION", spell_length(abs(count), unit), run.mod)
        day = move_day(start.first, unit, int(count)) if abs(count) >= 24 else start.first
        return Reading("TIME", f"{day.isoformat()}TXX", None, day, day, "day", day_of(day))
    if start is None:
        return Reading("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX"))
    if unit in ("F", "L", "X", "C"):
        unit, count = {"F": ("W", count * 2), "L": ("Y", count * 1000), "X": ("X", count), "C": ("Y", count * 100)}[
            unit
        ]
    grain = GRAINS[unit]
    if unit == "D" and start.grain != "day" and start.first:
        return Reading("DATE", f"{spell_year(start.year)}-XX-XX", None, start.first, None)
    if (unit == "W" and start.first is None) or (unit == "W" and start.grain in ("year", "season", "decade")):
        return Reading("DATE", f"{spell_year(start.year)}-WXX")
    if count != int(count) and start.first:
        return dated(period_at("month" if unit == "Y" else "day", reach_back(start.first, unit, -count)))
    mod = run.mod if run.has("bound", "few") else None
    return dated(shift(start, grain, int(count)), mod if mod in ("APPROX", "LESS_THAN", "MORE_THAN") else None)


def read_shifted(run: Run) -> Reading | None:
    """A length from the last date told: "two days later", "a week earlier", "the day before"."""
    scene, unit = run.scene, run.get("unit")
    way = -1 if run.has("earlier", "before", "previous") else 1
    counted = run.has("small", "integer", "number", "few", "art", "year", "the")
    number = number_of(run) if counted else None
    if unit == "Y" and number == 1 and way < 0 and run.first - scene.quarter_at < 60 and scene.quarter:
        return dated(shift(scene.quarter, "quarter", -4))
    start = scene.here or scene.today
    if start and start.grain == "year" and run.first - scene.here_end > NEAR_BY and not scene.history:
        start = scene.today
    if unit.startswith("T") and number is not None:
        days = (start.first, start.last) if start and start.grain == "day" else (None, None)
        return Reading("DURATION", spell_length(number, unit), run.mod, *days, "day" if days[0] else "vague")
    if number is None:
        return vague(run, "PAST_REF" if way < 0 else "FUTURE_REF", unit, way, start)
    return moved(run, start, unit, way * number)


def read_relative(run: Run) -> Reading | None:
    """A unit by its place: "this week", "last year", "the following day", "the end of the month", "that year"."""
    scene, unit = run.scene, run.get("unit")
    if unit.startswith("T") or unit == "L":
        return None
    start = origin(run)
    if is_plural(run):
        return None
    grain = GRAINS.get(unit)
    plain = not run.has("this", "that", "last", "next", "previous", "following", "same", "latest", "current")
    if grain is None or start is None:
        return None
    if unit == "Q":
        return read_quarter_by_place(run, plain)
    if plain:
        return read_plain_unit(run, unit)
    if is_length(run, unit):
        return stretched(run, 1, unit)
    if grain == "day" and run.has("this", "last"):
        return Reading("DATE", "PRESENT_REF") if run.has("this") else None
    if grain == "day" and run.has("next", "following", "previous", "that", "same"):
        start = scene.here or scene.today
        if start is None or start.grain != "day":
            return Reading("DATE", f"{spell_year(start.year)}-XX-XX") if start else None
    if grain in ("week", "weekend") and start.first is None:
        return Reading("DATE", f"{spell_year(start.year)}-WXX")
    if grain == "weekend" and run.way == 0 and start == run.scene.today:
        return dated(nearest_weekend(run, start))
    return bounded(run, place(start, grain, run.way))


def nearest_weekend(run: Run, start: Period) -> Period:
    """The weekend of "this weekend" and "the weekend": before its Saturday, a past verb means the one before."""
    day = start.first or date.min
    weekend = period_at("weekend", day)
    is_past = weekend.first is not None and day < weekend.first and run.scene.direction(run.first, run.last) <= 0
    return shift(weekend, "weekend", -1) if is_past else weekend


def place(start: Period, grain: str, way: int) -> Period:
    """The period of a grain in which another begins, or the one before or after that."""
    if grain == "week" and way < 0 and start.grain == "day" and start.first and start.first.isoweekday() == 7:
        return period_at("week", start.first)  # on a Sunday, "last week" is the one that is ending
    if grain == "weekend" and start.first and way <= 0:
        weekend = period_at("weekend", start.first)
        before = weekend.first is not None and start.first < weekend.first
        return shift(weekend, "weekend", -1) if before and way < 0 else weekend
    return shift(start, grain, way)  # type: ignore[arg-type]


def is_length(run: Run, unit: str) -> bool:
    """Whether "the past year" and the like mean a length up to now, and not the calendar's unit."""
    if not run.has("last", "next", "following") or not run.has("the"):
        return False
    if "past" in run.spelt or "coming" in run.spelt:
        return unit in ("D", "W", "M", "Y", "X")
    return unit == "X" or (
        unit in ("W", "Y", "M") and run.has("next", "last") and run.before() in codes("for", "bound", "in")
    )


def bounded(run: Run, period: Period) -> Reading | None:
    """A period with its modifier; "earlier this year" ends, and "later this year" begins, with publication."""
    reading = dated(period, run.mod)
    published = run.scene.published
    if reading is None or run.scene.history or published is None or not period.first or not period.last:
        return reading
    if period.first <= published <= period.last and run.has("earlier", "later") and period.grain != "day":
        first = published if run.has("later") else period.first
        last = published if run.has("earlier") else period.last
        return Reading("DATE", period.value, run.mod, first, last, precision_of(first, last), period)
    return reading


def read_plain_unit(run: Run, unit: str) -> Reading | None:
    """A unit with only "the": "the year", "the weekend", "the end of the month", "year-end"."""
    scene = run.scene
    if run.has("stage", "earlier", "later", "edge") or unit == "E":
        start = scene.here if scene.history else scene.here if scene.here and unit == "D" else scene.today
        if start is None:
            return None
        if unit == "E" and start.first:
            return dated(nearest_weekend(run, start), run.mod)
        if unit in ("W", "E") and start.first is None:
            return None
        if unit == "D" and start.grain != "day":
            return None
        return bounded(run, shift(start, GRAINS[unit], 0)) if unit in GRAINS else None
    if unit in ("Y", "W") and not scene.history and run.after() not in codes("of"):
        ending = scene.doc[min(scene.token_at(run.last - 1) + 1, len(scene.doc) - 1)].lower_
        if ending in ("ended", "ending", "to"):
            return Reading("DURATION", spell_length(1, unit))
        return dated(shift(scene.today, GRAINS[unit], 0)) if scene.today else None
    return None


def read_quarter_by_place(run: Run, plain: bool) -> Reading | None:
    """A quarter without a number: the last one named, else by "this", "last" and "next" from publication."""
    scene = run.scene
    if (plain or run.has("latest", "that", "same")) and scene.quarter:
        return dated(scene.quarter, run.mod)
    if scene.today is None or scene.today.first is None:
        return None
    way = -1 if run.has("latest") or (plain and scene.direction(run.first, run.last) <= 0) else run.way
    return dated(shift(period_at("quarter", scene.today.first), "quarter", way), run.mod)


def read_quarter(run: Run) -> Reading | None:
    """A numbered quarter or half: "the third quarter", "the 1988 fourth quarter", "the first half of 1990"."""
    scene, number = run.scene, run.get("ordinal") or 2  # "the latter half"
    is_half = run.has("half")
    if not is_half and "Q" not in run.all("unit"):
        return None
    if is_half and not run.has("year") and not run.has("unit"):
        return None
    today = scene.today
    year = written_year(run)
    if number > (2 if is_half else 4):
        return None
    if year is None and run.has("ago", "earlier") and today:
        year = (scene.quarter.year if scene.quarter else today.year) - 1
    if year is None and run.has("unit") and run.has("this", "last", "next", "that", "same") and today:
        year = (origin(run) or today).year + run.way
    if year is None and today:
        now = (today.month or 1) + 2
        year = today.year - (number > now // 3 + 1 and scene.direction(run.first, run.last) <= 0)
    if year is None:
        return None
    return dated((half_of if is_half else quarter_of)(year, number), run.mod)


def read_year_ago(run: Run) -> Reading | None:
    """The same time a year before: "the year-ago period", "the 1988 quarter"."""
    scene = run.scene
    year, quarter = run.get("year"), scene.quarter
    if run.get("unit") not in ("Y", "Q"):
        return None
    if year is None and run.get("unit") != "Y":
        return None
    if run.has("ordinal"):
        return read_quarter(run)
    if quarter and run.first - scene.quarter_at < 200:
        return dated(quarter_of(year, int(quarter.value[-1])) if year else shift(quarter, "quarter", -4))
    start = year_of(year) if year else shift(scene.today, "year", -1) if scene.today else None
    return dated(start)
