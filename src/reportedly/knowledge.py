"""Opens the knowledge files: word lists, tables and ontology, which a domain expert can edit without programming."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from reportedly.errors import KnowledgeBroken

DATA = Path(__file__).parent / "data"


@cache
def read_toml(name: str) -> dict[str, Any]:
    """One TOML file of `data/`, by file name.

    Raises KnowledgeBroken if it is missing or is no TOML.
    """
    path = DATA / name
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise KnowledgeBroken(f"no knowledge file {path}", hint="reinstall reportedly") from None
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeBroken(f"{path}: {error}", hint="mend the file at that line") from error


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file with a header line; lines that start with # are comments.

    Raises KnowledgeBroken if it is missing or a row has too many or too few cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader((line for line in file if line.strip() and not line.startswith("#")), delimiter="\t")
            for row in rows:
                if None in row or None in row.values():
                    raise KnowledgeBroken(
                        f"{path}: row {rows.line_num} does not fit the header",
                        hint="give every column a cell, separated by single tabs",
                    )
                yield row
    except FileNotFoundError:
        raise KnowledgeBroken(f"no knowledge file {path}", hint="check the path") from None
    except UnicodeDecodeError:
        raise KnowledgeBroken(f"{path} is not UTF-8", hint="save it as UTF-8") from None
