"""Coded reports as JSON, JSONL, CSV, PLOVER exchange records, tables and data frames. Shapes: docs/output.md."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportedly.records import Actor, Claim, CodedReport, Link, Participant, Relation, Report, Span, Toponym, When

if TYPE_CHECKING:
    import polars

CSV_COLUMNS = (
    "id", "report", "published", "publisher", "event", "modes", "contexts", "quad", "score", "actor", "actor_id",
    "actor_country", "actor_sector", "recipient", "recipient_id", "recipient_country", "recipient_sector", "where",
    "where_country", "lat", "lon", "where_precision", "date_from", "date_to", "date_precision", "date_inferred",
    "attribution", "root_source", "root_kind", "aspect", "polarity", "certainty", "factbank", "quote", "quantities",
    "evidence", "evidence_start", "evidence_end", "confidence", "because_of", "coder",
)  # fmt: skip
_FLOATS = ("score", "lat", "lon", "confidence", "killed_low", "killed_high", "injured_low", "injured_high")
_INTEGERS = ("reports", "texts", "independent_sources", "evidence_start", "evidence_end")


# --- JSON as in the design -------------------------------------------------------------------------------------------


def report_dict(report: Report) -> dict[str, Any]:
    """A clean report as plain values; `body` is the text that every offset counts into."""
    return {
        "title": report.title,
        "published": report.published,
        "publisher": report.publisher,
        "url": report.url,
        "byline": report.byline,
        "dateline": None
        if report.dateline is None
        else {"place": report.dateline.place, "date": report.dateline.date, "agency": report.dateline.agency},
        "captions": [{"text": c.text, "credit": c.credit} for c in report.captions],
        "body": report.text,
    }


def coded_dict(coded: CodedReport) -> dict[str, Any]:
    """A coded report as plain values, as the design has it."""
    return {
        "id": coded.report.id,
        "report": report_dict(coded.report),
        "claims": [claim_dict(claim) for claim in coded.claims],
        "relations": [_relation_dict(r) for r in coded.relations],
    }


def explained_dict(coded: CodedReport) -> dict[str, Any]:
    """What `--explain` adds to a coded report: attributions, words that were passed over, and what was removed."""
    return {
        "attributions": [
            {"source": _span_dict(a.source), "cue": _span_dict(a.cue), "content": _span_dict(a.content)}
            for a in coded.attributions
        ],
        "decisions": [
            {"start": d.start, "end": d.end, "text": d.text, "outcome": d.outcome, "because": d.because}
            for d in coded.decisions
        ],
        "removed": removed_list(coded.report),
    }


def removed_list(report: Report) -> list[dict[str, str]]:
    """What was taken out of a page, and why."""
    return [{"text": removed.text, "reason": removed.reason} for removed in report.removed]


def claim_dict(claim: Claim) -> dict[str, Any]:
    """A claim as plain values, in the order of the public schema."""
    return {
        "id": claim.id,
        "report": claim.report,
        "event": claim.event,
        "modes": list(claim.modes),
        "contexts": list(claim.contexts),
        "quad": claim.quad,
        "score": claim.score,
        "actors": [_participant_dict(p) for p in claim.actors],
        "recipients": [_participant_dict(p) for p in claim.recipients],
        "where": _place_dict(claim.where),
        "when": _when_dict(claim.when),
        "attribution": [_link_dict(link) for link in claim.attribution],
        "aspect": claim.aspect,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "quote": claim.quote,
        "quantities": [{"number": q.number, "what": q.what} for q in claim.quantities],
        "because_of": list(claim.because_of),
        "evidence": _span_dict(claim.evidence),
        "trigger": claim.trigger.text,
        "also": [_span_dict(span) for span in claim.also],
        "confidence": claim.confidence,
        "coder": claim.coder,
    }


def _span_dict(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _actor_dict(actor: Actor) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "country": actor.country, "sector": actor.sector}


def _participant_dict(participant: Participant) -> dict[str, Any]:
    return {
        "text": participant.text,
        "start": participant.start,
        "end": participant.end,
        **_actor_dict(participant.actor),
    }


def _place_dict(place: Toponym | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "geonameid": place.geonameid,
    }


def _when_dict(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "start": when.start,
        "end": when.end,
        "from": when.first,
        "to": when.last,
        "precision": when.precision,
        "inferred": when.inferred,
    }


def _link_dict(link: Link) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": link.kind, "name": link.name}
    for key in ("type", "text", "start", "end", "count", "cue", "head"):
        value = getattr(link, key)
        if value is not None:
            found[key] = value
    if link.actor is not None and (link.actor.id or link.actor.country):
        found["actor"] = _actor_dict(link.actor)
    return found


def _relation_dict(relation: Relation) -> dict[str, Any]:
    return {
        "from": _participant_dict(relation.source),
        "kind": relation.kind,
        "to": _participant_dict(relation.target),
        "evidence": _span_dict(relation.evidence),
    }


def json_line(value: Mapping[str, Any]) -> str:
    """One JSON object on one line, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


# --- flat rows -------------------------------------------------------------------------------------------------------


def claim_row(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim as one flat row with the columns `CSV_COLUMNS`; several values in a cell are joined by "; "."""
    root = claim.attribution[-1] if claim.attribution else None
    when, where = claim.when, claim.where
    row = {
        "id": claim.id,
        "report": claim.report,
        "published": report.published,
        "publisher": report.publisher,
        "event": claim.event,
        "modes": "; ".join(claim.modes),
        "contexts": "; ".join(claim.contexts),
        "quad": claim.quad,
        "score": claim.score,
        **_side("actor", claim.actors),
        **_side("recipient", claim.recipients),
        "where": where.name if where else None,
        "where_country": where.country if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "where_precision": where.precision if where else None,
        "date_from": when.first if when else None,
        "date_to": when.last if when else None,
        "date_precision": when.precision if when else None,
        "date_inferred": when.inferred if when else None,
        "attribution": " < ".join(link.name for link in claim.attribution),
        "root_source": root.name if root else None,
        "root_kind": root.kind if root else None,
        "aspect": claim.aspect,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "factbank": claim.factbank,
        "quote": claim.quote,
        "quantities": "; ".join(f"{q.number} {q.what}" for q in claim.quantities),
        "evidence": claim.evidence.text,
        "evidence_start": claim.evidence.start,
        "evidence_end": claim.evidence.end,
        "confidence": claim.confidence,
        "because_of": "; ".join(claim.because_of),
        "coder": claim.coder,
    }
    return {column: row[column] for column in CSV_COLUMNS}


def _side(name: str, side: tuple[Participant, ...]) -> dict[str, str]:
    return {
        name: "; ".join(p.actor.name for p in side),
        f"{name}_id": "; ".join(p.actor.id or "" for p in side),
        f"{name}_country": "; ".join(p.actor.country or "" for p in side),
        f"{name}_sector": "; ".join(p.actor.sector or "" for p in side),
    }


def csv_header(columns: Sequence[str] = CSV_COLUMNS, separator: str = ",") -> str:
    """The header line of the CSV output."""
    return separator.join(columns)


def csv_line(row: Mapping[str, Any], columns: Sequence[str] = CSV_COLUMNS, separator: str = ",") -> str:
    """One row of the CSV output; a column that the row lacks is empty.

    Cells that a spreadsheet would take for a formula are made text by a leading quote.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="", delimiter=separator)
    writer.writerow([_safe(row.get(column)) for column in columns])
    return buffer.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return value


# --- PLOVER's exchange format ----------------------------------------------------------------------------------------


def plover_event(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim as an event of PLOVER's exchange format (2021 draft); `mode` also has the auxiliary modes."""
    auxiliary = {
        "historical": claim.aspect == "historical",
        "future": claim.aspect == "future",
        "hypothetical": claim.aspect == "hypothetical",
        "negation": claim.polarity != "affirmed",
    }
    when = claim.when
    return {
        "id": claim.id,
        "date": when.first if when else None,
        "enddate": when.last if when else None,
        "actor": [_plover_entity(p) for p in claim.actors],
        "recipient": [_plover_entity(p) for p in claim.recipients],
        "event": claim.event,
        "event_loc": _plover_location(claim.where),
        "event_text": claim.trigger.text,
        "quad_code": claim.quad,
        "event_scale": claim.score,
        "mode": [*claim.modes, *(name for name, on in auxiliary.items() if on)],
        "context": list(claim.contexts),
        "link": list(claim.because_of),
        "text": claim.evidence.text,
        "text_info": {"start": claim.evidence.start, "end": claim.evidence.end, "document": claim.report},
        "cite_info": {
            "publisher": report.publisher,
            "url": report.url,
            "title": report.title,
            "published": report.published,
            "attribution": [link.name for link in claim.attribution],
        },
        "coder": claim.coder,
        "coded_date": None,
    }


def _plover_entity(participant: Participant) -> dict[str, Any]:
    actor = participant.actor
    return {
        "code": actor.country,
        "sector": actor.sector,
        "entity_text": participant.text,
        "identifier_id": actor.id,
        "identifier_text": actor.name,
        "office": None,
    }


def _plover_location(place: Toponym | None) -> dict[str, Any] | None:
    if place is None:
        return None
    resolution = {"point": 5, "city": 4, "region": 2, "country": 1, "sea": 2}[place.precision]
    return {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": resolution,
    }


# --- data frames -----------------------------------------------------------------------------------------------------


def to_frame(coded: CodedReport | Iterable[CodedReport]) -> polars.DataFrame:
    """One row a claim of one or many reports, columns `CSV_COLUMNS`; its `.to_pandas()` needs the `pandas` extra."""
    many = (coded,) if isinstance(coded, CodedReport) else coded
    return frame((claim_row(claim, one.report) for one in many for claim in one.claims), CSV_COLUMNS)


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> polars.DataFrame:
    """Flat rows as a data frame of these columns; what a row lacks is null. What is no number or truth is a string."""
    import polars

    kinds = dict.fromkeys(_FLOATS, polars.Float64) | dict.fromkeys(_INTEGERS, polars.Int64)
    kinds["date_inferred"] = polars.Boolean  # type: ignore[assignment]
    schema = {column: kinds.get(column, polars.String) for column in columns}
    return polars.DataFrame([{column: row.get(column) for column in columns} for row in rows], schema=schema)
