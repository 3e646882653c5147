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
        elif before is not None and quote.last - quote.first > 4 and _follows(before, quote, tree):
            before.content |= inside


def _holding(drafts: list[Draft], inside: set[int]) -> Draft | None:
    return next((d for d in drafts if len(d.content & inside) >= 0.5 * len(inside)), None)


def _introducing(drafts: list[Draft], quote: Quote, tree: Tree) -> Draft | None:
    first, last = tree.sent[quote.first], tree.sent_end[quote.last - 1]
    if last < len(tree.head) and tree.lower[last - 1] in CLOSERS:
        last = tree.sent_end[last]
    near = [d for d in drafts if first <= d.cue[0] < last and d.source and d.what.nature == "speech"]
    near = [d for d in near if not quote.first <= d.cue[0] < quote.last]
    return min(near, key=lambda d: min(abs(d.cue[0] - quote.first), abs(d.cue[0] - quote.last)), default=None)


def _follows(draft: Draft, quote: Quote, tree: Tree) -> bool:
    start = max(draft.content) + 1 if draft.content else 0
    return quote.first - start < 12 and not any("\n" in word for word in tree.lower[start : quote.first])
