"""The command line: one thin command for each thing that people do. Exit codes: docs/exit-codes.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from reportedly import cli_accounts, cli_events, cli_serve, cli_store
from reportedly.cli_formats import Format, ReadFormat
from reportedly.cli_options import Actors, Output, Paths, Places, Published, Publisher, is_quiet, settings_of
from reportedly.cli_output import ReaderGone, open_output
from reportedly.cli_run import INTERNAL_ERROR, INTERRUPTED, Tally, complain, take_results
from reportedly.errors import BadOption, ReportedlyError
from reportedly.settings import DEFAULT

app = typer.Typer(
    name="reportedly",
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"reportedly {version('reportedly')}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """News reports in, conflict event data out.

    Who is said to have done what to whom, where and when, according to whom and how surely.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly code report.html

    [dim]$[/dim] reportedly code archive/ --format csv --output claims.csv --jobs 2

    [dim]$[/dim] echo "Rebels shelled the port on Monday." | reportedly code - --published 2019-05-15

    [dim]$[/dim] reportedly explain report.html --html report-explained.html
    """


@app.command()
def code(
    paths: Paths,
    format: Annotated[
        Format,
        typer.Option(metavar="FORMAT", help="table, json (a report a line), jsonl, csv or plover (a claim a line)."),
    ] = Format.TABLE,
    output: Output = None,
    published: Published = None,
    publisher: Publisher = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, max=256, help="Processes that code at the same time.")] = 1,
    actors: Actors = None,
    places: Places = None,
    min_confidence: Annotated[
        float,
        typer.Option(metavar="X", min=0, max=1, help="Leave out claims with a confidence below this."),
    ] = DEFAULT.min_confidence,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also list what was not coded, and why (table and json).")
    ] = False,
) -> int:
    """Code reports: print who is said to have done what to whom, and who says so.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly code report.html

    [dim]$[/dim] reportedly code *.txt --published 2019-05-17 --publisher "Gulf Courier"

    [dim]$[/dim] reportedly code archive/ --format csv --output claims.csv --jobs 2

    [dim]$[/dim] cat batch.jsonl | reportedly code - --format jsonl > claims.jsonl
    """
    from reportedly.cli_formats import writer_for
    from reportedly.pipeline import code_all
    from reportedly.read import open_reports

    if explain and format not in (Format.TABLE, Format.JSON):
        raise BadOption(f"--explain does not go with --format {format}", hint="use it with table or json")
    settings = settings_of(actors, places, min_confidence)
    raws = open_reports(paths, published=published, publisher=publisher, settings=settings)
    tally = Tally("coded")
    with open_output(output) as stream:
        write = writer_for(format, stream, explain=explain)
        for coded in take_results(code_all(raws, settings=settings, jobs=jobs), tally, quiet_terminal=is_quiet(output)):
            write(coded)
            stream.flush()
    return _finish(tally)


@app.command()
def read(
    paths: Paths,
    format: Annotated[
        ReadFormat, typer.Option(metavar="FORMAT", help="text, or json (a report a line).")
    ] = ReadFormat.TEXT,
    output: Output = None,
    published: Published = None,
    publisher: Publisher = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also list what was removed, and why.")] = False,
) -> int:
    """Read reports: print them without menus, share buttons and comments, as the coder sees them.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly read report.html

    [dim]$[/dim] reportedly read report.html --explain
    """
    from reportedly.cli_formats import report_writer_for
    from reportedly.pipeline import read_all
    from reportedly.read import open_reports

    raws = open_reports(paths, published=published, publisher=publisher)
    tally = Tally("read")
    with open_output(output) as stream:
        write = report_writer_for(format, stream, explain=explain)
        for report in take_results(read_all(raws), tally, quiet_terminal=is_quiet(output)):
            write(report)
            stream.flush()
    return _finish(tally)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, a batch, or - for stdin.")],
    html: Annotated[Path | None, typer.Option(metavar="OUT.html", help="Write an HTML page instead.")] = None,
    published: Published = None,
    publisher: Publisher = None,
    actors: Actors = None,
    places: Places = None,
) -> int:
    """Explain a report: print each sentence with who says it, what was coded, how it stands, and what was passed over.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly explain report.html

    [dim]$[/dim] reportedly explain report.html --html report-explained.html
    """
    from reportedly.explain import explain_all, print_explained
    from reportedly.explain_page import html_page
    from reportedly.read import open_reports
    from reportedly.show import open_console

    settings = settings_of(actors, places, DEFAULT.min_confidence)
    raws = open_reports([file], published=published, publisher=publisher, settings=settings)
    tally = Tally("explained")
    explained = take_results(explain_all(raws, settings), tally, quiet_terminal=is_quiet(html))
    with open_output(html) as stream:
        if html is not None:
            stream.writelines(html_page(explained))
        else:
            console = open_console(stream)
            for one in explained:
                print_explained(one, console)
    return _finish(tally)


@app.command()
def samples(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Where to copy them to.")] = None,
) -> int:
    """Print where the bundled sample reports lie, or copy them into a folder.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly code "$(reportedly samples)"

    [dim]$[/dim] reportedly samples my-samples
    """
    from reportedly.samples_archive import copy_samples, samples_folder

    with open_output(None) as stream:
        if folder is None:
            print(samples_folder(), file=stream)
        else:
            print(f"copied {copy_samples(folder)} files to {folder}", file=stream)
    return 0


for commands in (cli_store, cli_events, cli_serve, cli_accounts):
    commands.register(app)


# --- running ---------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; whatever goes wrong is one line on standard error."""
    try:
        code = int(app(args=arguments, prog_name="reportedly", standalone_mode=False) or 0)
        if code == INTERRUPTED:  # Typer catches the interruption itself
            complain("interrupted")
        return code
    except ReaderGone:
        return 0
    except ReportedlyError as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted")
        return INTERRUPTED
    except _USAGE_ERROR as error:
        return _complain_of_usage(error)
    except Exception as error:  # a bug: say so in one line, as any other trouble
        complain(f"internal error: {type(error).__name__}: {error} (please report it)")
        return INTERNAL_ERROR


# Click's ClickException; where it comes from differs between versions of Typer.
_USAGE_ERROR: Any = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def _complain_of_usage(error: Any) -> int:  # noqa: ANN401 - see _USAGE_ERROR
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message)
        return int(error.exit_code)
    command = context.command_path if context is not None else "reportedly"
    complain(f"{message.rstrip('.')} (see `{command} --help`)")
    return int(error.exit_code)


def _finish(tally: Tally) -> int:
    complain(str(tally))
    return tally.exit_code


if __name__ == "__main__":
    sys.exit(main())
