"""From a cue word to a draft of its saying: the cue's words, its source, its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import Cue, cue_table, cue_words
from reportedly.code.attribution_syntax import (
    clause_around,
    closing_report,
    content_of,
    is_passive,
    phrase_of,
    quoted_saying,
    raised,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.code.attribution_tree import Tree

SAID = Cue("say", "speech")
PASSED_ON = Cue("report", "speech")


@dataclass(slots=True)
class Draft:
    """A saying in the making. `at` is the token that the cue hangs on; `own` is
    the content without quotations, `chance` the judge's probability. Other numbers as in `Saying`."""

    at: int
    cue: list[int]
    what: Cue
    source: tuple[int, int] | None = None
    head: int | None = None
    content: set[int] = field(default_factory=set)
    own: frozenset[int] = frozenset()
    chance: float = 1.0


def cues_by_lexicon(tree: Tree) -> Iterator[tuple[int, Cue]]:
    """Tokens that the cue file knows as verbs, nouns, adjectives or prepositions of saying."""
    nouns = cue_table("nouns")
    for i, lemma in enumerate(tree.lemma):
        what: Cue | None
        if preposition_at(tree, i):
            what = SAID
        elif tree.is_verb(i):
            what = verb_cue(tree, i)
        elif tree.is_noun(i):
            what = nouns.get(lemma)
        else:
            what = None
        if what is not None:
            yield i, what


def verb_cue(tree: Tree, verb: int) -> Cue | None:
    """What a verb does; "quoted X as saying" passes on what X says, "quoted X" alone does not."""
    what = phrase_cue(tree, verb) or cue_table("verbs").get(tree.lemma[verb])
    if what is not None and what.kind == "cite" and (is_passive(tree, verb) or quoted_saying(tree, verb) is not None):
        return PASSED_ON
    return what


def phrase_cue(tree: Tree, verb: int) -> Cue | None:
    """ "call for", "rule out": the phrase that a verb makes with its particle, preposition or object."""
    phrases, lemma = cue_table("phrases"), tree.lemma[verb]
    if lemma not in _phrase_verbs():
        return None
    parts = [c for c in tree.children[verb] if tree.dep[c] in ("prep", "prt", "dobj")]
    for part in parts:
        words = f"{lemma} {tree.lower[part]}"
        after = [tree.lower[c] for c in (*tree.children[part], *parts) if tree.dep[c] == "prep"]
        found = [phrases[p] for p in (words, *(f"{words} {preposition}" for preposition in after)) if p in phrases]
        if found:
            return found[0]
    return None


def preposition_at(tree: Tree, i: int) -> list[int]:
    """The tokens of "according to" and its like that start here; empty where none does."""
    for words in _prepositions().get(tree.lower[i], ()):
        if tree.lower[i : i + len(words)] == words:
            return list(range(i, i + len(words)))
    return []


@cache
def _prepositions() -> dict[str, list[list[str]]]:
    by_first: dict[str, list[list[str]]] = {}
    for cue in cue_words()["prepositions"]["cues"]:
        by_first.setdefault(cue.split()[0], []).append(cue.split())
    return by_first


@cache
def _phrase_verbs() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in cue_table("phrases"))


def draft_at(tree: Tree, i: int, what: Cue) -> Draft | None:
    """The saying that this cue word makes, or None where its syntax gives no content, or no source that it needs."""
    phrase = preposition_at(tree, i)
    if phrase:
        return _by_preposition(tree, i, phrase, what)
    speaker = closing_report(tree, i)
    if speaker is not None:
        first = tree.left[i]
        return Draft(i, [i], PASSED_ON, (first, i), speaker, set(range(tree.sent[i], first - 1)))
    source = source_of(tree, i)
    cue = _cue_words(tree, i)
    if source is None and not _may_lack_source(tree, i):
        return None
    draft = Draft(i, cue, what)
    if source is not None:
        draft.source, draft.head = phrase_of(tree, source, without=cue), source
    inside = set(cue) | (set(range(*draft.source)) if draft.source else set())
    draft.content = content_of(tree, i, source, inside)
    if not draft.content and tree.is_verb(i) and is_passive(tree, i):
        draft.content = raised(tree, i) - inside
    return draft


def _may_lack_source(tree: Tree, i: int) -> bool:
    if tree.is_noun(i):
        return tree.child(i, "acl", "relcl") is not None
    return tree.is_verb(i) and is_passive(tree, i)


def _cue_words(tree: Tree, i: int) -> list[int]:
    parts = [c for c in tree.children[i] if tree.is_verb(i) and tree.dep[c] in ("aux", "auxpass", "neg", "prt")]
    return sorted([i, *parts])


def _by_preposition(tree: Tree, i: int, phrase: list[int], what: Cue) -> Draft | None:
    last = phrase[-1]
    source = tree.child(last, "pobj", "pcomp")
    if source is None:
        return None
    draft = Draft(i, phrase, what, phrase_of(tree, source, without=phrase), source)
    draft.content = clause_around(tree, i) - set(phrase)
    return draft
