"""What the whole desk knows: its store, where it listens, and whether people log in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from reportedly.store import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that nobody but this machine reaches."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A store that is served. With `single_user` nobody logs in, and only this machine may ask."""

    store: Store
    single_user: bool = True
    host: str = "127.0.0.1"
    https: bool = False


def desk_of(request: Request) -> Desk:
    """The desk that a request goes to."""
    desk: Desk = request.app.state.desk
    return desk
