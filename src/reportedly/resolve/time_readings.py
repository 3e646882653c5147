"""Fourth step of reading times: what a run of words that the grammar found means, in the scene it stands in.

One function a rule, named after it in `READERS`. Each takes a `Run` and gives a `Reading`, or None where the words are
no time after all ("a year" in "two flights a year", "may" as a verb).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from reportedly.knowledge import read_toml
from reportedly.records import TimePrecision, TimexType
from reportedly.resolve.time_grammar import spell_out
from reportedly.resolve.time_scene import Scene
from reportedly.resolve.time_words import kind_code
from reportedly.resolve.time_values import (
    GRAINS,
    Period,
    century_of,
    day_of,
    decade_of,
    easter_of,
    half_of,
    islamic_days,
    month_of,
    move_day,
    period_at,
    precision_of,
    quarter_of,
    season_of,
    shift,
    spell_year,
    week_of,
    year_of,
)

BACK, AHEAD = ("last", "previous"), ("next", "following")
LETTERS = {"TS": "S", "TM": "M", "TH": "H", "E": "D", "F": "W", "Q": "M", "X": "Y", "C": "Y", "L": "Y"}
DAYS = ("month", "mon", "iso", "weekday", "deictic", "holiday", "unit", "this", "that", "last", "next", "following", "same")
TIMES = {"E": 2, "F": 2, "Q": 3, "X": 10, "C": 100, "L": 1000}


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, value and modifier of TIMEX3, and the days meant. `period` is what the narrative goes on from."""

    type: TimexType
    value: str
    mod: str | None = None
    first: date | None = None
    last: date | None = None
    precision: TimePrecision = "vague"
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The words `first` to `last` (exclusive) of a scene."""

    scene: Scene
    first: int
    last: int

    def get(self, kind: str) -> Any:
        """Value of the first word of a kind, or None."""
        return self.scene.words.find(kind, self.first, self.last)

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of the kinds is there."""
        return any(self.scene.words.has(kind, self.first, self.last) for kind in kinds)

    def all(self, *kinds: str) -> list[Any]:
        """Values of all words of the kinds, in order."""
        words, codes = self.scene.words, {kind_code(kind) for kind in kinds}
        return [words.values[at] for at in range(self.first, self.last) if words.kinds[at] in codes]

    def before(self) -> str:
        """Kind character of the word before, empty at the start."""
        return self.scene.words.kinds[self.first - 1] if self.first else ""

    def after(self) -> str:
        """Kind character of the word after, empty at the end."""
        kinds = self.scene.words.kinds
        return kinds[self.last] if self.last < len(kinds) else ""

    @property
    def mod(self) -> str | None:
        """TIMEX3's modifier by the words before a period or a length."""
        if self.has("earlier"):
            return "START"
        if self.has("later"):
            return "END"
        found = self.get("stage") or self.get("edge") or self.get("bound")
        return str(found) if found else None

    @property
    def way(self) -> int:
        """-1 for "last" and "previous", 1 for "next" and "following", 0 for "this", "that" and "same"."""
        return -1 if self.has(*BACK) else 1 if self.has(*AHEAD) else 0

    @property
    def from_here(self) -> bool:
        """Whether the words count from the last date told and not from publication."""
        return self.has("that", "same", "following", "previous")


def dated(period: Period | None, mod: str | None = None) -> Reading | None:
    """A DATE of a period."""
    if period is None:
        return None
    days = period.narrowed(mod)
    precision: TimePrecision = "day" if period.grain == "day" else precision_of(days.first, days.last)
    return Reading("DATE", period.value, mod, days.first, days.last, precision, period)


def origin(run: Run) -> Period | None:
    """What a relative expression counts from."""
    scene = run.scene
    if run.from_here and scene.here is not None:
        return scene.latest if run.get("unit") in ("Y", "X", "C") else scene.here
    return scene.today


# --- numbers and lengths ---------------------------------------------------------------------------------------------


def number_of(run: Run) -> float | None:
    """The number in a run; None where it is indefinite ("several"), 1 for "a"."""
    words = run.scene.words
    total, part, seen = 0.0, 0.0, False
    few = run.get("few") is not None
    for at in range(run.first, run.last):
        kind, value = words.kinds[at], words.values[at]
        if seen and kind in codes("of"):
            break
        if kind in digits():
            if seen and kind not in codes("fraction", "half") and at and words.kinds[at - 1] in codes("or", "to"):
                break
            if seen and at and words.kinds[at - 1] in codes("hyphen") and kind not in codes("number", "scale"):
                break
            part, seen = (part + value if kind in codes("fraction") else float(value) if part == 0 else part + value), True
            if kind in codes("scale"):
                total, part = total + (max(part - value, 1)) * value, 0.0
        elif kind in codes("half"):
            part, seen = part + 0.5 + (not seen and run.last - at == 1), True
    if seen:
        return total + part
    return None if few and not couple(run) else 2.0 if few else 1.0


def couple(run: Run) -> bool:
    """Whether the indefinite number is "a couple", which TIMEX3 counts as two."""
    return run.get("few") == [2, 3]


def digits() -> str:
    """Characters of the kinds that count."""
    return codes("small", "integer", "year", "number", "scale", "fraction")


def codes(*kinds: str) -> str:
    """Characters of some kinds."""
    return "".join(kind_code(kind) for kind in kinds)


def spell_length(number: float | None, unit: str) -> str:
    """A TIMEX3 length: P3D, PT90M, P2Y6M; X where the number is indefinite ("several years" PXY)."""
    letter, prefix = LETTERS.get(unit, unit), "PT" if unit.startswith("T") else "P"
    if number is None:
        return f"{prefix}X{'E' if unit == 'X' else 'C' if unit == 'C' else letter}"
    number *= TIMES.get(unit, 1)
    whole, half = int(number), number - int(number)
    smaller = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S") if prefix == "PT" else (0, "")}.get(letter)
    if half and smaller and smaller[0]:
        rest = f"{round(half * smaller[0])}{smaller[1]}"
        return f"{prefix}{whole}{letter}{rest}" if whole else f"{prefix}{rest}"
    return f"{prefix}{number:g}{letter}"


def reach_back(day: date, unit: str, count: float | None) -> date:
    """The day that lies `count` units before (after, if negative) a day; the furthest one if it is indefinite."""
    if count is None:
        return day - timedelta(days=int(read_toml("times.toml")["recent_days"][unit]))
    whole = int(count) if count == int(count) else count
    if isinstance(whole, int) or unit.startswith("T"):
        return move_day(day, unit, -int(whole))
    return day - (day - move_day(day, unit, -1)) * whole


# --- dates -----------------------------------------------------------------------------------------------------------


def written_year(run: Run) -> int | None:
    """The year that is written in a run, also as "'89" or "490 BC"."""
    year = run.get("year")
    if run.has("bc"):
        year = year or run.get("integer") or run.get("small")
        return -int(year) if year else None
    if year is None and (short := run.get("short")) is not None:
        return expand(short, run.scene)
    return int(year) if year is not None else None


def expand(short: int, scene: Scene) -> int:
    """Two digits as a year: in the century of the last date told, else the last such year up to ten years hence."""
    base = scene.here.year if scene.here and scene.history else scene.published.year if scene.published else 2000
    year = base // 100 * 100 + short
    return year if scene.history else year - 100 if year > base + 10 else year


def year_by_words(run: Run) -> int | None:
    """The year of "last year", "that year" beside a month or a season."""
    if not run.has("unit"):
        return None
    start = origin(run)
    return start.year + run.way if start else None


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
    return re.compile(spell_out("(?:hyphen|and|or|to|comma)+ the? (?:MONTH (?:small|nth)?|(?:small|nth) MONTH?) comma? year"))


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
    following = scene.doc[min(scene.token_at(run.last - 1) + 1, len(scene.doc) - 1)]
    if following.tag_ in ("NNS", "NN", "JJ", "CD"):
        return None
    return read_day(run, here.year, here.first.month, day)


def read_day_of_here(run: Run) -> Reading | None:
    """A day of the month last told: "on the 20th"."""
    scene, here = run.scene, run.scene.here
    following = scene.doc[min(scene.token_at(run.last - 1) + 1, len(scene.doc) - 1)]
    if here is None or here.month is None or here.grain not in ("day", "month") or following.tag_.startswith(("N", "J")):
        return None
    return read_day(run, here.year, here.month, run.get("nth"))


def read_relative_day(run: Run) -> Reading | None:
    """The day before or after another: "the day after Christmas"."""
    if run.get("unit") != "D":
        return None
    found = day_within(run)
    return dated(shift(found, "day", -1 if run.has("before") else 1)) if found else None


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
    if run.before() not in codes("in", "since", "to", "from", "between", "of", "and", "or", "hyphen", "for", "after", "before"):
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
    words = run.scene.words
    return run.scene.text[words.starts[run.last - 1] : words.ends[run.last - 1]].lower() == "fall"


def read_weekday(run: Run) -> Reading | None:
    """A weekday: by "last" and "next", else by the tense of its verb; publication's own weekday is publication day."""
    scene, number = run.scene, run.get("weekday")
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
    tonight = scene.text[scene.words.starts[run.last - 1] :][:7].lower() == "tonight"
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
    token = scene.token_at(run.last - 1)
    following = scene.doc[token + 1] if token + 1 < len(scene.doc) else None
    counted = following is not None and following.tag_ == "NNS" and following.is_lower
    return not counted and 1600 <= year and run.before() not in codes("integer", "bound")


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
    is_week = "week" in scene.text[scene.words.starts[run.first] : scene.words.ends[run.last - 1]].lower()
    return dated(week_of(days[0]) if is_week else day_of(days[0]), run.mod)


def holiday_days(rule: str, year: int) -> list[date]:
    """The days of a holiday in a Gregorian year."""
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


# --- relative to now or to the narrative -----------------------------------------------------------------------------


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


def vague(run: Run, value: str, unit: str, way: int) -> Reading:
    """An indefinite stretch before or after publication."""
    published = run.scene.published if not run.scene.history else None
    if published is None:
        return Reading("DATE", value)
    far = reach_back(published, unit, None)
    if way < 0:
        return Reading("DATE", value, None, far, published)
    return Reading("DATE", value, None, published, published + (published - far))


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
        unit, count = {"F": ("W", count * 2), "L": ("Y", count * 1000), "X": ("X", count), "C": ("Y", count * 100)}[unit]
    grain = GRAINS[unit]
    if unit == "D" and start.grain != "day" and start.first:
        return Reading("DATE", f"{spell_year(start.year)}-XX-XX", None, start.first, None)
    if unit == "W" and start.first is None or (unit == "W" and start.grain in ("year", "season", "decade")):
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
    if number is None:
        return vague(run, "PAST_REF" if way < 0 else "FUTURE_REF", unit, way)
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
    return bounded(run, place(start, grain, run.way))


def place(start: Period, grain: str, way: int) -> Period:
    """The period of a grain in which another begins, or the one before or after that."""
    if grain == "weekend" and start.first and way <= 0:
        weekend = period_at("weekend", start.first)
        before = weekend.first is not None and start.first < weekend.first
        return shift(weekend, "weekend", -1) if before and way < 0 else weekend
    return shift(start, grain, way)  # type: ignore[arg-type]


def is_length(run: Run, unit: str) -> bool:
    """Whether "the past year" and the like mean a length up to now, and not the calendar's unit."""
    words, scene = run.scene.words, run.scene
    if not run.has("last", "next", "following") or not run.has("the"):
        return False
    spelt = scene.text[words.starts[run.first] : words.ends[run.last - 1]].lower()
    if "past" in spelt or "coming" in spelt:
        return unit in ("D", "W", "M", "Y", "X")
    return unit == "X" or (unit in ("W", "Y", "M") and run.has("next", "last") and run.before() in codes("for", "bound", "in"))


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
            weekend = period_at("weekend", start.first)
            early = weekend.first is not None and start.first < weekend.first
            back = early and scene.direction(run.first, run.last) <= 0
            return dated(shift(weekend, "weekend", -1) if back else weekend, run.mod)
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
    scene, number = run.scene, run.get("ordinal")
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


def read_fiscal(run: Run) -> Reading | None:
    """A fiscal year, which TIMEX3 values as the calendar's."""
    year = written_year(run)
    return dated(year_of(year)) if year else None


def read_recent(run: Run) -> Reading | None:
    """Units without a number around publication: "recent weeks", "the coming months"."""
    unit, plural = run.get("unit"), is_plural(run)
    if not plural:
        return None
    way = 1 if run.has("next") else -1
    found = vague(run, "", unit, way)
    return Reading("DURATION", spell_length(None, unit), None, found.first, found.last)


def read_plural(run: Run) -> Reading | None:
    """Units with only "the": "the years that followed", "in the first days"."""
    if not is_plural(run) or run.get("unit") == "Q":
        return None
    return Reading("DURATION", spell_length(None, run.get("unit")))


def read_habit(run: Run) -> Reading | None:
    """The same part of every week: "Tuesday nights"."""
    words = run.scene.words
    if run.scene.text[words.ends[run.last - 1] - 1] != "s":
        return None
    return Reading("SET", f"XXXX-WXX-{run.all('weekday')[-1]}T{run.get('part')}")


def is_plural(run: Run) -> bool:
    """Whether the last unit ends in s (or is "centuries")."""
    words = run.scene.words
    at = max(i for i in range(run.first, run.last) if words.kinds[i] == kind_code("unit"))
    return run.scene.text[words.ends[at] - 1] in "sa"


def read_stretch(run: Run) -> Reading | None:
    """A counted stretch up to now or from now: "the past five years", "the next two weeks", "the first nine months"."""
    return stretched(run, number_of(run), run.get("unit"))


def stretched(run: Run, number: float | None, unit: str) -> Reading | None:
    """A DURATION with its days, which end (begin, for "next") with publication, in a history with the last date."""
    value = spell_length(number, unit)
    start = run.scene.today if not run.has("following", "previous") else run.scene.here
    mod = run.mod if run.has("bound") else None
    if run.has("ordinal") or start is None or start.first is None:
        return Reading("DURATION", value, mod)
    day = start.first
    ahead = run.has("next", "following")
    other = reach_back(day, unit, -number if ahead and number is not None else number)
    if ahead and number is None:
        other = day + (day - other)
    first, last = min(day, other), max(day, other)
    return Reading("DURATION", value, mod, first, last, precision_of(first, last))


def read_straight(run: Run) -> Reading | None:
    """An unbroken run of units up to publication: "for the fourth straight day" began three days before."""
    scene, unit = run.scene, run.get("unit")
    number = run.get("ordinal") or run.get("nth") or number_of(run)
    day = scene.today.first if scene.today else None
    value = spell_length(number, unit)
    if day is None or number is None or unit.startswith("T"):
        return Reading("DURATION", value)
    first = move_day(day, unit, -(int(number) - 1)) if unit == "D" else move_day(day, unit, -int(number))
    return Reading("DURATION", value, None, first, day, precision_of(first, day))


# --- lengths, sets, references ---------------------------------------------------------------------------------------


def read_duration(run: Run) -> Reading | None:
    """A length: "three days", "a 10-year", "several weeks", "for decades"."""
    scene, unit = run.scene, run.get("unit")
    if run.after() in codes("old") or is_age(run) or (unit == "Q" and (run.after() in codes("of") or run.has("few", "art"))):
        return None
    if run.has("other") and not (is_plural(run) and scene.doc[scene.token_at(run.last - 2)].tag_ == "JJ"):
        return None
    bare = not run.has("small", "integer", "year", "number", "scale", "few", "art", "half", "fraction")
    if bare and not is_bare_length(run):
        return None
    if bare and not is_plural(run):
        return Reading("DURATION", spell_length(1, unit))
    if run.has("art") and not run.has("bound", "few", "more", "half") and not is_article_length(run):
        return None
    return Reading("DURATION", spell_length(None if bare else number_of(run), unit), run.mod if run.has("bound") else None)


def is_age(run: Run) -> bool:
    """Whether the length is somebody's age: "a five-year-old", "52 years old", "37 years of age"."""
    token = run.scene.token_at(run.last - 1)
    after = [word.lower_ for word in run.scene.doc[token + 1 : token + 3]]
    return "old" in after or after == ["of", "age"] or after[:1] == ["olds"]


def is_bare_length(run: Run) -> bool:
    """Whether a unit without a number is a length: "for years", "within weeks", "years of war", "months-long"."""
    scene = run.scene
    if run.has("long"):
        return True
    if not is_plural(run):
        return False
    before = run.before()
    return before in codes("for", "in", "after", "bound", "of", "last", "before", "to") or run.after() in codes("of", "after", "before")


def is_article_length(run: Run) -> bool:
    """Whether "a year" is a length, and not a rate as in "two flights a year"."""
    scene = run.scene
    tag = scene.tag_before(run.first)
    if run.before() in codes("few", "number", "small", "integer", "other") and tag in ("NN", "NNS", "CD", "NNP", "$"):
        return False
    return tag in ("IN", "VBD", "VB", "VBN", "VBZ", "RB", "TO", "VBG", "JJR", "RP", "RBR", "", "WDT") or run.has("long", "hyphen")


def read_set(run: Run) -> Reading | None:
    """What happens again and again: "every Friday", "daily", "each July"."""
    if run.has("frequency"):
        tag = run.scene.doc[run.scene.token_at(run.first)].tag_
        value = str(run.get("frequency"))
        return Reading("SET", value) if tag.startswith(("RB", "JJ", "NN")) else None
    if (weekday := run.get("weekday")) is not None:
        part = run.get("part")
        return Reading("SET", f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    if (month := run.get("month")) is not None:
        return Reading("SET", f"XXXX-{month:02d}")
    if (season := run.get("season")) is not None:
        return Reading("SET", f"XXXX-{season}")
    if (part := run.get("part")) is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    unit = run.get("unit")
    if unit is None or (run.has("per") and unit.startswith("T") and unit != "TH"):
        return None
    number = 2.0 if run.has("other") else number_of(run)
    return Reading("SET", spell_length(number, unit))


def read_reference(run: Run) -> Reading | None:
    """Words for the present, the past and the future as such: "now", "recently", "the future"."""
    scene = run.scene
    if run.has("current"):
        value, back, ahead = "PRESENT_REF", 0, 0
    elif run.has("recent"):
        value, back, ahead = "PAST_REF", 90, 0
    else:
        value, back, ahead = run.get("reference")
    if value == "FUTURE_REF" and scene.text[scene.words.starts[run.first]] in "Ff":
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
    words = run.scene.words
    spelt = run.scene.text[words.starts[run.last - 1] : words.ends[run.last - 1]].lower()
    return Reading("DATE", "PAST_REF") if spelt == "past" and run.before() in codes("in", "of", "from") else None


# --- times of the day ------------------------------------------------------------------------------------------------


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
    bare = run.has("the") and not run.has(*BACK, *AHEAD, "this", "that", "same", "month", "mon", "weekday", "deictic")
    if bare and run.scene.words.kinds[run.last - 1] != kind_code("part"):
        return None
    return timed(run, f"T{run.get('part')}")


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


READERS: dict[str, Callable[[Run], Reading | None]] = {
    name.removeprefix("read_"): function
    for name, function in list(globals().items())
    if name.startswith("read_") and name != "read_toml"
}
