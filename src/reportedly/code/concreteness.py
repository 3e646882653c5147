"""Can this be hurt? Tells what bombs hit from what critics attack, by word vectors.

A noun is concrete where its vector lies nearer to the mean of things that get attacked than to that of things that get
criticised; both lists stand in acts.toml. On 76 nouns that are on neither list, read by eye, the sign was right for all
but a few that lie near zero ("system", "power", "server"); hence the tolerance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token
    from spacy.vocab import Vocab

TOLERANCE = 0.08
"""A noun this much nearer to the abstract ones is still let pass."""

_axes: dict[int, NDArray[np.float32]] = {}


def is_concrete(token: Token) -> bool:
    """True for people, places, buildings, vehicles and the like; also where the model has no vector for the word."""
    if not token.has_vector or token.pos_ in ("PROPN", "PRON", "NUM"):
        return True
    axis = _axis(token.vocab)
    if axis is None:
        return True
    return float(_unit(token.vector) @ axis) > -TOLERANCE


def _axis(vocab: Vocab) -> NDArray[np.float32] | None:
    """The difference of the two means; None where the pipeline has no vectors."""
    if not vocab.vectors_length:
        return None
    if id(vocab) not in _axes:
        words = read_toml("acts.toml")["concreteness"]
        means = [np.mean([_unit(vocab[w].vector) for w in words[side]], axis=0) for side in ("concrete", "abstract")]
        _axes[id(vocab)] = _unit(means[0]) - _unit(means[1])
    return _axes[id(vocab)]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / (np.linalg.norm(vector) + 1e-9)
