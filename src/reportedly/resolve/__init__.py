"""Stage 3 of 8: Parsed -> Resolved. Who, where and when the words stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportedly.records import Actor, Resolved
from reportedly.resolve import role_nouns
from reportedly.resolve.actor_table import ActorTable
from reportedly.resolve.gazetteer import Gazetteer
from reportedly.resolve.mentions import find_mentions
from reportedly.resolve.places import find_adjectival, find_places
from reportedly.resolve.times import find_timexes

if TYPE_CHECKING:
    from reportedly.records import Parsed
    from reportedly.resolve.role_nouns import RoleNouns
    from reportedly.settings import Settings

__all__ = ["Lookups", "open_lookups", "resolve_mentions"]


@dataclass(frozen=True, slots=True)
class Lookups:
    """The opened knowledge that resolving needs."""

    actors: ActorTable
    nouns: RoleNouns
    gazetteer: Gazetteer


def open_lookups(settings: Settings) -> Lookups:
    """Actor tables, role nouns and gazetteer, with the user's own files on top.

    Raises KnowledgeBroken if a file is missing or malformed.
    """
    return Lookups(ActorTable.load(settings.actors_file), role_nouns.load(), Gazetteer.open(settings.places_file))


def resolve_mentions(parsed: Parsed, lookups: Lookups) -> Resolved:
    """The report with its actors, places and times resolved as of its day of publication."""
    report, doc = parsed.report, parsed.doc
    hits = lookups.actors.find([token.text for token in doc], report.published_on)
    toponyms = find_places(doc, report, lookups.gazetteer)
    adjectival = find_adjectival(doc, lookups.gazetteer)
    timexes = find_timexes(doc, report.published_on, _dateline_day(parsed))
    speaker, home = _publisher(parsed, lookups), _home(parsed, lookups)
    mentions = find_mentions(doc, lookups.actors, lookups.nouns, toponyms, hits, speaker, home)
    return Resolved(parsed, mentions, toponyms, timexes, adjectival)


def _publisher(parsed: Parsed, lookups: Lookups) -> Actor | None:
    """The report's publisher where it speaks for itself: a ministry or an organisation, not the press."""
    entry = lookups.actors.by_name(parsed.report.publisher or "")
    if entry is None or entry.sector == "JRN":
        return None
    return entry.actor(parsed.report.published_on)


def _home(parsed: Parsed, lookups: Lookups) -> str | None:
    name = parsed.report.publisher or parsed.report.url or ""
    publisher = lookups.actors.publisher(name) if name else None
    entry = lookups.actors.by_name(name) if name and publisher is None else None
    return publisher.country if publisher else entry.country if entry else None


def _dateline_day(parsed: Parsed) -> date | None:
    dateline = parsed.report.dateline
    try:
        return date.fromisoformat((dateline.date or "")[:10]) if dateline else None
    except ValueError:
        return None
