"""Pages from templates: what all of them show, and how values look. Whatever is filled in is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from reportedly import export, exports
from reportedly.pages import pages
from reportedly.plover import event_types
from reportedly.records import EVENT_STATUSES, Event
from reportedly.serve.desk import desk_of
from reportedly.serve.forms import mark_browser, with_mark
from reportedly.serve.review import is_merging
from reportedly.serve.views import LABELS, QUADS, View
from reportedly.show import days, side_names, standing_words
from reportedly.store import Store
from reportedly.store.desk_reading import COUNTED, all_events
from reportedly.store.reading import StoredClaim

HERE = Path(__file__).parent
NAVIGATION = (
    ("/", "Now"), ("/events", "Events"), ("/map", "Map"), ("/timeline", "Timeline"), ("/network", "Network"),
    ("/search", "Search"), ("/actors", "Actors"), ("/sources", "Sources"), ("/review", "Review"), ("/help", "Help"),
)  # fmt: skip
"""Address and name of what every page leads to."""
ACCOUNTS = ("/accounts", "Accounts")
"""What pages of admins lead to as well."""

LINES = 500
"""Lines of a CSV that are sent at once."""
THEME, THEMES = "desk_theme", ("light", "dark")


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
    """The page of that template. `values` are what it fills in besides what all pages have."""
    desk, visitor = desk_of(request), with_mark(request)
    store = desk.store
    common = {
        "request": request,
        "navigation": (*NAVIGATION, *([ACCOUNTS] if visitor.may("admin") and not desk.single_user else [])),
        "path": request.url.path,
        "view": View(),
        "stale": is_stale(store),
        "merging": is_merging(),
        "visitor": visitor,
        "single_user": desk.single_user,
        "theme": request.cookies.get(THEME) if request.cookies.get(THEME) in THEMES else None,
    }
    answer = HTMLResponse(environment().get_template(template).render(common | values), status_code=status)
    mark_browser(request, answer)
    return answer


def is_stale(store: Store) -> bool:
    """True if the events do not know the latest reports or judgements."""
    with store.reading() as connection:
        return store.merged(connection) != store.revision(connection)


def csv_answer(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """Rows as a CSV file to download; cells that a spreadsheet would take for a formula are made text."""
    head = tuple(columns)
    lines = (export.csv_line(row, head) + "\n" for row in rows)
    return StreamingResponse(
        _prefixed(export.csv_header(head) + "\n", lines),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def events_csv(request: Request, view: View) -> Response:
    """All events of a view as CSV, with the columns of the export; read a page at a time."""
    return csv_answer(
        exports.EVENT_COLUMNS, map(exports.event_row, all_events(desk_of(request).store, view.wanted)), "events"
    )


def _prefixed(first: str, rest: Iterable[str]) -> Iterable[str]:
    """Many lines at once, as each piece that is sent goes from one thread to another."""
    yield first
    yield from map("".join, pages(rest, LINES))


def warm() -> None:
    """Make all templates ready before anybody asks for a page."""
    for name in environment().list_templates():
        environment().get_template(name)


@cache
def environment() -> Environment:
    """Jinja with everything escaped, and the words that templates use."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "days": days,
        "sides": side_names,
        "standing": standing_words,
        "many": many,
        "so_many": so_many,
        "seg": segment,
        "printed_by": printed_by,
    }
    made.globals |= {
        "LABELS": LABELS,
        "STATUSES": EVENT_STATUSES,
        "QUADS": QUADS,
        "happened": happened,
        "shown_value": shown_value,
    }

    made.globals["TYPES"] = tuple(event_types())
    return made


def many(number: int, thing: str) -> str:
    """ "1 report", "1,200 reports"."""
    return f"{number:,} {thing}{'s'[: number != 1]}"


def so_many(events: int) -> str:
    """The same for events, of which so many may only be known to be more."""
    return f"more than {many(COUNTED, 'event')}" if events == COUNTED + 1 else many(events, "event")


def segment(text: str) -> str:
    """An id as a part of an address; slashes stay."""
    return quote(text, safe="/")


def printed_by(stored: StoredClaim) -> str:
    """Who printed a claim: the publisher, as the report or its dateline names it."""
    first = stored.claim.attribution[:1]
    if first and first[0].kind == "publisher":
        return first[0].name
    return stored.report.publisher or stored.report.id


def shown_value(event: Event, name: str) -> str:
    """The best value of a field, "?" where no claim says anything."""
    field = event.field(name)
    return field.best if field else "?"


def happened(event: Event) -> str:
    """Its day or days; "~" where they were only concluded."""
    field = event.field("when")
    if field:
        return field.best.replace("..", " to ")
    known = list(dict.fromkeys(filter(None, (event.first, event.last))))
    return "~" + " to ".join(known) if known else "?"
