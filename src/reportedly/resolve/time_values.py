"""Calendar periods: what TIMEX3 calls them, which days they have, which come before and after them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from reportedly.records import TimePrecision

Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

SEASONS = ("SP", "SU", "FA", "WI")
FIRST_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
LENGTHS_IN_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
GRAINS: dict[str, Grain] = {
    "D": "day",
    "E": "weekend",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "X": "decade",
    "C": "century",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A piece of the calendar. `year` is astronomical save that 490 BC is -490; `month` (1 to 12) where it has one.

    `first` and `last` (inclusive) are None before year 1, where Python's calendar ends.
    """

    grain: Grain
    value: str
    year: int
    month: int | None = None
    first: date | None = None
    last: date | None = None

    def narrowed(self, mod: str | None) -> Period:
        """The same period, its days cut to the third that "early", "mid" (MID) or "late" (END) says."""
        if not mod or not self.first or not self.last or self.grain == "day":
            return self
        third = ((self.last - self.first).days + 1) // 3
        if mod == "START":
            return replace(self, last=self.first + timedelta(days=max(third - 1, 0)))
        if mod == "END":
            return replace(self, first=self.last - timedelta(days=max(third - 1, 0)))
        if mod == "MID":
            return replace(self, first=self.first + timedelta(days=third), last=self.last - timedelta(days=third))
        return self


def spell_year(year: int) -> str:
    """TIMEX3's year: four digits, `BC` before them where it is before our era."""
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def day_of(day: date) -> Period:
    """One day."""
    return Period("day", day.isoformat(), day.year, day.month, day, day)


def month_of(year: int, month: int) -> Period:
    """One calendar month."""
    return months_from("month", f"{spell_year(year)}-{month:02d}", year, month)


def months_from(grain: Grain, value: str, year: int, month: int) -> Period:
    """A period of whole months, as long as its grain is."""
    own = month if grain == "month" else None
    if not 1 <= year <= 9000:
        return Period(grain, value, year, own)
    after = year * 12 + month - 1 + LENGTHS_IN_MONTHS[grain]
    last = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Period(grain, value, year, own, date(year, month, 1), last)


def quarter_of(year: int, number: int) -> Period:
    """A quarter (1 to 4) of a calendar year."""
    return months_from("quarter", f"{spell_year(year)}-Q{number}", year, number * 3 - 2)


def half_of(year: int, number: int) -> Period:
    """A half (1 or 2) of a calendar year."""
    return months_from("half", f"{spell_year(year)}-H{number}", year, number * 6 - 5)


def season_of(year: int, season: str) -> Period:
    """A northern, meteorological season; winter is named after the year that it begins in."""
    return months_from("season", f"{spell_year(year)}-{season}", year, FIRST_MONTHS[season])


def year_of(year: int) -> Period:
    """One calendar year; negative before our era."""
    return months_from("year", spell_year(year), year, 1)


def decade_of(year: int) -> Period:
    """The decade that a year lies in."""
    start = abs(year) // 10 * 10
    return months_from("decade", f"{'BC' if year < 0 else ''}{start // 10:03d}", start if year >= 0 else -start, 1)


def century_of(number: int, before_our_era: bool = False) -> Period:
    """The century by its number: 20 is 1900 to 1999, whose TIMEX3 value is `19`."""
    start = (number - 1) * 100
    value = f"{'BC' if before_our_era else ''}{number - 1:02d}"
    return months_from("century", value, -start or -1, 1) if before_our_era else months_from("century", value, start, 1)


def week_of(day: date) -> Period:
    """The ISO 8601 week, Monday to Sunday."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period("week", f"{year:04d}-W{week:02d}", day.year, day.month, monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of a day's ISO week."""
    year, week, weekday = day.isocalendar()
    saturday = day + timedelta(days=6 - weekday)
    value = f"{year:04d}-W{week:02d}-WE"
    return Period("weekend", value, day.year, day.month, saturday, saturday + timedelta(days=1))


def period_at(grain: Grain, day: date) -> Period:
    """The period of a grain that a day lies in."""
    if grain == "day":
        return day_of(day)
    if grain == "week":
        return week_of(day)
    if grain == "weekend":
        return weekend_of(day)
    return period_in_year(grain, day.year, day.month)


def period_in_year(grain: Grain, year: int, month: int) -> Period:
    """The period of a grain that a month lies in, for grains of a month and more; works before our era too."""
    if grain == "month":
        return month_of(year, month)
    if grain == "quarter":
        return quarter_of(year, (month + 2) // 3)
    if grain == "half":
        return half_of(year, 1 if month < 7 else 2)
    if grain == "season":
        season = SEASONS[(month - 3) % 12 // 3]
        return season_of(year - (month < 3), season)
    if grain == "decade":
        return decade_of(year)
    if grain == "century":
        return century_of(abs(year) // 100 + 1, year < 0)
    return year_of(year)


def shift(period: Period, grain: Grain, count: int) -> Period:
    """The period of `grain` that lies `count` of them after `period` (before it if negative)."""
    if grain in LENGTHS_IN_MONTHS:
        months = period.year * 12 + (period.month or (period.first.month if period.first else 1)) - 1
        moved = months + count * LENGTHS_IN_MONTHS[grain]
        return period_in_year(grain, moved // 12, moved % 12 + 1)
    if period.first is None:
        return Period(grain, f"{spell_year(period.year)}-XX-XX", period.year)
    step = 1 if grain == "day" else 7
    return period_at(grain, plus_days(period.first, count * step))


def plus_days(day: date, days: float) -> date:
    """A day moved by whole days; within the years 1000 to 9000, so that no absurd number leaves the calendar."""
    ordinal = day.toordinal() + min(max(days, -4e6), 4e6)
    return date.fromordinal(int(min(max(ordinal, date(1000, 1, 1).toordinal()), date(9000, 1, 1).toordinal())))


def move_day(day: date, unit: str, count: int) -> date:
    """A day moved by a count of TIMEX3 units; the 31st becomes the last day of a shorter month."""
    if unit in ("D", "W", "E", "F"):
        return plus_days(day, count * {"D": 1, "W": 7, "E": 7, "F": 14}[unit])
    if unit.startswith("T"):
        return plus_days(day, round(count / {"TH": 24, "TM": 1440, "TS": 86400}[unit]))
    months = day.year * 12 + day.month - 1 + count * {"M": 1, "Q": 3, "Y": 12, "X": 120, "C": 1200, "L": 12000}[unit]
    year = min(max(months // 12, 1), 9000)
    return date(year, months % 12 + 1, min(day.day, calendar.monthrange(year, months % 12 + 1)[1]))


def precision_of(first: date | None, last: date | None) -> TimePrecision:
    """How precisely a range of days is known: the finest class that it fits in."""
    if first is None or last is None:
        return "vague"
    days = (last - first).days + 1
    return (
        "day" if days <= 1 else "week" if days <= 7 else "month" if days <= 31 else "year" if days <= 366 else "vague"
    )


def easter_of(year: int) -> date:
    """Easter Sunday of the western churches. Source: the anonymous Gregorian algorithm (Meeus, Jones, Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def islamic_days(year: int, month: int, day: int) -> list[date]:
    """The days of a Gregorian year on which an Islamic month's day falls (none, one or two), a day off at most.

    Source: the tabular Islamic calendar (30-year cycle, civil epoch of 16 July 622); sighting may differ by a day.
    """
    near = round((year - 622) * 33 / 32)
    epoch = date(622, 7, 19).toordinal()
    found = []
    for islamic in range(near - 1, near + 3):
        days = 354 * (islamic - 1) + (3 + 11 * islamic) // 30 + 29 * (month - 1) + month // 2 + day - 1
        found.append(date.fromordinal(epoch + days))
    return [one for one in found if one.year == year]
