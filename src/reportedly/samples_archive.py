"""The bundled sample archive: where it lies, and how to get a copy to play with."""

from __future__ import annotations

import shutil
from pathlib import Path

from reportedly.errors import BadOption, OutputFailed

SUFFIXES = (".html", ".txt", ".jsonl", ".md")


def samples_folder() -> Path:
    """The folder of the sample reports inside the installed package."""
    return Path(__file__).parent / "samples"


def copy_samples(folder: Path) -> int:
    """Copy the sample reports and their README into a folder, which is made if need be; how many files that were.

    Raises BadOption if one of them is there already, OutputFailed if they cannot be written.
    """
    files = sorted(path for path in samples_folder().iterdir() if path.suffix in SUFFIXES)
    there = [path.name for path in files if (folder / path.name).exists()]
    if there:
        raise BadOption(f"{folder / there[0]} is there already", hint="choose an empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, folder / path.name)
    except OSError as error:
        raise OutputFailed(f"{folder} cannot be written: {error.strerror}", hint="choose another folder") from None
    return len(files)
