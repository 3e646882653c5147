"""What the claims of an event say on each point, and whether they agree: doers, victims, place, days, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from reportedly.merge.same_event import km_between
from reportedly.merge.tellings import PRECISE, Spot, rules, thing_of
from reportedly.merge.told import Told
from reportedly.records import EventField, FieldValue, Participant

RIVAL_KM = 50.0
"""Two precise places further apart than their reach and this are rivals."""
SLIP = 5
"""A place or day with fewer roots than the best one's, divided by this, disputes nothing."""


def fields_of(told: Sequence[Told]) -> tuple[EventField, ...]:
    """The fields of an event that any claim says something about, in a fixed order, numbers last."""
    named = (_actors(told), _recipients(told), _places(told), _days(told))
    return (*(field for field in named if field is not None), *_numbers(told))


# --- who and whom ----------------------------------------------------------------------------------------------------


def _actors(told: Sequence[Told]) -> EventField | None:
    """Doers. Disputed where a doer is denied whom others name, or two of different sides are named."""
    given = _values(told, lambda t: [_name(p) for p in t.claim.actors if _is_somebody(p)])
    if not given:
        return None
    sides = [_sides_named(told, value) for value in given]
    rivals = any(a and b and not a & b for i, a in enumerate(sides) for b in sides[:i])
    together = any(len(t.telling.actors) > 1 for t in told)  # "Iraq and Iran" are no rivals
    disputed = any(v.denied_by for v in given) or (rivals and not together)
    return EventField("actor", _best(given, told), disputed, tuple(given))


def _recipients(told: Sequence[Told]) -> EventField | None:
    """Those acted on; several can be, so they are no rivals."""
    given = _values(told, lambda t: [_name(p) for p in t.claim.recipients])
    return EventField("recipient", _best(given, told), False, tuple(given)) if given else None


def _name(participant: Participant) -> str:
    return participant.actor.name


def _is_somebody(participant: Participant) -> bool:
    """False for a drone or a missile, which says nothing about who sent it."""
    actor = participant.actor
    return bool(actor.id) or thing_of(participant.text) not in rules()["instruments"]["things"]


def _sides_named(told: Sequence[Told], value: FieldValue) -> frozenset[str]:
    """Countries of the actors of that name, else their ids; empty for somebody known only by description."""
    actors = [p.actor for t in told for p in t.claim.actors if _name(p) == value.value]
    return frozenset(a.country or a.id or "" for a in actors) - {""}


# --- where and when --------------------------------------------------------------------------------------------------


def _places(told: Sequence[Told]) -> EventField | None:
    """The most precise places that claims give. Disputed where two are too far apart to be one."""
    placed = [(t, t.telling.place) for t in told if t.telling.place is not None]
    precise = [(t, place) for t, place in placed if place.precision in PRECISE]
    given = _values([t for t, _ in precise or placed], lambda t: [t.telling.place.name] if t.telling.place else [])
    if not given:
        return None
    weighty = _weighty(given, told)
    places = [place for _, place in precise if place.name in weighty]
    apart = any(_are_rivals(a, b) for i, a in enumerate(places) for b in places[:i])
    return EventField("place", _best(given, told), apart, tuple(given))


def _are_rivals(a: Spot, b: Spot) -> bool:
    km = km_between(a, b)
    wide = "region" in (a.precision, b.precision) or "sea" in (a.precision, b.precision)
    return km is not None and km > RIVAL_KM + (a.radius_km or 0) + (b.radius_km or 0) + (200 if wide else 0)


def _days(told: Sequence[Told]) -> EventField | None:
    """The days that were said, else those that were implied. Disputed where two that were said do not meet."""
    stated = [t for t in told if t.telling.stated and t.telling.first is not None]
    said = [t for t in stated if not t.telling.inferred]
    given = _values(said or stated, lambda t: [_range(t)])
    if not given:
        return None
    weighty = _weighty(given, told)
    apart = _any_apart([(t.telling.first or 0, t.telling.last or 0) for t in said if _range(t) in weighty])
    return EventField("when", _best(given, told), apart, tuple(given))


def _any_apart(spans: Sequence[tuple[int, int]]) -> bool:
    """True where no day lies in all of the spans; two spans that do not meet are the shortest proof."""
    return bool(spans) and max(first for first, _ in spans) > min(last for _, last in spans)


def _range(told: Told) -> str:
    when = told.claim.when
    if when is None or when.first is None:
        return ""
    return when.first if when.first == when.last else f"{when.first}..{when.last}"


# --- how many --------------------------------------------------------------------------------------------------------


def _numbers(told: Sequence[Told]) -> list[EventField]:
    """One field for every class of thing that is counted, with the lowest, the best attested and the highest number."""
    kinds = sorted({kind for t in told if t.affirms for kind in t.telling.numbers})
    fields = []
    for kind in kinds:
        given = _values(told, partial(_count_of, kind))
        sizes = sorted(float(value.value) for value in given)
        disputed = len(set(sizes)) > 1
        fields.append(EventField(kind, _best(given, told), disputed, tuple(given), sizes[0], sizes[-1]))
    return fields


def _count_of(kind: str, told: Told) -> list[str]:
    numbers = told.telling.numbers
    return [f"{numbers[kind]:g}"] if kind in numbers else []


# --- values ----------------------------------------------------------------------------------------------------------


def _values(told: Iterable[Told], read: Callable[[Told], list[str]]) -> list[FieldValue]:
    """Each value with the claims that affirm and that deny it, in the order in which they were first told."""
    affirmed: defaultdict[str, list[str]] = defaultdict(list)
    denied: defaultdict[str, list[str]] = defaultdict(list)
    order: dict[str, None] = {}
    for one in told:
        for value in dict.fromkeys(read(one)):
            order[value] = None
            (affirmed if one.affirms else denied)[value].append(one.claim.id)
    return [FieldValue(value, tuple(affirmed[value]), tuple(denied[value])) for value in order]


def _weighty(given: Sequence[FieldValue], told: Sequence[Told]) -> frozenset[str]:
    """The values with at least a fifth of the roots of the best one: one reading in ninety is a slip, not a dispute."""
    root_of = {t.claim.id: t.root.key for t in told}
    roots = {value.value: len({root_of[c] for c in (*value.claims, *value.denied_by)}) for value in given}
    return frozenset(value for value, count in roots.items() if count * SLIP >= max(roots.values()))


def _best(given: Sequence[FieldValue], told: Sequence[Told]) -> str:
    """The value with most independent roots, then most claims, then the one told last: figures are revised."""
    root_of = {t.claim.id: t.root.key for t in told}
    order = {claim: i for i, claim in enumerate(root_of)}

    def support(value: FieldValue) -> tuple[int, int, int, str]:
        last = max((order[claim] for claim in value.claims), default=-1)
        return len({root_of[claim] for claim in value.claims}), len(value.claims), last, value.value

    return max(given, key=support).value
