"""How sure the coder is of its own reading of a claim, from what the reading rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from reportedly.code.drafts import Draft


def features_of(draft: Draft) -> dict[str, float]:
    """Named features of a reading, each 0 or 1; the weights stand in confidence.toml."""
    return {
        "actor_known": float(any(p.actor.country or p.actor.id for p in draft.actors)),
        "recipient_known": float(any(p.actor.country or p.actor.id for p in draft.recipients)),
        "no_recipient": float(not draft.recipients),
        "nominal": float(draft.act.nominal),
        "main_clause": float(draft.act.trigger.dep_ == "ROOT"),
        "stated_time": float(draft.when is not None and not draft.when.inferred),
    }


def confidence_of(draft: Draft) -> float:
    """A probability (0 to 1, two decimals) that the claim is read right: logistic in the weighted features."""
    weights = read_toml("confidence.toml")["weights"]
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features_of(draft).items())
    return round(1 / (1 + math.exp(-total)), 2)
