"""Stage 6 of 8: Events <-> rows.

A store keeps reports, claims, events and judgements in an SQLite file or a PostgreSQL database: `open_store`.
"""

from __future__ import annotations

from reportedly.store.judging import (
    Judgement,
    Verdict,
    anchor_of,
    by_claim,
    by_report,
    check_correction,
    corrected,
    verdict_of,
)
from reportedly.store.rows import Incoming, Key, key_of
from reportedly.store.store import Store, open_store

__all__ = [
    "Incoming",
    "Judgement",
    "Key",
    "Store",
    "Verdict",
    "anchor_of",
    "by_claim",
    "by_report",
    "check_correction",
    "corrected",
    "key_of",
    "open_store",
    "verdict_of",
]
