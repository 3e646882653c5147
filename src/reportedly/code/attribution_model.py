"""The trained part: how likely each token is the word that a saying hangs on, and how likely a drafted saying is one.

Two small networks over spaCy's own token vectors (`doc.tensor`, 96 numbers a token, in context) and a few learned word
vectors; plain matrices, no framework. Trained by `scripts/train_attribution.py`; model card in `docs/attribution.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reportedly.knowledge import DATA, read_model

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from reportedly.code.attribution_drafts import Draft
    from reportedly.code.attribution_tree import Tree

Floats = "NDArray[np.float32]"
TENSOR_WIDTH = 96
PARTS = ("embedding", "dense", "hidden", "bias", "out", "out_bias")
"""What a file has of each network, in the order of its fields."""
HEAD, CUE, SOURCE, CONTENT = range(4)
"""Columns of the tagger's answer: hangs a saying on it; in a cue; in a source; in a content."""


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer over dense input and the sum of embedded features; the answers are probabilities."""

    vocabulary: dict[str, int]
    embedding: NDArray[np.float32]
    dense: NDArray[np.float32]
    hidden: NDArray[np.float32]
    bias: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: NDArray[np.float32]

    def answer(self, dense: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """Probabilities (n, outputs) for dense input (n, width) and embedding rows (n, slots)."""
        wide = self.embedding[rows].reshape(len(rows), -1)
        layer = np.maximum(dense @ self.dense + wide @ self.hidden + self.bias, 0)
        return np.asarray(1 / (1 + np.exp(-(layer @ self.out + self.out_bias))), dtype=np.float32)


def load_networks(path: Path) -> dict[str, Network]:
    """The networks "tagger" and "judge" of a model file. Raises KnowledgeBroken."""
    names = ("tagger", "judge")
    texts, numbers = read_model(
        path,
        tuple(f"{name}_vocabulary" for name in names),
        tuple(f"{name}_{part}" for name in names for part in PARTS),
        "scripts/train_attribution.py",
    )
    return {
        name: Network(
            {word: row for row, word in enumerate(texts[f"{name}_vocabulary"])},
            *(numbers[f"{name}_{part}"] for part in PARTS),
        )
        for name in names
    }


@cache
def bundled_networks() -> dict[str, Network]:
    """The networks that come with the package."""
    return load_networks(DATA / "attribution_model.npz")


# --- the tagger: every token ---


def tagger_input(
    tree: Tree, quoted: Sequence[bool], vocabulary: dict[str, int]
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Dense input (tokens, 4 x 96): the token, its neighbours, its head; and 9 embedding rows a token."""
    tensor = np.asarray(tree.doc.tensor, dtype=np.float32)
    edge = np.zeros((1, tensor.shape[1]), dtype=np.float32)
    before, after = np.vstack([edge, tensor[:-1]]), np.vstack([tensor[1:], edge])
    dense = np.hstack([tensor, before, after, tensor[tree.head]])
    return dense, np.array(_tagger_rows(tree, quoted, vocabulary), dtype=np.int32).T


def _tagger_rows(tree: Tree, quoted: Sequence[bool], vocabulary: dict[str, int]) -> list[list[int]]:
    known = vocabulary.get
    lemma = [known("l " + word, 0) for word in tree.lemma]
    dep = [known("d " + d, 0) for d in tree.dep]
    tag = [known("t " + t, 0) for t in tree.tag]
    quote = [known(f"q {int(q)}", 0) for q in quoted]
    head = tree.head
    before, after = [0, *lemma[:-1]], [*lemma[1:], 0]
    return [
        lemma,
        before,
        after,
        [lemma[h] for h in head],
        dep,
        tag,
        quote,
        [dep[h] for h in head],
        [tag[h] for h in head],
    ]


def tag_tokens(tree: Tree, quoted: Sequence[bool]) -> NDArray[np.float32]:
    """Probabilities (tokens, 4), columns HEAD, CUE, SOURCE, CONTENT."""
    network = bundled_networks()["tagger"]
    return network.answer(*tagger_input(tree, quoted, network.vocabulary))


# --- the judge: drafted sayings ---


def judge_input(
    tree: Tree, drafts: Sequence[Draft], tags: NDArray[np.float32], quoted: Sequence[bool], vocabulary: dict[str, int]
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Dense input (drafts, 4 x 96 + 14): cue, source, content, head of the cue, figures; and embedding rows."""
    tensor = np.vstack(
        [np.asarray(tree.doc.tensor, dtype=np.float32), np.zeros((1, tree.doc.tensor.shape[1]), "float32")]
    )
    at = [d.at for d in drafts]
    source = [d.head if d.head is not None else -1 for d in drafts]
    content = [content_head(tree, d) for d in drafts]
    figures = np.array([_figures(tree, d, tags, quoted) for d in drafts], dtype=np.float32)
    dense = np.hstack([tensor[at], tensor[source], tensor[content], tensor[[tree.head[i] for i in at]], figures])
    known = vocabulary.get
    rows = [[known(name, 0) for name in judge_features(tree, d, c)] for d, c in zip(drafts, content, strict=True)]
    return dense, np.array(rows, dtype=np.int32)


def content_head(tree: Tree, draft: Draft) -> int:
    """The token of the content whose head lies outside it; -1 where there is no content."""
    for i in sorted(draft.content):
        if tree.head[i] not in draft.content or tree.head[i] == i:
            if tree.pos[i] not in ("PUNCT", "SPACE"):
                return i
    return -1


def _figures(tree: Tree, draft: Draft, tags: NDArray[np.float32], quoted: Sequence[bool]) -> list[float]:
    at, size = draft.at, len(draft.content)
    content = sorted(draft.content)
    said = tags[content] if content else NOTHING
    who = (tags[draft.source[0] : draft.source[1]] if draft.source else NOTHING).mean(0).tolist()
    head = float(tags[draft.head, SOURCE]) if draft.head is not None else 0.0
    mean, most = said.mean(0).tolist(), float(said[:, HEAD].max())
    marks = sum(quoted[i] for i in content) / size if size else 0.0
    first, last = (content[0], content[-1]) if content else (at, at)
    return [
        *tags[at].tolist(), who[SOURCE], head, who[CONTENT], mean[CONTENT], mean[SOURCE], most,
        marks, float(quoted[at]), min(size, 60) / 30, min(abs(first - at), abs(last - at), 30) / 15,
    ]  # fmt: skip


NOTHING = np.zeros((1, 4), dtype=np.float32)


def judge_features(tree: Tree, draft: Draft, content: int) -> list[str]:
    """Names of the judge's embedded features, one a slot."""
    at, head = draft.at, draft.head
    children = {tree.dep[c] for c in tree.children[at]}
    cue, source = tree.lemma[at], tree.lemma[head] if head is not None else "-"
    side = "-" if head is None else "<" if head < at else ">"
    where = "-" if content < 0 else "<" if content < at else ">"
    said = tree.dep[content] if content >= 0 else "-"
    negated = "neg" in children
    shape = " ".join(
        d for d in ("ccomp", "xcomp", "dobj", "prep", "nsubj", "nsubjpass", "mark", "auxpass") if d in children
    )
    following = tree.lower[at + 1] if at + 1 < len(tree.lower) else "-"
    entity = tree.doc[head].ent_type_ if head is not None else "-"
    what = tree.lemma[content] if content >= 0 else "-"
    sort = tree.pos[head] if head is not None else "-"
    return [
        f"l {cue}", f"l {source}", f"l {what}", f"l {tree.lemma[tree.head[at]]}",
        f"d {tree.dep[at]}", f"t {tree.tag[at]}", f"s {side}{where}", f"e {entity} {sort}",
        f"c {said} {where}", f"n {negated} {tree.dep[at]}", f"h {shape}", f"w {following}", f"k {draft.what.kind}",
        f"x {cue} {said}", f"y {cue} {tree.dep[at]}", f"z {tree.dep[head] if head is not None else '-'} {tree.pos[at]}",
    ]  # fmt: skip


def judge_drafts(
    tree: Tree, drafts: Sequence[Draft], tags: NDArray[np.float32], quoted: Sequence[bool]
) -> NDArray[np.float32]:
    """How likely each draft is a saying (drafts,)."""
    if not drafts:
        return np.zeros(0, dtype=np.float32)
    network = bundled_networks()["judge"]
    return network.answer(*judge_input(tree, drafts, tags, quoted, network.vocabulary))[:, 0]
