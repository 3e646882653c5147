"""The output formats of the command line: for each, a function that writes one report to a stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

from reportedly import export
from reportedly.show import ClaimTable, open_console, print_report

if TYPE_CHECKING:
    from reportedly.records import CodedReport, Report


def writer_for(format: str, stream: TextIO, *, explain: bool = False) -> Callable[[CodedReport], None]:
    """What writes a coded report as table, json, jsonl, csv or plover; heads are written at once."""
    if format == "table":
        return ClaimTable(open_console(stream), explain=explain).print
    if format == "csv":
        stream.write(export.csv_header() + "\n")

    def write(coded: CodedReport) -> None:
        for line in _lines(format, coded, explain):
            stream.write(line + "\n")

    return write


def _lines(format: str, coded: CodedReport, explain: bool) -> list[str]:
    if format == "json":
        return [export.json_line(export.coded_dict(coded) | (export.explained_dict(coded) if explain else {}))]
    if format == "csv":
        return [export.csv_line(export.claim_row(claim, coded.report)) for claim in coded.claims]
    if format == "plover":
        return [export.json_line(export.plover_event(claim, coded.report)) for claim in coded.claims]
    return [export.json_line(export.claim_dict(claim)) for claim in coded.claims]


def report_writer_for(format: str, stream: TextIO, *, explain: bool = False) -> Callable[[Report], None]:
    """What writes a clean report as text or json."""
    if format == "text":
        console = open_console(stream)
        return lambda report: print_report(report, console, explain=explain)

    def write(report: Report) -> None:
        found: dict[str, Any] = {"id": report.id, "report": export.report_dict(report)}
        if explain:
            found["removed"] = export.removed_list(report)
        stream.write(export.json_line(found) + "\n")

    return write
