"""Source and content of a cue by its syntax: whose subject says, which clause or object is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
CLAUSES = ("ccomp", "xcomp", "pcomp")
ASIDE = ("parataxis", "advcl", "relcl", "acl")
AUXILIARIES = ("aux", "auxpass", "neg", "prt")


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    return next((c for c in token.children if c.dep_ in deps), None)


def subtree(token: Token) -> set[int]:
    """Token indices of the whole phrase that this word heads."""
    return {t.i for t in token.subtree}


def is_passive(verb: Token) -> bool:
    """ "was quoted", "is thought": the subject is no speaker."""
    return child(verb, "nsubjpass", "auxpass") is not None


def agent_of(verb: Token) -> Token | None:
    """Whom a passive names: "by the police"."""
    for by in verb.children:
        if by.lower_ == "by" and by.dep_ in ("agent", "prep"):
            return child(by, "pobj")
    return None


def source_of(cue: Token) -> Token | None:
    """The head of the words for who says so, or None."""
    if cue.pos_ in ("NOUN", "PROPN"):
        return _source_of_noun(cue)
    if is_passive(cue):
        return agent_of(cue)
    if cue.dep_ == "acl" and cue.tag_ == "VBN":
        return agent_of(cue)
    return subject_of(cue)


def subject_of(verb: Token) -> Token | None:
    """The subject, also where it is shared: by a conjunct, a participle, an infinitive, or across "is" and adjective."""
    seen = 0
    while seen < 6:
        seen += 1
        subject = child(verb, "nsubj", "nsubjpass")
        if subject is not None:
            return subject
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and child(verb.head.head, "dobj", "nsubjpass") is not None:
            return child(verb.head.head, "dobj", "nsubjpass")
        if verb.dep_ == "xcomp" and child(verb.head, "dobj") is not None and verb.head.lemma_ not in ("promise", "use"):
            return child(verb.head, "dobj")
        if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "acomp", "dep") and verb.head is not verb:
            verb = verb.head
            continue
        return None
    return None


def _source_of_noun(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for prep in noun.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("by", "from", "among"):
            return child(prep, "pobj")
        if prep.dep_ == "acl" and agent_of(prep) is not None:
            return agent_of(prep)
    return None


def phrase_of(head: Token, without: Iterable[int] = ()) -> tuple[int, int]:
    """First and last (exclusive) token of a noun phrase around its head, without the words of the cue.

    A relative clause that holds the cue ends the phrase ("officials who said"), and so do punctuation marks at its ends.
    """
    barred = set(without)
    inside = {t.i for t in head.subtree}
    left = right = head.i
    while left - 1 in inside and left - 1 not in barred:
        left -= 1
    while right + 1 in inside and right + 1 not in barred:
        right += 1
    doc = head.doc
    while left < head.i and (
        doc[left].is_punct and doc[left].text not in "([" or doc[left].is_space or doc[left].dep_ in ("cc", "prep")
    ):
        left += 1
    while right > head.i and (
        doc[right].is_space or doc[right].text in {",", ";", ":", "-", "—", "–"} or doc[right].dep_ == "cc"
    ):
        right -= 1
    return left, right + 1


def content_of(cue: Token, said_in: set[int]) -> set[int]:
    """Token indices of what is said: the clause, object or prepositional phrase that the cue governs, or the clause that
    it is put into. `said_in` are the tokens of source and cue."""
    found: set[int] = set()
    for part in cue.children:
        if part.dep_ in ("ccomp", "xcomp") or (part.dep_ in ("acl", "relcl") and cue.pos_ in ("NOUN", "PROPN")):
            found |= subtree(part)
    if not found:
        found = _put_into(cue)
    if not found:
        for part in cue.children:
            if part.dep_ in ("dobj", "oprd", "attr") or (part.dep_ == "prep" and part.lower_ in ABOUT):
                found |= subtree(part)
    return found - said_in


ABOUT = ("of", "about", "for", "on", "against", "that", "as", "to", "at", "with", "over", "from", "in")


def _put_into(cue: Token) -> set[int]:
    """ "The risks, the source said, are high": the clause around."""
    if cue.dep_ in ("parataxis", "ccomp") and cue.head is not cue and cue.head.pos_ in ("VERB", "AUX"):
        around = cue.head
        if cue.dep_ == "ccomp" and cue.i < around.i:
            return set()
        return subtree(around) - subtree(cue)
    return set()


def runs_of(tokens: Iterable[int], doc: Doc) -> tuple[tuple[int, int], ...]:
    """Sorted token indices as ranges (end exclusive); spaces and commas at their ends are left out."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and i == runs[-1][1]:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    kept = []
    for first, last in runs:
        while first < last and (doc[first].is_space or doc[first].text in {",", ";", "-", "–", "—", ":"}):
            first += 1
        while last > first and (doc[last - 1].is_space or doc[last - 1].text in {",", ";", "-", "–", "—", ":"}):
            last -= 1
        if first < last and not all(doc[i].is_punct for i in range(first, last)):
            kept.append((first, last))
    return tuple(kept)
