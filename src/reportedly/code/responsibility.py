"""Who says of itself that it did it: "the group claimed responsibility for the attack", or for what was told before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.code.acts import Act, act_of
from reportedly.code.lexicon import Pattern
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from reportedly.code.drafts import Draft
    from reportedly.records import Resolved

CLAIM = Pattern("claim/V >responsibility", ("VERB",), (), "ASSAULT", (), (), "none", 0)
"""What is claimed where no noun says it: the attack that was told of last."""
VIOLENT = ("ASSAULT", "COERCE")
REACH = 12
"""So many sentences back what is claimed or denied may have been told."""


def with_claimed(resolved: Resolved, acts: Sequence[Act]) -> list[Act]:
    """The acts, and those that somebody claims to have done; `claimed_by` is the verb of the claim."""
    at = {act.trigger.i: act for act in acts}
    for verb in resolved.parsed.doc:
        responsibility = _claims(verb)
        if responsibility is None:
            continue
        claimed = [at.get(noun.i) or act_of(noun, resolved) for noun in _claimed(verb, responsibility)]
        for act in (act for act in claimed if act is not None and act.event in VIOLENT):
            at[act.trigger.i] = replace(act, claimed_by=verb)
        if not claimed and verb.lemma_ == "claim" and responsibility.lemma_ == "responsibility":
            at[verb.i] = Act(verb, CLAIM, "ASSAULT", claimed_by=verb)
    return sorted(at.values(), key=lambda act: act.trigger.i)


def _claims(verb: Token) -> Token | None:
    """The "responsibility" that this verb claims, if somebody really claims it."""
    words = read_toml("acts.toml")["responsibility"]
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words["verbs"]:
        return None
    doubted = syntax.is_infinitive(verb) or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children)
    who = [*syntax.subjects(verb), *syntax.agents(verb)]
    if doubted or not who or any(syntax.is_nobody(token) for token in who):
        return None
    return next((noun for noun in syntax.objects(verb) if noun.lemma_.lower() in words["nouns"]), None)


def _claimed(verb: Token, responsibility: Token) -> Iterator[Token]:
    """The words for what is claimed: "for the attack and the kidnapping"."""
    for holder in (verb, responsibility):
        for noun in syntax.prepositional(holder).get("for", ()):
            yield from syntax.coordinated(noun)


def take_up(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Give an act that somebody claims or denies, and that tells nothing of its own, what the one told last tells."""
    if (draft.act.claimed_by is None and draft.act.denied_by is None) or draft.recipients:
        return None
    sentence = draft.act.trigger.sent.start
    before = [d for d in drafts if d.event in VIOLENT and d.asserted and d.act.trigger.i < draft.act.trigger.i]
    told = before[-1] if before else None
    if told is None or sum(1 for s in draft.act.trigger.doc.sents if told.act.trigger.i < s.start <= sentence) > REACH:
        return None
    draft.event, draft.recipients = told.event, told.recipients
    draft.where = draft.where or told.where
    draft.why.append(f"claims what {told.act.trigger.text!r} told")
    return told
