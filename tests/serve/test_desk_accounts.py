"""Accounts on the desk: admins look after them, nobody locks everybody out, and all change their own password."""

from __future__ import annotations

import pytest
from made_news import PASSWORD, client, form_of, links_of, stored, text_of, told

from reportedly.errors import BadOption
from reportedly.serve.passwords import FREE_TRIES
from reportedly.store.accounts import add_account, change_account, find_account

OTHER = "quite another four words"
NO_MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def newsroom(store, hashed):
    """A desk with accounts: ada is admin, ann reviews, rae reads."""
    stored(store, told("r", "Rebels shelled the port of Kadugli."))
    for name, role in (("ada", "admin"), ("ann", "reviewer"), ("rae", "reader")):
        add_account(store, name, role, hashed)
    return lambda: client(store, single_user=False)


def log_in(ask, name, password=PASSWORD):
    return ask.post("/login", data=form_of(ask.get("/login")) | {"name": name, "password": password})


@pytest.fixture
def ada(newsroom):
    ask = newsroom()
    log_in(ask, "ada")
    return ask


def send(ask, address, **form):
    return ask.post(address, data=form_of(ask.get("/help")) | form)


# --- who sees the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ann", "rae"])
def test_readers_and_reviewers_neither_see_nor_change_accounts(newsroom, store, name):
    ask = newsroom()
    log_in(ask, name)
    assert ask.get("/accounts").status_code == 403
    assert "/accounts" not in links_of(ask.get("/"))
    assert send(ask, "/accounts/add", name="eve", role="admin", password=PASSWORD).status_code == 403
    assert send(ask, "/accounts/change", name=name, role="admin").status_code == 403
    assert find_account(store, "eve") is None and find_account(store, name).role != "admin"


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("address", ["/accounts", "/password"])
def test_strangers_are_asked_to_log_in(newsroom, store, address, public):
    ask = client(store, single_user=False, public=public)
    answer = ask.get(address, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/login?then=%2F" + address[1:]


def test_an_admin_sees_who_has_an_account_and_what_they_judged(ada, newsroom):
    ann = newsroom()
    log_in(ann, "ann")
    send(ann, "/judge", target="r-claim", verdict="confirm")
    assert "/accounts" in links_of(ada.get("/"))
    page = ada.get("/accounts")
    assert "ann reviewer open" in text_of(page) and "rae reader open" in text_of(page)
    history = next(link for link in links_of(page) if link.endswith("reviewer=ann"))
    assert "1 judgement of ann" in text_of(ada.get(history))
    assert "0 judgements of rae" in text_of(ada.get("/review/history?reviewer=rae"))


def test_a_desk_for_one_says_that_it_has_no_accounts(ask, store):
    assert "no accounts to look after" in text_of(ask.get("/accounts"))
    assert "nobody has a password" in text_of(ask.get("/password"))
    assert not {"/accounts", "/password"} & set(links_of(ask.get("/")))
    assert send(ask, "/accounts/add", name="eve", role="admin", password=PASSWORD).status_code == 403
    assert send(ask, "/password", old=PASSWORD, password=OTHER, again=OTHER).status_code == 403
    assert find_account(store, "eve") is None


# --- what admins do --------------------------------------------------------------------------------------------------


def test_whom_an_admin_adds_can_log_in(ada, newsroom):
    page = send(ada, "/accounts/add", name="bob", role="reviewer", password=OTHER)
    assert "The account bob is that of a reviewer and is open" in text_of(page)
    bob = newsroom()
    assert "bob, reviewer" in log_in(bob, "bob", OTHER).text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"name": "ann"}, "there is an account ann already"),
        ({"name": ""}, "no name for an account"),
        ({"name": "x" * 81}, "no name for an account"),
        ({"name": "a\nb"}, "no name for an account"),
        ({"password": "short"}, "10 to 200 characters"),
        ({"role": "root"}, "root is no role"),
    ],
)
def test_what_can_be_no_account_is_refused_and_nothing_added(ada, store, form, why):
    answer = send(ada, "/accounts/add", **({"name": "bob", "role": "reader", "password": OTHER} | form))
    assert answer.status_code == 400 and why in answer.text.lower()
    assert find_account(store, "bob") is None


def test_another_role_holds_from_the_next_login_on(ada, newsroom):
    rae = newsroom()
    log_in(rae, "rae")
    send(ada, "/accounts/change", name="rae", role="reviewer")
    assert rae.get("/", follow_redirects=False).status_code == 303
    assert "rae, reviewer" in log_in(rae, "rae").text
    assert rae.get("/review").status_code == 200


def test_a_closed_account_is_out_at_once_and_in_again_once_it_is_opened(ada, newsroom):
    ann = newsroom()
    log_in(ann, "ann")
    assert "reviewer and is closed" in text_of(send(ada, "/accounts/change", name="ann", state="closed"))
    assert ann.get("/", follow_redirects=False).status_code == 303
    assert log_in(ann, "ann").status_code == 401
    send(ada, "/accounts/change", name="ann", state="open")
    assert log_in(ann, "ann").status_code == 200


def test_a_password_that_an_admin_sets_replaces_the_old_one(ada, newsroom):
    ann = newsroom()
    log_in(ann, "ann")
    send(ada, "/accounts/change", name="ann", password=OTHER)
    assert ann.get("/", follow_redirects=False).status_code == 303
    assert log_in(ann, "ann").status_code == 401
    assert log_in(ann, "ann", OTHER).status_code == 200


@pytest.mark.parametrize("form", [{"role": "reader"}, {"state": "closed"}, {"password": OTHER}])
def test_an_admin_cannot_lock_herself_out(ada, store, form):
    before = find_account(store, "ada")
    answer = send(ada, "/accounts/change", name="ada", **form)
    assert answer.status_code == 403 and "this is your own account" in answer.text.lower()
    assert find_account(store, "ada") == before
    assert ada.get("/accounts").status_code == 200


def test_two_admins_who_close_each_other_at_the_same_time_leave_one(store, hashed):
    for name in ("ada", "bea"):
        add_account(store, name, "admin", hashed)
    change_account(store, "bea", closed=True, keep_admin=True)
    for changed in ({"closed": True}, {"role": "reader"}):
        with pytest.raises(BadOption, match="ada is the last admin"):
            change_account(store, "ada", **changed, keep_admin=True)
    assert not find_account(store, "ada").closed and find_account(store, "ada").role == "admin"


@pytest.mark.parametrize(
    ("form", "status"),
    [({"name": "nobody", "role": "reader"}, 404), ({"name": "ann"}, 400), ({"name": "ann", "role": "root"}, 400),
     ({"name": "ann", "state": "gone"}, 400), ({"name": "ann", "password": "short"}, 400)],
)  # fmt: skip
def test_what_cannot_be_changed_stays_as_it_was(ada, store, form, status):
    before = find_account(store, "ann")
    assert send(ada, "/accounts/change", **form).status_code == status
    assert find_account(store, "ann") == before


@pytest.mark.parametrize("address", ["/accounts/add", "/accounts/change", "/password"])
@pytest.mark.parametrize("foreign", ["no token", "forged token", "other origin"])
def test_a_form_that_another_page_has_sent_changes_nothing(ada, store, address, foreign):
    ours = form_of(ada.get("/accounts"))
    token = {"no token": {}, "forged token": {"csrf": "0" * 64}, "other origin": ours}[foreign]
    headers = {"Origin": "https://evil.example"} if foreign == "other origin" else {}
    form = {"name": "rae", "role": "admin", "old": PASSWORD, "password": OTHER, "again": OTHER}
    assert ada.post(address, data=token | form, headers=headers).status_code == 403
    assert find_account(store, "rae").role == "reader"
    assert log_in(ada, "ada").status_code == 200


def test_a_name_that_is_code_stays_a_name(ada, newsroom, store):
    send(ada, "/accounts/add", name=NO_MARKUP, role="reviewer", password=OTHER)
    page = ada.get("/accounts")
    address = next(link for link in links_of(page) if "onerror" in link and link.startswith("/accounts"))
    eve = newsroom()
    log_in(eve, NO_MARKUP, OTHER)
    send(eve, "/judge", target="r-claim", verdict="confirm")
    for answer in (page, ada.get(address), eve.get("/"), eve.get("/password"), ada.get("/review/history")):
        assert "&lt;img src=x" in answer.text and "<img" not in answer.text
    send(ada, "/accounts/change", name=NO_MARKUP, state="closed")
    assert find_account(store, NO_MARKUP).closed


# --- one's own password ----------------------------------------------------------------------------------------------


def change_own(ask, old=PASSWORD, new=OTHER, again=None):
    return send(ask, "/password", old=old, password=new, again=new if again is None else again)


@pytest.mark.parametrize("name", ["rae", "ann", "ada"])
def test_who_changes_her_password_stays_logged_in_here_and_nowhere_else(newsroom, name):
    here, elsewhere = newsroom(), newsroom()
    for ask in (here, elsewhere):
        log_in(ask, name)
    assert "/password" in links_of(here.get("/"))
    before = here.cookies["desk_session"]
    assert "You have another password" in text_of(change_own(here))
    assert here.cookies["desk_session"] != before
    assert here.get("/", follow_redirects=False).status_code == 200
    assert elsewhere.get("/", follow_redirects=False).status_code == 303
    assert log_in(elsewhere, name).status_code == 401
    assert log_in(elsewhere, name, OTHER).status_code == 200


@pytest.mark.parametrize(
    ("form", "status", "why"),
    [
        ({"old": "wrong password"}, 401, "the old password does not fit"),
        ({"again": "something else here"}, 400, "the two new passwords differ"),
        ({"new": "short"}, 400, "10 to 200 characters"),
        ({"new": "x" * 201}, 400, "10 to 200 characters"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(newsroom, store, form, status, why):
    ask = newsroom()
    log_in(ask, "rae")
    before = find_account(store, "rae")
    answer = change_own(ask, **form)
    assert answer.status_code == status and why in answer.text.lower()
    assert find_account(store, "rae") == before
    assert ask.get("/", follow_redirects=False).status_code == 200


def test_who_sits_down_at_an_open_desk_cannot_try_many_old_passwords(newsroom):
    ask = newsroom()
    log_in(ask, "rae")
    answers = [change_own(ask, old="wrong password").status_code for _ in range(FREE_TRIES + 1)]
    assert answers == [401] * FREE_TRIES + [429]
    assert change_own(ask).status_code == 429


def test_spaces_at_the_ends_of_a_password_count(newsroom):
    ask = newsroom()
    log_in(ask, "rae")
    change_own(ask, new=f" {OTHER} ")
    assert log_in(newsroom(), "rae", OTHER).status_code == 401
    assert log_in(newsroom(), "rae", f" {OTHER} ").status_code == 200
