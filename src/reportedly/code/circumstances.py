"""When and where an act happened: which time expression and which place of the report govern it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.knowledge import read_toml
from reportedly.records import When

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from spacy.tokens import Doc, Token

    from reportedly.code.acts import Act
    from reportedly.code.attribution import Saying
    from reportedly.records import Participant, Resolved, Timex, Toponym

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
ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE"})
"""Types whose recipient is spoken to: "told Washington" does not place the telling."""
PLACED_BY_TARGET = frozenset({"ASSAULT", "COERCE", "PROTEST"})


class Circumstances:
    """Looks up the time and the place of the acts of one report."""

    def __init__(self, resolved: Resolved, sayings: Sequence[Saying], acts: Iterable[Act], inferred_days: int) -> None:
        self.resolved = resolved
        self.sayings = sayings
        self.inferred_days = inferred_days
        self.doc = doc = resolved.parsed.doc
        self.starts = [token.idx for token in doc]
        self.sentence_of = [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]
        self.governors = {
            i for act in acts for i in (act.trigger.i, act.verb.i if act.verb is not None else act.trigger.i)
        }
        self.cues = {i for saying in sayings for i in saying.cue}
        self.timex_at = [(self._head(t.start, t.end, doc), t) for t in resolved.timexes]
        self.place_at = [(self._head(t.start, t.end, doc), t) for t in resolved.toponyms]
        self.adjective_at = {self._head(t.start, t.end, doc).i: t for t in resolved.adjectival}

    def _head(self, start: int, end: int, doc: Doc) -> Token:
        first = max(bisect_left(self.starts, start + 1) - 1, 0)
        last = max(bisect_left(self.starts, end), first + 1)
        span = doc[first:last]
        root: Token = span.root
        return root

    # --- when ---

    def when(self, act: Act, *, aspect: str) -> When | None:
        """The days on which the act happened; inferred from publication where the report gives none.

        None where neither is known, and for background whose time is not given.
        """
        timex = self._governing(act)
        if timex is not None:
            return _as_when(timex)
        begun = self._since(act)
        if begun is not None and begun.first is not None and self.resolved.parsed.report.published_on is not None:
            return replace(
                _as_when(begun), last=self.resolved.parsed.report.published_on.isoformat(), precision="vague"
            )
        told = self._when_told(act)
        if told is not None:
            return replace(_as_when(told), inferred=True)
        carried = self._carried(act) if aspect == "actual" else None
        if carried is not None:
            return replace(_as_when(carried), inferred=True)
        published = self.resolved.parsed.report.published_on
        if published is None:
            return None
        if aspect in ("historical", "habitual", "hypothetical"):
            return None
        if aspect == "future":
            return When(None, None, None, published.isoformat(), None, "vague", inferred=True)
        earliest = published - timedelta(days=self.inferred_days)
        return When(None, None, None, earliest.isoformat(), published.isoformat(), "week", inferred=True)

    def _own(self, act: Act) -> set[int]:
        """The words whose time and place are the act's: its own, its light verb's, "heard" of "blasts were heard"."""
        own = {act.trigger.i} | ({act.verb.i} if act.verb is not None else set())
        above = act.trigger.head
        if act.nominal and act.trigger.dep_ in ("nsubj", "nsubjpass") and above.i not in self.governors | self.cues:
            own.add(above.i)
        return own

    def _carried(self, act: Act) -> Timex | None:
        """The day that the sentence before was about, for an act told in the past tense: the story goes on."""
        verb = act.verb if act.verb is not None else act.trigger
        if verb.tag_ not in ("VBD", "VBN") or verb.dep_ in ("relcl", "acl", "advcl"):
            return None
        sentence = self.sentence_of[act.trigger.i]
        before = [
            (head.i, t)
            for head, t in self.timex_at
            if t.type in ("DATE", "TIME") and t.precision == "day" and self.sentence_of[head.i] == sentence - 1
        ]
        told = [t for at, t in before if any(self._steps(self.doc[at], {i}) is not None for i in self.governors)]
        return told[-1] if told else None

    def _since(self, act: Act) -> Timex | None:
        """ "several times since the war began in 2011": the time of the clause is the first end of the act's."""
        for holder in filter(None, (act.trigger, act.verb)):
            for clause in holder.children:
                if clause.dep_ == "advcl" and syntax.marked(clause, ("since",)):
                    inside = {t.i for t in clause.subtree}
                    return next((t for head, t in self.timex_at if head.i in inside), None)
        return None

    def _when_told(self, act: Act) -> Timex | None:
        """The time of the saying that an act is told in: "In December, the agency said a strike had hit"."""
        at = act.verb if act.verb is not None else act.trigger
        while at.head.i != at.i:
            at = at.head
            if at.i in self.cues:
                sentence = self.sentence_of[at.i]
                times = [
                    t
                    for head, t in self.timex_at
                    if t.first is not None
                    and self.sentence_of[head.i] == sentence
                    and self._steps(head, {at.i}) is not None
                ]
                return times[0] if times else None
        return None

    def _governing(self, act: Act) -> Timex | None:
        """The nearest time expression on the act's own branch of the tree, else one that opens its sentence."""
        own = self._own(act)
        sentence = self.sentence_of[act.trigger.i]
        ranked = []
        for head, timex in self.timex_at:
            if self.sentence_of[head.i] != sentence or timex.first is None:
                continue
            steps = self._steps(head, own)
            if steps is None and self._is_raised(head, act):
                steps = 3
            if steps is not None:
                ranked.append((timex.type == "DURATION", steps, abs(head.i - act.trigger.i), timex.start, timex))
        if ranked:
            return min(ranked, key=lambda r: r[:4])[4]
        return self._shared(act, own)

    def _steps(self, head: Token, own: set[int]) -> int | None:
        """Steps up the tree from a time expression to the act, None if another act or verb of saying owns it."""
        at, steps = head, 0
        while at.head.i != at.i:
            at, steps = at.head, steps + 1
            if at.i in own:
                return steps
            if at.i in self.cues or (at.i in self.governors and at.pos_ not in ("NOUN", "PROPN")):
                return None
            if at.pos_ in ("VERB", "AUX") and at.dep_ in ("relcl", "ccomp", "advcl", "acl"):
                if at.dep_ == "ccomp" or any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children):
                    return None
                steps += 5
        return None

    def _is_raised(self, head: Token, act: Act) -> bool:
        """ "On Friday the jets were reported to have fired": the time of a report by nobody is that of the act."""
        verb = act.verb if act.verb is not None else act.trigger
        raising = verb.head
        if verb.dep_ != "xcomp" or not syntax.is_passive(raising):
            return False
        return self._steps(head, {raising.i}) is not None

    def _shared(self, act: Act, own: set[int]) -> Timex | None:
        """A time that a conjunct, a complement or a participle shares with the verb that it hangs on."""
        at = act.verb if act.verb is not None else act.trigger
        for _ in range(4):
            if at.head.i == at.i or at.i in self.cues:
                return None
            if at.dep_ not in (
                "conj",
                "xcomp",
                "advcl",
                "acl",
                "dobj",
                "pobj",
                "prep",
                "nsubj",
                "nsubjpass",
                "agent",
                "relcl",
                "attr",
                "pcomp",
            ):
                return None
            at = at.head
            if at.i in self.cues and at.i not in own:
                return None
            if at.pos_ not in ("VERB", "AUX"):
                continue
            for head, timex in self.timex_at:
                if self.sentence_of[head.i] != self.sentence_of[at.i]:
                    continue
                if timex.first is not None and timex.type != "DURATION" and self._steps(head, {at.i}) is not None:
                    return timex
        return None

    # --- where ---

    def where(self, act: Act, actors: Sequence[Participant], recipients: Sequence[Participant]) -> Toponym | None:
        """The place of the act: named with its verb, or inside its recipient; for violence the recipient's country."""
        own = self._own(act)
        sentence = self.sentence_of[act.trigger.i]
        ranked = []
        for head, place in self.place_at:
            if self.sentence_of[head.i] != sentence or place.metonym:
                continue
            if any(a.start <= place.start < a.end for a in actors):
                continue
            if head.dep_ in ("compound", "poss", "amod", "nmod", "npadvmod") and head.head.lemma_ not in _geographic():
                continue
            rank = self._rank(head, place, own, act, recipients)
            if rank is not None:
                ranked.append((*rank, place.start, place))
        if ranked:
            return min(ranked, key=lambda r: r[:-1])[-1]
        if act.event in PLACED_BY_TARGET:
            return self._of_recipients(actors, recipients, act)
        return None

    def _rank(
        self, head: Token, place: Toponym, own: set[int], act: Act, recipients: Sequence[Participant]
    ) -> tuple[int, int] | None:
        at, steps, word = head, 0, ""
        coarse = {"point": 0, "city": 0, "region": 1, "sea": 1, "country": 2}[place.precision]
        inside = any(r.start <= place.start < r.end for r in recipients)
        while at.head.i != at.i:
            if at.dep_ == "prep" and not word:
                word = at.lower_
            at, steps = at.head, steps + 1
            if at.i in own:
                if word in INSIDE or (inside and act.event not in ADDRESSED):
                    return (0, coarse)
                if word in MOTION and act.event in (
                    "MOBILIZE",
                    "AID",
                    "CONSULT",
                    "ASSAULT",
                    "RETREAT",
                    "SANCTION",
                    "COERCE",
                ):
                    return (1, coarse)
                return (2, coarse) if act.event in PLACED_BY_TARGET else None
            if act.event == "PROTEST" and act.nominal and at.i == act.trigger.head.i and word in INSIDE:
                return (1, coarse)
            if at.i in self.cues or (at.i in self.governors and at.pos_ not in ("NOUN", "PROPN")):
                return None
            if at.pos_ in ("VERB", "AUX") and at.dep_ != "ROOT":
                return None
            if steps > 8:
                return None
        return None

    def _of_recipients(
        self, actors: Sequence[Participant], recipients: Sequence[Participant], act: Act
    ) -> Toponym | None:
        recipients = [r for r in recipients if r.actor.kind != "person"]
        for recipient in recipients:
            for _, place in self.place_at:
                if recipient.start <= place.start < recipient.end:
                    return place
            for head_index, place in sorted(self.adjective_at.items()):
                if place.precision == "country" and recipient.start <= self.starts[head_index] < recipient.end:
                    return place
        doc = self.resolved.parsed.doc
        countries = {r.actor.country for r in recipients if r.actor.country}
        if not countries:  # police and protesters act at home
            countries = {a.actor.country for a in actors if a.actor.country and a.actor.sector in ("COP", "CVL")}
        known = [*self.place_at, *((doc[i], p) for i, p in self.adjective_at.items())]
        fitting = [
            (abs(head.i - act.trigger.i), p.start, p)
            for head, p in known
            if p.country in countries and p.precision == "country"
        ]
        return min(fitting, key=lambda f: f[:2])[2] if fitting else None


@cache
def _geographic() -> frozenset[str]:
    return frozenset(read_toml("acts.toml")["geographic"])


def _as_when(timex: Timex) -> When:
    first = timex.first.isoformat() if timex.first else None
    last = timex.last.isoformat() if timex.last else first
    return When(timex.start, timex.end, timex.text, first, last, timex.precision)


def days_before(published: date | None, when: When | None) -> int | None:
    """Days between the end of the act's time and publication; None if either is unknown or the time is inferred."""
    if published is None or when is None or when.inferred or when.last is None:
        return None
    try:
        return (published - type(published).fromisoformat(when.last)).days
    except ValueError:
        return None
