"""One module a page. Each has a `router`; `ROUTERS` is all of them."""

from __future__ import annotations

from reportedly.serve.pages import events, now, report, review

ROUTERS = (now.router, events.router, report.router, review.router)
