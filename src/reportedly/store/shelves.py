"""What merging remembers, in tables: the shelf of `merge.shelf`, without knowing what it is about.

Each class answers from the tables and from what has changed since; `flush` writes the changes. One is made for one
transaction, so nobody else changes the tables meanwhile, and what was read once need not be read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, delete, func, select

from reportedly.pages import pages
from reportedly.store.rows import Values

Value = TypeVar("Value")
_PAGE = 500


class Numbers:
    """The numbers that a table gives to ids; `table` has the columns `number` and `name`."""

    def __init__(self, connection: Connection, table: Table, name: str) -> None:
        self._connection = connection
        self.table = table
        self.name: Column[Any] = table.c[name]
        self._query = select(self.name, table.c.number).where(_among(self.name))
        self._numbers: dict[str, int] = {}
        self._next: int | None = None

    def of(self, ids: Collection[str]) -> Mapping[str, int]:
        """Id -> number; ids that have none are given one."""
        found = {id: self._numbers[id] for id in ids if id in self._numbers}
        for some in pages(sorted(set(ids) - found.keys()), _PAGE):
            known = {row[0]: row[1] for row in self._connection.execute(self._query, {"some": some})}
            found |= {id: known[id] if id in known else self._new() for id in some}
        self._numbers |= found
        return found

    def _new(self) -> int:
        if self._next is None:
            self._next = (self._connection.execute(select(func.max(self.table.c.number))).scalar() or 0) + 1
        self._next += 1
        return self._next - 1


class StoredRecords(Generic[Value]):
    """Values by id: `load` reads those of a page of ids, `save` writes and `erase` deletes, if they are given."""

    def __init__(
        self,
        load: Callable[[Collection[str]], Mapping[str, Value]],
        save: Callable[[Mapping[str, Value]], None] | None = None,
        erase: Callable[[Collection[str]], None] | None = None,
    ) -> None:
        self._load, self._save, self._erase = load, save, erase
        self._values: dict[str, Value | None] = {}
        self._changed: set[str] = set()

    @property
    def changed(self) -> Collection[str]:
        """Ids that were put or removed."""
        return self._changed

    def get_many(self, ids: Collection[str]) -> dict[str, Value]:
        """Those of the ids that are known."""
        for some in pages([id for id in ids if id not in self._values], _PAGE):
            found = self._load(some)
            self._values |= {id: found.get(id) for id in some}
        values = ((id, self._values[id]) for id in ids)
        return {id: value for id, value in values if value is not None}

    def put(self, id: str, value: Value) -> None:
        """Keep a value."""
        self._values[id] = value
        self._changed.add(id)

    def remove(self, id: str) -> None:
        """Forget it."""
        self._values[id] = None
        self._changed.add(id)

    def flush(self) -> None:
        """Write what has changed."""
        changed = {id: self._values[id] for id in sorted(self._changed)}
        gone = [id for id, value in changed.items() if value is None]
        kept = {id: value for id, value in changed.items() if value is not None}
        if gone and self._erase is not None:
            self._erase(gone)
        if kept and self._save is not None:
            self._save(kept)
        self._changed.clear()


class StoredPostings:
    """Who holds which mark."""

    def __init__(self, connection: Connection, table: Table, numbers: Numbers) -> None:
        self._connection, self._table, self._numbers = connection, table, numbers
        names = numbers.table
        query = select(table.c.mark, numbers.name).join(names, names.c.number == table.c.holder)
        self._query = query.where(_among(table.c.mark))
        self._holders: dict[int, set[str]] = {}
        self._added: set[tuple[int, str]] = set()
        self._removed: set[tuple[int, str]] = set()

    def holders(self, marks: Collection[int]) -> dict[int, Collection[str]]:
        """Mark -> all who hold it."""
        self._read(marks)
        return {mark: self._holders[mark] for mark in marks if self._holders[mark]}

    def _read(self, marks: Collection[int]) -> None:
        for some in pages([mark for mark in marks if mark not in self._holders], _PAGE):
            self._holders |= {mark: set() for mark in some}
            for mark, holder in self._connection.execute(self._query, {"some": some}):
                self._holders[mark].add(holder)

    def add(self, marks: Iterable[int], holder: str) -> None:
        """These marks are held, too."""
        marks = list(marks)
        self._read(marks)
        for mark in marks:
            self._holders[mark].add(holder)
            if (mark, holder) in self._removed:
                self._removed.discard((mark, holder))
            else:
                self._added.add((mark, holder))

    def remove(self, marks: Iterable[int], holder: str) -> None:
        """These marks are held no more."""
        marks = list(marks)
        self._read(marks)
        for mark in marks:
            self._holders[mark].discard(holder)
            if (mark, holder) in self._added:
                self._added.discard((mark, holder))
            else:
                self._removed.add((mark, holder))

    def flush(self) -> None:
        """Write what has changed."""
        numbers = self._numbers.of({holder for _, holder in {*self._added, *self._removed}})
        here = self._table.c
        if self._removed:
            gone = [{"m": mark, "h": numbers[holder]} for mark, holder in sorted(self._removed)]
            these = (here.mark == bindparam("m")) & (here.holder == bindparam("h"))
            self._connection.execute(delete(self._table).where(these), gone)
        if self._added:
            new = [{"mark": mark, "holder": numbers[holder]} for mark, holder in sorted(self._added)]
            self._connection.execute(self._table.insert(), new)
        self._added, self._removed = set(), set()


class StoredMarks:
    """A set of marks."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._query = select(table.c.mark).where(_among(table.c.mark))
        self._known: dict[int, bool] = {}
        self._added: set[int] = set()

    def among(self, marks: Collection[int]) -> set[int]:
        """Those of these that are in it."""
        for some in pages([mark for mark in marks if mark not in self._known], _PAGE):
            found = set(self._connection.execute(self._query, {"some": some}).scalars())
            self._known |= {mark: mark in found for mark in some}
        return {mark for mark in marks if self._known[mark]}

    def add(self, mark: int) -> None:
        """Put one in."""
        if not self.among([mark]):
            self._known[mark] = True
            self._added.add(mark)

    def flush(self) -> None:
        """Write what has changed."""
        if self._added:
            self._connection.execute(self._table.insert(), [{"mark": mark} for mark in sorted(self._added)])
        self._added = set()


class StoredLinks:
    """Linked pairs, stored both ways."""

    def __init__(self, connection: Connection, table: Table, numbers: Numbers) -> None:
        self._connection, self._table, self._numbers = connection, table, numbers
        self._query = _pairs_of(table, numbers)
        self._links: dict[str, dict[str, float]] = {}
        self._stored: dict[str, frozenset[str]] = {}
        self._added: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._dropped: set[str] = set()

    def of(self, ids: Collection[str]) -> dict[str, dict[str, float]]:
        """Id -> other -> number."""
        self._read(ids)
        return {id: self._links[id] for id in ids if self._links[id]}

    def _read(self, ids: Collection[str]) -> None:
        for some in pages([id for id in ids if id not in self._links], _PAGE):
            found: dict[str, dict[str, float]] = {id: {} for id in some}
            for one, other, number in self._connection.execute(self._query, {"some": some}):
                found[one][other] = number
            for id, links in found.items():
                self._stored[id] = frozenset(links)
                old = {} if id in self._dropped else {o: n for o, n in links.items() if o not in self._dropped}
                self._links[id] = old | self._added.get(id, {})

    def put(self, one: str, other: str, number: float) -> None:
        """Link a pair that is not linked."""
        for a, b in ((one, other), (other, one)):
            self._added[a][b] = number
            if a in self._links:
                self._links[a][b] = number

    def drop(self, one: str) -> None:
        """Undo all links of an id."""
        self._read([one])
        for other in self._links[one]:
            self._added[other].pop(one, None)
            if other in self._links:
                self._links[other].pop(one, None)
        self._links[one] = {}
        self._added.pop(one, None)
        self._dropped.add(one)

    def flush(self) -> None:
        """Write what has changed."""
        here = self._table.c
        gone = sorted((a, b) for a in self._dropped for b in self._stored[a])
        new = [(a, b, number) for a in sorted(self._added) for b, number in sorted(self._added[a].items())]
        numbers = self._numbers.of({id for pair in (*gone, *((a, b) for a, b, _ in new)) for id in pair})
        if gone:
            both = [{"a": numbers[x], "b": numbers[y]} for a, b in gone for x, y in ((a, b), (b, a))]
            pair = (here.this == bindparam("a")) & (here.that == bindparam("b"))
            self._connection.execute(delete(self._table).where(pair), both)
        if new:
            rows: list[Values] = [{"this": numbers[a], "that": numbers[b], "number": n} for a, b, n in new]
            self._connection.execute(self._table.insert(), rows)
        self._added, self._dropped = defaultdict(dict), set()


def _pairs_of(table: Table, numbers: Numbers) -> Select[Any]:
    """Id, other, number of the pair, for `some` ids."""
    these, those = numbers.table.alias("these"), numbers.table.alias("those")
    name = numbers.name.name
    query = select(these.c[name], those.c[name], table.c.number)
    query = query.join(these, these.c.number == table.c.this).join(those, those.c.number == table.c.that)
    return query.where(_among(these.c[name]))


def _among(column: Column[Any]) -> ColumnElement[bool]:
    """True where the column is one of `some`, to be given when the query is run: it is built only once."""
    return column.in_(bindparam("some", expanding=True))
