"""What is compared when two claims are compared: a claim reduced to who, whom, where, when, how many, and its words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from reportedly.knowledge import read_toml
from reportedly.merge.credits import fold, publisher_of
from reportedly.records import Claim, CodedReport, Participant, PlacePrecision, Polarity, Report

PRECISE = ("point", "city", "sea", "region")
_INFERRED_BACK = 21  # days that an undated mention can lie behind its report and still be looked up
_VAGUE_DAYS = 45  # a stated range wider than this says little about the day


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What merging keeps of a report. `published` is ISO 8601 or "". `corrects` is true where it says that it does."""

    id: str
    title: str
    publisher: str
    party_to: str | None
    published: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a claim's act was, as far as it is compared. Fields as in `records.Toponym`."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    radius_km: float | None


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim, ready to be compared. Days are ordinals (`date.toordinal`); None where nothing is known.

    `speech` is true for a verbal act, `by_state` where a doer is a state itself, `by_somebody` where one is named.
    `things` are classes of what was acted on ("ships"), or its head noun; `names` are the words of the names of persons
    acted on, `numbers` counts things by class. `inferred` is true where the report does not give the time.
    `place` is None where the only place is that of a participant ("an American drone"). `sentence` is a hash of the
    words of the claim, which stand at `start` to `end`; its
    trigger stands `offset` further on. `context` are the countries that the report is mostly about.
    """

    id: str
    report: str
    event: str
    modes: frozenset[str]
    polarity: Polarity
    speech: bool
    by_state: bool
    by_somebody: bool
    published: int | None
    actors: frozenset[str]
    actor_countries: frozenset[str]
    recipients: frozenset[str]
    recipient_countries: frozenset[str]
    things: frozenset[str]
    names: frozenset[str]
    place: Spot | None
    first: int | None
    last: int | None
    stated: bool
    inferred: bool
    numbers: Mapping[str, float]
    words: frozenset[str]
    sentence: str
    start: int
    end: int
    offset: int
    context: tuple[str, ...]
    because_of: tuple[str, ...]

    @property
    def countries(self) -> frozenset[str]:
        """Countries of place and recipients; those of the report where the claim has none of its own."""
        own = self.recipient_countries | ({self.place.country} if self.place and self.place.country else frozenset())
        return own or frozenset(self.context)


def tellings_of(coded: CodedReport) -> tuple[Telling, ...]:
    """The claims of a report that are told as done, or as not done; not what is feared, planned, or usual."""
    told = [claim for claim in coded.claims if claim.aspect in ("actual", "historical")]
    named = Counter(c for claim in coded.claims for c in _countries((*claim.actors, *claim.recipients)))
    named.update(claim.where.country for claim in coded.claims if claim.where and claim.where.country)
    context = tuple(sorted(named, key=lambda c: (-named[c], c))[:2])
    published = coded.report.published_on
    return tuple(_telling(claim, published.toordinal() if published else None, context) for claim in told)


def card_of(report: Report) -> ReportCard:
    """The report without its text."""
    publisher = publisher_of(report)
    said = re.compile(rules()["corrections"]["said"])
    corrects = bool(said.search(report.title or "") or said.search(report.text))
    name, party_to = (publisher.name, publisher.party_to) if publisher else ("", None)
    return ReportCard(report.id, report.title or "", name, party_to, report.published or "", corrects)


def _telling(claim: Claim, published: int | None, context: tuple[str, ...]) -> Telling:
    first, last, stated = _days(claim)
    return Telling(
        id=claim.id,
        report=claim.report,
        event=claim.event,
        modes=frozenset(claim.modes),
        polarity=claim.polarity,
        speech=claim.quad.startswith("verbal"),
        by_state=any(p.actor.kind == "state" for p in claim.actors),
        by_somebody=bool(claim.actors),
        published=published,
        actors=_identities(claim.actors),
        actor_countries=_countries(claim.actors),
        recipients=_identities(claim.recipients),
        recipient_countries=_countries(claim.recipients),
        things=frozenset(thing for p in claim.recipients if (thing := _thing(p))),
        names=frozenset(word for p in claim.recipients if p.actor.kind == "person" for word in _names_in(p.text)),
        place=_spot(claim),
        first=first,
        last=last,
        stated=stated,
        inferred=claim.when is None or claim.when.inferred,
        numbers=numbers_of(claim),
        words=stems(claim.evidence.text),
        sentence=sentence_of(claim),
        start=claim.evidence.start,
        end=claim.evidence.end,
        offset=claim.trigger.start - claim.evidence.start,
        context=context,
        because_of=claim.because_of,
    )


def sentence_of(claim: Claim) -> str:
    """A hash of the words that a claim was read from: the same for a sentence and its reprint."""
    return hashlib.sha256(claim.evidence.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _spot(claim: Claim) -> Spot | None:
    where = claim.where
    if where is None or place_is_a_participants(claim):
        return None
    return Spot(where.name, where.country, where.lat, where.lon, where.precision, where.radius_km)


def _identities(side: Iterable[Participant]) -> frozenset[str]:
    """Ids of actors, and the folded names of those that are known by description; no drones and other things."""
    people = (p for p in side if p.actor.id or thing_of(p.text) not in rules()["instruments"]["things"])
    return frozenset(p.actor.id or fold(p.actor.name) for p in people if p.actor.id or p.actor.sector)


def _thing(participant: Participant) -> str | None:
    return "people" if participant.actor.kind == "person" else thing_of(participant.text)


def _names_in(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text) if word[0].isupper()]


def _countries(side: Iterable[Participant]) -> frozenset[str]:
    return frozenset(p.actor.country for p in side if p.actor.country)


def place_is_a_participants(claim: Claim) -> bool:
    """True for a country that was read off a participant ("an American drone") or off words outside the claim."""
    where = claim.where
    if where is None or where.precision != "country":
        return False
    inside = any(p.start <= where.start and where.end <= p.end for p in (*claim.actors, *claim.recipients))
    return inside or not claim.evidence.start <= where.start < claim.evidence.end


def _days(claim: Claim) -> tuple[int | None, int | None, bool]:
    when = claim.when
    if when is None or when.first is None:
        return None, None, False
    first = date.fromisoformat(when.first).toordinal()
    last = date.fromisoformat(when.last).toordinal() if when.last else first
    near = when.precision == "day" and last - first <= 1
    return first, last, (not when.inferred or near) and last - first <= _VAGUE_DAYS


def days_to_look_up(telling: Telling) -> tuple[int, int] | None:
    """The ordinals between which the act can lie: a stated time give or take a day, else the fortnight before print."""
    if telling.stated and telling.first is not None and telling.last is not None:
        return telling.first - 1, telling.last + 1
    if telling.published is not None and (telling.first is None or (telling.last or 0) >= telling.published - 8):
        return telling.published - _INFERRED_BACK, telling.published
    return None


# --- words -----------------------------------------------------------------------------------------------------------


def thing_of(text: str) -> str | None:
    """The class of what a noun phrase names ("two oil tankers" -> ships), or its head noun; None for a bare pronoun."""
    empty = rules()["words"]["empty"]
    for part in re.split(r"\b(?:of|in|at|on|near|from|off|that|who|which|by|for|with)\b|,", text.casefold()):
        words = [word for word in re.findall(r"[^\W\d_]{2,}", part) if word not in empty]
        if words:
            return next((t for word in reversed(words) if (t := _thing_words().get(word))), stem(words[-1]))
    return None


def numbers_of(claim: Claim) -> dict[str, float]:
    """What the claim counts, by class of thing; people that were killed or injured count as that."""
    verb = stem(claim.trigger.text.casefold())
    fate = next((name for name, verbs in rules()["fates"].items() if verb in verbs), None)
    found: dict[str, float] = {}
    for quantity in claim.quantities:
        thing = thing_of(str(quantity.what))
        if thing is not None and thing in rules()["things"]:
            found.setdefault(fate if thing == "people" and fate else thing, float(quantity.number))
    return found


@cache
def stem(word: str) -> str:
    """A word without its commonest endings: enough to bring "attacks", "attacked" and "attacking" together."""
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of all words with a meaning of their own."""
    empty = rules()["words"]["empty"]
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(_same_word().get(stem(w), stem(w)) for w in words if w not in empty and len(w) > 1)


@cache
def rules() -> dict[str, Any]:
    """The tables of merge.toml."""
    return read_toml("merge.toml")


@cache
def _thing_words() -> Mapping[str, str]:
    return {word: name for name, words in rules()["things"].items() for word in words}


@cache
def _same_word() -> Mapping[str, str]:
    return {stem(word): words[0] for words in rules()["words"]["same"] for word in words}
