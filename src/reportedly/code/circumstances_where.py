"""Where an act happened: which place of the report it is placed by."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.code import circumstances_shared as shared
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from reportedly.code.acts import Act
    from reportedly.code.circumstances_layout import Layout
    from reportedly.records import Participant, Toponym

INSIDE = frozenset(
    {
        "in",
        "at",
        "near",
        "off",
        "outside",
        "around",
        "across",
        "along",
        "within",
        "inside",
        "throughout",
        "over",
        "on",
        "against",
        "west",
        "east",
        "north",
        "south",
    }
)
MOTION = frozenset({"to", "into", "toward", "towards", "for", "from"})
MOVING = frozenset({"MOBILIZE", "AID", "CONSULT", "ASSAULT", "RETREAT", "SANCTION", "COERCE"})
ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE"})
"""Types whose recipient is spoken to: "told Washington" does not place the telling."""
PLACED_BY_TARGET = frozenset({"ASSAULT", "COERCE", "PROTEST"})
APART = frozenset({"after", "before", "for", "over", "following", "since", "despite"})
"""Prepositions between an act and another one that happened elsewhere: "retaliated for the raid on Mosul"."""
COARSE = {"point": 0, "city": 0, "region": 1, "sea": 1, "country": 2}
BEFORE_NOUN = frozenset({"compound", "poss", "amod", "nmod", "npadvmod"})


class Places:
    """Looks up the place of the acts of one report."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def where(self, act: Act, actors: Sequence[Participant], recipients: Sequence[Participant]) -> Toponym | None:
        """The place of the act: named with its verb, or inside its recipient; for violence the recipient's country."""
        found = self._named(act, self.layout.own(act), actors, recipients) or self._shared(act, actors, recipients)
        if found is None and act.event not in ADDRESSED:
            found = (
                self._inside(recipients, act)
                or self._of_actors(actors, act)
                or self._of_nationality(recipients, act)
                or self._at_home(actors, recipients, act)
            )
        return found

    def _named(
        self,
        act: Act,
        own: set[int],
        actors: Sequence[Participant],
        recipients: Sequence[Participant],
        *,
        worst: int = 2,
    ) -> Toponym | None:
        """The place that hangs on the words `own`, the nearest in meaning first, then the most precise.

        `worst`: how loosely it may hang; 0 only where the text says "in", "at" or "near".
        """
        ranked = []
        for head, place in self.layout.places_beside(act.trigger):
            if place.metonym:
                continue
            opening = self._opening(head, place)
            if opening is None and any(a.start <= place.start < a.end for a in actors):
                continue
            rank = self._rank(head, place, own, act, recipients, opening)
            if rank is not None and rank[0] <= worst:
                ranked.append((*rank, place.start, place))
        return min(ranked, key=lambda r: r[:-1])[-1] if ranked else None

    def _opening(self, head: Token, place: Toponym) -> Token | None:
        """The preposition of "In Mosul rebels attacked", where the parser makes one phrase of "Mosul rebels"."""
        first = self.layout.token_at(place.start)
        if head.dep_ not in BEFORE_NOUN or first == 0:
            return None
        word = self.layout.doc[first - 1]
        lone = word.dep_ == "prep" and word.i == word.sent.start and not any(True for _ in word.children)
        return word if lone and word.lower_ in INSIDE else None

    def _rank(
        self,
        head: Token,
        place: Toponym,
        own: set[int],
        act: Act,
        recipients: Sequence[Participant],
        opening: Token | None,
    ) -> tuple[int, int] | None:
        """How well the place fits (smaller is better); None if it belongs to something else."""
        coarse = COARSE[place.precision]
        inside = any(r.start <= place.start < r.end for r in recipients)
        at, steps, word = head, 0, ""
        if opening is not None:
            at = opening
        elif head.dep_ in BEFORE_NOUN:
            site = self._site_of(head, place, own, act)
            if site is None:
                return None
            if site.i in own:
                return (2, coarse)
            at = site
        while at.head.i != at.i:
            if at.dep_ == "prep" and not word:
                word = at.lower_
            if at.i in self.layout.governors and at.dep_ == "pobj" and at.head.lower_ in APART and at.i not in own:
                return None
            at, steps = at.head, steps + 1
            if at.i in own:
                return self._rank_of(word, coarse, act, inside=inside, sited=head.dep_ in BEFORE_NOUN)
            if act.event == "PROTEST" and act.nominal and at.i == act.trigger.head.i and word in INSIDE:
                return (1, coarse)
            if at.i in self.layout.cues or (at.i in self.layout.governors and at.pos_ not in ("NOUN", "PROPN")):
                return None
            if at.pos_ in ("VERB", "AUX") and at.dep_ not in ("ROOT", "dobj", "pobj"):
                return None
            if steps > 8:
                return None
        return None

    def _rank_of(self, word: str, coarse: int, act: Act, *, inside: bool, sited: bool) -> tuple[int, int] | None:
        """The rank of a place that hangs on the act by the preposition `word`."""
        if word in INSIDE or (inside and act.event not in ADDRESSED):
            return (0, coarse)
        if word in MOTION and act.event in MOVING:
            return (1, coarse)
        if sited and not word and act.event not in ADDRESSED:  # "closed the Torkham crossing"
            return (1, coarse)
        return (2, coarse) if act.event in PLACED_BY_TARGET else None

    def _site_of(self, head: Token, place: Toponym, own: set[int], act: Act) -> Token | None:
        """The noun after a place that stands where the place is: "Gaza border", "in Kabul mosque", "Karachi blast"."""
        noun = head.head
        if noun.lemma_.lower() in _geographic():
            return noun
        if head.dep_ not in ("compound", "nmod") or place.precision == "country" or noun.pos_ != "NOUN":
            return None
        if noun.i in own and act.nominal:
            return noun
        placed = noun.dep_ == "pobj" and noun.head.lower_ in INSIDE
        return noun if placed and (noun.lemma_.lower() in _sites() or noun.i in self.layout.governors) else None

    # --- shared with other verbs ---

    def _shared(self, act: Act, actors: Sequence[Participant], recipients: Sequence[Participant]) -> Toponym | None:
        """The place of a verb joined to this one or completing it: "used water cannon to disperse them in Tbilisi"."""
        verb = act.verb if act.verb is not None else act.trigger
        if act.event in ADDRESSED or verb.pos_ != "VERB":
            return None
        above = shared.joined_above(verb)
        lenders = [*shared.joined_below(verb), *shared.untensed_below(verb), *([above] if above is not None else [])]
        for lender in lenders:
            found = self._named(act, {lender.i}, actors, recipients, worst=0)
            if found is not None:
                return found
        return None

    # --- of those who take part ---

    def _inside(self, recipients: Sequence[Participant], act: Act) -> Toponym | None:
        """The place named inside a recipient: "the port of Aden"."""
        if act.event not in PLACED_BY_TARGET:
            return None
        for recipient in recipients:
            if recipient.actor.kind == "person":
                continue
            for _, place in self.layout.place_at:
                if recipient.start <= place.start < recipient.end:
                    return place
        return None

    def _of_actors(self, actors: Sequence[Participant], act: Act) -> Toponym | None:
        """Where those are who do it: "a court in Moscow", "tribesmen in Marib"; their country does not say it."""
        for head, place in self.layout.place_at:
            if place.metonym or place.precision == "country" or head.dep_ != "pobj" or head.head.lower_ not in INSIDE:
                continue
            if any(a.start <= place.start < a.end for a in actors):
                return place
        return None

    def _of_nationality(self, recipients: Sequence[Participant], act: Act) -> Toponym | None:
        if act.event not in PLACED_BY_TARGET:
            return None
        for recipient in recipients:
            if recipient.actor.kind == "person":
                continue
            for head_index, place in sorted(self.layout.adjective_at.items()):
                start = self.layout.starts[head_index]
                if place.precision == "country" and recipient.start <= start < recipient.end:
                    return place
        return None

    def _at_home(self, actors: Sequence[Participant], recipients: Sequence[Participant], act: Act) -> Toponym | None:
        """The country of the recipients, where the report names it; police and protesters act in their own."""
        if act.event not in PLACED_BY_TARGET:
            return None
        countries = {r.actor.country for r in recipients if r.actor.country and r.actor.kind != "person"}
        if not countries:
            countries = {a.actor.country for a in actors if a.actor.country and a.actor.sector in ("COP", "CVL")}
        doc = self.layout.doc
        known: Iterable[tuple[Token, Toponym]] = [
            *self.layout.place_at,
            *((doc[i], p) for i, p in self.layout.adjective_at.items()),
        ]
        fitting = [
            (abs(head.i - act.trigger.i), p.start, p)
            for head, p in known
            if p.country in countries and p.precision == "country"
        ]
        return min(fitting, key=lambda f: f[:2])[2] if fitting else None


@cache
def _geographic() -> frozenset[str]:
    return frozenset(read_toml("acts.toml")["geographic"])


@cache
def _sites() -> frozenset[str]:
    """Things that stand somewhere: what can be attacked or damaged."""
    words = read_toml("acts.toml")
    return frozenset(words["classes"]["property"]) | frozenset(words["sites"])
