"""First step of reading times: a text becomes a string of word kinds, one character a word.

The grammar (`time_grammar.py`) is then a regular expression over kinds, not over spellings: `month day comma year`.
Which word is of which kind, and what it stands for, is in `data/times.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportedly.knowledge import read_toml

SECTIONS = {  # section of times.toml -> kind of its words; later sections win
    "few": "few",
    "bounds": "bound",
    "numbers": "number",
    "scales": "scale",
    "ordinals": "ordinal",
    "units": "unit",
    "months": "month",
    "weekdays": "weekday",
    "seasons": "season",
    "parts": "part",
    "hours": "hour",
    "zones": "zone",
    "decades": "spoken",
    "deictics": "deictic",
    "frequencies": "frequency",
    "references": "reference",
    "references_in_histories": "former",
    "edges": "edge",
    "stages": "stage",
    "holidays": "holiday",
}
NUMERIC = ("small", "integer", "year", "nth", "fraction", "clock", "ampm", "decade", "iso", "short", "break", "other")
ABBREVIATED = "mon"  # months that need a dot or a number beside them: "Jan" is also a name

CENTURIES = ("seventeen", "eighteen", "nineteen")  # that a spoken year begins with

TOKEN = re.compile(
    r"[^\W\d_]{3,}"  # most words, before anything costlier is tried
    r"|(?P<ampm>[AaPp]\.[Mm]\b\.?|[AaPp][Mm]\b)|[Bb]\.[Cc]\.?(?:[Ee]\.)?|[Aa]\.[Dd]\.|[^\W\d_]+|,"
    r"|(?P<iso>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)\d{4}(?!\d))|(?P<clock>\d{1,2}:\d\d(?::\d\d)?)|(?P<decade>['’]?\d{1,3}0['’]?s\b)"
    r"|(?P<nth>\d+(?:st|nd|rd|th)\b)|(?P<fraction>\d+/\d+\b|½)|(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<money>[$£€]\s?[\d.,]*\d)|(?P<short>['’]\d\d\b)|['’]s\b"
    r"|(?P<break>(?<=[.!?:;\"”’')])[ \t]*\n|\n\s*\n)|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. `kinds` has one character a word (see `kind_code`); the others are parallel to it.

    `values` holds what a word stands for (7 for "July", "MO" for "morning"), None where it stands for nothing.
    """

    kinds: str
    starts: list[int]
    ends: list[int]
    values: list[Any]

    def find(self, kind: str, first: int, last: int) -> Any:  # noqa: ANN401
        """Value of the first word of a kind among the words `first` to `last` (exclusive); None if there is none."""
        at = self.kinds.find(kind_code(kind), first, last)
        return self.values[at] if at >= 0 else None

    def has(self, kind: str, first: int, last: int) -> bool:
        """Whether a word of a kind is among the words `first` to `last` (exclusive)."""
        return self.kinds.find(kind_code(kind), first, last) >= 0


@cache
def kind_codes() -> dict[str, str]:
    """Every kind's character, from U+4E00 on so that none means anything in a regular expression."""
    function = dict.fromkeys(read_toml("times.toml")["function"].values())
    names = dict.fromkeys((*SECTIONS.values(), *function, *NUMERIC, ABBREVIATED))
    return {name: chr(0x4E00 + i) for i, name in enumerate(names)}


def kind_code(kind: str) -> str:
    """The character that stands for a kind."""
    return kind_codes()[kind]


@cache
def lexicon() -> tuple[dict[str, tuple[str, Any]], dict[str, list[tuple[tuple[str, ...], tuple[str, Any]]]]]:
    """Single words, and phrases by first word (longest first), each with its kind's character and its value."""
    data = read_toml("times.toml")
    words: dict[str, tuple[str, Any]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, Any]]]] = {}
    entries = [(key, name, key) for key, name in data["function"].items()]
    entries += [(key, kind, value) for section, kind in SECTIONS.items() for key, value in data[section].items()]
    for key, kind, value in entries:
        short_month = kind == "month" and len(key) < 5 and key not in ("may", "june", "july")
        entry = (kind_code(ABBREVIATED if short_month else kind), value)
        first, *rest = key.split()
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), entry))
        else:
            words[key] = entry
    for options in phrases.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    return words, phrases


def split_words(text: str) -> Words:
    """The words of a text with their kinds and values; phrases of times.toml count as one word."""
    words, phrases = lexicon()
    tokens = list(TOKEN.finditer(text))
    lowered = [token.group().lower() for token in tokens]
    other = kind_code("other")
    kinds, starts, ends, values = [], [], [], []
    at, count = 0, len(tokens)
    while at < count:
        token, low, length = tokens[at], lowered[at], 1
        found = words.get(low)
        if low in CENTURIES and (spoken := spoken_year(lowered, at)):
            found, length = (kind_code("year"), spoken[0]), spoken[1]
        elif low in phrases:
            for rest, entry in phrases[low]:
                if tuple(lowered[at + 1 : at + 1 + len(rest)]) == rest:
                    found, length = entry, 1 + len(rest)
                    break
        if found is None:
            found = read_numeric(token, low) if token.lastgroup else (other, None)
        elif low[0] in "bjfmasondtw" and not is_name_like(found[0], text[token.start()]):
            found = (other, None)
        kinds.append(found[0])
        values.append(found[1])
        starts.append(token.start())
        ends.append(tokens[at + length - 1].end())
        at += length
    return Words("".join(kinds), starts, ends, values)


def spoken_year(lowered: list[str], at: int) -> tuple[int, int] | None:
    """A year in words ("nineteen ninety-six") and the number of words in it; None where it is not one."""
    numbers = read_toml("times.toml")["numbers"]
    tens = numbers.get(lowered[at + 1], 0) if at + 1 < len(lowered) else 0
    if tens not in range(20, 100, 10):
        return None
    year = numbers[lowered[at]] * 100 + tens
    ones = numbers.get(lowered[at + 3], 0) if lowered[at + 2 : at + 3] == ["-"] and at + 3 < len(lowered) else 0
    return (year + ones, 4) if 0 < ones < 10 else (year, 2)


def is_name_like(kind: str, initial: str) -> bool:
    """Whether a word may have its kind given its first letter: months and weekdays are written with a capital."""
    return initial.isupper() or kind not in (kind_code("month"), kind_code(ABBREVIATED), kind_code("weekday"))


def read_numeric(token: re.Match[str], low: str) -> tuple[str, Any]:
    """Kind and value of a word that begins with a digit, or is written with one."""
    name = token.lastgroup or "other"
    if name == "number":
        return read_number(low)
    if name == "nth":
        number = int(low[:-2])
        return (kind_code("nth"), number) if number else (kind_code("other"), None)
    if name == "iso":
        return kind_code("iso"), low if low[4] == "-" else reorder(low)
    if name == "fraction":
        over, _, under = low.partition("/")
        return kind_code("fraction"), 0.5 if low == "½" else int(over) / (int(under) or 1)
    if name == "decade":
        return kind_code("decade"), low.strip("'’s").replace("'", "").replace("’", "")[:-1]
    if name == "short":
        return kind_code("short"), int(low[1:])
    if name == "money":
        return kind_code("other"), None
    return kind_code(name), low


def reorder(low: str) -> str:
    """ "17.05.2019" and "5/17/2019" as ISO 8601; slashes are read the American way unless that gives no month."""
    first, second, year = re.split(r"[./]", low)
    if "/" in low and int(first) < 13:
        first, second = second, first
    return f"{year}-{second:0>2}-{first:0>2}"


def read_number(low: str) -> tuple[str, Any]:
    """Kind and value of digits: `small` (1 to 31), `year` (four digits, 1000 to 2199), else `integer`."""
    if not low.isdigit():
        return kind_code("integer"), float(low.replace(",", ""))
    number = int(low)
    if len(low) == 4 and 1000 <= number < 2200:
        return kind_code("year"), number
    return kind_code("small" if 0 < number < 32 and len(low) < 3 else "integer"), number
