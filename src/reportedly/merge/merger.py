"""Takes coded reports one at a time and knows the events at any moment, the same ones whatever the order.

A report that comes in joins events, founds some, or bridges two. What it does not touch is not looked at again, so that
taking one in costs the same in a large archive as in a small one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf

from reportedly.merge.candidates import keys_of
from reportedly.merge.clusters import cluster, component_of, linked
from reportedly.merge.copies import CopyIndex
from reportedly.merge.reconcile import parted, reconcile
from reportedly.merge.roots import root_of
from reportedly.merge.rulings import Ruling, Rulings, held_groups
from reportedly.merge.same_event import judge, likeness, score_of
from reportedly.merge.shelf import EventsInMemory, Shelf, shelf_in_memory
from reportedly.merge.tellings import ReportCard, Telling, card_of, rules, tellings_of
from reportedly.merge.texts import Standing
from reportedly.merge.told import Told
from reportedly.records import Claim, CodedReport, Event, MergeDecision

_ALL_PAIRS = 120  # components up to this size are compared pair by pair, larger ones only where a block is shared
Scores = Mapping[str, Mapping[str, float]]


class Merger:
    """Claims in, events out; what it remembers lies on a shelf."""

    def __init__(self, rulings: Sequence[Ruling] = (), shelf: Shelf | None = None) -> None:
        """`rulings` are what people have said of claims that are one act or two, oldest first."""
        self.shelf = shelf or shelf_in_memory()
        self.copies = CopyIndex(self.shelf)
        self._rulings = Rulings(rulings)
        self._renewed: set[str] = set()  # reports
        self._touched: set[str] = set()  # claims whose events must be made again
        self._lost: set[str] = set()  # claims that are no more

    def add(self, coded: CodedReport) -> None:
        """Take in a coded report; one whose id is known already changes nothing."""
        if not self.shelf.cards.get_many([coded.report.id]):
            self.renew([coded])

    def renew(self, reports: Sequence[CodedReport]) -> None:
        """Take in reports, or take them in again with other claims than they had. Their texts stay as they were."""
        shelf, ids = self.shelf, [coded.report.id for coded in reports]
        self.copies.add_all([coded.report for coded in reports])
        told = {coded.report.id: tellings_of(coded) for coded in reports}
        known = shelf.tellings.of_reports(ids)
        self._foresee([telling for tellings in told.values() for telling in tellings])
        for coded in reports:
            shelf.cards.put(coded.report.id, card_of(coded.report))
            self._exchange(known.get(coded.report.id, ()), told[coded.report.id])
            tells = {telling.id for telling in told[coded.report.id]}
            for claim in coded.claims:
                if claim.id in tells:
                    shelf.claims.put(claim.id, claim)
        self._renewed.update(ids)

    def events(self) -> tuple[Event, ...]:
        """All events, in order of time, then id; of a merger whose shelf is in memory."""
        self.settle()
        assert isinstance(self.shelf.events, EventsInMemory)
        return tuple(sorted(self.shelf.events.all(), key=lambda e: (e.first or "9999", e.id)))

    def decisions(self, claim: str) -> tuple[MergeDecision, ...]:
        """Every comparison of a claim with another that shares a block with it, best first, with all reasons.

        Raises KeyError for a claim that was never added or was not told as done.
        """
        telling = self.shelf.tellings.get_many([claim])[claim]
        judged = (judge(telling, other) for other in self._beside(telling))
        return tuple(sorted(judged, key=lambda d: (-d.score, d.this, d.that)))

    # --- taking in ---------------------------------------------------------------------------------------------------

    def _foresee(self, tellings: Sequence[Telling]) -> None:
        """Look up at once all that these tellings may be compared with: a shelf remembers what it has looked up."""
        shelf = self.shelf
        held = shelf.blocks.holders(sorted({key for telling in tellings for key in keys_of(telling)}))
        shelf.tellings.get_many(sorted({claim for claims in held.values() for claim in claims}))

    def _exchange(self, known: Sequence[Telling], told: Sequence[Telling]) -> None:
        """Put the tellings of a report in the place of those that it had."""
        old = {telling.id: telling for telling in known}
        new = {telling.id: telling for telling in told}
        for telling in old.values():
            if new.get(telling.id) != telling:
                self._take_out(telling)
        for telling in new.values():
            if old.get(telling.id) != telling:
                self._take_in(telling)
        self._touched.update(new)

    def _take_in(self, telling: Telling) -> None:
        shelf = self.shelf
        for other in self._beside(telling):
            score = likeness(telling, other)
            if score is not None:
                shelf.likenesses.put(telling.id, other.id, score)
        shelf.tellings.put(telling.id, telling)
        shelf.blocks.add(sorted(keys_of(telling)), telling.id)
        self._lost.discard(telling.id)

    def _take_out(self, telling: Telling) -> None:
        shelf, claim = self.shelf, telling.id
        self._touched.update(shelf.likenesses.of([claim]).get(claim, ()))
        shelf.likenesses.drop(claim)
        shelf.blocks.remove(sorted(keys_of(telling)), claim)
        shelf.tellings.remove(claim)
        shelf.claims.remove(claim)
        self._lost.add(claim)

    def _beside(self, telling: Telling) -> list[Telling]:
        """The tellings that share a block with this one, itself left out."""
        held = self.shelf.blocks.holders(sorted(keys_of(telling)))
        ids = {claim for claims in held.values() for claim in claims} - {telling.id}
        found = self.shelf.tellings.get_many(sorted(ids))
        return [found[id] for id in sorted(found)]

    # --- making events -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Make the events again that anything has happened to."""
        shelf = self.shelf
        touched = self._all_touched(self.copies.settle())
        links = linked(touched, self._neighbours)
        tellings = shelf.tellings.get_many(sorted(links))
        homes = shelf.events.homes(sorted({*links, *self._lost}))
        members = shelf.events.members(sorted(set(homes.values())))
        scores = {one: {o: s for o, s in others.items() if s > 0} for one, others in links.items()}
        kept, made = set[str](), list[Event]()
        for component in _components(tellings, links):
            groups = self._groups(component, tellings, scores)
            same = {group: self._unchanged(group, homes, members, touched) for group in groups}
            kept.update(home for home in same.values() if home is not None)
            made += self._make([group for group in groups if same[group] is None], groups, tellings, scores)
        self._put(made, gone=sorted(members.keys() - kept), homes=homes)
        self._renewed, self._touched, self._lost = set(), set(), set()

    def _all_touched(self, moved: Mapping[str, Standing]) -> set[str]:
        """The claims that came in, those whose report is another one's copy now, and those whose event lost a claim."""
        shelf = self.shelf
        copies = linked(self._renewed, shelf.copies.of)
        standings = shelf.standings.get_many(sorted(copies))
        of_root = {report for report, standing in standings.items() if standing.root in self._renewed}
        told = shelf.tellings.of_reports(sorted({*moved, *of_root})).values()
        mourning = shelf.events.members(sorted(set(shelf.events.homes(sorted(self._lost)).values()))).values()
        touched = {*self._touched, *(t.id for many in told for t in many), *(c for many in mourning for c in many)}
        return set(shelf.tellings.get_many(sorted(touched)))

    def _neighbours(self, claims: Collection[str]) -> dict[str, dict[str, float]]:
        """Claim -> those that are like it, or that people put with it; the number of these is 0."""
        found = {claim: dict(others) for claim, others in self.shelf.likenesses.of(claims).items()}
        for claim in claims:
            for other in self._rulings.bonds.get(claim, ()):
                if other != claim:
                    found.setdefault(claim, {}).setdefault(other, 0.0)
        return found

    def _groups(
        self, component: Sequence[str], tellings: Mapping[str, Telling], scores: Scores
    ) -> list[tuple[str, ...]]:
        not_compared = float(rules()["same_event"]["not_compared"])

        def score(this: str, that: str) -> float:
            if self._rulings.apart(this, that):
                return -inf
            known = scores.get(this, {}).get(that)
            if known is not None:
                return known
            return score_of(tellings[this], tellings[that]) if len(component) <= _ALL_PAIRS else not_compared

        held = held_groups(component, self._rulings)
        return [tuple(group) for group in cluster(component, score, held)]

    def _unchanged(
        self,
        group: tuple[str, ...],
        homes: Mapping[str, str],
        members: Mapping[str, tuple[str, ...]],
        touched: Collection[str],
    ) -> str | None:
        """The event that these claims are already, if nothing has happened to any of them."""
        home = homes.get(group[0])
        if home is None or tuple(sorted(members[home])) != group or not touched.isdisjoint(group):  # type: ignore[attr-defined]
            return None
        return None if any(self._rulings.parts(claim) for claim in group) else home

    def _make(
        self,
        groups: Sequence[tuple[str, ...]],
        all_groups: Sequence[tuple[str, ...]],
        tellings: Mapping[str, Telling],
        scores: Scores,
    ) -> list[Event]:
        told = self._told([tellings[claim] for group in groups for claim in group])
        made = []
        for group in ([claim for claim in group if claim in told] for group in groups):
            event = reconcile([told[claim] for claim in group], scores, self._rulings) if group else None
            if event is not None:
                others = [other for other in all_groups if group[0] not in other]
                made.append(self._tell_parted(event, others, tellings))
        return made

    def _tell_parted(self, event: Event, others: Iterable[Sequence[str]], tellings: Mapping[str, Telling]) -> Event:
        """The event with a decision for each other one that people took from it."""
        mine = [tellings[claim] for claim in event.claims if self._rulings.parts(claim)]
        if not mine:
            return event
        theirs = ([tellings[claim] for claim in other if self._rulings.parts(claim)] for other in others)
        found = (parted(mine, other, self._rulings) for other in theirs)
        return replace(event, decisions=(*event.decisions, *(d for d in found if d is not None)))

    # --- whose word it is --------------------------------------------------------------------------------------------

    def _told(self, tellings: Sequence[Telling]) -> dict[str, Told]:
        """Claim -> all that its event needs to know of it.

        A claim is left out if its report was coded anew and still waits: the claim is gone, its telling will be.
        """
        shelf = self.shelf
        reports = sorted({telling.report for telling in tellings})
        cards, standings = shelf.cards.get_many(reports), shelf.standings.get_many(reports)
        originals = self._originals(tellings, standings)
        claims = shelf.claims.get_many(sorted({*(telling.id for telling in tellings), *originals.values()}))
        return {
            telling.id: self._told_one(telling, cards[telling.report], standings[telling.report], originals, claims)
            for telling in tellings
            if telling.id in claims
        }

    def _told_one(
        self,
        telling: Telling,
        card: ReportCard,
        standing: Standing,
        originals: Mapping[str, str],
        claims: Mapping[str, Claim],
    ) -> Told:
        original = claims.get(originals.get(telling.id, telling.id), claims[telling.id])
        root = root_of(original, standing.origin)
        return Told(claims[telling.id], telling, card, root, standing.root)

    def _originals(self, tellings: Sequence[Telling], standings: Mapping[str, Standing]) -> dict[str, str]:
        """Claim of a copy -> the claim of the same sentence in the report whose text it is."""
        roots = {telling.report: standings[telling.report].root for telling in tellings}
        copied = sorted({root for report, root in roots.items() if root != report})
        told = self.shelf.tellings.of_reports(copied)
        found = {}
        for telling in tellings:
            if roots[telling.report] != telling.report:
                same = [one for one in told.get(roots[telling.report], ()) if one.sentence == telling.sentence]
                if same:
                    found[telling.id] = min(same, key=lambda one, t=telling: _unlike(one, t)).id  # type: ignore[misc]
        return found

    # --- keeping them ------------------------------------------------------------------------------------------------

    def _put(self, made: Sequence[Event], *, gone: Sequence[str], homes: Mapping[str, str]) -> None:
        """Keep the events, each with those that it answers or follows from, as the claims say."""
        shelf = self.shelf
        for id in gone:
            shelf.events.remove(id)
        for event in made:
            shelf.events.put(event.id, event)
        now = {claim: event.id for event in made for claim in event.claims}
        moved = {claim for claim in {*homes, *now} if homes.get(claim) != now.get(claim, homes.get(claim))}
        moved |= {claim for claim, home in homes.items() if home in gone and claim not in now}
        self._link_anew({event.id for event in made}, moved)

    def _link_anew(self, made: Collection[str], moved: Collection[str]) -> None:
        """Tell the events that were made, and those that point at claims which moved, what they come after."""
        shelf = self.shelf
        reports = {telling.report for telling in shelf.tellings.get_many(sorted(moved)).values()}
        reports |= self._renewed
        beside = [telling.id for many in shelf.tellings.of_reports(sorted(reports)).values() for telling in many]
        events = {*made, *shelf.events.homes(beside).values()}
        members = shelf.events.members(sorted(events))
        tellings = shelf.tellings.get_many(sorted({claim for claims in members.values() for claim in claims}))
        causes = {one.id: one.because_of for one in tellings.values()}
        homes = shelf.events.homes(sorted({cause for many in causes.values() for cause in many}))
        for id, event in shelf.events.get_many(sorted(events)).items():
            found = {homes[cause] for claim in event.claims for cause in causes.get(claim, ()) if cause in homes}
            because_of = tuple(sorted(found - {id}))
            if because_of != event.because_of:
                shelf.events.put(id, replace(event, because_of=because_of))


def _components(tellings: Mapping[str, Telling], links: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, ...]]:
    """The claims that hang together, in order; a claim that people named but that tells nothing now is passed over."""
    seen: set[str] = set()
    for claim in sorted(tellings):
        if claim not in seen:
            component = component_of(claim, links)
            seen.update(component)
            yield tuple(one for one in component if one in tellings)


def _unlike(one: Telling, other: Telling) -> tuple[bool, bool, str]:
    """Smallest for the same claim of a sentence that holds several."""
    return one.event != other.event, one.offset != other.offset, one.id
