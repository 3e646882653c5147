"""Reads the actor tables of `data/` (and a user's own) into entries: who there is, by which names, in which roles when.

Every table is tab-separated with a header; `docs/knowledge.md` describes the columns. Cells hold lists with `|`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from reportedly.errors import KnowledgeBroken
from reportedly.knowledge import DATA
from reportedly.records import Actor
from reportedly.resolve.names import fold

Kind = Literal["person", "group", "state", "role"]
PublisherKind = Literal["agency", "newspaper", "broadcaster", "magazine", "website", "state_media"]

GROUP_FILES = (
    "actors_institutions.tsv",
    "organisations.tsv",
    "armed_groups.tsv",
    "parties.tsv",
    "ships_bases.tsv",
)
PERSON_FILES = ("leaders.tsv", "leaders_ministers.tsv", "actors_persons.tsv")
OLD_MEMBERS = "leaders_phoenix.tsv"
_NO_WORD = re.compile(r"[\W_]+")
FOREVER = date.max
BEFORE = date.min


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was from `first` to `last` (both inclusive). `head` marks heads of state or government."""

    country: str | None
    sector: str | None
    office: str
    first: date
    last: date
    head: bool = False

    def covers(self, day: date) -> bool:
        """Whether the role was held on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Tie:
    """A lasting tie to another entry: part_of, led_by, backed_by, ally_of, split_from, renamed."""

    kind: str
    other: str
    first: date = BEFORE
    last: date = FOREVER


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of knowledge: an actor with its names, dated roles and ties, and the file that says so.

    `what` is the finer sort: country, group, party, institution, organisation, force, ship, base, person, publisher.
    """

    id: str
    name: str
    kind: Kind
    what: str
    country: str | None
    sector: str | None
    aliases: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    ties: tuple[Tie, ...] = ()
    source: str = ""

    def role_on(self, day: date | None) -> Role | None:
        """The role held on that day, a head's before others.

        Where none was held: PLOVER's ELI (former official) once the last has ended; None before the first.
        Without a day, the latest role.
        """
        if not self.roles:
            return None
        if day is None:
            return max(self.roles, key=lambda r: (r.last, r.first))
        held = [r for r in self.roles if r.covers(day)]
        if held:
            return max(held, key=lambda r: (r.head, r.first))
        past = [r for r in self.roles if r.last < day]
        if not past:
            return None
        latest = max(past, key=lambda r: r.last)
        sector = latest.sector if latest.sector not in {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"} else "ELI"
        return Role(latest.country, sector, f"former {latest.office}", latest.last, FOREVER)

    def actor(self, day: date | None = None) -> Actor:
        """The actor as of that day."""
        role = self.role_on(day)
        if role is None:
            return Actor(self.id, self.name, self.country, self.sector, self.kind)
        return Actor(self.id, self.name, role.country, role.sector, self.kind)


@dataclass(frozen=True, slots=True)
class Country:
    """A state or a territory with a name of its own. Lists are empty where nothing is known."""

    iso3: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes news. `party_to` names whose voice it is: "state:RUS" or the id of a group, None if nobody's."""

    name: str
    kind: PublisherKind
    country: str | None
    party_to: str | None = None
    id: str = ""


@dataclass(slots=True)
class RawPerson:
    """A person's lines as read; `Entry` is made when somebody asks."""

    id: str
    names: list[str]
    source: str
    lines: list[tuple[str, str, str, str]] = field(default_factory=list)  # iso3, office or sector, from, to
    packed: str = ""  # the same in one cell, "iso3,office,from,to|..."; `make_person` unpacks it


def slug(name: str) -> str:
    """A name as an id: "Hay'at Tahrir al-Sham" -> "hayat-tahrir-al-sham"."""
    return _NO_WORD.sub("-", fold(name)).strip("-")


def cells(text: str) -> tuple[str, ...]:
    """The items of a list cell."""
    return tuple(item.strip() for item in text.split("|") if item.strip())


@lru_cache(maxsize=8192)
def first_day(text: str) -> date:
    """The first day of "1994", "1994-05" or "1994-05-10"; the beginning of time for ""."""
    if not text:
        return BEFORE
    year, month, day = ([int(p) for p in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


@lru_cache(maxsize=8192)
def last_day(text: str) -> date:
    """The last day of "1994", "1994-05" or "1994-05-10"; the end of time for ""."""
    if not text:
        return FOREVER
    parts = [int(p) for p in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Rows of a table, header left out, padded to `columns` cells (rows may leave out empty cells at the end).

    Raises KnowledgeBroken if the file is missing or no UTF-8, has no header, or a row has too many cells.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeBroken(f"no knowledge file {path}", hint="check the path, or reinstall reportedly") from None
    except UnicodeDecodeError:
        raise KnowledgeBroken(f"{path} is not UTF-8", hint="save it as UTF-8") from None
    header = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line[0] == "#":
            continue
        row = line.rstrip("\r").split("\t")
        if header and len(row) < 2:
            hint = "begin with a line that names the columns, separated by single tabs"
            raise KnowledgeBroken(f"{path}:{number}: it has no header", hint=hint)
        if header:
            header = False
            continue
        if len(row) > columns:
            raise KnowledgeBroken(f"{path}:{number}: {len(row)} cells, {columns} expected", hint="separate by one tab")
        yield row if len(row) == columns else row + [""] * (columns - len(row))


@cache
def offices() -> dict[str, tuple[str, bool]]:
    """Sector and whether it leads the country, for each office."""
    return {r[0]: (r[1], r[2] == "head") for r in read_rows(DATA / "leaders_offices.tsv", 3)}


def read_countries() -> list[Country]:
    """All countries, in the order of the file."""
    return [
        Country(r[0], r[1], cells(r[2]), cells(r[3]), cells(r[4]), cells(r[5]))
        for r in read_rows(DATA / "countries.tsv", 6)
    ]


def read_groups(path: Path) -> Iterator[Entry]:
    """Groups, parties, institutions, organisations, ships and bases, in the order of the file."""
    for r in read_rows(path, 7):
        if not r[1]:
            raise KnowledgeBroken(f"{path}: the entry {r[0]!r} has no name", hint="its second cell is the name")
        kind: Kind = "person" if r[5] == "person" else "group"
        yield Entry(
            id=r[0] or slug(r[1]),
            name=r[1],
            kind=kind,
            what=r[5] or "group",
            country=r[3] or None,
            sector=r[4] or None,
            aliases=cells(r[2]),
            ties=_ties(r[6], path) if r[6] else (),
            source=path.name,
        )


def _ties(text: str, path: Path) -> tuple[Tie, ...]:
    """Ties written `kind:other@from..to; kind:other`."""
    ties = []
    for item in text.split(";"):
        kind, colon, rest = item.strip().partition(":")
        if not colon:
            raise KnowledgeBroken(f"{path}: no tie: {item!r}", hint="write kind:other-id@from..to")
        other, _, days = rest.partition("@")
        first, _, last = days.partition("..")
        ties.append(Tie(kind, other, first_day(first), last_day(last)))
    return tuple(ties)


def read_persons(path: Path, persons: dict[str, RawPerson]) -> None:
    """Adds a file's office holders to `persons`, keyed by id. A name that stands twice, spelt alike, is one person."""
    for iso3, name, office, first, last in read_rows(path, 5):
        main, _, more = name.partition("|")
        pid = slug(main)
        known = persons.get(pid)
        if known is None:
            known = persons[pid] = RawPerson(pid, [main], path.name)
        known.names.extend(n for n in cells(more) if n not in known.names)
        known.lines.append((iso3, office, first, last))


def make_person(raw: RawPerson) -> Entry:
    """The entry for a person. Raises KnowledgeBroken for an office that the offices table lacks."""
    roles = []
    packed = [tuple(line.split(",")) for line in cells(raw.packed)]
    for iso3, office, first, last in (*raw.lines, *packed):
        if office not in offices():
            raise KnowledgeBroken(f"{raw.source}: unknown office {office!r}", hint="add it to leaders_offices.tsv")
        sector, head = offices()[office]
        roles.append(Role(iso3 if len(iso3) == 3 else None, sector, office, first_day(first), last_day(last), head))
    country = next((role.country for role in reversed(roles) if role.country), None)
    return Entry(
        raw.id, raw.names[0], "person", "person", country, None, tuple(raw.names[1:]), tuple(roles), (), raw.source
    )


def read_publishers() -> Iterator[tuple[Publisher, tuple[str, ...], tuple[str, ...]]]:
    """Publishers with their other names and their domains."""
    for r in read_rows(DATA / "publishers.tsv", 6):
        kind: PublisherKind = r[3]  # type: ignore[assignment]
        yield Publisher(r[0], kind, r[4] or None, r[5] or None, slug(r[0])), cells(r[1]), cells(r[2])
