"""Review: what waits to be looked at, one event with all its claims to be judged, what was judged, and agreement."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from reportedly import export
from reportedly.errors import BadOption, NotStored
from reportedly.gold import gold_documents
from reportedly.serve.desk import desk_of
from reportedly.serve.event_claims import read_claims
from reportedly.serve.forms import checked_form, safe_address, set_cookie
from reportedly.serve.render import csv_answer, page
from reportedly.serve.review import bring_up_to_date, correctable, judge, words_around
from reportedly.serve.views import View, plain_text, view_of
from reportedly.serve.visitor import REVIEWER, Visitor, reviewer
from reportedly.store import Judgement
from reportedly.store.desk_reading import texts_of
from reportedly.store.reading import event_by_id, events_by_id
from reportedly.store.review_reading import (
    corrections,
    disagreements,
    judged_count,
    krippendorff_alpha,
    verdicts,
    waiting,
)

router = APIRouter(include_in_schema=False)
LISTED, CLAIMS, RELATED, SHOWN = 25, 40, 6, 100
"""Events of the queue, claims of an event, events related to it, and judgements, that are shown at once."""
HISTORY = ("number", "made_at", "reviewer", "verdict", "target_kind", "target", "field", "value", "note", "undone_by")
Form = Annotated[dict[str, str], Depends(checked_form)]
Reviewer = Annotated[Visitor, Depends(reviewer)]


@router.get("/review")
def queue(request: Request, view: Annotated[View, Depends(view_of)], who: Reviewer) -> Response:
    """The queue: events that this reviewer has not judged, those first that matter most."""
    store = desk_of(request).store
    ids = waiting(store, view.wanted, who.name or "", limit=LISTED)
    found = events_by_id(store, ids)
    events = [found[id] for id in ids if id in found]
    return page(request, "review.html", view=view, events=events, judged=judged_count(store, who.name or ""))


@router.get("/review/history")
def history(request: Request, before: int = 2**31 - 1, reviewer: str = "", format: str = "html") -> Response:
    """What was judged, by anybody or by one reviewer, latest first."""
    by = plain_text("reviewer", reviewer)
    many = [j for j in desk_of(request).store.judgements() if not by or j.reviewer == by]
    if format == "csv":
        return csv_answer(HISTORY, map(_history_row, many), "judgements")
    shown = [j for j in reversed(many) if j.number < before][:SHOWN]
    more = bool(shown) and many[0].number < shown[-1].number
    return page(request, "history.html", judgements=shown, more=more, total=len(many), by=by)


@router.get("/review/agreement")
def agreement(request: Request) -> Response:
    """Where reviewers disagree, and Krippendorff's alpha."""
    many = desk_of(request).store.judgements()
    said, corrected = verdicts(many), corrections(many)
    shared = sum(len(one) > 1 for one in said.values())
    alphas = {"verdicts": krippendorff_alpha(said), "corrected values": krippendorff_alpha(corrected)}
    return page(request, "agreement.html", alphas=alphas, shared=shared, disagreements=disagreements(many))


@router.get("/review/gold.jsonl")
def gold(request: Request) -> Response:
    """Judged reports as gold for benchmarks, one a line."""
    lines = (export.json_line(one) + "\n" for one in gold_documents(desk_of(request).store))
    head = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=head)


@router.get("/review/{id}")
def review_event(
    request: Request, id: str, view: Annotated[View, Depends(view_of)], who: Reviewer, start: int = 0
) -> Response:
    """One event, with a form for each of its claims and for the event itself."""
    store = desk_of(request).store
    if store.kind_of(id) != "event":
        raise NotStored(f"{id} is no event any more", hint="it was merged away: go back to the queue")
    stored = event_by_id(store, id)
    if not 0 <= start < len(stored.event.claims):
        raise BadOption("the event has not so many claims", hint="start at its first")
    told = read_claims(store, stored, start, most=CLAIMS, related=RELATED)
    texts = texts_of(store, {one.report.id for one in told.claims.values()})
    following = waiting(store, view.wanted, who.name or "", limit=1, after=id)
    return page(
        request,
        "review_event.html",
        view=view,
        words={key: words_around(one.claim, texts[one.report.id]) for key, one in told.claims.items()},
        following=following[0] if following else None,
        fields=correctable(),
        **told.values(),
    )


@router.post("/judge")
def judged(request: Request, form: Form, who: Reviewer) -> Response:
    """Add a judgement, and go back to where it was made."""
    desk = desk_of(request)
    name = who.name or ""
    if desk.single_user and form.get("reviewer"):
        name = form["reviewer"][:80]
    judge(desk.store, name, form)
    answer = RedirectResponse(safe_address(form.get("then", "/review")), status_code=303)
    if desk.single_user:
        set_cookie(request, answer, REVIEWER, quote(name))
    return answer


@router.post("/merge")
def merge(request: Request, form: Form, who: Reviewer, background: BackgroundTasks) -> Response:
    """Bring the events up to date with what was judged."""
    del who
    background.add_task(bring_up_to_date, desk_of(request).store)
    return RedirectResponse(safe_address(form.get("then", "/")), status_code=303)


def _history_row(judgement: Judgement) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(judgement, name) for name in HISTORY}
    return row | {"undone_by": judgement.undone_by.number if judgement.undone_by else None}
