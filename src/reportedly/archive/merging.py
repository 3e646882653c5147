"""Claims of a store into events, as people have judged them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from reportedly.merge import Merger, Ruling
from reportedly.pipeline import CODER
from reportedly.records import CodedReport
from reportedly.store import Judgement, Named, Store, by_claim, by_report, corrected, named_claims, verdict_of


def merge_store(store: Store, *, again: bool = False) -> int:
    """Make the events of all stored claims, as people have judged them; how many there are, -1 if nothing has changed.

    Raises StoreFailed.
    """
    with store.reading() as connection:
        revision = store.revision(connection)
        if store.merged(connection) == revision and not again:
            return -1
        judgements = store.judgements(connection)
        judged = by_report(judgements)
        merger = Merger(_rulings(connection, judgements))
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


def _rulings(connection: Connection, judgements: Sequence[Judgement]) -> list[Ruling]:
    """What people have said of claims that are one act, or two, and have not taken back; oldest first."""
    held = [j for j in judgements if j.verdict in ("split", "merge") and not j.undone]
    named = named_claims(connection, held)
    return [_ruling(judgement, named[judgement.number]) for judgement in held]


def _ruling(judgement: Judgement, named: Named) -> Ruling:
    said = f"{judgement.verdict}, by {judgement.reviewer} on {judgement.made_at[:10]}"
    because = f"judgement {judgement.number}: {said}" + (f": {judgement.note}" if judgement.note else "")
    return Ruling(named.these, named.those, judgement.verdict == "merge", because)
