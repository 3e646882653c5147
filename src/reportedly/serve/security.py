"""What every answer carries, and what is turned away before any page sees it."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.serve.desk import LOOPBACK, Desk

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


LARGEST_BODY = 200_000
"""Bytes that a form may have."""
LOG = logging.getLogger("reportedly.serve")


class TooLarge(Exception):
    """More was sent than any form of ours holds."""


class Guard:
    """Headers on every answer, errors included; bounds on what is sent; plain words where a page has failed.

    In single-user mode only names of this machine are answered to: that keeps a page elsewhere from reading the desk
    under a name that it has pointed at 127.0.0.1.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        out = _Out(send, https=self.desk.https)
        refusal = self._refusal(Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, out.send)
            return
        try:
            await self.app(scope, _bounded(receive), out.send)
        except Exception as error:
            if out.begun:
                raise
            await _failed(error)(scope, receive, out.send)

    def _refusal(self, headers: Headers) -> Response | None:
        if self.desk.single_user and not is_local(headers.get("host", "")):
            return PlainTextResponse("this desk answers to 127.0.0.1 and localhost only\n", status_code=421)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return PlainTextResponse("the length of what was sent is no number\n", status_code=400)
        return _too_large() if int(length) > LARGEST_BODY else None


class _Out:
    """Sends an answer with the headers that all answers have, and remembers whether it has begun."""

    def __init__(self, send: Send, *, https: bool) -> None:
        self._send = send
        self._https = https
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "private, no-cache")
            if self._https:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await self._send(message)


def _bounded(receive: Receive) -> Receive:
    """What is sent, up to the bound; also where no length was announced."""
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise TooLarge
        return message

    return receive_bounded


def _too_large() -> Response:
    return PlainTextResponse(f"more than {LARGEST_BODY:,} bytes cannot be sent here\n", status_code=413)


def _failed(error: Exception) -> Response:
    if isinstance(error, TooLarge):
        return _too_large()
    LOG.error("a page has failed", exc_info=error)
    return PlainTextResponse("this page has failed; nothing was changed. Please report it.\n", status_code=500)


def is_local(host: str) -> bool:
    """True if a Host header names this machine, whatever the port."""
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.rsplit(":", 1)[0]
    return name.lower() in LOOPBACK
