"""How sure the coder is of its own reading of a claim, from what the reading rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from reportedly.code.drafts import Draft


def features_of(draft: Draft) -> dict[str, float]:
    """Named features of a reading, each 0 or 1 (or a small count); the weights stand in confidence.toml."""
    return {
        "conditions": float(min(len(draft.act.pattern.conditions), 3)),
        "nominal": float(draft.act.nominal),
        "actor_known": float(any(p.actor.country for p in draft.actors)),
        "recipient_known": float(any(p.actor.country for p in draft.recipients)),
        "both_sides": float(bool(draft.actors and draft.recipients)),
        "time_stated": float(bool(draft.when and not draft.when.inferred)),
        "unrealised": float(draft.aspect in ("future", "hypothetical", "habitual")),
        "not_affirmed": float(draft.polarity != "affirmed"),
        f"type_{draft.event}": 1.0,
    }


def confidence_of(draft: Draft) -> float:
    """A probability (0 to 1, two decimals) that the claim is read right: logistic in the weighted features."""
    weights = read_toml("confidence.toml")["weights"]
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features_of(draft).items())
    return round(1 / (1 + math.exp(-total)), 2)
