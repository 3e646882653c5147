"""A report with, in the margin of each sentence, who says it, what was coded of it, and what was passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.pipeline import explain_raw, shared_tools
from reportedly.records import Rejection
from reportedly.show import days, event_name, print_lines, printable, report_line, side_names, standing_words

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.records import Attribution, Claim, CodedReport, Decision, Opinion, RawReport, Span
    from reportedly.settings import Settings

MARGIN = 46
"""Columns of the margin in a terminal of 100; it grows with the terminal."""

POSSIBLE = 0.1
"""The least probability for which the second reader calls a type possible."""

MarkKind = Literal["act", "source", "cue", "passed"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a sentence, counted from its start, and what they are."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what was read from it. Claims and passed words stand where their trigger stands."""

    span: Span
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    passed: tuple[Decision, ...]
    opinions: tuple[Opinion, ...] = ()

    def opinion_on(self, claim: Claim) -> Opinion | None:
        """What the second reader thinks of a claim."""
        return next((o for o in self.opinions if o.coded == claim.event and o.start == claim.trigger.start), None)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What to mark in the sentence, in order and without overlaps; acts go before sources, sources before cues."""
        wanted: list[tuple[int, int, MarkKind]] = [(c.trigger.start, c.trigger.end, "act") for c in self.claims]
        wanted += [(a.source.start, a.source.end, "source") for a in self.attributions if a.source]
        wanted += [(a.cue.start, a.cue.end, "cue") for a in self.attributions]
        wanted += [(d.start, d.end, "passed") for d in self.passed]
        taken: list[Mark] = []
        for start, end, kind in wanted:
            mark = Mark(max(start - self.span.start, 0), min(end, self.span.end) - self.span.start, kind)
            if mark.start < mark.end and all(mark.end <= t.start or t.end <= mark.start for t in taken):
                taken.append(mark)
        return tuple(sorted(taken, key=lambda mark: mark.start))


@dataclass(frozen=True, slots=True)
class Explained:
    """A coded report, sentence by sentence."""

    coded: CodedReport
    sentences: tuple[Sentence, ...]


def explain_all(raws: Iterable[RawReport | Rejection], settings: Settings) -> Iterator[Explained | Rejection]:
    """Code and explain a stream of raw reports in their order."""
    tools = shared_tools(settings)
    for raw in raws:
        outcome = explain_raw(raw, tools)
        yield outcome if isinstance(outcome, Rejection) else lay_out(*outcome)


def lay_out(coded: CodedReport, sentences: Iterable[Span], opinions: Iterable[Opinion] = ()) -> Explained:
    """Put what was read beside the sentence that it was read from."""
    opinions = tuple(opinions)
    return Explained(
        coded,
        tuple(
            Sentence(
                span,
                tuple(a for a in coded.attributions if span.start < a.content.end and a.content.start < span.end),
                tuple(c for c in coded.claims if span.start <= c.trigger.start < span.end),
                tuple(d for d in coded.decisions if span.start <= d.start < span.end),
                tuple(o for o in opinions if span.start <= o.start < span.end),
            )
            for span in sentences
        ),
    )


def claim_notes(claim: Claim) -> tuple[str, str, str]:
    """A claim in the margin: what and who, according to whom, how surely; each on its own line."""
    where = claim.where.name if claim.where else "?"
    surely = f"{standing_words(claim)} ({claim.factbank})"
    return (
        f"{event_name(claim)} — {side_names(claim.actors)} > {side_names(claim.recipients)}",
        "according to " + (" < ".join(link.name for link in claim.attribution) or "nobody named"),
        f"{surely} · {where} · {days(claim.when)} · confidence {claim.confidence:.2f}",
    )


def attribution_note(attribution: Attribution) -> str:
    """Who says what the sentence tells, and by which word."""
    return f"{attribution.source.text if attribution.source else '(nobody named)'} — “{attribution.cue.text}”"


def passed_note(decision: Decision) -> str:
    """A word that was passed over, and why."""
    return f"“{decision.text}”: {decision.because}"


def opinion_note(opinion: Opinion) -> str:
    """What the second reader thinks of a claim, or of a word that no pattern has."""
    if opinion.coded is None:
        return f"“{opinion.text}”: no pattern has it; to the second reader it looks like {opinion.event}"
    if opinion.event == opinion.coded:
        return f"second reader: {opinion.event} too ({opinion.probability:.2f})"
    other = f"by what stands around it {opinion.event} ({opinion.probability:.2f})"
    if opinion.agreement >= POSSIBLE:
        return f"second reader: {other}, {opinion.coded} possible ({opinion.agreement:.2f})"
    return f"second reader doubts it: {other} rather than {opinion.coded} ({opinion.agreement:.2f})"


# --- in a terminal ---------------------------------------------------------------------------------------------------

STYLES = {"act": "bold", "source": "underline", "cue": "italic", "passed": "dim"}


def print_explained(explained: Explained, console: Console) -> None:
    """Print a report: sentences on the left, their margin on the right."""
    print_lines(console, Text(report_line(explained.coded.report), style="bold"))
    margin = MARGIN + max(0, console.width - 100) // 3
    for sentence in explained.sentences:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=max(20, console.width - margin - 4), overflow="fold")
        grid.add_column(width=margin, overflow="fold")
        grid.add_row(_marked_text(sentence), _margin(sentence))
        print_lines(console, Text())
        print_lines(console, grid)
    print_lines(console, Text())


def _marked_text(sentence: Sentence) -> Text:
    text = Text(printable(sentence.span.text))
    for mark in sentence.marks:
        text.stylize(STYLES[mark.kind], mark.start, mark.end)
    return text


def _margin(sentence: Sentence) -> Group:
    """Notes below one another; what belongs to a claim is indented."""
    lines = [_note(f"says: {attribution_note(a)}", "italic") for a in sentence.attributions]
    for claim in sentence.claims:
        what, *rest = claim_notes(claim)
        opinion = sentence.opinion_on(claim)
        rest += [opinion_note(opinion)] if opinion else []
        lines += [_note(what, "bold"), *(_note(line, "", indent=2) for line in rest)]
    lines += [_note(f"passed over {passed_note(d)}", "dim") for d in sentence.passed]
    lines += [_note(f"perhaps missed {opinion_note(o)}", "dim") for o in sentence.opinions if o.coded is None]
    return Group(*lines)


def _note(note: str, style: str, *, indent: int = 0) -> Padding:
    return Padding(Text(printable(note), style=style), (0, 0, 0, indent))
