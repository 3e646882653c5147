"""Working on a store: reports in (`ingest`), old codings renewed (`recode`), events made of all claims (`merge_store`).

Reports are stored in batches as they come, events are made afterwards from all that is stored. So the events depend on
what the store holds and on nothing else: not on the order of the reports, the number of writers, or how often one of
them was killed. Making them within each batch would save no time, as who writes must know all the others' claims.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from reportedly.errors import BadOption
from reportedly.merge import Merger
from reportedly.pages import pages
from reportedly.pipeline import CODER, code_all, code_raw, code_report, shared_tools
from reportedly.records import CodedReport, RawReport, Rejection
from reportedly.settings import DEFAULT, Settings
from reportedly.store import (
    Incoming,
    Judgement,
    Key,
    Store,
    Verdict,
    anchor_of,
    by_claim,
    by_report,
    check_correction,
    corrected,
    key_of,
    verdict_of,
)
from reportedly.store.reading import claims_by_id, event_by_id
from reportedly.store.store import now

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


# --- events ----------------------------------------------------------------------------------------------------------


def merge_store(store: Store, *, again: bool = False) -> int:
    """Make the events of all stored claims, as people have judged them; how many there are, -1 if nothing has changed.

    Raises StoreFailed.
    """
    with store.reading() as connection:
        revision = store.revision(connection)
        if store.merged(connection) == revision and not again:
            return -1
        judged = by_report(store.judgements(connection))
        merger = Merger()
        for coded in store.coded_reports(connection):
            merger.add(as_judged(coded, judged.get(coded.report.id, ())))
    events = merger.events()
    links = (link for group in merger.copies.groups() for link in group.links)
    store.write_events(events, links, revision, CODER)
    return len(events)


def as_judged(coded: CodedReport, judgements: Iterable[Judgement]) -> CodedReport:
    """The report without its rejected claims, and with the corrected ones as corrected."""
    of_claim = by_claim(coded.claims, judgements)
    if not of_claim:
        return coded
    kept = (c for c in coded.claims if verdict_of(of_claim.get(c.id, ())) != "rejected")
    return replace(coded, claims=tuple(corrected(c, of_claim.get(c.id, ())) for c in kept))


# --- judgements ------------------------------------------------------------------------------------------------------


def judge_one(
    store: Store,
    target: str,
    verdict: Verdict,
    reviewer: str,
    *,
    field: str | None = None,
    value: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Add a judgement of the claim or event of that id.

    Raises NotStored if there is none, BadOption for a correction that cannot be.
    """
    kind = store.kind_of(target)
    if kind == "report":
        raise BadOption(f"{target} is a report", hint="judge one of its claims, see `reportedly show`")
    anchor: dict[str, Any]
    if kind == "claim":
        claim = claims_by_id(store, [target])[target].claim
        anchor = anchor_of(claim)
        if field is not None:
            check_correction(field, value or "", claim)
    else:
        anchor = {"claims": list(event_by_id(store, target).event.claims)}
    judgement = Judgement(kind, target, verdict, reviewer, field, value if field else None, note, now(), anchor)
    store.judge(judgement, CODER)
    return judgement
