"""One event with the claims that a page shows of it: what its own page and that of its review both need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportedly.records import Event
from reportedly.serve.listing import related as related_events
from reportedly.store import Store
from reportedly.store.reading import StoredClaim, StoredEvent, claims_by_id


@dataclass(frozen=True, slots=True)
class EventClaims:
    """An event, the ids of its claims from `start` on that are `shown`, and the claims of these that are stored."""

    stored: StoredEvent
    start: int
    shown: tuple[str, ...]
    claims: dict[str, StoredClaim]
    related: tuple[StoredEvent, ...]

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.stored.event

    def values(self) -> dict[str, Any]:
        """What templates call these; `numbers` counts all claims of the event from 1."""
        numbers = {id: number for number, id in enumerate(self.event.claims, start=1)}
        return {
            "stored": self.stored, "event": self.event, "start": self.start, "shown": self.shown,
            "claims": self.claims, "numbers": numbers, "related": self.related,
        }  # fmt: skip


def read_claims(store: Store, stored: StoredEvent, start: int, *, most: int, related: int) -> EventClaims:
    """At most so many claims of the event, and at most so many `related` events."""
    shown = stored.event.claims[start : start + most]
    return EventClaims(stored, start, shown, claims_by_id(store, shown), related_events(store, stored, limit=related))
