"""Password: everybody who logs in can give themselves another one."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import BadOption
from reportedly.serve.desk import Desk, desk_of
from reportedly.serve.forms import checked_form, set_cookie
from reportedly.serve.passwords import hash_password
from reportedly.serve.render import page
from reportedly.serve.visitor import SESSION, NotAllowed, Visitor, check_password, hash_token, member
from reportedly.store.accounts import change_account, open_session

router = APIRouter(include_in_schema=False)
Member = Annotated[Visitor, Depends(member)]
Form = Annotated[dict[str, str], Depends(checked_form)]


@router.get("/password")
def ask(request: Request, who: Member, changed: bool = False) -> Response:
    """The form."""
    del who
    return page(request, "password.html", wrong=None, changed=changed)


@router.post("/password")
def change(request: Request, who: Member, form: Form) -> Response:
    """Another password for whoever knows the old one; they stay logged in, but only here. Raises TooManyTries."""
    desk, name = desk_of(request), who.name
    if desk.single_user or name is None:
        raise NotAllowed("this desk is for one person: nobody has a password", hint="go on without one")
    try:
        hashed = _new(form)
    except BadOption as error:
        return page(request, "password.html", status=400, wrong=f"{error.message}: {error.hint}", changed=False)
    if check_password(request, desk, name, form.get("old", "")) is None:
        return page(request, "password.html", status=401, wrong="the old password does not fit", changed=False)
    change_account(desk.store, name, password=hashed)
    return _logged_in(request, desk, name)


def _new(form: dict[str, str]) -> str:
    """The hash of the new password. Raises BadOption if it cannot be one, or was not typed twice."""
    if form.get("password", "") != form.get("again", ""):
        raise BadOption("the two new passwords differ", hint="type the same one twice")
    return hash_password(form.get("password", ""))


def _logged_in(request: Request, desk: Desk, name: str) -> Response:
    """Back to the form with a session of its own: those from before have ended with the old password."""
    token = secrets.token_urlsafe(32)
    open_session(desk.store, name, hash_token(token))
    answer = RedirectResponse("/password?changed=true", status_code=303)
    set_cookie(request, answer, SESSION, token, days=1)
    return answer
