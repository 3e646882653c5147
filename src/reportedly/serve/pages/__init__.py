"""One module a page. Each has a `router`; `ROUTERS` is all of them."""

from __future__ import annotations

from reportedly.serve.pages import (
    accounts,
    events,
    guide,
    lists,
    map,
    names,
    network,
    now,
    password,
    provenance,
    report,
    review,
    search,
    sources,
    timeline,
)

ROUTERS = tuple(
    module.router
    for module in (
        now, events, map, timeline, network, provenance, lists, report, review, search, names, sources, guide,
        accounts, password,
    )
)  # fmt: skip
