"""The values that flow from stage to stage: frozen, and whatever came from the text points back at it.

Offsets are Unicode characters from 0, end exclusive, and count into `Report.text` unless said otherwise.
Words as in the design: report, actor, place, when, attribution, standing, claim, relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from spacy.tokens import Doc

LinkKind = Literal["publisher", "outlet", "document", "named", "anonymous"]
Aspect = Literal["actual", "future", "hypothetical", "historical", "habitual"]
Polarity = Literal["affirmed", "denied", "negated"]
Certainty = Literal["certain", "probable", "possible"]
TimePrecision = Literal["day", "week", "month", "year", "vague"]
PlacePrecision = Literal["point", "city", "region", "country", "sea"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


# --- stage 1: read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawReport:
    """Bytes as given, with what the giver knows about them. Explicit values beat what is found in the bytes.

    `kind` is "text" or "html". `name` is what messages call it: a path, a path with a line number, or "<stdin>".
    """

    id: str
    content: bytes
    kind: Literal["text", "html"]
    name: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption and whom the picture is credited to."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed, as printed before its first sentence; `agency` as in "BEIRUT (AP) -"."""

    place: str | None = None
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the page that is no part of the report, and why it was taken out."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """One document as published. `published` is ISO 8601, with time and zone where known (`2019-05-17T09:07:00+00:00`).

    `text` is the clean body: paragraphs are separated by a newline. Every offset in later stages counts into it.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    captions: tuple[Caption, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def published_on(self) -> date | None:
        """The day of publication in the publisher's own zone, if known."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A report that could not be coded, and why. Coded + rejected = given."""

    id: str
    name: str
    reason: str
    hint: str = ""


# --- stage 2: parse --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the report."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch in quotation marks, marks excluded. `first` and `last` are token indices, `last` exclusive."""

    start: int
    end: int
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with its sentences, syntax and quotations."""

    report: Report
    doc: Doc
    quotes: tuple[Quote, ...]


# --- stage 3: resolve ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved entity on a given day. `country` is ISO 3166-1 alpha-3, `sector` a PLOVER code.

    International actors have `sector` UNO, EUR, IGO, NGO, IMG, MNC or ISM and usually no country.
    `kind` is "person", "group" (any organised body), "state" or "role" (known by description only).
    """

    id: str | None
    name: str
    country: str | None = None
    sector: str | None = None
    kind: Literal["person", "group", "state", "role"] = "role"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor. `head` is the token index of the head noun; `first`, `last` (exclusive) tokens.

    `acting` is false for things and notions that only belong to somebody ("Tehran's efforts", "Iranian targets").
    `antecedent` is the head of the earlier mention that a pronoun or definite description was resolved to. `human` is
    true for persons and for people by what they are ("a German engineer"), not for bodies and things.
    """

    start: int
    end: int
    text: str
    head: int
    first: int
    last: int
    actor: Actor
    antecedent: int | None = None
    count: int | None = None
    plural: bool = False
    acting: bool = True
    human: bool = False


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in the text and where that is.

    `lat`/`lon` are WGS 84 degrees, None where unknown. `geonameid` is GeoNames' number. `radius_km` is a rough extent.
    `metonym` is true where the name stands for a government or an institution ("Washington said").
    """

    start: int
    end: int
    text: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    admin1: str | None = None
    geonameid: int | None = None
    radius_km: float | None = None
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """First and last day (inclusive, ISO 8601) that an act can have happened on, and how precisely that is known.

    `inferred` is true where the report gives no time and the range was concluded from the publication date.
    """

    start: int | None
    end: int | None
    text: str | None
    first: str | None
    last: str | None
    precision: TimePrecision
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 type and value (TimeML 1.2.1), and the days that it can mean.

    `first` and `last` are None for sets and for durations without an anchor.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    first: date | None = None
    last: date | None = None
    precision: TimePrecision = "day"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parsed report whose actors, places and times are known. `mentions` is keyed by head token index.

    `adjectival` are countries named by an adjective ("Saudi pipelines").
    """

    parsed: Parsed
    mentions: Mapping[int, Mention]
    toponyms: tuple[Toponym, ...]
    timexes: tuple[Timex, ...]
    adjectival: tuple[Toponym, ...] = ()


# --- stage 4: code ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an attribution chain. `count` is how many people stand behind it where the text says so.

    `type` says what sort of source it is: witness, party official, third-party official, expert, document …
    """

    kind: LinkKind
    name: str
    start: int | None = None
    end: int | None = None
    text: str | None = None
    count: int | str | None = None
    cue: str | None = None
    head: str | None = None
    actor: Actor | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """PARC's triple: who (`source`, None where nobody is named), by which words (`cue`), says what (`content`)."""

    source: Span | None
    cue: Span
    content: Span


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of a claim: the words of the text and whom they stand for."""

    start: int
    end: int
    text: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the text gives for a claim and what it counts."""

    number: int | float
    what: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One act as one report tells it. Field meanings: `docs/glossary.md`; ranges: PLOVER's, `plover.py`.

    `score` is PLOVER's conflict-cooperation score (-10 to 10). `confidence` (0 to 1) is how sure the coder is of its
    reading, and has nothing to do with how sure the source is (`certainty`).
    """

    id: str
    report: str
    event: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: str
    score: float | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    where: Toponym | None
    when: When | None
    attribution: tuple[Link, ...]
    aspect: Aspect
    polarity: Polarity
    certainty: Certainty
    quote: str | None
    quantities: tuple[Quantity, ...]
    because_of: tuple[str, ...]
    evidence: Span
    trigger: Span
    confidence: float
    coder: str
    also: tuple[Span, ...] = ()

    def __str__(self) -> str:
        """What | who > whom | where | when | says who | how surely (FactBank's short form)."""
        return " | ".join(
            (
                self.event.upper() + (":" + ",".join(self.modes) if self.modes else ""),
                f"{_names(self.actors)} > {_names(self.recipients)}",
                self.where.name if self.where else "?",
                _days(self.when),
                " < ".join(link.name for link in self.attribution) or "?",
                self.factbank,
            )
        )

    @property
    def factbank(self) -> str:
        """FactBank's value (Saurí and Pustejovsky 2009): CT, PR or PS with + or -; the aspect if not actual."""
        sign = "+" if self.polarity == "affirmed" else "-"
        short = {"certain": "CT", "probable": "PR", "possible": "PS"}[self.certainty] + sign
        return short if self.aspect == "actual" else f"{short} {self.aspect}"


def _names(side: tuple[Participant, ...]) -> str:
    return ", ".join(p.actor.name for p in side) or "?"


def _days(when: When | None) -> str:
    if when is None or when.first is None:
        return "?"
    days = when.first if when.first == when.last else f"{when.first}..{when.last or ''}"
    return f"~{days}" if when.inferred else days


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing tie between two actors: leads, member, part_of, backs, allied_with, at_war_with."""

    source: Participant
    kind: str
    target: Participant
    evidence: Span


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the second reader makes of a word.

    `coded` is the type of the claim that was read from it, None for a word without a pattern that looks like an act.

    `probability` (0 to 1) is that of `event` for a coded word, and that of being any act for another; `agreement` is
    that of the coded type. For a coded word both are among the types of acts, given what stands around it.
    """

    start: int
    end: int
    text: str
    coded: str | None
    event: str
    probability: float
    agreement: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a word was or was not coded, for `--explain`."""

    start: int
    end: int
    text: str
    outcome: str
    because: str


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report with everything that was read from it.

    `extra["confidence"]` maps a claim's id to the named features that its confidence rests on.
    """

    report: Report
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    attributions: tuple[Attribution, ...] = ()
    decisions: tuple[Decision, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


# --- stage 5: merge --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CopyLink:
    """`report` reprints the text of `of`, in whole, in part, or updated.

    `contained` (0 to 1) is the share of the shorter text's word 5-grams that stands in the longer one.
    """

    report: str
    of: str
    kind: Literal["reprint", "excerpt", "update"]
    contained: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RootSource:
    """Where attribution chains end: ten outlets that repeat one agency's story are one root.

    `party` is true for a side of the event, false for known bystanders, None where nothing is known of the source.
    `denies` is true where all that the source says is that it was not so.
    """

    key: str
    name: str
    kind: LinkKind
    party: bool | None
    denies: bool
    claims: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value that claims give for a field of an event. `denied_by` are claims that say it is not so."""

    value: str
    claims: tuple[str, ...]
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventField:
    """What the claims of an event say on one point: `actor`, `recipient`, `place`, `when`, `killed`, `ships` …

    `best` is the value with most independent roots. `low` and `high` are the ends of a number's range, else None.
    """

    name: str
    best: str
    disputed: bool
    values: tuple[FieldValue, ...]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """Why two claims were judged to be one event, or two. `score` is the sum of the numbers in `because`."""

    this: str
    that: str
    same: bool
    score: float
    because: tuple[str, ...]


EventStatus = Literal["single-source", "corroborated", "disputed", "denied", "retracted"]
EVENT_STATUSES: tuple[EventStatus, ...] = get_args(EventStatus)


@dataclass(frozen=True, slots=True)
class Event:
    """What several claims are about: the same act. `id` hashes the founding claim's, so later reports do not change it.

    `claims` are in order of publication; `superseded` are those that their own publisher has since corrected or
    updated, which stay but no longer count. `first` and `last` (ISO 8601) are the days it can have happened on.
    `because_of` are ids of events. `texts` counts reports without reprints. `actor`, `recipient` and `where` are the
    best values of these fields in full; `country` is that of the best place, else of any place that a claim gives.
    """

    id: str
    event: str
    modes: tuple[str, ...]
    status: EventStatus
    fields: tuple[EventField, ...]
    sources: tuple[RootSource, ...]
    claims: tuple[str, ...]
    superseded: tuple[str, ...]
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    texts: int
    first: str | None
    last: str | None
    because_of: tuple[str, ...]
    decisions: tuple[MergeDecision, ...]
    actor: Actor | None = None
    recipient: Actor | None = None
    where: Toponym | None = None
    country: str | None = None

    @property
    def independent_sources(self) -> int:
        """How many roots say that it happened; where nobody does, how many deny it."""
        return sum(not source.denies for source in self.sources) or len(self.sources)

    @property
    def told_by(self) -> str:
        """Both numbers, as they are always shown: "12 reports, 3 independent sources"."""
        reports, sources = len(self.reports), self.independent_sources
        return f"{reports} report{'s'[: reports != 1]}, {sources} independent source{'s'[: sources != 1]}"

    def field(self, name: str) -> EventField | None:
        """The field of that name, None where no claim says anything."""
        return next((f for f in self.fields if f.name == name), None)
