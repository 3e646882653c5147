"""The words that attribute ("said", "according to", "denied"), read from `data/attribution_cues.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    """Lemma -> cue, for one of "verbs", "nouns", "adjectives" or "phrases". The first kind that lists a lemma has it,
    except that the later kinds named in `prefer` take theirs."""
    table: dict[str, Cue] = {}
    kinds = cue_words()["kinds"]
    for name in sorted(kinds, key=cue_words()["order"].index):
        for lemma in kinds[name].get(part, ()):
            table.setdefault(lemma, Cue(name, kinds[name]["nature"]))
    return table


def lemma_of(token: Token) -> str:
    """The lemma in lower case; in texts without lower case, where the lemmatizer fails, by suffix and table."""
    word = token.lower_
    lemma = token.lemma_.lower()
    if lemma != word or lemma in cue_table("verbs") or lemma in cue_table("nouns"):
        return lemma
    return cue_words()["forms"].get(word) or _stripped(word)


@cache
def _stripped(word: str) -> str:
    known = cue_table("verbs")
    for ending, instead in (
        ("ied", "y"),
        ("ies", "y"),
        ("ed", "e"),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ing", "e"),
        ("ing", ""),
    ):
        if word.endswith(ending) and word[: -len(ending)] + instead in known:
            return word[: -len(ending)] + instead
    return word


def is_chain_kind(kind: str) -> bool:
    """Whether the source of such a saying is a link in the chain of what it says."""
    entry = cue_words()["kinds"].get(kind)
    return bool(entry and entry["chain"])
