"""Whom the tokens that take part in an act stand for: conjuncts, nations, users of weapons, people and bodies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.knowledge import read_toml
from reportedly.records import Actor, Participant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from reportedly.records import Mention, Resolved

FIRST_PERSON = frozenset({"we", "i", "us", "me", "our", "my", "ourselves"})


class Parties:
    """Reads who is meant off the mentions of one report."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved

    def _owners(self, noun: Token) -> list[Token]:
        prepositions = syntax.prepositional(noun)
        owners = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod") and self._acting(c)]
        owners += [t for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" for t in syntax.agents(c)]
        for word in ("of", "by", "from", "with", "between", "against", "to"):
            owners += [t for t in prepositions.get(word, []) if t.pos_ in syntax.NOUNS]
        return owners

    def _expand(self, tokens: Iterable[Token]) -> list[Token]:
        """Conjuncts too; "US, British and Iraqi officials" are three."""
        found: list[Token] = []
        for token in tokens:
            for one in (*_joined(token), *self._listed(token)):
                nations = self._nations_of(one)
                for t in nations or [one]:
                    if t not in found and not is_temporal(t):
                        found.append(t)
        return found

    def _listed(self, token: Token) -> list[Token]:
        """ "Spain, Ireland to recognise …": two states side by side are two; "Paris, France" is one."""
        own = self._mention(token)
        if own is None or own.actor.kind != "state":
            return []
        beside = [(c, m.actor) for c in token.children if c.dep_ == "appos" and (m := self._mention(c))]
        return [c for c, actor in beside if actor.kind == "state" and actor.country != own.actor.country]

    def _nations_of(self, noun: Token) -> list[Token]:
        """ "British and Iraqi officials", "delegations from Mali and Niger": the nations that they stand for."""
        before = [c for c in noun.children if c.dep_ in ("amod", "nmod", "compound")]
        after = [p for c in noun.children if c.lower_ in ("from", "of") for p in c.children if p.dep_ == "pobj"]
        mention = self._mention(noun)
        if mention is None or mention.actor.sector not in (None, "GOV", "LEG"):
            after = []  # soldiers from two countries are soldiers first
        after = [p for p in after if (m := self._mention(p)) and m.actor.kind == "state"]
        for child in (*before, *after):
            if any(c.dep_ == "conj" for c in child.children):
                nations = [t for t in syntax.coordinated(child) if (m := self._mention(t)) and m.actor.country]
                if len(nations) > 1:
                    return nations
        return []

    def _users_of(self, token: Token) -> list[Token]:
        """A drone is no actor: who launched it is; a rocket that nobody is said to have launched gives none."""
        for child in token.children:
            if child.dep_ in ("acl", "relcl") and child.lemma_ in (
                "launch",
                "fire",
                "send",
                "operate",
                "fly",
                "drop",
                "use",
                "control",
            ):
                users = syntax.agents(child)
                if users and users[0].i != token.i:
                    return self._expand(users)
        if token.lemma_.lower() in words_for("instruments") | words_for("non_doers"):
            return self._expand([t for t in self._owners(token) if self._acting(t)])
        return [token]

    def _mention(self, token: Token) -> Mention | None:
        return self.resolved.mentions.get(token.i)

    def subjects_of(self, verb: Token) -> list[Token]:
        """Who denies or claims it."""
        return self._expand(syntax.agents(verb))

    def acts(self, token: Token) -> bool:
        """True if the token stands for somebody who can act."""
        return self._acting(token)

    def is_somebody(self, token: Token) -> bool:
        """True if the token names a person or an organisation, known or not, or a kind of people."""
        mention = self._mention(token)
        return token.ent_type_ in ("PERSON", "ORG", "NORP") or (mention is not None and mention.acting)

    def any_acting(self, tokens: Iterable[Token]) -> bool:
        """True if one of the tokens stands for somebody who can act."""
        return any(self._acting(t) for t in tokens)

    def _acting(self, token: Token) -> bool:
        """True if the token stands for somebody who can act: a sector or an id is known, or it is we or I."""
        mention = self._mention(token)
        if mention is None:
            return False
        actor = mention.actor
        known = bool(actor.sector or actor.id or actor.kind != "role")
        return (known and mention.acting) or is_first_person(token)

    def participants(self, tokens: Iterable[Token], *, speaker: Token | None) -> tuple[Participant, ...]:
        """The tokens as participants, first-person pronouns as their speaker, each actor once."""
        found: list[Participant] = []
        for token in tokens:
            mention = self._mention(token)
            if mention is None:
                first, last = syntax.phrase_bounds(token)
                start, end = token.doc[first].idx, token.doc[last - 1].idx + len(token.doc[last - 1])
                text = token.doc[first:last].text
                participant = Participant(start, end, text, Actor(None, text))
            else:
                actor = mention.actor
                if is_first_person(token) and speaker is not None and (spoken := self._mention(speaker)):
                    actor = spoken.actor
                participant = Participant(mention.start, mention.end, mention.text, actor)
            if all(p.start != participant.start for p in found):
                found.append(participant)
        return tuple(found)


@cache
def words_for(name: str) -> frozenset[str]:
    """The word list of that name in acts.toml."""
    return frozenset(read_toml("acts.toml")[name])


def is_first_person(token: Token) -> bool:
    """We and I, but not the US."""
    return token.lower_ in FIRST_PERSON and token.pos_ in ("PRON", "DET")


def _joined(token: Token) -> list[Token]:
    """Coordinated nouns; "the emir, Sheikh Hamad" without a conjunction is one."""
    found = syntax.coordinated(token)
    if len(found) == 2 and not any(c.dep_ == "cc" for c in token.children):
        return [token]
    return found


def is_temporal(token: Token) -> bool:
    """True for a day or an hour, which takes part in nothing."""
    if token.pos_ == "PROPN" and (token.ent_type_ not in ("DATE", "TIME") or token.dep_ in ("nsubj", "nsubjpass")):
        return False
    return token.ent_type_ in ("DATE", "TIME") or token.lemma_.lower() in ("time", "day", "week", "month", "year")
