"""What is no English report is refused in one sentence, and nothing but our own errors ever escapes."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.read import read_report
from reportedly.records import RawReport
from reportedly.settings import Settings

ENGLISH = (
    "The army said that the rebels had shelled the town of Kadugli on Tuesday and that two people were wounded there."
)
GERMAN = (
    "Die Armee teilte am Dienstag mit, dass Rebellen die Stadt beschossen haben. "
    "Zwei Menschen wurden dabei auf dem Markt verletzt, wie ein Sprecher der Armee sagte."
)
DANISH = (
    "Hæren siger, at oprørere har beskudt byen i tirsdags, "
    "og at to mennesker er blevet såret på markedet i byen ved floden."
)
ARABIC = "قال الجيش إن المتمردين قصفوا المدينة يوم الثلاثاء"


def raw(content: bytes, kind: str = "text") -> RawReport:
    return RawReport(id="a", content=content, kind=kind, name="a.txt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 500, "empty"),
        (b"%PDF-1.4 abc", "PDF"),
        (gzip.compress(b"The army said.", mtime=0), "compressed"),
        (bytes(range(256)) * 20, "NUL"),
        (bytes(range(1, 32)) * 20, "binary"),
        (ENGLISH.encode() + b"\x00" * 100, "NUL"),
        (("“" + ENGLISH + "”").encode()[:-1], "cut off"),
        (ENGLISH.encode("utf-16")[:-1], "UTF-16"),
        (GERMAN.encode(), "not in English"),
        (DANISH.encode(), "not in English"),
        (ARABIC.encode(), "not in English"),
        (b"12 34 56", "furniture|words"),
        (b"Advertisement\nShare this\n\nComments", "furniture"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason_and_a_hint(content, message):
    with pytest.raises(UnreadableReport, match=message) as error:
        read_report(raw(content))
    assert error.value.hint
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_common_encodings_are_read(encoding):
    text = ENGLISH.replace("Kadugli", "Kadúgli")
    assert read_report(raw(text.encode(encoding))).text == text


def test_a_few_damaged_bytes_do_not_turn_utf8_into_windows_1252():
    text = (
        "“The army said that it had shelled the town and that it would not stop,” he said.\n" * 3
    ).encode() + b"It was \x80 over."
    assert "“The army" in read_report(raw(text)).text


def test_a_report_that_is_too_long_is_refused():
    with pytest.raises(UnreadableReport, match="characters"):
        read_report(raw(ENGLISH.encode()), Settings(max_characters=50))
    with pytest.raises(UnreadableReport, match="bytes"):
        read_report(raw(ENGLISH.encode()), Settings(max_bytes=50))


def test_a_brief_has_too_few_words_to_judge_its_language():
    assert read_report(raw(b"Army denies shelling Kadugli.")).text == "Army denies shelling Kadugli."


def test_other_languages_pass_if_the_settings_say_so():
    assert read_report(raw(GERMAN.encode()), Settings(min_english=0)).text == GERMAN


def read_or_refuse(content: bytes, kind: str) -> None:
    try:
        report = read_report(raw(content, kind))
    except ReportedlyError:
        return
    assert report.text == report.text.strip()
    assert "\n\n" not in report.text
    report.text.encode()


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.binary(max_size=400), st.sampled_from(["text", "html"]))
def test_any_bytes_are_read_or_refused(content, kind):
    read_or_refuse(content, kind)


LINES = st.sampled_from(
    [
        "BY",
        "-",
        "Comments",
        "By Jane Doe",
        ENGLISH,
        "CAIRO – 17 May 2019: " + ENGLISH,
        "May 7, 2024",
        "Related",
        '"a ""b"" c"',
        "A. (AP)",
        "",
        "x" * 200,
    ]
)


@FUZZ
@given(st.lists(LINES | st.text(max_size=60), max_size=12))
def test_any_lines_are_read_or_refused(lines):
    read_or_refuse("\n".join(lines).encode("utf-8", "replace"), "text")


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<article>",
        "<h1>",
        "<figcaption>",
        "<time datetime='2024-99-01'>",
        "<meta property='og:title' content='",
        "<table>",
        "<!--",
        "<a href='",
        "'>",
    ]
)


@FUZZ
@given(st.lists(TAGS | st.text(max_size=30) | st.just(ENGLISH), max_size=20))
def test_any_tags_are_read_or_refused(parts):
    read_or_refuse(b"<html><body>" + "".join(parts).encode("utf-8", "replace") + b"</body></html>", "html")


@FUZZ
@given(st.binary(min_size=0, max_size=4), st.integers(0, 300))
def test_damaged_reports_are_read_or_refused(noise, at):
    content = (ENGLISH + "\n" + ENGLISH.replace("“", "”")).encode()
    read_or_refuse(content[:at] + noise + content[at:], "text")
