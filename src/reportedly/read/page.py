"""The value that the steps of this stage hand on: what is left of a page, and what was taken from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reportedly.records import Caption, Dateline, Removed

MASTHEAD_LINES = 15
"""How many lines from the top a byline or a timestamp may stand; the longest masthead we saw had twelve."""

_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\.\.\.$")
_STOP = re.compile(r"[.!?][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Page:
    """A report on its way: `lines` is what may still be body, the rest is what was recognised so far."""

    lines: tuple[str, ...]
    is_html: bool = False
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    captions: tuple[Caption, ...] = ()
    removed: tuple[Removed, ...] = ()

    def without(self, reasons: Callable[[int, str], str | None]) -> Page:
        """The page less every line for which `reasons(index, line)` gives a reason."""
        judged = [(line, reasons(index, line)) for index, line in enumerate(self.lines)]
        gone = tuple(Removed(line, reason) for line, reason in judged if reason is not None)
        if not gone:
            return self
        kept = tuple(line for line, reason in judged if reason is None)
        return replace(self, lines=kept, removed=self.removed + gone)

    @property
    def body_starts(self) -> int:
        """Index of the first line that reads like a paragraph; the number of lines if there is none."""
        return next((index for index, line in enumerate(self.lines) if is_paragraph(line)), len(self.lines))


def is_paragraph(line: str) -> bool:
    """Whether a line reads like running text rather than like a headline or a label."""
    words = line.count(" ") + 1
    return words >= 25 or (words >= 4 and ends_sentence(line) and not line.endswith(("?", "!")))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, question or exclamation mark; "U.S." and "..." are no stops."""
    return bool(_STOP.search(line)) and not _ABBREVIATION.search(line)


def same_words(one: str, other: str) -> bool:
    """Whether two lines have the same words, whatever their case, quotes and dashes."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def add_captions(known: tuple[Caption, ...], new: Iterable[Caption]) -> tuple[Caption, ...]:
    """`known` and those of `new` that say something else; a credit fills in where one was missing."""
    captions = list(known)
    for caption in new:
        twin = next((i for i, other in enumerate(captions) if same_words(other.text, caption.text)), None)
        if twin is None:
            captions.append(caption)
        elif captions[twin].credit is None:
            captions[twin] = replace(captions[twin], credit=caption.credit)
    return tuple(captions)
