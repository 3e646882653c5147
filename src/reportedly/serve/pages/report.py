"""Report: the clean text with what was read from it marked, each mark leading to its claim."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from reportedly import exports
from reportedly.errors import NotStored
from reportedly.serve.desk import desk_of
from reportedly.serve.marks import marked_paragraphs
from reportedly.serve.render import csv_answer, page, segment
from reportedly.store.reading import claims_by_id, claims_of_report, report_by_id

router = APIRouter(include_in_schema=False)


@router.get("/reports/{id:path}")
def report(request: Request, id: str, claim: str | None = None, format: str = "html") -> Response:
    """One report. `claim` is the claim whose words stand out."""
    store = desk_of(request).store
    if store.kind_of(id) != "report":
        raise NotStored(f"{id} is no report", hint="look for it on the search page")
    found, coder, copy = report_by_id(store, id)
    claims = claims_of_report(store, id)
    if format == "csv":
        return csv_answer(exports.CLAIM_COLUMNS, map(exports.stored_claim_row, claims), "report")
    paragraphs = marked_paragraphs(found.text, [one.claim for one in claims], claim)
    return page(
        request, "report.html", report=found, coder=coder, copy=copy, claims=claims, paragraphs=paragraphs, chosen=claim
    )


@router.get("/claims/{id}")
def claim(request: Request, id: str) -> Response:
    """The words of a claim: on to its report."""
    found = claims_by_id(desk_of(request).store, [id]).get(id)
    if found is None:
        raise NotStored(f"{id} is no claim any more", hint="its report was coded again")
    return RedirectResponse(
        f"/reports/{segment(found.report.id)}?claim={segment(id)}#claim-{segment(id)}", status_code=303
    )
