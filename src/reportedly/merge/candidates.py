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


class Blocks:
    """An index of claims by block; a claim that is added learns whom it shares one with."""

    def __init__(self) -> None:
        self._holders: dict[int, str | list[str]] = {}

    def add(self, telling: Telling) -> None:
        """Enter a claim into its blocks."""
        for key in keys_of(telling):
            held = self._holders.get(key)
            if held is None:
                self._holders[key] = telling.claim.id
            elif isinstance(held, str):
                self._holders[key] = [held, telling.claim.id]
            else:
                held.append(telling.claim.id)

    def beside(self, telling: Telling) -> list[str]:
        """Ids of the claims that share a block with this one, sorted, itself excluded."""
        found: set[str] = set()
        for key in keys_of(telling):
            held = self._holders.get(key, ())
            found.update((held,) if isinstance(held, str) else held)
        return sorted(found - {telling.claim.id})


def keys_of(telling: Telling) -> frozenset[int]:
    """The blocks of a claim: family of type x ten days x something that both must have in common."""
    kind = family(telling)
    return frozenset(
        zlib.crc32(f"{kind}|{days}|{anchor}".encode()) for days in _periods(telling) for anchor in _anchors(telling)
    )


def _periods(telling: Telling) -> list[str]:
    """Ten-day periods in which the act can lie; ["?"] where nothing is known of its time."""
    days = days_to_look_up(telling)
    if days is not None:
        return [str(period) for period in range(days[0] // _BLOCK_DAYS, days[1] // _BLOCK_DAYS + 1)]
    if telling.first is not None and telling.last is not None:
        return [f"{telling.first}-{telling.last}"]
    return ["?"]


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
    if not telling.claim.quad.startswith("verbal"):
        for actor in telling.actors:
            for mode in telling.claim.modes:
                yield f"{actor} by {mode}"
        for word in sorted(telling.words, key=lambda w: (-len(w), w))[:_RARE_WORDS]:
            for country in telling.countries:
                yield f"{word} in {country}"
    yield telling.claim.evidence.text
