"""From judged pairs to groups of claims: the two groups that fit best are joined first, until none fit.

Groups fit by the mean score of their pairs (average link): one bold likeness cannot chain two different acts together.
Ties go to the smaller ids, so the outcome does not depend on the order of the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Links = Callable[[Collection[str]], Mapping[str, Mapping[str, float]]]


def linked(start: Iterable[str], links_of: Links) -> dict[str, dict[str, float]]:
    """All that links lead to from `start`: id -> other -> number; asked for in waves, as whoever answers wants."""
    found: dict[str, dict[str, float]] = {}
    wave = sorted(set(start))
    while wave:
        answer = links_of(wave)
        found |= {one: dict(answer.get(one, {})) for one in wave}
        wave = sorted({other for one in wave for other in found[one]} - found.keys())
    return found


def component_of(start: str, links: Mapping[str, Iterable[str]]) -> list[str]:
    """All ids that links lead to from `start`, itself included, sorted; links go both ways."""
    found, waiting = {start}, [start]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return sorted(found)


def cluster(
    ids: Sequence[str], score: Callable[[str, str], float], held: Iterable[Sequence[str]] = ()
) -> list[list[str]]:
    """Groups of ids, each sorted; `score` is symmetric, above 0 for one event, minus infinity for never.

    `held` are ids that are together from the start, each in one of them at most.
    """
    ordered = sorted(ids)
    if len(ordered) == 1:
        return [ordered]
    means = _all_scores(ordered, score)
    groups: list[list[str]] = [[one] for one in ordered]
    row_of = {one: row for row, one in enumerate(ordered)}
    for first, *others in ([row_of[one] for one in sorted(group)] for group in held):
        for other in others:
            _fold(means, len(groups[first]), len(groups[other]), first, other)
            groups[first] += groups[other]
            groups[other] = []
    best = means.argmax(axis=1)  # of every group the one that fits it best: saves a search of the whole table
    while True:
        fits = means[np.arange(len(groups)), best]
        first, second = sorted((int(fits.argmax()), int(best[fits.argmax()])))
        if means[first, second] <= 0:
            return sorted(sorted(group) for group in groups if group)
        _fold(means, len(groups[first]), len(groups[second]), first, second)
        groups[first] += groups[second]
        groups[second] = []
        stale = np.flatnonzero((best == first) | (best == second))
        for row in {*stale.tolist(), first, second}:
            best[row] = means[row].argmax()
        better = means[:, first] > means[np.arange(len(groups)), best]
        best[better] = first


def _all_scores(ids: Sequence[str], score: Callable[[str, str], float]) -> NDArray[np.float64]:
    means = np.full((len(ids), len(ids)), -np.inf)
    for i, one in enumerate(ids):
        for j in range(i + 1, len(ids)):
            means[i, j] = means[j, i] = score(one, ids[j])
    return means


def _fold(means: NDArray[np.float64], size: int, other_size: int, first: int, second: int) -> None:
    """Put the second group into the first: mean scores are weighted by how many claims each brings."""
    means[first] = (size * means[first] + other_size * means[second]) / (size + other_size)
    means[:, first] = means[first]
    means[first, first] = means[second] = means[:, second] = -np.inf
