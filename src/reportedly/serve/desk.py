"""What the whole desk knows: its store, where it listens, and whether people log in."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from reportedly.serve.passwords import Tries
from reportedly.store import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that nobody but this machine reaches."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A store that is served. With `single_user` nobody logs in, and only this machine may ask.

    `public`: who has not logged in may read. `https`: browsers reach it by HTTPS, so cookies never go another way.
    """

    store: Store
    single_user: bool = True
    host: str = "127.0.0.1"
    https: bool = False
    public: bool = False
    tries: Tries = field(default_factory=Tries)


def desk_of(request: Request) -> Desk:
    """The desk that a request goes to."""
    desk: Desk = request.app.state.desk
    return desk
