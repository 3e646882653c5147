"""Claims and clean reports for people to read: tables in a terminal or in plain text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import RenderableType

    from reportedly.records import Claim, CodedReport, Decision, Participant, Report, When

PLAIN_WIDTH = 100
"""Columns of a table that does not go to a terminal."""
COLUMNS = {
    "event": (14, 10),
    "who > whom": (24, 17),
    "where": (13, 9),
    "when": (13, 13),
    "according to whom": (19, 15),
    "how surely": (12, 9),
}
"""Heads, and widths in terminals of 100 and of 78 columns, with a space between them."""
GROWING = (1, 4)
"""The columns that take what a wider terminal has to spare: who > whom, and according to whom."""


def open_console(stream: TextIO) -> Console:
    """A console on the stream: as wide as the terminal and coloured, or 100 columns and plain."""
    terminal = stream.isatty()
    width = None if terminal else PLAIN_WIDTH
    return Console(file=stream, force_terminal=terminal, width=width, highlight=False, markup=False, emoji=False)


def printable(text: str) -> str:
    """The text without characters that would steer a terminal, on one line."""
    return "".join(c if c.isprintable() or c == "\u00a0" else " " for c in text.encode("utf-8", "replace").decode())


# --- tables ----------------------------------------------------------------------------------------------------------


class ClaimTable:
    """Prints claims report by report, the head once: event, who > whom, where, when, whose word, how surely, words."""

    def __init__(self, console: Console, *, explain: bool = False) -> None:
        self.console = console
        self.explain = explain
        self._widths = _widths(console.width)
        self._headed = False

    def print(self, coded: CodedReport) -> None:
        """One report: a line that names it, then its claims in text order."""
        self._print_head()
        print_lines(self.console, Text())
        print_lines(self.console, Text(report_line(coded.report), style="bold"))
        if not coded.claims:
            print_lines(self.console, Text("no claims", style="dim"))
        for claim in coded.claims:
            self.print_claim(claim)
        if self.explain:
            for decision in coded.decisions:
                print_lines(self.console, Padding(Text(decision_line(decision), style="dim"), (0, 0, 0, 2)))

    def print_claim(self, claim: Claim) -> None:
        """One row, and under it the words that the claim was read from."""
        self._print_head()
        self._print_row(
            event_name(claim),
            f"{side_names(claim.actors)} > {side_names(claim.recipients)}",
            claim.where.name if claim.where else "?",
            days(claim.when),
            " < ".join(link.name for link in claim.attribution) or "?",
            standing_words(claim),
        )
        words = Text(f"“{printable(claim.evidence.text)}”", style="italic")
        print_lines(self.console, Padding(words, (0, 0, 0, 2)))

    def _print_head(self) -> None:
        if not self._headed:
            self._headed = True
            self._print_row(*COLUMNS, style="bold")
            print_lines(self.console, Text("─" * (sum(self._widths) + len(self._widths) - 1)))

    def _print_row(self, *cells: str, style: str = "") -> None:
        grid = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
        for width in self._widths:
            grid.add_column(width=width, overflow="fold")
        grid.add_row(*(Text(printable(cell), style=style) for cell in cells))
        print_lines(self.console, grid)


def print_lines(console: Console, *renderables: RenderableType) -> None:
    """Print without the spaces that Rich fills lines up with, unless they go to a terminal, which needs them."""
    if console.is_terminal:
        console.print(*renderables)
        return
    with console.capture() as capture:
        console.print(*renderables)
    console.file.writelines(line.rstrip() + "\n" for line in capture.get().splitlines())


def _widths(total: int) -> list[int]:
    """Column widths that fit; a wider terminal gives to the names, a narrower one takes what others spare."""
    widths, least = ([pair[n] for pair in COLUMNS.values()] for n in (0, 1))
    spare = total - sum(widths) - len(widths) + 1
    if spare >= 0:
        return [w + spare // len(GROWING) if n in GROWING else w for n, w in enumerate(widths)]
    slack = sum(widths) - sum(least)
    if spare >= -slack:
        return [w + spare * (w - small) // slack for w, small in zip(widths, least, strict=True)]
    return [max(4, small * (total - len(least) + 1) // sum(least)) for small in least]


def report_line(report: Report) -> str:
    """What names a report: id, publisher, time of publication, title."""
    facts = (report.id, report.publisher, (report.published or "undated")[:16].replace("T", " "), report.title)
    return printable(" · ".join(fact for fact in facts if fact))


# --- the parts of a claim in words -----------------------------------------------------------------------------------


def event_name(claim: Claim) -> str:
    """PLOVER's type with its modes: "ASSAULT: drone"."""
    return f"{claim.event}: {', '.join(claim.modes)}" if claim.modes else claim.event


def side_names(side: Iterable[Participant]) -> str:
    """The names of actors or recipients, "?" where the text gives none."""
    return ", ".join(p.actor.name for p in side) or "?"


def days(when: When | None) -> str:
    """First and last day; "~" where they were concluded from the publication date, "?" where nothing is known."""
    if when is None or (when.first is None and when.last is None):
        return "?"
    mark = "~" if when.inferred else ""
    if when.first == when.last:
        return f"{mark}{when.first}"
    return f"{mark}{when.first or '…'} to\u00a0{when.last or '…'}"


def standing_words(claim: Claim) -> str:
    """How the claim stands with its source, in the words of the glossary: "certain", "denied", "possible, future"."""
    words: list[str] = []
    if claim.polarity != "affirmed":
        words.append(claim.polarity)
    if claim.certainty != "certain" or not words:
        words.append(claim.certainty)
    if claim.aspect != "actual":
        words.append(claim.aspect)
    return ", ".join(words)


def decision_line(decision: Decision) -> str:
    """Why a word was passed over."""
    return printable(f"{decision.outcome}: “{decision.text}” — {decision.because}")


# --- clean reports ---------------------------------------------------------------------------------------------------


def print_report(report: Report, console: Console, *, explain: bool = False) -> None:
    """What was read of a report: its facts, its text by paragraphs, its captions, and if asked for what was removed."""
    dateline = report.dateline
    filed = ", ".join(p for p in (dateline.place, dateline.date, dateline.agency) if p) if dateline else None
    facts = {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "byline": report.byline,
        "dateline": filed,
    }
    for name, value in facts.items():
        if value:
            print_lines(console, Text.assemble((f"{name + ':':11}", "bold"), printable(value)))
    for caption in report.captions:
        credit = f" ({caption.credit})" if caption.credit else ""
        print_lines(console, Text.assemble((f"{'caption:':11}", "bold"), printable(caption.text + credit)))
    for paragraph in report.text.split("\n"):
        print_lines(console, Text())
        print_lines(console, Text(printable(paragraph)))
    if explain:
        print_lines(console, Text())
        print_lines(console, Text(f"removed: {len(report.removed)}", style="bold"))
        for removed in report.removed:
            print_lines(console, Padding(Text(printable(f"{removed.reason}: {removed.text}")), (0, 0, 0, 2)))
    print_lines(console, Text())
