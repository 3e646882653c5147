"""Common nouns for actors: "rebels" REB, "warplanes" MIL, "officials" GOV, with what kind of thing each names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportedly.knowledge import DATA, read_table

_PLURALS = (("ies", "y"), ("men", "man"), ("wives", "wife"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", ""))


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun or noun phrase that names an actor by role.

    `sector` is a PLOVER code or None where the noun says nothing about it ("source", "ship"). `person` marks nouns for
    people, `collective` for bodies ("army"), `asset` for things that act or are hit on behalf of their owner
    ("warplane", "embassy"), `anonymous_source` for those whom reports cite without a name ("official", "witness").
    `plural` tells whether the words asked for were plural.
    """

    phrase: str
    sector: str | None
    person: bool = False
    collective: bool = False
    asset: bool = False
    anonymous_source: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class RoleNouns:
    """The nouns by phrase, in lower case and singular."""

    nouns: dict[str, RoleNoun]
    longest: int

    def sector(self, phrase: str) -> RoleNoun | None:
        """What a lemma or a phrase ("riot police", "militiamen") names; None if it is no role.

        An unknown phrase is looked up by its last words: "senior army officers" by "army officer".
        """
        words = phrase.lower().replace("-", " ").split()
        for start in range(max(0, len(words) - self.longest), len(words)):
            found = self._exact(words[start:])
            if found:
                return found
        return None

    def _exact(self, words: list[str]) -> RoleNoun | None:
        phrase = " ".join(words)
        if phrase in self.nouns:
            return self.nouns[phrase]
        for ending, singular in _PLURALS:
            if phrase.endswith(ending):
                found = self.nouns.get(phrase[: -len(ending)] + singular)
                if found:
                    return RoleNoun(
                        found.phrase, found.sector, found.person, found.collective, found.asset,
                        found.anonymous_source, plural=True,
                    )  # fmt: skip
        return None


@cache
def load() -> RoleNouns:
    """The nouns of `data/role_nouns.tsv`. Raises KnowledgeBroken if the file is missing or malformed."""
    nouns = {}
    for row in read_table(DATA / "role_nouns.tsv"):
        flags = set(row["flags"].split())
        for phrase in row["nouns"].split("|"):
            clean = phrase.strip().replace("-", " ")
            nouns[clean] = RoleNoun(
                clean, row["sector"] if row["sector"] != "-" else None, "person" in flags, "collective" in flags,
                "asset" in flags, "source" in flags, "plural" in flags,
            )  # fmt: skip
    return RoleNouns(nouns, max(len(phrase.split()) for phrase in nouns))
