"""What was read of a report comes out with its claims."""

from __future__ import annotations

from reportedly.pipeline import code_raw, read_all
from reportedly.records import RawReport

SCRAPED = b"""Rebels burn school near Bria

BRIA, May 6 (Example Wire) - Rebels burned a school near Bria on Monday, the mayor said. The town is quiet again.
"""


def raw():
    return RawReport("r", SCRAPED, "text", "r.txt", published="2024-05-07T08:00:00Z", url="https://r.example/a")


def test_a_coded_report_carries_all_that_was_read_of_it(tools):
    report = code_raw(raw(), tools).report
    assert report.title == "Rebels burn school near Bria"
    assert report.dateline.agency == "Example Wire"
    assert (report.url, report.published_on.isoformat()) == ("https://r.example/a", "2024-05-07")


def test_reading_alone_gives_the_report_that_coding_reads(tools):
    assert list(read_all([raw()])) == [code_raw(raw(), tools).report]
