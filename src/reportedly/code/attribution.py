"""Stage 4 of 8, first step: who says what, by which words.

A saying is PARC's attribution: source, cue, content. Sayings nest: the content of an outlet's holds the official's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import Cue, cue_table, cue_words, lemma_of
from reportedly.code.attribution_syntax import (
    child,
    content_of,
    is_passive,
    phrase_of,
    runs_of,
    source_of,
    subtree,
)
from reportedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from reportedly.records import Parsed, Quote


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying, thinking or showing. All numbers are token indices; ranges are (first, last exclusive).

    `source` is None where nobody is named ("it is thought"). `kind` is a key of `kinds` in `data/attribution_cues.toml`,
    `nature` "speech", "belief", "intention" or "document". `implicit` is true where there is no cue of its own: a quote
    that goes on in the next paragraph (`cue` is then empty).
    """

    source: tuple[int, int] | None
    source_head: int | None
    cue: tuple[int, ...]
    content: tuple[tuple[int, int], ...]
    kind: str
    nature: str
    implicit: bool = False

    def holds(self, token: int) -> bool:
        """Whether this word is part of what is said."""
        return any(first <= token < last for first, last in self.content)


@dataclass(slots=True)
class _Draft:
    """A saying in the making."""

    cue: list[int]
    what: Cue
    source: tuple[int, int] | None = None
    head: int | None = None
    content: set[int] = field(default_factory=set)
    implicit: bool = False


def find_sayings(parsed: Parsed) -> tuple[Saying, ...]:
    """Every saying of a report, in text order of its cue (of its content where it has no cue)."""
    doc = parsed.doc
    drafts = [*_by_verb(doc), *_by_preposition(doc)]
    drafts.sort(key=lambda d: d.cue[0])
    _add_quotes(drafts, parsed.quotes, doc)
    sayings = [_finished(draft, doc) for draft in drafts if draft.content]
    return tuple(sorted((s for s in sayings if s.content), key=lambda s: (s.cue or s.content[0])[0]))


def as_triples(sayings: tuple[Saying, ...], doc: Doc) -> tuple[Attribution, ...]:
    """PARC's triples as spans of the text; a content in several pieces is given from its first to its last word."""
    triples = []
    for saying in sayings:
        if saying.cue and saying.content:
            source = _span(doc, *saying.source) if saying.source else None
            cue = _span(doc, saying.cue[0], saying.cue[-1] + 1)
            triples.append(Attribution(source, cue, _span(doc, saying.content[0][0], saying.content[-1][1])))
    return tuple(triples)


def _span(doc: Doc, first: int, last: int) -> Span:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Span(start, end, doc.text[start:end])


def _by_verb(doc: Doc) -> Iterator[_Draft]:
    for token in doc:
        if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN"):
            continue
        lemma = lemma_of(token)
        if token.pos_ in ("VERB", "AUX"):
            what = _phrase_cue(token, lemma) or cue_table("verbs").get(lemma)
        else:
            what = cue_table("nouns").get(lemma)
        if what is None:
            continue
        draft = _draft(token, what)
        if draft is not None:
            yield draft


def _phrase_cue(verb: Token, lemma: str) -> Cue | None:
    for part in verb.children:
        if part.dep_ in ("prep", "prt") and f"{lemma} {part.lower_}" in cue_table("phrases"):
            return cue_table("phrases")[f"{lemma} {part.lower_}"]
    return None


def _draft(token: Token, what: Cue) -> _Draft | None:
    verbal = token.pos_ in ("VERB", "AUX")
    source = source_of(token)
    if verbal and source is None and not is_passive(token):
        return None
    cue = [token.i]
    if verbal:
        cue += [c.i for c in token.children if c.dep_ in ("aux", "auxpass", "neg", "prt")]
    elif source is None and child(token, "acl", "relcl") is None:
        return None
    cue.sort()
    draft = _Draft(cue, what)
    if source is not None:
        draft.source, draft.head = phrase_of(source, without=cue), source.i
    inside = set(cue) | (set(range(*draft.source)) if draft.source else set())
    draft.content = content_of(token, inside)
    if verbal and is_passive(token) and not draft.content:
        draft.content = _raised(token) - inside
    if not draft.content and not verbal:
        return None
    return draft


def _raised(verb: Token) -> set[int]:
    subject = child(verb, "nsubjpass", "nsubj")
    return subtree(subject) if subject is not None else set()


def _by_preposition(doc: Doc) -> Iterator[_Draft]:
    for words in (cue.split() for cue in cue_words()["prepositions"]["cues"]):
        for token in doc[: len(doc) - len(words)]:
            if token.lower_ != words[0] or any(doc[token.i + k].lower_ != word for k, word in enumerate(words)):
                continue
            last = doc[token.i + len(words) - 1]
            source = child(last, "pobj") or child(last, "pcomp")
            if source is None:
                continue
            draft = _Draft(list(range(token.i, last.i + 1)), Cue("say", "speech"))
            draft.source, draft.head = phrase_of(source, without=draft.cue), source.i
            around = token.head if token.head is not token else token.sent.root
            while (
                around.dep_ in ("prep", "pobj", "dobj", "attr", "nsubj", "conj", "npadvmod", "acl", "xcomp")
                and around.head is not around
            ):
                around = around.head
            draft.content = subtree(around) - subtree(token)
            yield draft


def _add_quotes(drafts: list[_Draft], quotes: tuple[Quote, ...], doc: Doc) -> None:
    """Give each quotation to the saying that introduces it; one without goes on the saying before it."""
    taken_by: _Draft | None = None
    for quote in quotes:
        inside = set(range(max(quote.first - 1, 0), min(quote.last + 1, len(doc))))
        holder = next((d for d in drafts if len(d.content & inside) >= 0.5 * len(inside)), None)
        near = holder or _introducing(drafts, quote, doc)
        if near is not None:
            near.content |= inside - set(near.cue)
            taken_by = near
        elif taken_by is not None and quote.last - quote.first > 4 and _follows(taken_by, quote, doc):
            taken_by.content |= inside


def _introducing(drafts: list[_Draft], quote: Quote, doc: Doc) -> _Draft | None:
    first, last = doc[quote.first].sent.start, doc[quote.last - 1].sent.end
    if last < len(doc) and doc[last - 1].text in {"”", '"', "''", ","}:
        last = doc[last].sent.end
    near = [d for d in drafts if first <= d.cue[0] < last and d.source and d.what.nature == "speech"]
    near = [d for d in near if not quote.first <= d.cue[0] < quote.last]
    return min(near, key=lambda d: min(abs(d.cue[0] - quote.first), abs(d.cue[0] - quote.last)), default=None)


def _follows(draft: _Draft, quote: Quote, doc: Doc) -> bool:
    between = doc[max(draft.content) + 1 : quote.first] if draft.content else doc[0:0]
    return len(between) < 12 and "\n" not in between.text


def _finished(draft: _Draft, doc: Doc) -> Saying:
    return Saying(
        draft.source,
        draft.head,
        tuple(draft.cue),
        runs_of(draft.content, doc),
        draft.what.kind,
        draft.what.nature,
        draft.implicit,
    )
