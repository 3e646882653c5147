"""One act told twice in a report is one claim: the fuller telling wins, the evidence of both is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.code.outcomes import both_suffer, is_outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.code.acts import Act
    from reportedly.code.drafts import Draft
    from reportedly.records import Participant, Resolved


PRIVATE = "private person"


SAID = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Types of which one telling has one mode: what was asked, or how it was blamed."""


def join_tellings(drafts: list[Draft], resolved: Resolved) -> list[Draft]:
    """The drafts with repeated tellings joined into the fullest."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((k for k in kept if same_act(k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif _wins(draft, twin):
            _take_in(draft, twin)
            kept[kept.index(twin)] = draft
        else:
            _take_in(twin, draft)
    return kept


def _wins(a: Draft, b: Draft) -> bool:
    """An attack beats what it did, a main verb what completes it, else the fuller telling wins."""
    if is_outcome(a, b) != is_outcome(b, a):
        return is_outcome(a, b)
    if one_clause(a.act, b.act) and not a.act.nominal and not b.act.nominal:
        return bool(b.act.trigger.head.i == a.act.trigger.i)
    return a.fullness > b.fullness


def _take_in(winner: Draft, other: Draft) -> None:
    winner.also += [(other.first, other.last), *other.also]
    winner.when = winner.when if winner.when and not winner.when.inferred else other.when or winner.when
    if other.where is not None and (winner.where is None or _finer(other, winner)):
        winner.where = other.where
    winner.first, winner.last = _joined_evidence(winner, other)
    if other.actors and not winner.actors:
        winner.actors = other.actors
        if other.act.claimed_by is not None:
            winner.chain = other.chain  # that it did it is its own word
    winner.recipients = _hurt(winner, other) or winner.recipients or other.recipients
    winner.quantities = tuple(dict.fromkeys((*winner.quantities, *other.quantities)))
    if winner.event == other.event and not (winner.modes and winner.event in SAID):
        winner.modes = tuple(dict.fromkeys((*winner.modes, *other.modes)))
    winner.why.append(f"also told by {other.act.trigger.text!r}")


def _hurt(a: Draft, b: Draft) -> tuple[Participant, ...]:
    """All whom act and outcome name: "killed two officers and wounded a guard"; empty where the first will do."""
    if not (both_suffer(a, b) or both_suffer(b, a)):
        return ()
    return tuple(sorted({p.start: p for p in (*b.recipients, *a.recipients)}.values(), key=lambda p: p.start))


def same_act(a: Draft, b: Draft) -> bool:
    """True if two drafts tell the same act: same type and standing, nothing that differs, enough in common."""
    if is_outcome(a, b) or is_outcome(b, a):
        return True
    if a.event == b.event and (one_clause(a.act, b.act) or _outcome(a, b) or _outcome(b, a)):
        return True
    if a.event != b.event or a.polarity != b.polarity or a.aspect != b.aspect:
        return False
    if not (_times_agree(a, b) and _places_agree(a, b)):
        return False
    if _roots(a) != _roots(b) and _roots(a) and _roots(b):
        return False
    actors, recipients = _common(a.actors, b.actors), _common(a.recipients, b.recipients)
    if actors is False or recipients is False:
        return False
    same_word = a.act.trigger.lemma_.lower() == b.act.trigger.lemma_.lower()
    if a.act.trigger.sent.start == b.act.trigger.sent.start:
        return bool(same_word and actors and recipients) or bool(
            a.act.nominal != b.act.nominal and actors and recipients
        )
    if b.act.nominal and actors and recipients is None and syntax.is_definite(b.act.trigger):
        return True  # "The condemnation by Malaysia came on Monday"
    return bool(actors and recipients) and (same_word or a.act.nominal or b.act.nominal)


def one_clause(a: Act, b: Act) -> bool:
    """True if one word only completes the other: a strike that hit, killed in a raid, a war fought."""
    for inner, outer in ((a, b), (b, a)):
        top = inner.verb if inner.verb is not None and inner.nominal else inner.trigger
        verb = outer.trigger
        if verb.pos_ not in ("VERB", "AUX"):
            if not inner.nominal and top.dep_ in ("relcl", "acl") and verb.pos_ == "NOUN" and top.head.i == verb.i:
                return True
            continue
        if inner.nominal and top.i == verb.i:
            return True
        if inner.nominal and top.head.i == verb.i and top.dep_ in ("nsubj", "nsubjpass", "dobj"):
            return True
        if (
            inner.nominal
            and top.dep_ == "pobj"
            and top.head.head.i == verb.i
            and top.head.lower_ in ("in", "by", "during", "with")
        ):
            return True
        if (
            not inner.nominal
            and top.head.i == verb.i
            and top.dep_ in ("advcl", "xcomp")
            and (top.tag_ == "VBG" or top.dep_ == "xcomp")
        ):
            return not any(c.dep_ in ("nsubj", "mark") for c in top.children)
    return False


def _outcome(act: Draft, clause: Draft) -> bool:
    """ "A raid on a clinic that killed nine": the clause says what the raid did, wherever the parser has hung it."""
    at = clause.act.trigger
    if clause.actors or not act.act.nominal or at.dep_ != "relcl":
        return False
    for _ in range(4):
        at = at.head.head if at.dep_ == "pobj" else at.head
        if at.i == act.act.trigger.i:
            return True
        if at.dep_ not in ("pobj", "relcl"):
            return False
    return False


def _common(a: Sequence[Participant], b: Sequence[Participant]) -> bool | None:
    """True if two sides share somebody, False if they differ, None if one of them is empty."""
    if not a or not b:
        return None
    persons = [{p.actor.name.lower() for p in side if p.actor.kind == "person"} for side in (a, b)]
    if all(persons) and not persons[0] & persons[1]:
        return False
    ids = {p.actor.id for p in a if p.actor.id} & {p.actor.id for p in b if p.actor.id}
    names = {p.actor.name.lower() for p in a} & {p.actor.name.lower() for p in b} - {PRIVATE}
    heads = {_last(p) for p in a} & {_last(p) for p in b}
    countries = {p.actor.country for p in a if p.actor.country} & {p.actor.country for p in b if p.actor.country}
    sectors = {p.actor.sector for p in a} & {p.actor.sector for p in b}
    state = {p.actor.sector for p in (*a, *b)} <= {"GOV", "MIL"}  # "Israel", then "Israeli jets"
    return bool(ids or names or heads or (countries and (sectors or state)))


def _last(participant: Participant) -> str:
    words = participant.text.split()
    return words[-1].lower() if words else ""


def _times_agree(a: Draft, b: Draft) -> bool:
    if not (a.when and b.when) or a.when.inferred or b.when.inferred:
        return True
    if not (a.when.first and b.when.first):
        return True
    return a.when.first <= (b.when.last or b.when.first) and b.when.first <= (a.when.last or a.when.first)


def _places_agree(a: Draft, b: Draft) -> bool:
    if not (a.where and b.where) or a.where.name == b.where.name:
        return True
    if a.where.country != b.where.country:
        return False
    grains = {a.where.precision, b.where.precision}
    inside = "region" in grains and len(grains) == 2 and a.where.admin1 is not None
    return "country" in grains or (inside and a.where.admin1 == b.where.admin1)


def _finer(a: Draft, b: Draft) -> bool:
    grain = {"point": 0, "city": 0, "region": 1, "sea": 1, "country": 2}
    if a.where is None or b.where is None or a.where.country != b.where.country:
        return False
    return grain[a.where.precision] < grain[b.where.precision]


def _joined_evidence(winner: Draft, other: Draft) -> tuple[int, int]:
    """Tellings in one sentence give one stretch of evidence."""
    if (
        winner.act.trigger.sent.start == other.act.trigger.sent.start
        and max(winner.last, other.last) - min(winner.first, other.first) <= 45
    ):
        return min(winner.first, other.first), max(winner.last, other.last)
    return winner.first, winner.last


def _roots(draft: Draft) -> str:
    return draft.chain[-1].name.lower() if draft.chain else ""
