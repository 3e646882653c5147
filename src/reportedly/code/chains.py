"""Whose words an act came through: the chain of links from the publisher down to the root source.

Rules (who is a link, in which order) are those of `docs/attribution.md`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import cue_words, is_chain_kind, lemma_of
from reportedly.records import Link, LinkKind, Mention, Resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from reportedly.code.attribution import Saying

NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "dozen": 12, "another": 1, "both": 2, "this": 1, "that": 1}  # fmt: skip
PRONOUNS = {"he", "she", "it", "they", "who", "which", "that", "his", "her", "its", "their", "him", "them", "we", "i"}


def chain_of(token: int, sayings: Sequence[Saying], resolved: Resolved) -> tuple[Link, ...]:
    """The chain of an act named at this token: the report's publisher first (where known), then whom it cites, outermost
    first, down to the root source. An act whose own verb is the cue is said outside that saying."""
    doc = resolved.parsed.doc
    around = [s for s in sayings if s.holds(token) and token not in s.cue and is_chain_kind(s.kind)]
    around = _without_rejected_words(_outermost_first(around), doc)
    links: list[Link] = []
    for saying in around:
        for link in _links_of(saying, doc, resolved):
            if not _repeats(link, links) and not _is_own_publisher(link, resolved):
                links.append(link)
    return (*_publisher(resolved), *links)


def _outermost_first(sayings: list[Saying]) -> list[Saying]:
    """A saying stands outside those whose cues its content holds; between others the wider content is outside."""

    def depth(saying: Saying) -> tuple[int, int]:
        holders = sum(1 for other in sayings if other is not saying and _inside(saying, other))
        return holders, -sum(last - first for first, last in saying.content)

    return sorted(sayings, key=depth)


def _inside(inner: Saying, outer: Saying) -> bool:
    where = inner.cue[0] if inner.cue else inner.content[0][0]
    return outer.holds(where)


def _without_rejected_words(sayings: list[Saying], doc: Doc) -> list[Saying]:
    """ "A denied B's charge that": the charged act has A alone."""
    kept: list[Saying] = []
    for saying in sayings:
        nominal = bool(saying.cue) and doc[saying.cue[0]].pos_ in ("NOUN", "PROPN")
        if (
            nominal
            and kept
            and kept[-1].kind in ("deny", "say", "report")
            and kept[-1].cue
            and doc[saying.cue[0]].head.i in kept[-1].cue
        ):
            continue
        kept.append(saying)
    return kept


def _links_of(saying: Saying, doc: Doc, resolved: Resolved) -> Iterator[Link]:
    addressee = _outlet_addressed(saying, doc)
    if addressee is not None:
        yield _link(addressee, doc, resolved, None)
    if saying.source_head is None or saying.source is None:
        return
    head = doc[saying.source_head]
    for outlet in _consulting_outlets(head, saying, doc):
        yield _link(outlet, doc, resolved, None)
    cue = doc[saying.cue[0] : saying.cue[-1] + 1].text if saying.cue else None
    yield _link(head, doc, resolved, cue)
    for ground in _cited(head, saying, doc):
        yield _link(ground, doc, resolved, None)


def _outlet_addressed(saying: Saying, doc: Doc) -> Token | None:
    """ "A told newspaper B that", "speaking to B, A said": B printed it."""
    for i in saying.cue:
        for verb in (doc[i], *(c for c in doc[i].children if c.dep_ == "advcl" and lemma_of(c) in ("speak", "talk"))):
            for part in verb.children:
                if (
                    part.dep_ in ("dobj", "dative", "iobj", "nsubj")
                    and lemma_of(verb) == "tell"
                    and part.i > verb.i
                    and _is_outlet(part)
                ):
                    return part
                if part.lower_ in ("to", "with") and part.dep_ in ("prep", "dative"):
                    named = next((c for c in part.children if c.dep_ == "pobj"), None)
                    if named is not None and _is_outlet(named):
                        return named
    return None


def _consulting_outlets(head: Token, saying: Saying, doc: Doc) -> Iterator[Token]:
    """ "sources consulted by B said", "X, quoted by B, said", "X said, quoted by B"."""
    consulted = _source_words("consulted")
    holders = [*head.children, *(c for i in saying.cue for c in doc[i].children)]
    for part in holders:
        lemma = lemma_of(part)
        if part.dep_ in ("acl", "relcl", "advcl") and lemma in consulted:
            for by in part.children:
                named = next((c for c in by.children if c.dep_ == "pobj"), None)
                if by.lower_ == "by" and named is not None:
                    yield named
        elif part.dep_ in ("acl", "relcl") and lemma in ("speak", "talk"):
            for to in part.children:
                named = next((c for c in to.children if c.dep_ == "pobj"), None)
                if to.lower_ in ("to", "with") and named is not None and _is_outlet(named):
                    yield named
        elif part.dep_ == "acl" and lemma in ("publish", "release", "air", "print", "broadcast", "carry"):
            for by in part.children:
                named = next((c for c in by.children if c.dep_ == "pobj"), None)
                if by.lower_ == "by" and named is not None and _is_outlet(named):
                    yield named


def _cited(head: Token, saying: Saying, doc: Doc) -> Iterator[Token]:
    """ "X, citing Y, said": Y stands behind X."""
    for part in (*head.children, *(c for i in saying.cue for c in doc[i].children)):
        if (
            part.dep_ in ("acl", "relcl", "advcl", "prep")
            and lemma_of(part) in ("cite", "quote")
            and part.tag_ != "VBN"
        ):
            named = next((c for c in part.children if c.dep_ in ("dobj", "pobj")), None)
            if named is not None and (
                named.pos_ == "PROPN" or _is_any(named, "documents", "anonymous", "outlets", "collective")
            ):
                yield named


def _link(head: Token, doc: Doc, resolved: Resolved, cue: str | None) -> Link:
    mention = resolved.mentions.get(head.i)
    first, last = _short_phrase(head)
    text = doc[first:last].text
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    kind = _kind(head, mention)
    name = _name(head, text, mention, resolved)
    return Link(
        kind, name, start, end, text, _count(head, kind), cue, _affiliation(head), mention.actor if mention else None
    )


def _short_phrase(head: Token) -> tuple[int, int]:
    """The noun phrase without relative clauses, appositions and participles."""
    left = min((t.i for c in head.lefts for t in c.subtree), default=head.i)
    right = head.i
    for part in head.rights:
        if part.dep_ in ("prep", "conj", "cc", "punct") and (
            part.dep_ != "prep" or part.lower_ in ("of", "at", "in", "from", "for", "to")
        ):
            if part.dep_ == "punct" and part.text in {",", ".", ";", ":", "-", "—"}:
                break
            right = max(t.i for t in part.subtree)
        elif part.dep_ in ("relcl", "acl", "appos"):
            break
    doc = head.doc
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    while right > head.i and (doc[right].is_space or doc[right].is_punct):
        right -= 1
    return left, right + 1


def _name(head: Token, text: str, mention: Mention | None, resolved: Resolved) -> str:
    if mention is not None:
        antecedent = resolved.mentions.get(mention.antecedent) if mention.antecedent is not None else None
        return antecedent.actor.name if antecedent is not None and head.pos_ == "PRON" else mention.actor.name
    if head.ent_type_ == "PERSON":
        return next((e.text for e in head.doc.ents if e.start <= head.i < e.end), text)
    return text


def _kind(head: Token, mention: Mention | None) -> LinkKind:
    if _is_outlet(head):
        return "outlet"
    if _is_any(head, "documents"):
        return "document"
    if head.pos_ == "PRON" or head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") and head.pos_ == "PROPN":
        return "named" if head.lower_ not in ("some", "many", "others", "one") else "anonymous"
    if _is_any(head, "anonymous") or head.lower_ in ("one", "some", "many", "others", "all"):
        return "anonymous"
    return "named" if head.pos_ == "PROPN" or _is_any(head, "collective") else "anonymous"


@cache
def _source_words(part: str) -> frozenset[str]:
    return frozenset(cue_words()["sources"][part])


def _is_any(token: Token, *parts: str) -> bool:
    return any(token.lower_ in _source_words(p) or lemma_of(token) in _source_words(p) for p in parts)


def _is_outlet(head: Token) -> bool:
    if head.pos_ != "PROPN" and not head.is_upper:
        return _is_any(head, "outlets") and not any(c.dep_ == "poss" for c in head.children)
    words = [*(t for c in head.lefts if c.dep_ in ("compound", "nmod", "amod") for t in c.subtree), head]
    return any(_is_any(w, "outlets", "outlet_names") for w in words)


def _count(head: Token, kind: LinkKind) -> int | str | None:
    if kind != "anonymous":
        return None
    if head.lower_ == "one":
        return 1
    for part in head.lefts:
        word = part.lower_
        if part.dep_ in ("nummod", "det", "amod", "predet"):
            if word in NUMBERS and not (word in ("this", "that") and head.tag_ == "NNS"):
                return NUMBERS[word]
            if word.isdigit():
                return int(word)
            if word in _source_words("vague_counts"):
                return word
    return 1 if head.tag_ in ("NN", "NNP") and not _is_any(head, "collective") else None


def _affiliation(head: Token) -> str | None:
    """Whom a person speaks for, or who wrote a document, where the phrase says it."""
    for part in head.rights:
        if part.dep_ in ("prep", "agent") and part.lower_ in ("of", "at", "from", "by", "with"):
            named = next((c for c in part.children if c.dep_ == "pobj"), None)
            if named is not None:
                first, last = _short_phrase(named)
                return head.doc[first:last].text
    owner = [c for c in head.lefts if c.dep_ in ("poss", "compound", "nmod") and head.ent_type_ != "PERSON"]
    return head.doc[owner[0].left_edge.i : owner[-1].i + 1].text if owner else None


def _repeats(link: Link, before: list[Link]) -> bool:
    """The same speaker twice ("officials said they fear") is one link."""
    if not before:
        return False
    last = before[-1]
    if (link.text or "").lower() in PRONOUNS:
        return link.text == link.name or last.name == link.name
    return any(link.start == other.start or link.name.lower() == other.name.lower() for other in before)


def _is_own_publisher(link: Link, resolved: Resolved) -> bool:
    publisher = resolved.parsed.report.publisher
    if not publisher or link.kind not in ("outlet", "named"):
        return False
    return _letters(publisher) == _letters(link.name) or (
        len(_letters(link.name)) > 4 and _letters(link.name) in _letters(publisher)
    )


def _letters(name: str) -> str:
    return re.sub(r"^the|[^a-z0-9]", "", name.lower())


def _publisher(resolved: Resolved) -> tuple[Link, ...]:
    publisher = resolved.parsed.report.publisher
    return (Link("publisher", publisher),) if publisher else ()


def source_type(link: Link, resolved: Resolved) -> str:
    """What sort of source a link is, for a reader who weighs it: "publisher", "outlet", "social post", "document",
    "witness", "expert", "journalist", "party official", "third-party official", "anonymous official",
    "anonymous person", "named person" or "organisation"."""
    return link.kind
