"""A report as it is compared with others to find copies, and what comes of it: whose text it is."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from reportedly.merge.credits import credited_to, fold, publisher_of
from reportedly.merge.shingles import Shingles, shingle
from reportedly.records import CopyLink, Report


@dataclass(frozen=True, slots=True)
class Text:
    """What the comparison keeps of a report. `credit` is the folded name of the publisher that it credits, or ""."""

    report: str
    publisher: str
    printed_by: str
    credit: str
    credited: str
    credited_in: str
    published: str
    shingles: Shingles

    def marks(self) -> dict[int, int]:
        """Mark -> key of each paragraph. Marks say which publisher printed it; without one there are none."""
        if not self.publisher:
            return {}
        who = zlib.crc32(self.publisher.encode()) >> 1  # a mark has 63 bits, as numbers in databases have
        return {(who << 32) | key: key for key in sorted(set(self.shingles.keys))}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose text a report is: `root` is the report that was first, `origin` its publisher, or an agency that no report
    need come from. `link` leads to the root, None for the root itself."""

    root: str
    origin: str
    link: CopyLink | None


def text_of(report: Report) -> Text:
    """The report as it is compared."""
    publisher, credit = publisher_of(report), credited_to(report)
    return Text(
        report=report.id,
        publisher=fold(publisher.name) if publisher else "",
        printed_by=publisher.name if publisher else "",
        credit=fold(credit[0].name) if credit else "",
        credited=credit[0].name if credit else "",
        credited_in=credit[1] if credit else "",
        published=report.published or "9999",
        shingles=shingle(report.text),
    )
