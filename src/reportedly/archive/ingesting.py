"""Reports into a store: what is known is passed by, the others are coded and stored in batches; old codings renewed.

A report is stored with its claims, or not at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from reportedly.pages import pages
from reportedly.pipeline import CODER, code_all, code_raw, code_report, shared_tools
from reportedly.records import CodedReport, RawReport, Rejection
from reportedly.settings import DEFAULT, Settings
from reportedly.store import Incoming, Key, Store, key_of

BATCH = 32
"""Reports a transaction: a second or two of work is lost if the process is killed."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a report: it is safely stored, or was known before and has changed nothing."""

    id: str
    outcome: Literal["stored", "known"]
    claims: int = 0


def ingest(
    raws: Iterable[RawReport | Rejection],
    store: Store,
    *,
    settings: Settings = DEFAULT,
    jobs: int = 1,
    batch: int = BATCH,
) -> Iterator[Ingested | Rejection]:
    """Read, code and store reports. What comes out as stored is on disk, whatever happens then.

    A report is known by its bytes, before it is coded. Another report under an id that is taken is stored as ID@HASH.
    Raises StoreFailed.
    """
    door = _Door(store, batch)
    waiting: list[Incoming] = []
    unknown = door.unknown(raws)
    first = next(unknown, None)
    if first is None:  # nothing to code: no need to load the parser
        yield from door.take_known()
        return
    for result in code_all(chain([first], unknown), settings=settings, jobs=jobs):
        raw = door.pending.popleft()
        yield from door.take_known()
        if isinstance(result, Rejection) or isinstance(raw, Rejection):
            door.keys.pop(raw.id, None)
            yield result if isinstance(result, Rejection) else raw  # type: ignore[misc]
            continue
        waiting.append(Incoming(door.keys.pop(raw.id), result))
        door.raws[raw.id] = raw
        if len(waiting) >= batch:
            yield from _store_batch(waiting, door, settings)
            waiting = []
    yield from door.take_known()
    yield from _store_batch(waiting, door, settings)


class _Door:
    """Lets through what the store does not know yet, and remembers by which key."""

    def __init__(self, store: Store, batch: int) -> None:
        self.store = store
        self.batch = batch
        self.pending: deque[RawReport | Rejection] = deque()
        self.keys: dict[str, Key] = {}
        self.raws: dict[str, RawReport] = {}
        self._known: list[Ingested] = []
        self._seen: set[tuple[str, ...]] = set()
        self._ids: set[str] = set()

    def unknown(self, raws: Iterable[RawReport | Rejection]) -> Iterator[RawReport | Rejection]:
        """Those to be coded, under ids that are free, and all rejections."""
        for page in pages(raws, self.batch):
            keys = {id(raw): key_of(raw) for raw in page if isinstance(raw, RawReport)}
            stored = self.store.known(list(keys.values()))
            for raw in page:
                if isinstance(raw, Rejection):
                    self.pending.append(raw)
                    yield raw
                    continue
                fresh = self._admit(raw, keys[id(raw)], stored)
                if fresh is not None:
                    self.pending.append(fresh)
                    yield fresh

    def _admit(self, raw: RawReport, key: Key, stored: dict[Key, str | None]) -> RawReport | None:
        marks = {(key.content_hash, key.given_id), (key.content_hash, "", key.given)}
        if stored.get(key) is not None or marks & self._seen:
            self._known.append(Ingested(stored.get(key) or raw.id, "known"))
            return None
        if key in stored or raw.id in self._ids:
            raw = replace(raw, id=_other_id(key))
        self._seen |= marks
        self._ids.add(raw.id)
        self.keys[raw.id] = key
        return raw

    def take_known(self) -> Iterator[Ingested]:
        """The known ones that were passed by since the last call."""
        known, self._known = self._known, []
        yield from known


def _other_id(key: Key) -> str:
    return f"{key.given_id}@{key.content_hash[:8]}"


def _store_batch(batch: list[Incoming], door: _Door, settings: Settings) -> Iterator[Ingested]:
    """Store a batch; where another process has taken an id meanwhile, its report is coded again under another one."""
    for one, outcome in zip(batch, door.store.add(batch, CODER) if batch else (), strict=True):
        raw = door.raws.pop(one.coded.report.id)
        if outcome != "taken":
            yield Ingested(one.coded.report.id, outcome, len(one.coded.claims))
            continue
        again = code_raw(replace(raw, id=_other_id(one.key)), shared_tools(settings))
        assert isinstance(again, CodedReport)
        door.store.add([Incoming(one.key, again)], CODER)
        yield Ingested(again.report.id, "stored", len(again.claims))


# --- after an upgrade ------------------------------------------------------------------------------------------------


def recode(store: Store, *, settings: Settings = DEFAULT, everything: bool = False) -> Iterator[str]:
    """Code again what another version has coded, or all there is; ids of the reports, each when it is stored.

    The clean texts are coded as they were stored. Judgements stay, and find the claims of the same words.
    Raises StoreFailed.
    """
    tools = shared_tools(settings)
    for page in store.all_reports() if everything else store.outdated(CODER):
        for batch in pages(page, BATCH):
            store.recode([code_report(report, tools) for report in batch], CODER)
            yield from (report.id for report in batch)
