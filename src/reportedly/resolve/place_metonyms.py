"""Stage 3 of 8: names of places that stand for a government or belong to the name of a body."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from reportedly.knowledge import read_toml
from reportedly.resolve.place_mentions import PLACE_LABELS, Proposal

_BODIES = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "PERSON"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "agent"})


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(read_toml("places.toml")["metonyms"][name])


def is_metonym(doc: Doc, p: Proposal) -> bool:
    """Whether the name stands for who governs the place or for a body named after it, and not for the ground itself.

    Capitals and countries that say, decide or agree ("Washington said") and that own policies ("Tehran's influence");
    names within names of bodies ("Columbus Council"). Source of the notion: Markert and Nissim 2007, SemEval task 8.
    """
    if p.label in _BODIES and not p.covers:
        return True
    if p.label and p.label not in PLACE_LABELS and p.label != "ORG":
        return False
    head = _head(doc, p)
    if head.dep_ in _SUBJECT and head.head.lemma_.lower() in _lemmas("verbs"):
        return True
    if head.dep_ == "poss" and head.head.lemma_.lower() in _lemmas("possessions"):
        return True
    if head.dep_ == "pobj" and head.head.lower_ in {"with", "by", "against", "between"}:
        governor = head.head.head
        return governor.lemma_.lower() in _lemmas("dealings")
    return head.dep_ in {"compound", "nmod"} and head.head.lemma_.lower() in _lemmas("possessions")


def _head(doc: Doc, p: Proposal) -> Token:
    """The token of the name that hangs from a token outside of it; up a chain of "and"."""
    token = next((t for t in doc[p.first : p.last] if not p.first <= t.head.i < p.last), doc[p.last - 1])
    while token.dep_ == "conj" and token.head.i != token.i and token.head.ent_type_ in PLACE_LABELS:
        token = token.head
    return token
