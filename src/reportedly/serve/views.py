"""A view: the filters that a page, an answer of the API, a feed and a CSV share, to and from the query string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from reportedly.errors import BadOption
from reportedly.plover import event_types
from reportedly.records import EVENT_STATUSES
from reportedly.store.filters import EventFilter
from reportedly.store.telling import COUNTS

QUADS = tuple(dict.fromkeys(kind.quad for kind in event_types().values()))
LONGEST = 200
"""Characters that a value in an address may have."""
PRECISIONS = ("point", "city", "region", "sea", "country", "none")
"""How exactly an event is placed."""
LABELS = {
    "since": "from", "until": "to", "country": "country", "type": "type", "status": "status", "actor": "actor",
    "recipient": "recipient", "party": "actor or recipient", "place": "place", "publisher": "publisher",
    "quad": "quad class", "source": "root source", "words": "words", "changed": "changed since",
    "precision": "placed by", "by": "last possible day",
    "how": "told it",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class View(EventFilter):
    """Which events are looked at, as an address says it."""

    @property
    def wanted(self) -> EventFilter:
        """The filter of the store."""
        return EventFilter(**dict(self.chosen()))

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Name and value of the filters that are set."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None:
                yield field.name, value

    def but(self, **changes: str | None) -> View:
        """This view with other values; None takes a filter away."""
        return replace(self, **changes)

    def url(self, path: str, **more: str | int | None) -> str:
        """The address of a page under this view: "/events?country=YEM&type=ASSAULT"."""
        values = [*self.chosen(), *((name, str(value)) for name, value in more.items() if value is not None)]
        return f"{path}?{urlencode(values)}" if values else path


def view_of(
    since: Annotated[str | None, Query(description="Events that can lie on this day (2019-05-13) or later.")] = None,
    until: Annotated[str | None, Query(description="Events that can lie on this day or earlier.")] = None,
    country: Annotated[str | None, Query(description="ISO 3166-1 alpha-3: events there, else that country's.")] = None,
    type: Annotated[str | None, Query(description="PLOVER type: ASSAULT, PROTEST, ….")] = None,
    status: Annotated[str | None, Query(description="One of " + ", ".join(EVENT_STATUSES) + ".")] = None,
    actor: Annotated[str | None, Query(description="Name of who is said to have acted.")] = None,
    recipient: Annotated[str | None, Query(description="Name of who is said to have been acted on.")] = None,
    party: Annotated[str | None, Query(description="Name of either.")] = None,
    place: Annotated[str | None, Query(description="Name of the place.")] = None,
    publisher: Annotated[str | None, Query(description="Publisher of one of its reports.")] = None,
    quad: Annotated[str | None, Query(description="PLOVER's quad class: " + ", ".join(QUADS) + ".")] = None,
    source: Annotated[str | None, Query(description="Key of a root source, as events give it.")] = None,
    words: Annotated[str | None, Query(description='Words in one of its claims; "two words" stand together.')] = None,
    changed: Annotated[str | None, Query(description="Changed in the store then (UTC, ISO 8601) or later.")] = None,
    precision: Annotated[str | None, Query(description="How exactly placed: " + ", ".join(PRECISIONS) + ".")] = None,
    by: Annotated[str | None, Query(description="Its last possible day, or FIRST..LAST in which that lies.")] = None,
    how: Annotated[str | None, Query(description="How publisher or source told it: " + ", ".join(COUNTS) + ".")] = None,
) -> View:
    """The view that a query string asks for. Raises BadOption for a value that cannot be."""
    given = View(
        since=since, until=until, country=country, type=type, status=status, actor=actor, recipient=recipient,
        party=party, place=place, publisher=publisher, quad=quad, source=source, words=words, changed=changed,
        precision=precision, by=by, how=how,
    )  # fmt: skip
    plain = {name: text for name, value in given.chosen() if (text := plain_text(name, value))}
    for name in ("country", "type"):
        if name in plain:
            plain[name] = plain[name].upper()
    _check(plain)
    return View(**plain)


def _check(values: dict[str, str]) -> None:
    for name in ("since", "until"):
        if name in values:
            check_day(name, values[name])
    if values.get("since", "") > values.get("until", "9999-12-31"):
        raise BadOption("the first day lies behind the last one", hint="exchange them")
    if "country" in values and not (len(values["country"]) == 3 and values["country"].isascii()):
        raise BadOption(f"{values['country']} is no country code", hint="three letters, as in YEM for Yemen")
    if "type" in values and values["type"] not in event_types():
        raise BadOption(f"{values['type']} is no type of event", hint="one of " + ", ".join(event_types()))
    if "quad" in values and values["quad"] not in QUADS:
        raise BadOption(f"{values['quad']} is no quad class", hint="one of " + ", ".join(QUADS))
    if "changed" in values and not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(\+00:00)?)?", values["changed"]):
        raise BadOption(f"changed={values['changed']} is no time", hint="write it as in 2019-05-13T08:30")
    if "how" in values and values["how"] not in COUNTS:
        raise BadOption(f"how={values['how']} is none of ours", hint="one of " + ", ".join(COUNTS))
    if "status" in values and values["status"] not in EVENT_STATUSES:
        raise BadOption(f"{values['status']} is no status", hint="one of " + ", ".join(EVENT_STATUSES))
    if "precision" in values and values["precision"] not in PRECISIONS:
        raise BadOption(f"{values['precision']} is no precision of a place", hint="one of " + ", ".join(PRECISIONS))
    for day in values["by"].split("..", 1) if "by" in values else ():
        check_day("by", day)


def check_day(name: str, value: str) -> None:
    """Raises BadOption for what is no day."""
    try:
        if len(value) != 10:
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise BadOption(f"{name}={value} is no day", hint="write it as in 2019-05-13") from None


def plain_text(name: str, value: str, *, longest: int = LONGEST) -> str:
    """The value without spaces around it. Raises BadOption for what no database takes, or what is far too long."""
    if len(value) > longest:
        raise BadOption(f"{name} is longer than {longest} characters", hint="shorten it")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise BadOption(f"{name} holds characters that cannot be", hint="write plain text")
    return value.strip()
