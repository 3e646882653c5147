"""One module a page. Each has a `router`; `ROUTERS` is all of them."""

from __future__ import annotations

from reportedly.serve.pages import events, map, network, now, provenance, report, review, timeline

ROUTERS = (
    now.router, events.router, report.router, review.router, map.router, timeline.router, network.router,
    provenance.router,
)  # fmt: skip
