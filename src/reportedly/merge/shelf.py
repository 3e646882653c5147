"""What merging remembers from one report to the next, and where: in memory, as here, or wherever else it is kept.

Everything is asked for many at a time, so that a database answers in few queries. Nothing here judges anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from reportedly.merge.tellings import ReportCard, Telling
from reportedly.merge.texts import Standing, Text
from reportedly.records import Claim, Event

Value = TypeVar("Value")


class Records(Protocol[Value]):
    """Values by id."""

    def get_many(self, ids: Collection[str]) -> Mapping[str, Value]:
        """Those of the ids that are known."""

    def put(self, id: str, value: Value) -> None:
        """Keep a value, in the place of an older one."""

    def remove(self, id: str) -> None:
        """Forget it."""


class Postings(Protocol):
    """Who holds a mark: reports their fingerprints, claims their blocks."""

    def holders(self, marks: Collection[int]) -> Mapping[int, Collection[str]]:
        """Mark -> all who hold it; marks that nobody holds are left out."""

    def add(self, marks: Iterable[int], holder: str) -> None:
        """These marks are held, too; each mark of a holder is added once."""

    def remove(self, marks: Iterable[int], holder: str) -> None:
        """These marks are held no more."""


class Links(Protocol):
    """Numbers of pairs of ids."""

    def of(self, ids: Collection[str]) -> Mapping[str, Mapping[str, float]]:
        """Id -> other -> number; ids without any are left out."""

    def put(self, one: str, other: str, number: float) -> None:
        """Link a pair that is not linked."""

    def drop(self, one: str) -> None:
        """Undo all links of an id."""


class Marks(Protocol):
    """A set of marks."""

    def among(self, marks: Collection[int]) -> Collection[int]:
        """Those of these that are in it."""

    def add(self, mark: int) -> None:
        """Put one in."""


class Tellings(Records[Telling], Protocol):
    """Tellings by the ids of their claims."""

    def of_reports(self, reports: Collection[str]) -> Mapping[str, tuple[Telling, ...]]:
        """Report -> its tellings, in text order; reports without any are left out."""


class Events(Records[Event], Protocol):
    """The events as they were last made."""

    def homes(self, claims: Collection[str]) -> Mapping[str, str]:
        """Claim -> the event that it is in; claims that are in none are left out."""

    def members(self, ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Event -> its claims, in its order."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is remembered. `standings` are by report, as are `sizes`, how many fingerprints it has; `claims` are as
    people judged them."""

    texts: Records[Text]
    fingerprints: Postings
    sizes: Records[int]
    paragraphs: Postings
    furniture: Marks
    copies: Links
    standings: Records[Standing]
    cards: Records[ReportCard]
    claims: Records[Claim]
    tellings: Tellings
    blocks: Postings
    likenesses: Links
    events: Events


def shelf_in_memory() -> Shelf:
    """An empty shelf that forgets all when the process ends."""
    return Shelf(
        texts=RecordsInMemory(),
        fingerprints=PostingsInMemory(),
        sizes=RecordsInMemory(),
        paragraphs=PostingsInMemory(),
        furniture=MarksInMemory(),
        copies=LinksInMemory(),
        standings=RecordsInMemory(),
        cards=RecordsInMemory(),
        claims=RecordsInMemory(),
        tellings=TellingsInMemory(),
        blocks=PostingsInMemory(),
        likenesses=LinksInMemory(),
        events=EventsInMemory(),
    )


class RecordsInMemory(Generic[Value]):
    """Values in a dictionary."""

    def __init__(self) -> None:
        self._values: dict[str, Value] = {}

    def get_many(self, ids: Collection[str]) -> dict[str, Value]:
        """See `Records`."""
        return {id: self._values[id] for id in ids if id in self._values}

    def put(self, id: str, value: Value) -> None:
        """See `Records`."""
        self._values[id] = value

    def remove(self, id: str) -> None:
        """See `Records`."""
        self._values.pop(id, None)

    def all(self) -> list[Value]:
        """Every value."""
        return list(self._values.values())


class TellingsInMemory(RecordsInMemory[Telling]):
    """Tellings, also by report."""

    def __init__(self) -> None:
        super().__init__()
        self._by_report: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def put(self, id: str, value: Telling) -> None:
        """See `Records`."""
        super().put(id, value)
        self._by_report[value.report][id] = None

    def remove(self, id: str) -> None:
        """See `Records`."""
        self._by_report[self._values[id].report].pop(id)
        super().remove(id)

    def of_reports(self, reports: Collection[str]) -> dict[str, tuple[Telling, ...]]:
        """See `Tellings`."""
        found = {r: tuple(self._values[id] for id in self._by_report[r]) for r in reports if r in self._by_report}
        return {report: tuple(sorted(tellings, key=in_text)) for report, tellings in found.items()}


def in_text(telling: Telling) -> tuple[int, int, str]:
    """Where a telling stands in its report, to sort by."""
    return telling.start, telling.end, telling.id


class EventsInMemory(RecordsInMemory[Event]):
    """Events, also by claim."""

    def __init__(self) -> None:
        super().__init__()
        self._homes: dict[str, str] = {}

    def put(self, id: str, value: Event) -> None:
        """See `Records`."""
        super().put(id, value)
        self._homes.update(dict.fromkeys(value.claims, id))

    def remove(self, id: str) -> None:
        """See `Records`."""
        for claim in self._values[id].claims:
            if self._homes.get(claim) == id:
                del self._homes[claim]
        super().remove(id)

    def homes(self, claims: Collection[str]) -> dict[str, str]:
        """See `Events`."""
        return {claim: self._homes[claim] for claim in claims if claim in self._homes}

    def members(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """See `Events`."""
        return {id: self._values[id].claims for id in ids if id in self._values}


class PostingsInMemory:
    """Holders by mark."""

    def __init__(self) -> None:
        self._holders: defaultdict[int, dict[str, None]] = defaultdict(dict)

    def holders(self, marks: Collection[int]) -> dict[int, Collection[str]]:
        """See `Postings`."""
        return {mark: self._holders[mark] for mark in marks if mark in self._holders}

    def add(self, marks: Iterable[int], holder: str) -> None:
        """See `Postings`."""
        for mark in marks:
            self._holders[mark][holder] = None

    def remove(self, marks: Iterable[int], holder: str) -> None:
        """See `Postings`."""
        for mark in marks:
            self._holders[mark].pop(holder)


class LinksInMemory:
    """Linked pairs, kept both ways."""

    def __init__(self) -> None:
        self._links: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def of(self, ids: Collection[str]) -> dict[str, dict[str, float]]:
        """See `Links`."""
        return {id: self._links[id] for id in ids if self._links.get(id)}

    def put(self, one: str, other: str, number: float) -> None:
        """See `Links`."""
        self._links[one][other] = self._links[other][one] = number

    def drop(self, one: str) -> None:
        """See `Links`."""
        for other in self._links.pop(one, {}):
            self._links[other].pop(one)


class MarksInMemory:
    """A set."""

    def __init__(self) -> None:
        self._marks: set[int] = set()

    def among(self, marks: Collection[int]) -> set[int]:
        """See `Marks`."""
        return self._marks.intersection(marks)

    def add(self, mark: int) -> None:
        """See `Marks`."""
        self._marks.add(mark)
