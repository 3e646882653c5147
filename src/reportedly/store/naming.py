"""Which claims a judgement of an event names. It remembers the words of each, and finds what is read from them now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from reportedly.pages import pages
from reportedly.records import Claim
from reportedly.store import rows
from reportedly.store.judging import Judgement, anchor_of, nearest
from reportedly.store.schema import claims, event_claims, events

_PAGE = 500
Anchor = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """The claims that a judgement names, as they are now: those it is about, and those that it sets them against."""

    these: tuple[str, ...]
    those: tuple[str, ...]


def anchor_of_events(these: Iterable[Claim], those: Iterable[Claim] = ()) -> dict[str, Any]:
    """What a judgement of events remembers: the words of all claims."""
    return {
        "these": [{"id": claim.id, **anchor_of(claim)} for claim in these],
        "those": [{"id": claim.id, **anchor_of(claim)} for claim in those],
    }


def named_claims(connection: Connection, judgements: Iterable[Judgement]) -> dict[int, Named]:
    """Number of each judgement of an event -> the claims that it names. What is no claim any more is left out."""
    of_event = [judgement for judgement in judgements if judgement.target_kind == "event"]
    anchors = [anchor for judgement in of_event for anchor in (*_these(judgement), *_those(judgement))]
    now = _ids_now(connection, anchors)
    return {
        judgement.number: _named(
            [now.get(anchor["id"]) for anchor in _these(judgement)],
            [now.get(anchor["id"]) for anchor in _those(judgement)],
        )
        for judgement in of_event
    }


def _these(judgement: Judgement) -> Sequence[Anchor]:
    older = [{"id": id} for id in judgement.anchor.get("claims", ())]  # the first stores remember ids only
    return judgement.anchor.get("these", older)  # type: ignore[no-any-return]


def _those(judgement: Judgement) -> Sequence[Anchor]:
    return judgement.anchor.get("those", ())  # type: ignore[no-any-return]


def _named(these: Iterable[str | None], those: Iterable[str | None]) -> Named:
    """Two claims may have become one: it counts with those that the judgement is about."""
    first = tuple(dict.fromkeys(id for id in these if id is not None))
    return Named(first, tuple(dict.fromkeys(id for id in those if id is not None and id not in first)))


def _ids_now(connection: Connection, anchors: Sequence[Anchor]) -> dict[str, str]:
    """Id that a claim had -> id that it has."""
    ids = sorted({anchor["id"] for anchor in anchors})
    now = {id: id for some in pages(ids, _PAGE) for id in _present(connection, some)}
    moved: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        if anchor["id"] not in now and "report" in anchor:
            moved[anchor["report"]].append(anchor)
    for report, lost in sorted(moved.items()):
        query = select(claims.c.document).where(claims.c.report_id == report).order_by(claims.c.position)
        told = [rows.claim_of(document) for document in connection.execute(query).scalars()]
        now |= {anchor["id"]: id for anchor in lost if (id := nearest(anchor, told)) is not None}
    return now


def _present(connection: Connection, ids: Sequence[str]) -> Iterable[str]:
    return connection.execute(select(claims.c.id).where(claims.c.id.in_(ids))).scalars()


# --- events ----------------------------------------------------------------------------------------------------------


def judgements_of_events(connection: Connection, judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Event -> its judgements, oldest first.

    A split or a merge is told of every event that holds one of the claims that it names. Any other belongs to the event
    of its id, else to the one that holds most of its claims.
    """
    named = named_claims(connection, judgements)
    told = {claim for one in named.values() for claim in (*one.these, *one.those)}
    homes = _homes(connection, sorted(told))
    targets = sorted({judgement.target for judgement in judgements if judgement.target_kind == "event"})
    alive = {id for some in pages(targets, _PAGE) for id in _alive(connection, some)}
    found: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.number not in named:
            continue
        one = named[judgement.number]
        held = Counter(home for claim in (*one.these, *one.those) for home in homes.get(claim, ()))
        if judgement.verdict in ("split", "merge"):
            where = sorted(held)
        elif judgement.target in alive:
            where = [judgement.target]
        else:
            where = sorted(held, key=lambda event: (-held[event], event))[:1]
        for event in where:
            found[event].append(judgement)
    return dict(found)


def _alive(connection: Connection, ids: Sequence[str]) -> Iterable[str]:
    return connection.execute(select(events.c.id).where(events.c.id.in_(ids))).scalars()


def _homes(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    query = select(event_claims.c.claim_id, event_claims.c.event_id).order_by(event_claims.c.event_id)
    for some in pages(ids, _PAGE):
        for row in connection.execute(query.where(event_claims.c.claim_id.in_(some))):
            homes[row.claim_id].append(row.event_id)
    return dict(homes)
