"""Accounts in a real browser: an admin at work with the keyboard alone, on pages that all can read."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from conftest import COMMAND, axe_findings, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD, OTHER = "correct horse battery", "another horse battery"


@pytest.fixture
def newsroom(archive, tmp_path):
    """A desk with an account: Ada is admin."""
    store = shutil.copy(archive, tmp_path / "samples.db")
    add = [*COMMAND, "accounts", "add", "Ada", "--role", "admin", "--store", str(store)]
    subprocess.run(add, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
    with serving(store) as address:
        yield address


def tab_to(page, label):
    """Press Tab until the field, button or link of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(a => (a.labels?.length ? a.labels[0].innerText : a.innerText).trim())(document.activeElement)"
        )
        if name.split("\n")[0].strip() == label:
            return
    raise AssertionError(f"no Tab leads to {label}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page, label, text):
    tab_to(page, label)
    page.keyboard.type(text)


def log_in(page, name, password):
    type_into(page, "name", name)
    type_into(page, "password", password)
    enter(page)


def test_an_admin_adds_an_account_and_closes_it_without_a_mouse(look, newsroom):
    page = look()
    page.goto(newsroom + "/accounts")
    log_in(page, "Ada", PASSWORD)
    page.wait_for_url("**/accounts")
    type_into(page, "name", "Bob")
    page.keyboard.press("Tab")
    page.keyboard.type("rev")
    type_into(page, "password", OTHER)
    enter(page)
    page.wait_for_url("**/accounts?name=Bob*")
    assert page.get_by_role("status").inner_text() == "Done. The account Bob is that of a reviewer and is open."
    assert axe_findings(page) == []
    tab_to(page, "Close the account")
    enter(page)
    assert page.get_by_role("status").inner_text().endswith("reviewer and is closed.")
    assert "closed" in page.get_by_role("row", name="Bob").inner_text()
    other = look(color_scheme="dark")
    other.goto(newsroom + "/accounts")
    log_in(other, "Bob", OTHER)
    other.get_by_role("alert").wait_for()
    look.trouble[:] = [line for line in look.trouble if "401" not in line]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accounts_and_password_can_be_read_by_all_and_on_a_phone(look, newsroom, scheme):
    page = look(width=360, height=740, color_scheme=scheme)
    page.goto(newsroom + "/accounts")
    log_in(page, "Ada", PASSWORD)
    page.wait_for_url("**/accounts")
    for address in ("/accounts", "/accounts?name=Ada", "/password"):
        page.goto(newsroom + address)
        assert axe_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator("h1").count() == 1


def test_who_changes_her_password_with_the_keyboard_goes_on_working(look, newsroom):
    page = look()
    page.goto(newsroom + "/")
    log_in(page, "Ada", PASSWORD)
    tab_to(page, "Ada, admin")
    enter(page)
    page.wait_for_url("**/password")
    for label, text in (("old password", PASSWORD), ("new password", OTHER), ("new password again", OTHER)):
        type_into(page, label, text)
    enter(page)
    page.get_by_role("status").wait_for()
    page.goto(newsroom + "/accounts")
    assert page.get_by_role("heading", name="Accounts", exact=True).is_visible()
