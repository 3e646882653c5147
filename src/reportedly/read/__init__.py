"""Stage 1 of 8: bytes -> Report.

`open_reports` streams what paths, folders, batches and standard input hold; `read_report` makes one clean report of it.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.errors import UnreadableReport
from reportedly.read.clean import drop_furniture, drop_tail, take_captions, take_credits
from reportedly.read.decode import decode, split_lines, tidy
from reportedly.read.english import require_english
from reportedly.read.fetch import open_reports
from reportedly.read.masthead import take_dateline, take_masthead, take_title
from reportedly.read.page import Page
from reportedly.read.published import read_published
from reportedly.records import RawReport, Report
from reportedly.settings import DEFAULT, Settings

__all__ = ["open_reports", "read_report"]


def read_report(raw: RawReport, settings: Settings = DEFAULT) -> Report:
    """The clean report: title, byline, dateline, captions, published time, body, and what was taken out of the body.

    Explicit values of `raw` beat what is found in its bytes.
    Raises UnreadableReport if the bytes are empty, binary, undecodable, cut off, too long, or not English.
    """
    if len(raw.content) > settings.max_bytes:
        raise UnreadableReport(
            f"it has {len(raw.content):,} bytes, more than {settings.max_bytes:,}", hint="split it, or raise max_bytes"
        )
    text = decode(raw.content, is_html=raw.kind == "html")
    page = _open_page(text, raw)
    page = drop_furniture(page)
    page = take_captions(page)
    page = take_masthead(page)
    page = take_title(page)
    page = take_dateline(page)
    page = take_credits(page)
    page = drop_tail(page)
    return _finish(page, raw, settings)


def _open_page(text: str, raw: RawReport) -> Page:
    if raw.kind == "html":
        from reportedly.read.html import (
            read_page,
        )  # lxml and Trafilatura take a while to load, and plain text needs neither

        page = read_page(text, raw.url)
    else:
        page = Page(lines=split_lines(tidy(text)))
    published = read_published(raw.published) if raw.published else None
    if raw.published and published is None:
        raise UnreadableReport(
            f"published {raw.published!r} is no possible time", hint="write it like 2019-05-17T09:07:00Z"
        )
    return replace(
        page,
        title=raw.title or page.title,
        published=published or page.published,
        publisher=raw.publisher or page.publisher,
        url=raw.url or page.url,
    )


def _finish(page: Page, raw: RawReport, settings: Settings) -> Report:
    text = "\n".join(page.lines)
    if not text:
        raise UnreadableReport("nothing is left of it but furniture", hint="check that the page holds the whole report")
    if len(text) > settings.max_characters:
        raise UnreadableReport(
            f"its text has {len(text):,} characters, more than {settings.max_characters:,}",
            hint="split it, or raise max_characters",
        )
    require_english(text, settings.min_english)
    return Report(
        id=raw.id,
        text=text,
        title=page.title,
        published=page.published,
        publisher=page.publisher,
        url=page.url,
        byline=page.byline,
        dateline=page.dateline,
        captions=page.captions,
        removed=page.removed,
    )
