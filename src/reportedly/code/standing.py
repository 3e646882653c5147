"""Stage 4 of 8: how an act stands with its innermost source: aspect, polarity, certainty.

The reading of a word is the reading of its context, changed by the words beside it. The context of a word is the
reading of the word that governs it, changed by what that word does to its complement. So "failed to prevent the
attack" is read from the outside in: a failure, undone prevention, an attack that happened. The walk ends where a
source speaks.

Source of the method: Nairn, Condoravdi and Karttunen 2006 (polarity propagation); of the values: Saurí and
Pustejovsky 2009.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.code.standing_context import read_act
from reportedly.code.standing_features import categories, context, rows_of
from reportedly.code.standing_local import is_definite
from reportedly.code.standing_model import network
from reportedly.code.standing_reading import Reading, hypothetical
from reportedly.code.standing_words import kinds

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.records import Aspect, Certainty, Polarity

LONG_AGO_DAYS = 60  # an act that ended longer before publication than this is background


@dataclass(frozen=True, slots=True)
class Standing:
    """How an act stands with the innermost source, or with the report where there is none, and the named reasons."""

    aspect: Aspect
    polarity: Polarity
    certainty: Certainty
    because: tuple[str, ...] = ()


def stand(
    token: Token, *, trigger_is_noun: bool = False, kind_above: str | None = None, past_days: int | None = None
) -> Standing:
    """How the act that `token` names stands.

    `trigger_is_noun` says that the token is to be read as a noun whatever its tag. `kind_above` is the kind of the
    innermost saying around the token (a key of `kinds` in `data/attribution_cues.toml`). `past_days` is how many days
    before publication the act ended, where that is known; more than `LONG_AGO_DAYS` makes it historical.
    """
    reading = read_act(token, as_noun=trigger_is_noun, dated=past_days is None)
    known = token.pos_ == "NOUN" and is_definite(token)
    reading = _under_kind(reading, kind_above, known=known)
    if past_days is not None and past_days > LONG_AGO_DAYS and reading.aspect == "actual":
        reading = reading.with_aspect("historical").because_of(f"{past_days} days before publication")
    return Standing(reading.aspect, reading.polarity, reading.certainty, reading.because)


def _under_kind(reading: Reading, kind: str | None, *, known: bool) -> Reading:
    """The kind of the saying counts only where the syntax says nothing against it.

    `known` says that a definite noun names the act: "condemned the attack" leaves the attack certain.
    """
    effect = kinds().get(kind or "")
    if effect is None or reading.settled or not reading.is_real or reading.polarity != "affirmed":
        return reading
    reason = f"inside what somebody says ({kind})"
    if effect == "denied" and (not reading.reported or reading.certainty == "probable"):
        return replace(reading.denied(), certainty="certain").because_of(reason)
    if reading.reported or not reading.is_plain:
        return reading
    if effect == "hypothetical":
        return hypothetical(reading).because_of(reason)
    if effect == "future":
        return reading.with_aspect("future").because_of(reason)
    return reading if known else reading.at_most("probable").because_of(reason)


# Mean of the human judgements for what the rules read alike, in the training part of the factuality suite.
DEGREES: dict[Certainty, float] = {"certain": 2.5, "probable": 1.8, "possible": 1.0}


def factuality(standing: Standing, token: Token | None = None) -> float:
    """Whether the act happened, from -3 (surely not) over 0 (not known) to 3 (surely), as its source has it.

    With the `token` that was read, the trained network judges, which knows the rules' reading and the words around;
    without it, or where the document has no tensor of the pinned pipeline, a table of degrees does.
    Source of the scale: Rudinger, White and Van Durme 2018; of the degrees: Saurí and Pustejovsky 2009.
    """
    rows = rows_of(token.doc) if token is not None else None
    if token is not None and rows is not None:
        return network().factuality(categories(token, standing), context(token, rows))
    if standing.aspect == "hypothetical":
        return 0.0
    degree = DEGREES[standing.certainty]
    if standing.polarity != "affirmed":
        return -degree
    return degree / 3 if standing.aspect == "future" else degree
