"""Help, the guided tour, and what programs may ask."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from reportedly.serve.desk import desk_of
from reportedly.serve.render import page
from reportedly.store.desk_reading import page_of_events
from reportedly.store.filters import ALL, EventFilter
from reportedly.store.reading import StoredEvent

router = APIRouter(include_in_schema=False)


@router.get("/help")
def help_page(request: Request) -> Response:
    """What the words and colours mean."""
    return page(request, "help.html")


@router.get("/tour")
def tour(request: Request) -> Response:
    """The desk in seven steps, on what the store holds."""
    store = desk_of(request).store
    told = page_of_events(store, ALL, "told", limit=1).events
    disputed = page_of_events(store, EventFilter(status="disputed"), "told", limit=1).events
    first: StoredEvent | None = told[0] if told else None
    return page(request, "tour.html", told=first, disputed=disputed[0] if disputed else None)


@router.get("/api/")
def api_guide(request: Request) -> Response:
    """What programs may ask: each path with its parameters."""
    paths = request.app.openapi()["paths"]
    return page(request, "api.html", paths=paths)
