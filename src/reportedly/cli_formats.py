"""The output formats of the command line: for each, a function that writes one report to a stream."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TextIO

from reportedly import export

if TYPE_CHECKING:
    from reportedly.records import CodedReport, Report


class Format(StrEnum):
    """How coded reports are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PLOVER = "plover"


class ReadFormat(StrEnum):
    """How clean reports are written."""

    TEXT = "text"
    JSON = "json"


def writer_for(format: Format, stream: TextIO, *, explain: bool = False) -> Callable[[CodedReport], None]:
    """What writes a coded report in that format; heads are written at once."""
    if format is Format.TABLE:
        from reportedly.show import ClaimTable, open_console

        return ClaimTable(open_console(stream), explain=explain).print
    if format is Format.CSV:
        stream.write(export.csv_header() + "\n")

    def write(coded: CodedReport) -> None:
        for line in _lines(format, coded, explain):
            stream.write(line + "\n")

    return write


def _lines(format: Format, coded: CodedReport, explain: bool) -> list[str]:
    if format is Format.JSON:
        return [export.json_line(export.coded_dict(coded) | (export.explained_dict(coded) if explain else {}))]
    if format is Format.CSV:
        return [export.csv_line(export.claim_row(claim, coded.report)) for claim in coded.claims]
    if format is Format.PLOVER:
        return [export.json_line(export.plover_event(claim, coded.report)) for claim in coded.claims]
    return [export.json_line(export.claim_dict(claim)) for claim in coded.claims]


def report_writer_for(format: ReadFormat, stream: TextIO, *, explain: bool = False) -> Callable[[Report], None]:
    """What writes a clean report as text or json."""
    if format is ReadFormat.TEXT:
        from reportedly.show import open_console, print_report

        console = open_console(stream)
        return lambda report: print_report(report, console, explain=explain)

    def write(report: Report) -> None:
        found: dict[str, Any] = {"id": report.id, "report": export.report_dict(report)}
        if explain:
            found["removed"] = export.removed_list(report)
        stream.write(export.json_line(found) + "\n")

    return write
