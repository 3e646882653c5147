"""Stage 5 of 8: Claims -> Events.

`merge_claims` makes events of coded reports; `Merger` does the same one report at a time.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.merge.copies import CopyGroup, CopyIndex, find_copies
from reportedly.merge.merger import Merger
from reportedly.merge.rulings import Ruling
from reportedly.merge.summary import summarize
from reportedly.records import CodedReport, Event

__all__ = ["CopyGroup", "CopyIndex", "Merger", "Ruling", "find_copies", "merge_claims", "summarize"]


def merge_claims(coded: Iterable[CodedReport]) -> tuple[Event, ...]:
    """The events that these reports tell, in order of time. The order of the reports makes no difference.

    1. Which reports are copies of which?  2. Which claims tell one act?  3. Where does each claim's chain end?
    4. What do the tellers agree on, and how does the event stand?  5. Which events answer which?
    """
    merger = Merger()
    for one in coded:
        merger.add(one)
    return merger.events()
