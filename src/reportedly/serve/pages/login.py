"""Logging in and out, and the one thing that a browser is asked to remember: light or dark."""

from __future__ import annotations

import secrets
from math import ceil
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import BadOption, ReportedlyError
from reportedly.serve.desk import desk_of
from reportedly.serve.passwords import fits
from reportedly.serve.render import THEME, THEMES, page
from reportedly.serve.visitor import REVIEWER, SESSION, checked_form, hash_token, safe_address, set_cookie
from reportedly.store.accounts import close_session, find_account, open_session

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(checked_form)]


class TooManyTries(ReportedlyError):
    """Wrong passwords were given too often; the next try must wait."""


@router.get("/login")
def ask(request: Request, then: str = "/") -> Response:
    """The form."""
    return page(request, "login.html", wrong=None, then=safe_address(then))


@router.post("/login")
def log_in(request: Request, form: Form) -> Response:
    """Log in, and go on to where the visitor wanted to go. Raises TooManyTries."""
    desk, name, then = desk_of(request), form.get("name", ""), safe_address(form.get("then", "/"))
    keys = (f"name {name}", f"address {request.client.host if request.client else ''}")
    wait = desk.tries.wait(*keys)
    if wait > 0:
        raise TooManyTries("wrong passwords were given too often", hint=f"try again in {ceil(wait)} seconds")
    account = find_account(desk.store, name)
    if not fits(form.get("password", ""), account.password if account else None) or account is None or account.closed:
        desk.tries.wrong(*keys)
        return page(request, "login.html", status=401, wrong="Name and password do not fit.", then=then)
    desk.tries.right(*keys)
    token = secrets.token_urlsafe(32)
    open_session(desk.store, account.name, hash_token(token))
    answer = RedirectResponse(then, status_code=303)
    set_cookie(request, answer, SESSION, token, days=1)
    return answer


@router.post("/logout")
def log_out(request: Request, form: Form) -> Response:
    """Log out, on the desk's side as well."""
    del form
    token = request.cookies.get(SESSION)
    if token:
        close_session(desk_of(request).store, hash_token(token))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(SESSION)
    return answer


@router.post("/theme")
def choose_theme(request: Request, form: Form) -> Response:
    """Light or dark, from now on."""
    if form.get("theme") not in THEMES:
        raise BadOption("there is no such theme", hint="light or dark")
    answer = RedirectResponse(safe_address(form.get("then", "/")), status_code=303)
    set_cookie(request, answer, THEME, form["theme"])
    return answer


@router.post("/name")
def choose_name(request: Request, form: Form) -> Response:
    """Under which name the user of a desk for one judges."""
    name = form.get("reviewer", "")
    if not desk_of(request).single_user or not 0 < len(name) <= 80:
        raise BadOption("that is no name to judge under", hint="1 to 80 characters, on a desk without accounts")
    answer = RedirectResponse(safe_address(form.get("then", "/review")), status_code=303)
    set_cookie(request, answer, REVIEWER, quote(name))
    return answer
