"""Logging in and out, and the one thing that a browser is asked to remember: light or dark."""

from __future__ import annotations

import secrets
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import BadOption
from reportedly.serve.desk import desk_of
from reportedly.serve.forms import checked_form, safe_address, set_cookie
from reportedly.serve.render import THEME, THEMES, page
from reportedly.serve.visitor import REVIEWER, SESSION, check_password, hash_token
from reportedly.store.accounts import close_session, open_session

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(checked_form)]


@router.get("/login")
def ask(request: Request, then: str = "/") -> Response:
    """The form."""
    return page(request, "login.html", wrong=None, then=safe_address(then))


@router.post("/login")
def log_in(request: Request, form: Form) -> Response:
    """Log in, and go on to where the visitor wanted to go. Raises TooManyTries."""
    desk, then = desk_of(request), safe_address(form.get("then", "/"))
    account = check_password(request, desk, form.get("name", ""), form.get("password", ""))
    if account is None:
        return page(request, "login.html", status=401, wrong="Name and password do not fit.", then=then)
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
