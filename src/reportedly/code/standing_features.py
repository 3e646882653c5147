"""Stage 4 of 8: what the trained part of standing looks at: the rules' reading, the syntax around, the word's context.

The rows of `doc.tensor` are the 96 numbers that spaCy's tok2vec layer has for each token: they know some four words to
either side, and cost nothing, because tagger and parser needed them already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from reportedly.code.standing_words import lemma

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

    from reportedly.code.standing import Standing

WIDTH = 96  # numbers a token in the tensor of the pinned pipeline
PARTS = 3  # the token, its governor, and the verb of its clause
CLASS = re.compile(r"\((\w+)\)$")


def categories(token: Token, standing: Standing) -> list[str]:
    """Named features, each present or absent: "aspect=future", "why=request", "dep=xcomp" …"""
    head = token.head
    found = [
        f"is={standing.aspect}/{standing.polarity}/{standing.certainty}",
        f"aspect={standing.aspect}",
        f"polarity={standing.polarity}",
        f"certainty={standing.certainty}",
        f"dep={token.dep_}",
        f"tag={token.tag_}",
        f"head={head.tag_}",
        f"path={token.dep_}>{head.dep_}",
        f"word={lemma(token)}",
        f"over={lemma(head)}",
    ]
    found += [f"why={_kind_of(reason)}" for reason in standing.because]
    if standing.because:
        found.append(f"last={_kind_of(standing.because[-1])}")
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "neg", "advmod", "mark", "det", "prt", "prep", "punct"):
            found.append(f"{child.dep_}={child.lower_}")
        elif child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "PRON":
            found.append(f"subject={child.lower_}")
    sentence = token.sent
    found.append(f"ends={sentence[-1].text}")
    found.append(f"long={min(len(sentence) // 8, 5)}")
    return found


def _kind_of(reason: str) -> str:
    named = CLASS.search(reason)
    return named.group(1) if named else reason


def context(token: Token, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The tensor rows of the token, its governor and the verb of its clause, as `PARTS * WIDTH` numbers.

    `rows` is the tensor of the whole document, tokens by `WIDTH`.
    """
    head = token.head
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb == token:
        verb = head.head
    return np.concatenate((rows[token.i], rows[head.i], rows[verb.i]))


def rows_of(doc: Doc) -> NDArray[np.float32] | None:
    """The tensor of a document, tokens by `WIDTH`; None where the pipeline has none of that width."""
    tensor = np.asarray(doc.tensor, dtype=np.float32)
    return tensor if tensor.ndim == 2 and tensor.shape == (len(doc), WIDTH) else None
