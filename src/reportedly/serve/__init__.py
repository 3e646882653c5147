"""Stage 8 of 8: rows -> web. The desk: see what is said, check it against the words, correct it.

`make_app` gives a web application over an open store. Pages are rendered on the server and work without JavaScript;
nothing is fetched from elsewhere.
"""

from __future__ import annotations

from reportedly.serve.app import make_app
from reportedly.serve.desk import Desk

__all__ = ["Desk", "make_app"]
