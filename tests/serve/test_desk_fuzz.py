"""Whatever stands in an address, the desk answers with a page or refuses in plain words; it never breaks."""

from __future__ import annotations

import re
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

NAMES = (
    "since", "until", "country", "type", "quad", "status", "actor", "recipient", "party", "place", "publisher",
    "source",
    "words", "changed", "precision", "by", "order", "after", "zoom", "most", "claim", "format", "q", "start", "before",
    "limit",
)  # fmt: skip
ODD = (
    "", " ", "'", '"', "%", "%00", "\\", "..", "*", "-1", "0", "1e9", "9" * 30, "nan", "2024-05-06", "9999-12-31",
    "0001-01-01..9999-12-31", "2024-05-06..", "ASSAULT", "YEM", "none", "city", "told", "csv", "' OR 1=1 --", '"a',
    "a AND", "NEAR(", "\u202e", "İ", "x" * 500,
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


def addresses(ask):
    """Every address of the desk that can be asked for, with gaps."""
    for route in all_routes(ask.app):
        if "GET" in (route.methods or ()):
            yield re.sub(r"\{(\w+)(:\w+)?\}", "{gap}", route.path)


def all_routes(app):
    todo = list(app.routes)
    while todo:
        route = todo.pop()
        if isinstance(route, Route):
            yield route
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        todo += getattr(inner, "routes", [])


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_address_breaks_the_desk(ask, data):
    address = data.draw(st.sampled_from(sorted(addresses(ask))))
    path = address.replace("{gap}", quote(data.draw(VALUES), safe="") or "x")
    query = data.draw(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
    answer = ask.get(path, params=query, follow_redirects=False)
    assert answer.status_code < 500, (path, query, answer.text[:300])


def test_the_walk_over_addresses_finds_those_that_there_are(ask):
    assert {"/", "/events", "/events/{gap}", "/map", "/map.{gap}"} <= set(addresses(ask))
