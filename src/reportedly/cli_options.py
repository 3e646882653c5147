"""Options that several commands have, and what they come to."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from reportedly.errors import BadOption
from reportedly.settings import DEFAULT, Settings

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Text, HTML or JSONL files, gzipped or not, folders of them, or - for stdin."
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="ISO", help="Publication date (2019-05-17, or with a time) of reports without one."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of reports that do not name one.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write to, replaced when complete.")
]
Actors = Annotated[Path | None, typer.Option(metavar="FILE", help="Your own actors; they go before the bundled ones.")]
Places = Annotated[Path | None, typer.Option(metavar="FILE", help="Your own places; they go before the bundled ones.")]
Jobs = Annotated[int, typer.Option(metavar="N", min=1, max=256, help="Processes that code at the same time.")]
Store = Annotated[
    str,
    typer.Option(
        "--store",
        "-s",
        metavar="STORE",
        help="An SQLite file, or postgresql://USER@HOST/DATABASE.",
        envvar="REPORTEDLY_STORE",
    ),
]


def settings_of(actors: Path | None, places: Path | None, min_confidence: float) -> Settings:
    """The settings that these options ask for. Raises BadOption for a path that is no file."""
    for option, path in (("--actors", actors), ("--places", places)):
        if path is not None and not path.is_file():
            raise BadOption(f"{option} {path} is no file", hint="check the path")
    return replace(DEFAULT, actors_file=actors, places_file=places, min_confidence=min_confidence)


def is_quiet(output: Path | None) -> bool:
    """True if the results do not go to the terminal that a progress line would be shown on."""
    return output is not None or sys.stdout is None or not sys.stdout.isatty()
