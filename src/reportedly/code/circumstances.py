"""When and where an act happened: which time expression and which place of the report govern it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code.circumstances_layout import Layout
from reportedly.code.circumstances_when import Times
from reportedly.code.circumstances_where import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportedly.code.acts import Act
    from reportedly.code.attribution import Saying
    from reportedly.records import Participant, Resolved, Toponym, When


class Circumstances:
    """Looks up the time and the place of the acts of one report."""

    def __init__(self, resolved: Resolved, sayings: Sequence[Saying], acts: Iterable[Act], inferred_days: int) -> None:
        layout = Layout(resolved, sayings, acts)
        self._times = Times(layout, inferred_days)
        self._places = Places(layout)

    def when(self, act: Act, *, aspect: str) -> When | None:
        """The days on which the act happened; inferred from publication where the report gives none.

        None where neither is known, and for background whose time is not given.
        """
        return self._times.when(act, aspect=aspect)

    def where(self, act: Act, actors: Sequence[Participant], recipients: Sequence[Participant]) -> Toponym | None:
        """The place of the act: named with its verb, or inside its recipient; for violence the recipient's country."""
        return self._places.where(act, actors, recipients)


def days_before(published: date | None, when: When | None) -> int | None:
    """Days between the end of the act's time and publication; None if either is unknown or the time is inferred."""
    if published is None or when is None or when.inferred or when.last is None:
        return None
    try:
        return (published - type(published).fromisoformat(when.last)).days
    except ValueError:
        return None
