"""Paths, folders, batches and standard input -> raw reports, one at a time; what cannot be opened is a Rejection."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from reportedly.errors import BadOption, BadRecord, UnreadableReport
from reportedly.read.published import read_published
from reportedly.records import RawReport, Rejection
from reportedly.settings import DEFAULT, Settings

Kind = Literal["text", "html", "jsonl"]

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|\?xml|html|head|body|article|main|div|section|p)\b", re.I | re.S
)
_FIELDS = ("published", "publisher", "url", "title")


@dataclass(slots=True)
class _Run:
    """What one call of `open_reports` remembers: its options, and the ids that it gave out."""

    settings: Settings
    published: str | None
    publisher: str | None
    ids: set[str] = field(default_factory=set)


def open_reports(
    paths: Sequence[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    settings: Settings = DEFAULT,
    stdin: BinaryIO | None = None,
) -> Iterator[RawReport | Rejection]:
    """Every report that `paths` hold, in order and one at a time, or why it could not be opened.

    A path is a text or HTML file, a JSONL batch, any of them gzipped, a folder of such files (taken in sorted order,
    with the folders in it), or "-" for standard input. `published` and `publisher` are for reports that do not bring
    their own. An id is the record's, or else the file's stem, with as many folders before it as it takes to be unique.
    Raises BadOption at once if `published` is no possible time.
    """
    if published is not None and read_published(published) is None:
        raise BadOption(
            f"published {published!r} is no possible time", hint="write it like 2019-05-17 or 2019-05-17T09:07:00Z"
        )
    run = _Run(settings, published, publisher)
    return (item for path in paths for item in _open_path(path, run, stdin))


def _open_path(path: str | Path, run: _Run, stdin: BinaryIO | None) -> Iterator[RawReport | Rejection]:
    if str(path) == "-":
        yield from _open_stream(stdin or sys.stdin.buffer, Path("stdin"), "<stdin>", None, run)
        return
    try:
        folder = Path(path).is_dir()
    except (OSError, ValueError) as error:  # a name that is too long, or holds a NUL
        yield Rejection(str(path), str(path), f"it cannot be opened: {error}", "check the path")
        return
    if folder:
        yield from _open_folder(Path(path), run)
    else:
        yield from _open_file(Path(path), run)


def _open_folder(folder: Path, run: _Run) -> Iterator[RawReport | Rejection]:
    unreadable: list[OSError] = []
    found = False
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        folders.sort()
        for name in sorted(names):
            if _kind_of(Path(name)) is not None:
                found = True
                yield from _open_file(Path(place) / name, run)
    for error in unreadable:
        found = True
        yield Rejection(
            str(error.filename),
            str(error.filename),
            f"the folder cannot be read: {error.strerror}",
            "check its permissions",
        )
    if not found:
        known = ", ".join(sorted(_KINDS))
        yield Rejection(
            str(folder), str(folder), "the folder holds no reports", f"known kinds are {known}, gzipped or not"
        )


def _open_file(path: Path, run: _Run) -> Iterator[RawReport | Rejection]:
    try:
        file = cast(BinaryIO, gzip.open(path) if path.suffix == ".gz" else path.open("rb"))  # noqa: SIM115
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        yield Rejection(_stem(path), str(path), f"it cannot be opened: {reason}", "check the path and its permissions")
        return
    with closing(file):
        yield from _open_stream(file, path, str(path), _kind_of(path), run)


def _open_stream(
    file: BinaryIO, path: Path, name: str, kind: Kind | None, run: _Run
) -> Iterator[RawReport | Rejection]:
    """The reports in an open file. `kind` is None where the content must tell."""
    try:
        first = b"" if kind in ("text", "html") else _first_line(file, run.settings.max_bytes)
        if kind == "jsonl" or (kind is None and first.lstrip(b" \t\xef\xbb\xbf").startswith(b"{")):
            yield from _read_batch(file, first, name, _stem(path), run)
        elif kind is None and first.lstrip().startswith(b"[{"):
            yield Rejection(_stem(path), name, "it is one JSON array", "write one JSON object a line (JSONL)")
        else:
            yield _read_single(
                first + file.read(max(0, run.settings.max_bytes + 1 - len(first))), path, name, kind, run
            )
    except (OSError, EOFError, zlib.error) as error:
        yield Rejection(_stem(path), name, f"it cannot be read: {error}", "check the file, or fetch it again")


def _first_line(file: BinaryIO, limit: int) -> bytes:
    """The first line that is not blank, with the blank ones before it."""
    line = start = file.readline(limit + 1)
    while line and not line.strip() and len(start) < 4096:
        line = file.readline(limit + 1)
        start += line
    return start


def _read_single(content: bytes, path: Path, name: str, kind: Kind | None, run: _Run) -> RawReport | Rejection:
    limit = run.settings.max_bytes
    if len(content) > limit:
        return Rejection(_stem(path), name, f"it is larger than {limit:,} bytes", "split it, or raise max_bytes")
    if not content.strip():
        return Rejection(_stem(path), name, "it is empty", "give a file that has text in it")
    if kind != "html":
        kind = "html" if _HTML.match(content[:2048].removeprefix(b"\xef\xbb\xbf")) else "text"
    return RawReport(_free_id(path, run.ids), content, kind, name, run.published, run.publisher)


# --- batches ---------------------------------------------------------------------------------------------------------


def _read_batch(file: BinaryIO, first: bytes, name: str, stem: str, run: _Run) -> Iterator[RawReport | Rejection]:
    """One report a line. Blank lines are skipped but counted, so that `name:line` is the line in the editor."""
    line, number = first, 0
    limit = run.settings.max_bytes
    some = False
    while line:
        number += line.removesuffix(b"\n").count(b"\n") + 1
        where = f"{name}:{number}"
        if len(line) > limit:
            _skip_line(file, line)
            some = True
            yield Rejection(
                f"{stem}:{number}",
                where,
                f"the line is longer than {limit:,} bytes",
                "split the report, or raise max_bytes",
            )
        elif line.strip():
            some = True
            yield _read_record(line, f"{stem}:{number}", where, run)
        line = file.readline(limit + 1)
    if not some:
        yield Rejection(stem, name, "it is empty", "write one JSON object a line")


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(1 << 16)


def _read_record(line: bytes, fallback: str, where: str, run: _Run) -> RawReport | Rejection:
    record: dict[str, Any] = {}
    try:
        record = _parse_line(line)
        report = _make_report(record, where, run)
        if report.id in run.ids:
            raise BadRecord(f"the id {report.id!r} was given before", hint="give every report its own id")
    except UnreadableReport as error:
        given = record.get("id")
        return Rejection(given if isinstance(given, str) and given else fallback, where, error.message, error.hint)
    run.ids.add(report.id)
    return report


def _parse_line(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRecord("the line is not UTF-8", hint="save the batch as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadRecord(
            f"broken JSON: {error.msg} at column {error.colno}", hint="write one JSON object a line"
        ) from None
    except (ValueError, RecursionError):
        raise BadRecord(
            "broken JSON: nested too deep, or a number too long", hint="write one JSON object a line"
        ) from None
    if not isinstance(record, dict):
        raise BadRecord("the line is no JSON object", hint='write {"id": …, "text": …}')
    return record


def _make_report(record: dict[str, Any], where: str, run: _Run) -> RawReport:
    identity = record.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if identity is None or identity == "":
        raise BadRecord("it has no id", hint="give every report an id of its own")
    if not isinstance(identity, str):
        raise BadRecord("its id is no string", hint='write it like "id": "a1"')
    kind: Literal["text", "html"] = "html" if record.get("html") is not None and record.get("text") is None else "text"
    content = record.get(kind)
    if content is None:
        raise BadRecord("it has neither text nor html", hint="give one of the two")
    if not isinstance(content, str):
        raise BadRecord(f"its {kind} is no string", hint=f'write it like "{kind}": "…"')
    if not content.strip():
        raise BadRecord(f"its {kind} is empty", hint="leave such lines out")
    given = {name: _optional(record, name) for name in _FIELDS}
    if given["published"] is not None and read_published(given["published"]) is None:
        raise BadRecord(
            f"published {given['published']!r} is no possible time", hint="write it like 2019-05-17T09:07:00Z"
        )
    return RawReport(
        id=_printable(identity),
        content=_printable(content).encode(),
        kind=kind,
        name=where,
        published=given["published"] or run.published,
        publisher=given["publisher"] or run.publisher,
        url=given["url"],
        title=given["title"],
    )


def _optional(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRecord(f"its {name} is no string", hint=f'write it like "{name}": "…", or leave it out')
    return _printable(value).strip() or None if value else None


def _printable(text: str) -> str:
    """The text with halves of characters, which JSON can hold and UTF-8 cannot, paired up or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# --- names -----------------------------------------------------------------------------------------------------------


def _kind_of(path: Path) -> Kind | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    stem = Path(name).stem if _kind_of(Path(name)) or name.count(".") else name
    return stem.encode("utf-8", "replace").decode() or str(path)


def _free_id(path: Path, taken: set[str]) -> str:
    """The file's stem; where that is taken, with the folder before it, and so on; at last with a number."""
    folders = [part for part in path.parts[:-1] if part not in ("/", ".", "..")]
    names = ["/".join((*folders[len(folders) - depth :], _stem(path))) for depth in range(len(folders) + 1)]
    numbered = (f"{names[-1]}-{number}" for number in range(2, len(taken) + 3))
    chosen = next(name for name in (*names, *numbered) if name not in taken)
    taken.add(chosen)
    return chosen
