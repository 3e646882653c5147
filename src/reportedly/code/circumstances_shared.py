"""Clauses that share their day and their place: "threatened to attack on Monday", "looted and burned on Monday".

The parser hangs a day at the end of a sentence on the last verb. Where that verb has no tense of its own, or the same
subject, the day and the place hold for the verb above as well. Pure syntax; what is lent is decided by the callers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


def joined_below(verb: Token) -> Iterator[Token]:
    """Verbs joined to this one that have the same subject, in their order: "looted shops and *burned* houses"."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and _goes_on(child):
            yield child
            yield from joined_below(child)


def joined_above(verb: Token) -> Token | None:
    """The verb that this one is joined to with the same subject; None if there is none."""
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _goes_on(verb):
        return verb.head
    return None


def _goes_on(verb: Token) -> bool:
    """True unless the verb has a subject of its own, or happens later: "and was released weeks later"."""
    return not any(c.dep_ in syntax.SUBJECTS or c.lemma_ in _sequence() for c in verb.children)


@cache
def _sequence() -> frozenset[str]:
    return frozenset(read_toml("acts.toml")["sequence"])


def untensed_below(verb: Token) -> Iterator[Token]:
    """Verbs without tense that complete this one: "threatened to *attack*", "accused them of *arming* rebels"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        for clause in _untensed(child, verb):
            yield clause
            yield from untensed_below(clause)


def _untensed(child: Token, verb: Token) -> list[Token]:
    if child.dep_ == "prep":
        return [c for c in child.children if c.dep_ == "pcomp" and c.pos_ == "VERB" and _has_no_tense(c)]
    if child.dep_ == "dobj":  # "gave the order to attack" orders; a decision to attack is another thing than its day
        if verb.lemma_ not in read_toml("acts.toml")["light_verbs"]["doers"]:
            return []
        return [c for c in child.children if c.dep_ in ("acl", "relcl") and syntax.is_infinitive(c)]
    return [child] if child.dep_ in ("xcomp", "advcl", "ccomp") and _has_no_tense(child) else []


def _has_no_tense(verb: Token) -> bool:
    if any(c.dep_ in ("nsubj", "mark", "nsubjpass") for c in verb.children):
        return False
    return syntax.is_infinitive(verb) or verb.tag_ in ("VBG", "VB")


def told_before(verb: Token) -> Iterator[Token]:
    """Verbs in the pluperfect that only say whom this one is about: "closed a paper that *had criticised* him"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("dobj", "pobj"):
            for clause in child.children:
                if clause.dep_ == "relcl" and any(c.dep_ == "aux" and c.lower_ == "had" for c in clause.children):
                    yield clause


def is_past(verb: Token) -> bool:
    """True for a verb in the past tense, in a passive, or in a headline's present."""
    tags = {verb.tag_, *(c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass"))}
    return not tags & {"MD", "TO"}
