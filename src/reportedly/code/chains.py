"""Whose words an act came through: the chain of links from the publisher down to the root source.

Rules (who is a link, in which order) are those of `docs/attribution.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.code.attribution_antecedents import PRONOUNS, antecedent_of
from reportedly.code.attribution_cues import cue_words, is_chain_kind, lemma_of
from reportedly.code.attribution_sources import (
    affiliation_of,
    authoring_outlet,
    clipped_phrase,
    count_of,
    is_any,
    is_generic_outlet,
    is_outlet,
    kind_of,
    name_of,
    object_of,
    short_phrase,
    source_words,
    words_of,
)
from reportedly.code.lexicon import names_act
from reportedly.records import Link, Resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from reportedly.code.attribution import Saying
    from reportedly.records import Report


def chain_of(token: int, sayings: Sequence[Saying], resolved: Resolved) -> tuple[Link, ...]:
    """The chain of an act named at this token: the report's publisher first (where known), then whom it cites,
    outermost first, down to the root source. An act whose own verb is the cue is said outside that saying."""
    doc = resolved.parsed.doc
    around = [
        s for s in sayings if s.holds(token) and is_chain_kind(s.kind) and _asserts(s, doc[token]) and _speaks(s, doc)
    ]
    around = _without_rejected_words(_outermost_first(around), doc)
    publishers = _publishers(resolved.parsed.report)
    links: list[Link] = []
    for saying in around:
        for link in _links_of(saying, sayings, resolved):
            if not _repeats(link, links) and not _is_own(link, publishers):
                links.append(link)
    return (*(Link("publisher", name) for name in publishers), *links)


def link_to(head: Token, sayings: Sequence[Saying], resolved: Resolved) -> Link:
    """The link to whoever this word names."""
    return _link(head, None, None, sayings, resolved)


def _speaks(saying: Saying, doc: Doc) -> bool:
    """A meeting that "informed a decision" says nothing: nouns for acts are no sources, nor is who claims nothing."""
    head = doc[saying.source_head] if saying.source_head is not None else None
    unclaimed = saying.kind == "claim" and any(c.dep_ == "neg" for i in saying.cue for c in doc[i].children)
    if unclaimed or (head is not None and syntax.is_nobody(head)):
        return False
    return head is None or head.pos_ != "NOUN" or not names_act(head.lemma_.lower()) or kind_of(head) == "document"


def _asserts(saying: Saying, act: Token) -> bool:
    """Whether the act is what is said, and no background that the report adds to it: of a content that is a mere noun
    phrase ("expects help for the town, which was shelled"), the relative clauses are the report's own."""
    if act.i in saying.cue:
        return False
    above, between = act, []
    while above.head.i != above.i and above.i not in saying.cue:
        between.append(above)
        above = above.head
    if above.i not in saying.cue or not between or between[-1].dep_ != "dobj":
        return True
    return not any(t.dep_ in ("relcl", "advcl") and t.head.i > above.i for t in between[:-1])


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


def _links_of(saying: Saying, sayings: Sequence[Saying], resolved: Resolved) -> Iterator[Link]:
    doc = resolved.parsed.doc
    head = doc[saying.source_head] if saying.source_head is not None else None
    consulting = (
        [] if head is None else [*_consulting(head, saying, doc), *_consulting_before(head, saying, sayings, doc)]
    )
    addressee = _addressed(saying, doc)
    if addressee is not None and not (consulting and is_generic_outlet(addressee)):
        yield _link(addressee, None, None, sayings, resolved)
    for outlet in consulting:
        if is_outlet(outlet) or addressee is not None or lemma_of(outlet.head.head) not in ("speak", "talk"):
            yield _link(outlet, None, None, sayings, resolved)
    if head is None or saying.source is None:
        return
    cue = doc[saying.cue[0] : saying.cue[-1] + 1].text if saying.cue else None
    yield _link(head, saying.source, cue, sayings, resolved)
    for ground in _cited(head, saying, doc):
        yield _link(ground, None, None, sayings, resolved)


def _addressed(saying: Saying, doc: Doc) -> Token | None:
    """ "A told newspaper B that", "speaking to B, A said": B printed it."""
    for i in saying.cue:
        for verb in (doc[i], *(c for c in doc[i].children if c.dep_ == "advcl" and lemma_of(c) in ("speak", "talk"))):
            for part in verb.children:
                told = part.dep_ in ("dobj", "dative", "iobj", "nsubj") and lemma_of(verb) == "tell" and part.i > verb.i
                named = part if told else object_of(part) if part.lower_ in ("to", "with") else None
                if named is not None and is_outlet(named):
                    return named
    return None


def _consulting(head: Token, saying: Saying, doc: Doc) -> Iterator[Token]:
    """ "sources consulted by B said", "X, quoted by B, said", "an official who spoke to B"."""
    for part in (*head.children, *(c for i in saying.cue for c in doc[i].children)):
        if part.dep_ not in ("acl", "relcl", "advcl"):
            continue
        lemma = lemma_of(part)
        to = ("by",) if lemma in source_words("consulted") else ("to", "with") if lemma in SPOKEN else ()
        for preposition in part.children:
            named = object_of(preposition)
            if preposition.lower_ in to and named is not None:
                yield named


SPOKEN = frozenset({"speak", "talk"})


def _consulting_before(head: Token, saying: Saying, sayings: Sequence[Saying], doc: Doc) -> Iterator[Token]:
    """ "Sources consulted by B denied it, but one source said": B's sources still."""
    if count_of(head) is None or any(True for _ in _consulting(head, saying, doc)):
        return
    for other in reversed(sayings):
        if other.source_head is not None and other.source_head < head.i and doc[other.source_head].sent == head.sent:
            if lemma_of(doc[other.source_head]) == lemma_of(head):
                yield from _consulting(doc[other.source_head], other, doc)
                return


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
                named.pos_ == "PROPN" or is_any(named, "documents", "anonymous", "outlets", "collective")
            ):
                yield named


def _link(
    head: Token, phrase: tuple[int, int] | None, cue: str | None, sayings: Sequence[Saying], resolved: Resolved
) -> Link:
    """The link that a source makes. `text` is its own words, `name` the party behind them: a title's person, a
    pronoun's antecedent, the outlet of a report."""
    doc = resolved.parsed.doc
    first, last = clipped_phrase(phrase, head) if phrase is not None else short_phrase(head)
    who = antecedent_of(head, sayings, resolved)
    kind, name = kind_of(who), name_of(who, resolved)
    author = authoring_outlet(who) if kind == "document" else None
    if author is not None:
        kind, name = "outlet", words_of(author)
    count = (count_of(head) or count_of(who)) if kind == "anonymous" else None
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    mention = resolved.mentions.get(author.i if author is not None else who.i)
    actor = mention.actor if mention else None
    return Link(kind, name, start, end, doc[first:last].text, count, cue, affiliation_of(who), actor)


def _repeats(link: Link, before: list[Link]) -> bool:
    """The same speaker twice ("officials said they fear") is one link."""
    if not before:
        return False
    if (link.text or "").lower() in PRONOUNS:
        return link.name in (link.text, before[-1].name)
    return any(link.start == other.start or link.name.lower() == other.name.lower() for other in before)


def _publishers(report: Report) -> list[str]:
    """Who printed the report, and the agency that its dateline, byline or credit line names."""
    credits = [report.byline or "", *(piece.text for piece in report.removed if "credit" in piece.reason)]
    agency = report.dateline.agency if report.dateline is not None else None
    found = [report.publisher, _agency_in(agency) or agency, *(_agency_in(credit) for credit in credits)]
    return list(dict.fromkeys(name for name in found if name))


def _agency_in(words: str | None) -> str | None:
    """The news agency that a credit line names: "By The Associated Press", "(Reuters)"."""
    plain = f" {' '.join(re.findall(r'[a-z]+', (words or '').lower()))} "
    agencies: dict[str, str] = cue_words()["agencies"]
    return next((name for key, name in agencies.items() if f" {key} " in plain), None)


def _is_own(link: Link, publishers: list[str]) -> bool:
    """Whether a link is the report's own publisher, also where the publisher is known by its address only."""
    name = _letters(link.name)
    own = [_letters(publisher) for publisher in publishers] + [
        _letters(p.split(".")[0]) for p in publishers if "." in p
    ]
    return link.kind in ("outlet", "named") and any(name == o or (len(name) > 4 and name in o) for o in own)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^(the|www\.)\s*", "", name.lower()))


PARTIES = ("GOV", "MIL", "PRM", "REB", "SPY", "COP", "JUD", "LEG", "PTY", "OPP")
THIRD = ("UNO", "EUR", "IGO", "NGO", "IMG", "ISM")


def source_type(link: Link, resolved: Resolved) -> str:
    """What sort of source a link is, for a reader who weighs it.

    One of "publisher", "outlet", "social post", "document", "witness", "expert", "journalist", "party official" (speaks
    for one of the two countries whose officials and armed groups the report names most), "third-party official" (of
    another state, an international organisation, an NGO), "anonymous official", "anonymous person", "named person",
    "organisation".
    """
    words = {w.removesuffix("s") for w in re.findall(r"\w+", f"{link.text} {link.name} {link.head or ''}".lower())}
    if link.kind in ("publisher", "outlet"):
        return link.kind
    if link.kind == "document":
        return "social post" if words & source_words("posts") else "document"
    for part, name in (("witnesses", "witness"), ("experts", "expert"), ("journalists", "journalist")):
        if words & source_words(part):
            return name
    if link.kind == "anonymous":
        return "anonymous official" if words & source_words("officials") else "anonymous person"
    if link.actor is not None and link.actor.sector in (*PARTIES, *THIRD):
        party = link.actor.sector in PARTIES and link.actor.country in _parties(resolved)
        return "party official" if party else "third-party official"
    return "named person" if _is_person(link, resolved) else "organisation"


def _parties(resolved: Resolved) -> list[str | None]:
    """The two countries whose officials and armed groups a report names most."""
    actors = [m.actor for m in resolved.mentions.values()]
    countries = Counter(a.country for a in actors if a.country and a.sector in PARTIES)
    return [country for country, _ in countries.most_common(2)]


def _is_person(link: Link, resolved: Resolved) -> bool:
    if link.actor is not None and link.actor.kind == "person":
        return True
    return any(e.label_ == "PERSON" and e.text == link.name for e in resolved.parsed.doc.ents)
