"""How sure the coder is of its own reading of a claim, from what the reading rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from reportedly.code.drafts import Draft


PRONOUN_LENGTH = 5
"""Words shorter than this, in characters, are mostly pronouns."""


def features_of(draft: Draft) -> dict[str, float]:
    """Named features of a reading, each 0 or 1 (or a small count); the weights stand in confidence.toml."""
    trigger = draft.act.trigger
    return {
        "conditions": float(min(len(draft.act.pattern.conditions), 3)),
        "nominal": float(draft.act.nominal),
        "main_verb": float(trigger.dep_ == "ROOT"),
        "in_clause": float(trigger.dep_ in ("relcl", "acl", "advcl", "xcomp", "pcomp")),
        "actor_known": float(any(p.actor.country or p.actor.id for p in draft.actors)),
        "recipient_known": float(any(p.actor.country or p.actor.id for p in draft.recipients)),
        "no_actor": float(not draft.actors),
        "no_recipient": float(not draft.recipients),
        "pronoun": float(any(len(p.text) < PRONOUN_LENGTH for p in (*draft.actors, *draft.recipients))),
        "time_stated": float(bool(draft.when and not draft.when.inferred)),
        "unrealised": float(draft.aspect in ("future", "hypothetical", "habitual")),
        "not_affirmed": float(draft.polarity != "affirmed"),
        "turned": float(draft.content_event is not None and draft.event != draft.act.event),
        "told_twice": float(bool(draft.also)),
        f"type_{draft.event}": 1.0,
    }


def confidence_of(draft: Draft) -> float:
    """A probability (0 to 1, two decimals) that the claim is read right: logistic in the weighted features."""
    weights = read_toml("confidence.toml")["weights"]
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features_of(draft).items())
    return round(1 / (1 + math.exp(-total)), 2)
