"""Which earlier phrase a pronoun or a definite description stands for: recency, grammatical role, number and kind.

A weighing of named preferences in the manner of Lappin and Leass (1994), small enough to be read in one glance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.records import Actor

SENTENCES_BACK = 3
"""A pronoun reaches this far back."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier phrase that later words may stand for. `clause` is the index of the word that its head hangs on.

    `titles` are the words around a name that tell an office ("defense", "secretary"), lower case.
    """

    head: int
    sentence: int
    actor: Actor
    lemma: str
    person: bool
    plural: bool
    collective: bool
    subject: bool
    clause: int
    titles: frozenset[str] = frozenset()


def find_antecedent(token: Token, sentence: int, candidates: Sequence[Candidate]) -> Candidate | None:
    """The phrase that a third-person pronoun stands for, None for other pronouns and where nothing fits."""
    word = token.lower_
    pronouns = read_toml("pronouns.toml")
    kind = next((k for k in ("person", "plural", "thing") if word in pronouns[k]), None)
    if kind is None or (word == "it" and _is_expletive(token)):
        return None
    best: tuple[float, int] | None = None
    chosen = None
    for candidate in reversed(candidates):
        distance = sentence - candidate.sentence
        if distance > SENTENCES_BACK:
            break
        if candidate.head >= token.i or not _agrees(candidate, kind) or _bound(token, candidate):
            continue
        weight = 2.0 * candidate.subject - 1.6 * distance + (1.0 if candidate.actor.country else 0.0)
        if kind == "plural" and candidate.plural:
            weight += 1.0
        if kind == "thing" and candidate.actor.kind in ("state", "group"):
            weight += 1.0
        key = (weight, candidate.head)
        if best is None or key > best:
            best, chosen = key, candidate
    return chosen


def _agrees(candidate: Candidate, kind: str) -> bool:
    if kind == "person":
        return candidate.person and not candidate.plural
    if kind == "plural":
        return candidate.plural or candidate.collective
    return not candidate.person and (not candidate.plural or (candidate.collective and candidate.lemma in MASS))


def _bound(token: Token, candidate: Candidate) -> bool:
    """An object pronoun is not the subject of its own verb ("they told them")."""
    return token.dep_ in ("dobj", "dative", "pobj") and candidate.clause == token.head.i and candidate.subject


def _is_expletive(token: Token) -> bool:
    """ "It is thought that", "it was unclear whether", "it rained"."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    if verb.lemma_ in ("seem", "appear", "remain", "happen", "turn", "take", "rain"):
        return True
    clause = any(
        c.dep_ in ("ccomp", "advcl", "xcomp", "csubj")
        and c.i > verb.i
        and any(g.lower_ in ("that", "whether", "if") for g in c.children)
        for c in verb.children
    )
    adjective = any(c.dep_ == "acomp" for c in verb.children)
    return clause and (verb.lemma_ == "be" or token.dep_ == "nsubjpass" or adjective)


def find_described(head: Token, sentence: int, candidates: Sequence[Candidate], sector: str | None) -> Candidate | None:
    """The phrase that "the militants", "the group", "the army" takes up: same noun first, then same kind of actor."""
    lemma = head.lemma_.lower()
    plural = head.tag_ in ("NNS", "NNPS")
    office = {c.lower_ for c in head.children if c.dep_ in ("compound", "amod", "nmod")}
    generic = lemma in read_toml("pronouns.toml")["generic_groups"]
    fitting = []
    for candidate in candidates:
        distance = sentence - candidate.sentence
        if candidate.head >= head.i or (not candidate.actor.country and candidate.actor.id is None):
            continue
        weight = _weight(candidate, lemma, sector, plural=plural, generic=generic, near=distance <= 2 * SENTENCES_BACK)
        if weight and candidate.titles:  # "the foreign secretary" is no secretary of state
            weight += 0.5 * len(office & candidate.titles) - 0.5 * len(office - candidate.titles)
        if weight > 0:
            fitting.append((weight - 0.15 * distance, candidate.head, candidate))
    return max(fitting, key=lambda f: f[:2], default=(0, 0, None))[2]


def _weight(candidate: Candidate, lemma: str, sector: str | None, *, plural: bool, generic: bool, near: bool) -> float:
    """How well a candidate fits a description; 0 if not at all."""
    actor = candidate.actor
    own_name = actor.id is not None and lemma in NAMED_BODIES
    if candidate.lemma == lemma and not own_name and (candidate.plural == plural or candidate.collective):
        return 2.0
    if generic and actor.kind == "group" and actor.sector != "JRN" and near:
        return 1.5
    if sector in ("REB", "PRM", "UAF") and actor.sector in ("REB", "PRM", "IMG") and near:
        return 1.0
    if sector in ("GOV", "ELI") and actor.kind == "person" and not plural and lemma in TITLES:
        if lemma in candidate.titles:
            return 3.0
        return 1.0 if actor.sector == sector and not candidate.titles else 0.0
    return 0.0


NAMED_BODIES = frozenset({"administration", "department", "office", "service", "agency", "council", "commission"})
"""Last words of names: "the administration" does not take up the Federal Aviation Administration."""
MASS = frozenset({"media", "medium", "police", "staff", "press", "military"})
"""Nouns that are tagged plural and yet taken up by "it"."""
TITLES = frozenset({"president", "minister", "premier", "chancellor", "king", "leader", "secretary", "prince"})
