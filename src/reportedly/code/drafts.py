"""One act with everything that is known about it, before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly.records import Aspect, Certainty, Link, Participant, Polarity, Quantity, Toponym, When

if TYPE_CHECKING:
    from reportedly.code.acts import Act
    from reportedly.code.roles import Sides


@dataclass(slots=True)
class Draft:
    """A claim in the making. `first`, `last` (exclusive) are the tokens of its evidence; `why` explains the coding.

    `content_event` is the type of the act that a verbal act promises, asks for or threatens, `told_by_words` its mode
    where words of its content show it.
    """

    act: Act
    event: str
    sides: Sides
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    aspect: Aspect
    polarity: Polarity
    certainty: Certainty
    chain: tuple[Link, ...] = ()
    when: When | None = None
    where: Toponym | None = None
    modes: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    quote: str | None = None
    first: int = 0
    last: int = 0
    content_event: str | None = None
    told_by_words: str | None = None
    also: list[tuple[int, int]] = field(default_factory=list)
    causes: list[Draft] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def asserted(self) -> bool:
        """True if the act is told as done."""
        return self.aspect == "actual" and self.polarity == "affirmed"

    @property
    def fullness(self) -> int:
        """How many of its fields the text fills; of two tellings the fuller one is kept."""
        named = sum(bool(p.actor.country) for p in (*self.actors, *self.recipients))
        stated = bool(self.when and not self.when.inferred) + bool(self.where)
        return named + stated + len(self.quantities) + (not self.act.nominal)
