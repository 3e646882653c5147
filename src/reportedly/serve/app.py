"""The web application: its pages, its answers to programs, and what becomes of errors."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from reportedly.errors import BadOption, NotStored, ReportedlyError, StoreFailed
from reportedly.serve.desk import Desk
from reportedly.serve.pages import ROUTERS
from reportedly.serve.render import HERE, page
from reportedly.serve.security import Guard


def make_app(desk: Desk) -> FastAPI:
    """The application over an open store; it can be asked by any ASGI server, or by a test."""
    app = FastAPI(title="reportedly", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(ReportedlyError, _on_ours)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_middleware(Guard, desk=desk)
    return app


def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReportedlyError)
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
    return _trouble(request, status, error.message, error.hint)


_STATUS: dict[type[ReportedlyError], int] = {NotStored: 404, BadOption: 400, StoreFailed: 503}


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = {404: "there is no such page", 405: "that cannot be done here"}.get(error.status_code, error.detail)
    answer = _trouble(request, error.status_code, message, "go back, or start at the first page")
    answer.headers.update(error.headers or {})
    return answer


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = error.errors()[0]
    return _trouble(request, 422, f"{wrong['loc'][-1]}: {wrong['msg']}", "check the address or the form")


def _trouble(request: Request, status: int, message: str, hint: str) -> Response:
    return page(request, "trouble.html", status=status, message=message, hint=hint)
