"""Actor and Place: all that is told under one name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from reportedly.errors import NotStored
from reportedly.serve import sums
from reportedly.serve.desk import desk_of
from reportedly.serve.listing import count, list_events, list_names
from reportedly.serve.pages.map import locator
from reportedly.serve.pages.network import dealings_of
from reportedly.serve.pages.timeline import small_timeline
from reportedly.serve.render import events_csv, page
from reportedly.serve.views import View, plain_text, view_of
from reportedly.store.lists import ClaimFilter, page_of_claims
from reportedly.store.names import actor_facts, place_facts
from reportedly.store.reading import claims_by_id

router = APIRouter(include_in_schema=False)
SHOWN = 12
Viewed = Annotated[View, Depends(view_of)]


@router.get("/actors")
def actors(request: Request, name: str = "") -> Response:
    """Names that begin so."""
    start = plain_text("name", name)
    return page(request, "actors.html", start=start, names=list_names(desk_of(request).store, start))


@router.get("/actors/{name:path}")
def actor(request: Request, name: str, view: Viewed, format: str = "html") -> Response:
    """One actor: roles over time, words for it, ties, what it does, what is done to it, what it says."""
    store, name = desk_of(request).store, plain_text("name", name)
    if format == "csv":
        return events_csv(request, view.but(party=name))
    facts = actor_facts(store, name)
    if facts is None:
        raise NotStored(f"no claim names {name}", hint="look for it among the actors")
    doing, done_to, mine = view.but(actor=name), view.but(recipient=name), view.but(party=name)
    said = page_of_claims(store, ClaimFilter(source=name), limit=SHOWN)
    told = claims_by_id(store, [id for _, id in said])
    return page(
        request,
        "actor.html",
        view=view,
        facts=facts,
        on=sums.partners(store, name, "actor"),
        by=sums.partners(store, name, "recipient"),
        mine=mine,
        timeline=small_timeline(store, mine),
        dealings=dealings_of(store, mine, name),
        doing=(
            doing,
            list_events(store, doing.wanted, limit=SHOWN).events,
            count(store, doing.wanted),
        ),
        done_to=(
            done_to,
            list_events(store, done_to.wanted, limit=SHOWN).events,
            count(store, done_to.wanted),
        ),
        said=[told[id] for _, id in said if id in told],
    )


@router.get("/places/{name:path}")
def place(request: Request, name: str, view: Viewed, format: str = "html") -> Response:
    """One place and its events."""
    store, name = desk_of(request).store, plain_text("name", name)
    here = view.but(place=name)
    if format == "csv":
        return events_csv(request, here)
    facts = place_facts(store, name)
    if facts is None:
        raise NotStored(f"no event is told of {name}", hint="look for it on the search page")
    return page(
        request,
        "place.html",
        view=here,
        facts=facts,
        types=sums.types(store, here.wanted),
        locator=locator(store, here),
        timeline=small_timeline(store, here),
        found=list_events(store, here.wanted, limit=50),
        counted=count(store, here.wanted),
    )
