"""What an attack did is no second attack: "opened fire and killed three", "were wounded when rebels attacked".

So is a participle that only says whose the weapon was: "rockets *fired* by rebels hit the airport".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.code import circumstances_shared as shared
from reportedly.code import syntax
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.code.drafts import Draft

OWN = frozenset({"abduct", "torture", "sexual", "beat"})
"""Modes of violence that killing does not follow from: "abducted two and killed a third" are two acts."""
WHEN = ("when", "as", "after", "while")


def is_outcome(attack: Draft, harm: Draft) -> bool:
    """True if the second claim only says whom the attack of the first hurt, or with whose weapons it was done."""
    if attack.event != "ASSAULT" or harm.event != "ASSAULT" or attack.polarity != harm.polarity:
        return False
    above, below = attack.act.trigger, harm.act.trigger
    if below.dep_ == "acl" and below.head.head.i == above.i and below.head.lemma_.lower() in _words("instruments"):
        return below.head.dep_ in syntax.SUBJECTS
    if attack.aspect == harm.aspect and _advanced(attack, harm):
        return True
    if attack.aspect != harm.aspect or not is_harm(harm):
        return False
    return _joined(attack, above, below) or _suffered_when(attack, harm)


def _advanced(attack: Draft, advance: Draft) -> bool:
    """ "Troops advanced into Darfur and attacked a camp": the advance brings the attack."""
    above = shared.joined_above(attack.act.trigger)
    own = advance.act.trigger
    return above is not None and above.i == own.i and own.lemma_ in _words("advancing") and not advance.act.nominal


def _joined(attack: Draft, above: Token, below: Token) -> bool:
    """ "Soldiers opened fire on a crowd and killed three people"."""
    first = shared.joined_above(below)
    if first is None or OWN & set(attack.modes) or syntax.is_passive(first) != syntax.is_passive(below):
        return False
    return first.i in (above.i, attack.act.verb.i if attack.act.verb is not None else above.i)


def _suffered_when(attack: Draft, harm: Draft) -> bool:
    """ "Two soldiers were wounded when rebels attacked": the attack is told in the clause that says when."""
    below = harm.act.trigger
    clause = attack.act.verb if attack.act.verb is not None else attack.act.trigger
    if harm.actors or not syntax.is_passive(below):
        return False
    return clause.dep_ == "advcl" and clause.head.i == below.i and syntax.marked(clause, WHEN)


def both_suffer(attack: Draft, harm: Draft) -> bool:
    """True where attack and outcome name different people, and both are hurt: "killed two and wounded a third"."""
    return is_outcome(attack, harm) and is_harm(harm) and (is_harm(attack) or _suffered_when(attack, harm))


def is_harm(draft: Draft) -> bool:
    """True for verbs that say what violence did to people, not how: "kill", "wound"."""
    return draft.act.trigger.lemma_.lower() in _words("harming") and not draft.act.nominal


def harms_nobody(draft: Draft) -> bool:
    """True for "the blast killed nobody": no attack is denied by it."""
    if draft.event != "ASSAULT" or not is_harm(draft):
        return False
    hurt = draft.sides.recipients
    return bool(hurt) and all(
        t.lower_ in ("nobody", "none") or any(c.lower_ == "no" and c.dep_ in ("det", "neg") for c in t.children)
        for t in hurt
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("acts.toml")[name])
