"""Events: a list by any filter, and one event with all that is said of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from reportedly import exports
from reportedly.errors import NotStored
from reportedly.serve.desk import desk_of
from reportedly.serve.event_claims import read_claims
from reportedly.serve.listing import count, list_events
from reportedly.serve.pictures.origins import origins_of
from reportedly.serve.pictures.provenance import draw_provenance
from reportedly.serve.render import csv_answer, events_csv, page
from reportedly.serve.views import View, view_of
from reportedly.store.desk_reading import Order
from reportedly.store.reading import claims_by_id, copies_among, event_by_id

router = APIRouter(include_in_schema=False)
SHOWN, CLAIMS, RELATED = 50, 100, 8
"""Events a page, claims of an event, and events related to it."""


@router.get("/events")
def events(
    request: Request,
    view: Annotated[View, Depends(view_of)],
    order: Order = "day",
    after: str | None = None,
    format: str = "html",
) -> Response:
    """Events by filter, a page at a time."""
    store = desk_of(request).store
    if format == "csv":
        return events_csv(request, view)
    found = list_events(store, view.wanted, order, limit=SHOWN, after=after)
    counted = count(store, view.wanted)
    return page(request, "events.html", view=view, order=order, found=found, counted=counted, after=after)


@router.get("/events/{id}")
def event(request: Request, id: str, start: int = 0, format: str = "html") -> Response:
    """One event: fields with agreed and disputed values, claims side by side, sources, why they are one."""
    store = desk_of(request).store
    if store.kind_of(id) != "event":
        raise NotStored(f"{id} is no event", hint="look for it on the search page")
    stored = event_by_id(store, id)
    if format == "csv":
        claims = claims_by_id(store, stored.event.claims)
        rows = (exports.stored_claim_row(claims[id]) for id in stored.event.claims if id in claims)
        return csv_answer(exports.CLAIM_COLUMNS, rows, f"event-{id}")
    told = read_claims(store, stored, max(start, 0), most=CLAIMS, related=RELATED)
    copies = copies_among(store, stored.event.reports)
    known = [(told.claims[id].claim, told.claims[id].report) for id in told.shown if id in told.claims]
    picture = draw_provenance(*origins_of(stored.event, known, copies))
    return page(request, "event.html", picture=picture, copies=copies, **told.values())
