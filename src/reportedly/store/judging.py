"""What people have judged, and what it changes: a rejected claim counts no more, a corrected field has its new value.

Judgements are never changed or deleted, only followed by others; of several on one field the last one holds. They
survive recoding: each remembers the words that it was about, and finds the claim that is read from them now.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from reportedly.errors import BadOption
from reportedly.plover import event_types
from reportedly.records import Actor, Claim, Participant, Toponym, When

Verdict = Literal["confirm", "reject", "correct", "split", "merge", "undo"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. `made_at` is UTC, ISO 8601. `number` counts all judgements of the store.

    `target` is an id; of an undo, the number of what it takes back. `anchor` says what it was about: for a claim its
    report, type and trigger's offsets, for an event those of its claims. `undone_by` is what takes it back.
    """

    target_kind: Literal["claim", "event", "judgement"]
    target: str
    verdict: Verdict
    reviewer: str
    field: str | None = None
    value: str | None = None
    note: str | None = None
    made_at: str = ""
    anchor: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    number: int = 0
    undone_by: Judgement | None = None

    def __str__(self) -> str:
        """As it is shown: "correct event=COERCE, by Ann on 2024-05-10: a blockade"."""
        what = f" {self.field}={self.value}" if self.field else f" {self.value}" if self.value else ""
        note = f": {self.note}" if self.note else ""
        undone = f" (undone by {self.undone_by.reviewer} on {self.undone_by.made_at[:10]})" if self.undone_by else ""
        return f"{self.verdict}{what}, by {self.reviewer} on {self.made_at[:10]}{note}{undone}"

    @property
    def undone(self) -> bool:
        """True where it was taken back."""
        return self.undone_by is not None


def marked(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements, oldest first, each with the undo that takes it back; an undo that is itself undone does not."""
    undone: dict[str, Judgement] = {}
    found = []
    for judgement in reversed(judgements):
        found.append(replace(judgement, undone_by=undone.get(str(judgement.number))))
        if judgement.target_kind == "judgement" and not found[-1].undone:
            undone[judgement.target] = judgement
    return found[::-1]


def anchor_of(claim: Claim) -> dict[str, Any]:
    """What a judgement of this claim remembers."""
    trigger = claim.trigger
    return {"report": claim.report, "event": claim.event, "start": trigger.start, "end": trigger.end}


def fits(judgement: Judgement, claims: Iterable[Claim]) -> str | None:
    """The id of the claim that a judgement is about: that of its id, or the one read from the same words now."""
    many = list(claims)
    if any(claim.id == judgement.target for claim in many):
        return judgement.target
    return nearest(judgement.anchor, many)


def nearest(anchor: Mapping[str, Any], claims: Iterable[Claim]) -> str | None:
    """The id of the claim of a report that is read from the words of an anchor, of the same type if there are two."""
    near = [c for c in claims if c.trigger.start < anchor["end"] and anchor["start"] < c.trigger.end]
    near.sort(key=lambda c: (c.event != anchor["event"], c.trigger.start, c.id))
    return near[0].id if near else None


def by_report(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Report -> judgements of its claims, oldest first."""
    of_report: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.target_kind == "claim":
            of_report[judgement.anchor["report"]].append(judgement)
    return dict(of_report)


def by_claim(claims: Sequence[Claim], judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Claim -> its judgements, among all claims of a report; those whose words are no claim any more are left out."""
    of_claim: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        claim = fits(judgement, claims)
        if claim is not None:
            of_claim[claim].append(judgement)
    return dict(of_claim)


def verdict_of(judgements: Iterable[Judgement]) -> str | None:
    """ "confirmed" or "rejected" by the last judgement that says either, else "corrected", else None."""
    many = [judgement for judgement in judgements if not judgement.undone]
    said = [j.verdict for j in many if j.verdict in ("confirm", "reject")]
    if said:
        return "confirmed" if said[-1] == "confirm" else "rejected"
    return "corrected" if any(j.verdict == "correct" for j in many) else None


def corrected(claim: Claim, judgements: Iterable[Judgement]) -> Claim:
    """The claim with the values that people gave it, in their order."""
    for judgement in judgements:
        if judgement.verdict == "correct" and judgement.field and not judgement.undone:
            claim = CORRECTIONS[judgement.field](claim, judgement.value or "")
    return claim


def check_correction(field: str, value: str, claim: Claim) -> None:
    """Raises BadOption for a field that cannot be corrected, or a value that it cannot have."""
    if field not in CORRECTIONS:
        raise BadOption(f"{field} cannot be corrected", hint="one of " + ", ".join(CORRECTIONS))
    try:
        CORRECTIONS[field](claim, value)
    except ValueError as error:
        raise BadOption(f"{field}={value} cannot be: {error}", hint="see docs/store.md") from None


# --- fields ----------------------------------------------------------------------------------------------------------


def _set_event(claim: Claim, value: str) -> Claim:
    kind = event_types().get(value)
    if kind is None:
        raise ValueError("one of " + ", ".join(event_types()))
    modes = tuple(mode for mode in claim.modes if mode in kind.modes)
    return replace(claim, event=value, modes=modes, quad=kind.quad, score=kind.score_of(modes))


def _set_modes(claim: Claim, value: str) -> Claim:
    kind, modes = event_types()[claim.event], _listed(value)
    if unknown := [mode for mode in modes if mode not in kind.modes]:
        raise ValueError(f"{claim.event} has no mode {unknown[0]}, only {', '.join(kind.modes) or 'none'}")
    return replace(claim, modes=modes, score=kind.score_of(modes))


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _choice(name: str, *allowed: str) -> Callable[[Claim, str], Claim]:
    def change(claim: Claim, value: str) -> Claim:
        if value not in allowed:
            raise ValueError("one of " + ", ".join(allowed))
        return replace(claim, **{name: value})  # type: ignore[arg-type]

    return change


def _side(side: str, part: str) -> Callable[[Claim, str], Claim]:
    """Changes one part of the participants of a side; an empty name leaves the side empty."""

    def change(claim: Claim, value: str) -> Claim:
        known: tuple[Participant, ...] = getattr(claim, side)
        if part == "name" and not value:
            return replace(claim, **{side: ()})  # type: ignore[arg-type]
        if part == "name":
            spot = known[0] if known else claim.trigger
            one = Participant(spot.start, spot.end, spot.text, Actor(None, value))
            return replace(claim, **{side: (one,)})  # type: ignore[arg-type]
        if not known:
            raise ValueError("nobody is there; correct the name first")
        changed = tuple(replace(p, actor=replace(p.actor, **{part: value or None})) for p in known)  # type: ignore[arg-type]
        return replace(claim, **{side: changed})  # type: ignore[arg-type]

    return change


def _place(part: str) -> Callable[[Claim, str], Claim]:
    def change(claim: Claim, value: str) -> Claim:
        if part == "name":  # another place has other coordinates
            spot = claim.where or claim.trigger
            place = Toponym(spot.start, spot.end, spot.text, value, None, None, None, "city")
            return replace(claim, where=place if value else None)
        if claim.where is None:
            raise ValueError("there is no place; correct where first")
        new: str | float = float(value) if part in ("lat", "lon") else value
        return replace(claim, where=replace(claim.where, **{part: new}))  # type: ignore[arg-type]

    return change


def _day(part: str) -> Callable[[Claim, str], Claim]:
    def change(claim: Claim, value: str) -> Claim:
        from datetime import date

        day = date.fromisoformat(value).isoformat()
        when = claim.when or When(None, None, None, day, day, "day")
        when = replace(when, **{part: day}, inferred=False)  # type: ignore[arg-type]
        if (when.first or day) > (when.last or day):
            when = replace(when, first=day, last=day)
        return replace(claim, when=when)

    return change


CORRECTIONS: dict[str, Callable[[Claim, str], Claim]] = {
    "event": _set_event,
    "modes": _set_modes,
    "contexts": lambda claim, value: replace(claim, contexts=_listed(value)),
    "aspect": _choice("aspect", "actual", "future", "hypothetical", "historical", "habitual"),
    "polarity": _choice("polarity", "affirmed", "denied", "negated"),
    "certainty": _choice("certainty", "certain", "probable", "possible"),
    **{
        f"{one}{'' if part == 'name' else '_' + part}": _side(f"{one}s", part)
        for one in ("actor", "recipient")
        for part in ("name", "id", "country", "sector")
    },
    "where": _place("name"),
    "where_country": _place("country"),
    "lat": _place("lat"),
    "lon": _place("lon"),
    "where_precision": _place("precision"),
    "date_from": _day("first"),
    "date_to": _day("last"),
}
"""What can be corrected, under the column names of the CSV export where it has them."""
