"""Gives each quotation to the saying that introduces it, or that it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.code.attribution_drafts import Draft
    from reportedly.code.attribution_tree import Tree
    from reportedly.records import Quote

CLOSERS = frozenset({"”", '"', "''", ","})


def add_quotes(drafts: list[Draft], quotes: tuple[Quote, ...], tree: Tree) -> None:
    """Widen contents by the quotations that belong to them; one without a cue goes on the saying before it."""
    before: Draft | None = None
    for quote in quotes:
        inside = set(range(max(quote.first - 1, 0), min(quote.last + 1, len(tree.head))))
        near = _holding(drafts, inside) or _introducing(drafts, quote, tree)
        if near is not None:
            near.content |= inside - set(near.cue)
            before = near
        elif before is not None and quote.last - quote.first > 4:
            follows = _following(before, quote, tree)
            if follows is not None:
                before.content |= inside | follows


def _holding(drafts: list[Draft], inside: set[int]) -> Draft | None:
    some = sorted(inside)[len(inside) // 2]
    return next((d for d in drafts if some in d.content and len(d.content & inside) >= 0.5 * len(inside)), None)


def _introducing(drafts: list[Draft], quote: Quote, tree: Tree) -> Draft | None:
    """The nearest saying of speech in the sentences of the quotation, or in the line that ends in a colon before it."""
    first, last = tree.sent[quote.first], tree.sent_end[quote.last - 1]
    if last < len(tree.head) and tree.lower[last - 1] in CLOSERS:
        last = tree.sent_end[last]
    opening = quote.first - 2
    while opening > 0 and tree.pos[opening] == "SPACE":
        opening -= 1
    if opening > 0 and tree.lower[opening] in (":", ","):
        first = tree.sent[opening]
    near = [d for d in drafts if first <= d.at < last and d.source and d.what.nature in ("speech", "document")]
    near = [d for d in near if not quote.first <= d.at < quote.last]
    return min(near, key=lambda d: min(abs(d.at - quote.first), abs(d.at - quote.last)), default=None)


def _following(draft: Draft, quote: Quote, tree: Tree) -> set[int] | None:
    """Whether a quotation without a cue goes on what was said: in the same paragraph, or where the last quotation
    was left open at the end of its paragraph, as newspapers do. Then the tokens of a quotation opened between."""
    start = max(draft.content) + 1 if draft.content else 0
    between = range(start, quote.first - 1)
    breaks = [i for i in between if "\n" in tree.lower[i]]
    if not breaks:
        return set() if len(between) < 12 else None
    opened = [i for i in between if tree.lower[i] in OPENERS]
    if len(breaks) > 1 or breaks[-1] != quote.first - 2:
        return None
    if opened:
        return set(range(opened[-1], breaks[0]))
    return set() if breaks[0] == start and tree.lower[start - 1] not in MARKS else None


OPENERS = frozenset({"“", '"', "``", "«"})
MARKS = frozenset({"”", '"', "''", "’", "'", "»"})
