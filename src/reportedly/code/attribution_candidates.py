"""Which words can carry a saying, and the drafts that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import Cue, cue_table, cue_words, is_chain_kind
from reportedly.code.attribution_drafts import (
    PASSED_ON,
    SAID,
    Draft,
    cues_by_lexicon,
    draft_at,
    phrase_cue,
    preposition_at,
    verb_cue,
)
from reportedly.code.attribution_model import TENSOR_WIDTH, judge_drafts, tag_tokens
from reportedly.code.attribution_quotes import add_quotes
from reportedly.code.attribution_syntax import inverted_subject, is_passive

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from reportedly.code.attribution_tree import Tree
    from reportedly.records import Quote

WORTH_A_DRAFT = 0.05
"""Probability of the tagger from which a word outside the cue file is drafted."""
LEAST_CHANCE = 0.3
"""Probability of the judge from which a draft is a saying; near the best F1 on PolNeAR's dev part, where it is flat."""
LEAST_CHANCE_PLAIN = 0.05
"""The same for plain constructions (`is_plain`), on which syntax and cue file agree."""
IN_CUE = 0.5
"""Probability of the tagger from which a neighbouring word belongs to the cue."""
PASSIVE = frozenset(cue_words()["passive"]["verbs"])
ACTS_OF_SPEECH = frozenset({"deny", "accuse", "request", "promise", "threaten"})
OTHER = Cue("attitude", "belief")


def candidates_of(tree: Tree, tags: NDArray[np.float32]) -> list[tuple[int, Cue]]:
    """The words of the cue file, and whatever else the tagger finds worth a look, in text order."""
    found = dict(cues_by_lexicon(tree))
    for i in (tags[:, 0] >= WORTH_A_DRAFT).nonzero()[0].tolist():
        if i not in found:
            found[i] = _what(tree, i)
    return sorted(found.items())


def _what(tree: Tree, i: int) -> Cue:
    if tree.lower[i] == ":" or tree.pos[i] == "ADP":
        return SAID
    table = cue_table("nouns" if tree.is_noun(i) else "adjectives")
    return (verb_cue(tree, i) if tree.is_verb(i) else table.get(tree.lemma[i])) or OTHER


def drafts_of(tree: Tree, candidates: list[tuple[int, Cue]], quotes: tuple[Quote, ...]) -> list[Draft]:
    """The drafts of these words that have a content, quotations added."""
    drafts = [draft for i, what in candidates if (draft := draft_at(tree, i, what)) is not None]
    for draft in drafts:
        draft.own = frozenset(draft.content)
    add_quotes(drafts, quotes, tree)
    return [draft for draft in drafts if draft.content]


def judged_drafts(tree: Tree, quotes: tuple[Quote, ...], quoted: Sequence[bool]) -> list[Draft]:
    """The drafts that are sayings. Without token vectors (another pipeline), all that the cue file gives."""
    if not tree.head or tree.doc.tensor.shape != (len(tree.head), TENSOR_WIDTH):
        return drafts_of(tree, list(cues_by_lexicon(tree)), quotes)
    tags = tag_tokens(tree, quoted)
    drafts = drafts_of(tree, candidates_of(tree, tags), quotes)
    odds = judge_drafts(tree, drafts, tags, quoted).tolist()
    kept = _kept(tree, drafts, odds)
    kept.sort(key=lambda d: d.at)
    for draft in kept:
        draft.content = set(draft.own)
    cues = {i for draft in kept for i in draft.cue}
    for draft in kept:
        draft.cue = _whole_cue(draft, tags, cues)
    _unwind(kept)
    add_quotes(kept, quotes, tree)
    return kept


def _kept(tree: Tree, drafts: list[Draft], odds: list[float]) -> list[Draft]:
    """The likeliest draft of each cue; then plain constructions inside or around one of those, which the
    judge rejects because PolNeAR annotates no saying inside a saying."""
    ranked = sorted(zip(drafts, odds, strict=True), key=lambda pair: -pair[1])
    kept: list[Draft] = []
    words: set[int] = set()
    for passing, (draft, chance) in [(passing, pair) for passing in (1, 2) for pair in ranked]:
        draft.chance = chance
        if words.isdisjoint(draft.cue) and _passes(tree, draft, chance, kept, nested=passing == 2):
            kept.append(draft)
            words.update(draft.cue)
    return kept


def _passes(tree: Tree, draft: Draft, chance: float, kept: list[Draft], *, nested: bool) -> bool:
    if chance >= LEAST_CHANCE or is_sure(tree, draft):
        return True
    if not is_plain(tree, draft):
        return False
    if not nested:
        return chance >= LEAST_CHANCE_PLAIN
    return any(draft.at in k.own or k.at in draft.own for k in kept)


def _unwind(drafts: list[Draft]) -> None:
    """Where two sayings hold each other's cue ("X said Y, Z reported", misread), the later cue is outside."""
    for outer in drafts:
        around = set(outer.cue) | (set(range(*outer.source)) if outer.source else set())
        for inner in drafts:
            if inner.at < outer.at and inner.at in outer.content and outer.at in inner.content:
                inner.content -= around


def is_sure(tree: Tree, draft: Draft) -> bool:
    """ "According to X", "X was quoted as saying" and "Y was told by X that" need no judge."""
    at = draft.at
    if draft.head is not None and tree.is_verb(at) and is_passive(tree, at) and tree.child(at, "ccomp") is not None:
        return is_chain_kind(draft.what.kind)
    passed_on = tree.dep[at] == "pcomp" and tree.lower[tree.head[at]] == "as"
    return bool(preposition_at(tree, at)) or draft.what is PASSED_ON or (passed_on and draft.what.kind == "say")


def is_plain(tree: Tree, draft: Draft) -> bool:
    """Whether syntax and cue file alone make a saying: a word of the cue file, with source and clause."""
    at, kind = draft.at, draft.what.kind
    if not is_chain_kind(kind):
        return False
    deps = {tree.dep[c] for c in tree.children[at]}
    if draft.head is None:
        passive = tree.is_verb(at) and is_passive(tree, at) and tree.lemma[at] in PASSIVE
        return passive and bool(deps & {"ccomp", "xcomp", "prep"})
    if tree.is_noun(at):
        return bool(deps & {"poss", "prep"}) and any(_is_that_clause(tree, c) for c in tree.children[at])
    if kind in ACTS_OF_SPEECH and deps & {"ccomp", "xcomp", "dobj", "prep"}:
        return True
    if phrase_cue(tree, at) is not None or inverted_subject(tree, at) is not None:
        return True
    if draft.what.nature == "speech" and _precedes(tree, draft):
        return True
    if tree.dep[at] == "advcl" and draft.what.nature == "speech" and draft.at not in draft.content:
        return any(tree.lower[c] == "as" and tree.dep[c] == "mark" for c in tree.children[at]) and "dobj" not in deps
    put_into = tree.dep[at] in ("parataxis", "ccomp") and tree.is_verb(tree.head[at])
    return "ccomp" in deps or (put_into and not draft.content <= tree.subtree(at))


def _is_that_clause(tree: Tree, i: int) -> bool:
    return tree.dep[i] in ("acl", "ccomp", "relcl") and tree.child(i, "mark") is not None


def _precedes(tree: Tree, draft: Draft) -> bool:
    """Whether what is said stands before source and cue, to the start of the sentence."""
    first = min(draft.at, draft.source[0] if draft.source else draft.at)
    return max(draft.content) in (first - 1, first - 2) and min(draft.content) == tree.sent[draft.at]


def _whole_cue(draft: Draft, tags: NDArray[np.float32], cues: set[int]) -> list[int]:
    """The cue with the neighbouring words that the tagger counts in ("said in a statement"), other cues left out."""
    barred = (cues - set(draft.cue)) | draft.content | (set(range(*draft.source)) if draft.source else set())
    cue = set(draft.cue)
    for step in (-1, 1):
        i = draft.at + step
        while 0 <= i < len(tags) and (i in cue or (tags[i][1] >= IN_CUE and i not in barred)):
            cue.add(i)
            i += step
    return sorted(cue)
