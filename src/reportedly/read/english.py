"""Refuses a text that is not English: everything later reads English only."""

from __future__ import annotations

import re
from functools import cache

from reportedly.errors import UnreadableReport
from reportedly.knowledge import read_toml

_WORD = re.compile(r"[^\W\d_]+")
_NOT_LATIN = re.compile(r"[\u0250-\u1dff\u1f00-\uffff\U00010000-\U0010ffff]")
_FEWEST_WORDS = 20  # in fewer words the share says nothing: headlines and briefs have few function words
_MOST_OTHER_LETTERS = 0.3  # names in another script are fine, sentences are not
_SAMPLE = 20_000  # characters that are looked at


def require_english(text: str, least_share: float) -> None:
    """Raises UnreadableReport if much of it is not in Latin letters, or too few of its words are function words.

    `least_share` of function words is 0 to 1; English news has about 0.2, other languages under 0.05.
    With 0 every language passes.
    """
    if least_share <= 0:
        return
    sample = text[:_SAMPLE]
    other = sum(character.isalpha() for character in _NOT_LATIN.findall(sample))
    if other > _MOST_OTHER_LETTERS * sum(map(len, _WORD.findall(sample))):
        raise UnreadableReport("it is not in English: most of it is in another script", hint="translate it first")
    words = _WORD.findall(sample.lower())
    if not words:
        raise UnreadableReport("it has no words", hint="give a file that has text in it")
    share = sum(word in _function_words() for word in words) / len(words)
    if len(words) >= _FEWEST_WORDS and share < least_share:
        raise UnreadableReport(
            f"it is not in English: {share:.0%} of its words are English function words, {least_share:.0%} are needed",
            hint="translate it first",
        )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_toml("furniture.toml")["english"]["function_words"])
