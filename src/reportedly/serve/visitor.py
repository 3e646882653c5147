"""Who asks: nobody known, the one user of a desk for one, or an account; and whether a form is really theirs."""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from math import ceil
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from reportedly.errors import BadOption, ReportedlyError
from reportedly.serve.desk import Desk, desk_of
from reportedly.serve.passwords import fits
from reportedly.serve.views import plain_text
from reportedly.store.accounts import ROLES, Account, Role, find_account, session_account

SESSION, VISIT, REVIEWER = "desk_session", "desk_visit", "desk_reviewer"
"""Names of cookies: who is logged in; a random mark of a browser; under which name a desk for one judges."""
LONGEST_FIELD = 2_000


class LoginNeeded(ReportedlyError):
    """Only people who have logged in see or do this."""


class TooManyTries(ReportedlyError):
    """Wrong passwords were given too often; the next try must wait."""


class NotAllowed(ReportedlyError):
    """The account may not do this, or the form was not sent by the person."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `mark` is the secret that this browser was given; `csrf` is what its forms must hold."""

    name: str | None
    role: Role | None
    mark: str | None

    @property
    def csrf(self) -> str:
        """A token that only pages of this desk, read by this browser, can hold."""
        return hmac.new((self.mark or "").encode(), b"forms", hashlib.sha256).hexdigest() if self.mark else ""

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


def visitor_of(request: Request) -> Visitor:
    """Who asks; looked up once a request."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None:
        known = request.state.visitor = _look_up(request, desk_of(request))
    return known


def _look_up(request: Request, desk: Desk) -> Visitor:
    mark = _sound(request.cookies.get(VISIT))
    if desk.single_user:
        return Visitor(single_name(request), "admin", mark)
    token = _sound(request.cookies.get(SESSION))
    account = session_account(desk.store, hash_token(token)) if token else None
    if account is not None:
        return Visitor(account.name, account.role, token)
    account = _by_password(request, desk) if is_for_programs(request.url.path) else None
    if account is not None:
        return Visitor(account.name, "reader", None)
    return Visitor(None, "reader" if desk.public else None, mark)


def is_for_programs(path: str) -> bool:
    """True for what programs ask, which know passwords (HTTP Basic, RFC 7617) and no forms."""
    return path.startswith("/api/v") or path == "/feed.atom"


def _by_password(request: Request, desk: Desk) -> Account | None:
    """The account whose password a program sends; it may read, whatever its role. Raises TooManyTries."""
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return None
    return check_password(request, desk, name, password)


def check_password(request: Request, desk: Desk, name: str, password: str) -> Account | None:
    """The open account of that name and password. Raises TooManyTries after too many wrong ones."""
    keys = (f"name {name}", f"address {request.client.host if request.client else ''}")
    wait = desk.tries.wait(*keys)
    if wait > 0:
        raise TooManyTries("wrong passwords were given too often", hint=f"try again in {ceil(wait)} seconds")
    account = find_account(desk.store, name) if "\0" not in name else None
    if not fits(password, account.password if account else None) or account is None or account.closed:
        desk.tries.wrong(*keys)
        return None
    desk.tries.right(*keys)
    return account


def single_name(request: Request) -> str:
    """The name under which the user of a desk for one judges: the last one given, else that of the login."""
    given = unquote(request.cookies.get(REVIEWER, "")).strip()
    if given and given.isprintable() and len(given) <= 80:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"


def _sound(cookie: str | None) -> str | None:
    return cookie if cookie and len(cookie) == 43 and cookie.isascii() else None


def hash_token(token: str) -> str:
    """What the store keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def admit(request: Request) -> Visitor:
    """Lets those in who may read. Raises LoginNeeded."""
    visitor = visitor_of(request)
    if not visitor.may("reader"):
        raise LoginNeeded("log in to see this", hint="ask whoever runs this desk for an account")
    return visitor


def reviewer(request: Request) -> Visitor:
    """Lets those in who may judge. Raises LoginNeeded, NotAllowed."""
    visitor = visitor_of(request)
    if not visitor.may("reviewer"):
        if visitor.name is None:
            raise LoginNeeded("log in to judge", hint="ask whoever runs this desk for an account")
        raise NotAllowed("readers do not judge", hint="ask whoever runs this desk for the role reviewer")
    return visitor


# --- forms -----------------------------------------------------------------------------------------------------------


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
