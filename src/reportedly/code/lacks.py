"""What an act lacks to be a claim of PLOVER's kind: somebody who does it, somebody it is done to, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code import roles, syntax
from reportedly.code.outcomes import harms_nobody
from reportedly.code.parties import is_temporal
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.code.acts import Act
    from reportedly.code.drafts import Draft
    from reportedly.records import Participant

NEEDS_ACTOR = frozenset(
    {
        "REQUEST",
        "THREATEN",
        "AGREE",
        "CONCEDE",
        "REJECT",
        "SUPPORT",
        "ACCUSE",
        "RETREAT",
        "MOBILIZE",
        "AID",
        "COOPERATE",
        "SANCTION",
    }
)
_AT = ("at", "near", "around", "outside", "inside")
PRIVATE = frozenset({None, "UNK", "CVL", "SOC", "BUS", "JRN", "EDU", "MED"})
"""Sectors whose doings among themselves are no politics: sports, shows, markets."""
DONE_TO = frozenset({"SANCTION", "COERCE", "AID"})
"""What a noun tells of whom it was done to, without a doer: "the expulsion of three diplomats"."""


def identified(side: Sequence[Participant]) -> bool:
    """True if country, sector or id of one of them is known."""
    return any(p.actor.country or p.actor.sector or p.actor.id for p in side)


def what_is_missing(draft: Draft, finder: roles.RoleFinder) -> str | None:
    """What an act lacks to be a claim of PLOVER's kind; None if it lacks nothing."""
    actors, recipients = identified(draft.actors), identified(draft.recipients)
    if draft.event in ("ACCUSE", "SANCTION", "RETREAT", "COERCE"):
        recipients = recipients or any(p.actor.kind == "person" for p in draft.recipients)
    if any(c.lower_ == "no" and c.dep_ == "det" for t in draft.sides.actors for c in t.children):
        return "nobody is said to do it"
    trigger = draft.act.trigger
    if trigger.dep_ in ("pobj", "pcomp") and trigger.head.lower_ == "without" and not syntax.objects(trigger):
        return "done without it"
    if harms_nobody(draft):
        return "nobody is hurt"
    doerless = not draft.actors and (not draft.act.nominal or draft.event in DONE_TO)
    deployed = draft.event == "MOBILIZE" and draft.where is not None and not draft.sides.speaks
    suffered = doerless and (recipients or deployed)
    public = any(_is_public(p) for p in (*draft.actors, *draft.recipients))
    somebody = public and any(finder.is_somebody(t) for t in draft.sides.actors)
    if draft.event in NEEDS_ACTOR and not (actors or somebody or suffered):
        return "no political, military, economic or social actor does it"
    if draft.act.trigger.lemma_ == "defend" and (
        _names(draft.actors) & _names(draft.recipients) or not draft.recipients
    ):
        return "defends its own"
    if draft.event == "CONSULT" and not (actors and (recipients or len(draft.actors) > 1 or _convenes(draft))):
        return "a meeting needs two known parties"
    doers = somebody or any(_acts(p) for p in draft.actors)
    if draft.event in ("ASSAULT", "COERCE", "MOBILIZE") and draft.actors and not doers:
        return "what does it is no actor"
    told_now = "explosives" in draft.act.modes or not syntax.is_definite(draft.act.trigger)
    blast = draft.act.nominal and bool(draft.where is not None or heard_at(draft.act, _AT)) and told_now
    if draft.event in ("ASSAULT", "COERCE") and not (actors or draft.recipients or blast):
        return "neither doer nor victim is told"
    if draft.event == "PROTEST" and not (actors or recipients or draft.where):
        return "neither protesters nor place are told"
    if draft.event in ("ASSAULT", "COERCE") and not actors and not recipients and not _placed(draft):
        if draft.act.nominal or draft.act.trigger.lemma_.lower() not in read_toml("acts.toml")["always_transitive"]:
            return "nobody known takes part"
    return None


def heard_at(act: Act, words: Sequence[str] = ("at",)) -> list[Token]:
    """At (or by other prepositions) what a blast was heard, felt or reported: "explosions were heard at the port"."""
    noun, verb, noticed = act.trigger, act.trigger.head, read_toml("acts.toml")["noticed"]
    if "explosives" not in act.modes or noun.dep_ not in ("nsubjpass", "dobj") or verb.lemma_ not in noticed:
        return []
    where = [place for word in words for place in syntax.prepositional(verb).get(word, ())]
    return [place for place in where if syntax.is_definite(place) and not is_temporal(place)]


def _convenes(draft: Draft) -> bool:
    """Talks that one party holds or hosts, and plural parties that meet: "the ministers will meet"."""
    conditions = {condition.sign for condition in draft.act.pattern.conditions}
    several = any(t.tag_ in ("NNS", "NNPS") for t in draft.sides.actors)
    return not draft.act.nominal and (">" in conditions or (several and draft.sides.reciprocal))


def _names(side: Sequence[Participant]) -> set[str]:
    return {p.actor.id or p.actor.name for p in side}


def _is_public(participant: Participant) -> bool:
    """True for states, officials, forces, parties and the like: without one of them an act is no concern of ours."""
    actor = participant.actor
    private = actor.kind == "person" and not actor.sector
    return bool(actor.id or actor.sector not in PRIVATE or (actor.country and not private))


def _acts(participant: Participant) -> bool:
    actor = participant.actor
    return bool(actor.sector or actor.country or actor.id or actor.kind != "role")


def _placed(draft: Draft) -> bool:
    return any(p.actor.country for p in draft.recipients) or draft.event == "ASSAULT"
