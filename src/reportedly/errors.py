"""What can go wrong: one tree, and every error says what to do about it."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of everything that this package raises on purpose.

    `hint` says in a few words what the user can do; it is shown after the message.
    `exit_code` is what the command line ends with if nothing else could be coded.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UnreadableReport(ReportedlyError):
    """The bytes are no report: empty, binary, too large, truncated, or not English."""

    exit_code = 3


class BadRecord(UnreadableReport):
    """One line of a JSONL batch is broken or lacks a field."""


class BadOption(ReportedlyError):
    """An option has a value that cannot be used."""

    exit_code = 2


class ModelMissing(ReportedlyError):
    """The language model named in the settings is not installed."""

    exit_code = 4


class KnowledgeBroken(ReportedlyError):
    """A knowledge file is missing or does not have the expected shape."""

    exit_code = 4


class OutputFailed(ReportedlyError):
    """The output could not be written: disk full, no permission, closed pipe."""

    exit_code = 5


class StoreFailed(ReportedlyError):
    """The store cannot be opened, read or written: full disk, damaged file, lost connection, no store there."""

    exit_code = 6


class NotStored(ReportedlyError):
    """The store holds no report, claim or event of that id."""

    exit_code = 2
