"""A claim with all that its event needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.merge.roots import Root
from reportedly.merge.tellings import ReportCard, Telling
from reportedly.records import Claim


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its report, its root source, and the report whose text its report is."""

    claim: Claim
    telling: Telling
    card: ReportCard
    root: Root
    text: str

    @property
    def affirms(self) -> bool:
        """True where the claim says that it happened."""
        return self.claim.polarity == "affirmed"
