"""Serving the desk from this process until it is told to stop."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from reportedly.errors import BadOption
from reportedly.serve import render, sums
from reportedly.serve.app import make_app
from reportedly.serve.desk import Desk


def listen(
    desk: Desk, port: int, opened: Callable[[str], None], *, certificate: Path | None = None, key: Path | None = None
) -> None:
    """Serve until Ctrl-C; `opened` gets the address as soon as it can be asked.

    Raises BadOption where nothing can listen there, or for a certificate that cannot be used.
    """
    config = uvicorn.Config(
        make_app(desk), log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        ssl_certfile=certificate, ssl_keyfile=key,
    )  # fmt: skip
    try:
        config.load()
    except OSError as error:  # also what is wrong with a certificate
        raise BadOption(f"the certificate cannot be used: {error}", hint="give two PEM files that fit") from None
    door = _door(desk.host, port)
    bound = door.getsockname()[1]
    shown = f"[{desk.host}]" if ":" in desk.host else desk.host
    threading.Thread(target=_warm, args=(desk,), daemon=True).start()  # the first to ask need not wait
    opened(f"http{'s' if certificate else ''}://{shown}:{bound}/")
    uvicorn.Server(config).run(sockets=[door])


def _warm(desk: Desk) -> None:
    render.warm()
    sums.warm(desk.store)


def _door(host: str, port: int) -> socket.socket:
    try:
        door = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BadOption(
            f"nothing can listen on {host}, port {port}: {error.strerror or error}", hint="give another --port"
        ) from None
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the end of an answer waits 40 ms for a receipt
    return door
