"""What people have ruled: these claims are one act, those are two. A ruling outweighs every likeness.

Rulings may contradict one another, also in a roundabout way (a with b, b with c, a not with c). So they are taken from
the newest to the oldest, and what an older one asks for is passed by where a newer one forbids it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Ruling:
    """`same`: all claims of `these` and `those` are one event. Else `these` are one, and none of `those` is of it.

    `because` says who ruled so, and why.
    """

    these: tuple[str, ...]
    those: tuple[str, ...]
    same: bool
    because: str


class Rulings:
    """Rulings, oldest first, brought into agreement."""

    def __init__(self, rulings: Sequence[Ruling] = ()) -> None:
        self._parents: dict[str, str] = {}
        self._foes: defaultdict[str, set[str]] = defaultdict(set)  # of the top of a group: tops it must not join
        self._reasons: dict[tuple[str, str], str] = {}
        for ruling in reversed(rulings):
            self._obey(ruling)
        self.bonds: Mapping[str, tuple[str, ...]] = self._groups()
        """Claim -> all claims that it is held together with, itself included, sorted."""

    def apart(self, a: str, b: str) -> bool:
        """True for two claims that must not be one event."""
        return self._top(b) in self._foes.get(self._top(a), ())

    def parts(self, claim: str) -> bool:
        """True for a claim that must not be one event with some other."""
        return bool(self._foes.get(self._top(claim)))

    def why(self, a: str, b: str) -> str | None:
        """Who ruled on this pair, and why; None where nobody did."""
        return self._reasons.get((min(a, b), max(a, b)))

    def _obey(self, ruling: Ruling) -> None:
        together = (*ruling.these, *ruling.those) if ruling.same else ruling.these
        for claim in together[1:]:
            self._join(together[0], claim)
        across = [(this, that) for this in ruling.these for that in ruling.those]
        if ruling.same:
            self._note((pair for pair in across if self._top(pair[0]) == self._top(pair[1])), ruling.because)
            return
        for pair in across:
            self._part(*pair)
        self._note((pair for pair in across if self.apart(*pair)), ruling.because)
        self._note(combinations(ruling.these, 2), ruling.because)

    def _note(self, pairs: Iterable[tuple[str, str]], because: str) -> None:
        for a, b in pairs:
            self._reasons.setdefault((min(a, b), max(a, b)), because)

    def _join(self, a: str, b: str) -> None:
        top, other = sorted((self._top(a), self._top(b)))
        if top == other or other in self._foes.get(top, ()):
            return
        self._parents[other] = top
        for foe in self._foes.pop(other, set()):
            self._foes[foe].discard(other)
            self._part(top, foe)

    def _part(self, a: str, b: str) -> None:
        top, other = self._top(a), self._top(b)
        if top != other:
            self._foes[top].add(other)
            self._foes[other].add(top)

    def _top(self, claim: str) -> str:
        while (parent := self._parents.get(claim, claim)) != claim:
            claim = parent
        return claim

    def _groups(self) -> dict[str, tuple[str, ...]]:
        members: defaultdict[str, list[str]] = defaultdict(list)
        for claim in sorted({*self._parents, *self._parents.values()}):
            members[self._top(claim)].append(claim)
        return {claim: tuple(group) for group in members.values() for claim in group}


def held_groups(claims: Iterable[str], rulings: Rulings) -> list[list[str]]:
    """Those of the claims that are held together, group by group, each of two or more, sorted."""
    here = set(claims)
    groups = {rulings.bonds[claim] for claim in here if claim in rulings.bonds}
    found = sorted([claim for claim in group if claim in here] for group in groups)
    return [group for group in found if len(group) > 1]
