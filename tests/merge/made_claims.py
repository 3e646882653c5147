"""Coded reports in one line each, for tests about merging."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from reportedly.records import (
    Actor,
    Claim,
    CodedReport,
    Dateline,
    Link,
    Participant,
    Quantity,
    Report,
    Span,
    Toponym,
    When,
)

COUNTRIES = {"Iran": "IRN", "Saudi Arabia": "SAU", "United States": "USA", "Houthi movement": "YEM", "Sudan": "SDN"}
PLACES = {
    "Fujairah": Toponym(0, 8, "Fujairah", "Fujairah", "ARE", 25.1, 56.3, "city"),
    "Basra": Toponym(0, 5, "Basra", "Basra", "IRQ", 30.5, 47.8, "city"),
    "Kadugli": Toponym(0, 7, "Kadugli", "Kadugli", "SDN", 11.0, 29.7, "city"),
    "Khartoum": Toponym(0, 8, "Khartoum", "Khartoum", "SDN", 15.6, 32.5, "city"),
}


def actor(name: str, sector: str | None = "GOV") -> Actor:
    country = COUNTRIES.get(name)
    return Actor(
        name.lower().replace(" ", "-") if country else None, name, country, sector, "state" if country else "role"
    )


def time(day: str, inferred: bool) -> When | None:
    """A day, or the week up to it where it is only inferred."""
    if not day or not inferred:
        return When(None, None, None, day, day, "day") if day else None
    week = (date.fromisoformat(day) - timedelta(days=7)).isoformat()
    return When(None, None, None, week, day, "week", inferred=True)


def somebody(name: str) -> tuple[Participant, ...]:
    return (Participant(0, len(name), name, actor(name, "GOV" if name in COUNTRIES else None)),) if name else ()


def claim(
    evidence: str,
    *,
    event: str = "ASSAULT",
    by: str = "",
    on: str = "",
    at: str = "Fujairah",
    day: str = "2019-05-12",
    says: tuple[Link, ...] = (),
    polarity: str = "affirmed",
    aspect: str = "actual",
    count: tuple[int, str] | None = None,
    trigger: str = "attacked",
    because_of: tuple[str, ...] = (),
    modes: tuple[str, ...] = (),
    inferred: bool = False,
    report: str = "",
) -> Claim:
    quad = "material conflict" if event in ("ASSAULT", "COERCE", "PROTEST") else "verbal conflict"
    return Claim(
        id=hashlib.sha256(f"{report}{evidence}{event}".encode()).hexdigest()[:16], report=report, event=event,
        modes=modes, contexts=(), quad=quad, score=-9.0,
        actors=somebody(by), recipients=somebody(on), where=PLACES.get(at),
        when=time(day, inferred), attribution=says, aspect=aspect,
        polarity=polarity, certainty="certain", quote=None, quantities=(Quantity(*count),) if count else (),
        because_of=because_of, evidence=Span(0, len(evidence), evidence), trigger=Span(0, 0, trigger), confidence=0.9,
        coder="test",
    )  # fmt: skip


def coded(report: str, *claims: dict[str, object], publisher: str = "", published: str = "2019-05-13", text: str = "",
          agency: str | None = None) -> CodedReport:  # fmt: skip
    """A report whose claims are the keyword arguments of `claim`, evidence included."""
    publisher = publisher or f"{report} Gazette"
    dateline = Dateline(agency=agency) if agency else None
    page = Report(report, text or f"{report} has a text of its own.", None, published, publisher, dateline=dateline)
    made = []
    for given in claims:
        says = (Link("publisher", publisher), *given.get("says", ()))
        made.append(claim(**{**given, "says": says, "report": report}))
    return CodedReport(page, tuple(made), ())


def official(name: str = "the Emirati foreign ministry", country: str = "ARE") -> Link:
    return Link("named", name, actor=Actor(None, name, country, "GOV"))


def unnamed(name: str = "two senior officials") -> Link:
    return Link("anonymous", name, count=2)


def outlet(name: str = "The Guardian") -> Link:
    return Link("outlet", name)
