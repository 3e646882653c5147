"""Long runs of things, some at a time: what is read from or written to a store goes in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def pages(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of `size` items, the last one shorter; taken from `items` only as they are asked for."""
    iterator = iter(items)
    while page := list(islice(iterator, size)):
        yield page
