"""Dates: days, months, seasons, years, decades, centuries, weekdays, and words like "today" and "now"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from reportedly.resolve.time_grammar import spell_out
from reportedly.resolve.time_runs import Reading, Run, codes, dated, origin, written_year, year_by_words
from reportedly.resolve.time_values import (
    Period,
    century_of,
    day_of,
    decade_of,
    month_of,
    season_of,
    spell_year,
    year_of,
)
from reportedly.resolve.time_words import kind_code


def read_calendar(run: Run) -> Reading | None:
    """A day of the calendar: "Monday, 5 May 2019", "Nov. 9", "2019-05-05"."""
    if run.has("iso"):
        try:
            return dated(day_of(date.fromisoformat(run.get("iso"))))
        except ValueError:
            return None
    month = run.get("month") or run.get("mon")
    year = written_year(run) or year_by_words(run) or coming_year(run)
    if year is None and run.way and run.scene.published:
        past = run.scene.published
        day = day_beside_month(run) or 1
        year = past.year - (run.way < 0 and (month, day) >= (past.month, past.day))
        year += run.way > 0 and (month, day) <= (past.month, past.day)
    return read_day(run, year, month, day_beside_month(run))


def day_beside_month(run: Run) -> int | None:
    """The day right after a month, or else right before it."""
    words = run.scene.words
    at = next(i for i in range(run.first, run.last) if words.kinds[i] in codes("month", "mon"))
    order = [*range(at + 1, min(at + 4, run.last)), *range(at - 1, max(at - 3, run.first - 1), -1)]
    return next((words.values[i] for i in order if words.kinds[i] in codes("small", "nth", "ordinal")), None)


def coming_year(run: Run) -> int | None:
    """The year that a second date right after this one gives both: "March 5-9, 1918", "in April and June 1955"."""
    words = run.scene.words
    match = second_date().match(words.kinds, run.last)
    return words.find("year", run.last, match.end()) if match else None


@cache
def second_date() -> re.Pattern[str]:
    """Words after a date that add another date with a year."""
    return re.compile(
        spell_out("(?:hyphen|and|or|to|comma)+ the? (?:MONTH (?:small|nth)?|(?:small|nth) MONTH?) comma? year")
    )


def read_day(run: Run, year: int | None, month: int, day: int | None) -> Reading | None:
    """A day of a month whose year may be missing."""
    if day is None:
        return None
    year = year if year is not None else run.scene.year_for(month, day, run.first, run.last)
    mod = run.mod if run.has("stage", "bound") else None
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}", mod)
    if year < 1:
        return dated(Period("day", f"{spell_year(year)}-{month:02d}-{day:02d}", year, month), mod)
    try:
        return dated(day_of(date(year, month, day)), mod)
    except ValueError:
        return None


def read_day_before_month(run: Run) -> Reading | None:
    """The first of two days of a month: "24" in "24 and 25 April"."""
    words = run.scene.words
    at = next(i for i in range(run.last, run.last + 6) if words.kinds[i] in codes("month", "mon"))
    year = words.values[at + 1] if words.kinds[at + 1 : at + 2] == kind_code("year") else None
    return read_day(run, year, words.values[at], run.get("small") or run.get("nth"))


def read_day_after_month(run: Run) -> Reading | None:
    """The second of two days of a month: "25" in "April 24 and 25"."""
    scene, day = run.scene, run.get("small") or run.get("nth")
    here = scene.here
    listed = here is not None and here.grain == "day" and scene.here_end == run.first - 1
    if here is None or not listed or here.first is None or day <= here.first.day:
        return None
    if run.following_tag in ("NNS", "NN", "JJ", "CD"):
        return None
    return read_day(run, here.year, here.first.month, day)


def read_day_of_here(run: Run) -> Reading | None:
    """A day of the month last told: "on the 20th"."""
    here = run.scene.here
    if here is None or here.month is None or here.grain not in ("day", "month") or run.following_tag[:1] in ("N", "J"):
        return None
    return read_day(run, here.year, here.month, run.get("nth"))


def read_month(run: Run) -> Reading | None:
    """A month: "May 2019", "last October", "early March", "June last year"."""
    scene, month = run.scene, run.get("month") or run.get("mon")
    year = written_year(run) or year_by_words(run) or coming_year(run)
    if year is None and is_modal(run):
        return None
    if year is None and run.has("last", "next", "previous", "this") and scene.today:
        now = scene.today.month or 1
        base = scene.today.year
        past, ahead = base - (month >= now), base + (month <= now)
        year = past if run.way < 0 else ahead if run.way > 0 else base
    if year is None:
        year = scene.year_for(month, None, run.first, run.last)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", run.mod)
    return dated(month_of(year, month), run.mod)


def is_modal(run: Run) -> bool:
    """Whether the only word is "May" or "March" and no month."""
    scene = run.scene
    if run.get("month") not in (3, 5) or run.last - run.first > 1:
        return False
    if run.before() not in codes(
        "in", "since", "to", "from", "between", "of", "and", "or", "hyphen", "for", "after", "before"
    ):
        return True
    return str(scene.doc[scene.token_at(run.first)].tag_) in ("MD", "VB", "VBD", "VBP")


def read_season(run: Run) -> Reading | None:
    """A season: "the summer of 1955", "last spring", "this fall"."""
    scene, season = run.scene, run.get("season")
    year = written_year(run) or year_by_words(run)
    bare = not run.has("last", "next", "this", "previous", "following", "that", "same")
    if year is None and bare:
        tag = scene.doc[scene.token_at(run.last - 1)].tag_
        if not tag.startswith("NN") or (is_falling(run) and run.before() not in codes("in", "since", "to", "of")):
            return None
        year = scene.season_year(season)
    elif year is None and (start := origin(run)):
        now = season_of(start.year, season)
        first = start.first or date(1, 1, 1)
        year = start.year
        if now.first and now.last and run.way:
            year += -1 if run.way < 0 and now.last >= first else 1 if run.way > 0 and now.first <= first else 0
    if year is None:
        return Reading("DATE", f"XXXX-{season}", run.mod)
    return dated(season_of(year, season), run.mod)


def is_falling(run: Run) -> bool:
    """Whether the season is spelt "fall", which is more often no season."""
    return run.spelt.endswith("fall")


def read_weekday(run: Run) -> Reading | None:
    """A weekday: by "last" and "next", else by the tense of its verb; publication's own weekday is publication day."""
    scene, number = run.scene, run.get("weekday")
    if run.has("that") and run.tag == "IN":
        return None  # "said that Monday ..."
    start = scene.here if scene.history or run.has("following", "previous") else scene.today
    if start is None or start.first is None or (scene.history and start.grain != "day"):
        return Reading("DATE", f"XXXX-WXX-{number}", run.mod)
    base = start.first
    back = (base.isoweekday() - number) % 7
    if run.way < 0 or run.way > 0:
        gap = -(back or 7) if run.way < 0 else (7 - back)
    elif scene.history:
        gap = (7 - back) % 7
    else:
        gap = 0 if back == 0 else 7 - back if scene.direction(run.first, run.last) > 0 else -back
    return dated(day_of(base + timedelta(days=gap)), run.mod)


def read_deictic(run: Run) -> Reading | None:
    """Today, yesterday, tomorrow, tonight."""
    scene, offset = run.scene, run.get("deictic")
    tonight = run.spelt.endswith("tonight")
    if scene.history or scene.published is None:
        return Reading("DATE", "PRESENT_REF") if not tonight else Reading("TIME", "XXXX-XX-XXTNI")
    day = scene.published + timedelta(days=offset)
    if tonight:
        return Reading("TIME", f"{day.isoformat()}TNI", None, day, day, "day", day_of(day))
    return dated(day_of(day), run.mod)


def read_year(run: Run) -> Reading | None:
    """A year: "1989", "early 2003", "the year 2000", "490 BC"."""
    scene = run.scene
    if not run.has("year", "short", "bc"):
        first = scene.words.values[run.first - 2]
        number = run.get("small") or run.get("integer")
        year = int(first) // 100 * 100 + int(number) if first and number < 100 else None
        return dated(year_of(year)) if year and first < year < first + 80 else None
    year = written_year(run)
    if year is None or (not run.has("bc") and not is_year(run, year)):
        return None
    return dated(year_of(year), run.mod)


def is_year(run: Run, year: int) -> bool:
    """Whether four digits are a year and no count of things."""
    scene = run.scene
    if run.has("unit", "stage", "edge"):
        return True
    if run.has("short"):
        return run.before() in codes("in", "of", "since", "from", "to", "between", "and", "stage")
    latest = scene.published.year + 60 if scene.published else 2100
    if not 1400 <= year <= latest:
        return run.before() in codes("in", "since", "month")
    if run.before() in codes("in", "since", "from", "between", "of", "hyphen", "stage", "season", "month"):
        return True
    return run.following_tag != "NNS" and year >= 1600 and run.before() not in codes("integer", "bound")


def read_spoken_year(run: Run) -> Reading | None:
    """A round year in words: "the year two thousand"."""
    return dated(year_of(run.get("number") * 1000)) if run.get("scale") == 1000 and run.get("unit") == "Y" else None


def read_decade(run: Run) -> Reading | None:
    """A decade: "the late 1970s", "the nineties"."""
    number = run.get("decade") or run.get("spoken")
    digits_only = str(number)
    if run.has("bc"):
        return dated(decade_of(-int(digits_only) * 10), run.mod)
    if len(digits_only) < 3:
        digits_only = f"19{digits_only[-1]}"
    return dated(decade_of(int(digits_only) * 10), run.mod)


def read_century(run: Run) -> Reading | None:
    """A century: "the 19th century", "the 4th century BC"."""
    if run.get("unit") != "C":
        return None
    return dated(century_of(int(run.get("nth") or run.get("ordinal")), run.has("bc")), run.mod)


def read_fiscal(run: Run) -> Reading | None:
    """A fiscal year, which TIMEX3 values as the calendar's."""
    year = written_year(run)
    return dated(year_of(year)) if year else None


def read_reference(run: Run) -> Reading | None:
    """Words for the present, the past and the future as such: "now", "recently", "the future"."""
    scene = run.scene
    if run.has("current"):
        value, back, ahead = "PRESENT_REF", 0, 0
    elif run.has("recent"):
        value, back, ahead = "PAST_REF", 90, 0
    else:
        value, back, ahead = run.get("reference")
    if value == "FUTURE_REF" and run.spelt.startswith("f"):
        if not scene.doc[scene.token_at(run.first)].tag_.startswith("NN") and not scene.history:
            return None
    if scene.published is None or scene.history:
        return Reading("DATE", value)
    first, last = scene.published - timedelta(days=back), scene.published + timedelta(days=min(ahead, 36500))
    return Reading("DATE", value, None, first, last if ahead < 3650 else None, "day" if first == last else "vague")


def read_former(run: Run) -> Reading | None:
    """ "Former", which only histories mark."""
    return Reading("DATE", "PAST_REF") if run.scene.history else None


def read_past(run: Run) -> Reading | None:
    """ "The past" as such."""
    return (
        Reading("DATE", "PAST_REF")
        if run.spelt.endswith("past") and run.before() in codes("in", "of", "from")
        else None
    )
