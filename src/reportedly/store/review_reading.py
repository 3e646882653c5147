"""What review asks of a store: which events wait, what was judged, and how those who judged agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reportedly.pages import pages
from reportedly.store.desk_reading import ids_in_order
from reportedly.store.filters import EventFilter
from reportedly.store.judging import Judgement
from reportedly.store.schema import MATTER, event_claims, events, judgements
from reportedly.store.store import Store

_PAGE = 25


def waiting(store: Store, wanted: EventFilter, reviewer: str, *, limit: int, after: str | None = None) -> list[str]:
    """Ids of events that this reviewer has not judged yet, those first that matter most; `after` this event."""
    with store.reading() as connection:
        done = _judged_by(connection, store.judgements(connection), reviewer)
        found: list[str] = []
        for id in _in_order(connection, wanted, after):
            if id not in done:
                found.append(id)
                if len(found) == limit:
                    break
        return found


def judged_count(store: Store, reviewer: str) -> int:
    """How many events this reviewer has judged, or a claim of them."""
    with store.reading() as connection:
        return len(_judged_by(connection, store.judgements(connection), reviewer))


def judgements_by_reviewer(store: Store) -> dict[str, tuple[int, str]]:
    """Reviewer -> how many judgements they made, and when the last one (UTC, ISO 8601)."""
    query = select(judgements.c.reviewer, func.count(), func.max(judgements.c.made_at)).group_by(judgements.c.reviewer)
    with store.reading() as connection:
        return {name: (many, last) for name, many, last in connection.execute(query)}


def _in_order(connection: Connection, wanted: EventFilter, after: str | None) -> Iterator[str]:
    """Ids of the events that pass, those first that matter most, a page at a time."""
    keys = (MATTER, events.c.id)
    while True:
        last = None
        if after is not None:
            row = connection.execute(select(MATTER.label("matter")).where(events.c.id == after)).first()
            last = (row.matter, after) if row is not None else None
        page = ids_in_order(connection, wanted, keys, limit=_PAGE, after=last)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1]


def _judged_by(connection: Connection, judgements: Iterable[Judgement], reviewer: str) -> set[str]:
    """Events that the reviewer has judged, also by one of their claims."""
    theirs = {j.target for j in judgements if j.reviewer == reviewer and not j.undone and j.target_kind != "judgement"}
    homes: set[str] = set()
    for some in pages(sorted(theirs), _PAGE):
        query = select(event_claims.c.event_id).where(event_claims.c.claim_id.in_(some))
        homes |= set(connection.execute(query).scalars())
    return theirs | homes


# --- agreement -------------------------------------------------------------------------------------------------------

Ratings = Mapping[str, Mapping[str, str]]
"""Thing -> reviewer -> what they say of it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim of which reviewers say different things. `field` is None for confirmed or rejected."""

    claim: str
    field: str | None
    said: tuple[tuple[str, str], ...]


def verdicts(judgements: Iterable[Judgement]) -> Ratings:
    """Claim -> reviewer -> "confirm", "reject" or "correct": the last that they said and have not taken back."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for j in judgements:
        if j.target_kind == "claim" and not j.undone:
            found[j.target][j.reviewer] = j.verdict
    return found


def corrections(judgements: Iterable[Judgement]) -> Ratings:
    """ "CLAIM FIELD" -> reviewer -> the value that they gave last."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for j in judgements:
        if j.target_kind == "claim" and j.verdict == "correct" and j.field and not j.undone:
            found[f"{j.target} {j.field}"][j.reviewer] = j.value or ""
    return found


def disagreements(judgements: Sequence[Judgement]) -> list[Disagreement]:
    """Where two reviewers say different things of one claim, in order of ids."""
    found = []
    for thing, said in sorted({**verdicts(judgements), **corrections(judgements)}.items()):
        if len(set(said.values())) > 1:
            claim, _, field = thing.partition(" ")
            found.append(Disagreement(claim, field or None, tuple(sorted(said.items()))))
    return found


def krippendorff_alpha(ratings: Ratings) -> float | None:
    """Krippendorff's alpha for nominal values: 1 where all agree, 0 as by chance, None where nothing can be compared.

    Things that fewer than two have judged do not count. Source: Krippendorff, "Computing Krippendorff's
    Alpha-Reliability" (2011), section C.
    """
    units = [list(said.values()) for said in ratings.values() if len(said) > 1]
    total = sum(map(len, units))
    counts: defaultdict[str, int] = defaultdict(int)
    observed = 0.0
    for values in units:
        for value in values:
            counts[value] += 1
        unlike = sum(a != b for a in values for b in values)
        observed += unlike / (len(values) - 1)
    expected = sum(counts[a] * counts[b] for a in counts for b in counts if a != b) / (total - 1) if total > 1 else 0.0
    if not units:
        return None
    return 1.0 - observed / expected if expected else 1.0
