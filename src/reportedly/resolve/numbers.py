"""Numbers written in digits or words: "4", "2,000", "twenty-four", "1.5 million"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reportedly.knowledge import read_toml

DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d+(?:\.\d+)?$")


@cache
def _tables() -> tuple[dict[str, int], dict[str, int]]:
    tables = read_toml("numbers.toml")
    return tables["words"], tables["scales"]


def parse_number(tokens: Sequence[str]) -> int | float | None:
    """The number that the tokens spell, None if they spell none. "a" and "an" count only before a scale."""
    words, scales = _tables()
    total: float = 0
    current: float | None = None
    for raw in tokens:
        token = raw.lower()
        if DIGITS.match(token):
            current = (current or 0) + float(token.replace(",", ""))
        elif token in scales:
            current = (1 if current is None else current) * scales[token]
            if scales[token] >= 1000:
                total, current = total + current, 0
        elif token in words and not (token in ("a", "an") and len(tokens) == 1):
            current = (current or 0) + words[token]
        elif token not in (
            "-",
            "and",
            "about",
            "some",
            "nearly",
            "almost",
            "over",
            "around",
            "than",
            "more",
            "least",
            "at",
        ):
            return None
    if current is None:
        return None
    total += current
    return int(total) if float(total).is_integer() else total
