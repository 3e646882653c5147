"""Network: who is said to act on whom, and who backs whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from reportedly.serve import sums
from reportedly.serve.desk import desk_of
from reportedly.serve.picture_files import Format, picture_answer
from reportedly.serve.pictures.network import LARGE, SMALL, Dealing, Party, Stage, Tie, draw_network
from reportedly.serve.render import csv_answer, page
from reportedly.serve.views import View, view_of
from reportedly.store.aggregates import PairCount, TieCount, count_ties
from reportedly.store.store import Store

router = APIRouter(include_in_schema=False)
ACTORS, ARROWS, LISTED, AMIDST = 36, 150, 30, 13
"""Actors and pairs at most in the picture, pairs in the table beneath it, and actors in the picture of one of them."""
COLUMNS = ("actor", "actor_country", "recipient", "recipient_country", "events", "mean_score")
Seen = Annotated[View, Depends(view_of)]
Most = Annotated[int, Query(ge=2, le=ACTORS, description="Actors at most in the picture.")]


@router.get("/network")
def show_network(request: Request, view: Seen, most: Most = 24) -> Response:
    """The network, with tables of its pairs and ties."""
    store = desk_of(request).store
    pairs = sums.pairs(store, view.wanted)
    names, shown = chosen(pairs, most)
    ties = count_ties(store, names)
    return page(
        request, "network.html", view=view, most=most, steps=(12, 24, ACTORS), known=len(pairs), limit=sums.PAIRS,
        picture=_draw(store, view, names, shown, ties) if shown else None, in_picture=len(shown), ties=ties,
        pairs=[(pair, view.but(actor=pair.actor, recipient=pair.recipient).url("/events")) for pair in pairs[:LISTED]],
    )  # fmt: skip


@router.get("/network.csv")
def network_csv(request: Request, view: Seen) -> Response:
    """The pairs with most events."""
    rows = (
        {"actor": p.actor, "actor_country": p.actor_country, "recipient": p.recipient, "events": p.events,
         "recipient_country": p.recipient_country, "mean_score": None if p.mean is None else round(p.mean, 2)}
        for p in sums.pairs(desk_of(request).store, view.wanted)
    )  # fmt: skip
    return csv_answer(COLUMNS, rows, "network")


@router.get("/network.{format}")
def network_file(request: Request, view: Seen, format: Format, most: Most = 24) -> Response:
    """The network as a file."""
    store = desk_of(request).store
    names, shown = chosen(sums.pairs(store, view.wanted), most)
    return picture_answer(request, _draw(store, view, names, shown, count_ties(store, names)), "network", format)


@dataclass(frozen=True, slots=True)
class Dealings:
    """The picture of whom one actor deals with: `shown` of `others` are in it."""

    picture: Markup
    shown: int
    others: int


def dealings_of(store: Store, view: View, name: str) -> Dealings | None:
    """The network of the actor of that name, who stands amidst the others; None where it deals with nobody.

    `view` is the events in which it takes part.
    """
    pairs = sums.pairs(store, view.wanted)
    if not pairs:
        return None
    names, shown = chosen(pairs, AMIDST)
    drawn = _draw(store, view, names, shown, count_ties(store, names), middle=name, stage=SMALL)
    return Dealings(drawn, len({*names} - {name}), len({n for p in pairs for n in (p.actor, p.recipient)} - {name}))


def chosen(pairs: tuple[PairCount, ...], most: int) -> tuple[tuple[str, ...], list[PairCount]]:
    """The first actors that the greatest pairs bring in, and the greatest pairs between these."""
    names: dict[str, None] = {}
    for pair in pairs:
        both = dict.fromkeys((pair.actor, pair.recipient))
        if len(names | both) <= most:
            names |= both
    between = [pair for pair in pairs if pair.actor in names and pair.recipient in names]
    return tuple(sorted(names)), between[:ARROWS]


def _draw(
    store: Store,
    view: View,
    names: tuple[str, ...],
    pairs: list[PairCount],
    ties: list[TieCount],
    *,
    middle: str | None = None,
    stage: Stage = LARGE,
) -> Markup:
    counted = sums.parties(store, view.wanted, names)
    lands = {p.recipient: p.recipient_country for p in pairs} | {p.actor: p.actor_country for p in pairs}
    parties = [Party(name, lands[name], counted[name], view.but(party=name).url("/events")) for name in names]
    dealings = [
        Dealing(p.actor, p.recipient, p.events, p.mean, view.but(actor=p.actor, recipient=p.recipient).url("/events"))
        for p in pairs
    ]
    return draw_network(parties, dealings, [tie_of(tie) for tie in ties], middle=middle, stage=stage)


def tie_of(tie: TieCount) -> Tie:
    """The mark of a relation; it leads to a report that tells of it."""
    return Tie(tie.source, tie.kind, tie.target, tie.reports, f"/reports/{quote(tie.report)}")
