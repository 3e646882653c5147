"""Where an event comes from, as a picture: first sources, who passed them on, reports, and copies of these."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from reportedly.errors import NotStored
from reportedly.records import Event
from reportedly.serve.desk import desk_of
from reportedly.serve.picture_files import Format, picture_answer
from reportedly.serve.pictures.origins import origins_of
from reportedly.serve.pictures.provenance import Flow, Origin, draw_provenance
from reportedly.serve.render import csv_answer
from reportedly.store import Store
from reportedly.store.reading import claims_by_id, copies_among, event_by_id

router = APIRouter(include_in_schema=False)
COLUMNS = ("source", "target", "kind")


@router.get("/events/{id}/provenance.csv")
def provenance_csv(request: Request, id: str) -> Response:
    """What leads from where to where."""
    marks, flows = _graph(desk_of(request).store, id)
    names = {mark.key: f"{mark.layer}: {mark.label}" + (f" ({mark.note})" if mark.note else "") for mark in marks}
    rows = ({"source": names[f.source], "target": names[f.target], "kind": f.kind or "tells"} for f in flows)
    return csv_answer(COLUMNS, rows, f"provenance-{id}")


@router.get("/events/{id}/provenance.{format}")
def provenance_file(request: Request, id: str, format: Format) -> Response:
    """The picture as a file."""
    return picture_answer(request, provenance_of(desk_of(request).store, id), f"provenance-{id}", format)


def provenance_of(store: Store, id: str) -> Markup:
    """The picture of an event. Raises NotStored for what is no event."""
    return draw_provenance(*_graph(store, id))


def _graph(store: Store, id: str) -> tuple[list[Origin], list[Flow]]:
    if store.kind_of(id) != "event":
        raise NotStored(f"{id} is no event", hint="look for it on the search page")
    event: Event = event_by_id(store, id).event
    claims = claims_by_id(store, event.claims)
    told = [(claims[c].claim, claims[c].report) for c in event.claims if c in claims]
    return origins_of(event, told, copies_among(store, event.reports))
