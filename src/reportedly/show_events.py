"""Events for people to read: the day's summary, and one event, claim or report with all that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportedly.merge.summary import headline, most_told
from reportedly.records import CopyLink, Event, MergeDecision, Report, RootSource
from reportedly.show import days, printable, standing_words
from reportedly.store.reading import StoredClaim, StoredEvent

_SOURCES_NAMED = 6


def summary_lines(events: Sequence[Event], size: Mapping[str, int], most: int = 10) -> Iterator[str]:
    """The day in thirty lines: reports, texts, independent roots, and the most told events, each with its sources.

    `size` counts what the store holds: "reports", "texts", "claims".
    """
    reports = {report for event in events for report in event.reports}
    roots = {source.key for event in events for source in event.sources}
    publishers = {publisher for event in events for publisher in event.publishers}
    yield (
        f"{_many(len(events), 'event')}, told by {_many(len(reports), 'report')} of "
        f"{_many(len(publishers), 'publisher')}, {_many(len(roots), 'independent root')}"
    )
    counts = ", ".join(_many(size[things], things[:-1]) for things in ("reports", "texts", "claims"))
    yield f"the store holds {counts}"
    for place, event in enumerate(most_told(events, most), start=1):
        yield ""
        yield from _told_lines(place, event)


def _told_lines(place: int, event: Event) -> Iterator[str]:
    yield printable(f"{place:>2}. {headline(event)}")
    yield f"    {event.id}  {event.told_by}, {_many(event.texts, 'text')}; {event.status}"
    for field in event.fields:
        if field.low is not None:
            yield f"    {field.name}: {field.best}" + (f" ({field.low:g} to {field.high:g})" if field.disputed else "")
    named = [source_line(source) for source in event.sources[:_SOURCES_NAMED]]
    if len(event.sources) > _SOURCES_NAMED:
        named.append(f"and {len(event.sources) - _SOURCES_NAMED} more")
    yield printable("    " + "; ".join(named))


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s'[: number != 1]}"


def source_line(source: RootSource) -> str:
    """A root source and what is known of it: "Iran (party, 3 reports)"."""
    notes = ["party to it"] if source.party else []
    notes += ["denies it"] if source.denies else []
    notes += [_many(len(source.reports), "report")] if len(source.reports) > 1 else []
    return source.name + (f" ({', '.join(notes)})" if notes else "")


# --- one thing -------------------------------------------------------------------------------------------------------


def event_lines(
    stored: StoredEvent, claims: Mapping[str, StoredClaim], copies: Mapping[str, CopyLink]
) -> Iterator[str]:
    """An event: its fields with the claims that give each value, its sources, its claims side by side, why they are
    one, and what people said of it."""
    event = stored.event
    yield printable(headline(event))
    yield f"event {event.id}  {event.told_by}, {_many(event.texts, 'text')}; {event.status}; {stored.coder}"
    yield from (f"judgement {j.number}: {printable(str(j))}" for j in stored.judgements)
    yield from ("", "fields")
    for field in event.fields:
        yield printable(f"  {field.name}: {field.best}{' (disputed)' if field.disputed else ''}")
        for value in field.values if len(field.values) > 1 or field.disputed else ():
            denied = f", denied by {' '.join(value.denied_by)}" if value.denied_by else ""
            yield printable(f"    {value.value}: {' '.join(value.claims)}{denied}")
    yield from ("", _many(event.independent_sources, "independent source"))
    for source in event.sources:
        yield printable(f"  {source_line(source)}: {' '.join(source.claims)}")
    yield from ("", _many(len(event.claims), "claim"))
    for id in event.claims:
        yield from _claim_in_event(id, claims.get(id), id in event.superseded, copies)
    yield from ("", "why these are one event")
    for decision in event.decisions:
        yield from decision_lines(decision)
    if event.because_of:
        yield from ("", "because of " + " ".join(event.because_of))


def _claim_in_event(
    id: str, stored: StoredClaim | None, superseded: bool, copies: Mapping[str, CopyLink]
) -> Iterator[str]:
    if stored is None:
        yield f"  {id}  its report was recoded since (run `reportedly merge`)"
        return
    report = stored.report
    copy = copies.get(report.id)
    notes = ["superseded by a later report"] if superseded else []
    notes += [f"{copy.kind} of {copy.of}"] if copy else []
    yield printable(f"  {id}  {report.published or 'undated'}  {report.id}" + "".join(f"; {note}" for note in notes))
    yield from (f"    {line}" for line in _claim_body(stored))


def claim_lines(stored: StoredClaim, decisions: Sequence[MergeDecision], copy: CopyLink | None) -> Iterator[str]:
    """A claim: how it reads, whose word it is, its words, its events, and why it is of them."""
    report = stored.report
    yield f"claim {stored.claim.id}  confidence {stored.claim.confidence:.2f}; {stored.claim.coder}"
    yield printable(f"report {report.id}  {report.published or 'undated'}  {report.title or ''}".rstrip())
    if copy:
        yield printable(_copied(copy))
    yield from _claim_body(stored)
    yield from (f"event {event}" for event in stored.events)
    for decision in decisions:
        yield from decision_lines(decision)


def _claim_body(stored: StoredClaim) -> Iterator[str]:
    claim = stored.claim
    names = [", ".join(p.actor.name for p in side) or "?" for side in (claim.actors, claim.recipients)]
    what = claim.event + (":" + ",".join(claim.modes) if claim.modes else "")
    where = claim.where.name if claim.where else "?"
    yield printable(f"{what} | {' > '.join(names)} | {where} | {days(claim.when)} | {standing_words(claim)}")
    yield printable("says " + (" < ".join(link.name for link in claim.attribution) or "?"))
    yield printable(f"“{claim.evidence.text}”")
    yield from (f"judgement {j.number}: {printable(str(j))}" for j in stored.judgements)


def _copied(copy: CopyLink) -> str:
    """What it is a copy of, and why: `reprint of REPORT: 98% of …`."""
    return f"{copy.kind} of {copy.of}: {'; '.join(copy.because)}"


def decision_lines(decision: MergeDecision) -> Iterator[str]:
    """Two claims, whether they are one event, and the weights that sum to it."""
    same = "one event" if decision.same else "two events"
    yield f"  {decision.this} and {decision.that}: {same}, {decision.score:+.1f}"
    yield printable("    " + "; ".join(decision.because))


def report_lines(report: Report, coder: str, copy: CopyLink | None, claims: Sequence[StoredClaim]) -> Iterator[str]:
    """A report: what it is, whose text it is, and its claims with their events."""
    yield printable(
        f"report {report.id}  {report.published or 'undated'}  {report.publisher or ''}".rstrip() + f"; {coder}"
    )
    yield from (printable(line) for line in (report.title, report.url) if line)
    if copy:
        yield printable(_copied(copy))
    for stored in claims:
        yield from ("", f"claim {stored.claim.id}" + "".join(f"  event {event}" for event in stored.events))
        yield from _claim_body(stored)
