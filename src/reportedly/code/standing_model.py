"""Stage 4 of 8: the trained part of standing: from features to a spread over seven degrees of having happened.

One small network (categories and context -> 144 -> 7) in plain numpy. Trained by `scripts/train_standing.py` on the
training part of the unified factuality corpora; model card in `docs/standing.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reportedly.knowledge import DATA, read_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FILE = "standing_model.npz"
EDGES = (
    -2.0,
    -1.0 + 1e-6,
    -0.3,
    1.0 - 1e-6,
    2.0,
    2.7,
)  # between the seven degrees; the suite's classes end at -1 and 1
LOWER, UPPER = 2, 4  # degrees below LOWER did not happen, from UPPER on they did
MARGIN = 0.01  # how far inside its class a number is moved


@dataclass(frozen=True, slots=True)
class Network:
    """The weights: `inward` has a row for each category and then for each number of the context."""

    row_of: dict[str, int]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    inward: NDArray[np.float32]
    inward_bias: NDArray[np.float32]
    outward: NDArray[np.float32]
    outward_bias: NDArray[np.float32]
    centres: NDArray[np.float32]
    tilt: NDArray[np.float32]

    def degrees(self, categories: Sequence[str], context: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probabilities of the seven degrees; they add up to 1. Unknown categories are passed over."""
        rows = sorted({self.row_of[c] for c in categories if c in self.row_of})
        dense = (context - self.mean) * self.scale
        hidden = self.inward[rows].sum(axis=0) + dense @ self.inward[len(self.row_of) :] + self.inward_bias
        scores = np.maximum(hidden, 0.0) @ self.outward + self.outward_bias
        odds = np.exp(scores - scores.max())
        spread: NDArray[np.float32] = odds / odds.sum()
        return spread

    def factuality(self, categories: Sequence[str], context: NDArray[np.float32]) -> float:
        """The expected degree, moved into the likeliest of the three classes (not, uncertain, happened)."""
        return decide(self.degrees(categories, context), self.centres, self.tilt)


def decide(spread: NDArray[np.float32], centres: NDArray[np.float32], tilt: NDArray[np.float32]) -> float:
    """A number from -3 to 3. `tilt` weighs the classes not, uncertain and happened, since the first two are rare."""
    value = float(spread @ centres)
    classes = np.array((spread[:LOWER].sum(), spread[LOWER:UPPER].sum(), spread[UPPER:].sum())) * tilt
    low, high = ((-3.0, -1.0), (-1.0 + MARGIN, 1.0 - MARGIN), (1.0, 3.0))[int(classes.argmax())]
    return min(max(value, low), high)


@cache
def network() -> Network:
    """The shipped network, loaded once.

    Raises KnowledgeBroken if the file is missing or has another shape.
    """
    numbers = ("mean", "scale", "inward", "inward_bias", "outward", "outward_bias", "centres", "tilt")
    texts, arrays = read_model(DATA / FILE, ("names",), numbers, "scripts/train_standing.py")
    return Network({name: row for row, name in enumerate(texts["names"])}, **arrays)
