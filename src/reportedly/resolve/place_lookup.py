"""Stage 3 of 8: what the names of a report can mean, before it is decided what they do mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reportedly.knowledge import read_toml
from reportedly.resolve.gazetteer import Candidate, Gazetteer, fold_name
from reportedly.resolve.place_choice import Name
from reportedly.resolve.place_context import containers_after
from reportedly.resolve.place_mentions import lookup_words

Spans = Sequence[tuple[int, int]]
_UNIT = re.compile(
    r"\b(?:province|governorate|county|counties|parish|oblast|prefecture|department|canton|voivodeship|provinces|"
    r"region|state)\b",
    re.IGNORECASE,
)
MISSION = re.compile(r"\b(?:embassy|consulate|high commission)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"^(?:(?:north|south|east|west)(?:ern|[- ]?east(?:ern)?|[- ]?west(?:ern)?)?|central|downtown|greater|upper|"
    r"lower|inner|metropolitan|metro|mid|upstate|rural|old|historic|city of|town of|village of|state of|province of|"
    r"county of|island of|port of|gulf of|nazi|modern|ancient)[ -]+|"
    r"[ -]+(?:area|region|province|state|city|town|village|county|district|governorate|metro|peninsula|proper|district|"
    r"township|border|coast|suburbs?|refugee camp|camp|island|islands|valley|municipality)$",
    re.IGNORECASE,
)


def collect_names(
    text: str, spans: Spans, gazetteer: Gazetteer, speaking: frozenset[str] = frozenset()
) -> tuple[list[str], list[Name]]:
    """The key of every mention, and the names in order of first mention: one name means one place in one report.

    `speaking` are the keys of names that stand for a government somewhere in the report.
    """
    keys: list[str] = []
    groups: dict[str, Name] = {}
    for start, end in spans:
        mention = text[start:end]
        key = fold_name(mention)
        keys.append(key)
        found = groups.get(key)
        containers = found.containers if found and found.containers else containers_after(text, start, end, gazetteer)
        candidates = found.candidates if found else lookup_mention(mention, gazetteer)
        is_unit = (found is not None and found.is_unit) or _UNIT.search(text, start, end + 14) is not None
        groups[key] = Name(mention, candidates, containers, is_unit, key in speaking)
    return keys, list(groups.values())


def lookup_mention(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What a mention can mean: a state, an adjective's country, places of that name or of its core.

    The core of "northern Iraq" and of "City of London" is what is left without the qualifier; that of "University of
    Manitoba" and of "Aleppo International Airport" is the place named in it.
    """
    text = " ".join(text.split()).removesuffix("'s").removesuffix("’s").strip(" ,.'’\"") + (
        "." if text.endswith(".") else ""
    )
    if MISSION.search(text):
        return ()  # an embassy stands where it is, not in the country it speaks for
    spoken_of = gazetteer.adjective(text)
    if spoken_of is not None:
        return (spoken_of,)
    found = lookup_words(text, gazetteer)
    core = text
    while not found and (shorter := _QUALIFIER.sub("", core)) != core:
        core = shorter
        found = lookup_words(core, gazetteer)
    return found or _places_within(text, gazetteer)


def _places_within(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    words = text.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        for i in range(len(words) - size, -1, -1):
            part = " ".join(words[i : i + size])
            if part[0].isupper() and len(part) > 3 and words[i] not in _common():
                spoken_of = gazetteer.adjective(part) if size == 1 else None
                found = (spoken_of,) if spoken_of else tuple(
                    c for c in gazetteer.lookup(part) if c.level != "city" or c.population > 5_000
                )  # fmt: skip
                if found:
                    return found
    return ()


@cache
def _common() -> frozenset[str]:
    return frozenset(read_toml("places.toml")["words"]["common"])
