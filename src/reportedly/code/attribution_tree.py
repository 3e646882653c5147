"""A parsed text as plain lists, so that walking its syntax costs little: a token is slow to ask, a list is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.code.attribution_cues import base_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

ATTRIBUTES = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "LOWER", "SENT_START")


@dataclass(frozen=True, slots=True)
class Tree:
    """One list a property, one entry a token. `left` and `right` are the edges (inclusive) of a token's subtree;
    `sent` and `sent_end` the first token of its sentence and the first after it."""

    doc: Doc
    head: list[int]
    dep: list[str]
    tag: list[str]
    pos: list[str]
    lemma: list[str]
    lower: list[str]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sent: list[int]
    sent_end: list[int]

    def child(self, i: int, *deps: str) -> int | None:
        """The first child with one of these dependencies."""
        for c in self.children[i]:
            if self.dep[c] in deps:
                return c
        return None

    def subtree(self, i: int) -> set[int]:
        """The phrase that a token heads."""
        return set(range(self.left[i], self.right[i] + 1))

    def is_verb(self, i: int) -> bool:
        """Whether the tagger calls it a verb."""
        return self.pos[i] in ("VERB", "AUX")

    def is_noun(self, i: int) -> bool:
        """Whether the tagger calls it a noun or a name."""
        return self.pos[i] in ("NOUN", "PROPN")


def tree_of(doc: Doc) -> Tree:
    """The lists of a parsed Doc."""
    columns = doc.to_array(list(ATTRIBUTES)).astype("int64").T.tolist() if len(doc) else [[] for _ in ATTRIBUTES]
    offsets, dep, tag, pos, lemma, lower, starts = columns
    strings = doc.vocab.strings
    words: dict[int, str] = {}

    def spelled(ids: list[int]) -> list[str]:
        for number in set(ids):
            if number not in words:
                words[number] = strings[number & 0xFFFFFFFFFFFFFFFF]
        return [words[number] for number in ids]

    head = [i + offset for i, offset in enumerate(offsets)]
    lowers = spelled(lower)
    children: list[list[int]] = [[] for _ in head]
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
    left, right = _edges(head, children)
    sent, sent_end = _sentences(starts)
    lemmas = [base_of(a.lower(), b) for a, b in zip(spelled(lemma), lowers, strict=True)]
    return Tree(
        doc, head, spelled(dep), spelled(tag), spelled(pos), lemmas, lowers, children, left, right, sent, sent_end
    )


def _edges(head: list[int], children: list[list[int]]) -> tuple[list[int], list[int]]:
    """The edges of every subtree, from the leaves up."""
    left, right = list(range(len(head))), list(range(len(head)))
    downwards = [i for i, above in enumerate(head) if above == i]
    for i in downwards:  # grows while it is read: breadth first from the roots
        downwards += children[i]
    for i in reversed(downwards):
        above = head[i]
        left[above], right[above] = min(left[above], left[i]), max(right[above], right[i])
    return left, right


def _sentences(starts: list[int]) -> tuple[list[int], list[int]]:
    sent: list[int] = []
    for i, start in enumerate(starts):
        sent.append(i if i == 0 or start == 1 else sent[-1])
    ends, end = [0] * len(sent), len(sent)
    for i in range(len(sent) - 1, -1, -1):
        ends[i] = end
        if sent[i] == i:
            end = i
    return sent, ends
