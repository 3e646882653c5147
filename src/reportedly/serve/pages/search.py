"""Search: full text and fields together, and searches that somebody keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import BadOption
from reportedly.serve.desk import desk_of
from reportedly.serve.forms import checked_form
from reportedly.serve.listing import count, list_events
from reportedly.serve.render import events_csv, page
from reportedly.serve.views import View, view_of
from reportedly.serve.visitor import Visitor, admit
from reportedly.store.desk_reading import texts_of
from reportedly.store.lists import ListedReport, ReportFilter, page_of_reports
from reportedly.store.searches import drop_search, save_search, searches_of
from reportedly.store.words import words_in

router = APIRouter(include_in_schema=False)
EVENTS, REPORTS, AROUND = 25, 15, 110
Form = Annotated[dict[str, str], Depends(checked_form)]
Who = Annotated[Visitor, Depends(admit)]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, with the words around the first hit as pieces: text, and whether it was looked for."""

    listed: ListedReport
    pieces: tuple[tuple[str, bool], ...]


@router.get("/search")
def search(request: Request, view: Annotated[View, Depends(view_of)], who: Who, format: str = "html") -> Response:
    """Events and reports with these words that pass the other filters."""
    store = desk_of(request).store
    if format == "csv":
        return events_csv(request, view)
    asked = any(view.chosen())
    return page(
        request,
        "search.html",
        view=view,
        asked=asked,
        found=list_events(store, view.wanted, "day", limit=EVENTS) if asked else None,
        counted=count(store, view.wanted) if asked else 0,
        hits=_hits(request, view) if view.words else [],
        saved=searches_of(store, who.name or ""),
    )


def _hits(request: Request, view: View) -> list[Hit]:
    store, words = desk_of(request).store, view.words or ""
    wanted = ReportFilter(view.publisher, words, view.since, view.until)
    listed = page_of_reports(store, wanted, limit=REPORTS)
    texts = texts_of(store, (one.report.id for one in listed))
    return [Hit(one, around(texts[one.report.id], words)) for one in listed]


def around(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """The text around the first word that is looked for, cut into what was looked for and what was not."""
    stems = [re.escape(word[: max(len(word) - 2, 3)]) for word in words_in(words)]
    if not stems:
        return ((text[: 2 * AROUND], False),)
    pattern = re.compile(rf"\b(?:{'|'.join(stems)})\w*", re.IGNORECASE)
    first = pattern.search(text)
    at = first.start() if first else 0
    start, end = max(at - AROUND, 0), min(at + AROUND, len(text))
    cut = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    pieces, last = [], 0
    for hit in pattern.finditer(cut):
        pieces += [(cut[last : hit.start()], False), (hit[0], True)]
        last = hit.end()
    return tuple(piece for piece in [*pieces, (cut[last:], False)] if piece[0])


@router.post("/search/keep")
def keep(request: Request, form: Form, who: Who) -> Response:
    """Keep a search under a title."""
    title, query = form.get("title", ""), form.get("query", "")
    if not title or len(title) > 80 or len(query) > 1000:
        raise BadOption("a search is kept under a title of 1 to 80 characters", hint="give one")
    if who.name is None:
        raise BadOption("who has not logged in keeps no searches", hint="log in first")
    save_search(desk_of(request).store, who.name, title, query)
    return RedirectResponse(f"/search?{_plain(query)}", status_code=303)


@router.post("/search/drop")
def drop(request: Request, form: Form, who: Who) -> Response:
    """Keep a search no longer."""
    number = form.get("id", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        drop_search(desk_of(request).store, who.name or "", int(number))
    return RedirectResponse("/search", status_code=303)


def _plain(query: str) -> str:
    return re.sub(r"[^\w=&%+.~-]", "", query, flags=re.ASCII)
