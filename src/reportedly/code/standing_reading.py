"""Stage 4 of 8: what one embedding word makes of a standing: a small algebra of aspect, polarity and certainty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.code.standing_words import Embedding
    from reportedly.records import Aspect, Certainty, Polarity

CERTAINTIES: tuple[Certainty, ...] = ("possible", "probable", "certain")
# The less real an aspect is, the more it outweighs another one.
ASPECTS: tuple[Aspect, ...] = ("actual", "historical", "habitual", "future", "hypothetical")


@dataclass(frozen=True, slots=True)
class Reading:
    """A standing in the making.

    `settled` is true where the act is presupposed, so that no outer word can undo it; `reported` where the act is the
    content of somebody's words.
    """

    aspect: Aspect = "actual"
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    settled: bool = False
    reported: bool = False
    because: tuple[str, ...] = ()

    def because_of(self, reason: str) -> Reading:
        """The same with one more reason."""
        return replace(self, because=(*self.because, reason))

    def with_aspect(self, aspect: Aspect) -> Reading:
        """The less real of the two aspects."""
        return self if ASPECTS.index(aspect) <= ASPECTS.index(self.aspect) else replace(self, aspect=aspect)

    def at_most(self, certainty: Certainty) -> Reading:
        """The lower of the two certainties."""
        return (
            self
            if CERTAINTIES.index(certainty) >= CERTAINTIES.index(self.certainty)
            else replace(self, certainty=certainty)
        )

    def negated(self) -> Reading:
        """Under "not": what was not affirmed becomes so, what somebody denied stays denied."""
        opposite: dict[Polarity, Polarity] = {"affirmed": "negated", "negated": "affirmed"}
        return replace(self, polarity=opposite.get(self.polarity, self.polarity))

    def denied(self) -> Reading:
        """Under "deny"; "did not deny" leaves it possible."""
        if self.polarity == "affirmed":
            return replace(self, polarity="denied", reported=True)
        return replace(self, polarity="affirmed", reported=True).at_most("possible")

    @property
    def is_real(self) -> bool:
        """Neither future nor hypothetical."""
        return self.aspect in ("actual", "historical", "habitual")

    @property
    def is_plain(self) -> bool:
        """Real, affirmed and certain: nothing above the act says anything about it."""
        return self.is_real and self.polarity == "affirmed" and self.certainty == "certain"


def hypothetical(outer: Reading) -> Reading:
    """Asked for, feared, offered, conditional: keeps the polarity only."""
    return replace(outer, aspect="hypothetical", certainty="possible")


def embed(outer: Reading, by: Embedding, claim_noun: bool = False) -> Reading:
    """The standing of an act inside a word of class `by` that itself stands as `outer`.

    `claim_noun` says that the act is named by a noun for what is claimed, so that a rejection denies it.
    Source of the signatures: Nairn, Condoravdi and Karttunen 2006; of the denials: Saurí and Pustejovsky 2009.
    """
    effect = by.effect
    if effect == "rejected":
        effect = "denied" if claim_noun else "not"
    if effect == "denied":
        return outer.denied()
    if effect == "confirmed":
        return replace(outer, settled=claim_noun, reported=claim_noun or outer.reported)
    if effect == "not" and by.weak and outer.polarity == "negated":
        return hypothetical(outer.negated())
    if effect == "not":
        return outer.negated().at_most(by.certainty)
    if effect == "hypothetical":
        inner = hypothetical(outer)
        return inner.negated() if by.negates else inner
    if effect == "future":
        return outer.with_aspect("future").at_most(by.certainty)
    if effect == "habitual":
        return outer.with_aspect("habitual")
    if effect == "belief":
        inner = replace(outer, reported=True)
        return inner if outer.polarity == "denied" or outer.settled else inner.at_most(by.certainty)
    if effect == "said":
        return _said(outer)
    if effect == "fact":
        return Reading(settled=True, because=outer.because)
    return outer


def _said(outer: Reading) -> Reading:
    """What is said stands on its own; only the date of the words and a denial reach into them."""
    aspect: Aspect = "historical" if outer.aspect == "historical" else "actual"
    polarity: Polarity = "denied" if outer.polarity == "denied" else "affirmed"
    return Reading(aspect, polarity, reported=True, because=outer.because)
