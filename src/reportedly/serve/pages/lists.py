"""Lists of reports and of claims: what the numbers of other pages count."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from reportedly import exports
from reportedly.serve.desk import desk_of
from reportedly.serve.render import csv_answer, page
from reportedly.serve.views import check_day, plain_text
from reportedly.store.lists import ANY_NUMBER, ClaimFilter, ListedReport, ReportFilter, page_of_claims, page_of_reports
from reportedly.store.reading import claims_by_id

router = APIRouter(include_in_schema=False)
SHOWN, IN_CSV = 50, 5_000
"""Rows of a page, and of a CSV."""
REPORT_COLUMNS = ("id", "title", "publisher", "published", "url", "claims")
Before = Annotated[int, Query(ge=1, le=ANY_NUMBER)]


@router.get("/reports")
def reports(
    request: Request, publisher: str = "", words: str = "", since: str = "", until: str = "", originals: bool = False,
    before: Before = ANY_NUMBER, format: str = "html",
) -> Response:  # fmt: skip
    """Reports, those first that were stored last."""
    asked = {"publisher": publisher, "words": words, "since": since, "until": until}
    given = {name: text for name, value in asked.items() if (text := plain_text(name, value))}
    for name in ("since", "until"):
        if name in given:
            check_day(name, given[name])
    wanted = ReportFilter(**given, originals=originals)
    found = page_of_reports(desk_of(request).store, wanted, limit=IN_CSV if format == "csv" else SHOWN, before=before)
    if format == "csv":
        rows = (
            {name: getattr(one.report, name, None) for name in REPORT_COLUMNS} | {"claims": one.claims} for one in found
        )
        return csv_answer(REPORT_COLUMNS, rows, "reports")
    more = found[-1].number if len(found) == SHOWN else None
    kept = given | ({"originals": "true"} if originals else {})
    return page(request, "reports.html", given=given, kept=kept, originals=originals, found=found, more=more)


def _row(one: ListedReport) -> dict[str, Any]:
    return {name: getattr(one.report, name, None) for name in REPORT_COLUMNS} | {"claims": one.claims}


@router.get("/claims")
def claims(
    request: Request, report: str = "", event: str = "", party: str = "", words: str = "", source: str = "",
    before: Before = ANY_NUMBER, format: str = "html",
) -> Response:  # fmt: skip
    """Claims, those first that were stored last."""
    asked = {"report": report, "event": event, "party": party, "words": words, "source": source}
    given = {name: text for name, value in asked.items() if (text := plain_text(name, value))}
    store = desk_of(request).store
    found = page_of_claims(store, ClaimFilter(**given), limit=IN_CSV if format == "csv" else SHOWN, before=before)
    told = claims_by_id(store, [id for _, id in found])
    many = [told[id] for _, id in found if id in told]
    if format == "csv":
        return csv_answer(exports.CLAIM_COLUMNS, map(exports.stored_claim_row, many), "claims")
    more = found[-1][0] if len(found) == SHOWN else None
    return page(request, "claims.html", given=given, claims=many, more=more)
