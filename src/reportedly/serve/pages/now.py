"""Now: the latest events, the most corroborated ones, and the disputed ones apart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from reportedly.serve.desk import desk_of
from reportedly.serve.render import page
from reportedly.serve.views import View, view_of
from reportedly.store.desk_reading import count_events, page_of_events

router = APIRouter(include_in_schema=False)
SHOWN = 12
"""Events a section."""


@router.get("/")
def now(request: Request, view: Annotated[View, Depends(view_of)]) -> Response:
    """The first page."""
    store = desk_of(request).store
    disputed = view.but(status="disputed").wanted
    return page(
        request,
        "now.html",
        view=view,
        size=store.count(),
        counted=count_events(store, view.wanted),
        latest=page_of_events(store, view.wanted, "day", limit=SHOWN).events,
        told=page_of_events(store, view.wanted, "told", limit=SHOWN).events,
        disputed=page_of_events(store, disputed, "told", limit=SHOWN).events,
    )
