"""Tellings, report cards and texts as lines of JSON and back, to be kept; shingles as bytes beside them."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np

from reportedly.merge.shingles import Shingles
from reportedly.merge.tellings import ReportCard, Spot, Telling
from reportedly.merge.texts import Text

_SETS = frozenset(f.name for f in fields(Telling) if str(f.type).startswith("frozenset"))
_NAMES = tuple(f.name for f in fields(Telling))
_SETS_AT = tuple(at for at, name in enumerate(_NAMES) if name in _SETS)
_TUPLES_AT = tuple(at for at, f in enumerate(fields(Telling)) if str(f.type).startswith("tuple"))
_PLACE_AT = _NAMES.index("place")
_OF_TEXT = tuple(f.name for f in fields(Text) if f.name != "shingles")
_HASH = np.dtype("<u4")  # the same bytes on every machine


def telling_to_line(telling: Telling) -> str:
    """A telling as a JSON array of its fields, in their order; sets are sorted."""
    return _dumps([_plain(name, getattr(telling, name)) for name in _NAMES])


def telling_from_line(line: str) -> Telling:
    """The telling that `telling_to_line` was given."""
    values = json.loads(line)
    for at in _SETS_AT:
        values[at] = frozenset(values[at])
    for at in _TUPLES_AT:
        values[at] = tuple(values[at])
    if values[_PLACE_AT]:
        values[_PLACE_AT] = Spot(*values[_PLACE_AT])
    return Telling(*values)


def card_to_line(card: ReportCard) -> str:
    """A card as a JSON array of its fields."""
    return _dumps([getattr(card, f.name) for f in fields(card)])


def card_from_line(line: str) -> ReportCard:
    """The card that `card_to_line` was given."""
    return ReportCard(*json.loads(line))


def text_to_line(text: Text) -> tuple[str, bytes]:
    """A text as a JSON array of its fields, and the hashes of its shingles, four bytes each."""
    ends, keys = text.shingles.ends, text.shingles.keys
    line = _dumps([*(getattr(text, name) for name in _OF_TEXT), ends, keys])
    return line, text.shingles.hashes.astype(_HASH).tobytes()


def text_from_line(line: str, hashes: bytes) -> Text:
    """The text that `text_to_line` was given."""
    *values, ends, keys = json.loads(line)
    shingles = Shingles(np.frombuffer(hashes, dtype=_HASH).astype(np.uint32), tuple(ends), tuple(keys))
    return Text(**dict(zip(_OF_TEXT, values, strict=True)), shingles=shingles)


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of a telling
    if name in _SETS:
        return sorted(value)
    if name == "place":
        return value and [getattr(value, f.name) for f in fields(Spot)]
    return value


def _dumps(values: list[Any]) -> str:
    return json.dumps(values, separators=(",", ":"))
