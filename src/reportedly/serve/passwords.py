"""Passwords as argon2id hashes, and how often somebody may try one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reportedly.errors import BadOption

SHORTEST = 10
LONGEST = 200
"""Characters of a password."""
FREE_TRIES = 5
"""So many wrong passwords cost no wait; each further one doubles it."""
LONGEST_WAIT = 900.0
"""Seconds."""
REMEMBERED = 10_000
"""Names and addresses whose wrong tries are remembered; the longest unused are forgotten first."""

_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106's second choice, the library's default


def hash_password(password: str) -> str:
    """The hash to be kept. Raises BadOption for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadOption(f"a password has {SHORTEST} to {LONGEST} characters", hint="four random words are easy to keep")
    return _HASHER.hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """True if it is the password of that hash. Without a hash it takes as long, and is False."""
    try:
        return _HASHER.verify(hashed or _nobody(), password[: LONGEST + 1]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


class Tries:
    """Counts wrong passwords by name and by address, and says how long to wait before the next try."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, *keys: str) -> float:
        """Seconds to wait, 0 if a try is free."""
        with self._lock:
            return max((self._wait(key) for key in keys), default=0.0)

    def _wait(self, key: str) -> float:
        count, last = self._wrong.get(key, (0, 0.0))
        if count < FREE_TRIES:
            return 0.0
        pause = min(2.0 ** (count - FREE_TRIES + 1), LONGEST_WAIT)
        return max(last + pause - time.monotonic(), 0.0)

    def wrong(self, *keys: str) -> None:
        """A wrong password was given."""
        with self._lock:
            for key in keys:
                count, last = self._wrong.pop(key, (0, 0.0))
                if time.monotonic() - last > LONGEST_WAIT:
                    count = 0
                self._wrong[key] = (count + 1, time.monotonic())
            while len(self._wrong) > REMEMBERED:
                self._wrong.popitem(last=False)

    def right(self, *keys: str) -> None:
        """The right one was given: forget the wrong ones."""
        with self._lock:
            for key in keys:
                self._wrong.pop(key, None)
