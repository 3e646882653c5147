"""Takes furniture, captions and credit lines out of a page. What they look like is said in `data/furniture.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from reportedly.knowledge import read_toml
from reportedly.read.page import Page, add_captions, ends_sentence, is_paragraph
from reportedly.records import Caption, Removed

_LONGEST_FURNITURE = 400  # characters; no pattern is meant for more
_LONGEST_CAPTION = 900
_CAPTION_MARK = re.compile(
    r"[(\[|©/:]|[Pp](?:hoto|icture|HOTO)|[Ii]mage|^F(?:ile|ILE)"
)  # every caption has one of these
_BOX_HEADLINES = 12  # a box lists a dozen headlines at most
_CREDIT_LINES = 6  # how far above the end a credit line may stand: copyright, contact and rules come after it


@dataclass(frozen=True, slots=True)
class Patterns:
    """The tables of `furniture.toml`, compiled."""

    line: tuple[tuple[re.Pattern[str], str], ...]
    box: tuple[tuple[re.Pattern[str], str], ...]
    end: tuple[tuple[re.Pattern[str], str], ...]
    inline: tuple[tuple[re.Pattern[str], str], ...]
    ending: tuple[tuple[re.Pattern[str], str], ...]
    credit: tuple[tuple[re.Pattern[str], str], ...]
    photo: tuple[tuple[re.Pattern[str], str], ...]
    caption: tuple[tuple[re.Pattern[str], str], ...]


@cache
def patterns() -> Patterns:
    """What furniture looks like. Raises KnowledgeBroken if the file is missing or no TOML."""
    tables = read_toml("furniture.toml")
    reasons = {"credit": "credit line", "photo": "photo credit", "caption": "caption"}
    return Patterns(
        *(
            tuple(
                (re.compile(row["pattern"], re.IGNORECASE), row.get("reason", reasons.get(name, name)))
                for row in tables[name]
            )
            for name in Patterns.__slots__
        )
    )


def _first_match(table: tuple[tuple[re.Pattern[str], str], ...], line: str) -> str | None:
    return next((reason for pattern, reason in table if pattern.fullmatch(line)), None)


# --- furniture -------------------------------------------------------------------------------------------------------


def drop_furniture(page: Page) -> Page:
    """The page without buttons, boxes, counters, notices, repeated paragraphs and readers' comments."""
    page = _drop_comments(page)
    seen: set[str] = set()
    begun = False  # whether a paragraph was seen: above the first one a box heading must not swallow the title
    box, left = "", 0

    def judge(_: int, line: str) -> str | None:
        nonlocal begun, box, left
        reason = name_furniture(line)
        if reason is None and left > 0 and begun and not is_paragraph(line):
            left -= 1
            return box
        if reason is None:
            left = 0
            begun = begun or is_paragraph(line)
            if line in seen and line.count(" ") >= 4:
                return "repeated"
            seen.add(line)
        elif _first_match(patterns().box, line):
            box, left = reason, _BOX_HEADLINES
        return reason

    return _cut_inline(page.without(judge))


def name_furniture(line: str) -> str | None:
    """What kind of furniture a whole line is, or None if it may be part of the report."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    known = patterns()
    return _first_match(known.line, line) or _first_match(known.box, line) or _first_match(known.end, line)


def _drop_comments(page: Page) -> Page:
    """Cuts the page where the readers' comments begin, if more of it lies before than behind."""
    lengths = [len(line) for line in page.lines]
    for index, line in enumerate(page.lines):
        if len(line) <= _LONGEST_FURNITURE and _first_match(patterns().end, line):
            if sum(lengths[:index]) > sum(lengths[index:]) and any(map(is_paragraph, page.lines[:index])):
                return page.without(lambda at, _, first=index: "comment box" if at >= first else None)  # type: ignore[misc]
    return page


def _cut_inline(page: Page) -> Page:
    lines, gone = [], []
    for line in page.lines:
        for pattern, reason in patterns().inline:
            gone += [Removed(match.group().strip(), reason) for match in pattern.finditer(line)]
            line = pattern.sub("", line)  # noqa: PLW2901
        lines.append(line.replace("  ", " ").strip())
    return replace(page, lines=tuple(filter(None, lines)), removed=page.removed + tuple(gone))


# --- captions --------------------------------------------------------------------------------------------------------


def take_captions(page: Page) -> Page:
    """The page with its captions, and the credits of its pictures, taken out of the lines."""
    found: list[Caption] = []
    known = {caption.text for caption in page.captions}

    def judge(index: int, line: str) -> str | None:
        if line in known:
            return "caption"
        if len(line) <= _LONGEST_FURNITURE and _first_match(patterns().photo, line):
            return "photo credit"
        caption = read_caption(line)
        if caption and not (index == 0 and not page.is_html and not page.title and caption.credit is None):
            found.append(caption)
            return "caption"
        return None

    page = page.without(judge)
    return replace(page, captions=add_captions(page.captions, found))


def read_caption(line: str) -> Caption | None:
    """A line as caption and credit, or None if it is none.

    "The harbour. Photograph: Jane Doe/EX" gives the text "The harbour." and the credit "Jane Doe/EX".
    """
    if len(line) > _LONGEST_CAPTION or line[:3].lower() == "by " or not _CAPTION_MARK.search(line):
        return None
    for pattern, _ in patterns().caption:
        match = pattern.fullmatch(line)
        if match and len((match["credit"] or "").split()) <= 12:
            return Caption(match["text"].strip(" |([-–—"), (match["credit"] or "").strip(" |/,.") or None)
    return None


# --- credit lines ----------------------------------------------------------------------------------------------------


def take_credits(page: Page) -> Page:
    """The page without the lines at its end, and the tail of its last paragraph, that say who made the report."""
    first = max(1, len(page.lines) - _CREDIT_LINES)

    def judge(index: int, line: str) -> str | None:
        return "credit line" if index >= first and len(line) < 900 and _first_match(patterns().credit, line) else None

    page = page.without(judge)
    if not page.lines:
        return page
    *body, last = page.lines
    for pattern, reason in patterns().ending:
        match = pattern.search(last)
        if match and match.start() > 0:
            gone = Removed(match.group().strip(), reason)
            last = last[: match.start()].strip()
            page = replace(page, lines=(*body, last), removed=(*page.removed, gone))
    return page


def drop_tail(page: Page) -> Page:
    """The page without the labels and headlines that are left behind its last full sentence.

    Only lines of a few words without a stop go, and only behind a paragraph, so that no sentence is lost.
    """
    last = max((index for index, line in enumerate(page.lines) if ends_sentence(line)), default=len(page.lines))
    return page.without(lambda index, line: "tail label" if index > last and line.count(" ") < 3 else None)
