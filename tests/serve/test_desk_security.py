"""What protects the desk: headers on every answer, no markup from reports, no answer under a foreign name."""

from __future__ import annotations

import pytest
from made_news import PASSWORD, client, form_of, stored, told

from reportedly.cli import main
from reportedly.serve.passwords import FREE_TRIES, Tries, fits
from reportedly.store.accounts import add_account, change_account, session_account

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("address", ["/", "/events", "/nowhere", "/events?since=x", "/static/desk.css", "/static/no"])
def test_every_answer_forbids_foreign_and_inline_script(ask, address):
    policy = ask.get(address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert ask.get(address).headers["x-content-type-options"] == "nosniff"


def test_markup_in_a_report_stays_text(store):
    text = f"Rebels shelled the port of Kadugli {SCRIPT} said."
    stored(store, told("r", text, title=f"{SCRIPT} title", publisher=SCRIPT, who="Rebels", whom=f"Kadugli {SCRIPT}"))
    ask = client(store)
    pages = ["/", "/events", "/reports/r", f"/events?place={SCRIPT}", f"/events?since={SCRIPT}"]
    for address in pages:
        assert SCRIPT not in ask.get(address).text
    assert "&lt;script&gt;" in ask.get("/reports/r").text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", ""])
def test_a_desk_for_one_answers_to_no_foreign_name(ask, host):
    assert ask.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_a_desk_for_one_answers_to_this_machine(ask, host):
    assert ask.get("/", headers={"Host": host}).status_code == 200


# --- accounts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def newsroom(store, hashed):
    """A desk with accounts: ann reviews, rae reads."""
    stored(store, told("r", "Rebels shelled the port of Kadugli."))
    add_account(store, "ann", "reviewer", hashed)
    add_account(store, "rae", "reader", hashed)
    return client(store, single_user=False)


def log_in(ask, name="ann", password=PASSWORD, **more):
    form = form_of(ask.get("/login")) | {"name": name, "password": password, **more}
    return ask.post("/login", data=form, follow_redirects=False)


@pytest.mark.parametrize("address", ["/", "/events", "/reports/r", "/review", "/search", "/events?format=csv"])
def test_who_has_not_logged_in_is_asked_to_and_comes_back(newsroom, address):
    answer = newsroom.get(address, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?then=%2F")


def test_logging_in_opens_the_desk_and_logging_out_closes_it(newsroom):
    assert log_in(newsroom).status_code == 303
    page = newsroom.get("/")
    assert "ann, reviewer" in page.text
    newsroom.post("/logout", data=form_of(page))
    assert newsroom.get("/", follow_redirects=False).status_code == 303


def test_a_session_ends_on_the_desks_side_as_well(newsroom):
    log_in(newsroom)
    kept = newsroom.cookies["desk_session"]
    newsroom.post("/logout", data=form_of(newsroom.get("/")))
    newsroom.cookies.set("desk_session", kept, domain="127.0.0.1")
    assert newsroom.get("/", follow_redirects=False).status_code == 303


def test_a_closed_account_is_logged_out_at_once(newsroom, store):
    log_in(newsroom)
    change_account(store, "ann", closed=True)
    assert newsroom.get("/", follow_redirects=False).status_code == 303
    assert log_in(newsroom).status_code == 401


def test_the_store_holds_no_password_and_no_token(newsroom, store):
    log_in(newsroom)
    token = newsroom.cookies["desk_session"]
    assert session_account(store, token) is None
    dump = b"".join(path.read_bytes() for path in store_files(store))
    assert PASSWORD.encode() not in dump
    assert token.encode() not in dump


def store_files(store):
    from pathlib import Path

    return sorted(Path(store.name).parent.glob("desk.db*"))


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_wrong_passwords_must_wait_longer_and_longer(newsroom, name):
    answers = [log_in(newsroom, name, "wrong password").status_code for _ in range(FREE_TRIES + 2)]
    assert answers == [401] * FREE_TRIES + [429] * 2
    assert "try again in" in log_in(newsroom, name, PASSWORD).text.lower()


def test_waits_double_and_are_forgotten_after_a_right_password():
    tries = Tries()
    for _ in range(FREE_TRIES + 3):
        tries.wrong("ann")
    assert 8 < tries.wait("ann") <= 16
    assert tries.wait("bob") == 0
    tries.right("ann")
    assert tries.wait("ann") == 0


def test_a_password_fits_its_hash_only(hashed):
    assert fits(PASSWORD, hashed)
    assert not fits(PASSWORD + "x", hashed)
    assert not fits(PASSWORD, None)
    assert hashed.startswith("$argon2id$")


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_logging_in_leads_to_no_foreign_page(newsroom, then):
    assert log_in(newsroom, then=then).headers["location"] == "/"


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        ({}, {}),
        ({"csrf": "0" * 64}, {}),
        (None, {"Sec-Fetch-Site": "cross-site"}),
        (None, {"Origin": "https://evil.example"}),
    ],
)
def test_a_form_that_another_page_has_sent_is_refused(newsroom, form, headers):
    log_in(newsroom)
    sent = form_of(newsroom.get("/")) if form is None else form
    answer = newsroom.post("/theme", data={**sent, "theme": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert "not sent from a page of this desk" in answer.text


def test_cookies_are_kept_from_scripts_and_foreign_pages(newsroom):
    cookie = log_in(newsroom).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_behind_https_cookies_go_no_other_way(store, hashed):
    add_account(store, "ann", "reviewer", hashed)
    ask = client(store, single_user=False, https=True)
    ask.base_url = "https://desk.example"
    answer = log_in(ask)
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_a_public_desk_can_be_read_but_not_written_without_logging_in(store, hashed):
    stored(store, told("r", "Rebels shelled the port of Kadugli."))
    add_account(store, "ann", "reviewer", hashed)
    ask = client(store, single_user=False, public=True)
    page = ask.get("/reports/r")
    assert page.status_code == 200
    answer = ask.post("/judge", data={**form_of(page), "target": "r-claim", "verdict": "confirm"})
    assert answer.status_code == 401
    assert store.judgements() == []


def test_too_large_a_form_is_turned_away(ask):
    answer = ask.post("/theme", content=b"x" * 300_000, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    pieces = ask.post(
        "/theme", content=iter([b"x" * 50_000] * 6), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert pieces.status_code == 413
    assert "default-src 'none'" in pieces.headers["content-security-policy"]


def test_without_accounts_nobody_else_is_listened_to(store, capsys):
    assert main(["serve", "--store", store.name, "--host", "0.0.0.0"]) == 2
    assert "without accounts the desk does not listen on 0.0.0.0" in capsys.readouterr().err


def test_accounts_are_made_changed_and_listed(store, monkeypatch, capsys):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert main(["accounts", "add", "ann", "--role", "reviewer", "--store", store.name]) == 0
    assert main(["accounts", "set", "ann", "--role", "admin", "--close", "--store", store.name]) == 0
    assert main(["accounts", "list", "--store", store.name]) == 0
    assert "ann\tadmin\tclosed" in capsys.readouterr().out


def test_a_short_password_is_no_password(store, monkeypatch, capsys):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["accounts", "add", "ann", "--store", store.name]) == 2
    assert "10 to 200 characters" in capsys.readouterr().err
