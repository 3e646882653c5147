"""Stored claims and events in the formats of `reportedly export`. Columns and fields: docs/store.md."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly import export
from reportedly.conventions import CONVENTIONS, first_claim
from reportedly.pages import pages
from reportedly.plover import event_types
from reportedly.records import Claim, EventField
from reportedly.store import Judgement, corrected, verdict_of
from reportedly.store.reading import StoredClaim, StoredEvent, claims_by_id

if TYPE_CHECKING:
    import polars

    from reportedly.store import Store

EVENTS_ONLY = tuple(CONVENTIONS)
CLAIM_COLUMNS = (*export.CSV_COLUMNS, "events", "judgement")
EVENT_COLUMNS = (
    "id", "event", "modes", "quad", "score", "status", "date_from", "date_to", "actor", "actor_country", "recipient",
    "recipient_country", "where", "where_country", "lat", "lon", "where_precision", "reports", "texts",
    "independent_sources", "sources", "publishers", "killed", "killed_low", "killed_high", "injured", "injured_low",
    "injured_high", "disputed", "claims", "superseded", "because_of", "judgement", "coder",
)  # fmt: skip
_PAGE = 500


# --- claims ----------------------------------------------------------------------------------------------------------


def claim_lines_in(format: str, claims: Iterable[StoredClaim]) -> Iterator[str]:
    """The claims in that format (jsonl, csv, geojson, plover), corrected as people said; rejected ones say so."""
    if format == "csv":
        yield export.csv_header(CLAIM_COLUMNS)
        yield from (export.csv_line(stored_claim_row(one), CLAIM_COLUMNS) for one in claims)
    elif format == "geojson":
        yield from _feature_collection(feature_of(stored_claim_row(one)) for one in claims)
    elif format == "plover":
        yield from (export.json_line(export.plover_event(_corrected(one), one.report)) for one in claims)
    else:
        yield from (export.json_line(stored_claim_dict(one)) for one in claims)


def _corrected(stored: StoredClaim) -> Claim:
    return corrected(stored.claim, stored.judgements)


def stored_claim_dict(stored: StoredClaim) -> dict[str, Any]:
    """A claim as plain values, corrected as people said, with its events and judgements."""
    said = {"judgement": verdict_of(stored.judgements), "judgements": [_judgement_dict(j) for j in stored.judgements]}
    return export.claim_dict(_corrected(stored)) | {"events": list(stored.events)} | said


def stored_claim_row(stored: StoredClaim) -> dict[str, Any]:
    """A claim as one flat row with the columns `CLAIM_COLUMNS`, corrected as people said."""
    row = export.claim_row(_corrected(stored), stored.report)
    return row | {"events": "; ".join(stored.events), "judgement": verdict_of(stored.judgements)}


def _judgement_dict(judgement: Judgement) -> dict[str, Any]:
    return {
        "number": judgement.number,
        "verdict": judgement.verdict,
        "field": judgement.field,
        "value": judgement.value,
        "reviewer": judgement.reviewer,
        "note": judgement.note,
        "made_at": judgement.made_at,
        "undone": judgement.undone,
    }


# --- events ----------------------------------------------------------------------------------------------------------


def event_lines_in(format: str, events: Iterable[StoredEvent], store: Store) -> Iterator[str]:
    """The events in that format: jsonl, csv, geojson, plover, gdelt, acled or ucdp."""
    if format == "csv":
        yield export.csv_header(EVENT_COLUMNS)
        yield from (export.csv_line(event_row(one), EVENT_COLUMNS) for one in events)
    elif format == "geojson":
        yield from _feature_collection(feature_of(event_row(one)) for one in events)
    elif format == "jsonl":
        yield from (export.json_line(event_dict(one)) for one in events)
    elif format == "plover":
        yield from (export.json_line(_plover_event(*pair)) for pair in _with_claims(events, store))
    else:
        columns, make_row, separator = CONVENTIONS[format]
        yield export.csv_header(columns, separator)
        rows = (make_row(*pair) for pair in _with_claims(events, store))
        yield from (export.csv_line(row, columns, separator) for row in rows if row is not None)


def _with_claims(
    events: Iterable[StoredEvent], store: Store
) -> Iterator[tuple[StoredEvent, Mapping[str, StoredClaim]]]:
    """Each event with its claims, which are fetched for many events at a time."""
    for page in pages(events, _PAGE):
        claims = claims_by_id(store, [claim for one in page for claim in one.event.claims])
        yield from ((one, claims) for one in page)


def event_dict(stored: StoredEvent) -> dict[str, Any]:
    """An event as plain values, with every value's and every source's claims."""
    event = stored.event
    return {
        "id": event.id,
        "event": event.event,
        "modes": list(event.modes),
        "status": event.status,
        "when": {"from": event.first, "to": event.last},
        "actor": {"name": stored.actor, "country": stored.actor_country},
        "recipient": {"name": stored.recipient, "country": stored.recipient_country},
        "where": {
            "name": stored.place,
            "country": stored.country,
            "lat": stored.lat,
            "lon": stored.lon,
            "precision": stored.precision,
        },
        "told_by": event.told_by,
        "texts": event.texts,
        "independent_sources": event.independent_sources,
        "fields": {field.name: _field_dict(field) for field in event.fields},
        "sources": [
            {
                "key": source.key,
                "name": source.name,
                "kind": source.kind,
                "party": source.party,
                "denies": source.denies,
                "claims": list(source.claims),
                "reports": list(source.reports),
            }
            for source in event.sources
        ],
        "claims": list(event.claims),
        "superseded": list(event.superseded),
        "reports": list(event.reports),
        "publishers": list(event.publishers),
        "because_of": list(event.because_of),
        "judgement": verdict_of(stored.judgements),
        "judgements": [_judgement_dict(j) for j in stored.judgements],
        "coder": stored.coder,
    }


def _field_dict(field: EventField) -> dict[str, Any]:
    found: dict[str, Any] = {"best": field.best, "disputed": field.disputed}
    if field.low is not None:
        found |= {"low": field.low, "high": field.high}
    return found | {
        "values": [{"value": v.value, "claims": list(v.claims), "denied_by": list(v.denied_by)} for v in field.values]
    }


def event_row(stored: StoredEvent) -> dict[str, Any]:
    """An event as one flat row with the columns `EVENT_COLUMNS`."""
    event, kind = stored.event, event_types()[stored.event.event]
    return {
        "id": event.id,
        "event": event.event,
        "modes": "; ".join(event.modes),
        "quad": kind.quad,
        "score": kind.score_of(event.modes),
        "status": event.status,
        "date_from": event.first,
        "date_to": event.last,
        "actor": stored.actor,
        "actor_country": stored.actor_country,
        "recipient": stored.recipient,
        "recipient_country": stored.recipient_country,
        "where": stored.place,
        "where_country": stored.country,
        "lat": stored.lat,
        "lon": stored.lon,
        "where_precision": stored.precision,
        "reports": len(event.reports),
        "texts": event.texts,
        "independent_sources": event.independent_sources,
        "sources": "; ".join(source.name for source in event.sources),
        "publishers": "; ".join(event.publishers),
        **_range("killed", event.field("killed")),
        **_range("injured", event.field("injured")),
        "disputed": "; ".join(field.name for field in event.fields if field.disputed),
        "claims": "; ".join(event.claims),
        "superseded": "; ".join(event.superseded),
        "because_of": "; ".join(event.because_of),
        "judgement": verdict_of(stored.judgements),
        "coder": stored.coder,
    }


def _range(name: str, field: EventField | None) -> dict[str, Any]:
    return {name: field.best, f"{name}_low": field.low, f"{name}_high": field.high} if field else {}


def _plover_event(stored: StoredEvent, claims: Mapping[str, StoredClaim]) -> dict[str, Any]:
    """An event in PLOVER's exchange format: the best values, over the words and the report of its first claim."""
    event = stored.event
    first = first_claim(stored, claims)
    made = export.plover_event(first.claim, first.report) if first else {}
    kind = event_types()[event.event]
    return made | {
        "id": event.id,
        "date": event.first,
        "enddate": event.last,
        "event": event.event,
        "quad_code": kind.quad,
        "event_scale": kind.score_of(event.modes),
        "mode": list(event.modes),
        "link": list(event.because_of),
        "claims": list(event.claims),
        "status": event.status,
        "independent_sources": event.independent_sources,
        "coder": stored.coder,
    }


# --- maps and data frames --------------------------------------------------------------------------------------------


def _feature_collection(features: Iterator[dict[str, Any] | None]) -> Iterator[str]:
    """GeoJSON (RFC 7946), a feature a line; what has no coordinates is no feature."""
    yield '{"type": "FeatureCollection", "features": ['
    before: str | None = None
    for feature in features:
        if feature is None:
            continue
        if before is not None:
            yield before + ","
        before = export.json_line(feature)
    if before is not None:
        yield before
    yield "]}"


def feature_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """A flat row as a feature of GeoJSON (RFC 7946); None for what has no coordinates."""
    if row["lat"] is None:
        return None
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}


def claim_frame(claims: Iterable[StoredClaim]) -> polars.DataFrame:
    """The columns of the claims' CSV."""
    return export.frame((stored_claim_row(one) for one in claims), CLAIM_COLUMNS)


def event_frame(events: Iterable[StoredEvent]) -> polars.DataFrame:
    """The columns of the events' CSV."""
    return export.frame((event_row(one) for one in events), EVENT_COLUMNS)


def write_parquet(frame: polars.DataFrame, output: Path | None) -> None:
    """Write a Parquet file, under a temporary name until it is whole, or to standard output. Raises OSError."""
    if output is None:
        frame.write_parquet(sys.stdout.buffer)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        frame.write_parquet(part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
