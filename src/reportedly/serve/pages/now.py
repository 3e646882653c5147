"""Now: what has changed since the last visit, the latest events, the most corroborated ones, and the disputed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.serve import sums
from reportedly.serve.desk import desk_of
from reportedly.serve.forms import checked_form, set_cookie
from reportedly.serve.listing import count, list_events
from reportedly.serve.render import events_csv, page
from reportedly.serve.views import View, view_of

router = APIRouter(include_in_schema=False)
SHOWN, CHANGED = 12, 8
"""Events a section."""
PAUSE = timedelta(minutes=30)
"""After so long without a look a new visit begins."""
LOOKED, BEFORE = "desk_looked", "desk_before"
"""Cookies: when this browser looked last, and when the visit before this one ended."""
MINUTE = "%Y-%m-%dT%H:%M"


@router.get("/")
def now(request: Request, view: Annotated[View, Depends(view_of)], format: str = "html") -> Response:
    """The first page."""
    store = desk_of(request).store
    if format == "csv":
        return events_csv(request, view)
    time, before = datetime.now(UTC), _before(request)
    changed = view.but(changed=before) if before else None
    disputed = view.but(status="disputed")
    answer = page(
        request,
        "now.html",
        view=view,
        size=sums.sizes(store),
        counted=count(store, view.wanted),
        before=before,
        changed=changed,
        changes=list_events(store, changed.wanted, "change", limit=CHANGED).events if changed else (),
        changes_counted=count(store, changed.wanted) if changed else 0,
        latest=list_events(store, view.wanted, "day", limit=SHOWN).events,
        told=list_events(store, view.wanted, "told", limit=SHOWN).events,
        disputed=list_events(store, disputed.wanted, "told", limit=SHOWN).events,
        disputed_counted=count(store, disputed.wanted),
    )
    set_cookie(request, answer, LOOKED, time.strftime(MINUTE))
    if before:
        set_cookie(request, answer, BEFORE, before)
    return answer


@router.post("/seen")
def seen(request: Request, form: Annotated[dict[str, str], Depends(checked_form)]) -> Response:
    """All that has changed up to now was looked at."""
    del form
    answer = RedirectResponse("/", status_code=303)
    set_cookie(request, answer, BEFORE, datetime.now(UTC).strftime(MINUTE))
    return answer


def _before(request: Request) -> str | None:
    """When the last visit ended, UTC to the minute; None at the first one."""
    looked, before = (_time(request.cookies.get(name)) for name in (LOOKED, BEFORE))
    if looked and datetime.now(UTC) - looked > PAUSE:
        before = looked
    return before.strftime(MINUTE) if before else None


def _time(cookie: str | None) -> datetime | None:
    try:
        return datetime.strptime(cookie or "", MINUTE).replace(tzinfo=UTC)
    except ValueError:
        return None
