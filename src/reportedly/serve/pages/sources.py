"""Sources: how often publishers and root sources told an event first, alone, later corroborated, denied, corrected."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from reportedly.serve.desk import desk_of
from reportedly.serve.render import csv_answer, page
from reportedly.store.lists import Teller, page_of_tellers
from reportedly.store.telling import COUNTS

router = APIRouter(include_in_schema=False)
SHOWN = 100
COLUMNS = ("key", "name", "events", *COUNTS)


@router.get("/sources")
def sources(
    request: Request,
    kind: Literal["publisher", "root"] = "publisher",
    order: Literal["events", "first", "alone", "corroborated", "denied", "corrected"] = "events",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    format: str = "html",
) -> Response:
    """A table of publishers or of root sources."""
    store = desk_of(request).store
    if format == "csv":
        return csv_answer(COLUMNS, map(_row, page_of_tellers(store, kind, order, limit=100_000)), f"{kind}s")
    found = page_of_tellers(store, kind, order, limit=SHOWN + 1, offset=offset)
    return page(
        request,
        "sources.html",
        kind=kind,
        order=order,
        offset=offset,
        counts=COUNTS,
        step=SHOWN,
        tellers=found[:SHOWN],
        more=len(found) > SHOWN,
    )


def _row(one: Teller) -> dict[str, Any]:
    return {"key": one.key, "name": one.name, "events": one.events, **one.counts}
