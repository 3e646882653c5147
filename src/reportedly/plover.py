"""PLOVER's event types, modes, scores, sectors and contexts, loaded from `data/plover.toml`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reportedly.knowledge import read_toml


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 types. `score` and the modes' scores run from -10 (conflict) to 10 (cooperation)."""

    name: str
    quad: str
    score: float
    what: str
    modes: Mapping[str, float]

    def score_of(self, modes: tuple[str, ...]) -> float:
        """The score of the most extreme mode that has one, else the type's own."""
        scores = [s for m in modes if not math.isnan(s := self.modes.get(m, math.nan))]
        return max(scores, key=lambda s: (abs(s), s)) if scores else self.score


@cache
def event_types() -> Mapping[str, EventType]:
    """Name -> type, for PLOVER's 16 types of 2021."""
    return {
        name: EventType(name, row["quad"], row["score"], row["what"], row.get("modes", {}))
        for name, row in read_toml("plover.toml")["types"].items()
    }


@cache
def sectors() -> Mapping[str, str]:
    """PLOVER sector and international-actor codes -> what they stand for."""
    return dict(read_toml("plover.toml")["sectors"])


@cache
def context_words() -> Mapping[str, str]:
    """Word or phrase (lower-case lemmas) -> the PLOVER context that it shows."""
    contexts = read_toml("plover.toml")["contexts"]
    return {word: name for name, words in contexts.items() for word in words}
