"""Refuses a text that is not English: everything later reads English only."""

from __future__ import annotations

import re
from functools import cache

from reportedly.errors import UnreadableReport
from reportedly.knowledge import read_toml

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 20  # in fewer words the share says nothing: headlines and briefs have few function words
_MOST_OTHER_LETTERS = 0.3  # names in another script are fine, sentences are not
_SAMPLE = 20_000  # characters that are looked at


def require_english(text: str, least_share: float) -> None:
    """Raises UnreadableReport if much of it is not in Latin letters, or too few of its words are function words.

    `least_share` of function words is 0 to 1; English news has about 0.2, other languages in Latin script under 0.05.
    """
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    latin = sum(character < "\u0250" or "\u1e00" <= character < "\u1f00" for character in letters)
    if not letters:
        raise UnreadableReport("it has no words", hint="give a file that has text in it")
    if len(letters) - latin > _MOST_OTHER_LETTERS * len(letters):
        raise UnreadableReport("it is not in English: most of it is in another script", hint="translate it first")
    words = _WORD.findall(sample.lower())
    share = sum(word in _function_words() for word in words) / len(words)
    if len(words) >= _FEWEST_WORDS and share < least_share:
        raise UnreadableReport(
            f"it is not in English: {share:.0%} of its words are English function words, {least_share:.0%} are needed",
            hint="translate it first",
        )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_toml("furniture.toml")["english"]["function_words"])
