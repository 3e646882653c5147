"""Any view as an Atom feed (RFC 4287): events, those first that changed last in the store."""

from __future__ import annotations

from typing import Annotated
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Depends, Request, Response

from reportedly.merge.summary import headline
from reportedly.serve.api import etag_of, unless_known
from reportedly.serve.desk import desk_of
from reportedly.serve.views import View, view_of
from reportedly.store.desk_reading import page_of_events
from reportedly.store.reading import StoredEvent

router = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
LONG_AGO = "1970-01-01T00:00:00+00:00"


@router.get("/feed.atom", dependencies=[Depends(unless_known)])
def feed(request: Request, view: Annotated[View, Depends(view_of)]) -> Response:
    """The feed of a view."""
    found = page_of_events(desk_of(request).store, view.wanted, "change", limit=ENTRIES)
    home = str(request.base_url).rstrip("/")
    root = Xml.Element("feed", xmlns=ATOM)
    said = ", ".join(f"{name} {value}" for name, value in view.chosen())
    _add(root, "title", f"reportedly: {said}" if said else "reportedly: events")
    _add(root, "id", home + view.url("/feed.atom"))
    _add(root, "updated", max((one.changed_at or LONG_AGO for one in found.events), default=LONG_AGO))
    Xml.SubElement(root, "link", rel="self", type="application/atom+xml", href=home + view.url("/feed.atom"))
    Xml.SubElement(root, "link", rel="alternate", type="text/html", href=home + view.url("/events"))
    _add(Xml.SubElement(root, "author"), "name", "reportedly")
    for one in found.events:
        _entry(root, one, home)
    text = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(text, media_type="application/atom+xml", headers={"ETag": etag_of(request)})


def _entry(root: Xml.Element, stored: StoredEvent, home: str) -> None:
    event = stored.event
    entry = Xml.SubElement(root, "entry")
    _add(entry, "title", headline(event))
    _add(entry, "id", f"urn:reportedly:event:{event.id}")
    _add(entry, "updated", stored.changed_at or LONG_AGO)
    Xml.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{home}/events/{event.id}")
    Xml.SubElement(entry, "category", term=event.status)
    sources = "; ".join(source.name for source in event.sources)
    _add(entry, "summary", f"{event.told_by}, {event.status}. According to {sources}.")


def _add(parent: Xml.Element, name: str, text: str) -> None:
    """An element with this text, without what XML cannot hold."""
    Xml.SubElement(parent, name).text = "".join(c for c in text if c.isprintable() or c in "\n\t")
