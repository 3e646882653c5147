"""Answers for programs: events, claims, reports, names and sources as JSON, filtered as pages are, a page at a time.

Each answer carries an ETag that changes when the store does; who sends it back is told 304 where nothing has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from reportedly import export, exports
from reportedly.errors import NotStored
from reportedly.pipeline import CODER
from reportedly.serve.desk import desk_of
from reportedly.serve.listing import list_events, list_names
from reportedly.serve.views import View, plain_text, view_of
from reportedly.store.desk_reading import Order
from reportedly.store.lists import (
    ClaimFilter,
    ReportFilter,
    Teller,
    page_of_claims,
    page_of_reports,
    page_of_tellers,
    sizes,
    state_of,
)
from reportedly.store.reading import claims_by_id, claims_of_report, event_by_id, events_by_id, report_by_id

MOST = 200


class NotModified(Exception):
    """What the client has is what it would get."""


def etag_of(request: Request) -> str:
    """The tag of what the store holds now, for this version of the program."""
    state = f"{CODER} {state_of(desk_of(request).store)}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'


def unless_known(request: Request) -> None:
    """Raises NotModified if the client has it already."""
    request.state.etag = etag_of(request)
    known = request.headers.get("if-none-match", "")
    if request.state.etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        raise NotModified


router = APIRouter(prefix="/api/v1", dependencies=[Depends(unless_known)])
Viewed = Annotated[View, Depends(view_of)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str | None, Query(description="`next` of the answer before.", max_length=500)]
Before = Annotated[int, Query(ge=1, le=2**31 - 1, description="`next` of the answer before.")]
Text = Annotated[str | None, Query(max_length=200)]


def answer(request: Request, body: Mapping[str, Any], media_type: str = "application/json") -> Response:
    """The body as JSON with its tag."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type=media_type, headers={"ETag": request.state.etag})


@router.get("/", summary="What the store holds")
def about(request: Request) -> Response:
    """How many reports, claims, events and judgements there are, and which version answers."""
    store = desk_of(request).store
    return answer(request, {"coder": CODER, "fresh": store.merged() == store.revision(), **sizes(store)})


@router.get("/events", summary="Events")
def events(request: Request, view: Viewed, order: Order = "day", limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Events that pass the filters, with all values, sources and judgements. Fields: docs/store.md."""
    store = desk_of(request).store
    found = list_events(store, view.wanted, order, limit=limit, after=cursor)
    judged = events_by_id(store, [one.event.id for one in found.events])
    many = [exports.event_dict(judged.get(one.event.id, one)) for one in found.events]
    return answer(request, {"events": many, "next": found.next})


@router.get("/events.geojson", summary="Events as GeoJSON")
def events_geojson(
    request: Request, view: Viewed, order: Order = "day", limit: Limit = 200, cursor: Cursor = None
) -> Response:
    """A feature for each event that has coordinates (RFC 7946). `next` stands beside the features."""
    found = list_events(desk_of(request).store, view.wanted, order, limit=limit, after=cursor)
    features = [exports.feature_of(exports.event_row(one)) for one in found.events]
    body = {"type": "FeatureCollection", "features": [one for one in features if one], "next": found.next}
    return answer(request, body, "application/geo+json")


@router.get("/events/{id}", summary="One event")
def event(request: Request, id: str) -> Response:
    """One event and its claims."""
    store = desk_of(request).store
    _check(store.kind_of(plain_text("id", id)), "event", id)
    stored = event_by_id(store, id)
    told = claims_by_id(store, stored.event.claims[:MOST])
    many = [exports.stored_claim_dict(told[one]) for one in stored.event.claims if one in told]
    return answer(request, exports.event_dict(stored) | {"claims_told": many})


@router.get("/claims", summary="Claims")
def claims(
    request: Request, report: Text = None, event: Text = None, party: Text = None, words: Text = None,
    source: Text = None, limit: Limit = 50, before: Before = 2**31 - 1,
) -> Response:  # fmt: skip
    """Claims, those first that were stored last, corrected as people said."""
    store = desk_of(request).store
    wanted = ClaimFilter(*(_plain(value) for value in (report, event, party, words, source)))
    found = page_of_claims(store, wanted, limit=limit, before=before)
    told = claims_by_id(store, [id for _, id in found])
    many = [exports.stored_claim_dict(told[id]) for _, id in found if id in told]
    return answer(request, {"claims": many, "next": found[-1][0] if len(found) == limit else None})


@router.get("/claims/{id}", summary="One claim")
def claim(request: Request, id: str) -> Response:
    """One claim, with what people judged of it."""
    found = claims_by_id(desk_of(request).store, [plain_text("id", id)]).get(id)
    if found is None:
        raise NotStored(f"{id} is no claim", hint="its report may have been coded again")
    return answer(request, exports.stored_claim_dict(found))


@router.get("/reports", summary="Reports")
def reports(
    request: Request, publisher: Text = None, words: Text = None, limit: Limit = 50, before: Before = 2**31 - 1
) -> Response:
    """Reports without their texts, those first that were stored last."""
    wanted = ReportFilter(_plain(publisher), _plain(words))
    found = page_of_reports(desk_of(request).store, wanted, limit=limit, before=before)
    many = [
        {name: getattr(one.report, name) for name in ("id", "title", "published", "publisher", "url")}
        | {"claims": one.claims}
        for one in found
    ]
    return answer(request, {"reports": many, "next": found[-1].number if len(found) == limit else None})


@router.get("/reports/{id:path}", summary="One report")
def report(request: Request, id: str) -> Response:
    """One report with its clean text, into which all offsets count, and its claims."""
    store = desk_of(request).store
    _check(store.kind_of(plain_text("id", id)), "report", id)
    found, coder, copy = report_by_id(store, id)
    body = {name: getattr(found, name) for name in ("id", "title", "published", "publisher", "url", "byline", "text")}
    body["copy_of"] = {"report": copy.of, "kind": copy.kind, "because": list(copy.because)} if copy else None
    body["removed"] = export.removed_list(found)
    body["claims"] = [exports.stored_claim_dict(one) for one in claims_of_report(store, id)]
    return answer(request, body | {"coder": coder})


@router.get("/actors", summary="Actors and recipients")
def actors(request: Request, name: Text = None, limit: Limit = 50) -> Response:
    """Names of actors and recipients that begin so, with their claims counted; without one who acts in most events."""
    found = list_names(desk_of(request).store, _plain(name) or "", limit=limit)
    many = [{"name": one.name, "country": one.country, "sector": one.sector, "count": one.many} for one in found]
    return answer(request, {"actors": many})


@router.get("/sources", summary="Publishers and root sources")
def sources(
    request: Request, kind: Literal["publisher", "root"] = "publisher", order: str = "events", limit: Limit = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:  # fmt: skip
    """How often they told an event first, alone, later corroborated, denied or corrected."""
    found = page_of_tellers(desk_of(request).store, kind, order, limit=limit, offset=offset)
    return answer(request, {"sources": [source_dict(one) for one in found]})


def source_dict(one: Teller) -> dict[str, Any]:
    """A publisher or root source as plain values."""
    return {"key": one.key, "name": one.name, "events": one.events, **one.counts}


def _plain(value: str | None) -> str | None:
    return (plain_text("a value", value) or None) if value is not None else None


def _check(kind: str, wanted: str, id: str) -> None:
    if kind != wanted:
        raise NotStored(f"{id} is no {wanted}", hint=f"it is a {kind}")
