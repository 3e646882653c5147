"""Who did it and to whom: the participants of an act, found through its syntax."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.code.lexicon import word_classes
from reportedly.code.parties import Parties, is_temporal, words_for
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from reportedly.code.acts import Act
    from reportedly.code.attribution import Saying
    from reportedly.records import Resolved

PLACEHOLDERS = frozenset({"it", "that", "which", "this", "what"})
TOWARDS = ("against", "on", "at", "into", "upon", "toward", "towards", "in", "near", "outside", "to", "of")
OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "SPY", "JUD"})
"""Sectors of one and the same state: its government does not ask things of its army in the sense of PLOVER."""
VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT", "CONCEDE", "CONSULT"})


@dataclass(slots=True)
class Sides:
    """The tokens that take part in an act. `reciprocal` acts have all their participants as actors.

    `speaks` is true where whoever says it does it: "the raid is unacceptable" accuses.
    """

    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)
    reciprocal: bool = False
    speaks: bool = False


class RoleFinder(Parties):
    """Finds the participants of the acts of one report."""

    def __init__(self, resolved: Resolved, sayings: Sequence[Saying], acts: Iterable[Act]) -> None:
        super().__init__(resolved)
        self.sayings = sayings
        self.act_at = {act.trigger.i: act for act in acts}
        self.towns = {t.start for t in resolved.toponyms if t.precision in ("point", "city", "region")}

    def sides_of(self, act: Act) -> Sides:
        """Who did it and to whom, as tokens; empty lists where the text does not say."""
        predicate = act.pattern.actor == "speaker"
        sides = self._of_noun(act) if act.nominal and not predicate else self._of_verb(act)
        if act.event in ("ASSAULT", "MOBILIZE", "COERCE", "AID", "RETREAT"):
            sides.actors = [u for t in sides.actors for u in self._users_of(t)]
        if not sides.actors and not act.nominal and act.event in ("MOBILIZE", "RETREAT") and "release" not in act.modes:
            sides.actors = [t for t in self._expand(syntax.objects(act.trigger)) if self._acting(t)]
        if not sides.actors and {"expel", "deport"} & set(act.modes):
            sides.actors = self._left_behind(act)
        if act.event == "PROTEST" and not any(self._acting(t) for t in sides.recipients):
            sides.recipients = self._addressed(act) or sides.recipients
        sides.actors = [t for t in sides.actors if t.lower_ not in words_for("unknown_doers")]
        taken = {t.i for t in sides.actors}
        ids = {m.actor.id for t in sides.actors if (m := self._mention(t)) and m.actor.id}
        sides.recipients = [
            t for t in sides.recipients if t.i not in taken and not ((m := self._mention(t)) and m.actor.id in ids)
        ]
        return sides

    def _addressed(self, act: Act) -> list[Token]:
        """Of whom protesters demand something: "rallied to demand reforms from the king's government"."""
        verb = act.verb or act.trigger
        for clause in (c for c in verb.subtree if c.i > verb.i and c.lemma_ in words_for("demanding")):
            for token in clause.subtree:
                if token.dep_ in ("amod", "compound", "nmod", "poss") and self._acting(token.head):
                    continue  # the Mozambican government is addressed, not Mozambique
                mention = self._mention(token) if token.i > clause.i else None
                if mention is not None and mention.actor.sector in OFFICIAL and self._acting(token):
                    return [token]
        return []

    def _left_behind(self, act: Act) -> list[Token]:
        """ "Sixty diplomats were expelled from Chad": nobody else can expel them from there."""
        prepositions = syntax.prepositional(act.trigger)
        found = list(prepositions.get("from", []))
        found += [t for noun in prepositions.get("of", []) for t in syntax.prepositional(noun).get("from", [])]
        return [t for t in self._expand(found) if (m := self._mention(t)) and m.actor.kind == "state"]

    # --- verbs ---

    def _of_verb(self, act: Act) -> Sides:
        verb, spec = act.trigger, act.pattern.actor
        sides = Sides()
        if spec == "subj":
            subjects = syntax.agents(verb) if verb.pos_ != "ADJ" else syntax.subjects(_copula(verb))
            sides.actors = self._expand(i for t in subjects for i in self._issuers(t, act))
        elif spec == "speaker":
            sides.speaks = True
        elif spec == "obj":
            sides.actors = self._expand(syntax.objects(verb))
        elif spec == "of":
            owners = [t for o in syntax.objects(verb) for t in self._owners(o)]
            sides.actors = self._expand(t for t in owners if self._acting(t))
        elif spec.startswith("~"):
            sides.actors = self._expand(syntax.prepositional(verb).get(spec[1:], []) or self._attackers(verb))
        if not sides.actors and verb.dep_ == "amod" and verb.tag_ in ("VBN", "VBG"):
            return sides
        sides.reciprocal = "both" in act.pattern.recipient
        for deeper in (False, True):
            for place in act.pattern.recipient:
                sides.recipients = self._at(place, verb, act, sides.actors, deeper=deeper)
                if sides.recipients:
                    return sides
        return sides

    def _attackers(self, verb: Token) -> list[Token]:
        """ "came under attack by gunmen": who stands after "by" or "from" of the noun below."""
        below = [t for tokens in syntax.prepositional(verb).values() for t in tokens]
        found = [syntax.prepositional(t).get(word, []) for t in (verb, *below) for word in ("by", "from")]
        return [t for tokens in found for t in tokens if self._acting(t)]

    def _issuers(self, token: Token, act: Act) -> list[Token]:
        """A resolution that calls for something does so for whoever passed it; other things act for nobody."""
        if act.event not in VERBAL or self._acting(token):
            return [token]
        if token.lemma_.lower() in words_for("documents"):
            issued = token.dep_ != "dobj" or token.head.lemma_ in words_for("issuing")
            owners = [t for t in syntax.noun_owners(token) if self._acting(t)] if issued else []
            owners = owners or self._issued_by(token)
            return owners or [t for t in self._owners(token) if self._acting(t)] or [token]
        return [token]

    def _issued_by(self, document: Token) -> list[Token]:
        """ "The resolution demanded": of whoever adopted a resolution in an earlier sentence."""
        lemma = document.lemma_.lower()
        found: list[Token] = []
        for token in document.doc[: document.sent.start]:
            if token.lemma_.lower() == lemma and token.dep_ == "dobj" and token.head.lemma_ in words_for("issuing"):
                found = [t for t in syntax.agents(token.head) if self._acting(t)] or found
        return found

    def _at(self, place: str, verb: Token, act: Act, actors: list[Token], *, deeper: bool) -> list[Token]:
        holder = _copula(verb) if verb.pos_ == "ADJ" else verb
        if deeper:
            found = syntax.deeper_prepositional(holder, place[1:]) if place[0] == "~" else []
            return self._recipients(found[:1], act)
        if place == "subj":
            found = syntax.subjects(verb if verb.pos_ == "VERB" else _copula(verb))
            return self._recipients(found, act) if act.event in VERBAL else self._expand(found)
        if place == "obj":
            return self._recipients(syntax.objects(verb), act) or self._misplaced(verb, act)
        if place == "iobj":
            return self._recipients([c for c in verb.children if c.dep_ == "dative" and c.pos_ in syntax.NOUNS], act)
        if place == "of":
            owners = [p for o in syntax.objects(verb) for p in self._owners(o)]
            return self._recipients(owners, act)
        if place == "clause":
            found = self._within_clause(verb, act, actors)
            return found or (self._within_clause(holder, act, actors) if holder is not verb else [])
        if place.startswith("~"):
            word = place[1:]
            found = syntax.prepositional(verb).get(word, []) or syntax.prepositional(holder).get(word, [])
            return self._recipients(found[:1] if word in ("in", "at", "near") else found, act)
        return []

    def _misplaced(self, verb: Token, act: Act) -> list[Token]:
        """The act that is condemned or praised, where the parser has hung it elsewhere in the verb's phrase."""
        if act.event not in ("ACCUSE", "SUPPORT", "REJECT") or syntax.is_passive(verb):
            return []
        nouns = [self.act_at[t.i] for t in verb.subtree if t.i > verb.i and t.i in self.act_at and t.pos_ == "NOUN"]
        for inner in nouns[:2]:
            found = self._recipients([inner.trigger], act)
            if found:
                return found
        return []

    def _within_clause(self, verb: Token, act: Act, actors: list[Token]) -> list[Token]:
        """Whom the content is about: its subject if that is somebody else, then its objects and prepositions."""
        own = {a.i for a in actors} | {m.antecedent for a in actors if (m := self._mention(a)) and m.antecedent}
        sides = {m.actor.country for a in actors if (m := self._mention(a)) and m.actor.sector in OFFICIAL}
        for clause in self._contents(verb, act):
            for token in self._content_tokens(clause):
                mention = self._mention(token)
                if mention is None or token.i in own or (mention.antecedent is not None and mention.antecedent in own):
                    continue
                other = mention.actor
                same_side = other.country is not None and other.country in sides and other.sector in OFFICIAL
                protest = act.event in ("ASSAULT", "COERCE") and token.lemma_ in word_classes()["protest"]
                if (self._acting(token) or protest) and not same_side and not is_temporal(token):
                    return self._expand([token])
        return []

    def _contents(self, verb: Token, act: Act) -> list[Token]:
        """Clauses that say what is asked, offered or threatened; the condition of a threat names whom it is for."""
        clauses = syntax.complements(verb)
        clauses += [c for o in syntax.objects(verb) if not self._acting(o) for c in syntax.complements(o)]
        if act.event == "THREATEN":
            for holder in (verb, *clauses[:2]):
                clauses += [
                    c for c in holder.children if c.dep_ == "advcl" and syntax.marked(c, ("if", "unless", "until"))
                ]
        return clauses

    def _content_tokens(self, clause: Token) -> Iterator[Token]:
        """Nouns of a content in the order in which they are likely to be whom it concerns."""
        yield from (c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass"))
        if clause.lemma_ in words_for("sending"):  # "to send engineers to South Sudan": who gets, then what is sent
            yield from (
                t for word in ("to", "for") for t in syntax.prepositional(clause).get(word, []) if self._acting(t)
            )
        for noun in syntax.objects(clause):
            yield from self._with_inner(noun, 2)
        for tokens in syntax.prepositional(clause).values():
            for token in tokens:
                yield from self._with_inner(token, 2)
        for deeper in syntax.complements(clause):
            yield from self._content_tokens(deeper)
        for joined in clause.children:
            if joined.dep_ in ("conj", "attr", "acomp"):
                yield from self._content_tokens(joined)

    def _with_inner(self, noun: Token, depth: int) -> Iterator[Token]:
        yield noun
        if noun.pos_ not in syntax.NOUNS or not depth:
            return
        yield from self._owners(noun)
        for tokens in syntax.prepositional(noun).values():
            for token in tokens:
                yield from self._with_inner(token, depth - 1)
        for participle in noun.children:
            if participle.dep_ == "acl" and participle.tag_ == "VBN":
                for tokens in syntax.prepositional(participle).values():
                    yield from tokens

    # --- nouns ---

    def _of_noun(self, act: Act) -> Sides:
        noun = act.trigger
        sides = Sides(reciprocal="both" in act.pattern.recipient)
        prepositions = syntax.prepositional(noun)
        if act.verb is not None:
            for word, tokens in syntax.prepositional(act.verb).items():
                prepositions.setdefault(word, []).extend(t for t in tokens if t.i != noun.i)
        owners = self._before(act)
        if act.verb is not None and act.suffered:
            sides.recipients = self._expand(syntax.agents(act.verb))
            sides.actors = self._expand([*owners, *prepositions.get("by", []), *prepositions.get("from", [])])
            return sides
        if act.verb is not None:
            sides.actors = self._expand([t for t in syntax.agents(act.verb) if t.i != noun.i])
        if not sides.actors and act.pattern.actor == "auto":
            sides.actors = self._expand([*owners, *prepositions.get("by", [])])
        elif not sides.actors:
            sides.actors = self._expand(prepositions.get("by", []))
        if not sides.actors:
            doing = words_for("agreeing") | frozenset(read_toml("acts.toml")["light_verbs"]["doers"])
            made = [c for c in noun.children if c.dep_ == "acl" and c.lemma_ in doing]
            sides.actors = self._expand(t for c in made for t in syntax.agents(c))
        if not sides.actors and noun.lemma_.lower() in words_for("words_of"):
            sides.actors = self._recipients(prepositions.get("of", []), act)
        if not sides.actors and act.event == "CONSULT" and not _between(prepositions):
            verb = _attended(noun)
            if verb is not None:
                sides.actors = self._expand(t for t in syntax.agents(verb) if self._acting(t))
                told = [c for c in verb.children if c.dep_ in ("dobj", "dative") and self._acting(c)]
                if told and noun.head.lower_ in ("in", "during"):
                    sides.recipients, sides.reciprocal = self._expand(told), True
                    return sides
        between = _between(prepositions)
        if between:
            sides.actors, sides.recipients = self._expand(between), []
            sides.reciprocal = True
            return sides
        if sides.reciprocal:
            sides.recipients = self._recipients(prepositions.get("with", []) or prepositions.get("against", []), act)
            if not sides.actors:
                sides.actors = self._recipients(prepositions.get("of", []), act)
            return sides
        own = act.pattern.actor == "auto"
        if not sides.actors and own and act.event in ("RETREAT", "PROTEST", "CONSULT", "MOBILIZE"):
            sides.actors = self._recipients(prepositions.get("of", []), act)
        sides.recipients = self._suffering(act, prepositions, sides.actors)
        return sides

    def _suffering(self, act: Act, prepositions: Mapping[str, list[Token]], actors: list[Token]) -> list[Token]:
        """To whom it was done, by the prepositions, possessor or clause of a noun, as its pattern says."""
        noun, spec = act.trigger, act.pattern.recipient
        if act.event == "ASSAULT":  # "the attack by rebels on a convoy": the parser hangs "on" on the rebels
            inner = [i for t in prepositions.get("by", []) for i in syntax.prepositional(t).items()]
            prepositions = {**dict(inner), **prepositions}
        for word in [p[1:] for p in spec if p.startswith("~")] or [w for w in TOWARDS if "auto" in spec]:
            tokens = [t for t in prepositions.get(word, []) if t.pos_ in syntax.NOUNS and not self._beside(t, word)]
            if found := self._recipients(tokens, act):
                return found
        found = self._caught_in(noun) if act.event == "ASSAULT" else []
        if not found and "poss" in spec:
            found = self._expand(c for c in noun.children if c.dep_ in ("poss", "compound"))
        if not found and "clause" in spec:
            found = self._within_clause(noun, act, actors)
        return found

    def _before(self, act: Act) -> list[Token]:
        """Those named before the noun, who did it; "the Karachi blast" is in Karachi, not by it."""
        found = [c for c in act.trigger.children if c.dep_ in ("poss", "amod", "compound", "nmod") and self._acting(c)]
        placed = act.event == "ASSAULT"
        return [c for c in found if not (placed and c.dep_ in ("compound", "nmod") and c.idx in self.towns)]

    def _beside(self, token: Token, word: str) -> bool:
        """A day, or a place that an attack was near: not what it was aimed at."""
        place = token.idx in self.towns or token.lemma_.lower() in words_for("geographic")
        return is_temporal(token) or (word in ("near", "outside") and place)

    def _caught_in(self, noun: Token) -> list[Token]:
        """ "They were found slumped in a nerve agent attack": who is hurt hangs on the verb above."""
        if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "during") or noun.head.head.pos_ != "VERB":
            return []
        hurt = self._expand(syntax.objects(noun.head.head))
        return [t for t in hurt if self._acting(t) or t.pos_ == "PROPN"]

    # --- tokens ---

    def _recipients(self, tokens: Iterable[Token], act: Act) -> list[Token]:
        """The tokens that can be a recipient; a noun that is itself an act gives way to who did it or suffered it."""
        found: list[Token] = []
        for token in tokens:
            if token.pos_ not in syntax.NOUNS and not self._acting(token) and not syntax.is_name(token):
                continue
            inner = self.act_at.get(token.i)
            if inner is not None and inner is not act and (act.event in VERBAL or inner.event == "PROTEST"):
                sides = self.sides_of(inner)
                found += sides.actors or sides.recipients
            elif act.event in VERBAL and not self._acting(token):
                found += [t for t in self._owners(token) if self._acting(t)][:1]
            elif self._acting(token) or not (is_temporal(token) or token.lower_ in PLACEHOLDERS):
                found.append(token)
        return self._expand(found)


def _copula(adjective: Token) -> Token:
    return adjective.head if adjective.dep_ in ("acomp", "oprd", "attr") else adjective


def _between(prepositions: Mapping[str, list[Token]]) -> list[Token]:
    """Who stands after "between" and "among"."""
    return prepositions.get("between", []) + prepositions.get("among", [])


def _attended(meeting: Token) -> Token | None:
    """The verb of "speaking after a meeting with him" and "in a phone call she told him": its doer took part."""
    if meeting.dep_ != "pobj" or meeting.head.lower_ not in ("after", "following", "during", "at", "before", "in"):
        return None
    verb = meeting.head.head
    if meeting.head.lower_ == "in" and verb.lemma_ not in ("tell", "say", "assure", "inform", "warn", "ask", "urge"):
        return None
    return verb if verb.pos_ == "VERB" else None
