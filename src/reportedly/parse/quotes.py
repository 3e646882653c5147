"""Quotations: stretches between quotation marks of every style, across sentences and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.records import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OPENERS = {"“": "”", "„": "”", "«": "»", "``": "''", "‘": "’"}
STRAIGHT = {'"', "''", "``"}
LONGEST = 400
"""Tokens after which an unclosed quotation is given up."""


def find_quotes(doc: Doc) -> tuple[Quote, ...]:
    """Quotations of at least one word, in text order, marks excluded.

    A quotation that runs over several paragraphs is opened anew in each and closed in the last: each paragraph gives
    one quotation. A mark that is never closed in its paragraph ends there if it opened the paragraph, else is ignored.
    """
    quotes: list[Quote] = []
    at = 0
    while at < len(doc):
        token = doc[at]
        if _opens(token):
            last = _closing_of(doc, at)
            if last is not None and last > at + 1:
                quotes.append(_quote(doc, at + 1, last))
                at = last + 1
                continue
        at += 1
    return tuple(quotes)


def _quote(doc: Doc, first: int, last: int) -> Quote:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Quote(start, end, doc[first:last].text, first, last)


def _opens(token: Token) -> bool:
    if token.text in ("“", "„", "«", "``"):
        return True
    before = token.doc[token.i - 1] if token.i else None
    spaced = before is None or bool(before.whitespace_) or before.is_space or before.is_punct
    if token.text == "‘":
        return spaced
    if token.text in ('"', "'"):
        return spaced and not token.whitespace_ and token.i + 1 < len(token.doc)
    return False


def _closing_of(doc: Doc, opened: int) -> int | None:
    mark = doc[opened].text
    wanted = {OPENERS.get(mark, mark)} | (STRAIGHT if mark in STRAIGHT | {"“"} else set())
    starts_line = opened == 0 or "\n" in doc[opened - 1].text
    for i in range(opened + 1, min(opened + LONGEST, len(doc))):
        text = doc[i].text
        if text in wanted and not (text in ("'", "’") and _inside_word(doc, i)):
            return i
        if "\n" in text:
            return i if starts_line and mark != "'" else None
    return len(doc) if starts_line and mark not in ("'", "‘") else None


def _inside_word(doc: Doc, i: int) -> bool:
    """An apostrophe of a plural possessive ("the rebels' base") closes nothing: a word follows, directly after one."""
    after = doc[i + 1] if i + 1 < len(doc) else None
    return after is not None and not after.is_punct and doc[i - 1].tag_ in ("NNS", "NNPS") and bool(doc[i].whitespace_)
