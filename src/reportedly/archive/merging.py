"""Claims of a store into events, as people have judged them.

Every change of a report or a judgement writes down which reports are to be merged. They are taken some at a time, each
time in one transaction: what they touch is read, made anew and written. Whoever is killed leaves the rest to the next.
The events are the same as if all had been merged at once; until the last are, some are missing.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection

from reportedly.archive.shelf import StoredShelf
from reportedly.knowledge import DATA
from reportedly.merge import Merger, Ruling
from reportedly.pipeline import CODER
from reportedly.store import Judgement, Named, Store, by_report, named_claims, queue

CHUNK = 256
"""Reports that are merged in one transaction, a second or two of work."""


def merge_store(store: Store, *, rebuild: bool = False) -> int:
    """Make the events of all stored claims, as people have judged them; how many there are, -1 if nothing has changed.

    Only what has changed since is looked at; everything if another version has merged it, or to `rebuild`.
    Raises StoreFailed.
    """
    if not rebuild and store.is_merged(rules()):
        return -1
    with store.writing() as connection:
        store.heed_rules(connection, rules(), rebuild=rebuild)
    while _merge_some(store):
        pass
    return store.count()["events"]


def _merge_some(store: Store) -> bool:
    """Merge the reports that have waited longest; False if none is left."""
    with store.writing() as connection:
        waiting = queue.first_waiting(connection, CHUNK)
        judgements = store.judgements(connection)
        kept = StoredShelf(connection, by_report(judgements), CODER)
        merger = Merger(_rulings(connection, judgements), kept.shelf())
        merger.renew(kept.coded(waiting))
        merger.settle()
        kept.flush()
        queue.dequeue(connection, waiting)
        if len(waiting) == CHUNK:
            return True
        store.mark_merged(connection)
        return False


@cache
def rules() -> int:
    """A number that changes with the version and the weights: what others have merged is then merged anew."""
    return zlib.crc32(CODER.encode() + (DATA / "merge.toml").read_bytes() + (DATA / "publishers.tsv").read_bytes()) >> 1


def _rulings(connection: Connection, judgements: Sequence[Judgement]) -> list[Ruling]:
    """What people have said of claims that are one act, or two, and have not taken back; oldest first."""
    held = [j for j in judgements if j.verdict in ("split", "merge") and not j.undone]
    named = named_claims(connection, held)
    return [_ruling(judgement, named[judgement.number]) for judgement in held]


def _ruling(judgement: Judgement, named: Named) -> Ruling:
    said = f"{judgement.verdict}, by {judgement.reviewer} on {judgement.made_at[:10]}"
    because = f"judgement {judgement.number}: {said}" + (f": {judgement.note}" if judgement.note else "")
    return Ruling(named.these, named.those, judgement.verdict == "merge", because)
