"""When a report was published: printed timestamps and metadata values -> ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from reportedly.knowledge import read_toml

FIRST_YEAR, LAST_YEAR = 1600, 2100
"""A report from outside of these years is an error in the data."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"\b(?P<month>{MONTH})\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of )?(?P<month2>{MONTH}),?[\s-]?(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>\d{4})[-/.](?P<month3>\d{1,2})[-/.](?P<day3>\d{1,2})(?=\D|$)"
    r"|\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year4>\d{4})\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?:at )?\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{1,4})?|\d{1,2}\s?[ap]\.?m\.?", re.IGNORECASE
)
"""A line that is only a time of day."""

_TIME = re.compile(
    r"(?<![\d:.])T?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"(?P<zone>\s*\(?(?:(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|(?-i:[A-Z]{1,4})\b)\)?)?"
    r"|(?<![\d:.])(?P<hour2>\d{1,2})\s?(?P<half2>[ap]\.?m\b\.?)(?P<zone2>\s*\(?(?-i:[A-Z]{2,4})\b\)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:(?P<new>(?:first |originally )?(?:published|posted|created|issued|released))"
    r"|(?P<late>(?:last )?(?:updated|modified|edited)))\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|on|at|as of|date|time|local|hrs|hours"
    r"|[A-Z]{1,2}[SD]?T|GMT|UTC)\b\.?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.IGNORECASE)
_EDGES = " \t|,;:•·@()[]–—-/.*"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed timestamp and the other words of its line.

    `iso` is None where day and month cannot be told apart; `label` is "published", "updated" or "" if none is printed.
    """

    iso: str | None
    label: str
    rest: str


def find_stamp(line: str) -> Stamp | None:
    """The timestamp in a line of a masthead, or None if it holds no full date.

    "Fri, 17 May 2019 - 09:07 GMT" gives `2019-05-17T09:07:00+00:00` and no rest.
    """
    found = _DATE.search(line)
    if found is None:
        return None
    day = _read_date(found)
    others = line[: found.start()] + " | " + line[found.end() :]
    clock = _TIME.search(others)
    label = _LABEL.search(line)
    rest = _LABEL.sub(" ", _TIME.sub(" ", _DATE.sub(" | ", others)))
    rest = _WEEKDAY.sub(" ", rest)
    if not re.search(r"[a-z]{3}", _FILLER.sub(" ", rest).lower()):
        rest = ""
    return Stamp(
        iso=None if day is None else _join(day, clock),
        label="" if label is None else "updated" if label.group("late") else "published",
        rest=re.sub(r"\s*\|[\s|]*", " | ", rest).strip(_EDGES),
    )


def read_published(value: str) -> str | None:
    """A published time from metadata or a user, as ISO 8601; None if it is none that can be.

    Takes ISO 8601 in all its forms and what mastheads print: "17 May 2019, 09:07 GMT", "Fri, 17 May 2019 09:07 +0000".
    """
    value = value.strip()
    try:
        return _within(date.fromisoformat(value))
    except ValueError:
        pass
    try:
        return _within(datetime.fromisoformat(value))
    except ValueError:
        pass
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}T.*", value):
        return None
    stamp = find_stamp(value)
    return stamp.iso if stamp and not stamp.rest else None


def _within(moment: date) -> str | None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _read_date(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    if part["year4"]:
        a, b, year = int(part["a"]), int(part["b"]), int(part["year4"])
        if a <= 12 and b <= 12 and a != b:
            return None  # 7/6/2018: nobody can tell
        month, day = (a, b) if a <= 12 else (b, a)
    else:
        year = int(part["year"] or part["year2"] or part["year3"])
        day = int(part["day"] or part["day2"] or part["day3"])
        month = read_month(part["month"] or part["month2"]) if not part["month3"] else int(part["month3"])
    return make_date(year, month, day)


def read_month(name: str) -> int:
    """1 to 12 for a month's English name or abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day or it lies out of range."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _join(day: date, clock: re.Match[str] | None) -> str:
    if clock is None:
        return day.isoformat()
    hour = int(clock.group("hour") or clock.group("hour2"))
    half = (clock.group("half") or clock.group("half2") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = _read_zone((clock.group("zone") or clock.group("zone2") or "").strip(" ()"))
    try:
        moment = datetime(
            day.year,
            day.month,
            day.day,
            hour,
            int(clock.group("minute") or 0),
            int(clock.group("second") or 0),
            tzinfo=zone,
        )
    except ValueError:
        return day.isoformat()
    return moment.isoformat(timespec="seconds")


def _read_zone(name: str) -> timezone | None:
    """A fixed offset, or None for a zone that changes with the season or means several."""
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", name)
    if offset:
        minutes = int(offset.group(2)) * 60 + int(offset.group(3) or 0)
        minutes = -minutes if offset.group(1) == "-" else minutes
        return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None
    minutes_east = _zones().get(name.upper())
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))


@cache
def _zones() -> dict[str, int]:
    return dict(read_toml("furniture.toml")["zones"])
