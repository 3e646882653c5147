"""Which claim answers or follows from which: connectives, verbs of causing, and "in response"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.code.drafts import Draft
    from reportedly.records import Resolved

NEAR = 90
"""Tokens that "in response" reaches back."""
CONFLICT = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN", "PROTEST"})


@cache
def _words() -> dict[str, Any]:
    return read_toml("causes.toml")


def link_causes(drafts: list[Draft], anaphors: Sequence[Token], resolved: Resolved) -> None:
    """Fill `causes` of the drafts from the words that link them; `anaphors` are nouns that take up an earlier act."""
    at: dict[int, Draft] = {d.act.trigger.i: d for d in drafts}
    for noun in anaphors:
        earlier = _taken_up(noun, drafts)
        if earlier is not None:
            at.setdefault(noun.i, earlier)
    for draft in drafts:
        found = [*_by_connective(draft, at), *_by_verb(draft, at), *_pointing_back(draft, drafts)]
        for cause in found:
            if cause is not draft and cause not in draft.causes and draft not in cause.causes:
                draft.causes.append(cause)


def _taken_up(noun: Token, drafts: Sequence[Draft]) -> Draft | None:
    lemma = noun.lemma_.lower()
    earlier = [
        d
        for d in drafts
        if d.act.trigger.i < noun.i
        and (lemma in _words()["taken_up"].get(d.event, ()) or d.act.trigger.lemma_ == lemma)
    ]
    return max(earlier, key=lambda d: d.act.trigger.i, default=None)


def _by_connective(draft: Draft, at: dict[int, Draft]) -> list[Draft]:
    """ "after the attack", "in retaliation for the raid", "when …" below the act's own verb."""
    found = []
    for holder in filter(None, (draft.act.trigger, draft.act.verb)):
        for child in holder.children:
            lead = _lead(child)
            if lead in _words()["to_cause"] or any(lead.startswith(p) for p in _words()["phrases"]):
                found += [at[t.i] for t in child.subtree if t.i in at]
    return found[:2]


def _lead(token: Token) -> str:
    if token.dep_ == "advcl":
        return next((c.lower_ for c in token.children if c.dep_ == "mark"), "")
    doc = token.doc
    if token.lower_ not in ("in", "as"):
        return str(token.lower_)
    return str(doc[token.i : min(token.i + 4, len(doc))].text.lower())


def _by_verb(draft: Draft, at: dict[int, Draft]) -> list[Draft]:
    """ "The meeting led to talks", "a decision informed by the raid", "protests sparked by the killing"."""
    found = []
    for child in draft.act.trigger.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_ in _words()["by_cause"]:
            found += [at[t.i] for c in child.children if c.dep_ in ("agent", "prep") for t in c.subtree if t.i in at]
    at_token: Token = draft.act.trigger
    for _ in range(6):
        if at_token.head.i == at_token.i:
            break
        below, at_token = at_token, at_token.head
        if (
            at_token.pos_ == "VERB"
            and at_token.lemma_ in _words()["leading"]
            and below.dep_ in ("dobj", "prep", "xcomp", "ccomp")
        ):
            found += [
                at[t.i] for c in at_token.children if c.dep_ in ("nsubj", "csubj") for t in c.subtree if t.i in at
            ]
    return found


def _pointing_back(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """ "called for strikes in response": to the violence told in the two sentences before."""
    sentence = draft.act.trigger.sent
    text = sentence.text.lower()
    if not any(re.search(rf"\b{re.escape(p)}\b(?! (?:to|for|of)\b)", text) for p in _words()["back"]):
        return []
    own = {p.actor.country for p in draft.actors}
    earlier = [
        d
        for d in drafts
        if 0 < sentence.start - d.act.trigger.i < NEAR
        and d.event in CONFLICT
        and d.asserted
        and not own & {p.actor.country for p in d.actors if p.actor.country}
    ]
    return earlier[-2:]
