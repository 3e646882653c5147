"""From judged pairs to groups of claims: the two groups that fit best are joined first, until none fit.

Groups fit by the mean score of their pairs (average link): one bold likeness cannot chain two different acts together.
Ties go to the smaller ids, so the outcome does not depend on the order of the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


def cluster(ids: Sequence[str], score: Callable[[str, str], float]) -> list[list[str]]:
    """Groups of ids, each sorted; `score` is symmetric, above 0 for one event."""
    ordered = sorted(ids)
    if len(ordered) == 1:
        return [ordered]
    sums = _all_scores(ordered, score)
    groups: list[list[str]] = [[one] for one in ordered]
    sizes = np.ones(len(ordered))
    while True:
        means = sums / np.outer(sizes, sizes)
        at = int(np.argmax(means))
        first, second = sorted(divmod(at, len(groups)))
        if means[first, second] <= 0:
            return sorted(sorted(group) for group in groups if group)
        groups[first] += groups[second]
        groups[second] = []
        sizes[first] += sizes[second]
        _fold_into(sums, first, second)


def _all_scores(ids: Sequence[str], score: Callable[[str, str], float]) -> NDArray[np.float64]:
    sums = np.full((len(ids), len(ids)), -np.inf)
    for i, one in enumerate(ids):
        for j in range(i + 1, len(ids)):
            sums[i, j] = sums[j, i] = score(one, ids[j])
    return sums


def _fold_into(sums: NDArray[np.float64], first: int, second: int) -> None:
    sums[first] += sums[second]
    sums[:, first] = sums[first]
    sums[first, first] = -np.inf
    sums[second] = -np.inf
    sums[:, second] = -np.inf
