"""In which order actors stand on a circle: countries together, and those that deal with each other near."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Weighted = Sequence[tuple[str, str, int]]


def order_of(country_of: Mapping[str, str], dealings: Weighted) -> list[str]:
    """Names in order. Blocks are countries; each next block is the one with most events with those placed before it."""
    weight: Counter[frozenset[str]] = Counter()
    for a, b, events in dealings:
        weight[frozenset((a, b))] += events
    total = Counter[str]()
    for pair, events in weight.items():
        for name in pair:
            total[name] += events
    blocks = defaultdict(list)
    for name in sorted(country_of):
        blocks[country_of[name] or name].append(name)
    placed: list[str] = []
    left = dict(blocks)
    while left:
        key = min(left, key=lambda k: (-_between(placed[-_NEAR:], left[k], weight), -sum(total[n] for n in left[k]), k))
        block = left.pop(key)
        block.sort(key=lambda n: (_between(placed[-_NEAR:], [n], weight) == 0, -total[n], n))
        placed += block
    return placed


_NEAR = 6


def _between(some: Sequence[str], others: Sequence[str], weight: Mapping[frozenset[str], int]) -> int:
    return sum(weight.get(frozenset((a, b)), 0) for a in some for b in others if a != b)
