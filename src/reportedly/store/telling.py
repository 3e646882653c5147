"""Who tells an event, when, and where it counts: what is kept beside events so that no page has to work it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from reportedly.pages import pages
from reportedly.plover import event_types
from reportedly.records import Event
from reportedly.store.connect import Row
from reportedly.store.rows import Values, clean
from reportedly.store.schema import claims, event_countries, event_tellers, links, reports, tellers

_PAGE = 500
COUNTS = ("first", "alone", "corroborated", "denied", "corrected")
"""How often somebody told an event first, alone, …: columns of `event_tellers` and `tellers`."""
_TOLD = (
    "id", "actor", "actor_country", "recipient", "recipient_country", "place", "country", "lat", "lon", "precision",
    "confidence",
)  # fmt: skip


def claims_told(connection: Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Claim -> its row's columns that events are made of, with its `publisher` and when its report was `published`."""
    query = (
        select(*(claims.c[name] for name in _TOLD), links.c.name.label("publisher"), reports.c.published)
        .join(reports, reports.c.id == claims.c.report_id)
        .outerjoin(links, and_(links.c.claim_id == claims.c.id, links.c.position == 0, links.c.kind == "publisher"))
    )
    return {
        row.id: row
        for some in pages(sorted(set(ids)), _PAGE)
        for row in connection.execute(query.where(claims.c.id.in_(some)))
    }


def event_facts(event: Event, told: Mapping[str, Row]) -> Values:
    """PLOVER's quad class and score, and when the event was first and last told of (UTC)."""
    times = sorted(filter(None, (in_utc(told[id].published) for id in event.claims if id in told)))
    kind = event_types().get(event.event)
    return {
        "quad": kind.quad if kind else None,
        "score": kind.score_of(event.modes) if kind else None,
        "told_first": times[0] if times else None,
        "told_last": times[-1] if times else None,
        "matter": matter_of(event, told),
    }


def matter_of(event: Event, told: Mapping[str, Row]) -> float:
    """How much it matters that somebody looks at an event: disputed ones first, then doubtful and much told ones.

    A disputed event counts 4, each disputed field 2, the least sure reading up to 2, each doubling of its reports 0.5.
    """
    surest = [told[claim].confidence for claim in event.claims if claim in told and claim not in event.superseded]
    worth = 4.0 * (event.status == "disputed") + 2.0 * sum(field.disputed for field in event.fields)
    return round(worth + 2.0 * (1.0 - min(surest, default=1.0)) + 0.5 * log2(max(len(event.reports), 1)), 3)


def in_utc(published: str | None) -> str | None:
    """A time of publication as UTC to the minute, to be sorted as text; a day without a time stays one."""
    if published is None or len(published) <= 10:
        return published or None
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published[:10]
    return (when.astimezone(UTC) if when.tzinfo else when).strftime("%Y-%m-%dT%H:%M")


# --- beside the rows of events ---------------------------------------------------------------------------------------


def remember(connection: Connection, many: Sequence[Event], told: Mapping[str, Row], places: Sequence[Values]) -> None:
    """Keep who tells these new rows of `events`, and in which countries they count. `places` are those rows."""
    told_by = [row for event in many for row in teller_rows(event, told)]
    counted = [row for place in places for row in country_rows(place)]
    if told_by:
        connection.execute(event_tellers.insert(), told_by)
    if counted:
        connection.execute(event_countries.insert(), counted)
    _count(connection, [event.id for event in many], +1)


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Take back what was kept beside these rows of `events`."""
    _count(connection, ids, -1)
    for table in (event_tellers, event_countries):
        connection.execute(delete(table).where(table.c.event_id.in_(ids)))


def _count(connection: Connection, ids: Sequence[str], sign: int) -> None:
    """Add what these events count to the sums, or take it away."""
    rows = event_tellers.c
    sums = [func.sum(rows[name]).label(name) for name in COUNTS]
    query = select(rows.kind, rows.key, func.min(rows.name).label("name"), func.count().label("events"), *sums)
    query = query.where(rows.event_id.in_(ids)).group_by(rows.kind, rows.key).order_by(rows.kind, rows.key)
    changes = [dict(row) for row in connection.execute(query).mappings()]
    known = _known_tellers(connection, changes)
    old = [change for change in changes if (change["kind"], change["key"]) in known]
    new = [clean(change) for change in changes if (change["kind"], change["key"]) not in known]
    if old:
        connection.execute(_ADD, [_signed(change, sign) for change in old])
    if new:
        connection.execute(tellers.insert(), new)
    for some in pages([change["key"] for change in old] if sign < 0 else [], _PAGE):
        connection.execute(delete(tellers).where(tellers.c.key.in_(some), tellers.c.events <= 0))


_ADD = (
    update(tellers)
    .where(tellers.c.kind == bindparam("its_kind"), tellers.c.key == bindparam("its_key"))
    .values({name: tellers.c[name] + bindparam(f"more_{name}") for name in ("events", *COUNTS)})
)


def _signed(change: Values, sign: int) -> Values:
    """A change as `_ADD` takes it."""
    more = {f"more_{name}": sign * int(change[name]) for name in ("events", *COUNTS)}
    return {"its_kind": change["kind"], "its_key": change["key"], **more}


def _known_tellers(connection: Connection, changes: Sequence[Values]) -> set[tuple[str, str]]:
    """Kind and key of those of these that have sums already."""
    query = select(tellers.c.kind, tellers.c.key)
    return {
        (row.kind, row.key)
        for some in pages(sorted({change["key"] for change in changes}), _PAGE)
        for row in connection.execute(query.where(tellers.c.key.in_(some)))
    }


def country_rows(place: Values) -> Iterator[Values]:
    """The rows of `event_countries` for a row of `events`."""
    known = [place["country"]] if place["country"] else [place["actor_country"], place["recipient_country"]]
    yield from ({"country": country, "event_id": place["id"]} for country in sorted({c for c in known if c}))


# --- how somebody told it --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Saying:
    """A claim in its event: who says it, which root is behind it, and whether that root says that it happened."""

    who: str
    name: str
    root: str
    affirms: bool


def teller_rows(event: Event, told: Mapping[str, Row]) -> Iterator[Values]:
    """The rows of `event_tellers`."""
    roots = {claim: source for source in event.sources for claim in source.claims}
    live = [claim for claim in event.claims if claim in roots]
    by_root = [_Saying(roots[c].key, roots[c].name, roots[c].key, not roots[c].denies) for c in live]
    publishers = {claim: told[claim].publisher for claim in event.claims if claim in told and told[claim].publisher}
    printed = [
        _Saying(publishers[c], publishers[c], roots[c].key, not roots[c].denies) for c in live if c in publishers
    ]
    corrected = {publishers[claim] for claim in event.superseded if claim in publishers}
    yield from _rows(event.id, "root", by_root, set())
    yield from _rows(event.id, "publisher", printed, corrected)


def _rows(event: str, kind: str, sayings: Sequence[_Saying], corrected: set[str]) -> Iterator[Values]:
    names = {saying.who: saying.name for saying in reversed(sayings)}
    for who in [*names, *sorted(corrected - names.keys())]:
        counts = _how_told(who, sayings, len(names)) | {"corrected": int(who in corrected)}
        yield clean({"event_id": event, "kind": kind, "key": who, "name": names.get(who, who), **counts})


def _how_told(who: str, sayings: Sequence[_Saying], tellers: int) -> dict[str, int]:
    """First, alone, corroborated later, denied: 1 or 0. Only another root corroborates or denies."""
    mine = [number for number, saying in enumerate(sayings) if saying.who == who]
    roots = {sayings[number].root for number in mine}
    affirmed = any(sayings[number].affirms for number in mine)
    others = [(number, saying) for number, saying in enumerate(sayings) if saying.root not in roots]
    return {
        "first": int(mine[:1] == [0] and tellers > 1),
        "alone": int(bool(mine) and tellers == 1),
        "corroborated": int(affirmed and any(saying.affirms and number > mine[0] for number, saying in others)),
        "denied": int(affirmed and any(not saying.affirms for _, saying in others)),
    }
