"""Opens the knowledge files: word lists, tables and ontology, which a domain expert can edit without programming."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from reportedly.errors import KnowledgeBroken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Texts = dict[str, list[str]]
Numbers = dict[str, "NDArray[np.float32]"]

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


def read_model(path: Path, texts: tuple[str, ...], numbers: tuple[str, ...], made_by: str) -> tuple[Texts, Numbers]:
    """A trained model's lists of words, one a line, and its matrices; `made_by` is the script that makes the file.

    Raises KnowledgeBroken if it is missing or damaged, or holds other things than these.
    """
    import numpy as np  # reading needs no model, and starts faster without

    try:
        with np.load(path, allow_pickle=False) as file:
            if {*file.files} != {*texts, *numbers}:
                raise ValueError("it holds other things than it should")
            words = {name: str(file[name]).split("\n") for name in texts}
            return words, {name: file[name].astype(np.float32) for name in numbers}
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise KnowledgeBroken(f"{path}: {error}", hint=f"reinstall reportedly, or run {made_by}") from error


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
