"""A text as hashed word 5-grams, paragraph by paragraph, and the few of them that stand for it in an index."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

WORDS = 5
"""Words in a shingle: long enough that strangers share hardly any, short enough to survive an edited sentence."""
WINDOW = 24
"""Shingles in a window of winnowing: whoever shares a run of WORDS + WINDOW - 1 = 28 words shares a fingerprint."""

_WORD = re.compile(r"\w+")
_PRIMES = np.array([1, 1_000_003, 998_244_353, 2_147_483_647, 1_000_000_007], dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a text in reading order. Shingles do not reach across paragraphs.

    `ends[i]` is where those of paragraph i end in `hashes`; `keys[i]` identifies the words of paragraph i.
    """

    hashes: Hashes
    ends: tuple[int, ...]
    keys: tuple[int, ...]

    def longest_beside(self, key: int) -> int:
        """The key of the longest other paragraph (0 without any): versions of one story nearly always share it."""
        starts = (0, *self.ends[:-1])
        others = [(b - a, k) for a, b, k in zip(starts, self.ends, self.keys, strict=True) if k != key]
        return max(others)[1] if others else 0

    def without(self, keys: frozenset[int]) -> Shingles:
        """The shingles without the paragraphs of these keys."""
        if not keys:
            return self
        starts = (0, *self.ends[:-1])
        kept = [(a, b, key) for a, b, key in zip(starts, self.ends, self.keys, strict=True) if key not in keys]
        hashes = np.concatenate([self.hashes[a:b] for a, b, _ in kept]) if kept else np.empty(0, dtype=np.uint32)
        ends = tuple(accumulate(b - a for a, b, _ in kept))
        return Shingles(hashes, ends, tuple(key for _, _, key in kept))

    @property
    def distinct(self) -> Hashes:
        """Each shingle once, sorted."""
        return np.unique(self.hashes)


def shingle(text: str) -> Shingles:
    """The shingles of a text whose paragraphs are separated by newlines; paragraphs under five words have none."""
    pieces, ends, keys, total = [], [], [], 0
    for paragraph in text.split("\n"):
        hashes = _hash_words([word.casefold() for word in _WORD.findall(paragraph)])
        if len(hashes):
            total += len(hashes)
            pieces.append(hashes)
            ends.append(total)
            keys.append(zlib.crc32(hashes.tobytes()))
    joined = np.concatenate(pieces) if pieces else np.empty(0, dtype=np.uint32)
    return Shingles(joined, tuple(ends), tuple(keys))


def _hash_words(words: list[str]) -> Hashes:
    size = len(words) - WORDS + 1
    if size < 1:
        return np.empty(0, dtype=np.uint32)
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    mixed = sum((codes[i : i + size] * _PRIMES[i] for i in range(WORDS)), start=np.zeros(size, dtype=np.uint64))
    return ((mixed * _MIX) >> np.uint64(32)).astype(np.uint32)


def fingerprints(shingles: Shingles) -> tuple[int, ...]:
    """The least shingle of every window of 24, sorted: one shingle in twelve, chosen by content alone.

    Source: winnowing (Schleimer, Wilkerson and Aiken 2003). Unlike MinHash, which sees resemblance, it also finds the
    short excerpt of a long report: what is chosen in the excerpt is chosen in the report, too.
    """
    hashes = shingles.hashes
    if len(hashes) <= WINDOW:
        return (int(hashes.min()),) if len(hashes) else ()
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return tuple(int(value) for value in np.unique(windows.min(axis=1)))


def containment(a: Hashes, b: Hashes) -> float:
    """The share (0 to 1) of the smaller set that stands in the larger one (Broder 1997)."""
    if not len(a) or not len(b):
        return 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))
