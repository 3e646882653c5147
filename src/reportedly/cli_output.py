"""Where the command line writes to: standard output, a device, or a file that appears only when it is whole."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from reportedly.errors import OutputFailed


class ReaderGone(Exception):
    """Whoever read our output has closed it, as `head` does; there is nothing left to do, and nothing wrong."""


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A UTF-8 text stream with Unix line ends, to standard output where `path` is None.

    A file is written under a temporary name beside its own and renamed at the end, so that an interrupted run leaves an
    earlier file as it was, and never half of one. What exists and is no ordinary file (a device, a pipe) is written to.
    Raises OutputFailed if it cannot be written, ReaderGone if its reader has gone.
    """
    where = str(path) if path is not None else "the standard output"
    try:
        if path is None and sys.stdout is None:
            raise OSError(errno.EBADF, "it is closed")
        if path is None:
            with _wrapped(sys.stdout) as stream:
                yield stream
        elif path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        else:
            with _renamed_at_the_end(path) as stream:
                yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
            _silence_stdout()
            raise ReaderGone from None
        raise OutputFailed(f"{where} cannot be written: {error.strerror or error}", hint=_hint(error)) from None


@contextmanager
def _wrapped(stdout: TextIO) -> Iterator[TextIO]:
    """Standard output in UTF-8, whatever the terminal's language; streams without bytes below them stay as they are."""
    buffer = getattr(stdout, "buffer", None)
    if buffer is None:
        yield stdout
        stdout.flush()
        return
    stdout.flush()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", errors="replace", newline="\n", line_buffering=stdout.isatty())
    try:
        yield stream
        stream.flush()
    finally:
        try:
            stream.detach()
        except OSError:  # what could not be written must not be tried again when the interpreter ends
            _silence_stdout()
            raise


@contextmanager
def _renamed_at_the_end(path: Path) -> Iterator[TextIO]:
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _silence_stdout() -> None:
    """Python flushes standard output at exit; where that must fail, let it go nowhere."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _hint(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space, or write elsewhere with --output"
    if error.errno == errno.ENOENT:
        return "make the folder first"
    return "check the path and its permissions, or write elsewhere with --output"
