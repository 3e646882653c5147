"""Whose words an act came through: the chain of links from the publisher down to the root source.

Rules (who is a link, in which order) are those of `docs/attribution.md`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import cue_words, is_chain_kind, lemma_of
from reportedly.records import Link, LinkKind, Resolved

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
    around = [s for s in sayings if s.holds(token) and is_chain_kind(s.kind) and _asserts(s, doc[token])]
    around = _without_rejected_words(_outermost_first(around), doc)
    links: list[Link] = []
    for saying in around:
        for link in _links_of(saying, sayings, resolved):
            if not _repeats(link, links) and not _is_own_publisher(link, resolved):
                links.append(link)
    return (*_publisher(resolved), *links)


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
    if addressee is not None and not (consulting and _is_generic_outlet(addressee)):
        yield _link(addressee, None, None, sayings, resolved)
    for outlet in consulting:
        if _is_outlet(outlet) or addressee is not None or lemma_of(outlet.head.head) not in ("speak", "talk"):
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
                named = part if told else _object_of(part) if part.lower_ in ("to", "with") else None
                if named is not None and _is_outlet(named):
                    return named
    return None


def _object_of(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _consulting(head: Token, saying: Saying, doc: Doc) -> Iterator[Token]:
    """ "sources consulted by B said", "X, quoted by B, said", "an official who spoke to B", "a report published by B"."""
    for part in (*head.children, *(c for i in saying.cue for c in doc[i].children)):
        lemma = lemma_of(part)
        if part.dep_ not in ("acl", "relcl", "advcl"):
            continue
        by = (
            ("by",)
            if lemma in _source_words("consulted") or lemma in PRINTED
            else ("to", "with")
            if lemma in SPOKEN
            else ()
        )
        for preposition in part.children:
            named = _object_of(preposition)
            if preposition.lower_ in by and named is not None and (lemma not in PRINTED or _is_outlet(named)):
                yield named


PRINTED = frozenset({"publish", "release", "air", "print", "broadcast", "carry"})
SPOKEN = frozenset({"speak", "talk"})


def _consulting_before(head: Token, saying: Saying, sayings: Sequence[Saying], doc: Doc) -> Iterator[Token]:
    """ "Sources consulted by B denied it, but one source said": B's sources still."""
    if _count(head, "anonymous") is None or any(True for _ in _consulting(head, saying, doc)):
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
                named.pos_ == "PROPN" or _is_any(named, "documents", "anonymous", "outlets", "collective")
            ):
                yield named


def _link(
    head: Token, phrase: tuple[int, int] | None, cue: str | None, sayings: Sequence[Saying], resolved: Resolved
) -> Link:
    """The link that a source makes. `text` is its own words, `name` the party behind them: a title's person, a pronoun's
    antecedent, a report's outlet."""
    doc = resolved.parsed.doc
    first, last = _clipped(phrase, head) if phrase is not None else _short_phrase(head)
    who = _antecedent_of(head, sayings, resolved)
    kind, count = _kind(who, phrase), _count(head, _kind(who, phrase))
    name = _name(who, resolved)
    author = _authoring_outlet(who) if kind == "document" else None
    if author is not None:
        kind, name = "outlet", _words(author)
    mention = resolved.mentions.get(who.i)
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    if count is None and kind == "anonymous" and who is not head:
        count = _count(who, kind)
    return Link(
        kind, name, start, end, doc.text[start:end], count, cue, _affiliation(who), mention.actor if mention else None
    )


def _clipped(phrase: tuple[int, int], head: Token) -> tuple[int, int]:
    """The source's words up to the comma or relative clause after the head."""
    doc, (first, last) = head.doc, phrase
    for i in range(head.i + 1, last):
        if doc[i].text in {",", "-", "—", "–", "("} or doc[i].tag_ in ("WDT", "WP"):
            return first, i
    return first, last


def _words(head: Token) -> str:
    first, last = _short_phrase(head)
    return head.doc[first:last].text


def _authoring_outlet(document: Token) -> Token | None:
    """ "a report by B" of an outlet B is B's word."""
    for part in document.children:
        named = _object_of(part) if part.lower_ in ("by", "in", "from") else None
        if named is not None and _is_outlet(named):
            return named
    return None


def _antecedent_of(head: Token, sayings: Sequence[Saying], resolved: Resolved) -> Token:
    """The earlier words that a pronoun or a short description stands for; the head itself where none are found."""
    mention = resolved.mentions.get(head.i)
    if mention is not None and mention.antecedent is not None:
        return resolved.parsed.doc[mention.antecedent]
    if head.tag_ in ("WP", "WDT"):
        clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
        return head if clause is None else _antecedent_of(clause.head, sayings, resolved)
    if head.pos_ == "PRON":
        return _last_speaker(head, sayings) or head
    if any(c.lower_ in ("the", "this", "that") for c in head.lefts) and len(list(head.subtree)) == 2:
        return _fuller_words(head) or head
    return head


def _last_speaker(pronoun: Token, sayings: Sequence[Saying]) -> Token | None:
    """The last source before a pronoun that agrees with it, else the last such subject."""
    doc, wanted = pronoun.doc, AGREEMENT.get(pronoun.lower_)
    if wanted is None:
        return None
    near = range(max(0, pronoun.sent.start - 120), pronoun.i)
    sources = [doc[s.source_head] for s in sayings if s.source_head is not None and s.source_head in near]
    subjects = [t for t in doc[near.start : near.stop] if t.dep_ in ("nsubj", "nsubjpass")]
    said_before = [t for t in reversed(sources) if t.i >= near.start and t.sent.end >= pronoun.sent.start - 60]
    speakers = [t for t in (*said_before, *reversed(subjects)) if t.pos_ in ("NOUN", "PROPN")]
    return next((t for t in speakers if _number_and_nature(t) == wanted), None)


AGREEMENT = {"he": "person", "she": "person", "his": "person", "her": "person", "him": "person", "it": "thing", "its": "thing",
             "they": "many", "their": "many", "them": "many"}  # fmt: skip


def _number_and_nature(noun: Token) -> str:
    if noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.children):
        return "many"
    if _person_in(noun) is not None or (_is_any(noun, "anonymous", "offices") and noun.ent_type_ != "ORG"):
        return "person"
    return "thing"


def _fuller_words(head: Token) -> Token | None:
    """ "the ministry" after "the Commerce Ministry": an earlier phrase with the same head and more words."""
    for i in range(head.i - 1, max(-1, head.i - 300), -1):
        other = head.doc[i]
        if other.lower_ == head.lower_ and any(
            c.dep_ in ("compound", "amod", "poss", "nummod") or c.lower_ in ("a", "an", "one") for c in other.lefts
        ):
            return other
    return None


def _short_phrase(head: Token) -> tuple[int, int]:
    """The noun phrase without relative clauses, appositions and participles."""
    left = min((t.i for c in head.lefts for t in c.subtree), default=head.i)
    right = head.i
    for part in head.rights:
        if part.dep_ in ("relcl", "acl", "appos") or part.text in {",", ".", ";", ":", "-", "—"}:
            break
        if part.dep_ in ("conj", "cc") or (
            part.dep_ == "prep" and part.lower_ in ("of", "at", "in", "from", "for", "to")
        ):
            right = max(t.i for t in part.subtree)
    doc = head.doc
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    while right > head.i and (doc[right].is_space or doc[right].is_punct):
        right -= 1
    return left, right + 1


def _name(head: Token, resolved: Resolved) -> str:
    """A known actor's name, a person's name without the title, else the words."""
    mention = resolved.mentions.get(head.i)
    if mention is not None and (mention.actor.id or mention.actor.kind != "role"):
        return mention.actor.name
    person = _person_in(head)
    return person if person is not None else _words(head)


def _person_in(head: Token) -> str | None:
    """The person whom a phrase names: as its head, after a title, or in apposition to it."""
    if head.ent_type_ == "PERSON":
        return next((e.text for e in head.doc.ents if e.start <= head.i < e.end), head.text)
    for token in head.subtree:
        if token.ent_type_ == "PERSON" and token.ent_iob_ == "B" and token.dep_ not in ("pobj", "poss", "conj"):
            person = next(e for e in head.doc.ents if e.start <= token.i < e.end)
            after = head.doc[person.end] if person.end < len(head.doc) else None
            before = head.doc[person.start - 1] if person.start else None
            named = person.root.dep_ == "appos" and person.root.head == head
            title = head.doc[head.i + 1 : person.start]
            titled = (
                before is not None and before.i >= head.i and all(t.pos_ in ("ADP", "PROPN", "NOUN") for t in title)
            )
            if (named or (titled and before is not None and before.pos_ != "ADP")) and (
                after is None or after.tag_ != "POS"
            ):
                return person.text
    return None


def _kind(head: Token, phrase: tuple[int, int] | None) -> LinkKind:
    if _is_outlet(head):
        return "outlet"
    if _is_any(head, "documents"):
        return "document"
    if (
        _is_any(head, "offices")
        and head.tag_ == "NN"
        and any(c.lower_ in ("the",) or c.dep_ == "poss" for c in head.lefts)
    ):
        return "named"
    if _person_in(head) is not None or head.tag_ == "PRP":
        return "named"
    if head.lower_ in ("one", "some", "many", "others", "all", "both") or _is_any(head, "anonymous"):
        return "anonymous"
    return "named" if head.pos_ == "PROPN" or _is_any(head, "collective") else "anonymous"


@cache
def _source_words(part: str) -> frozenset[str]:
    return frozenset(cue_words()["sources"][part])


def _is_any(token: Token, *parts: str) -> bool:
    return any(token.lower_ in _source_words(p) or lemma_of(token) in _source_words(p) for p in parts)


def _is_generic_outlet(head: Token) -> bool:
    return (
        head.pos_ == "NOUN"
        and _is_any(head, "generic_outlets")
        and not any(c.dep_ in ("compound", "amod", "appos") and c.lower_ != "news" for c in head.children)
    )


def _is_outlet(head: Token) -> bool:
    if head.pos_ != "PROPN" and not head.is_upper:
        return _is_any(head, "outlets") and head.lower_ != "papers" and not any(c.dep_ == "poss" for c in head.children)
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
    """What sort of source a link is, for a reader who weighs it.

    One of "publisher", "outlet", "social post", "document", "witness", "expert", "journalist", "party official" (speaks for
    a side that this report names as actor in arms: a state, an army, police, rebels), "third-party official" (an
    international organisation or NGO), "anonymous official", "anonymous person", "named person", "organisation".
    """
    words = set(re.findall(r"\w+", f"{link.text} {link.name} {link.head or ''}".lower()))
    if link.kind in ("publisher", "outlet"):
        return link.kind
    if link.kind == "document":
        return "social post" if words & _source_words("posts") else "document"
    for part, name in (("witnesses", "witness"), ("experts", "expert"), ("journalists", "journalist")):
        if any(word in _source_words(part) or word.removesuffix("s") in _source_words(part) for word in words):
            return name
    sector = link.actor.sector if link.actor is not None else None
    if sector in ("GOV", "MIL", "PRM", "REB", "SPY", "COP", "JUD", "LEG", "PTY", "OPP"):
        return "anonymous official" if link.kind == "anonymous" else "party official"
    if sector in ("UNO", "EUR", "IGO", "NGO", "IMG", "ISM"):
        return "third-party official"
    if link.kind == "anonymous":
        official = words & {
            "official",
            "officials",
            "officer",
            "officers",
            "diplomat",
            "diplomats",
            "minister",
            "spokesman",
        }
        return "anonymous official" if official or words & _source_words("collective") else "anonymous person"
    return "named person" if link.actor is not None and link.actor.kind == "person" else "organisation"
