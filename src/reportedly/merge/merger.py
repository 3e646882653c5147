"""Takes coded reports one at a time and knows the events at any moment, the same ones whatever the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from reportedly.merge.candidates import Blocks
from reportedly.merge.clusters import cluster, component_of
from reportedly.merge.copies import CopyGroup, CopyIndex
from reportedly.merge.reconcile import Told, parted, reconcile
from reportedly.merge.roots import Root, root_of
from reportedly.merge.rulings import Ruling, Rulings, held_groups
from reportedly.merge.same_event import judge, score_of
from reportedly.merge.tellings import ReportCard, Telling, card_of, rules, tellings_of
from reportedly.records import Claim, CodedReport, Event, MergeDecision

_ALL_PAIRS = 120  # components up to this size are compared pair by pair, larger ones only where a block is shared


@dataclass(slots=True)
class _Component:
    """Claims that are joined by likeness, and the events that were last made of them."""

    claims: tuple[str, ...]
    roots: tuple[Root, ...]
    events: tuple[Event, ...]


class Merger:
    """Claims in, events out. A new report joins events, founds some, or bridges two; nothing else is judged again."""

    def __init__(self, rulings: Sequence[Ruling] = ()) -> None:
        """`rulings` are what people have said of claims that are one act or two, oldest first."""
        self.copies = CopyIndex()
        self._rulings = Rulings(rulings)
        self._cards: dict[str, ReportCard] = {}
        self._tellings: dict[str, Telling] = {}
        self._by_sentence: dict[tuple[str, str], str] = {}
        self._blocks = Blocks()
        self._scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._made: dict[str, _Component] = {}

    def add(self, coded: CodedReport) -> None:
        """Take in a coded report; one whose id is known already changes nothing."""
        if coded.report.id in self._cards:
            return
        self.copies.add(coded.report)
        self._cards[coded.report.id] = card_of(coded.report)
        for telling in tellings_of(coded):
            self._take(telling)

    def events(self) -> tuple[Event, ...]:
        """All events, in order of time, then id."""
        events: list[Event] = []
        seen: set[str] = set()
        for claim in sorted(self._tellings):
            if claim not in seen:
                linked = component_of(claim, self._scores, self._rulings.bonds)
                component = tuple(one for one in linked if one in self._tellings)
                seen.update(component)
                events.extend(self._events_of(component))
        return _link(events, self._tellings)

    def decisions(self, claim: str) -> tuple[MergeDecision, ...]:
        """Every comparison of a claim with another that shares a block with it, best first, with all reasons.

        Raises KeyError for a claim that was never added or was not told as done.
        """
        telling = self._tellings[claim]
        judged = (judge(telling, self._tellings[other]) for other in self._blocks.beside(telling))
        return tuple(sorted(judged, key=lambda d: (-d.score, d.this, d.that)))

    def report(self, report: str) -> ReportCard:
        """What is kept of a report. Raises KeyError for one that was never added."""
        return self._cards[report]

    # --- taking in ---------------------------------------------------------------------------------------------------

    def _take(self, telling: Telling) -> None:
        claim = telling.claim
        self._tellings[claim.id] = telling
        self._by_sentence[claim.report, claim.evidence.text] = claim.id
        for other in self._blocks.beside(telling):
            score = score_of(telling, self._tellings[other])
            if score > 0:
                self._scores[claim.id][other] = self._scores[other][claim.id] = score
        self._blocks.add(telling)

    # --- making events -----------------------------------------------------------------------------------------------

    def _events_of(self, component: tuple[str, ...]) -> tuple[Event, ...]:
        """The events of a component, made anew only if its claims or their roots have changed."""
        roots = tuple(self._root_of(self._tellings[claim].claim) for claim in component)
        made = self._made.get(component[0])
        if made is None or made.claims != component or made.roots != roots:
            held = held_groups(component, self._rulings)
            groups = cluster(component, self._score_in(len(component)), held)
            made = self._made[component[0]] = _Component(component, roots, self._reconciled(groups))
        return made.events

    def _reconciled(self, groups: Sequence[Sequence[str]]) -> tuple[Event, ...]:
        told = [[self._told(claim) for claim in group] for group in groups]
        events = [reconcile(group, self._scores, self._rulings) for group in told]
        return tuple(self._tell_parted(event, events) for event in events if event is not None)

    def _tell_parted(self, event: Event, events: Sequence[Event | None]) -> Event:
        """The event with a decision for each other one that people took from it."""
        mine = self._parting(event)
        if not mine:
            return event
        others = [self._parting(other) for other in events if other is not None and other is not event]
        found = (parted(mine, other, self._rulings) for other in others)
        return replace(event, decisions=(*event.decisions, *(d for d in found if d is not None)))

    def _parting(self, event: Event) -> list[Telling]:
        return [self._tellings[claim] for claim in event.claims if self._rulings.parts(claim)]

    def _score_in(self, size: int) -> Callable[[str, str], float]:
        not_compared = float(rules()["same_event"]["not_compared"])

        def score(this: str, that: str) -> float:
            if self._rulings.apart(this, that):
                return -inf
            known = self._scores.get(this, {}).get(that)
            if known is not None:
                return known
            return score_of(self._tellings[this], self._tellings[that]) if size <= _ALL_PAIRS else not_compared

        return score

    def _told(self, claim: str) -> Told:
        telling = self._tellings[claim]
        group = self.copies.group_of(telling.claim.report)
        return Told(telling, self._cards[telling.claim.report], self._root_of(telling.claim), group.root)

    def _root_of(self, claim: Claim) -> Root:
        """The root of a claim; where the report is a copy, that of the same sentence in its original."""
        group: CopyGroup = self.copies.group_of(claim.report)
        original = self._by_sentence.get((group.root, claim.evidence.text))
        return root_of(self._tellings[original].claim if original else claim, group.origin)


def _link(events: Sequence[Event], tellings: dict[str, Telling]) -> tuple[Event, ...]:
    """The events with the events that they answer or follow from, as the claims say, in order of time."""
    home = {claim: event.id for event in events for claim in event.claims}
    linked = []
    for event in events:
        causes = {home[c] for claim in event.claims for c in tellings[claim].claim.because_of if c in home}
        linked.append(replace(event, because_of=tuple(sorted(causes - {event.id}))))
    return tuple(sorted(linked, key=lambda e: (e.first or "9999", e.id)))
