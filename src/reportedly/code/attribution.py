"""Stage 4 of 8, first step: who says what, by which words.

A saying is PARC's attribution: source, cue, content. Sayings nest: the content of an outlet's holds the official's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.code.attribution_candidates import LEAST_CHANCE, judged_drafts
from reportedly.code.attribution_syntax import runs_of
from reportedly.code.attribution_tree import tree_of
from reportedly.records import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from reportedly.code.attribution_drafts import Draft
    from reportedly.records import Parsed


FLAT = LEAST_CHANCE
"""The confidence from which sayings are those that PolNeAR would annotate."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying, thinking or showing. All numbers are token indices; ranges are (first, last exclusive).

    `source` is None where nobody is named ("it is thought"). `kind` is a key of `kinds` in the cue file, `nature`
    "speech", "belief", "intention" or "document". `implicit` is true where the content has a stretch without a cue of
    its own: a quotation that goes on. `confidence` (0 to 1) is the judge's, 1 where only rules were used.
    """

    source: tuple[int, int] | None
    source_head: int | None
    cue: tuple[int, ...]
    content: tuple[tuple[int, int], ...]
    kind: str
    nature: str
    implicit: bool = False
    confidence: float = 1.0

    def holds(self, token: int) -> bool:
        """Whether this word is part of what is said."""
        return any(first <= token < last for first, last in self.content)


def find_sayings(parsed: Parsed) -> tuple[Saying, ...]:
    """Every saying of a report, in text order of its cue (of its content where it has no cue)."""
    tree = tree_of(parsed.doc)
    quoted = _quoted(parsed)
    drafts = judged_drafts(tree, parsed.quotes, quoted)
    sayings = [_finished(draft, parsed.doc) for draft in drafts if draft.content]
    return tuple(sorted((s for s in sayings if s.content), key=lambda s: (s.cue or s.content[0])[0]))


def _quoted(parsed: Parsed) -> list[bool]:
    quoted = [False] * len(parsed.doc)
    for quote in parsed.quotes:
        quoted[quote.first : quote.last] = [True] * (quote.last - quote.first)
    return quoted


def as_triples(sayings: tuple[Saying, ...], doc: Doc, *, least: float = FLAT) -> tuple[Attribution, ...]:
    """PARC's triples as spans of the text; a content in pieces is given from its first to its last word.

    `least` (0 to 1) leaves out sayings of less confidence. By default the triples are flat, as PolNeAR's are: a saying
    inside another has little confidence, because the corpus that the judge learnt from annotates none. 0 gives all.
    """
    triples = []
    for saying in sayings:
        if saying.cue and saying.content and saying.confidence >= least:
            source = _span(doc, *saying.source) if saying.source else None
            cue = _span(doc, saying.cue[0], saying.cue[-1] + 1)
            triples.append(Attribution(source, cue, _span(doc, saying.content[0][0], saying.content[-1][1])))
    return tuple(triples)


def _span(doc: Doc, first: int, last: int) -> Span:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Span(start, end, doc[first:last].text)


def _finished(draft: Draft, doc: Doc) -> Saying:
    what, content = draft.what, runs_of(draft.content, doc)
    goes_on = bool(draft.own) and len(draft.content - draft.own) > 0 and max(draft.content) > max(draft.own)
    return Saying(
        draft.source, draft.head, tuple(draft.cue), content, what.kind, what.nature, goes_on, round(draft.chance, 3)
    )
