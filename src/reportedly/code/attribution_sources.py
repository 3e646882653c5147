"""What the words for a source say about it: outlet, document, named or anonymous; whose; how many."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import cue_words, lemma_of
from reportedly.records import LinkKind, Resolved

if TYPE_CHECKING:
    from spacy.tokens import Token

NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "dozen": 12, "another": 1, "both": 2, "this": 1, "that": 1}  # fmt: skip
PRINTED = frozenset({"publish", "release", "air", "print", "broadcast", "carry", "issue", "write"})
MARKS = frozenset({",", ".", ";", ":", "-", "—", "–", "("})


@cache
def source_words(part: str) -> frozenset[str]:
    """One word list of `sources` in `data/attribution_cues.toml`."""
    return frozenset(cue_words()["sources"][part])


def is_any(token: Token, *parts: str) -> bool:
    """Whether a word or its lemma is in one of these lists."""
    return any(token.lower_ in source_words(p) or lemma_of(token) in source_words(p) for p in parts)


def object_of(preposition: Token) -> Token | None:
    """The noun that a preposition governs."""
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def is_outlet(head: Token) -> bool:
    """Whether a phrase is a publisher, station or agency: "state media", "El Tiempo", "the Associated Press"."""
    if head.pos_ != "PROPN" and not head.is_upper:
        owned = any(c.dep_ == "poss" for c in head.children)
        return (is_any(head, "outlets") and head.lower_ != "papers" and not owned) or _is_lower_name(head)
    words = [*(t for c in head.lefts if c.dep_ in ("compound", "nmod", "amod") for t in c.subtree), head]
    if head.i and head.nbor(-1).dep_ == "nsubj" == head.dep_ and is_any(head.nbor(-1), "outlets"):
        return True
    return any(is_any(w, "outlets", "outlet_names") for w in words)


def _is_lower_name(head: Token) -> bool:
    """ "the bbc" in a text that has lost its capitals."""
    return head.is_lower and head.lower_ in source_words("outlet_names") and head.doc[head.sent.start].is_lower


def is_generic_outlet(head: Token) -> bool:
    """ "the newspaper", "the news outlet": an outlet that is named elsewhere."""
    named = any(c.dep_ in ("compound", "amod", "appos") and c.lower_ != "news" for c in head.children)
    return head.pos_ == "NOUN" and is_any(head, "generic_outlets") and not named


def kind_of(head: Token) -> LinkKind:
    """The kind of link that a source makes, by the head of its words."""
    if is_outlet(head):
        return "outlet"
    if is_any(head, "documents"):
        return "document"
    if person_in(head) is not None or head.tag_ == "PRP":
        return "named"
    if is_any(head, "offices") and head.tag_ == "NN" and _is_known_office(head):
        return "named"
    if head.lower_ in ("one", "some", "many", "others", "all", "both") or is_any(head, "anonymous"):
        return "anonymous"
    return (
        "named"
        if head.pos_ == "PROPN" or head.ent_type_ in ("ORG", "GPE") or is_any(head, "collective")
        else "anonymous"
    )


def _is_known_office(head: Token) -> bool:
    """ "Turkey's president" and "the president" are an office; "the head of a clinic" is somebody."""
    owned = any(c.dep_ == "poss" for c in head.lefts)
    return owned or (any(c.lower_ == "the" for c in head.lefts) and not any(c.dep_ == "prep" for c in head.rights))


def count_of(head: Token) -> int | str | None:
    """How many people a phrase says it speaks of: a number, "several" and its like, 1 for a singular, else None."""
    if head.lower_ == "one":
        return 1
    for part in head.lefts:
        word: str = part.lower_
        if part.dep_ in ("nummod", "det", "amod", "predet"):
            if word in NUMBERS and not (word in ("this", "that") and head.tag_ == "NNS"):
                return NUMBERS[word]
            if word.isdigit():
                return int(word)
            if word in source_words("vague_counts"):
                return word
    return 1 if head.tag_ in ("NN", "NNP") and not is_any(head, "collective") else None


def _entity_around(token: Token) -> str:
    """The words of the named entity that the token belongs to."""
    doc, first, last = token.doc, token.i, token.i + 1
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    while last < len(doc) and doc[last].ent_iob_ == "I":
        last += 1
    return str(doc[first:last].text)


def person_in(head: Token) -> str | None:
    """The person whom a phrase names: as its head, after a title, or in apposition to it."""
    if head.ent_type_ == "PERSON":
        return _entity_around(head)
    phrase = head.doc[head.left_edge.i : head.right_edge.i + 1]
    if all(token.ent_type_ != "PERSON" for token in phrase):
        return None  # listing the entities of a phrase walks through the whole report
    for person in phrase.ents:
        if person.label_ != "PERSON" or (person.end < len(head.doc) and head.doc[person.end].tag_ == "POS"):
            continue
        title = head.doc[head.i + 1 : person.start]
        titled = person.start > head.i and all(t.pos_ in ("ADP", "PROPN", "NOUN") for t in title)
        titled = titled and head.doc[person.start - 1].pos_ != "ADP"
        if titled or (person.root.dep_ == "appos" and person.root.head.i == head.i):
            return str(person.text)
    return None


def name_of(head: Token, resolved: Resolved) -> str:
    """A known actor's name, a person's name without the title, an outlet's without "the newspaper", else the words."""
    mention = resolved.mentions.get(head.i)
    if mention is not None and (mention.actor.id or mention.actor.kind == "person"):
        return mention.actor.name
    person = person_in(head)
    if person is not None:
        return person
    named = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    return words_of(named if named is not None and is_outlet(head) else head)


def authoring_outlet(document: Token) -> Token | None:
    """ "a report by B", "a report published by B": of an outlet B it is B's word."""
    return next((a for a in _authors(document) if is_outlet(a)), None)


def _authors(document: Token) -> list[Token]:
    found = []
    for part in document.children:
        if part.dep_ == "acl" and lemma_of(part) in PRINTED:
            found += [object_of(c) for c in part.children if c.lower_ in ("by", "in")]
        elif part.lower_ in ("by", "from", "in"):
            found.append(object_of(part))
    return [author for author in found if author is not None]


def affiliation_of(head: Token) -> str | None:
    """Whom a person speaks for, or who wrote a document, where the phrase says it."""
    for part in head.rights:
        if part.dep_ in ("prep", "agent") and part.lower_ in ("of", "at", "from", "by", "for"):
            named = object_of(part)
            if named is not None:
                return words_of(named)
    author = next(iter(_authors(head)), None) if is_any(head, "documents") else None
    if author is not None:
        return words_of(author)
    if head.pos_ == "PROPN" or is_outlet(head):
        return None
    owner = [c for c in head.lefts if c.dep_ in ("poss", "compound", "nmod")]
    return str(head.doc[owner[0].left_edge.i : owner[-1].i + 1].text) if owner else None


def words_of(head: Token) -> str:
    """A noun phrase without relative clauses, appositions and participles."""
    first, last = short_phrase(head)
    return str(head.doc[first:last].text)


def short_phrase(head: Token) -> tuple[int, int]:
    """First and last (exclusive) token of `words_of`."""
    left = min((t.i for c in head.lefts for t in c.subtree), default=head.i)
    right = head.i
    for part in head.rights:
        if part.dep_ in ("relcl", "acl", "appos") or part.text in MARKS:
            break
        if part.dep_ in ("conj", "cc") or (
            part.dep_ == "prep" and part.lower_ in ("of", "at", "in", "from", "for", "to", "with")
        ):
            right = max(t.i for t in part.subtree)
    doc = head.doc
    while left < head.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    while right > head.i and (doc[right].is_space or doc[right].is_punct):
        right -= 1
    return left, right + 1


def clipped_phrase(phrase: tuple[int, int], head: Token) -> tuple[int, int]:
    """The source's words up to the comma or relative clause after the head."""
    doc, (first, last) = head.doc, phrase
    for i in range(head.i + 1, last):
        if doc[i].text in MARKS or doc[i].tag_ in ("WDT", "WP"):
            return first, i
    return first, last
