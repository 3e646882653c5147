"""Records as JSON documents and back, without loss: what is read from the store equals what was written."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Convert = Callable[[Any], Any]


def to_json(record: object) -> str:
    """A record of `records.py` as one line of JSON; the keys are its field names, None and defaults are left out."""
    return dumps(_encoder(_kind(record))(record))


def from_json(kind: type[Record], text: str) -> Record:
    """The record that `to_json` was given. Keys that this version does not know are passed over."""
    decode: Callable[[Any], Record] = _decoder(cast(Any, kind))
    return decode(json.loads(text))


def dumps(value: object) -> str:
    """Compact JSON, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def now() -> str:
    """The time that rows are stamped with: ISO 8601, to the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _kind(record: object) -> Any:  # noqa: ANN401 - a dataclass, which can be hashed
    return type(record)


@cache
def _encoder(kind: Any) -> Convert:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    parts = [(f.name, f.default, _encode_as(hints[f.name])) for f in fields(kind)]

    def encode(record: Any) -> dict[str, Any]:  # noqa: ANN401 - an instance of `kind`
        found: dict[str, Any] = {}
        for name, default, convert in parts:
            value = getattr(record, name)
            if value is not None and (default is MISSING or value != default):
                found[name] = value if convert is None else convert(value)
        return found

    return encode


@cache
def _decoder(kind: Any) -> Convert:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    parts = [(f.name, _decode_as(hints[f.name])) for f in fields(kind)]
    absent = {f.name: None for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def decode(document: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an instance of `kind`
        values: dict[str, Any] = dict(absent)
        for name, convert in parts:
            if name in document:
                value = document[name]
                values[name] = value if convert is None else convert(value)
        return kind(**values)

    return decode


def _encode_as(hint: Any) -> Convert | None:  # noqa: ANN401 - a type hint
    kind, many = _inner(hint)
    if kind is None:
        return list if many else None
    encode = _encoder(kind)
    return (lambda values: [encode(value) for value in values]) if many else encode


def _decode_as(hint: Any) -> Convert | None:  # noqa: ANN401 - a type hint
    kind, many = _inner(hint)
    if kind is None:
        return tuple if many else None
    decode = _decoder(kind)
    return (lambda values: tuple(decode(value) for value in values)) if many else decode


def _inner(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type hint
    """The dataclass inside a hint, None if it is plain, and whether the hint is a tuple of many."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next((arg for arg in get_args(hint) if hasattr(arg, "__dataclass_fields__")), hint)
    many = get_origin(hint) is tuple
    kind = get_args(hint)[0] if many else hint
    return (kind if hasattr(kind, "__dataclass_fields__") else None), many
