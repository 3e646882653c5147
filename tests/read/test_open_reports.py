"""Files, folders, batches and standard input become raw reports, or a reason why not."""

from __future__ import annotations

import gzip
import io
import json

import pytest

from reportedly.errors import BadOption
from reportedly.read import open_reports
from reportedly.records import RawReport, Rejection
from reportedly.settings import Settings


def ids(items) -> list[str]:
    return [item.id if isinstance(item, RawReport) else f"!{item.id}" for item in items]


def lines(*records) -> bytes:
    return b"".join(
        (record if isinstance(record, bytes) else json.dumps(record).encode()) + b"\n" for record in records
    )


def test_a_file_is_called_by_its_stem(tmp_path):
    (tmp_path / "a.b.txt").write_text("The army said so.")
    (report,) = open_reports([tmp_path / "a.b.txt"], published="2024-05-07", publisher="Example Times")
    assert (report.id, report.kind, report.content) == ("a.b", "text", b"The army said so.")
    assert (report.published, report.publisher) == ("2024-05-07", "Example Times")


def test_folders_are_read_in_order_and_to_the_bottom(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.html", "note.md", "b/c.htm", "b/d.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"x y z") if name.endswith("gz") else b"x y z")
    assert ids(open_reports([tmp_path])) == ["a", "z", "c", "d"]
    assert [item.kind for item in open_reports([tmp_path])] == ["html", "text", "html", "text"]


def test_two_files_of_one_name_get_ids_of_their_own(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text("x")
    found = ids(open_reports([tmp_path, tmp_path / "two" / "index.txt"]))
    assert found[:2] == ["index", "two/index"]
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"<!DOCTYPE html><p>x", "html"), (b"\n<html><p>x", "html"), (b"The army said.", "text"), (b"3 < 4", "text")],
)
def test_unknown_suffixes_are_told_by_content(tmp_path, content, kind):
    (tmp_path / "report").write_bytes(content)
    assert [item.kind for item in open_reports([tmp_path / "report"])] == [kind]


def test_every_line_of_a_batch_is_a_report_or_a_rejection_of_its_own(tmp_path):
    path = tmp_path / "batch.jsonl"
    path.write_bytes(
        lines(
            {
                "id": "a",
                "text": "The army said.",
                "published": "2024-05-07",
                "title": "T",
                "url": "https://a.example",
                "publisher": "P",
            },
            b"",
            b'{"id": "b", "text": ',
            {"id": "c"},
            {"text": "x"},
            {"id": "d", "text": 5},
            {"id": "a", "text": "again"},
            {"id": "e", "text": "x", "published": "2024-02-31"},
            [1],
            b"\xff\xfe",
            b"[" * 100_000,
            {"id": "f", "html": "<p>x</p>"},
        )
    )
    items = list(open_reports([path]))
    assert ids(items) == [
        "a",
        "!batch:3",
        "!c",
        "!batch:5",
        "!d",
        "!a",
        "!e",
        "!batch:9",
        "!batch:10",
        "!batch:11",
        "f",
    ]
    assert [item.name for item in items] == [f"{path}:{number}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    assert all(item.reason and item.hint for item in items if isinstance(item, Rejection))
    first, last = items[0], items[-1]
    assert (first.published, first.title, first.url, first.publisher) == ("2024-05-07", "T", "https://a.example", "P")
    assert last.kind == "html"


def test_a_record_beats_the_options():
    batch = io.BytesIO(
        lines({"id": "a", "text": "x", "published": "2024-05-07"}, {"id": "b", "text": "x", "published": None})
    )
    assert [item.published for item in open_reports(["-"], published="2020-01-01", stdin=batch)] == [
        "2024-05-07",
        "2020-01-01",
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"The army\nsaid so.", "text"),
        (b"\n\n<html><p>x</p></html>", "html"),
        (lines({"id": "a", "html": "x"}), "html"),
    ],
)
def test_standard_input_is_told_by_content(content, kind):
    (report,) = open_reports(["-"], stdin=io.BytesIO(content))
    assert report.kind == kind
    assert report.id == ("a" if content.startswith(b"{") else "stdin")


def test_what_cannot_be_opened_is_rejected_and_the_rest_goes_on(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "big.txt").write_text("x" * 2000)
    (tmp_path / "bad.txt.gz").write_text("no gzip")
    (tmp_path / "list.json").write_text('[{"id": "a"}]')
    (tmp_path / "none").mkdir()
    (tmp_path / "good.txt").write_text("x")
    names = ["missing.txt", "empty.txt", "big.txt", "bad.txt.gz", "list.json", "none", "good.txt"]
    items = list(open_reports([*(tmp_path / name for name in names), "a\0b"], settings=Settings(max_bytes=1000)))
    assert ids(items)[:5] == ["!missing", "!empty", "!big", "!bad", "!list"]
    assert [type(item) for item in items[5:]] == [Rejection, RawReport, Rejection]
    assert all(item.reason and item.hint and "\n" not in item.reason for item in items if isinstance(item, Rejection))


def test_a_line_that_is_too_long_is_skipped_whole():
    batch = io.BytesIO(lines({"id": "a", "text": "x" * 200_000}, {"id": "b", "text": "x"}))
    assert ids(open_reports(["-"], stdin=batch, settings=Settings(max_bytes=1000))) == ["!stdin:1", "b"]


def test_a_batch_is_streamed():
    class Endless(io.RawIOBase):
        number = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            self.number += 1
            line = lines({"id": str(self.number), "text": "x"})
            buffer[: len(line)] = line
            return len(line)

    found = open_reports(["-"], stdin=io.BufferedReader(Endless()))
    assert [next(found).id for _ in range(3)] == ["1", "2", "3"]


def test_an_impossible_published_option_is_refused_at_once():
    for value in ("yesterday", "2024-02-31", "", "0999-01-01"):
        with pytest.raises(BadOption):
            open_reports([], published=value)


def test_halves_of_characters_do_not_get_out():
    (report,) = open_reports(["-"], stdin=io.BytesIO(b'{"id": "a\\ud800", "text": "x \\udc00 \\ud83d\\ude00"}\n'))
    report.id.encode()
    assert report.content.decode().endswith("\U0001f600")
