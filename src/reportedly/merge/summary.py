"""A day in thirty lines: how many reports, how many texts, how many independent roots, and what is told most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.merge.copies import find_copies
from reportedly.records import Event, EventField, Report, RootSource

MOST_TOLD = 10
_SOURCES_NAMED = 6


def summarize(events: Iterable[Event], reports: Iterable[Report]) -> str:
    """The summary as text of many lines: the counts, then the ten most told events, each with its sources."""
    all_events, groups = list(events), find_copies(reports)
    roots = {source.key for event in all_events for source in event.sources}
    copied = len([group for group in groups if len(group.reports) > 1])
    lines = [
        f"{sum(len(g.reports) for g in groups)} reports, {len(groups)} texts ({copied} of them reprinted), "
        f"{len(all_events)} events, {len(roots)} independent roots",
        "",
    ]
    for place, event in enumerate(most_told(all_events), start=1):
        lines.extend(_lines(place, event))
    return "\n".join(lines) + "\n"


def most_told(events: Iterable[Event], count: int = MOST_TOLD) -> list[Event]:
    """Events by independent sources, then texts, then reports."""
    return sorted(events, key=lambda e: (-e.independent_sources, -e.texts, -len(e.reports), e.id))[:count]


def headline(event: Event) -> str:
    """What | who > whom | where | when, with the best attested values and a ? at what is disputed."""
    what = event.event + (":" + ",".join(event.modes) if event.modes else "")
    who = f"{_shown(event.field('actor'))} > {_shown(event.field('recipient'))}"
    day = event.field("when")
    when = _shown(day) if day else "~" + "..".join(dict.fromkeys(filter(None, (event.first, event.last)))) or "?"
    return " | ".join((what, who, _shown(event.field("place")), when))


def _shown(field: EventField | None) -> str:
    return "?" if field is None else field.best + (" (disputed)" if field.disputed else "")


def _lines(place: int, event: Event) -> Sequence[str]:
    yielded = [f"{place:>2}. {headline(event)}", f"    {event.told_by}; {event.status}"]
    yielded.extend(f"    {_number(f)}" for f in event.fields if f.low is not None)
    named = [_source(source) for source in event.sources[:_SOURCES_NAMED]]
    if len(event.sources) > _SOURCES_NAMED:
        named.append(f"and {len(event.sources) - _SOURCES_NAMED} more")
    return [*yielded, "    " + "; ".join(named), ""]


def _number(field: EventField) -> str:
    if field.low == field.high:
        return f"{field.name}: {field.best}"
    return f"{field.name}: {field.low:g} to {field.high:g}, best attested {field.best}"


def _source(source: RootSource) -> str:
    notes = [f"{len(source.reports)} reports"] if len(source.reports) > 1 else []
    notes += ["party to it"] if source.party else []
    notes += ["denies it"] if source.denies else []
    return source.name + (f" ({', '.join(notes)})" if notes else "")
