"""The web application: its pages, its answers to programs, and what becomes of errors."""

from __future__ import annotations

from importlib.metadata import version
from urllib.parse import urlencode

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from reportedly.errors import BadOption, NotStored, ReportedlyError, StoreFailed
from reportedly.serve import api, feed
from reportedly.serve.api import NotModified
from reportedly.serve.desk import Desk
from reportedly.serve.pages import ROUTERS, login
from reportedly.serve.render import HERE, page
from reportedly.serve.security import Guard
from reportedly.serve.visitor import LoginNeeded, NotAllowed, TooManyTries, admit, is_for_programs


def make_app(desk: Desk) -> FastAPI:
    """The application over an open store; it can be asked by any ASGI server, or by a test."""
    app = FastAPI(
        title="reportedly",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        summary=SUMMARY,
        version=version("reportedly"),
    )
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(login.router)
    for router in (api.router, feed.router, *ROUTERS):
        app.include_router(router, dependencies=[Depends(admit)])
    app.add_exception_handler(ReportedlyError, _on_ours)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(NotModified, _on_known)
    app.add_middleware(Guard, desk=desk)
    return app


SUMMARY = "Who is said to have done what to whom, where and when, according to whom and how surely. Reading only."


def _on_known(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)
    return Response(status_code=304, headers={"ETag": request.state.etag})


def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReportedlyError)
    if isinstance(error, LoginNeeded) and request.method == "GET" and not for_programs(request):
        return RedirectResponse("/login?" + urlencode({"then": _asked(request)}), status_code=303)
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
    return _trouble(request, status, error.message, error.hint)


_STATUS: dict[type[ReportedlyError], int] = {
    NotStored: 404,
    BadOption: 400,
    StoreFailed: 503,
    LoginNeeded: 401,
    NotAllowed: 403,
    TooManyTries: 429,
}


def _asked(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


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
    if for_programs(request):
        headers = {"WWW-Authenticate": 'Basic realm="reportedly"'} if status == 401 else None
        return JSONResponse({"error": message, "hint": hint}, status_code=status, headers=headers)
    return page(request, "trouble.html", status=status, message=message, hint=hint)


def for_programs(request: Request) -> bool:
    """True where a program asks, which is answered in JSON."""
    return is_for_programs(request.url.path)
