"""Which claims are worth comparing: those that share a block. Blocks are narrow, so that cost grows with the archive
and not with its square."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from reportedly.merge.credits import fold
from reportedly.merge.same_event import family
from reportedly.merge.tellings import PRECISE, Telling, days_to_look_up

_BLOCK_DAYS = 10
_RARE_WORDS = 3  # the longest words of a claim stand for its rarest, which only the whole archive could tell


def keys_of(telling: Telling) -> frozenset[int]:
    """The blocks of a claim: family of type x ten days x something that both must have in common.

    A block's number begins with its days, so that what is told in one week lies side by side where it is kept.
    """
    kind = family(telling)
    return frozenset(
        (period << 32) | zlib.crc32(f"{kind}|{days}|{anchor}".encode())
        for period, days in _periods(telling)
        for anchor in _anchors(telling)
    )


def _periods(telling: Telling) -> list[tuple[int, str]]:
    """Ten-day periods in which the act can lie; (0, "?") where nothing is known of its time."""
    days = days_to_look_up(telling)
    if days is not None:
        periods = range(days[0] // _BLOCK_DAYS, days[1] // _BLOCK_DAYS + 1)
        return [(period, str(period)) for period in periods]
    if telling.first is not None and telling.last is not None:
        return [(telling.first // _BLOCK_DAYS, f"{telling.first}-{telling.last}")]
    return [(0, "?")]


def _anchors(telling: Telling) -> Iterator[str]:
    place = telling.place
    if place is not None and place.precision in PRECISE:
        yield f"place {fold(place.name)}"
    for thing in telling.things:
        for country in telling.countries | frozenset(telling.context):
            yield f"{thing} {country}"
        for kind, number in telling.numbers.items():
            yield f"{number:g} {kind}, {thing}"
    for actor in telling.actors:
        for other in telling.recipients or telling.recipient_countries:
            yield f"{actor} > {other}"
        if not telling.recipients:
            for word in telling.words:
                yield f"{actor}: {word}"
    if not telling.speech:
        for actor in telling.actors:
            for mode in telling.modes:
                yield f"{actor} by {mode}"
        for word in sorted(telling.words, key=lambda w: (-len(w), w))[:_RARE_WORDS]:
            for country in telling.countries:
                yield f"{word} in {country}"
    yield telling.sentence
