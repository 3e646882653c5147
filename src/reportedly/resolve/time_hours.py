"""Parts and times of the day, and the day that they belong to: "Friday night", "10 p.m. Wednesday", "05:30 GMT"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from reportedly.resolve.time_dates import read_calendar, read_weekday
from reportedly.resolve.time_grammar import spell_out
from reportedly.resolve.time_holidays import read_holiday
from reportedly.resolve.time_runs import Reading, Run, codes, dated
from reportedly.resolve.time_values import Period, day_of, shift
from reportedly.resolve.time_words import kind_code

PLACES = ("this", "that", "same", "last", "previous", "next", "following")
DAYS = ("month", "mon", "iso", "weekday", "deictic", "holiday", "unit", *PLACES)


def day_within(run: Run) -> Period | None:
    """The day that a part or time of the day belongs to: written beside it, or by "this", "last" and "that"."""
    scene = run.scene
    for kinds, reader in ((("month", "mon", "iso"), read_calendar), (("weekday",), read_weekday)):
        if run.has(*kinds):
            found = reader(run)
            return found.period if found else None
    if run.has("deictic") and scene.published:
        return day_of(scene.published + timedelta(days=run.get("deictic")))
    if run.has("holiday"):
        found = read_holiday(run)
        return found.period if found else None
    told = scene.here if scene.here and scene.here.grain == "day" else None
    if run.has("this") or (run.has("last") and not scene.history):
        start = scene.today
    else:
        start = told or (None if scene.history else scene.today)
    if start is None or start.grain != "day":
        return None
    return shift(start, "day", run.way)


def day_after(run: Run) -> Period | None:
    """The weekday that comes a few words after a time of the day: "at 0600 GMT (09:00 local time) on Tuesday"."""
    words = run.scene.words
    match = near_weekday().match(words.kinds, run.last)
    found = read_weekday(Run(run.scene, match.end() - 1, match.end())) if match else None
    return found.period if found else None


@cache
def near_weekday() -> re.Pattern[str]:
    """Up to six words that hold nothing but another zone's time, and a weekday."""
    return re.compile(spell_out("(?:other|clock|small|ampm|zone|comma){0,6} on weekday"))


def timed(run: Run, suffix: str) -> Reading:
    """A TIME on the day that its words or the scene give."""
    day = day_within(run) if run.has(*DAYS) else day_after(run) or day_within(run)
    if day is None or day.first is None:
        return Reading("TIME", f"XXXX-XX-XX{suffix}", run.mod)
    return Reading("TIME", day.value + suffix, run.mod, day.first, day.last, "day", day)


def read_parted(run: Run) -> Reading | None:
    """A part of the day: "Friday night", "this morning", "the night of April 18", "that evening"."""
    if run.has("number") and run.all("number") != [1]:
        return None
    bare = run.has("the") and not run.has(*PLACES, "month", "mon", "weekday", "deictic")
    if bare and run.scene.words.kinds[run.last - 1] != kind_code("part"):
        return None
    return timed(run, f"T{run.get('part')}")


def read_overnight(run: Run) -> Reading | None:
    """A part of the day by itself: "overnight" is the night before publication, "at night" any night."""
    scene = run.scene
    if run.spelt == "overnight" and scene.published and not scene.history:
        night = scene.published - timedelta(days=1)
        return Reading("TIME", f"{night.isoformat()}TNI", None, night, scene.published, "week")
    if run.before() not in codes("at", "before"):
        return None
    return Reading("TIME", "XXXX-XX-XXTNI") if run.spelt == "night" else timed(run, f"T{run.get('part')}")


def read_clocked(run: Run) -> Reading | None:
    """A time of the day: "10 p.m. Wednesday", "05:30 GMT", "noon"."""
    clock = run.get("clock") or run.get("hour")
    half = str(run.get("ampm") or "")[:1].lower()
    if clock is None:
        number = next(iter(run.all("integer", "year", "small", "number")), None)
        if number is None or (run.has("zone") and number > 2400):
            return None
        clock = f"{int(number) // 100:02d}:{int(number) % 100:02d}" if number > 24 else f"{int(number):02d}:00"
        if not half and not run.has("zone", "part"):
            return None
    hour, minute = int(clock.split(":")[0]), clock.split(":")[1]
    if int(minute) > 59 or hour > 24 or (not half and not run.has("hour", "zone", "part", "clock")):
        return None
    if half == "p" or run.get("part") in ("AF", "EV"):
        hour = hour + 12 if hour < 12 else hour
    elif half == "a" and hour == 12:
        hour = 0
    return timed(run, f"T{hour:02d}:{minute}")


def read_relative_day(run: Run) -> Reading | None:
    """The day before or after another: "the day after Christmas"."""
    if run.get("unit") != "D":
        return None
    found = day_within(run)
    return dated(shift(found, "day", -1 if run.has("before") else 1)) if found else None
