"""Which words name acts: patterns on verbs, nouns and adjectives, and the light verbs that carry nouns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportedly.code import lexicon, syntax
from reportedly.code.lexicon import Pattern
from reportedly.knowledge import read_toml
from reportedly.records import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from reportedly.code.attribution import Saying
    from reportedly.records import Resolved


@dataclass(frozen=True, slots=True)
class Act:
    """A word that names an act. `verb` is the light verb that carries a noun ("launched an attack"), if there is one.

    `suffered` is true where that verb's subject is who the act was done to. `demanded` acts are only what a speaker
    says must be done: the demand is the act. `denied_by` is the verb by which somebody denies having done it,
    `claimed_by` the one by which somebody says that it did.
    """

    trigger: Token
    pattern: Pattern
    event: str
    modes: tuple[str, ...] = ()
    verb: Token | None = None
    suffered: bool = False
    demanded: bool = False
    denied_by: Token | None = None
    claimed_by: Token | None = None

    @property
    def nominal(self) -> bool:
        """True if the act is named by a noun."""
        return self.trigger.pos_ in ("NOUN", "PROPN")


@dataclass(slots=True)
class Found:
    """The acts of a report, definite nouns that take an earlier act up, and why words were passed over."""

    acts: list[Act] = field(default_factory=list)
    anaphors: list[Token] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def find_acts(resolved: Resolved) -> Found:
    """All words that name an act by some pattern, in text order; who takes part is not yet looked at."""
    found = Found()
    marks = marks_of(resolved)
    covered: set[int] = set()
    candidates = []
    for token in resolved.parsed.doc:
        if token.pos_ in ("VERB", "NOUN", "ADJ", "PROPN", "AUX"):
            pattern = lexicon.match(token, marks)
            if pattern is not None:
                candidates.append((token, pattern))
    for token, pattern in candidates:
        if token.pos_ in ("VERB", "ADJ") and pattern.event is not None:
            covered.update(_covered(token, pattern))
    for token, pattern in candidates:
        if pattern.event is None:
            pass_over(found, token, f"pattern {pattern.text!r} names no act")
        elif token.pos_ in ("NOUN", "PROPN"):
            _add_noun(found, token, pattern, covered, resolved)
        else:
            found.acts.append(Act(token, pattern, pattern.event, pattern.modes))
    return found


DEMAND = Pattern("must/V", ("VERB",), (), "REQUEST", (), ("subj", "clause"), "speaker", 0)
"""Who says that somebody must or should do something asks for it."""


VERBAL = ("REQUEST", "AGREE", "THREATEN", "ACCUSE", "REJECT", "SUPPORT")


def find_demands(resolved: Resolved, sayings: Sequence[Saying], acts: Sequence[Act]) -> list[Act]:
    """Verbs under "must", "should" or "ought to" in what somebody says, unless the saying itself is coded as verbal."""
    coded = {act.trigger.i for act in acts if act.event in VERBAL}
    found = []
    for token in resolved.parsed.doc:
        if token.tag_ != "MD" or token.lower_ not in ("must", "should", "ought") or token.dep_ != "aux":
            continue
        verb = token.head
        kinds = {c.dep_ for c in verb.children}
        if "neg" in kinds or not kinds & {"nsubj", "nsubjpass"} or verb.i in coded:
            continue
        told = (s for s in sayings if s.nature == "speech" and s.holds(verb.i))
        around = [s for s in told if s.cue or s.source_head is not None]
        if around and not any(i in coded for s in around for i in s.cue):
            found.append(Act(verb, DEMAND, "REQUEST", demanded=True))
    return found


def with_denials(resolved: Resolved, acts: Sequence[Act]) -> list[Act]:
    """The acts, and those that their doer denies: "Iran denied an attack on the port", "any part in the attacks".

    Whoever denies violence of which no other doer is named is the one who is said to have done it.
    """
    at = {act.trigger.i: act for act in acts}
    for token in resolved.parsed.doc:
        if token.lemma_ != "deny" or token.pos_ != "VERB":
            continue
        for noun in _denied_nouns(token):
            act = at.get(noun.i) or act_of(noun, resolved)
            if act is not None and act.event == "ASSAULT":
                at[noun.i] = replace(act, denied_by=token)
    return sorted(at.values(), key=lambda act: act.trigger.i)


def act_of(noun: Token, resolved: Resolved) -> Act | None:
    """The act that the word names, also where it only takes up one that was told before; None if it names none."""
    pattern = lexicon.match(noun, marks_of(resolved))
    return Act(noun, pattern, pattern.event or "", pattern.modes) if pattern is not None else None


def _denied_nouns(verb: Token) -> Iterator[Token]:
    """Nouns of acts that are denied as one's own: the object, and what "a role in" leads to."""
    for noun in syntax.objects(verb):
        if noun.lemma_ in lexicon.word_classes()["share"]:
            yield from (n for w in ("in", "for", "of", "to") for n in syntax.prepositional(noun).get(w, []))
        elif not syntax.has_owner(noun) and "by" not in syntax.prepositional(noun):
            yield noun


def pass_over(found: Found, token: Token, because: str) -> None:
    """Note why a word is no claim; decisions are shown by `explain`."""
    found.decisions.append(Decision(token.idx, token.idx + len(token), token.text, "not coded", because))


def _covered(token: Token, pattern: Pattern) -> Iterator[int]:
    """Nouns that a verb's pattern has used up: the "talks" of "held talks"."""
    for condition in pattern.conditions:
        if condition.sign == ">" and condition.wanted:
            for noun in syntax.objects(token):
                yield from (t.i for t in syntax.coordinated(noun) if t.lemma_.lower() in condition.words)


def _add_noun(found: Found, token: Token, pattern: Pattern, covered: set[int], resolved: Resolved) -> None:
    if token.i in covered:
        return
    if token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i:
        pass_over(found, token, "only modifies another noun")
        return
    if token.pos_ == "PROPN" and token.ent_type_ not in ("", "EVENT"):
        pass_over(found, token, "part of a name")
        return
    act = Act(token, pattern, pattern.event or "", pattern.modes)
    light = light_verb(token)
    if light is not None:
        act = replace(act, verb=light[0], suffered=light[1])
    elif _takes_up(token, resolved):
        found.anaphors.append(token)
        pass_over(found, token, "takes up an act told before")
        return
    found.acts.append(act)


def light_verb(noun: Token) -> tuple[Token, bool] | None:
    """The verb that only says that the noun's act was done, and whether its subject suffered it; None if none does."""
    light = read_toml("acts.toml")["light_verbs"]
    at = noun
    while at.dep_ == "conj" and at.head.pos_ == "NOUN":
        at = at.head
    if at.dep_ == "pobj" and at.head.lower_ == "of" and at.head.head.lemma_ in lexicon.HOLDERS:
        at = at.head.head
    if at.dep_ == "pobj" and at.head.dep_ in ("prep", "prt") and at.head.head.pos_ == "VERB":
        verb, particle = at.head.head, at.head.lower_
        if (verb.lemma_, particle) in (("carry", "out"), ("engage", "in"), ("resort", "to")):
            return verb, False
        return None
    if at.dep_ not in ("dobj", "nsubjpass") or at.head.pos_ != "VERB":
        if at.dep_ == "nsubj" and at.head.lemma_ in ("take", "occur", "happen"):
            return at.head, False
        return None
    lemma = at.head.lemma_.lower()
    if lemma in light["doers"]:
        return at.head, False
    return (at.head, True) if lemma in light["sufferers"] else None


def _takes_up(noun: Token, resolved: Resolved) -> bool:
    """A definite noun that tells nothing of its own: "the attack", "this meeting", "the latest strike"."""
    definite = any(
        c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those", "such") for c in noun.children
    )
    if not definite:
        return False
    for child in noun.subtree:
        if child.i != noun.i and child.i in resolved.mentions and resolved.mentions[child.i].actor.country:
            return False
    spans = [(t.start, t.end) for t in resolved.timexes] + [(t.start, t.end) for t in resolved.toponyms]
    first, last = noun.left_edge.idx, noun.right_edge.idx + len(noun.right_edge)
    return not any(first <= start and end <= last for start, end in spans)


def marks_of(resolved: Resolved) -> lexicon.Marks:
    """What the act patterns may ask about a token's referent."""
    places = {t.start for t in resolved.toponyms}

    def marks(token: Token) -> frozenset[str]:
        found = set()
        if token.ent_type_ == "PERSON":
            found.add("@PERSON")
        mention = resolved.mentions.get(token.i)
        if mention is not None:
            if mention.actor.kind == "person":
                found.add("@PERSON")
            elif mention.actor.kind in ("state", "group"):
                found.add("@STATE")
            if mention.human:
                found.add("@HUMAN")
            if mention.actor.sector == "CVL":
                found.add("@DEMONYM")
        if token.lower_ == "we" and token.pos_ == "PRON":
            found.add("@STATE")
        if token.ent_type_ == "MONEY":
            found.add("@MONEY")
        if token.idx in places or token.ent_type_ in ("GPE", "LOC"):
            found.add("@PLACE")
        return frozenset(found)

    return marks
