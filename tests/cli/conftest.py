"""Running the command line inside this process, so that its tools are loaded once."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from reportedly.cli import main

SHELLED = "Rebels shelled the port of Kadugli on Monday, the army said."


@dataclass(frozen=True)
class Outcome:
    """What a run printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def reportedly(capfdbinary, monkeypatch) -> Callable[..., Outcome]:
    """Calls the command line with these arguments; `stdin` is what is piped in."""

    def run(*arguments: object, stdin: str | None = None) -> Outcome:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Outcome(code, out.decode(), err.decode())

    return run


@pytest.fixture
def report(tmp_path):
    """A small report in a file."""
    path = tmp_path / "kadugli.txt"
    path.write_text(SHELLED, encoding="utf-8")
    return path
