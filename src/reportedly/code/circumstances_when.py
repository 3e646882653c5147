"""When an act happened: which time expression of the report governs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reportedly.code import circumstances_shared as shared
from reportedly.code import syntax
from reportedly.records import When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.code.acts import Act
    from reportedly.code.circumstances_layout import Layout
    from reportedly.records import Timex

SHARING = frozenset(
    {"conj", "xcomp", "advcl", "acl", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "agent", "relcl", "attr", "pcomp"}
)
"""Roles in which a verb or noun shares the time of the verb that it hangs on."""


class Times:
    """Looks up the time of the acts of one report. `inferred_days`: how far before publication news lies."""

    def __init__(self, layout: Layout, inferred_days: int) -> None:
        self.layout = layout
        self.inferred_days = inferred_days

    def when(self, act: Act, *, aspect: str) -> When | None:
        """The days on which the act happened; inferred from publication where the report gives none.

        None where neither is known, and for background whose time is not given.
        """
        published = self.layout.published
        timex = self._governing(act)
        if timex is not None:
            return as_when(timex)
        begun = self._since(act)
        if begun is not None and begun.first is not None and published is not None:
            return replace(as_when(begun), last=published.isoformat(), precision="vague")
        told = self._when_told(act)
        if told is not None:
            return replace(as_when(told), inferred=True)
        carried = self._carried(act) if aspect == "actual" else None
        if carried is not None:
            return replace(as_when(carried), inferred=True)
        return self._around_publication(aspect)

    def _around_publication(self, aspect: str) -> When | None:
        published = self.layout.published
        if published is None or aspect in ("historical", "habitual", "hypothetical"):
            return None
        if aspect == "future":
            return When(None, None, None, published.isoformat(), None, "vague", inferred=True)
        earliest = published - timedelta(days=self.inferred_days)
        return When(None, None, None, earliest.isoformat(), published.isoformat(), "week", inferred=True)

    def _carried(self, act: Act) -> Timex | None:
        """The day that the sentence before was about, for an act told in the past tense: the story goes on."""
        layout = self.layout
        verb = act.verb if act.verb is not None else act.trigger
        if verb.tag_ not in ("VBD", "VBN") or verb.dep_ in ("relcl", "acl", "advcl"):
            return None
        sentence = layout.sentence_of[act.trigger.i]
        before = [
            (head.i, t)
            for head, t in layout.timex_at
            if t.type in ("DATE", "TIME") and t.precision == "day" and layout.sentence_of[head.i] == sentence - 1
        ]
        told = [t for at, t in before if any(layout.steps(layout.doc[at], {i}) is not None for i in layout.governors)]
        return told[-1] if told else None

    def _since(self, act: Act) -> Timex | None:
        """ "several times since the war began in 2011": the time of the clause is the first end of the act's."""
        for holder in filter(None, (act.trigger, act.verb)):
            for clause in holder.children:
                if clause.dep_ == "advcl" and syntax.marked(clause, ("since",)):
                    inside = {t.i for t in clause.subtree}
                    return next((t for head, t in self.layout.timex_at if head.i in inside), None)
        return None

    def _when_told(self, act: Act) -> Timex | None:
        """The time of the saying that an act is told in: "In December, the agency said a strike had hit"."""
        at = act.verb if act.verb is not None else act.trigger
        while at.head.i != at.i:
            at = at.head
            if at.i in self.layout.cues:
                return next((t for _, t in self._on(at) if t.first is not None), None)
        return None

    def _on(self, verb: Token) -> list[tuple[Token, Timex]]:
        """The time expressions on the branch of a verb, in text order."""
        steps = self.layout.steps
        return [(head, t) for head, t in self.layout.timexes_beside(verb) if steps(head, {verb.i}) is not None]

    def _governing(self, act: Act) -> Timex | None:
        """The nearest time expression on the act's own branch of the tree, else one that it shares."""
        layout = self.layout
        own = layout.own(act)
        ranked = []
        for head, timex in layout.timexes_beside(act.trigger):
            if timex.first is None:
                continue
            steps = layout.steps(head, own)
            if steps is None and self._is_raised(head, act):
                steps = 3
            if steps is not None:
                ranked.append((timex.type == "DURATION", steps, abs(head.i - act.trigger.i), timex.start, timex))
        if ranked:
            return min(ranked, key=lambda r: r[:4])[4]
        return self._from_above(act, own) or self._from_below(act)

    def _is_raised(self, head: Token, act: Act) -> bool:
        """ "On Friday the jets were reported to have fired": the time of a report by nobody is that of the act."""
        verb = act.verb if act.verb is not None else act.trigger
        raising = verb.head
        if verb.dep_ != "xcomp" or not syntax.is_passive(raising):
            return False
        return self.layout.steps(head, {raising.i}) is not None

    def _from_above(self, act: Act, own: set[int]) -> Timex | None:
        """A time that a conjunct, a complement or a participle shares with the verb that it hangs on."""
        cues = self.layout.cues
        at = act.verb if act.verb is not None else act.trigger
        for _ in range(4):
            if at.head.i == at.i or at.i in cues or at.dep_ not in SHARING:
                return None
            at = at.head
            if at.i in cues and at.i not in own:
                return None
            if at.pos_ not in ("VERB", "AUX"):
                continue
            for head, timex in self._on(at):
                if timex.first is not None and timex.type != "DURATION" and not self._of_subject(head, at, act):
                    return timex
        return None

    def _of_subject(self, head: Token, verb: Token, act: Act) -> bool:
        """ "The arrest on Monday sparked protests": what stands between an act and its verb dates the former."""
        before = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i in self.layout.governors]
        return any(c.i < head.i < verb.i and c.i != act.trigger.i for c in before)

    def _from_below(self, act: Act) -> Timex | None:
        """A day at the end that hangs on a verb below: the last of joined verbs, or one that completes this one."""
        verb = act.verb if act.verb is not None else act.trigger
        if verb.pos_ != "VERB" or not shared.is_past(verb):
            return None
        for lender in shared.joined_below(verb):
            for timex in self._at_end_of(lender):
                if timex.first is not None and timex.type != "DURATION":
                    return timex
        for lender in (*shared.untensed_below(verb), *shared.told_before(verb)):
            for timex in self._at_end_of(lender):
                if self._is_news(timex):
                    return timex
        return None

    def _at_end_of(self, verb: Token) -> list[Timex]:
        """Times after a verb that are adverbs of it; "over Monday's raid" dates the raid alone."""
        return [t for head, t in self._on(verb) if head.i > verb.i and head.dep_ in ("pobj", "npadvmod", "advmod")]

    def _is_news(self, timex: Timex) -> bool:
        """True for a day that lies just before publication: no date of what is planned, nor one long gone."""
        if timex.first is None or timex.precision != "day" or timex.type == "DURATION":
            return False
        days = (self.layout.published - timex.first).days if self.layout.published is not None else 0
        return 0 <= days <= self.inferred_days


def as_when(timex: Timex) -> When:
    """A time expression as the time of an act."""
    first = timex.first.isoformat() if timex.first else None
    last = timex.last.isoformat() if timex.last else first
    return When(timex.start, timex.end, timex.text, first, last, timex.precision)
