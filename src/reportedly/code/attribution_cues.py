"""The words that attribute ("said", "according to", "denied"), read from `data/attribution_cues.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

ENDINGS = (("ied", "y"), ("ies", "y"), ("ed", "e"), ("ed", ""), ("es", ""), ("s", ""), ("ing", "e"), ("ing", ""))


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue word does: its kind ("deny"), and speech, belief, intention or document."""

    kind: str
    nature: str


@cache
def cue_words() -> dict[str, Any]:
    """The cue file as it stands."""
    return read_toml("attribution_cues.toml")


@cache
def cue_table(part: str) -> dict[str, Cue]:
    """Lemma -> cue, for one of "verbs", "nouns", "adjectives" or "phrases". Of several kinds that list a lemma the one
    that `order` names first has it."""
    table: dict[str, Cue] = {}
    kinds = cue_words()["kinds"]
    for name in cue_words()["order"]:
        for lemma in kinds[name].get(part, ()):
            table.setdefault(lemma, Cue(name, kinds[name]["nature"]))
    return table


@cache
def base_of(lemma: str, word: str) -> str:
    """The lemma; in texts without lower case, where the lemmatizer fails, by table and suffix. Both in lower case."""
    verbs, nouns = cue_table("verbs"), cue_table("nouns")
    if lemma != word or lemma in verbs or lemma in nouns:
        return lemma
    irregular: str | None = cue_words()["forms"].get(word)
    if irregular:
        return irregular
    stems = (word[: -len(ending)] + instead for ending, instead in ENDINGS if word.endswith(ending))
    return next((stem for stem in stems if stem in verbs), lemma)


def lemma_of(token: Token) -> str:
    """`base_of` of a token."""
    return base_of(token.lemma_.lower(), token.lower_)


def is_chain_kind(kind: str) -> bool:
    """Whether the source of such a saying is a link in the chain of what it says."""
    entry = cue_words()["kinds"].get(kind)
    return bool(entry and entry["chain"])
