"""The text of a report cut into pieces, each with what was read from it: marks may overlap, pieces never do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportedly.records import Claim


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) that are the `kind` of thing for a claim."""

    start: int
    end: int
    kind: str
    claim: str


@dataclass(slots=True)
class Piece:
    """A stretch of text under the same marks throughout. `anchors` are claims whose act begins here."""

    text: str
    kinds: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    chosen: bool = False


Paragraph = list[Piece]


def marks_of(claim: Claim) -> Iterator[Mark]:
    """Every word of the report that a claim points at."""
    trigger = claim.trigger
    yield Mark(trigger.start, trigger.end, "act", claim.id)
    for kind, side in (("actor", claim.actors), ("recipient", claim.recipients)):
        yield from (Mark(p.start, p.end, kind, claim.id) for p in side)
    if claim.where:
        yield Mark(claim.where.start, claim.where.end, "place", claim.id)
    if claim.when and claim.when.start is not None and claim.when.end is not None:
        yield Mark(claim.when.start, claim.when.end, "time", claim.id)
    for link in claim.attribution:
        if link.start is not None and link.end is not None:
            yield Mark(link.start, link.end, "source", claim.id)
    standing = "denied" if claim.polarity != "affirmed" else "open" if claim.aspect != "actual" else ""
    if standing:
        yield Mark(trigger.start, trigger.end, standing, claim.id)


def marked_paragraphs(text: str, claims: Sequence[Claim], chosen: str | None = None) -> list[Paragraph]:
    """The text by paragraphs. Together the pieces are the text without its newlines."""
    marks = [mark for claim in claims for mark in marks_of(claim) if 0 <= mark.start < mark.end <= len(text)]
    starts: dict[int, list[str]] = {}
    for claim in claims:
        starts.setdefault(claim.trigger.start, []).append(claim.id)
    told = [c.evidence for c in claims if c.id == chosen]
    cuts = {0, len(text), *starts, *(at for mark in marks for at in (mark.start, mark.end))}
    cuts |= {at for span in told for at in (span.start, span.end)}
    cuts |= {at for i, c in enumerate(text) if c == "\n" for at in (i, i + 1)}
    paragraphs: list[Paragraph] = [[]]
    for start, end in pairwise(sorted(at for at in cuts if 0 <= at <= len(text))):
        if text[start:end] == "\n":
            paragraphs.append([])
            continue
        piece = _piece(text[start:end], start, end, marks)
        piece.anchors = starts.get(start, [])
        piece.chosen = any(span.start <= start and end <= span.end for span in told)
        paragraphs[-1].append(piece)
    return [paragraph for paragraph in paragraphs if paragraph]


def _piece(text: str, start: int, end: int, marks: Iterable[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    kinds = list(dict.fromkeys(mark.kind for mark in over))
    return Piece(text, kinds, list(dict.fromkeys(mark.claim for mark in over)))
