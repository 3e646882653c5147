"""Who asks: nobody known, the one user of a desk for one, or an account; and what they may do."""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
from dataclasses import dataclass
from math import ceil
from urllib.parse import unquote

from starlette.requests import Request

from reportedly.errors import ReportedlyError
from reportedly.serve.desk import Desk, desk_of
from reportedly.serve.passwords import fits
from reportedly.store.accounts import ROLES, Account, Role, find_account, session_account

SESSION, VISIT, REVIEWER = "desk_session", "desk_visit", "desk_reviewer"
"""Names of cookies: who is logged in; a random mark of a browser; under which name a desk for one judges."""


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


def member(request: Request) -> Visitor:
    """Lets those in who have a name here. Raises LoginNeeded."""
    visitor = visitor_of(request)
    if visitor.name is None:
        raise LoginNeeded("log in first", hint="ask whoever runs this desk for an account")
    return visitor


def admin(request: Request) -> Visitor:
    """Lets those in who look after accounts. Raises LoginNeeded, NotAllowed."""
    visitor = member(request)
    if not visitor.may("admin"):
        raise NotAllowed("only admins look after accounts", hint="ask one of them")
    return visitor
