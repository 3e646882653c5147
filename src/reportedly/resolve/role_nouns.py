"""Common nouns for actors: "rebels" REB, "warplanes" MIL, "officials" GOV, with what kind of thing each names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from reportedly.knowledge import DATA, read_table

_PLURALS = (
    ("ies", "y"), ("men", "man"), ("wives", "wife"), ("children", "child"), ("thieves", "thief"), ("ches", "ch"),
    ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("uses", "us"), ("oes", "o"), ("s", ""),
)  # fmt: skip
_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_SAYS_NOTHING = frozenset({None, "UNK"})


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun or noun phrase that names an actor by role.

    `sector` is a PLOVER code; UNK or None where the noun says nothing about it ("source", "ship"). `person` marks nouns
    for people, `collective` for bodies ("army"), `asset` for things that act or are hit on behalf of their owner
    ("warplane", "embassy"), `anonymous_source` for those whom reports cite without a name ("official", "witness").
    `plural` tells whether the words asked for were plural; `generic` nouns ("leader", "base") take the sector of a role
    before them. `private` nouns make nobody a public figure ("baker"): such people are not named.
    """

    phrase: str
    sector: str | None
    person: bool = False
    collective: bool = False
    asset: bool = False
    anonymous_source: bool = False
    plural: bool = False
    generic: bool = False
    private: bool = False


REMEMBERED = 20_000
"""Phrases whose answer is kept; bounds memory over long batches."""


@dataclass(frozen=True, slots=True)
class RoleNouns:
    """The nouns by phrase, in lower case and singular; `before` holds the sectors of words that only stand before one.

    `past` are words that tell of an office that somebody holds no longer ("former").
    """

    nouns: dict[str, RoleNoun]
    longest: int
    before: dict[str, str | None]
    past: dict[str, str | None]
    _remembered: dict[str, RoleNoun | None] = field(default_factory=dict, repr=False, compare=False)

    def sector(self, phrase: str) -> RoleNoun | None:
        """What a lemma or a phrase ("riot police", "militiamen") names; None if it is no role.

        An unknown phrase is looked up by its last words: "senior army officers" by "army officer". Words before a
        generic noun give it their sector ("militia commanders" PRM, "rebel base" REB), "former" makes an office holder
        a former one (ELI).
        """
        if phrase not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[phrase] = self._sector(phrase)
        return self._remembered[phrase]

    def _sector(self, phrase: str) -> RoleNoun | None:
        words = phrase.lower().replace("-", " ").replace("\u2019", "'").split()
        for start in range(max(0, len(words) - self.longest), len(words)):
            found = self._exact(words[start:])
            if found:
                return self._in_company(found, words[:start])
        return None

    def _in_company(self, noun: RoleNoun, before: list[str]) -> RoleNoun:
        """The noun as the words before it mean it."""
        if noun.generic:
            sector = self._sector_before(before)
            noun = noun if sector is None else replace(noun, sector=sector)
        if noun.person and noun.sector in _OFFICES:
            past = next((self.past[word] for word in before if word in self.past), None)
            noun = noun if past is None else replace(noun, sector=past)
        return noun

    def _sector_before(self, words: list[str]) -> str | None:
        """What the nearest words that have a sector say: "rebel group" (leader) is REB, whatever a group may be."""
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - self.longest), end):
                phrase = " ".join(words[start:end])
                known = self._exact(words[start:end])
                sector = self.before.get(phrase) or (known.sector if known and not known.generic else None)
                if sector not in _SAYS_NOTHING:
                    return sector
        return None

    def _exact(self, words: list[str]) -> RoleNoun | None:
        phrase = " ".join(words)
        if phrase in self.nouns:
            return self.nouns[phrase]
        for singular in _singulars(words):
            found = self.nouns.get(singular)
            if found:
                return replace(found, plural=True)
        return None


def _singulars(words: list[str]) -> Iterator[str]:
    """What a phrase can be the plural of, by its last word or by its first ("heads of state")."""
    first, last = words[0], words[-1]
    for ending, singular in _PLURALS:
        if last.endswith(ending):
            yield " ".join([*words[:-1], last[: -len(ending)] + singular])
        if first.endswith(ending) and len(words) > 1:
            yield " ".join([first[: -len(ending)] + singular, *words[1:]])


@cache
def load() -> RoleNouns:
    """The nouns of `data/role_nouns.tsv`. Raises KnowledgeBroken if the file is missing or malformed."""
    nouns: dict[str, RoleNoun] = {}
    before: dict[str, str | None] = {}
    past: dict[str, str | None] = {}
    for row in read_table(DATA / "role_nouns.tsv"):
        flags = set(row["flags"].split())
        sector = row["sector"] if row["sector"] != "-" else None
        phrases = [phrase.strip().replace("-", " ") for phrase in row["nouns"].split("|")]
        if flags & {"before", "past"}:
            (past if "past" in flags else before).update(dict.fromkeys(phrases, sector))
            continue
        for phrase in phrases:
            nouns[phrase] = RoleNoun(
                phrase, sector, "person" in flags, "collective" in flags, "asset" in flags, "source" in flags,
                "plural" in flags, "generic" in flags, "private" in flags,
            )  # fmt: skip
    return RoleNouns(nouns, max(len(phrase.split()) for phrase in nouns), before, past)
