"""Stage 4 of 8: how one word hangs on another: infinitive, finite clause, -ing, noun; raised subjects; joined verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code.standing_local import AUXILIARIES, SUBJECTS, VERBS, is_infinitive
from reportedly.code.standing_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.code.standing_words import LinkKind


def raised_from(subject: Token) -> Token | None:
    """ "begin" for "talks" in "talks are set to begin"."""
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return None
    return next((c for c in subject.head.children if c.dep_ == "xcomp" and is_infinitive(c)), None)


def verb_over(noun: Token) -> Token | None:
    """The verb whose object the noun is in, at most three steps up."""
    at = noun
    for _ in range(3):
        at = at.head
        if at.pos_ in VERBS:
            return at
    return None


def shares_auxiliaries(verb: Token) -> bool:
    """True for "kill" in "may attack and kill": same form, no subject and no auxiliary of its own."""
    if verb.tag_ != verb.head.tag_:
        return False
    return not any(c.dep_ in SUBJECTS or (c.dep_ in AUXILIARIES and c.lower_ != "to") for c in verb.children)


def link_of(token: Token, infinitive: bool) -> LinkKind:
    """By which link an act hangs on its governor; `infinitive` says that it is a "to" infinitive."""
    if infinitive:
        return "infinitive"
    if token.pos_ not in VERBS:
        return "noun"
    if token.tag_ in ("VBG", "VBN", "VB") and not any(
        c.dep_ in (*AUXILIARIES, "mark") or c.dep_ in SUBJECTS for c in token.children
    ):
        return "ing"
    if token.tag_ == "VBG" and not any(c.dep_ in AUXILIARIES for c in token.children):
        return "ing"
    if token.dep_ == "xcomp" or any(c.lower_ in ("having", "being") and c.dep_ in AUXILIARIES for c in token.children):
        return "ing"
    return "that"


def is_perfect(verb: Token) -> bool:
    """True for "has left", "to have left"."""
    return any(c.dep_ == "aux" and c.lower_ in ("have", "has", "had") for c in verb.children)


def links_clauses(word: Token) -> bool:
    """True for a word that opens an adverbial clause: "if", "until", "when"."""
    low = word.lower_
    return word.dep_ == "mark" or low in words("links", "temporal") or low in words("links", "conditional")
