"""The commands that read a store: events, show, export."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli_options import Output, Store
from reportedly.cli_output import open_output
from reportedly.cli_store import complain_if_stale, opened
from reportedly.errors import BadOption, OutputFailed
from reportedly.records import EVENT_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly import store
    from reportedly.store.filters import EventFilter


class EventFormat(StrEnum):
    """How events are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class What(StrEnum):
    """What is exported."""

    CLAIMS = "claims"
    EVENTS = "events"


class ExportFormat(StrEnum):
    """How it is exported."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    PLOVER = "plover"
    GDELT = "gdelt"
    ACLED = "acled"
    UCDP = "ucdp"


Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Events that can lie on this day (2019-05-13) or later.")
]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Events that can lie on this day or earlier.")]
Country = Annotated[
    str | None, typer.Option(metavar="ISO3", help="Events there (YEM); where that is unknown, that country's.")
]
Type = Annotated[str | None, typer.Option(metavar="TYPE", help="PLOVER type: ASSAULT, PROTEST, ….")]
Status = Annotated[
    str | None, typer.Option(metavar="STATUS", help="single-source, corroborated, disputed, denied or retracted.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (events, show, export):
        app.command()(command)


def events(
    store: Store,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    type: Type = None,
    status: Status = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="The N most told (table: 10, else all).")] = 0,
    format: Annotated[EventFormat, typer.Option(metavar="FORMAT", help="table, json or csv.")] = EventFormat.TABLE,
    output: Output = None,
) -> int:
    """List events: how many reports and independent sources tell them, and what is told most.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly events --store crisis.db

    [dim]$[/dim] reportedly events --store crisis.db --since 2019-06-13 --until 2019-06-14 --status disputed
    """
    from reportedly.exports import event_lines_in
    from reportedly.merge.summary import most_told
    from reportedly.show_events import summary_lines
    from reportedly.store.reading import find_events

    wanted = _filter(since, until, country, type, status)
    with opened(store) as found, open_output(output) as stream:
        complain_if_stale(found)
        many = list(find_events(found, wanted))
        if format is EventFormat.TABLE:
            lines = summary_lines([one.event for one in many], found.count(), limit or 10)
        else:
            best = {e.id for e in most_told([one.event for one in many], limit or len(many))}
            shown = (one for one in many if one.event.id in best)
            lines = event_lines_in("jsonl" if format is EventFormat.JSON else "csv", shown, found)
        stream.writelines(line + "\n" for line in lines)
    return 0


def show(target: Annotated[str, typer.Argument(metavar="EVENT|CLAIM|REPORT", help="Its id.")], store: Store) -> int:
    """Show an event, a claim or a report: all claims side by side, chains, decisions with reasons, judgements.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly show 0a1b2c3d4e5f6071 --store crisis.db
    """
    with opened(store) as found, open_output(None) as stream:
        complain_if_stale(found)
        stream.writelines(line + "\n" for line in _shown(found, target))
    return 0


def _shown(found: store.Store, target: str) -> Iterator[str]:
    from reportedly import show_events
    from reportedly.store import reading

    kind = found.kind_of(target)
    if kind == "event":
        stored = reading.event_by_id(found, target)
        copies = reading.copies_among(found, stored.event.reports)
        return show_events.event_lines(stored, reading.claims_by_id(found, stored.event.claims), copies)
    if kind == "claim":
        claim = reading.claims_by_id(found, [target])[target]
        copy = reading.copies_among(found, [claim.report.id]).get(claim.report.id)
        return show_events.claim_lines(claim, reading.decisions_about(found, target), copy)
    report, coder, copy = reading.report_by_id(found, target)
    return show_events.report_lines(report, coder, copy, reading.claims_of_report(found, target))


def export(
    store: Store,
    what: Annotated[What, typer.Option(metavar="WHAT", help="claims or events.")] = What.EVENTS,
    format: Annotated[
        ExportFormat,
        typer.Option(metavar="FORMAT", help="jsonl, csv, parquet, geojson, plover; events also gdelt, acled, ucdp."),
    ] = ExportFormat.JSONL,
    output: Output = None,
) -> int:
    """Export claims or events, also as tables whose columns users of GDELT, ACLED and UCDP GED know.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly export --store crisis.db --format acled --output crisis.csv

    [dim]$[/dim] reportedly export --store crisis.db --what claims --format parquet --output claims.parquet
    """
    from reportedly import exports
    from reportedly.store.reading import find_claims, find_events

    if what is What.CLAIMS and format.value in exports.EVENTS_ONLY:
        raise BadOption(f"{format} is a table of events", hint="use --what events")
    if format is ExportFormat.PARQUET and output is None and sys.stdout is not None and sys.stdout.isatty():
        raise BadOption("parquet is not for a terminal", hint="write to a file with --output")
    with opened(store) as found:
        complain_if_stale(found)
        if format is ExportFormat.PARQUET:
            return _write_parquet(found, what, output)
        with open_output(output) as stream:
            if what is What.CLAIMS:
                lines = exports.claim_lines_in(format.value, find_claims(found))
            else:
                lines = exports.event_lines_in(format.value, find_events(found), found)
            stream.writelines(line + "\n" for line in lines)
    return 0


def _write_parquet(found: store.Store, what: What, output: Output) -> int:
    from reportedly import exports
    from reportedly.store.reading import find_claims, find_events

    frame = exports.claim_frame(find_claims(found)) if what is What.CLAIMS else exports.event_frame(find_events(found))
    try:
        exports.write_parquet(frame, output)
    except OSError as error:
        raise OutputFailed(
            f"{output or 'the standard output'} cannot be written: {error.strerror or error}", hint="check the path"
        ) from None
    return 0


def _filter(
    since: str | None, until: str | None, country: str | None, type: str | None, status: str | None
) -> EventFilter:
    from reportedly.plover import event_types
    from reportedly.store.filters import EventFilter

    for option, day in (("--since", since), ("--until", until)):
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError:
            raise BadOption(f"{option} {day} is no day", hint="write it like 2019-05-13") from None
    if type is not None and type.upper() not in event_types():
        raise BadOption(f"--type {type} is no PLOVER type", hint="one of " + ", ".join(event_types()))
    if status is not None and status not in EVENT_STATUSES:
        raise BadOption(f"--status {status} is none", hint="one of " + ", ".join(EVENT_STATUSES))
    country, type = country and country.upper(), type and type.upper()
    return EventFilter(since=since, until=until, country=country, type=type, status=status)
