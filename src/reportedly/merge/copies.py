"""Which reports are one text: reprints, excerpts and updates, and whose text it was first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from reportedly.knowledge import read_toml
from reportedly.merge.clusters import component_of, linked
from reportedly.merge.shelf import Shelf, shelf_in_memory
from reportedly.merge.shingles import Hashes, Shingles, containment, fingerprints
from reportedly.merge.texts import Standing, Text, text_of
from reportedly.records import CopyLink, Report

Shares = Mapping[str, Mapping[str, float]]
"""Report -> other -> which share of the shorter one's text stands in the longer one."""


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Reports that are one text. `root` is the report that was first; `origin` is whose text it is, an agency that no
    report of the group need come from. `links` lead from every other report to the root."""

    root: str
    origin: str
    reports: tuple[str, ...]
    links: tuple[CopyLink, ...]


def find_copies(reports: Iterable[Report]) -> tuple[CopyGroup, ...]:
    """The copy groups of these reports, in order of their roots; a report like no other is a group of its own."""
    index = CopyIndex()
    for report in reports:
        index.add(report)
    return index.groups()


class CopyIndex:
    """Takes one report at a time and knows at any moment which are copies; the order of taking makes no difference."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or shelf_in_memory()
        self._solid: dict[str, Shingles] = {}
        self._distinct: dict[str, Hashes] = {}
        self._stale: set[str] = set()
        self._settled: dict[str, Standing] = {}

    def add(self, report: Report) -> None:
        """Take a report in; one that is known by its id already is left as it is."""
        self.add_all([report])

    def add_all(self, reports: Sequence[Report]) -> None:
        """Take reports in; those that are known by their ids already are left as they are."""
        shelf, ids = self._shelf, [report.id for report in reports]
        known = {*shelf.standings.get_many(ids), *self._stale}
        texts = {report.id: text_of(report) for report in reports if report.id not in known}
        self._foresee(list(texts.values()))
        for id, text in texts.items():
            shelf.texts.put(id, text)
            changed = self._note_furniture(text)
            marks = fingerprints(self._solid_of(id))
            shelf.fingerprints.add(marks, id)
            shelf.sizes.put(id, len(marks))
            for one in sorted({*changed, id}):
                self._relink(one)

    def _foresee(self, texts: Sequence[Text]) -> None:
        """Look up at once all that these texts may be compared with: a shelf remembers what it has looked up."""
        shelf = self._shelf
        marks = sorted({mark for text in texts for mark in text.marks()})
        shelf.furniture.among(marks)
        shelf.paragraphs.holders(marks)
        raw = {text.report: fingerprints(text.shingles) for text in texts}
        held = shelf.fingerprints.holders(sorted({mark for marks in raw.values() for mark in marks}))
        shelf.sizes.get_many(sorted({holder for holders in held.values() for holder in holders}))
        sharing = sorted({other for report, marks in raw.items() for other in self._sharing(report, marks)})
        shelf.copies.of(sorted({*sharing, *(text.report for text in texts)}))
        found = shelf.texts.get_many(sharing).values()
        shelf.furniture.among(sorted({mark for text in found for mark in text.marks()}))

    def settle(self) -> dict[str, Standing]:
        """Decide again whose texts the reports are that anything has happened to; those of whom it has changed."""
        links = linked(self._stale, self._shelf.copies.of)
        stale, self._stale = sorted(self._stale), set()
        found: dict[str, Standing] = {}
        for report in stale:
            if report not in found:
                found.update(self._standings_in(component_of(report, links), links))
        known = self._shelf.standings.get_many(sorted(found))
        changed = {report: standing for report, standing in found.items() if known.get(report) != standing}
        for report, standing in changed.items():
            self._shelf.standings.put(report, standing)
        self._settled.update(changed)
        return changed

    def groups(self) -> tuple[CopyGroup, ...]:
        """The groups of all reports that were added, in order of their roots."""
        self.settle()
        members: defaultdict[str, list[str]] = defaultdict(list)
        for report, standing in sorted(self._settled.items()):
            members[standing.root].append(report)
        return tuple(self._group(root, reports) for root, reports in sorted(members.items()))

    def group_of(self, report: str) -> CopyGroup:
        """The group that a report belongs to, itself included. Raises KeyError for a report that was never added."""
        self.settle()
        root = self._settled[report].root
        return self._group(root, sorted(r for r, standing in self._settled.items() if standing.root == root))

    def _group(self, root: str, reports: Sequence[str]) -> CopyGroup:
        links = (self._settled[report].link for report in reports)
        copies = tuple(link for link in links if link is not None)
        return CopyGroup(root, self._settled[root].origin, tuple(reports), copies)

    # --- furniture ---------------------------------------------------------------------------------------------------

    def _note_furniture(self, text: Text) -> set[str]:
        """Count the paragraphs of a new text; the older reports in which one has just turned out to be furniture."""
        shelf = self._shelf
        found = self._new_furniture(text)
        changed = {holder for holders in found.values() for holder in holders} - {text.report}
        before = {report: set(fingerprints(self._solid_of(report))) for report in sorted(changed)}
        for mark in sorted(found):
            shelf.furniture.add(mark)
        for report, marks in before.items():
            del self._solid[report]
            self._distinct.pop(report, None)
            now = set(fingerprints(self._solid_of(report)))
            shelf.fingerprints.remove(sorted(marks - now), report)
            shelf.fingerprints.add(sorted(now - marks), report)
            shelf.sizes.put(report, len(now))
        return changed

    def _new_furniture(self, text: Text) -> dict[int, Collection[str]]:
        """Marks of paragraphs that the publisher has now printed in three stories -> the reports that have them."""
        shelf, keys, stories = self._shelf, text.marks(), int(_knobs()["furniture_stories"])
        fresh = sorted(keys.keys() - set(shelf.furniture.among(keys)))
        shelf.paragraphs.add(fresh, text.report)
        found = {}
        for mark, holders in sorted(shelf.paragraphs.holders(fresh).items()):
            if len(holders) >= stories:
                texts = shelf.texts.get_many(holders).values()
                if len({one.shingles.longest_beside(keys[mark]) for one in texts}) >= stories:
                    found[mark] = holders
        return found

    def _solid_of(self, report: str) -> Shingles:
        """The shingles of a report without its publisher's furniture."""
        if report not in self._solid:
            text = self._shelf.texts.get_many([report])[report]
            keys = text.marks()
            furniture = frozenset(keys[mark] for mark in self._shelf.furniture.among(keys))
            self._solid[report] = text.shingles.without(furniture)
        return self._solid[report]

    def _distinct_of(self, report: str) -> Hashes:
        """Each of these once, sorted."""
        if report not in self._distinct:
            self._distinct[report] = self._solid_of(report).distinct
        return self._distinct[report]

    # --- pairs -------------------------------------------------------------------------------------------------------

    def _relink(self, report: str) -> None:
        """Compare a report with all that may be copies of it, and forget what was found before."""
        shelf = self._shelf
        self._stale.update([report], shelf.copies.of([report]).get(report, ()))
        shelf.copies.drop(report)
        sharing = self._sharing(report, fingerprints(self._solid_of(report)))
        texts = shelf.texts.get_many(sorted({*sharing, report}))
        for other in _sharing_much(texts[report], [texts[other] for other in sharing]):
            share = _copied(texts[report], texts[other], self._distinct_of(report), self._distinct_of(other))
            if share is not None:
                self._stale.add(other)
                shelf.copies.put(report, other, share)

    def _sharing(self, report: str, marks: Collection[int]) -> list[str]:
        """The reports that share enough of these fingerprints of a report, or enough of their own, to be compared."""
        held = self._shelf.fingerprints.holders(marks).values()
        shared = Counter(holder for holders in held for holder in holders)
        del shared[report]
        sizes = self._shelf.sizes.get_many(sorted(shared))
        needed = [_hints_needed(size) for size in range(len(marks) + 1)]
        return sorted(o for o, n in shared.items() if n >= needed[min(sizes[o], len(marks))])

    # --- groups ------------------------------------------------------------------------------------------------------

    def _standings_in(self, component: Sequence[str], links: Shares) -> dict[str, Standing]:
        texts = self._shelf.texts.get_many(component)
        found: dict[str, Standing] = {}
        for members in self._part(component, links, texts):
            found.update(_standings([texts[report] for report in members], links))
        return found

    def _part(self, component: Sequence[str], links: Shares, texts: Mapping[str, Text]) -> list[list[str]]:
        """The groups of linked reports: texts of like length first, then each lone excerpt with its best original.

        An excerpt must not bridge: two stories of one agency that both hold the same ten lines are two texts.
        """
        if len(component) == 1:
            return [list(component)]
        groups = {report: report for report in component}
        lengths = {report: len(texts[report].shingles.hashes) for report in component}
        for a, b in sorted(self._alike_pairs(component, links)):
            _unite(groups, a, b)
        sizes = Counter(_top(groups, report) for report in component)
        lone = [report for report in component if sizes[_top(groups, report)] == 1]
        for report in lone:
            wholes = [other for other in links.get(report, ()) if lengths[other] > lengths[report]]
            if wholes:
                best = max(wholes, key=lambda other: (links[report][other], lengths[other], other))
                _unite(groups, report, best)
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for report in component:
            parts[_top(groups, report)].append(report)
        return list(parts.values())

    def _alike_pairs(self, component: Sequence[str], links: Shares) -> Iterator[tuple[str, str]]:
        least = float(_knobs()["alike"])
        for one in component:
            for other in links.get(one, ()):
                short, long = sorted(len(self._distinct_of(report)) for report in (one, other))
                if one < other and short >= least * long:
                    yield one, other


def _top(groups: dict[str, str], report: str) -> str:
    while groups[report] != report:
        report = groups[report]
    return report


def _unite(groups: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_top(groups, a), _top(groups, b)))
    groups[second] = first


@cache
def _knobs() -> dict[str, Any]:
    return dict(read_toml("merge.toml")["copies"])


def _hints_needed(size: int) -> float:
    """How many fingerprints must be shared to be compared with a text that has so many."""
    knobs = _knobs()
    return max(float(knobs["hinted"]) * size, 1 if size < knobs["lone_hint_below"] else 2)


def _sharing_much(text: Text, others: Sequence[Text]) -> list[str]:
    """Those that share as many shingles with the text as copies do at the least, furniture and all."""
    mine = text.shingles.distinct
    if not others or not len(mine):
        return []
    theirs = np.concatenate([other.shingles.hashes for other in others])
    shared = mine[np.searchsorted(mine, theirs).clip(max=len(mine) - 1)] == theirs
    starts = np.cumsum([0, *(len(other.shingles.hashes) for other in others)])[:-1]
    return [
        other.report
        for other, count in zip(others, np.add.reduceat(shared, starts, dtype=int).tolist(), strict=True)
        if count >= _knobs()["shared"]
    ]


def _copied(a: Text, b: Text, solid_a: Hashes, solid_b: Hashes) -> float | None:
    """The containment of two texts if it makes them copies, else None."""
    share = containment(solid_a, solid_b)
    knobs = _knobs()
    same_credit = bool({a.credit, a.publisher} & {b.credit, b.publisher} - {""}) and bool(a.credit or b.credit)
    enough = knobs["contained_same_credit"] if same_credit else knobs["contained"]
    long_enough = share * min(len(solid_a), len(solid_b)) >= knobs["shared"]
    return share if share >= enough and long_enough else None


# --- whose text it was ---------------------------------------------------------------------------------------------


def _standings(texts: Sequence[Text], links: Shares) -> dict[str, Standing]:
    credits = Counter(t.credit for t in texts if t.credit)
    root = min(texts, key=lambda t: _originality(t, credits))
    named = [t for t in texts if t.credit] if root.publisher not in credits else []
    credit = min(credits, key=lambda name: (-credits[name], name)) if named else ""
    origin = next((t.credited for t in named if t.credit == credit), root.printed_by or root.report)
    return {t.report: Standing(root.report, origin, None if t is root else _link(t, root, links)) for t in texts}


def _originality(text: Text, credits: Counter[str]) -> tuple[int, str, int, str]:
    """Smallest for the original: what the others credit, then what credits nobody, then the earliest, the longest."""
    rank = 0 if text.publisher in credits else 1 if not text.credit else 2
    return rank, text.published, -len(text.shingles.hashes), text.report


def _link(text: Text, root: Text, links: Shares) -> CopyLink:
    a, b = text.shingles.distinct, root.shingles.distinct
    share = links.get(text.report, {}).get(root.report) or containment(a, b)
    because = [f"{share:.0%} of the shorter text's word 5-grams stand in the longer one"]
    if text.credit:
        because.append(f"credits {text.credited} in its {text.credited_in}")
    if root.published < text.published != "9999":
        because.append(f"published after {root.published}")
    return CopyLink(text.report, root.report, _kind(len(a), len(b), share), round(share, 3), tuple(because))


def _kind(size: int, root_size: int, share: float) -> Literal["reprint", "excerpt", "update"]:
    """An excerpt leaves out, an update adds; a reprint does neither to speak of."""
    most = float(_knobs()["most"])
    shared = share * min(size, root_size)
    if shared >= most * root_size:
        return "reprint" if shared >= most * size else "update"
    return "excerpt" if shared >= most * size else "update"
