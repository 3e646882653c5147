"""From the claims of one act to an event: who tells it, how it stands, and on what the tellers agree."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from reportedly.merge.fields import fields_of
from reportedly.merge.roots import Root, party_in, sides_of
from reportedly.merge.rulings import Rulings
from reportedly.merge.same_event import judge
from reportedly.merge.tellings import Telling
from reportedly.merge.told import Told
from reportedly.records import Actor, Event, EventStatus, MergeDecision, Participant, RootSource, Toponym

Value = TypeVar("Value")
NO_RULINGS = Rulings()


def reconcile(
    told: Sequence[Told], scores: Mapping[str, Mapping[str, float]], rulings: Rulings = NO_RULINGS
) -> Event | None:
    """The event of these claims; None where nobody says or denies that it happened: "no attack took place".

    `scores[a][b]` are the scores of the pairs of claims that were judged to be one event.
    """
    if all(one.claim.polarity == "negated" for one in told):
        return None
    ordered = _follow_citations(sorted(told, key=lambda t: (t.card.published or "9999", t.claim.id)))
    superseded = superseded_among(ordered)
    live = [one for one in ordered if one.claim.id not in superseded]
    kinds = [one.claim.event for one in live]
    first, last = _span([one.telling for one in live])
    fields = fields_of(live)
    best = {field.name: field.best for field in fields}
    where = _where(best.get("place"), live)
    return Event(
        id=hashlib.sha256(f"event {ordered[0].claim.id}".encode()).hexdigest()[:16],
        event=max(sorted(set(kinds)), key=kinds.count),
        modes=tuple(sorted({mode for one in live for mode in one.claim.modes})),
        status=status_of(live, ordered),
        fields=fields,
        sources=_sources(live, ordered),
        claims=tuple(one.claim.id for one in ordered),
        superseded=tuple(one.claim.id for one in ordered if one.claim.id in superseded),
        reports=tuple(dict.fromkeys(one.card.id for one in ordered)),
        publishers=tuple(sorted({one.card.publisher for one in ordered} - {""})),
        texts=len({one.text for one in ordered}),
        first=first,
        last=last,
        because_of=(),
        decisions=_decisions([one.telling for one in ordered], scores, rulings),
        actor=_actor(best.get("actor"), [one.claim.actors for one in live]),
        recipient=_actor(best.get("recipient"), [one.claim.recipients for one in live]),
        where=where,
        country=where.country if where else _country_of_any(live),
    )


def _follow_citations(told: Sequence[Told]) -> list[Told]:
    """A report's own words follow the sources that it cites for the same act: its headline is no second witness."""
    cited: dict[tuple[str, bool], Root] = {}
    for one in told:
        if one.root.kind != "publisher":
            cited.setdefault((one.card.id, one.affirms), one.root)
    return [
        replace(one, root=cited.get((one.card.id, one.affirms), one.root)) if one.root.kind == "publisher" else one
        for one in told
    ]


def _span(tellings: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The days of the claim whose time agrees with most others: stated before inferred, narrow before wide."""
    dated = [t for t in tellings if t.first is not None and t.last is not None]
    if not dated:
        return None, None

    def agreed(t: Telling) -> tuple[bool, int, int, str]:
        meets = sum((t.first or 0) <= (o.last or 0) and (o.first or 0) <= (t.last or 0) for o in dated if o.stated)
        return t.stated, meets, (t.first or 0) - (t.last or 0), t.id

    best = max(dated, key=agreed)
    return date.fromordinal(best.first or 1).isoformat(), date.fromordinal(best.last or 1).isoformat()


# --- best values in full -------------------------------------------------------------------------------------------


def _actor(best: str | None, sides: Iterable[Sequence[Participant]]) -> Actor | None:
    """The actor of the best name, as the first claim has it that knows its country."""
    named = [p.actor for side in sides for p in side if p.actor.name == best]
    return next((actor for actor in named if actor.country), named[0] if named else None)


def _where(best: str | None, live: Sequence[Told]) -> Toponym | None:
    """The place of the best name, as the first claim has it that knows its coordinates."""
    places = [one.claim.where for one in live if one.claim.where is not None]
    named = [place for place in places if place.name == best]
    return next((place for place in named if place.lat is not None), named[0] if named else None)


def _country_of_any(live: Sequence[Told]) -> str | None:
    return next((one.claim.where.country for one in live if one.claim.where and one.claim.where.country), None)


# --- corrections -----------------------------------------------------------------------------------------------------


def superseded_among(told: Sequence[Told]) -> frozenset[str]:
    """Ids of claims that their own publisher has since told otherwise; `told` in order of publication.

    A later report of the same publisher replaces what an earlier one said on the same authority, and replaces all it
    said if it says that it corrects something or is an update of the same text.
    """
    return frozenset(old.claim.id for i, old in enumerate(told) if any(_replaces(new, old) for new in told[i + 1 :]))


def _replaces(new: Told, old: Told) -> bool:
    if new.card.id == old.card.id or not new.card.publisher or new.card.publisher != old.card.publisher:
        return False
    if not old.card.published or not new.card.published or new.card.published <= old.card.published:
        return False
    return new.card.corrects or new.text == old.text or (new.root.key == old.root.key and _says_otherwise(new, old))


def _says_otherwise(new: Told, old: Told) -> bool:
    """Another polarity, or another number of the same things."""
    this, that = new.telling.numbers, old.telling.numbers
    return new.affirms != old.affirms or any(this[k] != that[k] for k in this.keys() & that.keys())


# --- how it stands ---------------------------------------------------------------------------------------------------


def status_of(live: Sequence[Told], ordered: Sequence[Told]) -> EventStatus:
    """How the event stands with its sources; `live` are the claims that count, `ordered` all of them.

    disputed: some say that it happened, others that it did not. To deny one's own part in what others also tell without
    naming a doer disputes the doer (a field), not the event.
    """
    affirmed = {one.root.key for one in live if one.affirms}
    if not affirmed:
        return "retracted" if any(one.affirms for one in ordered) else "denied"
    if any(denies_event(one, live) for one in live):
        return "disputed"
    return "corroborated" if len(affirmed) > 1 else "single-source"


def denies_event(one: Told, live: Sequence[Told]) -> bool:
    """True for a claim that says the act did not happen at all, not only that somebody had no part in it."""
    if one.affirms or one.claim.certainty != "certain":
        return False
    told_without = any(o.affirms and not o.telling.actors & one.telling.actors for o in live)
    return not one.telling.actors or not told_without


def _sources(live: Sequence[Told], ordered: Sequence[Told]) -> tuple[RootSource, ...]:
    """The roots behind the claims that count, most claims first. `party` looks at all sides that any claim names."""
    sides = frozenset().union(*(sides_of(one.claim) for one in ordered))
    by_root: defaultdict[str, list[Told]] = defaultdict(list)
    for one in live:
        by_root[one.root.key].append(one)
    sources = [_source(key, of_root, sides) for key, of_root in by_root.items()]
    return tuple(sorted(sources, key=lambda s: (-len(s.claims), s.key)))


def _source(key: str, told: Sequence[Told], sides: frozenset[str]) -> RootSource:
    return RootSource(
        key=key,
        name=_commonest([one.root.name for one in told]),
        kind=told[0].root.kind,
        party=_commonest([party_in(one.root, sides) for one in told]),
        denies=not any(one.affirms for one in told),
        claims=tuple(one.claim.id for one in told),
        reports=tuple(dict.fromkeys(one.card.id for one in told)),
    )


def _commonest(values: Sequence[Value]) -> Value:
    return max(dict.fromkeys(values), key=values.count)


# --- why ------------------------------------------------------------------------------------------------------------


def _decisions(
    tellings: Sequence[Telling], scores: Mapping[str, Mapping[str, float]], rulings: Rulings
) -> tuple[MergeDecision, ...]:
    """For every claim but the first, the earlier claim that it fits best, and why; else one that people put it with."""
    earlier: dict[str, Telling] = {tellings[0].id: tellings[0]}
    decisions = []
    for telling in tellings[1:]:
        claim = telling.id
        fits = {other: score for other, score in scores.get(claim, {}).items() if other in earlier}
        held = [other for other in rulings.bonds.get(claim, ()) if other in earlier]
        best = max(fits, key=lambda other: (fits[other], other)) if fits else held[0] if held else tellings[0].id
        decision = judge(telling, earlier[best])
        if best in held:
            said = rulings.why(claim, best) or ("" if best in fits else "people put both with a third one")
            decision = replace(decision, same=True, because=(*decision.because, *filter(None, [said])))
        decisions.append(decision)
        earlier[claim] = telling
    return tuple(decisions)


def parted(these: Sequence[Telling], those: Sequence[Telling], rulings: Rulings) -> MergeDecision | None:
    """Why two events are two though their claims are alike: of the pairs that people took apart the best one."""
    pairs = [(a, b) for a in these for b in those if rulings.apart(a.id, b.id)]
    decisions = [(judge(a, b), rulings.why(a.id, b.id)) for a, b in pairs]
    told = [replace(d, same=False, because=(*d.because, why)) for d, why in decisions if why is not None]
    return max(told, key=lambda d: (d.score, d.this, d.that), default=None)
