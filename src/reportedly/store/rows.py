"""Records to rows and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportedly.records import Claim, CodedReport, CopyLink, Event, Participant, RawReport, Report
from reportedly.store.connect import Row
from reportedly.store.documents import dumps, from_json, to_json

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """How a report is known again: its bytes, the id that it was given, and what it was given besides.

    A report is known if its bytes were stored under the same id, or with the same date, publisher, address and title.
    """

    given_id: str
    content_hash: str
    given: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report to be stored: what was coded, and what it is known by."""

    key: Key
    coded: CodedReport


def key_of(raw: RawReport) -> Key:
    """The key of a raw report. The hash is SHA-256 over its kind and its bytes."""
    digest = hashlib.sha256(raw.kind.encode() + b"\n" + raw.content).hexdigest()
    return Key(raw.id, digest, dumps([raw.published, raw.publisher, raw.url, raw.title]))


def report_row(incoming: Incoming, coder: str, stored_at: str) -> Values:
    """The row of `reports`; `about` is the whole record without its text."""
    report, key = incoming.coded.report, incoming.key
    return clean(
        {
            "id": report.id,
            "given_id": key.given_id,
            "content_hash": key.content_hash,
            "given": key.given,
            **_report_columns(report),
            "coder": coder,
            "stored_at": stored_at,
        }
    )


def _report_columns(report: Report) -> Values:
    return {
        "title": report.title,
        "published": report.published,
        "publisher": report.publisher,
        "url": report.url,
        "body": report.text,
        "about": to_json(without_text(report)),
    }


def report_of(row: Row) -> Report:
    """The report of a row of `reports`."""
    return replace(from_json(Report, row.about), id=row.id, text=row.body)


def report_about(row: Row) -> Report:
    """The report of a row of `reports`, without its text."""
    return replace(from_json(Report, row.about), id=row.id)


def without_text(report: Report) -> Report:
    """The report without its text, for those who only want to know what it was."""
    return replace(report, text="")


def claim_rows(coded: CodedReport) -> Iterator[Values]:
    """The rows of `claims`."""
    for position, claim in enumerate(coded.claims):
        where, when = claim.where, claim.when
        yield clean(
            {
                "id": claim.id,
                "report_id": coded.report.id,
                "position": position,
                "event": claim.event,
                "modes": "; ".join(claim.modes),
                "quad": claim.quad,
                "score": claim.score,
                **_side("actor", claim.actors),
                **_side("recipient", claim.recipients),
                "place": where.name if where else None,
                "country": where.country if where else None,
                "lat": where.lat if where else None,
                "lon": where.lon if where else None,
                "precision": where.precision if where else None,
                "date_from": when.first if when else None,
                "date_to": when.last if when else None,
                "aspect": claim.aspect,
                "polarity": claim.polarity,
                "certainty": claim.certainty,
                "confidence": claim.confidence,
                "document": to_json(claim),
                "coder": claim.coder,
                "words": words_of(claim),
            }
        )


def _side(name: str, side: tuple[Participant, ...]) -> Values:
    return {
        name: "; ".join(p.actor.name for p in side) or None,
        f"{name}_country": "; ".join(p.actor.country or "" for p in side) or None,
    }


def words_of(claim: Claim) -> str:
    """What a claim is found by: its evidence, who takes part, where, and who says so."""
    names = [party.actor.name for party in (*claim.actors, *claim.recipients)]
    names += [claim.where.name] if claim.where else []
    return "\n".join(dict.fromkeys([claim.evidence.text, *names, *(link.name for link in claim.attribution)]))


def party_rows(claims: Iterable[Claim]) -> Iterator[Values]:
    """The rows of `claim_parties`."""
    for claim in claims:
        for side, parties in (("actor", claim.actors), ("recipient", claim.recipients)):
            for position, party in enumerate(parties):
                actor = party.actor
                yield clean(
                    {
                        "claim_id": claim.id,
                        "side": side,
                        "position": position,
                        "name": actor.name,
                        "actor_id": actor.id,
                        "country": actor.country,
                        "sector": actor.sector,
                        "words": party.text,
                    }
                )


def link_rows(claims: Iterable[Claim]) -> Iterator[Values]:
    """The rows of `links`: who says so, outermost first."""
    for claim in claims:
        for position, link in enumerate(claim.attribution):
            actor = link.actor
            yield clean(
                {
                    "claim_id": claim.id,
                    "position": position,
                    "kind": link.kind,
                    "name": link.name,
                    "actor_id": actor.id if actor else None,
                    "country": actor.country if actor else None,
                }
            )


def attribution_rows(coded: CodedReport, coder: str) -> Iterator[Values]:
    """The rows of `attributions`: source, cue and content as read, also where no claim was coded."""
    for position, attribution in enumerate(coded.attributions):
        yield clean(
            {
                "report_id": coded.report.id,
                "position": position,
                "source": attribution.source.text if attribution.source else None,
                "cue": attribution.cue.text,
                "content_start": attribution.content.start,
                "content_end": attribution.content.end,
                "document": to_json(attribution),
                "coder": coder,
            }
        )


def relation_rows(coded: CodedReport, coder: str) -> Iterator[Values]:
    """The rows of `relations`."""
    for position, relation in enumerate(coded.relations):
        yield clean(
            {
                "report_id": coded.report.id,
                "position": position,
                "source": relation.source.actor.name,
                "kind": relation.kind,
                "target": relation.target.actor.name,
                "document": to_json(relation),
                "coder": coder,
            }
        )


def claim_of(document: str) -> Claim:
    """The claim of a document."""
    return from_json(Claim, document)


def event_of(document: str) -> Event:
    """The event of a document."""
    return from_json(Event, document)


def copy_row(link: CopyLink, coder: str) -> Values:
    """The row of `copies`."""
    return {
        "report_id": link.report,
        "of_report": link.of,
        "kind": link.kind,
        "contained": link.contained,
        "because": dumps(list(link.because)),
        "coder": coder,
    }


# --- events ----------------------------------------------------------------------------------------------------------


def event_row(event: Event, coder: str) -> Values:
    """The row of `events`."""
    actor, recipient, where = event.actor, event.recipient, event.where
    return clean(
        {
            "id": event.id,
            "event": event.event,
            "modes": "; ".join(event.modes),
            "status": event.status,
            "date_from": event.first,
            "date_to": event.last,
            "actor": _best(event, "actor"),
            "actor_country": actor.country if actor else None,
            "recipient": _best(event, "recipient"),
            "recipient_country": recipient.country if recipient else None,
            "place": _best(event, "place"),
            "country": event.country,
            "lat": where.lat if where else None,
            "lon": where.lon if where else None,
            "precision": where.precision if where else None,
            "reports": len(event.reports),
            "texts": event.texts,
            "independent_sources": event.independent_sources,
            "document": to_json(event),
            "coder": coder,
        }
    )


def _best(event: Event, name: str) -> str | None:
    field = event.field(name)
    return field.best if field else None


def member_rows(event: Event) -> Iterator[Values]:
    """The rows of `event_claims`."""
    for position, claim in enumerate(event.claims):
        superseded = claim in event.superseded
        yield {"event_id": event.id, "position": position, "claim_id": claim, "superseded": superseded}


def decision_rows(event: Event) -> Iterator[Values]:
    """The rows of `merge_decisions`."""
    for position, decision in enumerate(event.decisions):
        yield clean(
            {
                "event_id": event.id,
                "position": position,
                "this_claim": decision.this,
                "that_claim": decision.that,
                "same": decision.same,
                "score": decision.score,
                "because": dumps(list(decision.because)),
            }
        )


def clean(values: Values) -> Values:
    """The values without what no database takes: NUL and lone surrogates. Offsets stay as they are."""
    for name, value in values.items():
        if isinstance(value, str) and ("\0" in value or not _encodable(value)):
            values[name] = value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return values


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
