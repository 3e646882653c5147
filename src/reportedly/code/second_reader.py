"""Stage 4 of 8: a second reader, who has learnt from words in use what the patterns are told in `acts.tsv`.

It serves explanations only. Of an act that was coded it sees everything but the word itself, and says which types such
surroundings suggest. Of a verb that no pattern knows it sees the word too, and says whether the verb looks like an act.
One small network (named features and word vectors -> 64 -> 17) in plain numpy; trained by `scripts/train_acts.py`,
model card in `docs/second-reader.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reportedly.code import lexicon, syntax
from reportedly.code.acts import light_verb
from reportedly.knowledge import DATA, read_model
from reportedly.records import Opinion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Token
    from spacy.vocab import Vocab

    from reportedly.records import CodedReport, Resolved

FILE = "acts_model.npz"
NONE = "NONE"
WORD = "word"
SLOTS = (WORD, "subj", "obj", "prep", "comp", "mod", "gov", "around")
"""What words are looked at, by the place where they stand; a slot of several words is their mean."""
WIDTH = 300  # numbers in a word vector of the pinned pipeline
SPREAD = 0.35  # by which word vectors are scaled, so that named features are not drowned
REACH = 12  # tokens to either side that count as around
LOOKS_LIKE = 0.8
"""A verb without a pattern is pointed out from this probability on; how often it is one: `docs/second-reader.md`."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a word: named features, and lemmas by slot."""

    names: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


def read_again(resolved: Resolved, coded: CodedReport) -> tuple[Opinion, ...]:
    """What the second reader thinks of each claim, and of the verbs without a pattern that look like acts to it.

    In text order. Empty where the pipeline has no word vectors of the right width. Raises KnowledgeBroken if the model
    file is missing or damaged.
    """
    doc = resolved.parsed.doc
    if doc.vocab.vectors_length != WIDTH:
        return ()
    at = {token.idx: token for token in doc}
    opinions = [
        _opinion(at[claim.trigger.start], resolved, claim.event) for claim in coded.claims if claim.trigger.start in at
    ]
    known = {opinion.start for opinion in opinions}
    opinions += [o for token in doc if token.idx not in known and (o := _suggestion(token, resolved)) is not None]
    return tuple(sorted(opinions, key=lambda o: (o.start, o.coded is None)))


def _opinion(token: Token, resolved: Resolved, event: str) -> Opinion:
    carrier = light_verb(token) if token.pos_ in ("NOUN", "PROPN") else None
    seen = surroundings(token, resolved, carrier[0] if carrier else None)
    types = network().types
    chances = network().chances(seen, token.vocab, word=False)
    chances[types.index(NONE)] = 0.0  # the question is which act
    chances /= chances.sum()
    best = max(range(len(types)), key=lambda i: (chances[i], types[i]))
    return Opinion(
        token.idx, token.idx + len(token), token.text, event, types[best], round(float(chances[best]), 2),
        round(float(chances[types.index(event)]), 2),
    )  # fmt: skip


def _suggestion(token: Token, resolved: Resolved) -> Opinion | None:
    """A verb that no pattern has, done by or to somebody, if it looks like an act."""
    if token.pos_ != "VERB" or lexicon.patterns().get((token.lemma_.lower(), "VERB")):
        return None
    sides = [*syntax.agents(token), *syntax.objects(token)]
    if not any((m := resolved.mentions.get(t.i)) and (m.actor.country or m.actor.id or m.actor.sector) for t in sides):
        return None
    chances = network().chances(surroundings(token, resolved), token.vocab, word=True)
    types = network().types
    acting = 1.0 - float(chances[types.index(NONE)])
    if acting < LOOKS_LIKE:
        return None
    best = max((i for i, name in enumerate(types) if name != NONE), key=lambda i: (chances[i], types[i]))
    return Opinion(token.idx, token.idx + len(token), token.text, None, types[best], round(acting, 2), 0.0)


# --- what is seen ----------------------------------------------------------------------------------------------------


def surroundings(token: Token, resolved: Resolved, carrier: Token | None = None) -> Surroundings:
    """What stands around a word that may name an act; `carrier` is the light verb of a noun ("launched an attack")."""
    verb = carrier or token
    bare_noun = token.pos_ in ("NOUN", "PROPN") and carrier is None
    names = ["noun" if token.pos_ in ("NOUN", "PROPN") else "verb"]
    words: dict[str, tuple[str, ...]] = {WORD: (token.lemma_.lower(),)}
    prepositions = syntax.prepositional(verb)
    if bare_noun:
        beside = [c for c in token.children if c.dep_ in ("amod", "compound", "poss", "nmod")]
        subjects, objects = [c for c in beside if c.dep_ == "poss"], []
        modifiers = [c for c in beside if c.dep_ != "poss"]
        names.append(f"in={token.dep_}")
        words["gov"] = ((token.head.head if token.dep_ == "pobj" else token.head).lemma_.lower(),)
    else:
        subjects, objects = syntax.agents(verb), [o for o in syntax.objects(verb) if o.i != token.i]
        modifiers = [c for c in verb.children if c.dep_ in ("advmod", "npadvmod")]
        names += [f"passive={syntax.is_passive(verb)}", f"dep={verb.dep_}"]
        if carrier is not None:
            prepositions = prepositions | syntax.prepositional(token)
    for slot, tokens in (("subj", subjects[:1]), ("obj", objects[:1])):
        names.append(f"{slot}={bool(tokens)}")
        names += [f"{slot}:{part}" for t in tokens for part in _who(t, resolved)]
        words[slot] = tuple(t.lemma_.lower() for t in tokens)
    for preposition, tokens in list(prepositions.items())[:4]:
        names += [f"prep={preposition}", *(f"prep={preposition}:{part}" for part in _who(tokens[0], resolved)[::2])]
    words["prep"] = tuple(tokens[0].lemma_.lower() for tokens in prepositions.values() if tokens)
    for clause in syntax.complements(verb)[:1]:
        names += [f"comp={clause.tag_}", f"infinitive={syntax.is_infinitive(clause)}"]
        words["comp"] = (clause.lemma_.lower(),)
    names += [f"particle={c.lower_}" for c in verb.children if c.dep_ == "prt"]
    words["mod"] = tuple(m.lemma_.lower() for m in modifiers)
    words["around"] = tuple(_around(token, verb))
    return Surroundings(tuple(names), words)


def _who(token: Token, resolved: Resolved) -> tuple[str, str, str]:
    """Kind, sector and whether the country is known."""
    mention = resolved.mentions.get(token.i)
    if mention is None:
        return "nobody", "-", "-"
    actor = mention.actor
    return actor.kind, actor.sector or "-", "country" if actor.country else "-"


def _around(token: Token, verb: Token) -> Iterator[str]:
    for other in token.sent:
        near = abs(other.i - token.i) <= REACH and other.i not in (token.i, verb.i)
        if near and other.is_alpha and not other.is_stop and other.pos_ in ("NOUN", "VERB", "ADJ", "PROPN"):
            yield other.lemma_.lower()


# --- the network -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Network:
    """The weights: `inward` has a row for each number of the slots' vectors and then for each named feature."""

    types: tuple[str, ...]
    row_of: dict[str, int]
    inward: NDArray[np.float32]
    inward_bias: NDArray[np.float32]
    outward: NDArray[np.float32]
    outward_bias: NDArray[np.float32]

    def chances(self, seen: Surroundings, vocab: Vocab, *, word: bool) -> NDArray[np.float32]:
        """A probability for each of `types`; they add up to 1. `word` tells whether the word itself may be seen."""
        dense = dense_of(seen, vocab, word=word)
        rows = sorted(len(dense) + self.row_of[name] for name in set(seen.names) if name in self.row_of)
        hidden = dense @ self.inward[: len(dense)] + self.inward[rows].sum(axis=0) + self.inward_bias
        scores = np.maximum(hidden, 0.0) @ self.outward + self.outward_bias
        odds = np.exp(scores - scores.max())
        spread: NDArray[np.float32] = odds / odds.sum()
        return spread


def dense_of(seen: Surroundings, vocab: Vocab, *, word: bool) -> NDArray[np.float32]:
    """The vectors of the slots side by side, `len(SLOTS) * WIDTH` numbers; an empty slot is zeros."""
    dense = np.zeros(len(SLOTS) * WIDTH, np.float32)
    for number, slot in enumerate(SLOTS):
        lemmas: Sequence[str] = seen.words.get(slot, ())
        if lemmas and (word or slot != WORD):
            mean = np.mean([vocab[lemma].vector for lemma in lemmas], axis=0)
            dense[number * WIDTH : (number + 1) * WIDTH] = SPREAD * mean
    return dense


@cache
def network() -> Network:
    """The shipped network, loaded once.

    Raises KnowledgeBroken if the file is missing or has another shape.
    """
    numbers = ("inward", "inward_bias", "outward", "outward_bias")
    texts, arrays = read_model(DATA / FILE, ("names", "types"), numbers, "scripts/train_acts.py")
    return Network(tuple(texts["types"]), {name: row for row, name in enumerate(texts["names"])}, **arrays)
