"""What the commands share: counting coded and rejected reports, saying why, and showing that something moves."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from reportedly.errors import KnowledgeBroken
from reportedly.records import Rejection
from reportedly.show import printable

if TYPE_CHECKING:
    from collections.abc import Callable

ALL_CODED = 0
SOME_REJECTED = 3
INTERNAL_ERROR = 1
INTERRUPTED = 130
MANY_REASONS = 3
"""So many different reasons are repeated in the summary; each rejection has had its own line before."""

Result = TypeVar("Result")


@dataclass(slots=True)
class Tally:
    """How many reports came out, and why the others did not. Coded + rejected = given."""

    done: str
    good: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def rejected(self) -> int:
        """How many reports were rejected."""
        return self.reasons.total()

    @property
    def exit_code(self) -> int:
        """0 if every report came out, else 3."""
        return SOME_REJECTED if self.reasons else ALL_CODED

    def __str__(self) -> str:
        """The summary: "coded 23, rejected 1 (it is empty)"."""
        summary = f"{self.done} {self.good}, rejected {self.rejected}"
        if not self.reasons:
            return summary
        ordered = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))
        parts = [reason if self.rejected == count else f"{count} × {reason}" for reason, count in ordered]
        if len(parts) > MANY_REASONS:
            parts[MANY_REASONS:] = [f"{len(parts) - MANY_REASONS} other reasons"]
        return f"{summary} ({'; '.join(parts)})"


def take_results(results: Iterable[Result | Rejection], tally: Tally, *, quiet_terminal: bool) -> Iterator[Result]:
    """The results that are no rejections, counted; each rejection goes to standard error as it comes.

    Where standard error is a terminal that shows nothing else (`quiet_terminal`), a line there counts along.
    """
    with _progress(tally, shown=quiet_terminal and sys.stderr is not None and sys.stderr.isatty()) as tick:
        for result in _without_os_errors(results):
            if isinstance(result, Rejection):
                tally.reasons[printable(result.reason)] += 1
                complain(rejection_line(result))
            else:
                yield result
                tally.good += 1
            tick()


def _without_os_errors(results: Iterable[Result]) -> Iterator[Result]:
    """Trouble with files of our own, told from trouble with the output that the results are written to meanwhile."""
    try:
        yield from results
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise KnowledgeBroken(f"{where}{error.strerror or error}", hint="check it, or reinstall reportedly") from None


def rejection_line(rejection: Rejection) -> str:
    """NAME: reason (hint)."""
    hint = f" ({rejection.hint})" if rejection.hint else ""
    return f"{rejection.name}: {rejection.reason}{hint}"


def complain(message: str) -> None:
    """One line on standard error."""
    if sys.stderr is not None:  # as it is where the shell has closed it
        with suppress(OSError):
            print(f"reportedly: {printable(message)}", file=sys.stderr, flush=True)


@contextmanager
def _progress(tally: Tally, *, shown: bool) -> Iterator[Callable[[], None]]:
    """A counter on standard error; the total is not known, because reports are streamed."""
    if not shown:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading")
        yield lambda: progress.update(task, description=f"{tally.done} {tally.good}, rejected {tally.rejected}")
