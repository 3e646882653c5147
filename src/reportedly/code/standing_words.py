"""Stage 4 of 8: the words that decide how an act stands, from `data/standing.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from reportedly.code.attribution_cues import base_of
from reportedly.errors import KnowledgeBroken
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.records import Certainty

LinkKind = Literal["infinitive", "that", "ing", "noun", "known", "passive", "subject"]
WordKind = Literal["verbs", "nouns", "adjectives", "phrases"]
EFFECTS = frozenset(
    {"same", "belief", "fact", "not", "hypothetical", "future", "said", "denied", "rejected", "confirmed", "habitual"}
)
EVERY_LINK = frozenset({"infinitive", "that", "ing", "noun"})
WORD_KINDS: tuple[WordKind, ...] = ("verbs", "nouns", "adjectives", "phrases")
OF_POS: dict[str, WordKind] = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}


@dataclass(frozen=True, slots=True)
class Embedding:
    """What a class of words makes of the act that completes them; the fields are explained in `data/standing.toml`."""

    name: str
    effect: str
    certainty: Certainty
    links: frozenset[str]
    negates: bool
    ahead: bool
    weak: bool


@cache
def _embeddings() -> dict[tuple[str, str], tuple[Embedding, ...]]:
    """(word kind, word) -> the classes that list it, in the order of the file.

    Raises KnowledgeBroken if a class names an unknown effect.
    """
    found: dict[tuple[str, str], tuple[Embedding, ...]] = {}
    for name, entry in read_toml("standing.toml")["embed"].items():
        if entry["effect"] not in EFFECTS:
            raise KnowledgeBroken(
                f"standing.toml: embed.{name} has no known effect", hint=f"use one of {sorted(EFFECTS)}"
            )
        embedding = Embedding(
            name,
            entry["effect"],
            entry.get("certainty", "certain"),
            frozenset(entry.get("links", EVERY_LINK)),
            entry.get("negates", False),
            entry.get("ahead", False),
            entry.get("weak", False),
        )
        for kind in WORD_KINDS:
            for word in entry.get(kind, ()):
                found[kind, word] = (*found.get((kind, word), ()), embedding)
    return found


@cache
def words(table: str, key: str) -> frozenset[str]:
    """One list of `data/standing.toml`: `words("modals", "possible")`."""
    listed: list[str] = read_toml("standing.toml")[table][key]
    return frozenset(listed)


@cache
def kinds() -> dict[str, Any]:
    """Kind of a saying -> what it says about the standing of its content."""
    table: dict[str, Any] = read_toml("standing.toml")["kinds"]
    return table


def lemma(token: Token) -> str:
    """The lemma in lower case, also in texts that are all capitals."""
    return base_of(token.lemma_.lower(), token.lower_)


def embedding(kind: WordKind, word: str, link: LinkKind) -> Embedding | None:
    """The first class that lists the word and can hold an act by this link."""
    return next((e for e in _embeddings().get((kind, word), ()) if link in e.links), None)


def embedding_of(governor: Token, link: LinkKind, word: str | None = None) -> Embedding | None:
    """The class of a governing verb, noun or adjective; a verb's own particle counts ("call off", "carry out")."""
    kind = OF_POS.get(governor.pos_)
    if kind is None:
        return None
    if kind == "verbs" and is_mistagged_noun(governor):
        kind = "nouns"
    base = word or lemma(governor)
    if kind == "verbs":
        for child in governor.children:
            if child.dep_ in ("prt", "advmod"):
                found = embedding("phrases", f"{base} {child.lower_}", link)
                if found:
                    return found
    found = embedding(kind, base, link)
    if found is None and kind == "adjectives" and governor.tag_ in ("VBN", "VBD"):
        return embedding("verbs", base, link)
    if found is None and governor.is_upper:  # tagger and lemmatizer err in texts that are all capitals
        return embedding("verbs", base_of(governor.lower_, governor.lower_), link)
    return found


def is_mistagged_noun(token: Token) -> bool:
    """True for "claims" in "dismissed claims that …" where the tagger takes it for a verb."""
    return token.tag_ in ("VBZ", "VBP") and token.dep_ in ("dobj", "pobj")


def phrase_of(governor: Token, preposition: str, link: LinkKind) -> Embedding | None:
    """The class of a verb with a preposition ("call for"), also with a word between ("pour scorn on")."""
    base = lemma(governor)
    found = embedding("phrases", f"{base} {preposition}", link)
    if found or governor.pos_ not in ("VERB", "AUX"):
        return found
    for child in governor.children:
        if child.dep_ in ("prt", "advmod", "dobj", "prep", "acomp") and child.lower_ != preposition:
            found = embedding("phrases", f"{base} {child.lower_} {preposition}", link)
            if found:
                return found
    return None
