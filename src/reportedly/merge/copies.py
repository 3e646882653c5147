"""Which reports are one text: reprints, excerpts and updates, and whose text it was first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportedly.knowledge import read_toml
from reportedly.merge.clusters import component_of
from reportedly.merge.credits import credited_to, fold, publisher_of
from reportedly.merge.shingles import Hashes, Shingles, containment, fingerprints, shingle
from reportedly.records import CopyLink, Report


@dataclass(frozen=True, slots=True)
class Text:
    """What the comparison keeps of a report. `credit` is the folded name of the publisher that it credits, or ""."""

    report: str
    publisher: str
    printed_by: str
    credit: str
    credited: str
    credited_in: str
    published: str
    shingles: Shingles


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

    def __init__(self) -> None:
        self._texts: dict[str, Text] = {}
        self._solid: dict[str, Hashes] = {}
        self._by_fingerprint: dict[int, str | list[str]] = {}
        self._by_paragraph: dict[tuple[str, int], str | list[str]] = {}
        self._furniture: defaultdict[str, set[int]] = defaultdict(set)
        self._links: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._group_of: dict[str, CopyGroup] = {}

    def add(self, report: Report) -> None:
        """Take a report in; one that is known by its id already is left as it is."""
        if report.id in self._texts:
            return
        text = _text_of(report)
        self._texts[report.id] = text
        for mark in fingerprints(text.shingles):
            _post(self._by_fingerprint, mark, report.id)
        changed = sorted(self._note_furniture(text) | {report.id})
        for one in changed:
            self._solid.pop(one, None)
        for one in changed:
            self._relink(one)

    def group_of(self, report: str) -> CopyGroup:
        """The group that a report belongs to, itself included. Raises KeyError for a report that was never added."""
        if report not in self._group_of:
            for members in self._part(component_of(report, self._links)):
                group = _make_group([self._texts[r] for r in members], self._links)
                self._group_of.update(dict.fromkeys(group.reports, group))
        return self._group_of[report]

    def groups(self) -> tuple[CopyGroup, ...]:
        """All groups, in order of their roots."""
        return tuple(sorted({self.group_of(r) for r in self._texts}, key=lambda g: g.root))

    # --- furniture ---------------------------------------------------------------------------------------------------

    def _note_furniture(self, text: Text) -> set[str]:
        """Count the paragraphs of a new text; reports in which a paragraph has just turned out to be furniture."""
        changed: set[str] = set()
        for key in sorted(set(text.shingles.keys)):
            place = (text.publisher, key)
            holders = _post(self._by_paragraph, place, text.report)
            if (
                not text.publisher
                or key in self._furniture[text.publisher]
                or len(holders) < _knobs()["furniture_stories"]
            ):
                continue
            stories = {self._texts[h].shingles.longest_beside(key) for h in holders}
            if len(stories) >= _knobs()["furniture_stories"]:
                self._furniture[text.publisher].add(key)
                changed.update(holders)
        return changed

    def _solid_of(self, report: str) -> Hashes:
        """The shingles of a report without its publisher's furniture."""
        if report not in self._solid:
            text = self._texts[report]
            self._solid[report] = text.shingles.without(frozenset(self._furniture[text.publisher]))
        return self._solid[report]

    # --- pairs -------------------------------------------------------------------------------------------------------

    def _relink(self, report: str) -> None:
        """Compare a report with all that share a fingerprint with it, and forget what was found before."""
        for other in self._links.pop(report, {}):
            self._links[other].pop(report, None)
            self._forget(other)
        self._forget(report)
        for other in sorted(self._sharing(report)):
            share = _copied(self._texts[report], self._texts[other], self._solid_of(report), self._solid_of(other))
            if share is not None:
                self._forget(other)
                self._links[report][other] = self._links[other][report] = share

    def _sharing(self, report: str) -> set[str]:
        found: set[str] = set()
        for mark in fingerprints(self._texts[report].shingles):
            holders = self._by_fingerprint.get(mark, ())
            found.update((holders,) if isinstance(holders, str) else holders)
        return found - {report}

    def _forget(self, report: str) -> None:
        for member in component_of(report, self._links):
            self._group_of.pop(member, None)

    # --- groups ------------------------------------------------------------------------------------------------------

    def _part(self, component: Sequence[str]) -> list[list[str]]:
        """The groups of linked reports: texts of like length first, then each lone excerpt with its best original.

        An excerpt must not bridge: two stories of one agency that both hold the same ten lines are two texts.
        """
        groups = {report: report for report in component}
        for a, b in sorted(self._alike_pairs(component)):
            _unite(groups, a, b)
        sizes = Counter(_top(groups, report) for report in component)
        lone = [report for report in component if sizes[_top(groups, report)] == 1]
        for report in lone:
            wholes = [other for other in self._links.get(report, ()) if self._length(other) > self._length(report)]
            if wholes:
                best = max(wholes, key=lambda other: (self._links[report][other], self._length(other), other))
                _unite(groups, report, best)
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for report in component:
            parts[_top(groups, report)].append(report)
        return list(parts.values())

    def _length(self, report: str) -> int:
        return len(self._texts[report].shingles.hashes)

    def _alike_pairs(self, component: Sequence[str]) -> Iterator[tuple[str, str]]:
        least = float(_knobs()["alike"])
        for one in component:
            for other in self._links.get(one, ()):
                short, long = sorted((len(self._solid_of(one)), len(self._solid_of(other))))
                if one < other and short >= least * long:
                    yield one, other


def _top(groups: dict[str, str], report: str) -> str:
    while groups[report] != report:
        report = groups[report]
    return report


def _unite(groups: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_top(groups, a), _top(groups, b)))
    groups[second] = first


def _post(index: dict[Any, str | list[str]], key: object, report: str) -> list[str]:
    """Add a report to a posting list, which is a bare string as long as it has one entry; the list after that."""
    held = index.get(key)
    if held is None:
        index[key] = report
        return [report]
    if isinstance(held, str):
        held = [held]
        index[key] = held
    if report not in held:
        held.append(report)
    return held


@cache
def _knobs() -> dict[str, Any]:
    return dict(read_toml("merge.toml")["copies"])


def _text_of(report: Report) -> Text:
    publisher, credit = publisher_of(report), credited_to(report)
    return Text(
        report=report.id,
        publisher=fold(publisher.name) if publisher else "",
        printed_by=publisher.name if publisher else "",
        credit=fold(credit[0].name) if credit else "",
        credited=credit[0].name if credit else "",
        credited_in=credit[1] if credit else "",
        published=report.published or "9999",
        shingles=shingle(report.text),
    )


def _copied(a: Text, b: Text, solid_a: Hashes, solid_b: Hashes) -> float | None:
    """The containment of two texts if it makes them copies, else None."""
    share = containment(solid_a, solid_b)
    knobs = _knobs()
    same_credit = bool({a.credit, a.publisher} & {b.credit, b.publisher} - {""}) and bool(a.credit or b.credit)
    enough = knobs["contained_same_credit"] if same_credit else knobs["contained"]
    long_enough = share * min(len(solid_a), len(solid_b)) >= knobs["shared"]
    return share if share >= enough and long_enough else None


# --- whose text it was ---------------------------------------------------------------------------------------------


def _make_group(texts: Sequence[Text], links: dict[str, dict[str, float]]) -> CopyGroup:
    credits = Counter(t.credit for t in texts if t.credit)
    root = min(texts, key=lambda t: _originality(t, credits))
    named = [t for t in texts if t.credit] if root.publisher not in credits else []
    credit = min(credits, key=lambda name: (-credits[name], name)) if named else ""
    origin = next((t.credited for t in named if t.credit == credit), root.printed_by or root.report)
    copies = tuple(_link(t, root, links) for t in texts if t is not root)
    return CopyGroup(root.report, origin, tuple(t.report for t in texts), copies)


def _originality(text: Text, credits: Counter[str]) -> tuple[int, str, int, str]:
    """Smallest for the original: what the others credit, then what credits nobody, then the earliest, the longest."""
    rank = 0 if text.publisher in credits else 1 if not text.credit else 2
    return rank, text.published, -len(text.shingles.hashes), text.report


def _link(text: Text, root: Text, links: dict[str, dict[str, float]]) -> CopyLink:
    a, b = text.shingles.without(frozenset()), root.shingles.without(frozenset())
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
