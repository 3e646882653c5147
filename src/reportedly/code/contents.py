"""What is asked for, refused or threatened: the mode of a verbal act is read from its content.

The first telling word of the content decides ("asked Turkey for *helicopters*"); where no word tells, the act that the
content is ("threatened to *arrest* him"). Words and acts stand in `acts.toml` under `contents`.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reportedly.code import syntax
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacy.tokens import Token

    from reportedly.code.acts import Act

REACH = 16
"""Tokens after the verbal act in which its content is looked for."""
DEEPEST = 2
LEADING = frozenset({"for", "of", "with", "to", "on", "against", "from"})
"""Prepositions that lead to a content; "after the raid" and "in Geneva" do not."""


@cache
def _table(event: str) -> dict[str, Any]:
    table: dict[str, Any] = read_toml("acts.toml")["contents"].get(event, {})
    return table


@cache
def _mode_of_word(event: str) -> dict[str, str]:
    return {word: mode for mode, words in _table(event).get("words", {}).items() for word in words}


def has_contents(event: str) -> bool:
    """True for the types whose modes say what is asked for, refused or threatened."""
    return bool(_table(event))


def mode_by_words(act: Act, apart: Collection[int]) -> str | None:
    """The mode that the first telling word of the content shows; `apart` are tokens that name participants."""
    if not has_contents(act.event) or act.trigger.lemma_ in _table(act.event).get("silent", ()):
        return None
    return _first_mode(act.event, [t for t in _content(act.trigger) if t.i not in apart])


def mode_of_verb(event: str, verb: Token) -> str | None:
    """The mode of a verbal act whose content is this verb: "will expel" threatens to expel."""
    return _first_mode(event, [verb, *(c for c in verb.children if c.dep_ == "prt")])


def mode_by_act(event: str, content: str, modes: Collection[str]) -> str | None:
    """The mode by the type and the modes of the act that is the content."""
    acts = _table(event).get("acts", {})
    return next((acts[key] for key in (*(f"{content}:{m}" for m in modes), content) if key in acts), None)


def default_mode(event: str) -> str | None:
    """The mode where nothing tells; None where the type has none."""
    return _table(event).get("else")


def _first_mode(event: str, tokens: list[Token]) -> str | None:
    """ "stop the attacks" asks to give way in the sense of PLOVER, "stop the reform" to change."""
    modes = _mode_of_word(event)
    ending, ended = _table(event).get("ending", ()), _table(event).get("ended", ())
    pairs = {a.i: f"{a.lemma_} {b.lemma_}".lower() for a, b in pairwise(tokens)}
    for token in tokens:
        word = token.lemma_.lower()
        if word in ending:
            return "yield" if any(t.lemma_.lower() in ended for t in tokens if t.i > token.i) else "change"
        mode = modes.get(pairs.get(token.i, "")) or modes.get(word)
        if mode is not None:
            return mode
    return None


def _content(trigger: Token) -> Iterator[Token]:
    """The words of what is asked, refused or threatened, in text order; no subjects, no clauses that explain."""
    for child in trigger.children:
        if child.i < trigger.i or child.i - trigger.i > REACH:
            continue
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ not in LEADING:
            continue
        if child.dep_ in ("conj", "punct", "npadvmod") or (child.dep_ == "advcl" and not syntax.is_infinitive(child)):
            continue
        if child.dep_ not in ("prt", "advmod", "aux", "mark"):
            yield from sorted(_inside(child, trigger, 0 if child.dep_ == "prep" else 1), key=lambda t: t.i)


def _inside(token: Token, trigger: Token, depth: int) -> Iterator[Token]:
    """The token and what hangs on it, two steps deep; prepositions are no step."""
    if token.i - trigger.i <= REACH:
        yield token
    for child in token.children:
        told = child.dep_ in ("relcl", "ccomp", "acl") and any(c.dep_ in syntax.SUBJECTS for c in child.children)
        if child.dep_ in syntax.SUBJECTS or (told and token.pos_ in syntax.NOUNS):
            continue
        if child.dep_ == "prep" and child.lower_ in LEADING:
            yield from _inside(child, trigger, depth)
        elif child.dep_ != "prep" and depth < DEEPEST:
            yield from _inside(child, trigger, depth + 1)
