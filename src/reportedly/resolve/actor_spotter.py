"""Finds known names among the tokens of a report: a trie over names, and an index of personal names by their sounds.

Tokens are spaCy's. Hyphens and slashes, tokens of their own there, are passed over on both sides, so that "al-Shabaab",
"al Shabaab" and "Al-Shabaab" are one. Accents and apostrophes do not count. Case does: "US" is no "us"; text in
capitals matches names of four letters and more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from reportedly.knowledge import read_toml
from reportedly.resolve.names import fold, same_person, same_word, split_name, word_key

_PASSED_OVER = frozenset("-–—/‐‑'’")  # the apostrophe is that of "Workers' Party"
# spaCy cuts at a hyphen between letters or between digits, and leaves "MS-13" and "U.S.-led" whole.
_SPLIT = re.compile(r"\s+|(?<=[^\W\d_])[-–—/‐‑]+(?=[^\W\d_])|(?<=\d)[-–—/‐‑]+(?=\d)")
_APART = re.compile(r"[(),]")
_CLITIC = re.compile(r"(?<=\w)(?:'s|’s)$")
_WORDS = read_toml("actors_names.toml")
_LOOSE = frozenset(_WORDS["any_case"])
_ABD = frozenset(_WORDS["servant_of"])
_INSIDE = frozenset(_WORDS["inside"])
_ORDINARY = frozenset(_WORDS["ordinary"])


def alias_tokens(alias: str) -> tuple[str, ...]:
    """A name cut as spaCy would cut it, hyphens left out: "People's Army" -> People, 's, Army."""
    if alias.isalpha():
        return (alias,)
    tokens: list[str] = []
    for word in _SPLIT.split(_APART.sub(r" \g<0> ", alias.replace("’", "'"))):
        if not word:
            continue
        clitic = _CLITIC.search(word) if "'" in word else None
        tokens.extend((word[: clitic.start()], "'s") if clitic else (word,))
    return tuple(tokens)


@dataclass(slots=True)
class Spot:
    """Names found: tokens `first` to `last` (exclusive), and the entries that bear the name, with its sort."""

    first: int
    last: int
    found: list[tuple[str, str]]  # id, what


@dataclass(slots=True)
class Spotter:
    """The names. `add` while loading, `spot` while reading."""

    root: dict[Any, Any] = field(default_factory=dict)
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, alias: str, entry: str, what: str) -> None:
        """Has a name be spotted as it is written."""
        tokens = alias_tokens(alias)
        node = self.root
        for token in tokens:
            node = node.setdefault(fold(token), {})
        node.setdefault(None, []).append((tokens, entry, what))

    def add_person(self, name: str, entry: str, key: str | None = None) -> None:
        """Has a full personal name be spotted in any transliteration. `key` is the name's first two word keys."""
        if key is None:
            words = split_name(name).words
            if len(words) < 2:
                return
            key = f"{word_key(words[0])} {word_key(words[1])}"
        self.pairs.setdefault(key, []).append((name, entry))

    def spot(self, tokens: Sequence[str]) -> list[Spot]:
        """The longest names, left to right, none overlapping."""
        kept = [n for n, token in enumerate(tokens) if token not in _PASSED_OVER and not token.isspace()]
        folded = [fold(tokens[n]) for n in kept]
        spots, at, size, root = [], 0, len(kept), self.root
        while at < size:
            token = tokens[kept[at]]
            known, upper = folded[at] in root, token[0].isupper() and len(token) > 1
            if not (known or upper):  # most words
                at += 1
                continue
            length, found = self._phrase(tokens, kept, folded, at) if known else (0, [])
            if upper:
                longer, persons = self._person(tokens, kept, folded, at)
                if longer > length:
                    length, found = longer, persons
            if found and not (length == 1 and folded[at] in _ORDINARY and _shouted(tokens, kept, at)):
                spots.append(Spot(kept[at], kept[at + length - 1] + 1, found))
            at += length or 1
        return spots

    def _phrase(
        self, tokens: Sequence[str], kept: list[int], folded: list[str], at: int
    ) -> tuple[int, list[tuple[str, str]]]:
        """How many kept tokens the longest name that starts here has, and whose it is."""
        found: list[tuple[str, str]] = []
        node: dict[Any, Any] | None = self.root
        best, end = 0, at
        while end < len(kept) and node and (node := node.get(folded[end])):
            end += 1
            for words, entry, what in node.get(None, ()):
                if all(fits(tokens[kept[at + n]], word) for n, word in enumerate(words)):
                    if end - at > best:
                        best, found = end - at, []
                    found.append((entry, what))
        return best, found

    def _person(
        self, tokens: Sequence[str], kept: list[int], folded: list[str], at: int
    ) -> tuple[int, list[tuple[str, str]]]:
        """The same for personal names of two words and more, spelt like a known one."""
        run = _name_run(tokens, kept, folded, at)
        if len(run) < 2:
            return 0, []
        known = self.pairs.get(f"{word_key(run[0][0])} {word_key(run[1][0])}")
        if not known:
            return 0, []
        for words in range(min(len(run), 5), 1, -1):
            end = run[words - 1][1]
            text = " ".join(tokens[kept[n]] for n in range(at, end + 1))
            found = [(entry, "person") for name, entry in known if _spelt_alike(text, name)]
            if found:
                return end + 1 - at, found
        return 0, []


def _shouted(tokens: Sequence[str], kept: list[int], at: int) -> bool:
    """Whether the words around are in capitals as well, as in headlines and telexes."""
    around = [tokens[n] for n in (*kept[max(at - 4, 0) : at], *kept[at + 1 : at + 5])]
    words = [word for word in around if len(word) > 2 and word.isalpha()]
    return bool(words) and sum(word.isupper() for word in words) * 2 >= len(words)


@lru_cache(maxsize=32768)
def _spelt_alike(text: str, name: str) -> bool:
    """Whether the text is the name, perhaps with more words inside, but none after it ("Donald Trump Says")."""
    said, known = split_name(text).words, split_name(name).words
    if len(said) < len(known) or not same_person(text, name):
        return False
    return len(said) == len(known) or same_word(said[-1], known[-1])


def _name_run(tokens: Sequence[str], kept: list[int], folded: list[str], at: int) -> list[tuple[str, int]]:
    """Name words from here on with where each ends: capitalised words; particles and initials are passed over."""
    run: list[tuple[str, int]] = []
    held, n = "", at
    while n < len(kept) and len(run) < 6:
        token, word = tokens[kept[n]], folded[n]
        if word in _ABD and not held:
            held = "abdul"
        elif word in _INSIDE or (run and len(word) == 1 and token[0].isupper()):
            pass
        elif token[0].isupper() and token[-1].isalpha():
            run.append((held + word, n))
            held = ""
        else:
            break
        n += 1
    return run


@lru_cache(maxsize=65536)
def fits(token: str, word: str) -> bool:
    """Whether a token of the text can be this word of a name, case considered; the letters are known to agree."""
    if token == word or word.lower() in _LOOSE:
        return True
    letters = word.replace(".", "")
    if letters.isupper() and len(letters) > 1:
        plain = token.replace(".", "")
        return plain.isupper() or (len(letters) > 3 and token[0].isupper())
    if len(word) <= 4 and not word[1:].islower() and word.isalpha() and word[0].isupper():
        return token.isupper()  # "LeT" is "LET", never "Let"
    if word[0].isupper():
        return token[0].isupper() and (not token.isupper() or len(token) > 3 or len(token) == 1)
    return True
