"""Whom a pronoun or a short description that speaks stands for, where the resolver does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code.attribution_sources import is_any, is_outlet, person_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.code.attribution import Saying
    from reportedly.records import Resolved

AGREEMENT = {
    **dict.fromkeys(("he", "she", "his", "her", "him"), "person"),
    **dict.fromkeys(("it", "its"), "thing"),
    **dict.fromkeys(("they", "their", "them"), "many"),
}
PRONOUNS = frozenset({*AGREEMENT, "who", "which", "that", "we", "i"})
FAR = 300
"""Tokens that a short description may stand behind its fuller form."""


def antecedent_of(head: Token, sayings: Sequence[Saying], resolved: Resolved) -> Token:
    """The earlier words that a pronoun or a short description stands for; the head itself where none are found."""
    mention = resolved.mentions.get(head.i)
    if mention is not None and mention.antecedent is not None:
        return resolved.parsed.doc[mention.antecedent]
    if head.tag_ in ("WP", "WDT"):
        clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
        return head if clause is None else antecedent_of(clause.head, sayings, resolved)
    if head.pos_ == "PRON":
        return _last_speaker(head, sayings) or head
    if any(c.lower_ in ("the", "this", "that") for c in head.lefts) and len(list(head.subtree)) == 2:
        return _fuller_words(head) or _last_body(head) or head
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


def _number_and_nature(noun: Token) -> str:
    if noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.children):
        return "many"
    if person_in(noun) is not None or (is_any(noun, "anonymous", "offices") and noun.ent_type_ != "ORG"):
        return "person"
    return "thing"


def _last_body(head: Token) -> Token | None:
    """ "the group", "the newspaper": the last organisation or outlet that was named."""
    outlet, body = is_any(head, "generic_outlets"), is_any(head, "generic_bodies")
    for i in range(head.i - 1, max(-1, head.i - FAR), -1) if outlet or body else ():
        other = head.doc[i]
        if other.pos_ == "PROPN" and ((outlet and is_outlet(other)) or (body and other.ent_type_ in ("ORG", "NORP"))):
            return _top_of_name(other)
    return None


def _top_of_name(token: Token) -> Token:
    while token.dep_ == "compound" and token.head.pos_ == "PROPN":
        token = token.head
    return token


def _fuller_words(head: Token) -> Token | None:
    """ "the ministry" after "the Commerce Ministry": an earlier phrase with the same head and more words."""
    for i in range(head.i - 1, max(-1, head.i - FAR), -1):
        other = head.doc[i]
        if other.lower_ == head.lower_ and any(
            c.dep_ in ("compound", "amod", "poss", "nummod") or c.lower_ in ("a", "an", "one") for c in other.lefts
        ):
            return other
    return None
