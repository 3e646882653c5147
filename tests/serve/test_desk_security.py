"""What protects the desk: headers on every answer, no markup from reports, no answer under a foreign name."""

from __future__ import annotations

import pytest
from made_news import client, stored, told

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
