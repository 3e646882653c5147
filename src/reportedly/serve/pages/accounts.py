"""Accounts: who may log in and what they may do. For admins; on a desk for one there are none."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import BadOption, NotStored
from reportedly.serve.desk import Desk, desk_of
from reportedly.serve.forms import checked_form
from reportedly.serve.passwords import hash_password
from reportedly.serve.render import page
from reportedly.serve.visitor import NotAllowed, Visitor, admin
from reportedly.store.accounts import ROLES, Role, add_account, all_accounts, change_account, check_name
from reportedly.store.review_reading import judgements_by_reviewer

router = APIRouter(include_in_schema=False)
STATES = {"open": False, "closed": True}
Admin = Annotated[Visitor, Depends(admin)]
Form = Annotated[dict[str, str], Depends(checked_form)]


@router.get("/accounts")
def accounts(request: Request, who: Admin, name: str = "", changed: bool = False) -> Response:
    """All accounts, a form to add one, and forms to change the one of that name."""
    del who
    desk = desk_of(request)
    if desk.single_user:
        return page(request, "accounts.html", accounts=())
    many = all_accounts(desk.store)
    chosen = next((one for one in many if one.name == name), None)
    if name and chosen is None:
        raise NotStored(f"there is no account {name[:100]}", hint="choose one from the list")
    judged = judgements_by_reviewer(desk.store)
    return page(request, "accounts.html", accounts=many, judged=judged, chosen=chosen, changed=changed, roles=ROLES)


@router.post("/accounts/add")
def add(request: Request, who: Admin, form: Form) -> Response:
    """Add an account. Raises BadOption for a name, role or password that cannot be."""
    del who
    store, name = _shared(request).store, form.get("name", "")
    check_name(name)
    add_account(store, name, _role(form.get("role", "")), hash_password(form.get("password", "")))
    return _back(name)


@router.post("/accounts/change")
def change(request: Request, who: Admin, form: Form) -> Response:
    """Give an account another role or password, close it or open it again; whoever uses it must log in again."""
    store, name = _shared(request).store, form.get("name", "")
    role, password, state = (form.get(key) for key in ("role", "password", "state"))
    if name == who.name:
        raise NotAllowed("this is your own account", hint="your password you change yourself, all else another admin")
    if role is None and password is None and state not in STATES:
        raise BadOption("nothing is to be changed", hint="give a role, a password, or open or closed")
    change_account(
        store,
        name,
        role=None if role is None else _role(role),
        password=None if password is None else hash_password(password),
        closed=None if state is None else STATES[state],
        keep_admin=True,
    )
    return _back(name)


def _shared(request: Request) -> Desk:
    """The desk if people log in there. Raises NotAllowed."""
    desk = desk_of(request)
    if desk.single_user:
        raise NotAllowed("this desk is for one person: it has no accounts", hint="see `reportedly accounts add --help`")
    return desk


def _role(text: str) -> Role:
    if text not in ROLES:
        raise BadOption(f"{text or 'nothing'} is no role", hint="one of " + ", ".join(ROLES))
    return text


def _back(name: str) -> Response:
    """To the list, where the account stands as it is now."""
    return RedirectResponse("/accounts?" + urlencode({"name": name, "changed": "true"}), status_code=303)
