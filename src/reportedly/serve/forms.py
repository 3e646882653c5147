"""Forms: the mark by which a browser's forms are known, what they hold, and whether the person really sent them."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from reportedly.errors import BadOption
from reportedly.serve.desk import desk_of
from reportedly.serve.views import plain_text
from reportedly.serve.visitor import VISIT, NotAllowed, Visitor, visitor_of

LONGEST_FIELD = 2_000
SECRET = ("password", "old", "again")
"""Fields with passwords, in which spaces at the ends count."""


def mark_browser(request: Request, response: Response) -> None:
    """Give the browser of a visitor who has none a mark, before a form can be filled in."""
    fresh = getattr(request.state, "fresh_mark", None)
    if fresh:
        set_cookie(request, response, VISIT, fresh)


def with_mark(request: Request) -> Visitor:
    """The visitor, with a mark that `mark_browser` gives out if they had none."""
    visitor = visitor_of(request)
    if visitor.mark is None:
        request.state.fresh_mark = secrets.token_urlsafe(32)
        request.state.visitor = visitor = Visitor(visitor.name, visitor.role, request.state.fresh_mark)
    return visitor


def set_cookie(request: Request, response: Response, name: str, value: str, *, days: int = 365) -> None:
    """A cookie that no script reads and that foreign pages cannot send with forms."""
    https = desk_of(request).https
    response.set_cookie(name, value, max_age=days * 86_400, httponly=True, samesite="lax", secure=https, path="/")


async def checked_form(request: Request) -> dict[str, str]:
    """What a form holds, several values of one name joined by commas.

    Raises NotAllowed if the form was not sent from a page of this desk, BadOption for what is no text or too long.
    """
    form = await request.form()
    values: dict[str, str] = {}
    for name, value in form.multi_items():
        if not isinstance(value, str):
            raise BadOption(f"{name} is a file", hint="send text")
        text = plain_text(name, value, longest=LONGEST_FIELD)
        text = value if name in SECRET else text
        values[name] = f"{values[name]},{text}" if name in values else text
    visitor = visitor_of(request)
    ours = visitor.csrf and hmac.compare_digest(values.pop("csrf", "").encode(), visitor.csrf.encode())
    if not ours or not _from_here(request):
        raise NotAllowed("this form was not sent from a page of this desk", hint="go back, reload the page, try again")
    return values


def _from_here(request: Request) -> bool:
    """What browsers say of where a form was: of the same origin. Older ones say nothing."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def safe_address(then: str) -> str:
    """An address on this desk to go on to, "/" for any other."""
    if then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable():
        return then
    return "/"
